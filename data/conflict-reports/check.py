"""Check the open data set of conflict reports, or fill in its split and its counts.

    python3 data/conflict-reports/check.py                  # what is wrong, one line each; exit status 0 or 1
    python3 data/conflict-reports/check.py --write-split    # give the records that split.tsv lacks a topic and a part
    python3 data/conflict-reports/check.py --write-counts   # bring the counts in README.md up to date

It needs nothing but Python and Marsad's own rules of a well-formed record, which
it takes from the repository or from an installed Marsad. Lines of ``split.tsv``
are never changed: a record keeps its topic and its part for good.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
from collections import Counter
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
SOURCES = HERE.parents[1] / "src"
if SOURCES.is_dir():
    sys.path.insert(0, str(SOURCES))

from marsad.wellformed import problems  # noqa: E402

Record = dict[str, Any]

LICENCE = "CC BY 4.0"
PARTS = ("train", "held-out")
HELD_OUT = 0.2
"""The share of the records that the held-out part should have."""
FROM, TO = 0.12, 0.28
"""Between which shares it must stay: topics go into a part as a whole."""
HEADER = ("id", "topic", "part")
START, END = "<!-- counts: written by check.py --write-counts -->", "<!-- end of counts -->"

TOPICS = (
    ("iraq", "iraq|kurdistan|kuwait|united nations, gulf"),
    ("levant", "syria|lebanon|israel|palestin|gaza|jordan|levant|^middle east$"),
    ("arabia-iran", "yemen|gulf|qatar|iran|saudi|oman|bahrain|emirates"),
    ("turkey-cyprus", "turkey|türkiye|cyprus|greece"),
    ("middle-east-invented", "middle east|west asia \\(inv"),
    ("sahel", "sahel|mali\\b|niger\\b|burkina|mauritania|chad"),
    ("north-africa", "north africa|maghreb|libya|tunisia|algeria|morocco|western sahara|egypt"),
    ("great-lakes", "great lakes|congo|burundi|rwanda|uganda|central african"),
    ("horn-of-africa", "horn of africa|east africa|somalia|kenya|ethiopia|eritrea|djibouti|tanzania"),
    ("sudan", "sudan|darfur"),
    ("west-africa", "west africa|nigeria|guinea|cameroon|liberia|sierra leone|ivory coast|gambia|senegal"),
    ("southern-africa", "southern africa|mozambique|zimbabwe|angola|zambia|south africa"),
    ("africa-invented", "africa"),
    ("andes", "andes|colombia|venezuela|ecuador|peru|bolivia|chile"),
    ("caribbean", "haiti|cuba|caribbean|dominican"),
    ("central-america", "mexico|honduras|panama|guatemala|salvador|nicaragua"),
    ("latin-america-other", "latin america|south america|brazil|argentina|paraguay"),
    ("british-isles", "northern ireland|ireland|united kingdom|britain"),
    ("iberia", "basque|spain|catalonia|portugal"),
    ("balkans", "balkan|kosovo|bosnia|serbia|croatia|albania|macedonia"),
    ("caucasus", "caucasus|karabakh|armenia|azerbaijan|georgia|chechnya"),
    ("russia-ukraine", "ukraine|russia|belarus|moldova|crimea|^europe$"),
    ("central-asia", "central asia|central/west asia|kazakhstan|uzbekistan|kyrgyzstan|tajikistan|steppe"),
    ("india", "india\\b|kashmir|nepal"),
    ("afghanistan-pakistan", "afghanistan|pakistan"),
    ("sri-lanka", "sri lanka|island state"),
    ("bangladesh", "bangladesh"),
    ("south-asia-invented", "south asia"),
    ("myanmar", "myanmar|burma"),
    ("south-east-asia", "south-?east asia|cambodia|thailand|philippines|indonesia|malaysia|vietnam|timor"),
    ("east-asia", "korea|china|taiwan|japan|mongolia|hong kong"),
    ("invented-elsewhere", "invented|fictional"),
    ("world", "united nations|united states|canada|europe|france|germany|australia|pacific|world|space"),
)
"""Topic and the words of a record's region that put it there; the first that matches counts."""

