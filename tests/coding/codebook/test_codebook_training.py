from __future__ import annotations

import pickle
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from codebook_making import EXAMPLES, NEAR, book, trained

from marsad.coding.codebook import TrainedCodebook, train
from marsad.coding.codebook.applying import Codebooks
from marsad.coding.codebook.cases import background, cases
from marsad.coding.codebook.heads import folds
from marsad.coding.encoder import Encoder
from marsad.errors import CodebookError
from marsad.ontology import Codebook, Example, UserType


def test_a_type_is_learned_from_ten_examples() -> None:
    done = trained()
    [figures] = done.figures
    assert (done.folds, done.examples, done.counters, done.ordinary) == (5, 10, 8, 80)
    assert figures.f1 >= 0.6
    assert figures.low <= figures.f1 <= figures.high
    assert sum(figures.wrong.values()) == round(figures.found / max(figures.precision, 1e-9)) - figures.found


def test_nothing_is_claimed_where_there_is_nothing_to_learn() -> None:
    # Examples drawn from the background at random: figures that were not held out would still be near one.
    [drawn] = trained(random=True).figures
    assert drawn.f1 < 0.4


def test_each_confusion_is_counted_and_shown() -> None:
    done = trained(random=True)
    [figures] = done.figures
    missed = [c for c in done.confusions if "were missed" in c.words]
    assert sum(len(c.texts) for c in missed) == figures.examples - figures.found
    taken = [c for c in done.confusions if "were taken" in c.words]
    assert sum(len(c.texts) for c in taken) == sum(figures.wrong.values())
    assert all("were taken for release of hostages" in c.words for c in taken)


def test_copies_stand_in_one_fold_and_kinds_are_spread_evenly() -> None:
    copies = tuple(Example(text.replace("the", "a", 1)) for text in EXAMPLES[:3])
    kind = UserType("t", "", (*map(Example, EXAMPLES), *copies), tuple(map(Example, NEAR)))
    found = cases(Codebook("b", (kind,)), Encoder.load(), background()[:23])
    fold = folds(found, 5, 1)
    by_group: dict[int, set[int]] = {}
    for case, number in zip(found, fold.tolist(), strict=True):
        by_group.setdefault(case.group, set()).add(number)
    assert all(len(numbers) == 1 for numbers in by_group.values())
    assert len(by_group) < len(found)
    for name in ("example", "background"):
        sizes = np.bincount([f for case, f in zip(found, fold, strict=True) if case.kind == name], minlength=5)
        assert sizes.max() - sizes.min() <= 2, name


def test_two_types_that_are_one_are_said_to_overlap() -> None:
    told = [f"{opening}{text}" for text in EXAMPLES for opening in ("", "Later: ", "On Sunday: ")]
    one = UserType("hostages freed", "", tuple(map(Example, told[::2])))
    two = UserType("hostages let go", "", tuple(map(Example, told[1::2])))
    far = UserType(
        "shelled market",
        "",
        tuple(Example(f"Mortar shells fell on {x} market.") for x in "the a this our every".split()),
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("marsad.coding.codebook.training.background", lambda: background()[:40])
        done = train(Codebook("b", (one, two, UserType("again", "", tuple(map(Example, NEAR))))))
    assert any("hostages freed and hostages let go overlap" in warning for warning in done.warnings), done.warnings
    with pytest.raises(CodebookError, match="'shelled market' has 1 different examples"):
        train(Codebook("b", (far,)))


def test_a_codebook_keeps_all_that_it_says_in_its_file(tmp_path: Path) -> None:
    done, path = trained(), tmp_path / "b.codebook"
    done.codebook.save(path)
    again = TrainedCodebook.load(path)
    assert again.types == done.codebook.types
    assert again.about == done.codebook.about
    for case in cases(book(), Encoder.load(), []):
        assert np.array_equal(again.heads.probabilities(case), done.codebook.heads.probabilities(case))
    first = path.read_bytes()
    done.codebook.save(path)
    assert path.read_bytes() == first
    assert [p.name for p in tmp_path.iterdir()] == ["b.codebook"]
    assert not any(text.encode() in first for text in (*EXAMPLES, *NEAR)), "the examples stay with their owner"


def test_training_twice_gives_the_same() -> None:
    trained.cache_clear()
    one = trained()
    trained.cache_clear()
    assert trained().figures == one.figures
    assert np.array_equal(trained().codebook.heads.vectors, one.codebook.heads.vectors)


def test_a_codebook_of_another_encoder_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "b.codebook"
    replace(trained().codebook, encoder="0123456789abcdef").save(path)
    assert TrainedCodebook.load(path).encoder == "0123456789abcdef"
    with pytest.raises(CodebookError, match=r"trained on another encoder .* train it again") as error:
        Codebooks.load([path])
    assert "\n" not in str(error.value)


class Evil:
    def __reduce__(self) -> tuple[object, tuple[str]]:
        return (pytest.fail, ("a file was unpickled",))


def test_a_file_that_is_no_codebook_is_refused_and_never_unpickled(tmp_path: Path) -> None:
    path = tmp_path / "b.codebook"
    trained().codebook.save(path)
    whole = path.read_bytes()
    hostile = (
        b"",
        b"x" * 100,
        whole[:-7],
        whole[:50],
        whole.replace(b"marsad-codebook/1", b"marsad-codebook/9"),
        whole.replace(b'"parent\\":', b'"parant\\":'),
        (2**60).to_bytes(8, "little") + b"{}",
        pickle.dumps(Evil()),
    )
    for data in hostile:
        path.write_bytes(data)
        with pytest.raises(CodebookError) as error:
            TrainedCodebook.load(path)
        assert "b.codebook" in str(error.value)
        assert "\n" not in str(error.value)
    short = trained().codebook
    for heads in ({"bias": np.array([np.nan], np.float32)}, {"scale": np.zeros((2, 3), np.float32)}):
        replace(short, heads=replace(short.heads, **heads)).save(path)
        with pytest.raises(CodebookError, match="its numbers"):
            TrainedCodebook.load(path)


def test_two_codebooks_of_one_name_are_refused() -> None:
    with pytest.raises(CodebookError, match="two codebooks are called 'hostages'"):
        Codebooks([trained().codebook, trained().codebook])
