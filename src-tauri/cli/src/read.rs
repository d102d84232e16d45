//! `taskwright read`: instructions in, sentences out, one JSON line each.

use serde::Deserialize;
use serde_json::{Value as Json, json};
use taskwright_domain::{
    Action, ActionId, Attribute, Catalogue, LinkTarget, Meaning, OnFailure, Sentence, Team, TeamId, key_for,
};
use taskwright_language::read::{describe, read};

use crate::{Failure, lines};

#[derive(Deserialize)]
struct Line {
    #[serde(default)]
    id: Json,
    text: String,
    #[serde(default)]
    actions: Vec<Named>,
    #[serde(default)]
    attributes: Vec<Named>,
    #[serde(default)]
    teams: Vec<String>,
}

#[derive(Deserialize)]
struct Named {
    name: String,
    #[serde(default)]
    description: Option<String>,
    #[serde(default, rename = "type")]
    kind: Option<String>,
}

pub(crate) fn read_lines() -> Result<(), Failure> {
    lines::each(reading)
}

fn reading(line: &Line) -> Json {
    let catalogue = catalogue(line);
    let reading = read(&line.text, &catalogue);
    let sentences: Vec<_> = reading
        .sentences
        .iter()
        .map(|sentence| shown(sentence, &catalogue))
        .collect();
    let clear = reading
        .sentences
        .iter()
        .filter(|sentence| sentence.is_followed())
        .count();
    let total = reading.sentences.len();
    #[expect(clippy::cast_precision_loss, reason = "a count of sentences")]
    let coverage = if total == 0 { 0.0 } else { clear as f64 / total as f64 };
    json!({ "id": line.id, "sentences": sentences, "coverage": coverage })
}

fn shown(sentence: &Sentence, catalogue: &Catalogue) -> Json {
    let (mut actions, mut attributes) = (Vec::new(), Vec::new());
    for link in &sentence.links {
        match &link.target {
            LinkTarget::Action { action } => actions.extend(catalogue.action(action).map(|action| action.name.clone())),
            LinkTarget::Reference { reference } => {
                let named = catalogue
                    .attribute(reference)
                    .map_or_else(|| reference.clone(), |found| found.name.clone());
                attributes.push(named);
            }
            LinkTarget::Team { .. } | LinkTarget::Task { .. } | LinkTarget::Webhook { .. } => {}
        }
    }
    let condition = match &sentence.meaning {
        Meaning::Check {
            condition: Some(condition),
        } => Some(describe(condition, catalogue)),
        _ => None,
    };
    json!({
        "text": sentence.text, "start": sentence.span.start, "end": sentence.span.end, "kind": sentence.meaning.kind(),
        "actions": actions, "attributes": attributes, "condition": condition,
    })
}

fn catalogue(line: &Line) -> Catalogue {
    Catalogue {
        actions: line.actions.iter().map(action).collect(),
        attributes: line.attributes.iter().map(attribute).collect(),
        teams: line.teams.iter().map(|name| team(name)).collect(),
        ..Catalogue::default()
    }
}

fn action(named: &Named) -> Action {
    let key = key_for(&named.name);
    Action {
        id: ActionId::new(&key),
        result_name: key.clone(),
        key,
        name: named.name.clone(),
        description: named.description.clone().unwrap_or_default(),
        inputs: Vec::new(),
        outputs: Vec::new(),
        changes_data: false,
        needs_confirmation: false,
        receiver_honours_key: false,
        answers_on_its_own: false,
        examples: Vec::new(),
        reply: taskwright_domain::Template::default(),
        condition: None,
        request: None,
        stubs: Vec::new(),
        on_failure: OnFailure::default(),
    }
}

fn attribute(named: &Named) -> Attribute {
    let kind = lines::kind(named.kind.as_deref().unwrap_or("text"), &[]);
    lines::attribute(&named.name, named.description.as_deref(), kind)
}

fn team(name: &str) -> Team {
    Team {
        id: TeamId::new(key_for(name)),
        name: name.to_owned(),
        description: String::new(),
        opening_hours: None,
        words_open: String::new(),
        words_closed: String::new(),
    }
}
