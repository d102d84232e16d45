//! Files in and out: bytes go between the disk and the workspace here and never through the page's JSON.

use std::{
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};

use percent_encoding::percent_decode_str;
use serde::Serialize;
use taskwright_commands::{App, CommandError, ErrorCode, shown_as};
use tauri::ipc::InvokeBody;
use tauri::{Manager, Runtime, State, UriSchemeContext, UriSchemeResponder, WebviewWindow, http};
use tauri_plugin_dialog::{DialogExt, FilePath};
use tauri_plugin_opener::OpenerExt;

use crate::workspace::Workspace;

/// The scheme of stored files: `files://localhost/<id>`.
pub(crate) const SCHEME: &str = "files";

/// The header with the name of a file whose bytes are the request.
const NAME: &str = "x-file-name";

/// No more than this is read; the store has the same limit.
const LIMIT: u64 = 10 * 1024 * 1024;

/// Where the last file went that was saved from this window.
#[derive(Default)]
pub(crate) struct LastSaved(Mutex<Option<PathBuf>>);

/// A file that came in.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Picked {
    file_id: String,
    name: String,
}

/// Lets the person pick a file and stores it; nothing when they think better of it.
#[tauri::command]
pub(crate) async fn pick_file<R: Runtime>(
    window: WebviewWindow<R>,
    workspace: State<'_, Workspace>,
    accept: String,
) -> Result<Option<Picked>, CommandError> {
    let app = workspace.app()?;
    let Some(path) = pick(&window, &accept).await else {
        return Ok(None);
    };
    let bytes = read(&path).await?;
    store(&app, bytes, file_name(&path)).await.map(Some)
}

/// Files of a folder that are looked at, at the most.
const MOST: usize = 20_000;
/// Files that are taken in at once, at the most.
const MOST_TAKEN: usize = 5_000;
/// Folders inside each other.
const DEEPEST: usize = 16;

/// Lets the person pick several files, or a folder whose files are all taken that `accept` names, and stores them. Each is
/// called by where it stood in the folder. Nothing when they think better of it.
#[tauri::command]
pub(crate) async fn pick_files<R: Runtime>(
    window: WebviewWindow<R>,
    workspace: State<'_, Workspace>,
    accept: String,
    folder: bool,
) -> Result<Vec<Picked>, CommandError> {
    let app = workspace.app()?;
    let mut picked = Vec::new();
    for (path, name) in pick_several(&window, &accept, folder)
        .await?
        .into_iter()
        .take(MOST_TAKEN)
    {
        let bytes = read(&path).await?;
        picked.push(store(&app, bytes, name).await?);
    }
    Ok(picked)
}

/// Stores a file that the page has already, because it was dropped on it or pasted into it. Its name stands in a header.
#[tauri::command]
pub(crate) async fn keep_file(
    workspace: State<'_, Workspace>,
    request: tauri::ipc::Request<'_>,
) -> Result<Picked, CommandError> {
    let name = request.headers().get(NAME).and_then(|name| name.to_str().ok());
    let name = percent_decode_str(name.unwrap_or("file"))
        .decode_utf8_lossy()
        .into_owned();
    let bytes = match request.body() {
        InvokeBody::Raw(bytes) => bytes.clone(),
        // Where the window has no way for bytes, they come as a list of numbers.
        InvokeBody::Json(json) => serde_json::from_value(json.clone())
            .map_err(|_| CommandError::new(ErrorCode::BadRequest, "What was dropped is no file."))?,
    };
    store(&workspace.app()?, bytes, name).await
}

/// Lets the person say where a stored file goes, and writes it there. Says whether they did.
#[tauri::command]
pub(crate) async fn save_file<R: Runtime>(
    window: WebviewWindow<R>,
    workspace: State<'_, Workspace>,
    saved: State<'_, LastSaved>,
    file_id: String,
    suggested_name: String,
) -> Result<bool, CommandError> {
    let (_, bytes) = workspace.app()?.get_file(&file_id).await?;
    let Some(path) = save(&window, &suggested_name).await else {
        return Ok(false);
    };
    write(&path, &bytes).await?;
    *saved.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(path);
    Ok(true)
}

