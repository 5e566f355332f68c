"""The loaders of events, actors and relations, each on a sample made up in the shape of its set."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from sets_making import events, lines, loaded, mentions, words


def _sentence(text: str, start: int) -> list[Any]:
    """A sentence of WikiEvents: tokens with offsets, and the text; words are parted by single blanks."""
    tokens, at = [], start
    for word in text.split():
        tokens.append([word, at, at + len(word)])
        at += len(word) + 1
    return [tokens, text]


def _wikievents(name: str) -> dict[str, Any]:
    first, second = "Harn gunmen killed three farmers .", "A court told them so ."
    return {
        "doc_id": name,
        "text": first + second,
        "sentences": [_sentence(first, 0), _sentence(second, len(first) + 2)],
        "entity_mentions": [
            {"id": "e1", "start": 1, "end": 2, "entity_type": "PER", "text": "gunmen"},
            {"id": "e2", "start": 4, "end": 5, "entity_type": "PER", "text": "farmers"},
            {"id": "e3", "start": 7, "end": 8, "entity_type": "ORG", "text": "court"},
            {"id": "e4", "start": 0, "end": 1, "entity_type": "WEA", "text": "Harn"},
        ],
        "event_mentions": [
            {
                "event_type": "Life.Die.Unspecified",
                "trigger": {"start": 2, "end": 3, "text": "killed"},
                "arguments": [
                    {"role": "Killer", "entity_id": "e1", "text": "gunmen"},
                    {"role": "Victim", "entity_id": "e2", "text": "farmers"},
                ],
            },
            {
                "event_type": "Contact.Contact.Meet",
                "trigger": {"start": 8, "end": 9, "text": "told"},
                "arguments": [{"role": "Participant", "entity_id": "e3", "text": "court"}],
            },
        ],
    }


def test_wikievents_gets_its_paragraphs_back_and_only_sure_types(tmp_path: Path) -> None:
    lines(tmp_path / "dev.jsonl", _wikievents("mine_1"), _wikievents("road_ied_8"))
    (record,) = loaded("wikievents", tmp_path)
    assert record.id == "wikievents-mine_1"
    assert record.text == "Harn gunmen killed three farmers .\nA court told them so ."
    assert mentions(record) == ["gunmen", "three farmers", "A court"]
    assert events(record) == [("killed", "ASSAULT", {("actor", "gunmen"), ("recipient", "three farmers")})]


def test_a_set_is_found_below_the_folder_of_all_sets(tmp_path: Path) -> None:
    lines(tmp_path / "wikievents" / "dev.jsonl", _wikievents("mine_1"))
    assert loaded("wikievents", tmp_path) == loaded("wikievents", tmp_path / "wikievents")


def _rams(trigger: int, kind: str, roles: list[tuple[int, int, str]]) -> dict[str, Any]:
    sentence = "In May the Orrin 's guards bombed two villages and Quill killed Tomas .".split()
    return {
        "doc_key": f"w{trigger}",
        "sentences": [sentence],
        "evt_triggers": [[trigger, trigger, [[kind, 1.0]]]],
        "gold_evt_links": [[[trigger, trigger], [a, b], name] for a, b, name in roles],
    }


def test_rams_drops_things_and_types_that_do_not_match(tmp_path: Path) -> None:
    lines(
        tmp_path / "dev.jsonlines",
        _rams(6, "conflict.attack.bombing", [(3, 3, "evt007arg01attacker"), (7, 8, "evt007arg02target")]),
        _rams(11, "life.die.violent", [(10, 10, "evt090arg01killer"), (12, 12, "evt090arg02victim")]),
        _rams(6, "government.spy.spy", []),
    )
    bombed, killed = loaded("rams", tmp_path)
    assert bombed.text == "In May the Orrin's guards bombed two villages and Quill killed Tomas."
    assert events(bombed) == [("bombed", "ASSAULT", {("actor", "Orrin")})]
    assert events(killed) == [("killed", "ASSAULT", {("actor", "Quill"), ("recipient", "Tomas")})]


def _re3d(folder: Path, text: str) -> None:
    def entity(value: str, kind: str, confidence: float = 1.0) -> dict[str, Any]:
        at = text.index(value)
        return {
            "documentId": "D1", "begin": at, "end": at + len(value), "type": kind, "value": value,
            "confidence": confidence,
        }  # fmt: skip

    def relation(one: str, kind: str, other: str, confidence: float = 1.0) -> dict[str, Any]:
        a, b = text.index(one), text.index(other)
        return {
            "documentId": "D1", "sourceBegin": a, "sourceEnd": a + len(one), "targetBegin": b,
            "targetEnd": b + len(other), "type": kind, "confidence": confidence,
        }  # fmt: skip

    part = folder / "CENTCOM"
    lines(part / "documents.json", {"_id": "D1", "text": text, "title": "x"})
    lines(
        part / "entities.json",
        entity("The Orrin", "Organisation"),
        entity("the Harn Guard", "Organisation"),
        entity("Ada Quill", "Person"),
        entity("Velm", "Location"),
        entity("the old mill", "Location"),
        entity("Tomas", "Person", 0.2),
    )
    lines(
        part / "relations.json",
        relation("The Orrin", "FightingAgainst", "the Harn Guard"),
        relation("Ada Quill", "InChargeOf", "the Harn Guard"),
        relation("Ada Quill", "BelongsTo", "the Harn Guard"),
        relation("the Harn Guard", "AlliesOf", "The Orrin", 0.1),
    )


def test_re3d_keeps_what_is_sure_and_mends_quoted_paragraphs(tmp_path: Path) -> None:
    text = '"""We hold,"" said Ada Quill."\nThe Orrin fought the Harn Guard near the old mill of Velm. Tomas left.'
    _re3d(tmp_path / "data" / "re3d", text)
    (record,) = loaded("re3d", tmp_path / "data" / "re3d")
    assert record.text.startswith('"We hold," said Ada Quill.\nThe Orrin')
    assert mentions(record) == ["Ada Quill", "Orrin", "Harn Guard"]
    assert [(mentions(record)[a], name, mentions(record)[b]) for a, name, b in record.relations] == [
        ("Ada Quill", "leads", "Harn Guard"),
        ("Orrin", "fights", "Harn Guard"),
    ]
    assert [words(record, place) for place in record.places] == ["Velm"]


