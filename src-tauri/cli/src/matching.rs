//! `taskwright match`: messages in, chosen tasks out, one JSON line each. A bad line answers with an error and the next one
//! goes on; a bad line among the tasks ends it, for every answer would be wrong.

use std::io::{BufRead, BufWriter, Write};
use std::path::Path;

use serde::Deserialize;
use serde_json::{Value as Json, json};
use taskwright_commands::meaning::meanings;
use taskwright_domain::{RankDecision, Ranking, RevisionId, TaskId};
use taskwright_language::rank::{Ranker, TaskCard};

use crate::Failure;

#[derive(Deserialize)]
struct Task {
    id: String,
    title: String,
    #[serde(default)]
    description: Option<String>,
    #[serde(default)]
    examples: Vec<String>,
    #[serde(default)]
    counter_examples: Vec<String>,
}

#[derive(Deserialize)]
struct Message {
    #[serde(default)]
    id: Json,
    text: String,
}

pub(crate) fn match_lines(tasks: &Path, require_encoder: bool) -> Result<(), Failure> {
    let cards = cards(tasks)?;
    let meanings = match meanings() {
        Ok(meanings) => {
            eprintln!("Chosen by meaning: {}.", meanings.version());
            Some(meanings)
        }
        Err(error) if require_encoder => return Err(Failure::used_wrongly(error)),
        Err(error) => {
            eprintln!("Chosen by words: {error}.");
            None
        }
    };
    let ranker = Ranker::new(cards, meanings);
    let mut out = BufWriter::new(std::io::stdout().lock());
    for line in std::io::stdin().lock().lines() {
        let line = line.map_err(Failure::found)?;
        if line.trim().is_empty() {
            continue;
        }
        writeln!(out, "{}", answer(&line, &ranker)).map_err(Failure::found)?;
        out.flush().map_err(Failure::found)?;
    }
    Ok(())
}

fn cards(path: &Path) -> Result<Vec<TaskCard>, Failure> {
    let wrong = |why: String| Failure::used_wrongly(format!("{}: {why}", path.display()));
    let text = std::fs::read_to_string(path).map_err(|error| wrong(error.to_string()))?;
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let card = |(at, line): (usize, &str)| {
        let task: Task = serde_json::from_str(line).map_err(|error| wrong(format!("line {}: {error}", at + 1)))?;
        Ok(TaskCard {
            task: TaskId(task.id),
            revision: RevisionId::new("given"),
            title: task.title,
            description: task.description.unwrap_or_default(),
            examples: task.examples,
            counter_examples: task.counter_examples,
        })
    };
    lines.map(card).collect()
}

fn answer(line: &str, ranker: &Ranker) -> Json {
    match serde_json::from_str::<Message>(line) {
        Ok(message) => chosen(&message.id, &ranker.rank(&message.text)),
        Err(error) => {
            let id = serde_json::from_str::<Json>(line)
                .ok()
                .and_then(|json| json.get("id").cloned());
            json!({ "id": id.unwrap_or(Json::Null), "error": error.to_string() })
        }
    }
}

fn chosen(id: &Json, ranking: &Ranking) -> Json {
    let candidates: Vec<_> = ranking
        .candidates
        .iter()
        .map(|candidate| json!({ "task": candidate.task.0, "score": f64::from(candidate.score) / 1000.0 }))
        .collect();
    let (decision, task) = match &ranking.decision {
        RankDecision::Start { task, .. } => ("task", Some(&task.0)),
        RankDecision::Clarify { .. } => ("clarify", None),
        RankDecision::None => ("none", None),
    };
    json!({ "id": id, "decision": decision, "task": task, "candidates": candidates })
}
