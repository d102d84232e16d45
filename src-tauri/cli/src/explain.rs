//! `taskwright explain`: pages that a colleague can review.

use std::path::{Path, PathBuf};

use taskwright_bundle::BundleContent;
use taskwright_commands::explain::{TaskPage, explain as page_of, html, markdown};
use taskwright_domain::{Settings, Task};

use crate::{Failure, content_of};

pub(crate) fn explain(path: &Path, title: Option<&str>, as_html: bool) -> Result<(), Failure> {
    let (content, only) = open(path)?;
    let chosen = |task: &&Task| {
        only.as_ref().is_none_or(|id| task.id.as_str() == id)
            && title.is_none_or(|title| task.title.eq_ignore_ascii_case(title))
    };
    let tasks = content.tasks.iter().filter(chosen);
    let pages: Vec<TaskPage> = tasks
        .map(|task| page_of(&content, task, &Settings::default()))
        .collect();
    if pages.is_empty() {
        return Err(Failure::found(match title {
            Some(title) => format!("there is no task \"{title}\" in {}", path.display()),
            None => format!("there is no task in {}", path.display()),
        }));
    }
    if as_html {
        print!("{}", html(&pages));
    } else {
        let pages: Vec<_> = pages.iter().map(markdown).collect();
        print!("{}", pages.join("\n---\n\n"));
    }
    Ok(())
}

/// The bundle, and the id of its one task where the path names that task's folder or its `task.json`.
fn open(path: &Path) -> Result<(BundleContent, Option<String>), Failure> {
    let Some((bundle, file)) = task_in_bundle(path) else {
        return Ok((content_of(path)?, None));
    };
    let text = std::fs::read_to_string(&file)
        .map_err(|error| Failure::found(format!("cannot read {}: {error}", file.display())))?;
    let json: serde_json::Value = serde_json::from_str(&text)
        .map_err(|error| Failure::found(format!("{} is no task: {error}", file.display())))?;
    let id = json.get("id").and_then(serde_json::Value::as_str).unwrap_or_default();
    Ok((content_of(&bundle)?, Some(id.to_owned())))
}

/// `bundle/tasks/name` or `bundle/tasks/name/task.json`: the bundle's folder and the task's file.
fn task_in_bundle(path: &Path) -> Option<(PathBuf, PathBuf)> {
    let file = if path.is_dir() {
        path.join("task.json")
    } else {
        path.to_owned()
    };
    if !file.is_file() || file.file_name()? != "task.json" {
        return None;
    }
    let file = file.canonicalize().ok()?;
    let bundle = file.parent()?.parent()?.parent()?.to_owned();
    bundle.join("manifest.json").is_file().then_some((bundle, file))
}
