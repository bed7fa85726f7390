"""Word vectors of the package ja_ginza: what a word that no example has is like.

Only its data files are read. The package itself would import spaCy, which nothing here needs: a spaCy vocabulary keeps
each word's row under the 64-bit MurmurHash of the word.
"""

from __future__ import annotations

import functools
import importlib.util
from collections.abc import Sequence
from pathlib import Path
from typing import Any, TypeAlias

import msgpack
import numpy as np
import numpy.typing as npt
from rasa.shared.exceptions import RasaException

Array: TypeAlias = npt.NDArray[Any]

PACKAGE = "ja_ginza"
SIZE = 300  # numbers a vector
_MASK = (1 << 64) - 1
_MULTIPLIER = 0xC6A4A7935BD1E995


class WordVectors:
    """480,443 words, 20,000 different vectors. The vectors are mapped: what nobody asks for is not read."""

    def __init__(self, keys: Array, rows: Array, vectors: Array) -> None:
        self._keys = keys  # (words,), uint64: hashes of the words, in ascending order
        self._rows = rows  # (words,), uint16: where in `vectors` each word's stands
        self._vectors = vectors  # (rows, SIZE), float32

    @functools.lru_cache(maxsize=1 << 14)  # noqa: B019 - there is one table a process, and it lives as long
    def row(self, word: str) -> int | None:
        """The row of a word; None where the package does not know it."""
        key = np.uint64(_hash(word))
        place = int(np.searchsorted(self._keys, key))
        return int(self._rows[place]) if place < len(self._keys) and self._keys[place] == key else None

    def mean(self, weighted: Sequence[tuple[int, float]]) -> Array:
        """The direction (SIZE,) of the weighted sum of rows, of length one; zeros without any."""
        if not weighted:
            return np.zeros(SIZE, dtype=np.float32)
        rows, weights = zip(*weighted, strict=True)
        total: Array = np.array(weights, dtype=np.float32) @ self._vectors[list(rows)]
        length = float(np.linalg.norm(total))
        return total / length if length else total


@functools.cache
def word_vectors() -> WordVectors:
    """The vectors of the installed package, read once a process; RasaException where the package is missing."""
    folder = _vocabulary()
    with (folder / "key2row").open("rb") as file:
        content = msgpack.Unpacker(file, read_size=1 << 20)  # piece by piece: as one dictionary it would take 80 MB
        count = content.read_map_header()
        numbers = np.fromiter((content.unpack() for _ in range(2 * count)), dtype=np.uint64, count=2 * count)
    order = np.argsort(numbers[::2])
    keys, rows = numbers[::2][order], numbers[1::2][order].astype(np.uint16)
    vectors = np.load(folder / "vectors", mmap_mode="r", allow_pickle=False)
    return WordVectors(keys, rows, vectors)


def _vocabulary() -> Path:
    """The folder of the package's vocabulary; importing the package would import spaCy."""
    found = importlib.util.find_spec(PACKAGE)
    places = [Path(place) for place in (found.submodule_search_locations if found else None) or []]
    folders = [folder for place in places for folder in sorted(place.glob(f"{PACKAGE}-*/vocab"))]
    if not folders:
        raise RasaException(
            f"パッケージ {PACKAGE} がありません。`make serve` が requirements.lock に従って入れます。\n"
            f"The package {PACKAGE} is missing. `make serve` installs it as requirements.lock says."
        )
    return folders[-1]


def _hash(word: str) -> int:
    """MurmurHash64A with seed 1, as spaCy hashes strings.

    >>> _hash('電話')
    18179880348808118779
    """
    data = word.encode()
    whole = len(data) // 8 * 8
    total = 1 ^ (len(data) * _MULTIPLIER & _MASK)
    for start in range(0, whole, 8):
        part = int.from_bytes(data[start : start + 8], "little") * _MULTIPLIER & _MASK
        total = (total ^ (part ^ part >> 47) * _MULTIPLIER & _MASK) * _MULTIPLIER & _MASK
    if whole < len(data):
        total = (total ^ int.from_bytes(data[whole:], "little")) * _MULTIPLIER & _MASK
    total = (total ^ total >> 47) * _MULTIPLIER & _MASK
    return total ^ total >> 47
