//! What bytes are, by what is in them. A name says what somebody calls them and nothing else.

use crate::error::{CommandError, ErrorCode};

/// What a file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Content {
    /// A picture that every browser shows, by its content type.
    Picture(&'static str),
    /// A picture or a document that is only handed on.
    Document(&'static str),
    /// Words without a mark of their own.
    Text,
    /// Something that runs, by what it is called: a program, a script, a page or a drawing with scripts in it.
    Runs(&'static str),
    /// Anything else.
    Unknown,
}

/// What customers may attach, for people.
const TAKEN: &str =
    "Pictures (PNG, JPEG, GIF, WebP, HEIC), PDF, text, tables (CSV) and office documents can be attached.";

/// Looks into bytes.
pub(crate) fn content_of(bytes: &[u8]) -> Content {
    if let Some(script) = markup(bytes) {
        return Content::Runs(script);
    }
    match infer::get(bytes).map(|kind| (kind.mime_type(), kind.matcher_type())) {
        Some((shown @ ("image/png" | "image/jpeg" | "image/gif" | "image/webp"), _)) => Content::Picture(shown),
        Some((picture @ ("image/heif" | "image/avif" | "image/tiff" | "image/bmp"), _)) => Content::Document(picture),
        Some((pdf @ "application/pdf", _)) => Content::Document(pdf),
        Some((_, infer::MatcherType::App)) => Content::Runs("a program"),
        Some((office, infer::MatcherType::Doc)) => Content::Document(office),
        Some((_, infer::MatcherType::Text)) if is_text(bytes) => Content::Text,
        Some(_) => Content::Unknown,
        None if is_text(bytes) => Content::Text,
        None => Content::Unknown,
    }
}

impl Content {
    /// The content type to say of it; `name` tells kinds of text apart.
    pub(crate) fn content_type(self, name: &str) -> &'static str {
        match self {
            Self::Picture(kind) | Self::Document(kind) => kind,
            Self::Text if ending(name).as_deref() == Some("csv") => "text/csv",
            Self::Text if ending(name).as_deref() == Some("json") => "application/json",
            Self::Text => "text/plain",
            Self::Runs(_) | Self::Unknown => "application/octet-stream",
        }
    }
}

/// How a stored file is served: as a picture of this content type, or, where none, for downloading only.
#[must_use]
pub fn shown_as(bytes: &[u8]) -> Option<&'static str> {
    match content_of(bytes) {
        Content::Picture(kind) => Some(kind),
        _ => None,
    }
}

/// The name to keep of what a customer attaches: theirs, with an ending that says what it is where a picture has none.
///
/// # Errors
/// When it may not be attached, with what may.
pub(crate) fn named(bytes: &[u8], name: &str) -> Result<String, CommandError> {
    let kind = attachable(bytes, name)?;
    let ending = match kind {
        "image/png" => "png",
        "image/jpeg" => "jpg",
        "image/gif" => "gif",
        "image/webp" => "webp",
        "image/heif" => "heic",
        _ => return Ok(name.to_owned()),
    };
    Ok(if called_picture(name) {
        name.to_owned()
    } else {
        format!("{name}.{ending}")
    })
}

/// The content type of what a customer attaches, if it may be attached.
fn attachable(bytes: &[u8], name: &str) -> Result<&'static str, CommandError> {
    let refused = |why: String| Err(CommandError::new(ErrorCode::BadRequest, format!("{why} {TAKEN}")).at("/file"));
    if bytes.is_empty() {
        return refused(format!("“{name}” is empty."));
    }
    let content = content_of(bytes);
    let called_picture = called_picture(name);
    match content {
        Content::Runs(what) if called_picture => refused(format!("“{name}” is no picture: inside it is {what}.")),
        Content::Runs(what) => refused(format!("“{name}” is {what}, and nothing that runs is taken.")),
        Content::Unknown if called_picture => refused(format!(
            "“{name}” is no picture, or a damaged one: nothing in it says that it is one."
        )),
        Content::Unknown => refused(format!("“{name}” is of a kind that is not taken.")),
        Content::Text if called_picture => refused(format!("“{name}” is no picture: inside it is text.")),
        Content::Document("application/pdf") if called_picture => {
            refused(format!("“{name}” is no picture: inside it is a PDF."))
        }
        Content::Picture(_) | Content::Document(_) | Content::Text => Ok(content.content_type(name)),
    }
}

