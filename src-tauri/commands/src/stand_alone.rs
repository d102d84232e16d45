//! Actions that answer on their own: each is a task of one call and one reply, made when it is needed.
//!
//! So a message starts one like any task, what is missing is asked for, the log explains it, and a question in the middle
//! of another task is answered before that goes on.

use taskwright_domain::{
    Action, ActionId, ActionInput, Attribute, AttributeId, AttributeType, Block, BlockId, BlockKind, Field, HowToAsk,
    InputFrom, Scope, Task, TaskId, Template, key_in_words,
};
use taskwright_language::wording::sentence;

use crate::snapshot::Snapshot;

/// What the ids of these tasks begin with, behind what every task's id begins with.
const MARK: &str = "answer_";
/// Fields that a reply names where its author wrote none.
const MOST_FIELDS: usize = 6;

/// Whether a message may start it: it changes nothing, or asks for a yes first.
#[must_use]
pub fn answers_alone(action: &Action) -> bool {
    action.answers_on_its_own && (!action.changes_data || action.needs_confirmation) && !action.name.trim().is_empty()
}

/// The tasks of all actions that answer on their own.
pub(crate) fn answers(snapshot: &Snapshot) -> impl Iterator<Item = Task> {
    let actions = snapshot.content.actions.iter().filter(|action| answers_alone(action));
    actions.map(|action| task_of(action, &snapshot.content.attributes))
}

/// The task of this id, if it is one of an action that answers on its own.
pub(crate) fn answer(snapshot: &Snapshot, id: &TaskId) -> Option<Task> {
    answers(snapshot).find(|task| task.id == *id)
}

/// The action that a task of this id belongs to.
pub(crate) fn action_of(id: &TaskId) -> Option<ActionId> {
    let rest = id.as_str().strip_prefix(TaskId::PREFIX)?.strip_prefix('_')?;
    rest.strip_prefix(MARK).map(ActionId::new)
}

/// An action as a task: run it, then say what came back.
pub(crate) fn task_of(action: &Action, attributes: &[Attribute]) -> Task {
    let own = action.id.as_str().trim_start_matches("action_");
    let block = |part: &str, kind: BlockKind| Block {
        id: BlockId::new(format!("{MARK}{own}_{part}")),
        name: String::new(),
        off: false,
        kind,
    };
    let call = BlockKind::RunAction {
        action: Some(action.id.clone()),
        inputs: std::collections::BTreeMap::new(),
    };
    Task {
        id: TaskId::new(format!("{MARK}{own}")),
        title: action.name.trim().to_owned(),
        description: action.description.clone(),
        examples: action.examples.clone(),
        counter_examples: Vec::new(),
        audience: None,
        only_used_by_other_tasks: false,
        blocks: vec![
            block("call", call),
            block("reply", BlockKind::Message { text: reply_of(action) }),
        ],
        attributes: asked_for(action, attributes),
    }
}

/// What is asked of the customer where nothing else gives it. What the workspace knows by the same key is asked in its words.
fn asked_for(action: &Action, known: &[Attribute]) -> Vec<Attribute> {
    let inputs = action.inputs.iter().filter(|input| {
        let own = input.from == InputFrom::SameName && input.default.is_none() && !input.optional;
        own && known.iter().all(|attribute| attribute.key != input.key)
    });
    let attributes = inputs.map(|input| Attribute {
        id: AttributeId::new(format!("{MARK}{}_{}", action.key, input.key)),
        key: input.key.clone(),
        name: in_sentence(&input.label()),
        description: described(input, action),
        kind: input.kind.clone(),
        scope: Scope::Temporary,
        sensitive: false,
        how_to_ask: HowToAsk::default(),
        customer_may_fill: input.accepts == taskwright_domain::Accepts::Anyone,
        picked_from: None,
        worked_out: None,
    });
    attributes.collect()
}

