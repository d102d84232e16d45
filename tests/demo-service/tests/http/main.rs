//! The service over real HTTP on loopback.

#[cfg(test)]
mod client;
mod durability;
mod faults;
mod idempotency;
mod shop;
mod support_desk;
