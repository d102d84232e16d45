//! The lock beside the workspace: one program runs it, a second one is told who.

use std::fs::{File, TryLockError};
use std::io::{Read, Seek, Write};
use std::path::Path;

use crate::error::StoreError;

/// Takes the lock and writes down who has it.
pub(crate) fn lock(path: &Path, program: &str) -> Result<File, StoreError> {
    let io = |error: std::io::Error| StoreError::io(path, &error);
    let mut file = File::options()
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .open(path)
        .map_err(io)?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            let mut by = String::new();
            // Whoever has it may just be writing its name.
            let _ = file.read_to_string(&mut by);
            let by = by.trim();
            let by = if by.is_empty() { "another program" } else { by };
            return Err(StoreError::Held { by: by.to_owned() });
        }
        Err(TryLockError::Error(error)) => return Err(io(error)),
    }
    file.set_len(0).map_err(io)?;
    file.rewind().map_err(io)?;
    let program = if program.is_empty() { "Taskwright" } else { program };
    writeln!(file, "{program} (process {})", std::process::id()).map_err(io)?;
    Ok(file)
}
