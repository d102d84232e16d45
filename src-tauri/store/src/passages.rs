//! The words of articles, in a full-text index.

use rusqlite::{Connection, OptionalExtension, params};
use taskwright_domain::ArticleId;

use crate::error::StoreError;
use crate::open::Store;
use crate::writer::Told;

/// What a word in a title and in a heading counts beside one in the text.
const WEIGHTS: &str = "4.0, 2.0, 1.0";

/// A passage to be indexed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PassageText {
    /// The title of its article.
    pub title: String,
    /// The headings it stands under.
    pub heading: String,
    /// What it says.
    pub text: String,
}

/// An article with all its passages, to be indexed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IndexedArticle {
    /// The article.
    pub article: ArticleId,
    /// Says of which state of it the passages are.
    pub stamp: String,
    /// Its passages, in order.
    pub passages: Vec<PassageText>,
}

/// A passage that has words that were looked for.
#[derive(Debug, Clone, PartialEq)]
pub struct FoundPassage {
    /// Its article.
    pub article: ArticleId,
    /// Its place among the passages of the article.
    pub number: usize,
    /// How well it fits (BM25): more is better.
    pub weight: f64,
}

impl Store {
    /// The articles whose words are indexed, each with its stamp.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn indexed_articles(&self) -> Result<Vec<(ArticleId, String)>, StoreError> {
        self.read(|connection| {
            let mut query = connection.prepare_cached("SELECT article, stamp FROM indexed_articles")?;
            let rows = query.query_map([], |row| Ok((ArticleId(row.get(0)?), row.get(1)?)))?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }

    /// Indexes articles in the place of what was indexed of them, and forgets others.
    ///
    /// # Errors
    /// When it cannot be saved.
    pub async fn index_articles(
        &self,
        articles: Vec<IndexedArticle>,
        forgotten: Vec<ArticleId>,
    ) -> Result<(), StoreError> {
        self.write(move |connection| {
            for article in &forgotten {
                forget(connection, article)?;
            }
            for indexed in &articles {
                forget(connection, &indexed.article)?;
                put(connection, indexed)?;
            }
            Ok(((), Told::default()))
        })
        .await
    }

    /// The passages that have any of these words, best first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn find_passages(&self, words: &[String], most: usize) -> Result<Vec<FoundPassage>, StoreError> {
        let Some(wanted) = query_of(words) else {
            return Ok(Vec::new());
        };
        self.read(|connection| {
            let sql = format!(
                "SELECT rowid, bm25(passage_words, {WEIGHTS}) AS fits FROM passage_words \
                 WHERE passage_words MATCH ?1 ORDER BY fits LIMIT ?2"
            );
            let mut query = connection.prepare_cached(&sql)?;
            let rows = query.query_map(params![wanted, most], |row| Ok((row.get(0)?, row.get(1)?)))?;
            let rows: Vec<(i64, f64)> = rows.collect::<Result<_, _>>()?;
            let mut owner = connection.prepare_cached(
                "SELECT article, first FROM indexed_articles WHERE first <= ?1 ORDER BY first DESC LIMIT 1",
            )?;
            rows.into_iter()
                .map(|(row, fits)| {
                    let (article, first): (String, i64) =
                        owner.query_row([row], |row| Ok((row.get(0)?, row.get(1)?)))?;
                    Ok(FoundPassage {
                        article: ArticleId(article),
                        number: usize::try_from(row - first).unwrap_or(0),
                        // SQLite gives the better ones the smaller numbers.
                        weight: -fits,
                    })
                })
                .collect()
        })
    }
}

/// Any of the words, each quoted: what customers write is no query.
fn query_of(words: &[String]) -> Option<String> {
    let quoted: Vec<_> = words
        .iter()
        .filter(|word| word.chars().any(char::is_alphanumeric))
        .map(|word| format!("\"{}\"", word.replace('"', " ")))
        .collect();
    (!quoted.is_empty()).then(|| quoted.join(" OR "))
}

fn forget(connection: &Connection, article: &ArticleId) -> Result<(), StoreError> {
    let sql = "DELETE FROM indexed_articles WHERE article = ?1 RETURNING first, count";
    let mut remove = connection.prepare_cached(sql)?;
    let rows: Option<(i64, i64)> = remove
        .query_row([article.as_str()], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    if let Some((first, count)) = rows {
        let mut delete = connection.prepare_cached("DELETE FROM passage_words WHERE rowid = ?1")?;
        for row in first..first + count {
            delete.execute([row])?;
        }
    }
    Ok(())
}

fn put(connection: &Connection, indexed: &IndexedArticle) -> Result<(), StoreError> {
    // Behind all others: no row is ever another passage's while its article is indexed.
    let first: i64 = connection
        .prepare_cached("SELECT coalesce(max(first + max(count, 1)), 1) FROM indexed_articles")?
        .query_row([], |row| row.get(0))?;
    let mut insert =
        connection.prepare_cached("INSERT INTO passage_words (rowid, title, heading, text) VALUES (?1, ?2, ?3, ?4)")?;
    for (row, passage) in (first..).zip(&indexed.passages) {
        insert.execute(params![row, passage.title, passage.heading, passage.text])?;
    }
    connection
        .prepare_cached("INSERT INTO indexed_articles (article, stamp, first, count) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![
            indexed.article.as_str(),
            indexed.stamp,
            first,
            indexed.passages.len()
        ])?;
    Ok(())
}
