-- What is known of the customers of a channel over conversations, by the key of the attribute. What is sensitive is
-- masked here and sealed apart.
CREATE TABLE customer_values (
    customer TEXT NOT NULL,
    attribute TEXT NOT NULL,
    known TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (customer, attribute)
) STRICT, WITHOUT ROWID;

CREATE TABLE customer_sealed_values (
    customer TEXT NOT NULL,
    attribute TEXT NOT NULL,
    id TEXT NOT NULL,
    json TEXT NOT NULL,
    PRIMARY KEY (customer, attribute, id)
) STRICT, WITHOUT ROWID;
