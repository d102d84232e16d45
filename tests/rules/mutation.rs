//! Samples with one sentence less. Which sentences guard an action is told by the reading; what each of them demands is
//! written in `laws`.

use taskwright_bundle::BundleContent;
use taskwright_commands::catalogue;
use taskwright_domain::{BlockKind, Meaning, Settings, Span};
use taskwright_language::read::read;

/// A sentence that guards an action: where it stands, and its words.
pub(crate) struct Found {
    task: usize,
    block: usize,
    span: Span,
    pub(crate) text: String,
}

/// All rules, and all that asks for a yes.
pub(crate) fn guarding(content: &BundleContent) -> Vec<Found> {
    let mut found = Vec::new();
    for (at, task) in content.tasks.iter().enumerate() {
        let catalogue = catalogue(content, task, &Settings::default());
        for (block, kind) in task.blocks.iter().map(|block| &block.kind).enumerate() {
            let BlockKind::Instructions { text } = kind else {
                continue;
            };
            let reading = read(text, &catalogue);
            let guards = reading
                .sentences
                .into_iter()
                .filter(|sentence| matches!(sentence.meaning, Meaning::Rule | Meaning::Confirm));
            found.extend(guards.map(|sentence| Found {
                task: at,
                block,
                span: sentence.span,
                text: sentence.text,
            }));
        }
    }
    found
}

/// The text without a sentence: its line where nothing else stands on it, and what joins it to the next clause.
fn cut(text: &str, span: Span) -> String {
    let letters: Vec<char> = text.chars().collect();
    let (before, rest) = letters.split_at(span.start as usize);
    let (_, after) = rest.split_at((span.end - span.start) as usize);
    let (before, after): (String, String) = (before.iter().collect(), after.iter().collect());
    let whole = before.trim_end_matches("- ");
    match after.strip_prefix(".\n").or_else(|| after.strip_prefix('.')) {
        Some(after) if whole.is_empty() || whole.ends_with('\n') => format!("{whole}{after}"),
        _ => {
            let joined = after.strip_prefix(", then ");
            format!(
                "{before}{}",
                joined.unwrap_or_else(|| panic!("nothing joins {after:?}"))
            )
        }
    }
}

/// The samples without one sentence; nothing else of the text changes.
pub(crate) fn without(content: &BundleContent, sentence: &str) -> BundleContent {
    let all = guarding(content);
    let said: Vec<&Found> = all.iter().filter(|found| found.text == sentence).collect();
    let &[gone] = said.as_slice() else {
        panic!("{} sentences say {sentence:?}", said.len());
    };
    let mut content = content.clone();
    let BlockKind::Instructions { text } = &mut content.tasks[gone.task].blocks[gone.block].kind else {
        panic!("{sentence:?} stands in no instructions");
    };
    *text = cut(text, gone.span);
    let left: Vec<String> = guarding(&content).into_iter().map(|found| found.text).collect();
    let mut expected: Vec<String> = all.iter().map(|found| found.text.clone()).collect();
    expected.retain(|text| text != sentence);
    assert_eq!(left, expected, "exactly that sentence is gone");
    content
}
