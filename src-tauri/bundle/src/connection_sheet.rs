//! `connection-sheet.md`: what engineers need to know, and have to answer, to connect the actions.

use taskwright_domain::{
    Action, ActionInput, Authentication, Body, FailureCause, Field, HttpRequest, Method, Part, Stub, StubAnswer,
    StubValue,
};

use crate::words::{flat_fields, line, type_words};
use crate::{BundleContent, Withheld, WithheldPart, json};

/// The text of the file; none where there is nothing to connect.
pub(crate) fn connection_sheet(content: &BundleContent, withheld: &[Withheld]) -> Option<String> {
    if content.actions.is_empty() {
        return None;
    }
    let mut out = format!("# Connection sheet: {}\n\n", line(&content.name));
    out.push_str(
        "For engineers. Each action below is one HTTP call. Hosts and secrets never travel with a bundle: whoever imports it \
         enters them once, per environment.\n",
    );
    for action in &content.actions {
        let withheld: Vec<_> = withheld
            .iter()
            .filter(|part| part.document == action.id.0)
            .map(|part| &part.what)
            .collect();
        out.push_str(&action_sheet(action, &withheld));
    }
    Some(out)
}

fn action_sheet(action: &Action, withheld: &[&WithheldPart]) -> String {
    let state = if action.request.is_some() {
        ""
    } else {
        ": not connected yet"
    };
    let mut out = format!("\n## {} (`{}`){state}\n\n", line(&action.name), line(&action.key));
    if !action.description.trim().is_empty() {
        out.push_str(&format!("{}\n\n", line(&action.description)));
    }
    out.push_str(&traits(action));
    if let Some(request) = &action.request {
        out.push_str(&call(request));
    }
    out.push_str(&inputs(&action.inputs));
    out.push_str(&outputs(&action.outputs));
    out.push_str(&samples(&action.stubs));
    out.push_str(&open_questions(action, withheld));
    out
}

fn traits(action: &Action) -> String {
    let mut words = Vec::new();
    words.push(if action.changes_data {
        "It changes data."
    } else {
        "It only looks something up."
    });
    if action.needs_confirmation {
        words.push("The customer confirms first.");
    }
    if action.receiver_honours_key {
        words.push("A repeat with the same `Idempotency-Key` header must change nothing twice.");
    }
    format!("{}\n\n", words.join(" "))
}

fn call(request: &HttpRequest) -> String {
    let method = match request.method {
        Method::Get => "GET",
        Method::Post => "POST",
        Method::Put => "PUT",
        Method::Patch => "PATCH",
        Method::Delete => "DELETE",
    };
    let mut out = format!("### Call\n\n```\n{method} {}\n", plain(&request.path.0));
    for pair in &request.query {
        out.push_str(&format!("?{}={}\n", plain(&pair.name), plain(&pair.value.0)));
    }
    for pair in &request.headers {
        out.push_str(&format!("{}: {}\n", plain(&pair.name), plain(&pair.value.0)));
    }
    if let Some(body) = &request.body {
        out.push_str(&format!("\n{}\n", body_words(body)));
    }
    out.push_str("```\n\n");
    if let Some(words) = authentication_words(&request.auth) {
        out.push_str(&format!("Authentication: {words}.\n\n"));
    }
    out
}

fn body_words(body: &Body) -> String {
    match body {
        Body::Json { json } => json::canonical(json),
        Body::Form { fields } => {
            let fields = fields
                .iter()
                .map(|field| format!("{}={}", plain(&field.name), plain(&field.value.0)));
            fields.collect::<Vec<_>>().join("\n")
        }
        Body::Raw { text, .. } => text.0.replace("```", "` ` `"),
        Body::Multipart { parts } => {
            let parts = parts.iter().map(|part| match part {
                Part::Text { name, value } => format!("{}={}", plain(name), plain(&value.0)),
                Part::File { name, input } => format!("{}=@{}", plain(name), plain(input)),
            });
            parts.collect::<Vec<_>>().join("\n")
        }
    }
}

/// How the caller proves who it is; secrets by their names.
fn authentication_words(auth: &Authentication) -> Option<String> {
    let secret = auth.secret()?;
    Some(match auth {
        Authentication::None => return None,
        Authentication::Bearer { .. } => format!("`Authorization: Bearer` with the secret `{secret}`"),
        Authentication::Basic { user, .. } => {
            format!("user `{}` with the password in the secret `{secret}`", plain(&user.0))
        }
        Authentication::ApiKeyHeader { name, .. } => {
            format!("the header `{}` with the secret `{secret}`", plain(name))
        }
        Authentication::ApiKeyQuery { name, .. } => {
            format!("the query value `{}` with the secret `{secret}`", plain(name))
        }
        Authentication::OAuth2 { token_url, scope, .. } => {
            let scope = if scope.trim().is_empty() {
                String::new()
            } else {
                format!(", for `{}`", plain(scope))
            };
            let url = plain(token_url);
            format!("a token from `{url}`{scope}, by OAuth 2.0 client credentials with the secret `{secret}`")
        }
    })
}

/// Inside a code block: one line, and no fence of its own.
fn plain(words: &str) -> String {
    words
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .replace("```", "` ` `")
}