/// Shows the file that was saved last in the system's file manager. The page names no paths.
#[tauri::command]
pub(crate) fn reveal<R: Runtime>(window: WebviewWindow<R>, saved: State<'_, LastSaved>) -> Result<(), CommandError> {
    let path = saved.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
    match path {
        Some(path) => window
            .opener()
            .reveal_item_in_dir(&path)
            .map_err(|error| failed("show", &path, &error)),
        None => Ok(()),
    }
}

/// Answers for `files://localhost/<id>`.
pub(crate) fn serve<R: Runtime>(
    context: UriSchemeContext<'_, R>,
    request: http::Request<Vec<u8>>,
    responder: UriSchemeResponder,
) {
    let app = context.app_handle().state::<Workspace>().app();
    let id = request.uri().path().trim_start_matches('/').to_owned();
    tauri::async_runtime::spawn(async move {
        let found = match app {
            Ok(app) => app.get_file(&id).await,
            Err(error) => Err(error),
        };
        responder.respond(match found {
            Ok((_, bytes)) => response(bytes),
            Err(_) => missing(),
        });
    });
}

/// Pictures are shown; all else is only ever downloaded, SVG and HTML among it, which could run scripts.
fn response(bytes: Vec<u8>) -> http::Response<Vec<u8>> {
    let shown = shown_as(&bytes);
    let kind = shown.unwrap_or("application/octet-stream");
    let mut response = http::Response::new(bytes);
    let headers = response.headers_mut();
    headers.insert(http::header::CONTENT_TYPE, http::HeaderValue::from_static(kind));
    headers.insert("x-content-type-options", http::HeaderValue::from_static("nosniff"));
    if shown.is_none() {
        headers.insert(
            http::header::CONTENT_DISPOSITION,
            http::HeaderValue::from_static("attachment"),
        );
    }
    response
}

fn missing() -> http::Response<Vec<u8>> {
    let mut response = http::Response::new(Vec::new());
    *response.status_mut() = http::StatusCode::NOT_FOUND;
    response
}

/// `accept` is what a file field of a page takes: ".taskbundle,.zip".
async fn pick<R: Runtime>(window: &WebviewWindow<R>, accept: &str) -> Option<PathBuf> {
    if let Some(path) = seam("TASKWRIGHT_TEST_PICK") {
        return Some(path);
    }
    let extensions: Vec<&str> = accept
        .split(',')
        .filter_map(|one| one.trim().strip_prefix('.'))
        .collect();
    let mut dialog = window.dialog().file().set_parent(window);
    if !extensions.is_empty() {
        dialog = dialog.add_filter(extensions.join(", "), &extensions);
    }
    chosen(|answer| dialog.pick_file(answer)).await
}

/// The files that were picked, with the names they go by.
async fn pick_several<R: Runtime>(
    window: &WebviewWindow<R>,
    accept: &str,
    folder: bool,
) -> Result<Vec<(PathBuf, String)>, CommandError> {
    let endings: Vec<&str> = accept
        .split(',')
        .filter_map(|one| one.trim().strip_prefix('.'))
        .collect();
    if folder {
        let chosen = match seam("TASKWRIGHT_TEST_PICK") {
            Some(path) => Some(path),
            None => chosen(|answer| window.dialog().file().set_parent(window).pick_folder(answer)).await,
        };
        return match chosen {
            Some(top) => files_in(&top, &endings).await,
            None => Ok(Vec::new()),
        };
    }
    let paths = match seam("TASKWRIGHT_TEST_PICK") {
        Some(path) => vec![path],
        None => {
            let dialog = window.dialog().file().set_parent(window);
            let dialog = dialog.add_filter(endings.join(", "), &endings);
            let (answer, answered) = tokio::sync::oneshot::channel();
            dialog.pick_files(move |paths| {
                let _ = answer.send(paths);
            });
            let paths = answered.await.ok().flatten().unwrap_or_default().into_iter();
            paths.filter_map(|path| path.into_path().ok()).collect()
        }
    };
    let named = paths.into_iter().map(|path| {
        let name = file_name(&path);
        (path, name)
    });
    Ok(named.collect())
}

