//! Zips made by someone who means harm, and zips that suffered some.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::sample::content;
use crate::{BundleCode, pack, to_files, unpack};

type Writer = ZipWriter<Cursor<Vec<u8>>>;

fn zip_with(fill: impl FnOnce(&mut Writer)) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    fill(&mut zip);
    zip.finish().unwrap().into_inner()
}

fn add(zip: &mut Writer, path: &str, bytes: &[u8]) {
    zip.start_file(path, SimpleFileOptions::default()).unwrap();
    zip.write_all(bytes).unwrap();
}

fn good() -> Vec<u8> {
    pack(&to_files(&content()).unwrap()).unwrap()
}

fn code(bytes: &[u8]) -> BundleCode {
    let error = unpack(bytes).unwrap_err();
    assert!(error.to_string().len() > 40, "the reason is told in full: {error}");
    error.code()
}

/// Replaces bytes in all places; both must be equally long.
fn replace(bytes: &[u8], old: &[u8], new: &[u8]) -> Vec<u8> {
    assert_eq!(old.len(), new.len(), "offsets in the zip must stay");
    let mut bytes = bytes.to_vec();
    let mut at = 0;
    while let Some(found) = bytes[at..].windows(old.len()).position(|window| window == old) {
        at += found;
        bytes[at..at + new.len()].copy_from_slice(new);
        at += new.len();
    }
    bytes
}

#[test]
fn what_is_no_zip_is_refused() {
    for bytes in [&b""[..], b"hello", b"{\"format\": 1}", b"PK", &[0; 100]] {
        assert_eq!(code(bytes), BundleCode::NotAZip, "{bytes:?}");
    }
    let behind_a_program = [b"#!/bin/sh\n".to_vec(), good()].concat();
    assert_eq!(
        code(&behind_a_program),
        BundleCode::NotAZip,
        "something stands in front"
    );
}

#[test]
fn a_zip_that_is_cut_off_is_refused_wherever_it_is_cut() {
    let good = good();
    for at in (4..good.len() - 1).step_by(97) {
        assert_eq!(code(&good[..at]), BundleCode::DamagedZip, "cut after {at} bytes");
    }
}

#[test]
fn paths_that_lead_out_are_refused() {
    for path in [
        "../evil.md",
        "/evil.md",
        "tasks/../../evil.md",
        "C:/evil.md",
        "C:evil.md",
        "tasks\\evil.md",
        "\\\\server\\x",
        "a//b",
        "aux.md",
        "x\0.md",
    ] {
        let zip = replace(
            &zip_with(|zip| add(zip, &"Z".repeat(path.len()), b"x")),
            "Z".repeat(path.len()).as_bytes(),
            path.as_bytes(),
        );
        assert_eq!(code(&zip), BundleCode::UnsafePath, "{path:?}");
    }
    let folder = zip_with(|zip| zip.add_directory("../out", SimpleFileOptions::default()).unwrap());
    assert_eq!(code(&folder), BundleCode::UnsafePath, "a folder leads out");
    let not_text = replace(&zip_with(|zip| add(zip, "ZZ.md", b"x")), b"ZZ.md", b"\xff\xfe.md");
    assert_eq!(code(&not_text), BundleCode::UnsafePath, "a name that is no text");
}

#[test]
fn links_are_refused() {
    let zip = zip_with(|zip| {
        zip.add_symlink("tasks/link.md", "/etc/passwd", SimpleFileOptions::default())
            .unwrap()
    });
    assert_eq!(code(&zip), BundleCode::NotAFile, "a link reads another file");
}

