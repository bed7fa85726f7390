"""One writing for many: full-width, half-width, spaces, wave dashes and digit commas, with the way back kept."""

from __future__ import annotations

import functools
import re
import unicodedata
from dataclasses import dataclass

_SPACES = re.compile(r"[\s\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufe0e\ufe0f\ufeff]+")
_VARIANTS = str.maketrans(
    {"〜": "~", "～": "~", "∼": "~", "‐": "-", "‑": "-", "–": "-", "—": "-", "−": "-", "乘": "乗", "资": "資"}
)
# Particles between words that are no kana: 下請取引の相談
_PARTICLE = re.compile(r"(?<=[一-鿿々ァ-ヺーa-z0-9])[のとにをへがはもやで](?=[一-鿿ァ-ヺa-z0-9])")
_DASH_BETWEEN_DIGITS = re.compile(r"(?<=\d)[ー-](?=\d)")


_TELLING_PICTURES = "○◯◇◆●▲△☎〒"  # marks of budget lines, minus, telephone, postal code
_JOINING = re.compile("[\u200d\ufe0e\ufe0f\U0001f3fb-\U0001f3ff]")  # what joins and colours pictures
_PICTURED_SIGNS = str.maketrans("❓❔❗❕", "??!!")

# What may change the number of characters or depend on its neighbours; most texts have none of it
_UNEVEN = re.compile(r"[\s\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufe0e\ufe0f\ufeff,Σİ]|\dー")
_COMBINING = re.compile("[\u3099\u309a]")
_TO_KATAKANA = {code: code + 0x60 for code in range(ord("ぁ"), ord("ゖ") + 1)}
_TO_HIRAGANA = {code: code - 0x60 for code in range(ord("ァ"), ord("ヶ") + 1)}
_KANA = re.compile("[ぁ-ゖァ-ヺー]+")
_KANJI = re.compile("[一-鿿々]+")
_HIRAGANA_OR_KANJI = re.compile("[ぁ-ゖ一-鿿々]")


