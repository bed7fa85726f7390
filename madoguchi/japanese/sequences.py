"""Which words were seen in many texts, how each is read, and what stood beside what: what a language is made of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from madoguchi.japanese.folding import is_kana
from madoguchi.japanese.morphology import Morpheme, morphemes

START, END = "<s>", "</s>"  # before the first word of a text and behind the last


@dataclass(slots=True)
class Sequences:
    """`readings`: of each word, in katakana, the commonest first; `pairs`: how often a word stood behind another."""

    readings: dict[str, list[str]] = field(default_factory=dict)
    pairs: dict[tuple[str, str], int] = field(default_factory=dict)

    @classmethod
    def of(cls, texts: Iterable[str]) -> Sequences:
        """Of all `texts`.

        >>> seen = Sequences.of(['保証の電話'])
        >>> seen.readings['電話'], seen.pairs['の', '電話']
        (['デンワ'], 1)
        """
        seen = cls()
        for text in texts:
            seen.see(morphemes(text))
        return seen

    def see(self, found: Sequence[Morpheme]) -> None:
        """Add the words of a text."""
        words = [word_of(morpheme) for morpheme in found]
        for pair in pairwise([START, *words, END]):
            self.pairs[pair] = self.pairs.get(pair, 0) + 1
        for word, morpheme in zip(words, found, strict=True):
            if is_kana(morpheme.reading) and not word.isdigit():
                readings = self.readings.setdefault(word, [])
                if morpheme.reading not in readings:
                    readings.append(morpheme.reading)

    def without(self, unwanted: Callable[[str], bool]) -> Sequences:
        """All but the words that are `unwanted`, and what stood beside them."""
        words = {word for pair in self.pairs for word in pair}
        left_out = {word for word in words if unwanted(word)}
        return Sequences(
            {word: readings for word, readings in self.readings.items() if word not in left_out},
            {pair: count for pair, count in self.pairs.items() if not left_out.intersection(pair)},
        )

    def __add__(self, other: Sequences) -> Sequences:
        """All that was seen in either."""
        readings = {
            word: list(dict.fromkeys([*self.readings.get(word, ()), *other.readings.get(word, ())]))
            for word in {**self.readings, **other.readings}
        }
        pairs = dict(self.pairs)
        for pair, count in other.pairs.items():
            pairs[pair] = pairs.get(pair, 0) + count
        return Sequences(readings, pairs)

    def as_data(self) -> dict[str, Any]:
        """For JSON."""
        return {"readings": self.readings, "pairs": [[*pair, count] for pair, count in self.pairs.items()]}

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> Sequences:
        """From what `as_data` gave."""
        return cls(data["readings"], {(one, other): count for one, other, count in data["pairs"]})


def word_of(morpheme: Morpheme) -> str:
    """The word that a morpheme counts as: all numbers are one."""
    return "0" if morpheme.surface.isdigit() else morpheme.surface.lower()
