//! How often events may come in: by the address they come from, by key, and with a wrong key. Whoever sends too many is asked
//! to wait, and holds up nobody else.

use std::net::IpAddr;
use std::num::NonZeroU32;
use std::time::Duration;

use governor::clock::{Clock, DefaultClock};
use governor::state::keyed::HashMapStateStore;
use governor::{DefaultDirectRateLimiter, Quota, RateLimiter};

/// Addresses that are counted before those that were quiet are forgotten.
const MANY: usize = 10_000;

/// How often something may happen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Often {
    /// For long, in a second.
    pub per_second: u32,
    /// At once.
    pub at_once: u32,
}

/// How often events may come in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quotas {
    /// From one address.
    pub address: Often,
    /// With the key, from wherever.
    pub key: Often,
    /// From one address, with a wrong key.
    pub wrong: Often,
}

impl Default for Quotas {
    fn default() -> Self {
        Self {
            address: Often {
                per_second: 5_000,
                at_once: 10_000,
            },
            key: Often {
                per_second: 5_000,
                at_once: 10_000,
            },
            wrong: Often {
                per_second: 2,
                at_once: 60,
            },
        }
    }
}

type ByAddress = RateLimiter<IpAddr, HashMapStateStore<IpAddr>, DefaultClock>;

/// Counts events.
pub(super) struct Limits {
    address: ByAddress,
    key: DefaultDirectRateLimiter,
    wrong: ByAddress,
}

impl Limits {
    pub(super) fn new(quotas: Quotas) -> Self {
        Self {
            address: RateLimiter::hashmap(quota(quotas.address)),
            key: RateLimiter::direct(quota(quotas.key)),
            wrong: RateLimiter::hashmap(quota(quotas.wrong)),
        }
    }

    /// Counts whatever comes from an address; how long it has to wait, where there was too much.
    pub(super) fn count_address(&self, address: IpAddr) -> Result<(), Duration> {
        counted(&self.address, address)
    }

    /// Counts an event with the right key.
    pub(super) fn count_key(&self) -> Result<(), Duration> {
        let counted = self.key.check();
        counted.map_err(|too_early| too_early.wait_time_from(DefaultClock::default().now()))
    }

    /// Counts a wrong key.
    pub(super) fn count_wrong(&self, address: IpAddr) -> Result<(), Duration> {
        counted(&self.wrong, address)
    }
}

fn counted(counts: &ByAddress, address: IpAddr) -> Result<(), Duration> {
    if counts.len() > MANY {
        counts.retain_recent();
    }
    let counted = counts.check_key(&address);
    counted.map_err(|too_early| too_early.wait_time_from(DefaultClock::default().now()))
}

fn quota(often: Often) -> Quota {
    let number = |number| NonZeroU32::new(number).unwrap_or(NonZeroU32::MIN);
    Quota::per_second(number(often.per_second)).allow_burst(number(often.at_once))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_sends_too_much_waits_and_holds_up_no_other_address() {
        let few = Often {
            per_second: 1,
            at_once: 3,
        };
        let limits = Limits::new(Quotas {
            address: few,
            key: few,
            wrong: few,
        });
        let [one, other] = [[10, 0, 0, 1], [10, 0, 0, 2]].map(IpAddr::from);
        for count in [Limits::count_address, Limits::count_wrong] {
            (0..3).for_each(|_| assert_eq!(count(&limits, one), Ok(())));
            let wait = count(&limits, one).unwrap_err();
            assert!(wait > Duration::ZERO && wait <= Duration::from_secs(1), "{wait:?}");
            assert_eq!(count(&limits, other), Ok(()), "another address");
        }
        (0..3).for_each(|_| assert_eq!(limits.count_key(), Ok(())));
        assert!(limits.count_key().is_err(), "a key has one measure for all addresses");
    }
}
