//! What must never be: a run that changes data, done otherwise than written.

use taskwright_domain::{Action, ActionId, Condition, StepKind};

use super::{Judge, overlap};
use crate::fixture::{Does, Part};
use crate::reach::{Placed, Reach, all, not};
use crate::worlds::implies;

impl<'a> Judge<'a> {
    /// A data-changing run that this part forbids, or that stands where it asks for none.
    pub(super) fn wrong(&self, part: &Part) -> Option<String> {
        self.run_by_mistake(part)
            .or_else(|| self.run_on_another_condition(part))
            .or_else(|| self.looser_rule(part))
            .or_else(|| self.run_in_spite_of(part))
    }

    /// The runs of a laid-out plan that change data.
    pub(super) fn changes<'s>(&'s self, reach: &'s Reach<'a>) -> impl Iterator<Item = (&'s Placed<'a>, &'a Action)> {
        reach
            .steps
            .iter()
            .filter_map(|step| match step.kind {
                StepKind::Run { action, .. } => Some((step, self.judged().action(action)?)),
                _ => None,
            })
            .filter(|(_, action)| action.changes_data)
    }

    /// The part that a step was read from: the one that shares most of its words.
    fn is_home_of(&self, part: &Part, step: &Placed<'_>) -> bool {
        let shared = |part: &Part| {
            part.span
                .end
                .min(step.span.end)
                .saturating_sub(part.span.start.max(step.span.start))
        };
        let best = self.fixture.parts.iter().map(shared).max();
        overlap(step.span, part.span) && Some(shared(part)) == best
    }

    fn expects_run(part: &Part, name: &str) -> bool {
        part.does.iter().any(|(does, _)| match does {
            Does::Runs(action, _) | Does::TriesAgain(action, _) | Does::MayRun(action) => action == name,
            _ => false,
        })
    }

    fn run_by_mistake(&self, part: &Part) -> Option<String> {
        let mut parts = self.fixture.parts.iter();
        let (_, action) = self.changes(&self.run).find(|(step, action)| {
            self.is_home_of(part, step)
                && !parts.any(|part| overlap(step.span, part.span) && Self::expects_run(part, &action.name))
        })?;
        Some(format!("runs {}, which is not asked for here", action.name))
    }

    fn run_on_another_condition(&self, part: &Part) -> Option<String> {
        let mut expected = part.does.iter().filter_map(|(does, when)| match does {
            Does::Runs(action, _) | Does::MayRun(action) => Some((action, when)),
            _ => None,
        });
        expected.find_map(|(name, when)| {
            let under = self.under(part, when.as_ref())?;
            let (step, action) = self
                .changes(&self.run)
                .find(|(step, action)| action.name == *name && overlap(step.span, part.span))?;
            let done = self.effective(step, &action.id);
            (!implies(&done, &under, self.judged())).then(|| format!("runs {name} on another condition"))
        })
    }

    pub(super) fn demanded(&self, does: &Does) -> Option<(ActionId, Condition)> {
        match does {
            Does::OnlyIf(Some(action), condition) => Some((self.action(action), condition.clone())),
            Does::NeverIf(action, condition) => Some((self.action(action), not(condition.clone()))),
            _ => None,
        }
    }

    /// A rule that allows what the written one forbids.
    fn looser_rule(&self, part: &Part) -> Option<String> {
        if self.is_blocked(part) {
            return None;
        }
        let mut demanded = part.does.iter().filter_map(|(does, _)| self.demanded(does));
        demanded.find_map(|(action, demanded)| {
            let rules = self.rules(part);
            let guards = rules.iter().any(|rule| rule.actions.contains(&action));
            let allowed = self.allowed(rules, &action);
            (guards && !implies(&allowed, &demanded, self.judged())).then(|| "a rule that allows more".to_owned())
        })
    }

    /// The plan would run what this part holds back, and nothing says that the part is not understood.
    fn run_in_spite_of(&self, part: &Part) -> Option<String> {
        if self.is_blocked(part) {
            return None;
        }
        let demanded = part.does.iter().filter_map(|(does, _)| match does {
            Does::Closed(action, condition) => Some((self.action(action), not(condition.clone()))),
            Does::ConfirmsAction(action) => Some((self.action(action), self.confirmed_or_not_there(part)?)),
            other => self.demanded(other),
        });
        for (action, demanded) in demanded {
            for (step, run) in self.changes(&self.run).filter(|(_, run)| run.id == action) {
                let done = all(vec![self.effective(step, &action), step.succeeded.clone()]);
                if !implies(&done, &demanded, self.judged()) {
                    return Some(format!("runs {} in spite of this", run.name));
                }
            }
        }
        None
    }

    /// What a run needs where a confirmation is written: a yes, on the way on which it is asked for.
    fn confirmed_or_not_there(&self, part: &Part) -> Option<Condition> {
        let way = self.under(part, None)?;
        Some(Condition::Any {
            parts: vec![not(way), Condition::Confirmed],
        })
    }
}
