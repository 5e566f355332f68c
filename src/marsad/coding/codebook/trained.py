"""A trained codebook: its file, and what its heads say of words. The file is safetensors with JSON in its head."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import numpy as np

from marsad.coding.codebook.cases import Lexicon
from marsad.coding.codebook.heads import Heads
from marsad.coding.encoder.encoder import MODELS
from marsad.coding.encoder.judgement import Floats
from marsad.errors import CodebookError, ModelError
from marsad.vocabulary import EVENT_TYPES

__all__ = ["FORMAT", "TrainedCodebook", "TrainedType", "encoder_fingerprint"]

FORMAT: Final = "marsad-codebook/1"
_MOST_BYTES: Final = 64_000_000
_KEY: Final = "marsad"
_MOST_WORDS: Final = 100_000


@dataclass(frozen=True, slots=True)
class TrainedType:
    """A type as its codebook defines it; ``figures`` are those of the training's cross-validation."""

    name: str
    definition: str
    parent: str | None
    figures: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class TrainedCodebook:
    """A codebook whose heads are fitted. ``encoder`` is the fingerprint of the encoder that they read."""

    name: str
    types: tuple[TrainedType, ...]
    heads: Heads
    encoder: str
    about: Mapping[str, Any]
    """How it was trained: Marsad's version, numbers of examples, folds."""

    def save(self, path: Path) -> None:
        """Write the file, whole or not at all. Raises OSError."""
        from safetensors.numpy import save

        heads = self.heads
        head = {
            "format": FORMAT,
            "name": self.name,
            "encoder": self.encoder,
            "about": dict(self.about),
            "penalty": heads.penalty,
            "with_words": heads.with_words,
            "words": list(heads.lexicon.words),
            "types": [
                {"name": t.name, "definition": t.definition, "parent": t.parent, "figures": dict(t.figures)}
                for t in self.types
            ],
        }
        tensors = {
            "vectors": heads.vectors,
            "lexical": heads.lexical,
            "bias": heads.bias,
            "scale": heads.scale,
            "thresholds": heads.thresholds,
            "rarity": heads.lexicon.weights,
        }
        data = save(
            {name: np.ascontiguousarray(tensor, np.float32) for name, tensor in tensors.items()},
            metadata={_KEY: json.dumps(head, ensure_ascii=False)},
        )
        beside = path.with_name(f".{path.name}.{os.getpid()}.tmp")
        try:
            with beside.open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            os.replace(beside, path)
        finally:
            beside.unlink(missing_ok=True)

    @classmethod
    def load(cls, path: Path) -> TrainedCodebook:
        """Read a file. Raises CodebookError when it is no trained codebook, or OSError."""
        size = path.stat().st_size
        if size > _MOST_BYTES:
            raise CodebookError(f"{path}: larger than any trained codebook: train it with 'marsad codebook train'")
        try:
            return cls._of(path.read_bytes())
        except CodebookError as error:
            raise CodebookError(f"{path}: {error}") from None
        except OSError:
            raise
        except Exception as error:
            # Whatever a broken file makes the reader say.
            what = " ".join(str(error).split())[:120]
            raise CodebookError(
                f"{path}: no trained codebook ({what}): train one with 'marsad codebook train'"
            ) from None

    @classmethod
    def _of(cls, data: bytes) -> TrainedCodebook:
        from safetensors.numpy import load

        length = int.from_bytes(data[:8], "little")
        outer = json.loads(data[8 : 8 + length]) if 0 < length <= len(data) - 8 else {}
        meta = outer.get("__metadata__") or {}
        if _KEY not in meta:
            raise CodebookError("no trained codebook: train one with 'marsad codebook train'")
        head = json.loads(meta[_KEY])
        if head.get("format") != FORMAT:
            raise CodebookError(f"its format is {str(head.get('format'))[:40]!r}, not {FORMAT!r}: train it again")
        tensors = load(data)
        types = tuple(
            TrainedType(_text(t["name"]), _text(t["definition"]), t["parent"], dict(t["figures"]))
            for t in head["types"]
        )
        words = [_text(word) for word in head["words"]]
        if len(words) > _MOST_WORDS or any(t.parent is not None and t.parent not in EVENT_TYPES for t in types):
            raise CodebookError("its types or words make no sense: train it again")
        shapes = {
            "lexical": (len(words), len(types)),
            "bias": (len(types),),
            "scale": (2, len(types)),
            "thresholds": (len(types),),
            "rarity": (len(words),),
            "vectors": (len(tensors["vectors"]), len(types)),
        }
        for name, shape in shapes.items():
            tensor = tensors[name]
            if tensor.shape != shape or tensor.dtype != np.float32 or not np.isfinite(tensor).all():
                raise CodebookError(f"its numbers ({name}) are not those of its types: train it again")
        heads = Heads(
            Lexicon(words, tensors["rarity"]),
            tensors["vectors"],
            tensors["lexical"],
            tensors["bias"],
            tensors["scale"],
            tensors["thresholds"],
            float(head["penalty"]),
            bool(head["with_words"]),
        )
        return cls(_text(head["name"]), types, heads, _text(head["encoder"]), dict(head["about"]))

    def telling_words(self, number: int, most: int = 10) -> list[str]:
        """The words that speak most for a type, by their weight, beside what the encoder sees."""
        weights: Floats = self.heads.lexical[:, number] * self.heads.lexicon.weights
        order = np.argsort(-weights, kind="stable")[:most]
        return [self.heads.lexicon.words[at] for at in order if weights[at] > 0]


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise CodebookError("its description is not in words: train it again")
    return value


@cache
def encoder_fingerprint(folder: Path = MODELS) -> str:
    """Sixteen hex digits that change with the encoder that a folder holds. Raises ModelError."""
    digest = hashlib.sha256()
    try:
        for name in ("encoder.onnx", "tokenizer.json"):
            digest.update(name.encode() + (folder / name).read_bytes())
    except OSError as error:
        raise ModelError(f"the encoder in {folder} cannot be read ({error.strerror}): reinstall marsad") from error
    return digest.hexdigest()[:16]
