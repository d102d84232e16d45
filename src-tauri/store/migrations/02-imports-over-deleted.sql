-- An import may bring back a document that was deleted; taken back, the document is deleted again, as it was.
ALTER TABLE imported_documents ADD COLUMN before_deleted INTEGER NOT NULL DEFAULT 0;
