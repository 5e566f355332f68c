-- What reviewers decided, one row each, never changed. "data" is the decision as canonical JSON; "hash" is the SHA-256
-- of the hash before it and "data". The other columns only show what is in "data".
CREATE TABLE decisions (
    number INTEGER PRIMARY KEY CHECK (number > 0),
    data TEXT NOT NULL,
    hash TEXT NOT NULL CHECK (length(hash) = 64),
    at TEXT AS (json_extract(data, '$.at')) VIRTUAL,
    who TEXT AS (json_extract(data, '$.who')) VIRTUAL,
    kind TEXT AS (json_extract(data, '$.kind')) VIRTUAL,
    part TEXT AS (json_extract(data, '$.target.part')) VIRTUAL,
    field TEXT AS (json_extract(data, '$.target.field')) VIRTUAL
) STRICT;

-- The reports that each decision is about.
CREATE TABLE decided (
    report INTEGER NOT NULL REFERENCES reports,
    decision INTEGER NOT NULL REFERENCES decisions,
    PRIMARY KEY (report, decision)
) STRICT, WITHOUT ROWID;
CREATE INDEX decided_decision ON decided (decision);
