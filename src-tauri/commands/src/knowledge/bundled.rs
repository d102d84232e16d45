//! Answers from the articles of a bundle, without a workspace.

use std::sync::Arc;

use taskwright_bundle::BundleContent;
use taskwright_domain::Findings;
use taskwright_engine::{BoxFuture, Knowledge, NoKnowledge};
use taskwright_store::Store;

use super::{KnowledgeDesk, findings, not_searched};
use crate::snapshot::Snapshot;

/// The articles of a bundle, searched like those of a workspace; their index is gone with them.
struct Bundled {
    desk: KnowledgeDesk,
    snapshot: Snapshot,
}

/// What a bundle's articles answer.
pub(crate) fn knowledge_of(content: &BundleContent) -> Arc<dyn Knowledge> {
    if content.articles.is_empty() {
        return Arc::new(NoKnowledge);
    }
    match Store::in_memory() {
        Ok(store) => Arc::new(Bundled {
            desk: KnowledgeDesk::new(store),
            snapshot: Snapshot::of(content.clone()),
        }),
        // Without memory for an index nothing else runs either.
        Err(_) => Arc::new(NoKnowledge),
    }
}

impl Knowledge for Bundled {
    fn search<'a>(&'a self, text: &'a str) -> BoxFuture<'a, Findings> {
        Box::pin(async move {
            match self.desk.find(&self.snapshot, text).await {
                Ok((_, found)) => findings(&found),
                Err(error) => not_searched(&error),
            }
        })
    }
}
