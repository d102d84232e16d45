//! Every kind of body arrives as it was meant, and no value becomes structure of it.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::{Value as Json, json};
use taskwright_connect::{Client, FileContent, FileSource};
use taskwright_domain::{FileId, StoredFile, Value};
use taskwright_engine::ActionCall;

use crate::calls::{call, cause, fields, made, reason, text, to};
use crate::server::{Received, Reply, Server};

const HARD: &str = "a\"b\\c <d> & 'e' = ü 😀\r\n--x";

/// One file that is there.
struct OneFile;

const BYTES: &[u8] = b"\x89PNG\r\n\x1a\n\0\r\n--taskwright-effect720\r\n\xff";

impl FileSource for OneFile {
    fn file(&self, id: &FileId) -> Option<FileContent> {
        (id.as_str() == "file_photo").then(|| FileContent {
            name: "the \"box\"\r\n.png".to_owned(),
            content_type: "image/png".to_owned(),
            bytes: BYTES.to_vec(),
        })
    }
}

fn with_body(body: &Json, inputs: &[(&str, Value)]) -> ActionCall {
    call(
        &json!({ "request": { "method": "POST", "path": "/", "body": body } }),
        inputs,
    )
}

async fn sent(call: &ActionCall) -> Received {
    let server = Server::answering([Reply::json(&json!({}))]).await;
    let client = Client::new().unwrap().with_files(Arc::new(OneFile));
    fields(client.call(call, &to(&server.base_url)).await);
    server.only()
}

/// A file that nobody gave a name.
fn stored(id: &str) -> Value {
    Value::File(StoredFile {
        file: FileId::new(id),
        name: String::new(),
    })
}

fn photo() -> (&'static str, Value) {
    ("photo", stored("photo"))
}

#[tokio::test]
async fn a_form_keeps_every_value_in_its_field() {
    let body = json!({ "type": "form", "fields": [
        { "name": "note & more", "value": "{note}" }, { "name": "note & more", "value": "so: {note}" },
    ] });
    let received = sent(&with_body(&body, &[("note", text(HARD))])).await;
    assert_eq!(
        received.header("content-type"),
        Some("application/x-www-form-urlencoded")
    );
    let form = String::from_utf8(received.body).unwrap();
    let decoded = |text: &str| {
        percent_encoding::percent_decode_str(text)
            .decode_utf8()
            .unwrap()
            .into_owned()
    };
    let pairs: Vec<_> = form
        .split('&')
        .map(|pair| pair.split_once('=').unwrap())
        .map(|(name, value)| (decoded(name), decoded(value)))
        .collect();
    let name = "note & more".to_owned();
    assert_eq!(pairs, [(name.clone(), HARD.to_owned()), (name, format!("so: {HARD}"))]);
}

#[tokio::test]
async fn text_is_written_by_its_kind_so_that_a_value_stays_one() {
    let inputs = [("note", text(HARD)), ("count", Value::Integer(3))];
    let json_text = r#"{"note": "say \"{note}\"", "whole": {note}, "count": {count}}"#;
    let body = json!({ "type": "raw", "content_type": "application/vnd.shop+json; v=1", "text": json_text });
    let received = sent(&with_body(&body, &inputs)).await;
    let expected = json!({ "note": format!("say \"{HARD}\""), "whole": HARD, "count": 3 });
    assert_eq!(received.json(), expected, "JSON stays JSON");
    assert_eq!(received.header("content-type"), Some("application/vnd.shop+json; v=1"));

    let body = json!({ "type": "raw", "content_type": "text/xml", "text": "<a b='{note}'>{note}</a>" });
    let received = sent(&with_body(&body, &inputs)).await;
    let escaped = "a&quot;b\\c &lt;d&gt; &amp; &apos;e&apos; = ü 😀\r\n--x";
    let xml = String::from_utf8(received.body).unwrap();
    assert_eq!(xml, format!("<a b='{escaped}'>{escaped}</a>"), "XML stays XML");

    let body = json!({ "type": "raw", "content_type": "", "text": "{note}!" });
    let received = sent(&with_body(&body, &inputs)).await;
    assert_eq!(received.body, format!("{HARD}!").into_bytes(), "plain text is as it is");
    assert_eq!(received.header("content-type"), Some("text/plain; charset=utf-8"));
}

#[tokio::test]
async fn what_is_no_json_once_it_is_filled_is_not_sent() {
    let server = Server::answering([Reply::json(&json!({}))]).await;
    let body = json!({ "type": "raw", "content_type": "application/json", "text": "{\"a\": {note}" });
    let told = reason(cause(made(&with_body(&body, &[("note", text("b"))]), &server).await));
    assert_eq!(told, "body: it is no JSON once its values stand in it");
    assert!(server.received().is_empty(), "nothing was sent");
}

