//! Looking through conversations: which ones fit a filter, what their rows say, and taking them out for good.

use rusqlite::types::FromSql;
use rusqlite::{Connection, OptionalExtension, Row, ToSql};
use serde::Serialize;
use serde::de::DeserializeOwned;
use taskwright_domain::{
    ConversationFilter, ConversationId, ConversationPlace, ConversationState, ConversationSummary, CustomerId,
    FilterChoices, ListPlace, Retention, TaskUsed,
};

use crate::conversations::delete;
use crate::customers::{forget_customer, forget_strangers};
use crate::error::StoreError;
use crate::open::Store;
use crate::writer::Told;

/// Which conversations are meant, with the instants that its days stand for.
#[derive(Debug, Clone, Default)]
pub struct Chosen {
    /// By this filter.
    pub filter: ConversationFilter,
    /// Begun at this instant or later: UTC milliseconds since 1970.
    pub from: Option<i64>,
    /// Begun before this one.
    pub until: Option<i64>,
}

/// A stretch of the list, between two places that stay where they are while conversations come, go and move up.
#[derive(Debug, Clone, Default)]
pub struct Stretch {
    /// It begins below this row; at the top where none.
    pub after: Option<ListPlace>,
    /// It ends with this row; where so many are read where none.
    pub until: Option<ListPlace>,
    /// How many rows at the most.
    pub limit: u32,
}

/// What stands in a stretch of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summaries {
    /// Where something happened last first.
    pub rows: Vec<ConversationSummary>,
    /// How many conversations fit, on this stretch or not.
    pub total: u64,
    /// Where it goes on; none where the stretch is read to its end.
    pub next: Option<ListPlace>,
}

/// A message with which a customer began something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opening {
    /// In this conversation.
    pub conversation: ConversationId,
    /// When: UTC milliseconds since 1970.
    pub at: i64,
    /// What they wrote, or its beginning; masked where it is sensitive.
    pub text: String,
    /// A task or an answer took it; then a person ended what it began.
    pub taken: bool,
}

/// Holds for the rows `r` that are chosen.
pub(crate) const FITS: &str = "
    r.place IN (SELECT value FROM json_each(:places))
    AND (:from IS NULL OR r.started_at >= :from)
    AND (:until IS NULL OR r.started_at < :until)
    AND (:states IS NULL OR coalesce(r.state, 'not_answered') IN (SELECT value FROM json_each(:states)))
    AND ((:tasks IS NULL AND NOT :no_task)
        OR (:tasks IS NOT NULL AND EXISTS (SELECT 1 FROM task_runs AS f WHERE f.conversation = r.conversation
            AND f.task IN (SELECT value FROM json_each(:tasks))))
        OR (:no_task AND NOT EXISTS (SELECT 1 FROM task_runs AS f WHERE f.conversation = r.conversation)))
    AND (:tags IS NULL OR EXISTS (SELECT 1 FROM conversation_tags AS f WHERE f.conversation = r.conversation
        AND f.tag IN (SELECT value FROM json_each(:tags))))
    AND (:problems IS NULL OR EXISTS (SELECT 1 FROM conversation_problems AS f WHERE f.conversation = r.conversation
        AND f.problem IN (SELECT value FROM json_each(:problems))))
    AND (:hand_offs IS NULL OR EXISTS (SELECT 1 FROM hand_offs AS f WHERE f.conversation = r.conversation
        AND f.kind IN (SELECT value FROM json_each(:hand_offs))))
    AND (:customer IS NULL OR r.customer = :customer)
    AND (:words IS NULL OR instr(lower(coalesce(r.opening, '') || ' ' || coalesce(r.customer_name, '') || ' '
        || coalesce(r.customer_email, '') || ' ' || r.customer), :words) > 0)";

/// Holds for the rows `r` on a stretch of the list.
const ON_STRETCH: &str = "
    (:below_at IS NULL OR (r.last_at, r.conversation) < (:below_at, :below))
    AND (:down_at IS NULL OR (r.last_at, r.conversation) >= (:down_at, :down_to))";

/// What `FITS` is told, by name.
pub(crate) struct Values {
    places: String,
    from: Option<i64>,
    until: Option<i64>,
    states: Option<String>,
    tasks: Option<String>,
    no_task: bool,
    tags: Option<String>,
    problems: Option<String>,
    hand_offs: Option<String>,
    customer: Option<String>,
    words: Option<String>,
}

