//! All problems of a bundle's tasks at once.

use taskwright_bundle::BundleContent;
use taskwright_domain::{BlockKind, Place, Problem, ProblemCode, Settings, Severity, Task};
use taskwright_language::read::read;

use crate::freeze::catalogue;

/// A problem with the task it is in.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// The task's title.
    pub task: String,
    /// The problem.
    pub problem: Problem,
}

/// Every problem, task by task, in reading order.
#[must_use]
pub fn check(content: &BundleContent, settings: &Settings) -> Vec<Finding> {
    content
        .tasks
        .iter()
        .flat_map(|task| check_task(content, task, settings))
        .collect()
}

fn check_task(content: &BundleContent, task: &Task, settings: &Settings) -> Vec<Finding> {
    let catalogue = catalogue(content, task, settings);
    let mut problems = about(task);
    for block in task.all_blocks() {
        let BlockKind::Instructions { text } = &block.kind else {
            continue;
        };
        for mut problem in read(text, &catalogue).problems {
            problem.place.block = Some(block.id.clone());
            problems.push(problem);
        }
    }
    problems.extend(
        content
            .actions
            .iter()
            .filter(|action| action.request.is_none())
            .map(|action| Problem {
                code: ProblemCode::NotConnected,
                severity: Severity::Blocks,
                place: Place {
                    action: Some(action.id.clone()),
                    ..Place::default()
                },
                message: format!(
                    "\"{}\" is not connected yet: it runs on sample answers only.",
                    action.name
                ),
                remedies: Vec::new(),
            }),
    );
    problems
        .into_iter()
        .map(|problem| Finding {
            task: task.title.clone(),
            problem,
        })
        .collect()
}

fn about(task: &Task) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut add = |code, severity, field: &str, message: &str| {
        let place = Place {
            field: Some(field.to_owned()),
            ..Place::default()
        };
        problems.push(Problem {
            code,
            severity,
            place,
            message: message.to_owned(),
            remedies: Vec::new(),
        });
    };
    if task.title.trim().is_empty() {
        add(
            ProblemCode::Title,
            Severity::Blocks,
            "/title",
            "The task has no title. Name what customers want, e.g. \"Move a booking\".",
        );
    }
    if task.description.trim().is_empty() && !task.only_used_by_other_tasks {
        let message = "Nothing says when to use this task. Write three to five sentences: when, and when not.";
        add(ProblemCode::Description, Severity::Blocks, "/description", message);
    }
    if task.blocks.iter().all(|block| block.off) {
        add(
            ProblemCode::Empty,
            Severity::Blocks,
            "/blocks",
            "The task does nothing yet. Add a block of instructions.",
        );
    }
    problems
}
