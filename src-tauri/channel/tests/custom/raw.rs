//! Whatever can be written into a socket: lengths that lie, letters that are none, bodies without end, callers that come and
//! stay. The server answers with an error or hangs up, and goes on serving.

use std::time::Duration;

use futures::future::join_all;
use serde_json::json;
use taskwright_channel::Patience;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

use crate::house::{House, event_of};

fn soak() -> bool {
    std::env::var("TASKWRIGHT_SIZE").as_deref() == Ok("soak")
}

/// Writes bytes and reads until the server has said all it has to say.
async fn exchange(house: &House, bytes: &[u8]) -> String {
    let mut stream = TcpStream::connect(house.base.trim_start_matches("http://"))
        .await
        .unwrap();
    // It may hang up before all is written.
    let _ = stream.write_all(bytes).await;
    let mut answer = Vec::new();
    let mut part = [0; 4096];
    while let Ok(Ok(read)) = timeout(Duration::from_secs(20), stream.read(&mut part)).await {
        answer.extend_from_slice(&part[..read]);
        if read == 0 || answer.windows(4).any(|window| window == b"\r\n\r\n") {
            break;
        }
    }
    String::from_utf8_lossy(&answer).into_owned()
}

/// A request line with these headers behind the key.
fn head(house: &House, more: &str) -> String {
    format!(
        "POST /custom_channel_events/notify_new_message HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {}\r\n{more}\r\n",
        house.key
    )
}

async fn serves(house: &House, event: &str) {
    let answer = house.say(event, "one", "still there?").await;
    assert_eq!(answer.status, 200, "{:?}", answer.body);
}

#[tokio::test]
async fn lies_about_lengths_and_broken_requests_are_refused() {
    let house = House::open().await;
    house.begin("one").await;
    let whole = event_of("e", "one", json!({"body": "hi"})).to_string();
    let length = whole.len();
    let requests: Vec<(String, &str)> = vec![
        (head(&house, "Content-Length: -1\r\n") + &whole, " 400 "),
        (
            head(&house, "Content-Length: 99999999999999999999999\r\n") + &whole,
            " 400 ",
        ),
        (head(&house, "Content-Length: 12abc\r\n") + &whole, " 400 "),
        (
            head(&house, &format!("Content-Length: {length}\r\nContent-Length: 3\r\n")) + &whole,
            " 400 ",
        ),
        (head(&house, "Transfer-Encoding: gzip\r\n") + &whole, " 400 "),
        (head(&house, "Transfer-Encoding: chunked\r\n") + "zz\r\n", ""),
        (
            head(&house, "Transfer-Encoding: chunked\r\n") + "FFFFFFFFFFFFFFFFF\r\nx",
            "",
        ),
        (head(&house, "Content-Length: 5\r\n") + &whole, " 400 "),
        ("POST / HTTP/9.9\r\n\r\n".to_owned(), " 400 "),
        ("\0\0\0\0\r\n\r\n".to_owned(), " 400 "),
        ("GET /openapi.json\r\n\r\n".to_owned(), " 400 "),
        (head(&house, &format!("X-Long: {}\r\n", "x".repeat(100_000))), " 4"),
        (head(&house, &"X-Many: y\r\n".repeat(500)), " 4"),
        ("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".to_owned(), ""),
    ];
    for (request, status) in &requests {
        let answer = exchange(&house, request.as_bytes()).await;
        let begins = answer.lines().next().unwrap_or_default();
        let shown: String = request.chars().take(160).collect();
        assert!(
            !begins.contains(" 200 ") && !begins.contains(" 500 "),
            "{shown:?} gives {begins:?}"
        );
        assert!(
            status.is_empty() || begins.contains(status),
            "{shown:?} gives {begins:?}"
        );
    }
    serves(&house, "after").await;
    house.close().await;
}

#[tokio::test]
async fn bodies_that_are_no_event_are_refused() {
    let house = House::open().await;
    house.begin("one").await;
    let deep = |open: &str, close: &str, times: usize| open.repeat(times) + &close.repeat(times);
    let bodies: Vec<Vec<u8>> = vec![
        Vec::new(),
        b"{".to_vec(),
        b"\xff\xfe{\x00}\x00".to_vec(),
        b"\xc3\x28".to_vec(),
        br#"{"event_id": "\ud800"}"#.to_vec(),
        b"{\"event_id\": \"a\nb\"}".to_vec(),
        b"NaN".to_vec(),
        b"1e999999".to_vec(),
        deep("[", "]", 100_000).into_bytes(),
        deep("{\"a\":", "}", 20_000).into_bytes(),
        br#"{"event_id":1,"event_id":"e","external_conversation_id":null,"contact":[]}"#.to_vec(),
    ];
    for body in bodies {
        let url = format!("{}/custom_channel_events/notify_new_message", house.base);
        let sent = house
            .http
            .post(url)
            .bearer_auth(&house.key)
            .body(body.clone())
            .send()
            .await
            .unwrap();
        let shown = String::from_utf8_lossy(&body[..body.len().min(60)]).into_owned();
        assert_eq!(sent.status(), 400, "{shown:?}");
        let answer: serde_json::Value = serde_json::from_str(&sent.text().await.unwrap()).unwrap();
        assert_eq!(answer["errors"][0]["code"], "data_invalid", "{shown:?}");
    }
    let odd = event_of(
        "e-odd",
        "one",
        json!({"body": "\u{0}\u{202e}🙂\u{7}", "more": {"fields": [1, 2]}}),
    );
    let taken = house
        .post("notify_new_message", Some(&house.key), odd.to_string())
        .await;
    assert_eq!(taken.status, 200, "odd letters are letters: {:?}", taken.body);
    serves(&house, "after").await;
    house.close().await;
}

