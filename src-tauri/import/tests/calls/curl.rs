//! Twenty pasted commands become actions that do what the command does.

use std::collections::BTreeSet;

use serde_json::Value as Json;
use taskwright_domain::{ActionResult, Body};
use taskwright_import::{Draft, ImportError, curl};

use crate::commands::{Pasted, all};
use crate::recorder::{Recorder, form};

fn read(text: &str) -> Draft {
    curl::read(text, &BTreeSet::new()).unwrap()
}

#[tokio::test]
async fn twenty_pasted_commands_arrive_as_they_were_written() {
    let service = Recorder::start().await;
    let commands = all();
    assert_eq!(commands.len(), 20);
    for command in commands {
        arrives(&service, &command).await;
    }
}

async fn arrives(service: &Recorder, command: &Pasted) {
    let name = command.name;
    let draft = read(command.text);
    let inputs: Vec<_> = draft.action.inputs.iter().map(|input| input.key.as_str()).collect();
    assert_eq!(inputs, command.inputs, "{name}: inputs");
    let written = serde_json::to_string(&draft.action).unwrap();
    let told = format!("{draft:?}");
    for hidden in command.hidden {
        assert!(!written.contains(hidden), "{name}: {hidden} stands in the action");
        assert!(
            !told.contains(hidden) || draft.samples.values().any(|sample| sample.contains(hidden)),
            "{name}: {hidden} is told"
        );
        let handed_back = draft.secrets.iter().filter_map(|secret| secret.value.as_ref());
        let is_secret = handed_back.clone().any(|value| value.contains(hidden))
            || name.starts_with("basic")
            || name.starts_with("copied");
        assert!(is_secret, "{name}: {hidden} is handed back once");
    }
    if let Some(Body::Multipart { parts }) = draft.action.request.as_ref().and_then(|request| request.body.as_ref()) {
        // A picture is sent by its stored bytes, which this call does not have: what would be sent is looked at instead.
        let parts = serde_json::to_value(parts).unwrap();
        let expected = serde_json::json!([
            { "type": "text", "name": "reason", "value": "{reason}" },
            { "type": "file", "name": "photo", "input": "photo" },
        ]);
        assert_eq!(parts, expected, "{name}");
        return;
    }
    let pasted: Vec<_> = draft
        .secrets
        .iter()
        .filter_map(|secret| Some((secret.name.as_str(), secret.value.as_deref()?)))
        .collect();
    let secrets: Vec<_> = pasted.into_iter().chain(command.secrets.iter().copied()).collect();
    let (result, arrived) = service.call(&draft, command.values, &secrets).await;
    assert!(matches!(result, ActionResult::Succeeded { .. }), "{name}: {result:?}");
    assert_eq!(format!("{} {}", arrived.method, arrived.target), command.line, "{name}");
    for (header, value) in command.headers {
        assert_eq!(
            arrived.headers.get(*header).map(String::as_str),
            Some(*value),
            "{name}: header {header}"
        );
    }
    match serde_json::from_str::<Json>(command.body) {
        Ok(expected) => {
            let body: Json = serde_json::from_str(&arrived.body).unwrap();
            assert_eq!(body, expected, "{name}: body");
        }
        Err(_)
            if arrived
                .headers
                .get("content-type")
                .is_some_and(|kind| kind.ends_with("form-urlencoded")) =>
        {
            assert_eq!(arrived.form(), form(command.body), "{name}: form");
        }
        Err(_) => assert_eq!(arrived.body, command.body, "{name}: body"),
    }
}

#[test]
fn a_value_may_stay_as_the_example_has_it() {
    let text = "curl https://api.example.com/refunds -d charge=ch_0123456789 -d reason=duplicate";
    let draft = curl::read(text, &BTreeSet::from(["reason".to_owned()])).unwrap();
    let inputs: Vec<_> = draft.action.inputs.iter().map(|input| input.key.as_str()).collect();
    assert_eq!(inputs, ["charge"], "only what changes is asked for");
    let Some(Body::Form { fields }) = &draft.action.request.as_ref().unwrap().body else {
        panic!("a form")
    };
    assert_eq!(fields[1].value.0, "duplicate");
}

#[test]
fn what_changes_something_asks_for_a_yes_first() {
    for (text, changes) in [
        ("curl a.example/orders/1", false),
        ("curl -X DELETE a.example/orders/1", true),
    ] {
        let action = read(text).action;
        assert_eq!(
            (action.changes_data, action.needs_confirmation),
            (changes, changes),
            "{text}"
        );
    }
}

#[test]
fn what_was_not_taken_over_is_told() {
    let text = "curl -k -x http://proxy:1 --cert me.pem -d @order.json 'https://api.example.com/orders' | jq .";
    let notes = read(text).notes.join("\n");
    for words in [
        "certificates are always checked",
        "proxy",
        "client certificate",
        "order.json",
        "behind the command",
    ] {
        assert!(notes.contains(words), "{words}: {notes}");
    }
}

#[test]
fn what_is_no_command_is_told() {
    let read = |text: &str| curl::read(text, &BTreeSet::new()).unwrap_err();
    assert_eq!(read("wget https://a.example"), ImportError::NoCurl);
    assert_eq!(read(""), ImportError::NoCurl);
    assert_eq!(read("curl -X POST"), ImportError::NoAddress);
    assert_eq!(read("curl ftp://a.example/x"), ImportError::NoAddress);
    assert!(matches!(read("curl 'https://a"), ImportError::OpenQuote { .. }));
    assert!(matches!(
        read("curl -X PURGE https://a.example/x"),
        ImportError::Method { .. }
    ));
    assert!(matches!(
        read(&format!("curl {}", "a".repeat(300_000))),
        ImportError::TooLarge { .. }
    ));
}
