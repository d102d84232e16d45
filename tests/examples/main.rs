//! Instructions as support leads write them, each beside the reading that a careful person gives it, part by part.
//!
//! The fixtures in `texts/` hold a catalogue, an instruction and a table of its parts. The columns of the table:
//!
//! - `words`: the words of the part, as they stand in the text.
//! - `kind`: what the part is, by the kinds of [`taskwright_domain::Meaning`].
//! - `references`: what it refers to. Actions and waits in `*stars*`, values in `` `backticks` ``, teams after `team`.
//! - `condition`: its condition, in typed words; `else 3`: the other way of part 3; in quotes: no type states it.
//! - `under`: the parts under whose condition it stands; `else 3`: under the other way of part 3.
//! - `does`: what must come of it, joined by `;`. A step (`asks`, `runs`, `says`, `hands off`, `finishes`, `confirms`,
//!   `sets`, `classifies`, `tags`, `notes`, `waits for`, `repeats`, `goes to`), reached exactly under the conditions above
//!   and its own `when`, as long as no earlier step ended the run; `says` gives what must be among the words, in order.
//!   A rule (`*Action* only if …`, `never if …`, `at most n times`), the same as written; `*Action* closed if …`: by
//!   whatever means, no step runs it then; `may run`: it is enough that another part runs it; `words only`: a rule that
//!   holds no action back.
//!
//! What a sentence listens for at any turn is written `heard_chest_pain`, a yes or no of that name.
//!
//! `## Not read yet` owns every part that is not read so: `unread` where the program says so or takes it for background,
//! `otherwise` where it reads something else. With `TASKWRIGHT_ACCEPT` set, the lists are brought up to date; a reason
//! that still stands keeps its words.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a fixture that is not well formed fails the test"
)]

mod catalogue;
mod condition;
mod fixture;
mod heard;
mod judge;
mod notation;
mod reach;
mod stories;
mod worlds;

use std::fmt::Write as _;
use std::sync::Mutex;

use taskwright_language::read::read;

use fixture::{Fixture, Owned, fixtures, section};
use judge::{Judge, Verdict};
use stories::{Missed, missed, play, stories};

/// As many parts are read rightly.
const FLOOR: usize = 149;

/// What became of each part of a fixture.
fn verdicts(fixture: &Fixture) -> Vec<(&str, Verdict)> {
    let reading = heard::as_cases(read(&fixture.text, &fixture.catalogue));
    let judge = Judge::new(fixture, &reading);
    fixture
        .parts
        .iter()
        .map(|part| (part.id.as_str(), judge.verdict(part)))
        .collect()
}

fn count(verdicts: &[(&str, Verdict)], word: &str) -> usize {
    verdicts.iter().filter(|(_, verdict)| verdict.word() == word).count()
}

/// The list of the fixture as it should be, with the reasons that are known already.
fn not_read(fixture: &Fixture, verdicts: &[(&str, Verdict)]) -> Vec<Owned> {
    let missed = verdicts.iter().filter(|(_, verdict)| *verdict != Verdict::Right);
    missed
        .map(|(id, verdict)| {
            let known = fixture
                .not_read
                .iter()
                .find(|owned| owned.id == *id && owned.verdict == verdict.word());
            Owned {
                id: (*id).to_owned(),
                verdict: verdict.word().to_owned(),
                why: known.map_or_else(|| verdict.why().to_owned(), |known| known.why.clone()),
            }
        })
        .collect()
}

/// Writes a list of a fixture anew.
fn accept(fixture: &Fixture, name: &str, lines: &str) {
    /// Tests run at the same time, and the lists stand in the same files.
    static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());
    let _turn = ONE_AT_A_TIME.lock();
    let markdown = std::fs::read_to_string(&fixture.path).unwrap();
    let old = format!("\n## {name}\n{}", section(&markdown, name));
    let new = format!("\n## {name}\n\n{lines}");
    std::fs::write(&fixture.path, markdown.replace(&old, &new)).unwrap();
}

