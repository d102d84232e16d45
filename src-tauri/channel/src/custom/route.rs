//! One event: whether whoever sends it may come in, how much and how long, and what it is answered.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, to_bytes};
use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, get, post};
use axum::{Json, Router};
use taskwright_commands::App;
use taskwright_commands::channel::wire::{
    AttributeCollected, ErrorList, NewConversation, NewMessage, QuickReplySelected, Taken,
};
use taskwright_commands::channel::{ChannelCall, ChannelDoor, Notice, NoticeAnswer};
use uuid::Uuid;

use super::limits::{Limits, Quotas};
use super::openapi::document;

/// The largest event without attachments.
const LARGEST: usize = 256 << 10;
/// The largest message: a picture or two of a telephone, in Base64.
const LARGEST_MESSAGE: usize = 16 << 20;

const REQUEST: HeaderName = HeaderName::from_static("x-request-id");
const REPLAYED: HeaderName = HeaderName::from_static("idempotent-replayed");

/// What every request needs.
#[derive(Clone)]
pub(super) struct Desk {
    app: App,
    limits: Arc<Limits>,
    /// How long a product may take to send what it has to say.
    sending: Duration,
}

/// Everything that is served here.
pub(crate) fn router(app: App, quotas: Quotas, sending: Duration) -> Router {
    let desk = Desk {
        app,
        limits: Arc::new(Limits::new(quotas)),
        sending,
    };
    let calls = Router::new()
        .route("/notify_new_conversation", only(post(notify_new_conversation)))
        .route("/notify_new_message", only(post(notify_new_message)))
        .route("/notify_quick_reply_selected", only(post(notify_quick_reply_selected)))
        .route("/notify_attribute_collected", only(post(notify_attribute_collected)));
    Router::new()
        .nest("/custom_channel_events", calls)
        .route("/openapi.json", get(openapi))
        .with_state(desk)
}

/// Another method is told which one there is.
fn only(route: MethodRouter<Desk>) -> MethodRouter<Desk> {
    route.fallback(not_posted)
}

/// A conversation begins
///
/// The workflow of the channel starts in it. The product chooses the id of the conversation; a second conversation of the same
/// id is refused.
#[utoipa::path(
    post, path = "/custom_channel_events/notify_new_conversation", tag = "Custom channel events",
    request_body = NewConversation, responses(Answers), security(("key" = []))
)]
pub(super) async fn notify_new_conversation(State(desk): State<Desk>, request: Request) -> Response {
    notified(desk, ChannelCall::NewConversation, request).await
}

/// The person wrote
///
/// Events of one conversation are taken in the order they come in.
#[utoipa::path(
    post, path = "/custom_channel_events/notify_new_message", tag = "Custom channel events",
    request_body = NewMessage, responses(Answers), security(("key" = []))
)]
pub(super) async fn notify_new_message(State(desk): State<Desk>, request: Request) -> Response {
    notified(desk, ChannelCall::NewMessage, request).await
}

/// The person pressed a quick reply
///
/// Only an option of the latest `quick_reply_options` is taken.
#[utoipa::path(
    post, path = "/custom_channel_events/notify_quick_reply_selected", tag = "Custom channel events",
    request_body = QuickReplySelected, responses(Answers), security(("key" = []))
)]
pub(super) async fn notify_quick_reply_selected(State(desk): State<Desk>, request: Request) -> Response {
    notified(desk, ChannelCall::QuickReplySelected, request).await
}

/// The person filled in a field
///
/// One event for each field of an `attribute_collector`, in any order. A value that does not fit is taken and asked for
/// again.
#[utoipa::path(
    post, path = "/custom_channel_events/notify_attribute_collected", tag = "Custom channel events",
    request_body = AttributeCollected, responses(Answers), security(("key" = []))
)]
pub(super) async fn notify_attribute_collected(State(desk): State<Desk>, request: Request) -> Response {
    notified(desk, ChannelCall::AttributeCollected, request).await
}

/// What an event may be answered.
#[derive(utoipa::IntoResponses)]
#[expect(dead_code, reason = "it describes what `notified` answers")]
enum Answers {
    /// It is taken, and all it led to at once is kept.
    #[response(status = 200)]
    Taken(Taken),
    /// What was sent cannot be read, or lacks something.
    #[response(status = 400)]
    Invalid(ErrorList),
    /// The key is missing or wrong.
    #[response(status = 401)]
    Unauthorized(ErrorList),
    /// There is no such conversation, or no channel.
    #[response(status = 404)]
    NotFound(ErrorList),
    /// It took too long to send.
    #[response(status = 408)]
    Timeout(ErrorList),
    /// What was sent is too large.
    #[response(status = 413)]
    TooLarge(ErrorList),
    /// It can be read, and does not fit: an option or a field that is not asked for, an event_id of another event.
    #[response(status = 422)]
    Unfit(ErrorList),
    /// Too many events; `Retry-After` says how many seconds to wait.
    #[response(status = 429)]
    TooMany(ErrorList),
    /// The program failed; nothing was done, and the event may be sent again.
    #[response(status = 500)]
    Failed(ErrorList),
    /// The program is closing; nothing was done, and the event may be sent again.
    #[response(status = 503)]
    Closing(ErrorList),
}

