//! Answers: "yes", "they agree", "the customer would rather not".

use taskwright_domain::{AttributeType, Comparison, Condition, Operand, Value};

use crate::read::conditions::subject::{Subject, is_customer};
use crate::read::conditions::{Conditions, Got, negate, refer};
use crate::read::token::Token;

impl Conditions<'_, '_> {
    /// Yes, no, and other words for them.
    pub(super) fn answer(&self, words: &[Token<'_>]) -> Option<Got> {
        let yes = says_yes(words)?;
        let condition = match self.said.asked {
            Some(at) if matches!(self.names.value(at).kind, AttributeType::Boolean) => {
                let to = Operand::Constant {
                    value: Value::Boolean(yes),
                };
                Condition::Test {
                    subject: refer(&self.names.value(at).reference),
                    comparison: Comparison::Is { to },
                }
            }
            _ if self.said.confirming && yes => Condition::Confirmed,
            _ if self.said.confirming => negate(Condition::Confirmed),
            // The question may stand in another block.
            _ if words.iter().any(|t| {
                t.any(&[
                    "confirm",
                    "confirms",
                    "confirmed",
                    "agree",
                    "agrees",
                    "agreed",
                    "say",
                    "says",
                    "said",
                ])
            }) =>
            {
                if yes {
                    Condition::Confirmed
                } else {
                    negate(Condition::Confirmed)
                }
            }
            _ => return None,
        };
        let subject = self.said.asked.map_or(Subject::Customer, |at| Subject::Value(at, true));
        Some(Got {
            condition,
            sure: true,
            links: Vec::new(),
            subject,
        })
    }
}

/// Whether the customer agrees or declines; none when the words say something else.
fn says_yes(words: &[Token<'_>]) -> Option<bool> {
    let said: Vec<_> = words.iter().filter(|t| !t.is_mark()).map(|t| t.low.as_str()).collect();
    match said.as_slice() {
        ["yes" | "so" | "agreed" | "confirmed" | "accepted" | "approved"] => return Some(true),
        ["no" | "not" | "declined" | "refused"] | ["no", "luck" | "success"] | ["still", "no" | "not"] => {
            return Some(false);
        }
        _ => {}
    }
    let first = words.first()?;
    let start = if first.any(&["they", "he", "she", "customer", "it", "user"]) {
        1
    } else if words.len() > 1 && is_customer(&words[..2]) {
        2
    } else {
        return bare_answer(&said);
    };
    answer_of(&said[start.min(said.len())..])
}

fn bare_answer(said: &[&str]) -> Option<bool> {
    match said {
        ["answer" | "reply", "is", "yes"] | ["the", "answer" | "reply", "is", "yes"] => Some(true),
        ["answer" | "reply", "is", "no"] | ["the", "answer" | "reply", "is", "no"] => Some(false),
        ["agrees" | "agree" | "accepts" | "accept" | "confirms"] => Some(true),
        ["declines" | "decline" | "refuses"] => Some(false),
        _ => None,
    }
}

fn answer_of(said: &[&str]) -> Option<bool> {
    let (negated, rest) = match said {
        [
            "do" | "does" | "did" | "will" | "would" | "are" | "is" | "have" | "has",
            "not",
            rest @ ..,
        ] => (true, rest),
        [
            "are" | "is" | "have" | "has" | "do" | "does" | "did" | "will" | "would",
            rest @ ..,
        ] => (false, rest),
        rest => (false, rest),
    };
    let short = rest.len() <= 7;
    let yes = match rest {
        [] => !matches!(said, ["are" | "is" | "have" | "has"]),
        [
            "agree" | "agrees" | "agreed" | "accept" | "accepts" | "accepted" | "consent" | "consents" | "approve"
            | "approves",
            ..,
        ] if short => true,
        ["confirm" | "confirms" | "confirmed"] => true,
        [
            "confirm" | "confirms" | "confirmed",
            "it" | "this" | "that" | "the" | "their" | "they" | "so",
            ..,
        ] if short && !rest.contains(&"is") => true,
        [
            "say" | "says" | "said" | "answer" | "answers" | "reply" | "replies",
            "yes" | "ok" | "okay",
        ] => true,
        [
            "say" | "says" | "said" | "answer" | "answers" | "reply" | "replies",
            "no",
        ] => false,
        ["ok" | "okay" | "happy" | "fine" | "sure" | "good" | "certain"] => true,
        [
            "ok" | "okay" | "happy" | "fine" | "good",
            "with",
            "it" | "that" | "this" | "the",
            ..,
        ] if short => true,
        [
            "happy" | "ready" | "willing" | "sure",
            "to" | "they",
            "go" | "proceed" | "continue" | "want",
            ..,
        ] => true,
        ["want" | "wants" | "wanted", "to", "go" | "proceed" | "continue", ..]
        | ["wish" | "wishes", "to", "go" | "proceed" | "continue", ..] => true,
        ["want" | "wants", "it" | "that" | "this" | "to" | "so"]
        | ["like", "to" | "that" | "it"]
        | ["would", "like", "to" | "that"] => true,
        ["go" | "goes", "ahead"] | ["give" | "gives", "their", "ok" | "consent" | "approval" | "permission"] => true,
        [
            "decline" | "declines" | "declined" | "refuse" | "refuses" | "refused" | "reject" | "rejects",
            ..,
        ] if short => false,
        ["change" | "changes", "their", "mind"]
        | ["back" | "backs", "out"]
        | ["would", "rather", "not"]
        | ["rather", "not"] => false,
        _ => return None,
    };
    Some(yes != negated)
}