PINNED = {"own-n4-11": "sahel"}
"""Records whose region is wider than what they tell of."""

SHARED_NAMES, RARE = 5, 6
"""Two reports that share so many names, each in at most so many reports, tell one story."""

GENRES = (
    ("not about conflict, but in its words", "sport|business|medicine|accident|weather|culture|science|history"),
    ("obituary, profile, who's who", "obituary|profile|who's who|encyclop|biograph"),
    ("communiqué, press statement, declaration", "communi|statement|declaration|press release|ministry"),
    ("monitors, relief, observers", r"monitor|relief|aid agency|ngo|rights|peacekeep|situation|intellig|\blog\b"),
    ("court, parliament, police", "court|parliament|police|debate"),
    ("news agency and wire", "agency|wire|flash|bulletin|breaking|news,"),
    ("newspaper, feature, analysis and the rest", ""),
)
"""Family of genres and the words of a record's genre that put it there; the first that matches counts."""


def load(folder: Path) -> tuple[dict[str, Record], list[str]]:
    """The records of ``folder`` by the stems of their files, and what could not be read."""
    records: dict[str, Record] = {}
    wrong: list[str] = []
    for file in sorted((folder / "records").iterdir(), key=lambda f: f.name):
        if file.suffix != ".json":
            wrong.append(f"{file.name}: only .json files belong in records/")
            continue
        try:
            value = json.loads(file.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            wrong.append(f"{file.name}: cannot be read: {error}")
            continue
        if isinstance(value, dict) and isinstance(value.get("source"), dict):
            records[file.stem] = value
        else:
            wrong.append(f"{file.name}: no record with a source")
    return records, wrong


def first_match(table: tuple[tuple[str, str], ...], words: str) -> str | None:
    """The name of the first row whose pattern is in ``words``."""
    return next((name for name, pattern in table if re.search(pattern, words.lower())), None)


def topic_of(record: Record) -> str:
    """The topic of a record: the part of the world that its region names, real or imitated."""
    if str(record.get("id")) in PINNED:
        return PINNED[record["id"]]
    region = str(record["source"].get("region") or "invented")
    return first_match(TOPICS, region) or re.sub(r"[^a-z]+", "-", region.lower()).strip("-")


def read_split(folder: Path) -> list[tuple[str, str, str]]:
    """The rows of split.tsv without its header; none where there is no file yet."""
    file = folder / "split.tsv"
    if not file.exists():
        return []
    rows = [tuple(line.split("\t")) for line in file.read_text(encoding="utf-8").splitlines()]
    if not rows or rows[0] != HEADER or any(len(row) != 3 for row in rows):
        raise SystemExit(f"{file}: must have a header {' '.join(HEADER)} and three columns, parted by tabs")
    return [(row[0], row[1], row[2]) for row in rows[1:]]


def order(topic: str) -> str:
    """A key that puts topics in an order which is fixed and has nothing to do with what they are."""
    return hashlib.sha256(f"conflict-reports/1/{topic}".encode()).hexdigest()


def filled(rows: list[tuple[str, str, str]], records: dict[str, Record]) -> list[tuple[str, str, str]]:
    """``rows`` as they are, and a row for each record that has none.

    A topic that is in a part stays in it. New topics are gone through in a
    fixed order, and one is held out where that brings the held-out part
    nearer to a fifth of all.
    """
    part_of = {topic: part for _, topic, part in rows}
    listed = {row[0] for row in rows}
    new = {name: topic_of(record) for name, record in records.items() if name not in listed}
    sizes = Counter(new.values())
    held = sum(part == "held-out" for _, _, part in rows) + sum(
        size for topic, size in sizes.items() if part_of.get(topic) == "held-out"
    )
    wanted = HELD_OUT * len(listed | set(records))
    for topic in sorted(set(sizes) - set(part_of), key=order):
        nearer = abs(held + sizes[topic] - wanted) < abs(held - wanted)
        part_of[topic] = "held-out" if nearer else "train"
        held += sizes[topic] if nearer else 0
    return sorted([*rows, *((name, topic, part_of[topic]) for name, topic in new.items())], key=natural)


def natural(row: tuple[str, str, str]) -> list[tuple[int, str]]:
    """Sorting by id with its numbers as numbers."""
    return [(int(piece), "") if piece.isdigit() else (-1, piece) for piece in re.split(r"(\d+)", row[0]) if piece]


def check_record(name: str, record: Record) -> list[str]:
    """What is wrong with one record of this data set."""
    wrong = problems(record)
    source = record["source"]
    if record.get("id") != name:
        wrong.append(f"its id is {record.get('id')!r}; it must be the file's name")
    if source.get("licence") != LICENCE:
        wrong.append(f"its licence is {source.get('licence')!r}, not {LICENCE!r}")
    if not isinstance(source.get("fictional"), bool):
        wrong.append("source.fictional must be true or false")
    for key in ("genre", "region"):
        if not isinstance(source.get(key), str) or not source[key].strip():
            wrong.append(f"source.{key} must say something")
    if source.get("fictional") is False and re.search("invented|fictional", str(source.get("region"))):
        wrong.append("its region is invented, so source.fictional must be true")
    if not record.get("events") and not record.get("actors"):
        wrong.append("nothing is labelled in it")
    return [f"{name}: {line}" for line in wrong]


def check_split(rows: list[tuple[str, str, str]], records: dict[str, Record]) -> list[str]:
    """What is wrong with the split."""
    wrong = [f"split.tsv: {name} comes twice" for name, n in Counter(row[0] for row in rows).items() if n > 1]
    parts: dict[str, set[str]] = {}
    for name, topic, part in rows:
        parts.setdefault(topic, set()).add(part)
        if part not in PARTS:
            wrong.append(f"split.tsv: {name}: {part!r} is no part; parts are {' and '.join(PARTS)}")
        if name not in records:
            wrong.append(f"split.tsv: {name} has no record")
        elif topic != topic_of(records[name]):
            wrong.append(f"split.tsv: {name}: the topic is {topic!r}, its region gives {topic_of(records[name])!r}")
    wrong += [f"split.tsv: the topic {topic!r} is in both parts" for topic, both in parts.items() if len(both) > 1]
    missing = sorted(set(records) - {row[0] for row in rows})
    wrong += [f"split.tsv: {name} is not listed; run check.py --write-split" for name in missing]
    share = sum(part == "held-out" for _, _, part in rows) / (len(rows) or 1)
    if not FROM <= share <= TO:
        wrong.append(f"split.tsv: {share:.0%} of the records are held out, not between {FROM:.0%} and {TO:.0%}")
    return wrong


def check_stories(rows: list[tuple[str, str, str]], records: dict[str, Record]) -> list[str]:
    """Pairs of reports in different parts that tell one story, going by their names."""
    names = {
        name: {actor["name"] for actor in record["actors"] if actor["name"][:1].isupper()}
        | {place["name"].split(",")[0] for place in record["places"]}
        for name, record in records.items()
    }
    known = Counter(name for those in names.values() for name in those)
    rare = {name: {one for one in those if known[one] <= RARE} for name, those in names.items()}
    parts: dict[str, list[str]] = {part: [n for n, _, p in rows if p == part and n in rare] for part in PARTS}
    return [
        f"split.tsv: {held} is held out and tells the story of {other}: both name {', '.join(sorted(both))}"
        for held in parts["held-out"]
        for other in parts["train"]
        if len(both := rare[held] & rare[other]) >= SHARED_NAMES
    ]


def table(title: str, counts: Counter[str], totals: str = "records") -> list[str]:
    """Counts as a Markdown table, most first."""
    rows = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return ["", f"| {title} | {totals} |", "|---|--:|", *(f"| {name} | {n:,} |" for name, n in rows)]


def counts_of(records: dict[str, Record], rows: list[tuple[str, str, str]]) -> str:
    """The counts of the card, as Markdown."""
    part_of = {name: part for name, _, part in rows}
    lines = ["| | all | train | held-out |", "|---|--:|--:|--:|"]
    groups = [list(records.values()), *([r for n, r in records.items() if part_of.get(n) == part] for part in PARTS)]

    def line(title: str, number: Any) -> None:
        lines.append(f"| {title} | " + " | ".join(f"{sum(map(number, group)):,}" for group in groups) + " |")

    line("records", lambda r: 1)
    line("of these fictional", lambda r: r["source"]["fictional"])
    line("characters", lambda r: len(r["text"]))
    line("words", lambda r: len(r["text"].split()))
    line("events", lambda r: len(r["events"]))
    line("of these scored", lambda r: sum(e.get("scored", True) for e in r["events"]))
    line("actors", lambda r: len(r["actors"]))
    line("mentions", lambda r: sum(len(a["mentions"]) for a in r["actors"]))
    line("statements", lambda r: len(r["statements"]))
    line("relations", lambda r: len(r["relations"]))
    line("times", lambda r: len(r["times"]))
    line("places", lambda r: len(r["places"]))
    events = [event for record in records.values() for event in record["events"]]
    for title, key in (("type", "type"), ("status", "status"), ("certainty", "certainty")):
        lines += table(title, Counter(event[key] for event in events), "events")
    lines += table("genre", Counter(first_match(GENRES, r["source"]["genre"]) or "" for r in records.values()))
    topics = Counter(f"{topic} ({part})" for name, topic, part in rows if name in records)
    lines += table("topic (part)", topics)
    return "\n".join(lines)


def check_card(folder: Path, counts: str) -> list[str]:
    """What is wrong with the counts in the card."""
    text = (folder / "README.md").read_text(encoding="utf-8")
    if f"{START}\n{counts}\n{END}" not in text:
        return ["README.md: its counts are not those of the records; run check.py --write-counts"]
    return []


def write_card(folder: Path, counts: str) -> None:
    """Put the counts between the card's two marks."""
    file = folder / "README.md"
    before, rest = file.read_text(encoding="utf-8").split(START, 1)
    file.write_text(f"{before}{START}\n{counts}\n{END}{rest.split(END, 1)[1]}", encoding="utf-8")


def check(folder: Path) -> list[str]:
    """Everything that is wrong with the data set in ``folder``, one line each."""
    records, wrong = load(folder)
    if not records:
        return [*wrong, "records/: no record"]
    faults = [line for name, record in records.items() for line in check_record(name, record)]
    texts = Counter(record.get("text") for record in records.values())
    wrong += [f"a text comes {n} times: {str(text)[:60]!r}" for text, n in texts.items() if n > 1]
    rows = read_split(folder)
    wrong += check_split(rows, records)
    # Counting needs well-formed records.
    return wrong + (faults or check_stories(rows, records) + check_card(folder, counts_of(records, rows)))


def main() -> int:
    """Read the arguments; write or check."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=HERE, help="the data set; this file's folder")
    parser.add_argument("--write-split", action="store_true", help="list the records that split.tsv lacks")
    parser.add_argument("--write-counts", action="store_true", help="bring the counts in README.md up to date")
    arguments = parser.parse_args()
    folder: Path = arguments.folder
    if arguments.write_split:
        rows = filled(read_split(folder), load(folder)[0])
        text = "\n".join("\t".join(row) for row in [HEADER, *rows])
        (folder / "split.tsv").write_text(text + "\n", encoding="utf-8")
    if arguments.write_counts:
        write_card(folder, counts_of(load(folder)[0], read_split(folder)))
    wrong = check(folder)
    print("\n".join(wrong) if wrong else f"{len(load(folder)[0])} records, nothing wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
