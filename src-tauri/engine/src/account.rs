//! An account of the conversation for texts that an action needs and nobody gives: a ticket's subject and description.

use taskwright_domain::{ActionInput, AttributeType, Source, Value};

use crate::machine::Machine;
use crate::plain::one_line;

/// A subject is cut to so many characters.
const SUBJECT_AT_MOST: usize = 100;

const LONG: [&str; 9] = [
    "description",
    "details",
    "text",
    "comment",
    "message",
    "note",
    "notes",
    "body",
    "content",
];

/// Whether a text of this name tells of the conversation.
pub(crate) fn is_account(kind: &AttributeType, label: &str) -> bool {
    *kind == AttributeType::Text && (is_short(label) || has(label, &LONG))
}

fn is_short(label: &str) -> bool {
    has(label, &["subject", "title", "summary", "headline"])
}

fn has(label: &str, words: &[&str]) -> bool {
    let label = label.to_lowercase();
    label.split(' ').next_back().is_some_and(|last| words.contains(&last))
}

impl Machine<'_> {
    /// The account that fills an input, and whose words it holds; `None` where its name asks for something else.
    pub(crate) fn account(&self, input: &ActionInput) -> Option<(Value, Source)> {
        let label = input.label();
        if !is_account(&input.kind, &label) {
            return None;
        }
        let title = self.run().map(|run| run.title.clone())?;
        if is_short(&label) {
            let subject = Value::Text(title.chars().take(SUBJECT_AT_MOST).collect());
            return Some((subject, Source::Author));
        }
        let mut lines = vec![title];
        lines.extend(self.values_told());
        Some((Value::Text(lines.join("\n")), Source::Customer))
    }

    /// What the customer gave, a line each; sensitive values are masked.
    fn values_told(&self) -> Vec<String> {
        let (Some(run), Some(compiled)) = (self.run(), self.compiled()) else {
            return Vec::new();
        };
        let given = run.values.iter().filter(|(_, known)| known.source == Source::Customer);
        given
            .map(|(key, known)| {
                let label = taskwright_language::wording::sentence_start(&self.label(&compiled, key));
                format!("{label}: {}", one_line(&self.format_as(&compiled, key, &known.value)))
            })
            .collect()
    }
}
