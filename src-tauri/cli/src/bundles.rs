//! Checking, packing and unpacking bundles.

use std::path::Path;

use taskwright_bundle::{
    BundleContent, FindingLevel, Hashes, from_files, pack as pack_files, to_files, unpack, write_folder,
};
use taskwright_domain::{Settings, Severity};

use crate::{Failure, content_of, files_of};

pub(crate) fn check(bundle: &Path) -> Result<(), Failure> {
    let findings = taskwright_commands::check(&content_of(bundle)?, &Settings::default());
    let mut blocking = 0;
    for finding in &findings {
        let severity = match finding.problem.severity {
            Severity::Blocks => "problem",
            Severity::Hint => "hint",
        };
        blocking += usize::from(finding.problem.severity == Severity::Blocks);
        let place = &finding.problem.place;
        let block = place
            .block
            .as_ref()
            .map(|block| format!(" {block}"))
            .unwrap_or_default();
        let span = place
            .span
            .map(|span| format!(":{}-{}", span.start, span.end))
            .unwrap_or_default();
        println!("{severity}: {}{block}{span}: {}", finding.task, finding.problem.message);
    }
    match blocking {
        0 => Ok(()),
        count => Err(Failure::found(format!(
            "{count} to mend before these tasks can be published"
        ))),
    }
}

pub(crate) fn pack(folder: &Path, file: &Path) -> Result<(), Failure> {
    let content = content_of(folder)?;
    let files = to_files(&content).map_err(Failure::found)?;
    let bytes = pack_files(&files).map_err(Failure::found)?;
    write_folder(folder, &files).map_err(Failure::found)?;
    std::fs::write(file, bytes).map_err(|error| Failure::found(format!("cannot write {}: {error}", file.display())))?;
    tell_left_out(&content);
    eprintln!("Packed {} files into {}", files.len(), file.display());
    Ok(())
}

/// What does not travel, so that nobody misses it unawares.
pub(crate) fn tell_left_out(content: &BundleContent) {
    for what in taskwright_commands::left_out(content) {
        eprintln!("left out: {what}");
    }
}

pub(crate) fn unpack_into(file: &Path, folder: &Path) -> Result<(), Failure> {
    let bytes =
        std::fs::read(file).map_err(|error| Failure::found(format!("cannot read {}: {error}", file.display())))?;
    let files = unpack(&bytes).map_err(Failure::found)?;
    from_files(&files, Hashes::Check).map_err(Failure::found)?;
    write_folder(folder, &files).map_err(Failure::found)?;
    eprintln!("Unpacked {} files into {}", files.len(), folder.display());
    Ok(())
}

pub(crate) fn verify(bundle: &Path) -> Result<(), Failure> {
    let (files, _) = files_of(bundle)?;
    let findings = taskwright_bundle::verify(&files);
    for finding in &findings {
        let level = match finding.level {
            FindingLevel::Refused => "refused",
            FindingLevel::Warning => "warning",
        };
        println!("{level}: {}", finding.message);
    }
    let refused = findings.iter().filter(|finding| finding.level == FindingLevel::Refused);
    match refused.count() {
        0 => {}
        1 => return Err(Failure::found("1 finding keeps this bundle from being imported")),
        count => {
            return Err(Failure::found(format!(
                "{count} findings keep this bundle from being imported"
            )));
        }
    }
    let content = from_files(&files, Hashes::Check).map_err(Failure::found)?;
    eprintln!(
        "{}: {} tasks, {} actions, every file as packed",
        content.name,
        content.tasks.len(),
        content.actions.len()
    );
    Ok(())
}
