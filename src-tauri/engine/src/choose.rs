//! Letting the customer pick among the items of a list that a system gave.

use taskwright_domain::{Calculation, EventKind, OptionId, Source, Speaker, Value};
use taskwright_language::understand::{Choosable, Move};
use taskwright_language::wording;

use crate::figures;
use crate::hear::place_of;
use crate::machine::{Flow, Machine, Obtained};
use crate::plain::one_line;
use crate::program::{Compiled, Op, OpKind};
use crate::words;

/// Items that are shown at most; more would not be read.
const SHOWN_AT_MOST: usize = 10;

impl Machine<'_> {
    /// Fetches the list that the attribute is picked from, where it is not there yet. `None`: it is there.
    pub(crate) fn fetch_choices(
        &mut self,
        compiled: &Compiled,
        op: &Op,
        index: usize,
        attribute: &str,
    ) -> Option<Flow> {
        let pick = compiled.program.picks.get(attribute)?;
        if self.value(&pick.list).is_none() {
            match self.obtain(compiled, op, index, &pick.list) {
                Obtained::Pending => return Some(Flow::Wait),
                Obtained::Settled => return Some(Flow::Goto(index)),
                Obtained::Impossible if self.run().is_none() => return Some(Flow::Over),
                Obtained::Impossible => {}
            }
        }
        let none = self
            .choosable_at(compiled, index, attribute)
            .is_none_or(|choosable| choosable.items.is_empty());
        none.then(|| {
            let label = self.label(compiled, attribute);
            self.could_not_follow(op, index, &format!("there is nothing to choose the {label} from"))
        })
    }

    /// What the customer can pick the attribute from at this operation; `None` where it is not picked from a list that is
    /// there.
    pub(crate) fn choosable_at(&self, compiled: &Compiled, index: usize, attribute: &str) -> Option<Choosable> {
        let pick = compiled.program.picks.get(attribute)?;
        let Value::List(mut items) = self.value(&pick.list)?.plain().clone() else {
            return None;
        };
        let among = compiled.program.ops.get(index).and_then(|op| match &op.kind {
            OpKind::Ask {
                attribute: asked,
                among: Some(among),
                ..
            } if asked == attribute => Some(among),
            _ => None,
        });
        if let Some(part) = among.and_then(|among| among.part.as_ref()) {
            items.retain(|item| self.is_so(compiled, part, item));
        }
        let at_most = among
            .and_then(|among| among.at_most)
            .map_or(SHOWN_AT_MOST, |most| most as usize);
        items.truncate(at_most);
        // A line break in what a system says must not begin an item of its own.
        let labels = wording::items(&items, &pick.fields, &self.settings());
        let labels = labels.iter().map(|label| one_line(label)).collect();
        Some(Choosable {
            attribute: attribute.to_owned(),
            items,
            labels,
            several: pick.several || among.is_some_and(|among| among.each),
            picked: self.state.value(attribute).map(|known| known.value.clone()),
        })
    }

    fn choosable(&self, compiled: &Compiled, attribute: &str) -> Option<Choosable> {
        let index = self.run().and_then(|run| run.op).map_or(usize::MAX, |op| op as usize);
        self.choosable_at(compiled, index, attribute)
    }

    /// A quick reply for an item; of a lone item, yes or no.
    pub(crate) fn chosen_item(&mut self, compiled: &Compiled, attribute: &str, option: &OptionId) {
        let at = place_of(option);
        let choosable = self.choosable(compiled, attribute);
        let declined = at == Some(1) && choosable.as_ref().is_some_and(|choosable| choosable.items.len() == 1);
        let value = at.zip(choosable).and_then(|(at, choosable)| choosable.value(&[at]));
        match value.filter(|_| !declined) {
            Some(value) => {
                self.fill(compiled, attribute, value);
                self.advance();
            }
            None => self.refused(compiled, attribute, words::NO),
        }
    }

    /// The quick replies for what can be picked.
    pub(crate) fn offer_choices(&mut self, choosable: &Choosable) {
        match choosable.labels.as_slice() {
            [_] => self.offer(&[words::YES, words::NO], false),
            labels => {
                let labels: Vec<&str> = labels.iter().map(String::as_str).collect();
                self.offer(&labels, false);
            }
        }
    }

    /// What was picked as the value it gives, corrected where something was picked before.
    pub(crate) fn picked(&self, choosable: Option<&Choosable>, moves: Vec<Move>) -> Vec<Move> {
        let as_value = |mv: Move| match (mv, choosable) {
            (Move::Pick { attribute, items, span }, Some(choosable)) => {
                let value = choosable.value(&items);
                match (value, &choosable.picked) {
                    (value, Some(_)) => Move::Correct { attribute, value, span },
                    (Some(value), None) => Move::Fill { attribute, value, span },
                    (None, None) => Move::Unclear,
                }
            }
            (mv, _) => mv,
        };
        moves.into_iter().map(as_value).collect()
    }

    /// Records what the customer gave. Of several items where the task takes one at a time, the first is taken; the
    /// others follow.
    pub(crate) fn give(&mut self, compiled: &Compiled, attribute: &str, value: Option<Value>) {
        if !takes_answers(compiled, attribute) {
            return;
        }
        let source = self.source_of_answer(compiled, attribute);
        let one_at_a_time = compiled.program.picks.get(attribute).is_some_and(|pick| !pick.several);
        match value {
            Some(Value::List(mut items)) if one_at_a_time && !items.is_empty() => {
                let first = items.remove(0);
                self.set(compiled, attribute, Some(first), source);
                self.set_following(compiled, attribute, items);
            }
            value => self.set(compiled, attribute, value, source),
        }
    }

    fn set_following(&mut self, compiled: &Compiled, attribute: &str, items: Vec<Value>) {
        let rest = (!items.is_empty()).then_some(Value::List(items));
        let source = self.source_of_answer(compiled, attribute);
        self.set(compiled, &following(attribute), rest, source);
    }

    /// At the end of the task: goes on with the next of several picked items, if one is left.
    pub(crate) fn next_item(&mut self) -> bool {
        let Some(compiled) = self.compiled() else { return false };
        let asks = compiled
            .program
            .ops
            .iter()
            .enumerate()
            .find_map(|(at, op)| match &op.kind {
                OpKind::Ask {
                    attribute,
                    among: Some(among),
                    ..
                } if among.each && self.state.value(&following(attribute)).is_some() => Some((at, attribute.clone())),
                _ => None,
            });
        let Some((at, attribute)) = asks else { return false };
        let Some(Value::List(mut items)) = self.value(&following(&attribute)) else {
            return false;
        };
        self.forget_after(&compiled, at);
        let next = items.remove(0);
        let label = compiled
            .program
            .picks
            .get(&attribute)
            .map(|pick| pick.fields.clone())
            .unwrap_or_default();
        let label = wording::items(std::slice::from_ref(&next), &label, &self.settings());
        let label: Vec<_> = label.iter().map(|label| one_line(label)).collect();
        let source = self.source_of_answer(&compiled, &attribute);
        self.set(&compiled, &attribute, Some(next), source);
        self.set_following(&compiled, &attribute, items);
        self.say(
            format!("{} {}.", words::NEXT_ITEM, label.join(", ")),
            None,
            Speaker::Assistant,
        );
        let place = self.here(&compiled.program.ops[at], at);
        let pass = self
            .run()
            .and_then(|run| run.passes.get(&place.op))
            .copied()
            .unwrap_or(1)
            + 1;
        self.emit(EventKind::Moved { place, pass });
        true
    }

    /// Forgets what the operations behind this one asked for, set and looked up: it was about the item before.
    fn forget_after(&mut self, compiled: &Compiled, at: usize) {
        let behind = compiled.program.ops.iter().skip(at + 1);
        let keys = behind.filter_map(|op| match &op.kind {
            OpKind::Ask { attribute, .. } | OpKind::Set { attribute, .. } | OpKind::Classify { attribute, .. } => {
                Some(attribute.clone())
            }
            OpKind::Run { action, .. } => compiled
                .catalogue()
                .action(action)
                .map(|action| action.result_name.clone()),
            _ => None,
        });
        let keys: std::collections::BTreeSet<String> = keys.collect();
        for key in keys
            .into_iter()
            .filter(|key| self.state.value(key).is_some())
            .collect::<Vec<_>>()
        {
            self.set(compiled, &key, None, Source::Computed);
        }
    }

    /// Where a value of this attribute comes from when the customer gives it.
    pub(crate) fn source_of_answer(&self, compiled: &Compiled, attribute: &str) -> Source {
        match compiled.program.picks.get(attribute) {
            Some(pick) => Source::Chosen {
                from: pick.list.clone(),
            },
            None => Source::Customer,
        }
    }

    /// The attribute that was picked last, or is asked for.
    pub(crate) fn choosing(&self, compiled: &Compiled) -> Option<Choosable> {
        let asked = match self.state.asked() {
            Some(taskwright_domain::Question::Attribute { attribute, .. }) => Some(attribute.as_str()),
            _ => None,
        };
        if let Some(asked) = asked {
            return self.choosable(compiled, asked);
        }
        let keys = compiled.program.picks.keys();
        let mut picked = keys.filter(|key| self.state.value(key).is_some());
        let only = picked.next()?;
        picked.next().is_none().then(|| self.choosable(compiled, only))?
    }

    /// Works out again what follows from the attribute.
    pub(crate) fn work_out_from(&mut self, compiled: &Compiled, changed: &str) {
        let following = compiled
            .program
            .worked_out
            .iter()
            .filter(|(_, calculation)| calculation.of() == changed);
        for (key, calculation) in following {
            let value = self.work_out(calculation);
            self.set(compiled, key, value, Source::Computed);
        }
    }

    /// The value of a calculation; `None` while its list is not known, or where its items lack the field.
    pub(crate) fn work_out(&self, calculation: &Calculation) -> Option<Value> {
        let Value::List(items) = self.value(calculation.of())?.plain().clone() else {
            return None;
        };
        match calculation {
            Calculation::Count { .. } => i64::try_from(items.len()).ok().map(Value::Integer),
            Calculation::Sum { field, .. } => {
                let values: Option<Vec<Value>> = items.iter().map(|item| item.field(field).cloned()).collect();
                values?
                    .into_iter()
                    .map(Some)
                    .reduce(|sum, value| figures::sum(&sum?, &value?))?
            }
        }
    }
}

/// Whether the attribute is the customer's to give. What systems or the author say is not.
pub(crate) fn takes_answers(compiled: &Compiled, attribute: &str) -> bool {
    let known = compiled.program.attribute(attribute);
    known.is_some_and(|known| known.customer_may_fill && !compiled.program.worked_out.contains_key(attribute))
}

/// The key of the items that were picked with the one that is dealt with, and follow it.
fn following(attribute: &str) -> String {
    format!("{attribute}_to_follow")
}

/// The question with what can be picked.
pub(crate) fn with_choices(question: &str, choosable: &Choosable) -> String {
    match choosable.labels.as_slice() {
        [only] => format!("{} {only}. {}", words::ONE_TO_CHOOSE, words::IS_IT_THAT),
        labels => {
            let lines = labels
                .iter()
                .enumerate()
                .map(|(at, label)| format!("{}. {label}", at + 1));
            format!("{question}\n{}", lines.collect::<Vec<_>>().join("\n"))
        }
    }
}
