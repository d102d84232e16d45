-- Which secrets there are, by name only: where each may be sent, where its value is kept, when it was used last. The
-- values are kept by the system's keychain or in an encrypted file, never here.
CREATE TABLE secrets (
    environment TEXT NOT NULL,
    name TEXT NOT NULL,
    json TEXT NOT NULL,
    PRIMARY KEY (environment, name)
) STRICT, WITHOUT ROWID;

-- What holds for every call to an environment from this machine. Never exported.
CREATE TABLE environments (
    environment TEXT PRIMARY KEY,
    json TEXT NOT NULL
) STRICT;
