//! Giving something another key, wherever it is written.

use taskwright_domain::{Attribute, AttributeType, Task, TaskId};

use crate::BundleContent;
use crate::rewrite::{self, Rewrite};

/// What a key belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeyOf {
    /// An attribute of the workspace. Tasks with a temporary attribute of the same key mean their own.
    Attribute,
    /// A temporary attribute of this task.
    TaskAttribute(TaskId),
    /// An action, `@get_order`.
    Action,
    /// The name of actions' answers, `{order.status}`; all actions that share it are renamed.
    ResultName,
    /// A wait for a webhook.
    Webhook,
}

/// Gives whatever has the key `old` the key `new`: where it is defined, and in every text, template, condition and
/// list that names it. Whether `new` is free and well formed is for the caller to check.
///
/// Actions are shared: one that takes a temporary attribute of the same name follows the new key only when no other
/// task or the workspace has an attribute called `old`.
pub fn rename_key(content: &mut BundleContent, of: &KeyOf, old: &str, new: &str) {
    match of {
        KeyOf::Attribute => rename_attribute(content, old, new),
        KeyOf::TaskAttribute(task) => rename_task_attribute(content, task, old, new),
        KeyOf::Action => rename_action(content, old, new),
        KeyOf::ResultName => rename_result(content, old, new),
        KeyOf::Webhook => rename_webhook(content, old, new),
    }
}

/// References that begin with a key.
struct References<'a> {
    old: &'a str,
    new: &'a str,
    /// `{old}` itself is meant.
    whole: bool,
    /// `{old.field}` is meant.
    fields: bool,
    /// The only called task in which references are meant; in every one where none.
    of_task: Option<&'a TaskId>,
    /// Outside that task only what it is called with is meant.
    only_calls: bool,
    webhook: bool,
}

impl<'a> References<'a> {
    fn new(old: &'a str, new: &'a str, whole: bool, fields: bool) -> Self {
        Self {
            old,
            new,
            whole,
            fields,
            of_task: None,
            only_calls: false,
            webhook: false,
        }
    }

    fn renamed(&self, reference: &str) -> Option<String> {
        match reference.strip_prefix(self.old)? {
            "" if self.whole => Some(self.new.to_owned()),
            rest if self.fields && rest.starts_with('.') => Some(format!("{}{rest}", self.new)),
            _ => None,
        }
    }
}

impl Rewrite for References<'_> {
    fn reference(&self, reference: &str) -> Option<String> {
        if self.only_calls { None } else { self.renamed(reference) }
    }

    fn reference_of_task(&self, task: &TaskId, reference: &str) -> Option<String> {
        let meant = self.of_task.is_none_or(|of| of == task);
        if meant { self.renamed(reference) } else { None }
    }

    fn webhook(&self, key: &str) -> Option<String> {
        (self.webhook && key == self.old).then(|| self.new.to_owned())
    }
}

struct ActionKey<'a> {
    old: &'a str,
    new: &'a str,
}

impl Rewrite for ActionKey<'_> {
    fn action_key(&self, key: &str) -> Option<String> {
        (key == self.old).then(|| self.new.to_owned())
    }
}

fn has(attributes: &[Attribute], key: &str) -> bool {
    attributes.iter().any(|attribute| attribute.key == key)
}

/// Whether `{key.field}` can mean a field of this attribute rather than of an action's answer.
fn has_fields(attributes: &[Attribute], key: &str) -> bool {
    let is_group = |kind: &AttributeType| matches!(kind, AttributeType::Object { .. });
    attributes
        .iter()
        .any(|attribute| attribute.key == key && is_group(&attribute.kind))
}

fn set_key(attributes: &mut [Attribute], old: &str, new: &str) {
    for attribute in attributes.iter_mut().filter(|attribute| attribute.key == old) {
        new.clone_into(&mut attribute.key);
    }
}

/// What the workspace's own attributes name.
fn rewrite_shared(content: &mut BundleContent, with: &dyn Rewrite) {
    for attribute in &mut content.attributes {
        rewrite::lists_of(attribute, with);
    }
}

