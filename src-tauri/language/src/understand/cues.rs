//! What an attribute is about, and what the words around a value say about whose it is.

use taskwright_domain::{Attribute, AttributeType};

use crate::values::weeks::WeekDay;
use crate::values::{Candidate, Line, TokenKind, is_common, stem};

/// Which end of a journey, stay or stretch of time something belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    /// Where it starts.
    Start,
    /// Where it ends.
    Goal,
}

const START_WORDS: &[&str] = &[
    "origin",
    "from",
    "departure",
    "depart",
    "departing",
    "departs",
    "leave",
    "leaves",
    "leaving",
    "pickup",
    "start",
    "starts",
    "starting",
    "begin",
    "beginning",
    "begins",
    "outbound",
    "checkin",
    "open",
    "opens",
    "source",
    "since",
    "pick",
    "picked",
    "picking",
];
const GOAL_WORDS: &[&str] = &[
    "destination",
    "to",
    "arrival",
    "arrive",
    "arrives",
    "arriving",
    "dropoff",
    "drop",
    "dropping",
    "end",
    "ends",
    "ending",
    "return",
    "returning",
    "returns",
    "checkout",
    "inbound",
    "close",
    "closes",
    "until",
    "till",
    "til",
    "through",
    "thru",
    "back",
    "going",
    "headed",
    "heading",
    "goal",
    "reach",
    "recipient",
];
/// Prepositions count only right before the value.
const START_PREPOSITIONS: &[&str] = &["from", "since", "starting", "beginning", "leaving", "departing"];
const GOAL_PREPOSITIONS: &[&str] = &[
    "to", "until", "till", "til", "through", "thru", "towards", "toward", "into", "ending", "-", "–",
];

/// Words of names and descriptions that tell no attribute from another.
const GENERIC: &[&str] = &[
    "number",
    "name",
    "date",
    "time",
    "day",
    "id",
    "code",
    "value",
    "customer",
    "user",
    "type",
    "kind",
    "which",
    "what",
    "the",
    "of",
    "for",
    "a",
    "an",
    "is",
    "to",
    "in",
    "on",
    "or",
    "and",
    "with",
    "by",
    "at",
    "their",
    "your",
    "whether",
    "if",
    "be",
    "mention",
    "sentence",
    "some",
    "this",
    "specific",
    "has",
    "have",
    "it",
    "they",
    "them",
    "as",
    "that",
    "local",
    "booking",
    "book",
    "find",
    "contact",
    "set",
    "request",
    "attribute",
    "text",
    "amount",
    "address",
    "phone",
    "place",
    "given",
    "said",
    "give",
    "says",
    "who",
    "how",
    "many",
    "much",
    "are",
    "was",
    "does",
    "do",
    "need",
    "needs",
    "allow",
    "take",
    "boolean",
    "start",
    "end",
    "from",
];

/// Words of attributes whose day lies behind.
const PAST_WORDS: &[&str] = &[
    "purchase",
    "purchased",
    "bought",
    "order",
    "ordered",
    "birth",
    "birthday",
    "born",
    "incident",
    "delivered",
    "received",
    "paid",
    "payment",
    "transaction",
    "accident",
    "loss",
    "lost",
    "happened",
    "since",
    "issue",
    "invoice",
    "signed",
    "opened",
    "arrived",
    "shipped",
    "last",
    "previous",
    "original",
    "charge",
    "charged",
    "mentioned",
    "any",
];

/// An attribute with the stems that tell what it is about.
#[derive(Debug, Clone)]
pub(super) struct Topic<'a> {
    /// The attribute.
    pub(super) attribute: &'a Attribute,
    /// Stems of its name.
    pub(super) name: Vec<String>,
    /// Stems of its description that are not in its name.
    pub(super) about: Vec<String>,
    /// Stems of the thing that it tells from others of its kind: "which order is meant".
    pub(super) tells_apart: Vec<String>,
    /// The end it belongs to.
    pub(super) end: Option<End>,
    /// It counts people.
    pub(super) people: bool,
    /// It speaks of something that has happened.
    pub(super) past: bool,
}

impl<'a> Topic<'a> {
    /// Whether it is a week, told by one of its days.
    pub(super) fn is_week(&self) -> bool {
        self.name.iter().any(|stem| stem == "week")
    }

