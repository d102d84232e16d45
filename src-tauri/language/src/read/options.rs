//! The options behind a question: "ask for the reason: late, lost or damaged", "Options: late, lost". They belong to what is
//! asked for, and something has to keep to them.

use taskwright_domain::{AttributeType, Fix, Meaning, ProblemCode, Step};

use super::outline::Item;
use super::problems::unclear;
use super::reader::{Reader, trimmed, trimmed_start};
use super::split::{is_command, lead, sentences};
use super::tell::written;
use super::token::{Kind, Token};
use super::verbs::{Deed, Form, verb_at};

/// A question, and the options that stand behind it.
struct Offered<'t, 'a> {
    question: &'t [Token<'a>],
    options: Vec<&'t [Token<'a>]>,
}

/// Whether something keeps to the options of a question.
enum Kept {
    /// The value is a choice that has them all.
    Yes,
    /// It is a choice without these.
    Without(Vec<String>),
    /// It is no choice.
    NoChoice,
    /// No attribute takes the answer; that is a problem of its own.
    NotAsked,
}

impl<'t, 'a> Reader<'t, 'a, '_> {
    /// "Ask for the reason: late, lost or damaged."
    pub(super) fn asks_with_options(&mut self, words: &'t [Token<'a>], steps: &mut Vec<Step>) -> bool {
        let Some(offered) = self.offered(words) else {
            return false;
        };
        let from = self.sentences.len();
        let problems = self.problems.len();
        let _ = self.sentence(offered.question, false, false, steps);
        // The options are part of what is asked.
        let end = self.span(words).end;
        let Some(asked) = self.sentences.get_mut(from..).and_then(<[_]>::last_mut) else {
            return true;
        };
        asked.span = taskwright_domain::Span::new(asked.span.start, end);
        asked.text = text_from(self.text, words, asked.span.start);
        self.hold_to(from, problems, &offered.options);
        true
    }

    /// "Options: late, lost" as a sentence behind a question.
    pub(super) fn options_of_last(&mut self, words: &'t [Token<'a>], whole: &'t [Token<'a>]) -> bool {
        let Some(options) = names_options(words).map(listed_options).filter(|found| found.len() > 1) else {
            return false;
        };
        let Some(last) = self.sentences.len().checked_sub(1) else {
            return false;
        };
        let asks = matches!(
            self.sentences[last].meaning,
            Meaning::Ask { .. } | Meaning::Need { .. } | Meaning::Classify { .. }
        );
        if !asks {
            return false;
        }
        let problems = self
            .problems
            .iter()
            .position(|known| {
                known
                    .place
                    .span
                    .is_some_and(|span| span.start >= self.sentences[last].span.start)
            })
            .unwrap_or(self.problems.len());
        self.hold_to(last, problems, &options);
        self.context(whole);
        true
    }

    /// "Ask for the reason:" with the options beneath it, one an item.
    pub(super) fn options_beneath(&mut self, item: &'t Item) -> bool {
        let tokens = self.tokens;
        let lines: Vec<&'t [Token<'a>]> = item
            .children
            .iter()
            .map(|child| trimmed(&tokens[child.tokens.clone()]))
            .collect();
        let alone = item.children.iter().all(|child| child.children.is_empty());
        let named = lines.iter().all(|line| listed_options(line).len() == 1);
        let heads = tokens[item.tokens.clone()].last().is_some_and(|t| t.mark(':'));
        let Some(last) = self.sentences.len().checked_sub(1) else {
            return false;
        };
        let (Meaning::Ask { attributes } | Meaning::Need { attributes }) = &self.sentences[last].meaning else {
            return false;
        };
        // Where no line is an option of what is asked, the lines may be values of their own.
        let [key] = attributes.as_slice() else { return false };
        let asked = self.names.reference(key);
        let fits = asked.is_some_and(|at| lines.iter().any(|line| self.names.option_of(at, line).is_some()));
        if !(alone && named && heads && fits && lines.len() > 1) {
            return false;
        }
        self.hold_to(last, self.problems.len(), &lines);
        for line in lines {
            self.note(line, super::reader::Spoken::new(Meaning::Context, "One of the options"));
        }
        true
    }

    /// Compares options with the value that a sentence asks for.
    fn hold_to(&mut self, sentence: usize, problems: usize, options: &[&'t [Token<'a>]]) {
        let said: Vec<String> = options.iter().map(|option| plain(self.text, option)).collect();
        let asked = self.sentences[sentence].clone();
        match self.keeps(&asked.meaning, options) {
            Kept::Yes => {
                let asked = &mut self.sentences[sentence];
                asked.words = format!("{}: {}", asked.words, super::ask::listed(&said));
            }
            Kept::NotAsked => self.offer_choice(problems, &said),
            Kept::Without(others) => {
                let reason = format!(
                    "The attribute has no option {}. Add it there, or leave it out here.",
                    super::ask::listed(&others)
                );
                self.not_kept(sentence, &reason);
            }
            Kept::NoChoice => {
                self.not_kept(
                    sentence,
                    "The attribute is no choice, so nothing keeps to these options. Make it a choice.",
                );
            }
        }
    }

    fn not_kept(&mut self, sentence: usize, reason: &str) {
        let asked = &mut self.sentences[sentence];
        asked.incomplete = true;
        let (span, text) = (asked.span, asked.text.clone());
        self.problems.push(unclear(span, &text, reason, None));
    }

    fn keeps(&self, meaning: &Meaning, options: &[&[Token<'_>]]) -> Kept {
        let keys = match meaning {
            Meaning::Ask { attributes } | Meaning::Need { attributes } => attributes.clone(),
            Meaning::Classify { attribute } => vec![attribute.clone()],
            _ => Vec::new(),
        };
        let asked = keys.last().and_then(|key| self.names.reference(key));
        let Some(at) = asked else { return Kept::NotAsked };
        if self.names.value(at).options.is_empty() {
            return Kept::NoChoice;
        }
        let others: Vec<String> = options
            .iter()
            .filter(|option| self.names.option_of(at, option).is_none())
            .map(|option| format!("\u{201c}{}\u{201d}", plain(self.text, option)))
            .collect();
        if others.is_empty() {
            Kept::Yes
        } else {
            Kept::Without(others)
        }
    }

    /// The attribute that is offered for the answer is a choice of these.
    fn offer_choice(&mut self, problems: usize, said: &[String]) {
        let unknown = |problem: &&mut taskwright_domain::Problem| problem.code == ProblemCode::UnknownReference;
        for problem in self.problems.iter_mut().skip(problems).filter(unknown) {
            for remedy in &mut problem.remedies {
                if let Fix::AddAttribute { kind, .. } = &mut remedy.fix {
                    *kind = AttributeType::Choice { options: said.to_vec() };
                }
            }
        }
    }

    /// The question and its options, where words are both.
    fn offered(&self, words: &'t [Token<'a>]) -> Option<Offered<'t, 'a>> {
        let bare = lead(words);
        let verb = verb_at(bare, 0).filter(|v| v.form == Form::Base)?;
        if verb.deed != Deed::Ask && !super::form::is_typing(verb) {
            return None;
        }
        let colon = words.iter().take(20).position(|t| t.mark(':'))?;
        let question = &words[..colon];
        let open = question.iter().any(|t| {
            t.any(&[
                "following",
                "these",
                "details",
                "information",
                "info",
                "things",
                "data",
                "if",
                "whether",
                "and",
                "when",
            ]) || t.mark('(')
        });
        let tail = trimmed(skip_arrow(&words[colon + 1..]));
        let named = names_options(tail);
        let options = listed_options(named.unwrap_or(tail));
        if open || options.len() < 2 || sentences(tail).len() > 1 {
            return None;
        }
        let quotes = options
            .iter()
            .all(|option| matches!(option, [one] if one.kind == Kind::Quote));
        let kinds = question.windows(2).any(|pair| {
            pair[0].any(&["type", "kind", "sort", "category"]) && pair[1].is("of") || pair[0].any(&["which", "option"])
        });
        let or = tail.iter().any(|t| t.is("or"));
        let asked = self.wanted(&lead(question)[verb.length..]);
        let choice = matches!(asked.values.as_slice(), [(at, ..)] if !self.names.value(*at).options.is_empty());
        // "what it's about: delivery or something else": the options alone tell what is asked.
        let told = || asked.values.is_empty() && self.alternatives(words).is_some();
        let values = tail.iter().all(|t| t.kind != Kind::Quote) && {
            let listed = self.wanted(tail);
            listed.unknown.is_empty() && listed.values.len() == options.len()
        };
        ((named.is_some() || quotes || kinds || (choice || or) && !values) && !told())
            .then_some(Offered { question, options })
    }
}

