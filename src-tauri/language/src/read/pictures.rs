//! Pictures and papers that are to be judged: "if the photo shows damage", "verify the document is genuine". They are kept
//! and passed on, but nobody looks at them while a task runs.

use taskwright_domain::{Fix, Problem, ProblemCode, Remedy, Severity, Span};

use super::problems::{problem, remedy, yes_or_no};
use super::reader::{Reader, trimmed};
use super::token::Token;
use super::verbs::{Deed, verb_at};

const PICTURES: [&str; 14] = [
    "photo",
    "photos",
    "photograph",
    "photographs",
    "picture",
    "pictures",
    "image",
    "images",
    "screenshot",
    "screenshots",
    "scan",
    "video",
    "selfie",
    "footage",
];
const PAPERS: [&str; 14] = [
    "document",
    "documents",
    "passport",
    "receipt",
    "invoice",
    "certificate",
    "licence",
    "license",
    "id",
    "proof",
    "letter",
    "statement",
    "signature",
    "attachment",
];
/// What can only be said after looking.
const SEEN: [&str; 34] = [
    "show",
    "shows",
    "showing",
    "shown",
    "visible",
    "see",
    "seen",
    "clear",
    "clearly",
    "blurry",
    "blurred",
    "sharp",
    "dark",
    "unreadable",
    "readable",
    "legible",
    "illegible",
    "genuine",
    "real",
    "fake",
    "authentic",
    "forged",
    "edited",
    "manipulated",
    "match",
    "matches",
    "depict",
    "depicts",
    "look",
    "looks",
    "damaged",
    "usable",
    "good",
    "tampered",
];
/// What can only be said of a paper after looking.
const SEEN_OF_PAPER: [&str; 14] = [
    "genuine",
    "real",
    "fake",
    "authentic",
    "forged",
    "unreadable",
    "readable",
    "legible",
    "illegible",
    "blurry",
    "manipulated",
    "tampered",
    "shows",
    "looks",
];

impl<'t, 'a> Reader<'t, 'a, '_> {
    /// The problem of a condition for which somebody would have to look at a picture.
    pub(super) fn picture_judged(&self, whole: &[Token<'_>], words: &[Token<'_>]) -> Option<Problem> {
        let words = trimmed(words);
        let picture = words.iter().find(|t| is_judged_by(t, words))?;
        let mut found = self.not_looked_at(whole, words, picture);
        found.remedies.push(take_their_word(words));
        Some(found)
    }

    /// The problem of a command to look at a picture, where no action does.
    pub(super) fn picture_inspected(&self, whole: &[Token<'_>], words: &[Token<'_>]) -> Option<Problem> {
        let verb = verb_at(words, 0)?;
        let looks = matches!(verb.deed, Deed::LookUp | Deed::Confirm)
            || matches!(
                verb.lemma,
                "check"
                    | "verify"
                    | "inspect"
                    | "examine"
                    | "review"
                    | "look"
                    | "assess"
                    | "judge"
                    | "validate"
                    | "analyse"
                    | "analyze"
                    | "study"
                    | "compare"
                    | "view"
            );
        let object = &words[verb.length..];
        let seen = object.iter().take(4).find(|t| t.any(&PICTURES));
        let said = object.iter().find(|t| is_judged_by(t, object));
        let picture = seen.or(said).filter(|_| looks)?;
        let mut found = self.not_looked_at(whole, words, picture);
        found.remedies.extend(said.map(|_| take_their_word(object)));
        Some(found)
    }

    fn not_looked_at(&self, whole: &[Token<'_>], words: &[Token<'_>], picture: &Token<'_>) -> Problem {
        let (span, said) = (self.span(words), self.written(words));
        let short = picture.text.chars().all(char::is_uppercase);
        let name = if short { picture.text } else { picture.low.as_str() };
        let message = format!(
            "Nobody here looks at pictures or papers, so \u{201c}{}\u{201d} cannot be decided. Let a person look at it, or take the customer\u{2019}s word.",
            super::problems::shortened(&said)
        );
        let mut found = problem(ProblemCode::PictureJudged, Severity::Blocks, span, message);
        let text = format!("Hand off to a person to look at the {name}");
        let span = self.with_otherwise(whole);
        found
            .remedies
            .push(remedy("A person looks at it", Fix::Replace { span, text }));
        found
    }

    /// The place of a sentence with the "otherwise" behind it, which is nothing without it.
    fn with_otherwise(&self, words: &[Token<'_>]) -> Span {
        let span = self.span(words);
        let next = self.tokens.partition_point(|t| t.span.start < span.end);
        let marks = self.tokens[next..].iter().take_while(|t| t.is_mark()).count();
        let rest = &self.tokens[next + marks..];
        let follows = rest.first().is_some_and(|t| t.any(&["otherwise", "else"]));
        match super::split::sentences(rest).first().filter(|_| follows) {
            Some(other) => Span::new(span.start, self.span(other).end),
            None => span,
        }
    }
}

