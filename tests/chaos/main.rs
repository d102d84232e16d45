//! The three samples at a live system, through a line that delays, drops, repeats and cuts, while the program is killed
//! again and again: every order is refunded at most once, and every receipt is in the system's own ledger.

#[cfg(test)]
mod chats;
#[cfg(test)]
mod line;
#[cfg(test)]
mod receipts;

#[cfg(test)]
mod runs {
    use std::collections::BTreeSet;
    use std::hash::BuildHasher;
    use std::io::{BufRead, BufReader};
    use std::path::Path;
    use std::process::{Command, Stdio};
    use std::time::Duration;

    use demo_service::{DemoService, Options};
    use taskwright_tests::spread;

    use crate::chats::{self, FOLDER, LINE, RUN};
    use crate::line::Line;
    use crate::receipts;

    /// Kills of one workspace before it is looked at.
    const KILLS: u64 = 5;
    /// Workspaces where nothing else is asked for.
    const SMALL: u64 = 4;

    fn workspaces() -> u64 {
        match std::env::var("TASKWRIGHT_SIZE").as_deref() {
            Ok("soak") => 100,
            _ => SMALL,
        }
    }

    /// Where the numbers begin that everything is drawn from: elsewhere in each soak, so that it tries what none did
    /// before. `TASKWRIGHT_SEED` repeats one.
    fn seed() -> u64 {
        let drawn = || std::collections::hash_map::RandomState::new().hash_one(()) % 1_000_000;
        match std::env::var("TASKWRIGHT_SEED") {
            Ok(seed) => seed.parse().unwrap(),
            Err(_) if workspaces() > SMALL => drawn(),
            Err(_) => 0,
        }
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn every_order_is_refunded_at_most_once_and_every_receipt_is_in_the_ledger() {
        let mut told = receipts::Count::default();
        let seed = seed();
        eprintln!("TASKWRIGHT_SEED={seed} repeats this run");
        for workspace in seed..seed + workspaces() {
            let service = DemoService::start(Options::default()).await.unwrap();
            let address = service.base_url().trim_start_matches("http://").parse().unwrap();
            let line = Line::open(address, workspace).await;
            let folder = tempfile::tempdir().unwrap();
            let mut conversations = BTreeSet::new();
            for kill in 0..KILLS {
                let run = workspace * KILLS + kill;
                let (path, address) = (folder.path().to_owned(), line.base_url());
                let begun = tokio::task::spawn_blocking(move || run_and_kill(&path, &address, run));
                conversations.extend(begun.await.unwrap());
            }
            line.calm_down();
            let logs = chats::settled(folder.path(), &conversations).await;
            let entries = service.ledger().entries().unwrap();
            told += receipts::compare(&logs, &entries).unwrap_or_else(|why| {
                panic!("workspace {workspace}: {why}\n{entries:#?}\n{logs:#?}");
            });
            told.disturbed += line.disturbed();
        }
        assert!(
            told.changes > 0 && told.disturbed > 0,
            "something was done, and the line was bad: {told:?}"
        );
        eprintln!("{} kills: {told:?}", workspaces() * KILLS);
    }

    /// Lets this very program chat as a process of its own, and kills it in the middle. The conversations it began.
    fn run_and_kill(folder: &Path, address: &str, run: u64) -> Vec<String> {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "chats::chats_until_it_is_killed", "--ignored", "--nocapture"])
            .env(FOLDER, folder)
            .env(LINE, address)
            .env(RUN, run.to_string())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let news = 2 + usize::try_from(spread(run, 16)).unwrap();
        let mut told: Vec<String> = lines
            .by_ref()
            .map_while(Result::ok)
            .filter(|line| line.starts_with("told "))
            .take(news)
            .collect();
        // In the middle of whatever comes next.
        std::thread::sleep(Duration::from_micros(spread(run + 7, 60_000)));
        child.kill().unwrap();
        child.wait().unwrap();
        told.extend(lines.map_while(Result::ok));
        let begun = told
            .iter()
            .filter_map(|line| line.strip_prefix("told chat ")?.strip_suffix(" ."));
        begun.map(str::to_owned).collect()
    }
}
