//! A task explained to a colleague: when it starts, what it needs, what it does, what it must never do. One page, put
//! together here only; [`markdown`], [`html`] and the screen are renderings of it.

mod html;
mod markdown;
mod sections;

use serde::{Deserialize, Serialize};
use taskwright_bundle::BundleContent;
use taskwright_domain::{Settings, Task};
use ts_rs::TS;

use crate::app::App;
use crate::bundles::NamedFile;
use crate::check::{Checked, check_task};
use crate::error::CommandError;
use crate::freeze::catalogue;
use crate::plan::plan_of;
use crate::reach::Reach;
use crate::tasks::OneTask;

pub use html::html;
pub use markdown::markdown;

/// A task as a page to review.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct TaskPage {
    /// The task's title.
    pub title: String,
    /// What the page says, in order.
    pub sections: Vec<PageSection>,
}

/// A part of the page under a heading.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct PageSection {
    /// The heading.
    pub heading: String,
    /// Said before the items; a paragraph each.
    pub paragraphs: Vec<String>,
    /// The items come one after the other.
    pub numbered: bool,
    /// The items.
    pub items: Vec<PageItem>,
}

/// A line of the page, with the lines that belong to it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, TS)]
pub struct PageItem {
    /// The words that it is about, set off from the others; may be empty.
    pub lead: String,
    /// What is said.
    pub words: String,
    /// An aside: "changes data", "switched off".
    pub note: String,
    /// It needs attention.
    pub warning: bool,
    /// What belongs to it.
    pub items: Vec<PageItem>,
}

/// A task explained, in every form it is handed on in.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ExplainedTask {
    /// The page.
    pub page: TaskPage,
    /// The same as Markdown.
    pub markdown: String,
}

/// A page to save as a file.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SaveTaskPage {
    /// The task.
    pub task: taskwright_domain::TaskId,
    /// What kind of file.
    pub format: PageFormat,
}

/// What kind of file a page becomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PageFormat {
    /// Markdown.
    Markdown,
    /// One HTML file that needs nothing else.
    Html,
}

/// The page of a task.
#[must_use]
pub fn explain(content: &BundleContent, task: &Task, settings: &Settings) -> TaskPage {
    let checked = check_task(content, task, settings, &Reach::default());
    page(content, task, settings, &checked)
}

fn page(content: &BundleContent, task: &Task, settings: &Settings, checked: &Checked) -> TaskPage {
    let catalogue = catalogue(content, task, settings);
    let plan = plan_of(task, checked, &catalogue);
    TaskPage {
        title: titled(&task.title),
        sections: sections::Sections {
            task,
            checked,
            catalogue: &catalogue,
            plan: &plan,
        }
        .all(),
    }
}

fn titled(title: &str) -> String {
    let title = title.trim();
    if title.is_empty() { "Untitled task" } else { title }.to_owned()
}

fn page_in(app: &App, args: &OneTask) -> Result<TaskPage, CommandError> {
    let snapshot = app.snapshot();
    let task = snapshot.task(&args.task)?;
    let checked = check_task(&snapshot.content, task, &snapshot.settings, &app.reach()?);
    Ok(page(&snapshot.content, task, &snapshot.settings, &checked))
}

pub(crate) async fn explain_task(app: &App, _origin: &str, args: OneTask) -> Result<ExplainedTask, CommandError> {
    let page = page_in(app, &args)?;
    Ok(ExplainedTask {
        markdown: markdown(&page),
        page,
    })
}

pub(crate) async fn save_task_page(app: &App, _origin: &str, args: SaveTaskPage) -> Result<NamedFile, CommandError> {
    let page = page_in(app, &OneTask { task: args.task })?;
    let (text, ending) = match args.format {
        PageFormat::Markdown => (markdown(&page), "md"),
        PageFormat::Html => (html(std::slice::from_ref(&page)), "html"),
    };
    let name = format!("{}.{ending}", taskwright_bundle::slug(&page.title, "task"));
    let file = app.put_file(text.into_bytes(), &name).await?;
    Ok(NamedFile {
        file: file.to_string(),
        name,
    })
}
