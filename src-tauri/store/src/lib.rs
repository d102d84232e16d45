//! The workspace file: SQLite, one writer that groups commits, readers beside it.
//!
//! Whatever a write answered for is on disk: `synchronous = FULL`, and nobody hears of a write before it is committed.
//! Whoever opens a workspace to run conversations holds a lock beside the file; a second program is told who has it.

mod announce;
mod backup;
mod change;
mod channel;
mod connections;
mod conversations;
mod customers;
mod digest;
mod documents;
mod error;
mod files;
mod history;
mod imports;
mod inbox;
mod inspect;
mod lock;
mod migrations;
mod open;
mod outbox;
mod passages;
mod reports;
mod revisions;
mod seal;
mod secrets;
mod typing;
mod vectors;
mod webhooks;
mod writer;

pub use announce::{Announced, Announcement};
pub use channel::{ChannelRow, KnownConversation, StoredEvent};
pub use conversations::{Branch, ConversationRow, LogPage};
pub use documents::{DocumentKind, DocumentRow, DocumentWrite, Saved};
pub use error::StoreError;
pub use history::Stepped;
pub use imports::ImportId;
pub use inbox::{Chosen, Opening, Stretch, Summaries};
pub use open::{OpenOptions, Store};
pub use outbox::{Outgoing, OutgoingId, OutgoingState, QueueCounts};
pub use passages::{FoundPassage, IndexedArticle, PassageText};
pub use reports::{Days, ReportQuery};
pub use revisions::{Publication, RevisionRow};
pub use vectors::{VectorCache, Vectors};
pub use webhooks::WebhookKey;