impl Values {
    pub(crate) fn of(chosen: &Chosen) -> Self {
        let filter = &chosen.filter;
        let customers = [ConversationPlace::Channel];
        let places = if filter.places.is_empty() {
            &customers[..]
        } else {
            &filter.places
        };
        let words = filter.words.as_deref().map(|words| words.trim().to_ascii_lowercase());
        Self {
            places: json(places),
            from: chosen.from,
            until: chosen.until,
            states: some(&filter.states),
            tasks: some(&filter.tasks),
            no_task: filter.no_task,
            tags: some(&filter.tags),
            problems: some(&filter.problems),
            hand_offs: some(&filter.hand_offs),
            customer: filter.customer.as_ref().map(ToString::to_string),
            words: words.filter(|words| !words.is_empty()),
        }
    }

    pub(crate) fn named(&self) -> Vec<(&str, &dyn ToSql)> {
        vec![
            (":places", &self.places),
            (":from", &self.from),
            (":until", &self.until),
            (":states", &self.states),
            (":tasks", &self.tasks),
            (":no_task", &self.no_task),
            (":tags", &self.tags),
            (":problems", &self.problems),
            (":hand_offs", &self.hand_offs),
            (":customer", &self.customer),
            (":words", &self.words),
        ]
    }
}

fn some<T: Serialize>(list: &[T]) -> Option<String> {
    (!list.is_empty()).then(|| json(list))
}

fn json(value: &(impl Serialize + ?Sized)) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

/// The columns that `summary` reads of a row `r`.
const SUMMARY: &str = "
    r.conversation, r.place, r.started_at, r.last_at, r.customer, r.customer_name, r.customer_email, r.opening,
    r.messages, r.state, r.rating,
    (SELECT json_group_array(json_object('task', task, 'title', title)) FROM (
        SELECT task, title, min(seq) AS began FROM task_runs AS t WHERE t.conversation = r.conversation
        GROUP BY task ORDER BY began)),
    (SELECT json_group_array(tag) FROM conversation_tags AS t WHERE t.conversation = r.conversation),
    (SELECT json_group_array(problem) FROM conversation_problems AS t WHERE t.conversation = r.conversation),
    (SELECT json_object('kind', kind, 'detail', detail, 'team', team) FROM hand_offs AS t
        WHERE t.conversation = r.conversation ORDER BY seq DESC LIMIT 1)";

impl Store {
    /// Conversations that fit, on this stretch of the list.
    ///
    /// # Errors
    /// When a row cannot be read.
    pub fn summaries(&self, chosen: &Chosen, stretch: &Stretch) -> Result<Summaries, StoreError> {
        let values = Values::of(chosen);
        let [after, until] = [&stretch.after, &stretch.until].map(|place| {
            let place = place.as_ref();
            (
                place.map(|place| place.last_at),
                place.map(|place| place.conversation.as_str()),
            )
        });
        // One more than is asked for says whether there is more.
        let limit = u64::from(stretch.limit) + 1;
        self.read(|connection| {
            let sql = format!(
                "SELECT {SUMMARY} FROM (SELECT conversation FROM conversation_rows AS r WHERE {FITS} AND {ON_STRETCH} \
                 ORDER BY r.last_at DESC, r.conversation DESC LIMIT :limit) AS page \
                 JOIN conversation_rows AS r USING (conversation) ORDER BY r.last_at DESC, r.conversation DESC"
            );
            let mut named = values.named();
            named.extend([
                (":below_at", &after.0 as &dyn ToSql),
                (":below", &after.1),
                (":down_at", &until.0),
                (":down_to", &until.1),
                (":limit", &limit),
            ]);
            let mut query = connection.prepare_cached(&sql)?;
            let mut found = query.query(&named[..])?;
            let mut rows = Vec::new();
            while let Some(row) = found.next()? {
                rows.push(summary(row)?);
            }
            let more = rows.len() as u64 == limit;
            rows.truncate(stretch.limit as usize);
            Ok(Summaries {
                next: rows.last().filter(|_| more).map(place),
                total: count(connection, &values)?,
                rows,
            })
        })
    }