#[test]
fn names_that_are_one_name_on_some_systems_are_refused() {
    let by_case = zip_with(|zip| {
        add(zip, "teams.json", b"[]");
        add(zip, "Teams.json", b"[]");
    });
    assert_eq!(
        code(&by_case),
        BundleCode::CollidingPaths,
        "capital letters do not tell files apart"
    );
    let in_folder = zip_with(|zip| {
        add(zip, "tasks/a.md", b"");
        add(zip, "Tasks/b.md", b"");
    });
    assert_eq!(code(&in_folder), BundleCode::CollidingPaths, "nor folders");
    let file_and_folder = zip_with(|zip| {
        add(zip, "tasks", b"");
        add(zip, "tasks/a.md", b"");
    });
    assert_eq!(
        code(&file_and_folder),
        BundleCode::CollidingPaths,
        "a file cannot hold files"
    );
    let twice = zip_with(|zip| {
        add(zip, "a1.md", b"first");
        add(zip, "a2.md", b"second");
    });
    assert_eq!(
        code(&replace(&twice, b"a2.md", b"a1.md")),
        BundleCode::DamagedZip,
        "one name, two contents"
    );
}

#[test]
fn more_files_than_anyone_writes_are_refused() {
    let zip = zip_with(|zip| (0..5_001).for_each(|number| add(zip, &format!("{number}.md"), b"")));
    assert_eq!(code(&zip), BundleCode::TooManyFiles, "5,001 files");
}

#[test]
fn zip_bombs_are_refused() {
    let entry = zip_with(|zip| add(zip, "big.md", &vec![b'x'; (8 << 20) + 1]));
    assert_eq!(code(&entry), BundleCode::FileTooLarge, "one file of more than 8 MB");
    let ratio = zip_with(|zip| add(zip, "zeros.md", &vec![0; 7 << 20]));
    assert_eq!(code(&ratio), BundleCode::SuspiciousRatio, "7 MB in 7 KB");
    // Hardly compressible, so that neither size nor ratio of a single file stands out.
    let mut piece = noise(4 << 20);
    piece.resize((8 << 20) - 1, 0);
    let growing = zip_with(|zip| {
        add(zip, "0.md", &piece);
        (1..9).for_each(|number| zip.deep_copy_file("0.md", &format!("{number}.md")).unwrap());
    });
    assert!(
        growing.len() < 64 << 20,
        "the zip itself is small enough: {}",
        growing.len()
    );
    assert_eq!(code(&growing), BundleCode::BundleTooLarge, "72 MB would come out");
    let mut zip = growing;
    zip.resize((64 << 20) + 1, 0);
    assert_eq!(
        code(&zip),
        BundleCode::BundleTooLarge,
        "a zip of more than 64 MB is not even opened"
    );
}

fn noise(length: usize) -> Vec<u8> {
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state.to_le_bytes()[3]
    };
    (0..length).map(|_| next()).collect()
}

#[test]
fn a_declared_size_that_lies_is_found_out_while_reading() {
    let bytes = vec![b'x'; 70_000];
    let honest = zip_with(|zip| add(zip, "a.md", &bytes));
    for lie in [10_u32, 80_000, 69_999] {
        let lying = replace(&honest, &70_000_u32.to_le_bytes(), &lie.to_le_bytes());
        let found = code(&lying);
        assert!(
            matches!(
                found,
                BundleCode::SizeLies | BundleCode::DamagedEntry | BundleCode::DamagedZip
            ),
            "{lie} declared: {found:?}"
        );
    }
    let bomb = zip_with(|zip| add(zip, "a.md", &vec![b'x'; 9 << 20]));
    let lying = replace(&bomb, &(9_u32 << 20).to_le_bytes(), &100_u32.to_le_bytes());
    assert!(
        matches!(
            code(&lying),
            BundleCode::SizeLies | BundleCode::DamagedEntry | BundleCode::SuspiciousRatio
        ),
        "a bomb that says it is small"
    );
}

