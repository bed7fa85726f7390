"""A text in pieces that may stand for words together: each kana by itself, every other word whole."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from madoguchi.japanese.folding import is_kana, katakana
from madoguchi.japanese.morphology import Morpheme
from madoguchi.japanese.sequences import word_of
from madoguchi.nlu.bigrams import Edge


class Piece(NamedTuple):
    """A kana or a word as it is `written` at `start` to `end`; `sound` in katakana, "" where nobody can tell."""

    written: str
    sound: str
    start: int
    end: int

    @property
    def is_kana(self) -> bool:
        """Whether it is a kana."""
        return is_kana(katakana(self.written))


def pieces_of(found: Sequence[Morpheme]) -> tuple[list[Piece], dict[int, Edge]]:
    """The pieces of a text, and by the place where it begins the way through each word as it was typed."""
    pieces: list[Piece] = []
    as_typed: dict[int, Edge] = {}
    for morpheme in found:
        begin = len(pieces)
        if is_kana(katakana(morpheme.surface)):
            places = range(morpheme.start, morpheme.end)
            pieces += [
                Piece(kana, katakana(kana), place, place + 1)
                for kana, place in zip(morpheme.surface, places, strict=True)
            ]
        else:
            sounds = is_kana(morpheme.reading) and not morpheme.surface.isdigit()
            sound = morpheme.reading if sounds else ""
            pieces.append(Piece(morpheme.surface, sound, morpheme.start, morpheme.end))
        as_typed[begin] = (len(pieces), (word_of(morpheme),), morpheme.surface, 0.0)
    return pieces, as_typed
