//! Whether a list holds something, and what is done with it: "See if they've already got an open ticket about the same
//! thing and add to it, otherwise create one: urgent if the whole team is blocked, normal otherwise."

use std::collections::BTreeMap;

use taskwright_domain::{
    Action, Arm, AttributeType, Comparison, Condition, Field, LinkTarget, Meaning, Operand, Step, StepKind, Value,
};

use super::conditions::{Conditions, Got, Subject, link_over, refer};
use super::names::{Names, content_stems, noun_of};
use super::reader::{Reader, Spoken, trimmed};
use super::split::{is_command, lead, starts};
use super::token::Token;
use super::verbs::{Form, verb_at};

impl Conditions<'_, '_> {
    /// "they've already got an open ticket about the same thing", "there is a ticket with this code".
    pub(super) fn item_exists(&self, words: &[Token<'_>]) -> Option<Got> {
        let names = self.names;
        let (list, at) = names.lists.iter().find_map(|(list, noun)| {
            let at = words.iter().position(|t| noun.same(t))?;
            Some((list.clone(), at))
        })?;
        let fields = names.catalogue.item_fields(&list)?;
        let has = words[..at]
            .iter()
            .any(|t| t.any(&["have", "has", "had", "got", "'ve", "'s", "is", "are", "exists", "exist"]));
        let indefinite = words[..at]
            .iter()
            .any(|t| t.any(&["a", "an", "any", "one", "another", "no"]));
        let whose = words
            .first()?
            .any(&["they", "there", "the", "customer", "it", "we", "you"])
            || words[0].is_customer();
        if !(has && indefinite && whose && at < 9) {
            return None;
        }
        let rest = trimmed(&words[at + 1..]);
        let condition = match rest {
            [] => Condition::Test {
                subject: Operand::Count {
                    reference: list.clone(),
                },
                comparison: Comparison::MoreThan {
                    than: Operand::Constant {
                        value: Value::Integer(0),
                    },
                },
            },
            [about, same @ ..] if about.any(&["about", "for", "with", "on", "regarding", "of"]) => {
                let part = same_as_known(names, &list, fields, same)?;
                Condition::AnyItem {
                    list: list.clone(),
                    part: Box::new(part),
                }
            }
            _ => return None,
        };
        let denied = words[..at].iter().any(|t| t.any(&["no", "not", "never"]));
        let target = LinkTarget::Reference { reference: list };
        Some(Got {
            condition: if denied {
                super::conditions::negate(condition)
            } else {
                condition
            },
            sure: false,
            links: link_over(words, target),
            subject: Subject::Any,
        })
    }
}

/// "the same thing", "the same code": the fields of an item that are known from elsewhere.
fn same_as_known(names: &Names<'_>, list: &str, fields: &[Field], words: &[Token<'_>]) -> Option<Condition> {
    let words = match words {
        [the, rest @ ..] if the.any(&["the", "this", "that"]) => rest,
        words => words,
    };
    let said = match words {
        [same, said @ ..] if same.is("same") => said,
        said => said,
    };
    let noun = said.last()?;
    let anything = said.len() == 1
        && noun.any(&[
            "thing", "issue", "problem", "matter", "error", "topic", "fault", "incident",
        ]);
    let telling = |field: &&Field| {
        matches!(
            field.kind,
            AttributeType::Identifier { .. } | AttributeType::Choice { .. }
        )
    };
    let named = |field: &&Field| {
        let own = content_stems(&field.label());
        let whole = own.len() == said.len() && own.iter().zip(said).all(|(stem, t)| stem.same(t));
        whole || said.len() == 1 && own.last().is_some_and(|stem| stem.same(noun))
    };
    let tests: Vec<Condition> = fields
        .iter()
        .filter(|field| if anything { telling(field) } else { named(field) })
        .filter_map(|field| {
            let known = counterpart(names, list, field)?;
            Some(Condition::Test {
                subject: Operand::Item {
                    field: field.key.clone(),
                },
                comparison: Comparison::Is { to: refer(&known) },
            })
        })
        .collect();
    match tests.as_slice() {
        [one] => Some(one.clone()),
        _ => None,
    }
}

/// The one value from elsewhere that has the name and type of a field of the list's items.
pub(super) fn counterpart(names: &Names<'_>, list: &str, field: &Field) -> Option<String> {
    let own = content_stems(&field.label());
    let owner = list.split('.').next();
    let picked: Vec<&str> = names
        .catalogue
        .attributes
        .iter()
        .filter(|attribute| names.catalogue.picked_from(attribute).as_deref() == Some(list))
        .map(|attribute| attribute.key.as_str())
        .collect();
    let mut fits = names.values.iter().filter(|value| {
        let of = value.owner.as_deref().unwrap_or(&value.reference);
        !picked.contains(&of)
            && value.owner.as_deref() != owner
            && value.origin != super::names::Origin::Input
            && !value.of_change
            && value.kind == field.kind
            && value.field_stems.len() == own.len()
            && own.iter().all(|stem| value.field_stems.contains(stem))
    });
    let first = fits.next()?;
    fits.next().is_none().then(|| first.reference.clone())
}

