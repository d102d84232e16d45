//! Walks through everything in a task or an action that names something else, and writes other names in.

use taskwright_domain::{
    Action, ActionId, Attribute, Block, BlockKind, Calculation, Comparison, Condition, InputFrom, Operand, Task,
    TaskId, TeamId, Template, TemplatePart,
};

/// New names for old ones; none leaves a name as it is.
pub(crate) trait Rewrite {
    /// A reference without braces: `order_number`, `order.status`.
    fn reference(&self, _reference: &str) -> Option<String> {
        None
    }
    /// The key of an attribute where no field can stand.
    fn attribute(&self, key: &str) -> Option<String> {
        self.reference(key)
    }
    /// A reference of another task that this one runs.
    fn reference_of_task(&self, _task: &TaskId, _reference: &str) -> Option<String> {
        None
    }
    /// The key of an action, `@get_order`.
    fn action_key(&self, _key: &str) -> Option<String> {
        None
    }
    /// The key of a wait for a webhook.
    fn webhook(&self, _key: &str) -> Option<String> {
        None
    }
    /// An action's id.
    fn action(&self, _id: &ActionId) -> Option<ActionId> {
        None
    }
    /// A team's id.
    fn team(&self, _id: &TeamId) -> Option<TeamId> {
        None
    }
    /// A task's id.
    fn task(&self, _id: &TaskId) -> Option<TaskId> {
        None
    }
}

fn put<T>(place: &mut T, new: Option<T>) {
    if let Some(new) = new {
        *place = new;
    }
}

/// Everything a task names. Its own id and the keys it defines stay.
pub(crate) fn task(task: &mut Task, with: &dyn Rewrite) {
    if let Some(audience) = &mut task.audience {
        condition(audience, with);
    }
    for attribute in &mut task.attributes {
        lists_of(attribute, with);
        let ask = &mut attribute.how_to_ask;
        for words in [&mut ask.question, &mut ask.re_ask, &mut ask.example] {
            *words = pills(words, with);
        }
    }
    blocks(&mut task.blocks, with);
}

/// The lists that an attribute is picked from or worked out of.
pub(crate) fn lists_of(attribute: &mut Attribute, with: &dyn Rewrite) {
    if let Some(list) = &mut attribute.picked_from {
        put(list, with.reference(list));
    }
    if let Some(Calculation::Sum { of, .. } | Calculation::Count { of }) = &mut attribute.worked_out {
        put(of, with.reference(of));
    }
}

/// Everything an action names. The templates of its request name its own inputs, so they stay.
pub(crate) fn action(action: &mut Action, with: &dyn Rewrite) {
    if let Some(holds) = &mut action.condition {
        condition(holds, with);
    }
    for input in &mut action.inputs {
        match &mut input.from {
            InputFrom::SameName => {
                if let Some(reference) = with.reference(&input.key) {
                    input.from = InputFrom::Reference { reference };
                }
            }
            InputFrom::Reference { reference } => put(reference, with.reference(reference)),
            InputFrom::Fixed { value } => template(value, with),
        }
    }
    action.on_failure.say = pills(&action.on_failure.say, with);
    if let Some(team) = &mut action.on_failure.team {
        put(team, with.team(team));
    }
}

/// Every block of a list.
pub(crate) fn blocks(list: &mut [Block], with: &dyn Rewrite) {
    for each in list {
        block(&mut each.kind, with);
        for children in each.kind.children_mut() {
            blocks(children, with);
        }
    }
}

fn block(kind: &mut BlockKind, with: &dyn Rewrite) {
    match kind {
        BlockKind::Instructions { text } => *text = instructions(text, with),
        BlockKind::RunAction { action, inputs } => {
            if let Some(id) = action {
                put(id, with.action(id));
            }
            inputs.values_mut().for_each(|value| template(value, with));
        }
        BlockKind::WaitForWebhook { key, .. } => put(key, with.webhook(key)),
        BlockKind::Message { text } | BlockKind::Note { text } | BlockKind::Buttons { text, .. } => {
            template(text, with)
        }
        BlockKind::AskForRating { question } => template(question, with),
        BlockKind::LetAssistantAnswer { follow_up, .. } => template(follow_up, with),
        BlockKind::CollectAttribute { attributes } => {
            attributes.iter_mut().for_each(|key| put(key, with.attribute(key)));
        }
        BlockKind::SetAttribute { attribute, value } => {
            put(attribute, with.attribute(attribute));
            template(value, with);
        }
        BlockKind::Branch { arms, .. } => {
            arms.iter_mut()
                .filter_map(|arm| arm.condition.as_mut())
                .for_each(|when| condition(when, with));
        }
        BlockKind::HandOff { team, words, note } => {
            if let Some(id) = team {
                put(id, with.team(id));
            }
            template(words, with);
            template(note, with);
        }
        BlockKind::RunTask { .. } => run_task(kind, with),
        BlockKind::Tags { .. } | BlockKind::End { .. } => {}
    }
}