fn is_accepting() -> bool {
    std::env::var_os("TASKWRIGHT_ACCEPT").is_some()
}

#[test]
fn each_part_is_read_as_a_careful_person_reads_it_or_owned() {
    let mut table = String::from("example | parts | right | unread | otherwise | wrong\n");
    let mut stale = String::new();
    let (mut parts, mut right) = (0, 0);
    for fixture in fixtures() {
        let verdicts = verdicts(&fixture);
        let of = |word| count(&verdicts, word);
        parts += verdicts.len();
        right += of("right");
        let figures = [verdicts.len(), of("right"), of("unread"), of("otherwise"), of("wrong")];
        writeln!(
            table,
            "{} | {}",
            fixture.name,
            figures.map(|figure| figure.to_string()).join(" | ")
        )
        .unwrap();
        let list = not_read(&fixture, &verdicts);
        if list != fixture.not_read {
            for owned in &fixture.not_read {
                if !list.contains(owned) {
                    writeln!(
                        stale,
                        "{}: {} is not {} any more",
                        fixture.name, owned.id, owned.verdict
                    )
                    .unwrap();
                }
            }
            for owned in list.iter().filter(|owned| !fixture.not_read.contains(owned)) {
                writeln!(
                    stale,
                    "{}: {} is {}: {}",
                    fixture.name, owned.id, owned.verdict, owned.why
                )
                .unwrap();
            }
            if is_accepting() {
                let line = |owned: &Owned| format!("- {} {}: {}\n", owned.id, owned.verdict, owned.why);
                accept(&fixture, "Not read yet", &list.iter().map(line).collect::<String>());
            }
        }
    }
    writeln!(table, "all | {parts} | {right} ({} %)", 100 * right / parts).unwrap();
    println!("{table}");
    assert!(stale.is_empty(), "the lists are not up to date:\n{stale}");
    assert!(right >= FLOOR, "{right} of {parts} parts are read rightly");
}

#[test]
fn no_part_on_an_action_that_changes_data_is_read_wrongly() {
    let mut wrong = String::new();
    for fixture in fixtures() {
        for (id, verdict) in verdicts(&fixture) {
            if let Verdict::Wrong(why) = verdict {
                let words = &fixture.part(id).words;
                writeln!(wrong, "{}: {id} “{words}”: {why}", fixture.name).unwrap();
            }
        }
    }
    assert!(wrong.is_empty(), "read wrongly:\n{wrong}");
}

#[tokio::test]
async fn what_must_come_out_comes_out_or_is_owned() {
    let mut table = String::from("example | stories | come out\n");
    let mut stale = String::new();
    for fixture in fixtures() {
        let known = missed(&fixture);
        let stories = stories(&fixture);
        let mut list = Vec::new();
        for story in &stories {
            if let Err(why) = play(&fixture, story).await {
                let known = known.iter().find(|missed| missed.title == story.title);
                list.push(Missed {
                    title: story.title.clone(),
                    why: known.map_or_else(|| why.replace('\n', " "), |known| known.why.clone()),
                });
                println!("{}: {}: {why}\n", fixture.name, story.title);
            }
        }
        writeln!(
            table,
            "{} | {} | {}",
            fixture.name,
            stories.len(),
            stories.len() - list.len()
        )
        .unwrap();
        if list != known {
            let titles = |list: &[Missed]| list.iter().map(|missed| missed.title.clone()).collect::<Vec<_>>();
            writeln!(
                stale,
                "{}: {:?} instead of {:?}",
                fixture.name,
                titles(&list),
                titles(&known)
            )
            .unwrap();
            if is_accepting() {
                let line = |missed: &Missed| format!("- {}\n  {}\n", missed.title, missed.why);
                accept(
                    &fixture,
                    "Does not come out yet",
                    &list.iter().map(line).collect::<String>(),
                );
            }
        }
    }
    println!("{table}");
    assert!(stale.is_empty(), "the lists are not up to date:\n{stale}");
}
