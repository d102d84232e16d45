//! The conversation: a pure `decide`, a `fold` of its events, and the runner that performs what was decided.
//!
//! [`decide`] reads no clock, draws no random number and does no IO: time and answers arrive as inputs. It returns
//! events to record and effects to perform; only the [`Runner`] performs.

mod account;
mod actions;
mod answers;
mod ask;
mod attach;
mod audience;
mod begin;
mod besides;
mod callback;
mod choose;
mod collect;
mod compile;
mod condition;
mod decide;
mod deed;
mod feedback;
mod fields;
mod figures;
mod fold;
mod guard;
mod hand_off;
mod hear;
mod input_values;
mod interrupt;
mod json_path;
mod knowledge;
mod known;
mod led;
mod machine;
mod memory;
mod mend;
mod obtain;
mod outside;
mod plain;
mod prefetch;
mod program;
mod range;
mod render;
mod rerun;
mod runner;
mod seal;
mod silence;
mod source;
mod state;
mod steps;
mod stub;
mod understood;
mod webhook;
mod wishes;
mod words;
mod workflow;

pub use audience::not_for;
pub use besides::{Aside, Besides};
pub use callback::{CallbackOutcome, CallbackTo, address_of, addresses_in, awaited_by};
pub use compile::compile;
pub use decide::{Decision, decide};
pub use fields::{cover, difference};
pub use fold::fold;
pub use guard::rule_against;
pub use json_path::{PathError, check_path};
pub use known::hand_in;
pub use led::Silence;
pub use memory::MemoryJournal;
pub use outside::{
    ActionCall, Actions, BoxFuture, Clock, Journal, JournalError, Knowledge, LiveTask, NoKnowledge, Outside, Ranker,
    Revisions, Timers,
};
pub use prefetch::Prefetch;
pub use program::{Compiled, Library, Program};
pub use rerun::{input_of, rerun};
pub use runner::{Runner, RunnerError, Submitted};
pub use state::{Call, Outcome, Pending, Run, State, Wish};
pub use stub::answer_from_stub;
/// How values are read, for whoever checks answers with [`difference`].
pub use taskwright_language::values::ValueContext;