fn rename_attribute(content: &mut BundleContent, old: &str, new: &str) {
    let references = References::new(old, new, true, has_fields(&content.attributes, old));
    set_key(&mut content.attributes, old, new);
    rewrite_shared(content, &references);
    let shadowed: Vec<_> = content
        .tasks
        .iter()
        .filter(|task| has(&task.attributes, old))
        .map(|task| task.id.clone())
        .collect();
    let called = Called {
        references: &references,
        shadowed: &shadowed,
    };
    for task in content.tasks.iter_mut().filter(|task| !shadowed.contains(&task.id)) {
        rewrite::task(task, &called);
    }
    if shadowed.is_empty() {
        content
            .actions
            .iter_mut()
            .for_each(|action| rewrite::action(action, &references));
    }
    rewrite_conversations(content, &references, |task| {
        task.is_some_and(|task| !shadowed.contains(task))
    });
}

/// A workspace attribute is meant in called tasks too, unless they have their own.
struct Called<'a> {
    references: &'a References<'a>,
    shadowed: &'a [TaskId],
}

impl Rewrite for Called<'_> {
    fn reference(&self, reference: &str) -> Option<String> {
        self.references.reference(reference)
    }

    fn reference_of_task(&self, task: &TaskId, reference: &str) -> Option<String> {
        if self.shadowed.contains(task) {
            None
        } else {
            self.references.renamed(reference)
        }
    }
}

fn rename_task_attribute(content: &mut BundleContent, id: &TaskId, old: &str, new: &str) {
    let elsewhere = has(&content.attributes, old)
        || content
            .tasks
            .iter()
            .any(|task| task.id != *id && has(&task.attributes, old));
    let Some(task) = content.tasks.iter_mut().find(|task| task.id == *id) else {
        return;
    };
    let mut references = References::new(old, new, true, has_fields(&task.attributes, old));
    set_key(&mut task.attributes, old, new);
    references.of_task = Some(id);
    rewrite::task(task, &references);
    if !elsewhere {
        content
            .actions
            .iter_mut()
            .for_each(|action| rewrite::action(action, &references));
    }
    rewrite_conversations(content, &references, |task| task == Some(id));
    references.only_calls = true;
    for task in content.tasks.iter_mut().filter(|task| task.id != *id) {
        rewrite::task(task, &references);
    }
}

fn rename_action(content: &mut BundleContent, old: &str, new: &str) {
    for action in content.actions.iter_mut().filter(|action| action.key == old) {
        new.clone_into(&mut action.key);
    }
    let keys = ActionKey { old, new };
    content.tasks.iter_mut().for_each(|task| rewrite::task(task, &keys));
    rewrite_conversations(content, &keys, |_| true);
}

fn rename_result(content: &mut BundleContent, old: &str, new: &str) {
    for action in content.actions.iter_mut().filter(|action| action.result_name == old) {
        new.clone_into(&mut action.result_name);
    }
    rewrite_answers(content, &References::new(old, new, false, true));
}

fn rename_webhook(content: &mut BundleContent, old: &str, new: &str) {
    let mut references = References::new(old, new, false, true);
    references.webhook = true;
    rewrite_answers(content, &references);
    for conversation in &mut content.conversations {
        conversation.markdown = rewrite::webhook_lines(&conversation.markdown, &references);
    }
}

/// References to fields of answers, everywhere but where a group attribute of the same key is meant.
fn rewrite_answers(content: &mut BundleContent, references: &References<'_>) {
    let in_workspace = has_fields(&content.attributes, references.old);
    let meant = |task: &Task| !in_workspace && !has_fields(&task.attributes, references.old);
    for task in &mut content.tasks {
        if meant(task) {
            rewrite::task(task, references);
        } else if references.webhook {
            rename_webhook_blocks(task, references);
        }
    }
    if !in_workspace {
        rewrite_shared(content, references);
        content
            .actions
            .iter_mut()
            .for_each(|action| rewrite::action(action, references));
    }
    rewrite_conversations(content, references, |_| !in_workspace);
}

/// The block itself is renamed even where its fields cannot be told from a group attribute's.
fn rename_webhook_blocks(task: &mut Task, references: &References<'_>) {
    struct OnlyWebhook<'a>(&'a References<'a>);
    impl Rewrite for OnlyWebhook<'_> {
        fn webhook(&self, key: &str) -> Option<String> {
            self.0.webhook(key)
        }
    }
    rewrite::task(task, &OnlyWebhook(references));
}

fn rewrite_conversations(content: &mut BundleContent, with: &dyn Rewrite, meant: impl Fn(Option<&TaskId>) -> bool) {
    for conversation in content
        .conversations
        .iter_mut()
        .filter(|conversation| meant(conversation.task.as_ref()))
    {
        conversation.markdown = rewrite::instructions(&conversation.markdown, with);
    }
}