    /// The day that tells its week: the last one, unless its words speak of the first.
    pub(super) fn week_day(&self) -> WeekDay {
        let first = self.name.iter().chain(&self.about).any(|stem| {
            matches!(
                stem.as_str(),
                "start" | "begin" | "first" | "monday" | "of" | "commenc" | "from"
            )
        });
        if first { WeekDay::First } else { WeekDay::Last }
    }

    /// What an attribute is about.
    pub(super) fn new(attribute: &'a Attribute) -> Self {
        let words = words_of(&attribute.name).into_iter().chain(words_of(&attribute.key));
        let all: Vec<String> = words.collect();
        let described = words_of(&attribute.description);
        let counted = matches!(attribute.kind, AttributeType::Integer | AttributeType::Decimal);
        let mut name = stems(&all, counted);
        let mut about = stems(&described, counted);
        about.retain(|s| !name.contains(s));
        name.dedup();
        let end = end_of(&all).or_else(|| end_of_description(&described));
        let people = counted && all.iter().chain(&described).any(|w| is_people(w));
        let past = all.iter().chain(&described).any(|w| PAST_WORDS.contains(&w.as_str()));
        Self {
            attribute,
            tells_apart: told_apart(&described),
            name,
            about,
            end,
            people,
            past,
        }
    }

    /// Whether it is called just after its type, so that it has no words of its own to wait for.
    pub(super) fn is_plain(&self) -> bool {
        let money = self.attribute.kind == AttributeType::Amount;
        self.name
            .iter()
            .all(|stem| money && matches!(stem.as_str(), "money" | "sum" | "total"))
    }

    /// How strongly a stem names this attribute.
    pub(super) fn says(&self, stem: &str) -> f32 {
        self.pull(stem)
    }

    /// How strongly a stem points to this attribute.
    fn pull(&self, stem: &str) -> f32 {
        if self.name.iter().any(|s| s == stem) {
            1.0
        } else if self.about.iter().any(|s| s == stem) {
            0.5
        } else {
            0.0
        }
    }
}

/// Words of a name: split at marks and at capitals ("RoomNumber").
fn words_of(text: &str) -> Vec<String> {
    let mut spaced = String::new();
    let mut last_small = false;
    for c in text.chars() {
        if last_small && c.is_uppercase() || c == '_' {
            spaced.push(' ');
        }
        if c != '_' {
            spaced.push(c);
        }
        last_small = c.is_lowercase();
    }
    Line::new(&spaced)
        .tokens()
        .iter()
        .filter(|t| t.kind == TokenKind::Word)
        .map(|t| t.word.clone())
        .collect()
}

/// Whether all words of the attribute's name stand right before a value: "my user id is …".
pub(super) fn labels(line: &Line, topic: &Topic<'_>, candidate: &Candidate) -> bool {
    let words = words_of(&topic.attribute.name);
    let reach = words.len() + 3;
    let stands = |word: &String| {
        (1..=reach)
            .map_while(|back| candidate.from.checked_sub(back))
            .take_while(|i| !line.is(*i, &[".", "!", "?", ";", ",", "and"]))
            .any(|i| line.word(i) == word)
    };
    !words.is_empty() && words.iter().all(stands)
}

/// The thing of "which order is meant".
fn told_apart(described: &[String]) -> Vec<String> {
    let after = described.iter().position(|word| word == "which").map(|at| at + 1);
    let words = after.and_then(|at| described.get(at..)).unwrap_or_default();
    match words.windows(2).position(|two| two == ["is", "meant"]) {
        Some(end) => stems(&words[..end], false),
        None => Vec::new(),
    }
}

/// Whether the thing that the attribute tells apart stands right before a value: "purchase 4512", "parcel number 88213".
pub(super) fn names_the_thing(line: &Line, topic: &Topic<'_>, candidate: &Candidate) -> bool {
    let between = |at: &usize| line.is(*at, &["number", "nr", "#", ":"]);
    let mut before = (0..candidate.from).rev().skip_while(between);
    before
        .next()
        .is_some_and(|at| topic.tells_apart.iter().any(|stem| stem == line.stem(at)))
}

fn stems(words: &[String], counted: bool) -> Vec<String> {
    let generic = |s: &str| GENERIC.contains(&s) && !(counted && s == "day");
    words
        .iter()
        .filter(|w| w.chars().count() > 1)
        .map(|w| stem(w))
        .filter(|s| !generic(s))
        .collect()
}

