//! The passages of all articles, kept ready to be searched: cut at once, indexed by words when they are needed, read by the
//! encoder beside everything else.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;

use taskwright_domain::{Article, ArticleId};
use taskwright_language::knowledge::{Bound, Found, Hit, Meaning, Shelf, Shelved, WordIndex, passages_of};
use taskwright_language::rank::Meanings;
use taskwright_store::{IndexedArticle, PassageText, Store};
use tokio::sync::watch;

use crate::error::CommandError;
use crate::meaning::meanings;
use crate::snapshot::Snapshot;

/// How articles are cut. Another way to cut them makes what was indexed anew.
const CUT: &str = "1";
/// What a bound is worked out by; another way gets another number.
const BOUND: &str = "bound of articles 1";
/// How long a question waits for the encoder to read passages that are new.
const PATIENCE: Duration = Duration::from_secs(3);
/// The same where so many are new that they take longer anyway.
const LITTLE_PATIENCE: Duration = Duration::from_millis(50);
/// Passages that the encoder reads in the time of one's patience.
const A_FEW: usize = 150;

/// Searches the articles of a workspace.
pub(crate) struct KnowledgeDesk(Arc<Inner>);

struct Inner {
    store: Store,
    newest: Mutex<Option<Placed>>,
    /// Only one at a time brings the index up to date.
    indexing: tokio::sync::Mutex<Option<Arc<Shelf>>>,
    /// Changes whenever a passage was read or a bound worked out.
    progress: watch::Sender<u64>,
}

/// A shelf, with what it was made of.
struct Placed {
    articles: Vec<Article>,
    shelf: Arc<Shelf>,
    by_article: HashMap<ArticleId, Vec<Arc<Shelved>>>,
    finished: bool,
}

/// How far the encoder is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Progress {
    /// Passages there are.
    pub(crate) passages: usize,
    /// Those whose meaning is known.
    pub(crate) read: usize,
    /// All is known, the bound too.
    pub(crate) finished: bool,
}

impl KnowledgeDesk {
    pub(crate) fn new(store: Store) -> Self {
        Self(Arc::new(Inner {
            store,
            newest: Mutex::default(),
            indexing: tokio::sync::Mutex::default(),
            progress: watch::Sender::new(0),
        }))
    }

    /// The passages of the articles as they stand. What is new is read beside everything else.
    pub(crate) fn shelf(&self, snapshot: &Snapshot) -> Arc<Shelf> {
        let articles = &snapshot.content.articles;
        let mut newest = self.0.newest();
        if let Some(placed) = newest.as_ref().filter(|placed| placed.articles == *articles) {
            return placed.shelf.clone();
        }
        let placed = Placed::after(newest.take(), articles);
        let shelf = placed.shelf.clone();
        *newest = Some(placed);
        drop(newest);
        if !shelf.passages().is_empty() {
            self.read_beside(&shelf);
        }
        shelf
    }

    /// Reads what is new on a thread of its own, which ends when the workspace is closed or the articles change.
    fn read_beside(&self, shelf: &Arc<Shelf>) {
        let (desk, shelf) = (Arc::downgrade(&self.0), shelf.clone());
        // Where no thread can be had, passages are found by words.
        let _ = std::thread::Builder::new()
            .name("articles".to_owned())
            .spawn(move || read_all(&desk, &shelf));
    }

    pub(crate) fn progress(&self, shelf: &Arc<Shelf>) -> Progress {
        let newest = self.0.newest();
        let finished = newest
            .as_ref()
            .is_some_and(|placed| placed.finished && Arc::ptr_eq(&placed.shelf, shelf));
        Progress {
            passages: shelf.passages().len(),
            read: shelf.passages().iter().filter(|one| one.meaning().is_some()).count(),
            finished: finished || shelf.passages().is_empty(),
        }
    }

