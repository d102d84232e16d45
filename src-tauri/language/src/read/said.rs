//! What was said so far: what "it", "yes" and "again" mean.

use taskwright_domain::{ActionId, Span, TeamId};

/// What a reader keeps in mind from the sentences before.
#[derive(Debug, Clone)]
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
    /// The list that was looked through last.
    pub(super) list: Option<String>,
    /// The value that the last condition was about.
    pub(super) about: Option<String>,
    /// The team handed to last.
    pub(super) team: Option<TeamId>,
    /// The first advice since the last question about success: where trying begins.
    pub(super) trial: Option<Span>,
    /// The sentence that is being read.
    pub(super) sentence: Span,
    /// Where each value was asked for last.
    pub(super) asks: Vec<(String, Span)>,
}

impl Default for Said {
    fn default() -> Self {
        Self {
            it: None,
            asked: None,
            confirming: false,
            action: None,
            looked_up: None,
            waiting: None,
            list: None,
            about: None,
            team: None,
            trial: None,
            sentence: Span::new(0, 0),
            asks: Vec::new(),
        }
    }
}

impl Said {
    pub(super) fn asks_for(&mut self, at: usize) {
        self.asked = Some(at);
        self.confirming = false;
    }

    /// The first that fits of what was asked for, the last question first.
    pub(super) fn asked_before<T>(&self, fits: impl Fn(&str) -> Option<T>) -> Option<T> {
        self.asks.iter().rev().find_map(|(key, _)| fits(key))
    }

    pub(super) fn confirms(&mut self) {
        self.asked = None;
        self.confirming = true;
    }
}
