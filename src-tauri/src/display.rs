//! Is there a display to open a window on? Asked before anything else, so that the answer is a sentence and not a crash.

/// Exit code of a window without a display; `npm start` then opens the browser host instead.
pub(crate) const NONE: u8 = 69;

/// Tries the display.
#[cfg(target_os = "linux")]
pub(crate) fn check() -> Result<(), String> {
    gtk::init().map_err(|_| {
        let named = |name: &str| match std::env::var(name) {
            Ok(value) if !value.is_empty() => format!("{name} is {value}"),
            _ => format!("{name} is not set"),
        };
        format!(
            "the display cannot be opened ({}, {})",
            named("DISPLAY"),
            named("WAYLAND_DISPLAY")
        )
    })
}

/// Elsewhere there is one.
#[cfg(not(target_os = "linux"))]
pub(crate) fn check() -> Result<(), String> {
    Ok(())
}
