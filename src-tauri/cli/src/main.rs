//! `taskwright`: the headless program. Standard output is data, standard error is for people; exit 0 done, 1 findings
//! or a failed script, 2 wrong use.

mod bundles;
mod chat;
mod explain;
mod fill;
mod lines;
mod log;
mod matching;
mod read;
mod sweep;
mod workspace;

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use taskwright_bundle::{BundleContent, Files, Hashes, from_files, read_folder, unpack};

/// Rehearses, checks and packs task bundles without a window.
#[derive(Parser)]
#[command(name = "taskwright", version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// A preview in the terminal, or scripted.
    Chat {
        /// A bundle: its folder or its .taskbundle file.
        bundle: PathBuf,
        /// Offer only the task of this title.
        #[arg(long)]
        task: Option<String>,
        /// Run the conversation of this Markdown file and check what it expects.
        #[arg(long)]
        script: Option<PathBuf>,
        /// Print the event log as JSON Lines.
        #[arg(long)]
        json: bool,
    },
    /// All problems with their places; exit 1 if any keeps a task from being published.
    Check {
        /// A bundle: its folder or its .taskbundle file.
        bundle: PathBuf,
    },
    /// Chooses among tasks: messages in as JSON Lines, one line out for each. Standard error says what chose.
    Match {
        /// The tasks, as JSON Lines: id, title, description, examples, counter_examples.
        #[arg(long)]
        tasks: PathBuf,
        /// Exit with 2 where there is no sentence encoder, instead of choosing by words.
        #[arg(long)]
        require_encoder: bool,
    },
    /// Reads instructions: JSON Lines in, one line out for each.
    Read,
    /// Reads the values customers' messages give: JSON Lines in, one line out for each.
    Fill,
    /// Explains tasks to a colleague: when they start, what they do, what they must never do; a page each.
    Explain {
        /// A bundle: its folder or its .taskbundle file; or the folder or task.json of one task in a bundle's folder.
        bundle: PathBuf,
        /// Only the task of this title.
        #[arg(long)]
        task: Option<String>,
        /// Print HTML; Markdown otherwise.
        #[arg(long)]
        html: bool,
    },
    /// Packs a folder into one file and renews its manifest.
    Pack {
        /// The folder.
        folder: PathBuf,
        /// The .taskbundle file to write.
        file: PathBuf,
    },
    /// Unpacks a file into a folder.
    Unpack {
        /// The .taskbundle file.
        file: PathBuf,
        /// The folder to write.
        folder: PathBuf,
    },
    /// Serves a workspace to the browser of this machine.
    Serve {
        /// The workspace's folder; the platform's data folder otherwise.
        #[arg(long)]
        data: Option<PathBuf>,
        /// The port; a free one otherwise.
        #[arg(long, default_value_t = 0)]
        port: u16,
        /// The port for webhooks, whatever is set in the workspace; a free one where 0.
        #[arg(long)]
        webhook_port: Option<u16>,
        /// Open the page in the browser.
        #[arg(long)]
        open: bool,
        /// Write what happens to standard error, as text or as lines of JSON; only trouble otherwise.
        #[arg(long, value_enum)]
        log: Option<log::LogFormat>,
        /// Answer /health and /metrics at this address too, e.g. 0.0.0.0:9464; this machine only asks at the page's.
        #[arg(long)]
        status: Option<SocketAddr>,
    },
    /// Takes a bundle into a workspace, all of it or nothing.
    Import {
        /// A bundle: its folder or its .taskbundle file.
        bundle: PathBuf,
        /// The workspace's folder; the platform's data folder otherwise.
        #[arg(long)]
        data: Option<PathBuf>,
        /// What to do where the workspace has another version: mine, theirs or both.
        #[arg(long, value_enum)]
        on_conflict: Option<workspace::OnConflict>,
    },
    /// Writes all tasks of a workspace, or some, into a bundle.
    Export {
        /// The .taskbundle file to write.
        file: PathBuf,
        /// The workspace's folder; the platform's data folder otherwise.
        #[arg(long)]
        data: Option<PathBuf>,
        /// Only the task of this title; may be given several times.
        #[arg(long)]
        task: Vec<String>,
    },
    /// What if a system fails? Runs tasks against each action and each wait failing in each way; exit 1 where something is
    /// done twice, against a rule, or without a word to the customer.
    Sweep {
        /// A bundle: its folder or its .taskbundle file.
        bundle: PathBuf,
        /// Only the task of this title.
        #[arg(long)]
        task: Option<String>,
        /// Print a line of JSON for each task.
        #[arg(long)]
        json: bool,
    },
    /// Checks hashes, ids and every file of a bundle.
    Verify {
        /// A bundle: its folder or its .taskbundle file.
        bundle: PathBuf,
    },
}

/// What went wrong, for people, and whether the arguments or the data are to blame.
struct Failure {
    message: String,
    code: u8,
}

impl Failure {
    fn found(message: impl ToString) -> Self {
        Self {
            message: message.to_string(),
            code: 1,
        }
    }

    fn used_wrongly(message: impl ToString) -> Self {
        Self {
            message: message.to_string(),
            code: 2,
        }
    }
}

fn main() -> ExitCode {
    let done = match Arguments::parse().command {
        Command::Chat {
            bundle,
            task,
            script,
            json,
        } => chat::chat(&bundle, task.as_deref(), script.as_deref(), json),
        Command::Check { bundle } => bundles::check(&bundle),
        Command::Serve {
            data,
            port,
            webhook_port,
            open,
            log,
            status,
        } => workspace::serve(&workspace::Serve {
            data,
            port,
            webhook_port,
            open,
            log,
            status,
        }),
        Command::Import {
            bundle,
            data,
            on_conflict,
        } => workspace::import(&bundle, data, on_conflict),
        Command::Export { file, data, task } => workspace::export(&file, data, &task),
        Command::Match { tasks, require_encoder } => matching::match_lines(&tasks, require_encoder),
        Command::Read => read::read_lines(),
        Command::Fill => fill::fill_lines(),
        Command::Explain { bundle, task, html } => explain::explain(&bundle, task.as_deref(), html),
        Command::Sweep { bundle, task, json } => sweep::sweep(&bundle, task.as_deref(), json),
        Command::Pack { folder, file } => bundles::pack(&folder, &file),
        Command::Unpack { file, folder } => bundles::unpack_into(&file, &folder),
        Command::Verify { bundle } => bundles::verify(&bundle),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("{}", failure.message);
            ExitCode::from(failure.code)
        }
    }
}

/// The files of a bundle, folder or packed.
fn files_of(bundle: &Path) -> Result<(Files, Hashes), Failure> {
    if bundle.is_dir() {
        return Ok((read_folder(bundle).map_err(Failure::found)?, Hashes::Ignore));
    }
    let bytes =
        std::fs::read(bundle).map_err(|error| Failure::found(format!("cannot read {}: {error}", bundle.display())))?;
    Ok((unpack(&bytes).map_err(Failure::found)?, Hashes::Check))
}

/// What a bundle holds. A folder may be edited by hand, so its hashes do not count here.
fn content_of(bundle: &Path) -> Result<BundleContent, Failure> {
    let (files, hashes) = files_of(bundle)?;
    from_files(&files, hashes).map_err(Failure::found)
}
