-- The words of articles, passage by passage, to be searched. Nothing is kept here that could not be made again from the articles:
-- `stamp` says of which state of an article, and cut by which program, its passages are. They have the rows
-- `first` to `first + count - 1` of the index, in their order.
CREATE TABLE indexed_articles (
    article TEXT PRIMARY KEY,
    stamp TEXT NOT NULL,
    first INTEGER NOT NULL,
    count INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX indexed_articles_by_first ON indexed_articles (first);
CREATE VIRTUAL TABLE passage_words USING fts5 (
    title, heading, text,
    content = '', contentless_delete = 1,
    tokenize = 'porter unicode61 remove_diacritics 2'
);
