//! What was said so far: what "it", "yes" and "again" mean.

use taskwright_domain::{ActionId, Span, TeamId};

/// What a reader keeps in mind from the sentences before.
#[derive(Debug, Clone, Default)]
pub(super) struct Said {
    /// The result that "it" means.
    pub(super) it: Option<String>,
    /// The value asked for last, by its place among the names.
    pub(super) asked: Option<usize>,
    /// The last question wanted a yes.
    pub(super) confirming: bool,
    /// The action run last.
    pub(super) action: Option<ActionId>,
    /// The look-up run last, and the place of the sentence.
    pub(super) looked_up: Option<(ActionId, Span)>,
    /// The webhook waited for last; none once something else ran.
    pub(super) waiting: Option<String>,
    /// The value that the last condition was about.
    pub(super) about: Option<String>,
    /// The team handed to last.
    pub(super) team: Option<TeamId>,
    /// Where each value was asked for last.
    pub(super) asks: Vec<(String, Span)>,
}

impl Said {
    pub(super) fn asks_for(&mut self, at: usize) {
        self.asked = Some(at);
        self.confirming = false;
    }

    pub(super) fn confirms(&mut self) {
        self.asked = None;
        self.confirming = true;
    }
}
