//! The shell: one window around the built UI. It forwards what the UI asks to `commands` and offers the few abilities a
//! browser tab does not have. It knows nothing of tasks.
// In a release for Windows no console opens beside the window.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

mod calls;
mod closing;
mod display;
mod files;
mod probe;
mod refusal;
mod window;
mod workspace;

use std::process::ExitCode;

use tauri::{Manager, RunEvent};

use crate::{
    calls::{InFlight, Subscriptions},
    closing::Closing,
    files::LastSaved,
    workspace::Workspace,
};

fn main() -> ExitCode {
    if let Err(reason) = display::check() {
        eprintln!("taskwright-desktop: {reason}");
        return ExitCode::from(display::NONE);
    }
    let built = tauri::Builder::default()
        // First: a second start ends here, before it reaches for the workspace.
        .plugin(single_instance())
        .plugin(tauri_plugin_window_state::Builder::default().build())
        .plugin(tauri_plugin_dialog::init())
        .plugin(
            tauri_plugin_opener::Builder::new()
                .open_js_links_on_click(false)
                .build(),
        )
        .register_asynchronous_uri_scheme_protocol(files::SCHEME, files::serve)
        .register_asynchronous_uri_scheme_protocol(refusal::SCHEME, refusal::serve)
        .invoke_handler(tauri::generate_handler![
            calls::call,
            calls::subscribe,
            calls::unsubscribe,
            files::pick_file,
            files::keep_file,
            files::pick_files,
            files::save_file,
            files::reveal,
            probe::ready,
        ])
        .setup(|app| {
            app.manage(Workspace::at(workspace::folder()?));
            app.manage(InFlight::default());
            app.manage(Subscriptions::default());
            app.manage(Closing::default());
            app.manage(LastSaved::default());
            app.state::<Workspace>().open();
            window::open(app.handle())?;
            Ok(())
        })
        .on_window_event(closing::on_window_event)
        .build(tauri::generate_context!());
    match built {
        Ok(app) => {
            app.run(|app, event| {
                if let RunEvent::Exit = event {
                    app.state::<Workspace>().close();
                }
            });
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("taskwright-desktop could not start: {error}");
            ExitCode::FAILURE
        }
    }
}

/// A second start on the same workspace brings the first one's window to the front. On another workspace it is a program
/// of its own.
fn single_instance<R: tauri::Runtime>() -> tauri::plugin::TauriPlugin<R> {
    let builder =
        tauri_plugin_single_instance::Builder::new().callback(|app, _arguments, _folder| window::to_front(app));
    #[cfg(target_os = "linux")]
    let builder = builder.dbus_id(workspace::bus_name());
    builder.build()
}