/// The files of a folder and of those inside it, by name. Links are not followed: they may lead round in a circle.
async fn files_in(top: &Path, endings: &[&str]) -> Result<Vec<(PathBuf, String)>, CommandError> {
    let (mut open, mut found, mut looked_at) = (vec![(top.to_owned(), 0)], Vec::new(), 0);
    while let Some((folder, depth)) = open.pop() {
        let failed_here = |error: std::io::Error| failed("read", &folder, &error);
        let mut entries = tokio::fs::read_dir(&folder).await.map_err(failed_here)?;
        while let Some(entry) = entries.next_entry().await.map_err(failed_here)? {
            looked_at += 1;
            if looked_at > MOST {
                let why = format!(
                    "{} holds more than {MOST} files; choose a smaller folder",
                    top.display()
                );
                return Err(CommandError::bad_request(why));
            }
            let (path, kind) = (entry.path(), entry.file_type().await.map_err(failed_here)?);
            let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
            if kind.is_dir() && depth < DEEPEST {
                open.push((path, depth + 1));
            } else if kind.is_file() && ending.is_some_and(|ending| endings.contains(&ending.as_str())) {
                let inside = path.strip_prefix(top).unwrap_or(&path).to_string_lossy().into_owned();
                found.push((path, inside));
            }
        }
    }
    found.sort();
    Ok(found)
}

async fn save<R: Runtime>(window: &WebviewWindow<R>, name: &str) -> Option<PathBuf> {
    if let Some(path) = seam("TASKWRIGHT_TEST_SAVE") {
        return Some(path);
    }
    let dialog = window.dialog().file().set_parent(window).set_file_name(name);
    chosen(|answer| dialog.save_file(answer)).await
}

async fn chosen(show: impl FnOnce(Box<dyn FnOnce(Option<FilePath>) + Send>)) -> Option<PathBuf> {
    let (answer, answered) = tokio::sync::oneshot::channel();
    show(Box::new(move |path| {
        let _ = answer.send(path);
    }));
    answered.await.ok().flatten()?.into_path().ok()
}

/// Native dialogs cannot be driven by tests, so debug builds take the answer from the environment.
fn seam(name: &str) -> Option<PathBuf> {
    if cfg!(debug_assertions) {
        std::env::var_os(name).map(PathBuf::from)
    } else {
        None
    }
}

async fn store(app: &App, bytes: Vec<u8>, name: String) -> Result<Picked, CommandError> {
    let file = app.put_file(bytes, &name).await?;
    Ok(Picked {
        file_id: file.to_string(),
        name,
    })
}

async fn read(path: &Path) -> Result<Vec<u8>, CommandError> {
    let found = tokio::fs::metadata(path)
        .await
        .map_err(|error| failed("read", path, &error))?;
    if found.len() > LIMIT {
        return Err(CommandError::bad_request(format!(
            "{} is larger than 10 MB, the most that is taken in",
            path.display()
        )));
    }
    tokio::fs::read(path)
        .await
        .map_err(|error| failed("read", path, &error))
}

async fn write(path: &Path, bytes: &[u8]) -> Result<(), CommandError> {
    tokio::fs::write(path, bytes)
        .await
        .map_err(|error| failed("write", path, &error))
}

fn file_name(path: &Path) -> String {
    path.file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default()
}

fn failed(what: &str, path: &Path, error: &dyn std::error::Error) -> CommandError {
    CommandError::host(format!("Could not {what} {}: {error}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_pictures_are_shown_in_place() {
        let png: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";
        for (bytes, shown) in [
            (png, true),
            (b"\xff\xd8\xff\xe0\0\x10JFIF\0".as_slice(), true),
            (b"<svg/>".as_slice(), false),
            (b"<html>".as_slice(), false),
            (b"a.png".as_slice(), false),
        ] {
            let attached = response(bytes.to_vec())
                .headers()
                .contains_key(http::header::CONTENT_DISPOSITION);
            assert_eq!(attached, !shown, "{bytes:?}");
        }
    }
}
