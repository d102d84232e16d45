//! Judgement without a measure: "if it looks suspicious", "if the amount is too high". Nobody but the author knows where it
//! begins, so a measure is asked for, and some are offered from what the catalogue can tell.

mod words;

use std::borrow::Cow;

use taskwright_domain::{AttributeType, Fix, Problem, ProblemCode, Severity};

use super::conditions::{Conditions, Got};
use super::names::{Lookup, Named, Prefer, content};
use super::problems::{problem, remedy};
use super::reader::{Reader, trimmed};
use super::token::{Kind, Token};

use words::{BE, DEGREES, Judgement, Measure, OF_MONEY, Side, judgement, measure_behind};

pub(super) use words::says_of;

impl<'t, 'a> Reader<'t, 'a, '_> {
    /// "the claim looks suspicious, i.e. its value is over 500 EUR": what the author says it means.
    pub(super) fn said_measure(&self, words: &[Token<'a>]) -> Option<Got> {
        let (at, from) = measure_behind(words)?;
        let measure = trimmed(&words[from..]);
        let read = |words: &[Token<'_>]| Conditions::new(&self.names, &self.said).read(words).ok();
        let whole_clause = measure.iter().any(|t| t.any(&BE) || t.any(&["has", "have"]));
        if whole_clause {
            return read(measure);
        }
        let be = words[..at].iter().rposition(|t| t.any(&BE))?;
        let mut whole = words[..=be].to_vec();
        if let Some(verb) = whole.last_mut() {
            verb.low = "is".to_owned();
        }
        let negates = words[be..at].iter().any(|t| t.is("not"));
        whole.extend_from_slice(measure);
        read(&whole).filter(|_| !negates)
    }

    /// The problem of a condition that judges without a measure.
    pub(super) fn no_measure(&self, whole: &[Token<'_>], words: &[Token<'_>]) -> Option<Problem> {
        let found = judgement(words)?;
        if self.is_explained(&found.part[found.at]) {
            return None;
        }
        let said = self.said_so(&found);
        let span = self.span(found.part);
        let measures = self.measures(&found);
        let example = match measures.first() {
            Some((at, text)) => {
                let reference = &self.names.value(*at).reference;
                let label = super::describe::label_of(&super::conditions::refer(reference), self.names.catalogue);
                let label = label.trim_start_matches("the ");
                text.replace(&format!("{{{reference}}}"), &format!("the {label}"))
            }
            None => match found.measure {
                Measure::Time => "… days".to_owned(),
                Measure::Count => "more than …".to_owned(),
                Measure::Size | Measure::Any => "over …".to_owned(),
            },
        };
        let message = format!(
            "When is that \u{201c}{said}\u{201d}? Nothing here says where it begins, so nobody can decide it. Write a measure, e.g. \u{201c}{example}\u{201d}, with yours for the dots."
        );
        let mut problem = problem(ProblemCode::NoMeasure, Severity::Blocks, span, message);
        for (_, text) in measures {
            let label = format!("Write \u{201c}{text}\u{201d}");
            problem.remedies.push(remedy(label, Fix::Replace { span, text }));
        }
        problem.remedies.push(super::problems::yes_or_no(words));
        let ways_out = super::problems::ways_out(self.span(whole), &self.written(whole));
        problem.remedies.extend(ways_out);
        Some(problem)
    }

    /// "Suspicious means over 500 EUR." anywhere else.
    fn is_explained(&self, word: &Token<'_>) -> bool {
        let means = |t: &Token<'_>| t.any(&["means", "mean"]) || t.mark('=');
        let places = self.tokens.iter().enumerate().filter(|(_, t)| t.low == word.low);
        places
            .map(|(at, _)| &self.tokens[at + 1..(at + 4).min(self.tokens.len())])
            .any(|next| next.iter().any(means))
    }

    /// The judgement as written, with "too" and "very".
    fn said_so(&self, found: &Judgement<'_, '_>) -> String {
        let degrees = found.part[..found.at]
            .iter()
            .rev()
            .take_while(|t| t.any(&DEGREES))
            .count();
        let end = found.at + 1;
        let time = usize::from(found.part[found.at].is("long") && found.part.get(end).is_some());
        // "a good customer" is about "good".
        let article = found.part[found.at - degrees].is("a") && time == 0 && !found.part[found.at].is("lot");
        self.written(&found.part[found.at - degrees + usize::from(article)..end + time])
    }

    /// "the weather": nothing that the catalogue tells measures it.
    fn is_foreign_to_all(&self, subject: &[Token<'_>]) -> bool {
        const GENERAL: [&str; 14] = [
            "customer",
            "user",
            "client",
            "they",
            "request",
            "case",
            "order",
            "claim",
            "situation",
            "conversation",
            "account",
            "purchase",
            "something",
            "anything",
        ];
        let said = content(subject);
        let known = |t: &Token<'_>| {
            let named = |value: &Named| value.field_stems.iter().any(|s| s.same(t));
            t.kind == Kind::Pill
                || t.any(&GENERAL)
                || t.is_customer()
                || self.names.values.iter().any(named)
                || self.names.object(std::slice::from_ref(t)).is_some()
        };
        !said.is_empty() && !said.iter().any(|t| known(t))
    }

    /// Conditions that could be meant, with dots for the number.
    fn measures(&self, found: &Judgement<'_, '_>) -> Vec<(usize, String)> {
        const MOST: usize = 3;
        let subject = subject(found);
        if self.is_foreign_to_all(&subject) {
            return Vec::new();
        }
        let named = self.names.object(&subject).or_else(|| self.object_in(&subject));
        let named = named
            .or_else(|| self.object_in(found.part))
            .filter(|owner| owner != "customer");
        let owner = named.clone().or_else(|| self.said.it.clone());
        let prefer = Prefer {
            askable: false,
            owner: owner.as_deref(),
        };
        // "the amount" may be any amount.
        let plain = owner.is_none() && content(&subject).len() == 1 && !subject.iter().any(|t| t.kind == Kind::Pill);
        if let Lookup::One { at, .. } = self.names.lookup(&subject, prefer)
            && !plain
            && let Some(text) = measured_by(self.names.value(at), found)
        {
            return vec![(at, text)];
        }
        let mut fits: Vec<(u8, u8, usize, String)> = Vec::new();
        let values = self.names.values.iter().enumerate();
        for (at, value) in values.filter(|(_, value)| !value.of_change) {
            let Some(text) = measured_by(value, found).filter(|_| value.options.is_empty()) else {
                continue;
            };
            if found.part[found.at].any(&OF_MONEY) && family(&value.kind) > 0 {
                continue;
            }
            let spoken = content(found.part)
                .iter()
                .any(|t| value.field_stems.iter().any(|s| s.same(t)));
            let far = match value.owner.as_deref() {
                _ if spoken => 0,
                Some(of) if Some(of) == owner.as_deref() => 1,
                Some("customer") => 3,
                _ => 2,
            };
            fits.push((far, family(&value.kind), at, text));
        }
        fits.sort_by_key(|(far, family, ..)| (*far, *family));
        let nearest = fits.first().map_or(0, |(far, ..)| *far);
        // What is far away is of use only where nothing is near.
        fits.retain(|(far, ..)| *far <= if named.is_some() { 1 } else { nearest.max(1) });
        let mut kept: Vec<(u8, usize, String)> = Vec::new();
        for (_, family, at, text) in fits {
            let known = kept.iter().filter(|(other, ..)| *other == family).count();
            let room = if found.measure == Measure::Any { 1 } else { 2 };
            if known < room && kept.len() < MOST {
                kept.push((family, at, text));
            }
        }
        kept.into_iter().map(|(_, at, text)| (at, text)).collect()
    }
}

/// What is judged: the words in front of the verb, or those around the judgement.
fn subject<'a>(found: &Judgement<'_, 'a>) -> Vec<Token<'a>> {
    let be = found.part[..found.at].iter().rposition(|t| t.any(&BE));
    let around = || {
        let rest = found.part.iter().enumerate().filter(|(at, t)| {
            *at != found.at
                && !t.any(&DEGREES)
                && !t.any(&BE)
                && !t.any(&["there", "they", "the", "customer", "has", "have"])
        });
        rest.map(|(_, t)| t.clone()).collect()
    };
    match be {
        Some(be) if be > 0 => found.part[..be].to_vec(),
        // "the booking is paid and expensive"
        _ if found.part.len() <= 2 => {
            let be = found.whole.iter().position(says_of);
            found.whole[..be.unwrap_or(0)].to_vec()
        }
        _ => around(),
    }
}

/// What a value is measured in; one of each is offered.
const fn family(kind: &AttributeType) -> u8 {
    match kind {
        AttributeType::Amount | AttributeType::Decimal => 0,
        AttributeType::Date | AttributeType::DateTime => 1,
        _ => 2,
    }
}

/// The condition on a value that a judgement may mean.
fn measured_by(value: &Named, found: &Judgement<'_, '_>) -> Option<String> {
    use AttributeType::{Amount, Choice, Date, DateTime, Decimal, Integer, List};
    let pill = format!("{{{}}}", value.reference);
    let any = found.measure == Measure::Any;
    let side = found.side;
    let than: Cow<'_, str> = match side {
        Side::Above => "over".into(),
        Side::Below if found.measure == Measure::Size => "under".into(),
        Side::Below => "at most".into(),
    };
    match &value.kind {
        Amount | Decimal if any || found.measure == Measure::Size => Some(format!("{pill} is {than} …")),
        Integer if any || matches!(found.measure, Measure::Size | Measure::Count) => Some(match side {
            Side::Above => format!("{pill} is more than …"),
            Side::Below => format!("{pill} is at most …"),
        }),
        List { .. } if any || found.measure == Measure::Count => Some(match side {
            Side::Above => format!("there are more than … {pill}"),
            Side::Below => format!("there are at most … {pill}"),
        }),
        Date | DateTime if any || found.measure == Measure::Time => {
            let long = found.measure == Measure::Time && side == Side::Above;
            let than = if long { "more" } else { "less" };
            (!lies_ahead(&value.reference)).then(|| format!("{pill} is {than} than … days ago"))
        }
        Choice { .. } if any => Some(format!("{pill} is …")),
        _ => None,
    }
}

