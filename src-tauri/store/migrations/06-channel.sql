-- The channel over which a customer's product talks with the assistant. Of its key a hash is kept, never the key.
CREATE TABLE channel (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    settings TEXT NOT NULL,
    key_hash BLOB
) STRICT;
INSERT INTO channel (one, settings) VALUES (1, '{}');

-- What the product calls each conversation, and the person who talks in it.
CREATE TABLE channel_conversations (
    conversation TEXT PRIMARY KEY REFERENCES conversations (id),
    external TEXT NOT NULL UNIQUE,
    contact TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- The product's events that were taken, each written together with what it led to. `body` is a hash.
CREATE TABLE channel_events (
    event TEXT PRIMARY KEY,
    conversation TEXT NOT NULL REFERENCES conversations (id),
    body TEXT NOT NULL,
    answer TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX channel_events_by_conversation ON channel_events (conversation);

-- What the product is told, written together with the events it projects; sent afterwards, in order.
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
CREATE INDEX outbox_waiting ON outbox (conversation) WHERE state = 'waiting';
CREATE INDEX outbox_by_change ON outbox (state, changed_at);
