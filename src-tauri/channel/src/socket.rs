//! Subscriptions over a WebSocket: the page says once what it follows, then it is told.

use axum::extract::State;
use axum::extract::ws::{Message, Utf8Bytes, WebSocket, WebSocketUpgrade};
use axum::response::Response;
use taskwright_commands::{Following, SubscribeRequest, WorkspaceMessage};
use tokio::sync::watch;

use crate::server::Host;

/// A request for a subscription is short.
const LONGEST_REQUEST: usize = 64 << 10;

pub(crate) async fn subscribe(State(host): State<Host>, upgrade: WebSocketUpgrade) -> Response {
    upgrade
        .max_message_size(LONGEST_REQUEST)
        .on_upgrade(move |socket| follow(host, socket))
}

async fn follow(host: Host, mut socket: WebSocket) {
    let Some(mut following) = begin(&host, &mut socket).await else {
        return;
    };
    let mut stopped = host.stopped.clone();
    loop {
        let told = tokio::select! {
            message = following.recv() => match message {
                Some(message) => tell(&mut socket, &message).await,
                None => false,
            },
            heard = socket.recv() => matches!(heard, Some(Ok(Message::Ping(_) | Message::Pong(_)))),
            () = ended(&mut stopped) => false,
        };
        if !told {
            return;
        }
    }
}

/// Answers once the server stops.
async fn ended(stopped: &mut watch::Receiver<bool>) {
    // A dropped sender ends it as well.
    let _ = stopped.wait_for(|stop| *stop).await;
}

async fn begin(host: &Host, socket: &mut WebSocket) -> Option<Following> {
    let Some(Ok(Message::Text(text))) = socket.recv().await else {
        return None;
    };
    let request: SubscribeRequest = serde_json::from_str(&text).ok()?;
    Some(host.app.subscribe(request))
}

async fn tell(socket: &mut WebSocket, message: &WorkspaceMessage) -> bool {
    let Ok(text) = serde_json::to_string(message) else {
        return false;
    };
    socket.send(Message::Text(Utf8Bytes::from(text))).await.is_ok()
}
