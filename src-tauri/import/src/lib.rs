//! Drafts of actions from what engineers have at hand: a curl command, or an OpenAPI 3 document. Articles from files.
//!
//! Nothing is called and nothing is stored here. What must not stand in an action (a password, a token) is handed back
//! once, apart from it, under the name that the action uses; what could not be taken over is said in plain words.

pub mod article;
pub mod curl;
mod draft;
mod error;
pub mod infer;
mod naming;
pub mod openapi;
mod placeholder;
mod wants;

pub use draft::{Draft, Secret};
pub use error::ImportError;
