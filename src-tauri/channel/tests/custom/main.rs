//! A customer's product over HTTP: what it is answered, what it is told, and who gets in.
#![expect(clippy::unwrap_used, reason = "what the program cannot do fails the test")]

mod calls;
mod dialogue;
mod document;

mod house;
mod known;
mod raw;
mod repeats;
mod security;
mod sending;
mod shop;
mod typing;
