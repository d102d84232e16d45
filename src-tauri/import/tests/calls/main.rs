//! What was imported is called for real: a service on this machine writes down what arrives.

#![cfg(test)]

mod commands;
mod curl;
mod no_panic;
mod openapi;
mod recorder;
