"""How likely words are behind each other, and the likeliest way through all that a text may stand for."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

from madoguchi.japanese.folding import is_kana, katakana
from madoguchi.japanese.sequences import END, START

# Prices in nats (docs/adr/0006-other-writings.md)
_FOREIGN = 15.0  # a word with kanji, or of other letters, that was never seen
_FOREIGN_KANA = (10.5, 3.0)  # the same in kana, and for each kana of it
_BACKING_OFF = 3.0  # how many sightings of its left neighbour a word's own frequency is worth
_UNSEEN = math.log(_BACKING_OFF)  # behind a word that is nobody's left neighbour
_ROUNDING = 1e-6  # prices added up in another order differ by less
_ANY = "<unk>"  # no morpheme: a text may well hold a "?"

Words = tuple[str, ...]
Edge = tuple[int, Words, str, float]  # to which piece, the words, as they are written, the price
Step = tuple[int, int, str]  # from which piece, to which, as it is written
_Way = tuple[float, int, str, str]  # the price, from which piece, behind which word, as it is written


class Bigrams:
    """The prices of words behind words, in nats, after how often they stood there."""

    def __init__(self, pairs: dict[tuple[str, str], int]) -> None:
        left: Counter[str] = Counter()
        words: Counter[str] = Counter()
        for (one, other), count in pairs.items():
            left[one] += count
            words[other] += count
        total = sum(words.values())
        self._word = {word: -math.log(_BACKING_OFF * count / total) for word, count in words.items()}
        self._left = {word: math.log(count + _BACKING_OFF) for word, count in left.items()}
        self._pair = {
            (one, other): self._left[one] - math.log(count + _BACKING_OFF * words[other] / total)
            for (one, other), count in pairs.items()
        }

    def know(self, words: Sequence[str]) -> bool:
        """Whether each of `words` has stood behind the one before it, and the text begun and ended so."""
        return all(pair in self._pair for pair in pairwise([START, *words, END]))

    def of_text(self, words: Sequence[str]) -> float:
        """The price of `words` as a text."""
        return self.along([START, *words, END])

    def along(self, words: Sequence[str]) -> float:
        """The price of `words` in a row behind the first of them."""
        return sum(self._cheapest({one: (0.0, 0, "", "")}, other)[0] for one, other in pairwise(words))

    def cheapest_way(self, pieces: int, dearest: float, edges: Callable[[int, float], Iterable[Edge]]) -> list[Step]:
        """The steps of the cheapest way from piece 0 to behind the last.

        `edges(begin, spare)` are the ways on from the piece `begin`; one dearer than `spare` is not needed. There must
        be a way of at most `dearest`.
        """
        dearest += _ROUNDING
        # The cheapest way to each place, for each word that it may end with
        ways: list[dict[str, _Way]] = [{} for _ in range(pieces + 1)]
        ways[0][START] = (0.0, 0, "", "")
        for place, way in enumerate(ways[:-1]):
            if not way:
                continue
            spare = dearest - min(cost for cost, *_ in way.values())
            onward: dict[str, tuple[float, str]] = {}  # to each word that may stand here first
            for end, words, written, price in edges(place, spare):
                if price > spare:
                    continue
                if words[0] not in onward:
                    onward[words[0]] = self._cheapest(way, words[0])
                total, before = onward[words[0]]
                total += price
                if len(words) > 1 and total <= dearest:
                    total += self.along(words)
                if total > dearest:
                    continue
                last = words[-1] if words[-1] in self._left else _ANY
                if last not in ways[end] or total < ways[end][last][0]:
                    ways[end][last] = (total, place, before, written)
        end = pieces
        last = self._cheapest(ways[end], END)[1]
        steps: list[Step] = []
        while end:
            _, begin, last, written = ways[end][last]
            steps.append((begin, end, written))
            end = begin
        return steps[::-1]

    def _cheapest(self, way: dict[str, _Way], word: str) -> tuple[float, str]:
        """The price of the cheapest way on to `word`, and the word before it: this is most of the work."""
        pair, left = self._pair, self._left
        known = self._word.get(word)
        foreign = _foreign(word) if known is None else 0.0
        best, found = math.inf, ""
        for before, (cost, *_) in way.items():
            price = pair.get((before, word))
            if price is None:
                price = foreign if known is None else known + left.get(before, _UNSEEN)
            if cost + price < best:
                best, found = cost + price, before
        return best, found


def _foreign(word: str) -> float:
    """The price of a word that was never seen."""
    base, each = _FOREIGN_KANA
    return base + each * len(word) if is_kana(katakana(word)) else _FOREIGN
