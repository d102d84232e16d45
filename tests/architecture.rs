//! The arrows between crates, held exactly.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

const ARROWS: [(&str, &[&str]); 12] = [
    ("domain", &[]),
    ("encoder", &[]),
    ("language", &["domain"]),
    ("engine", &["domain", "language"]),
    ("store", &["domain"]),
    ("bundle", &["domain"]),
    ("connect", &["domain", "engine"]),
    ("import", &["domain"]),
    (
        "commands",
        &[
            "bundle", "connect", "domain", "encoder", "engine", "import", "language", "store",
        ],
    ),
    ("channel", &["commands"]),
    ("desktop", &["channel", "commands"]),
    ("cli", &["bundle", "channel", "commands", "domain", "language"]),
];

#[test]
fn crates_use_what_they_may_and_nothing_else_of_ours() {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--no-deps", "--format-version", "1", "--offline"])
        .current_dir(taskwright_tests::top())
        .output()
        .unwrap();
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let mut found = BTreeMap::new();
    for package in metadata["packages"].as_array().unwrap() {
        let ours = |name: &str| name.strip_prefix("taskwright-").map(str::to_owned);
        let Some(name) = ours(package["name"].as_str().unwrap()).filter(|name| name != "tests") else {
            continue;
        };
        let uses: BTreeSet<_> = package["dependencies"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|dependency| dependency["kind"].is_null())
            .filter_map(|dependency| ours(dependency["name"].as_str().unwrap()))
            .collect();
        found.insert(name, uses);
    }
    let expected: BTreeMap<_, BTreeSet<_>> = ARROWS
        .iter()
        .map(|(name, uses)| ((*name).to_owned(), uses.iter().map(|used| (*used).to_owned()).collect()))
        .collect();
    assert_eq!(found, expected, "the arrows of ARCHITECTURE.md");
}