    /// Finds what answers a question.
    pub(crate) async fn find(&self, snapshot: &Snapshot, question: &str) -> Result<(Arc<Shelf>, Found), CommandError> {
        let shelf = self.shelf(snapshot);
        self.index(snapshot, &shelf).await?;
        self.wait_a_little(&shelf).await;
        let (store, question, on) = (self.0.store.clone(), question.to_owned(), shelf.clone());
        let found = tokio::task::spawn_blocking(move || {
            let meanings = if on.passages().is_empty() {
                None
            } else {
                meanings().ok()
            };
            on.find(&question, &StoredWords(&store), meanings.as_deref())
        });
        let found = found.await.map_err(|error| CommandError::host(error.to_string()))?;
        Ok((shelf, found))
    }

    async fn wait_a_little(&self, shelf: &Arc<Shelf>) {
        let progress = self.progress(shelf);
        let unread = progress.passages - progress.read;
        if unread == 0 {
            return;
        }
        let patience = if unread <= A_FEW { PATIENCE } else { LITTLE_PATIENCE };
        let mut told = self.0.progress.subscribe();
        let done = |_: &u64| {
            let now = self.progress(shelf);
            now.finished || now.read == now.passages
        };
        // Who waits no longer finds what is not read yet by words.
        let _ = tokio::time::timeout(patience, told.wait_for(done)).await;
    }

    /// Brings the index of words up to date with the articles.
    async fn index(&self, snapshot: &Snapshot, shelf: &Arc<Shelf>) -> Result<(), CommandError> {
        let mut indexed = self.0.indexing.lock().await;
        if indexed.as_ref().is_some_and(|done| Arc::ptr_eq(done, shelf)) {
            return Ok(());
        }
        let store = &self.0.store;
        let mut known: HashMap<ArticleId, String> = store.indexed_articles()?.into_iter().collect();
        let mut changed = Vec::new();
        for article in &snapshot.content.articles {
            let stamp = format!("{CUT}:{}", snapshot.standing(article.id.as_str()).version);
            if known.remove(&article.id).as_ref() != Some(&stamp) {
                changed.push(IndexedArticle {
                    passages: self.texts(&article.id),
                    article: article.id.clone(),
                    stamp,
                });
            }
        }
        let gone: Vec<_> = known.into_keys().collect();
        if !changed.is_empty() || !gone.is_empty() {
            store.index_articles(changed, gone).await?;
        }
        *indexed = Some(shelf.clone());
        Ok(())
    }

    fn texts(&self, article: &ArticleId) -> Vec<PassageText> {
        let newest = self.0.newest();
        let passages = newest.as_ref().and_then(|placed| placed.by_article.get(article));
        let text = |shelved: &Arc<Shelved>| PassageText {
            title: shelved.title.clone(),
            heading: shelved.passage.heading.clone(),
            text: shelved.passage.text(),
        };
        passages
            .map(|passages| passages.iter().map(text).collect())
            .unwrap_or_default()
    }
}

impl Inner {
    fn newest(&self) -> MutexGuard<'_, Option<Placed>> {
        self.newest.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether this is the shelf that is searched.
    fn has(&self, shelf: &Arc<Shelf>) -> bool {
        self.newest()
            .as_ref()
            .is_some_and(|placed| Arc::ptr_eq(&placed.shelf, shelf))
    }

    fn finish(&self, shelf: &Arc<Shelf>) {
        if let Some(placed) = self
            .newest()
            .as_mut()
            .filter(|placed| Arc::ptr_eq(&placed.shelf, shelf))
        {
            placed.finished = true;
        }
        self.progress.send_modify(|count| *count += 1);
    }
}

impl Placed {
    /// A shelf of these articles. Passages of an article that has not changed stay, with all that is known of them.
    fn after(before: Option<Self>, articles: &[Article]) -> Self {
        let bound = before.as_ref().and_then(|before| before.shelf.bound());
        let mut same: HashMap<ArticleId, (Article, Vec<Arc<Shelved>>)> = HashMap::new();
        if let Some(Self {
            articles,
            mut by_article,
            ..
        }) = before
        {
            for article in articles {
                let passages = by_article.remove(&article.id).unwrap_or_default();
                same.insert(article.id.clone(), (article, passages));
            }
        }
        let mut by_article = HashMap::new();
        let mut all = Vec::new();
        for article in articles {
            let passages = match same.remove(&article.id) {
                Some((old, passages)) if old == *article => passages,
                Some((_, old)) => keeping(passages_of(article), &old),
                None => passages_of(article),
            };
            all.extend(passages.iter().cloned());
            by_article.insert(article.id.clone(), passages);
        }
        Self {
            articles: articles.to_vec(),
            shelf: Arc::new(Shelf::new(all, bound)),
            by_article,
            finished: false,
        }
    }
}