/// Pages, drawings and scripts: text that a browser or a shell would run.
fn markup(bytes: &[u8]) -> Option<&'static str> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(4096)]).to_ascii_lowercase();
    let head = head.trim_start();
    if head.starts_with("#!") {
        return Some("a script");
    }
    if !head.starts_with('<') {
        return None;
    }
    if head.contains("<svg") {
        return Some("an SVG drawing, which can run scripts");
    }
    let page = ["<!doctype html", "<html", "<head", "<body", "<script", "<iframe"];
    page.iter()
        .any(|tag| head.contains(tag))
        .then_some("a web page, which can run scripts")
}

/// Words as people save them: UTF-8 without control characters, but for those of lines and tables.
fn is_text(bytes: &[u8]) -> bool {
    std::str::from_utf8(bytes).is_ok_and(|text| {
        !text
            .chars()
            .any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{c}'))
    })
}

fn called_picture(name: &str) -> bool {
    matches!(
        ending(name).as_deref(),
        Some("png" | "jpg" | "jpeg" | "gif" | "webp" | "heic" | "heif" | "avif" | "bmp" | "tif" | "tiff")
    )
}

fn ending(name: &str) -> Option<String> {
    let (_, ending) = name.rsplit_once('.')?;
    Some(ending.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::{attachable, named, shown_as};

    const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";
    const JPEG: &[u8] = b"\xff\xd8\xff\xe0\0\x10JFIF\0";
    const WEBP: &[u8] = b"RIFF\x24\0\0\0WEBPVP8 ";
    const ELF: &[u8] = b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x02\0\x3e\0\x01\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0";

    #[test]
    fn what_customers_may_attach_is_told_by_its_content() {
        let files: [(&[u8], &str, &str); 9] = [
            (PNG, "photo.png", "image/png"),
            (JPEG, "photo.png", "image/jpeg"),
            (PNG, "no ending", "image/png"),
            (b"GIF89a\x01\0\x01\0", "a.gif", "image/gif"),
            (WEBP, "a.webp", "image/webp"),
            (b"%PDF-1.7\n%\xe2\xe3", "bill.pdf", "application/pdf"),
            (b"number;total\n4512;79.00\n", "orders.csv", "text/csv"),
            ("Gr\u{fc}\u{df}e\n".as_bytes(), "note.txt", "text/plain"),
            (b"{\"a\":1}", "a.json", "application/json"),
        ];
        for (bytes, name, kind) in files {
            assert_eq!(attachable(bytes, name).unwrap(), kind, "{name}");
        }
    }

    #[test]
    fn a_program_is_refused_whatever_it_is_called_and_it_is_said_why() {
        let files: [(&[u8], &str, &str); 12] = [
            (ELF, "photo.png", "“photo.png” is no picture: inside it is a program."),
            (
                b"MZ\x90\0\x03\0\0\0",
                "photo.jpg",
                "“photo.jpg” is no picture: inside it is a program.",
            ),
            (
                b"#!/bin/sh\nrm -rf ~\n",
                "photo.png",
                "“photo.png” is no picture: inside it is a script.",
            ),
            (
                b"#!/usr/bin/env python3\n",
                "tool",
                "“tool” is a script, and nothing that runs is taken.",
            ),
            (
                b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>",
                "logo.png",
                "inside it is an SVG drawing",
            ),
            (
                b"<?xml version='1.0'?>\n<!-- a -->\n<SVG/>",
                "logo.svg",
                "is an SVG drawing, which can run scripts",
            ),
            (b"  <!DOCTYPE html><title>x</title>", "page.txt", "is a web page"),
            (
                b"\0\x01\x02\x03\xff\xfe",
                "photo.png",
                "is no picture, or a damaged one",
            ),
            (b"\0\x01\x02\x03\xff\xfe", "data.bin", "of a kind that is not taken"),
            (b"just words", "photo.png", "inside it is text"),
            (b"%PDF-1.7\n", "photo.png", "inside it is a PDF"),
            (b"", "photo.png", "“photo.png” is empty."),
        ];
        for (bytes, name, why) in files {
            let told = attachable(bytes, name).unwrap_err().message;
            assert!(told.contains(why) && told.contains("can be attached"), "{name}: {told}");
        }
    }

    #[test]
    fn a_picture_without_an_ending_gets_one() {
        assert_eq!(named(PNG, "photo").unwrap(), "photo.png", "so that it is known for one");
        assert_eq!(
            named(JPEG, "photo.PNG").unwrap(),
            "photo.PNG",
            "the customer's own is kept"
        );
        assert_eq!(named(b"words", "note").unwrap(), "note", "words need none");
    }

    #[test]
    fn only_pictures_are_ever_shown() {
        assert_eq!(shown_as(PNG), Some("image/png"), "by its content");
        for bytes in [b"<svg/>".as_slice(), b"<html>", b"%PDF-1.7", ELF, b"words", b"BM"] {
            assert_eq!(shown_as(bytes), None, "{bytes:?}");
        }
    }
}
