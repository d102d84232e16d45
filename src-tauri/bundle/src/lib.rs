//! Bundles: tasks and all they need, as a folder people can read or as one file.
//!
//! Content becomes files with [`to_files`], files become one `.taskbundle` with [`pack`]; [`unpack`] and [`from_files`]
//! lead back and trust nothing. [`compare`] shows what an import would change and [`merge`] prepares it as one edit.
//! Deliberately absent: network, clock, and everything machine-local (environments, hosts, secrets).

mod article_file;
mod compare;
mod connection_sheet;
mod content;
mod conversations;
mod credential;
mod differences;
mod error;
mod folder;
mod host;
mod json;
mod limits;
mod manifest;
mod merge;
mod names;
mod pack;
mod path;
mod read;
mod readme;
mod rename;
mod rewrite;
mod schema;
mod slug;
mod task_file;
mod text;
mod unique;
mod unpack;
mod verify;
mod webhooks;
mod withhold;
mod words;
mod write;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

pub use compare::{BundleComparison, BundleNoun, ComparedItem, ImportChoice, ItemState, compare};
pub use content::{BundleContent, ScriptedConversation};
pub use error::{BundleCode, BundleError};
pub use folder::{read_folder, write_folder};
pub use limits::{MAX_ENTRIES, MAX_ENTRY_BYTES, MAX_JSON_BYTES, MAX_JSON_DEPTH, MAX_TOTAL_BYTES};
pub use manifest::{FORMAT, Manifest, seal};
pub use merge::{ImportChoices, MergeError, Merged, MergedDocument, merge};
pub use pack::pack;
pub use read::{Hashes, from_files};
pub use rename::{KeyOf, rename_key};
pub use schema::schema_files;
pub use slug::slug;
pub use unpack::unpack;
pub use verify::{Finding, FindingLevel, verify};
pub use withhold::{Withheld, WithheldPart, for_export};
pub use write::to_files;

/// The files of an unpacked bundle, by path; folders are separated by `/`.
pub type Files = BTreeMap<String, Vec<u8>>;
