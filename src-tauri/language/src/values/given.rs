//! Given names that many people bear: they tell a name from other words where nothing else does.

/// Sorted, for a binary search; a test holds the order. Names that are everyday words as well are left out.
#[rustfmt::skip]
const GIVEN: &[&str] = &[
    "aaron", "abby", "abdul", "abigail", "ada", "adam", "adele", "adrian", "agnes", "ahmed", "aisha", "alan",
    "albert", "alejandra", "alejandro", "alex", "alexander", "alexandra", "alexis", "alfred", "ali", "alice",
    "alicia", "alina", "alison", "allison", "alma", "amanda", "amber", "amelia", "amir", "amy", "ana", "anastasia",
    "anders", "andre", "andrea", "andreas", "andrew", "andy", "angela", "angelica", "angelina", "anika", "anita",
    "ann", "anna", "anne", "annette", "anthony", "anton", "antonio", "ariana", "arjun", "arthur", "astrid", "audrey",
    "ava", "barbara", "beatrice", "ben", "benjamin", "bernard", "bernd", "beth", "betty", "bianca", "bill", "billy",
    "bjorn", "bob", "bobby", "brad", "bradley", "brandon", "brenda", "brendan", "brian", "brianna", "bruce", "bruno",
    "caleb", "cameron", "camila", "carl", "carla", "carlos", "carmen", "carol", "carolina", "caroline", "catherine",
    "cecilia", "charles", "charlie", "charlotte", "chen", "chloe", "chris", "christian", "christina", "christine",
    "christopher", "cindy", "claire", "clara", "claudia", "cody", "colin", "connor", "corey", "craig", "crystal",
    "cynthia", "daisy", "damian", "dan", "dana", "daniel", "daniela", "danny", "darren", "dave", "david", "dean",
    "deborah", "debra", "declan", "denise", "dennis", "derek", "diana", "diane", "diego", "dieter", "dmitri",
    "dominic", "donald", "donna", "dora", "doris", "dorothy", "doug", "douglas", "dylan", "ed", "eddie", "edith",
    "edward", "eileen", "elaine", "eleanor", "elena", "eli", "elias", "elif", "elijah", "elisabeth", "elizabeth",
    "ella", "ellen", "elsa", "emil", "emily", "emma", "emmanuel", "enrique", "eric", "erica", "erik", "erin",
    "ernest", "esther", "ethan", "eugene", "eva", "evan", "evelyn", "fatima", "felix", "fernando", "finn", "fiona",
    "florence", "frances", "francesca", "francis", "francisco", "frank", "franz", "fred", "frederick", "frieda",
    "gabriel", "gabriela", "gareth", "gary", "gavin", "gemma", "george", "georgia", "gerald", "gerard", "gina",
    "giovanni", "gloria", "gordon", "grace", "graham", "greg", "gregory", "greta", "guillermo", "gustav", "hannah",
    "hans", "harold", "harriet", "harry", "hassan", "heather", "hector", "heidi", "heinrich", "helen", "helena",
    "helga", "henrik", "henry", "herbert", "holly", "howard", "hugh", "hugo", "ian", "ibrahim", "ida", "igor", "ines",
    "ingrid", "irene", "irina", "iris", "isaac", "isabel", "isabella", "isla", "ivan", "jack", "jackie", "jackson",
    "jacob", "jade", "jaime", "jake", "james", "jamie", "jan", "jane", "janet", "janice", "jasmine", "jason",
    "javier", "jay", "jayden", "jean", "jeff", "jeffrey", "jenna", "jennifer", "jenny", "jeremy", "jerry", "jesse",
    "jessica", "jill", "jim", "jimmy", "joan", "joanna", "joanne", "jochen", "joe", "joel", "johan", "johanna",
    "johannes", "john", "johnny", "jon", "jonas", "jonathan", "jordan", "jorge", "jose", "josef", "joseph", "joshua",
    "joyce", "juan", "juanita", "judith", "judy", "julia", "julian", "juliana", "julie", "julius", "justin", "kai",
    "karen", "karim", "karin", "karl", "karolina", "kate", "katharina", "katherine", "kathleen", "kathryn", "kathy",
    "katie", "katrina", "kayla", "keith", "kelly", "kelsey", "ken", "kenneth", "kevin", "khalid", "kim", "kimberly",
    "klaus", "konstantin", "kristen", "kristin", "kurt", "kyle", "lars", "laura", "lauren", "laurence", "lea", "leah",
    "lee", "leila", "lena", "leo", "leon", "leonard", "leonardo", "leroy", "leslie", "lewis", "liam", "lillian",
    "lily", "lina", "linda", "lindsay", "lisa", "logan", "lois", "lorenzo", "lori", "lotte", "louis", "louise",
    "luca", "lucas", "lucia", "lucy", "luigi", "luis", "luisa", "luke", "lydia", "lynn", "madison", "magdalena",
    "mahmoud", "malik", "manuel", "marc", "marco", "marcus", "margaret", "maria", "mariam", "marie", "marina",
    "mario", "marion", "marjorie", "mark", "marko", "markus", "marlene", "marta", "martha", "martin", "martina",
    "marvin", "mary", "mateo", "mathias", "matt", "matteo", "matthew", "maureen", "max", "maxim", "maya", "megan",
    "mei", "melanie", "melissa", "mercedes", "mia", "michael", "michaela", "michelle", "miguel", "mike", "mila",
    "milan", "mohamed", "mohammed", "mona", "monica", "monika", "muhammad", "nadia", "nancy", "naomi", "natalia",
    "natalie", "nathan", "nathaniel", "neil", "nelson", "nicholas", "nick", "nicolas", "nicole", "niels", "nikolai",
    "nina", "noah", "noel", "nora", "norma", "norman", "olaf", "oleg", "olga", "oliver", "olivia", "omar", "oscar",
    "otto", "owen", "pablo", "paige", "pamela", "paola", "pascal", "patricia", "patrick", "paul", "paula", "pauline",
    "pavel", "pedro", "peggy", "penelope", "pete", "peter", "petra", "philip", "phillip", "phoebe", "pierre", "priya",
    "rachel", "rafael", "raj", "rajesh", "ralph", "ramon", "raul", "ravi", "ray", "raymond", "rebecca", "reginald",
    "renata", "rene", "rhonda", "ricardo", "richard", "rick", "riley", "rita", "rob", "robert", "roberta", "roberto",
    "robin", "rodrigo", "roger", "roland", "roman", "ron", "ronald", "rosa", "rosemary", "ross", "roxanne", "roy",
    "ruben", "rudolf", "russell", "ruth", "ryan", "sabine", "sabrina", "sally", "salma", "sam", "samantha", "samir",
    "samuel", "sandra", "sanjay", "santiago", "sara", "sarah", "savannah", "scott", "sean", "sebastian", "serena",
    "sergei", "sergio", "shane", "shannon", "sharon", "shaun", "shawn", "sheila", "shirley", "sidney", "silvia",
    "simon", "simone", "sofia", "sonia", "sophia", "sophie", "spencer", "stanley", "stefan", "stella", "stephanie",
    "stephen", "steve", "steven", "stuart", "sue", "sunita", "susan", "suzanne", "sven", "svetlana", "sylvia",
    "tamara", "tanya", "tara", "taylor", "ted", "teresa", "terry", "theo", "theodore", "theresa", "thomas", "tiffany",
    "tim", "timothy", "tina", "todd", "tom", "tomas", "tommy", "toni", "tony", "tracy", "travis", "trevor", "tyler",
    "uma", "ursula", "valentina", "valeria", "vanessa", "vera", "veronica", "victor", "victoria", "viktor", "vincent",
    "viola", "violet", "virginia", "vivian", "vladimir", "walter", "wanda", "wayne", "wei", "wendy", "werner",
    "whitney", "william", "willow", "winston", "wolfgang", "xavier", "yara", "yasmin", "yolanda", "yuki", "yusuf",
    "yvonne", "zachary", "zara", "zoe", "zoltan",
];

/// Whether a word (in lower case) is a common given name.
pub(crate) fn is_given(word: &str) -> bool {
    let plain = word.strip_suffix("'s").unwrap_or(word);
    GIVEN.binary_search(&plain).is_ok()
}

#[cfg(test)]
mod tests {
    use super::{GIVEN, is_given};

    #[test]
    fn the_list_is_sorted_and_found_in() {
        assert!(GIVEN.is_sorted(), "a binary search needs order");
        assert!(is_given("maria") && is_given("peter's"), "names, also as owners");
        assert!(
            !is_given("monday") && !is_given("rose"),
            "days and flowers are no names"
        );
    }
}
