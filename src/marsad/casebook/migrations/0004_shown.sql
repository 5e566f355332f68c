-- The record of each report that is listed: the coder's current one or, where reviewers decided something, that with
-- their decisions applied. The latter belongs to the run of the coder "reviewers" and is never "current".
ALTER TABLE records ADD COLUMN shown INTEGER NOT NULL DEFAULT 0 CHECK (shown IN (0, 1));
UPDATE records SET shown = current;
CREATE UNIQUE INDEX records_shown ON records (report) WHERE shown = 1;
