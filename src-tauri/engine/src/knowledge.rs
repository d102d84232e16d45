//! Answers from articles: searched where no task takes a message, or for a question in the middle of one.

use taskwright_domain::{EffectId, EffectKind, EventKind, Findings, Passage, RankDecision, Resolution, Speaker};
use taskwright_language::understand::Move;

use crate::machine::{Machine, ranking_of};
use crate::state::State;
use crate::words;

/// Whether what a search finds for the last message still matters.
pub(crate) fn listens(state: &State) -> bool {
    !state.over && (state.searching || crate::wishes::listens(state))
}

impl Machine<'_> {
    /// Searches the articles for the last message.
    pub(crate) fn search(&mut self) {
        let text = self.state.messages.last().cloned().unwrap_or_default();
        self.search_for(text);
    }

    fn search_for(&mut self, text: String) {
        // Its id must be the first of the input, see `ranking_of`.
        self.effect(EffectKind::SearchArticles { text });
    }

    /// A question in the middle of a task: it is answered, then the task goes on where it was.
    pub(crate) fn digress(&mut self, text: &str) {
        self.emit(EventKind::Digressed { about: text.to_owned() });
        self.search_for(text.to_owned());
    }

    pub(crate) fn searched(&mut self, effect: &EffectId, findings: &Findings) {
        if !listens(&self.state) || *effect != ranking_of(&self.state) {
            return;
        }
        let in_a_task = self.state.searching;
        self.emit(EventKind::ArticlesConsidered {
            effect: effect.clone(),
            findings: findings.clone(),
        });
        let best = findings.passages.first().filter(|_| findings.enough);
        match best {
            Some(best) => {
                self.quote(best);
                if in_a_task {
                    self.resume();
                } else {
                    self.follow_up_here();
                }
            }
            None if in_a_task => self.go_on_or_offer(words::CANNOT_ANSWER),
            None => match self.state.rankings.first().cloned() {
                Some(RankDecision::Clarify { between }) => self.ask_which(&between),
                _ => self.no_task(),
            },
        }
    }

    /// Answers with a passage and names where it stands.
    fn quote(&mut self, passage: &Passage) {
        let source = match passage.heading.trim() {
            "" => passage.title.clone(),
            heading if heading == passage.title => passage.title.clone(),
            heading => format!("{}, {heading}", passage.title),
        };
        let text = format!("{}\n\n{} {source}", passage.text.trim(), words::SOURCE);
        self.say(text, None, Speaker::Assistant);
        self.emit(EventKind::Answered {
            articles: vec![passage.article.clone()],
            text: passage.text.clone(),
        });
        self.answered();
    }

    /// An answer was given, and nobody has said yet whether it helped.
    pub(crate) fn answered(&mut self) {
        let soft = Resolution::SoftResolution;
        if self.state.resolution != Some(soft) {
            self.emit(EventKind::ResolutionChanged { state: soft });
        }
    }

    /// Whether the last message asks a question, whatever else it does.
    pub(crate) fn last_message_asks(&self) -> bool {
        let text = self.state.messages.last().cloned().unwrap_or_default();
        self.understand_freely(&text, None, &[]).contains(&Move::Question)
    }
}
