//! Calls over real HTTP on loopback.

mod answers;
#[cfg(test)]
mod calls;
mod hosts;
mod requests;
mod secrets;
#[cfg(test)]
mod server;
mod shop;
mod time;
