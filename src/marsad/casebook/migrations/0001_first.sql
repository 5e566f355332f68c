-- One row per report. Its text never changes; "content" is the SHA-256 of what makes it this report.
CREATE TABLE reports (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    content BLOB NOT NULL UNIQUE CHECK (length(content) = 32),
    title TEXT,
    text TEXT NOT NULL,
    published TEXT,
    source TEXT NOT NULL,
    author TEXT,
    language TEXT,
    outcome TEXT NOT NULL CHECK (outcome IN ('ok', 'partial')),
    reason TEXT,
    added_at TEXT NOT NULL
) STRICT;

-- Every id under which a report has come in: an exact copy is not kept twice, but its name is.
CREATE TABLE names (
    name TEXT NOT NULL,
    report INTEGER NOT NULL REFERENCES reports,
    PRIMARY KEY (name, report)
) STRICT, WITHOUT ROWID;
CREATE INDEX names_report ON names (report);

-- Inputs from which no record came, until they are read after all.
CREATE TABLE failures (
    name TEXT PRIMARY KEY,
    reason TEXT NOT NULL,
    failed_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- One row per coder: its name, version and the fingerprint of all that its results depend on.
CREATE TABLE runs (
    id INTEGER PRIMARY KEY,
    coder TEXT NOT NULL,
    version TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    started_at TEXT NOT NULL,
    UNIQUE (coder, version, fingerprint)
) STRICT;

-- One row per report and run. "json" is the marsad-record/1 object without its text.
CREATE TABLE records (
    number INTEGER PRIMARY KEY,
    report INTEGER NOT NULL REFERENCES reports,
    run INTEGER NOT NULL REFERENCES runs,
    current INTEGER NOT NULL CHECK (current IN (0, 1)),
    json TEXT NOT NULL,
    coded_at TEXT NOT NULL,
    UNIQUE (report, run)
) STRICT;
CREATE UNIQUE INDEX records_current ON records (report) WHERE current = 1;
CREATE INDEX records_run ON records (run);

-- What the listings look through. "seq" is the place in the record's list; "folded" is for matching names.
CREATE TABLE actors (
    record INTEGER NOT NULL REFERENCES records,
    seq INTEGER NOT NULL,
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    mentions INTEGER NOT NULL,
    folded TEXT NOT NULL,
    PRIMARY KEY (record, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX actors_id ON actors (record, id);

CREATE TABLE relations (
    record INTEGER NOT NULL REFERENCES records,
    seq INTEGER NOT NULL,
    subject TEXT NOT NULL,
    relation TEXT NOT NULL,
    object TEXT NOT NULL,
    span_start INTEGER NOT NULL,
    span_end INTEGER NOT NULL,
    PRIMARY KEY (record, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE statements (
    record INTEGER NOT NULL REFERENCES records,
    seq INTEGER NOT NULL,
    id TEXT NOT NULL,
    manner TEXT NOT NULL,
    speaker TEXT,
    anonymous INTEGER NOT NULL CHECK (anonymous IN (0, 1)),
    span_start INTEGER NOT NULL,
    span_end INTEGER NOT NULL,
    PRIMARY KEY (record, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE events (
    record INTEGER NOT NULL REFERENCES records,
    seq INTEGER NOT NULL,
    id TEXT NOT NULL,
    type TEXT NOT NULL,
    mode TEXT,
    status TEXT NOT NULL,
    certainty TEXT NOT NULL,
    span_start INTEGER NOT NULL,
    span_end INTEGER NOT NULL,
    first_day TEXT,
    last_day TEXT,
    place TEXT,
    place_folded TEXT NOT NULL,
    latitude REAL,
    longitude REAL,
    killed_low INTEGER,
    killed_best INTEGER,
    killed_high INTEGER,
    injured_low INTEGER,
    injured_best INTEGER,
    injured_high INTEGER,
    PRIMARY KEY (record, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX events_type ON events (type, record);

-- Who did it, who had it done to them, who says so; "actor" is an actor's id, or "author".
CREATE TABLE roles (
    record INTEGER NOT NULL,
    event INTEGER NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('actor', 'recipient', 'according_to')),
    seq INTEGER NOT NULL,
    actor TEXT NOT NULL,
    PRIMARY KEY (record, event, role, seq),
    FOREIGN KEY (record, event) REFERENCES events (record, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE times (
    record INTEGER NOT NULL REFERENCES records,
    seq INTEGER NOT NULL,
    span_start INTEGER NOT NULL,
    span_end INTEGER NOT NULL,
    value TEXT,
    PRIMARY KEY (record, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE places (
    record INTEGER NOT NULL REFERENCES records,
    seq INTEGER NOT NULL,
    span_start INTEGER NOT NULL,
    span_end INTEGER NOT NULL,
    name TEXT NOT NULL,
    country TEXT,
    latitude REAL,
    longitude REAL,
    PRIMARY KEY (record, seq)
) STRICT, WITHOUT ROWID;

-- Full text over title and text. The words themselves stay in "reports". Marks (Mn, Mc) belong to words:
-- without them Hindi vowel signs and Arabic vocalisation would cut words in pieces.
CREATE VIRTUAL TABLE search USING fts5 (
    title,
    text,
    content = 'reports',
    content_rowid = 'number',
    tokenize = "unicode61 remove_diacritics 2 categories 'L* N* Co Mn Mc'"
);
