//! Closing the window quits the program, after the UI has sent what was typed last, and after a word about what waits.

use std::{
    sync::atomic::{AtomicBool, Ordering},
    time::{Duration, Instant},
};

use serde_json::{Value, json};
use tauri::{Manager, Runtime, WebviewWindow, Window, WindowEvent};
use tauri_plugin_dialog::{DialogExt, MessageDialogButtons, MessageDialogKind};

use crate::{calls::InFlight, window::MAIN, workspace::Workspace};

/// Whether the window may go, and whether that is being found out.
#[derive(Default)]
pub(crate) struct Closing {
    agreed: AtomicBool,
    asking: AtomicBool,
}

/// Longest wait for the UI's last saves. What is not stored by then was never shown as saved.
const LAST_SAVES: Duration = Duration::from_secs(2);

/// Holds the window open until all is saved and said.
pub(crate) fn on_window_event<R: Runtime>(window: &Window<R>, event: &WindowEvent) {
    let WindowEvent::CloseRequested { api, .. } = event else {
        return;
    };
    let closing = window.state::<Closing>();
    if closing.agreed.load(Ordering::SeqCst) {
        return;
    }
    api.prevent_close();
    if closing.asking.swap(true, Ordering::SeqCst) {
        return;
    }
    let Some(window) = window.get_webview_window(MAIN) else {
        return;
    };
    tauri::async_runtime::spawn(async move {
        last_saves(&window).await;
        let waits = waiting(&window).await;
        let quits = waits == 0 || agreed(&window, waits).await;
        let closing = window.state::<Closing>();
        closing.asking.store(false, Ordering::SeqCst);
        if quits {
            closing.agreed.store(true, Ordering::SeqCst);
            // A window that is gone already is what was wanted.
            let _ = window.close();
        }
    });
}

/// Lets the UI store what was typed within the last half second: to it this is a page that goes away.
async fn last_saves<R: Runtime>(window: &WebviewWindow<R>) {
    let (said, heard) = tokio::sync::oneshot::channel();
    let said = std::sync::Mutex::new(Some(said));
    let told = window.eval_with_callback("window.dispatchEvent(new Event('pagehide'))", move |_| {
        if let Some(said) = said.lock().ok().and_then(|mut said| said.take()) {
            let _ = said.send(());
        }
    });
    if told.is_err() {
        return;
    }
    let begun = Instant::now();
    let _ = tokio::time::timeout(LAST_SAVES, heard).await;
    // Its calls come in over another road than the answer above: a moment for them to arrive, then for them to end.
    tokio::time::sleep(Duration::from_millis(30)).await;
    while window.state::<InFlight>().any() && begun.elapsed() < LAST_SAVES {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

/// How many conversations wait for something from outside.
async fn waiting<R: Runtime>(window: &WebviewWindow<R>) -> usize {
    let Ok(app) = window.state::<Workspace>().app() else {
        return 0;
    };
    match app.call("shell", "list_waits", json!({})).await {
        Ok(Value::Array(waits)) => waits.len(),
        _ => 0,
    }
}

async fn agreed<R: Runtime>(window: &WebviewWindow<R>, waits: usize) -> bool {
    let question = question(waits);
    // Tests cannot press the buttons of a native dialog.
    if cfg!(debug_assertions)
        && let Ok(answer) = std::env::var("TASKWRIGHT_TEST_QUIT")
    {
        eprintln!("{question}");
        return answer == "yes";
    }
    let (answer, answered) = tokio::sync::oneshot::channel();
    window
        .dialog()
        .message(question)
        .title("Quit Taskwright?")
        .kind(MessageDialogKind::Info)
        .buttons(MessageDialogButtons::OkCancelCustom(
            "Quit".to_owned(),
            "Keep it open".to_owned(),
        ))
        .parent(window)
        .show(move |quit| {
            let _ = answer.send(quit);
        });
    answered.await.unwrap_or(false)
}

fn question(waits: usize) -> String {
    let (who, they, them) = match waits {
        1 => ("One conversation waits".to_owned(), "it pauses", "it"),
        more => (format!("{more} conversations wait"), "they pause", "them"),
    };
    format!(
        "{who} for an answer from another system. While Taskwright is closed {they}: no answer reaches {them}, and time \
         limits are looked at when you open it again.\n\nTo keep {them} going without a window, run: taskwright serve"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_question_says_what_pauses_and_what_to_run_instead() {
        assert!(
            question(1).starts_with("One conversation waits for"),
            "one is spoken of as one"
        );
        assert!(question(3).starts_with("3 conversations wait for"), "more are counted");
        assert!(
            question(3).contains("taskwright serve"),
            "the way to keep them going is named"
        );
    }
}
