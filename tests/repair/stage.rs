//! Where the conversations take place: all samples and a task that listens at its end.

use taskwright_commands::{Rehearsal, Stage};
use taskwright_domain::{Block, BlockId, BlockKind, Customer, Period, PeriodUnit, Settings, Task, TaskId, Template};
use taskwright_tests::workspace;

/// Saturday 21 November 2026, 10:00 UTC.
const NOW: i64 = 1_795_255_200_000;

/// Every task on offer.
pub(crate) fn stage() -> Stage {
    let mut content = workspace().unwrap();
    content.tasks.push(opening_hours());
    Stage::of(&content, Settings::default())
}

/// A conversation with every task on offer, or with one alone.
pub(crate) async fn open(stage: &Stage, task: Option<&str>) -> Result<Rehearsal, String> {
    Rehearsal::on(stage, task, Customer::default(), NOW, None)
        .await
        .map_err(|error| error.to_string())
}

/// A task that stays to listen: after ten minutes of silence it ends.
fn opening_hours() -> Task {
    let block = |id: &str, kind| Block {
        id: BlockId::new(id),
        name: String::new(),
        off: false,
        kind,
    };
    let text = "Tell the customer \"We are open from 9 to 17.\"".to_owned();
    Task {
        id: TaskId::new("opening_hours"),
        title: "Opening hours".to_owned(),
        description: "Use this task when a customer asks when the shop is open.".to_owned(),
        examples: vec![
            "When are you open?".to_owned(),
            "What are your opening hours?".to_owned(),
        ],
        counter_examples: Vec::new(),
        audience: None,
        only_used_by_other_tasks: false,
        blocks: vec![
            block("hours_say", BlockKind::Instructions { text }),
            block(
                "hours_listen",
                BlockKind::LetAssistantAnswer {
                    idle: Period {
                        count: 10,
                        unit: PeriodUnit::Minutes,
                    },
                    follow_up: Template::default(),
                },
            ),
        ],
        attributes: Vec::new(),
    }
}
