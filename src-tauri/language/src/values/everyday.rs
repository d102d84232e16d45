//! Everyday words that are no names, places or codes, however they are written.

/// Sorted, for a binary search; a test holds the order.
#[rustfmt::skip]
const EVERYDAY: &[&str] = &[
    "a", "about", "above", "absolutely", "account", "across", "actually", "add", "added", "adding", "address",
    "adults", "after", "afternoon", "again", "against", "agent", "agents", "ago", "agree", "ah", "ahead", "alarm",
    "all", "allow", "almost", "alone", "along", "already", "alright", "also", "although", "always", "am", "amazing",
    "among", "amount", "an", "and", "angry", "another", "any", "anybody", "anymore", "anyone", "anything", "anyway",
    "anywhere", "apartment", "apologies", "appear", "appeared", "appears", "appointment", "appreciate", "are",
    "area", "aren't", "around", "arrange", "arrive", "arriving", "as", "aside", "ask", "asking", "at", "available",
    "avenue", "away", "awesome", "awful", "awfully", "back", "bad", "bag", "bags", "balance", "bank", "basically",
    "bath", "baths", "be", "became", "because", "become", "becomes", "bed", "beds", "been", "before", "began",
    "begin", "beginning", "behind", "being", "believe", "below", "best", "bet", "better", "between", "big", "bill",
    "birthday", "bit", "black", "blue", "book", "booked", "booking", "both", "bother", "bottom", "box", "breakfast",
    "bring", "broke", "broken", "brother", "brown", "browse", "brunch", "bullshit", "bus", "business", "busy", "but",
    "buy", "by", "bye", "cab", "call", "called", "calling", "came", "can", "can't", "cancel", "cancelled", "cannot",
    "car", "card", "care", "certain", "certainly", "change", "charge", "charged", "chat", "chatting", "cheap",
    "check", "checking", "child", "children", "choice", "choose", "clear", "click", "close", "closed", "club",
    "code", "cold", "come", "coming", "company", "complain", "complaint", "complete", "completely", "concert",
    "conference", "confirm", "confirmed", "contact", "cool", "corner", "correct", "cost", "costs", "could",
    "couldn't", "country", "county", "couple", "course", "crap", "credit", "cuisine", "currently", "customer", "dad",
    "damaged", "dammit", "damn", "date", "daughter", "day", "days", "deal", "dear", "definitely", "delay", "delayed",
    "deliver", "delivered", "delivery", "depart", "departing", "department", "departure", "destination", "details",
    "did", "didn't", "different", "dinner", "direct", "dish", "do", "doctor", "does", "doesn't", "dog", "doing",
    "don't", "done", "dont", "door", "double", "down", "download", "drink", "drinking", "drive", "driver", "driving",
    "drove", "due", "during", "each", "earlier", "early", "easy", "eat", "eating", "edge", "eight", "either",
    "eleven", "else", "email", "end", "ended", "ending", "enjoy", "enough", "enter", "error", "especially", "even",
    "evening", "event", "events", "ever", "every", "everybody", "everyone", "everything", "exact", "exactly",
    "excellent", "exchange", "excuse", "exist", "exists", "expensive", "extremely", "fail", "failed", "fair",
    "family", "fantastic", "far", "fast", "father", "feel", "female", "few", "fifteen", "fifth", "figure", "film",
    "final", "finally", "find", "fine", "finish", "finished", "first", "five", "flat", "flight", "flights", "fly",
    "flying", "following", "food", "for", "forget", "forgot", "former", "found", "four", "frankly", "free", "fresh",
    "fri", "friday", "friend", "friends", "from", "front", "fuck", "fucking", "full", "fun", "game", "gave", "gee",
    "gentleman", "get", "getting", "girl", "give", "glad", "go", "goes", "going", "gone", "gonna", "good", "goodbye",
    "got", "gotta", "gray", "great", "green", "grey", "group", "guess", "guest", "guests", "guy", "guys", "had",
    "hadn't", "half", "hand", "happen", "happened", "happens", "happy", "hard", "has", "hasn't", "hate", "have",
    "haven't", "having", "he", "he'll", "he's", "headed", "heading", "hear", "heard", "hell", "hello", "help",
    "helpful", "her", "here", "here's", "hers", "hey", "hi", "high", "highly", "him", "his", "hit", "hm", "hmm",
    "hold", "holiday", "home", "honestly", "hope", "hopefully", "hoping", "horrible", "hospital", "hotel", "hour",
    "hours", "house", "how", "however", "huge", "huh", "human", "husband", "i", "i'd", "i'll", "i'm", "i've", "id",
    "idea", "idiot", "idiots", "idk", "if", "im", "immediately", "important", "in", "information", "inside",
    "install", "installed", "instead", "interested", "interview", "into", "invoice", "is", "isn't", "issue",
    "issues", "it", "it'd", "it'll", "it's", "item", "its", "itself", "job", "journey", "just", "keep", "kid",
    "kids", "kind", "kinda", "kindly", "knew", "know", "known", "lady", "large", "last", "lastly", "late", "later",
    "latter", "least", "leave", "leaves", "leaving", "left", "less", "let", "let's", "lets", "like", "likely",
    "line", "list", "listen", "listening", "literally", "little", "live", "living", "located", "location", "log",
    "logging", "login", "lol", "long", "look", "looking", "looks", "lost", "lot", "lots", "love", "lovely", "low",
    "luck", "lunch", "ma'am", "mad", "madam", "made", "mail", "main", "make", "makes", "making", "male", "man",
    "manager", "many", "match", "matter", "may", "maybe", "me", "meal", "mean", "meant", "meet", "meeting", "member",
    "mention", "message", "met", "metropolis", "middle", "might", "mind", "mine", "minute", "minutes", "miss",
    "missed", "missing", "mistake", "mistaken", "moderate", "mom", "moment", "mon", "monday", "money", "month",
    "months", "mood", "more", "morning", "most", "mother", "mother's", "move", "movie", "moving", "mr", "mrs",
    "much", "must", "my", "myself", "name", "name's", "named", "names", "near", "nearby", "need", "needed",
    "needing", "needs", "neighborhood", "neighbourhood", "neither", "never", "new", "next", "nice", "night",
    "nights", "nine", "no", "nobody", "none", "nope", "nor", "normal", "not", "nothing", "now", "nowadays", "number",
    "o'clock", "obviously", "of", "off", "offer", "office", "often", "oh", "ok", "okay", "old", "on", "once", "one",
    "ones", "online", "only", "onto", "open", "opened", "opening", "option", "or", "orange", "order", "ordered",
    "orders", "other", "others", "our", "ours", "ourselves", "out", "outside", "over", "own", "package", "paid",
    "parcel", "pardon", "parents", "part", "party", "pass", "password", "past", "pay", "paying", "payment", "people",
    "per", "perfect", "perhaps", "person", "pet", "phone", "pick", "picking", "pin", "pink", "place", "plan",
    "plane", "planning", "play", "playing", "please", "plenty", "plus", "point", "possible", "possibly", "prefer",
    "preferably", "preferred", "presently", "press", "pressed", "price", "pricey", "private", "probably", "problem",
    "product", "provide", "pull", "purchase", "purchased", "purple", "push", "pushed", "put", "question",
    "questions", "quick", "quickly", "quite", "random", "rarely", "rather", "read", "reading", "ready", "real",
    "really", "reason", "receive", "received", "recent", "recently", "recommend", "recommended", "record", "red",
    "refer", "reference", "refund", "regarding", "regards", "region", "related", "remember", "remove", "removed",
    "removing", "rent", "repeat", "replace", "replaced", "reply", "representative", "request", "reservation",
    "reserve", "reset", "rest", "restart", "restaurant", "return", "returned", "returning", "review", "ride",
    "ridiculous", "right", "road", "room", "rooms", "route", "rude", "run", "running", "said", "sale", "same", "sat",
    "saturday", "save", "saved", "saving", "saw", "say", "says", "schedule", "search", "seat", "seats", "sec",
    "second", "see", "seem", "seems", "sell", "send", "sent", "serious", "seriously", "service", "services", "set",
    "seven", "several", "shall", "she", "she's", "ship", "shipment", "shipped", "shipping", "shit", "shop", "short",
    "should", "show", "sick", "side", "sign", "signed", "simply", "since", "single", "sir", "sister", "six", "size",
    "slow", "small", "so", "sold", "some", "somebody", "somehow", "someone", "something", "sometime", "sometimes",
    "somewhere", "son", "soon", "sorry", "sort", "sounds", "speak", "speaking", "special", "spell", "spelled",
    "spend", "spent", "spoke", "staff", "state", "stay", "staying", "still", "stop", "stopped", "stopping", "store",
    "strange", "street", "stuff", "stupid", "subscription", "such", "suck", "sucks", "suggest", "sun", "sunday",
    "super", "support", "supposed", "sure", "surname", "swap", "switch", "switched", "table", "tables", "take",
    "taken", "taking", "talk", "talked", "talking", "tall", "taxi", "team", "tell", "ten", "terrible", "terribly",
    "than", "thank", "thanks", "that", "that'd", "that'll", "that's", "thats", "the", "their", "theirs", "them",
    "then", "there", "there's", "these", "they", "they're", "thing", "things", "think", "third", "this", "those",
    "though", "thought", "three", "through", "thu", "thursday", "ticket", "tickets", "till", "time", "times", "tiny",
    "tired", "to", "today", "together", "told", "tomorrow", "tonight", "too", "took", "top", "total", "totally",
    "touch", "tour", "town", "track", "train", "transaction", "transfer", "travel", "traveling", "travelling",
    "tried", "trip", "trouble", "true", "truly", "try", "trying", "tue", "tuesday", "turn", "turned", "twelve",
    "twenty", "twice", "two", "type", "typed", "ugh", "uh", "um", "under", "understand", "unfortunately", "unless",
    "unlikely", "unsure", "until", "up", "update", "upgrade", "upload", "upon", "ups", "upset", "urgent", "us",
    "use", "used", "useful", "useless", "user", "usual", "usually", "vacation", "venue", "very", "via", "view",
    "viewing", "visit", "wait", "waiting", "walk", "walking", "wanna", "want", "wanted", "wanting", "was", "wasn't",
    "watch", "watching", "way", "we", "we'd", "we'll", "we're", "we've", "website", "wed", "wedding", "wednesday",
    "week", "weekend", "weeks", "welcome", "well", "went", "were", "weren't", "what", "what's", "whatever", "when",
    "when's", "where", "where's", "whether", "which", "while", "white", "who", "who's", "whoever", "whole", "whom",
    "whose", "why", "wide", "wife", "will", "wish", "wishing", "with", "within", "without", "woman", "won't",
    "wonder", "wonderful", "wondering", "word", "words", "work", "working", "works", "worried", "worse", "worst",
    "would", "wouldn't", "wow", "write", "wrong", "wtf", "ya", "yea", "yeah", "year", "years", "yellow", "yep",
    "yes", "yesterday", "yet", "you", "you'd", "you'll", "you're", "you've", "young", "your", "yours", "yourself",
    "yup", "zero",
];

/// Whether a word (in lower case) is an everyday one.
pub(crate) fn is_everyday(word: &str) -> bool {
    let plain = word.strip_suffix("'s").unwrap_or(word);
    EVERYDAY.binary_search(&word).is_ok()
        || EVERYDAY.binary_search(&plain).is_ok()
        || super::days::is_month(word) && word != "april" && word != "june"
}

#[cfg(test)]
mod tests {
    use super::{EVERYDAY, is_everyday};

    #[test]
    fn the_list_is_sorted_and_found_in() {
        assert!(EVERYDAY.is_sorted(), "a binary search needs order");
        assert!(
            is_everyday("because") && is_everyday("what's") && !is_everyday("wilhelmina"),
            "words and names differ"
        );
    }
}