#[tokio::test]
async fn parts_arrive_byte_for_byte_and_a_name_cannot_end_its_line() {
    let body = json!({ "type": "multipart", "parts": [
        { "type": "text", "name": "note", "value": "{note}" },
        { "type": "file", "name": "photo", "input": "photo" },
    ] });
    let call = with_body(&body, &[("note", text(HARD)), photo()]);
    let received = sent(&call).await;
    let content_type = received.header("content-type").unwrap().to_owned();
    let boundary = content_type.strip_prefix("multipart/form-data; boundary=").unwrap();
    let mut expected = format!(
        "--{boundary}\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\n{HARD}\r\n--{boundary}\r\n\
         Content-Disposition: form-data; name=\"photo\"; filename=\"the %22box%22%0D%0A.png\"\r\n\
         Content-Type: image/png\r\n\r\n"
    )
    .into_bytes();
    expected.extend_from_slice(BYTES);
    expected.extend_from_slice(format!("\r\n--{boundary}--\r\n").as_bytes());
    assert_eq!(received.body, expected);
    assert!(
        !BYTES
            .windows(boundary.len())
            .any(|window| window == boundary.as_bytes()),
        "the line between the parts stands in none of them: {boundary}"
    );
    assert_eq!(
        sent(&call).await.body,
        received.body,
        "the same call is the same, byte by byte"
    );
    let client = Client::new().unwrap().with_files(Arc::new(OneFile));
    let shown = client
        .preview(&call, &to("https://api.example.com"))
        .unwrap()
        .body
        .unwrap();
    assert!(
        shown.contains(&format!("{} bytes›", BYTES.len())),
        "people see what it is: {shown}"
    );
}

#[tokio::test]
async fn a_file_goes_by_the_name_it_was_given() {
    let body = json!({ "type": "multipart", "parts": [
        { "type": "text", "name": "called", "value": "{photo}" },
        { "type": "file", "name": "photo", "input": "photo" },
    ] });
    let given = Value::File(StoredFile {
        file: FileId::new("photo"),
        name: "crushed \"corner\".png".to_owned(),
    });
    let received = sent(&with_body(&body, &[("photo", given)])).await;
    let body = String::from_utf8_lossy(&received.body).into_owned();
    assert!(body.contains("filename=\"crushed %22corner%22.png\""), "{body}");
    assert!(
        body.contains("name=\"called\"\r\n\r\ncrushed \"corner\".png\r\n"),
        "in words it is its name: {body}"
    );
}

#[tokio::test]
async fn a_file_alone_in_a_string_of_json_is_its_bytes_in_base64() {
    let body = json!({ "type": "json", "json": { "photo": "{photo}", "of": ["{photo}"] } });
    let received = sent(&with_body(&body, &[photo()])).await;
    let expected = "iVBORw0KGgoADQotLXRhc2t3cmlnaHQtZWZmZWN0NzIwDQr/";
    assert_eq!(received.json(), json!({ "photo": expected, "of": [expected] }));
}

#[tokio::test]
async fn a_file_that_is_gone_or_none_is_told() {
    let server = Server::answering([Reply::json(&json!({}))]).await;
    let client = Client::new().unwrap().with_files(Arc::new(OneFile));
    let parts = json!({ "type": "multipart", "parts": [{ "type": "file", "name": "photo", "input": "photo" }] });
    let gone = with_body(&parts, &[("photo", stored("gone"))]);
    let words = with_body(&parts, &[("photo", text("photo.png"))]);
    for (call, says) in [
        (gone, "part photo: the file is not here any more"),
        (words, "part photo: photo is no image and no file"),
    ] {
        let told = reason(cause(client.call(&call, &to(&server.base_url)).await));
        assert_eq!(told, says);
    }
    let mut optional = with_body(&parts, &[]);
    optional.action.inputs =
        serde_json::from_value(json!([{ "key": "photo", "kind": { "type": "image" }, "optional": true }])).unwrap();
    optional.inputs = BTreeMap::new();
    fields(client.call(&optional, &to(&server.base_url)).await);
    assert!(
        !server.only().body.windows(5).any(|window| window == b"photo"),
        "left out where none was given"
    );
}

#[tokio::test]
async fn packed_answers_are_read_like_others() {
    let packed: [(&str, &[u8]); 2] = [
        (
            "gzip",
            &[
                31, 139, 8, 0, 0, 0, 0, 0, 2, 3, 171, 86, 202, 76, 81, 178, 82, 74, 84, 170, 5, 0, 67, 230, 164, 154,
                10, 0, 0, 0,
            ],
        ),
        ("identity", br#"{"id":"a"}"#),
    ];
    for (encoding, body) in packed {
        let reply = Reply::With {
            status: 200,
            headers: vec![("content-encoding", encoding.to_owned())],
            body: body.to_vec(),
        };
        let server = Server::answering([reply]).await;
        let outputs = json!([{ "key": "id", "kind": { "type": "text" } }]);
        let found = fields(made(&crate::calls::look_up(&outputs), &server).await);
        assert_eq!(found["id"], text("a"), "{encoding}");
        let accepted = server.only().header("accept-encoding").unwrap_or_default().to_owned();
        for kind in ["gzip", "br", "zstd", "deflate"] {
            assert!(accepted.contains(kind), "{kind} is asked for: {accepted}");
        }
    }
}