fn run_task(kind: &mut BlockKind, with: &dyn Rewrite) {
    let BlockKind::RunTask { task, inputs, outputs } = kind else {
        return;
    };
    let called = task.clone();
    let theirs = |reference: &str| {
        called
            .as_ref()
            .and_then(|called| with.reference_of_task(called, reference))
    };
    *inputs = std::mem::take(inputs)
        .into_iter()
        .map(|(key, mut value)| {
            template(&mut value, with);
            (theirs(&key).unwrap_or(key), value)
        })
        .collect();
    *outputs = std::mem::take(outputs)
        .into_iter()
        .map(|(key, reference)| {
            (
                with.attribute(&key).unwrap_or(key),
                theirs(&reference).unwrap_or(reference),
            )
        })
        .collect();
    if let Some(id) = task {
        put(id, with.task(id));
    }
}

fn condition(condition_: &mut Condition, with: &dyn Rewrite) {
    match condition_ {
        Condition::All { parts } | Condition::Any { parts } => parts.iter_mut().for_each(|part| condition(part, with)),
        Condition::Not { part } => condition(part, with),
        Condition::AnyItem { list, part } => {
            put(list, with.reference(list));
            condition(part, with);
        }
        Condition::Test { subject, comparison } => {
            operand(subject, with);
            operands_mut(comparison)
                .into_iter()
                .for_each(|side| operand(side, with));
        }
        Condition::Action { action, .. } => put(action, with.action(action)),
        Condition::Webhook { key, .. } => put(key, with.webhook(key)),
        Condition::Confirmed | Condition::WithinOpeningHours => {}
    }
}

fn operand(side: &mut Operand, with: &dyn Rewrite) {
    match side {
        Operand::Reference { reference } | Operand::Count { reference } => put(reference, with.reference(reference)),
        Operand::Found { list, part, .. } => {
            put(list, with.reference(list));
            condition(part, with);
        }
        Operand::Shifted { base: of, .. } | Operand::Share { of, .. } => operand(of, with),
        Operand::Difference { one, other } | Operand::Larger { one, other } | Operand::Smaller { one, other } => {
            operand(one, with);
            operand(other, with);
        }
        Operand::Input { .. } | Operand::Constant { .. } | Operand::Today | Operand::Now | Operand::Item { .. } => {}
    }
}

fn operands_mut(comparison: &mut Comparison) -> Vec<&mut Operand> {
    match comparison {
        Comparison::Is { to } | Comparison::IsNot { to } => vec![to],
        Comparison::OneOf { of } => of.iter_mut().collect(),
        Comparison::Contains { what } | Comparison::StartsWith { what } => vec![what],
        Comparison::MoreThan { than }
        | Comparison::LessThan { than }
        | Comparison::AtLeast { than }
        | Comparison::AtMost { than }
        | Comparison::Before { than }
        | Comparison::After { than } => vec![than],
        Comparison::Between { low, high } => vec![low, high],
        Comparison::OlderThan { .. }
        | Comparison::WithinLast { .. }
        | Comparison::WithinNext { .. }
        | Comparison::FurtherThan { .. }
        | Comparison::OnWeekday { .. }
        | Comparison::Missing
        | Comparison::Present => Vec::new(),
    }
}

fn template(value: &mut Template, with: &dyn Rewrite) {
    value.0 = pills(&value.0, with);
}

/// A text with `{references}` and `@actions`.
pub(crate) fn instructions(text: &str, with: &dyn Rewrite) -> String {
    let text = pills(text, with);
    let mut out = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(at) = rest.find('@') {
        let glued = rest[..at].ends_with(|c: char| c.is_alphanumeric() || "_@.".contains(c))
            || (at == 0 && out.ends_with(|c: char| c.is_alphanumeric() || "_@.".contains(c)));
        out.push_str(&rest[..=at]);
        rest = &rest[at + 1..];
        let length = rest
            .find(|c: char| !(c.is_alphanumeric() || c == '_'))
            .unwrap_or(rest.len());
        let (key, after) = rest.split_at(length);
        match with.action_key(key).filter(|_| !glued && !key.is_empty()) {
            Some(new) => out.push_str(&new),
            None => out.push_str(key),
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

/// The lines `webhook: key {…}` of a scripted conversation.
pub(crate) fn webhook_lines(markdown: &str, with: &dyn Rewrite) -> String {
    let line = |line: &str| {
        let call = line.trim_start().strip_prefix("webhook:")?.trim_start();
        let key = call.split_whitespace().next()?;
        let new = with.webhook(key)?;
        let (before, after) = (&line[..line.len() - call.len()], &call[key.len()..]);
        Some(format!("{before}{new}{after}"))
    };
    let lines = markdown.split_inclusive('\n');
    lines
        .map(|words| line(words).unwrap_or_else(|| words.to_owned()))
        .collect()
}

/// A text with `{references}`.
pub(crate) fn pills(text: &str, with: &dyn Rewrite) -> String {
    let template = Template::new(text);
    let mut out = String::with_capacity(text.len());
    for part in template.parts() {
        match part {
            TemplatePart::Words(words) => out.push_str(words),
            TemplatePart::Reference(reference) => {
                out.push('{');
                out.push_str(&with.reference(reference).unwrap_or_else(|| reference.to_owned()));
                out.push('}');
            }
        }
    }
    out
}
