//! Tags: "tag it vip", "remove the tag open".

use taskwright_domain::{Meaning, Step, StepKind};

use super::names::{Lookup, Prefer};
use super::reader::{Reader, Spoken, trimmed};
use super::token::{Kind, Token};
use super::verbs::{Deed, Verb};

impl<'t, 'a> Reader<'t, 'a, '_> {
    /// "tag it vip", "add the tags late and refund", "remove the tag open".
    pub(super) fn tag(&mut self, whole: &'t [Token<'a>], words: &'t [Token<'a>], verb: Verb, steps: &mut Vec<Step>) {
        let rest = &words[verb.length..];
        let tags = tags_in(rest);
        // "tag it with the product name": the name of a value is no tag.
        let with = rest
            .iter()
            .position(|t| t.any(&["with", "as"]))
            .map_or(rest, |at| &rest[at + 1..]);
        let value = with.first().is_some_and(|t| t.any(&["the", "their"]))
            && !with.iter().any(|t| t.kind == Kind::Quote)
            && (super::lists::names_data(trimmed(with))
                || matches!(
                    self.names.lookup(trimmed(with), Prefer::default()),
                    Lookup::One { sure: true, .. }
                ));
        if tags.is_empty() || value {
            let (span, text) = (self.span(whole), self.written(whole));
            self.problems
                .push(super::problems::unclear(span, &text, "Which tag?", None));
            return self.lacking(whole, Meaning::Tag, "Tags the conversation, but with what?", steps);
        }
        let removes = verb.deed == Deed::Delete;
        let plain = if removes {
            format!("Removes the tag {}", tags.join(", "))
        } else {
            format!("Tags the conversation {}", tags.join(", "))
        };
        let kind = if removes {
            StepKind::Tag {
                add: Vec::new(),
                remove: tags,
            }
        } else {
            StepKind::Tag {
                add: tags,
                remove: Vec::new(),
            }
        };
        steps.push(self.step(whole, kind));
        self.note(whole, Spoken::new(Meaning::Tag, plain).sure(true));
    }

    pub(super) fn add_tags(&mut self, whole: &[Token<'_>], words: &[Token<'_>], steps: &mut Vec<Step>) {
        let tags = tags_in(words);
        if !tags.is_empty() {
            steps.push(self.step(
                whole,
                StepKind::Tag {
                    add: tags,
                    remove: Vec::new(),
                },
            ));
        }
    }
}

/// The tags words name.
fn tags_in(words: &[Token<'_>]) -> Vec<String> {
    let words = trimmed(words);
    let quoted: Vec<_> = words
        .iter()
        .filter(|t| t.kind == Kind::Quote)
        .map(|t| t.low.clone())
        .collect();
    if !quoted.is_empty() {
        return quoted;
    }
    let idle = [
        "the",
        "this",
        "it",
        "conversation",
        "chat",
        "ticket",
        "with",
        "as",
        "tag",
        "tags",
        "label",
        "a",
        "to",
        "add",
        "in",
        "case",
        "contact",
        "them",
        "customer",
        "accordingly",
        "appropriately",
        "correctly",
        "properly",
        "suitably",
    ];
    let mut tags = Vec::new();
    for part in words.split(|t| t.any(&["and"]) || t.mark(',') || t.mark('&')) {
        let kept: Vec<_> = part.iter().filter(|t| !t.is_mark() && !t.any(&idle)).collect();
        let text = kept.iter().map(|t| t.text).collect::<Vec<_>>().join(" ");
        if !text.is_empty() && kept.len() <= 4 {
            tags.push(text);
        }
    }
    tags
}
