//! Leaving a host alone for a while that has failed again and again.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use taskwright_domain::FailureCause;
use tokio::time::Instant;

/// After so many calls in a row that failed, the next ones are not tried.
const FAILURES: u32 = 5;
/// For so long; then one call finds out whether the host is back.
const REST: Duration = Duration::from_secs(30);

/// What is known of every host that was called.
#[derive(Debug, Clone, Default)]
pub(crate) struct Breakers {
    hosts: Arc<Mutex<HashMap<String, Standing>>>,
}

#[derive(Debug, Clone, Copy)]
enum Standing {
    /// It is called; so many calls in a row have failed.
    Closed { failures: u32 },
    /// It is left alone until then.
    Open { until: Instant },
    /// One call finds out whether it is back; the others wait no longer than for that one.
    Probing,
}

/// Leave to call a host. What comes of the call is told by [`Permit::ended`]; dropped without, the call was cancelled
/// and says nothing about the host.
#[derive(Debug)]
pub(crate) struct Permit {
    breakers: Breakers,
    host: String,
    probing: bool,
    /// When it was given.
    at: Instant,
}

impl Breakers {
    /// Leave to call a host now, or why it is not called.
    pub(crate) fn permit(&self, host: &str, now: Instant) -> Result<Permit, FailureCause> {
        let mut hosts = self.lock();
        let probing = match hosts.get(host) {
            None | Some(Standing::Closed { .. }) => false,
            Some(Standing::Open { until }) if *until <= now => true,
            Some(Standing::Open { until }) => {
                let seconds = (*until - now).as_secs().max(1);
                let when = format!("it is tried again in {seconds} seconds");
                return Err(open(host, &when));
            }
            Some(Standing::Probing) => return Err(open(host, "one call is finding out whether it is back")),
        };
        if probing {
            hosts.insert(host.to_owned(), Standing::Probing);
        }
        Ok(Permit {
            breakers: self.clone(),
            host: host.to_owned(),
            probing,
            at: now,
        })
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<String, Standing>> {
        self.hosts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn open(host: &str, when: &str) -> FailureCause {
    FailureCause::CircuitOpen {
        reason: format!("the last {FAILURES} calls to {host} failed; {when}"),
    }
}

impl Permit {
    /// What came of the call.
    pub(crate) fn ended(mut self, result: Result<(), &FailureCause>, now: Instant) {
        let mut hosts = self.breakers.lock();
        let standing = match (hosts.get(&self.host), speaks_of_host(result)) {
            // A call that says nothing about its host leaves everything as it was.
            (_, None) => return,
            (_, Some(true)) => Standing::Closed { failures: 0 },
            (Some(Standing::Closed { failures }), Some(false)) if failures + 1 < FAILURES => {
                Standing::Closed { failures: failures + 1 }
            }
            (None, Some(false)) => Standing::Closed { failures: 1 },
            (_, Some(false)) => Standing::Open { until: now + REST },
        };
        hosts.insert(self.host.clone(), standing);
        drop(hosts);
        self.probing = false;
    }
}

impl Drop for Permit {
    /// The call that was to find out was cancelled: the next one finds out instead.
    fn drop(&mut self) {
        if self.probing {
            let mut hosts = self.breakers.lock();
            hosts.insert(self.host.clone(), Standing::Open { until: self.at });
        }
    }
}

/// Whether its host answered as one that works; none where the outcome says nothing about it.
fn speaks_of_host(result: Result<(), &FailureCause>) -> Option<bool> {
    match result {
        Ok(()) => Some(true),
        Err(FailureCause::Timeout | FailureCause::Unreachable | FailureCause::Cut) => Some(false),
        Err(FailureCause::Status { status }) => Some(*status < 500),
        Err(FailureCause::NotFound | FailureCause::TooLarge) => Some(true),
        Err(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use taskwright_domain::FailureCause;
    use tokio::time::Instant;

    use super::Breakers;

    /// A host, and the time its calls are made at.
    struct Watched {
        breakers: Breakers,
        now: Instant,
    }

    impl Watched {
        fn new() -> Self {
            Self {
                breakers: Breakers::default(),
                now: Instant::now(),
            }
        }

        fn call(&self, result: Result<(), &FailureCause>) {
            self.breakers.permit("a:80", self.now).unwrap().ended(result, self.now);
        }

        fn fail(&self, times: u32) {
            (0..times).for_each(|_| self.call(Err(&FailureCause::Timeout)));
        }

        fn is_called(&self) -> bool {
            self.breakers.permit("a:80", self.now).is_ok()
        }

        fn reason(&self) -> String {
            match self.breakers.permit("a:80", self.now) {
                Err(FailureCause::CircuitOpen { reason }) => reason,
                other => panic!("{other:?}"),
            }
        }
    }

    #[test]
    fn a_host_that_fails_again_and_again_is_left_alone_and_then_tried_by_one_call() {
        let mut host = Watched::new();
        host.fail(5);
        assert_eq!(
            host.reason(),
            "the last 5 calls to a:80 failed; it is tried again in 30 seconds"
        );
        assert!(host.breakers.permit("b:80", host.now).is_ok(), "another host is called");
        host.now += Duration::from_secs(30);
        let probe = host.breakers.permit("a:80", host.now).unwrap();
        assert!(host.reason().contains("finding out"), "only one call finds out");
        probe.ended(Err(&FailureCause::Status { status: 503 }), host.now);
        assert!(host.reason().contains("30 seconds"), "it is not back");
        host.now += Duration::from_secs(31);
        host.call(Ok(()));
        host.fail(4);
        assert!(host.is_called(), "it is back, and four failures are no five");
    }

    #[test]
    fn only_failures_in_a_row_count_and_only_those_of_the_host() {
        let host = Watched::new();
        for _ in 0..10 {
            host.fail(4);
            host.call(Err(&FailureCause::NotFound));
        }
        let reason = "the path is empty".to_owned();
        let bad = FailureCause::BadRequest { reason };
        (0..10).for_each(|_| host.call(Err(&bad)));
        host.fail(4);
        assert!(host.is_called(), "an answer in between ends the row");
    }

    #[test]
    fn a_cancelled_call_that_was_to_find_out_leaves_it_to_the_next() {
        let mut host = Watched::new();
        host.fail(5);
        host.now += Duration::from_secs(30);
        drop(host.breakers.permit("a:80", host.now).unwrap());
        assert!(host.is_called(), "the next one finds out");
    }
}
