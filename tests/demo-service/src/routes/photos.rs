//! Pictures that come with a complaint: kept as they were sent, to be looked at.

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use futures::stream;
use rusqlite::{OptionalExtension, params};
use serde::Deserialize;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::app::App;
use crate::error::Refusal;

/// A picture as it arrived.
struct Photo {
    name: String,
    content_type: String,
    bytes: Vec<u8>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct InBase64 {
    data: String,
}

/// `POST /photos`: a part `photo` with a file, or JSON with its bytes in base64 as `data`.
pub(crate) async fn keep(
    State(app): State<App>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<(StatusCode, Json<Value>), Refusal> {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    let photo = match kind.unwrap_or_default() {
        json if json.starts_with("application/json") => in_base64(&body)?,
        parts => in_parts(parts, body).await?,
    };
    let id: String = Sha256::digest(&photo.bytes)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    let answer = json!({ "id": id, "name": photo.name, "content_type": photo.content_type, "size": photo.bytes.len() });
    app.run(move |connection| {
        connection.execute(
            "INSERT INTO photos (id, name, content_type, bytes) VALUES (?1, ?2, ?3, ?4) \
             ON CONFLICT DO UPDATE SET name = excluded.name, content_type = excluded.content_type",
            params![id, photo.name, photo.content_type, photo.bytes],
        )?;
        Ok(())
    })
    .await?;
    Ok((StatusCode::CREATED, Json(answer)))
}

fn in_base64(body: &[u8]) -> Result<Photo, Refusal> {
    let sent: InBase64 = serde_json::from_slice(body).map_err(|error| Refusal::malformed(error.to_string()))?;
    let bytes = STANDARD.decode(sent.data);
    Ok(Photo {
        name: String::new(),
        content_type: String::new(),
        bytes: bytes.map_err(|error| Refusal::malformed(format!("`data` is no base64: {error}")))?,
    })
}

async fn in_parts(kind: &str, body: Bytes) -> Result<Photo, Refusal> {
    let malformed = |error: multer::Error| Refusal::malformed(error.to_string());
    let boundary = multer::parse_boundary(kind).map_err(malformed)?;
    let body = stream::once(std::future::ready(Ok::<_, std::convert::Infallible>(body)));
    let mut parts = multer::Multipart::new(body, boundary);
    while let Some(part) = parts.next_field().await.map_err(malformed)? {
        if part.name() == Some("photo") {
            return Ok(Photo {
                name: part.file_name().unwrap_or_default().to_owned(),
                content_type: part.content_type().map(ToString::to_string).unwrap_or_default(),
                bytes: part.bytes().await.map_err(malformed)?.to_vec(),
            });
        }
    }
    Err(Refusal::malformed("no part is called photo"))
}

/// `GET /photos/{id}`: the bytes as they arrived.
pub(crate) async fn show(State(app): State<App>, Path(id): Path<String>) -> Result<Response, Refusal> {
    let found = app
        .run(move |connection| {
            let mut query = connection.prepare("SELECT bytes FROM photos WHERE id = ?1")?;
            let bytes: Option<Vec<u8>> = query.query_row([&id], |row| row.get(0)).optional()?;
            Ok(bytes)
        })
        .await?;
    let bytes = found.ok_or_else(|| Refusal::not_found("no_such_photo", "no picture has this id"))?;
    Ok(bytes.into_response())
}
