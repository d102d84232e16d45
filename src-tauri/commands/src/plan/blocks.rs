//! The blocks of a task as nodes.

use taskwright_domain::{ActionId, Block, BlockKind, BranchArm, ButtonOption, Catalogue, Reading, Template};
use taskwright_language::read::describe;

use super::steps::{Steps, all_end, branching, finish, plain, running};
use super::words::{action_name, all_the, hand_off, quoted, tags, the};
use super::{PlanKind, PlanNode, PlanRule, PlanWay, PlanWhen};
use crate::check::Checked;

/// Makes the nodes of a task's blocks.
pub(super) struct Blocks<'a> {
    checked: &'a Checked,
    catalogue: &'a Catalogue,
    rules: &'a [PlanRule],
}

fn unless_empty(words: &Template) -> Option<&Template> {
    (!words.0.trim().is_empty()).then_some(words)
}

fn way(when: PlanWhen, words: impl Into<String>, steps: Vec<PlanNode>) -> PlanWay {
    PlanWay {
        span: None,
        when,
        words: words.into(),
        steps,
    }
}

impl<'a> Blocks<'a> {
    pub(super) fn new(checked: &'a Checked, catalogue: &'a Catalogue, rules: &'a [PlanRule]) -> Self {
        Self {
            checked,
            catalogue,
            rules,
        }
    }

    pub(super) fn nodes(&self, blocks: &[Block]) -> Vec<PlanNode> {
        blocks.iter().map(|block| self.node(block)).collect()
    }

    /// What these blocks and those inside listen for, in reading order.
    pub(super) fn listeners(&self, blocks: &[Block]) -> Vec<PlanNode> {
        let mut found = Vec::new();
        for block in blocks {
            if let Some(reading) = self.checked.readings.get(&block.id) {
                let steps = self.steps(block, reading);
                found.extend(reading.listeners.iter().map(|listener| steps.listener(listener)));
            }
            for inside in block.kind.children() {
                found.extend(self.listeners(inside));
            }
            let own = found.iter_mut().filter(|_| block.off);
            own.for_each(|node: &mut PlanNode| node.off |= node.block == block.id);
        }
        found
    }

