//! Answers to what was asked: yes and no, a quick reply, a rating.

use rust_decimal::prelude::ToPrimitive;
use taskwright_domain::{AttributeType, OptionId, QuickReply};

use super::{AskedFor, Listening, Move};
use super::{consent, phrases};
use crate::values::{Answer, Line, Polarity, Strength, ValueContext, candidates, number_at};

/// Yes, no or not sure, with its place, where that answers what was asked.
pub(super) fn answer(line: &Line, listening: &Listening<'_>, answers: &[Answer]) -> Option<(usize, Move)> {
    if matches!(listening.asked, Some(AskedFor::Attribute(_))) {
        return None;
    }
    let careful = listening.asked == Some(AskedFor::Confirmation);
    let heard: Vec<&Answer> = answers
        .iter()
        .filter(|a| !careful || consent::speaks_for_itself(line, a))
        .collect();
    let first = heard.first()?;
    // "Yes … no, wait" takes itself back: no change is made on that.
    let mixed = heard
        .iter()
        .any(|other| other.polarity != first.polarity && other.polarity != Polarity::Unsure);
    let polarity = match first.polarity {
        _ if mixed => Polarity::Unsure,
        Polarity::Yes if careful && consent::is_half(line, first.to) => Polarity::Unsure,
        polarity => polarity,
    };
    let said = match polarity {
        Polarity::Yes => Move::Yes,
        Polarity::No => Move::No,
        Polarity::Unsure => Move::Unsure,
    };
    Some((first.from, said))
}

/// A quick reply, by its words or its place.
pub(super) fn choose(line: &Line, listening: &Listening<'_>, answers: &[Answer]) -> Option<OptionId> {
    let options = listening.options;
    if options.is_empty() || matches!(listening.asked, Some(AskedFor::Attribute(_) | AskedFor::Rating)) {
        return None;
    }
    let said = plain(&line.text(0, line.len()));
    if let Some(same) = options
        .iter()
        .find(|option| !said.is_empty() && plain(&option.text) == said)
    {
        return Some(same.id.clone());
    }
    if listening.asked != Some(AskedFor::Option) {
        return None;
    }
    by_words(line, listening).or_else(|| by_polarity(options, answers))
}

fn by_words(line: &Line, listening: &Listening<'_>) -> Option<OptionId> {
    let labels: Vec<String> = listening.options.iter().map(|option| option.text.clone()).collect();
    let context = ValueContext {
        settings: listening.settings,
        now: listening.now,
    };
    let kind = AttributeType::Choice { options: labels };
    let found: Vec<_> = candidates(&kind, line, &context, true)
        .into_iter()
        .filter(|c| c.strength != Strength::Unclear)
        .collect();
    let strong: Vec<_> = found.iter().filter(|c| c.strength == Strength::Strong).collect();
    let fits = if strong.is_empty() {
        found.iter().collect()
    } else {
        strong
    };
    let first = fits.first()?.value.as_text()?;
    let one = fits.iter().all(|c| c.value.as_text() == Some(first));
    let chosen = if one {
        first
    } else {
        fits.last()
            .filter(|c| phrases::takes_back(line, c.from))?
            .value
            .as_text()?
    };
    listening
        .options
        .iter()
        .find(|option| option.text == chosen)
        .map(|option| option.id.clone())
}

/// "Nope" among "Yes, please" and "No, thanks".
fn by_polarity(options: &[QuickReply], answers: &[Answer]) -> Option<OptionId> {
    let wanted = answers.first()?.polarity;
    let mut fits = options
        .iter()
        .filter(|option| polarity_of(&option.text) == Some(wanted));
    let option = fits.next()?;
    fits.next().is_none().then(|| option.id.clone())
}

/// The way a label answers, if it is a yes or a no.
pub(super) fn polarity_of(label: &str) -> Option<Polarity> {
    let line = Line::new(label);
    crate::values::find_answers(&line)
        .first()
        .filter(|a| a.from == 0)
        .map(|a| a.polarity)
}

/// A rating: a digit, a word, stars, or what people say of things.
pub(super) fn rating(line: &Line, listening: &Listening<'_>) -> Option<(usize, Move)> {
    if listening.asked != Some(AskedFor::Rating) {
        return None;
    }
    let stars = line.chars().iter().filter(|c| matches!(c, '★' | '⭐' | '🌟')).count();
    if let Some(rating) = u8::try_from(stars).ok().filter(|n| (1..=5).contains(n)) {
        return Some((0, Move::Rate { rating }));
    }
    (0..line.len())
        .find_map(|at| numbered(line, at).map(|rating| (at, rating)))
        .or_else(|| judged(line))
        .map(|(at, rating)| (at, Move::Rate { rating }))
}

/// "4", "four stars", "4/5", "8 out of 10".
fn numbered(line: &Line, at: usize) -> Option<u8> {
    let number = number_at(line, at).filter(|n| n.value.is_integer())?;
    let value = number.value.to_u32()?;
    let slash = usize::from(line.is(number.to, &["/"]))
        + 2 * usize::from(line.starts(number.to, &["out", "of"]))
        + usize::from(line.is(number.to, &["of"]));
    let scale = if slash > 0 {
        number_at(line, number.to + slash).and_then(|n| n.value.to_u32())
    } else {
        None
    };
    let counted = line.is_word(number.to)
        && slash == 0
        && !line.is(
            number.to,
            &[
                "star", "stars", "points", "please", "because", "for", "thanks", "from", "is", "i", "and", "it", "but",
            ],
        );
    if counted {
        return None;
    }
    let rating = match scale {
        Some(10) => value.div_ceil(2),
        Some(100) => value.div_ceil(20),
        _ => value,
    };
    u8::try_from(rating).ok().filter(|r| (1..=5).contains(r))
}

/// "Excellent", "not good", "terrible".
fn judged(line: &Line) -> Option<(usize, u8)> {
    (0..line.len()).find_map(|at| {
        let rating = match line.word(at) {
            "excellent" | "perfect" | "amazing" | "fantastic" | "awesome" | "outstanding" | "brilliant" | "superb"
            | "wonderful" | "great" | "👍" | "flawless" => 5,
            "good" | "nice" | "helpful" | "well" | "pleased" | "happy" => 4,
            "ok" | "okay" | "average" | "fine" | "decent" | "meh" | "alright" | "so-so" | "mediocre" => 3,
            "bad" | "poor" | "disappointing" | "disappointed" | "slow" | "unhelpful" => 2,
            "terrible" | "awful" | "horrible" | "worst" | "useless" | "👎" | "rubbish" | "pathetic" => 1,
            _ => return None,
        };
        let denied = crate::values::negated(line, at);
        Some((
            at,
            if denied {
                if rating >= 4 { 2 } else { 3 }
            } else {
                rating
            },
        ))
    })
}

/// Letters and digits only, in lower case.
fn plain(text: &str) -> String {
    text.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}
