//! What if a system fails? A table of a task's conversations against each action and each wait failing in each way.

use std::path::Path;

use taskwright_commands::sweep::{Fault, Sweep, SweepRow, SweepTable};
use taskwright_domain::Settings;

use crate::{Failure, content_of};

/// Prints a table for each task; fails where something is done twice, against a rule, or without a word.
pub(crate) fn sweep(bundle: &Path, task: Option<&str>, json: bool) -> Result<(), Failure> {
    let content = content_of(bundle)?;
    let titles: Vec<_> = match task {
        Some(task) => vec![task.to_owned()],
        None => content.tasks.iter().map(|task| task.title.clone()).collect(),
    };
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .build()
        .map_err(Failure::found)?;
    let mut findings = 0;
    for title in titles {
        let swept = Sweep::of(&content, &title, Settings::default(), Vec::new()).map_err(Failure::used_wrongly)?;
        let table = runtime.block_on(swept.table()).map_err(Failure::found)?;
        findings += table.rows.iter().filter(|row| row.verdict.is_finding()).count();
        if json {
            println!("{}", serde_json::to_string(&table).map_err(Failure::found)?);
        } else {
            print(&table);
        }
    }
    match findings {
        0 => Ok(()),
        count => Err(Failure::found(format!("{count} to look at"))),
    }
}

fn print(table: &SweepTable) {
    println!("{} ({} conversations)", table.task, table.conversations);
    let mut system = "";
    for row in &table.rows {
        if row.target.name() != system {
            system = row.target.name();
            println!("\n  {system}");
        }
        println!(
            "    {:<26} {:<18} {}",
            row.fault.words(),
            row.verdict.words(),
            in_short(row)
        );
    }
    println!();
}

fn in_short(row: &SweepRow) -> String {
    let said = row.said.first().map(|text| format!("\"{}\"", text.replace('\n', " ")));
    let done = row.done.iter().map(|done| format!("{} {}x", done.action, done.times));
    let parts = said.into_iter().chain(row.logged.first().cloned());
    let mut words: Vec<_> = parts.collect();
    if row.verdict.is_finding() || words.is_empty() {
        words.insert(0, row.why.clone());
    }
    let done: Vec<_> = done.collect();
    if !done.is_empty() && row.fault != Fault::Slow {
        words.push(format!("done: {}", done.join(", ")));
    }
    words.join(" · ")
}
