"""Which facts speak of the words of a question: めっき屋, 防犯カメラ, 確認書."""

from __future__ import annotations

import functools
import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable

import numpy as np
from numpy.typing import NDArray

from madoguchi.catalog.catalog import Catalog
from madoguchi.catalog.model import Fact
from madoguchi.japanese.folding import hiragana, is_kana
from madoguchi.japanese.morphology import morphemes

# Okapi BM25's customary constants
_SATURATION = 1.2
_LENGTH = 0.5
_IN_HIRAGANA = 0.5  # how much a word without kanji tells, such as つける, against another as rare
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


def is_hiragana(word: str) -> bool:
    return is_kana(word) and hiragana(word) == word


class WordIndex:
    """Bags of words, each under a key that several in a row may share; Okapi BM25 says how well they fit other words.

    All bags that have a word are looked at in one step of NumPy: a word that half of ten thousand programmes have costs
    a fraction of a millisecond.
    """

    def __init__(self, bags: Iterable[tuple[str, Counter[str]]]) -> None:
        postings: dict[str, list[tuple[int, int]]] = defaultdict(list)
        lengths: list[int] = []
        firsts: list[int] = []  # the first bag of each key
        self.keys: list[str] = []
        for place, (key, words) in enumerate(bags):
            if not self.keys or self.keys[-1] != key:
                self.keys.append(key)
                firsts.append(place)
            lengths.append(sum(words.values()))
            for word, count in words.items():
                postings[word].append((place, count))
        self._size = len(lengths)
        self._firsts = np.array(firsts, dtype=np.intp)
        mean = sum(lengths) / max(len(lengths), 1) or 1.0
        size = 1 - _LENGTH + _LENGTH * np.array(lengths, dtype=np.float64) / mean
        # What each word says for each bag that has it: the bags, and the word's share in their scores
        self._owners: dict[str, tuple[NDArray[np.int32], NDArray[np.float64]]] = {}
        for word, found in postings.items():
            places, counts = np.array(found, dtype=np.int32).T.copy()
            rarity = _rarity(len(found), among=self._size) * (_IN_HIRAGANA if is_hiragana(word) else 1)
            self._owners[word] = places, rarity * counts * (_SATURATION + 1) / (counts + _SATURATION * size[places])

    def __contains__(self, word: str) -> bool:
        return word in self._owners

    def scores(self, words: Iterable[str]) -> NDArray[np.float64]:
        """The best score of each key in `keys`, 0 for those that have none of `words`."""
        scores = np.zeros(self._size)
        for word in dict.fromkeys(words):  # in their order: sums, and so ties, come out alike in every process
            if word in self._owners:
                places, shares = self._owners[word]
                scores[places] += shares
        shared = self._size > len(self._firsts) > 0
        return np.maximum.reduceat(scores, self._firsts) if shared else scores

    def first_said(self, words: Iterable[str], places: NDArray[np.intp]) -> NDArray[np.intp]:
        """For each of `places` in an index with a bag a key, which of `words` is the first that it has."""
        words = list(dict.fromkeys(words))
        first = np.full(len(places), len(words), dtype=np.intp)
        for number in range(len(words) - 1, -1, -1):
            if words[number] in self._owners:
                owners, _ = self._owners[words[number]]
                nearest = np.minimum(np.searchsorted(owners, places), len(owners) - 1)
                first[owners[nearest] == places] = number
        return first


class FactIndex:
    """The words of every fact, with those of its programme's names counted lightly, and the situations of programmes.

    Situations stand for the first fact of their programme, which says what the programme is. They are counted apart,
    so that more of them change nothing about which fact of a programme fits: 旋盤 in one, 償却 in another, tell which
    programme 旋盤の償却 is about, not which of its facts.
    """

    def __init__(self, catalog: Catalog) -> None:
        bags = {fact.key: _words_of(catalog, fact) for fact in catalog.facts()}
        self.facts = WordIndex(bags.items())
        self._places = {key: place for place, key in enumerate(self.facts.keys)}
        told = {
            program.id: [Counter(content_words(situation)) for situation in program.situations]
            for program in catalog.programs.values()
            if program.facts and program.situations
        }
        first = {name: catalog.programs[name].facts[0].key for name in told}
        self.situations = WordIndex((first[name], words) for name, found in told.items() for words in found)
        self.programs = WordIndex(
            (first[name], Counter(word for words in found for word in words)) for name, found in told.items()
        )
        self._texts = {
            program.id: frozenset[str]().union(
                content_words(" ".join(program.aliases)),
                *(bags[fact.key] for fact in program.facts),
                *told.get(program.id, ()),
            )
            for program in catalog.programs.values()
        }
        # how many programmes have each word; a plain dictionary, as madoguchi.catalog.kept keeps it
        self._having = dict(Counter(word for words in self._texts.values() for word in words))
        self._told = np.array([self._places[key] for key in first.values()], dtype=np.intp)  # where situations count

    def knows(self, words: Iterable[str]) -> bool:
        """Whether every noun of `words` stands in some fact or situation; words in hiragana are none."""
        return all(word in self.facts or word in self.situations or is_hiragana(word) for word in words)

    def said(self, programs: Iterable[str]) -> frozenset[str]:
        """Every word of the texts of `programs`."""
        return frozenset[str]().union(*(self._texts[program] for program in programs))

    def share(self, words: Collection[str], said: Collection[str]) -> float:
        """How much of what `words` tell, by how rarely programmes have them, `said` has."""
        rarities = {word: _rarity(self._having.get(word, 0), among=len(self._texts)) for word in words}
        return sum(rarity for word, rarity in rarities.items() if word in said) / (sum(rarities.values()) or 1.0)

    def search(
        self, words: Iterable[str], *, among: Collection[str] | None = None, most: int | None = None
    ) -> list[tuple[str, float]]:
        """Fact keys with their scores, best first, at most `most`; only those in `among` where it is given, by their
        own words."""
        words = list(words)
        scores = self.facts.scores(words)
        own = scores > 0
        if among is None:
            if self._told.size and len(self.programs.keys):
                told = _ALONE * self.situations.scores(words) + (1 - _ALONE) * self.programs.scores(words)
                scores[self._told] = np.maximum(scores[self._told], told)
            found = np.flatnonzero(scores)
        else:
            found = np.array(sorted(self._places[key] for key in among if key in self._places), dtype=np.intp)
            found = found[own[found]]
        if most is not None and len(found) > most:
            least = np.partition(scores[found], -most)[-most]
            found = found[scores[found] >= least]
        # Of equal ones that which has an earlier word of the question, then that which stands first in the files
        ranked = found[np.lexsort((found, self.facts.first_said(words, found), ~own[found], -scores[found]))]
        return [(self.facts.keys[place], float(scores[place])) for place in ranked[:most]]


def _words_of(catalog: Catalog, fact: Fact) -> Counter[str]:
    words = Counter(content_words(f"{fact.name} {fact.printed} {' '.join(fact.aliases)}"))
    for word in content_words(catalog.programs[fact.program].name):
        words[word] += 1
    return words


def _rarity(having: int, *, among: int) -> float:
    """How much a word tells that `having` of so many texts have."""
    return math.log(1 + (among - having + 0.5) / (having + 0.5))
