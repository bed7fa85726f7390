"""Which facts speak of the words of a question: めっき屋, 防犯カメラ, 確認書."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable

from madoguchi.catalog.catalog import Catalog
from madoguchi.japanese.folding import hiragana, is_kana
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


def _is_hiragana(word: str) -> bool:
    return is_kana(word) and hiragana(word) == word


class FactIndex:
    """The words of every fact, with those of its programme's names counted lightly, and the situations of programmes.

    A situation stands for the first fact of its programme, which says what the programme is.
    """

    def __init__(self, catalog: Catalog) -> None:
        self._postings: dict[str, dict[int, float]] = defaultdict(dict)
        self._lengths: list[int] = []
        self._keys: list[str] = []
        for fact in catalog.facts():
            words = Counter(content_words(f"{fact.name} {fact.printed} {' '.join(fact.aliases)}"))
            for word in content_words(catalog.programs[fact.program].name):
                words[word] += 1
            self._add(fact.key, words)
        for program in catalog.programs.values():
            for situation in program.situations if program.facts else ():
                self._add(program.facts[0].key, Counter(content_words(situation)))
        self._mean = sum(self._lengths) / max(len(self._lengths), 1) or 1.0

    def _add(self, key: str, words: Counter[str]) -> None:
        place = len(self._keys)
        self._keys.append(key)
        self._lengths.append(sum(words.values()))
        for word, count in words.items():
            self._postings[word][place] = count

    def knows(self, words: Iterable[str]) -> bool:
        """Whether every noun of `words` stands in some fact or situation; words in hiragana are none."""
        return all(word in self._postings or _is_hiragana(word) for word in words)

    def search(self, words: Iterable[str], *, among: Collection[str] | None = None) -> list[tuple[str, float]]:
        """Fact keys with their scores, best first; only those in `among` where it is given."""
        scores: dict[int, float] = defaultdict(float)
        for word in set(words):
            owners = self._postings.get(word, {})
            rarity = math.log(1 + (len(self._lengths) - len(owners) + 0.5) / (len(owners) + 0.5))
            for place, count in owners.items():
                if among is None or self._keys[place] in among:
                    length = 1 - _LENGTH + _LENGTH * self._lengths[place] / self._mean
                    scores[place] += rarity * count * (_SATURATION + 1) / (count + _SATURATION * length)
        best: dict[str, float] = {}
        for place, score in scores.items():
            best[self._keys[place]] = max(score, best.get(self._keys[place], 0.0))
        return sorted(best.items(), key=lambda item: -item[1])
