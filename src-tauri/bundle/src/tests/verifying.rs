use serde_json::json;

use super::sample::content;
use crate::{BundleCode, Files, Finding, FindingLevel, seal, to_files, verify};

fn with(path: &str, bytes: impl AsRef<[u8]>) -> Vec<Finding> {
    let mut files: Files = to_files(&content()).unwrap();
    files.insert(path.to_owned(), bytes.as_ref().to_vec());
    verify(&seal(&files).unwrap())
}

fn codes(findings: &[Finding]) -> Vec<BundleCode> {
    findings.iter().map(|finding| finding.code).collect()
}

#[test]
fn a_sound_bundle_has_no_findings() {
    assert_eq!(verify(&to_files(&content()).unwrap()), Vec::new());
}

#[test]
fn everything_that_is_wrong_is_told_at_once() {
    let mut files = to_files(&content()).unwrap();
    files.insert("teams.json".into(), b"oops".to_vec());
    files.insert("actions/get_booking.json".into(), b"{}".to_vec());
    files.remove("articles/parking.md");
    let findings = verify(&files);
    let refused: Vec<_> = findings
        .iter()
        .filter(|finding| finding.level == FindingLevel::Refused)
        .collect();
    for (code, path) in [
        (BundleCode::WrongHash, "teams.json"),
        (BundleCode::BadJson, "teams.json"),
        (BundleCode::BadJson, "actions/get_booking.json"),
        (BundleCode::MissingFile, "articles/parking.md"),
    ] {
        assert!(
            refused
                .iter()
                .any(|finding| finding.code == code && finding.path.as_deref() == Some(path)),
            "{code:?} {path}: {findings:#?}"
        );
    }
}

#[test]
fn what_is_named_and_missing_is_a_warning() {
    let mut content = content();
    content.actions.clear();
    content.teams.clear();
    content.attributes.clear();
    let findings = verify(&to_files(&content).unwrap());
    assert!(
        findings
            .iter()
            .all(|finding| finding.code == BundleCode::Dangling && finding.level == FindingLevel::Warning),
        "{findings:#?}"
    );
    let messages: String = findings.iter().map(|finding| finding.message.as_str()).collect();
    for name in ["action_get_booking", "team_front_desk", "loyalty_level"] {
        assert!(messages.contains(name), "{name} is named: {messages}");
    }
}

#[test]
fn a_slip_of_the_pen_is_noticed() {
    let teams = json!([{"id": "team_front_desk", "name": "Front desk", "descripton": "For stays."}]).to_string();
    let findings = with("teams.json", teams);
    assert_eq!(codes(&findings), [BundleCode::UnknownField], "{findings:#?}");
    assert!(
        findings[0].message.contains("/0/descripton"),
        "the place is told: {}",
        findings[0].message
    );
}

#[test]
fn two_with_one_key_are_a_warning() {
    let action =
        json!({"id": "action_other", "key": "get_booking", "name": "Other", "result_name": "other"}).to_string();
    assert_eq!(
        codes(&with("actions/other.json", action)),
        [BundleCode::DuplicateKey],
        "both can be imported and renamed"
    );
}

#[test]
fn a_file_nothing_uses_is_a_warning() {
    assert_eq!(
        codes(&with("tasks/move-a-booking/09-old.md", "Old words.")),
        [BundleCode::UnusedFile],
        "it would be lost silently"
    );
}

#[test]
fn a_key_in_a_text_is_noticed_and_not_repeated() {
    let findings = with(
        "articles/parking.md",
        "---\nid: article_parking\ntitle: Parking\n---\n\nUse sk-abcd1234efgh5678ijkl for it.\n",
    );
    assert_eq!(codes(&findings), [BundleCode::LooksLikeSecret], "{findings:#?}");
    assert!(
        !findings[0].message.contains("abcd1234"),
        "the key itself is not told on: {}",
        findings[0].message
    );
}
