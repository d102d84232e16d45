//! The items of a list: which of them are offered, one after the other, and what is done when none is taken.

use taskwright_domain::{
    Among, AttributeType, Comparison, Condition, Field, Guard, LinkTarget, Meaning, Operand, Step, StepKind, Value,
};

use super::conditions::{Conditions, refer};
use super::constants::count_at;
use super::names::{Stem, content_stems};
use super::reader::{Reader, Spoken, trimmed};
use super::split::{lead, starts};
use super::token::{Kind, Token};
use super::verbs::{Deed, Form, verb_at};

/// What narrows a list, where all of it is understood.
enum Narrowed {
    All(Option<Box<Among>>),
    NotUnderstood,
}

impl<'t, 'a> Reader<'t, 'a, '_> {
    /// "offer the next 3 free slots with the same doctor": they are listed, and one is picked.
    pub(super) fn offer_items(
        &mut self,
        whole: &'t [Token<'a>],
        words: &'t [Token<'a>],
        steps: &mut Vec<Step>,
    ) -> bool {
        let Some((at, list)) = self.items_named(words) else {
            return false;
        };
        let key = self.names.value(at).reference.clone();
        let narrowed = self.narrowed(&key, words);
        let run = StepKind::Run {
            action: list,
            inputs: std::collections::BTreeMap::new(),
        };
        steps.push(self.step(whole, run));
        let among = match &narrowed {
            Narrowed::All(among) => among.as_deref().cloned(),
            Narrowed::NotUnderstood => None,
        };
        self.ask_item(whole, &key, at, among, false, steps);
        let label = self.label(&key);
        let meaning = Meaning::Ask {
            attributes: vec![key.clone()],
        };
        let plain = format!("Lists them, and asks for {label}{}", self.among_words(&narrowed));
        match narrowed {
            Narrowed::All(_) => self.note(whole, Spoken::new(meaning, plain)),
            Narrowed::NotUnderstood => {
                let (span, text) = (self.span(whole), self.written(whole));
                let reason = "All of them are offered: which ones is not understood.";
                self.problems.push(super::problems::unclear(span, &text, reason, None));
                self.note(whole, Spoken::incomplete(meaning, plain).guessed());
            }
        }
        true
    }

    fn ask_item(
        &mut self,
        whole: &'t [Token<'a>],
        key: &str,
        at: usize,
        among: Option<Among>,
        again: bool,
        steps: &mut Vec<Step>,
    ) {
        let ask = StepKind::Ask {
            attribute: key.to_owned(),
            question: None,
            preface: None,
            again,
            among,
        };
        steps.push(self.step(whole, ask));
        self.remember_ask(key, at, whole);
    }

    fn among_words(&self, narrowed: &Narrowed) -> String {
        let Narrowed::All(Some(among)) = narrowed else {
            return String::new();
        };
        let mut words = among
            .at_most
            .map_or_else(String::new, |most| format!(", of the first {most}"));
        if let Some(part) = &among.part {
            let part = super::describe::condition(part, self.names.catalogue);
            words.push_str(&format!(" for which {part}"));
        }
        words
    }

    /// The value that is picked of the list which the words name, and the look-up that gives the list.
    fn items_named(&self, words: &[Token<'_>]) -> Option<(usize, taskwright_domain::ActionId)> {
        let said = super::names::content(words);
        self.names.values.iter().enumerate().find_map(|(at, value)| {
            let picked = matches!(value.kind, AttributeType::Object { .. }) && value.askable();
            let named = value.field_stems.len() == 1 && said.iter().any(|t| value.field_stems[0].same(t));
            let plural = |action: &&taskwright_domain::Action| {
                let result = super::names::stems(&taskwright_domain::key_in_words(&action.result_name));
                !action.changes_data && result == value.field_stems
            };
            let list = self.names.catalogue.actions.iter().find(plural)?;
            (picked && named).then(|| (at, list.id.clone()))
        })
    }

    /// What of the list is meant: "the next 3", "with the same doctor".
    fn narrowed(&self, key: &str, words: &[Token<'_>]) -> Narrowed {
        let Some(fields) = self.item_fields(key) else {
            return Narrowed::NotUnderstood;
        };
        let count = (0..words.len()).find_map(|at| count_at(words, at));
        let at_most = count.map(|read| read.value);
        let same = words.iter().position(|t| t.is("same"));
        let part = same.and_then(|at| self.same_field(key, fields, &words[at + 1..]));
        let open = words.iter().enumerate().any(|(at, t)| {
            let orders = t.any(&["cheapest", "nearest", "closest", "best", "only", "within"]);
            orders
                || t.is("with")
                    && !words
                        .get(at + 1..)
                        .is_some_and(|rest| rest.iter().take(2).any(|t| t.is("same")))
        });
        if open || same.is_some() != part.is_some() {
            return Narrowed::NotUnderstood;
        }
        let narrows = part.is_some() || at_most.is_some();
        let each = false;
        Narrowed::All(narrows.then(|| Box::new(Among { part, at_most, each })))
    }

    /// "(the same) doctor": the item's doctor is the one that is known from elsewhere.
    fn same_field(&self, key: &str, fields: &[Field], noun: &[Token<'_>]) -> Option<Condition> {
        let field = fields.iter().find(|field| names_field(field, noun))?;
        let other = self.counterpart(key, field)?;
        Some(Condition::Test {
            subject: Operand::Item {
                field: field.key.clone(),
            },
            comparison: Comparison::Is { to: refer(&other) },
        })
    }

    /// The one value from elsewhere that has the name and type of an item's field.
    fn counterpart(&self, key: &str, field: &Field) -> Option<String> {
        super::found::counterpart(&self.names, &self.list_of(key)?, field)
    }

    /// The list that an attribute is picked from.
    fn list_of(&self, key: &str) -> Option<String> {
        self.catalogue().picked_from(self.catalogue().attribute(key)?)
    }

    /// Whether it is picked from another list than the look-up before gave: "which one" asks for one of that.
    pub(super) fn is_of_another_list(&self, key: &str) -> bool {
        let looked_up = self.said.looked_up.as_ref();
        let result = looked_up
            .and_then(|(action, _)| self.catalogue().action(action))
            .map(|action| &action.result_name);
        let list = self.list_of(key);
        let owner = list.as_deref().and_then(|list| list.split('.').next());
        owner.zip(result).is_some_and(|(owner, result)| owner != result)
    }

    fn item_fields(&self, key: &str) -> Option<&[Field]> {
        let list = self.list_of(key)?;
        self.names.catalogue.item_fields(&list)
    }

    // ---- one by one

    /// "could be several, do them one by one": what follows is done for each that is picked.
    pub(super) fn one_by_one(&mut self, whole: &'t [Token<'a>], words: &[Token<'_>], steps: &mut [Step]) -> bool {
        let each = [
            &["one", "by", "one"][..],
            &["one", "at", "a", "time"],
            &["one", "after", "the", "other"],
            &["one", "after", "another"],
            &["in", "turn"],
        ];
        let end = |said: &&[&str]| words.len() >= said.len() && starts(&words[words.len() - said.len()..], said);
        let verb = verb_at(words, 0).filter(|verb| verb.form == Form::Base || verb.deed.acts());
        let them = words.iter().any(|t| t.any(&["them", "these", "those", "each"]));
        let works = verb.is_some()
            || words
                .first()
                .is_some_and(|t| t.any(&["do", "handle", "process", "take", "go"]));
        if !(each.iter().any(end) && them && works && words.len() < 9) {
            return false;
        }
        let Some(key) = self.said.asked.map(|at| self.names.value(at).reference.clone()) else {
            return false;
        };
        let single = self
            .names
            .reference(&key)
            .is_some_and(|at| matches!(self.names.value(at).kind, AttributeType::Object { .. }));
        let ask = steps.iter_mut().rev().find_map(|step| match &mut step.kind {
            StepKind::Ask { attribute, among, .. } if *attribute == key => Some(among),
            _ => None,
        });
        let (Some(among), true, true) = (ask, single, self.list_of(&key).is_some()) else {
            return false;
        };
        let whole_list = Among {
            part: None,
            at_most: None,
            each: true,
        };
        let kept = among.take().unwrap_or(whole_list);
        *among = Some(Among { each: true, ..kept });
        let plain = format!(
            "Several may be picked; what follows is done for each {}",
            self.plain_label(&key)
        );
        let target = LinkTarget::Reference { reference: key };
        let links = super::conditions::link_over(trimmed(whole), target);
        self.note(
            whole,
            Spoken::new(Meaning::Repeat { at_most: None }, plain).links(links),
        );
        true
    }

    fn plain_label(&self, key: &str) -> String {
        self.label(key).trim_start_matches("the ").to_owned()
    }

    // ---- none taken

    /// "show other doctors": the list again, without those that were the same.
    pub(super) fn offer_others(
        &mut self,
        whole: &'t [Token<'a>],
        words: &'t [Token<'a>],
        steps: &mut Vec<Step>,
    ) -> bool {
        let bare = trimmed(lead(words));
        let Some(other) = bare
            .iter()
            .position(|t| t.any(&["other", "others", "another", "different"]))
        else {
            return false;
        };
        let shows = bare[0].any(&["show", "list", "try", "give", "offer"])
            || verb_at(bare, 0).is_some_and(|verb| {
                verb.form == Form::Base && matches!(verb.deed, Deed::Offer | Deed::Tell | Deed::LookUp | Deed::Suggest)
            });
        if !shows {
            return false;
        }
        let Some(at) = self.said.asked else { return false };
        let key = self.names.value(at).reference.clone();
        let Some(fields) = self.item_fields(&key) else {
            return false;
        };
        let noun = trimmed(&bare[other + 1..]);
        let field = fields.iter().find(|field| names_field(field, noun)).cloned();
        let itself = noun.is_empty()
            || noun
                .iter()
                .any(|t| self.names.value(at).field_stems.iter().any(|s| s.same(t)));
        if field.is_none() && !itself {
            return false;
        }
        let Some((list, _)) = self
            .list_of(&key)
            .and_then(|list| list.split_once('.').map(|(owner, _)| (owner.to_owned(), ())))
        else {
            return false;
        };
        let Some(action) = self
            .catalogue()
            .actions
            .iter()
            .find(|action| action.result_name == list && !action.changes_data)
        else {
            return false;
        };
        let action = action.id.clone();
        let part = field.and_then(|field| {
            let other = self.counterpart(&key, &field)?;
            Some(Condition::Test {
                subject: Operand::Item { field: field.key },
                comparison: Comparison::IsNot { to: refer(&other) },
            })
        });
        let run = StepKind::Run {
            action: action.clone(),
            inputs: std::collections::BTreeMap::new(),
        };
        steps.push(self.step(whole, run));
        let among = Among {
            part,
            at_most: None,
            each: false,
        };
        let narrowed = Narrowed::All(Some(Box::new(among.clone())));
        self.ask_item(whole, &key, at, Some(among), true, steps);
        let plain = format!(
            "Lists others, and asks for {}{}",
            self.label(&key),
            self.among_words(&narrowed)
        );
        let links = super::conditions::link_over(trimmed(whole), LinkTarget::Action { action });
        let meaning = Meaning::Ask { attributes: vec![key] };
        self.note(whole, Spoken::new(meaning, plain).links(links));
        true
    }

    // ---- rules on items

    /// "final sale items are excluded unless they arrived broken", "we don't refund final sale items": no item that is so
    /// may be among those an action is given.
    pub(super) fn items_excluded(&mut self, whole: &'t [Token<'a>], words: &'t [Token<'a>]) -> bool {
        let unless = words.iter().position(|t| t.any(&["unless", "except"]));
        let said = &words[..unless.unwrap_or(words.len())];
        let excludes = said
            .iter()
            .any(|t| t.any(&["excluded", "exempt", "ineligible", "not", "never", "no"]));
        if !excludes {
            return false;
        }
        let Some(items) = said.iter().position(|t| self.names_items(t)) else {
            return false;
        };
        let Some((key, field, actions)) = self.flagged_items(&said[..items]) else {
            return false;
        };
        let excepted = match unless {
            None => None,
            Some(at) => {
                let case = &words[at + 1..];
                let case = if words[at].is("except") {
                    after_if(case)
                } else {
                    Some(case)
                };
                let read = case.and_then(|case| Conditions::new(&self.names, &self.said).read(case).ok());
                let Some(got) = read else { return false };
                Some(got)
            }
        };
        let part = Condition::Test {
            subject: Operand::Item { field },
            comparison: Comparison::Is {
                to: Operand::Constant {
                    value: Value::Boolean(true),
                },
            },
        };
        let any = Condition::AnyItem {
            list: key,
            part: Box::new(part),
        };
        let condition = match &excepted {
            Some(got) => Condition::All {
                parts: vec![any, super::conditions::negate(got.condition.clone())],
            },
            None => any,
        };
        self.write_rule(whole, actions, Guard::NeverIf { condition }, excepted.as_ref());
        true
    }

    /// "items", or what a list that is picked from calls them: "lines" of `invoice.lines`.
    fn names_items(&self, token: &Token<'_>) -> bool {
        let plain = ["item", "items", "product", "products", "article", "articles"];
        token.any(&plain) || self.names.picked_items.iter().any(|noun| noun.same(token))
    }

    /// The picked items, their yes-or-no field that the words end in, and the changes that are given them.
    fn flagged_items(&self, words: &[Token<'_>]) -> Option<(String, String, Vec<taskwright_domain::ActionId>)> {
        let attributes = self.names.catalogue.attributes.iter();
        attributes
            .filter(|attribute| matches!(attribute.kind, AttributeType::List { .. }))
            .find_map(|attribute| {
                let fields = self.item_fields(&attribute.key)?;
                let flag = |field: &&Field| {
                    let stems = content_stems(&field.label());
                    let end = &words[words.len().checked_sub(stems.len())?..];
                    let same = stems.iter().zip(end).all(|(stem, t)| stem.same(t));
                    (field.kind == AttributeType::Boolean && same).then_some(())
                };
                let field = fields.iter().find(|field| flag(field).is_some())?;
                let actions = self.changes_taking(&attribute.key);
                (!actions.is_empty()).then(|| (attribute.key.clone(), field.key.clone(), actions))
            })
    }
}

