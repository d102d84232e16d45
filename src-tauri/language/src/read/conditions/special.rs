//! Conditions that compare no value: answers, outcomes of actions, waits, opening hours, counts, what is missing.

use taskwright_domain::{ActionState, AttributeType, Comparison, Condition, LinkTarget, Operand, Value};

use super::super::constants::number_at;
use super::super::names::{Lookup, Prefer, Stem, content};
use super::super::token::{Kind, Token};
use super::super::verbs::{deed_of_noun, verb_at};
use super::compare::{Relation, relation_at};
use super::subject::{Subject, is_customer};
use super::{Conditions, Got, link_over, negate, refer, trim};

impl Conditions<'_, '_> {
    pub(super) fn special(&self, words: &[Token<'_>]) -> Option<Got> {
        let words = trim(words);
        self.answer(words)
            .or_else(|| opening_hours(words))
            .or_else(|| clock(words))
            .or_else(|| self.before_day(words))
            .or_else(|| self.webhook(words))
            .or_else(|| self.missing(words))
            .or_else(|| self.differs(words))
            .or_else(|| self.count(words))
            .or_else(|| self.outcome(words))
    }

    /// "before the free cancellation deadline", "after the trial's end": today, or now, beside a day that is known.
    fn before_day(&self, words: &[Token<'_>]) -> Option<Got> {
        let [word, rest @ ..] = words else { return None };
        if !word.any(&["before", "after"]) {
            return None;
        }
        let prefer = Prefer {
            askable: false,
            owner: self.said.it.as_deref(),
        };
        let Lookup::One { at, .. } = self.names.lookup(rest, prefer) else {
            return None;
        };
        let value = self.names.value(at);
        let subject = match value.kind {
            AttributeType::Date => Operand::Today,
            AttributeType::DateTime => Operand::Now,
            _ => return None,
        };
        let than = refer(&value.reference);
        let comparison = if word.is("before") {
            Comparison::Before { than }
        } else {
            Comparison::After { than }
        };
        Some(Got {
            condition: Condition::Test { subject, comparison },
            sure: false,
            links: self.link(rest, at),
            subject: Subject::Value(at, false),
        })
    }

    /// "it comes back different": a field of the look-up is not the value of that kind that it was given.
    fn differs(&self, words: &[Token<'_>]) -> Option<Got> {
        let differs = words.last()?.any(&["different", "differently", "differs"]);
        let it = words.first()?.any(&["it", "that", "this"]) || self.names.object(&words[..words.len() - 1]).is_some();
        if !differs || !it || words.len() > 6 || words.iter().any(|t| t.any(&["not", "n't", "never"])) {
            return None;
        }
        let owner = self.said.it.as_deref()?;
        let action = self.names.catalogue.action(self.said.action.as_ref()?)?;
        if action.result_name != owner {
            return None;
        }
        let pairs: Vec<_> = action
            .inputs
            .iter()
            .filter_map(|input| {
                let given = self.names.reference(input.reference()?)?;
                let kind = &self.names.value(given).kind;
                let told = self
                    .names
                    .of_owner(owner)
                    .find(|at| self.names.value(*at).kind == *kind)?;
                Some((told, given))
            })
            .collect();
        let [(told, given)] = pairs.as_slice() else { return None };
        let comparison = Comparison::IsNot {
            to: refer(&self.names.value(*given).reference),
        };
        Some(Got {
            condition: Condition::Test {
                subject: refer(&self.names.value(*told).reference),
                comparison,
            },
            sure: false,
            links: self.link(words, *told),
            subject: Subject::Thing(owner.to_owned()),
        })
    }

    /// Yes, no, and other words for them.
    fn answer(&self, words: &[Token<'_>]) -> Option<Got> {
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

    /// "the identity result arrives", "no answer within 30 minutes".
    fn webhook(&self, words: &[Token<'_>]) -> Option<Got> {
        let negated = words.iter().any(|t| t.any(&["not", "no", "nothing", "never"]));
        let lost = words.iter().any(|t| t.any(&["expires", "expired", "expire", "lapses"]))
            || has_pair(words, &["times", "timed", "time", "runs", "ran"], "out");
        let came = words.iter().any(|t| {
            t.any(&[
                "arrives", "arrive", "arrived", "comes", "come", "came", "received", "receive", "receives", "reported",
                "back",
            ]) || (t.any(&["result", "response", "answer", "callback", "webhook"]) && negated)
        });
        if !lost && !came {
            return None;
        }
        let known = |t: &Token<'_>| {
            t.is_mark()
                || t.kind == Kind::Number
                || t.any(&[
                    "the",
                    "a",
                    "an",
                    "it",
                    "is",
                    "are",
                    "does",
                    "do",
                    "did",
                    "has",
                    "have",
                    "been",
                    "was",
                    "not",
                    "no",
                    "nothing",
                    "never",
                    "in",
                    "time",
                    "times",
                    "timed",
                    "out",
                    "expires",
                    "expired",
                    "expire",
                    "lapses",
                    "arrives",
                    "arrive",
                    "arrived",
                    "comes",
                    "come",
                    "came",
                    "received",
                    "receive",
                    "receives",
                    "reported",
                    "back",
                    "result",
                    "response",
                    "answer",
                    "callback",
                    "webhook",
                    "wait",
                    "link",
                    "confirmation",
                    "this",
                    "verification",
                    "within",
                    "after",
                    "minutes",
                    "hours",
                    "hour",
                    "days",
                    "runs",
                    "ran",
                    "we",
                    "get",
                    "got",
                    "check",
                    "customer",
                    "their",
                    "from",
                    "for",
                ])
        };
        let named_by = |t: &Token<'_>| {
            self.names
                .webhooks
                .iter()
                .any(|(_, stems)| stems.iter().any(|s| s.akin(t)))
        };
        if !words.iter().all(|t| known(t) || named_by(t)) {
            return None;
        }
        let spoken = words.iter().any(|t| {
            t.any(&[
                "it",
                "result",
                "response",
                "answer",
                "callback",
                "webhook",
                "wait",
                "nothing",
                "link",
                "confirmation",
                "this",
                "verification",
            ])
        });
        let named = self.names.webhook(words).map(|at| self.names.webhooks[at].0.clone());
        let key = named.or_else(|| self.said.waiting.clone().filter(|_| spoken))?;
        let link = link_over(words, LinkTarget::Webhook { key: key.clone() });
        let condition = Condition::Webhook {
            key,
            received: !(lost || negated),
        };
        Some(Got {
            condition,
            sure: true,
            links: link,
            subject: Subject::Open,
        })
    }

    /// "there is no e-mail", "they don't have an order number", "without a receipt".
    fn missing(&self, words: &[Token<'_>]) -> Option<Got> {
        let (negated, rest) = possession(words)?;
        let prefer = Prefer {
            askable: false,
            owner: self.said.it.as_deref(),
        };
        let Lookup::One { at, .. } = self.names.lookup(rest, prefer) else {
            return None;
        };
        let value = self.names.value(at);
        // "they have started" is no possession.
        if value.is_date()
            && rest
                .last()
                .is_some_and(|t| t.low.ends_with("ed") || t.low.ends_with("en"))
        {
            return None;
        }
        let comparison = match value.kind {
            AttributeType::Boolean => Comparison::Is {
                to: Operand::Constant {
                    value: Value::Boolean(!negated),
                },
            },
            AttributeType::List { .. } => {
                let relation = if negated { Relation::Same } else { Relation::More };
                let condition = self.counted(at, relation, 0)?;
                return Some(Got {
                    condition,
                    sure: true,
                    links: self.link(rest, at),
                    subject: Subject::Value(at, true),
                });
            }
            _ if negated => Comparison::Missing,
            _ => Comparison::Present,
        };
        let condition = Condition::Test {
            subject: refer(&value.reference),
            comparison,
        };
        Some(Got {
            condition,
            sure: true,
            links: self.link(rest, at),
            subject: Subject::Value(at, true),
        })
    }

    /// "more than one booking", "there are several open tickets".
    fn count(&self, words: &[Token<'_>]) -> Option<Got> {
        let skip = words
            .iter()
            .take_while(|t| {
                t.any(&[
                    "there", "is", "are", "has", "have", "had", "they", "the", "customer", "we", "find", "found",
                    "only", "'s",
                ])
            })
            .count();
        let only = words[..skip].iter().any(|t| t.is("only"));
        let rest = &words[skip..];
        let first = rest.first()?;
        let (relation, number, tail) = if let Some((relation, after)) = relation_at(rest, 0) {
            let read = number_at(rest, after)?;
            (relation, whole(read.value)?, &rest[read.end..])
        } else if first.any(&["several", "multiple", "many"]) {
            (Relation::More, 1, &rest[1..])
        } else if first.any(&["any", "some"]) {
            (Relation::More, 0, &rest[1..])
        } else if first.is("no") {
            (Relation::Same, 0, &rest[1..])
        } else if words[..skip].iter().any(|t| t.any(&["there", "has", "have"]))
            && number_at(rest, 0).is_none()
            && self.list(rest).is_some()
        {
            (Relation::More, 0, rest)
        } else {
            let read = number_at(rest, 0).filter(|_| only || skip > 1)?;
            (Relation::Same, whole(read.value)?, &rest[read.end..])
        };
        let end = tail
            .iter()
            .position(|t| {
                t.any(&["is", "are", "was", "were", "comes", "come", "found", "left", "open"]) && !t.is("open")
            })
            .unwrap_or(tail.len());
        let (noun, after) = tail.split_at(end);
        if noun.is_empty()
            || !after.iter().all(|t| {
                t.any(&[
                    "is", "are", "was", "were", "found", "comes", "come", "up", "left", "returned",
                ])
            })
        {
            return None;
        }
        let (condition, at) = match self.list(noun) {
            Some(at) => (self.counted(at, relation, number)?, at),
            // "more than 8 guests" where the guests are a number.
            None => {
                let Lookup::One { at, .. } = self.names.lookup(
                    noun,
                    Prefer {
                        askable: false,
                        owner: self.said.it.as_deref(),
                    },
                ) else {
                    return None;
                };
                let value = self.names.value(at);
                let than = Operand::Constant {
                    value: Value::Integer(number),
                };
                let fits = matches!(value.kind, AttributeType::Integer | AttributeType::Decimal);
                let comparison = super::compare::numeric_comparison(relation, than).filter(|_| fits)?;
                (
                    Condition::Test {
                        subject: refer(&value.reference),
                        comparison,
                    },
                    at,
                )
            }
        };
        Some(Got {
            condition,
            sure: true,
            links: self.link(noun, at),
            subject: Subject::Value(at, true),
        })
    }

    fn list(&self, words: &[Token<'_>]) -> Option<usize> {
        let list = |at: usize| matches!(self.names.value(at).kind, AttributeType::List { .. });
        match self.names.lookup(words, Prefer::default()) {
            Lookup::One { at, .. } if list(at) => Some(at),
            Lookup::Several(several) => several.into_iter().find(|at| list(*at)),
            _ => {
                let owner = self.names.object(words)?;
                let lists: Vec<_> = self.names.of_owner(&owner).filter(|at| list(*at)).collect();
                if let [at] = lists.as_slice() { Some(*at) } else { None }
            }
        }
    }

    /// "no order is found", "the refund fails", "it worked".
    fn outcome(&self, words: &[Token<'_>]) -> Option<Got> {
        if let Some(got) = self.undone(words) {
            return Some(got);
        }
        let (state, told) = state_of(words)?;
        let about: Vec<_> = told
            .iter()
            .filter(|t| {
                !t.any(&[
                    "the", "a", "an", "no", "any", "such", "there", "call", "request", "action", "again",
                ])
            })
            .cloned()
            .collect();
        if state != ActionState::NotFound && self.has_such_option(&about, words) {
            return None;
        }
        let found = words
            .iter()
            .any(|t| t.any(&["found", "find", "exist", "exists", "located"]));
        let at = self.acted(&about, state, found)?;
        let doing = &self.names.actions[at];
        let link = link_over(
            words,
            LinkTarget::Action {
                action: doing.id.clone(),
            },
        );
        let condition = Condition::Action {
            action: doing.id.clone(),
            state,
        };
        Some(Got {
            condition,
            sure: true,
            links: link,
            subject: Subject::Thing(doing.result_name.clone()),
        })
    }

    /// "the claim can't be opened": the action failed.
    fn undone(&self, words: &[Token<'_>]) -> Option<Got> {
        let modal = words.iter().position(|t| t.any(&["can", "could"]))?;
        words.get(modal + 1).filter(|t| t.is("not"))?;
        let at = modal + 2 + usize::from(words.get(modal + 2).is_some_and(|t| t.is("be")));
        let verb = verb_at(words, at)
            .filter(|v| v.deed.acts() && at + v.length == words.len() && v.form == super::super::verbs::Form::Past)?;
        if verb.lemma == "find" {
            return None;
        }
        let lemma = Stem::new(verb.lemma);
        let asked = super::super::actions::Asked {
            deed: verb.deed,
            lemma: &lemma,
            object: &words[..modal],
            it: self.said.it.as_deref(),
            amount: false,
        };
        let super::super::actions::Match::One { at, .. } = self.names.action_for(&asked) else {
            return None;
        };
        let doing = &self.names.actions[at];
        let link = link_over(
            words,
            LinkTarget::Action {
                action: doing.id.clone(),
            },
        );
        let condition = Condition::Action {
            action: doing.id.clone(),
            state: ActionState::Failed,
        };
        Some(Got {
            condition,
            sure: true,
            links: link,
            subject: Subject::Thing(doing.result_name.clone()),
        })
    }

    /// Whether a status of what is spoken of says the same: it is meant first.
    fn has_such_option(&self, about: &[Token<'_>], words: &[Token<'_>]) -> bool {
        let owner = match self.names.object(about) {
            Some(owner) if self.said.waiting.is_none() => Some(owner),
            None if about.iter().all(|t| t.any(&["it", "that", "this"])) => self.said.it.clone(),
            _ if self.said.waiting.is_some() => self.said.waiting.clone(),
            _ => match self.names.lookup(about, Prefer::default()) {
                Lookup::One { at, .. } => self.names.value(at).owner.clone(),
                _ => None,
            },
        };
        let Some(owner) = owner else { return false };
        self.names.of_owner(&owner).any(|at| {
            let options = &self.names.value(at).options;
            options
                .iter()
                .any(|option| matches!(option.stems.as_slice(), [one] if words.iter().any(|t| one.same(t))))
        })
    }

    /// The action whose outcome is meant.
    fn acted(&self, about: &[Token<'_>], state: ActionState, words_found: bool) -> Option<usize> {
        let place = |id: &taskwright_domain::ActionId| self.names.actions.iter().position(|doing| doing.id == *id);
        let last = || match state {
            ActionState::NotFound => self.said.looked_up.as_ref().map(|(id, _)| id).and_then(place),
            _ => self.said.action.as_ref().and_then(place),
        };
        if about.is_empty()
            || about.iter().all(|t| {
                t.any(&[
                    "it",
                    "that",
                    "this",
                    "nothing",
                    "anything",
                    "one",
                    "match",
                    "matches",
                    "result",
                    "results",
                    "system",
                    "everything",
                ])
            })
        {
            // "it helps" is the customer's answer where one was asked for.
            let boolean = self
                .said
                .asked
                .is_some_and(|at| matches!(self.names.value(at).kind, AttributeType::Boolean));
            if boolean && matches!(state, ActionState::Succeeded | ActionState::Failed) {
                return None;
            }
            return last();
        }
        if let Some(at) = self.names.action_named(about) {
            return Some(at);
        }
        let lookups = |at: &usize| !self.names.actions[*at].changes;
        let telling = content(about);
        let fits_thing = |at: &usize| {
            let doing = &self.names.actions[*at];
            let thing: Vec<Stem> = doing
                .object
                .iter()
                .cloned()
                .chain(super::super::names::stems(&doing.result_name))
                .collect();
            !telling.is_empty()
                && telling
                    .iter()
                    .all(|t| thing.iter().any(|s| s.akin(t)) || self.said.it.is_some() && t.any(&["matching"]))
        };
        let all = 0..self.names.actions.len();
        let finding = about_found(state, words_found);
        if finding {
            let fits: Vec<_> = all.filter(lookups).filter(fits_thing).collect();
            let latest = last().filter(|at| fits.contains(at));
            return latest
                .or(if let [at] = fits.as_slice() { Some(*at) } else { None })
                .or_else(|| {
                    let generic = telling
                        .iter()
                        .all(|t| t.any(&["account", "record", "match", "matching", "customer", "entry", "result"]));
                    last().filter(|_| generic)
                });
        }
        // "the test" is of the action that tests; a deed's own noun is of the action that does it.
        let does = |t: &Token<'_>| {
            let mut lemmas = self.names.actions.iter().filter_map(|doing| doing.lemma.as_ref());
            lemmas.any(|lemma| lemma.same(t))
        };
        let of_object = |at: &usize| {
            telling.iter().all(|t| {
                deed_of_noun(t).is_none() && !does(t) && self.names.actions[*at].object.iter().any(|s| s.same(t))
            })
        };
        let named: Vec<_> = all.clone().filter(of_object).collect();
        if let ([at], false) = (named.as_slice(), telling.is_empty()) {
            return Some(*at);
        }
        let noun = about.iter().position(|t| {
            deed_of_noun(t).is_some() || verb_at(std::slice::from_ref(t), 0).is_some_and(|v| v.deed.acts())
        });
        let deed = noun.and_then(|at| deed_of_noun(&about[at]).or_else(|| verb_at(&about[at..=at], 0).map(|v| v.deed)));
        if let (Some(deed), Some(noun)) = (deed, noun) {
            let others_fit = |at: &usize| {
                let doing = &self.names.actions[*at];
                let rest = telling.iter().filter(|t| t.stem != about[noun].stem);
                rest.into_iter().all(|t| doing.speaks_of(t))
            };
            let fits: Vec<_> = all
                .filter(|at| {
                    self.names.actions[*at]
                        .deed
                        .is_some_and(|own| own == deed || own.akin(deed))
                })
                .filter(others_fit)
                .collect();
            let latest = last().filter(|at| fits.contains(at));
            let own = |at: &usize| self.names.actions[*at].deed == Some(deed) || telling.len() > 1;
            return latest.or(if let [at] = fits.as_slice() {
                Some(*at).filter(own)
            } else {
                None
            });
        }
        let fits: Vec<_> = all.filter(fits_thing).collect();
        if let [at] = fits.as_slice() { Some(*at) } else { None }
    }
}

/// Whether a look-up is meant: "found", "exists".
fn about_found(state: ActionState, said: bool) -> bool {
    state == ActionState::NotFound || said && state == ActionState::Succeeded
}

fn whole(number: rust_decimal::Decimal) -> Option<i64> {
    number
        .is_integer()
        .then(|| rust_decimal::prelude::ToPrimitive::to_i64(&number))
        .flatten()
}

fn has_pair(words: &[Token<'_>], first: &[&str], second: &str) -> bool {
    words.windows(2).any(|pair| pair[0].any(first) && pair[1].is(second))
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

/// "it is Sunday", "on weekends", "it's after 6 pm": the conversation's own day and time.
fn clock(words: &[Token<'_>]) -> Option<Got> {
    let skip = words
        .iter()
        .take_while(|t| t.any(&["it", "is", "'s", "today", "on", "currently", "now"]))
        .count();
    let (said, rest) = words.split_at(skip);
    let (not, rest) = match rest {
        [not, rest @ ..] if not.is("not") => (true, rest),
        rest => (false, rest),
    };
    let got = |subject: Operand, comparison: Comparison| {
        let condition = Condition::Test { subject, comparison };
        Got {
            condition: if not { negate(condition) } else { condition },
            sure: true,
            links: Vec::new(),
            subject: Subject::Open,
        }
    };
    if let Some(days) = super::super::weekdays::weekdays(rest) {
        return Some(got(Operand::Today, Comparison::OnWeekday { days }));
    }
    if said.is_empty() && !rest.first()?.any(&["before", "after"]) {
        return None;
    }
    let (relation, after) = match relation_at(rest, 0) {
        Some((relation, after)) => (Some(relation), after),
        None => (None, 0),
    };
    super::event::at_time(relation, &rest[after..]).map(|comparison| got(Operand::Now, comparison))
}

fn opening_hours(words: &[Token<'_>]) -> Option<Got> {
    let hours = words
        .windows(2)
        .any(|pair| pair[0].any(&["opening", "business", "office", "working", "our"]) && pair[1].is("hours"));
    let said: Vec<_> = words.iter().map(|t| t.low.as_str()).collect();
    let outside = words
        .iter()
        .any(|t| t.any(&["outside", "out", "after", "not", "before"]));
    let open = match said.as_slice() {
        _ if hours => !outside,
        ["we" | "you", "are", "open"] | ["the", "office" | "team" | "desk", "is", "open"] => true,
        ["we" | "you", "are", "closed"]
        | ["the", "office" | "team" | "desk", "is", "closed"]
        | ["we", "are", "not", "open"] => false,
        _ => return None,
    };
    let known = [
        "it", "is", "'s", "we", "are", "you", "the", "our", "within", "outside", "of", "in", "during", "opening",
        "business", "office", "working", "hours", "open", "closed", "not", "out", "after", "team", "desk",
    ];
    if !words.iter().all(|t| t.any(&known)) {
        return None;
    }
    let condition = if open {
        Condition::WithinOpeningHours
    } else {
        negate(Condition::WithinOpeningHours)
    };
    Some(Got {
        condition,
        sure: true,
        links: Vec::new(),
        subject: Subject::Open,
    })
}

/// "there is no X", "they have no X", "they cannot find X", "without X": whether it is missing, and X.
fn possession<'t, 'a>(words: &'t [Token<'a>]) -> Option<(bool, &'t [Token<'a>])> {
    let mut at = words
        .iter()
        .take_while(|t| t.any(&["there", "they", "the", "customer", "he", "she", "we", "user", "you"]))
        .count();
    if words.first()?.is("without") {
        return Some((true, &words[1..]));
    }
    if words[0].is("no") && words.len() <= 6 {
        let tail = &words[1..];
        let end = tail
            .iter()
            .position(|t| t.any(&["is", "was", "has", "given", "provided"]))
            .unwrap_or(tail.len());
        let given = tail[end..]
            .iter()
            .all(|t| t.any(&["is", "was", "has", "been", "given", "provided", "known", "on", "file"]));
        return given.then_some((true, &tail[..end]));
    }
    if at == 0 || at == words.len() {
        return None;
    }
    let mut negated = false;
    let mut owns = false;
    while let Some(token) = words.get(at) {
        if token.any(&["not", "no", "never"]) {
            negated = true;
            owns |= token.is("no");
        } else if token.any(&[
            "have", "has", "had", "know", "knows", "give", "provide", "find", "remember", "'s", "got", "lacks", "lack",
            "gave", "provided", "gives", "provides", "share",
        ]) {
            owns = true;
            negated |= token.any(&["lacks", "lack"]);
        } else if !token.any(&[
            "do", "does", "did", "can", "could", "is", "are", "any", "a", "an", "the", "their", "us", "to", "will",
            "would", "able", "want", "wants",
        ]) {
            break;
        }
        at += 1;
    }
    (owns && at < words.len()).then(|| (negated, &words[at..]))
}

/// What became of a call, and the words that say which.
fn state_of<'a>(words: &[Token<'a>]) -> Option<(ActionState, Vec<Token<'a>>)> {
    let negated = words
        .iter()
        .any(|t| t.any(&["not", "no", "nothing", "never", "neither", "unable"]));
    let mut state = None;
    let mut told: Vec<Token<'_>> = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let token = &words[at];
        let next = |word: &[&str]| words.get(at + 1).is_some_and(|t| t.any(word));
        let (found, skip) = if token.any(&["found", "find", "exist", "exists", "locate", "located"]) {
            (
                Some(if negated {
                    ActionState::NotFound
                } else {
                    ActionState::Succeeded
                }),
                1,
            )
        } else if token.any(&["comes", "come", "turns", "shows"]) && next(&["up"]) {
            (
                Some(if negated {
                    ActionState::NotFound
                } else {
                    ActionState::Succeeded
                }),
                2,
            )
        } else if token.any(&["comes", "come", "returns", "return"]) && next(&["empty", "nothing", "up"])
            || token.any(&["comes", "come"]) && next(&["back"]) && words.get(at + 2).is_some_and(|t| t.is("empty"))
        {
            (Some(ActionState::NotFound), 3)
        } else if token.any(&["fails", "failed", "fail", "errors", "error", "unsuccessful"])
            || token.any(&["goes", "went"]) && next(&["wrong"])
            || token.any(&["times", "timed"]) && next(&["out"])
        {
            (
                Some(if negated && !token.is("unsuccessful") {
                    ActionState::Succeeded
                } else {
                    ActionState::Failed
                }),
                if next(&["out", "wrong"]) { 2 } else { 1 },
            )
        } else if token.any(&[
            "succeeds",
            "succeeded",
            "succeed",
            "successful",
            "works",
            "worked",
            "work",
            "complete",
            "completes",
        ]) || token.any(&["goes", "went", "go"]) && next(&["through"])
        {
            (
                Some(if negated {
                    ActionState::Failed
                } else {
                    ActionState::Succeeded
                }),
                if next(&["through"]) { 2 } else { 1 },
            )
        } else {
            (None, 1)
        };
        if found.is_some() {
            if state.is_some() {
                return None;
            }
            state = found;
        } else if !token.any(&[
            "is", "was", "can", "could", "be", "does", "do", "did", "not", "has", "have", "been", "'s", "out", "we",
            "you", "if", "are", "unable", "to", "with", "under", "by", "this", "that", "number", "nothing",
        ]) || matches!(token.kind, Kind::Quote)
        {
            told.push(token.clone());
        }
        at += skip;
    }
    if state.is_none() && words.len() <= 5 && words.first()?.is("there") && negated {
        let rest: Vec<_> = told.iter().filter(|t| !t.any(&["there"])).cloned().collect();
        return Some((ActionState::NotFound, rest)).filter(|(_, rest)| !rest.is_empty());
    }
    if state.is_none() && words.len() <= 3 && words.first()?.is("no") {
        return Some((ActionState::NotFound, told));
    }
    let state = state?;
    (told.len() <= 5).then_some((state, told))
}