/// "Options: late, lost", "possible values are late and lost": the words that are the options.
fn names_options<'t, 'a>(words: &'t [Token<'a>]) -> Option<&'t [Token<'a>]> {
    let words = trimmed(words);
    let head = words
        .iter()
        .take(3)
        .position(|t| t.any(&["options", "choices", "values", "possibilities"]))?;
    let led = words[..head]
        .iter()
        .all(|t| t.any(&["the", "possible", "their", "valid", "allowed", "available"]));
    let behind = &words[head + 1..];
    let joint = behind
        .first()
        .is_some_and(|t| t.any(&["include", "are"]) || t.mark(':'));
    (led && joint).then(|| trimmed_start(&behind[1..]))
}

fn skip_arrow<'t, 'a>(words: &'t [Token<'a>]) -> &'t [Token<'a>] {
    let marks = words.iter().take_while(|t| t.is_mark() && !t.mark('(')).count();
    &words[marks..]
}

/// "late, lost or damaged" as three; nothing where a part is no short name.
fn listed_options<'t, 'a>(words: &'t [Token<'a>]) -> Vec<&'t [Token<'a>]> {
    const LONGEST_OPTION: usize = 5;
    let parts: Vec<_> = trimmed(words)
        .split(|t| t.any(&["or", "and"]) || matches!(t.kind, Kind::Mark(',' | '/' | ';')))
        .map(trimmed)
        .filter(|part| !part.is_empty())
        .collect();
    let name = |part: &&[Token<'_>]| {
        let quoted = matches!(part, [one] if one.kind == Kind::Quote);
        let plain = part.iter().all(|t| matches!(t.kind, Kind::Word | Kind::Number));
        quoted || plain && part.len() <= LONGEST_OPTION && !is_order(part) && !super::lists::says_something(part)
    };
    if parts.iter().all(name) { parts } else { Vec::new() }
}

