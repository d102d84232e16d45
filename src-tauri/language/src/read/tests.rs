//! The reader as a whole: the sentences of `corpus/`, with their meanings.

pub(super) mod fixture;
pub(super) mod mends;
mod rental;

use std::fs;
use std::path::PathBuf;

use taskwright_domain::{Catalogue, LinkTarget, Meaning, Mention, Reading};

use super::{describe, read};

/// A reading in one line: `kind | references | condition`, the parts of a sentence joined by ` ;; `. A kind with a
/// question mark lacks something: its problem blocks, and a run stops there for a person.
fn line_of(reading: &Reading, catalogue: &Catalogue) -> String {
    let parts = reading.sentences.iter().map(|sentence| {
        let mut names: Vec<String> = Vec::new();
        for link in &sentence.links {
            let name = match &link.target {
                LinkTarget::Action { action } => {
                    format!("*{}*", catalogue.action(action).map_or("?", |a| a.name.as_str()))
                }
                LinkTarget::Reference { reference } => reference.clone(),
                LinkTarget::Team { team } => catalogue.team(team).map_or("?", |t| t.name.as_str()).to_owned(),
                LinkTarget::Task { .. } => "a task".to_owned(),
                LinkTarget::Webhook { key } => format!("webhook {key}"),
            };
            if !names.contains(&name) {
                names.push(name);
            }
        }
        let told = match &sentence.meaning {
            Meaning::Check {
                condition: Some(condition),
            } => describe(condition, catalogue),
            Meaning::Check { condition: None } => "else".to_owned(),
            Meaning::Inform { words } => words.0.clone(),
            Meaning::Rule => sentence.words.trim_start_matches("Rule: ").to_owned(),
            Meaning::Repeat { at_most } => at_most.map_or_else(String::new, |times| format!("at most {times}")),
            Meaning::Listen { mentions } => mentions.iter().map(Mention::named).collect::<Vec<_>>().join(", "),
            Meaning::Wait { .. } if sentence.words.contains("up to") => sentence.words.clone(),
            Meaning::Tag | Meaning::Note | Meaning::Set { .. } | Meaning::Jump => sentence.words.clone(),
            _ => String::new(),
        };
        let mut line = sentence.meaning.kind().to_owned();
        if sentence.incomplete {
            line.push('?');
        }
        if !names.is_empty() || !told.is_empty() {
            line.push_str(&format!(" | {}", names.join(", ")));
        }
        if !told.is_empty() {
            line.push_str(&format!(" | {}", told.replace('\n', " / ")));
        }
        line
    });
    parts.collect::<Vec<_>>().join(" ;; ")
}

/// A file of the corpus: `- sentence`, and below it, indented, what it means. `↵` stands for the end of a line.
struct Page {
    path: PathBuf,
    text: String,
}

fn pages() -> Vec<Page> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let mut pages: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| Page {
            text: fs::read_to_string(&path).unwrap(),
            path,
        })
        .collect();
    pages.sort_by(|a, b| a.path.cmp(&b.path));
    pages
}

impl Page {
    /// Each sentence with its meaning.
    fn sentences(&self) -> impl Iterator<Item = (&str, &str)> {
        let lines = self.text.lines();
        lines.clone().zip(lines.skip(1)).filter_map(|(line, next)| {
            let sentence = line.strip_prefix("- ")?;
            Some((sentence, next.strip_prefix("  ").unwrap_or_default()))
        })
    }

    /// What its sentences can name.
    fn catalogue(&self) -> Catalogue {
        match self.name() {
            "lists" => rental::catalogue(),
            _ => fixture::catalogue(),
        }
    }

    fn name(&self) -> &str {
        self.path.file_stem().and_then(|name| name.to_str()).unwrap_or_default()
    }
}

