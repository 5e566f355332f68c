"""The shipped tables are whole, and trees read from a table decide as they say."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from marsad.origins.spun import judge_spun
from marsad.origins.spun.document import DOCUMENT
from marsad.origins.spun.features import WORD
from marsad.origins.spun.tables import FOLDER, lists, tables
from marsad.origins.spun.trees import Trees
from marsad.origins.spun.weights import weights

HEAD = "tree\tnode\tfeature\tthreshold\tlow\thigh\tvalue\n*\t\t\t\t\t\t0.5\n"


def test_trees_take_the_low_way_up_to_the_threshold() -> None:
    nodes = ("0 0 b 2 1 2 -", "0 1 - - - - 1", "0 2 a 0 3 4 -", "0 3 - - - - 10", "0 4 - - - - 20", "1 0 - - - - 100")
    table = HEAD + "".join(node.replace("-", "").replace(" ", "\t") + "\n" for node in nodes)
    trees = Trees(table, ("a", "b"))
    rows = np.array([[0, 2], [0, 3], [1, 3]], dtype=np.float32)
    assert trees(rows).tolist() == [101.5, 110.5, 120.5]
    assert trees(rows[:0]).tolist() == []


@pytest.mark.parametrize("row", ["0\t0\tunknown\t2\t1\t2\t\n", "0\t0\tb\ttwo\t1\t2\t\n", "0\t0\n"])
def test_a_malformed_tree_is_refused(row: str) -> None:
    with pytest.raises((ValueError, LookupError)):
        Trees(HEAD + row, ("a", "b"))


def test_pairs_are_known_and_unknown_ones_guessed_low() -> None:
    known = tables()
    prime, key, minister = (np.array([known.number[w]]) for w in ("prime", "key", "minister"))
    assert known.recorded(int(prime[0]), int(minister[0]))
    assert not known.recorded(int(key[0]), int(minister[0]))
    assert known.together(prime, minister)[0] > known.together(key, minister)[0] + 5


def test_the_weights_have_every_measure() -> None:
    fitted = weights()
    assert len(DOCUMENT) == len(set(DOCUMENT))
    assert fitted.of_words(np.zeros((2, len(WORD)), dtype=np.float32)).shape == (2,)
    assert np.isfinite(fitted.of_document(np.zeros(len(DOCUMENT)), 100))


class _Counted:
    """Trees that count the words that they are asked about."""

    def __init__(self, trees: Trees) -> None:
        self.trees, self.words, self.calls = trees, 0, 0

    def __call__(self, values: NDArray[np.float32]) -> NDArray[np.float64]:
        self.words += len(values)
        self.calls += 1
        return self.trees(values)


def test_each_word_of_a_long_text_is_judged_once_and_all_together(monkeypatch: pytest.MonkeyPatch) -> None:
    line = "The army attacked the town near the border on Monday and many families left their homes.\n"
    asked = []
    for lines in (70, 700):
        counted = _Counted(weights().of_words)
        monkeypatch.setattr(weights(), "of_words", counted)
        judge_spun(line * lines)
        monkeypatch.undo()
        asked.append((counted.calls, counted.words / lines))
    assert asked[0] == asked[1]
    assert asked[0][0] == 1
    assert 0 < asked[0][1] <= len(line.split())


def test_packed_substitutes_are_those_of_the_words() -> None:
    known = tables()
    lines = (FOLDER / "words.tsv").read_text(encoding="utf-8").splitlines()[1:]
    rows = [(line + "\t" * 8).split("\t")[:9] for line in lines]
    for column, first, others in ((7, known.first_apt, known.apt), (8, known.first, known.others)):
        starts, numbers = lists([row[column] for row in rows], known.number)
        assert (starts == first).all()
        assert (numbers == others).all()
