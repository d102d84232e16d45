-- What lists and reports say of conversations: worked out of their logs, in the transactions of the logs, and made again
-- where the way it is worked out has changed. No value of an attribute stands here.
CREATE TABLE digest (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    made_by INTEGER NOT NULL
) STRICT;
INSERT INTO digest (one, made_by) VALUES (1, 0);

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
CREATE INDEX conversation_rows_by_start ON conversation_rows (place, started_at);
CREATE INDEX conversation_rows_by_customer ON conversation_rows (customer);

CREATE TABLE conversation_tags (
    conversation TEXT NOT NULL,
    tag TEXT NOT NULL,
    PRIMARY KEY (conversation, tag)
) STRICT, WITHOUT ROWID;

CREATE TABLE conversation_problems (
    conversation TEXT NOT NULL,
    problem TEXT NOT NULL,
    PRIMARY KEY (conversation, problem)
) STRICT, WITHOUT ROWID;

CREATE TABLE conversation_files (
    conversation TEXT NOT NULL,
    file TEXT NOT NULL,
    PRIMARY KEY (conversation, file)
) STRICT, WITHOUT ROWID;
CREATE INDEX conversation_files_by_file ON conversation_files (file);

-- Messages with which a customer began something while no task ran, and what took them.
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

-- Runs of tasks, by the event each began with.
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
CREATE INDEX task_runs_by_task ON task_runs (task);

CREATE TABLE run_blocks (
    conversation TEXT NOT NULL,
    run INTEGER NOT NULL,
    block TEXT NOT NULL,
    PRIMARY KEY (conversation, run, block)
) STRICT, WITHOUT ROWID;

-- Calls of actions by their effect; what a rule held back stands here without one.
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

-- For how long conversations are kept.
CREATE TABLE retention (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    keep TEXT NOT NULL
) STRICT;
INSERT INTO retention (one, keep) VALUES (1, '"always"');
