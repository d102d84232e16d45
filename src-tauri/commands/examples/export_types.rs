//! Writes the TypeScript of every type that crosses to the UI into a folder.

use std::process::ExitCode;

fn main() -> ExitCode {
    let Some(folder) = std::env::args_os().nth(1) else {
        eprintln!("usage: export_types FOLDER");
        return ExitCode::from(2);
    };
    let config = ts_rs::Config::new()
        .with_out_dir(std::path::PathBuf::from(folder))
        .with_large_int("number");
    match taskwright_commands::list::export_types(&config) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("the types could not be written: {error}");
            ExitCode::FAILURE
        }
    }
}
