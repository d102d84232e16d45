//! Types, conditions' lengths and blocks in words, for the readable files of a bundle.

use taskwright_domain::{Action, AttributeType, Block, BlockKind, Field};

use crate::BundleContent;

/// Text on one line, with what Markdown would read as structure made harmless.
pub(crate) fn line(text: &str) -> String {
    let joined = text.split_whitespace().collect::<Vec<_>>().join(" ");
    joined.replace('|', "\\|").replace('<', "&lt;")
}

/// Text as a quotation, line by line.
pub(crate) fn quote(text: &str) -> String {
    text.trim()
        .lines()
        .map(|words| format!("> {}\n", line(words)))
        .collect()
}

/// A type as people say it.
pub(crate) fn type_words(kind: &AttributeType) -> String {
    match kind {
        AttributeType::Text => "text".into(),
        AttributeType::Integer => "whole number".into(),
        AttributeType::Decimal => "number".into(),
        AttributeType::Amount => "amount with currency".into(),
        AttributeType::Boolean => "yes or no".into(),
        AttributeType::Date => "date".into(),
        AttributeType::Time => "time of day".into(),
        AttributeType::DateTime => "date and time".into(),
        AttributeType::Email => "e-mail address".into(),
        AttributeType::Phone => "phone number".into(),
        AttributeType::PersonName => "person's name".into(),
        AttributeType::Identifier { pattern: None } => "identifier".into(),
        AttributeType::Identifier { pattern: Some(pattern) } => format!("identifier like `{}`", line(pattern)),
        AttributeType::Choice { options } => format!("one of: {}", line(&options.join(", "))),
        AttributeType::Address => "postal address".into(),
        AttributeType::Place => "place".into(),
        AttributeType::Image => "picture".into(),
        AttributeType::File => "file".into(),
        AttributeType::Object { .. } => "group of fields".into(),
        AttributeType::List { .. } => "list".into(),
    }
}

/// Fields with their paths, those of groups and lists below them: (dotted name, field, path).
pub(crate) fn flat_fields(fields: &[Field]) -> Vec<(String, &Field)> {
    let mut found = Vec::new();
    collect(fields, "", &mut found);
    found
}

fn collect<'a>(fields: &'a [Field], prefix: &str, found: &mut Vec<(String, &'a Field)>) {
    for field in fields {
        let name = format!("{prefix}{}", field.key);
        found.push((name.clone(), field));
        match &field.kind {
            AttributeType::Object { fields } => collect(fields, &format!("{name}."), found),
            AttributeType::List { fields } => collect(fields, &format!("{name}[]."), found),
            _ => {}
        }
    }
}

/// The outline of blocks as a nested list.
pub(crate) fn outline(blocks: &[Block], content: &BundleContent) -> String {
    let mut out = String::new();
    write_outline(blocks, content, 0, &mut out);
    out
}

fn write_outline(blocks: &[Block], content: &BundleContent, depth: usize, out: &mut String) {
    for block in blocks {
        let name = if block.name.is_empty() {
            String::new()
        } else {
            format!(" “{}”", line(&block.name))
        };
        let off = if block.off { " (switched off)" } else { "" };
        push(
            out,
            depth,
            &format!(
                "**{}**{name}{off}{}",
                kind_words(&block.kind),
                detail(&block.kind, content)
            ),
        );
        for (label, blocks) in ways(&block.kind) {
            push(out, depth + 1, &label);
            write_outline(blocks, content, depth + 2, out);
        }
    }
}

fn push(out: &mut String, depth: usize, words: &str) {
    out.push_str(&"  ".repeat(depth));
    out.push_str("- ");
    out.push_str(words);
    out.push('\n');
}

/// The name of a kind of block, as on screen.
pub(crate) fn kind_words(kind: &BlockKind) -> &'static str {
    match kind {
        BlockKind::Instructions { .. } => "Instructions",
        BlockKind::RunAction { .. } => "Run action",
        BlockKind::WaitForWebhook { .. } => "Wait for webhook",
        BlockKind::Message { .. } => "Message",
        BlockKind::Buttons { .. } => "Buttons",
        BlockKind::CollectAttribute { .. } => "Collect attribute",
        BlockKind::SetAttribute { .. } => "Set attribute",
        BlockKind::Branch { .. } => "Branch",
        BlockKind::Note { .. } => "Note",
        BlockKind::Tags { .. } => "Tags",
        BlockKind::HandOff { .. } => "Hand off",
        BlockKind::AskForRating { .. } => "Ask for rating",
        BlockKind::LetAssistantAnswer { .. } => "Let the assistant answer",
        BlockKind::RunTask { .. } => "Run task",
        BlockKind::End { .. } => "End",
    }
}

fn detail(kind: &BlockKind, content: &BundleContent) -> String {
    let words = match kind {
        BlockKind::Instructions { text } => text.lines().find(|words| !words.trim().is_empty()).map(shorten),
        BlockKind::RunAction { action: Some(id), .. } => content
            .actions
            .iter()
            .find(|action| action.id == *id)
            .map(|action| line(&action.name)),
        BlockKind::WaitForWebhook { key, limit, .. } => Some(format!("`{}`, for {limit} at most", line(key))),
        BlockKind::Message { text } | BlockKind::Buttons { text, .. } | BlockKind::Note { text } => {
            Some(shorten(&text.0))
        }
        BlockKind::CollectAttribute { attributes } => Some(line(&attributes.join(", "))),
        BlockKind::SetAttribute { attribute, value } => Some(format!("{} = {}", line(attribute), shorten(&value.0))),
        BlockKind::Tags { add, remove } => Some(line(
            &add.iter()
                .map(|tag| format!("+{tag}"))
                .chain(remove.iter().map(|tag| format!("-{tag}")))
                .collect::<Vec<_>>()
                .join(" "),
        )),
        BlockKind::HandOff { team: Some(id), .. } => content
            .teams
            .iter()
            .find(|team| team.id == *id)
            .map(|team| line(&team.name)),
        BlockKind::RunTask { task: Some(id), .. } => content
            .tasks
            .iter()
            .find(|task| task.id == *id)
            .map(|task| line(&task.title)),
        BlockKind::AskForRating { question } => Some(shorten(&question.0)),
        _ => None,
    };
    words
        .filter(|words| !words.is_empty())
        .map_or(String::new(), |words| format!(": {words}"))
}

fn shorten(words: &str) -> String {
    let words = line(words);
    match words.char_indices().nth(100) {
        Some((at, _)) => format!("{}…", &words[..at]),
        None => words,
    }
}

fn ways(kind: &BlockKind) -> Vec<(String, &[Block])> {
    match kind {
        BlockKind::WaitForWebhook { what_then, .. } if !what_then.is_empty() => {
            vec![("when the time runs out".into(), what_then.as_slice())]
        }
        BlockKind::Buttons { options, .. } => options
            .iter()
            .map(|option| (format!("“{}”", line(&option.label)), option.blocks.as_slice()))
            .collect(),
        BlockKind::Branch { arms, otherwise } => {
            let named = arms.iter().enumerate().map(|(at, arm)| {
                let name = if arm.name.is_empty() {
                    format!("way {}", at + 1)
                } else {
                    line(&arm.name)
                };
                (name, arm.blocks.as_slice())
            });
            named.chain([("otherwise".to_owned(), otherwise.as_slice())]).collect()
        }
        _ => Vec::new(),
    }
}

/// Whether an action has a call of its own.
pub(crate) fn is_connected(action: &Action) -> bool {
    action.request.is_some()
}