#[test]
fn sentences_mean_what_a_careful_colleague_takes_them_to_mean() {
    let mut wrong = Vec::new();
    for page in pages() {
        let catalogue = page.catalogue();
        let mut written = page.text.clone();
        for (sentence, meaning) in page.sentences() {
            let found = line_of(&read(&sentence.replace('\u{21b5}', "\n"), &catalogue), &catalogue);
            if found != meaning {
                wrong.push(format!(
                    "{}: {sentence}\n  should be {meaning}\n  but is    {found}",
                    page.name()
                ));
                let entry = |meaning: &str| format!("- {sentence}\n  {meaning}\n");
                written = written.replace(&entry(meaning), &entry(&found));
            }
        }
        if std::env::var_os("TASKWRIGHT_ACCEPT").is_some() {
            fs::write(&page.path, written).unwrap();
        }
    }
    assert!(
        wrong.is_empty(),
        "{} are read otherwise:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

#[test]
fn what_nobody_could_follow_is_never_followed() {
    let catalogue = fixture::catalogue();
    let pages = pages();
    let unclear = pages.iter().find(|page| page.name() == "unclear").unwrap();
    assert!(unclear.sentences().count() >= 60);
    for (sentence, _) in unclear.sentences() {
        let reading = read(&sentence.replace('\u{21b5}', "\n"), &catalogue);
        let followed = reading.sentences.iter().all(taskwright_domain::Sentence::is_followed);
        assert!(!followed, "{sentence}");
        assert!(!reading.problems.is_empty(), "{sentence}");
    }
}

/// Words that only join what stands on either side.
const JOINTS: [&str; 20] = [
    "then",
    "and",
    "first",
    "finally",
    "next",
    "please",
    "so",
    "or",
    "otherwise",
    "else",
    "also",
    "but",
    "if",
    "not",
    "now",
    "after",
    "only",
    "afterwards",
    "lastly",
    "again",
];

#[test]
fn no_word_of_a_sentence_is_lost() {
    let mut lost = Vec::new();
    for page in pages() {
        let catalogue = page.catalogue();
        for (sentence, _) in page.sentences().filter(|(sentence, _)| !sentence.contains('\u{21b5}')) {
            let reading = read(sentence, &catalogue);
            let (tokens, _) = super::token::scan(sentence);
            // What stands before a colon may be a heading.
            let begun = tokens.iter().position(|t| t.mark(':')).map_or(0, |at| at + 1);
            let words = tokens[begun..].iter().filter(|t| t.kind == super::token::Kind::Word);
            for word in words.filter(|t| !JOINTS.contains(&t.low.as_str())) {
                let held =
                    |s: &taskwright_domain::Sentence| s.span.start <= word.span.start && word.span.end <= s.span.end;
                if !reading.sentences.iter().any(held) {
                    lost.push(format!("{}: \u{201c}{}\u{201d} of {sentence}", page.name(), word.text));
                }
            }
        }
    }
    assert!(lost.is_empty(), "{}", lost.join("\n"));
}

#[test]
fn the_corpus_shows_every_kind_of_sentence() {
    let pages = pages();
    let all: Vec<_> = pages.iter().flat_map(Page::sentences).collect();
    assert!(all.len() >= 360, "{}", all.len());
    for kind in [
        "goal", "need", "ask", "run", "set", "classify", "check", "confirm", "inform", "hand_off", "tag", "note",
        "wait", "listen", "jump", "repeat", "rule", "finish", "context", "unclear",
    ] {
        let of_kind = all
            .iter()
            .filter(|(_, meaning)| meaning.split(" ;; ").any(|part| part.starts_with(kind)));
        assert!(of_kind.count() >= 4, "{kind}");
    }
}

#[test]
fn a_condition_on_items_or_figures_reads_back_from_its_words() {
    let checks = |reading: &Reading| -> Vec<taskwright_domain::Condition> {
        let conditions = reading.sentences.iter().filter_map(|sentence| match &sentence.meaning {
            Meaning::Check { condition } => condition.clone(),
            _ => None,
        });
        conditions.collect()
    };
    let catalogue = rental::catalogue();
    let pages = pages();
    let lists = pages.iter().find(|page| page.name() == "lists").unwrap();
    let mut compared = 0;
    for (sentence, _) in lists.sentences() {
        let reading = read(&sentence.replace('\u{21b5}', "\n"), &catalogue);
        for condition in checks(&reading) {
            let words = describe(&condition, &catalogue);
            if !words.contains("one of") && !words.contains("the difference") || words.contains(" and the difference") {
                continue;
            }
            let again = read(&format!("If {words}, hand off to Billing."), &catalogue);
            assert_eq!(checks(&again), [condition], "{words}");
            compared += 1;
        }
    }
    assert!(compared >= 5, "{compared}");
}