fn end_of(words: &[String]) -> Option<End> {
    words.iter().enumerate().find_map(|(i, word)| match word.as_str() {
        "check" => match words.get(i + 1).map(String::as_str) {
            Some("in") => Some(End::Start),
            Some("out") => Some(End::Goal),
            _ => None,
        },
        "outbound" => Some(End::Start),
        "inbound" => Some(End::Goal),
        w if START_WORDS.contains(&w) => Some(End::Start),
        w if GOAL_WORDS.contains(&w) => Some(End::Goal),
        _ => None,
    })
}

/// In a description only the plainest words tell the end: "start date", "return".
fn end_of_description(words: &[String]) -> Option<End> {
    words.iter().find_map(|w| match w.as_str() {
        "origin" | "departure" | "departing" | "leaving" | "pickup" => Some(End::Start),
        "destination" | "return" | "arrival" | "dropoff" => Some(End::Goal),
        _ => None,
    })
}

/// Nouns of people.
pub(super) fn is_people(word: &str) -> bool {
    matches!(
        word,
        "people"
            | "persons"
            | "person"
            | "guests"
            | "guest"
            | "adults"
            | "adult"
            | "kids"
            | "kid"
            | "children"
            | "child"
            | "passengers"
            | "passenger"
            | "travelers"
            | "traveler"
            | "travellers"
            | "traveller"
            | "riders"
            | "rider"
            | "seats"
            | "seat"
            | "tickets"
            | "ticket"
            | "attendees"
            | "pax"
            | "party"
            | "friends"
            | "friend"
            | "couples"
            | "folks"
            | "individuals"
            | "members"
            | "diners"
            | "men"
            | "women"
            | "ladies"
            | "grandparents"
            | "students"
            | "colleagues"
            | "babies"
            | "toddlers"
            | "peoples"
    )
}

/// The end the words before a value speak of.
pub(super) fn end_at(line: &Line, candidate: &Candidate, place: bool) -> Option<End> {
    let near = if place { 2 } else { 3 };
    for back in 1..=7 {
        let at = candidate.from.checked_sub(back)?;
        if line.is(at, &[".", "!", "?", ";"]) {
            return None;
        }
        let word = line.word(at);
        let direct = back <= near
            && (1..back).all(|b| {
                line.is(
                    candidate.from - b,
                    &[
                        "the", "on", "around", "about", "at", "a", ",", "my", "her", "his", "their", "our",
                    ],
                )
            });
        if direct && START_PREPOSITIONS.contains(&word) {
            return Some(End::Start);
        }
        if direct && GOAL_PREPOSITIONS.contains(&word) {
            return Some(End::Goal);
        }
        if direct
            && word == "for"
            && line.is(
                at.wrapping_sub(1),
                &["leaving", "leave", "leaves", "heading", "headed", "bound", "departing"],
            )
        {
            return Some(End::Goal);
        }
        if let Some(end) = verb_end(line, at) {
            return Some(end);
        }
    }
    None
}

fn verb_end(line: &Line, at: usize) -> Option<End> {
    match line.word(at) {
        "check" | "checking" if line.word(at + 1) == "in" => Some(End::Start),
        "check" | "checking" if line.word(at + 1) == "out" => Some(End::Goal),
        "leave" | "leaving" | "depart" | "departing" | "departure" | "start" | "starting" | "starts" | "pickup"
        | "picking" | "begin" | "begins" | "origin" | "outbound" | "checkin" => Some(End::Start),
        "pick" if line.is(at + 1, &["up", "it", "the", "my", "me", "a", "that"]) => Some(End::Start),
        "return" | "returning" | "back" | "arrive" | "arriving" | "arrival" | "destination" | "dropoff" | "drop"
        | "dropping" | "end" | "ending" | "ends" | "inbound" | "checkout" | "reach" | "headed" | "heading" => {
            Some(End::Goal)
        }
        _ => None,
    }
}

/// How strongly the words around a value point to an attribute: its own words before or after, nearest first.
pub(super) fn pull(line: &Line, topic: &Topic<'_>, candidate: &Candidate) -> f32 {
    let mut total = 0.0_f32;
    for back in 1..=7 {
        let Some(at) = candidate.from.checked_sub(back) else {
            break;
        };
        if line.is(at, &[".", "!", "?", ";"]) && !line.glued(at + 1) {
            break;
        }
        total += weight(line, topic, at, back);
    }
    for ahead in 0..4 {
        let at = candidate.to + ahead;
        if line.is(at, &[".", "!", "?", ";", ","])
            || line.get(at).is_none()
            || line.is(at, &["and", "but", "for", "from", "at"])
        {
            break;
        }
        total += weight(line, topic, at, ahead + 1);
    }
    total.min(2.0)
}

