//! Sentences with a condition: the check, its ways, and what cannot be decided.

mod cases;
mod listed;
mod otherwise;
mod undecided;

use taskwright_domain::{Arm, Condition, Meaning, Step, StepKind};

use super::branches::open_check;
use super::conditional::{Cut, Put, cuts};
use super::conditions::{Conditions, Got, Trouble, negate};
use super::flow::Open;
use super::reader::{LedBy, Reader, Spoken, trimmed};
use super::split::{coordinate, is_command, lead, starts};
use super::token::Token;

pub(super) use cases::is_kind_of_people;
pub(super) use listed::listed_case;

impl<'t, 'a> Reader<'t, 'a, '_> {
    /// A sentence with a condition.
    pub(super) fn conditional(&mut self, words: &'t [Token<'a>], nested: bool, steps: &mut Vec<Step>) -> Option<Open> {
        let ways = cuts(words, nested);
        let first = ways.first().copied()?;
        let led_by = if asks_something(first.condition) {
            LedBy::Question
        } else {
            LedBy::Condition
        };
        let before = std::mem::replace(&mut self.led_by, led_by);
        let open = self.decided(words, nested, &ways, first, steps);
        self.led_by = before;
        open
    }

    /// The first way to cut a sentence that leaves a condition which can be decided.
    fn decided(
        &mut self,
        words: &'t [Token<'a>],
        nested: bool,
        ways: &[Cut<'t, 'a>],
        first: Cut<'t, 'a>,
        steps: &mut Vec<Step>,
    ) -> Option<Open> {
        // "ask them, and only save when they say yes": the condition is the rule's.
        if ways
            .iter()
            .any(|cut| !cut.then.is_empty() && cut.then[0].span.start < cut.condition[0].span.start)
        {
            let parts = coordinate(first.then);
            let ruled = |part: &&[Token<'_>]| {
                lead(part).first().is_some_and(|t| t.any(&["only", "never"])) || starts(lead(part), &["do", "not"])
            };
            if parts.len() > 1 && parts.last().is_some_and(ruled) {
                return None;
            }
        }
        if matches!(first.put, Put::If | Put::Once) && only_goes_on(first.then) && self.condition_of(&first).is_ok() {
            self.look_into(words, first.condition, true, steps);
            return Some(Open::Nothing);
        }
        let asks = words.last().is_some_and(|t| t.mark('?'));
        let mut best: Option<(Trouble, Cut<'t, 'a>)> = None;
        for cut in ways {
            match self.condition_of(cut) {
                Ok(got) => {
                    let useful = !cut.then.is_empty() || nested || asks || matches!(cut.put, Put::If | Put::Unless);
                    if !useful {
                        continue;
                    }
                    let condition = got.condition.clone();
                    let asked = self.checked.clone().filter(|_| is_answer(cut.condition));
                    let open = self.checked_sentence(words, cut, got, steps);
                    if asked.is_some() {
                        // The other answer may follow.
                        self.checked = asked;
                    } else if asks && cut.then.is_empty() {
                        // "Is it paid?": the answers below speak of it.
                        self.checked = Some(condition);
                    }
                    return Some(open);
                }
                Err(why) => {
                    // What is not read ends where a command begins, not at the first comma of a list.
                    let telling = |why: &Trouble, cut: &Cut<'_, '_>| {
                        let same = cut.put == first.put && cut.whole[0].span == first.whole[0].span;
                        let acts = is_command(cut.then) || self.names.action_written(cut.then).is_some();
                        (same && acts, why.weight())
                    };
                    if best
                        .as_ref()
                        .is_none_or(|(known, at)| telling(&why, cut) > telling(known, at))
                    {
                        best = Some((why, *cut));
                    }
                }
            }
        }
        self.unread_conditional(words, &first, best, steps)
    }

    pub(super) fn condition_of(&self, cut: &Cut<'t, 'a>) -> Result<Got, Trouble> {
        if let Some(checked) = &self.checked
            && let [one] = trimmed(cut.condition)
            && one.any(&["so", "yes", "not", "no"])
        {
            let condition = if one.any(&["so", "yes"]) {
                checked.clone()
            } else {
                negate(checked.clone())
            };
            return Ok(Got {
                condition,
                sure: true,
                links: Vec::new(),
                subject: super::conditions::Subject::Open,
            });
        }
        if let Some(condition) = self.no_luck(cut.condition) {
            return Ok(Got {
                condition,
                sure: false,
                links: Vec::new(),
                subject: super::conditions::Subject::Open,
            });
        }
        let trailing = cut
            .then
            .first()
            .zip(cut.condition.first())
            .is_some_and(|(then, condition)| then.span.start < condition.span.start);
        let got = match self.object_in(cut.then).filter(|_| trailing) {
            Some(owner) => {
                let said = super::said::Said {
                    it: Some(owner),
                    asked: None,
                    ..self.said.clone()
                };
                Conditions::new(&self.names, &said).read(cut.condition)?
            }
            None => {
                let got = Conditions::new(&self.names, &self.said).read(cut.condition);
                got.or_else(|why| self.said_measure(cut.condition).ok_or(why))?
            }
        };
        Ok(if cut.put == Put::Unless {
            Got {
                condition: negate(got.condition.clone()),
                ..got
            }
        } else {
            got
        })
    }

    /// The result that a command is about.
    pub(super) fn object_in(&self, words: &[Token<'_>]) -> Option<String> {
        (0..words.len().min(12)).find_map(|at| {
            let end = (at + 2).min(words.len());
            self.names
                .object(&words[at..end])
                .or_else(|| self.names.object(&words[at..=at]))
        })
    }

    pub(super) fn checked_sentence(
        &mut self,
        words: &'t [Token<'a>],
        cut: &Cut<'t, 'a>,
        got: Got,
        steps: &mut Vec<Step>,
    ) -> Open {
        self.checked = None;
        if !cut.before.is_empty() {
            let _ = self.clauses(cut.before, steps);
        }
        self.speaks_of(&got);
        // "Otherwise if …", "else if …": another arm of the check before.
        let chained = trimmed(words).first().is_some_and(|t| t.any(&["otherwise", "else"]));
        let said = super::describe::condition(&got.condition, self.names.catalogue);
        let plain = format!("If {said}");
        self.note(
            cut.whole,
            Spoken::new(
                Meaning::Check {
                    condition: Some(got.condition.clone()),
                },
                plain,
            )
            .sure(got.sure)
            .links(got.links.clone()),
        );
        let span = self.span(cut.whole);
        let arm_at = if chained {
            open_check(steps).filter(|at| at + 1 == steps.len())
        } else {
            None
        };
        let before = self.under.len();
        self.under.push(got.condition.clone());
        let mut then = Vec::new();
        if !cut.then.is_empty() {
            let _ = self.inner(cut.then, &mut then);
        }
        if !cut.more.is_empty() {
            let _ = self.inner(cut.more, &mut then);
        }
        self.under.truncate(before);
        let mut other = Vec::new();
        if !cut.otherwise.is_empty() {
            if let Some(word) = self.before_token(cut.otherwise) {
                self.note(
                    word,
                    Spoken::new(Meaning::Check { condition: None }, "Otherwise").sure(true),
                );
            }
            self.under.push(negate(got.condition.clone()));
            let _ = self.inner(cut.otherwise, &mut other);
            self.under.truncate(before);
        }
        let arm = Arm {
            span,
            condition: got.condition,
            steps: then,
        };
        match arm_at.map(|at| &mut steps[at].kind) {
            Some(StepKind::Check { arms, otherwise }) => {
                arms.push(arm);
                *otherwise = other;
            }
            _ => steps.push(Step {
                span,
                kind: StepKind::Check {
                    arms: vec![arm],
                    otherwise: other,
                },
            }),
        }
        Open::Arm
    }

    /// What a condition is about is what "it" means from here on.
    fn speaks_of(&mut self, got: &Got) {
        if let Some(reference) = got.condition.references().first() {
            self.said.about = Some((*reference).to_owned());
        }
        if let super::conditions::Subject::Thing(owner) = &got.subject {
            self.said.it = Some(owner.clone());
        } else if let super::conditions::Subject::Value(at, _) = &got.subject
            && let Some(owner) = self.names.value(*at).owner.clone().filter(|owner| owner != "customer")
        {
            self.said.it = Some(owner);
        }
    }

    #[expect(clippy::too_many_arguments, reason = "the parts of one arm")]
    pub(super) fn arm(
        &mut self,
        said: &'t [Token<'a>],
        condition: Condition,
        sure: bool,
        then: &'t [Token<'a>],
        other: &'t [Token<'a>],
        steps: &mut Vec<Step>,
        links: Vec<taskwright_domain::Link>,
    ) -> Open {
        let plain = format!("If {}", super::describe::condition(&condition, self.names.catalogue));
        self.note(
            said,
            Spoken::new(
                Meaning::Check {
                    condition: Some(condition.clone()),
                },
                plain,
            )
            .sure(sure)
            .links(links),
        );
        let span = self.span(said);
        self.under.push(condition.clone());
        let mut inner = Vec::new();
        let _ = self.inner(then, &mut inner);
        self.under.pop();
        let mut otherwise = Vec::new();
        if !other.is_empty() {
            let _ = self.inner(other, &mut otherwise);
        }
        steps.push(Step {
            span,
            kind: StepKind::Check {
                arms: vec![Arm {
                    span,
                    condition,
                    steps: inner,
                }],
                otherwise,
            },
        });
        Open::Arm
    }

    pub(super) fn has_condition(&self, part: &'t [Token<'a>]) -> bool {
        cuts(part, false)
            .iter()
            .any(|cut| matches!(cut.put, Put::If | Put::Unless) && self.condition_of(cut).is_ok())
    }
}

