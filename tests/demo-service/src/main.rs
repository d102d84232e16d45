//! The demo service as a program.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use demo_service::{DemoService, Options, StartError};

/// A small shop and help desk over HTTP, for trying the sample tasks live.
#[derive(Parser)]
struct Arguments {
    /// The port to listen on, on this machine only; 0 takes a free one.
    #[arg(long, default_value_t = 0)]
    port: u16,
    /// Keeps everything in this file; without it, in memory.
    #[arg(long)]
    database: Option<PathBuf>,
    /// The day the sample orders are relative to, e.g. 2026-11-21.
    #[arg(long)]
    today: Option<String>,
    /// Pays every refund it is told to, so that only a task's own rules are in the way.
    #[arg(long)]
    trusting: bool,
}

#[tokio::main]
async fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match run(arguments).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("demo-service: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(arguments: Arguments) -> Result<(), StartError> {
    let addr = SocketAddr::from((Ipv4Addr::LOCALHOST, arguments.port));
    let running = DemoService::start(Options {
        database: arguments.database,
        today: arguments.today,
        addr,
        trusting: arguments.trusting,
    })
    .await?;
    println!("{}", running.base_url());
    if tokio::signal::ctrl_c().await.is_ok() {
        running.stop().await;
    }
    Ok(())
}
