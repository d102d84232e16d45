//! Folders and file sets that must be refused.

use serde_json::json;

use super::sample::content;
use crate::{BundleCode, Files, Hashes, from_files, seal, to_files};

fn files() -> Files {
    to_files(&content()).unwrap()
}

fn code(files: &Files, hashes: Hashes) -> BundleCode {
    let error = from_files(files, hashes).unwrap_err();
    assert!(error.to_string().len() > 40, "the reason is told in full: {error}");
    error.code()
}

fn with(path: &str, bytes: impl AsRef<[u8]>) -> Files {
    let mut files = files();
    files.insert(path.to_owned(), bytes.as_ref().to_vec());
    files
}

#[test]
fn a_changed_file_is_refused_unless_a_person_is_editing() {
    let files = with("tasks/move-a-booking/01-look-it-up.md", "Something else.\n");
    assert_eq!(
        code(&files, Hashes::Check),
        BundleCode::WrongHash,
        "a bundle that was sent must be as it was made"
    );
    assert!(
        from_files(&files, Hashes::Ignore).is_ok(),
        "a folder being edited need not"
    );
    assert!(
        from_files(&seal(&files).unwrap(), Hashes::Check).is_ok(),
        "sealing makes it whole again"
    );
}

#[test]
fn sealing_changes_the_manifest_and_nothing_else() {
    let edited = with("notes.txt", "mine");
    let sealed = seal(&edited).unwrap();
    for (path, bytes) in &edited {
        assert!(
            path == "manifest.json" || sealed[path] == *bytes,
            "{path} is left alone"
        );
    }
    assert_eq!(
        from_files(&sealed, Hashes::Check).unwrap().name,
        "Bookings",
        "the name stays"
    );
    assert_eq!(seal(&sealed).unwrap(), sealed, "sealing twice changes nothing");
}

#[test]
fn a_file_that_is_missing_or_unlisted_is_refused() {
    let mut missing = files();
    missing.remove("teams.json");
    assert_eq!(
        code(&missing, Hashes::Check),
        BundleCode::MissingFile,
        "the manifest promises it"
    );
    assert_eq!(
        code(&with("extra.md", "x"), Hashes::Check),
        BundleCode::NotInManifest,
        "the manifest does not know it"
    );
    let mut no_text = files();
    no_text.remove("tasks/move-a-booking/01-look-it-up.md");
    assert_eq!(
        code(&no_text, Hashes::Ignore),
        BundleCode::MissingFile,
        "the task names it"
    );
}

#[test]
fn a_text_outside_the_folder_is_not_fetched() {
    for (file, expected) in [
        ("../../teams.json", BundleCode::UnsafePath),
        ("/etc/passwd", BundleCode::UnsafePath),
        ("C:\\secrets.txt", BundleCode::UnsafePath),
        ("nothing.md", BundleCode::MissingFile),
    ] {
        let task = json!({"id": "task_move", "title": "x", "blocks": [{"id": "block_1", "type": "instructions", "text": {"file": file}}]});
        let files = with("tasks/move-a-booking/task.json", task.to_string());
        assert_eq!(code(&files, Hashes::Ignore), expected, "{file}");
    }
}

#[test]
fn a_bundle_without_a_manifest_says_where_there_is_one() {
    let inner: Files = files()
        .into_iter()
        .map(|(path, bytes)| (format!("bookings/{path}"), bytes))
        .collect();
    let error = from_files(&inner, Hashes::Check).unwrap_err();
    assert_eq!(error.code(), BundleCode::NoManifest);
    assert!(
        error.to_string().contains("`bookings`"),
        "the folder inside is named: {error}"
    );
}

#[test]
fn an_unknown_format_is_refused_before_anything_else_is_read() {
    for format in [0_u64, 2, 99] {
        let manifest = json!({"format": format, "files": "another shape altogether"}).to_string();
        assert_eq!(
            code(&with("manifest.json", manifest), Hashes::Check),
            BundleCode::UnknownFormat,
            "format {format}"
        );
    }
    assert_eq!(
        code(&with("manifest.json", "{\"name\": \"x\"}"), Hashes::Check),
        BundleCode::BadJson,
        "no format at all"
    );
}

