//! Commands on a workspace: serving it, bundles in and out.

use std::collections::BTreeMap;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use clap::ValueEnum;
use directories::ProjectDirs;
use taskwright_bundle::{ImportChoice, ItemState, pack, to_files};
use taskwright_channel::{ServeOptions, serve as serve_app, supervise};
use taskwright_commands::{App, Options};

use crate::{Failure, content_of};

/// What to do where the workspace has another version of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum OnConflict {
    /// Keep the workspace's.
    Mine,
    /// Take the bundle's.
    Theirs,
    /// Have both.
    Both,
}

/// What other programs on the workspace are told.
const PROGRAM: &str = "taskwright serve";

fn folder(data: Option<PathBuf>) -> Result<PathBuf, Failure> {
    let named = || {
        std::env::var_os("TASKWRIGHT_DATA")
            .filter(|folder| !folder.is_empty())
            .map(PathBuf::from)
    };
    if let Some(folder) = data.or_else(named) {
        return Ok(folder);
    }
    let own = ProjectDirs::from("", "", "Taskwright").map(|own| own.data_dir().to_path_buf());
    own.ok_or_else(|| Failure::found("this account has no home folder; name the workspace's folder with --data"))
}

fn run<T>(work: impl Future<Output = Result<T, Failure>>) -> Result<T, Failure> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(Failure::found)?;
    runtime.block_on(work)
}

async fn open(data: Option<PathBuf>, program: &str) -> Result<App, Failure> {
    let options = Options {
        data_dir: folder(data)?,
        program: program.to_owned(),
        max_pages: None,
    };
    App::open(options).await.map_err(Failure::found)
}

/// Serves until it is told to stop.
pub(crate) fn serve(
    data: Option<PathBuf>,
    port: u16,
    webhook_port: Option<u16>,
    open_page: bool,
) -> Result<(), Failure> {
    run(async {
        let app = open(data, PROGRAM).await?;
        let options = ServeOptions {
            addr: SocketAddr::from((Ipv4Addr::LOCALHOST, port)),
            ui: built_ui(),
        };
        if let Some(port) = webhook_port {
            app.webhooks().use_port(port);
        }
        let serving = serve_app(app.clone(), options).await.map_err(Failure::found)?;
        let webhooks = supervise(app.clone());
        println!("{}", serving.url);
        eprintln!("Taskwright serves {}. Ctrl+C stops it.", app.folder().display());
        if open_page {
            show(&serving.url);
        }
        stop_signal().await.map_err(Failure::found)?;
        serving.stop().await;
        webhooks.stop().await;
        app.close().await.map_err(Failure::found)
    })
}

#[cfg(unix)]
async fn stop_signal() -> std::io::Result<()> {
    let mut terminate = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())?;
    tokio::select! {
        asked = tokio::signal::ctrl_c() => asked,
        _ = terminate.recv() => Ok(()),
    }
}

#[cfg(not(unix))]
async fn stop_signal() -> std::io::Result<()> {
    tokio::signal::ctrl_c().await
}

/// The folder of the built UI: named, installed beside the program, or built in the project.
fn built_ui() -> Option<PathBuf> {
    let named = std::env::var_os("TASKWRIGHT_UI").map(PathBuf::from);
    let program = std::env::current_exe().ok();
    let beside = program.as_deref().and_then(Path::parent);
    let candidates = [
        named,
        beside.map(|folder| folder.join("ui")),
        beside.map(|folder| folder.join("../lib/taskwright/ui")),
        Some(PathBuf::from("dist")),
    ];
    let mut candidates = candidates.into_iter().flatten();
    candidates.find(|folder| folder.join("index.html").is_file())
}

fn show(url: &str) {
    let opener = if cfg!(target_os = "macos") {
        "open"
    } else if cfg!(windows) {
        "explorer"
    } else {
        "xdg-open"
    };
    // Whether a browser is there or not: the address stands above.
    let quiet = || Stdio::null();
    if let Err(error) = Command::new(opener).arg(url).stdout(quiet()).stderr(quiet()).spawn() {
        eprintln!("The browser could not be opened ({opener}: {error}). Open the address above.");
    }
}

/// Takes a bundle in; says what came of each of its documents.
pub(crate) fn import(bundle: &Path, data: Option<PathBuf>, on_conflict: Option<OnConflict>) -> Result<(), Failure> {
    let content = content_of(bundle)?;
    run(async {
        let app = open(data, "taskwright import").await?;
        let preview = app.inspect(&content);
        let choices = choices(&preview.items, on_conflict);
        for item in &preview.items {
            eprintln!("{:<9} {}", state(&item.state), item.key_or_title);
            item.notes.iter().for_each(|note| eprintln!("          {note}"));
        }
        let imported = app.import(&content, &choices, "import").await;
        app.close().await.map_err(Failure::found)?;
        let imported = imported.map_err(|error| {
            Failure::found(format!(
                "{error}. Nothing was imported. Say what to do with --on-conflict mine, theirs or both"
            ))
        })?;
        match imported.import {
            Some(_) => eprintln!("Imported \"{}\".", content.name),
            None => eprintln!("\"{}\" is there already, just so.", content.name),
        }
        Ok(())
    })
}

fn choices(
    items: &[taskwright_bundle::ComparedItem],
    on_conflict: Option<OnConflict>,
) -> BTreeMap<String, ImportChoice> {
    let Some(wanted) = on_conflict else {
        return BTreeMap::new();
    };
    let wanted = match wanted {
        OnConflict::Mine => ImportChoice::KeepMine,
        OnConflict::Theirs => ImportChoice::TakeTheirs,
        OnConflict::Both => ImportChoice::KeepBoth,
    };
    items
        .iter()
        .filter(|item| !matches!(item.state, ItemState::New | ItemState::Same) && item.choices.contains(&wanted))
        .map(|item| (item.id.clone(), wanted))
        .collect()
}

fn state(state: &ItemState) -> &'static str {
    match state {
        ItemState::New => "new",
        ItemState::Same => "same",
        ItemState::Changed { .. } => "changed",
        ItemState::Conflict { .. } => "conflict",
    }
}

/// Writes tasks into a bundle. The workspace may be open elsewhere meanwhile.
pub(crate) fn export(file: &Path, data: Option<PathBuf>, titles: &[String]) -> Result<(), Failure> {
    let content = taskwright_commands::read_bundle(&folder(data)?, titles).map_err(Failure::found)?;
    let bytes = to_files(&content)
        .and_then(|files| pack(&files))
        .map_err(Failure::found)?;
    std::fs::write(file, bytes).map_err(|error| Failure::found(format!("cannot write {}: {error}", file.display())))?;
    crate::bundles::tell_left_out(&content);
    eprintln!("Wrote {} with {} tasks.", file.display(), content.tasks.len());
    Ok(())
}
