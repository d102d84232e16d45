//! `call` and `subscribe`: passed on as they come.

use std::{
    collections::HashMap,
    sync::{
        Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU32, AtomicUsize, Ordering},
    },
};

use serde_json::Value;
use taskwright_commands::{CommandError, SubscribeRequest, WorkspaceMessage};
use tauri::{State, async_runtime::JoinHandle, ipc::Channel};

use crate::workspace::Workspace;

/// Who asked, for those who hear of what was done. There is one window.
const ORIGIN: &str = "window";

/// One command of the list in `commands`.
#[tauri::command]
pub(crate) async fn call(
    workspace: State<'_, Workspace>,
    in_flight: State<'_, InFlight>,
    name: String,
    args: Value,
) -> Result<Value, CommandError> {
    let _counted = in_flight.one();
    workspace.app()?.call(ORIGIN, &name, args).await
}

/// Follows the workspace or one conversation; gives the number to end it with.
#[tauri::command]
pub(crate) async fn subscribe(
    workspace: State<'_, Workspace>,
    subscriptions: State<'_, Subscriptions>,
    request: SubscribeRequest,
    channel: Channel<WorkspaceMessage>,
) -> Result<u32, CommandError> {
    let mut following = workspace.app()?.subscribe(request);
    Ok(subscriptions.add(tauri::async_runtime::spawn(async move {
        while let Some(message) = following.recv().await {
            if channel.send(message).is_err() {
                break;
            }
        }
    })))
}

/// Ends a subscription. One that has ended already is no failure.
#[tauri::command]
pub(crate) fn unsubscribe(subscriptions: State<'_, Subscriptions>, id: u32) {
    subscriptions.end(id);
}

/// The subscriptions of the page in the window.
#[derive(Default)]
pub(crate) struct Subscriptions {
    next: AtomicU32,
    running: Mutex<HashMap<u32, JoinHandle<()>>>,
}

impl Subscriptions {
    fn add(&self, task: JoinHandle<()>) -> u32 {
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        self.running().insert(number, task);
        number
    }

    fn end(&self, number: u32) {
        if let Some(task) = self.running().remove(&number) {
            task.abort();
        }
    }

    /// Ends them all: the page that asked for them is gone.
    pub(crate) fn end_all(&self) {
        for (_, task) in self.running().drain() {
            task.abort();
        }
    }

    fn running(&self) -> MutexGuard<'_, HashMap<u32, JoinHandle<()>>> {
        self.running.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// How many calls are being answered just now.
#[derive(Default)]
pub(crate) struct InFlight(AtomicUsize);

/// One of them, until it is dropped.
struct One<'a>(&'a AtomicUsize);

impl InFlight {
    fn one(&self) -> One<'_> {
        self.0.fetch_add(1, Ordering::SeqCst);
        One(&self.0)
    }

    /// Whether there are any.
    pub(crate) fn any(&self) -> bool {
        self.0.load(Ordering::SeqCst) > 0
    }
}

impl Drop for One<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}
