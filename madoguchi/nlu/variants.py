"""Examples as other people would have typed them: in kana, without particles or signs, with a slip of the finger.

The classifier learns them beside the examples. `make bench-robust` changes other utterances by rules of its own; what
the two have in common is said in docs/adr/0006-other-writings.md.
"""

from __future__ import annotations

import unicodedata
from random import Random

from madoguchi.japanese.folding import hiragana, is_kana, is_kanji
from madoguchi.japanese.morphology import morphemes
from madoguchi.nlu.masking import MASKS

_KANA = "".join(chr(code) for code in range(ord("ぁ"), ord("ん") + 1))
_LEFT_OUT = frozenset("はがをにへので")  # the particles that a hurried person leaves out
_FEWEST_AND_MOST = 2, 8  # variants of a text with a slip
_SLIPS = ("lost", "lost", "lost", "taken", "turned")  # the restorer undoes the others better than what is lost
_SHORTEST = 3  # letters; of two with a slip nothing is left to learn


def variants(text: str, *, slips: int) -> list[str]:
    """`text` in kana, without particles, without signs, and so often with one slip that they make some `slips` letters.

    The same for the same text.

    >>> variants('限度額を教えて？', slips=0)
    ['げんどがくをおしえて？', '限度額教えて？', '限度額を教えて']
    >>> variants('はい', slips=3)
    []
    """
    found = [in_kana(text), without_particles(text), without_signs(text)]
    found += [with_a_slip(text, Random(f"{number} {text}")) for number in range(_count(text, slips))]
    return [other for other in dict.fromkeys(found) if other and other != text]


def _count(text: str, letters: int) -> int:
    """How many texts like `text` make `letters`: a slip is lost among many letters, among few it is not."""
    fewest, most = _FEWEST_AND_MOST
    return min(max(letters // max(len(text), 1), fewest), most) if letters else 0


def in_kana(text: str) -> str:
    """`text` with its kanji and katakana in hiragana; what holds digits stays.

    >>> in_kana('※の補助率は何％')
    '※のほじょりつはなん％'
    """
    written = list(text)
    for word in morphemes(text):
        if any(map(is_kanji, word.surface)) and not any(c.isdigit() for c in word.surface):
            written[word.start : word.end] = [word.reading, *[""] * (word.end - word.start - 1)]
    return hiragana("".join(written))


def without_particles(text: str) -> str:
    """`text` without は, が, を, に, へ, の and で between its words.

    >>> without_particles('協会の電話は')
    '協会電話'
    """
    written = list(text)
    for word in morphemes(text):
        if word.start and word.part_of_speech == "助詞" and word.surface in _LEFT_OUT:
            written[word.start : word.end] = [""] * (word.end - word.start)
    return "".join(written)


def without_signs(text: str) -> str:
    """`text` without spaces and punctuation; masks of names stay.

    >>> without_signs('※ 要件は？')
    '※要件は'
    """
    return "".join(c for c in text if c in MASKS.values() or unicodedata.category(c)[0] not in "ZP")


def with_a_slip(text: str, chance: Random) -> str:
    """`text` with one letter lost, one kana taken for any other, or two kana the wrong way round."""
    letters = [place for place, c in enumerate(text) if unicodedata.category(c)[0] in "LN"]
    kana = [place for place in letters if is_kana(text[place])]
    pairs = [place for place in kana if place + 1 in kana]
    if len(letters) < _SHORTEST:
        return text
    slip = chance.choice(_SLIPS)
    if slip == "turned" and pairs:
        place = chance.choice(pairs)
        return text[:place] + text[place + 1] + text[place] + text[place + 2 :]
    if slip == "taken" and kana:
        place = chance.choice(kana)
        return text[:place] + chance.choice(_KANA) + text[place + 1 :]
    place = chance.choice(letters)
    return text[:place] + text[place + 1 :]