/// A date that is still to come.
fn lies_ahead(reference: &str) -> bool {
    let ahead = [
        "renews", "next", "due", "until", "expires", "ends", "expected", "starts", "valid", "new", "arrives",
        "deadline", "eta", "by",
    ];
    reference.split(['.', '_']).any(|part| ahead.contains(&part))
}

#[cfg(test)]
mod tests {
    use taskwright_domain::{ProblemCode, Severity};

    use crate::read::tests::mends::{about, meaning, mended, problems};

    /// The texts that the measures leave.
    fn measures(text: &str) -> Vec<String> {
        let found = problems(text, ProblemCode::NoMeasure);
        let [problem] = found.as_slice() else {
            panic!("one judgement in \u{201c}{text}\u{201d}, but there are {found:?}")
        };
        assert_eq!(problem.severity, Severity::Blocks);
        mended(text, problem)
            .into_iter()
            .filter(|text| text.contains('…'))
            .collect()
    }

    #[test]
    fn a_judgement_is_offered_measures_of_what_it_is_about() {
        for (text, offered) in [
            (
                "If the claim amount is too high, hand off to Claims.",
                &["If {claim_amount} is over …, hand off to Claims."][..],
            ),
            (
                "If the price is not too high, refund the payment.",
                &[
                    "If {subscription.price} is under …, refund the payment.",
                    "If {booking.price} is under …, refund the payment.",
                ],
            ),
            (
                "If the parcel was delivered recently, tell them to wait.",
                &[
                    "If {parcel.delivered_on} is less than … days ago, tell them to wait.",
                    "If {parcel.sent_on} is less than … days ago, tell them to wait.",
                ],
            ),
            (
                "If the customer moves the booking frequently, hand off to Accounts.",
                &["If {booking.times_moved} is more than …, hand off to Accounts."],
            ),
            (
                "If there are too many unpaid invoices, hand off to Accounts.",
                &["If there are more than … {invoices.unpaid}, hand off to Accounts."],
            ),
            (
                "If the parcel is lost and expensive, hand off to Claims.",
                &["If the parcel is lost and {parcel.value} is over …, hand off to Claims."],
            ),
            (
                "Never refund if the refund amount is unusually high.",
                &["Never refund if {refund_amount} is over …."],
            ),
        ] {
            let found = measures(text);
            for offered in offered {
                assert!(found.iter().any(|found| found == offered), "{text}\n  offers {found:?}");
            }
        }
    }

