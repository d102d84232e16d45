//! The opposite of a condition.

use taskwright_domain::{Condition, Operand};

/// The opposite; a double negation is undone.
pub(in crate::read) fn negate(condition: Condition) -> Condition {
    match condition {
        Condition::Not { part } => *part,
        Condition::Test {
            subject,
            comparison: taskwright_domain::Comparison::Missing,
        } => Condition::Test {
            subject,
            comparison: taskwright_domain::Comparison::Present,
        },
        Condition::Test {
            subject,
            comparison: taskwright_domain::Comparison::Present,
        } => Condition::Test {
            subject,
            comparison: taskwright_domain::Comparison::Missing,
        },
        Condition::Test {
            subject,
            comparison: taskwright_domain::Comparison::Is { to },
        } => {
            let flipped = match to {
                Operand::Constant {
                    value: taskwright_domain::Value::Boolean(yes),
                } => {
                    let to = Operand::Constant {
                        value: taskwright_domain::Value::Boolean(!yes),
                    };
                    taskwright_domain::Comparison::Is { to }
                }
                to => taskwright_domain::Comparison::IsNot { to },
            };
            Condition::Test {
                subject,
                comparison: flipped,
            }
        }
        Condition::Test { subject, comparison } => match flipped(comparison) {
            Ok(comparison) => Condition::Test { subject, comparison },
            Err(comparison) => Condition::Not {
                part: Box::new(Condition::Test {
                    subject,
                    comparison: *comparison,
                }),
            },
        },
        other => Condition::Not { part: Box::new(other) },
    }
}

/// The comparison that holds exactly when another does not, for values that are there.
fn flipped(
    comparison: taskwright_domain::Comparison,
) -> Result<taskwright_domain::Comparison, Box<taskwright_domain::Comparison>> {
    use taskwright_domain::Comparison::{After, AtLeast, AtMost, Before, IsNot, LessThan, MoreThan};
    Ok(match comparison {
        Before { than } | LessThan { than } => AtLeast { than },
        After { than } | MoreThan { than } => AtMost { than },
        AtLeast { than } => LessThan { than },
        AtMost { than } => MoreThan { than },
        IsNot { to } => taskwright_domain::Comparison::Is { to },
        other => return Err(Box::new(other)),
    })
}