#[tokio::test]
async fn what_is_too_large_is_refused_whatever_it_says_of_its_length() {
    let house = House::open().await;
    house.begin("one").await;
    let megabytes = if soak() { 100 } else { 20 };
    let chunk = vec![b' '; 1 << 20];
    for announced in [true, false] {
        let address = house.base.trim_start_matches("http://");
        let mut stream = TcpStream::connect(address).await.unwrap();
        let length = megabytes << 20;
        let how = if announced {
            format!("Content-Length: {length}\r\n")
        } else {
            "Transfer-Encoding: chunked\r\n".to_owned()
        };
        stream.write_all(head(&house, &how).as_bytes()).await.unwrap();
        for _ in 0..megabytes {
            let sent = async {
                if !announced {
                    stream.write_all(b"100000\r\n").await?;
                }
                stream.write_all(&chunk).await?;
                if !announced {
                    stream.write_all(b"\r\n").await?;
                }
                std::io::Result::Ok(())
            };
            if sent.await.is_err() {
                // It has hung up, as it should.
                break;
            }
        }
        let mut answer = vec![0; 64];
        let read = timeout(Duration::from_secs(20), stream.read(&mut answer))
            .await
            .unwrap()
            .unwrap_or(0);
        let answer = String::from_utf8_lossy(&answer[..read]).into_owned();
        assert!(answer.is_empty() || answer.contains("413"), "{answer}");
    }
    serves(&house, "after").await;
    house.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn callers_that_connect_and_say_nothing_hold_up_nobody() {
    let seats = if soak() { 1_024 } else { 100 };
    let house = House::open_with(Patience {
        connections: seats,
        ..Patience::default()
    })
    .await;
    house.begin("one").await;
    // Both ends of each lie in this process, so the soak raises the limit of open files first: `ulimit -n 32768`.
    let wanted = if soak() { 10_000 } else { 300 };
    let address = house.base.trim_start_matches("http://").to_owned();
    let mut open = Vec::new();
    while open.len() < wanted {
        let some = join_all((0..100).map(|_| TcpStream::connect(address.clone()))).await;
        for (number, stream) in some.into_iter().enumerate() {
            let mut stream = stream.unwrap();
            // Half of them say a part of something and then no more.
            if number.is_multiple_of(2) {
                let _ = stream.write_all(b"POST /custom_channel_events/notify").await;
            }
            open.push(stream);
        }
        serves(&house, &format!("during-{}", open.len())).await;
    }
    drop(open);
    serves(&house, "after").await;
    house.close().await;
}

#[tokio::test]
async fn noise_is_survived() {
    let house = House::open().await;
    house.begin("one").await;
    let mut seed: u64 = 0x9E37_79B9_7F4A_7C15;
    let mut random = move || {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        seed
    };
    let whole = head(
        &house,
        "Content-Type: application/json\r\nContent-Length: 60\r\nConnection: close\r\n",
    ) + &event_of("e", "one", json!({"body": "hi"})).to_string();
    let rounds = if soak() { 20_000 } else { 150 };
    for _ in 0..rounds {
        let mut bytes = whole.clone().into_bytes();
        for _ in 0..1 + random() % 8 {
            let at = usize::try_from(random() % bytes.len() as u64).unwrap();
            match random() % 4 {
                0 => bytes[at] = u8::try_from(random() % 256).unwrap(),
                1 => drop(bytes.drain(at..)),
                2 => bytes.insert(at, u8::try_from(random() % 256).unwrap()),
                _ => bytes.extend_from_within(..at.min(200)),
            }
            if bytes.is_empty() {
                bytes.push(b'\n');
            }
        }
        let mut stream = TcpStream::connect(house.base.trim_start_matches("http://"))
            .await
            .unwrap();
        let _ = stream.write_all(&bytes).await;
        let _ = stream.shutdown().await;
        let mut answer = Vec::new();
        let _ = timeout(Duration::from_secs(20), stream.read_to_end(&mut answer))
            .await
            .unwrap();
        let answer = String::from_utf8_lossy(&answer).into_owned();
        assert!(
            !answer.starts_with("HTTP/1.1 5"),
            "{:?} gives {answer}",
            String::from_utf8_lossy(&bytes)
        );
    }
    serves(&house, "after").await;
    house.close().await;
}
