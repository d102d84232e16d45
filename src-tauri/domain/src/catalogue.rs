//! What instructions can refer to.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{Action, Attribute, AttributeType, BlockId, Field, Settings, TaskId, Team, key_in_words};

/// Everything a task's instructions can name.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
pub struct Catalogue {
    /// All actions of the workspace.
    pub actions: Vec<Action>,
    /// The task's temporary attributes and the workspace's own.
    pub attributes: Vec<Attribute>,
    /// All teams.
    pub teams: Vec<Team>,
    /// Other tasks, for *run task*.
    pub tasks: Vec<TaskName>,
    /// The task's waits for webhooks.
    pub webhooks: Vec<WebhookName>,
    /// The workspace's settings.
    pub settings: Settings,
}

/// A task by name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TaskName {
    /// Its id.
    pub id: TaskId,
    /// Its title.
    pub title: String,
}

/// A wait for a webhook by name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct WebhookName {
    /// The block.
    pub block: BlockId,
    /// Its key.
    pub key: String,
    /// The author's heading of the block.
    pub name: String,
    /// The fields it gives.
    pub fields: Vec<Field>,
}

/// What a reference names.
#[derive(Debug, Clone, PartialEq)]
pub struct Referent<'a> {
    /// The name people see, e.g. "the order's status".
    pub label: String,
    /// What it holds.
    pub kind: AttributeType,
    /// Who gives it.
    pub provider: Provider<'a>,
}

