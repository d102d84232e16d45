//! Task bundles: an unpacked folder, and the same as one reproducible `.taskbundle` zip.
//!
//! A folder holds `manifest.json`, `README.md`, `tasks/<slug>/task.json` with the instruction texts as their own
//! Markdown files and scripted conversations beside it, `actions/<key>.json`, `attributes.json` and `teams.json`.
//! Nothing that belongs to one machine or is secret is part of the format.

mod content;
mod error;
mod folder;
mod manifest;
mod readme;
mod zipped;

pub use content::{BundleContent, Hashes, ScriptedConversation, from_files, to_files};
pub use error::BundleError;
pub use folder::{read_folder, write_folder};
pub use manifest::{FORMAT, Manifest, verify};
pub use zipped::{pack, unpack};

/// The files of a bundle: path with `/`, and content.
pub type Files = std::collections::BTreeMap<String, Vec<u8>>;
