"""What somebody meant to write: kana back to the examples' words, wrong conversions and single slips undone.

A noisy channel: the likeliest words after the examples' own bigrams, of which the text may be another writing (補助菌,
ほじょきん for 補助金) or one with a slip of the finger (いきら for いくら). Words that no example has stay, at a price.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from rapidfuzz.distance import OSA

from madoguchi.japanese.folding import hiragana, is_kana, is_kanji, katakana
from madoguchi.japanese.keys import beside
from madoguchi.japanese.morphology import morphemes
from madoguchi.japanese.sequences import Sequences, word_of
from madoguchi.nlu.bigrams import Bigrams, Edge, Words
from madoguchi.nlu.pieces import Piece, pieces_of

# Prices in nats, chosen by cross-validation over what `make bench-robust` changes (docs/adr/0006-other-writings.md)
_SCRIPT = 0.3  # おしえて for オシエテ
_WRITING = 1.5  # a word written otherwise: 補助菌 for 補助金
NEIGHBOUR = 8.0  # a kana of the same key, or with its mark forgotten
TURNED = 9.0  # two kana the wrong way round
_LOST = 11.0
_LOST_KANJI = 8.0  # a sound does not tell which
_DOUBLED = 12.0  # one kana too many
_TAKEN = 13.0  # any other kana for the right one

_SHORTEST = 3  # kana; shorter words are like too many others
_LONGEST = 12
_WORDS = 3  # words in a row that a slip is looked for in, where as many examples have them


class Restorer:
    """The words of the examples, with what stands beside what."""

    def __init__(self, readings: dict[str, str], pairs: dict[tuple[str, str], int], phrases: dict[Words, str]) -> None:
        self._readings = readings  # of each word, in katakana
        self._pairs = pairs  # how often a word stands behind another
        self._phrases = phrases  # words in a row in which a slip is looked for, with their sound
        self._bigrams = Bigrams(pairs)
        self._by_sound: dict[str, list[str]] = defaultdict(list)
        for word, sound in readings.items():
            self._by_sound[sound].append(word)
        self._longest = max(map(len, self._by_sound), default=0)
        self._by_rest: dict[str, list[tuple[str, Words]]] = defaultdict(list)
        self._by_remains: dict[str, list[Words]] = defaultdict(list)
        for phrase, sound in phrases.items():
            for rest in _rests(sound):
                self._by_rest[rest].append((sound, phrase))
            for remains in _without_a_kanji("".join(phrase)):
                self._by_remains[remains].append(phrase)

    @classmethod
    def fit(cls, texts: Iterable[str]) -> Restorer:
        """Learn from the examples as their authors wrote them."""
        seen = Sequences()
        phrases: Counter[Words] = Counter()
        for text in texts:
            found = morphemes(text)
            seen.see(found)
            words = [word_of(morpheme) for morpheme in found]
            phrases.update(
                tuple(words[i : i + count]) for count in range(1, _WORDS + 1) for i in range(len(words) - count + 1)
            )
        readings = {word: first for word, (first, *_) in seen.readings.items()}
        sounds = {
            phrase: "".join(readings[word] for word in phrase)
            for phrase, count in phrases.items()
            if (len(phrase) == 1 or count >= _WORDS) and all(word in readings for word in phrase)
        }
        kept = {phrase: sound for phrase, sound in sounds.items() if _SHORTEST <= len(sound) <= _LONGEST}
        return cls(readings, seen.pairs, kept)

    def restore(self, text: str) -> str:
        """`text` as the examples would have it, as far as they know its words; without spaces where it was changed."""
        found = morphemes(text)
        typed = [word_of(morpheme) for morpheme in found]
        if not found or self._bigrams.know(typed):
            return text  # nothing is odd about it
        pieces, as_typed = pieces_of(found)
        steps = self._bigrams.cheapest_way(
            len(pieces),
            self._bigrams.of_text(typed),  # nothing dearer than the text as it is typed is looked at
            lambda begin, spare: self._edges(pieces, as_typed, begin, spare),
        )
        return "".join(written for _, _, written in steps)

    def price(self, text: str) -> float:
        """How unlikely `text` is after the examples' bigrams, in nats."""
        return self._bigrams.of_text([word_of(morpheme) for morpheme in morphemes(text)])

    def _edges(self, pieces: list[Piece], as_typed: dict[int, Edge], begin: int, spare: float) -> Iterator[Edge]:
        """What the stretches of the pieces from `begin` on may stand for; slips where `spare` would pay for one."""
        if begin in as_typed:
            yield as_typed[begin]
        if begin not in as_typed or as_typed[begin][0] > begin + 1:
            written = pieces[begin].written
            yield begin + 1, (written,), written, 0.0
        written = sound = ""
        for end in range(begin + 1, len(pieces) + 1):
            piece, heard, *_ = pieces[end - 1]
            if not heard or len(sound) + len(heard) > max(self._longest, _LONGEST + 1):
                return
            written, sound = written + piece, sound + heard
            for words in self._by_remains.get(written.lower(), ()):
                yield end, words, "".join(words), _LOST_KANJI
            for word in self._by_sound.get(sound, ()):
                if hiragana(word) == hiragana(written.lower()):
                    yield end, (word,), word, _SCRIPT
                elif is_kana(katakana(written)) or not is_kana(katakana(word)):  # nobody types 法 for ほう
                    yield end, (word,), word, _WRITING
            if spare >= NEIGHBOUR and _SHORTEST - 1 <= len(sound) <= _LONGEST + 1:
                near = {entry for rest in _rests(sound) for entry in self._by_rest.get(rest, ())}
                for meant, words in sorted(near):
                    if meant != sound and OSA.distance(meant, sound) == 1:
                        yield end, words, "".join(words), _slip(sound, meant)

    def as_data(self) -> dict[str, Any]:
        """For JSON."""
        return {
            "readings": self._readings,
            "pairs": [[one, other, count] for (one, other), count in self._pairs.items()],
            "phrases": [list(phrase) for phrase in self._phrases],
        }

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> Restorer:
        """From what `as_data` gave."""
        readings = data["readings"]
        phrases = {tuple(words): "".join(readings[word] for word in words) for words in data["phrases"]}
        return cls(readings, {(one, other): count for one, other, count in data["pairs"]}, phrases)


def _rests(sound: str) -> set[str]:
    """A sound, and what is left of it without one kana: two that a slip parts have one of these in common."""
    return {sound, *(sound[:i] + sound[i + 1 :] for i in range(len(sound)))}


def _without_a_kanji(written: str) -> set[str]:
    """What is left of three letters or more when a kanji is lost."""
    if len(written) < _SHORTEST:
        return set()
    return {written[:i] + written[i + 1 :] for i, letter in enumerate(written) if is_kanji(letter)}


def _slip(typed: str, meant: str) -> float:
    """The price of the one slip that makes `typed` of `meant`."""
    if len(typed) != len(meant):
        return _LOST if len(typed) < len(meant) else _DOUBLED
    apart = [(one, other) for one, other in zip(typed, meant, strict=True) if one != other]
    if len(apart) > 1:
        return TURNED
    ((one, other),) = apart
    return NEIGHBOUR if other in beside(one) else _TAKEN
