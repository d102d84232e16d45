use serde_json::json;
use taskwright_domain::{Authentication, Body, Pair, Part, Template};

use super::sample::content;
use crate::{BundleContent, Hashes, WithheldPart, compare, for_export, from_files, pack, to_files};

fn pair(name: &str, value: &str) -> Pair {
    Pair::new(name, value)
}

fn typed_in_everywhere() -> BundleContent {
    let mut content = content();
    let request = content.actions[0].request.as_mut().unwrap();
    request.path =
        Template::new("https://me:hunter2@api.shop.test:8443/bookings/{booking_number}?api_key=k3y-in-path&x=1");
    request.query = vec![pair("access_token", "t0ken-in-query"), pair("lang", "en")];
    request.headers = vec![
        pair("Authorization", "Bearer s3cret-in-header"),
        pair("X-Api-Key", "k3y-in-header"),
        pair("Cookie", "sid=c00kie-in-header"),
        pair("X-Custom", "Bearer 0dd-place-for-it"),
        pair("X-Filled", "Bearer {booking_number}"),
        pair("Accept", "application/json"),
    ];
    request.body = Some(Body::Json {
        json: json!({"password": "p4ss-in-body", "items": [{"client_secret": "s3cret-in-body", "key": "reason"}]}),
    });
    content
}

#[test]
fn no_password_key_or_host_travels_as_data() {
    let files = to_files(&typed_in_everywhere()).unwrap();
    let secrets = [
        "hunter2",
        "k3y-in-path",
        "t0ken-in-query",
        "s3cret-in-header",
        "k3y-in-header",
        "c00kie-in-header",
        "0dd-place-for-it",
        "p4ss-in-body",
        "s3cret-in-body",
    ];
    for (path, bytes) in &files {
        let text = String::from_utf8_lossy(bytes);
        for secret in secrets {
            assert!(!text.contains(secret), "{path} holds {secret}");
        }
        let suggests = path == "connection-sheet.md";
        assert_eq!(
            text.contains("api.shop.test"),
            suggests,
            "the host stands in the connection sheet and nowhere else: {path}"
        );
    }
    assert!(pack(&files).is_ok(), "and it can be sent");
}

#[test]
fn what_is_no_secret_stays() {
    let read = from_files(&to_files(&typed_in_everywhere()).unwrap(), Hashes::Check).unwrap();
    let request = read.actions[0].request.as_ref().unwrap();
    assert_eq!(
        request.path.0, "/bookings/{booking_number}?api_key=&x=1",
        "path and query stay"
    );
    assert_eq!(
        request.query,
        vec![pair("access_token", ""), pair("lang", "en")],
        "only the token is gone"
    );
    assert_eq!(
        request.headers[4],
        pair("X-Filled", "Bearer {booking_number}"),
        "a pill is no literal"
    );
    assert_eq!(request.headers[5], pair("Accept", "application/json"), "nor is this");
    assert_eq!(
        request.body,
        Some(Body::Json {
            json: json!({"password": "", "items": [{"client_secret": "", "key": "reason"}]})
        }),
        "the body keeps its shape"
    );
}

#[test]
fn the_connection_sheet_says_what_was_left_out_and_where() {
    let (_, withheld) = for_export(&typed_in_everywhere());
    assert_eq!(withheld.len(), 10, "one host and nine secrets: {withheld:#?}");
    assert_eq!(
        withheld[0].what,
        WithheldPart::Host {
            suggestion: "https://api.shop.test:8443".into()
        },
        "without user and password"
    );
    let files = to_files(&typed_in_everywhere()).unwrap();
    let sheet = String::from_utf8_lossy(&files["connection-sheet.md"]);
    for place in [
        "the header Authorization",
        "the query value api_key",
        "the field client_secret of the body",
        "`https://api.shop.test:8443`",
    ] {
        assert!(sheet.contains(place), "the sheet names {place}: {sheet}");
    }
}

#[test]
fn what_stayed_behind_is_no_difference_when_it_comes_back() {
    let mine = typed_in_everywhere();
    let read = from_files(&to_files(&mine).unwrap(), Hashes::Check).unwrap();
    let states: Vec<_> = compare(&mine, &read).items.into_iter().map(|item| item.state).collect();
    assert!(
        states.iter().all(|state| *state == crate::ItemState::Same),
        "{states:?}"
    );
}

const KEY: &str = "sk-abcd1234efgh5678";

