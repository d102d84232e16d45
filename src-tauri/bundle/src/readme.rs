//! `README.md`: what a bundle holds, for whoever opens it without Taskwright.

use taskwright_domain::{Action, Task};

use crate::BundleContent;
use crate::words::{is_connected, line, outline, quote, type_words};

/// The text of the file.
pub(crate) fn readme(content: &BundleContent) -> String {
    let mut out = format!("# {}\n\n", title(&content.name, "Bundle"));
    if !content.description.trim().is_empty() {
        out.push_str(&format!("{}\n\n", content.description.trim()));
    }
    out.push_str("A bundle of customer-service tasks made with Taskwright. ");
    out.push_str(&format!("It holds {}.\n", counts(content)));
    section(
        &mut out,
        "Tasks",
        content.tasks.iter().map(|task| task_words(task, content)),
    );
    section(
        &mut out,
        "Workflows",
        content
            .workflows
            .iter()
            .map(|workflow| task_words(&workflow.as_task(), content)),
    );
    section(&mut out, "Actions", content.actions.iter().map(action_words));
    section(&mut out, "Attributes", [attributes(content)]);
    section(&mut out, "Teams", [teams(content)]);
    section(&mut out, "Articles", [articles(content)]);
    section(&mut out, "Not connected yet", [not_connected(content)]);
    out.push_str(&how_to_import(content));
    out
}

fn title(name: &str, fallback: &str) -> String {
    let name = line(name);
    if name.is_empty() { fallback.to_owned() } else { name }
}

fn section(out: &mut String, heading: &str, parts: impl IntoIterator<Item = String>) {
    let text: String = parts.into_iter().collect();
    if !text.is_empty() {
        out.push_str(&format!("\n## {heading}\n\n{}\n", text.trim_end()));
    }
}

fn counts(content: &BundleContent) -> String {
    let counts = [
        (content.tasks.len(), "task"),
        (content.workflows.len(), "workflow"),
        (content.actions.len(), "action"),
        (content.attributes.len(), "attribute"),
        (content.teams.len(), "team"),
        (content.articles.len(), "article"),
        (content.conversations.len(), "scripted conversation"),
    ];
    let words: Vec<_> = counts
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, noun)| format!("{count} {noun}{}", if count == 1 { "" } else { "s" }))
        .collect();
    if words.is_empty() {
        "nothing yet".to_owned()
    } else {
        words.join(", ")
    }
}

fn task_words(task: &Task, content: &BundleContent) -> String {
    let mut out = format!("### {}\n\n", title(&task.title, "Untitled task"));
    if !task.description.trim().is_empty() {
        out.push_str(&format!("{}\n", quote(&task.description)));
    }
    let examples: String = task
        .examples
        .iter()
        .map(|words| format!("- “{}”\n", line(words)))
        .collect();
    if !examples.is_empty() {
        out.push_str(&format!("Messages that start it:\n\n{examples}\n"));
    }
    let steps = outline(&task.blocks, content);
    if !steps.is_empty() {
        out.push_str(&format!("{steps}\n"));
    }
    out
}

fn action_words(action: &Action) -> String {
    let mut out = format!(
        "### {} (`{}`)\n\n",
        title(&action.name, "Unnamed action"),
        line(&action.key)
    );
    if !action.description.trim().is_empty() {
        out.push_str(&format!("{}\n\n", line(&action.description)));
    }
    let inputs: Vec<_> = action
        .inputs
        .iter()
        .map(|input| format!("`{}` ({})", line(&input.key), type_words(&input.kind)))
        .collect();
    let outputs: Vec<_> = action
        .outputs
        .iter()
        .map(|field| format!("`{}` ({})", line(&field.key), type_words(&field.kind)))
        .collect();
    out.push_str(&format!(
        "- Needs: {}\n- Gives: {}\n",
        listed(&inputs),
        listed(&outputs)
    ));
    if action.changes_data {
        out.push_str("- Changes data\n");
    }
    if !is_connected(action) {
        out.push_str("- Not connected yet\n");
    }
    out.push('\n');
    out
}

fn listed(words: &[String]) -> String {
    if words.is_empty() {
        "nothing".to_owned()
    } else {
        words.join(", ")
    }
}

fn attributes(content: &BundleContent) -> String {
    let item = |attribute: &taskwright_domain::Attribute| {
        format!(
            "- `{}` {} ({})\n",
            line(&attribute.key),
            line(&attribute.name),
            type_words(&attribute.kind)
        )
    };
    content.attributes.iter().map(item).collect()
}

fn teams(content: &BundleContent) -> String {
    let item = |team: &taskwright_domain::Team| match line(&team.description) {
        words if words.is_empty() => format!("- {}\n", line(&team.name)),
        words => format!("- {}: {words}\n", line(&team.name)),
    };
    content.teams.iter().map(item).collect()
}

fn articles(content: &BundleContent) -> String {
    content
        .articles
        .iter()
        .map(|article| format!("- {}\n", title(&article.title, "Untitled article")))
        .collect()
}

fn not_connected(content: &BundleContent) -> String {
    let names: String = content
        .actions
        .iter()
        .filter(|action| !is_connected(action))
        .map(|action| {
            format!(
                "- {} (`{}`)\n",
                title(&action.name, "Unnamed action"),
                line(&action.key)
            )
        })
        .collect();
    if names.is_empty() {
        return names;
    }
    format!(
        "These actions answer with their samples in the preview and call no system yet. `connection-sheet.md` says what \
         engineers need to know.\n\n{names}"
    )
}

fn how_to_import(content: &BundleContent) -> String {
    let mut out = "\n## How to import\n\n\
         In Taskwright choose *Import* and this file or folder: you see what is new, changed or in conflict before anything is \
         written, and can undo it as one step. In a terminal: `taskwright import FILE`; `taskwright verify FILE` checks it, \
         `taskwright unpack FILE DIR` and `taskwright pack DIR FILE` turn file into folder and back.\n\n\
         No secrets, hosts or environments are in here."
        .to_owned();
    if !content.actions.is_empty() {
        out.push_str(
            " An imported action answers with its samples only, until its host and its secrets are confirmed.",
        );
    }
    out.push_str("\n\nThe shape of every JSON file is described in `schemas/`.\n");
    out
}