fn weight(line: &Line, topic: &Topic<'_>, at: usize, distance: usize) -> f32 {
    if !line.is_word(at) {
        return 0.0;
    }
    let near = if distance <= 3 { 1.0 } else { 0.6 };
    topic.pull(line.stem(at)) * near
}

/// Whether a count stands beside a word of the attribute: "3 bags", "bags: 3", "question 3".
pub(super) fn counts(line: &Line, topic: &Topic<'_>, candidate: &Candidate) -> bool {
    let named = |at: usize| line.is_word(at) && topic.pull(line.stem(at)) > 0.0;
    let after = (candidate.to..candidate.to + 3)
        .take_while(|i| line.is_word(*i) || line.is(*i, &["-"]))
        .any(named);
    // "the room for 3 days" counts days, not rooms.
    let other_noun = line.is_word(candidate.to) && !is_joint(line.word(candidate.to));
    let before = !other_noun
        && (1..=3)
            .filter_map(|b| candidate.from.checked_sub(b))
            .take_while(|i| !line.is(*i, &[".", ",", "?", "!"]))
            .any(named);
    after || before || topic.people && counts_people(line, candidate)
}

/// "4 people", "table for 4", "party of 6", "6 of us".
pub(super) fn counts_people(line: &Line, candidate: &Candidate) -> bool {
    let (from, to) = (candidate.from, candidate.to);
    let noun = |i: usize| is_people(line.word(i));
    if noun(to) || noun(to + 1) && line.is_word(to) && !is_joint(line.word(to)) || line.starts(to, &["of", "us"]) {
        return true;
    }
    let ends = line.is_break(to) || is_joint(line.word(to));
    let before = line.before(from, 1);
    if before == "of" && line.is(from.wrapping_sub(2), &["party", "part", "group", "total", "band"]) {
        return true;
    }
    let there = line.is(from.wrapping_sub(1), &["there's", "theres"])
        || matches!(before, "are" | "is" | "be") && (2..=3).any(|b| line.before(from, b) == "there");
    let led = before == "for" || before == "of" && line.before(from, 2) == "table" || there;
    led && ends || matches!(before, "book" | "reserve" | "seat" | "seats") && line.is(to, &["for", "at", "on"])
}

/// Words a phrase may go on with after a bare count.
fn is_joint(word: &str) -> bool {
    matches!(
        word,
        "at" | "on"
            | "and"
            | "please"
            | "tomorrow"
            | "today"
            | "tonight"
            | "next"
            | "this"
            | "in"
            | "by"
            | "instead"
            | "under"
            | "if"
            | "around"
            | "with"
            | "is"
            | "from"
            | "now"
            | "thanks"
            | "but"
            | "would"
            | "to"
            | "would've"
            | "or"
    )
}

/// Whether the sentence around a token asks something.
pub(super) fn in_question(line: &Line, at: usize) -> bool {
    (at..line.len())
        .find(|i| line.is(*i, &[".", "!", "?"]) && !line.glued(*i + 1))
        .is_some_and(|i| line.is(i, &["?"]))
}

/// Whether a lone everyday word was taken for an option.
pub(super) fn is_plain_word(line: &Line, candidate: &Candidate) -> bool {
    candidate.to == candidate.from + 1 && is_common(line.word(candidate.from)) && !line.is(candidate.from, WEEKDAYS)
}

const WEEKDAYS: &[&str] = &[
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];

/// Whether an attribute holds the customer's own name.
pub(super) fn is_customer(topic: &Topic<'_>) -> bool {
    const OWN: [&str; 12] = [
        "customer", "user", "your", "full", "patient", "renter", "guest", "caller", "client", "account", "holder",
        "member",
    ];
    let words = words_of(&topic.attribute.name);
    words.iter().any(|w| OWN.contains(&w.as_str()))
        || words
            .iter()
            .all(|w| matches!(w.as_str(), "name" | "person" | "first" | "last" | "my" | "the"))
}

