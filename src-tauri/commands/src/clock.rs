//! The clock of a conversation, which its author may move forward.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use taskwright_domain::{ConversationId, ConversationPlace};
use taskwright_language::values::{ValueContext, instant_ahead};
use ts_rs::TS;

use crate::app::App;
use crate::error::{CommandError, ErrorCode};
use crate::log::OneConversation;
use crate::preview::running;

/// How far a clock can be moved in one go: a hundred years.
const FARTHEST: i64 = 100 * 366 * 86_400_000;

/// A conversation's clock is moved forward.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct MoveTime {
    /// Of this conversation.
    pub conversation: ConversationId,
    /// Until when.
    pub to: MoveTo,
}

/// Until when a clock is moved.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum MoveTo {
    /// As people say it: "2 hours later", "next Monday", "tomorrow at 9".
    Words {
        /// So.
        text: String,
    },
    /// Until what is waited for has run out.
    WaitEnd,
}

/// A conversation's clock.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ClockView {
    /// What it shows: UTC milliseconds since 1970.
    pub now: i64,
    /// By how many milliseconds it is ahead.
    pub ahead: i64,
    /// When what is waited for runs out, where something is.
    pub wait_ends: Option<i64>,
}

pub(crate) async fn read_clock(app: &App, _origin: &str, args: OneConversation) -> Result<ClockView, CommandError> {
    let runner = &app.inner.runner;
    let now = runner.now(&args.conversation).await?;
    let standing = runner.standing(&args.conversation).await?;
    Ok(ClockView {
        now,
        ahead: standing.ahead,
        wait_ends: standing.timer.map(|(_, at)| at),
    })
}

/// Moves the clock, as an input like any other: a re-run finds each event at the instant it had.
pub(crate) async fn move_time(app: &App, origin: &str, args: MoveTime) -> Result<ClockView, CommandError> {
    let state = running(app, &args.conversation).await?;
    let start = state
        .start
        .ok_or_else(|| CommandError::not_found("This conversation"))?;
    if start.place == ConversationPlace::Channel {
        let message = "Only the time of a preview can be moved: this customer lives in the present.";
        return Err(CommandError::new(ErrorCode::Conflict, message));
    }
    let runner = &app.inner.runner;
    let now = runner.now(&args.conversation).await?;
    let to = match &args.to {
        MoveTo::WaitEnd => {
            let timer = runner.standing(&args.conversation).await?.timer;
            let message = "Nothing is waited for at the moment. Say how far to move the time instead.";
            timer
                .map(|(_, at)| at)
                .ok_or_else(|| CommandError::new(ErrorCode::Conflict, message))?
        }
        MoveTo::Words { text } => {
            let context = ValueContext {
                settings: &start.settings,
                now: Timestamp::from_millisecond(now).unwrap_or(Timestamp::UNIX_EPOCH),
            };
            let found = instant_ahead(text, &context).map(Timestamp::as_millisecond);
            found.filter(|to| to - now < FARTHEST).ok_or_else(|| {
                let message = format!(
                    "\"{text}\" names no moment to come. Write it like \"2 hours later\", \"next Monday\" or \
                     \"tomorrow at 9:00\"."
                );
                CommandError::bad_request(message).at("/to/text")
            })?
        }
    };
    runner.move_time(&args.conversation, to).await?;
    let conversation = args.conversation;
    read_clock(app, origin, OneConversation { conversation }).await
}
