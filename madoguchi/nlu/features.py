"""The features by which intents are told apart: characters, words and sounds of a text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from madoguchi.japanese.courtesy import without_courtesy
from madoguchi.japanese.folding import fold, hiragana, katakana, plain_kana, without_pictures
from madoguchi.japanese.morphology import morphemes

BLOCKS = ("c", "w", "s")  # characters, words, sounds


@dataclass(frozen=True, slots=True)
class Features:
    """A text without courtesy, `counts` of the n-grams of each block, and its `words` as (lemma, surface)."""

    text: str
    counts: dict[str, Counter[str]]
    words: tuple[tuple[str, str], ...]


def features(text: str) -> Features:
    """The features of `text`, a block each: "c" character, "w" word and "s" sound n-grams.

    Sounds carry what kana typing and wrong conversions keep: 補助菌 and 補助金 are both ホジョキン. Hiragana and
    katakana are the same characters, and courtesy around a question has no features.
    """
    text = plain_kana(without_courtesy(without_pictures(text)))
    words = morphemes(text)
    telling = [word for word in words if word.part_of_speech != "補助記号"]
    folded = f"^{hiragana(fold(text))}$"
    lemmas = ["^", *(word.lemma.lower() for word in telling), "$"]
    sounds = f"^{katakana(''.join(word.reading for word in words))}$"
    counts = {
        "c": Counter(_grams(folded, 1, 4)),
        "w": Counter(" ".join(lemmas[i : i + n]) for n in (1, 2) for i in range(len(lemmas) - n + 1)),
        "s": Counter(_grams(sounds, 2, 4)),
    }
    return Features(text, counts, tuple((word.lemma, word.surface) for word in telling))


def _grams(text: str, shortest: int, longest: int) -> Iterator[str]:
    return (text[i : i + n] for n in range(shortest, longest + 1) for i in range(len(text) - n + 1))
