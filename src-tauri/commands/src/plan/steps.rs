//! The steps of a reading as nodes.

use taskwright_domain::{
    Action, ActionId, Among, Arm, BlockId, Catalogue, Condition, Listener, Meaning, Outcome, Reading, Sentence, Span,
    Step, StepKind,
};
use taskwright_language::read::describe;

use super::words::{action_name, all_the, capital, hand_off, outcome_words, quoted, tags, the, value};
use super::{PlanKind, PlanNode, PlanRule, PlanWay, PlanWhen};

/// Makes the nodes of one block's plan.
pub(super) struct Steps<'a> {
    pub(super) block: &'a BlockId,
    pub(super) reading: &'a Reading,
    pub(super) catalogue: &'a Catalogue,
    pub(super) rules: &'a [PlanRule],
}

/// A node without anything special about it.
pub(super) fn plain(block: &BlockId, span: Option<Span>, kind: PlanKind, words: impl Into<String>) -> PlanNode {
    PlanNode {
        block: block.clone(),
        span,
        kind,
        name: String::new(),
        words: words.into(),
        changes_data: false,
        guards: Vec::new(),
        missing: None,
        off: false,
        ends: false,
        ways: Vec::new(),
    }
}

/// Whether nothing comes after these.
pub(super) fn all_end(nodes: &[PlanNode]) -> bool {
    nodes.iter().any(|node| node.ends && !node.off)
}

/// A node that goes several ways ends where each of them does.
pub(super) fn branching(mut node: PlanNode, ways: Vec<PlanWay>) -> PlanNode {
    node.ends = !ways.is_empty() && ways.iter().all(|way| all_end(&way.steps));
    node.ways = ways;
    node
}

/// An action's node, with what guards it.
pub(super) fn running(mut node: PlanNode, action: Option<&Action>, rules: &[PlanRule]) -> PlanNode {
    if let Some(action) = action {
        node.changes_data = action.changes_data;
        let guarding = rules.iter().filter(|rule| rule.actions.contains(&action.id));
        node.guards = guarding.map(|rule| rule.words.clone()).collect();
    }
    node
}

