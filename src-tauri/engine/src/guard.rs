//! Rules: what must hold before an action runs. A rule that cannot be evaluated holds the action back.

use std::collections::BTreeMap;

use taskwright_domain::{
    Action, ActionId, Comparison, Condition, ConditionPart, EventKind, Guard, HandOffReason, Input, InputId, InputKind,
    Speaker, Value,
};

use crate::condition::Verdict;
use crate::machine::{Flow, Machine, Obtained};
use crate::program::{Compiled, Library, Op};
use crate::state::State;
use crate::words;

/// What holds an action back.
struct Blocked {
    rule: String,
    because: Vec<ConditionPart>,
    /// In words for the customer.
    told: Option<String>,
}

/// What the rules say.
enum Ruling {
    Free,
    Missing(String),
    Blocked(Blocked),
}

impl Machine<'_> {
    /// Lets the action through, gets a value a rule needs, or holds the action back.
    pub(crate) fn guarded(
        &mut self,
        compiled: &Compiled,
        op: &Op,
        index: usize,
        action: &Action,
        inputs: &BTreeMap<String, Value>,
    ) -> Option<Flow> {
        match self.rule_on(compiled, action, inputs) {
            Ruling::Free => None,
            Ruling::Missing(reference) => match self.obtain(compiled, op, index, &reference) {
                Obtained::Pending => Some(Flow::Wait),
                Obtained::Settled => Some(Flow::Goto(index)),
                Obtained::Impossible => {
                    let label = self.label(compiled, &reference);
                    let rule = self.rule_naming(compiled, action, &reference);
                    let part = ConditionPart {
                        words: format!("{label} is known"),
                        value: None,
                        holds: Some(false),
                    };
                    let blocked = Blocked {
                        rule,
                        because: vec![part],
                        told: None,
                    };
                    Some(self.block(op, index, action, blocked))
                }
            },
            Ruling::Blocked(blocked) => Some(self.block(op, index, action, blocked)),
        }
    }

    fn rule_on(&self, compiled: &Compiled, action: &Action, inputs: &BTreeMap<String, Value>) -> Ruling {
        let own = action.condition.iter().map(|condition| {
            (
                format!("{}: only when allowed", action.name),
                Guard::OnlyIf {
                    condition: condition.clone(),
                },
                None,
            )
        });
        let rules = compiled
            .program
            .rules
            .iter()
            .filter(|rule| rule.actions.contains(&action.id));
        let rules = rules
            .map(|rule| (rule.text.clone(), rule.guard.clone(), rule.told.clone()))
            .chain(own);
        let mut missing = None;
        for (rule, guard, told) in rules {
            match self.guard(compiled, action, inputs, &guard) {
                Ok(None) => {}
                Ok(Some(reference)) => missing = missing.or(Some(reference)),
                Err(because) => return Ruling::Blocked(Blocked { rule, because, told }),
            }
        }
        missing.map_or(Ruling::Free, Ruling::Missing)
    }

    /// `Ok(None)`: it holds. `Ok(Some)`: this value must be got first. `Err`: it does not hold.
    fn guard(
        &self,
        compiled: &Compiled,
        action: &Action,
        inputs: &BTreeMap<String, Value>,
        guard: &Guard,
    ) -> Result<Option<String>, Vec<ConditionPart>> {
        let (condition, wanted): (&Condition, bool) = match guard {
            Guard::OnlyIf { condition } => (condition, true),
            Guard::NeverIf { condition } => (condition, false),
            Guard::AtMost { times } => {
                let done = self.state.successes.get(&action.id).copied().unwrap_or(0);
                let words = format!("{} ran less than {times} times", action.name);
                let part = ConditionPart {
                    words,
                    value: Some(done.to_string()),
                    holds: Some(false),
                };
                return if done < *times { Ok(None) } else { Err(vec![part]) };
            }
            Guard::Never => return Err(Vec::new()),
        };
        match self.evaluate_with(compiled, condition, &|key| inputs.get(key).cloned()) {
            Verdict::Known { result, .. } if result == wanted => Ok(None),
            Verdict::Known { parts, .. } => Err(parts),
            Verdict::Missing { reference } => Ok(Some(reference)),
            Verdict::Fault { reason } => Err(vec![ConditionPart {
                words: reason,
                value: None,
                holds: None,
            }]),
        }
    }

    fn rule_naming(&self, compiled: &Compiled, action: &Action, reference: &str) -> String {
        let names = |guard: &Guard| match guard {
            Guard::OnlyIf { condition } | Guard::NeverIf { condition } => condition.references().contains(&reference),
            Guard::AtMost { .. } | Guard::Never => false,
        };
        let rule = compiled
            .program
            .rules
            .iter()
            .find(|rule| rule.actions.contains(&action.id) && names(&rule.guard));
        rule.map_or_else(
            || format!("{}: only when allowed", action.name),
            |rule| rule.text.clone(),
        )
    }

    /// Before a yes is asked for: what a rule forbids whatever the customer says is held back at once.
    pub(crate) fn forbidden(&mut self, compiled: &Compiled, op: &Op, index: usize, id: &ActionId) -> Option<Flow> {
        let action = compiled.catalogue().action(id)?.clone();
        let rules = compiled.program.rules.iter().filter(|rule| rule.actions.contains(id));
        let blocked = rules.filter(|rule| !waits(&rule.guard)).find_map(|rule| {
            let because = self.surely_broken(compiled, &action, &rule.guard)?;
            Some(Blocked {
                rule: rule.text.clone(),
                because,
                told: rule.told.clone(),
            })
        })?;
        Some(self.block(op, index, &action, blocked))
    }

    /// Why a rule does not hold, whatever the inputs will be.
    fn surely_broken(&self, compiled: &Compiled, action: &Action, guard: &Guard) -> Option<Vec<ConditionPart>> {
        let (condition, wanted) = match guard {
            Guard::OnlyIf { condition } => (condition, true),
            Guard::NeverIf { condition } => (condition, false),
            Guard::AtMost { .. } | Guard::Never => return self.guard(compiled, action, &BTreeMap::new(), guard).err(),
        };
        match self.evaluate(compiled, condition) {
            Verdict::Known { result, parts, .. } if result != wanted => Some(parts),
            _ => None,
        }
    }

    fn block(&mut self, op: &Op, index: usize, action: &Action, blocked: Blocked) -> Flow {
        let at = self.here(op, index);
        let (id, name, rule) = (action.id.clone(), action.name.clone(), blocked.rule);
        self.emit(EventKind::ActionBlocked {
            place: at,
            action: id,
            name,
            rule: rule.clone(),
            because: blocked.because,
        });
        let said = match blocked.told {
            Some(told) => format!("{} {told}", words::NOT_ABLE),
            None => words::NOT_ABLE.to_owned(),
        };
        self.say(said, None, Speaker::Assistant);
        self.hand_off(None, None, None, HandOffReason::Blocked { rule });
        Flow::Over
    }
}

