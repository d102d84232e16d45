//! One attempt at one moment, and all that came of it.

use std::sync::Arc;

use serde_json::{Value as Json, json};
use taskwright_bundle::BundleContent;
use taskwright_commands::{Rehearsal, RehearsalError, Stage};
use taskwright_domain::{Customer, InputKind, LogEvent, Settings};
use taskwright_tests::workspace;

use crate::ledger::{Called, Ledger, answering};
use crate::moments::{AFTERWARDS, Moment, Step};
use crate::vault;

/// Saturday 21 November 2026, 10:00 UTC.
pub(crate) const NOW: i64 = 1_795_255_200_000;

/// All samples and the task with protected inputs.
pub(crate) fn world() -> BundleContent {
    let mut content = workspace().unwrap();
    vault::add(&mut content);
    content
}

/// What came of an attempt.
pub(crate) struct Trial<'a> {
    pub(crate) content: &'a BundleContent,
    /// Everything that was tried, as text: the words, or what was answered.
    pub(crate) tried: String,
    /// Events from the attempt on.
    pub(crate) events: Vec<LogEvent>,
    /// Calls from the attempt on.
    pub(crate) calls: Vec<Called>,
    /// Calls of what came after it.
    pub(crate) later: Vec<Called>,
    /// The re-run gives the same log.
    pub(crate) same_again: bool,
}

struct Talk {
    chat: Rehearsal,
    ledger: Arc<Ledger>,
}

impl Talk {
    async fn open(stage: &Stage) -> Result<Self, RehearsalError> {
        let ledger = Ledger::open();
        let chat = Rehearsal::on(stage, None, Customer::default(), NOW, Some(ledger.clone())).await?;
        Ok(Self { chat, ledger })
    }

    async fn go(&mut self, moment: &Moment) -> Result<(), RehearsalError> {
        for step in moment.steps {
            match step {
                Step::Say(text) => self.chat.say(text).await?,
                Step::Passed => {
                    let body = json!({"data": {"check_id": "V-3001", "status": "passed", "name": "Maya Lindqvist"}});
                    self.chat.call_back("identity_check", body).await?
                }
            };
        }
        Ok(())
    }

    /// What came since, and what comes of going on.
    async fn judged<'a>(
        mut self,
        content: &'a BundleContent,
        tried: String,
        moment: &Moment,
        since: (usize, usize),
    ) -> Result<Trial<'a>, RehearsalError> {
        let events = self.chat.log().split_off(since.0);
        let calls = self.ledger.calls().split_off(since.1);
        let until = self.ledger.calls().len();
        for text in AFTERWARDS.iter().filter(|_| moment.goes_on) {
            self.chat.say(text).await?;
        }
        Ok(Trial {
            content,
            tried,
            events,
            calls,
            later: self.ledger.calls().split_off(until),
            same_again: self.chat.rerun() == self.chat.log(),
        })
    }

    fn now(&self) -> (usize, usize) {
        (self.chat.log().len(), self.ledger.calls().len())
    }
}

impl<'a> Trial<'a> {
    /// A customer writes it.
    pub(crate) async fn said(
        content: &'a BundleContent,
        stage: &Stage,
        moment: &Moment,
        text: &str,
    ) -> Result<Self, RehearsalError> {
        let mut talk = Talk::open(stage).await?;
        talk.go(moment).await?;
        let since = talk.now();
        talk.chat.say(text).await?;
        talk.judged(content, text.to_owned(), moment, since).await
    }

    /// It comes in otherwise: as a field, or as a quick reply.
    pub(crate) async fn filled(
        content: &'a BundleContent,
        stage: &Stage,
        moment: &Moment,
        input: &InputKind,
    ) -> Result<Self, RehearsalError> {
        let mut talk = Talk::open(stage).await?;
        talk.go(moment).await?;
        let since = talk.now();
        talk.chat.take(input.clone()).await?;
        talk.judged(content, format!("{input:?}"), moment, since).await
    }

    /// An action answers with it, in a conversation that leads up to a yes.
    pub(crate) async fn answered(
        content: &'a BundleContent,
        moment: &Moment,
        action: &str,
        fields: &Json,
    ) -> Result<Self, RehearsalError> {
        let mut hostile = content.clone();
        let found = hostile.actions.iter_mut().find(|found| found.key == action).unwrap();
        answering(found, fields);
        let stage = Stage::of(&hostile, Settings::default());
        let mut talk = Talk::open(&stage).await?;
        talk.go(moment).await?;
        talk.judged(content, strings(fields), moment, (0, 0)).await
    }

    /// A callback carries it.
    pub(crate) async fn called_back(
        content: &'a BundleContent,
        stage: &Stage,
        moment: &Moment,
        body: &Json,
    ) -> Result<Self, RehearsalError> {
        let mut talk = Talk::open(stage).await?;
        talk.go(moment).await?;
        let since = talk.now();
        talk.chat.call_back("identity_check", body.clone()).await?;
        talk.judged(content, strings(body), moment, since).await
    }
}

/// Every text in a JSON value, a line each.
fn strings(json: &Json) -> String {
    match json {
        Json::String(text) => text.clone(),
        Json::Array(items) => items.iter().map(strings).collect::<Vec<_>>().join("\n"),
        Json::Object(fields) => fields.values().map(strings).collect::<Vec<_>>().join("\n"),
        _ => String::new(),
    }
}