    fn steps<'s>(&'s self, block: &'s Block, reading: &'s Reading) -> Steps<'s> {
        Steps {
            block: &block.id,
            reading,
            catalogue: self.catalogue,
            rules: self.rules,
        }
    }

    fn node(&self, block: &Block) -> PlanNode {
        let mut node = self.kind_of(block);
        node.name.clone_from(&block.name);
        node.off = block.off;
        node
    }

    fn kind_of(&self, block: &Block) -> PlanNode {
        let catalogue = self.catalogue;
        let node = |kind, words: String| plain(&block.id, None, kind, words);
        match &block.kind {
            BlockKind::Instructions { .. } => self.instructions(block),
            BlockKind::RunAction { action, .. } => self.run_action(block, action.as_ref()),
            BlockKind::WaitForWebhook { limit, what_then, .. } => {
                let words = format!("Waits up to {limit} until another system calls back");
                let late = if what_then.is_empty() {
                    let mut person = node(PlanKind::HandOff, hand_off(None, None, None, catalogue));
                    person.ends = true;
                    vec![person]
                } else {
                    self.nodes(what_then)
                };
                let ways = vec![
                    way(PlanWhen::Condition, "If it calls back", Vec::new()),
                    way(PlanWhen::Otherwise, "If nothing comes in time", late),
                ];
                branching(node(PlanKind::Wait, words), ways)
            }
            BlockKind::Message { text } => {
                let found = node(
                    PlanKind::Inform,
                    format!("Tells the customer {}", quoted(text, catalogue)),
                );
                lacking(found, unless_empty(text).is_none(), "It has no words to say yet.")
            }
            BlockKind::Buttons { text, options } => self.buttons(block, text, options),
            BlockKind::CollectAttribute { attributes } => {
                let found = node(PlanKind::Ask, format!("Asks for {}", all_the(attributes, catalogue)));
                lacking(found, attributes.is_empty(), "It asks for nothing yet.")
            }
            BlockKind::SetAttribute { attribute, value } => {
                let words = format!("Sets {} to {}", the(attribute, catalogue), quoted(value, catalogue));
                lacking(node(PlanKind::Set, words), attribute.is_empty(), "It sets nothing yet.")
            }
            BlockKind::Branch { arms, otherwise } => self.branch(block, arms, otherwise),
            BlockKind::Note { text } => node(PlanKind::Note, format!("Leaves a note {}", quoted(text, catalogue))),
            BlockKind::Tags { add, remove } => node(PlanKind::Tag, tags(add, remove)),
            BlockKind::HandOff { team, words, note } => {
                let words = hand_off(team.as_ref(), unless_empty(words), unless_empty(note), catalogue);
                let mut found = node(PlanKind::HandOff, words);
                found.ends = true;
                found
            }
            BlockKind::AskForRating { question } => {
                let asked = unless_empty(question).map(|question| format!(": {}", quoted(question, catalogue)));
                let words = format!("Asks for a rating from 1 to 5{}", asked.unwrap_or_default());
                node(PlanKind::Rate, words)
            }
            BlockKind::LetAssistantAnswer { idle, .. } => {
                let words = format!("The assistant answers questions until nobody has written for {idle}");
                node(PlanKind::Answer, words)
            }
            BlockKind::RunTask { task, .. } => {
                let title = task
                    .as_ref()
                    .and_then(|id| catalogue.tasks.iter().find(|other| other.id == *id));
                let words = title.map_or_else(
                    || "Runs another task and comes back".to_owned(),
                    |other| format!("Runs the task \u{201c}{}\u{201d} and comes back", other.title),
                );
                lacking(
                    node(PlanKind::RunTask, words),
                    title.is_none(),
                    "No task is chosen yet.",
                )
            }
            BlockKind::End { outcome } => finish(&block.id, None, *outcome),
        }
    }

    fn instructions(&self, block: &Block) -> PlanNode {
        let mut found = plain(&block.id, None, PlanKind::Instructions, "Instructions");
        let Some(reading) = self.checked.readings.get(&block.id) else {
            return found;
        };
        let steps = self.steps(block, reading).nodes(&reading.plan);
        if reading.sentences.is_empty() {
            found.missing = Some("Nothing is written here yet.".to_owned());
        }
        found.ends = all_end(&steps);
        found.ways = vec![way(PlanWhen::Always, "", steps)];
        found
    }

    fn run_action(&self, block: &Block, action: Option<&ActionId>) -> PlanNode {
        let words = action.map_or_else(
            || "Runs an action".to_owned(),
            |id| format!("Runs {}", action_name(id, self.catalogue)),
        );
        let found = plain(&block.id, None, PlanKind::Run, words);
        let known = action.and_then(|id| self.catalogue.action(id));
        lacking(
            running(found, known, self.rules),
            known.is_none(),
            "No action is chosen yet.",
        )
    }

    fn buttons(&self, block: &Block, text: &Template, options: &[ButtonOption]) -> PlanNode {
        let words = match unless_empty(text) {
            Some(text) => format!("Asks {} with buttons", quoted(text, self.catalogue)),
            None => "Offers buttons".to_owned(),
        };
        let ways = options.iter().map(|option| {
            let label = format!("If the customer chooses \u{201c}{}\u{201d}", option.label);
            way(PlanWhen::Answer, label, self.nodes(&option.blocks))
        });
        let found = branching(plain(&block.id, None, PlanKind::Buttons, words), ways.collect());
        lacking(found, options.is_empty(), "It has no buttons yet.")
    }

    fn branch(&self, block: &Block, arms: &[BranchArm], otherwise: &[Block]) -> PlanNode {
        let mut ways: Vec<_> = arms
            .iter()
            .map(|arm| {
                let words = match &arm.condition {
                    Some(condition) => format!("If {}", describe(condition, self.catalogue)),
                    None => "Never: it has no condition yet".to_owned(),
                };
                let named = if arm.name.is_empty() {
                    words
                } else {
                    format!("{} \u{2013} {words}", arm.name)
                };
                way(PlanWhen::Condition, named, self.nodes(&arm.blocks))
            })
            .collect();
        ways.push(way(PlanWhen::Otherwise, "Otherwise", self.nodes(otherwise)));
        let found = plain(&block.id, None, PlanKind::Check, "Goes one way or the other");
        let undecided = arms.iter().any(|arm| arm.condition.is_none());
        lacking(
            branching(found, ways),
            undecided,
            "A way has no condition yet, so it is never taken.",
        )
    }
}

fn lacking(mut node: PlanNode, lacks: bool, what: &str) -> PlanNode {
    if lacks {
        node.missing = Some(what.to_owned());
    }
    node
}
