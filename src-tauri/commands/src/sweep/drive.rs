//! One conversation, from its first line to its last, with a system failing or without.

use std::sync::Arc;

use serde_json::Value;
use taskwright_bundle::BundleContent;
use taskwright_domain::{Block, BlockId, CallMode, Customer, EventKind, InputKind, LogEvent, OptionId, Task};

use super::fault::Fault;
use super::path::{Line, Path};
use super::system::{Deed, Systems};
use super::{SweepTarget, walk};
use crate::rehearse::{Rehearsal, RehearsalError, Stage};
use crate::webhooks::{content_of_example, misshapen, wait};

/// Saturday 21 November 2026, 10:00 UTC: samples are written for any day.
pub(crate) const NOW: i64 = 1_795_255_200_000;
/// Answers after which a walk ends.
const LONGEST_WALK: usize = 40;
/// How long after the end of a wait a late call comes.
const LATE: i64 = 60_000;

/// What came of a conversation.
#[derive(Debug, Clone)]
pub struct Course {
    /// Its log.
    pub log: Vec<LogEvent>,
    /// What was really done.
    pub deeds: Vec<Deed>,
}

impl Course {
    /// Whether the conversation comes to a system.
    pub(crate) fn meets(&self, target: &SweepTarget) -> bool {
        self.log.iter().any(|event| match (&event.kind, target) {
            (EventKind::ActionStarted { action, .. }, SweepTarget::Action { action: own, .. }) => action == own,
            (EventKind::WebhookAwaited { place, .. }, SweepTarget::Webhook { block, .. }) => place.block == *block,
            (EventKind::WebhookReceived { block, .. }, SweepTarget::Webhook { block: own, .. }) => block == own,
            _ => false,
        })
    }
}

/// A conversation that runs.
pub struct Drive<'a> {
    chat: Rehearsal,
    content: &'a BundleContent,
    task: &'a Task,
    systems: Arc<Systems>,
    /// The wait whose calls fail, and how.
    failing: Option<(BlockId, Fault)>,
}

impl<'a> Drive<'a> {
    pub(crate) async fn begin(
        stage: &Stage,
        content: &'a BundleContent,
        task: &'a Task,
        failing: Option<(&SweepTarget, Fault)>,
        systems: Arc<Systems>,
        customer: Customer,
    ) -> Result<Self, RehearsalError> {
        let chat = Rehearsal::with(
            stage,
            Some(&task.title),
            customer,
            NOW,
            CallMode::Sample,
            systems.clone(),
        )
        .await?;
        let failing = failing.and_then(|(target, fault)| match target {
            SweepTarget::Webhook { block, .. } => Some((block.clone(), fault)),
            SweepTarget::Action { .. } => None,
        });
        Ok(Self {
            chat,
            content,
            task,
            systems,
            failing,
        })
    }

    pub(crate) async fn run(mut self, path: &Path) -> Result<Course, RehearsalError> {
        match path.walk {
            Some(number) => self.walk(number).await?,
            None => self.told(&path.lines).await?,
        }
        // Whoever waits for a call that does not come waits until the end.
        self.end_waits().await?;
        Ok(Course {
            log: self.chat.log(),
            deeds: self.systems.deeds(),
        })
    }

    async fn told(&mut self, lines: &[Line]) -> Result<(), RehearsalError> {
        for line in lines {
            if self.chat.state().await?.over {
                return Ok(());
            }
            self.go(line).await?;
            self.begin_anyway().await?;
        }
        Ok(())
    }

    async fn walk(&mut self, number: usize) -> Result<(), RehearsalError> {
        self.go(&walk::opening(self.task, number)).await?;
        self.begin_anyway().await?;
        for _ in 0..LONGEST_WALK {
            let state = self.chat.state().await?;
            if state.over || state.runs.is_empty() {
                return Ok(());
            }
            let line = match self.awaited().await? {
                Some(line) => line,
                None => match walk::answer(self.content, self.task, &state, number) {
                    Some(line) => line,
                    None => return Ok(()),
                },
            };
            let before = self.chat.log().len();
            self.go(&line).await?;
            if self.chat.log().len() == before {
                // Nothing came of it, so nothing will.
                return Ok(());
            }
        }
        Ok(())
    }

    /// A message that starts nothing is no conversation of the task: then it is started.
    async fn begin_anyway(&mut self) -> Result<(), RehearsalError> {
        let begun = |event: &LogEvent| matches!(event.kind, EventKind::TaskStarted { .. });
        if !self.chat.log().iter().any(begun) && self.chat.state().await?.asked().is_none() {
            self.go(&Line::Start).await?;
        }
        Ok(())
    }

