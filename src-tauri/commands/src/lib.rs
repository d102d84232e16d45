//! What a front end can ask for: one list of commands over an open workspace, and rehearsing a bundle without one.
//!
//! The modules of commands hold their arguments and results; [`App::call`] does them by name.

pub mod actions;
mod app;
mod audience;
mod backup;
pub mod bundles;
mod calling;
mod check;
mod choice;
pub mod clock;
pub mod conditions;
pub mod connections;
mod content;
mod documents;
pub mod environments;
mod error;
pub mod explain;
mod follow;
mod freeze;
mod gallery;
mod home;
pub mod instructions;
pub mod list;
pub mod log;
pub mod meaning;
pub mod plan;
pub mod preview;
mod problems;
pub mod publishing;
mod reach;
mod rehearse;
mod script;
pub mod secrets;
mod sent_files;
pub mod settings;
mod snapshot;
pub mod sweep;
pub mod tasks;
pub mod teams;
pub mod triggers;
pub mod webhooks;

pub use app::{App, Options};
pub use bundles::{left_out, read_bundle};
pub use check::{Checked, Finding, check, check_action, check_task, uses_action};
pub use content::shown_as;
pub use error::{CommandError, ErrorCode};
pub use explain::explain;
pub use follow::{Following, SubscribeRequest, WorkspaceMessage};
pub use freeze::{catalogue, freeze};
pub use reach::{Lack, LackedSecret, Reach};
pub use rehearse::{Rehearsal, RehearsalError, Stage};
pub use script::{Script, ScriptError, ScriptLine, run_script};
