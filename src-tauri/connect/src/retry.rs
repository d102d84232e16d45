//! Whether and when a call is tried again.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::time::Duration;

use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimeParser;
use taskwright_domain::FailureCause;
use taskwright_engine::ActionCall;

use crate::attempt::Failure;

/// The pauses between attempts; one more attempt than pauses.
const PAUSES: [Duration; 2] = [Duration::from_millis(150), Duration::from_millis(600)];

/// How long to wait before the next attempt; none where there is to be no other.
pub(crate) fn pause(call: &ActionCall, attempts: u32, failure: &Failure) -> Option<Duration> {
    let action = &call.action;
    let harmless = !action.changes_data || action.receiver_honours_key;
    if !harmless || !passes(&failure.cause) {
        return None;
    }
    let own = *PAUSES.get(usize::try_from(attempts).ok()?.checked_sub(1)?)?;
    let asked = failure
        .retry_after
        .as_deref()
        .and_then(|text| asked_for(text, call.now));
    Some(
        asked
            .unwrap_or_default()
            .max(scattered(own, call.key.as_str(), attempts)),
    )
}

/// A pause of three to five quarters of its length, so that calls that failed together do not come back together. The same
/// call pauses the same way every time.
#[must_use]
pub fn scattered(pause: Duration, key: &str, attempts: u32) -> Duration {
    let mut hasher = DefaultHasher::new();
    (key, attempts).hash(&mut hasher);
    let percent = 75 + u32::try_from(hasher.finish() % 51).unwrap_or_default();
    pause * percent / 100
}

/// Whether the same call may well succeed a moment later.
fn passes(cause: &FailureCause) -> bool {
    match cause {
        FailureCause::Unreachable | FailureCause::Cut => true,
        FailureCause::Status { status } => matches!(status, 408 | 425 | 429 | 500 | 502 | 503 | 504),
        _ => false,
    }
}

/// `Retry-After`: seconds, or a day and time.
pub(crate) fn asked_for(text: &str, now: Timestamp) -> Option<Duration> {
    let text = text.trim();
    if let Ok(seconds) = text.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let at = DateTimeParser::new().parse_timestamp(text).ok()?;
    Some(Duration::try_from(at.duration_since(now)).unwrap_or(Duration::ZERO))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{asked_for, scattered};

    #[test]
    fn pauses_differ_from_call_to_call_and_never_for_the_same_call() {
        let second = Duration::from_secs(1);
        let pauses: std::collections::BTreeSet<_> =
            (0..50).map(|n| scattered(second, &format!("effect_{n}"), 1)).collect();
        assert!(pauses.len() > 20, "scattered: {}", pauses.len());
        assert!(pauses.iter().all(|pause| (750..=1250).contains(&pause.as_millis())));
        assert_eq!(scattered(second, "effect_1", 1), scattered(second, "effect_1", 1));
    }

    #[test]
    fn a_receiver_may_say_when_in_seconds_or_as_an_instant() {
        let now = "2026-11-21T10:00:00Z".parse().unwrap();
        for (text, seconds) in [
            ("120", Some(120)),
            ("Sat, 21 Nov 2026 10:01:30 GMT", Some(90)),
            ("Sat, 21 Nov 2026 09:00:00 GMT", Some(0)),
            ("soon", None),
            ("-1", None),
        ] {
            assert_eq!(
                asked_for(text, now),
                seconds.map(Duration::from_secs),
                "Retry-After: {text}"
            );
        }
    }
}
