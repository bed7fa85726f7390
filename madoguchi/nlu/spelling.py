"""Kana as words: what somebody typed by its sound, in the writing of the catalog and the examples.

げんどがく is 限度額, and ほーむぺーじ is ホームページ. Of all that the kana may stand for, the words are taken that are
likeliest behind each other after the texts in which they were seen. What was typed in kanji stays as it is, but for
compounds that nobody has seen (madoguchi/nlu/compounds.py).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from madoguchi.japanese.folding import hiragana, is_kana, katakana, plain_kana, without_pictures
from madoguchi.japanese.morphology import morphemes
from madoguchi.japanese.sequences import Sequences, word_of
from madoguchi.nlu.bigrams import Bigrams, Edge
from madoguchi.nlu.compounds import Compounds
from madoguchi.nlu.pieces import Piece, pieces_of

# Prices in nats, as in restoring
_SCRIPT = 0.3  # おしえて for オシエテ
_WRITING = 1.5  # 電話 for でんわ
_RARE = 1.5  # more for a word that the catalog does not have
_SHORTEST = 3  # kana; of shorter words, those that somebody typed in kana beside others in kanji are left alone
_KANJI = re.compile("[一-鿿々]")
_HIRAGANA = re.compile("[ぁ-ゖ]")  # of a verb's ending


@dataclass(frozen=True, slots=True)
class Examples:
    """`in_kana`: the example utterances without a kanji; `others`: the words of the others."""

    in_kana: list[str]
    others: Sequences

    @classmethod
    def of(cls, texts: Sequence[str]) -> Examples:
        """Of all utterances."""
        return cls([t for t in texts if not _KANJI.search(t)], Sequences.of(t for t in texts if _KANJI.search(t)))

    def as_data(self) -> dict[str, Any]:
        """For JSON."""
        return {"in_kana": self.in_kana, "others": self.others.as_data()}

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> Examples:
        """From what `as_data` gave."""
        return cls(data["in_kana"], Sequences.from_data(data["others"]))


class Speller:
    """Spells words that were typed in kana.

    `own` are the words of the catalog, `others` those of the examples, which may write what the catalog has in kanji in
    kana: that teaches nothing. `kana_names` are names of the catalog, which stay as they are.
    """

    def __init__(self, own: Sequences, others: Sequences, *, kana_names: Collection[str]) -> None:
        self._own = {word: sounds for word, sounds in own.readings.items() if _KANJI.search(word)}
        heard = {sound for sounds in self._own.values() for sound in sounds}
        seen = own + others.without(lambda word: len(word) >= _SHORTEST and katakana(word) in heard)
        self._bigrams = Bigrams(seen.pairs)
        self._compounds = Compounds(own, others)
        self._kana_names = frozenset(kana_names)
        self._by_sound: dict[str, list[tuple[str, float]]] = defaultdict(list)
        for word, readings in seen.readings.items():
            rare = 0.0 if word in own.readings else _RARE
            for reading in readings if word.isalnum() else ():
                self._by_sound[reading].append((word, rare))
        self._longest = max(map(len, self._by_sound), default=0)

    @classmethod
    def fit(cls, own: Sequences, examples: Examples, *, kana_names: Collection[str]) -> Speller:
        """A speller that also learns from examples all in kana, unless a word of the catalog is heard in them."""
        first = cls(own, examples.others, kana_names=kana_names)
        plain = [text for text in examples.in_kana if not first._hears(text)]
        return cls(own, examples.others + Sequences.of(plain), kana_names=kana_names)

    def spell(self, text: str) -> str:
        """`text` without pictures, and with what is typed in kana in the writing of the words that are meant, as far as
        they are known."""
        bare = without_pictures(text)
        spelled = plain = plain_kana(bare)
        for start, end, word in reversed(self._words(plain)):
            spelled = spelled[:start] + word + spelled[end:]
        return bare if spelled == plain else spelled

    def _hears(self, text: str) -> bool:
        """Whether a word of the catalog is in a text, typed in kana."""
        return any(end - start >= _SHORTEST and word in self._own for start, end, word in self._words(plain_kana(text)))

    def _words(self, text: str) -> list[tuple[int, int, str]]:
        """Where a text is to be spelled otherwise, and how."""
        found = morphemes(text)
        typed = [word_of(morpheme) for morpheme in found]
        if not found or self._bigrams.know(typed):
            return []
        pieces, as_typed = pieces_of(found)
        amid_kanji = bool(_KANJI.search(text))
        steps = self._bigrams.cheapest_way(
            len(pieces), self._bigrams.of_text(typed), lambda begin, _: self._edges(pieces, as_typed, begin, amid_kanji)
        )
        return [
            (pieces[begin].start, pieces[end - 1].end, written)
            for begin, end, written in steps
            if written != "".join(piece.written for piece in pieces[begin:end])
        ]

    def _edges(self, pieces: list[Piece], as_typed: dict[int, Edge], begin: int, amid_kanji: bool) -> Iterator[Edge]:
        """The words that the kana from `begin` on may be. Beside kanji only nouns: who writes kanji writes many a verb
        and adverb in kana."""
        if begin in as_typed:
            yield as_typed[begin]
            if as_typed[begin][2] in self._kana_names:
                return
        if begin not in as_typed or as_typed[begin][0] > begin + 1:
            yield begin + 1, (pieces[begin].written,), pieces[begin].written, 0.0
        yield from self._compounds.edges(pieces, begin)
        sound = ""
        for end in range(begin + 1, min(begin + self._longest, len(pieces)) + 1):
            piece = pieces[end - 1]
            if not piece.is_kana:
                return
            sound += piece.sound
            written = "".join(piece.written for piece in pieces[begin:end])
            if amid_kanji and begin in as_typed and len(sound) > _SHORTEST:
                for words in self._compounds.of_sound(sound):  # むたんぽ, of which む alone says nothing
                    yield end, words, "".join(words), _WRITING
            for word, rare in self._by_sound.get(sound, ()):
                if is_kana(katakana(word)):
                    is_foreign = len(sound) >= _SHORTEST and hiragana(word) != word
                    yield end, (word,), word if is_foreign else written, _SCRIPT
                elif not amid_kanji or (len(sound) >= _SHORTEST and not _HIRAGANA.search(word)):
                    yield end, (word,), word, _WRITING + rare
