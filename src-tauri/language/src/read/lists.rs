//! What is needed, told or over, as a list or a heading says it.

use taskwright_domain::{Meaning, Outcome, Step, StepKind};

use super::conditions::Conditions;
use super::flow::Open;
use super::outline::Item;
use super::reader::{Reader, Spoken, trimmed};
use super::split::{is_command, lead, sentences, starts};
use super::token::{Kind, Token};
use super::verbs::{Deed, Form, verb_at};

impl<'t, 'a> Reader<'t, 'a, '_> {
    /// "phone number they're registered with → find them": what is needed, and what is done with it.
    pub(super) fn data_then(&self, words: &'t [Token<'a>]) -> Option<(&'t [Token<'a>], &'t [Token<'a>])> {
        let arrow = words.iter().position(|t| t.mark('→')).filter(|at| *at > 0)?;
        let (named, then) = (trimmed(&words[..arrow]), &words[arrow + 1..]);
        let wanted = self.wanted(named);
        let data = !wanted.values.is_empty() && wanted.unknown.is_empty() && !is_command(named);
        let no_case = Conditions::new(&self.names, &self.said).read(named).is_err();
        (data && no_case && is_command(then)).then_some((named, then))
    }

    /// A goal or background: every sentence of it is that.
    pub(super) fn told(&mut self, item: &'t Item, meaning: Meaning, plain: &str) {
        let tokens = self.tokens;
        for words in sentences(&tokens[item.tokens.clone()]) {
            self.note(words, Spoken::new(meaning.clone(), plain).sure(true));
        }
        for child in &item.children {
            self.told(child, meaning.clone(), plain);
        }
    }

    /// "The task is complete when …": shown; the plan's end is its end.
    pub(super) fn completion(&mut self, item: &'t Item, steps: &mut Vec<Step>) {
        let tokens = self.tokens;
        for words in sentences(&tokens[item.tokens.clone()]) {
            let command =
                verb_at(lead(words), 0).is_some_and(|v| v.form == Form::Base && !v.noun_too && v.deed != Deed::Be);
            if command {
                let _ = self.sentence(words, false, false, steps);
            } else {
                self.note(
                    words,
                    Spoken::new(Meaning::Finish { outcome: Outcome::Done }, "When the task is done").sure(true),
                );
            }
        }
        for child in &item.children {
            self.completion(child, steps);
        }
    }

    /// "Information required: …".
    pub(super) fn information(&mut self, item: &'t Item, steps: &mut Vec<Step>) {
        let tokens = self.tokens;
        let words = &tokens[item.tokens.clone()];
        for words in sentences(words) {
            let command =
                verb_at(lead(words), 0).is_some_and(|v| v.form == Form::Base && !v.noun_too) && words.len() > 2;
            let conditional = words
                .first()
                .is_some_and(|t| t.any(&["if", "when", "unless", "never", "only"]));
            if command || conditional {
                let _ = self.sentence(words, false, false, steps);
            } else {
                self.need(words, words, steps);
            }
        }
        for child in &item.children {
            self.information(child, steps);
        }
    }

    /// A value in a list beneath "you need:".
    pub(super) fn listed_value(&mut self, item: &'t Item, steps: &mut Vec<Step>) {
        let tokens = self.tokens;
        let words = &tokens[item.tokens.clone()];
        let parts = sentences(words);
        let command = is_command(words);
        if command || parts.len() > 1 {
            let mut open = Open::Nothing;
            for (place, part) in parts.iter().enumerate() {
                if place == 0 && !is_command(part) {
                    self.listed_noun(part, steps);
                } else {
                    open = self.sentence(part, false, false, steps);
                }
            }
            return self.children(item, open, steps);
        }
        self.listed_noun(words, steps);
        for child in &item.children {
            self.listed_value(child, steps);
        }
    }

    /// "Order ID of previous purchase", "Full name (may be known)": an item that only names what is needed. Gives the
    /// words that do.
    pub(super) fn data_item(&self, words: &'t [Token<'a>]) -> Option<&'t [Token<'a>]> {
        const LONGEST_ITEM: usize = 14;
        let words = trimmed(words);
        let cut = words
            .iter()
            .position(|t| t.mark('–') || t.mark('('))
            .unwrap_or(words.len());
        let named = trimmed(&words[..cut]);
        let plain = named
            .iter()
            .all(|t| t.kind == Kind::Word || t.mark(',') || t.kind == Kind::Mark('/'));
        if named.is_empty() || named.len() > LONGEST_ITEM || !plain || is_command(words) {
            return None;
        }
        let parts = super::ask::noun_phrases(named);
        if asks_itself(named) {
            let wanted = self.wanted(named);
            return (!wanted.values.is_empty() && wanted.unknown.is_empty()).then_some(named);
        }
        if says_something(named) {
            return None;
        }
        (!parts.is_empty() && parts.iter().all(|part| names_data(part))).then_some(named)
    }

    /// "Booking number - ask again if nothing is found": what is to be done stands behind the name.
    pub(super) fn after_data(&self, words: &'t [Token<'a>], named: &[Token<'_>]) -> Option<&'t [Token<'a>]> {
        let last = named.last()?;
        let at = words.iter().position(|t| t.span == last.span)?;
        let tail = words
            .get(at + 1..)
            .filter(|tail| tail.first().is_some_and(|t| t.mark('–')))?;
        let decides = tail.iter().any(|t| t.any(&["if", "unless", "only", "never", "must"]));
        (is_command(tail) || decides).then(|| trimmed(tail))
    }

    pub(super) fn listed_noun(&mut self, words: &'t [Token<'a>], steps: &mut Vec<Step>) {
        let cut = words
            .iter()
            .position(|t| t.mark('–') || t.mark('('))
            .unwrap_or(words.len());
        let wanted = self.wanted(&words[..cut]);
        if wanted.values.is_empty() {
            return self.context(words);
        }
        self.need(words, &words[..cut], steps);
    }

    /// Values asked for when they are missing.
    pub(super) fn need(&mut self, whole: &'t [Token<'a>], words: &'t [Token<'a>], steps: &mut Vec<Step>) {
        let words = match words.iter().position(|t| t.mark(':')) {
            Some(at) if at + 1 < words.len() => &words[at + 1..],
            _ => words,
        };
        let wanted = self.wanted(words);
        if wanted.values.is_empty() {
            for (said, span) in &wanted.unknown {
                let found = super::problems::unknown_value(&self.names, *span, said, None);
                self.problems.push(found);
            }
            if wanted.unknown.is_empty() {
                return self.context(whole);
            }
            let meaning = Meaning::Need { attributes: Vec::new() };
            return self.lacking(whole, meaning, "Needs a value that no attribute holds yet", steps);
        }
        let mut wanted = wanted;
        if whole.windows(2).any(|pair| starts(pair, &["as", "well"]))
            || whole.last().is_some_and(|t| t.any(&["too", "also"]))
        {
            let new = self
                .new_value_of_case()
                .filter(|new| wanted.values.iter().all(|(at, ..)| at != new));
            wanted.values.splice(0..0, new.map(|at| (at, self.span(whole), false)));
        }
        let keys: Vec<String> = wanted
            .values
            .iter()
            .map(|(at, ..)| self.names.value(*at).reference.clone())
            .collect();
        if super::ask::is_either(words, &wanted) {
            return self.either(whole, &wanted, Meaning::Need { attributes: keys }, "Needs", steps);
        }
        steps.push(self.step(
            whole,
            StepKind::Need {
                attributes: keys.clone(),
            },
        ));
        for ((at, ..), key) in wanted.values.iter().zip(&keys) {
            self.remember_ask(key, *at, whole);
        }
        self.said.asked = None;
        self.note_asked(whole, &wanted, keys, "Needs", |attributes| Meaning::Need { attributes });
        self.missing_half(whole, &wanted, steps);
    }

    /// In the case that the details to change include the name: the new name.
    fn new_value_of_case(&self) -> Option<usize> {
        use taskwright_domain::{Comparison, Condition, Operand, Value};
        let Some(Condition::Test {
            comparison:
                Comparison::Contains {
                    what:
                        Operand::Constant {
                            value: Value::Choice(option),
                        },
                },
            ..
        }) = self.under.last()
        else {
            return None;
        };
        self.new_value(option)
    }

    /// "new address" for "address".
    fn new_value(&self, option: &str) -> Option<usize> {
        let option = super::names::stems(option);
        self.names.values.iter().position(|value| {
            let is = |stem: &super::names::Stem| stem.text == "new" || option.iter().any(|o| o == stem);
            let new = value.field_stems.iter().any(|s| s.text == "new");
            new && value.askable() && value.field_stems.iter().all(is) && value.field_stems.len() == option.len() + 1
        })
    }

    /// "an address or phone just needs the new one": in each case the new value.
    pub(super) fn needs_the_new_one(&mut self, whole: &'t [Token<'a>], steps: &mut Vec<Step>) -> bool {
        let words = trimmed(whole);
        let Some(needs) = words
            .iter()
            .position(|t| t.any(&["need", "needs", "requires", "require"]))
        else {
            return false;
        };
        if !starts(&words[needs + 1..], &["the", "new", "one"]) && !starts(&words[needs + 1..], &["a", "new", "one"]) {
            return false;
        }
        let said: Vec<_> = words[..needs]
            .iter()
            .filter(|t| !t.any(&["just", "only", "a", "an", "the"]))
            .cloned()
            .collect();
        let picked = self.said.asked_before(|key| {
            let at = self.names.reference(key)?;
            let list = matches!(self.names.value(at).kind, taskwright_domain::AttributeType::List { .. });
            (list && !self.names.value(at).options.is_empty()).then_some(at)
        });
        let Some(list) = picked else { return false };
        let parts = super::ask::noun_phrases(&said);
        let cases: Option<Vec<_>> = parts
            .iter()
            .map(|part| {
                let option = self.names.option_of(list, part)?.text.clone();
                Some((self.new_value(&option)?, option))
            })
            .collect();
        let Some(cases) = cases.filter(|cases| !cases.is_empty()) else {
            return false;
        };
        let span = self.span(whole);
        for (at, option) in cases {
            let condition = taskwright_domain::Condition::Test {
                subject: super::conditions::refer(&self.names.value(list).reference),
                comparison: taskwright_domain::Comparison::Contains {
                    what: taskwright_domain::Operand::Constant {
                        value: taskwright_domain::Value::Choice(option),
                    },
                },
            };
            let key = self.names.value(at).reference.clone();
            let plain = super::describe::condition(&condition, self.names.catalogue);
            let label = self.label(&key);
            let meaning = Meaning::Check {
                condition: Some(condition.clone()),
            };
            let links = super::conditions::link_over(
                words,
                taskwright_domain::LinkTarget::Reference { reference: key.clone() },
            );
            self.note(
                whole,
                Spoken::new(meaning, format!("If {plain}: needs {label}")).links(links),
            );
            self.remember_ask(&key, at, whole);
            let needs = Step {
                span,
                kind: StepKind::Need { attributes: vec![key] },
            };
            steps.push(Step::when(span, condition, vec![needs]));
        }
        true
    }

    /// "Ask for the following:", "You need:", "Repeat up to three times:".
    pub(super) fn opens_list(&mut self, words: &'t [Token<'a>], nested: bool, _steps: &mut Vec<Step>) -> Option<Open> {
        let colon = words.last().is_some_and(|t| t.mark(':'));
        if !nested {
            return None;
        }
        let bare = lead(trimmed(words));
        let verb = verb_at(bare, 0);
        let times = self.times_in(bare);
        if let (Some(at_most), true) = (times, colon || verb.is_some_and(|v| v.deed == Deed::Repeat)) {
            self.note(
                words,
                Spoken::new(
                    Meaning::Repeat { at_most: Some(at_most) },
                    format!("Does this at most {at_most} times"),
                ),
            );
            return Some(Open::Repeat(at_most));
        }
        let lists = verb
            .is_some_and(|v| matches!(v.deed, Deed::Ask | Deed::Confirm) && v.form == Form::Base || v.lemma == "get")
            || bare.iter().take(3).any(|t| t.any(&["need", "needs", "required"]));
        let generic = bare
            .iter()
            .any(|t| t.any(&["following", "these", "this", "details", "information", "info"]))
            && self.wanted(&bare[verb.map_or(0, |v| v.length)..]).values.is_empty();
        if colon
            && lists
            && (generic || bare.len() <= verb.map_or(2, |v| v.length) + 2 && self.wanted(bare).values.is_empty())
        {
            self.context(words);
            return Some(Open::List);
        }
        None
    }

    /// "Last name and date of birth": only values, nothing else.
    pub(super) fn is_noun_list(&self, words: &[Token<'_>]) -> bool {
        if says_something(words) {
            return false;
        }
        let wanted = self.wanted(words);
        !wanted.values.is_empty() && wanted.unknown.is_empty() && wanted.values.iter().all(|(.., sure)| *sure)
    }
}

