//! Reading instructions while they are written.

use serde::Deserialize;
use taskwright_domain::{BlockId, Reading, TaskId};
use ts_rs::TS;

use crate::app::App;
use crate::error::CommandError;
use crate::freeze::catalogue;

/// A block's text as it is on screen, saved or not.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ReadInstructions {
    /// The task.
    pub task: TaskId,
    /// The block.
    pub block: BlockId,
    /// Its text.
    pub text: String,
}

pub(crate) async fn read_instructions(
    app: &App,
    _origin: &str,
    args: ReadInstructions,
) -> Result<Reading, CommandError> {
    let snapshot = app.snapshot();
    let catalogue = catalogue(&snapshot.content, snapshot.task(&args.task)?, &snapshot.settings);
    let mut reading = taskwright_language::read::read(&args.text, &catalogue);
    for problem in &mut reading.problems {
        problem.place.block = Some(args.block.clone());
    }
    Ok(reading)
}
