//! The inputs and secrets that a draft collects while it is read.

use std::collections::{BTreeMap, BTreeSet};

use taskwright_domain::{Accepts, ActionInput, AttributeType, InputFrom, SecretName};

use crate::draft::Secret;
use crate::naming::{free, sentence, words_of};

/// What a call wants to be given.
#[derive(Debug, Default)]
pub(crate) struct Wants {
    pub(crate) inputs: Vec<ActionInput>,
    pub(crate) samples: BTreeMap<String, String>,
    pub(crate) secrets: Vec<Secret>,
    pub(crate) notes: Vec<String>,
    /// Inputs that somebody wants to stay as the example has them.
    fixed: BTreeSet<String>,
    /// Keys that were given out, those of fixed values too: so a key means the same value whatever is fixed.
    taken: BTreeSet<String>,
}

/// A value to be asked for.
pub(crate) struct Want {
    pub(crate) key: String,
    pub(crate) kind: AttributeType,
    pub(crate) description: String,
    pub(crate) sample: Option<String>,
    pub(crate) optional: bool,
}

impl Want {
    pub(crate) fn new(key: String, kind: AttributeType) -> Self {
        Self {
            key,
            kind,
            description: String::new(),
            sample: None,
            optional: false,
        }
    }

    pub(crate) fn sample(self, sample: &str) -> Self {
        Self {
            sample: Some(sample.to_owned()),
            ..self
        }
    }
}

impl Wants {
    pub(crate) fn keeping(fixed: BTreeSet<String>) -> Self {
        Self {
            fixed,
            ..Self::default()
        }
    }

    /// A place for the value: `{key}`. None where it is to stay as it is.
    pub(crate) fn place(&mut self, want: Want) -> Option<String> {
        let same = |input: &&ActionInput| {
            input.key == want.key && want.sample.is_some() && self.samples.get(&input.key) == want.sample.as_ref()
        };
        if let Some(known) = self.inputs.iter().find(same) {
            return Some(format!("{{{}}}", known.key));
        }
        let key = free(&want.key, |key| self.taken.contains(key) || key == "secret");
        self.taken.insert(key.clone());
        if self.fixed.contains(&key) && want.sample.is_some() {
            return None;
        }
        if let Some(sample) = want.sample {
            self.samples.insert(key.clone(), sample);
        }
        self.inputs.push(ActionInput {
            name: sentence(&words_of(&key)),
            kind: want.kind,
            description: want.description,
            optional: want.optional,
            from: InputFrom::SameName,
            accepts: Accepts::Anyone,
            default: None,
            allowed: Vec::new(),
            key: key.clone(),
        });
        Some(format!("{{{key}}}"))
    }

    /// A place that the example itself leaves open; the same name is the same value.
    pub(crate) fn open_place(&mut self, name: &str, kind: AttributeType) -> String {
        if self.inputs.iter().any(|input| input.key == name) {
            return format!("{{{name}}}");
        }
        self.place(Want::new(name.to_owned(), kind))
            .unwrap_or_else(|| format!("{{{name}}}"))
    }

    /// Names a secret; one with the same value has the same name.
    pub(crate) fn secret(&mut self, name: &str, purpose: &str, value: Option<String>) -> SecretName {
        let known = self.secrets.iter().find(|secret| match &value {
            Some(_) => secret.value == value,
            None => secret.value.is_none() && secret.name == secret_text(name),
        });
        let text = match known {
            Some(secret) => secret.name.clone(),
            None => {
                let name = free(&secret_text(name), |name| {
                    self.secrets.iter().any(|secret| secret.name == name)
                });
                self.secrets.push(Secret {
                    name: name.clone(),
                    purpose: purpose.to_owned(),
                    value,
                });
                name
            }
        };
        SecretName::new(text).unwrap_or_default()
    }

    /// Says what was not taken over, once.
    pub(crate) fn note(&mut self, note: impl Into<String>) {
        let note = note.into();
        if !self.notes.contains(&note) {
            self.notes.push(note);
        }
    }
}

/// A secret's name as environments spell it: `STRIPE_KEY`.
fn secret_text(name: &str) -> String {
    let name: String = taskwright_domain::key_for(name)
        .to_ascii_uppercase()
        .chars()
        .take(48)
        .collect();
    let name = name.trim_matches('_').to_owned();
    // Both environments use one name; one that begins like a variable of one of them would be taken for it.
    if name.starts_with("TEST_") || name.starts_with("LIVE_") {
        format!("API_{name}")
    } else {
        name
    }
}
