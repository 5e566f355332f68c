"""The loaders of statements, speakers, factuality and roles, each on a sample made up in the shape of its set."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from sets_making import events, lines, loaded, mentions, words

ARTICLE = (
    "Quill hits back.\n\nFULL TEXT.\n\n''We stay,'' Mayor Ada Quill said. ''All of us.''\n\n"
    "Her aide warned that the ''worst'' was to come. Voters backed the plan.\n"
)


def _said(record: Any, made: Any) -> tuple[Any, ...]:
    """A statement in words: manner, content, cue and speaker."""
    cue, speaker = (span and words(record, span) for span in (made.cue, made.speaker))
    return made.manner, [words(record, piece) for piece in made.content], cue, speaker


def _standoff(text: str, attributions: list[list[tuple[str, str]]]) -> str:
    rows, number = [], 0
    for count, parts in enumerate(attributions, 1):
        keys = []
        for kind, passage in parts:
            number += 1
            pieces = passage.split(" / ")
            at = ";".join(f"{text.index(piece)} {text.index(piece) + len(piece)}" for piece in pieces)
            rows.append(f"T{number}\t{kind} {at}\t{passage}")
            keys.append(f"{kind}:T{number}")
        rows.append(f"E{count}\t{' '.join(keys)}")
    return "\n".join(rows) + "\n"


def test_polnear_statements_speakers_and_what_is_left_open(tmp_path: Path) -> None:
    labels = _standoff(
        ARTICLE,
        [
            [("Source", "Mayor Ada Quill"), ("Cue", "said"), ("Content", "''We stay,'' / ''All of us.''")],
            [("Source", "Her aide"), ("Cue", "warned"), ("Content", "that the ''worst'' was to come")],
            [("Source", "Voters"), ("Cue", "backed"), ("Content", "the plan")],
        ],
    )
    for part, content in (("text", ARTICLE), ("attributions", labels)):
        name = "own_1.txt" if part == "text" else "own_1_ab12.ann"
        (tmp_path / "train" / part).mkdir(parents=True)
        (tmp_path / "train" / part / name).write_text(content, encoding="utf-8", newline="")
    (record,) = loaded("polnear", tmp_path)
    assert "FULL TEXT" not in record.text
    found = [
        (
            s.manner,
            [words(record, c) for c in s.content],
            s.cue and words(record, s.cue),
            s.speaker and words(record, s.speaker),
        )
        for s in record.statements
    ]
    assert found == [
        ("direct", ["We stay"], "said", "Ada Quill"),
        ("direct", ["All of us."], None, None),
        ("mixed", ['the "worst" was to come'], "warned", "Her aide"),
    ]
    assert mentions(record) == ["Ada Quill", "Her aide"]
    assert {words(record, span) for span in record.unsure} == {"the plan", "backed"}


def test_litbank_chains_of_persons_and_who_speaks(tmp_path: Path) -> None:
    rows = [
        ("Ada", "(7"), ("Quill", "7)"), ("shut", ""), ("the", "(3"), ("mill", "3)"), (".", ""), None,
        ("“", ""), ("Go", ""), (",", ""), ("”", ""), ("said", ""), ("she", "(7)"), (".", ""), None,
    ]  # fmt: skip
    conll = "\n".join("" if row is None else "\t".join(["own", "0", "0", row[0], *["_"] * 8, row[1]]) for row in rows)
    quotes = "QUOTE\tQ1\t1\t0\t1\t3\t“ Go , ”\nATTRIB\tQ1\tAda_Quill-0\n"
    for part, name, content in (
        ("coref_conll", "own_brat.conll", f"#begin document (own); part 0\n{conll}\n"),
        ("quotations_tsv", "own_brat.ann", quotes),
    ):
        (tmp_path / part).mkdir()
        (tmp_path / part / name).write_text(content, encoding="utf-8")
    (record,) = loaded("litbank", tmp_path)
    assert record.text == "Ada Quill shut the mill. “Go,” said she."
    assert [(words(record, m[:2]), m[3]) for m in record.mentions] == [("Ada Quill", "7"), ("she", "7")]
    (made,) = record.statements
    assert (words(record, made.content[0]), words(record, made.cue), words(record, made.speaker)) == (
        "Go",
        "said",
        "she",
    )


def test_factuality_takes_the_ends_of_the_scale_and_plain_plans(tmp_path: Path) -> None:
    text = "The Orrin left Velm and will return but did not shell it though they burned mills ."
    values = {"left": 3.0, "return": 3.0, "shell": -2.6, "burned": 1.4}
    targets = [{"span1": [i, i + 1], "label": values[w]} for i, w in enumerate(text.split()) if w in values]
    wish = {"text": "Please let us go home", "targets": [{"span1": [4, 5], "label": -3.0}], "idx": 1}
    lines(tmp_path / "UW" / "train.jsonl", {"text": text, "targets": targets, "idx": 0}, wish)
    (record,) = loaded("factuality", tmp_path)
    assert [(words(record, (e.start, e.end)), e.status, e.certainty) for e in record.events] == [
        ("left", "happened", "certain"), ("return", "planned", None), ("shell", "did-not-happen", None),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "at", "value", "part", "status"),
    [
        ("Harn may shell Velm", 2, 0.2, "UW", "conditional"),
        ("Harn may shell Velm", 2, 2.2, "UW", None),
        ("Harn urged the Orrin to withdraw", 5, 0.4, "UW", "requested"),
        ("Harn asked for leave to withdraw", 5, 0.4, "UW", None),
        ("Harn agreed to withdraw", 3, 1.0, "UW", "planned"),
        ("Harn will withdraw if paid", 2, 2.6, "UW", None),
        ("Harn will withdraw", 2, 2.6, "UDS_IH2", None),
        ("Harn will withdraw", 2, -0.75, "UDS_IH2", "planned"),
        ("Do not shell Velm", 2, -3.0, "UDS_IH2", None),
        ("Harn has never yet shelled Velm", 4, -2.5, "UDS_IH2", "did-not-happen"),
    ],
)
def test_a_word_gives_the_open_statuses_where_the_value_agrees(
    text: str, at: int, value: float, part: str, status: str | None, tmp_path: Path
) -> None:
    lines(tmp_path / part / "dev.jsonl", {"text": text, "targets": [{"span1": [at, at + 1], "label": value}], "idx": 0})
    found = [event.status for record in loaded("factuality", tmp_path) for event in record.events]
    assert found == ([status] if status else [])


def _plover(markup: str, kind: str) -> dict[str, object]:
    return {"id": f"x-{len(markup)}", "event_2021": kind, "textInfo": {"markup": markup}}


def test_plover_records_with_a_sure_trigger(tmp_path: Path) -> None:
    items = [
        _plover(
            "The (SRC: Harn army) has (EVT: arrested) forty (TAR: farmers) in (LOC: the (TAR: Velm) hills).", "COERCE"
        ),
        _plover("(SRC: Harn) (EVT: said) it (EVT: will return) to (TAR: Velm).", "THREATEN"),
        _plover("(SRC/TAR: Harn) and (SRC/TAR: Velm) held (EVT: talks) on grain.", "CONSULT"),
    ]
    (tmp_path / "gsr_dev.json").write_text(json.dumps(items), encoding="utf-8")
    arrested, talks = loaded("plover_gsr", tmp_path)
    assert arrested.text == "The Harn army has arrested forty farmers in the Velm hills."
    assert events(arrested)[0][:2] == ("arrested", "COERCE")
    assert {("actor", "Harn army"), ("recipient", "farmers")} <= events(arrested)[0][2]
    assert events(talks) == [("talks", "CONSULT", {(r, n) for r in ("actor", "recipient") for n in ("Harn", "Velm")})]


def test_cameo_sentences_whose_verb_follows_the_source(tmp_path: Path) -> None:
    sentences = [
        "Harn/B-S police/I-S have/O detained/O two/B-T farmers/I-T ./O",
        "Harn/B-S said/O the/B-T farmers/I-T left/O ./O",
        "Harn/B-S shelled/O the/B-T village/I-T ./O",
        "The/B-T farmers/I-T were/O beaten/O by/O Harn/B-S ./O",
    ]
    rows = "\n\n".join(
        "\n".join(pair.rsplit("/", 1)[0] + " " + pair.rsplit("/", 1)[1] for pair in s.split()) for s in sentences
    )
    (tmp_path / "cameo_ner").mkdir()
    (tmp_path / "cameo_ner" / "train.txt").write_text(rows + "\n", encoding="utf-8")
    (record,) = loaded("cameo_ner", tmp_path)
    assert events(record) == [("detained", None, {("actor", "Harn police"), ("recipient", "two farmers")})]


def test_muc_sentences_with_one_trigger(tmp_path: Path) -> None:
    text = "rebels kidnapped ada quill in velm. the rebels killed tomas and killed his son. the mill burned."
    template = {
        "incident_type": "kidnapping",
        "PerpInd": [[["rebels", 0]]], "PerpOrg": [], "Victim": [[["ada quill", text.index("ada")]]],
        "Target": [[["mill", text.index("mill")]]], "Weapon": [],
    }  # fmt: skip
    lines(tmp_path / "train.json", {"docid": "D1", "doctext": text, "templates": [template]})
    lines(tmp_path / "dev.json")
    (record,) = loaded("muc4", tmp_path)
    assert record.text == "Rebels kidnapped ada quill in velm."
    assert events(record) == [("kidnapped", "ASSAULT", {("actor", "Rebels"), ("recipient", "ada quill")})]
