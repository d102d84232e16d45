//! What the served program writes down about itself, on standard error.

use clap::ValueEnum;
use tracing::level_filters::LevelFilter;
use tracing_subscriber::Layer as _;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;

/// What a line looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum LogFormat {
    /// For people.
    Text,
    /// For machines: one object a line.
    Json,
}

/// Writes what this program says from now on; what its libraries say could hold what customers wrote, and is left out.
pub(crate) fn write_log(format: Option<LogFormat>) {
    let level = match format {
        Some(_) => LevelFilter::INFO,
        None => LevelFilter::WARN,
    };
    let own = Targets::new().with_target("taskwright", level);
    let lines = tracing_subscriber::fmt::layer()
        .with_writer(std::io::stderr)
        .with_target(false);
    let layer = match format {
        Some(LogFormat::Json) => lines.json().flatten_event(true).with_filter(own).boxed(),
        Some(LogFormat::Text) | None => lines.with_ansi(false).with_filter(own).boxed(),
    };
    // There is one program, which begins to write once.
    let _ = tracing_subscriber::registry().with(layer).try_init();
}