/// Passages of an article that has changed: those that say the same as before keep their meaning.
fn keeping(passages: Vec<Arc<Shelved>>, old: &[Arc<Shelved>]) -> Vec<Arc<Shelved>> {
    for shelved in &passages {
        let same = old
            .iter()
            .find(|old| old.passage == shelved.passage && old.title == shelved.title);
        if let Some(meaning) = same.and_then(|old| old.meaning()) {
            shelved.set_meaning(meaning.clone());
        }
    }
    passages
}

/// The words of passages, as the workspace's file has them.
struct StoredWords<'a>(&'a Store);

impl WordIndex for StoredWords<'_> {
    fn find(&self, words: &[String], most: usize) -> Vec<Hit> {
        // Where the file cannot be read, meaning still finds something.
        let found = self.0.find_passages(words, most).unwrap_or_default().into_iter();
        #[expect(clippy::cast_possible_truncation, reason = "weights are compared with each other")]
        let hit = |found: taskwright_store::FoundPassage| Hit {
            article: found.article,
            number: found.number,
            weight: found.weight as f32,
        };
        found.map(hit).collect()
    }
}

/// The same, only for as long as the workspace is open.
struct WordsWhileOpen<'a>(&'a Weak<Inner>);

impl WordIndex for WordsWhileOpen<'_> {
    fn find(&self, words: &[String], most: usize) -> Vec<Hit> {
        let open = self.0.upgrade();
        open.map(|desk| StoredWords(&desk.store).find(words, most))
            .unwrap_or_default()
    }
}

/// Reads every passage, then works out from where on one answers.
fn read_all(desk: &Weak<Inner>, shelf: &Arc<Shelf>) {
    let meanings = meanings().ok();
    if let Some(meanings) = &meanings {
        for shelved in shelf.passages().iter().filter(|one| one.meaning().is_none()) {
            // Held no longer than it takes to look: a workspace that is left is free for the next program at once.
            if !desk.upgrade().is_some_and(|desk| desk.has(shelf)) {
                return;
            }
            shelved.set_meaning(Meaning {
                whole: meanings.of_passage(&shelved.in_full()),
                said: meanings.of_passage(&shelved.passage.text()),
            });
            if let Some(desk) = desk.upgrade() {
                desk.progress.send_modify(|count| *count += 1);
            }
        }
    }
    let bound = bound_of(desk, shelf, meanings.as_deref());
    if let Some(desk) = desk.upgrade().filter(|desk| desk.has(shelf)) {
        shelf.set_bound(bound);
        desk.finish(shelf);
    }
}

/// Worked out, unless it was for the same articles before.
fn bound_of(desk: &Weak<Inner>, shelf: &Arc<Shelf>, meanings: Option<&dyn Meanings>) -> Bound {
    let Some(meanings) = meanings else {
        return shelf.work_out_bound(&WordsWhileOpen(desk), None);
    };
    let mut content = BOUND.to_owned();
    for shelved in shelf.passages() {
        content.push('\n');
        content.push_str(&shelved.in_full());
    }
    let known = meanings.learned(&content);
    if let Some(bound) = known.and_then(|numbers| Bound::of_numbers(&numbers)) {
        return bound;
    }
    let bound = shelf.work_out_bound(&WordsWhileOpen(desk), Some(meanings));
    if desk.upgrade().is_some_and(|desk| desk.has(shelf)) {
        meanings.keep_learned(&content, &bound.numbers());
    }
    bound
}