/// Whether the words before a name introduce the customer.
pub(super) fn introduces(line: &Line, at: usize) -> bool {
    let (one, two) = (line.before(at, 1), line.before(at, 2));
    matches!(one, "i'm" | "im" | "iam" | "me" | "name's")
        || matches!(
            (two, one),
            ("i", "am") | ("this", "is") | ("call", "me") | ("names", "is")
        )
        || (matches!(one, "is" | ":") && two == "name" || one == "name")
            && (3..=5).any(|b| matches!(line.before(at, b), "my"))
        || one == "name" && two == "my"
}

/// Capitalised words tied to the attribute's own noun: "the host is Lena", "hosted by Lena", "Lena is my host".
pub(super) fn linked_names(line: &Line, topic: &Topic<'_>) -> Vec<Candidate> {
    let own = |i: usize| line.is_word(i) && topic.name.iter().any(|s| line.stem(i) == s);
    let tie = |i: usize| {
        line.is(
            i,
            &[
                "is", "my", "the", "our", "name", "by", "will", "be", ":", "name's", "named", "called", "s", "was",
                "'s",
            ],
        )
    };
    let proper = |i: usize| line.is_word(i) && line.capital(i) && !is_common(line.word(i));
    let mut found = Vec::new();
    let mut at = 0;
    while at < line.len() {
        let end = (at..at + 3)
            .take_while(|i| proper(*i) && line.has_case())
            .last()
            .map(|i| i + 1);
        let Some(end) = end else {
            at += 1;
            continue;
        };
        let before = (1..=4)
            .filter_map(|b| at.checked_sub(b))
            .find(|i| !tie(*i))
            .is_some_and(own);
        let after = (end..end + 4).find(|i| !tie(*i)).is_some_and(own) && end < line.len();
        if before || after {
            let text = line.text(at, end);
            let text = text.strip_suffix("'s").unwrap_or(&text).to_owned();
            found.push(Candidate::new(
                line,
                at,
                end,
                taskwright_domain::Value::Text(text),
                crate::values::Strength::Strong,
            ));
        }
        at = end;
    }
    found
}

/// Whether a yes or no is about something going well: "it works now", "problem solved".
pub(super) fn is_about_working(topic: &Topic<'_>) -> bool {
    topic.name.iter().any(|s| GOES_WELL.contains(&s.as_str()))
}

const GOES_WELL: &[&str] = &[
    "work", "solv", "fix", "help", "function", "run", "load", "resolv", "start", "ok",
];
const GOES_WRONG: &[&str] = &[
    "crash", "crashing", "fail", "failur", "broken", "error", "freez", "frozen", "stuck", "hang", "hung", "fault",
    "faulti", "dead", "down", "wrong",
];

/// What a message tells of things that work or do not, and where: "still crashing", "no more errors".
pub(super) fn how_it_goes(line: &Line) -> Option<(usize, bool)> {
    let told = |at: usize| {
        let stem = line.stem(at);
        let good = GOES_WELL.contains(&stem);
        let bad = GOES_WRONG.contains(&stem);
        (line.is_word(at) && (good || bad)).then(|| (at, good != denied(line, at)))
    };
    (0..line.len()).filter(|at| !in_question(line, *at)).find_map(told)
}

/// "No longer crashes", "stopped crashing", "without an error", "the error is gone".
fn denied(line: &Line, at: usize) -> bool {
    let stopped = (1..=3).any(|back| matches!(line.before(at, back), "stopped" | "no"));
    let gone = (1..=3).any(|ahead| line.is(at + ahead, &["gone", "disappeared", "vanished"]));
    crate::values::negated(line, at) || stopped || gone
}

/// Words people use for any value of a type: "wrong number", "wrong address".
pub(super) fn generic_names(kind: &AttributeType) -> &'static [&'static str] {
    match kind {
        AttributeType::Identifier { .. } => &["number", "code", "id", "reference", "digits"],
        AttributeType::Phone => &["number", "phone"],
        AttributeType::Email => &["email", "mail", "address"],
        AttributeType::Address => &["address", "street"],
        AttributeType::PersonName => &["name"],
        AttributeType::Date | AttributeType::DateTime => &["date", "day"],
        AttributeType::Time => &["time"],
        AttributeType::Amount => &["amount", "sum"],
        AttributeType::Place => &["place", "city", "town"],
        _ => &[],
    }
}
