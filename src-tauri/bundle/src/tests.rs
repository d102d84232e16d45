//! Tests that cross the files of this crate.

mod comparing;
mod folders;
mod hostile_files;
mod hostile_zips;
mod merging;
mod readable;
mod renaming;
mod reproducible;
mod round_trip;
mod sample;
mod schemas;
mod secrets;
mod verifying;
mod workflows;
