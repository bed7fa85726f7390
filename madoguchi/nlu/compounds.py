"""Wrong conversions inside compounds: 補助菌, 経営確信, 省認, read as what is known to stand so and sounds the same.

Only beside each other do kanji tell that one of them is wrong: 補償 alone is a word of its own.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from madoguchi.japanese.sequences import Sequences
from madoguchi.nlu.bigrams import Edge
from madoguchi.nlu.pieces import Piece

_CONVERTED = 5.0  # nats, as in restoring
_MOST = 3  # pieces of a compound
_KANJI = re.compile("[一-鿿々]+")
_NUMERAL = re.compile("[〇一二三四五六七八九十百千万億兆]+")


class Compounds:
    """Words of kanji, alone and in pairs, by their sound.

    `own` are those of the catalog. Of `others` only the pairs are taken in which no word sounds like another of the
    catalog: examples have wrong conversions of their own.
    """

    def __init__(self, own: Sequences, others: Sequences) -> None:
        seen = own + others
        self._pairs = seen.pairs
        heard = {sound for sounds in own.readings.values() for sound in sounds}
        self._by_sound: dict[str, list[tuple[str, ...]]] = defaultdict(list)
        for word, sounds in own.readings.items():
            if len(word) > 1:
                self._add(sounds, (word,))
        for pair in seen.pairs:
            if all(word in own.readings or heard.isdisjoint(seen.readings.get(word, ())) for word in pair):
                self._add(_sounds(pair, seen), pair)

    def _add(self, sounds: Sequence[str], words: tuple[str, ...]) -> None:
        if all(map(_KANJI.fullmatch, words)):
            for sound in sounds:
                if words not in self._by_sound[sound]:
                    self._by_sound[sound].append(words)

    def of_sound(self, sound: str) -> list[tuple[str, ...]]:
        """The words that sound so, in katakana."""
        return self._by_sound.get(sound, [])

    def edges(self, pieces: Sequence[Piece], begin: int) -> Iterator[Edge]:
        """What the kanji from the piece `begin` on may have been converted from, as long as they were not seen so."""
        if begin and pieces[begin - 1].written.isdigit():
            return  # 65歳超
        end = begin
        while end < min(begin + _MOST, len(pieces)) and _continues(pieces, begin, end):
            end += 1
            typed = [piece.written for piece in pieces[begin:end]]
            written = "".join(typed)
            if len(typed) > 1 and not all(pair in self._pairs for pair in pairwise(typed)):
                for words in self._by_sound.get("".join(piece.sound for piece in pieces[begin:end]), ()):
                    if len("".join(words)) == len(written) and "".join(words) != written:
                        yield end, words, "".join(words), _CONVERTED


def _continues(pieces: Sequence[Piece], begin: int, place: int) -> bool:
    """Whether the piece at `place` is of kanji with a sound and no number, right behind the one before it."""
    piece = pieces[place]
    is_word = piece.sound and _KANJI.fullmatch(piece.written) and not _NUMERAL.fullmatch(piece.written)
    return bool(is_word) and (place == begin or piece.start == pieces[place - 1].end)


def _sounds(pair: tuple[str, str], seen: Sequences) -> list[str]:
    """How a pair may sound."""
    one, other = (seen.readings.get(word, ()) for word in pair)
    return [first + second for first in one for second in other]