/// What it is for, and of which thing: "where is purchase 4512?" gives the order id of *Find purchase*.
fn described(input: &ActionInput, action: &Action) -> String {
    let mut words = action.name.split_whitespace().skip(1).peekable();
    let object = match words.peek() {
        Some(_) => words.collect::<Vec<_>>().join(" ").to_lowercase(),
        None => key_in_words(&action.result_name),
    };
    let own = input.description.trim();
    let identifies = matches!(input.kind, AttributeType::Identifier { .. }) && !object.is_empty();
    match (own.is_empty(), identifies) {
        (_, false) => own.to_owned(),
        (true, true) => format!("It tells which {object} is meant."),
        (false, true) => format!("{} It tells which {object} is meant.", sentence(own)),
    }
}

/// "Order number" inside a question is "order number"; "IBAN" stays.
fn in_sentence(label: &str) -> String {
    let mut letters = label.chars();
    match (letters.next(), letters.clone().next()) {
        (Some(first), Some(second)) if first.is_uppercase() && second.is_lowercase() => {
            first.to_lowercase().chain(letters).collect()
        }
        _ => label.to_owned(),
    }
}

/// What it says: the author's words, or its fields one after the other.
#[must_use]
pub fn reply_of(action: &Action) -> Template {
    if !action.reply.0.trim().is_empty() {
        return action.reply.clone();
    }
    let plain = |field: &&Field| !matches!(field.kind, AttributeType::Object { .. } | AttributeType::List { .. });
    let told = |field: &&Field| !field.redacted && !field.optional;
    let mut fields: Vec<&Field> = action.outputs.iter().filter(told).filter(plain).collect();
    if fields.is_empty() {
        fields = action.outputs.iter().filter(told).collect();
    }
    let sentences = fields.iter().take(MOST_FIELDS).map(|field| {
        let label = field.label();
        let mut letters = label.chars();
        let first = letters.next().map(char::to_uppercase);
        let label: String = first.into_iter().flatten().chain(letters).collect();
        format!("{label}: {{{}.{}}}.", action.result_name, field.key)
    });
    let text = sentences.collect::<Vec<_>>().join(" ");
    Template::new(if text.is_empty() {
        "That is done.".to_owned()
    } else {
        text
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use taskwright_domain::{Action, TaskId};

    use super::{action_of, answers_alone, reply_of, task_of};

    fn action(more: serde_json::Value) -> Action {
        let mut action = json!({
            "id": "action_7", "key": "get_order", "name": "Get order", "result_name": "order", "answers_on_its_own": true,
            "inputs": [{ "key": "order_number", "kind": { "type": "identifier" } }],
            "outputs": [
                { "key": "status", "kind": { "type": "text" } },
                { "key": "note", "kind": { "type": "text" }, "optional": true },
                { "key": "card", "kind": { "type": "text" }, "redacted": true },
                { "key": "total_paid", "kind": { "type": "amount" } },
            ],
        });
        action
            .as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        serde_json::from_value(action).unwrap()
    }

    #[test]
    fn a_change_answers_alone_only_where_it_asks_first() {
        for (more, alone) in [
            (json!({}), true),
            (json!({ "answers_on_its_own": false }), false),
            (json!({ "changes_data": true }), false),
            (json!({ "changes_data": true, "needs_confirmation": true }), true),
        ] {
            assert_eq!(answers_alone(&action(more.clone())), alone, "{more}");
        }
    }

    #[test]
    fn it_says_what_is_always_there_or_what_its_author_wrote() {
        assert_eq!(
            reply_of(&action(json!({}))).0,
            "Status: {order.status}. Total paid: {order.total_paid}."
        );
        assert_eq!(
            reply_of(&action(json!({ "reply": "It is {order.status}." }))).0,
            "It is {order.status}."
        );
        assert_eq!(reply_of(&action(json!({ "outputs": [] }))).0, "That is done.");
    }

    #[test]
    fn its_task_leads_back_to_it() {
        let action = action(json!({}));
        let task = task_of(&action, &[]);
        assert_eq!(action_of(&task.id), Some(action.id));
        assert_eq!(action_of(&TaskId::new("7")), None);
        assert_eq!(task.attributes[0].name, "order number");
    }
}