/// "the customer asks how", "they want to know why": what follows is the answer to it.
fn asks_something(words: &[Token<'_>]) -> bool {
    let the = usize::from(words.first().is_some_and(|t| t.is("the")));
    let customer = words
        .get(the)
        .is_some_and(|t| t.is_customer() || t.any(&["they", "customers", "users"]));
    let asks = words.iter().position(|t| t.any(&["ask", "asks", "wonder", "wonders"]));
    let asks = asks.or_else(|| words.windows(2).position(|two| two[0].is("to") && two[1].is("know")));
    customer
        && asks.is_some_and(|at| {
            words[at..].iter().take(4).any(|t| {
                t.any(&[
                    "how", "why", "what", "where", "when", "whether", "about", "if", "which", "who", "how",
                ])
            })
        })
}

/// "yes", "no": the answer to a question before.
fn is_answer(words: &[Token<'_>]) -> bool {
    matches!(trimmed(words), [answer] if answer.any(&["yes", "no"]))
}

/// "only continue", "only go on with the task".
fn only_goes_on(words: &[Token<'_>]) -> bool {
    let words = trimmed(words);
    words.first().is_some_and(|t| t.is("only"))
        && words.len() <= 6
        && words
            .get(1)
            .is_some_and(|t| t.any(&["continue", "proceed", "go", "carry", "move"]))
}
