//! Values that a rule rules out: said when they are given, not when it is too late.

use taskwright_domain::{ActionId, Comparison, Condition, Guard, Operand, Value};
use taskwright_language::understand::Move;

use crate::machine::Machine;
use crate::program::Compiled;

impl Machine<'_> {
    /// An answer that some rule can never let through does not fit, and the customer is told what would.
    pub(crate) fn ruled_out(&self, compiled: &Compiled, asked: Option<&str>, moves: Vec<Move>) -> Vec<Move> {
        let looked_at = |mv: Move| match mv {
            Move::Fill { attribute, value, span } if asked == Some(attribute.as_str()) => {
                match self.out_of_range(compiled, &attribute, &value) {
                    Some(why) => Move::Misfit { attribute, why },
                    None => Move::Fill { attribute, value, span },
                }
            }
            mv => mv,
        };
        moves.into_iter().map(looked_at).collect()
    }

    /// What the value must be instead, where a rule about nothing but this value does not hold for it.
    fn out_of_range(&self, compiled: &Compiled, attribute: &str, value: &Value) -> Option<String> {
        compiled.program.rules.iter().find_map(|rule| {
            let Guard::OnlyIf {
                condition: condition @ Condition::Test { subject, comparison },
            } = &rule.guard
            else {
                return None;
            };
            let of_it = matches!(subject, Operand::Reference { reference } if reference == attribute);
            let alone = condition.references().iter().all(|reference| *reference == attribute);
            if !of_it
                || !alone
                || !self.goes_into_each(compiled, attribute, &rule.actions)
                || self.would_hold(compiled, condition, (attribute, value)) != Some(false)
            {
                return None;
            }
            let label = self.label(compiled, attribute);
            let range = self.range(compiled, comparison)?;
            Some(format!("The {} must be {range}.", label.trim_start_matches("the ")))
        })
    }

    /// Whether each of the actions is given the value: a rule on others does not make it a bad answer.
    fn goes_into_each(&self, compiled: &Compiled, attribute: &str, actions: &[ActionId]) -> bool {
        let takes = |id: &ActionId| {
            compiled
                .catalogue()
                .action(id)
                .is_some_and(|action| action.inputs.iter().any(|input| input.reference() == Some(attribute)))
        };
        actions.iter().all(takes)
    }

    /// "from 21 November 2026 to 21 December 2026".
    fn range(&self, compiled: &Compiled, comparison: &Comparison) -> Option<String> {
        let words = |operand: &Operand| self.operand(operand, compiled).map(|value| self.format(&value));
        Some(match comparison {
            Comparison::Between { low, high } => format!("from {} to {}", words(low)?, words(high)?),
            Comparison::AtLeast { than } => format!("at least {}", words(than)?),
            Comparison::AtMost { than } => format!("at most {}", words(than)?),
            Comparison::MoreThan { than } => format!("more than {}", words(than)?),
            Comparison::LessThan { than } => format!("less than {}", words(than)?),
            Comparison::Before { than } => format!("before {}", words(than)?),
            Comparison::After { than } => format!("after {}", words(than)?),
            Comparison::WithinNext { period } => format!("within the next {period}"),
            Comparison::WithinLast { period } => format!("within the last {period}"),
            _ => return None,
        })
    }
}
