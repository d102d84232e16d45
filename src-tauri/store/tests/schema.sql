CREATE TABLE action_calls (
    conversation TEXT NOT NULL,
    call TEXT NOT NULL,
    run INTEGER,
    action TEXT NOT NULL,
    name TEXT NOT NULL,
    at INTEGER NOT NULL,
    outcome TEXT,
    cause TEXT,
    ms INTEGER,
    PRIMARY KEY (conversation, call)
) STRICT, WITHOUT ROWID;

CREATE TABLE channel (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    settings TEXT NOT NULL,
    key_hash BLOB
) STRICT;

CREATE TABLE channel_conversations (
    conversation TEXT PRIMARY KEY REFERENCES conversations (id),
    external TEXT NOT NULL UNIQUE,
    contact TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE channel_events (
    event TEXT PRIMARY KEY,
    conversation TEXT NOT NULL REFERENCES conversations (id),
    body TEXT NOT NULL,
    answer TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE connections (
    action TEXT PRIMARY KEY,
    json TEXT NOT NULL
) STRICT;

CREATE TABLE conversation_files (
    conversation TEXT NOT NULL,
    file TEXT NOT NULL,
    PRIMARY KEY (conversation, file)
) STRICT, WITHOUT ROWID;

CREATE TABLE conversation_problems (
    conversation TEXT NOT NULL,
    problem TEXT NOT NULL,
    PRIMARY KEY (conversation, problem)
) STRICT, WITHOUT ROWID;

CREATE TABLE conversation_rows (
    conversation TEXT PRIMARY KEY,
    place TEXT NOT NULL,
    started_at INTEGER NOT NULL,
    last_at INTEGER NOT NULL,
    customer TEXT NOT NULL,
    customer_name TEXT,
    customer_email TEXT,
    opening TEXT,
    said_at INTEGER,
    messages INTEGER NOT NULL DEFAULT 0,
    involved INTEGER NOT NULL DEFAULT 0,
    state TEXT,
    solved_at INTEGER,
    rating INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE conversation_tags (
    conversation TEXT NOT NULL,
    tag TEXT NOT NULL,
    PRIMARY KEY (conversation, tag)
) STRICT, WITHOUT ROWID;

CREATE TABLE conversations (
    id TEXT PRIMARY KEY,
    started_at INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    parent TEXT REFERENCES conversations (id),
    parent_seq INTEGER,
    deleted INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE customer_sealed_values (
    customer TEXT NOT NULL,
    attribute TEXT NOT NULL,
    id TEXT NOT NULL,
    json TEXT NOT NULL,
    PRIMARY KEY (customer, attribute, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE customer_values (
    customer TEXT NOT NULL,
    attribute TEXT NOT NULL,
    known TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (customer, attribute)
) STRICT, WITHOUT ROWID;

CREATE TABLE digest (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    made_by INTEGER NOT NULL
) STRICT;

CREATE TABLE documents (
    made INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    version INTEGER NOT NULL,
    v INTEGER NOT NULL,
    json TEXT NOT NULL,
    deleted INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    position INTEGER NOT NULL
) STRICT;

CREATE TABLE edits (
    history TEXT NOT NULL REFERENCES documents (id),
    number INTEGER NOT NULL,
    json TEXT NOT NULL,
    undone INTEGER NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (history, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE environments (
    environment TEXT PRIMARY KEY,
    json TEXT NOT NULL
) STRICT;

CREATE TABLE events (
    conversation TEXT NOT NULL REFERENCES conversations (id),
    seq INTEGER NOT NULL,
    position INTEGER NOT NULL,
    v INTEGER NOT NULL,
    json TEXT NOT NULL,
    PRIMARY KEY (conversation, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE files (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    bytes BLOB NOT NULL
) STRICT;

CREATE TABLE hand_offs (
    conversation TEXT NOT NULL,
    seq INTEGER NOT NULL,
    cause INTEGER NOT NULL,
    at INTEGER NOT NULL,
    kind TEXT NOT NULL,
    detail TEXT NOT NULL,
    team TEXT NOT NULL,
    PRIMARY KEY (conversation, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE imported_documents (
    import TEXT NOT NULL REFERENCES imports (id),
    document TEXT NOT NULL REFERENCES documents (id),
    version INTEGER NOT NULL,
    before TEXT, before_deleted INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (import, document)
) STRICT, WITHOUT ROWID;

CREATE TABLE imports (
    id TEXT PRIMARY KEY,
    label TEXT NOT NULL,
    at INTEGER NOT NULL,
    undone INTEGER NOT NULL
) STRICT;

CREATE TABLE indexed_articles (
    article TEXT PRIMARY KEY,
    stamp TEXT NOT NULL,
    first INTEGER NOT NULL,
    count INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE open_conversations (
    conversation TEXT PRIMARY KEY REFERENCES conversations (id),
    standing TEXT NOT NULL
) STRICT;

CREATE TABLE openings (
    conversation TEXT NOT NULL,
    seq INTEGER NOT NULL,
    cause INTEGER NOT NULL,
    at INTEGER NOT NULL,
    text TEXT NOT NULL,
    ranked INTEGER NOT NULL DEFAULT 0,
    taken INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (conversation, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE outbox (
    conversation TEXT NOT NULL REFERENCES conversations (id),
    seq INTEGER NOT NULL,
    part INTEGER NOT NULL,
    told TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'sent', 'given_up')),
    attempts INTEGER NOT NULL,
    next_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    error TEXT,
    PRIMARY KEY (conversation, seq, part)
) STRICT, WITHOUT ROWID;

CREATE VIRTUAL TABLE passage_words USING fts5 (
    title, heading, text,
    content = '', contentless_delete = 1,
    tokenize = 'porter unicode61 remove_diacritics 2'
);

CREATE TABLE 'passage_words_config'(k PRIMARY KEY, v) WITHOUT ROWID;

CREATE TABLE 'passage_words_data'(id INTEGER PRIMARY KEY, block BLOB);

CREATE TABLE 'passage_words_docsize'(id INTEGER PRIMARY KEY, sz BLOB, origin INTEGER);

CREATE TABLE 'passage_words_idx'(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID;

CREATE TABLE publications (
    task TEXT PRIMARY KEY,
    revision TEXT NOT NULL REFERENCES revisions (id),
    paused INTEGER NOT NULL,
    published_at INTEGER NOT NULL
, position INTEGER NOT NULL DEFAULT 0) STRICT;

CREATE TABLE publishings (
    number INTEGER PRIMARY KEY,
    task TEXT NOT NULL,
    revision TEXT NOT NULL REFERENCES revisions (id),
    at INTEGER NOT NULL
) STRICT;

CREATE TABLE retention (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    keep TEXT NOT NULL
) STRICT;

CREATE TABLE revisions (
    id TEXT PRIMARY KEY,
    task TEXT NOT NULL,
    v INTEGER NOT NULL,
    json TEXT NOT NULL,
    made_at INTEGER NOT NULL
) STRICT;

CREATE TABLE run_blocks (
    conversation TEXT NOT NULL,
    run INTEGER NOT NULL,
    block TEXT NOT NULL,
    PRIMARY KEY (conversation, run, block)
) STRICT, WITHOUT ROWID;

CREATE TABLE sealed_values (
    id TEXT PRIMARY KEY,
    conversation TEXT NOT NULL REFERENCES conversations (id),
    json TEXT NOT NULL
) STRICT;

CREATE TABLE secrets (
    environment TEXT NOT NULL,
    name TEXT NOT NULL,
    json TEXT NOT NULL,
    PRIMARY KEY (environment, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE task_runs (
    conversation TEXT NOT NULL,
    seq INTEGER NOT NULL,
    task TEXT NOT NULL,
    title TEXT NOT NULL,
    started_at INTEGER NOT NULL,
    outcome TEXT,
    ended_by INTEGER,
    last_block TEXT,
    PRIMARY KEY (conversation, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE webhook_addresses (
    token TEXT PRIMARY KEY,
    conversation TEXT NOT NULL REFERENCES conversations (id),
    started INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE webhook_answers (
    conversation TEXT NOT NULL REFERENCES conversations (id),
    address TEXT NOT NULL,
    key TEXT NOT NULL,
    body TEXT NOT NULL,
    status INTEGER NOT NULL,
    answer TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (conversation, address, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE webhook_server (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    key BLOB NOT NULL,
    settings TEXT NOT NULL
) STRICT;

CREATE TABLE workspace (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    id TEXT NOT NULL,
    position INTEGER NOT NULL
) STRICT;

CREATE INDEX channel_events_by_conversation ON channel_events (conversation);

CREATE INDEX conversation_files_by_file ON conversation_files (file);

CREATE INDEX conversation_rows_by_customer ON conversation_rows (customer);

CREATE INDEX conversation_rows_by_start ON conversation_rows (place, started_at);

CREATE INDEX conversations_by_parent ON conversations (parent);

CREATE INDEX documents_by_kind ON documents (kind, deleted);

CREATE INDEX documents_by_position ON documents (position);

CREATE INDEX events_by_position ON events (position);

CREATE INDEX indexed_articles_by_first ON indexed_articles (first);

CREATE INDEX outbox_by_change ON outbox (state, changed_at);

CREATE INDEX outbox_waiting ON outbox (conversation) WHERE state = 'waiting';

CREATE INDEX publications_by_position ON publications (position);

CREATE INDEX publishings_by_task ON publishings (task, number);

CREATE INDEX sealed_values_by_conversation ON sealed_values (conversation);

CREATE INDEX task_runs_by_task ON task_runs (task);

CREATE INDEX webhook_addresses_by_conversation ON webhook_addresses (conversation);
