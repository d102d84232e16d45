//! How often an address may be called: whoever calls one address too often is asked to wait, and holds up no other.

use std::num::NonZeroU32;
use std::time::Duration;

use governor::clock::{Clock, DefaultClock};
use governor::state::keyed::HashMapStateStore;
use governor::{Quota, RateLimiter};

/// Calls of one address in a second, and at once.
const OFTEN: (u32, u32) = (100, 1_000);
/// Calls of addresses that are not known, all together: in a second, and at once.
const UNKNOWN: (u32, u32) = (20, 200);
/// Addresses whose calls are counted before those that were quiet are forgotten.
const MANY: usize = 10_000;

/// What addresses that are not known are counted under.
const NOWHERE: &str = "";

type Counts = RateLimiter<String, HashMapStateStore<String>, DefaultClock>;

/// Counts calls.
pub(super) struct Limits {
    known: Counts,
    unknown: Counts,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            known: RateLimiter::hashmap(quota(OFTEN)),
            unknown: RateLimiter::hashmap(quota(UNKNOWN)),
        }
    }
}

impl Limits {
    /// Counts a call of an address; how long its caller has to wait, where there were too many.
    pub(super) fn count(&self, known: Option<&str>) -> Result<(), Duration> {
        if self.known.len() > MANY {
            self.known.retain_recent();
        }
        let (counts, address) = match known {
            Some(address) => (&self.known, address),
            None => (&self.unknown, NOWHERE),
        };
        let counted = counts.check_key(&address.to_owned());
        counted.map_err(|too_early| too_early.wait_time_from(DefaultClock::default().now()))
    }
}

fn quota((second, burst): (u32, u32)) -> Quota {
    let number = |number| NonZeroU32::new(number).unwrap_or(NonZeroU32::MIN);
    Quota::per_second(number(second)).allow_burst(number(burst))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_calls_too_often_waits_and_holds_up_no_other() {
        let limits = Limits::default();
        for _ in 0..OFTEN.1 {
            assert_eq!(limits.count(Some("a")), Ok(()));
        }
        let wait = limits.count(Some("a")).unwrap_err();
        assert!(wait > Duration::ZERO && wait < Duration::from_secs(1), "{wait:?}");
        assert_eq!(limits.count(Some("b")), Ok(()), "another address");
        for _ in 0..UNKNOWN.1 {
            assert_eq!(limits.count(None), Ok(()));
        }
        assert!(limits.count(None).is_err(), "whoever tries addresses out");
    }
}
