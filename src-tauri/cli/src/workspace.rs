//! Commands on a workspace: serving it, bundles in and out.

use std::collections::BTreeMap;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use clap::ValueEnum;
use directories::ProjectDirs;
use taskwright_bundle::{ImportChoice, ItemState, pack, to_files};
use taskwright_channel::{Meters, ServeOptions, StatusServer, serve_watched, supervise_watched};
use taskwright_commands::{App, Options};

use crate::log::{LogFormat, write_log};
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

/// How a workspace is served.
pub(crate) struct Serve {
    pub(crate) data: Option<PathBuf>,
    pub(crate) port: u16,
    pub(crate) webhook_port: Option<u16>,
    pub(crate) open: bool,
    pub(crate) log: Option<LogFormat>,
    pub(crate) status: Option<SocketAddr>,
}

/// Serves until it is told to stop: then what is under way is answered and everything is brought to disk. Told again, it
/// ends at once; nothing that was committed is lost by that either.
pub(crate) fn serve(how: &Serve) -> Result<(), Failure> {
    write_log(how.log);
    run(async {
        let app = open(how.data.clone(), PROGRAM).await?;
        let meters = Meters::new();
        let counting = meters.count_events(&app);
        let options = ServeOptions {
            addr: SocketAddr::from((Ipv4Addr::LOCALHOST, how.port)),
            ui: built_ui(),
        };
        if let Some(port) = how.webhook_port {
            app.webhooks().use_port(port);
        }
        let serving = serve_watched(app.clone(), options, meters.clone())
            .await
            .map_err(Failure::found)?;
        let status = match how.status {
            Some(addr) => Some(watch(&app, &meters, addr).await?),
            None => None,
        };
        let webhooks = supervise_watched(app.clone(), meters.clone());
        println!("{}", serving.url);
        if how.log.is_none() {
            eprintln!("Taskwright serves {}. Ctrl+C stops it.", app.folder().display());
        }
        tracing::info!(folder = %app.folder().display(), addr = %serving.addr, version = env!("CARGO_PKG_VERSION"), "serving");
        if how.open {
            show(&serving.url);
        }
        stop_signal().await.map_err(Failure::found)?;
        tracing::info!("stopping");
        meters.stopping();
        let ending = async {
            serving.stop().await;
            webhooks.stop().await;
            if let Some(status) = status {
                status.stop().await;
            }
            counting.abort();
            app.close().await.map_err(Failure::found)
        };
        let ended = tokio::select! {
            ended = ending => ended,
            _ = stop_signal() => Err(Failure::found("stopped before everything under way had ended")),
        };
        tracing::info!("stopped");
        ended
    })
}

async fn watch(app: &App, meters: &Meters, addr: SocketAddr) -> Result<StatusServer, Failure> {
    let server = StatusServer::start(app.clone(), meters.clone(), addr).await;
    let server = server.map_err(|error| {
        Failure::found(format!(
            "cannot listen on {addr} for /health and /metrics: {error}. Choose another address with --status"
        ))
    })?;
    tracing::info!(addr = %server.addr, "health and metrics are told");
    Ok(server)
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