    async fn go(&mut self, line: &Line) -> Result<(), RehearsalError> {
        match line {
            Line::Say(text) => self.take(InputKind::CustomerSaid { text: text.clone() }).await,
            Line::Press(text) => {
                let state = self.chat.state().await?;
                let offered = state
                    .options
                    .iter()
                    .find(|option| option.text.eq_ignore_ascii_case(text));
                let option: Option<OptionId> = offered.map(|option| option.id.clone());
                let said = || InputKind::CustomerSaid { text: text.clone() };
                self.take(option.map_or_else(said, |option| InputKind::OptionSelected { option }))
                    .await
            }
            Line::Attach(name) => self.take(Rehearsal::attached(name)).await,
            Line::Start => {
                let kind = self.chat.starting(&self.task.title)?;
                self.take(kind).await
            }
            Line::Wait(minutes) => self.chat.wait(*minutes).await.map(|_| ()),
            Line::CallBack(key, body) => {
                let body = serde_json::from_str(body).unwrap_or_default();
                let found = self.waits().find(|(_, own, ..)| own == key);
                match found.map(|(block, ..)| block.id.clone()) {
                    Some(block) => self.call_back(block, body).await,
                    None => Ok(()),
                }
            }
        }
    }

    /// Hands an input in. Where a call hangs for good, the program is stopped and starts again.
    async fn take(&mut self, kind: InputKind) -> Result<(), RehearsalError> {
        let systems = self.systems.clone();
        let stopped = tokio::select! {
            biased;
            done = self.chat.take(kind) => {
                done?;
                false
            }
            () = systems.hangs() => true,
        };
        if stopped {
            self.chat.restart().await?;
        }
        self.chat.pass(self.systems.take_passed());
        self.answer_again().await
    }

    /// What an action answered comes once more.
    async fn answer_again(&mut self) -> Result<(), RehearsalError> {
        let Some(action) = self.systems.answers_twice().cloned() else {
            return Ok(());
        };
        let log = self.chat.log();
        let answered = log
            .iter()
            .rev()
            .find(|event| matches!(&event.kind, EventKind::ActionSucceeded { action: own, .. } if *own == action));
        match answered.and_then(taskwright_engine::input_of) {
            Some(again) => self.chat.take(again.kind).await.map(|_| ()),
            None => Ok(()),
        }
    }

    // ---- calls back

    fn waits(&self) -> impl Iterator<Item = (&'a Block, &'a str, &'a Value)> {
        let blocks = self.content.tasks.iter().flat_map(|task| task.all_blocks());
        blocks.filter_map(|block| match &block.kind {
            taskwright_domain::BlockKind::WaitForWebhook { key, example, .. } => Some((block, key.as_str(), example)),
            _ => None,
        })
    }

    /// The call that is waited for now.
    async fn awaited(&self) -> Result<Option<Line>, RehearsalError> {
        let awaited = self.chat.awaited().await?;
        let found = awaited
            .first()
            .and_then(|block| self.waits().find(|(own, ..)| own.id == *block));
        Ok(found.map(|(_, key, example)| Line::CallBack(key.to_owned(), content_of_example(example).to_string())))
    }

    /// The call comes, as its system fails.
    async fn call_back(&mut self, block: BlockId, body: Value) -> Result<(), RehearsalError> {
        let fault = match &self.failing {
            Some((failing, fault)) if *failing == block => *fault,
            _ => return self.send(block, body).await,
        };
        match fault {
            // The same call once more, with the same key: it is answered as before, and nothing comes of it.
            Fault::Timeout => self.send(block, body).await,
            Fault::ConnectionRefused
            | Fault::Unauthorized
            | Fault::NotFound
            | Fault::TooMany
            | Fault::ServerError
            | Fault::BadJson
            | Fault::Never => self.end_waits().await,
            Fault::Conflict => {
                self.send(block.clone(), body.clone()).await?;
                self.send(block, altered(&body)).await
            }
            Fault::Duplicate => {
                self.send(block.clone(), body.clone()).await?;
                self.send(block, body).await
            }
            Fault::WrongShape => {
                let fields = self
                    .waits()
                    .find(|(own, ..)| own.id == block)
                    .and_then(|(own, ..)| wait(own));
                let fields = fields.map_or(&[][..], |wait| wait.fields);
                self.send(block, misshapen(content_of_example(&body), fields)).await?;
                self.end_waits().await
            }
            Fault::Slow => {
                if let Some((_, ends)) = self.chat.timer().await? {
                    let now = self.chat.now();
                    self.chat.wait_until(now + (ends - now) * 9 / 10).await?;
                }
                self.send(block, body).await
            }
            Fault::Late => {
                self.end_waits().await?;
                self.send(block, body).await
            }
        }
    }

    async fn send(&mut self, block: BlockId, body: Value) -> Result<(), RehearsalError> {
        self.take(InputKind::WebhookReceived { block, body }).await
    }

    /// Time goes on until nothing is waited for any more.
    async fn end_waits(&mut self) -> Result<(), RehearsalError> {
        while !self.chat.awaited().await?.is_empty() {
            let Some((_, ends)) = self.chat.timer().await? else {
                return Ok(());
            };
            if self.chat.wait_until(ends + LATE).await?.is_empty() {
                return Ok(());
            }
        }
        Ok(())
    }
}

/// Another content under the same key.
fn altered(body: &Value) -> Value {
    let mut other = body.clone();
    if let Some(fields) = other.as_object_mut() {
        fields.insert("sent_again".to_owned(), Value::Bool(true));
    }
    other
}
