//! Files that the customer attaches.

use taskwright_domain::{Attribute, AttributeType, EventKind, FileId, Question, Speaker, StoredFile, Value};

use crate::machine::Machine;
use crate::program::Compiled;
use crate::state::Pending;
use crate::words;

impl Machine<'_> {
    /// A file fills what was asked for, else the first picture or file that the task still needs.
    pub(crate) fn attached(&mut self, file: &FileId, name: &str) {
        self.emit(EventKind::FileAttached {
            file: file.clone(),
            name: name.to_owned(),
        });
        let Some(compiled) = self.compiled() else { return };
        let asked = match self.state.asked() {
            Some(Question::Attribute { attribute, .. }) => compiled.program.attribute(attribute),
            _ => None,
        };
        let asked = asked.filter(|attribute| is_file(attribute)).cloned();
        let Some(wanted) = asked.or_else(|| self.wanted_file(&compiled, name)) else {
            return self.keep_file();
        };
        if wanted.kind == AttributeType::Image && !is_picture(name) {
            return self.misfit(&compiled, &wanted.key, name, words::NO_PICTURE);
        }
        let stored = StoredFile {
            file: file.clone(),
            name: name.to_owned(),
        };
        self.fill(&compiled, &wanted.key, Value::File(stored));
        let waits = self.run().is_some_and(|run| run.pending != Pending::Nothing);
        if !waits {
            self.advance();
        }
    }

    /// Nothing asks for it: it stays with the conversation, and the question is put again.
    fn keep_file(&mut self) {
        self.say(words::FILE_KEPT, None, Speaker::Assistant);
        if self.state.asked().is_some() && !self.state.listens() {
            self.resume();
        }
    }

    fn wanted_file(&self, compiled: &Compiled, name: &str) -> Option<Attribute> {
        let mut wanted = self.wanted(compiled).into_iter().filter(|attribute| is_file(attribute));
        wanted
            .find(|attribute| attribute.kind == AttributeType::File || is_picture(name))
            .cloned()
    }
}

fn is_file(attribute: &Attribute) -> bool {
    matches!(attribute.kind, AttributeType::Image | AttributeType::File)
}

/// By the ending of its name.
fn is_picture(name: &str) -> bool {
    const PICTURES: [&str; 9] = ["jpg", "jpeg", "png", "gif", "webp", "heic", "heif", "bmp", "avif"];
    let ending = name.rsplit_once('.').map_or(name, |(_, ending)| ending);
    PICTURES.iter().any(|picture| ending.eq_ignore_ascii_case(picture))
}