/// "which week is missing and how much they expected": questions, not names.
pub(super) fn asks_itself(words: &[Token<'_>]) -> bool {
    let asks = |part: &&[Token<'_>]| {
        starts(part, &["which"]) || starts(part, &["how", "much"]) || starts(part, &["how", "many"])
    };
    let parts = super::ask::noun_phrases(words);
    !parts.is_empty() && parts.iter().all(asks)
}

/// Whether words state or ask something, rather than only naming it.
pub(super) fn says_something(words: &[Token<'_>]) -> bool {
    words.iter().any(|t| {
        t.any(&[
            "is", "are", "was", "were", "can", "may", "will", "has", "have", "if", "do", "does", "'s", "must",
            "should", "be", "been", "cannot", "not", "never", "only", "wants", "want",
        ])
    }) || (0..words.len())
        .filter_map(|at| verb_at(words, at))
        .any(|verb| matches!(verb.form, Form::Third | Form::Ing) && !verb.noun_too)
}

/// Whether a noun phrase names something a customer can be asked for: its last noun before "of" or "for" says so.
pub(super) fn names_data(part: &[Token<'_>]) -> bool {
    const DATA: [&str; 29] = [
        "name",
        "names",
        "number",
        "numbers",
        "id",
        "ids",
        "code",
        "codes",
        "address",
        "addresses",
        "email",
        "e-mail",
        "phone",
        "password",
        "username",
        "pin",
        "date",
        "birthday",
        "birth",
        "zip",
        "postcode",
        "city",
        "state",
        "country",
        "street",
        "quantity",
        "amount",
        "size",
        "colour",
    ];
    let end = part
        .iter()
        .position(|t| t.any(&["of", "for", "on", "from", "in"]))
        .unwrap_or(part.len());
    let birth = part.iter().any(|t| t.is("birth"));
    birth || part[..end].last().is_some_and(|head| head.any(&DATA))
}
