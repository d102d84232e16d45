-- Whoever follows from a position on is told of publications as well. Those from before count as long told.
ALTER TABLE publications ADD COLUMN position INTEGER NOT NULL DEFAULT 0;
CREATE INDEX publications_by_position ON publications (position);