fn typed_into_texts() -> BundleContent {
    let mut content = content();
    content.description = format!("With {KEY}.");
    content.tasks[0].description = format!("Use {KEY} here.");
    content.articles[0].text = format!("Call /v1/{KEY}/orders.\n");
    content.conversations[0].markdown = format!("```chat\ncustomer: {KEY}\n```\n");
    content.teams[0].words_open = KEY.into();
    content.attributes[0].description = KEY.into();
    content.actions[0].stubs[0].name = format!("Found {KEY}");
    content.actions[1].inputs[0].key = "password".into();
    content.actions[1].inputs[0].from = taskwright_domain::InputFrom::Fixed {
        value: Template::new("hunter2"),
    };
    let taskwright_domain::BlockKind::RunAction { inputs, .. } = &mut content.tasks[0].blocks[3].kind else {
        panic!("the sample changed")
    };
    inputs.insert("api_token".into(), Template::new("hunter2"));
    content
}

#[test]
fn no_key_travels_in_a_text_or_an_input_either() {
    let files = to_files(&typed_into_texts()).unwrap();
    for (path, bytes) in &files {
        let text = String::from_utf8_lossy(bytes);
        for secret in [KEY, "hunter2"] {
            assert!(!text.contains(secret), "{path} holds {secret}");
        }
    }
    let task = &for_export(&typed_into_texts()).0.tasks[0];
    assert_eq!(task.description, "Use [left out] here.", "the words around it stay");
}

#[test]
fn what_was_left_out_is_told_without_the_secret() {
    let (_, withheld) = for_export(&typed_into_texts());
    let told: Vec<_> = withheld.iter().map(ToString::to_string).collect();
    assert_eq!(
        told,
        [
            "the password or key in the input api_token of a step of the task “Move a booking”",
            "the password or key in the text of the task “Move a booking”",
            "the password or key in the text of the action “Get booking”",
            "the password or key in the input password of the action “Move booking”",
            "the password or key in the text of the attribute “loyalty level”",
            "the password or key in the text of the team “Front desk”",
            "the password or key in the text of the article “Parking”",
            "the password or key in the text of the scripted conversation “happy-path”",
        ]
    );
}

#[test]
fn nothing_secret_travels_in_a_body_of_any_kind_or_with_the_authentication() {
    let mut content = content();
    let bodies = [
        Body::Form {
            fields: vec![pair("password", "p4ss-in-form"), pair("note", "kept")],
        },
        Body::Raw {
            content_type: "application/json".into(),
            text: Template::new("{\"api_key\": \"k3y-in-json-text\", \"note\": \"kept\"}"),
        },
        Body::Raw {
            content_type: "application/x-www-form-urlencoded".into(),
            text: Template::new("client_secret=s3cret-in-form-text&note=kept"),
        },
        Body::Multipart {
            parts: vec![
                Part::Text {
                    name: "access_token".into(),
                    value: Template::new("t0ken-in-part"),
                },
                Part::Text {
                    name: "note".into(),
                    value: Template::new("kept"),
                },
            ],
        },
    ];
    for body in bodies {
        let request = content.actions[0].request.as_mut().unwrap();
        request.body = Some(body);
        request.auth = Authentication::OAuth2 {
            token_url: "https://me:hunter2@login.shop.test/oauth/token".into(),
            client_id: "taskwright".into(),
            client_secret: taskwright_domain::SecretName::new("SHOP_CLIENT").unwrap(),
            scope: "orders".into(),
            credentials_in: taskwright_domain::CredentialsIn::Header,
            audience: None,
        };
        let files = to_files(&content).unwrap();
        for (path, bytes) in &files {
            let text = String::from_utf8_lossy(bytes);
            for secret in ["p4ss-in", "k3y-in", "s3cret-in", "t0ken-in", "hunter2"] {
                assert!(!text.contains(secret), "{path} holds {secret}");
            }
            let suggests = path == "connection-sheet.md";
            assert_eq!(
                text.contains("login.shop.test"),
                suggests,
                "the host is suggested: {path}"
            );
        }
        let sheet = String::from_utf8_lossy(&files["connection-sheet.md"]);
        assert!(
            sheet.contains("kept") && sheet.contains("Needs the secret `SHOP_CLIENT`"),
            "{sheet}"
        );
        let read = from_files(&files, Hashes::Check).unwrap();
        let auth = &read.actions[0].request.as_ref().unwrap().auth;
        let Authentication::OAuth2 { token_url, .. } = auth else {
            panic!("{auth:?}")
        };
        assert_eq!(token_url, "/oauth/token", "the path stays");
    }
}