/// "open a claim": something to do, not a name; "change address" may be the name of an option.
fn is_order(words: &[Token<'_>]) -> bool {
    is_command(words)
        && words
            .iter()
            .any(|t| t.any(&["the", "a", "an", "them", "it", "their", "to"]))
}

fn plain(text: &str, option: &[Token<'_>]) -> String {
    match option {
        [quote] if quote.kind == Kind::Quote => quote.low.clone(),
        words => written(text, words),
    }
}

/// The words from a place on.
fn text_from(text: &str, words: &[Token<'_>], start: u32) -> String {
    let words = trimmed(words);
    let from = words.iter().position(|t| t.span.start >= start).unwrap_or(0);
    written(text, &words[from..])
}

#[cfg(test)]
mod tests {
    use taskwright_domain::{AttributeType, Fix, ProblemCode};

    use crate::read::tests::mends::{about, meaning, problems};

    /// The options of the choice that is offered for an answer that nothing takes.
    fn offered(text: &str) -> Vec<Vec<String>> {
        let found = problems(text, ProblemCode::UnknownReference);
        let remedies = found.iter().flat_map(|problem| &problem.remedies);
        let choice = |fix: &Fix| match fix {
            Fix::AddAttribute {
                kind: AttributeType::Choice { options },
                ..
            } => Some(options.clone()),
            _ => None,
        };
        remedies.filter_map(|remedy| choice(&remedy.fix)).collect()
    }

    #[test]
    fn an_answer_that_nothing_takes_becomes_a_choice_of_its_options() {
        for text in [
            "Ask for the type of damage: wet, torn or crushed.",
            "Ask for the type of damage. Options: wet, torn, crushed.",
        ] {
            assert_eq!(offered(text), [["wet", "torn", "crushed"]], "{text}");
        }
    }

    #[test]
    fn an_option_that_the_choice_lacks_is_told() {
        let text = "Ask for the claim reason: lost, damaged or stolen.";
        let found = problems(text, ProblemCode::UnclearSentence);
        let [problem] = found.as_slice() else {
            panic!("one problem, but there are {found:?}")
        };
        assert!(
            problem.message.contains("no option \u{201c}stolen\u{201d}"),
            "{}",
            problem.message
        );
        assert_eq!(
            about(text, problem),
            text.trim_end_matches('.'),
            "question and options are one"
        );
        assert_eq!(meaning(text), "ask? | claim_reason");
    }

    #[test]
    fn values_behind_a_colon_are_no_options() {
        assert_eq!(
            meaning("Ask for their details: tracking number, account e-mail."),
            "ask | tracking_number, account_e_mail"
        );
    }
}
