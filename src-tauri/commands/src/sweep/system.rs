//! The systems that actions call, in memory: they answer with samples, fail as told, and know what they have done.

use std::sync::{Arc, Mutex, PoisonError};

use taskwright_domain::{Action, ActionId, ActionResult, ConversationId, EffectId, FailureCause};
use taskwright_engine::{ActionCall, Actions, BoxFuture, answer_from_stub};
use tokio::sync::Notify;

use super::SweepTarget;
use super::fault::Fault;

/// What a system has done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deed {
    /// The action that asked for it.
    pub action: ActionId,
    /// Its name.
    pub name: String,
    /// The key it was asked with.
    pub key: EffectId,
}

/// Calls other systems for real.
type Line = Arc<dyn Actions>;

/// The systems of one conversation.
pub struct Systems {
    failing: Option<(ActionId, Fault)>,
    /// What takes the place of the samples.
    line: Option<Line>,
    deeds: Mutex<Vec<Deed>>,
    calls: Mutex<u32>,
    /// Told when a call hangs that will never be answered.
    hanging: Notify,
    /// By how much the clock is to go on, in milliseconds.
    passed: Mutex<i64>,
}

/// Attempts of a call that may be repeated, as the client makes them.
const ATTEMPTS: u32 = 3;

impl Systems {
    pub(crate) fn new(failing: Option<(&SweepTarget, Fault)>) -> Self {
        let failing = failing.and_then(|(target, fault)| match target {
            SweepTarget::Action { action, .. } => Some((action.clone(), fault)),
            SweepTarget::Webhook { .. } => None,
        });
        Self {
            failing,
            line: None,
            deeds: Mutex::default(),
            calls: Mutex::default(),
            hanging: Notify::new(),
            passed: Mutex::default(),
        }
    }

    /// Systems that answer for real and fail by themselves, but for what no system can do: be sent everything twice, and
    /// be cut off by a restart.
    #[must_use]
    pub fn live(failing: Option<(&SweepTarget, Fault)>, line: Arc<dyn Actions>) -> Self {
        let mut systems = Self::new(failing);
        systems.line = Some(line);
        systems
    }

    /// What was done, in order.
    pub(crate) fn deeds(&self) -> Vec<Deed> {
        lock(&self.deeds).clone()
    }

    /// Whether answers come twice.
    pub(crate) fn answers_twice(&self) -> Option<&ActionId> {
        match &self.failing {
            Some((action, Fault::Duplicate)) => Some(action),
            _ => None,
        }
    }

    /// Waits until a call hangs for good.
    pub(crate) async fn hangs(&self) {
        self.hanging.notified().await;
    }

    /// How much time the calls since the last time took.
    pub(crate) fn take_passed(&self) -> i64 {
        std::mem::take(&mut *lock(&self.passed))
    }

    /// Does what was asked for, unless it was done for the same key and the system knows keys.
    fn work(&self, call: &ActionCall) {
        if !call.action.changes_data {
            return;
        }
        let mut deeds = lock(&self.deeds);
        let done = deeds.iter().any(|deed| deed.key == call.key);
        if !(done && call.action.receiver_honours_key) {
            deeds.push(Deed {
                action: call.action.id.clone(),
                name: call.action.name.clone(),
                key: call.key.clone(),
            });
        }
    }

    async fn answered(&self, call: &ActionCall) -> ActionResult {
        match &self.line {
            Some(line) => line.call(call.clone()).await,
            None => {
                let result = answer_from_stub(&call.action, &call.inputs, None, &call.settings, call.now);
                if matches!(result, ActionResult::Succeeded { .. }) {
                    self.work(call);
                }
                result
            }
        }
    }

    async fn respond(&self, call: &ActionCall) -> ActionResult {
        let fault = match &self.failing {
            Some((action, fault)) if *action == call.action.id => *fault,
            _ => return self.answered(call).await,
        };
        let number = {
            let mut calls = lock(&self.calls);
            *calls += 1;
            *calls
        };
        match fault {
            Fault::Never if number == 1 => {
                self.answered(call).await;
                self.hanging.notify_one();
                std::future::pending().await
            }
            Fault::Never => self.answered(call).await,
            Fault::Duplicate => {
                self.answered(call).await;
                self.answered(call).await
            }
            _ if self.line.is_some() => self.answered(call).await,
            Fault::Slow => {
                let ms = self.limit(call).saturating_sub(1_000);
                self.pass(ms);
                match self.answered(call).await {
                    ActionResult::Succeeded { fields, status, .. } => ActionResult::Succeeded { fields, status, ms },
                    failed @ ActionResult::Failed { .. } => failed,
                }
            }
            _ => self.fail(call, fault),
        }
    }

    /// What the client makes of a system that fails so.
    fn fail(&self, call: &ActionCall, fault: Fault) -> ActionResult {
        if fault.does_the_work() {
            self.work(call);
        }
        let (cause, again) = match fault {
            Fault::Timeout | Fault::Late => (FailureCause::Timeout, false),
            Fault::ConnectionRefused => (FailureCause::Unreachable, true),
            Fault::NotFound => (FailureCause::NotFound, false),
            Fault::Unauthorized => (FailureCause::Status { status: 401 }, false),
            Fault::Conflict => (FailureCause::Status { status: 409 }, false),
            Fault::TooMany => (FailureCause::Status { status: 429 }, true),
            Fault::ServerError => (FailureCause::Status { status: 500 }, true),
            Fault::BadJson => (FailureCause::NotJson, false),
            _ => (
                FailureCause::WrongShape {
                    difference: call.action.outputs.first().map_or_else(
                        || "$: expected the promised fields, found others".to_owned(),
                        |field| format!("$.{}: expected a value, found nothing", field.key),
                    ),
                },
                false,
            ),
        };
        let ms = match cause {
            FailureCause::Timeout => self.limit(call),
            _ => 0,
        };
        self.pass(ms);
        let harmless = !call.action.changes_data || call.action.receiver_honours_key;
        ActionResult::Failed {
            cause,
            attempts: if again && harmless { ATTEMPTS } else { 1 },
            ms,
        }
    }

    fn limit(&self, call: &ActionCall) -> u64 {
        call.action
            .request
            .as_ref()
            .map_or(15_000, |request| request.timeout_ms)
    }

    fn pass(&self, ms: u64) {
        *lock(&self.passed) += i64::try_from(ms).unwrap_or(0);
    }
}

impl Actions for Systems {
    fn call(&self, call: ActionCall) -> BoxFuture<'_, ActionResult> {
        Box::pin(async move { self.respond(&call).await })
    }

    fn instead_of_sample<'a>(&'a self, call: &'a ActionCall) -> BoxFuture<'a, Option<ActionResult>> {
        Box::pin(async move { Some(self.respond(call).await) })
    }

    fn stands_for_systems(&self) -> bool {
        true
    }

    fn chosen_stub(&self, _conversation: &ConversationId, _action: &Action) -> Option<String> {
        None
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
