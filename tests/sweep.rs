//! What if a system fails? What the sweep of the first sample says is what really happens: each conversation is run again
//! live, with the fault injected at the demo service, and compared with the service's own ledger.

#![cfg(test)]

use std::sync::Arc;

use taskwright_commands::sweep::{Fault, Sweep, SweepRow, SweepTarget, Systems, Verdict};
use taskwright_connect::Client;
use taskwright_domain::{Action, ActionId, ActionResult, ConversationId, Pair, Settings};
use taskwright_engine::{ActionCall, Actions, BoxFuture};
use taskwright_tests::{Shop, samples};

/// How long a call may take that is to be given up, in milliseconds.
const SHORT: u64 = 400;
/// How long any other may take.
const LONG: u64 = 10_000;

fn sample(name: &str) -> Sweep {
    let (_, content) = samples()
        .unwrap()
        .into_iter()
        .find(|(folder, _)| folder == name)
        .unwrap();
    let title = content.tasks[0].title.clone();
    Sweep::of(&content, &title, Settings::default(), Vec::new()).unwrap()
}

/// Calls a shop, with a fault for the calls of one action.
struct Faulty {
    line: Arc<dyn Actions>,
    /// Nobody answers there.
    nowhere: Arc<dyn Actions>,
    action: ActionId,
    fault: Fault,
}

impl Actions for Faulty {
    fn call(&self, mut call: ActionCall) -> BoxFuture<'_, ActionResult> {
        Box::pin(async move {
            if call.action.id != self.action {
                return self.line.call(call).await;
            }
            if self.fault == Fault::ConnectionRefused {
                return self.nowhere.call(call).await;
            }
            if let Some(request) = &mut call.action.request {
                let gives_up = matches!(self.fault, Fault::Timeout | Fault::Late);
                request.timeout_ms = if gives_up { SHORT } else { LONG };
                request
                    .headers
                    .extend(injected(self.fault).map(|fault| Pair::new("x-demo-fault", fault)));
            }
            self.line.call(call).await
        })
    }

    fn chosen_stub(&self, _: &ConversationId, _: &Action) -> Option<String> {
        None
    }
}

/// What the service calls a fault; none where the way to it fails, not the service.
fn injected(fault: Fault) -> Option<&'static str> {
    match fault {
        Fault::Timeout => Some("timeout"),
        Fault::Unauthorized => Some("401"),
        Fault::NotFound => Some("404"),
        Fault::Conflict => Some("409"),
        Fault::TooMany => Some("429"),
        Fault::ServerError => Some("500"),
        Fault::BadJson => Some("bad_json"),
        Fault::WrongShape => Some("wrong_shape"),
        Fault::Slow => Some("slow:50"),
        Fault::Late => Some("timeout_after"),
        Fault::ConnectionRefused | Fault::Duplicate | Fault::Never => None,
    }
}

#[tokio::test]
async fn the_first_sample_has_a_row_for_each_system_and_fault_and_none_is_a_finding() {
    let sweep = sample("refund-or-cancel-an-order");
    let table = sweep.table().await.unwrap();
    let names: Vec<_> = sweep.targets().iter().map(|target| target.name().to_owned()).collect();
    assert_eq!(names, ["Cancel order", "Get order", "Refund order"]);
    assert_eq!(table.rows.len(), names.len() * Fault::ALL.len());
    for target in sweep.targets() {
        for fault in Fault::ALL {
            let rows = table
                .rows
                .iter()
                .filter(|row| row.target == target && row.fault == fault);
            assert_eq!(rows.count(), 1, "{} {fault:?}", target.name());
        }
    }
    for row in &table.rows {
        assert!(row.tried > 0, "{} is used by some conversation", row.target.name());
        assert!(!row.verdict.is_finding(), "{row:?}");
        let path = row.path.as_deref().unwrap();
        let log = sweep.log(&row.target, row.fault, path).await.unwrap();
        assert!(!log.is_empty(), "the conversation can be looked at: {row:?}");
    }
}