#[test]
fn encrypted_entries_are_refused() {
    let plain = zip_with(|zip| {
        zip.start_file(
            "a.md",
            SimpleFileOptions::default().compression_method(CompressionMethod::Stored),
        )
        .unwrap();
        zip.write_all(b"0123456789abcdef").unwrap();
    });
    // Bit 0 of the flags says "encrypted", in the local header and in the table of contents.
    let mut encrypted = plain.clone();
    encrypted[6] |= 1;
    let header = encrypted.windows(4).position(|window| window == b"PK\x01\x02").unwrap();
    encrypted[header + 8] |= 1;
    assert_eq!(code(&encrypted), BundleCode::Encrypted, "a password would be needed");
}

#[test]
fn changed_content_is_found_out() {
    let zip = zip_with(|zip| {
        zip.start_file(
            "a.md",
            SimpleFileOptions::default().compression_method(CompressionMethod::Stored),
        )
        .unwrap();
        zip.write_all(b"pay 10 EUR").unwrap();
    });
    assert_eq!(
        code(&replace(&zip, b"pay 10 EUR", b"pay 99 EUR")),
        BundleCode::DamagedEntry,
        "the checksum differs"
    );
}

#[test]
fn a_zip_with_a_hidden_entry_is_refused() {
    let zip = zip_with(|zip| {
        add(zip, "a.md", b"seen");
        add(zip, "b.md", b"hidden");
        zip.hide_file("b.md").unwrap();
    });
    assert_eq!(
        code(&zip),
        BundleCode::DamagedZip,
        "other programs would see another bundle"
    );
}

#[test]
fn a_zip_that_another_program_made_is_fine() {
    let files = to_files(&content()).unwrap();
    let other = zip_with(|zip| {
        zip.add_directory("tasks/", SimpleFileOptions::default()).unwrap();
        for (path, bytes) in files.iter().rev() {
            zip.start_file(
                path,
                SimpleFileOptions::default()
                    .compression_method(CompressionMethod::Stored)
                    .unix_permissions(0o755),
            )
            .unwrap();
            zip.write_all(bytes).unwrap();
        }
    });
    assert_eq!(
        unpack(&other).unwrap(),
        files,
        "folders, order, compression and permissions do not matter"
    );
}

#[test]
fn a_bundle_nobody_could_open_is_not_packed() {
    let mut files = to_files(&content()).unwrap();
    files.insert("articles/big.md".into(), vec![b'x'; (8 << 20) + 1]);
    assert_eq!(
        pack(&files).unwrap_err().code(),
        BundleCode::FileTooLarge,
        "told to the sender, not to the receiver"
    );
}

#[test]
fn random_damage_never_panics_and_never_gets_through() {
    let good = good();
    let files = unpack(&good).unwrap();
    let mut random = noise(16_000).into_iter();
    let mut next = || usize::from(random.next().unwrap());
    for _ in 0..500 {
        let mut bad = good.clone();
        for _ in 0..1 + next() % 3 {
            let at = (next() << 16 | next() << 8 | next()) % bad.len();
            bad[at] ^= 1 << (next() % 8);
        }
        if let Ok(read) = unpack(&bad) {
            assert!(
                read == files || crate::from_files(&read, crate::Hashes::Check).is_err(),
                "damage is found or harmless"
            );
        }
    }
}

#[test]
fn random_damage_to_files_never_panics() {
    let good = to_files(&content()).unwrap();
    let paths: Vec<_> = good.keys().cloned().collect();
    let mut random = noise(20_000).into_iter();
    let mut next = || usize::from(random.next().unwrap());
    for _ in 0..150 {
        let mut bad = good.clone();
        let path = &paths[next() % paths.len()];
        let bytes = bad.get_mut(path).unwrap();
        let at = (next() << 8 | next()) % bytes.len();
        match next() % 3 {
            0 => bytes[at] ^= 1 << (next() % 8),
            1 => bytes.truncate(at),
            _ => bytes.insert(at, b"{[\"\\},]:"[next() % 8]),
        }
        let _ = crate::from_files(&bad, crate::Hashes::Ignore);
        let findings = crate::verify(&bad);
        assert!(
            !findings.is_empty() || bad == good || path == "manifest.json",
            "damage to {path} is reported"
        );
    }
}
