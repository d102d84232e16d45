use std::fs;

use super::sample::content;
use crate::{BundleCode, Hashes, from_files, read_folder, to_files, write_folder};

#[test]
fn a_folder_comes_back_as_it_was_written() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("new/bookings");
    let files = to_files(&content()).unwrap();
    write_folder(&folder, &files).unwrap();
    assert_eq!(read_folder(&folder).unwrap(), files, "file by file");
    let left: Vec<_> = fs::read_dir(folder.parent().unwrap()).unwrap().collect();
    assert_eq!(left.len(), 1, "nothing temporary is left beside it");
}

#[test]
fn a_bundle_is_replaced_as_a_whole() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("bookings");
    let mut files = to_files(&content()).unwrap();
    write_folder(&folder, &files).unwrap();
    files.remove("articles/parking.md");
    write_folder(&folder, &files).unwrap();
    assert_eq!(read_folder(&folder).unwrap(), files, "what is gone is gone");
}

#[test]
fn a_folder_with_other_things_is_left_alone() {
    let place = tempfile::tempdir().unwrap();
    let files = to_files(&content()).unwrap();
    let holiday = place.path().join("holiday");
    fs::create_dir(&holiday).unwrap();
    fs::write(holiday.join("beach.jpg"), "x").unwrap();
    assert_eq!(
        write_folder(&holiday, &files).unwrap_err().code(),
        BundleCode::FolderInUse,
        "it holds no bundle"
    );
    assert_eq!(
        fs::read_dir(&holiday).unwrap().count(),
        1,
        "and nothing was written there"
    );

    let hidden = place.path().join("bookings");
    write_folder(&hidden, &files).unwrap();
    fs::create_dir(hidden.join(".git")).unwrap();
    assert_eq!(
        write_folder(&hidden, &files).unwrap_err().code(),
        BundleCode::FolderInUse,
        "a repository would be lost"
    );

    let file = place.path().join("a-file");
    fs::write(&file, "x").unwrap();
    assert_eq!(
        write_folder(&file, &files).unwrap_err().code(),
        BundleCode::Folder,
        "a file is no folder"
    );
}

#[test]
fn an_empty_folder_is_filled() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("empty");
    fs::create_dir(&folder).unwrap();
    let files = to_files(&content()).unwrap();
    write_folder(&folder, &files).unwrap();
    assert_eq!(read_folder(&folder).unwrap(), files, "nothing stood in the way");
}

#[test]
fn hidden_files_of_editors_are_not_part_of_a_bundle() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("bookings");
    let files = to_files(&content()).unwrap();
    write_folder(&folder, &files).unwrap();
    fs::write(folder.join(".DS_Store"), "x").unwrap();
    fs::write(folder.join("tasks/.swp"), "x").unwrap();
    assert_eq!(read_folder(&folder).unwrap(), files, "they are left out");
}

#[test]
#[cfg(unix)]
fn a_link_in_a_folder_is_refused() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("bookings");
    write_folder(&folder, &to_files(&content()).unwrap()).unwrap();
    std::os::unix::fs::symlink("/etc/passwd", folder.join("articles/passwd.md")).unwrap();
    assert_eq!(
        read_folder(&folder).unwrap_err().code(),
        BundleCode::NotAFile,
        "it would read another file"
    );
}

#[test]
fn a_folder_that_is_too_much_is_refused() {
    let place = tempfile::tempdir().unwrap();
    fs::write(place.path().join("big.md"), vec![b'x'; (8 << 20) + 1]).unwrap();
    assert_eq!(
        read_folder(place.path()).unwrap_err().code(),
        BundleCode::FileTooLarge,
        "one enormous file"
    );
    let missing = read_folder(&place.path().join("nowhere")).unwrap_err();
    assert_eq!(
        missing.code(),
        BundleCode::Folder,
        "a folder that is not there: {missing}"
    );
}

#[test]
fn no_path_leads_out_of_the_folder_that_is_written() {
    let place = tempfile::tempdir().unwrap();
    let mut files = to_files(&content()).unwrap();
    files.insert("../escaped.md".into(), b"x".to_vec());
    assert_eq!(
        write_folder(&place.path().join("in/bookings"), &files)
            .unwrap_err()
            .code(),
        BundleCode::UnsafePath
    );
    assert!(!place.path().join("in").exists(), "nothing at all was written");
}

#[test]
fn a_hand_written_folder_needs_little() {
    let place = tempfile::tempdir().unwrap();
    let write = |path: &str, text: &str| {
        let file = place.path().join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    };
    write("manifest.json", "{\"format\": 1, \"name\": \"Mine\"}");
    write(
        "tasks/a/task.json",
        r#"{"id": "task_a", "title": "A", "blocks": [{"id": "block_1", "type": "instructions", "text": {"file": "steps.md"}}]}"#,
    );
    write(
        "tasks/b/task.json",
        r#"{"id": "task_b", "title": "B", "blocks": [{"id": "block_2", "type": "instructions", "text": "file:b.md"}]}"#,
    );
    write("tasks/a/steps.md", "Ask for the name.");
    write("tasks/b/b.md", "Ask for the day.\n");
    let content = from_files(&read_folder(place.path()).unwrap(), Hashes::Ignore).unwrap();
    assert_eq!(
        (content.name.as_str(), content.tasks.len()),
        ("Mine", 2),
        "a manifest, a task and a text are enough"
    );
    let text = |task: usize| serde_json::to_value(&content.tasks[task]).unwrap()["blocks"][0]["text"].clone();
    assert_eq!(
        [text(0), text(1)],
        ["Ask for the name.", "Ask for the day."],
        "both ways to name a file are understood"
    );
}
