//! Sentences with a condition: the check, its ways, and what cannot be decided.

use taskwright_domain::{Arm, Condition, Meaning, ProblemCode, Step, StepKind};

use super::branches::{merge_chain, open_check};
use super::conditional::{Cut, Put, cuts};
use super::conditions::{Conditions, Got, Trouble, negate};
use super::flow::Open;
use super::outline::Item;
use super::reader::{LedBy, Reader, Spoken, trimmed, trimmed_start};
use super::split::{coordinate, is_command, lead, starts};
use super::token::{Kind, Token};
use super::verbs::{Form, verb_at};
use super::weekdays::is_weekday;

impl<'t, 'a> Reader<'t, 'a, '_> {
    /// "If all of the following are true, open a claim:", with the conditions beneath.
    pub(super) fn listed_conditions(
        &mut self,
        item: &'t Item,
        words: &'t [Token<'a>],
        any: bool,
        cut: &Cut<'t, 'a>,
        steps: &mut Vec<Step>,
    ) {
        let mut parts = Vec::new();
        let mut links = Vec::new();
        let mut sure = true;
        for child in &item.children {
            let listed = trimmed(&self.tokens[child.tokens.clone()]);
            match Conditions::new(&self.names, &self.said).read(listed) {
                Ok(got) if child.children.is_empty() => {
                    let plain = super::describe::condition(&got.condition, self.names.catalogue);
                    let meaning = Meaning::Check {
                        condition: Some(got.condition.clone()),
                    };
                    self.note(
                        listed,
                        Spoken::new(meaning, format!("One of the conditions: {plain}"))
                            .sure(got.sure)
                            .links(got.links.clone()),
                    );
                    parts.push(got.condition);
                    links.extend(got.links);
                    sure &= got.sure;
                }
                other => {
                    self.condition_trouble(listed, listed, other.err());
                    let meaning = Meaning::Check { condition: None };
                    self.note(
                        listed,
                        Spoken::incomplete(meaning, "A condition that is not understood").guessed(),
                    );
                    return self.show_only(words, steps, |reader, shown| {
                        let _ = reader.sentence(cut.then, false, false, shown);
                    });
                }
            }
        }
        let whole = if any {
            Condition::Any { parts }
        } else {
            Condition::All { parts }
        };
        let condition = if cut.put == Put::Unless { negate(whole) } else { whole };
        let got = Got {
            condition,
            sure,
            links,
            subject: super::conditions::Subject::Open,
        };
        let _ = self.checked_sentence(words, cut, got, steps);
    }

    /// "On Sundays, …", "For refunds over 250 EUR, …", "For each invoice, …": the comma behind a case that a command
    /// is for. A case is never dropped: what it leads to would run for everybody.
    pub(super) fn case_before(&self, words: &[Token<'_>]) -> Option<usize> {
        let first = words.first()?;
        if let Some(colon) = kind_of_people(words) {
            return Some(colon);
        }
        let comma = words.iter().take(14).position(|t| t.mark(',') || t.mark(':'))?;
        let case = &words[..comma];
        if comma < 2 || !is_command(&words[comma + 1..]) {
            return None;
        }
        if starts(case, &["in", "case", "of"]) && comma > 3 {
            return Some(comma);
        }
        // "For known issues, …"
        let plural = case[comma - 1].low.ends_with('s')
            && !case[comma - 1].low.ends_with("ss")
            && case[comma - 1].kind == Kind::Word;
        let aim = case.iter().any(|t| {
            t.any(&[
                "reasons",
                "purposes",
                "details",
                "records",
                "questions",
                "instructions",
                "steps",
                "this",
                "these",
                "that",
                "those",
                "all",
                "both",
                "more",
                "further",
                "us",
                "sales",
            ])
        });
        if first.is("for") && plural && !aim {
            return Some(comma);
        }
        let when = first.any(&["on", "at", "during", "over"]) && case.iter().any(|t| is_time(t));
        let each = first.any(&["for", "with"]) && case[1].any(&["each", "every"]);
        let of_a_kind = first.any(&["for", "except"]) && self.names_a_case(&case[1..]);
        (when || each || of_a_kind).then_some(comma)
    }

    /// Whether words speak of things, kinds of things or amounts that the catalogue knows.
    pub(super) fn names_a_case(&self, words: &[Token<'_>]) -> bool {
        if words
            .iter()
            .any(|t| t.any(&["this", "that", "security", "safety", "example", "now", "reference"]))
        {
            return false;
        }
        let said: Vec<_> = words.iter().filter(|t| t.kind == Kind::Word).collect();
        let option = |value: &super::names::Named| {
            value
                .options
                .iter()
                .any(|option| super::names::position_of_run(&said, &option.stems).is_some())
        };
        let thing = words
            .last()
            .is_some_and(|_| self.names.object(&words[words.len() - 1..]).is_some());
        let deed = said.iter().any(|t| super::verbs::deed_of_noun(t).is_some());
        let limited = words.len() > 1 || words.iter().any(|t| t.kind == Kind::Number);
        self.names.values.iter().any(option) || thing && limited || deed && limited
    }

    pub(super) fn in_case(
        &mut self,
        words: &'t [Token<'a>],
        case: &'t [Token<'a>],
        then: &'t [Token<'a>],
        steps: &mut Vec<Step>,
    ) -> Open {
        let cut = Cut {
            put: if case[0].is("except") { Put::Unless } else { Put::If },
            condition: if starts(case, &["in", "case", "of"]) {
                &case[3..]
            } else if opens_case(&case[0]) {
                &case[1 + usize::from(case[1].is("for"))..]
            } else {
                case
            },
            whole: case,
            then,
            otherwise: &[],
            more: &[],
            before: &[],
        };
        if let Ok(got) = self.condition_of(&cut) {
            return self.checked_sentence(words, &cut, got, steps);
        }
        let (span, said) = (self.span(case), self.written(case));
        let reason = "It is a case that nothing here can decide. Write it as \u{201c}if …\u{201d}.";
        self.problems.push(super::problems::unclear(span, &said, reason, None));
        let meaning = Meaning::Check { condition: None };
        self.note(
            case,
            Spoken::incomplete(meaning, format!("{said}: it cannot be decided yet")).guessed(),
        );
        self.show_only(words, steps, |reader, shown| {
            let _ = reader.sentence(then, false, false, shown);
        });
        Open::Nothing
    }

    /// "we can't move it online: apologise and …": why, and where what is done begins.
    pub(super) fn explains_before(&self, words: &[Token<'_>]) -> Option<usize> {
        let colon = words.iter().take(16).position(|t| t.mark(':') || t.mark('–'))?;
        let why = &words[..colon];
        let explains = why.first()?.any(&["we", "this", "that", "it", "they"])
            && why
                .iter()
                .take(5)
                .any(|t| t.any(&["can", "could", "is", "are", "does", "do", "will", "have", "has"]));
        (colon > 2 && !self.under.is_empty() && explains && is_command(&words[colon + 1..])).then_some(colon)
    }

    /// "Otherwise, …": attaches to the last check or question.
    pub(super) fn otherwise(
        &mut self,
        whole: &'t [Token<'a>],
        lead_words: &'t [Token<'a>],
        rest: &'t [Token<'a>],
        steps: &mut Vec<Step>,
    ) -> Open {
        self.open_demand(steps);
        let Some(place) = open_check(steps) else {
            let asked = self
                .said
                .asked
                .filter(|at| matches!(self.names.value(*at).kind, taskwright_domain::AttributeType::Boolean));
            if let Some(at) = asked {
                let to = taskwright_domain::Operand::Constant {
                    value: taskwright_domain::Value::Boolean(false),
                };
                let subject = super::conditions::refer(&self.names.value(at).reference);
                let condition = Condition::Test {
                    subject,
                    comparison: taskwright_domain::Comparison::Is { to },
                };
                return self.arm(lead_words, condition, true, rest, &[], steps, Vec::new());
            }
            if let Some(condition) = self.checked.take() {
                return self.arm(lead_words, negate(condition), true, rest, &[], steps, Vec::new());
            }
            if self.said.confirming {
                return self.declined_path(whole, rest, steps);
            }
            self.unclear(
                whole,
                "There is no \u{201c}if\u{201d} before this \u{201c}otherwise\u{201d}.",
                None,
                steps,
            );
            return Open::Nothing;
        };
        merge_chain(steps, place);
        self.note(
            lead_words,
            Spoken::new(Meaning::Check { condition: None }, "Otherwise").sure(true),
        );
        let Some(at) = open_check(steps) else {
            return Open::Nothing;
        };
        let before = self.under.len();
        let none_held = match &steps[at].kind {
            StepKind::Check { arms, .. } => arms.iter().map(|arm| negate(arm.condition.clone())).collect(),
            _ => Vec::new(),
        };
        self.under.extend(none_held);
        let mut inner = Vec::new();
        if !rest.is_empty() {
            let rest = trimmed_start(rest);
            let _ = self.sentence(rest, false, false, &mut inner);
        }
        self.under.truncate(before);
        let begun = steps[at].span.start;
        if let StepKind::Check { otherwise, .. } = &mut steps[at].kind {
            self.otherwise_of = inner.is_empty().then_some(begun);
            *otherwise = inner;
        }
        // A check in front of other steps can take nested ones only when it is the last step.
        if at + 1 == steps.len() {
            Open::Arm
        } else {
            Open::Nothing
        }
    }

    /// "Make sure that …. Otherwise, …": what the author says takes the place of the stop for a person.
    pub(super) fn open_demand(&mut self, steps: &mut [Step]) {
        let Some(Step {
            span,
            kind: StepKind::Check { otherwise, .. },
        }) = steps.last_mut()
        else {
            return;
        };
        let stop = matches!(otherwise.as_slice(), [Step { span: at, kind: StepKind::Unclear { .. } }] if at == span);
        if stop && self.checked.take().is_some() {
            otherwise.clear();
            let span = *span;
            self.problems
                .retain(|known| known.code != ProblemCode::NoOtherwise || known.place.span != Some(span));
        }
    }

    /// "Otherwise …" right after a question for a yes.
    pub(super) fn declined_path(
        &mut self,
        whole: &'t [Token<'a>],
        rest: &'t [Token<'a>],
        steps: &mut Vec<Step>,
    ) -> Open {
        let condition = negate(Condition::Confirmed);
        self.note(
            &whole[..1],
            Spoken::new(
                Meaning::Check {
                    condition: Some(condition.clone()),
                },
                "If the customer does not confirm",
            ),
        );
        self.under.push(condition.clone());
        let mut inner = Vec::new();
        let _ = self.sentence(trimmed_start(rest), false, false, &mut inner);
        self.under.pop();
        let span = self.span(whole);
        steps.push(Step {
            span,
            kind: StepKind::Check {
                arms: vec![Arm {
                    span,
                    condition,
                    steps: inner,
                }],
                otherwise: Vec::new(),
            },
        });
        Open::Arm
    }

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

    /// The "otherwise" right before some words.
    pub(super) fn before_token(&self, words: &[Token<'_>]) -> Option<&'t [Token<'a>]> {
        let start = words.first()?.span.start;
        let at = self.tokens.partition_point(|t| t.span.start < start);
        let from = (0..at)
            .rev()
            .take(3)
            .find(|from| self.tokens[*from].any(&["otherwise", "else", "if"]))?;
        Some(&self.tokens[from..at])
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

    /// A condition that could not be read: what depends on it stops for a person.
    pub(super) fn unread_conditional(
        &mut self,
        words: &'t [Token<'a>],
        first: &Cut<'t, 'a>,
        best: Option<(Trouble, Cut<'t, 'a>)>,
        steps: &mut Vec<Step>,
    ) -> Option<Open> {
        let (trouble, cut) = best.unwrap_or((Trouble::NotClear, *first));
        match cut.put {
            Put::Fragment => return None,
            // "Once the refund is through, tell them …" after the refund: mere order.
            Put::Once | Put::If
                if !cut.then.is_empty()
                    && (cut.put == Put::Once && self.is_order(cut.condition) || is_our_end(cut.whole)) =>
            {
                self.note(cut.whole, Spoken::new(Meaning::Context, "Follows the step before"));
                let open = self.clauses(cut.then, steps);
                if cut.more.is_empty() {
                    return Some(open);
                }
                return Some(self.clauses(cut.more, steps));
            }
            _ => {}
        }
        if !cut.before.is_empty() {
            let _ = self.clauses(cut.before, steps);
            let start = cut.whole[0].span.start;
            // What it says may be told by what was just done.
            let from = words
                .iter()
                .position(|t| t.span.start == start)
                .filter(|from| *from > 0);
            return from.map(|from| self.sentence(&words[from..], false, false, steps));
        }
        // "If it is past due, they will want to pay": what may be expected of customers, and nothing to do.
        if expects(cut.then) && cut.otherwise.is_empty() && cut.more.is_empty() {
            self.context(words);
            return Some(Open::Nothing);
        }
        let imagined = matches!(trouble, Trouble::YesNo | Trouble::Unknown(..))
            .then(|| super::imagine::imagined(cut.condition))
            .flatten();
        let comparing = (0..cut.condition.len())
            .any(|at| super::constants::number_at(cut.condition, at).is_some() && !cut.condition[at].is("one"));
        let condition_words = cut.whole;
        self.condition_trouble(words, cut.condition, Some(trouble));
        let said = self.written(cut.condition);
        let condition = imagined.filter(|_| !comparing);
        let plain = match condition {
            Some(_) => format!("If {said}: nothing tells yet"),
            None => format!("If {said}: it cannot be decided yet"),
        };
        self.note(
            condition_words,
            Spoken::incomplete(Meaning::Check { condition }, plain).guessed(),
        );
        let from = self.sentences.len();
        self.show_only(words, steps, |reader, shown| {
            for part in [cut.more, cut.then, cut.otherwise] {
                if !part.is_empty() {
                    let _ = reader.inner(part, shown);
                }
            }
        });
        self.rules_of_undecided(from);
        Some(Open::Nothing)
    }

    /// A rule for a case that nothing decides holds for nobody knows whom: it is no rule that is kept.
    fn rules_of_undecided(&mut self, from: usize) {
        let reason = "It is a rule for a case that cannot be decided.";
        for sentence in &mut self.sentences[from..] {
            // An action that it would guard is held back, and that is said.
            let guards = self.rules.iter().any(|rule| rule.span == sentence.span);
            if sentence.meaning != Meaning::Rule || sentence.incomplete || guards {
                continue;
            }
            sentence.incomplete = true;
            sentence.words = "Rule for a case that cannot be decided yet".to_owned();
            let found = super::problems::unclear(sentence.span, &sentence.text, reason, None);
            self.problems.push(found);
        }
    }

    /// What cannot be reached is shown with its meaning, but only a person can go on here.
    pub(super) fn show_only(
        &mut self,
        words: &'t [Token<'a>],
        steps: &mut Vec<Step>,
        read: impl FnOnce(&mut Self, &mut Vec<Step>),
    ) {
        let said = self.said.clone();
        read(self, &mut Vec::new());
        self.said = said;
        let text = self.written(words);
        steps.push(self.step(words, StepKind::Unclear { text }));
    }

    /// Whether words tell of a step before, not of something that may or may not be.
    pub(super) fn is_order(&self, words: &[Token<'_>]) -> bool {
        if words.iter().any(|t| {
            t.kind == Kind::Number || t.any(&["that", "which", "failed", "two", "three", "several", "unless", "if"])
        }) || words.len() > 12 && words.len() > 1
        {
            return false;
        }
        let done = words.iter().any(|t| {
            t.any(&[
                "done",
                "complete",
                "completed",
                "finished",
                "have",
                "has",
                "been",
                "you",
                "this",
                "that",
            ])
        });
        done || self.said.action.is_some() && self.deed_in(words).is_some()
            || words.len() <= 3 && self.deed_in(words).is_some()
    }

    pub(super) fn has_condition(&self, part: &'t [Token<'a>]) -> bool {
        cuts(part, false)
            .iter()
            .any(|cut| matches!(cut.put, Put::If | Put::Unless) && self.condition_of(cut).is_ok())
    }
}