impl<'t, 'a> Reader<'t, 'a, '_> {
    /// "See if … and …, otherwise …": a case of a list, what is done with what is found, and what without.
    pub(super) fn see_if_there_is(&mut self, words: &'t [Token<'a>], steps: &mut Vec<Step>) -> bool {
        let [see, if_, body @ ..] = words else { return false };
        if !(see.any(&["see", "check", "look"]) && if_.any(&["if", "whether"])) {
            return false;
        }
        let conditions = Conditions::new(&self.names, &self.said);
        let found = (1..body.len())
            .filter(|at| body[*at].any(&["and", ","]))
            .find_map(|at| {
                let got = conditions.item_exists(&body[..at])?;
                is_command(&body[at + 1..]).then_some((at, got))
            });
        let Some((and, got)) = found else { return false };
        let condition = got.condition.clone();
        let list = condition.references().first().map(|list| (*list).to_owned());
        let then = &body[and + 1..];
        let other = then
            .windows(2)
            .position(|pair| pair[0].mark(',') && pair[1].any(&["otherwise", "else"]));
        let case = &words[..words.len() - body.len() + and];
        let plain = format!("If {}", super::describe::condition(&condition, self.names.catalogue));
        let meaning = Meaning::Check {
            condition: Some(condition.clone()),
        };
        self.note(case, Spoken::new(meaning, plain).links(got.links));
        self.said.list = list;
        self.under.push(condition.clone());
        let mut inner = Vec::new();
        let _ = self.clauses(&then[..other.unwrap_or(then.len())], &mut inner);
        self.under.pop();
        let mut otherwise = Vec::new();
        if let Some(at) = other {
            self.under.push(super::conditions::negate(condition.clone()));
            self.note(
                &then[at + 1..at + 2],
                Spoken::new(Meaning::Check { condition: None }, "Otherwise"),
            );
            let rest = &then[at + 2..];
            if !self.made_by_case(rest, &mut otherwise) {
                let _ = self.clauses(rest, &mut otherwise);
            }
            self.under.pop();
        }
        let arm = Arm {
            span: self.span(case),
            condition,
            steps: inner,
        };
        steps.push(self.step(
            words,
            StepKind::Check {
                arms: vec![arm],
                otherwise,
            },
        ));
        true
    }

    /// "add to it rather than making a new one": the change that is given what was found.
    pub(super) fn add_to_found(
        &mut self,
        whole: &'t [Token<'a>],
        words: &'t [Token<'a>],
        steps: &mut Vec<Step>,
    ) -> bool {
        let end = words
            .iter()
            .position(|t| t.any(&["rather", "instead"]) || t.mark(','))
            .unwrap_or(words.len());
        let said = trimmed(&words[..end]);
        let adds = said.first().is_some_and(|t| {
            t.any(&[
                "add", "update", "append", "attach", "comment", "use", "reuse", "extend", "note",
            ])
        });
        let it = said
            .iter()
            .skip(1)
            .all(|t| t.any(&["to", "it", "that", "this", "on", "one", "the", "existing"]));
        if !(adds && it && said.len() > 1) {
            return false;
        }
        let (list, part) = match self.under.last().cloned() {
            Some(Condition::AnyItem { list, part }) => (list, part),
            Some(Condition::Test {
                subject: Operand::Count { .. },
                ..
            }) => {
                let reason = "There may be several. Say which one, e.g. the one with the same number.";
                self.unclear(whole, reason, None, steps);
                return true;
            }
            _ => return false,
        };
        let Some((action, input, field)) = self.taking_item(&list) else {
            return false;
        };
        let (id, name) = (action.id.clone(), action.name.clone());
        let mut inputs = BTreeMap::new();
        inputs.insert(input, Operand::Found { list, part, field });
        let links = link_over(said, LinkTarget::Action { action: id.clone() });
        self.said.action = Some(id.clone());
        self.said.it = Some(action.result_name.clone());
        steps.push(self.step(
            whole,
            StepKind::Run {
                action: id.clone(),
                inputs,
            },
        ));
        let plain = format!("Runs *{name}* with what was found");
        self.note(
            whole,
            Spoken::new(Meaning::Run { action: Some(id) }, plain).links(links),
        );
        true
    }

    /// The one change that is given what tells an item of the list: "ticket number" for `number` of the tickets.
    fn taking_item(&self, list: &str) -> Option<(Action, String, String)> {
        let noun = noun_of(list)?;
        let fields = self.names.catalogue.item_fields(list)?;
        let mut found = self
            .names
            .catalogue
            .actions
            .iter()
            .filter(|action| action.changes_data)
            .filter_map(|action| {
                action.inputs.iter().find_map(|input| {
                    let named = content_stems(&input.label());
                    let field = fields.iter().find(|field| {
                        let own = content_stems(&field.label());
                        named.len() == own.len() + 1 && named[0] == noun && named[1..] == own[..]
                    })?;
                    Some((action.clone(), input.key.clone(), field.key.clone()))
                })
            });
        let first = found.next()?;
        found.next().is_none().then_some(first)
    }

    /// "create one: urgent if the whole team is blocked, normal otherwise": the option first, then what needs it.
    fn made_by_case(&mut self, words: &'t [Token<'a>], steps: &mut Vec<Step>) -> bool {
        let colon = words.iter().position(|t| t.mark(':')).unwrap_or(words.len());
        let Some(made) = self.one_made(&words[..colon]) else {
            return false;
        };
        if colon < words.len() && !self.option_by_case(&words[colon + 1..], steps) {
            return false;
        }
        let id = made.id.clone();
        let links = link_over(trimmed(&words[..colon]), LinkTarget::Action { action: id.clone() });
        self.said.action = Some(id.clone());
        self.said.it = Some(made.result_name.clone());
        let run = StepKind::Run {
            action: id.clone(),
            inputs: BTreeMap::new(),
        };
        steps.push(self.step(&words[..colon], run));
        let plain = format!("Runs *{}*", made.name);
        self.note(
            &words[..colon],
            Spoken::new(Meaning::Run { action: Some(id) }, plain).links(links),
        );
        true
    }

    /// "create one": of what the list holds.
    fn one_made(&self, words: &[Token<'_>]) -> Option<Action> {
        let words = trimmed(lead(words));
        let verb = verb_at(words, 0).filter(|verb| verb.form == Form::Base)?;
        let one = words[verb.length..].iter().all(|t| t.any(&["a", "an", "new", "one"]));
        let noun = self
            .said
            .list
            .as_deref()
            .and_then(noun_of)
            .filter(|_| one && words.len() > verb.length)?;
        let mut made = self.names.catalogue.actions.iter().filter(|action| {
            let (name, _) = super::token::scan(&action.name);
            let same = verb_at(&name, 0).is_some_and(|named| named.deed == verb.deed || named.lemma == verb.lemma);
            action.changes_data && same && name.iter().any(|t| noun.same(t))
        });
        let first = made.next()?.clone();
        made.next().is_none().then_some(first)
    }

    /// "urgent if the whole team is blocked, normal otherwise".
    fn option_by_case(&mut self, words: &'t [Token<'a>], steps: &mut Vec<Step>) -> bool {
        let words = trimmed(words);
        let Some(if_) = words.iter().position(|t| t.any(&["if", "when"])) else {
            return false;
        };
        let Some(comma) = words.iter().rposition(|t| t.mark(',')).filter(|at| *at > if_) else {
            return false;
        };
        let other = match &words[comma + 1..] {
            [other @ .., last] if last.any(&["otherwise", "else"]) && !other.is_empty() => other,
            [first, other @ ..] if first.any(&["otherwise", "else"]) && !other.is_empty() => other,
            _ => return false,
        };
        let said = &words[..if_];
        let choice = self.names.values.iter().enumerate().find_map(|(at, value)| {
            let (one, two) = (self.names.option_of(at, said)?, self.names.option_of(at, other)?);
            value
                .askable()
                .then(|| (value.reference.clone(), one.text.clone(), two.text.clone()))
        });
        let Some((key, one, two)) = choice else { return false };
        let Ok(got) = Conditions::new(&self.names, &self.said).read(&words[if_ + 1..comma]) else {
            return self.option_unclear(words, &key, steps);
        };
        let set = |option: &str| StepKind::Set {
            attribute: key.clone(),
            value: Operand::Constant {
                value: Value::Choice(option.to_owned()),
            },
        };
        let span = self.span(words);
        let arm = Arm {
            span: self.span(&words[if_..comma]),
            condition: got.condition.clone(),
            steps: vec![self.step(said, set(&one))],
        };
        let plain = format!(
            "Sets {} to {one} if {}, otherwise to {two}",
            self.label(&key),
            super::describe::condition(&got.condition, self.names.catalogue)
        );
        let otherwise = vec![self.step(other, set(&two))];
        steps.push(Step {
            span,
            kind: StepKind::Check {
                arms: vec![arm],
                otherwise,
            },
        });
        self.note(
            words,
            Spoken::new(Meaning::Set { attribute: key }, plain).links(got.links),
        );
        true
    }

    /// What decides between the options is not known: a run stops there, and the rest is read.
    fn option_unclear(&mut self, words: &'t [Token<'a>], key: &str, steps: &mut Vec<Step>) -> bool {
        let (span, text) = (self.span(words), self.written(words));
        let reason = "Nothing tells what it depends on. Ask the customer for it first.";
        self.problems.push(super::problems::unclear(span, &text, reason, None));
        let meaning = Meaning::Set {
            attribute: key.to_owned(),
        };
        let plain = format!("Sets {}; on what it depends is not known", self.label(key));
        self.note(words, Spoken::incomplete(meaning, plain).guessed());
        steps.push(self.step(words, StepKind::Unclear { text }));
        true
    }
}

/// Whether words are the lead of such a sentence; told cheaply before it is read.
pub(super) fn sees_if(words: &[Token<'_>]) -> bool {
    starts(words, &["see", "if"])
        || starts(words, &["check", "if"])
        || starts(words, &["see", "whether"])
        || starts(words, &["check", "whether"])
        || starts(words, &["look", "if"])
}
