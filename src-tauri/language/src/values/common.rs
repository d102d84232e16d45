//! Everyday words that are no names, places or codes, however they are written.

/// Sorted, for a binary search; a test holds the order.
const COMMON: &[&str] = &[
    "a", "about", "above", "absolutely", "account", "across", "actually", "add", "address", "after", "afternoon",
    "again", "against", "agent", "ago", "agree", "ah", "ahead", "alarm", "all", "allow", "almost", "alone", "along",
    "already", "alright", "also", "although", "always", "am", "amazing", "amount", "an", "and", "angry", "another",
    "any", "anybody", "anymore", "anyone", "anything", "anyway", "anywhere", "apartment", "apologies", "appointment",
    "appreciate", "are", "area", "aren't", "around", "arrange", "arrive", "arriving", "as", "aside", "ask", "asking",
    "at", "available", "away", "awesome", "awful", "back", "bad", "bag", "bags", "balance", "bank", "be", "because",
    "become", "bed", "been", "before", "behind", "being", "believe", "below", "best", "bet", "better", "between",
    "big", "bill", "birthday", "bit", "book", "booked", "booking", "both", "bother", "box", "bring", "broke",
    "broken", "brother", "bullshit", "bus", "business", "busy", "but", "buy", "by", "bye", "call", "called",
    "calling", "came", "can", "can't", "cancel", "cancelled", "cannot", "car", "card", "care", "certain", "certainly",
    "change", "charge", "charged", "cheap", "check", "checking", "child", "children", "choice", "choose", "clear",
    "close", "club", "code", "cold", "come", "coming", "company", "complain", "complaint", "complete", "completely",
    "confirm", "confirmed", "contact", "cool", "correct", "cost", "could", "couldn't", "couple", "course", "crap",
    "credit", "customer", "dad", "damaged", "dammit", "damn", "daughter", "day", "days", "deal", "dear", "definitely",
    "delay", "delayed", "deliver", "delivered", "delivery", "depart", "departing", "department", "departure",
    "destination", "details", "did", "didn't", "different", "dinner", "direct", "do", "doctor", "does", "doesn't",
    "dog", "doing", "don't", "done", "dont", "door", "double", "down", "driver", "due", "during", "each", "earlier",
    "early", "easy", "eat", "eight", "either", "eleven", "else", "email", "end", "enjoy", "enough", "error",
    "especially", "even", "evening", "ever", "every", "everybody", "everyone", "everything", "exact", "exactly",
    "excellent", "excuse", "expensive", "fail", "failed", "fair", "family", "fantastic", "far", "fast", "father",
    "feel", "few", "fifteen", "fifth", "fine", "finish", "first", "five", "flight", "fly", "flying", "following",
    "food", "for", "forget", "forgot", "former", "found", "four", "free", "fresh", "fri", "friday", "friend",
    "friends", "from", "front", "fuck", "fucking", "full", "fun", "game", "gave", "gee", "get", "getting", "girl",
    "give", "glad", "go", "goes", "going", "gone", "gonna", "good", "goodbye", "got", "gotta", "great", "group",
    "guess", "guest", "guests", "guy", "guys", "had", "hadn't", "half", "hand", "happen", "happened", "happy", "hard",
    "has", "hasn't", "hate", "have", "haven't", "having", "he", "he'll", "he's", "headed", "heading", "hear", "heard",
    "hell", "hello", "help", "helpful", "her", "here", "here's", "hers", "hey", "hi", "high", "him", "his", "hm",
    "hmm", "hold", "home", "hope", "horrible", "hospital", "hotel", "hour", "hours", "house", "how", "however", "huh",
    "human", "husband", "i", "i'd", "i'll", "i'm", "i've", "id", "idea", "idiot", "idiots", "idk", "if", "im",
    "immediately", "important", "in", "information", "inside", "instead", "interested", "into", "invoice", "is",
    "isn't", "issue", "issues", "it", "it'd", "it'll", "it's", "item", "its", "itself", "job", "just", "keep", "kid",
    "kids", "kind", "kinda", "kindly", "knew", "know", "known", "lady", "last", "lastly", "late", "later", "latter",
    "least", "leave", "leaves", "leaving", "left", "less", "let", "let's", "lets", "like", "likely", "line", "list",
    "little", "live", "living", "located", "location", "log", "lol", "long", "look", "looking", "lost", "lot", "lots",
    "love", "lovely", "low", "luck", "lunch", "ma'am", "mad", "made", "mail", "main", "make", "makes", "making",
    "man", "manager", "many", "matter", "may", "maybe", "me", "mean", "meant", "meet", "meeting", "member", "mention",
    "message", "met", "might", "mind", "mine", "minute", "minutes", "miss", "missed", "missing", "mistake",
    "mistaken", "mom", "moment", "mon", "monday", "money", "month", "months", "more", "morning", "most", "mother",
    "mother's", "move", "movie", "moving", "mr", "mrs", "much", "must", "my", "myself", "name", "name's", "named",
    "names", "near", "need", "needed", "needing", "needs", "neither", "never", "new", "next", "nice", "night", "nine",
    "no", "nobody", "none", "nope", "nor", "normal", "not", "nothing", "now", "number", "o'clock", "obviously", "of",
    "off", "offer", "office", "oh", "ok", "okay", "old", "on", "once", "one", "ones", "online", "only", "onto",
    "open", "opening", "option", "or", "order", "ordered", "orders", "other", "others", "our", "ours", "ourselves",
    "out", "outside", "over", "own", "package", "paid", "pardon", "parents", "part", "party", "pass", "password",
    "past", "pay", "paying", "payment", "people", "per", "perfect", "perhaps", "person", "pet", "phone", "pick",
    "picking", "pin", "place", "plan", "plane", "planning", "play", "please", "plenty", "plus", "point", "possible",
    "prefer", "preferably", "price", "private", "probably", "problem", "product", "provide", "purchase", "purchased",
    "put", "question", "questions", "quick", "quickly", "quite", "random", "rather", "ready", "real", "really",
    "reason", "receive", "received", "recent", "recently", "record", "refer", "reference", "refund", "regarding",
    "regards", "related", "remember", "rent", "repeat", "replace", "reply", "request", "reservation", "reserve",
    "rest", "restaurant", "return", "returned", "returning", "review", "ride", "ridiculous", "right", "room", "rude",
    "said", "same", "sat", "saturday", "saw", "say", "says", "schedule", "search", "seat", "seats", "sec", "second",
    "see", "seem", "seems", "send", "sent", "serious", "seriously", "service", "services", "set", "seven", "several",
    "shall", "she", "she's", "shipment", "shipped", "shit", "shop", "short", "should", "show", "sick", "side",
    "since", "single", "sir", "sister", "six", "size", "small", "so", "some", "somebody", "somehow", "someone",
    "something", "sometime", "somewhere", "son", "soon", "sorry", "sort", "sounds", "special", "spell", "spelled",
    "spent", "stay", "staying", "still", "stop", "store", "strange", "street", "stuff", "stupid", "subscription",
    "such", "suck", "sucks", "suggest", "sun", "sunday", "super", "supposed", "sure", "surname", "table", "take",
    "taken", "taking", "talk", "team", "tell", "ten", "terrible", "than", "thank", "thanks", "that", "that'd",
    "that'll", "that's", "thats", "the", "their", "theirs", "them", "then", "there", "there's", "these", "they",
    "they're", "thing", "things", "think", "third", "this", "those", "though", "thought", "three", "through", "thu",
    "thursday", "ticket", "tickets", "till", "time", "times", "tired", "to", "today", "together", "told", "tomorrow",
    "tonight", "too", "took", "total", "town", "track", "train", "transfer", "travel", "traveling", "travelling",
    "tried", "trip", "trouble", "true", "truly", "try", "trying", "tue", "tuesday", "turn", "twelve", "twenty",
    "twice", "two", "type", "ugh", "uh", "um", "under", "understand", "unfortunately", "unless", "unsure", "until",
    "up", "upon", "ups", "upset", "urgent", "us", "use", "used", "useful", "useless", "user", "usual", "usually",
    "very", "via", "view", "visit", "wait", "waiting", "walk", "wanna", "want", "wanted", "wanting", "was", "wasn't",
    "way", "we", "we'd", "we'll", "we're", "we've", "website", "wed", "wednesday", "week", "weekend", "weeks",
    "welcome", "well", "went", "were", "weren't", "what", "what's", "whatever", "when", "when's", "where", "where's",
    "whether", "which", "while", "who", "who's", "whoever", "whole", "whom", "whose", "why", "wife", "will", "with",
    "within", "without", "woman", "won't", "wonderful", "word", "words", "work", "working", "works", "worried",
    "worse", "worst", "would", "wouldn't", "wow", "write", "wrong", "wtf", "ya", "yea", "yeah", "year", "years",
    "yep", "yes", "yesterday", "yet", "you", "you'd", "you'll", "you're", "you've", "young", "your", "yours",
    "yourself", "yup", "zero",
];

/// Whether a word (in lower case) is an everyday one.
pub(crate) fn is_common(word: &str) -> bool {
    let plain = word.strip_suffix("'s").unwrap_or(word);
    COMMON.binary_search(&word).is_ok() || COMMON.binary_search(&plain).is_ok() || super::days::is_month(word) && word != "april" && word != "june"
}

#[cfg(test)]
mod tests {
    use super::{COMMON, is_common};

    #[test]
    fn the_list_is_sorted_and_found_in() {
        assert!(COMMON.is_sorted(), "a binary search needs order");
        assert!(is_common("because") && is_common("what's") && !is_common("wilhelmina"), "words and names differ");
    }
}