impl Conditions<'_, '_> {
    /// "if none work": the customer took none of those offered.
    pub(super) fn none_taken(&self, words: &[Token<'_>]) -> Option<Condition> {
        let key = &self.names.value(self.said.asked?).reference;
        let catalogue = self.names.catalogue;
        catalogue.picked_from(catalogue.attribute(key)?)?;
        let (none, rest) = match words {
            [none, rest @ ..] if none.any(&["none", "nothing", "neither"]) => (true, rest),
            [no, one, rest @ ..] if no.is("no") && one.any(&["one", "slot", "time", "option"]) => (true, rest),
            [they, not @ .., any] if they.any(&["they", "customer"]) && any.any(&["any", "none", "them", "these"]) => {
                let takes = not
                    .iter()
                    .any(|t| t.any(&["want", "like", "take", "pick", "choose", "need"]));
                let denies = any.is("none") || not.iter().any(|t| t.any(&["not", "none"]));
                let short = not.iter().all(|t| {
                    t.any(&[
                        "do", "does", "not", "want", "like", "take", "pick", "choose", "need", "any", "none", "of",
                    ])
                });
                (takes && denies && short, &words[..0])
            }
            _ => (false, words),
        };
        let suits = |t: &Token<'_>| {
            t.any(&[
                "work", "works", "suit", "suits", "fit", "fits", "of", "them", "these", "those", "for", "is", "are",
                "good", "ok", "okay", "possible", "the", "customer", "taken", "picked", "chosen",
            ])
        };
        (none && rest.iter().all(suits)).then(|| Condition::Test {
            subject: refer(key),
            comparison: Comparison::Missing,
        })
    }
}

/// "except if they arrived broken".
fn after_if<'w, 'a>(words: &'w [Token<'a>]) -> Option<&'w [Token<'a>]> {
    let [if_, rest @ ..] = words else { return None };
    if_.any(&["if", "when", "where"]).then_some(rest)
}

/// Whether the words begin with the name of a field, in any number: "doctors" for `doctor`.
fn names_field(field: &Field, words: &[Token<'_>]) -> bool {
    let stems: Vec<Stem> = content_stems(&field.label());
    let said: Vec<&Token<'_>> = words
        .iter()
        .filter(|t| t.kind == Kind::Word)
        .take(stems.len())
        .collect();
    !stems.is_empty() && said.len() == stems.len() && stems.iter().zip(said).all(|(stem, t)| stem.same(t))
}