/// Who gives a referenced value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Provider<'a> {
    /// The customer, or an earlier step.
    Attribute(&'a Attribute),
    /// An action's answer.
    Action(&'a Action),
    /// A webhook.
    Webhook(&'a WebhookName),
    /// The program itself, e.g. `customer.name`.
    BuiltIn,
}

/// The values every conversation has, with their types.
pub const BUILT_IN: [(&str, AttributeType); 11] = [
    ("customer.name", AttributeType::PersonName),
    ("customer.email", AttributeType::Email),
    ("customer.signed_in", AttributeType::Boolean),
    ("customer.id", AttributeType::Text),
    ("conversation.id", AttributeType::Text),
    ("conversation.task_used", AttributeType::Text),
    ("task.title", AttributeType::Text),
    ("task.webhook_address", AttributeType::Text),
    ("channel.name", AttributeType::Text),
    ("today", AttributeType::Date),
    ("now", AttributeType::DateTime),
];

impl Catalogue {
    /// What `reference` (without braces) names, if anything.
    #[must_use]
    pub fn resolve(&self, reference: &str) -> Option<Referent<'_>> {
        if let Some((name, kind)) = BUILT_IN.iter().find(|(name, _)| *name == reference) {
            return Some(Referent {
                label: label_of(name),
                kind: kind.clone(),
                provider: Provider::BuiltIn,
            });
        }
        if let Some(attribute) = self.attributes.iter().find(|attribute| attribute.key == reference) {
            return Some(Referent {
                label: attribute.name.clone(),
                kind: attribute.kind.clone(),
                provider: Provider::Attribute(attribute),
            });
        }
        let (owner, path) = reference.split_once('.')?;
        if let Some(attribute) = self.attribute(owner)
            && let Some(kind) = inner_kind(&attribute.kind, path).or_else(|| self.kind_in_item(attribute, path))
        {
            return Some(Referent {
                label: label_of(reference),
                kind,
                provider: Provider::Attribute(attribute),
            });
        }
        // Several actions may share a result name; the one that has the field gives it, look-ups first.
        let mut actions: Vec<_> = self
            .actions
            .iter()
            .filter(|action| action.result_name == owner)
            .collect();
        actions.sort_by_key(|action| action.changes_data);
        for action in actions {
            if let Some(kind) = field_kind(&action.outputs, path) {
                return Some(Referent {
                    label: label_of(reference),
                    kind,
                    provider: Provider::Action(action),
                });
            }
        }
        let webhook = self.webhooks.iter().find(|webhook| webhook.key == owner)?;
        let kind = field_kind(&webhook.fields, path)?;
        Some(Referent {
            label: label_of(reference),
            kind,
            provider: Provider::Webhook(webhook),
        })
    }

    /// The list that a customer picks this attribute from: the one it says, else the only one with the same fields.
    #[must_use]
    pub fn picked_from(&self, attribute: &Attribute) -> Option<String> {
        if let Some(list) = &attribute.picked_from {
            return self.item_fields(list).map(|_| list.clone());
        }
        let (AttributeType::Object { fields } | AttributeType::List { fields }) = &attribute.kind else {
            return None;
        };
        let named = |fields: &[Field]| fields.iter().map(|field| field.key.clone()).collect::<BTreeSet<_>>();
        let own = named(fields);
        if own.iter().all(String::is_empty) {
            return None;
        }
        let mut lists = self.lists().filter(|(_, of_item)| named(of_item) == own);
        let (list, _) = lists.next()?;
        lists.next().is_none().then_some(list)
    }

    /// The lists of groups of fields that systems give, with the fields of an item.
    pub fn lists(&self) -> impl Iterator<Item = (String, &[Field])> {
        let of_actions = self.actions.iter().map(|action| (&action.result_name, &action.outputs));
        let of_webhooks = self.webhooks.iter().map(|webhook| (&webhook.key, &webhook.fields));
        of_actions.chain(of_webhooks).flat_map(|(owner, fields)| {
            fields.iter().filter_map(move |field| match &field.kind {
                AttributeType::List { fields } if fields.iter().any(|field| !field.key.is_empty()) => {
                    Some((format!("{owner}.{}", field.key), fields.as_slice()))
                }
                _ => None,
            })
        })
    }

    /// The fields of an item of the list that is named so: a list that a system gives, or an attribute.
    #[must_use]
    pub fn item_fields(&self, list: &str) -> Option<&[Field]> {
        let given = self.lists().find(|(name, _)| name == list).map(|(_, fields)| fields);
        given.or_else(|| {
            let attribute = self.attribute(list)?;
            match (&attribute.kind, &attribute.picked_from) {
                (AttributeType::List { .. }, Some(from)) if from != list => self.item_fields(from),
                (AttributeType::List { fields }, _) => Some(fields),
                _ => None,
            }
        })
    }

    /// A field of the item that an attribute holds, as the list has it.
    fn kind_in_item(&self, attribute: &Attribute, path: &str) -> Option<AttributeType> {
        match (&attribute.kind, &attribute.picked_from) {
            (AttributeType::Object { .. }, Some(from)) => field_kind(self.item_fields(from)?, path),
            _ => None,
        }
    }

    /// Every reference that can be written, in the order people look for them.
    #[must_use]
    pub fn references(&self) -> Vec<String> {
        let attributes = self.attributes.iter().flat_map(|attribute| {
            let fields = match (&attribute.kind, &attribute.picked_from) {
                (AttributeType::Object { .. }, Some(from)) => self.item_fields(from).unwrap_or_default(),
                (AttributeType::Object { fields }, None) => fields.as_slice(),
                _ => &[],
            };
            let inner = fields.iter().map(|field| format!("{}.{}", attribute.key, field.key));
            std::iter::once(attribute.key.clone()).chain(inner)
        });
        let actions = self.actions.iter().flat_map(|action| {
            action
                .outputs
                .iter()
                .map(move |field| format!("{}.{}", action.result_name, field.key))
        });
        let webhooks = self.webhooks.iter().flat_map(|webhook| {
            webhook
                .fields
                .iter()
                .map(move |field| format!("{}.{}", webhook.key, field.key))
        });
        let built_in = BUILT_IN.iter().map(|(name, _)| (*name).to_owned());
        attributes.chain(actions).chain(webhooks).chain(built_in).collect()
    }

    /// The action with this id.
    #[must_use]
    pub fn action(&self, id: &crate::ActionId) -> Option<&Action> {
        self.actions.iter().find(|action| action.id == *id)
    }

    /// The attribute with this key.
    #[must_use]
    pub fn attribute(&self, key: &str) -> Option<&Attribute> {
        self.attributes.iter().find(|attribute| attribute.key == key)
    }

    /// The team with this id.
    #[must_use]
    pub fn team(&self, id: &crate::TeamId) -> Option<&Team> {
        self.teams.iter().find(|team| team.id == *id)
    }
}

fn field_kind(fields: &[Field], path: &str) -> Option<AttributeType> {
    let (first, rest) = path
        .split_once('.')
        .map_or((path, None), |(first, rest)| (first, Some(rest)));
    let field = fields.iter().find(|field| field.key == first)?;
    match rest {
        None => Some(field.kind.clone()),
        Some(rest) => inner_kind(&field.kind, rest),
    }
}

fn inner_kind(kind: &AttributeType, path: &str) -> Option<AttributeType> {
    match kind {
        AttributeType::Object { fields } => field_kind(fields, path),
        _ => None,
    }
}

fn label_of(reference: &str) -> String {
    match reference.split_once('.') {
        Some((owner, path)) => format!("the {}'s {}", key_in_words(owner), key_in_words(path)),
        None => key_in_words(reference),
    }
}
