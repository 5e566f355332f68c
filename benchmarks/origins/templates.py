"""Forms filled for other happenings, and copies of what fills them: are those apart, and these found?

    python benchmarks/origins/templates.py [--part tune|report] [--before] [--show] [--seed S]

Each form of ``templates.txt`` (fictional, and says so) is filled four times. Against each filled one stand forms filled
for another happening, and copies as papers make them. Everything goes through the index, once with the days of
publication and once without. ``--before`` leaves the clash of days, names and counts out of account. Rules were chosen
on the part "tune". Then come real texts, of the shared data where it is there: daily notices of one staff on strikes
(re3d: three, of different days), and every two reports that are put together among the conflict snippets of CASE 2021,
SATP and InSight Crime, and MUC-4.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import re
import sys
import warnings
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Final, NamedTuple

import copies
from texts import SHARED

from marsad.origins import Origins, ReportStore, judging
from marsad.records import Report

_PLACES: Final = (
    "Tal Marez", "Sennar Bay", "Hadun", "Ketra", "Wadi Surel", "Al-Mashira", "Bir Zaluq", "Novy Ostrel", "Karabeh",
    "Dorvanka", "Qasr Imlil", "Umm Tarif", "Jabal Nuhr", "Lipovets", "Mindrale", "Oshkar", "Tellin", "Garowat",
)  # fmt: skip
_PEOPLE: Final = (
    "Anton Velik", "Salma Haruni", "Idris Okoru", "Marta Jelen", "Yusuf Tamari", "Petro Danshuk", "Lina Barakeh",
    "Osman Furaq", "Nadia Kolm", "Ruben Estaval",
)  # fmt: skip
_SMALL: Final = "two three four five six seven eight nine ten eleven twelve".split()
_WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_CAPITALS: Final = ("PORT ALVA", "MERIDA", "KARSEN", "OSTROV")
_NUMBER: Final = re.compile(rf"\b(?:{'|'.join(_SMALL)}|\d+)\b", re.IGNORECASE)


class Filled(NamedTuple):
    """A form with what fills it."""

    text: str
    day: date
    slots: dict[str, str]


def forms(part: str) -> dict[str, str]:
    """The forms of a part, by name."""
    pieces = Path(__file__).with_suffix(".txt").read_text(encoding="utf-8").split("=== ")[1:]
    heads = [piece.partition("\n")[::2] for piece in pieces]
    return {head.split(" | ")[0]: body.strip() for head, body in heads if head.split(" | ")[1] == part}


def _number(draw: random.Random, taken: set[int]) -> str:
    value = draw.choice([n for n in range(2, 80) if n not in taken])
    taken.add(value)
    return _SMALL[value - 2] if value <= 12 and draw.random() < 0.7 else str(value)


def fill(form: str, draw: random.Random, day: date | None = None, **kept: str) -> Filled:
    """A form filled by chance, for ``day`` and with the slots ``kept``."""
    day = day or date(2014, 1, 1) + timedelta(days=draw.randrange(2000))
    taken: set[int] = set()
    places = draw.sample(_PLACES, 2)
    slots = {
        "place": places[0], "place2": places[1], "person": draw.choice(_PEOPLE), "weekday": _WEEKDAYS[day.weekday()],
        "date": f"{day:%B} {day.day}, {day.year}", "n": _number(draw, taken), "m": _number(draw, taken),
        "k": _number(draw, taken), "capital": draw.choice(_CAPITALS),
    } | kept  # fmt: skip
    text = form.format(
        **slots, N=slots["n"].capitalize(), M=slots["m"].capitalize(),
        DATELINE=f"{slots['capital']}, {day:%B} {day.day}, {day.year}",
    )  # fmt: skip
    return Filled(text, day, slots)


def others(form: str, one: Filled, draw: random.Random) -> Iterator[tuple[str, Filled]]:
    """The form filled for other happenings."""
    places = [place for place in _PLACES if place not in one.slots.values()]
    there = {"place": draw.choice(places)}
    here = {name: one.slots[name] for name in ("place", "place2", "capital")}
    yield "another day, place and figures", fill(form, draw, one.day + timedelta(days=draw.randint(8, 300)), **there)
    yield "within the week, another place", fill(form, draw, one.day + timedelta(days=draw.randint(1, 6)), **there)
    yield "the same day, another place", fill(form, draw, one.day, **there, capital=one.slots["capital"])
    yield "the same place, weeks later", fill(form, draw, one.day + timedelta(days=draw.randint(8, 60)), **here)
    yield "the same place and weekday", fill(form, draw, one.day + timedelta(days=7 * draw.randint(1, 8)), **here)


def _updated(one: Filled, draw: random.Random) -> str:
    """One or two figures higher, and a sentence more."""
    found = [m for m in _NUMBER.finditer(one.text) if m[0].lower() in {one.slots[s] for s in "nmk"}]
    text = one.text
    for m in sorted(draw.sample(found, min(len(found), draw.choice((1, 1, 2)))), key=lambda m: -m.start()):
        value = _SMALL.index(m[0].lower()) + 2 if not m[0].isdigit() else int(m[0])
        more = str(value + max(1, round(value * draw.uniform(0.05, 0.5))))
        text = text[: m.start()] + more + text[m.end() :]
    return text + " The figures may still change, an official said."


_SPELLINGS: Final = (
    ("Al-", "El "),
    ("q", "k"),
    ("ee", "i"),
    ("sh", "ch"),
    ("ou", "u"),
    ("a", "e"),
    ("u", "o"),
    ("i", "y"),
    ("v", "w"),
)


def _spelled(one: Filled, draw: random.Random) -> str:
    """The place in another spelling."""
    name = one.slots["place"]
    for old, new in draw.sample([s for s in _SPELLINGS if s[0] in name[1:] or name.startswith(s[0])], 1) * 2:
        name = name[0] + name[1:].replace(old, new) if not name.startswith(old) else name.replace(old, new)
    return one.text.replace(one.slots["place"], name)


def _datelined(one: Filled, draw: random.Random) -> str:
    """Under another paper's dateline, a day later."""
    body = one.text.partition(" - ")[2] if one.text[:4].isupper() else one.text
    later = one.day + timedelta(days=draw.randint(0, 2))
    return f"{draw.choice(('GRANFORT', 'ASHBY'))}, {later:%b}. {later.day} (Star Agency) - {body}"