fn inputs(inputs: &[ActionInput]) -> String {
    if inputs.is_empty() {
        return "### Inputs\n\nNone.\n\n".to_owned();
    }
    let mut out = "### Inputs\n\n| key | type | must | meaning |\n| --- | --- | --- | --- |\n".to_owned();
    for input in inputs {
        let must = if input.optional { "no" } else { "yes" };
        let meaning = if input.description.is_empty() {
            input.label()
        } else {
            input.description.clone()
        };
        out.push_str(&format!(
            "| `{}` | {} | {must} | {}{} |\n",
            line(&input.key),
            type_words(&input.kind),
            line(&meaning),
            line(&values_words(input))
        ));
    }
    out.push('\n');
    out
}

/// What an input may be, and what it is where nothing is given.
fn values_words(input: &ActionInput) -> String {
    let mut words = String::new();
    if !input.allowed.is_empty() {
        words.push_str(&format!("; one of: {}", input.allowed.join(", ")));
    }
    if let Some(default) = &input.default {
        words.push_str(&format!("; {default} where nothing is given"));
    }
    words
}

fn outputs(fields: &[Field]) -> String {
    if fields.is_empty() {
        return "### Outputs\n\nNone.\n\n".to_owned();
    }
    let mut out = "### Outputs\n\n| field | type | must | path in the answer |\n| --- | --- | --- | --- |\n".to_owned();
    for (name, field) in flat_fields(fields) {
        let must = if field.optional { "no" } else { "yes" };
        let path = if field.path.is_empty() {
            format!("$.{}", field.key)
        } else {
            field.path.clone()
        };
        out.push_str(&format!(
            "| `{}` | {} | {must} | `{}` |\n",
            line(&name),
            type_words(&field.kind),
            line(&path)
        ));
    }
    out.push('\n');
    out
}

fn samples(stubs: &[Stub]) -> String {
    if stubs.is_empty() {
        return String::new();
    }
    let mut out = "### Sample answers\n\n".to_owned();
    for stub in stubs {
        let when: Vec<_> = stub
            .when
            .iter()
            .map(|(key, value)| format!("{key} is {value}"))
            .collect();
        let when = if when.is_empty() {
            String::new()
        } else {
            format!(", when {}", line(&when.join(" and ")))
        };
        let after = if stub.delay_ms == 0 {
            String::new()
        } else {
            format!(", after {} ms", stub.delay_ms)
        };
        out.push_str(&format!(
            "- **{}**{when}{after}: {}\n",
            line(&stub.name),
            answer(&stub.answer)
        ));
    }
    out.push('\n');
    out
}

fn answer(answer: &StubAnswer) -> String {
    match answer {
        StubAnswer::Fields { fields } => {
            let fields: Vec<_> = fields
                .iter()
                .map(|(key, value)| format!("`{}` = {}", line(key), stub_value(value)))
                .collect();
            fields.join(", ")
        }
        StubAnswer::Http { status, body } => format!("HTTP {status} `{}`", line(&body.to_string())),
        StubAnswer::Failure { cause } => format!("fails: {}", cause_words(cause)),
    }
}

fn stub_value(value: &StubValue) -> String {
    match value {
        StubValue::One(words) => line(words),
        StubValue::Rows(rows) => format!("{} rows", rows.len()),
    }
}

fn cause_words(cause: &FailureCause) -> String {
    match cause {
        FailureCause::Timeout => "no answer in time".into(),
        FailureCause::Unreachable => "no connection".into(),
        FailureCause::Cut => "the connection breaks before the answer".into(),
        FailureCause::NotFound => "not found (404)".into(),
        FailureCause::Status { status } => format!("HTTP {status}"),
        FailureCause::NotJson => "the answer is no JSON".into(),
        FailureCause::WrongShape { difference } => format!("the answer has another shape ({})", line(difference)),
        FailureCause::TooLarge => "the answer is too large".into(),
        FailureCause::NotConnected => "not connected".into(),
        FailureCause::NoStub => "no sample answer".into(),
        FailureCause::BadRequest { reason }
        | FailureCause::Refused { reason }
        | FailureCause::CircuitOpen { reason }
        | FailureCause::NoToken { reason } => line(reason),
    }
}

fn open_questions(action: &Action, withheld: &[&WithheldPart]) -> String {
    let mut questions = Vec::new();
    if action.request.is_none() {
        questions.push("Which URL and method?".to_owned());
        questions.push("Which authentication?".to_owned());
        questions.push("Which errors, and what do they look like? Which status means *not found*?".to_owned());
        questions.push("Are the types and paths above right? Please add a real answer.".to_owned());
        if action.changes_data && !action.receiver_honours_key {
            questions.push(
                "Does the receiver honour an `Idempotency-Key`, so that a repeat changes nothing twice?".to_owned(),
            );
        }
    }
    let secret = action.request.as_ref().and_then(|request| request.auth.secret());
    if let Some(secret) = secret.filter(|secret| !secret.is_empty()) {
        questions.push(format!(
            "Needs the secret `{secret}`. Enter it under Settings after the import, with the hosts it may be sent to."
        ));
    }
    for part in withheld {
        questions.push(match part {
            WithheldPart::Host { suggestion } => {
                format!("The author wrote the host `{}`. Is this the base URL? Confirm it when you import.", plain(suggestion))
            }
            WithheldPart::TokenHost { suggestion } => {
                format!("The author fetched tokens from `{}`. Enter the token address when you connect the action.", plain(suggestion))
            }
            WithheldPart::Secret { place } => {
                format!("Needs a secret in {}: a value stood there and was left out. Bind a secret by name after the import.", line(place))
            }
        });
    }
    if questions.is_empty() {
        return String::new();
    }
    let lines: String = questions.iter().map(|question| format!("- [ ] {question}\n")).collect();
    format!("### Open questions\n\n{lines}")
}
