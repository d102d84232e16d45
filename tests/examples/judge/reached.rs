//! The condition that a part stands under, and whether steps are reached exactly under it.

use taskwright_domain::Condition;

use super::{Judge, overlap};
use crate::condition::Stated;
use crate::fixture::Part;
use crate::reach::{Placed, all, not};
use crate::worlds::{implies, possible};

impl<'a> Judge<'a> {
    /// The condition that a part stands under, with its own; none where it has no type and nothing was read there.
    pub(super) fn under(&self, part: &Part, when: Option<&Condition>) -> Option<Condition> {
        let mut parts = Vec::new();
        for (id, then) in &part.under {
            let condition = self.condition_of(self.fixture.part(id))?;
            parts.push(if *then { condition } else { not(condition) });
        }
        match &part.condition {
            Some(Stated::Else(id)) => parts.push(not(self.condition_of(self.fixture.part(id))?)),
            Some(_) => parts.push(self.condition_of(part)?),
            None => {}
        }
        parts.extend(when.cloned());
        Some(all(parts))
    }

    /// The condition of a part: as stated, or as read where no type can state it.
    pub(super) fn condition_of(&self, part: &Part) -> Option<Condition> {
        match part.condition.as_ref()? {
            Stated::Typed(condition) => Some(condition.clone()),
            Stated::Else(id) => Some(not(self.condition_of(self.fixture.part(id))?)),
            Stated::Words => {
                let arm = self.reach.arms.iter().find(|arm| overlap(arm.span, part.span))?;
                Some(arm.condition.clone())
            }
        }
    }

    /// Whether these steps together are reached exactly under this condition, as long as the run goes on: each of them
    /// only then, and one of them whenever it holds.
    pub(super) fn are_reached(&self, steps: &[&Placed<'_>], under: &Condition) -> bool {
        let Some(first) = steps.first() else { return false };
        let only_then = steps.iter().all(|step| {
            let there = all(vec![step.reach.clone(), step.known.clone()]);
            implies(&there, under, self.judged())
        });
        let comes = all(vec![under.clone(), first.open.clone()]);
        let parts: Vec<_> = steps.iter().map(|step| step.reach.clone()).collect();
        let some = Condition::Any { parts };
        only_then && possible(&some, self.judged()) && implies(&comes, &some, self.judged())
    }
}
