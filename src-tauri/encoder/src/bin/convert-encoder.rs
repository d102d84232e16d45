//! `convert-encoder PUBLISHED TO`: the published model into the form that is run. `npm run assets` calls it.

use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args_os().skip(1).collect();
    let [published, to] = arguments.as_slice() else {
        eprintln!("usage: convert-encoder PUBLISHED TO");
        return ExitCode::from(2);
    };
    match taskwright_encoder::convert(Path::new(published), Path::new(to)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