    /// How many conversations fit.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn count_chosen(&self, chosen: &Chosen) -> Result<u64, StoreError> {
        let values = Values::of(chosen);
        self.read(|connection| count(connection, &values))
    }

    /// What the list says of one conversation.
    ///
    /// # Errors
    /// `Unknown` when there is no such conversation.
    pub fn summary(&self, conversation: &ConversationId) -> Result<ConversationSummary, StoreError> {
        self.read(|connection| {
            let sql = format!("SELECT {SUMMARY} FROM conversation_rows AS r WHERE conversation = ?1");
            let mut query = connection.prepare_cached(&sql)?;
            let mut rows = query.query([conversation.as_str()])?;
            let row = rows.next()?.ok_or_else(|| StoreError::unknown(conversation))?;
            summary(row)
        })
    }

    /// What filters can be set to: tasks and tags that occur.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn filter_choices(&self) -> Result<FilterChoices, StoreError> {
        self.read(|connection| {
            let sql =
                "SELECT task, max(seq) AS newest, title FROM task_runs GROUP BY task ORDER BY count(*) DESC, task";
            let mut query = connection.prepare_cached(sql)?;
            let tasks = query.query_map([], |row| {
                Ok(TaskUsed {
                    task: taskwright_domain::TaskId(row.get(0)?),
                    title: row.get(2)?,
                })
            })?;
            let tasks = tasks.collect::<Result<_, _>>()?;
            let mut query = connection.prepare_cached("SELECT DISTINCT tag FROM conversation_tags ORDER BY tag")?;
            let tags = query.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
            Ok(FilterChoices { tasks, tags })
        })
    }

    /// Messages of the chosen conversations that no task took, and those with which began what a person ended; newest
    /// first. Whoever only asked for a person said nothing of their wish.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn openings(&self, chosen: &Chosen) -> Result<Vec<Opening>, StoreError> {
        let values = Values::of(chosen);
        self.read(|connection| {
            let sql = format!(
                "SELECT o.conversation, o.at, o.text, o.taken FROM conversation_rows AS r \
                 JOIN openings AS o USING (conversation) \
                 WHERE {FITS} AND (o.ranked OR o.taken) AND NOT EXISTS (SELECT 1 FROM hand_offs AS h \
                    WHERE h.conversation = o.conversation AND h.cause = o.cause AND h.kind = 'customer_asked') \
                 AND (NOT o.taken OR EXISTS (SELECT 1 FROM hand_offs AS h \
                    WHERE h.conversation = o.conversation AND h.seq > o.seq \
                    AND NOT EXISTS (SELECT 1 FROM openings AS later WHERE later.conversation = o.conversation \
                        AND later.seq > o.seq AND later.seq < h.seq AND (later.ranked OR later.taken) \
                        AND NOT (later.cause = h.cause AND h.kind = 'customer_asked')))) \
                 ORDER BY o.at DESC, o.conversation, o.seq"
            );
            let mut query = connection.prepare_cached(&sql)?;
            let rows = query.query_map(&values.named()[..], |row| {
                Ok(Opening {
                    conversation: ConversationId(row.get(0)?),
                    at: row.get(1)?,
                    text: row.get(2)?,
                    taken: row.get(3)?,
                })
            })?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }

    /// Erases all conversations of a customer: their logs, sealed values, files, what lists and reports say of them, and
    /// what is known of the customer over conversations. How many conversations there were; none where nothing at all was
    /// known.
    ///
    /// # Errors
    /// When it cannot be saved; then nothing is erased.
    pub async fn erase_customer(&self, customer: &CustomerId) -> Result<Option<u64>, StoreError> {
        let customer = customer.clone();
        let erased = self
            .write(move |connection| {
                let sql = "SELECT conversation FROM conversation_rows WHERE customer = ?1";
                let conversations = erase(connection, sql, customer.as_str())?;
                let known = forget_customer(connection, customer.as_str())?;
                Ok(((known || conversations > 0).then_some(conversations), Told::default()))
            })
            .await?;
        if erased.is_some() {
            self.checkpoint()?;
        }
        Ok(erased)
    }

    /// Erases conversations in which nothing has happened since an instant, unless they wait for something, and what is
    /// known of customers of whom no conversation is left. How many.
    ///
    /// # Errors
    /// When it cannot be saved; then nothing is erased.
    pub async fn erase_older(&self, than: i64) -> Result<u64, StoreError> {
        let sql = "SELECT r.conversation FROM conversation_rows AS r LEFT JOIN open_conversations AS o \
                   USING (conversation) WHERE r.last_at < ?1 AND (o.standing IS NULL \
                   OR (json_array_length(o.standing, '$.pending') = 0 AND json_array_length(o.standing, '$.waits') = 0 \
                       AND json_extract(o.standing, '$.timer') IS NULL))";
        let (conversations, known) = self
            .write(move |connection| {
                let conversations = erase(connection, sql, than)?;
                Ok(((conversations, forget_strangers(connection)?), Told::default()))
            })
            .await?;
        if conversations > 0 || known {
            self.checkpoint()?;
        }
        Ok(conversations)
    }

    /// For how long conversations are kept.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn retention(&self) -> Result<Retention, StoreError> {
        self.read(|connection| {
            let sql = "SELECT keep FROM retention";
            let kept: Option<String> = connection.query_row(sql, [], |row| row.get(0)).optional()?;
            parse("retention", &kept.unwrap_or_else(|| json(&Retention::Always)))
        })
    }

    /// Says for how long conversations are kept.
    ///
    /// # Errors
    /// When it cannot be saved.
    pub async fn keep_for(&self, retention: Retention) -> Result<(), StoreError> {
        self.write(move |connection| {
            let sql = "INSERT INTO retention (one, keep) VALUES (1, ?1) ON CONFLICT DO UPDATE SET keep = excluded.keep";
            connection.execute(sql, [json(&retention)])?;
            Ok(((), Told::default()))
        })
        .await
    }
}

