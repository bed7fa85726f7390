"""What somebody meant to write: kana back to the examples' words, wrong conversions and single slips undone.

A noisy channel: the likeliest words after the examples' own bigrams, of which the text may be another writing (補助菌,
ほじょきん for 補助金) or one with a slip of the finger (いきら for いくら). Words that no example has stay, at a price.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any

from rapidfuzz.distance import OSA

from madoguchi.japanese.folding import hiragana, is_kana, is_kanji, katakana
from madoguchi.japanese.morphology import Morpheme, morphemes

# Prices in nats, chosen by cross-validation over what `make bench-robust` changes (docs/adr/0006-other-writings.md)
_SCRIPT = 0.3  # おしえて for オシエテ
_WRITING = 1.5  # a word written otherwise: 補助菌 for 補助金
_NEIGHBOUR = 8.0  # a kana of the same key, or with its mark forgotten
_TURNED = 9.0  # two kana the wrong way round
_LOST = 11.0
_LOST_KANJI = 8.0  # a sound does not tell which
_DOUBLED = 12.0  # one kana too many
_TAKEN = 13.0  # any other kana for the right one
_FOREIGN = 15.0  # a word with kanji, or of other letters, that no example has
_FOREIGN_KANA = (10.5, 3.0)  # the same in kana, and for each kana of it
_BACKING_OFF = 3.0  # how many sightings of its left neighbour a word's own frequency is worth
_UNSEEN = math.log(_BACKING_OFF)  # behind a word that is nobody's left neighbour

_ROUNDING = 1e-6  # prices added up in another order differ by less
_SHORTEST = 3  # kana; shorter words are like too many others
_LONGEST = 12
_WORDS = 3  # words in a row that a slip is looked for in, where as many examples have them
_START, _END, _ANY = "<s>", "</s>", "<unk>"  # no morphemes: a text may well hold a "?"
_ROWS = (
    *(
        "アイウエオ",
        "カキクケコ",
        "サシスセソ",
        "タチツテト",
        "ナニヌネノ",
        "ハヒフヘホ",
        "マミムメモ",
        "ヤユヨ",
        "ラリルレロ",
    ),
    *("ワヲンー", "ガギグゲゴ", "ザジズゼゾ", "ダヂヅデド", "バビブベボ", "パピプペポ"),
)
_KEY = {kana: row for row in _ROWS for kana in row}
_MARKED = dict(
    zip(
        "カキクケコサシスセソタチツテトハヒフヘホツヤユヨ",
        "ガギグゲゴザジズゼゾダヂヅデドバビブベボッャュョ",
        strict=True,
    )
)
_MARKED |= {marked: plain for plain, marked in _MARKED.items()}

Words = tuple[str, ...]
_Way = tuple[float, int, str, str]  # the price, from which piece, behind which word, as it is written
_Edge = tuple[int, Words, str, float]  # to which piece, the words, as they are written, the price


class Restorer:
    """The words of the examples, with what stands beside what."""

    def __init__(self, readings: dict[str, str], pairs: dict[tuple[str, str], int], phrases: dict[Words, str]) -> None:
        self._readings = readings  # of each word, in katakana
        self._pairs = pairs  # how often a word stands behind another
        self._phrases = phrases  # words in a row in which a slip is looked for, with their sound
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
        readings: dict[str, str] = {}
        pairs: Counter[tuple[str, str]] = Counter()
        phrases: Counter[Words] = Counter()
        for text in texts:
            found = morphemes(text)
            words = [_word(morpheme) for morpheme in found]
            pairs.update(pairwise([_START, *words, _END]))
            for word, morpheme in zip(words, found, strict=True):
                if is_kana(morpheme.reading) and not word.isdigit():
                    readings.setdefault(word, morpheme.reading)
            phrases.update(
                tuple(words[i : i + count]) for count in range(1, _WORDS + 1) for i in range(len(words) - count + 1)
            )
        sounds = {
            phrase: "".join(readings[word] for word in phrase)
            for phrase, count in phrases.items()
            if (len(phrase) == 1 or count >= _WORDS) and all(word in readings for word in phrase)
        }
        kept = {phrase: sound for phrase, sound in sounds.items() if _SHORTEST <= len(sound) <= _LONGEST}
        return cls(readings, pairs, kept)

    def restore(self, text: str) -> str:
        """`text` as the examples would have it, as far as they know its words; without spaces where it was changed."""
        found = morphemes(text)
        typed = [_START, *map(_word, found), _END]
        if not found or all(pair in self._pair for pair in pairwise(typed)):
            return text  # nothing is odd about it
        dearest = self._along(typed) + _ROUNDING  # what the text costs as it is typed: nothing dearer is looked at
        pieces, as_typed = _pieces(found)
        # The cheapest way to each place, for each word that it may end with: price, where from, after which, written
        ways: list[dict[str, _Way]] = [{} for _ in range(len(pieces) + 1)]
        ways[0][_START] = (0.0, 0, "", "")
        for place, way in enumerate(ways[:-1]):
            if not way:
                continue
            spare = dearest - min(cost for cost, *_ in way.values())
            onward: dict[str, tuple[float, str]] = {}  # to each word that may stand here first
            for end, words, written, price in self._edges(pieces, as_typed, place, spare):
                if price > spare:
                    continue
                if words[0] not in onward:
                    onward[words[0]] = self._cheapest(way, words[0])
                total, before = onward[words[0]]
                total += price
                if len(words) > 1 and total <= dearest:
                    total += self._along(words)
                if total > dearest:
                    continue
                last = words[-1] if words[-1] in self._left else _ANY
                if last not in ways[end] or total < ways[end][last][0]:
                    ways[end][last] = (total, place, before, written)
        place = len(pieces)
        last = self._cheapest(ways[place], _END)[1]
        parts = []
        while place:
            _, place, last, written = ways[place][last]
            parts.append(written)
        return "".join(reversed(parts))

    def _along(self, words: Sequence[str]) -> float:
        """The price of `words` in a row behind the first of them."""
        return sum(self._price(one, other) for one, other in pairwise(words))

    def _cheapest(self, way: dict[str, _Way], word: str) -> tuple[float, str]:
        """The price of the cheapest way on to `word`, and the word before it. What `_price` says, without a call for
        each: this is most of the work."""
        pair, left = self._pair, self._left
        known = self._word.get(word)
        foreign = self._foreign(word) if known is None else 0.0
        best, found = math.inf, ""
        for before, (cost, *_) in way.items():
            price = pair.get((before, word))
            if price is None:
                price = foreign if known is None else known + left.get(before, _UNSEEN)
            if cost + price < best:
                best, found = cost + price, before
        return best, found

    def _price(self, before: str, word: str) -> float:
        """Of `word` behind `before`."""
        return self._cheapest({before: (0.0, 0, "", "")}, word)[0]

    def _foreign(self, word: str) -> float:
        """The price of a word that no example has."""
        base, each = _FOREIGN_KANA
        return base + each * len(word) if is_kana(katakana(word)) else _FOREIGN

    def _edges(
        self, pieces: list[tuple[str, str]], as_typed: dict[int, _Edge], begin: int, spare: float
    ) -> Iterator[_Edge]:
        """What the stretches of the pieces from `begin` on may stand for; slips where `spare` would pay for one."""
        if begin in as_typed:
            yield as_typed[begin]
        if begin not in as_typed or as_typed[begin][0] > begin + 1:
            written, _ = pieces[begin]
            yield begin + 1, (written,), written, 0.0
        written = sound = ""
        for end in range(begin + 1, len(pieces) + 1):
            piece, heard = pieces[end - 1]
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
            if spare >= _NEIGHBOUR and _SHORTEST - 1 <= len(sound) <= _LONGEST + 1:
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


def _pieces(found: list[Morpheme]) -> tuple[list[tuple[str, str]], dict[int, _Edge]]:
    """The text in pieces (written, sound), a kana or a word each, and its words as typed by where they begin."""
    pieces: list[tuple[str, str]] = []
    as_typed: dict[int, _Edge] = {}
    for morpheme in found:
        begin = len(pieces)
        if is_kana(katakana(morpheme.surface)):
            pieces += [(kana, katakana(kana)) for kana in morpheme.surface]
        else:
            sounds = is_kana(morpheme.reading) and not morpheme.surface.isdigit()
            pieces.append((morpheme.surface, morpheme.reading if sounds else ""))
        as_typed[begin] = (len(pieces), (_word(morpheme),), morpheme.surface, 0.0)
    return pieces, as_typed


def _word(morpheme: Morpheme) -> str:
    """The word that a morpheme counts as: all numbers are one."""
    return "0" if morpheme.surface.isdigit() else morpheme.surface.lower()


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
        return _TURNED
    ((one, other),) = apart
    return _NEIGHBOUR if other in _KEY.get(one, "") or _MARKED.get(one) == other else _TAKEN
