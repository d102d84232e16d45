//! Following what is committed.

use serde::{Deserialize, Serialize};
use taskwright_domain::{ConversationId, LogEvent, TaskId};
use taskwright_store::{Announced, Announcement, Store, StoreError};
use tokio::sync::broadcast::{Receiver, error::RecvError};
use ts_rs::TS;

/// How many missed events are told one by one; beyond that a reader is quicker to read again.
const CATCH_UP: u32 = 1_000;

/// What to follow.
#[derive(Debug, Clone, Default, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SubscribeRequest {
    /// Only this conversation; everything where none.
    #[serde(default)]
    #[ts(optional)]
    pub conversation: Option<ConversationId>,
    /// Only what is written and published, nothing of what happens in conversations.
    #[serde(default)]
    #[ts(optional)]
    pub documents_only: Option<bool>,
    /// Tell first what was committed after this position. Who follows a conversation without one is told first to read
    /// again: what was committed while it was on its way here is in what it reads then.
    #[serde(default)]
    #[ts(optional)]
    pub after: Option<u64>,
}

impl SubscribeRequest {
    fn wants(&self, conversation: &ConversationId) -> bool {
        let named = self.conversation.as_ref().is_none_or(|only| only == conversation);
        named && self.documents_only != Some(true)
    }
}

/// What a follower is told, after it is committed.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum WorkspaceMessage {
    /// A conversation's log has grown. Sensitive values are masked.
    Events {
        /// Up to where the workspace has been told.
        position: u64,
        /// Which.
        conversation: ConversationId,
        /// What is new, in order.
        events: Vec<LogEvent>,
    },
    /// Documents were written or deleted.
    Documents {
        /// Up to where the workspace has been told.
        position: u64,
        /// Who did it.
        origin: String,
        /// Their ids.
        documents: Vec<String>,
    },
    /// A task was published, paused or taken up again.
    Publication {
        /// Up to where the workspace has been told.
        position: u64,
        /// Which.
        task: TaskId,
    },
    /// More has happened than can be told one by one: read again.
    Reread {
        /// Up to where the workspace has been told.
        position: u64,
    },
}

/// A running subscription. Dropping it ends it.
pub struct Following {
    store: Store,
    request: SubscribeRequest,
    announcements: Receiver<Announcement>,
    /// What was missed, oldest last.
    waiting: Vec<WorkspaceMessage>,
    told: u64,
}

impl Following {
    pub(crate) fn new(store: &Store, request: SubscribeRequest) -> Self {
        // First attach, then read: nothing falls between the two, and `told` drops what comes twice.
        let announcements = store.announcements();
        let mut following = Self {
            store: store.clone(),
            told: request.after.unwrap_or_else(|| store.position()),
            request,
            announcements,
            waiting: Vec::new(),
        };
        if following.request.after.is_some() {
            following.waiting = following.missed().unwrap_or_else(|_| vec![following.reread()]);
        } else if following.request.conversation.is_some() {
            following.waiting = vec![following.reread()];
        }
        following
    }

    /// The next message; none once the workspace is closed.
    pub async fn recv(&mut self) -> Option<WorkspaceMessage> {
        loop {
            if let Some(message) = self.waiting.pop() {
                self.told = self.told.max(message.position());
                return Some(message);
            }
            match self.announcements.recv().await {
                Ok(announcement) if announcement.position <= self.told => {}
                Ok(announcement) => {
                    self.told = announcement.position;
                    if let Some(message) = self.message(announcement) {
                        return Some(message);
                    }
                }
                Err(RecvError::Lagged(_)) => return Some(self.reread()),
                Err(RecvError::Closed) => return None,
            }
        }
    }

    fn message(&self, announcement: Announcement) -> Option<WorkspaceMessage> {
        let Announcement { position, origin, what } = announcement;
        match what {
            Announced::Events { conversation, events } => {
                self.request.wants(&conversation).then_some(WorkspaceMessage::Events {
                    position,
                    conversation,
                    events,
                })
            }
            _ if self.request.conversation.is_some() => None,
            Announced::Documents(documents) => Some(WorkspaceMessage::Documents {
                position,
                origin,
                documents: documents.into_iter().map(|(_, id)| id).collect(),
            }),
            Announced::Publication(task) => Some(WorkspaceMessage::Publication { position, task }),
        }
    }

    /// What was committed after the position asked for, newest first.
    fn missed(&self) -> Result<Vec<WorkspaceMessage>, StoreError> {
        let only = self.request.conversation.as_ref();
        let events = if self.request.documents_only == Some(true) {
            Vec::new()
        } else {
            self.store.events_after(self.told, only, CATCH_UP + 1)?
        };
        if events.len() > CATCH_UP as usize {
            return Ok(vec![self.reread()]);
        }
        let mut messages: Vec<_> = events
            .into_iter()
            .map(|(position, conversation, event)| WorkspaceMessage::Events {
                position,
                conversation,
                events: vec![event],
            })
            .collect();
        if only.is_none() {
            let documents = self.store.documents_after(self.told)?;
            messages.extend(
                documents
                    .into_iter()
                    .map(|(position, _, id)| WorkspaceMessage::Documents {
                        position,
                        origin: String::new(),
                        documents: vec![id],
                    }),
            );
            let publications = self.store.publications_after(self.told)?.into_iter();
            messages.extend(publications.map(|(position, task)| WorkspaceMessage::Publication { position, task }));
        }
        messages.sort_by_key(|message| std::cmp::Reverse(message.position()));
        Ok(messages)
    }

    fn reread(&self) -> WorkspaceMessage {
        WorkspaceMessage::Reread {
            position: self.store.position(),
        }
    }
}

impl WorkspaceMessage {
    fn position(&self) -> u64 {
        match self {
            Self::Events { position, .. }
            | Self::Documents { position, .. }
            | Self::Publication { position, .. }
            | Self::Reread { position } => *position,
        }
    }
}
