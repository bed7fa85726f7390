"""Which facts speak of the words of a question: めっき屋, 防犯カメラ, 確認書."""

from __future__ import annotations

import functools
import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable

from madoguchi.catalog.catalog import Catalog
from madoguchi.catalog.model import Fact
from madoguchi.japanese.folding import hiragana, is_kana
from madoguchi.japanese.morphology import morphemes

# Okapi BM25's customary constants
_SATURATION = 1.2
_LENGTH = 0.5
# How much one situation counts against all situations of its programme together; benchmarks/situation_search.py
_ALONE = 0.5


def content_words(text: str) -> list[str]:
    """The words of `text` that carry meaning of their own, in dictionary form.

    >>> content_words('防犯カメラの補助はありますか')
    ['防犯', 'カメラ', '補助']
    """
    return [m.lemma for m in morphemes(text) if m.is_telling]


# Names of the catalog are compared with the words of every question; a few thousand are those that questions come to.
@functools.lru_cache(maxsize=4096)
def name_words(name: str) -> frozenset[str]:
    """The content words of a name, each once."""
    return frozenset(content_words(name))


def _is_hiragana(word: str) -> bool:
    return is_kana(word) and hiragana(word) == word


class WordIndex:
    """Bags of words, each under a key that several may share; Okapi BM25 says how well they fit other words."""

    def __init__(self, bags: Iterable[tuple[str, Counter[str]]]) -> None:
        self._postings: dict[str, dict[int, int]] = defaultdict(dict)
        self._lengths: list[int] = []
        self._keys: list[str] = []
        for place, (key, words) in enumerate(bags):
            self._keys.append(key)
            self._lengths.append(sum(words.values()))
            for word, count in words.items():
                self._postings[word][place] = count
        self._mean = sum(self._lengths) / max(len(self._lengths), 1) or 1.0

    def __contains__(self, word: str) -> bool:
        return word in self._postings

    def scores(self, words: Iterable[str], *, among: Collection[str] | None = None) -> dict[str, float]:
        """The best score of each key that has any of `words`; only of the keys in `among` where it is given."""
        scores: dict[int, float] = defaultdict(float)
        for word in dict.fromkeys(words):  # in their order: sums, and so ties, come out alike in every process
            owners = self._postings.get(word, {})
            rarity = math.log(1 + (len(self._lengths) - len(owners) + 0.5) / (len(owners) + 0.5))
            for place, count in owners.items():
                if among is None or self._keys[place] in among:
                    length = 1 - _LENGTH + _LENGTH * self._lengths[place] / self._mean
                    scores[place] += rarity * count * (_SATURATION + 1) / (count + _SATURATION * length)
        best: dict[str, float] = {}
        for place, score in scores.items():
            best[self._keys[place]] = max(score, best.get(self._keys[place], 0.0))
        return best


class FactIndex:
    """The words of every fact, with those of its programme's names counted lightly, and the situations of programmes.

    Situations stand for the first fact of their programme, which says what the programme is. They are counted apart,
    so that more of them change nothing about which fact of a programme fits: 旋盤 in one, 償却 in another, tell which
    programme 旋盤の償却 is about, not which of its facts.
    """

    def __init__(self, catalog: Catalog) -> None:
        self.facts = WordIndex((fact.key, _words_of(catalog, fact)) for fact in catalog.facts())
        told = {
            program.facts[0].key: [Counter(content_words(situation)) for situation in program.situations]
            for program in catalog.programs.values()
            if program.facts and program.situations
        }
        self.situations = WordIndex((key, words) for key, bags in told.items() for words in bags)
        self.programs = WordIndex(
            (key, Counter(word for words in bags for word in words)) for key, bags in told.items()
        )

    def knows(self, words: Iterable[str]) -> bool:
        """Whether every noun of `words` stands in some fact or situation; words in hiragana are none."""
        return all(word in self.facts or word in self.situations or _is_hiragana(word) for word in words)

    def search(self, words: Iterable[str], *, among: Collection[str] | None = None) -> list[tuple[str, float]]:
        """Fact keys with their scores, best first; only those in `among` where it is given, by their own words."""
        words = list(words)
        scores = self.facts.scores(words, among=among)
        if among is None:
            alone = self.situations.scores(words)
            for key, together in self.programs.scores(words).items():
                told = _ALONE * alone[key] + (1 - _ALONE) * together
                scores[key] = max(told, scores.get(key, 0.0))
        return sorted(scores.items(), key=lambda item: -item[1])


def _words_of(catalog: Catalog, fact: Fact) -> Counter[str]:
    words = Counter(content_words(f"{fact.name} {fact.printed} {' '.join(fact.aliases)}"))
    for word in content_words(catalog.programs[fact.program].name):
        words[word] += 1
    return words
