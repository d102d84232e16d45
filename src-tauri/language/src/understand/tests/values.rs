//! Which values a message gives, and to which attribute each belongs.

use taskwright_domain::{Attribute, AttributeType, Settings};

use super::attribute;
use crate::understand::fill;
use crate::values::{ValueContext, trial::shown};

use AttributeType as T;

fn described(key: &str, description: &str, kind: T) -> Attribute {
    Attribute {
        description: description.into(),
        ..attribute(key, kind)
    }
}

fn choice(key: &str, options: &[&str]) -> Attribute {
    let options = options.iter().map(|option| (*option).to_owned()).collect();
    attribute(key, T::Choice { options })
}

/// Asked keys, the question, the message, and "key=value" of each value in the order of its words.
type Case<'a> = (&'a [&'a str], &'a str, &'a str, &'a str);

/// Holds a table against Friday, 1 March 2019.
fn hold(attributes: &[Attribute], cases: &[Case<'_>]) {
    let settings = Settings::default();
    let context = ValueContext {
        settings: &settings,
        now: "2019-03-01T12:00:00Z".parse().unwrap(),
    };
    let attributes: Vec<&Attribute> = attributes.iter().collect();
    let mut wrong = Vec::new();
    for (asked, question, text, wanted) in cases {
        let question = Some(*question).filter(|words| !words.is_empty());
        let filled = fill(&attributes, asked, question, text, &context);
        let got: Vec<String> = filled
            .iter()
            .map(|given| format!("{}={}", given.attribute, shown(&given.value)))
            .collect();
        if got.join("; ") != *wanted {
            wrong.push(format!("{text:?}: gave {:?}, wanted {wanted:?}", got.join("; ")));
        }
    }
    assert!(wrong.is_empty(), "values:\n{}", wrong.join("\n"));
}

#[test]
fn two_ends_of_a_journey_are_told_apart() {
    let trip = [
        attribute("from_city", T::Place),
        attribute("to_city", T::Place),
        attribute("departure_date", T::Date),
        attribute("return_date", T::Date),
        attribute("passengers", T::Integer),
    ];
    hold(
        &trip,
        &[
            (
                &["from_city", "to_city"],
                "Where from and where to?",
                "from Porto to Lyon on the 14th of March",
                "from_city=Porto; to_city=Lyon; departure_date=2019-03-14",
            ),
            (
                &["from_city", "to_city"],
                "",
                "Oslo to Bergen",
                "from_city=Oslo; to_city=Bergen",
            ),
            (&["from_city"], "", "from 'Mill Lane' please", "from_city=Mill Lane"),
            (
                &["from_city"],
                "",
                "I'm at the Harbour and want to get to Lyon",
                "from_city=Harbour; to_city=Lyon",
            ),
            (
                &["return_date"],
                "When do you come back?",
                "I'll return in a week",
                "return_date=2019-03-08",
            ),
            (
                &["departure_date"],
                "",
                "the 5th till the 9th",
                "departure_date=2019-03-05; return_date=2019-03-09",
            ),
            (
                &["departure_date"],
                "",
                "I won't go until Sunday",
                "departure_date=2019-03-03",
            ),
            (
                &["passengers"],
                "For how many?",
                "me, my wife and two kids",
                "passengers=4",
            ),
            (&["passengers"], "For how many?", "we are not sure yet", ""),
        ],
    );
}

#[test]
fn a_stay_begins_with_arriving_and_ends_with_leaving() {
    let stay = [
        attribute("check_in_date", T::Date),
        attribute("check_out_date", T::Date),
        attribute("check_in_time", T::Time),
    ];
    hold(
        &stay,
        &[
            (&[], "", "we arrive on the 4th", "check_in_date=2019-03-04"),
            (
                &["check_out_date"],
                "",
                "I will leave next Wednesday",
                "check_out_date=2019-03-06",
            ),
            (
                &[],
                "",
                "a room between Monday and Friday",
                "check_in_date=2019-03-04; check_out_date=2019-03-01",
            ),
            (&["check_in_time"], "", "half 7 in the evening", "check_in_time=19:30"),
            (&["check_in_date"], "", "is breakfast included?", ""),
        ],
    );
}

#[test]
fn people_are_counted_by_group_where_groups_are_asked_for() {
    let room = [
        attribute("adults", T::Integer),
        attribute("children", T::Integer),
        attribute("rooms", T::Integer),
        described("nights", "how long the stay is in days", T::Text),
    ];
    hold(
        &room,
        &[
            (
                &[],
                "",
                "two rooms for 3 adults and 2 kids",
                "rooms=2; adults=3; children=2",
            ),
            (&[], "", "we stay for 4 nights", "nights=4 nights"),
            (&[], "", "we came two days ago", ""),
            (&["adults"], "", "just me", "adults=1"),
        ],
    );
}

#[test]
fn a_name_is_given_to_whom_it_belongs() {
    let visit = [
        described("name", "the customer's name", T::PersonName),
        described("host_name", "who gives the party", T::PersonName),
    ];
    hold(
        &visit,
        &[
            (&["name"], "Your name?", "Mark, and his name is Peter", "name=Mark"),
            (&["name"], "Your name?", "my doctors name is Dr. Brandt", ""),
            (&["name"], "Your name?", "Dr. Brandt knows me. I am Anna.", "name=Anna"),
            (
                &[],
                "",
                "my name is Lena and the host is Omar",
                "name=Lena; host_name=Omar",
            ),
            (
                &["host_name"],
                "Who is the host?",
                "it's my uncle Richard",
                "host_name=uncle Richard",
            ),
        ],
    );
    let parts = [
        attribute("first_name", T::PersonName),
        attribute("last_name", T::PersonName),
    ];
    hold(
        &parts,
        &[
            (&["last_name", "first_name"], "", "Olsen", "last_name=Olsen"),
            (&["first_name", "last_name"], "", "Greta", "first_name=Greta"),
            (
                &[],
                "",
                "booked under the name \"Greta Olsen\"",
                "first_name=Greta; last_name=Olsen",
            ),
        ],
    );
}

#[test]
fn yes_and_no_may_be_told_by_the_attributes_own_words() {
    let home = [
        attribute("pets_allowed", T::Boolean),
        attribute("good_for_kids", T::Boolean),
        attribute("shared_ride", T::Boolean),
        attribute("fee_paid", T::Boolean),
    ];
    hold(
        &home,
        &[
            (&["shared_ride"], "", "that would be ok", "shared_ride=true"),
            (&["shared_ride"], "", "sharing is fine", "shared_ride=true"),
            (
                &["shared_ride"],
                "",
                "it doesn't have to be shared",
                "shared_ride=false",
            ),
            (&["shared_ride"], "", "not this time", "shared_ride=false"),
            (&[], "", "somewhere child-friendly", "good_for_kids=true"),
            (&[], "", "I can't remember if I paid the fee", ""),
            (&[], "", "are pets allowed?", ""),
            (&["fee_paid"], "Is it paid?", "I don't know whether the fee is paid", ""),
        ],
    );
}

#[test]
fn a_question_says_what_it_asks_for() {
    let party = [
        described("guests", "number of guests", T::Integer),
        described("name", "the customer's name", T::PersonName),
        attribute("day", T::Date),
        attribute("wishes", T::Text),
    ];
    hold(
        &party,
        &[
            (&[], "How many guests do you expect?", "20 more or less", "guests=20"),
            (&[], "May I have your name?", "mara", "name=Mara"),
            (&[], "Hello, how can I help?", "mara", ""),
            (&[], "Your name, the day and your wishes please.", "I like cake", ""),
        ],
    );
}

#[test]
fn a_part_of_a_code_is_not_the_code() {
    let card = [attribute("card_number", T::Identifier { pattern: None })];
    hold(
        &card,
        &[
            (&["card_number"], "", "it ends in 4512", ""),
            (&["card_number"], "", "the last four digits are 4512", ""),
            (
                &["card_number"],
                "What are the last four digits?",
                "they end in 4512",
                "card_number=4512",
            ),
            (
                &["card_number"],
                "",
                "in the end it is 99884512",
                "card_number=99884512",
            ),
        ],
    );
}

#[test]
fn a_code_is_given_to_the_attribute_that_was_asked() {
    let codes = [
        attribute("user_id", T::Identifier { pattern: None }),
        attribute("order_id", T::Identifier { pattern: None }),
        attribute("zip", T::Identifier { pattern: None }),
    ];
    hold(
        &codes,
        &[
            (&["user_id"], "", "ana_berg_734", "user_id=ana_berg_734"),
            (&["order_id"], "", "4511, no, 4512", "order_id=4512"),
            (
                &["order_id"],
                "",
                "order id 4471029385 and my zip is 45210",
                "order_id=4471029385; zip=45210",
            ),
        ],
    );
}

#[test]
fn an_answer_names_a_thing() {
    let evening = [
        described("film", "Name of the film", T::Text),
        described("director", "who directed it", T::Text),
        described("genre", "genre of the film", T::Text),
        described("restaurant", "Name of the restaurant", T::Text),
        attribute("town", T::Place),
    ];
    hold(
        &evening,
        &[
            (
                &["film"],
                "",
                "I'd like to see The Silent Harbour",
                "film=The Silent Harbour",
            ),
            (&["film"], "", "it's called House Of Glass", "film=House Of Glass"),
            (&["genre"], "", "something in the mystery genre", "genre=mystery"),
            (&["genre"], "", "How about a funny film?", "genre=funny"),
            (
                &["genre"],
                "",
                "I like sad films directed by Nadia Volkova",
                "genre=sad; director=Nadia Volkova",
            ),
            (
                &["restaurant"],
                "",
                "the Blue Lantern Kitchen in Oakland",
                "restaurant=Blue Lantern Kitchen; town=Oakland",
            ),
            (&["restaurant"], "", "what is there?", ""),
        ],
    );
}

#[test]
fn how_somebody_is_and_what_was_asked_for_is_told_in_few_words() {
    let visit = [
        described("symptoms", "what the patient feels", T::Text),
        attribute("dietary_needs", T::Text),
        attribute("secret", T::Text),
    ];
    hold(
        &visit,
        &[
            (
                &["symptoms"],
                "",
                "I have had a fever and a sore back for two days now. I hope you can help",
                "symptoms=fever and a sore back for two days",
            ),
            (
                &[],
                "",
                "I need a table, I am allergic to nuts",
                "dietary_needs=allergic to nuts",
            ),
            (
                &["dietary_needs"],
                "",
                "yes, gluten-free please",
                "dietary_needs=gluten-free",
            ),
            (
                &["secret"],
                "What was the name of your first teacher?",
                "my teacher was Ms Holm",
                "secret=Ms Holm",
            ),
            (&["symptoms"], "", "can I pay by card?", ""),
        ],
    );
}

#[test]
fn an_option_is_meant_where_the_words_say_no_more() {
    let search = [
        choice("price", &["Cheap", "Moderate", "Expensive"]),
        choice("mode", &["Driving", "Walking"]),
        choice("sight", &["Tourist attraction", "Museum"]),
        described("town", "where the attraction lies", T::Place),
        choice("account", &["checking", "savings"]),
    ];
    hold(
        &search,
        &[
            (&[], "", "a cheap place please", "price=Cheap"),
            (&[], "", "I'll be walking", "mode=Walking"),
            (&["town"], "", "attractions in Porto", "town=Porto"),
            (&["account"], "", "check my savings first", "account=savings"),
            (&["sight"], "", "a museum", "sight=Museum"),
        ],
    );
}

#[test]
fn money_is_taken_where_the_attribute_is_money_and_nothing_else() {
    let bank = [
        attribute("amount", T::Amount),
        described("receiver", "who gets the money", T::PersonName),
    ];
    hold(
        &bank,
        &[
            (
                &[],
                "",
                "send $35 to Anna Keller",
                "amount=35 USD; receiver=Anna Keller",
            ),
            (&["amount"], "", "19 dollars 90", "amount=19.90 USD"),
            (&["receiver"], "", "it's for Mom", "receiver=Mom"),
            (&[], "", "I waited 35 minutes", ""),
        ],
    );
}
