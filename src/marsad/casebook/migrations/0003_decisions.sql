-- What reviewers decided, one row each, never changed. "data" is the decision as canonical JSON; "hash" is the SHA-256
-- of the hash before it and "data". The other columns only show what is in "data".
CREATE TABLE decisions (
    number INTEGER PRIMARY KEY CHECK (number > 0),
    data TEXT NOT NULL,
    hash TEXT NOT NULL CHECK (length(hash) = 64),
    at TEXT AS (iif(json_valid(data), json_extract(data, '$.at'), NULL)) VIRTUAL,
    who TEXT AS (iif(json_valid(data), json_extract(data, '$.who'), NULL)) VIRTUAL,
    kind TEXT AS (iif(json_valid(data), json_extract(data, '$.kind'), NULL)) VIRTUAL,
    part TEXT AS (iif(json_valid(data), json_extract(data, '$.target.part'), NULL)) VIRTUAL,
    field TEXT AS (iif(json_valid(data), json_extract(data, '$.target.field'), NULL)) VIRTUAL
) STRICT;

-- The reports that each decision is about.
CREATE TABLE decided (
    report INTEGER NOT NULL REFERENCES reports,
    decision INTEGER NOT NULL REFERENCES decisions,
    PRIMARY KEY (report, decision)
) STRICT, WITHOUT ROWID;
CREATE INDEX decided_decision ON decided (decision);