def test_re3d_leaves_out_what_is_gold(tmp_path: Path) -> None:
    text = "The Orrin fought the Harn Guard near the old mill of Velm. Ada Quill and Tomas left."
    _re3d(tmp_path / "data" / "re3d", text)
    assert len(loaded("re3d", tmp_path / "data" / "re3d")) == 1
    gold = tmp_path / "gold" / "dev" / "x.json"
    gold.parent.mkdir(parents=True)
    gold.write_text(json.dumps({"text": f"  {text}\n"}), encoding="utf-8")
    assert loaded("re3d", tmp_path / "data" / "re3d") == []


GUM = [
    ("Mayor", "NNP", "(1-person-new-x-cf1-2,3-coref-Ada_Quill", ""),
    ("Ada", "NNP", "", ""),
    ("Quill", "NNP", "1)", ""),
    ("met", "VBD", "", ""),
    ("three", "CD", "(2-person-new-x-cf2-2-coref", ""),
    ("rebels", "NNS", "", ""),
    ("from", "IN", "", ""),
    ("Velm", "NNP", "(3-place-new-x-cf3-1-sgl-Velm)2)", "SpaceAfter=No"),
    (".", ".", "", ""),
    ("She", "PRP", "(1-person-giv:act-x-cf1-1-ana-Ada_Quill)", ""),
    ("left", "VBD", "", ""),
    ("the", "DT", "(4-organization-new-x-cf2-2-sgl-University_of_Harn", ""),
    ("University", "NNP", "", ""),
    ("of", "IN", "", ""),
    ("Harn", "NNP", "4)", "SpaceAfter=No"),
    (".", ".", "", ""),
]


def test_gum_mentions_are_names_and_short_descriptions(tmp_path: Path) -> None:
    rows = []
    for number, (word, tag, entity, space) in enumerate(GUM, 1):
        misc = "|".join(part for part in (f"Entity={entity}" if entity else "", space) if part) or "_"
        rows.append("\t".join([str(number), word, word, "X", tag, "_", "0", "x", "_", misc]))
    for name in ("mine", "korea"):
        file = tmp_path / "dep" / f"GUM_news_{name}.conllu"
        file.parent.mkdir(exist_ok=True)
        file.write_text("# newpar\n" + "\n".join(rows) + "\n", encoding="utf-8")
    (record,) = loaded("gum_news", tmp_path)
    assert record.text == "Mayor Ada Quill met three rebels from Velm. She left the University of Harn."
    assert [(words(record, m[:2]), m[2], m[3]) for m in record.mentions] == [
        ("Ada Quill", "person", "1"), ("three rebels", None, "2"), ("She", "person", "1"),
        ("University of Harn", None, "4"),
    ]  # fmt: skip
    assert [words(record, span) for span in record.unsure] == ["Velm"]


ECB = """<Document doc_name="x">
{tokens}
<Markables>
<ACTION_OCCURRENCE m_id="1"><token_anchor t_id="3"/></ACTION_OCCURRENCE>
<ACTION_OCCURRENCE m_id="2"><token_anchor t_id="6"/></ACTION_OCCURRENCE>
<NEG_ACTION_OCCURRENCE m_id="3"><token_anchor t_id="13"/></NEG_ACTION_OCCURRENCE>
<HUMAN_PART_PER m_id="4"><token_anchor t_id="2"/></HUMAN_PART_PER>
<ACTION_OCCURRENCE m_id="9" RELATED_TO="" TAG_DESCRIPTOR="t" instance_id="ACT1"/>
</Markables>
<Relations>
<CROSS_DOC_COREF r_id="5" note="ACT1"><source m_id="1"/><source m_id="2"/><target m_id="9"/></CROSS_DOC_COREF>
</Relations></Document>"""


def test_ecbplus_reads_the_checked_sentences(tmp_path: Path) -> None:
    sentences = ["http", "Quill resigned .", "The resignation came late .", "Tomas did not stay ."]
    tokens, number = [], 1
    for place, sentence in enumerate(sentences):
        for word in sentence.split():
            tokens.append(f'<token t_id="{number}" sentence="{place}" number="0">{word}</token>')
            number += 1
    (tmp_path / "topics" / "1").mkdir(parents=True)
    (tmp_path / "topics" / "1" / "1_2ecb.xml").write_text(ECB.replace("{tokens}", "\n".join(tokens)), encoding="utf-8")
    (tmp_path / "ECBplus_coreference_sentences.csv").write_text(
        "Topic,File,Sentence Number\n" + "".join(f"1,2ecb,{n}\n" for n in range(4)), encoding="utf-8"
    )
    (record,) = loaded("ecbplus", tmp_path)
    assert record.text == "Quill resigned. The resignation came late. Tomas did not stay."
    assert [(words(record, (e.start, e.end)), e.id, e.status) for e in record.events] == [
        ("resigned", "ACT1", None), ("resignation", "ACT1", None), ("stay", None, "did-not-happen"),
    ]  # fmt: skip
