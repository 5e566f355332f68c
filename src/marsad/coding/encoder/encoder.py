"""Runs the shipped encoder: text in, the judgement of its heads out."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from marsad.coding.encoder.inventory import MARGIN, PAIR_HEADS
from marsad.coding.encoder.judgement import Floats, Judgement, PairHead
from marsad.coding.encoder.windows import shapes, windows
from marsad.errors import ModelError

if TYPE_CHECKING:
    import onnxruntime
    from tokenizers import Tokenizer

__all__ = ["MODELS", "Encoder"]

_SURROGATE: Final = re.compile("[\ud800-\udfff]")
MODELS: Final = Path(__file__).parent.parent / "models"
"""Where the shipped weights lie."""


class Encoder:
    """The encoder of a folder with ``encoder.onnx``, ``heads.safetensors`` and ``tokenizer.json``.

    One window is read at a time: the weights are eight-bit and scale to what they
    read, so that a text's judgement would else depend on the texts beside it.
    """

    def __init__(self, folder: Path = MODELS, threads: int = 1) -> None:
        try:
            self._tokenizer, self._session, self.pairs, self._distance = _open(folder, threads)
        except Exception as error:
            what = f"{type(error).__name__}: {error}"
            raise ModelError(f"the encoder in {folder} cannot be opened ({what}): reinstall marsad") from error
        self._first = self._tokenizer.token_to_id("[CLS]")
        self._last = self._tokenizer.token_to_id("[SEP]")

    @staticmethod
    @cache
    def load(folder: Path = MODELS) -> Encoder:
        """The encoder of a folder, opened once a process. Raises ModelError."""
        return Encoder(folder)

    def judge(self, text: str) -> Judgement:
        """What the heads say of a text."""
        offsets, [logits, projections] = self._read(text, ["logits", "projections"])
        return Judgement(text, offsets, logits, projections, self.pairs, self._distance)

    def vectors(self, text: str) -> tuple[list[tuple[int, int]], Floats]:
        """The span of each word piece of a text, and its vector: what heads of users' own codebooks see."""
        offsets, [vectors] = self._read(text, ["vectors"])
        return offsets, vectors

    def _read(self, text: str, outputs: list[str]) -> tuple[list[tuple[int, int]], list[Floats]]:
        """The spans of a text's word pieces, and outputs of the encoder for them."""
        # Half a surrogate pair, which is no character, is read as an unknown one.
        encoding = self._tokenizer.encode(_SURROGATE.sub("\ufffd", text), add_special_tokens=False)
        offsets: list[tuple[int, int]] = encoding.offsets
        ids, written = np.array(encoding.ids, dtype=np.int64), shapes(text, offsets)
        made: list[Floats] = []
        spans = list(windows(len(ids)))
        for number, (begin, end) in enumerate(spans):
            marked = np.concatenate([[self._first], ids[begin:end], [self._last]])[None]
            shaped = np.concatenate([[0], written[begin:end], [0]])[None]
            out = self._session.run(outputs, {"ids": marked, "shapes": shaped})
            # Of what two windows share, each has the half that lies farther inside it.
            first = 0 if number == 0 else MARGIN
            last = end - begin if number == len(spans) - 1 else end - begin - MARGIN
            if not made:
                # The widest in half precision: a long report has a hundred thousand pieces.
                kinds = [np.float16 if name == "projections" else np.float32 for name in outputs]
                made = [np.empty((len(ids), part.shape[2]), kind) for part, kind in zip(out, kinds, strict=True)]
            for part, whole in zip(out, made, strict=True):
                whole[begin + first : begin + last] = part[0, 1 + first : 1 + last]
        return offsets, made


def _open(folder: Path, threads: int) -> tuple[Tokenizer, onnxruntime.InferenceSession, dict[str, PairHead], Floats]:
    import onnxruntime
    from safetensors.numpy import load_file
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    # Unfused, the normalisation of each layer is quicker on CPUs, by some 2 % of all coding.
    session = onnxruntime.InferenceSession(
        str(folder / "encoder.onnx"),
        options,
        providers=["CPUExecutionProvider"],
        disabled_optimizers=["SkipLayerNormFusion"],
    )
    weights = load_file(folder / "heads.safetensors")
    names = ("mix", "distance", "sentences", "out", "bias")
    pairs = {head: PairHead(*(weights[f"{head}.{name}"] for name in names)) for head in PAIR_HEADS}
    return tokenizer, session, pairs, weights["arc.distance"]
