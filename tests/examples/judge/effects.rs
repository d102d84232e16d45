//! What a part comes to: the rules, questions and steps that it asks for.

use taskwright_domain::{ActionId, Arm, Condition, Guard, StepKind};

use super::Judge;
use super::deeds::{asked_in, name_of, plain, said};
use crate::fixture::{Does, Part};
use crate::reach::not;
use crate::worlds::{implies, same};

impl<'a> Judge<'a> {
    pub(super) fn effects(&self, part: &Part) -> Vec<String> {
        let effects = part.does.iter();
        effects
            .filter_map(|(does, when)| self.effect(part, does, when.as_ref()))
            .collect()
    }

    /// What is missing of an effect.
    pub(super) fn effect(&self, part: &Part, does: &Does, when: Option<&Condition>) -> Option<String> {
        match does {
            Does::OnlyIf(None, condition) => self.some_rule(part, condition),
            Does::OnlyIf(..) | Does::NeverIf(..) => self.rule_demanded(part, does),
            Does::AtMost(action, times) => self.limit(part, &self.action(action), *times),
            Does::Closed(action, condition) => self.closed(part, &self.action(action), condition),
            Does::MayRun(_) => None,
            Does::WordsOnly => (!self.rules(part).is_empty()).then(|| "holds an action back".to_owned()),
            Does::AdvisesAtMost(times) => self.advises_more(part, *times),
            Does::NeverSays(words) => self.says_form(words),
            _ => match self.under(part, when) {
                Some(under) => self.step_for(part, does, &under),
                None => Some("what it stands under is not read".to_owned()),
            },
        }
    }

    /// A rule of whatever action, with this condition.
    fn some_rule(&self, part: &Part, condition: &Condition) -> Option<String> {
        let rules = self.rules(part);
        let fits = rules.iter().any(|rule| match &rule.guard {
            Guard::OnlyIf { condition: read } => same(&self.with_values(read), condition, self.judged()),
            Guard::NeverIf { condition: read } => same(&not(self.with_values(read)), condition, self.judged()),
            _ => false,
        } && !rule.actions.is_empty());
        (!fits).then(|| "no such rule".to_owned())
    }

    /// A rule that allows exactly what is demanded.
    fn rule_demanded(&self, part: &Part, does: &Does) -> Option<String> {
        let (action, demanded) = self.demanded(does)?;
        let rules = self.rules(part);
        let guards = rules.iter().any(|rule| rule.actions.contains(&action));
        let allowed = self.allowed(rules, &action);
        let fits = guards && same(&allowed, &demanded, self.judged());
        (!fits).then(|| "no such rule".to_owned())
    }

    fn limit(&self, part: &Part, action: &ActionId, times: u32) -> Option<String> {
        let rules = self.rules(part);
        let fits = rules
            .iter()
            .any(|rule| rule.actions.contains(action) && rule.guard == Guard::AtMost { times });
        (!fits).then(|| "no limit on how often".to_owned())
    }

    fn closed(&self, part: &Part, action: &ActionId, condition: &Condition) -> Option<String> {
        let closed = not(condition.clone());
        // What nobody can follow holds back by ending the run; nothing else may count on that.
        let reach = if part.kind == "unclear" { &self.run } else { &self.reach };
        let mut runs = self.changes(reach).filter(|(_, run)| run.id == *action);
        let open = runs.any(|(step, _)| {
            let done = self.allowed_after(step, action, self.understood());
            !implies(&done, &closed, self.judged())
        });
        open.then(|| "does not hold the action back".to_owned())
    }

    fn advises_more(&self, part: &Part, times: u32) -> Option<String> {
        let advice = |arm: &&&Arm| {
            let given = arm
                .steps
                .iter()
                .filter(|step| matches!(step.kind, StepKind::Inform { .. }));
            arm.span.start < part.span.start && given.count() > times as usize
        };
        let more = self.reach.arms.iter().any(|arm| advice(&arm));
        more.then(|| "gives more advice".to_owned())
    }

    fn says_form(&self, words: &str) -> Option<String> {
        let mut steps = self.reach.steps.iter();
        let said = steps.any(|step| said(step.kind).contains(&plain(words)));
        said.then(|| "says words that only show the form".to_owned())
    }

    fn step_for(&self, part: &Part, does: &Does, under: &Condition) -> Option<String> {
        if let Does::Asks(attributes) = does {
            return self.asks(part, attributes, under);
        }
        let steps: Vec<_> = self
            .steps(part)
            .into_iter()
            .filter(|step| self.does(step.kind, does))
            .collect();
        if steps.is_empty() {
            return Some(format!("no step for “{}”", name_of(does)));
        }
        let reached = steps.iter().any(|step| self.are_reached(&[step], under)) || self.are_reached(&steps, under);
        (!reached).then(|| format!("“{}” under another condition", name_of(does)))
    }

    /// What is missing of the questions: for these values, in this order, and for no others under their condition.
    fn asks(&self, part: &Part, attributes: &[String], under: &Condition) -> Option<String> {
        let questions: Vec<_> = self
            .steps(part)
            .into_iter()
            .filter(|step| !asked_in(step.kind).is_empty())
            .collect();
        let mut asked: Vec<&str> = Vec::new();
        for question in &questions {
            for attribute in asked_in(question.kind) {
                let about: Vec<_> = questions
                    .iter()
                    .copied()
                    .filter(|it| asked_in(it.kind).contains(&attribute))
                    .collect();
                let reached = self.are_reached(&[question], under) || self.are_reached(&about, under);
                if reached && !asked.contains(&attribute) {
                    asked.push(attribute);
                }
            }
        }
        if asked == attributes {
            return None;
        }
        let found = if asked.is_empty() {
            "nothing".to_owned()
        } else {
            asked.join(", ")
        };
        Some(format!("asks for {found} instead of {}", attributes.join(", ")))
    }
}