impl Steps<'_> {
    pub(super) fn nodes(&self, steps: &[Step]) -> Vec<PlanNode> {
        steps.iter().map(|step| self.node(step)).collect()
    }

    fn node(&self, step: &Step) -> PlanNode {
        let catalogue = self.catalogue;
        match &step.kind {
            StepKind::Need { attributes } => {
                let words = format!("Needs {}", all_the(attributes, catalogue));
                self.plain(step, PlanKind::Need, words)
            }
            StepKind::Ask {
                attribute,
                question,
                preface,
                again,
                among,
            } => {
                let said = [preface.as_ref(), question.as_ref()].into_iter().flatten();
                let said: Vec<_> = said.map(|words| quoted(words, catalogue)).collect();
                let mut words = format!("Asks for {}", the(attribute, catalogue));
                if *again {
                    words.push_str(" again");
                }
                words.push_str(&among_words(among.as_ref(), catalogue));
                if !said.is_empty() {
                    words.push_str(&format!(": {}", said.join(" ")));
                }
                self.plain(step, PlanKind::Ask, words)
            }
            StepKind::Run { action, inputs } => {
                let labels = inputs.iter().map(|(key, operand)| {
                    let label = self.input_label(action, key);
                    format!("{label}: {}", value(operand, catalogue))
                });
                let labels: Vec<_> = labels.collect();
                let mut words = format!("Runs {}", action_name(action, catalogue));
                if !labels.is_empty() {
                    words.push_str(&format!(" ({})", labels.join("; ")));
                }
                running(
                    self.plain(step, PlanKind::Run, words),
                    catalogue.action(action),
                    self.rules,
                )
            }
            StepKind::RunTask { task } => {
                let title = catalogue.tasks.iter().find(|other| other.id == *task);
                let title = title.map_or("another task", |other| &other.title);
                self.plain(
                    step,
                    PlanKind::RunTask,
                    format!("Runs the task \u{201c}{title}\u{201d} and comes back"),
                )
            }
            StepKind::Set { attribute, value: to } => {
                let words = format!("Sets {} to {}", the(attribute, catalogue), value(to, catalogue));
                self.plain(step, PlanKind::Set, words)
            }
            StepKind::Classify { attribute, from } => {
                let what = from
                    .as_ref()
                    .map_or_else(|| "what the customer said".to_owned(), |from| the(from, catalogue));
                let words = format!("Sorts {what} into {}", the(attribute, catalogue));
                self.plain(step, PlanKind::Classify, words)
            }
            StepKind::Check { arms, otherwise } => self.check(step, arms, otherwise),
            StepKind::Confirm {
                question,
                action,
                declined,
            } => {
                let mut words = "Asks for a yes".to_owned();
                if let Some(action) = action {
                    words.push_str(&format!(" before {}", action_name(action, catalogue)));
                }
                if let Some(question) = question {
                    words.push_str(&format!(": {}", quoted(question, catalogue)));
                }
                branching(self.plain(step, PlanKind::Confirm, words), self.answers(declined))
            }
            StepKind::Inform { words } => {
                let words = format!("Tells the customer {}", quoted(words, catalogue));
                self.plain(step, PlanKind::Inform, words)
            }
            StepKind::Repeat { steps, at_most, until } => self.repeat(step, steps, *at_most, until.as_ref()),
            StepKind::Jump { to, at_most } => {
                let mut node = self.plain(step, PlanKind::Jump, self.jump_words(*to, *at_most));
                node.ends = true;
                node
            }
            StepKind::HandOff { team, words, note } => {
                let words = hand_off(team.as_ref(), words.as_ref(), note.as_ref(), catalogue);
                let mut node = self.plain(step, PlanKind::HandOff, words);
                node.ends = true;
                node
            }
            StepKind::Tag { add, remove } => self.plain(step, PlanKind::Tag, tags(add, remove)),
            StepKind::Note { text } => self.plain(
                step,
                PlanKind::Note,
                format!("Leaves a note {}", quoted(text, catalogue)),
            ),
            StepKind::Wait { key, limit } => {
                let named = catalogue.webhooks.iter().find(|webhook| webhook.key == *key);
                let name = named
                    .map(|webhook| webhook.name.clone())
                    .filter(|name| !name.is_empty());
                let name = name.unwrap_or_else(|| taskwright_domain::key_in_words(key));
                let limit = limit.map_or_else(String::new, |limit| format!("up to {limit} "));
                self.plain(step, PlanKind::Wait, format!("Waits {limit}for \u{201c}{name}\u{201d}"))
            }
            StepKind::Finish { outcome } => finish(self.block, Some(step.span), *outcome),
            StepKind::Unclear { text } => self.unclear(step, text),
        }
    }

    /// What is listened for, with what it leads to inside. The run goes on behind it unless the steps end it.
    pub(super) fn listener(&self, listener: &Listener) -> PlanNode {
        let sentence =
            self.sentences(|meaning| !matches!(meaning, Meaning::Listen { mentions } if mentions.is_empty()));
        let words = sentence
            .into_iter()
            .find(|sentence| sentence.span == listener.span)
            .map_or_else(|| listener.text.clone(), |sentence| sentence.words.clone());
        let mut node = plain(self.block, Some(listener.span), PlanKind::Listen, words);
        node.missing = self.left_open(listener);
        let steps = self.nodes(&listener.steps);
        node.ends = all_end(&steps);
        node.ways = vec![PlanWay {
            span: None,
            when: PlanWhen::Always,
            words: String::new(),
            steps,
        }];
        node
    }

    fn sentences(&self, fits: impl Fn(&Meaning) -> bool) -> Vec<&Sentence> {
        let sentences = self.reading.sentences.iter();
        sentences.filter(|sentence| fits(&sentence.meaning)).collect()
    }

    /// What stands behind the words of a listener and names none: the other words are listened for.
    fn left_open(&self, listener: &Listener) -> Option<String> {
        let before = |at: u32| {
            let listeners = self.reading.listeners.iter().filter(|other| other.span.start <= at);
            listeners.max_by_key(|other| other.span.start)
        };
        let open = self.sentences(|meaning| matches!(meaning, Meaning::Listen { mentions } if mentions.is_empty()));
        let own = open
            .into_iter()
            .filter(|open| before(open.span.start).is_some_and(|nearest| nearest.span == listener.span))
            .filter(|open| !stops_at(&self.reading.plan, open.span));
        let words: Vec<_> = own.map(|open| format!("{}.", open.words)).collect();
        (!words.is_empty()).then(|| words.join(" "))
    }

    fn plain(&self, step: &Step, kind: PlanKind, words: impl Into<String>) -> PlanNode {
        plain(self.block, Some(step.span), kind, words)
    }

    fn input_label(&self, action: &ActionId, key: &str) -> String {
        let action = self.catalogue.action(action);
        let input = action.and_then(|action| action.inputs.iter().find(|input| input.key == key));
        input.map_or_else(
            || taskwright_domain::key_in_words(key),
            taskwright_domain::ActionInput::label,
        )
    }

    fn check(&self, step: &Step, arms: &[Arm], otherwise: &[Step]) -> PlanNode {
        let mut ways: Vec<_> = arms
            .iter()
            .map(|arm| PlanWay {
                span: Some(arm.span),
                when: PlanWhen::Condition,
                words: format!("If {}", describe(&arm.condition, self.catalogue)),
                steps: self.nodes(&arm.steps),
            })
            .collect();
        ways.push(PlanWay {
            span: None,
            when: PlanWhen::Otherwise,
            words: "Otherwise".to_owned(),
            steps: self.nodes(otherwise),
        });
        branching(self.plain(step, PlanKind::Check, "Goes one way or the other"), ways)
    }

    /// A yes goes on; a no does what was written for it, or ends the task.
    fn answers(&self, declined: &[Step]) -> Vec<PlanWay> {
        let declined = if declined.is_empty() {
            vec![finish(self.block, None, Outcome::Cancelled)]
        } else {
            self.nodes(declined)
        };
        let way = |words: &str, steps| PlanWay {
            span: None,
            when: PlanWhen::Answer,
            words: words.to_owned(),
            steps,
        };
        vec![
            way("If the customer says yes", Vec::new()),
            way("If the customer says no", declined),
        ]
    }

    fn repeat(&self, step: &Step, steps: &[Step], at_most: u32, until: Option<&Condition>) -> PlanNode {
        let until = until.map(|until| format!(", until {}", describe(until, self.catalogue)));
        let words = format!("Repeats at most {at_most} times{}", until.unwrap_or_default());
        let way = PlanWay {
            span: None,
            when: PlanWhen::Repeat,
            words: String::new(),
            steps: self.nodes(steps),
        };
        // The bound is always there, so a repetition goes on behind it.
        let mut node = self.plain(step, PlanKind::Repeat, words);
        node.ways = vec![way];
        node
    }

    fn jump_words(&self, to: u32, at_most: u32) -> String {
        let sentence = self.reading.sentences.iter().find(|sentence| sentence.span.start == to);
        let there = sentence.map_or_else(
            || "an earlier step".to_owned(),
            |sentence| format!("\u{201c}{}\u{201d}", capital(&sentence.text)),
        );
        let times = if at_most == 1 {
            "once".to_owned()
        } else {
            format!("{at_most} times")
        };
        format!("Goes to {there}, at most {times}")
    }

    /// A sentence that a run cannot follow, with the reason and, where its kind is clear, what it is for.
    fn unclear(&self, step: &Step, text: &str) -> PlanNode {
        let sentence = self
            .reading
            .sentences
            .iter()
            .find(|sentence| sentence.span == step.span);
        let words = match sentence {
            Some(sentence) if sentence.incomplete => sentence.words.replace('*', ""),
            _ => format!("Not understood: \u{201c}{text}\u{201d}"),
        };
        let problems = self.reading.problems.iter().filter(|problem| {
            let span = problem.place.span;
            span.is_some_and(|span| span.start < step.span.end && step.span.start < span.end)
        });
        let messages: Vec<_> = problems.map(|problem| problem.message.replace('*', "")).collect();
        let mut node = self.plain(step, PlanKind::Unclear, words);
        node.missing = Some(if messages.is_empty() {
            "A conversation that reaches this offers a person.".to_owned()
        } else {
            messages.join(" ")
        });
        node.ends = true;
        node
    }
}

