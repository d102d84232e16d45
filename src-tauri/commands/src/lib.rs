//! What a front end can ask for: freezing a task into a revision, checking it, rehearsing it.

mod check;
mod freeze;
mod rehearse;
mod script;

pub use check::{Finding, check};
pub use freeze::{catalogue, freeze};
pub use rehearse::{Rehearsal, RehearsalError};
pub use script::{Script, ScriptError, ScriptLine, run_script};
