//! Callers that take their time: each is waited for so long and no longer, and keeps nobody else waiting.

use std::time::Duration;

use taskwright_channel::Patience;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::house::{House, PAYMENT};

/// Long enough for any test; whoever is waited for longer is waited for for ever.
const FOR_EVER: Duration = Duration::from_secs(20);
const SHORT: Duration = Duration::from_millis(50);

fn short() -> Patience {
    Patience {
        headers: SHORT,
        body: SHORT,
        ..Patience::default()
    }
}

async fn connect(house: &House) -> TcpStream {
    let address = house.base.trim_start_matches("http://");
    TcpStream::connect(address).await.unwrap()
}

/// What comes until the server ends the connection.
async fn until_its_end(stream: &mut TcpStream) -> String {
    let mut heard = Vec::new();
    let end = tokio::time::timeout(FOR_EVER, stream.read_to_end(&mut heard)).await;
    // A connection that is broken off has ended as well.
    let _ = end.expect("the server ends the connection");
    String::from_utf8_lossy(&heard).into_owned()
}

#[tokio::test]
async fn who_never_ends_their_headers_is_not_waited_for() {
    let folder = tempfile::tempdir().unwrap();
    let house = House::open_with(folder.path(), short()).await;
    let mut nothing = connect(&house).await;
    let mut half = connect(&house).await;
    half.write_all(b"POST /webhooks/x HTTP/1.1\r\nHost: a\r\nX-A: ")
        .await
        .unwrap();
    assert_eq!(
        until_its_end(&mut nothing).await,
        "",
        "who says nothing is answered nothing"
    );
    let heard = until_its_end(&mut half).await;
    assert!(!heard.contains(" 200 "), "{heard}");

    let mut dripping = connect(&house).await;
    dripping
        .write_all(b"POST /webhooks/x HTTP/1.1\r\nHost: a\r\n")
        .await
        .unwrap();
    let drips = async {
        let mut next = tokio::time::interval(SHORT / 10);
        // Until there is nobody to drip on any more.
        while dripping.write_all(b"X-A: b\r\n").await.is_ok() {
            next.tick().await;
        }
    };
    let ended = tokio::time::timeout(FOR_EVER, drips).await;
    assert!(ended.is_ok(), "a byte now and then buys no time");
    house.close().await;
}

#[tokio::test]
async fn who_never_ends_their_body_is_told_so() {
    let folder = tempfile::tempdir().unwrap();
    let house = House::open_with(folder.path(), short()).await;
    let url = house.url(PAYMENT).await;
    let path = url.strip_prefix(&house.base).unwrap();
    let mut slow = connect(&house).await;
    let head = format!("POST {path} HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n{{\"a\"");
    slow.write_all(head.as_bytes()).await.unwrap();
    let heard = until_its_end(&mut slow).await;
    assert!(heard.starts_with("HTTP/1.1 408"), "{heard}");
    assert!(heard.contains("It took too long to send"), "{heard}");
    house.close().await;
}

#[tokio::test]
async fn a_connection_on_which_nothing_more_is_asked_ends() {
    let folder = tempfile::tempdir().unwrap();
    let house = House::open_with(folder.path(), short()).await;
    let mut kept = connect(&house).await;
    kept.write_all(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n").await.unwrap();
    let heard = until_its_end(&mut kept).await;
    assert!(heard.starts_with("HTTP/1.1 404"), "it was answered first: {heard}");
    house.close().await;
}

#[tokio::test]
async fn headers_without_end_are_refused_before_they_are_many() {
    let folder = tempfile::tempdir().unwrap();
    let house = House::open(folder.path()).await;
    let mut endless = connect(&house).await;
    let line = format!("X-A: {}\r\n", "a".repeat(8_000));
    endless.write_all(b"POST /webhooks/x HTTP/1.1\r\n").await.unwrap();
    let sent = async {
        let mut sent = 0;
        while endless.write_all(line.as_bytes()).await.is_ok() {
            sent += line.len();
        }
        sent
    };
    let sent = tokio::time::timeout(FOR_EVER, sent).await;
    let sent = sent.expect("the server ends the connection");
    // What the two systems hold on the way comes on top of what is read.
    assert!(sent < 16 << 20, "{sent} bytes were taken");
    house.close().await;
}

#[tokio::test]
async fn slow_callers_take_turns_and_the_next_one_is_answered() {
    let folder = tempfile::tempdir().unwrap();
    let patience = Patience {
        connections: 2,
        ..short()
    };
    let house = House::open_with(folder.path(), patience).await;
    let mut slow = Vec::new();
    for _ in 0..6 {
        slow.push(connect(&house).await);
    }
    let mut last = connect(&house).await;
    last.write_all(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n").await.unwrap();
    let heard = until_its_end(&mut last).await;
    assert!(heard.starts_with("HTTP/1.1 404"), "{heard}");
    house.close().await;
}

#[tokio::test]
async fn the_server_ends_though_somebody_holds_a_connection_open() {
    let folder = tempfile::tempdir().unwrap();
    let house = House::open(folder.path()).await;
    let mut idle = connect(&house).await;
    idle.write_all(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n").await.unwrap();
    let mut first = [0; 12];
    idle.read_exact(&mut first).await.unwrap();
    assert_eq!(&first, b"HTTP/1.1 404");
    let closed = tokio::time::timeout(FOR_EVER, house.close()).await;
    assert!(closed.is_ok(), "an idle caller keeps nobody from closing");
}
