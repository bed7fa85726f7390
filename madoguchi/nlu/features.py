"""The features by which intents are told apart: characters, words and sounds of a text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from madoguchi.japanese.courtesy import without_courtesy
from madoguchi.japanese.folding import fold, hiragana, katakana, plain_kana, without_pictures
from madoguchi.japanese.morphology import Morpheme, morphemes

BLOCKS = ("c", "w", "s", "p")  # characters, words, sounds, patterns

_NUMERAL, _NOUN = "#", "<名>"  # what stands for any
_NAMES = {"人名": "<人>", "地名": "<地>", "固有名詞": "<固>"}  # the narrower kinds first


@dataclass(frozen=True, slots=True)
class Features:
    """A text without courtesy, `counts` of the n-grams of each block, and its `words` as (lemma, surface)."""

    text: str
    counts: dict[str, Counter[str]]
    words: tuple[tuple[str, str], ...]


def features(text: str) -> Features:
    """The features of `text`, a block each: "c" character, "w" word, "s" sound and "p" pattern n-grams.

    Sounds carry what kana typing and wrong conversions keep: 補助菌 and 補助金 are both ホジョキン. Patterns are how
    something is asked, whatever it is about: 〜の〜は in 協会の電話は. Hiragana and katakana are the same characters,
    and courtesy around a question has no features.
    """
    text = plain_kana(without_courtesy(without_pictures(text)))
    words = morphemes(text)
    telling = [word for word in words if word.part_of_speech != "補助記号"]
    folded = f"^{hiragana(fold(text))}$"
    lemmas = ["^", *(word.lemma.lower() for word in telling), "$"]
    sorts = ["^", *(_sort(word) or word.lemma.lower() for word in telling), "$"]
    pattern = ["^", *(_blank(word) or word.lemma.lower() for word in telling), "$"]
    sounds = f"^{katakana(''.join(word.reading for word in words))}$"
    counts = {
        "c": Counter(_grams(folded, 1, 4)),
        "w": Counter((*lemmas, *filter(None, map(_sort, telling)), *_rows(sorts, 2, 2))),
        "s": Counter(_grams(sounds, 2, 4)),
        "p": Counter(_rows(pattern, 2, 3)),
    }
    return Features(text, counts, tuple((word.lemma, word.surface) for word in telling))


def _grams(text: str, shortest: int, longest: int) -> Iterator[str]:
    return (text[i : i + n] for n in range(shortest, longest + 1) for i in range(len(text) - n + 1))


def _rows(words: list[str], shortest: int, longest: int) -> Iterator[str]:
    return (" ".join(words[i : i + n]) for n in range(shortest, longest + 1) for i in range(len(words) - n + 1))


def _sort(word: Morpheme) -> str:
    """What stands for a numeral or a name, of which there are too many for the examples to have them all."""
    if word.kind.startswith("数詞"):
        return _NUMERAL
    return next((sign for kind, sign in _NAMES.items() if kind in word.kind), "")


def _blank(word: Morpheme) -> str:
    """What stands for a numeral or any noun."""
    if word.kind.startswith("数詞"):
        return _NUMERAL
    return _NOUN if word.part_of_speech in ("名詞", "代名詞", "形状詞") else ""
