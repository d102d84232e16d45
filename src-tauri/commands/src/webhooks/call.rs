//! Taking a call: whom it is for, whether it was made before, and what becomes of it. One at a time for each conversation;
//! different ones side by side.

use std::hash::{DefaultHasher, Hash, Hasher};

use serde_json::Value;
use taskwright_domain::{CallbackAnswer, ConversationId, InputId};
use taskwright_engine::{CallbackOutcome, CallbackTo};
use tokio::sync::{Mutex, MutexGuard};

use super::address::block_at;
use super::answer::CallAnswer;
use crate::app::{App, new_id};
use crate::codes::fingerprint;

/// How long a key is remembered, on the conversation's clock.
pub(crate) const KEY_LIFE: i64 = 24 * 60 * 60 * 1_000;
/// Characters of a key at the most.
const LONGEST_KEY: usize = 255;
/// Locks that conversations share.
const TURNS: usize = 256;

/// A call of another system.
#[derive(Debug, Clone)]
pub struct IncomingCall {
    /// The last part of the address it called.
    pub token: String,
    /// Its `Idempotency-Key`, where it sent one.
    pub key: Option<String>,
    /// What it sent.
    pub body: Value,
    /// The id of the request, for the answer.
    pub request: String,
}

/// Whose turn it is in a conversation: of two calls at once, the second one finds what the first one was answered.
pub(crate) struct Turns(Vec<Mutex<()>>);

impl Default for Turns {
    fn default() -> Self {
        Self((0..TURNS).map(|_| Mutex::default()).collect())
    }
}

impl Turns {
    pub(crate) async fn of<T: Hash + ?Sized>(&self, whose: &T) -> MutexGuard<'_, ()> {
        let mut hasher = DefaultHasher::new();
        whose.hash(&mut hasher);
        let at = usize::try_from(hasher.finish() % TURNS as u64).unwrap_or(0);
        self.0[at].lock().await
    }
}

/// Whom a call is for.
struct Callee {
    conversation: ConversationId,
    to: CallbackTo,
}

impl App {
    /// Whether an address is one of this workspace. It may lead to nothing that still waits.
    #[must_use]
    pub fn is_webhook_address(&self, token: &str) -> bool {
        block_at(self.webhooks().key(), token).is_some()
            || self.store().run_at(token).is_ok_and(|found| found.is_some())
    }

    /// Takes a call of another system. What it is answered is committed together with what it led to.
    pub async fn call_back(&self, call: IncomingCall) -> CallAnswer {
        self.taken(&call).await.unwrap_or_else(|refused| refused)
    }

    async fn taken(&self, call: &IncomingCall) -> Result<CallAnswer, CallAnswer> {
        let request = call.request.as_str();
        let failed = |error| CallAnswer::failed(&error, request);
        let key = key_of(call)?;
        let callee = self.callee(call)?;
        let conversation = &callee.conversation;
        // Whoever knows an address of ours may name any conversation; one that is not there is not made.
        self.store().log_end(conversation, 1).map_err(failed)?;
        let turn = self.inner.turns.of(conversation).await;
        let body = fingerprint(self.webhooks().key(), "body", &call.body);
        if let Some(before) = self.answered_before(call, conversation, &key, &body).await? {
            return Ok(before);
        }
        let keep = |outcome: &CallbackOutcome, at| {
            let answer = CallAnswer::to(outcome, conversation, request);
            // A second call changes nothing about the first; one that was not taken is remembered by its key only.
            let kept = match outcome {
                CallbackOutcome::Received | CallbackOutcome::Kept => true,
                CallbackOutcome::Differs(_) | CallbackOutcome::Late => !key.is_empty(),
                CallbackOutcome::Again | CallbackOutcome::Unknown => false,
            };
            kept.then(|| CallbackAnswer {
                conversation: conversation.clone(),
                address: call.token.clone(),
                key: key.clone(),
                body,
                status: answer.status,
                answer: answer.body,
                at,
            })
        };
        let id = InputId::new(new_id());
        let runner = &self.inner.runner;
        let (outcome, submitted) = runner
            .call_back(conversation, id, &callee.to, call.body.clone(), keep)
            .await
            .map_err(|error| CallAnswer::not_run(&error, request))?;
        drop(turn);
        if outcome == CallbackOutcome::Unknown && self.store().was_called(conversation, &call.token).map_err(failed)? {
            return Err(CallAnswer::again(request));
        }
        let answer = CallAnswer::to(&outcome, conversation, request);
        let (app, conversation) = (self.clone(), callee.conversation);
        tokio::spawn(async move {
            // What cannot be performed now stays open; the next start tries again.
            let _ = app.inner.runner.carry_on(&conversation, submitted).await;
        });
        Ok(answer)
    }

    fn callee(&self, call: &IncomingCall) -> Result<Callee, CallAnswer> {
        let request = call.request.as_str();
        if let Some(block) = block_at(self.webhooks().key(), &call.token) {
            let named = call.body.get("conversationId").and_then(Value::as_str);
            let conversation = named.ok_or_else(|| {
                let found = call
                    .body
                    .get("conversationId")
                    .map_or("nothing".to_owned(), Value::to_string);
                CallAnswer::differs(
                    request,
                    &[taskwright_domain::Difference {
                        path: "$.conversationId".to_owned(),
                        expected: "the id of the conversation".to_owned(),
                        found: found.chars().take(60).collect(),
                    }],
                )
            })?;
            return Ok(Callee {
                conversation: ConversationId(conversation.to_owned()),
                to: CallbackTo::Block(block),
            });
        }
        let run = self.store().run_at(&call.token);
        let run = run.map_err(|error| CallAnswer::failed(&error, request))?;
        let (conversation, started) = run.ok_or_else(|| CallAnswer::unknown(request))?;
        Ok(Callee {
            conversation,
            to: CallbackTo::Run(started),
        })
    }

    /// What the same call was answered before, where its key is still remembered.
    async fn answered_before(
        &self,
        call: &IncomingCall,
        conversation: &ConversationId,
        key: &str,
        body: &str,
    ) -> Result<Option<CallAnswer>, CallAnswer> {
        if key.is_empty() {
            return Ok(None);
        }
        let request = call.request.as_str();
        let stored = self.store().callback_answer(conversation, &call.token, key);
        let Some(stored) = stored.map_err(|error| CallAnswer::failed(&error, request))? else {
            return Ok(None);
        };
        let now = self.inner.runner.now(conversation).await;
        let now = now.map_err(|error| CallAnswer::not_run(&error, request))?;
        if stored.at + KEY_LIFE <= now {
            return Ok(None);
        }
        if stored.body != body {
            let message = "This Idempotency-Key was used for another call. Nothing was done. Send a new key.";
            return Err(CallAnswer::refused(409, "conflict", message, request));
        }
        Ok(Some(CallAnswer {
            status: stored.status,
            body: stored.answer,
            replayed: true,
        }))
    }
}

fn key_of(call: &IncomingCall) -> Result<String, CallAnswer> {
    let key = call.key.clone().unwrap_or_default();
    if key.chars().count() > LONGEST_KEY {
        let message = format!("Idempotency-Key has {LONGEST_KEY} characters at the most.");
        return Err(CallAnswer::refused(400, "data_invalid", &message, &call.request));
    }
    Ok(key)
}
