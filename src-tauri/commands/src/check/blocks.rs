//! What blocks lack, and what they refer to that is not there.

use taskwright_domain::{
    Block, BlockKind, Catalogue, Condition, Place, Problem, ProblemCode, Severity, Task, Template, key_for,
};

use super::problem;

/// Looks one block through, without those it holds.
pub(super) fn check(block: &Block, task: &Task, catalogue: &Catalogue) -> Vec<Problem> {
    let mut found = Found {
        block,
        catalogue,
        problems: Vec::new(),
    };
    found.look(task);
    found.problems
}

struct Found<'a> {
    block: &'a Block,
    catalogue: &'a Catalogue,
    problems: Vec<Problem>,
}

impl Found<'_> {
    fn add(&mut self, code: ProblemCode, field: &str, message: impl Into<String>) {
        let place = Place {
            block: Some(self.block.id.clone()),
            field: Some(field.to_owned()),
            ..Place::default()
        };
        self.problems
            .push(problem(code, Severity::Blocks, place, message.into()));
    }

    fn lacks(&mut self, field: &str, message: &str) {
        self.add(ProblemCode::IncompleteBlock, field, message);
    }

    fn look(&mut self, task: &Task) {
        let kind = &self.block.kind;
        match kind {
            BlockKind::Instructions { .. } | BlockKind::End { .. } => {}
            BlockKind::RunAction { action, inputs } => {
                match action {
                    None => self.lacks("/action", "No action is chosen."),
                    Some(id) if self.catalogue.action(id).is_none() => {
                        self.add(
                            ProblemCode::Dangling,
                            "/action",
                            "The action was deleted. Choose another.",
                        );
                    }
                    Some(_) => {}
                }
                inputs.values().for_each(|words| self.words(words, "/inputs"));
            }
            BlockKind::WaitForWebhook {
                key, fields, example, ..
            } => {
                self.webhook(key, fields.is_empty(), example.is_null());
                for (index, fault) in super::paths(fields) {
                    self.lacks(&format!("/fields/{index}/path"), &fault);
                }
            }
            BlockKind::Message { text } => self.said(text, "The message has no words."),
            BlockKind::Buttons { text, options } => {
                self.words(text, "/text");
                if options.is_empty() {
                    self.lacks("/options", "There is no button to press.");
                }
                if options.iter().any(|option| option.label.trim().is_empty()) {
                    self.lacks("/options", "A button has no words.");
                }
            }
            BlockKind::CollectAttribute { attributes } => {
                if attributes.is_empty() {
                    self.lacks("/attributes", "No attribute is chosen.");
                }
                attributes.iter().for_each(|key| self.reference(key, "/attributes"));
            }
            BlockKind::SetAttribute { attribute, value } => {
                match attribute.as_str() {
                    "" => self.lacks("/attribute", "No attribute is chosen."),
                    key => self.reference(key, "/attribute"),
                }
                self.words(value, "/value");
            }
            BlockKind::Branch { arms, .. } => {
                if arms.is_empty() {
                    self.lacks("/arms", "The branch has no way to go but Otherwise.");
                }
                arms.iter().for_each(|arm| self.condition(arm.condition.as_ref()));
            }
            BlockKind::Note { text } => self.said(text, "The note has no words."),
            BlockKind::Tags { add, remove } => {
                if add.is_empty() && remove.is_empty() {
                    self.lacks("/add", "No tag is named.");
                }
            }
            BlockKind::HandOff { team, words, note } => {
                if team.as_ref().is_some_and(|id| self.catalogue.team(id).is_none()) {
                    self.add(ProblemCode::Dangling, "/team", "The team was deleted. Choose another.");
                }
                self.words(words, "/words");
                self.words(note, "/note");
            }
            BlockKind::AskForRating { question } => self.words(question, "/question"),
            BlockKind::LetAssistantAnswer { follow_up, .. } => self.words(follow_up, "/follow_up"),
            BlockKind::RunTask { task: part, inputs, .. } => {
                match part {
                    None => self.lacks("/task", "No task is chosen."),
                    Some(id) if *id == task.id => {
                        self.add(ProblemCode::Dangling, "/task", "A task cannot run itself.");
                    }
                    Some(id) if self.catalogue.tasks.iter().all(|known| known.id != *id) => {
                        self.add(ProblemCode::Dangling, "/task", "The task was deleted. Choose another.");
                    }
                    Some(_) => {}
                }
                inputs.values().for_each(|words| self.words(words, "/inputs"));
            }
        }
    }

    fn webhook(&mut self, key: &str, no_fields: bool, no_example: bool) {
        if key.is_empty() || key != key_for(key) {
            let message = format!("\"{key}\" is no key. Use small letters, digits and _.");
            self.add(ProblemCode::BadKey, "/key", message);
        }
        let twins = self.catalogue.webhooks.iter().filter(|webhook| webhook.key == key);
        if twins.count() > 1 {
            let message = format!("Two steps wait for \"{key}\". Give one of them another key.");
            self.add(ProblemCode::Duplicate, "/key", message);
        }
        if no_example {
            self.lacks("/example", "There is no example of what the other system sends.");
        } else if no_fields {
            self.lacks(
                "/fields",
                "Nothing of what the other system sends is kept. Choose fields of the example.",
            );
        }
    }

    fn said(&mut self, text: &Template, message: &str) {
        if text.0.trim().is_empty() {
            self.lacks("/text", message);
        }
        self.words(text, "/text");
    }

    fn words(&mut self, words: &Template, field: &str) {
        let unknown: Vec<_> = words
            .references()
            .filter(|reference| self.catalogue.resolve(reference).is_none())
            .map(str::to_owned)
            .collect();
        unknown.iter().for_each(|reference| self.unknown(reference, field));
    }

    fn reference(&mut self, reference: &str, field: &str) {
        if self.catalogue.resolve(reference).is_none() {
            self.unknown(reference, field);
        }
    }

    fn unknown(&mut self, reference: &str, field: &str) {
        let message = format!("Nothing is called \"{{{reference}}}\". Choose a value from the list.");
        self.add(ProblemCode::UnknownReference, field, message);
    }

    fn condition(&mut self, condition: Option<&Condition>) {
        let Some(condition) = condition else {
            self.lacks("/arms", "A way of the branch has no condition, so it is never taken.");
            return;
        };
        for reference in condition.references() {
            self.reference(reference, "/arms");
        }
    }
}