@dataclass(frozen=True, slots=True)
class Folded:
    """`text` in one writing; `origins[i]` is the raw text's span that character i came from: ﾎﾟ -> ポ, ㈱ -> (株)."""

    text: str
    origins: tuple[tuple[int, int], ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The raw text's span for the folded span `start` to `end`."""
        return self.origins[start][0], self.origins[end - 1][1]


# A dozen parts look at one message, and at the same names of the catalog at each: what they share is kept for a while.
@functools.lru_cache(maxsize=512)
def fold(text: str) -> str:
    """`text` in the writing in which names and figures are compared.

    >>> fold('ﾎｼｮｳ協会　ＴＥＬ')
    'ホショウ協会tel'
    >>> fold('１億２，０００万円')
    '1億2000万円'
    """
    return folded(text).text


@functools.lru_cache(maxsize=64)
def folded(text: str) -> Folded:
    """`text` folded, with the origin of each character."""
    line = unified(text)
    if not _UNEVEN.search(line.text):
        return Folded(line.text.translate(_VARIANTS).lower(), line.origins)
    characters = [" " if _SPACES.match(c) else _lower(c) for c in line.text.translate(_VARIANTS)]
    # 1,000 and 1ー2: a comma before three digits goes, a long-vowel sign between digits is a dash; a space stays
    # only where it parts two numbers
    kept = [
        i
        for i, c in enumerate(characters)
        if not (c == "," and _parts_thousands(characters, i)) and not (c == " " and not _between_digits(characters, i))
    ]
    text = "".join(characters[i] for i in kept)
    return Folded(_DASH_BETWEEN_DIGITS.sub("-", text), tuple(line.origins[i] for i in kept))


@functools.lru_cache(maxsize=64)
def unified(text: str) -> Folded:
    """`text` in Unicode's compatibility form, spaces and case as they are: ﾎｼｮｳ -> ホショウ, ㈱ -> (株)."""
    if unicodedata.is_normalized("NFKC", text) and not _COMBINING.search(text):
        return Folded(text, tuple((place, place + 1) for place in range(len(text))))
    characters: list[str] = []
    origins: list[tuple[int, int]] = []
    for start, cluster in _clusters(text):
        for character in unicodedata.normalize("NFKC", cluster):
            characters.append(character)
            origins.append((start, start + len(cluster)))
    return Folded("".join(characters), tuple(origins))


def skeleton(line: Folded) -> Folded:
    """A folded line without signs, pictures and the particles between its words.

    >>> skeleton(folded('下請取引😀の相談、海外展開へ')).text
    '下請取引相談海外展開へ'
    """
    kept = [i for i, c in enumerate(line.text) if unicodedata.category(c)[0] in "LN"]
    bare = "".join(line.text[i] for i in kept)
    particles = {match.start() for match in _PARTICLE.finditer(bare)}
    kept = [place for i, place in enumerate(kept) if i not in particles]
    return Folded("".join(line.text[i] for i in kept), tuple(line.origins[i] for i in kept))


def without_pictures(text: str) -> str:
    """`text` without the pictures that only decorate it; one that asks or exclaims is the sign for it.

    >>> without_pictures('保証協会😊の☎は❓🙏'), without_pictures('👍')
    ('保証協会の☎は?', '👍')
    """
    plain = text.translate(_PICTURED_SIGNS)
    bare = "".join(c for c in _JOINING.sub("", plain) if c in _TELLING_PICTURES or not _is_picture(c))
    return bare if bare.strip() else text


def _is_picture(character: str) -> bool:
    stands_for_letters = unicodedata.normalize("NFKC", character) != character  # ㈱, ℃
    return unicodedata.category(character) == "So" and not stands_for_letters


def _lower(character: str) -> str:
    small = character.lower()
    return small if len(small) == 1 else character  # İ becomes two


def _clusters(text: str) -> list[tuple[int, str]]:
    """Characters with their place; a half-width kana stays with its sound mark: ﾎﾟ -> ポ."""
    clusters: list[tuple[int, str]] = []
    for place, character in enumerate(text):
        if character in "ﾞﾟ\u3099\u309a" and clusters:
            start, before = clusters[-1]
            clusters[-1] = (start, before + character)
        else:
            clusters.append((place, character))
    return clusters


def _between_digits(characters: list[str], place: int) -> bool:
    return 0 < place < len(characters) - 1 and characters[place - 1].isdigit() and characters[place + 1].isdigit()


def _parts_thousands(characters: list[str], place: int) -> bool:
    behind = characters[place + 1 : place + 5]
    three = len(behind) >= 3 and all(c.isdigit() for c in behind[:3]) and not (len(behind) > 3 and behind[3].isdigit())
    return three and _between_digits(characters, place)


def katakana(text: str) -> str:
    """`text` with its hiragana as katakana.

    >>> katakana('ほじょ金')
    'ホジョ金'
    """
    return text.translate(_TO_KATAKANA)


def hiragana(text: str) -> str:
    """`text` with its katakana as hiragana.

    >>> hiragana('オオツ')
    'おおつ'
    """
    return text.translate(_TO_HIRAGANA)


def is_small(kana: str) -> bool:
    """Whether a kana belongs to the one before it, so that no word begins with it; False for "".

    >>> is_small('ょ'), is_small('よ'), is_small('')
    (True, False, False)
    """
    return bool(kana) and katakana(kana) in "ャュョァィゥェォー"


def is_kana(text: str) -> bool:
    """Whether `text` is hiragana, katakana and long-vowel signs only."""
    return bool(_KANA.fullmatch(text))


def is_kanji(text: str) -> bool:
    """Whether `text` is kanji only."""
    return bool(_KANJI.fullmatch(text))


def plain_kana(text: str) -> str:
    """`text` in hiragana where somebody typed all of it in katakana; else as it is.

    In a sentence, katakana tell a foreign word from its neighbours; where all is katakana they tell nothing.

    >>> plain_kana('ゲンドガクハ？'), plain_kana('ﾎｼｮｳ ﾉ ﾃﾞﾝﾜ'), plain_kana('サイトのアドレス')
    ('げんどがくは?', 'ほしょう の でんわ', 'サイトのアドレス')
    """
    return text if _HIRAGANA_OR_KANJI.search(text) else hiragana(unified(text).text)
