-- How other systems call back: the key that the addresses of blocks are derived with, and where this machine listens.
CREATE TABLE webhook_server (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    key BLOB NOT NULL,
    settings TEXT NOT NULL
) STRICT;
INSERT INTO webhook_server (one, key, settings) VALUES (1, randomblob(32), '{}');

-- The addresses of runs, written together with the event a run begins with.
CREATE TABLE webhook_addresses (
    token TEXT PRIMARY KEY,
    conversation TEXT NOT NULL REFERENCES conversations (id),
    started INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX webhook_addresses_by_conversation ON webhook_addresses (conversation);

-- What callers were answered, written together with the events their calls led to. Without a key: the call that a wait got.
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
