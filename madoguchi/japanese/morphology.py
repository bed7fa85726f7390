"""Morphemes by SudachiPy, with the reading that people who type kana or pick the wrong kanji have in mind."""

from __future__ import annotations

import functools
import threading
from typing import NamedTuple

from sudachipy import Dictionary, SplitMode, Tokenizer

from madoguchi.japanese.folding import is_kana, katakana

_LIGHT = frozenset(
    (
        "為る",
        "成る",
        "有る",
        "無い",
        "居る",
        "出来る",
        "行う",
        "受ける",
        "使う",
        "貰う",
        "呉れる",
        "下さる",
        "頂く",
        "御座る",
        "言う",
        "思う",
        "見る",
        "聞く",
        "知る",
        "教える",
        "欲しい",
        "良い",
        "たつ",
        "方",
        "事",
        "物",
        "時",
        "人",
        "様",
        "所",
        "場合",
        "為",
        "訳",
        "何",
        "誰",
        "何処",
        "何時",
        "幾ら",
        "何ぼ",
        "なんぼ",
        "どう",
        "どういう",
        "どんな",
        "此の",
        "其の",
        "其れ",
        "此れ",
        "内",
        "家",
        "今",
        "年",
        "月",
        "日",
        "国",
        "県",
        "資料",
        "円",
        "%",
        "OK",
    )
)
_local = threading.local()
_dictionary: Dictionary | None = None
_lock = threading.Lock()


class Morpheme(NamedTuple):  # a message makes a hundred: a frozen dataclass takes thrice the time to make
    """A word of the raw text at `start` to `end`, in code points. `reading` is katakana."""

    surface: str
    start: int
    end: int
    lemma: str
    reading: str
    part_of_speech: str
    is_known: bool  # whether the dictionary has it: ハンズオソ is a guess
    kind: str = ""  # of a noun: 普通名詞, 固有名詞, 数詞; with 地名 or 人名 behind a proper one

    @property
    def is_content(self) -> bool:
        """Whether it carries meaning of its own: no particle, auxiliary, symbol or space."""
        return not self.is_symbol and self.part_of_speech not in ("助詞", "助動詞", "接頭辞")

    @property
    def is_telling(self) -> bool:
        """Whether it says something about the subject: no light verb, formal noun, word of asking or numeral."""
        return self.is_content and self.lemma not in _LIGHT and not self.lemma.isdigit()

    @property
    def is_noun(self) -> bool:
        """Whether it can be a part of a compound that names something: no numeral, no counter alone, no pronoun."""
        if self.part_of_speech == "接尾辞":
            return self.kind.startswith("名詞的") and not self.is_counter
        return self.part_of_speech == "接頭辞" or (
            self.part_of_speech in ("名詞", "形状詞") and not self.kind.startswith("数詞")
        )

    @property
    def is_auxiliary(self) -> bool:
        """Whether it hangs on the word before: なら, です."""
        return self.part_of_speech == "助動詞"

    @property
    def is_counter(self) -> bool:
        """Whether it may count something: 年, 局, %."""
        return "助数詞" in self.kind

    @property
    def is_adverbial(self) -> bool:
        """Whether a noun may stand as an adverb: 全部, 毎年."""
        return "副詞可能" in self.kind

    @property
    def is_proper(self) -> bool:
        """Whether it is the name of one place, person or firm."""
        return self.kind.startswith("固有名詞")

    @property
    def is_place(self) -> bool:
        """Whether it is the name of a place in Japan or of a part of the world."""
        return self.kind == "固有名詞,地名,一般"

    @property
    def is_country(self) -> bool:
        """Whether it is the name of a country other than Japan."""
        return self.kind == "固有名詞,地名,国" and self.lemma != "日本"

    @property
    def is_symbol(self) -> bool:
        """Whether it is punctuation, another sign or space."""
        return self.part_of_speech in ("補助記号", "空白", "記号")


def _tokenizer() -> Tokenizer:
    """This thread's tokenizer: Sudachi raises when two threads share one. The dictionary is shared."""
    global _dictionary
    tokenizer: Tokenizer | None = getattr(_local, "tokenizer", None)
    if tokenizer is None:
        with _lock:
            if _dictionary is None:
                _dictionary = Dictionary()
        tokenizer = _local.tokenizer = _dictionary.create(mode=SplitMode.A)
    return tokenizer


def morphemes(text: str) -> list[Morpheme]:
    """The morphemes of `text` in Sudachi's shortest units, without white space.

    >>> [m.surface for m in morphemes('設備投資減税は？')]
    ['設備', '投資', '減税', 'は', '？']
    """
    return list(_morphemes(text))


# A dozen parts ask for the words of one message
@functools.lru_cache(maxsize=64)
def _morphemes(text: str) -> tuple[Morpheme, ...]:
    found = []
    for morpheme in _tokenizer().tokenize(text):
        surface = morpheme.surface()
        if not surface.strip():
            continue
        part, kind = _part_and_kind(morpheme.part_of_speech())
        found.append(
            Morpheme(
                surface=surface,
                start=morpheme.begin(),
                end=morpheme.end(),
                lemma=morpheme.normalized_form(),
                # Kana are their own reading: Sudachi cuts kana-only text into wrong words and reads those.
                reading=_kana(surface) or morpheme.reading_form(),
                part_of_speech=part,
                is_known=not morpheme.is_oov(),
                kind=kind,
            )
        )
    return tuple(found)


@functools.lru_cache(maxsize=4096)
def _kana(surface: str) -> str:
    """A word of kana only in katakana; "" for others."""
    kana = katakana(surface)
    return kana if is_kana(kana) else ""


@functools.cache  # Sudachi has some hundred
def _part_and_kind(part_of_speech: tuple[str, ...]) -> tuple[str, str]:
    """名詞,普通名詞,一般,… -> 名詞 and 普通名詞,一般."""
    return part_of_speech[0], ",".join(part for part in part_of_speech[1:4] if part != "*")


def reading(text: str) -> str:
    """The katakana reading of `text`, as Sudachi reads it.

    >>> reading('補助金')
    'ホジョキン'
    """
    return "".join(morpheme.reading for morpheme in morphemes(text))


def strangeness(text: str) -> int:
    """How odd `text` is as Japanese: what the words and what stands beside what cost in Sudachi's dictionary.

    Some hundreds or thousands more for each word, and many for one that it does not have. Of use between texts that
    differ by little.

    >>> strangeness('いくらまで借りられますか') < strangeness('いくらまで貸りりれますか')
    True
    """
    # Between two stops, for Sudachi leaves out what the first word costs
    cost: int = _tokenizer().tokenize(f"。{text}。").get_internal_cost()
    return cost
