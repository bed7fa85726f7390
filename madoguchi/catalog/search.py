"""Which facts speak of the words of a question: めっき屋, 防犯カメラ, 確認書."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable

from madoguchi.catalog.catalog import Catalog
from madoguchi.japanese.morphology import morphemes

# Okapi BM25's customary constants
_SATURATION = 1.2
_LENGTH = 0.5


def content_words(text: str) -> list[str]:
    """The words of `text` that carry meaning of their own, in dictionary form.

    >>> content_words('防犯カメラの補助はありますか')
    ['防犯', 'カメラ', '補助']
    """
    return [m.lemma for m in morphemes(text) if m.is_telling]


class FactIndex:
    """The words of every fact, with those of its programme's names counted lightly."""

    def __init__(self, catalog: Catalog) -> None:
        self._postings: dict[str, dict[str, float]] = defaultdict(dict)
        self._lengths: dict[str, int] = {}
        for fact in catalog.facts():
            words = Counter(content_words(f"{fact.name} {fact.printed} {' '.join(fact.aliases)}"))
            for word in content_words(catalog.programs[fact.program].name):
                words[word] += 1
            self._lengths[fact.key] = sum(words.values())
            for word, count in words.items():
                self._postings[word][fact.key] = count
        self._mean = sum(self._lengths.values()) / max(len(self._lengths), 1) or 1.0

    def search(self, words: Iterable[str], *, among: Collection[str] | None = None) -> list[tuple[str, float]]:
        """Fact keys with their scores, best first; only those in `among` where it is given."""
        scores: dict[str, float] = defaultdict(float)
        for word in set(words):
            owners = self._postings.get(word, {})
            rarity = math.log(1 + (len(self._lengths) - len(owners) + 0.5) / (len(owners) + 0.5))
            for key, count in owners.items():
                if among is None or key in among:
                    length = 1 - _LENGTH + _LENGTH * self._lengths[key] / self._mean
                    scores[key] += rarity * count * (_SATURATION + 1) / (count + _SATURATION * length)
        return sorted(scores.items(), key=lambda item: -item[1])
