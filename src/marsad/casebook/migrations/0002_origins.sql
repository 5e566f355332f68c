-- One row per report, in the order of their numbers: the account it goes back to ("origin", the report at the root of
-- its family), and how it is made from which. "share" is the part of it that is from there; "sure" is 1 where more than
-- order and length tells which is made from which; "attached" counts the reports made from one in the order they were
-- put down to it; "spun" is the probability that it is machine-spun, NULL where nobody has asked yet.
CREATE TABLE origins (
    report INTEGER PRIMARY KEY REFERENCES reports,
    origin INTEGER NOT NULL REFERENCES origins,
    kind TEXT NOT NULL CHECK (kind IN ('identical', 'reprint', 'additions', 'spun', 'back-translated', 'independent')),
    of INTEGER REFERENCES origins,
    share REAL NOT NULL,
    sure INTEGER NOT NULL CHECK (sure IN (0, 1)),
    attached INTEGER NOT NULL,
    spun REAL
) STRICT;
CREATE INDEX origins_origin ON origins (origin);
CREATE INDEX origins_of ON origins (of, attached);

-- What two reports that are alike were found to share when the later one came in. "evidence" is a JSON object.
CREATE TABLE edges (
    number INTEGER PRIMARY KEY,
    derived INTEGER NOT NULL REFERENCES origins,
    source INTEGER NOT NULL REFERENCES origins,
    evidence TEXT NOT NULL
) STRICT;
CREATE INDEX edges_derived ON edges (derived);
CREATE INDEX edges_source ON edges (source);

-- Signatures of reports, a long report has several: 128 values of 16 bits, the lower byte first.
CREATE TABLE signatures (
    number INTEGER PRIMARY KEY,
    report INTEGER NOT NULL REFERENCES reports,
    vals BLOB NOT NULL CHECK (length(vals) = 256)
) STRICT;

-- Each signature under each of its 64 pairs of values: reports that are alike meet in a slot.
CREATE TABLE bands (
    slot INTEGER NOT NULL,
    signature INTEGER NOT NULL,
    PRIMARY KEY (slot, signature)
) STRICT, WITHOUT ROWID;