/// The rule that forbids a change where a conversation stands, or the yes that it lacks: for whoever looks through a log
/// and trusts nothing but it.
#[must_use]
pub fn rule_against(
    library: &Library,
    state: &State,
    at: i64,
    action: &ActionId,
    inputs: &BTreeMap<String, Value>,
) -> Option<String> {
    let input = Input {
        id: InputId::new("audit"),
        at,
        kind: InputKind::Stopped,
    };
    let machine = Machine::new(library, state, &input);
    let compiled = machine.compiled()?;
    let action = compiled.catalogue().action(action)?;
    if action.needs_confirmation && machine.run()?.confirmed != Some(true) {
        return Some(format!("{} needs the customer's yes", action.name));
    }
    match machine.rule_on(&compiled, action, inputs) {
        Ruling::Free => None,
        Ruling::Blocked(blocked) => Some(blocked.rule),
        Ruling::Missing(reference) => Some(machine.rule_naming(&compiled, action, &reference)),
    }
}

/// Whether a rule waits for something that may still come: a yes, a call, a value.
fn waits(guard: &Guard) -> bool {
    fn on(condition: &Condition) -> bool {
        match condition {
            Condition::All { parts } | Condition::Any { parts } => parts.iter().any(on),
            Condition::Not { part } | Condition::AnyItem { part, .. } => on(part),
            Condition::Test { comparison, .. } => matches!(comparison, Comparison::Missing | Comparison::Present),
            Condition::Action { .. } | Condition::Webhook { .. } | Condition::Confirmed => true,
            Condition::WithinOpeningHours => false,
        }
    }
    match guard {
        Guard::OnlyIf { condition } | Guard::NeverIf { condition } => on(condition),
        Guard::AtMost { .. } | Guard::Never => false,
    }
}