fn take_their_word(words: &[Token<'_>]) -> Remedy {
    let mut word = yes_or_no(words);
    word.label = format!(
        "Take the customer\u{2019}s word: {}",
        super::tell::lower_first(&word.label)
    );
    word
}

/// Whether something is said of a picture or paper that only looking at it can tell.
fn is_judged_by(token: &Token<'_>, words: &[Token<'_>]) -> bool {
    // "they have sent a photo" is no judgement, "the photo they sent is blurry" is one.
    let sent = words.iter().rposition(|t| {
        t.any(&[
            "sent", "send", "sends", "uploaded", "uploads", "attached", "provided", "provides", "missing", "has",
            "have", "gave", "number",
        ])
    });
    let words = &words[sent.map_or(0, |at| at + 1)..];
    let says = |seen: &[&str]| words.iter().any(|t| t.any(seen));
    token.any(&PICTURES) && says(&SEEN) || token.any(&PAPERS) && says(&SEEN_OF_PAPER)
}

#[cfg(test)]
mod tests {
    use taskwright_domain::{Catalogue, Fix, Meaning, ProblemCode};

    use crate::read::read;
    use crate::read::tests::fixture;
    use crate::read::tests::mends::{meaning, mended, problems};

    /// The catalogue with what the customer's word needs.
    fn with_their_word(text: &str) -> Catalogue {
        let found = problems(text, ProblemCode::PictureJudged);
        let [problem] = found.as_slice() else {
            panic!("one picture in \u{201c}{text}\u{201d}, but there are {found:?}")
        };
        let added = problem.remedies.iter().find_map(|remedy| match &remedy.fix {
            Fix::AddAttribute { name, key, kind } => Some((name.clone(), key.clone(), kind.clone())),
            _ => None,
        });
        let (name, key, kind) = added.unwrap();
        let mut catalogue = fixture::catalogue();
        let mut attribute = catalogue.attributes[0].clone();
        attribute.id = taskwright_domain::AttributeId::new(&key);
        attribute.description = String::new();
        (attribute.name, attribute.key, attribute.kind) = (name, key, kind);
        catalogue.attributes.push(attribute);
        catalogue
    }

    #[test]
    fn the_customers_word_decides_once_there_is_an_attribute_for_it() {
        for text in [
            "If the photo shows damage, open a claim.",
            "If the picture is blurry, hand off to Claims.",
            "If the photo clearly shows the damage, open a claim. Otherwise hand off to Claims.",
            "If the document looks genuine, refund the payment.",
            "If the picture they sent is blurry, hand off to Claims.",
        ] {
            let reading = read(text, &with_their_word(text));
            let followed = reading.sentences.iter().all(taskwright_domain::Sentence::is_followed);
            let checks = matches!(reading.sentences[0].meaning, Meaning::Check { condition: Some(_) });
            assert!(followed && checks, "{text}\n  {:?}", reading.sentences);
            assert!(
                reading
                    .problems
                    .iter()
                    .all(|found| found.code != ProblemCode::PictureJudged),
                "{text}"
            );
        }
    }

    #[test]
    fn a_person_takes_the_place_of_the_look() {
        for (text, mended_to) in [
            (
                "If the photo shows damage, open a claim. Otherwise hand off to Claims.",
                "Hand off to a person to look at the photo.",
            ),
            (
                "Check the photo for damage.",
                "Hand off to a person to look at the photo.",
            ),
            (
                "Verify the document is genuine.",
                "Hand off to a person to look at the document.",
            ),
        ] {
            let found = problems(text, ProblemCode::PictureJudged);
            let text = mended(text, &found[0]).remove(0);
            assert_eq!(text, mended_to);
            assert_eq!(meaning(&text), "hand_off");
        }
    }

    #[test]
    fn a_picture_that_is_only_asked_for_or_missing_is_no_problem() {
        for text in [
            "Ask for a photo of the damage.",
            "Ask for a photo that shows the damage.",
            "If the photo is missing, ask for it.",
            "If they have not sent a photo, ask for the photo.",
            "If the customer sends a picture of the damage, open a claim.",
            "Tell them that the photo has to show the damage.",
        ] {
            let found = problems(text, ProblemCode::PictureJudged);
            assert!(found.is_empty(), "{text}\n  {found:?}");
        }
    }
}
