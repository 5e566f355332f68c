-- Claims are kept anew, in less room and so that one more costs little among many: all reports wait again.
DROP TABLE telling_pairs;
DROP TABLE telling_keys;
DROP TABLE tellings;
DELETE FROM telling_rules;
INSERT OR IGNORE INTO untold SELECT number FROM reports;

-- One row per claim, and its incident, which has the number of its first claim; a number is never used twice. "days" and
-- "spot" are when and where it says that it was, "facts" all else that the report says of it, as JSON.
CREATE TABLE tellings (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    report INTEGER NOT NULL REFERENCES reports,
    claim TEXT NOT NULL,
    incident INTEGER NOT NULL,
    span_start INTEGER NOT NULL,
    span_end INTEGER NOT NULL,
    days TEXT,
    spot TEXT,
    facts TEXT NOT NULL
) STRICT;
CREATE INDEX tellings_report ON tellings (report);
CREATE INDEX tellings_incident ON tellings (incident, number);

-- The words by which a claim is compared with others, as JSON; those of its whole report once for all its claims.
CREATE TABLE telling_words (
    telling INTEGER PRIMARY KEY REFERENCES tellings,
    data TEXT NOT NULL
) STRICT;
CREATE TABLE telling_reports (
    report INTEGER PRIMARY KEY REFERENCES reports,
    about TEXT NOT NULL
) STRICT;

-- Each claim under its keys (when, where, who and what; those of a time beside each other): claims worth comparing meet
-- under one. A claim's keys can be made from it again.
CREATE TABLE telling_keys (
    key INTEGER NOT NULL,
    telling INTEGER NOT NULL,
    PRIMARY KEY (key, telling)
) STRICT, WITHOUT ROWID;

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

-- When a report (its record, or what it goes back to) or an incident last changed, by a clock that only goes on: who
-- keeps a list of them need not read all of it again.
CREATE TABLE changed (
    what TEXT NOT NULL CHECK (what IN ('report', 'incident')),
    number INTEGER NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (what, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX changed_at ON changed (what, at);