/// Whether a run stops for a person at these words.
fn stops_at(steps: &[Step], words: Span) -> bool {
    steps.iter().any(|step| match &step.kind {
        StepKind::Unclear { .. } => step.span.covers(words),
        StepKind::Check { arms, otherwise } => {
            arms.iter().any(|arm| stops_at(&arm.steps, words)) || stops_at(otherwise, words)
        }
        StepKind::Confirm { declined, .. } => stops_at(declined, words),
        StepKind::Repeat { steps, .. } => stops_at(steps, words),
        _ => false,
    })
}

pub(super) fn finish(block: &BlockId, span: Option<Span>, outcome: Outcome) -> PlanNode {
    let words = format!("Ends the task: {}", outcome_words(outcome));
    let mut node = plain(block, span, PlanKind::Finish, words);
    node.ends = true;
    node
}

/// What of a list may be picked: ", the first 3, its doctor is the appointment's doctor, one after the other".
fn among_words(among: Option<&Among>, catalogue: &Catalogue) -> String {
    let Some(among) = among else { return String::new() };
    let first = among.at_most.map(|most| format!("the first {most}"));
    let part = among
        .part
        .as_ref()
        .map(|part| format!("where {}", describe(part, catalogue)));
    let each = among.each.then(|| "one after the other".to_owned());
    let said: Vec<_> = [first, part, each].into_iter().flatten().collect();
    if said.is_empty() {
        String::new()
    } else {
        format!(" ({})", said.join(", "))
    }
}
