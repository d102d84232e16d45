//! The nouns of Taskwright: what a task, an action, a conversation and an event are.
//!
//! Everything here is data. Nothing reads the clock, does IO or is async; every other crate builds on it.
//! Types that the UI shares derive [`ts_rs::TS`]; types that a bundle carries derive [`schemars::JsonSchema`].

mod action;
mod article;
mod attribute;
mod catalogue;
mod condition;
mod conversation;
mod edit;
mod effect;
mod environment;
mod event;
mod findings;
mod ids;
mod inbox;
mod input;
mod journal;
mod problem;
mod reading;
mod report;
mod request;
mod request_body;
mod revision;
mod script;
mod secret_name;
mod settings;
mod task;
mod team;
mod template;
mod text;
mod value;
mod workflow;

pub use action::*;
pub use article::*;
pub use attribute::*;
pub use catalogue::*;
pub use condition::*;
pub use conversation::*;
pub use edit::*;
pub use effect::*;
pub use environment::*;
pub use event::*;
pub use findings::*;
pub use ids::*;
pub use inbox::*;
pub use input::*;
pub use journal::*;
pub use problem::*;
pub use reading::*;
pub use report::*;
pub use request::*;
pub use request_body::*;
pub use revision::*;
pub use script::*;
pub use secret_name::*;
pub use settings::*;
pub use task::*;
pub use team::*;
pub use template::*;
pub use text::*;
pub use value::*;
pub use workflow::*;