async fn openapi() -> Response {
    Json(document()).into_response()
}

async fn notified(desk: Desk, call: ChannelCall, request: Request) -> Response {
    let id = request_id();
    let answer = match let_in(&desk, &request, &id) {
        Ok(()) => match read(&desk, call, request.into_body(), &id).await {
            Ok(body) => {
                let notice = Notice {
                    call,
                    body,
                    request: id.clone(),
                };
                desk.app.notify(notice).await
            }
            Err(refused) => refused,
        },
        Err(refused) => return *refused,
    };
    respond(answer, &id)
}

/// Whether whoever sends this may come in now; nothing of the body is read before.
fn let_in(desk: &Desk, request: &Request, id: &str) -> Result<(), Box<Response>> {
    let address = address_of(request);
    desk.limits.count_address(address).map_err(|wait| too_many(wait, id))?;
    match desk.app.channel().door(bearer(request.headers())) {
        ChannelDoor::Open => desk.limits.count_key().map_err(|wait| too_many(wait, id)),
        ChannelDoor::NotSetUp => {
            let message = "The custom channel is not set up here: it is off, or has no key yet.";
            Err(Box::new(respond(
                NoticeAnswer::refused(404, "data_invalid", message, id),
                id,
            )))
        }
        ChannelDoor::Shut => {
            desk.limits.count_wrong(address).map_err(|wait| too_many(wait, id))?;
            let message = "The key is missing or wrong. Send it as \"Authorization: Bearer KEY\".";
            let mut response = respond(NoticeAnswer::refused(401, "unauthorized", message, id), id);
            let ask = HeaderValue::from_static("Bearer");
            response.headers_mut().insert(header::WWW_AUTHENTICATE, ask);
            Err(Box::new(response))
        }
    }
}

/// What was sent, if it comes in time and is not too much.
async fn read(desk: &Desk, call: ChannelCall, body: Body, id: &str) -> Result<Vec<u8>, NoticeAnswer> {
    let largest = match call {
        ChannelCall::NewMessage => LARGEST_MESSAGE,
        _ => LARGEST,
    };
    match tokio::time::timeout(desk.sending, to_bytes(body, largest)).await {
        Ok(Ok(bytes)) => Ok(bytes.to_vec()),
        Ok(Err(_)) => {
            let message = format!("What was sent was cut off, or has more than {} KB.", largest >> 10);
            Err(NoticeAnswer::refused(413, "too_large", &message, id))
        }
        Err(_) => Err(NoticeAnswer::refused(
            408,
            "timeout",
            "It took too long to send. Send it again.",
            id,
        )),
    }
}

/// Where a request comes from. Behind a proxy that is the proxy: what it says of others is not believed.
fn address_of(request: &Request) -> IpAddr {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>();
    peer.map_or(Ipv4Addr::UNSPECIFIED.into(), |peer| peer.0.ip())
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let sent = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, key) = sent.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then_some(key.trim())
}

fn too_many(wait: Duration, id: &str) -> Box<Response> {
    let seconds = wait.as_secs() + 1;
    let message = format!("Too many events. Send it again in {seconds} seconds.");
    let mut response = respond(NoticeAnswer::refused(429, "rate_limited", &message, id), id);
    let after = HeaderValue::from(seconds);
    response.headers_mut().insert(header::RETRY_AFTER, after);
    Box::new(response)
}

fn respond(answer: NoticeAnswer, id: &str) -> Response {
    let status = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = (status, Json(answer.body)).into_response();
    let headers = response.headers_mut();
    if let Ok(id) = HeaderValue::from_str(id) {
        headers.insert(REQUEST, id);
    }
    if answer.replayed {
        headers.insert(REPLAYED, HeaderValue::from_static("true"));
    }
    response
}

async fn not_posted() -> Response {
    let id = request_id();
    let message = "Events are sent here with POST and a JSON body.";
    let mut response = respond(NoticeAnswer::refused(405, "method_not_allowed", message, &id), &id);
    let allowed = HeaderValue::from_static("POST");
    response.headers_mut().insert(header::ALLOW, allowed);
    response
}

fn request_id() -> String {
    format!("request_{}", Uuid::now_v7().simple())
}