#[test]
fn ids_that_are_used_twice_are_refused_wherever_they_stand() {
    let twice_action = serde_json::to_vec(&content().actions[0]).unwrap();
    assert_eq!(
        code(&with("actions/other.json", twice_action), Hashes::Ignore),
        BundleCode::DuplicateId,
        "two actions"
    );
    let blocks =
        json!([{"id": "block_1", "type": "message", "text": ""}, {"id": "block_1", "type": "message", "text": ""}]);
    let task = json!({"id": "task_move", "title": "x", "blocks": blocks}).to_string();
    assert_eq!(
        code(&with("tasks/move-a-booking/task.json", task), Hashes::Ignore),
        BundleCode::DuplicateId,
        "two blocks"
    );
    let copy = json!({"id": "task_copy", "title": "x", "blocks": [{"id": "block_1", "type": "message", "text": ""}]})
        .to_string();
    assert_eq!(
        code(&with("tasks/copy/task.json", copy), Hashes::Ignore),
        BundleCode::DuplicateId,
        "blocks of two tasks"
    );
    let teams = json!([{"id": "team_front_desk", "name": "a"}, {"id": "team_front_desk", "name": "b"}]).to_string();
    assert_eq!(
        code(&with("teams.json", teams), Hashes::Ignore),
        BundleCode::DuplicateId,
        "two teams"
    );
}

#[test]
fn json_that_is_enormous_deep_broken_or_no_text_is_refused() {
    let path = "actions/get_booking.json";
    let deep = format!("{{\"request\": {}", "[".repeat(200_000));
    assert_eq!(code(&with(path, deep), Hashes::Ignore), BundleCode::JsonTooDeep, "deep");
    let large = format!("\"{}\"", "x".repeat(5 << 20));
    assert_eq!(
        code(&with(path, large), Hashes::Ignore),
        BundleCode::JsonTooLarge,
        "enormous"
    );
    assert_eq!(
        code(&with(path, "{\"id\": \"action_1\","), Hashes::Ignore),
        BundleCode::BadJson,
        "broken"
    );
    assert_eq!(
        code(&with(path, "[]"), Hashes::Ignore),
        BundleCode::BadJson,
        "another shape"
    );
    assert_eq!(
        code(&with(path, [0xff, 0xfe, 0]), Hashes::Ignore),
        BundleCode::NotText,
        "no UTF-8"
    );
    assert_eq!(
        code(&with("articles/parking.md", "Hello"), Hashes::Ignore),
        BundleCode::BadFrontMatter,
        "no front matter"
    );
}

#[test]
fn the_message_says_where_broken_json_breaks() {
    let error = from_files(
        &with("teams.json", "[\n  {\"id\": \"team_1\",\n  oops}]"),
        Hashes::Ignore,
    )
    .unwrap_err();
    assert!(
        error.to_string().contains("`teams.json`") && error.to_string().contains("line 3"),
        "{error}"
    );
}

#[test]
fn paths_that_some_systems_cannot_hold_are_refused() {
    for path in [
        "../x.md",
        "/x.md",
        "a/../../x.md",
        "a//b.md",
        "./x.md",
        "C:/x.md",
        "a\\b.md",
        "nul",
        "tasks/CON.md",
        "a./b.md",
        "a /b.md",
        "x\0.md",
        "x\n.md",
        "ü.md",
        "a?.md",
        "articles/\u{202e}dm.md",
    ] {
        assert_eq!(
            code(&with(path, "x"), Hashes::Ignore),
            BundleCode::UnsafePath,
            "{path:?}"
        );
    }
    assert_eq!(
        code(&with(&"long/".repeat(60), "x"), Hashes::Ignore),
        BundleCode::UnsafePath,
        "a path of 300 characters"
    );
    for path in ["Readme.md", "teams.json/x.md", "TASKS/x.md"] {
        assert_eq!(
            code(&with(path, "x"), Hashes::Ignore),
            BundleCode::CollidingPaths,
            "{path} meets another"
        );
    }
}
