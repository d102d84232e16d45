//! The page inside a bundle that says what it holds.

use std::fmt::Write;

use taskwright_domain::Action;

use crate::BundleContent;

pub(crate) fn of(content: &BundleContent) -> String {
    let mut page = format!("# {}\n\n", content.name);
    if !content.description.is_empty() {
        let _ = writeln!(page, "{}\n", content.description);
    }
    page.push_str(
        "A task bundle for Taskwright. `taskwright check` shows its problems, `taskwright chat` rehearses it.\n",
    );
    for task in &content.tasks {
        let _ = write!(page, "\n## {}\n\n{}\n", task.title, task.description);
    }
    if !content.actions.is_empty() {
        page.push_str("\n## Actions\n");
        content.actions.iter().for_each(|action| of_action(&mut page, action));
    }
    page
}

fn of_action(page: &mut String, action: &Action) {
    let changes = if action.changes_data { " (changes data)" } else { "" };
    let connected = if action.request.is_some() {
        ""
    } else {
        " Not connected yet."
    };
    let needs: Vec<_> = action
        .inputs
        .iter()
        .map(taskwright_domain::ActionInput::label)
        .collect();
    let gives: Vec<_> = action.outputs.iter().map(taskwright_domain::Field::label).collect();
    let _ = writeln!(
        page,
        "\n- **{}**{changes}: {}{connected}",
        action.name, action.description
    );
    let _ = writeln!(page, "  - needs: {}\n  - gives: {}", list(&needs), list(&gives));
}

fn list(names: &[String]) -> String {
    if names.is_empty() {
        "nothing".to_owned()
    } else {
        names.join(", ")
    }
}
