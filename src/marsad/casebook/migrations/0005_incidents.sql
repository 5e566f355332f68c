-- Reports whose record, as it is listed, has not been joined to the incidents yet.
CREATE TABLE untold (
    report INTEGER PRIMARY KEY REFERENCES reports
) STRICT;
INSERT INTO untold SELECT number FROM reports;

-- One row per claim that has been: the claim with what comparing it needs, as JSON, and its incident, which has the
-- number of its first claim.
CREATE TABLE tellings (
    number INTEGER PRIMARY KEY,
    report INTEGER NOT NULL REFERENCES reports,
    claim TEXT NOT NULL,
    incident INTEGER NOT NULL,
    span_start INTEGER NOT NULL,
    span_end INTEGER NOT NULL,
    data TEXT NOT NULL
) STRICT;
CREATE INDEX tellings_report ON tellings (report);
CREATE INDEX tellings_incident ON tellings (incident, number);

-- Each claim under its keys (hashes of when, where, who and what): those worth comparing meet under one.
CREATE TABLE telling_keys (
    key INTEGER NOT NULL,
    telling INTEGER NOT NULL REFERENCES tellings,
    PRIMARY KEY (key, telling)
) STRICT, WITHOUT ROWID;
CREATE INDEX telling_keys_telling ON telling_keys (telling);

-- Two claims by which incidents became one, or of which it is doubtful; "reasons" is a JSON list of words.
CREATE TABLE telling_pairs (
    number INTEGER PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('join', 'doubt')),
    one INTEGER NOT NULL REFERENCES tellings,
    other INTEGER NOT NULL REFERENCES tellings,
    probability REAL NOT NULL,
    reasons TEXT NOT NULL
) STRICT;
CREATE INDEX telling_pairs_one ON telling_pairs (one);
CREATE INDEX telling_pairs_other ON telling_pairs (other);

-- By what the claims were joined; where that has changed, all are joined anew.
CREATE TABLE telling_rules (
    fingerprint TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;