    #[test]
    fn a_measure_is_followed_once_its_number_is_there() {
        for text in [
            "If it looks suspicious, hand off to Claims.",
            "If the customer is a good customer, refund the payment.",
            "If the price is reasonable, refund the payment.",
            "If the subscription is old, cancel it.",
            "If they have a lot of seats, hand off to Accounts.",
        ] {
            let offered = measures(text);
            assert!(!offered.is_empty(), "{text}");
            for open in offered {
                let read = meaning(&open);
                assert!(read.starts_with("check?"), "dots decide nothing: {open}\n  {read}");
                let filled = open.replace('…', "5");
                let read = meaning(&filled);
                assert!(read.starts_with("check |") && !read.contains('?'), "{filled}\n  {read}");
                assert!(problems(&filled, ProblemCode::NoMeasure).is_empty(), "{filled}");
            }
        }
    }

    #[test]
    fn what_the_catalogue_knows_nothing_of_is_offered_no_measure() {
        assert!(measures("If the weather is bad, tell them to wait.").is_empty());
    }

    #[test]
    fn only_the_judgement_is_replaced() {
        let text = "If the parcel is lost and the value is too high, hand off to Claims.";
        let found = problems(text, ProblemCode::NoMeasure);
        assert_eq!(about(text, &found[0]), "the value is too high");
        assert!(
            found[0].message.contains("When is that \u{201c}too high\u{201d}?"),
            "{}",
            found[0].message
        );
        assert!(
            found[0].message.contains("the parcel's value is over …"),
            "{}",
            found[0].message
        );
    }

    #[test]
    fn where_the_author_gives_the_measure_nothing_is_asked() {
        for text in [
            "If the claim amount is suspicious, i.e. over 500 EUR, hand off to Claims.",
            "If the claim amount is high (over 500 EUR), hand off to Claims.",
            "If the parcel is valuable, that is, its value is over 500 EUR, hand off to Claims.",
        ] {
            let read = meaning(text);
            assert!(read.contains("is more than 500 EUR"), "{text}\n  {read}");
            assert!(problems(text, ProblemCode::NoMeasure).is_empty(), "{text}");
        }
    }

    #[test]
    fn no_judgement_of_ours_is_no_problem() {
        for text in [
            "If the claim amount is over 500 EUR, hand off to Claims.",
            "If the customer says that the price is too high, apologise.",
            "If the parcel is suspicious, hand off to Claims. Suspicious means over 500 EUR.",
            "If the customer is good with it, refund the payment.",
            "If the customer no longer wants it, cancel the subscription.",
            "If they have a new address, ask for the new address.",
            "If there are several unpaid invoices, hand off to Accounts.",
        ] {
            let found = problems(text, ProblemCode::NoMeasure);
            assert!(found.is_empty(), "{text}\n  {found:?}");
        }
    }
}
