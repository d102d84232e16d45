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

/// All rules, and all sentences of their own that ask for a yes.
pub(crate) fn guarding(content: &BundleContent) -> Vec<Found> {
    let mut found = Vec::new();
    for (at, task) in content.tasks.iter().enumerate() {
        let catalogue = catalogue(content, task, &Settings::default());
        for (block, kind) in task.blocks.iter().map(|block| &block.kind).enumerate() {
            let BlockKind::Instructions { text } = kind else {
                continue;
            };
            let reading = read(text, &catalogue);
            let guards = reading.sentences.into_iter().filter(|sentence| match sentence.meaning {
                Meaning::Rule => true,
                Meaning::Confirm => is_whole(text, sentence.span),
                _ => false,
            });
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

/// Whether nothing else stands on the line.
fn is_whole(text: &str, span: Span) -> bool {
    let (before, after) = around(text, span);
    before.trim_start_matches("- ").is_empty() && after.trim_end_matches('.').is_empty()
}

/// What stands before and after on the lines of a span.
fn around(text: &str, span: Span) -> (String, String) {
    let letters: Vec<char> = text.chars().collect();
    let (before, rest) = letters.split_at(span.start as usize);
    let after = &rest[(span.end - span.start) as usize..];
    let before = before.iter().rev().take_while(|letter| **letter != '\n');
    let after = after.iter().take_while(|letter| **letter != '\n');
    let before: Vec<char> = before.copied().collect();
    (before.into_iter().rev().collect(), after.collect())
}

/// The samples without one sentence; nothing else of the text changes.
pub(crate) fn without(content: &BundleContent, sentence: &str) -> BundleContent {
    let all = guarding(content);
    let [gone] = all
        .iter()
        .filter(|found| found.text == sentence)
        .collect::<Vec<_>>()
        .try_into()
        .unwrap_or_else(|found: Vec<_>| panic!("{} sentences say {sentence:?}", found.len()));
    let mut content = content.clone();
    let block = &mut content.tasks[gone.task].blocks[gone.block];
    let BlockKind::Instructions { text } = &mut block.kind else {
        panic!("the sentence stands in no instructions");
    };
    assert!(is_whole(text, gone.span), "{sentence:?} shares its line");
    let line = text
        .chars()
        .take(gone.span.start as usize)
        .filter(|letter| *letter == '\n')
        .count();
    let kept: Vec<&str> = text
        .lines()
        .enumerate()
        .filter(|(at, _)| *at != line)
        .map(|(_, line)| line)
        .collect();
    *text = kept.join("\n");
    let left: Vec<String> = guarding(&content).into_iter().map(|found| found.text).collect();
    let expected: Vec<String> = all
        .iter()
        .map(|found| found.text.clone())
        .filter(|text| text != sentence)
        .collect();
    assert_eq!(left, expected, "exactly that sentence is gone");
    content
}
