//! How much a bundle may hold. Everything beyond is refused before it can do harm.

/// Files in a bundle.
pub const MAX_ENTRIES: usize = 5_000;
/// Bytes of one file.
pub const MAX_ENTRY_BYTES: u64 = 8 << 20;
/// Bytes of all files together, and of the zip itself.
pub const MAX_TOTAL_BYTES: u64 = 64 << 20;
/// Bytes of one JSON file.
pub const MAX_JSON_BYTES: usize = 4 << 20;
/// Brackets inside brackets in a JSON file; the JSON reader itself gives up at 127.
pub const MAX_JSON_DEPTH: usize = 120;
/// Files below this size are never called a zip bomb, however well they are compressed.
pub(crate) const RATIO_FREE_BYTES: u64 = 1 << 20;
/// How many times larger a file may be than its compressed form.
pub(crate) const MAX_RATIO: u64 = 250;
/// Characters of a path in a bundle.
pub(crate) const MAX_PATH_CHARS: usize = 240;
