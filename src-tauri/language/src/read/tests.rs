//! The reader as a whole: a corpus of sentences with their meanings, and what must hold for any text.

pub(super) mod fixture;

use taskwright_domain::{Catalogue, LinkTarget, Meaning, Reading};

use super::{describe, read};

/// A reading in one line: `kind | references | condition`, the parts of a sentence joined by ` ;; `.
fn line_of(reading: &Reading, catalogue: &Catalogue) -> String {
    let parts = reading.sentences.iter().map(|sentence| {
        let mut names: Vec<String> = Vec::new();
        for link in &sentence.links {
            let name = match &link.target {
                LinkTarget::Action { action } => {
                    format!("*{}*", catalogue.action(action).map_or("?", |a| a.name.as_str()))
                }
                LinkTarget::Reference { reference } => reference.clone(),
                LinkTarget::Team { team } => catalogue.team(team).map_or("?", |t| t.name.as_str()).to_owned(),
                LinkTarget::Task { .. } => "a task".to_owned(),
                LinkTarget::Webhook { key } => format!("webhook {key}"),
            };
            if !names.contains(&name) {
                names.push(name);
            }
        }
        let told = match &sentence.meaning {
            Meaning::Check {
                condition: Some(condition),
            } => describe(condition, catalogue),
            Meaning::Check { condition: None } => "else".to_owned(),
            Meaning::Inform { words } => words.0.clone(),
            Meaning::Rule => sentence.words.trim_start_matches("Rule: ").to_owned(),
            Meaning::Repeat { at_most } => at_most.map_or_else(String::new, |times| format!("at most {times}")),
            Meaning::Tag | Meaning::Note | Meaning::Set { .. } | Meaning::Jump => sentence.words.clone(),
            _ => String::new(),
        };
        let mut line = sentence.meaning.kind().to_owned();
        if !names.is_empty() || !told.is_empty() {
            line.push_str(&format!(" | {}", names.join(", ")));
        }
        if !told.is_empty() {
            line.push_str(&format!(" | {}", told.replace('\n', " / ")));
        }
        line
    });
    parts.collect::<Vec<_>>().join(" ;; ")
}

#[test]
fn print_corpus() {
    let Ok(path) = std::env::var("PRINT") else { return };
    let catalogue = fixture::catalogue();
    for row in std::fs::read_to_string(path).unwrap().lines() {
        let text = row.split(" => ").next().unwrap().replace("\\n", "\n");
        if text.trim().is_empty() || row.starts_with('#') {
            println!("{row}");
            continue;
        }
        let r = read(&text, &catalogue);
        println!("{} => {}", text.replace('\n', "\\n"), line_of(&r, &catalogue));
        if std::env::var("PROBLEMS").is_ok() {
            for p in &r.problems {
                println!("      {:?} {}", p.code, p.message);
            }
            println!("      {:?}", r.plan);
        }
    }
}