/// "When you have finished", "once everything is settled": the end of what was to be done, and no case.
fn is_our_end(words: &[Token<'_>]) -> bool {
    let [opens, rest @ ..] = words else { return false };
    let ended = rest.last().is_some_and(|t| {
        t.any(&[
            "finished",
            "done",
            "ready",
            "settled",
            "sorted",
            "complete",
            "completed",
            "resolved",
            "over",
        ])
    });
    let ours = rest
        .first()
        .is_some_and(|t| t.any(&["you", "we", "everything", "all", "finished", "done"]));
    opens.any(&["when", "once"]) && ours && ended && rest.len() <= 4 && !rest.iter().any(|t| t.is("not"))
}

/// "the customer will want to pay", "they may be upset".
fn expects(words: &[Token<'_>]) -> bool {
    let the = usize::from(words.first().is_some_and(|t| t.is("the")));
    let who = words
        .get(the)
        .is_some_and(|t| t.is_customer() || t.any(&["they", "customers", "users"]));
    let may = words.get(the + 1).is_some_and(|t| t.any(&["will", "may", "might"]));
    let feels = words[words.len().min(the + 2)..]
        .iter()
        .find(|t| !t.any(&["probably", "likely", "often", "also", "usually", "then"]))
        .is_some_and(|t| {
            t.any(&[
                "want", "wish", "ask", "like", "expect", "be", "feel", "wonder", "complain",
            ])
        });
    let feels = feels
        && !words
            .iter()
            .any(|t| t.any(&["charged", "refunded", "able", "allowed", "required", "asked"]));
    who && may && feels
}

/// A word by which a case begins: "on Sundays", "for members".
fn opens_case(token: &Token<'_>) -> bool {
    token.any(&["on", "at", "during", "over", "for", "with", "except"])
}

/// People and things that come in kinds.
const KINDS: [&str; 22] = [
    "members",
    "customers",
    "users",
    "guests",
    "clients",
    "subscribers",
    "passengers",
    "patients",
    "students",
    "tenants",
    "drivers",
    "residents",
    "travellers",
    "travelers",
    "holders",
    "visitors",
    "accounts",
    "orders",
    "bookings",
    "tickets",
    "parcels",
    "subscriptions",
];

/// "Silver members" above what is done for them.
pub(super) fn is_kind_of_people(words: &[Token<'_>]) -> bool {
    let named = matches!(words, [_, .., last] if last.any(&KINDS)) && words.len() <= 4;
    let bare = verb_at(words, 0).is_none_or(|v| v.form != Form::Base || v.noun_too);
    named && bare && words.iter().all(|t| t.kind == Kind::Word)
}

/// "Silver members: ask for the receipt": the colon behind the people or things that what follows is for.
pub(super) fn kind_of_people(words: &[Token<'_>]) -> Option<usize> {
    let colon = words.iter().take(5).position(|t| t.mark(':'))?;
    (is_kind_of_people(&words[..colon]) && is_command(&words[colon + 1..])).then_some(colon)
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

/// "if any of the following apply, …": whether one is enough, and what they lead to.
pub(super) fn listed_case<'t, 'a>(words: &'t [Token<'a>]) -> Option<(bool, Cut<'t, 'a>)> {
    let points = |t: &Token<'_>| t.any(&["following", "these", "below", "this"]);
    let idle = |t: &Token<'_>| {
        t.is_mark()
            || points(t)
            || t.any(&[
                "all",
                "any",
                "one",
                "either",
                "both",
                "each",
                "of",
                "the",
                "conditions",
                "criteria",
                "points",
                "things",
                "cases",
                "is",
                "are",
                "true",
                "apply",
                "applies",
                "met",
                "hold",
                "holds",
                "fulfilled",
                "satisfied",
                "at",
                "least",
                "true",
                "case",
                "listed",
            ])
    };
    let cut = cuts(words, true).into_iter().find(|cut| {
        matches!(cut.put, Put::If | Put::Unless)
            && !trimmed(cut.then).is_empty()
            && cut.condition.iter().any(points)
            && cut.condition.iter().all(idle)
    })?;
    let any = cut.condition.iter().any(|t| t.any(&["any", "one", "either"]));
    Some((any, cut))
}

/// "yes", "no": the answer to a question before.
pub(super) fn is_answer(words: &[Token<'_>]) -> bool {
    matches!(trimmed(words), [answer] if answer.any(&["yes", "no"]))
}

/// Words for days and times of day.
pub(super) fn is_time(token: &Token<'_>) -> bool {
    const TIMES: [&str; 6] = ["holiday", "night", "evening", "morning", "hour", "christmas"];
    let low = token.low.strip_suffix('s').unwrap_or(&token.low);
    is_weekday(token) || TIMES.contains(&low)
}

/// "only continue", "only go on with the task".
pub(super) fn only_goes_on(words: &[Token<'_>]) -> bool {
    let words = trimmed(words);
    words.first().is_some_and(|t| t.is("only"))
        && words.len() <= 6
        && words
            .get(1)
            .is_some_and(|t| t.any(&["continue", "proceed", "go", "carry", "move"]))
}
