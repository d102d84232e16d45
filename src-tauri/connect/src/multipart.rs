//! Bodies of parts (`multipart/form-data`, RFC 7578).

use taskwright_domain::{Part, StoredFile, Value};

use crate::body::Filled;
use crate::values::{Eyes, Unfilled, Values};

/// The parts, one behind the other. The line between them is made from the call's key, so that the same call is the same,
/// byte by byte, whenever it is sent.
pub(crate) fn written(parts: &[Part], values: &Values<'_>, key: &str) -> Result<Filled, Unfilled> {
    let mut written = Vec::new();
    for part in parts {
        match part {
            Part::Text { name, value } => {
                let value = values.fill(value).map_err(|why| format!("part {name}: {why}"))?;
                written.extend(value.map(|value| text_part(name, &value)));
            }
            Part::File { name, input } => {
                let files = files(input, values).map_err(|why| format!("part {name}: {why}"))?;
                for file in files {
                    written.push(file_part(name, &file, values).map_err(|why| format!("part {name}: {why}"))?);
                }
            }
        }
    }
    let boundary = boundary(key, &written);
    let mut bytes = Vec::new();
    for part in written {
        bytes.extend_from_slice(format!("--{boundary}\r\n").as_bytes());
        bytes.extend_from_slice(&part);
        bytes.extend_from_slice(b"\r\n");
    }
    bytes.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
    Ok(Filled {
        content_type: format!("multipart/form-data; boundary={boundary}"),
        fixed: true,
        bytes,
    })
}

fn text_part(name: &str, value: &str) -> Vec<u8> {
    format!(
        "Content-Disposition: form-data; name=\"{}\"\r\n\r\n{value}",
        quoted(name)
    )
    .into_bytes()
}

fn file_part(name: &str, stored: &StoredFile, values: &Values<'_>) -> Result<Vec<u8>, Unfilled> {
    let file = values.file(&stored.file)?;
    // The same bytes may have been given before, by another name.
    let called = if stored.name.is_empty() {
        &file.name
    } else {
        &stored.name
    };
    let content_type: String = file.content_type.chars().filter(|c| !c.is_control()).collect();
    let mut part = format!(
        "Content-Disposition: form-data; name=\"{}\"; filename=\"{}\"\r\nContent-Type: {content_type}\r\n\r\n",
        quoted(name),
        quoted(called),
    )
    .into_bytes();
    match values.eyes {
        Eyes::Receiver => part.extend_from_slice(&file.bytes),
        Eyes::People => part.extend_from_slice(file.described().as_bytes()),
    }
    Ok(part)
}

/// The files behind an input: one, several, or none where it is optional and was not given.
fn files(input: &str, values: &Values<'_>) -> Result<Vec<StoredFile>, Unfilled> {
    let Some(value) = values.value(input)? else {
        return Ok(Vec::new());
    };
    let items = match value.plain() {
        Value::List(items) => items.clone(),
        one => vec![one.clone()],
    };
    let files = items.into_iter().map(|item| match item.plain() {
        Value::File(file) => Ok(file.clone()),
        _ => Err(format!("{} is no image and no file", values.label(input))),
    });
    files.collect()
}

/// As browsers write names between quotes: nothing in them can end the line or the quotes.
fn quoted(name: &str) -> String {
    name.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A")
}

/// A line that stands in none of the parts.
fn boundary(key: &str, parts: &[Vec<u8>]) -> String {
    let own: String = key.chars().filter(char::is_ascii_alphanumeric).take(40).collect();
    let mut boundary = format!("taskwright-{own}");
    while parts.iter().any(|part| holds(part, boundary.as_bytes())) {
        boundary.push('x');
    }
    boundary
}

fn holds(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|window| window == wanted)
}