#[tokio::test]
async fn each_verdict_is_what_happens_live_and_the_services_ledger_agrees() {
    let sweep = sample("refund-or-cancel-an-order");
    let table = sweep.table().await.unwrap();
    let http = reqwest::Client::builder().build().unwrap();
    for row in &table.rows {
        let SweepTarget::Action { action, .. } = &row.target else {
            unreachable!("the first sample waits for nobody");
        };
        let path = row.path.as_deref().unwrap();
        let path = sweep.paths().iter().find(|own| own.name == path).unwrap();
        // A shop remembers what samples do not, so a conversation may go another way there by itself.
        let healthy = Shop::open(&http).await.unwrap();
        let systems = Systems::live(None, healthy.line(&Client::new().unwrap()));
        let usual = sweep.course_with(path, None, Arc::new(systems)).await.unwrap();
        let shop = Shop::open(&http).await.unwrap();
        let closed = Shop::open(&http).await.unwrap();
        let client = Client::new().unwrap();
        let nowhere = closed.line(&client);
        closed.close().await;
        let line = Arc::new(Faulty {
            line: shop.line(&client),
            nowhere,
            action: action.clone(),
            fault: row.fault,
        });
        let systems = Systems::live(Some((&row.target, row.fault)), line);
        let live = sweep
            .course_with(path, Some((&row.target, row.fault)), Arc::new(systems))
            .await
            .unwrap();
        let found = sweep.row(&row.target, row.fault, path, &live, &usual);
        let what = format!("{} {:?} in \"{}\"", row.target.name(), row.fault, path.name);
        assert_eq!(found.verdict, row.verdict, "{what}: {found:#?}");
        if row.verdict != Verdict::GoesOn {
            assert_eq!(found.said, row.said, "{what}: the customer sees the same");
        }
        let entries = shop.changes().unwrap();
        let expected = match row.verdict {
            Verdict::GoesOn => healthy.changes().unwrap().len(),
            _ => row.done.iter().map(|done| done.times as usize).sum(),
        };
        assert_eq!(
            entries.len(),
            expected,
            "{what}: {entries:#?}, and the sweep says {:?}",
            row.done
        );
        assert!(
            entries.iter().all(|entry| entry.key.is_some()),
            "{what}: every change has its key"
        );
    }
}

#[tokio::test]
async fn a_receiver_that_does_not_know_keys_is_a_finding_when_everything_comes_twice() {
    let (_, mut content) = samples()
        .unwrap()
        .into_iter()
        .find(|(name, _)| name.starts_with("refund"))
        .unwrap();
    for action in &mut content.actions {
        action.receiver_honours_key = false;
    }
    let title = content.tasks[0].title.clone();
    let sweep = Sweep::of(&content, &title, Settings::default(), Vec::new()).unwrap();
    let table = sweep.table().await.unwrap();
    let rows: Vec<&SweepRow> = table.rows.iter().filter(|row| row.verdict == Verdict::Twice).collect();
    let found: Vec<_> = rows.iter().map(|row| (row.target.name(), row.fault)).collect();
    assert_eq!(
        found,
        [("Cancel order", Fault::Duplicate), ("Refund order", Fault::Duplicate)]
    );
    let restarted = table
        .rows
        .iter()
        .find(|row| row.target.name() == "Refund order" && row.fault == Fault::Never);
    assert_eq!(
        restarted.unwrap().verdict,
        Verdict::Person,
        "after a restart it is not sent again, a person is asked"
    );
}

#[tokio::test]
async fn a_wait_fails_in_each_way_too() {
    let sweep = sample("change-personal-details");
    let table = sweep.table().await.unwrap();
    let waits = |row: &&SweepRow| matches!(row.target, SweepTarget::Webhook { .. });
    let rows: Vec<_> = table.rows.iter().filter(waits).collect();
    assert_eq!(rows.len(), Fault::ALL.len(), "a row for each fault of the wait");
    for row in rows {
        assert!(!row.verdict.is_finding(), "{row:#?}");
        let told = row.logged.join("; ");
        match row.fault {
            Fault::WrongShape => assert!(told.contains("did not fit"), "{told}"),
            Fault::Timeout | Fault::Slow | Fault::Duplicate | Fault::Conflict => {
                assert_eq!(row.verdict, Verdict::GoesOn, "{row:#?}");
            }
            _ => assert!(told.contains("nobody called back in time"), "{:?}: {told}", row.fault),
        }
    }
}
