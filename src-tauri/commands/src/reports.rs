//! Reports: figures over conversations, on screen and as tables for a spreadsheet.

mod table;

use serde::{Deserialize, Serialize};
use taskwright_domain::{
    Block, BlockFigures, BlockId, BlockKind, BreakDown, ConversationFilter, Every, Report, Task, TaskFigures,
};
use taskwright_store::ReportQuery;
use ts_rs::TS;

use crate::app::App;
use crate::bundles::NamedFile;
use crate::days::{chosen, days};
use crate::error::CommandError;
use crate::snapshot::Snapshot;
use crate::stand_alone::answer;

/// What a report is about.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ReadReport {
    /// These conversations.
    pub filter: ConversationFilter,
    /// Over time, in such stretches.
    pub every: Every,
    /// Broken down by this.
    pub by: BreakDown,
}

/// A table of a report, to save.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SaveReportTable {
    /// Of this report.
    pub report: ReadReport,
    /// Which table.
    pub table: ReportTable,
}

/// The tables of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ReportTable {
    /// All figures, in total and by when conversations began.
    OverTime,
    /// All figures by what the report is broken down by.
    BreakDown,
    /// Why people took over.
    HandOffs,
    /// Tasks with their outcomes.
    Tasks,
    /// How far tasks came, block by block.
    Blocks,
    /// Actions with what came back.
    Actions,
}

pub(crate) async fn read_report(app: &App, _origin: &str, args: ReadReport) -> Result<Report, CommandError> {
    let query = ReportQuery {
        chosen: chosen(app, args.filter)?,
        days: days(app, args.every, None),
        by: args.by,
    };
    let store = app.store().clone();
    // Over a million events it takes a moment; other commands must not wait for it.
    let counted = tokio::task::spawn_blocking(move || store.report(&query)).await;
    let mut report = counted.map_err(|error| CommandError::host(error.to_string()))??;
    let snapshot = app.snapshot();
    report
        .tasks
        .iter_mut()
        .for_each(|figures| name_blocks(&snapshot, figures));
    Ok(report)
}

pub(crate) async fn save_report_table(
    app: &App,
    origin: &str,
    args: SaveReportTable,
) -> Result<NamedFile, CommandError> {
    let by = args.report.by;
    let report = read_report(app, origin, args.report).await?;
    let (name, text) = table::csv(&report, by, args.table);
    let file = app.put_file(text.into_bytes(), &name).await?;
    Ok(NamedFile {
        file: file.to_string(),
        name,
    })
}

/// Gives blocks their names and their order in the task; those it does not have any more come last.
fn name_blocks(snapshot: &Snapshot, figures: &mut TaskFigures) {
    let alone = answer(snapshot, &figures.task);
    let Some(task) = alone.as_ref().or_else(|| snapshot.task(&figures.task).ok()) else {
        return;
    };
    let names = block_names(snapshot, task);
    let place = |block: &BlockId| names.iter().position(|(id, _)| id == block).unwrap_or(usize::MAX);
    figures.blocks.sort_by_key(|figures| place(&figures.block));
    for BlockFigures { block, name, .. } in &mut figures.blocks {
        if let Some((_, known)) = names.iter().find(|(id, _)| id == block) {
            name.clone_from(known);
        }
    }
}

/// The blocks of a task and of the parts it runs, in order.
fn block_names(snapshot: &Snapshot, task: &Task) -> Vec<(BlockId, String)> {
    let mut names = Vec::new();
    let mut open = vec![task];
    let mut known = vec![task.id.clone()];
    while let Some(task) = open.pop() {
        for block in task.all_blocks() {
            names.push((block.id.clone(), name_of(block)));
            if let BlockKind::RunTask { task: Some(part), .. } = &block.kind
                && !known.contains(part)
                && let Ok(part) = snapshot.task(part)
            {
                known.push(part.id.clone());
                open.push(part);
            }
        }
    }
    names
}

fn name_of(block: &Block) -> String {
    let own = block.name.trim();
    if !own.is_empty() {
        return own.to_owned();
    }
    match &block.kind {
        BlockKind::Instructions { text } => beginning(text, "Instructions"),
        BlockKind::RunAction { .. } => "Run action".to_owned(),
        BlockKind::WaitForWebhook { .. } => "Wait for webhook".to_owned(),
        BlockKind::Message { .. } => "Message".to_owned(),
        BlockKind::Buttons { .. } => "Buttons".to_owned(),
        BlockKind::CollectAttribute { .. } => "Collect attribute".to_owned(),
        BlockKind::SetAttribute { .. } => "Set attribute".to_owned(),
        BlockKind::Branch { .. } => "Branch".to_owned(),
        BlockKind::Note { .. } => "Note".to_owned(),
        BlockKind::Tags { .. } => "Tags".to_owned(),
        BlockKind::HandOff { .. } => "Hand off".to_owned(),
        BlockKind::AskForRating { .. } => "Ask for rating".to_owned(),
        BlockKind::LetAssistantAnswer { .. } => "Let the assistant answer".to_owned(),
        BlockKind::RunTask { .. } => "Run task".to_owned(),
        BlockKind::End { .. } => "End".to_owned(),
    }
}

/// Characters of instructions that stand for a block without a name.
const BEGINNING: usize = 60;

fn beginning(text: &str, otherwise: &str) -> String {
    let line = text
        .lines()
        .map(|line| line.trim_start_matches(['#', '-', '*', ' ']))
        .find(|line| !line.trim().is_empty());
    let Some(line) = line else { return otherwise.to_owned() };
    let mut short: String = line.trim().chars().take(BEGINNING).collect();
    if short.len() < line.trim().len() {
        short.push('…');
    }
    short
}
