//! What must come out, as conversations with the task that a fixture describes.

use std::collections::BTreeMap;

use taskwright_bundle::BundleContent;
use taskwright_commands::{Rehearsal, Script, run_script};
use taskwright_domain::{
    Block, BlockKind, Catalogue, Customer, FailureCause, Period, PeriodUnit, Stub, StubAnswer, StubValue, Task, TaskId,
};

use crate::fixture::{Fixture, section};

/// Saturday 21 November 2026, 10:00 UTC.
const NOW: i64 = 1_795_255_200_000;

/// A conversation, and what is true when it takes place.
pub(crate) struct Story {
    pub(crate) title: String,
    given: String,
    chat: String,
}

/// A story that does not come out, as the fixture owns it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Missed {
    pub(crate) title: String,
    pub(crate) why: String,
}

pub(crate) fn stories(fixture: &Fixture) -> Vec<Story> {
    let section = section(&fixture.markdown, "Stories");
    let stories = section.split("### ").skip(1);
    stories
        .map(|story| {
            let (title, rest) = story.split_once('\n').unwrap();
            let (given, chat) = rest.split_once("```chat").unwrap();
            Story {
                title: title.to_owned(),
                given: given.replace("```given", "").replace("```", ""),
                chat: format!("```chat{chat}"),
            }
        })
        .collect()
}

/// The stories that the fixture says do not come out yet.
pub(crate) fn missed(fixture: &Fixture) -> Vec<Missed> {
    let lines: Vec<_> = section(&fixture.markdown, "Does not come out yet").lines().collect();
    let titles = lines.iter().zip(lines.iter().skip(1));
    titles
        .filter_map(|(title, why)| {
            Some(Missed {
                title: title.strip_prefix("- ")?.to_owned(),
                why: why.trim().to_owned(),
            })
        })
        .collect()
}

/// Plays a story; why it does not come out, if so.
pub(crate) async fn play(fixture: &Fixture, story: &Story) -> Result<(), String> {
    let (title, _) = fixture.markdown.split_once('\n').unwrap();
    let title = title.trim_start_matches("# ");
    let (catalogue, text) = if story.title.ends_with("(mended)") {
        (fixture.mended_catalogue(), fixture.mended())
    } else {
        (fixture.catalogue.clone(), fixture.text.clone())
    };
    let given = Given::read(&story.given);
    let content = content(&catalogue, title, text, &given);
    let settings = catalogue.settings.clone();
    let mut rehearsal = Rehearsal::start(&content, Some(title), settings, given.customer, given.now)
        .await
        .map_err(|error| error.to_string())?;
    let script = Script::parse(&story.chat).unwrap();
    run_script(&script, &mut rehearsal)
        .await
        .map_err(|error| error.to_string())?;
    assert_eq!(
        rehearsal.rerun(),
        rehearsal.log(),
        "{} is the same when decided again",
        story.title
    );
    Ok(())
}

/// The bundle of a fixture: one task of one instructions block, and the block of its wait, which the text refers to.
fn content(catalogue: &Catalogue, title: &str, text: String, given: &Given) -> BundleContent {
    let mut blocks = vec![block("instructions", BlockKind::Instructions { text })];
    blocks.extend(catalogue.webhooks.iter().map(|wait| {
        let kind = BlockKind::WaitForWebhook {
            key: wait.key.clone(),
            example: serde_json::json!({}),
            fields: wait.fields.clone(),
            limit: Period {
                count: 30,
                unit: PeriodUnit::Minutes,
            },
            what_then: Vec::new(),
        };
        Block {
            name: wait.name.clone(),
            off: true,
            ..block(&wait.block.0, kind)
        }
    }));
    let mut actions = catalogue.actions.clone();
    for action in &mut actions {
        action.stubs = given.stubs.get(&action.name).cloned().unwrap_or_default();
    }
    let task = Task {
        id: TaskId::new("example"),
        title: title.to_owned(),
        description: String::new(),
        examples: Vec::new(),
        counter_examples: Vec::new(),
        audience: None,
        only_used_by_other_tasks: false,
        blocks,
        attributes: catalogue.attributes.clone(),
    };
    BundleContent {
        name: title.to_owned(),
        description: String::new(),
        tasks: vec![task],
        actions,
        attributes: Vec::new(),
        teams: catalogue.teams.clone(),
        workflows: Vec::new(),
        articles: Vec::new(),
        conversations: Vec::new(),
    }
}

