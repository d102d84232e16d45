//! Articles, and answers from them: listing, making, reading, trying a question. They are changed by `save_edit` like tasks.

mod bundled;
mod desk;
mod import;
mod trial;

use serde::{Deserialize, Serialize};
use taskwright_domain::{Article, ArticleBlock, ArticleId, Findings, Passage};
use taskwright_language::knowledge::{Found, blocks_of};
use taskwright_store::{DocumentKind, DocumentWrite};
use ts_rs::TS;

use crate::app::{App, json_of, new_id};
use crate::error::CommandError;
use crate::list::{Done, Nothing};
use crate::meaning::{EncoderState, encoder_state};
use crate::snapshot::Snapshot;

pub(crate) use bundled::knowledge_of;
pub(crate) use desk::KnowledgeDesk;
pub(crate) use import::import_articles;
pub use import::{FileToImport, ImportArticles, ImportedArticles, LeftOutFile};
pub(crate) use trial::ask_knowledge;
pub use trial::{AskKnowledge, ConsideredPassage, KnowledgeTrial};

/// Characters of an article that the list shows at the most.
const EXCERPT: usize = 160;

/// An article by id.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct OneArticle {
    /// Which.
    pub article: ArticleId,
}

/// What a new article starts with.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct NewArticle {
    /// Its title; may be empty.
    pub title: String,
}

/// The article that was made.
#[derive(Debug, Clone, Serialize, TS)]
pub struct MadeArticle {
    /// Its id.
    pub id: ArticleId,
}

/// All articles, and how far they are read.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ArticleList {
    /// In the order they were made.
    pub articles: Vec<ArticleRow>,
    /// Passages they have together.
    pub passages: u32,
    /// Passages whose meaning is known; the others are found by their words.
    pub read: u32,
    /// What will be asked from now on is answered with all that there is to know of the articles.
    pub ready: bool,
    /// How questions are understood on this machine.
    pub encoder: EncoderState,
}

/// A row of the list of articles.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ArticleRow {
    /// Its id.
    pub id: ArticleId,
    /// Its title.
    pub title: String,
    /// How it begins.
    pub excerpt: String,
    /// Passages it has.
    pub passages: u32,
    /// When it was last changed: UTC milliseconds since 1970.
    pub updated_at: i64,
}

/// An article with all that its editor shows.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ArticleView {
    /// The article.
    pub article: Article,
    /// Its version, for `save_edit`.
    pub version: u64,
    /// As people read it.
    pub blocks: Vec<ArticleBlock>,
    /// How it is cut: each can answer a question.
    pub passages: Vec<PassageView>,
    /// Whether there is a step to undo.
    pub can_undo: bool,
    /// Whether there is a step to redo.
    pub can_redo: bool,
}

/// A passage of an article.
#[derive(Debug, Clone, Serialize, TS)]
pub struct PassageView {
    /// The headings it stands under; empty before the first one.
    pub heading: String,
    /// What it says.
    pub text: String,
}

pub(crate) async fn list_articles(app: &App, _origin: &str, _: Nothing) -> Result<ArticleList, CommandError> {
    let snapshot = app.snapshot();
    let desk = app.inner.home.knowledge();
    let shelf = desk.shelf(&snapshot);
    let mut of_article: std::collections::HashMap<&ArticleId, Vec<_>> = std::collections::HashMap::new();
    for shelved in shelf.passages() {
        of_article.entry(&shelved.article).or_default().push(shelved);
    }
    let rows = snapshot.content.articles.iter().map(|article| {
        let passages = of_article.get(&article.id).map_or(&[][..], Vec::as_slice);
        ArticleRow {
            id: article.id.clone(),
            title: article.title.clone(),
            excerpt: passages
                .first()
                .map(|first| excerpt(&first.passage.text()))
                .unwrap_or_default(),
            passages: number(passages.len()),
            updated_at: snapshot.standing(article.id.as_str()).updated_at,
        }
    });
    let progress = desk.progress(&shelf);
    Ok(ArticleList {
        articles: rows.collect(),
        passages: number(progress.passages),
        read: number(progress.read),
        ready: progress.finished,
        encoder: encoder_state(),
    })
}

fn excerpt(text: &str) -> String {
    text.replace('\n', " ").chars().take(EXCERPT).collect()
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

pub(crate) async fn read_article(app: &App, _origin: &str, args: OneArticle) -> Result<ArticleView, CommandError> {
    let snapshot = app.snapshot();
    let article = find(&snapshot, &args.article)?;
    let (can_undo, can_redo) = app.store().can_undo_redo(article.id.as_str())?;
    let passages = taskwright_language::knowledge::passages_of(article).into_iter();
    let passages = passages.map(|shelved| PassageView {
        heading: shelved.passage.heading.clone(),
        text: shelved.passage.text(),
    });
    Ok(ArticleView {
        version: snapshot.standing(article.id.as_str()).version,
        blocks: blocks_of(&article.text),
        passages: passages.collect(),
        can_undo,
        can_redo,
        article: article.clone(),
    })
}

fn find<'a>(snapshot: &'a Snapshot, id: &ArticleId) -> Result<&'a Article, CommandError> {
    let found = snapshot.content.articles.iter().find(|article| article.id == *id);
    found.ok_or_else(|| CommandError::not_found("This article"))
}

pub(crate) async fn create_article(app: &App, origin: &str, args: NewArticle) -> Result<MadeArticle, CommandError> {
    let article = Article {
        id: ArticleId::new(new_id()),
        title: args.title.trim().to_owned(),
        text: String::new(),
    };
    let write = write_of(&article)?;
    app.put(vec![write], origin).await?;
    Ok(MadeArticle { id: article.id })
}

fn write_of(article: &Article) -> Result<DocumentWrite, CommandError> {
    Ok(DocumentWrite {
        kind: DocumentKind::Article,
        id: article.id.to_string(),
        json: json_of(article)?,
    })
}

pub(crate) async fn delete_article(app: &App, origin: &str, args: OneArticle) -> Result<Done, CommandError> {
    find(&app.snapshot(), &args.article)?;
    app.set_deleted(args.article.as_str(), true, origin).await
}

pub(crate) async fn restore_article(app: &App, origin: &str, args: OneArticle) -> Result<Done, CommandError> {
    app.set_deleted(args.article.as_str(), false, origin).await
}

/// What a conversation records where the articles could not be searched.
pub(crate) fn not_searched(error: &CommandError) -> Findings {
    Findings {
        reason: format!("The articles could not be searched: {}", error.message),
        searcher: "none".to_owned(),
        ..Findings::default()
    }
}

/// What was found, as a conversation records it: the passages that are worth a look.
pub(crate) fn findings(found: &Found) -> Findings {
    let passages = found.passages.iter().take(3).map(|considered| Passage {
        article: considered.shelved.article.clone(),
        title: considered.shelved.title.clone(),
        heading: considered.shelved.passage.heading.clone(),
        text: considered.extract.clone(),
        score: considered.score,
    });
    Findings {
        passages: passages.collect(),
        enough: found.enough,
        reason: found.reason.clone(),
        searcher: found.searcher.clone(),
    }
}
