//! Other systems call back over HTTP: what they are answered, and what the conversation makes of it.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "what the program cannot do fails the test"
)]

mod crowd;
mod house;
mod keys;
mod restart;
mod shapes;
mod slow;
mod times;
mod tries;
