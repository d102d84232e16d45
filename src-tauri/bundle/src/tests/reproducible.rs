use super::sample::content;
use crate::{Hashes, from_files, pack, to_files, unpack};

#[test]
fn the_same_content_gives_the_same_bytes_in_whatever_order_it_comes() {
    let first = pack(&to_files(&content()).unwrap()).unwrap();
    let mut turned = content();
    turned.actions.reverse();
    turned.tasks.reverse();
    assert_eq!(
        first,
        pack(&to_files(&turned).unwrap()).unwrap(),
        "order in the workspace does not matter"
    );
    assert_eq!(
        first,
        pack(&to_files(&content()).unwrap()).unwrap(),
        "and packing twice gives equal bytes"
    );
}

#[test]
fn packing_what_was_unpacked_gives_equal_bytes() {
    let packed = pack(&to_files(&content()).unwrap()).unwrap();
    let files = unpack(&packed).unwrap();
    assert_eq!(packed, pack(&files).unwrap(), "through the files");
    let read = from_files(&files, Hashes::Check).unwrap();
    assert_eq!(
        packed,
        pack(&to_files(&read).unwrap()).unwrap(),
        "and through the content"
    );
}

#[test]
fn every_entry_has_the_same_date_and_permissions_and_stands_in_order() {
    let packed = pack(&to_files(&content()).unwrap()).unwrap();
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(&packed)).unwrap();
    let mut names = Vec::new();
    for at in 0..archive.len() {
        let entry = archive.by_index(at).unwrap();
        assert_eq!(
            entry.last_modified().map(|date| date.year()),
            Some(1980),
            "{:?} tells no date",
            entry.name()
        );
        assert_eq!(entry.unix_mode(), Some(0o100_644), "{:?} tells no umask", entry.name());
        names.push(entry.name().unwrap().into_owned());
    }
    assert!(names.is_sorted(), "{names:?} are in order");
}