def _cut(one: Filled, draw: random.Random) -> str:
    """Without the last third, or the last paragraph."""
    sentences = re.split(r"(?<=[.])\s+", one.text)
    return " ".join(sentences[: max(2, round(len(sentences) * draw.uniform(0.5, 0.75)))])


def made(one: Filled, draw: random.Random, seed: int) -> Iterator[tuple[str, str, int]]:
    """Copies of what fills a form, each with the days after which it is published."""
    yield "updated figures", _updated(one, draw), 0
    yield "updated figures, next day", _updated(one, draw).replace("said on", "said again on"), 1
    yield "another dateline", _datelined(one, draw), 1
    yield "the place spelled otherwise", _spelled(one, draw), 0
    yield "spelled otherwise and updated", _updated(one._replace(text=_spelled(one, draw)), draw), 0
    yield "cut", _cut(one, draw), 0
    yield "'yesterday'", one.text.replace(f"on {one.slots['weekday']}", "yesterday"), 1
    yield "small edits", copies.reprint(one.text, seed), 1
    yield "small edits, put up a month later", copies.reprint(one.text, seed + 1), 30
    yield "updated, put up a month later", _updated(one, draw), 30
    yield "spun", copies.spun(one.text, 0.6, seed), 0
    yield "translated and back", copies.translated(one.text, seed, 0.3), 0


def together(one: str, other: str, days: tuple[date, date] | None) -> bool:
    """Whether the index puts two reports down to one origin."""
    with ReportStore() as store:
        index = Origins(store)
        published = [day.isoformat() for day in days] if days else [None, None]
        placed = [
            index.add(Report(name, text, published=day))
            for name, text, day in zip("ab", (one, other), published, strict=True)
        ]
        return placed[1].of is not None or index.families.of(0) is not None


def real() -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Sets of short real reports: name and texts with their ids."""
    data = SHARED / "data"
    if not data.exists():
        return
    found = []
    for path in sorted((data / "re3d").glob("*/documents.json")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.strip():
                entry = json.loads(line)
                found.append((entry["_id"][:6], entry["text"]))
    yield "re3d", found
    with (data / "case2021_task2/half_with_labels.tsv").open(encoding="utf-8") as lines:
        rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        yield "CASE 2021", [(row["id"], row["EventSnippet"]) for row in rows]
    for name, folder in (("SATP", "satp_relevant"), ("InSight Crime", "insightCrime")):
        yield (
            name,
            [
                (f"{part}{n}", line.rsplit("\t", 1)[0].strip('"'))
                for part in ("train", "dev")
                for n, line in enumerate((data / f"conflibert/{folder}/{part}.tsv").open(encoding="utf-8"))
            ],
        )
    yield (
        "MUC-4",
        [
            (entry["docid"], entry["doctext"])
            for part in ("train", "dev")
            for entry in map(json.loads, (data / f"muc4/{part}.json").open(encoding="utf-8"))
        ],
    )


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--part", choices=("tune", "report"), default="report")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--before", action="store_true", help="without the clash of days, names and counts")
    parser.add_argument("--show", action="store_true", help="name what went wrong")
    options = parser.parse_args()
    warnings.simplefilter("ignore")
    if options.before:
        judging.of_another = lambda found: False  # type: ignore[attr-defined]
    for days in (True, False):
        print(f"{'with' if days else 'without'} days of publication: put together")
        hits: dict[str, list[bool]] = {}
        for name, form in forms(options.part).items():
            for number in range(4):
                draw = random.Random(f"{options.seed} {name} {number}")
                one = fill(form, draw)
                tries = [(f"other: {how}", other.text, other.day) for how, other in others(form, one, draw)]
                tries += [
                    (f"copy: {how}", text, one.day + timedelta(days=after))
                    for how, text, after in made(one, draw, number)
                ]
                for how, text, day in tries:
                    hit = together(one.text, text, (one.day, day) if days else None)
                    hits.setdefault(how, []).append(hit)
                    if options.show and hit == how.startswith("other"):
                        print(f"--- {name} {number} {how}\n{one.text}\n+++\n{text}")
        for how, found in hits.items():
            print(f"  {how:42} {sum(found):3} of {len(found)}")
        for kind in ("other", "copy"):
            found = [hit for how, all_of in hits.items() if how.startswith(kind) for hit in all_of]
            print(f"  all {kind:38} {sum(found):3} of {len(found)} = {sum(found) / len(found):.3f}")
    _real()
    return 0


def _real() -> None:
    for name, texts in real():
        with ReportStore() as store:
            index = Origins(store)
            edges = [(p, p.edge) for p in index.add_many([Report(i, text) for i, text in texts]) if p.edge]
            alike = sum(edge.kind == "identical" for _, edge in edges)
        print(f"{name}: {len(texts)} texts, {alike} the same as another, {len(edges) - alike} others put down to one:")
        print("  " + ", ".join(f"{e.derived} < {e.source}" for _, e in edges if e.kind != "identical"))


if __name__ == "__main__":
    sys.exit(main())
