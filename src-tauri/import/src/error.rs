//! Why nothing could be imported.

/// Why a text cannot be imported: what is wrong with it and how to mend that.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ImportError {
    /// The text is longer than anybody writes by hand.
    #[error("This is too large: {what} of more than {most} is not read.")]
    TooLarge {
        /// What was given.
        what: &'static str,
        /// How much is read.
        most: &'static str,
    },
    /// There is no curl command in it.
    #[error(
        "This is no curl command. It begins with \"curl\" and has a web address, like: curl https://api.example.com/orders/4512"
    )]
    NoCurl,
    /// The command names no address.
    #[error("This curl command has no web address. Copy the whole command, with the address it calls.")]
    NoAddress,
    /// A quotation mark is never closed.
    #[error("A quotation mark that opens at {begin:?} is never closed. Copy the whole command.")]
    OpenQuote {
        /// The first characters behind it.
        begin: String,
    },
    /// It is neither JSON nor YAML.
    #[error("This is neither JSON nor YAML: {reason}.")]
    NoDocument {
        /// Where and why.
        reason: String,
    },
    /// It is no OpenAPI 3 document.
    #[error("This is no OpenAPI 3 document: {reason}")]
    NoOpenApi {
        /// What it is instead.
        reason: String,
    },
    /// It offers no such operation.
    #[error("The document has no operation \"{operation}\". Choose one of its list.")]
    NoOperation {
        /// The operation that was asked for.
        operation: String,
    },
    /// A method that actions do not have.
    #[error("{method} calls cannot be made by an action; GET, POST, PUT, PATCH and DELETE can.")]
    Method {
        /// The method.
        method: String,
    },
}