fn block(id: &str, kind: BlockKind) -> Block {
    Block {
        id: taskwright_domain::BlockId(id.to_owned()),
        name: String::new(),
        off: false,
        kind,
    }
}

/// When a story takes place, with whom, and what the actions answer.
struct Given {
    now: i64,
    customer: Customer,
    stubs: BTreeMap<String, Vec<Stub>>,
}

impl Given {
    /// `now: 2026-11-25 10:00`, `customer: Name <e-mail>`, and for an action `Name: field value; field value`,
    /// `Name: not found` or `Name: fails`, before the colon perhaps `when input = value`.
    fn read(lines: &str) -> Self {
        let mut given = Self {
            now: NOW,
            customer: Customer::default(),
            stubs: BTreeMap::new(),
        };
        for line in lines.lines().map(str::trim).filter(|line| !line.is_empty()) {
            let (what, said) = line
                .split_once(": ")
                .unwrap_or_else(|| panic!("who answers what: {line}"));
            match what {
                "now" => given.now = instant(said),
                "customer" => {
                    let (name, email) = said.trim_end_matches('>').split_once(" <").unwrap();
                    given.customer.name = Some(name.to_owned());
                    given.customer.email = Some(email.to_owned());
                }
                action => given.answer(action, said),
            }
        }
        given
    }

    fn answer(&mut self, action: &str, said: &str) {
        let (name, when) = action.split_once(" when ").unwrap_or((action, ""));
        let when = when
            .split_once(" = ")
            .map(|(key, value)| (key.to_owned(), value.to_owned()));
        let answer = match said {
            "not found" => StubAnswer::Failure {
                cause: FailureCause::NotFound,
            },
            "fails" => StubAnswer::Failure {
                cause: FailureCause::Status { status: 500 },
            },
            fields => StubAnswer::Fields { fields: cells(fields) },
        };
        let stubs = self.stubs.entry(name.to_owned()).or_default();
        stubs.push(Stub {
            name: format!("{}", stubs.len()),
            when: when.into_iter().collect(),
            answer,
            delay_ms: 0,
        });
    }
}

fn instant(said: &str) -> i64 {
    let civil: jiff::civil::DateTime = said.replace(' ', "T").parse().unwrap();
    civil
        .to_zoned(jiff::tz::TimeZone::UTC)
        .unwrap()
        .timestamp()
        .as_millisecond()
}

/// `key value; key [key value; key value] [key value]`.
fn cells(said: &str) -> BTreeMap<String, StubValue> {
    let mut depth = 0;
    let cells = said.split(|c| {
        depth += i32::from(c == '[') - i32::from(c == ']');
        c == ';' && depth == 0
    });
    cells
        .map(|cell| {
            let (key, value) = cell.trim().split_once(' ').unwrap_or((cell.trim(), ""));
            let value = match value.strip_prefix('[').and_then(|rows| rows.strip_suffix(']')) {
                Some("") => StubValue::Rows(Vec::new()),
                Some(rows) => StubValue::Rows(rows.split("] [").map(row).collect()),
                None => StubValue::One(value.to_owned()),
            };
            (key.to_owned(), value)
        })
        .collect()
}

fn row(said: &str) -> BTreeMap<String, String> {
    let cells = said
        .split(';')
        .map(|cell| cell.trim().split_once(' ').unwrap_or((cell.trim(), "")));
    cells.map(|(key, value)| (key.to_owned(), value.to_owned())).collect()
}
