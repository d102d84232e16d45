//! Articles from files, written in one step that can be taken back.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use taskwright_domain::{Article, ArticleId, FileId};
use taskwright_import::article;
use ts_rs::TS;

use super::write_of;
use crate::app::{App, new_id};
use crate::error::CommandError;

/// Files that are taken at once.
const MOST: usize = 5_000;

/// Files to be made articles of.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ImportArticles {
    /// The files.
    pub files: Vec<FileToImport>,
}

/// A stored file.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct FileToImport {
    /// Its bytes.
    pub file: FileId,
    /// Where it stood, in the folder that was chosen.
    pub name: String,
}

/// What came of an import.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ImportedArticles {
    /// Takes it back by `undo_import`; none where nothing was written.
    pub import: Option<String>,
    /// The articles that were made.
    pub made: Vec<ArticleId>,
    /// The articles whose text was replaced, for they have the title of a file.
    pub replaced: Vec<ArticleId>,
    /// Files that say what their article says already.
    pub same: u32,
    /// Files that could not be read.
    pub left_out: Vec<LeftOutFile>,
}

/// A file that was not imported.
#[derive(Debug, Clone, Serialize, TS)]
pub struct LeftOutFile {
    /// Its name.
    pub name: String,
    /// Why, in plain words.
    pub why: String,
}

pub(crate) async fn import_articles(
    app: &App,
    origin: &str,
    args: ImportArticles,
) -> Result<ImportedArticles, CommandError> {
    if args.files.is_empty() {
        return Err(CommandError::bad_request("Choose at least one file.").at("/files"));
    }
    if args.files.len() > MOST {
        let message = format!(
            "These are {} files. Import {MOST} at once at the most.",
            args.files.len()
        );
        return Err(CommandError::bad_request(message).at("/files"));
    }
    let mut files = Vec::new();
    for file in args.files {
        let (_, bytes) = app.get_file(file.file.as_str()).await?;
        files.push((file.name, bytes));
    }
    // Converting many pages takes a moment; other commands must not wait for it.
    let read = tokio::task::spawn_blocking(move || {
        let read = |(name, bytes): (String, Vec<u8>)| (article::read(&name, &bytes), name);
        files.into_iter().map(read).collect::<Vec<_>>()
    });
    let read = read.await.map_err(|error| CommandError::host(error.to_string()))?;
    let mut sorting = Sorting::among(&app.snapshot().content.articles);
    for (draft, name) in read {
        match draft {
            Ok(draft) => sorting.take(draft.title, draft.text),
            Err(why) => sorting.left_out.push(LeftOutFile {
                name,
                why: crate::error::sentence(&why.to_string()),
            }),
        }
    }
    sorting.write(app, origin).await
}

/// Drafts, told apart by what is there.
struct Sorting {
    known: HashMap<String, Article>,
    made: Vec<Article>,
    replaced: Vec<Article>,
    same: u32,
    left_out: Vec<LeftOutFile>,
}

impl Sorting {
    fn among(articles: &[Article]) -> Self {
        let known = articles.iter().rev();
        Self {
            known: known.map(|article| (key(&article.title), article.clone())).collect(),
            made: Vec::new(),
            replaced: Vec::new(),
            same: 0,
            left_out: Vec::new(),
        }
    }

    fn take(&mut self, title: String, text: String) {
        let key = key(&title);
        match self.known.get(&key) {
            Some(known) if known.text.trim() == text => self.same += 1,
            Some(known) => self.replaced.push(Article { text, ..known.clone() }),
            None => self.made.push(Article {
                id: ArticleId::new(new_id()),
                title,
                text,
            }),
        }
        // Two files of one title are two articles; only what was there before is replaced, and that once.
        self.known.remove(&key);
    }

    async fn write(self, app: &App, origin: &str) -> Result<ImportedArticles, CommandError> {
        let all = self.made.iter().chain(&self.replaced);
        let writes = all.map(write_of).collect::<Result<Vec<_>, _>>()?;
        let label = match writes.len() {
            1 => "Imported an article".to_owned(),
            several => format!("Imported {several} articles"),
        };
        let import = if writes.is_empty() {
            None
        } else {
            Some(app.store().import_documents(&label, writes, app.now(), origin).await?.0)
        };
        app.reread()?;
        let ids = |articles: Vec<Article>| articles.into_iter().map(|article| article.id).collect();
        Ok(ImportedArticles {
            import,
            made: ids(self.made),
            replaced: ids(self.replaced),
            same: self.same,
            left_out: self.left_out,
        })
    }
}

fn key(title: &str) -> String {
    title.trim().to_lowercase()
}
