//! The sentences of a passage that answer, word for word.

use super::passage::{Unit, count, quoted};

/// Words of an extract, at the most, unless one sentence has more.
const LONGEST: usize = 70;
/// A passage of so few words is quoted whole.
const SHORT: usize = 45;
/// A neighbour is quoted with the best sentence where it answers so nearly as well.
const NEARLY: f32 = 0.8;
/// Words that lean on what stands before them.
const LEANING: [&str; 24] = [
    "it",
    "they",
    "this",
    "that",
    "these",
    "those",
    "he",
    "she",
    "otherwise",
    "then",
    "after",
    "afterwards",
    "above",
    "both",
    "there",
    "so",
    "but",
    "and",
    "also",
    "if",
    "such",
    "until",
    "its",
    "their",
];

/// The part of a passage that answers, by how well each of its units does.
pub(super) fn extract(units: &[Unit], scores: &[f32]) -> String {
    quoted(&units[chosen(units, scores)])
}

fn chosen(units: &[Unit], scores: &[f32]) -> std::ops::Range<usize> {
    let words = |from: usize, to: usize| units[from..to].iter().map(|unit| count(&unit.text)).sum::<usize>();
    if words(0, units.len()) <= SHORT {
        return 0..units.len();
    }
    let best = (0..units.len().min(scores.len())).max_by(|a, b| scores[*a].total_cmp(&scores[*b]).then(b.cmp(a)));
    let Some(best) = best else { return 0..units.len() };
    let (mut from, mut to) = (best, best + 1);
    // Steps are right only together, with the line that leads to them.
    if units[best].in_list || leads(&units[best]) {
        let (first, last) = list_around(units, best);
        if words(first, last) <= LONGEST {
            (from, to) = (first, last);
        }
    }
    while from > 0 && leans(&units[from]) && words(from - 1, to) <= LONGEST {
        from -= 1;
    }
    let nearly = |at: usize| scores[at] >= NEARLY * scores[best];
    while to < units.len() && (nearly(to) || leads(&units[to - 1])) && words(from, to + 1) <= LONGEST {
        to += 1;
    }
    while from > 0 && nearly(from - 1) && words(from - 1, to) <= LONGEST {
        from -= 1;
    }
    from..to
}

/// The list a unit belongs to, and the line that leads to it.
fn list_around(units: &[Unit], at: usize) -> (usize, usize) {
    let (mut from, mut to) = (at, at + 1);
    while from > 0 && units[from].in_list {
        from -= 1;
        if !units[from].in_list && !leads(&units[from]) {
            from += 1;
            break;
        }
    }
    while to < units.len() && units[to].in_list {
        to += 1;
    }
    (from, to)
}

fn leads(unit: &Unit) -> bool {
    unit.text.ends_with(':')
}

fn leans(unit: &Unit) -> bool {
    let first = unit.text.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    !unit.in_list && LEANING.contains(&first.to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use taskwright_domain::{Article, ArticleId};

    use super::*;
    use crate::knowledge::passages_of;

    fn extract_of(text: &str, scores: &[f32]) -> String {
        let article = Article {
            id: ArticleId::new("a"),
            title: "T".into(),
            text: text.into(),
        };
        let passages = passages_of(&article);
        assert_eq!(passages[0].passage.units.len(), scores.len(), "{passages:?}");
        extract(&passages[0].passage.units, scores)
    }

    const POINTS: &str = "You collect one point for each euro that you spend in our shops or with us online. \
        Two hundred points become a voucher of ten euros. It lies in your account the next morning, and you may use it at once. \
        Points run out after two years.";

    #[test]
    fn the_sentence_that_answers_is_quoted_with_what_it_leans_on() {
        assert_eq!(
            extract_of(POINTS, &[0.1, 0.2, 0.9, 0.1]),
            "Two hundred points become a voucher of ten euros. It lies in your account the next morning, and you may use it at once."
        );
        assert_eq!(
            extract_of(POINTS, &[0.1, 0.2, 0.1, 0.9]),
            "Points run out after two years."
        );
    }

    #[test]
    fn a_neighbour_that_answers_nearly_as_well_is_quoted_too() {
        let quoted = extract_of(POINTS, &[0.8, 0.9, 0.1, 0.1]);
        assert!(
            quoted.starts_with("You collect") && quoted.ends_with("ten euros."),
            "{quoted}"
        );
    }

    #[test]
    fn steps_are_quoted_together() {
        let text = "Returns are free within the country, and most things may come back to us within six weeks of your order.\n\n\
            To send something back:\n\n1. open your order and choose the item\n2. print the label\n3. hand the parcel in\n\nThat is all there is to do, and you hear from us.";
        let quoted = extract_of(text, &[0.1, 0.2, 0.3, 0.9, 0.2, 0.1]);
        assert_eq!(
            quoted,
            "To send something back:\n1. open your order and choose the item\n2. print the label\n3. hand the parcel in"
        );
    }

    #[test]
    fn a_short_passage_is_quoted_whole() {
        assert_eq!(extract_of("It is free. Always.", &[0.9, 0.0]), "It is free. Always.");
    }
}