/// Erases the conversations that a query names. How many.
fn erase(connection: &Connection, which: &'static str, value: impl ToSql) -> Result<u64, StoreError> {
    let ids = texts(connection, which, value)?;
    for id in &ids {
        let files = texts(
            connection,
            "SELECT file FROM conversation_files WHERE conversation = ?1",
            id,
        )?;
        delete(connection, id)?;
        for file in files {
            // Somebody else may have sent the same.
            let sql = "DELETE FROM files WHERE id = ?1 \
                       AND NOT EXISTS (SELECT 1 FROM conversation_files WHERE file = ?1)";
            connection.execute(sql, [&file])?;
        }
    }
    Ok(ids.len() as u64)
}

fn texts(connection: &Connection, sql: &str, value: impl ToSql) -> Result<Vec<String>, StoreError> {
    let mut query = connection.prepare_cached(sql)?;
    let rows = query.query_map([value], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn count(connection: &Connection, values: &Values) -> Result<u64, StoreError> {
    let sql = format!("SELECT count(*) FROM conversation_rows AS r WHERE {FITS}");
    let mut query = connection.prepare_cached(&sql)?;
    Ok(query.query_row(&values.named()[..], |row| row.get(0))?)
}

fn place(row: &ConversationSummary) -> ListPlace {
    ListPlace {
        last_at: row.last_at,
        conversation: row.id.clone(),
    }
}

fn summary(row: &Row<'_>) -> Result<ConversationSummary, StoreError> {
    let id: String = row.get(0)?;
    let state: Option<String> = row.get(9)?;
    let state = match state {
        Some(state) => chosen_word(&id, &state)?,
        None => ConversationState::NotAnswered,
    };
    let hand_off: Option<String> = row.get(14)?;
    Ok(ConversationSummary {
        place: chosen_word(&id, &get::<String>(row, 1)?)?,
        started_at: row.get(2)?,
        last_at: row.get(3)?,
        customer: CustomerId(row.get(4)?),
        customer_name: row.get(5)?,
        customer_email: row.get(6)?,
        opening: row.get(7)?,
        messages: row.get(8)?,
        state,
        rating: row.get(10)?,
        tasks: parse(&id, &get::<String>(row, 11)?)?,
        tags: parse(&id, &get::<String>(row, 12)?)?,
        problems: parse(&id, &get::<String>(row, 13)?)?,
        hand_off: hand_off.map(|json| parse(&id, &json)).transpose()?,
        id: ConversationId(id),
    })
}

fn get<T: FromSql>(row: &Row<'_>, at: usize) -> Result<T, StoreError> {
    Ok(row.get(at)?)
}

/// A choice by the word it is written with.
pub(crate) fn chosen_word<T: DeserializeOwned>(row: &str, word: &str) -> Result<T, StoreError> {
    serde_json::from_value(serde_json::Value::String(word.to_owned()))
        .map_err(|error| StoreError::bad_row("conversation_rows", row, &error))
}

fn parse<T: DeserializeOwned>(row: &str, json: &str) -> Result<T, StoreError> {
    serde_json::from_str(json).map_err(|error| StoreError::bad_row("conversation_rows", row, &error))
}
