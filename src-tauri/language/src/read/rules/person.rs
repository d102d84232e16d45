//! Actions that a person decides beyond a limit: "refunds above 100 EUR need a person (Returns)".

use taskwright_domain::{ActionId, Condition, Guard, Operand, Step};

use crate::read::conditions::refer;
use crate::read::reader::Reader;
use crate::read::token::Token;

impl<'t, 'a> Reader<'t, 'a, '_> {
    /// "refunds above 100 EUR need a person (Returns)": held back; the engine then offers a person.
    pub(super) fn need_a_person(
        &mut self,
        whole: &'t [Token<'a>],
        actions: Vec<ActionId>,
        rest: &'t [Token<'a>],
        steps: &mut Vec<Step>,
    ) -> bool {
        let Some(at) = rest
            .iter()
            .position(|t| t.any(&["need", "needs", "require", "requires", "go", "goes", "are", "is"]))
        else {
            return false;
        };
        let tail = &rest[at..];
        let person = tail.iter().any(|t| {
            t.any(&[
                "person",
                "human",
                "manager",
                "approval",
                "supervisor",
                "agent",
                "colleague",
            ])
        }) || self.names.team(tail).is_some();
        let refused = tail.iter().any(|t| t.any(&["not", "never"]))
            && tail.iter().any(|t| t.any(&["allowed", "possible", "permitted"]));
        if !(person || refused) || at == 0 {
            return false;
        }
        let limit = match &rest[..at] {
            [limit @ .., modal] if modal.any(&["must", "should", "always", "to", "have", "has"]) => limit,
            limit => limit,
        };
        let condition = match self.input_limit(&actions, limit) {
            Some(found) => found.map(|condition| (condition, None)),
            None => self
                .read_rule_condition(limit)
                .map(|got| (got.condition.clone(), Some(got))),
        };
        match condition {
            Ok((condition, got)) => {
                if let Some(team) = self.names.team(tail) {
                    self.hand_over_if(whole, &actions, &condition, team, steps);
                }
                self.write_rule(whole, actions, Guard::NeverIf { condition }, got.as_ref());
            }
            Err(trouble) => self.unread_rule(whole, actions, Some((&rest[..at], trouble))),
        }
        true
    }

    /// "… need a person (Returns)": where it is known before the action runs, the team takes over at once.
    fn hand_over_if(
        &mut self,
        whole: &'t [Token<'a>],
        actions: &[ActionId],
        condition: &Condition,
        team: usize,
        steps: &mut Vec<Step>,
    ) {
        let Condition::Test {
            subject: Operand::Input { key },
            comparison,
        } = condition
        else {
            return;
        };
        let inputs = actions.iter().filter_map(|id| self.catalogue().action(id));
        let Some(input) = inputs.flat_map(|action| &action.inputs).find(|input| input.key == *key) else {
            return;
        };
        let reference = match &input.from {
            taskwright_domain::InputFrom::Reference { reference } => reference.clone(),
            _ => input.key.clone(),
        };
        if !self.names.values.iter().any(|value| value.reference == reference) {
            return;
        }
        let hands = self.step(
            whole,
            taskwright_domain::StepKind::HandOff {
                team: Some(self.names.teams[team].0.clone()),
                words: None,
                note: None,
            },
        );
        let arm = taskwright_domain::Arm {
            span: self.span(whole),
            condition: Condition::Test {
                subject: refer(&reference),
                comparison: comparison.clone(),
            },
            steps: vec![hands],
        };
        let check = taskwright_domain::StepKind::Check {
            arms: vec![arm],
            otherwise: Vec::new(),
        };
        steps.push(self.step(whole, check));
    }
}
