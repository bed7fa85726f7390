"""Compounds of nouns: the names that people give to things, also to those that nobody here has heard of."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass

from madoguchi.japanese.folding import is_kana, katakana, unified
from madoguchi.japanese.morphology import Morpheme, morphemes

_JOINING = ("・", "･")


@dataclass(frozen=True, slots=True)
class Compound:
    """Adjoining nouns of a text with their prefixes and suffixes: 新事業進出補助金."""

    words: tuple[Morpheme, ...]
    after: str  # the particle behind it, "" where there is none

    @property
    def start(self) -> int:
        return self.words[0].start

    @property
    def end(self) -> int:
        return self.words[-1].end

    @property
    def owns(self) -> bool:
        """Whether the compound behind it is a thing of this one: 市場化ステージの採点基準."""
        return self.after == "の"

    @property
    def surface(self) -> str:
        return "".join(word.surface for word in self.words)


@functools.lru_cache(maxsize=64)
def compounds(text: str) -> tuple[Compound, ...]:
    """The compounds of `text`, in its order.

    >>> [compound.surface for compound in compounds('新事業進出補助金の条件は?')]
    ['新事業進出補助金', '条件']
    """
    found: list[Compound] = []
    run: list[Morpheme] = []
    words = morphemes(text)
    for place, word in enumerate(words):
        apart = bool(run) and run[-1].end != word.start
        joins = _joins(word) and (bool(run) or not word.is_counter)
        if run and (apart or not joins):
            found.append(_compound(run, word, apart=apart))
            run = []
        if joins and (run or word.surface not in _JOINING):
            run.append(word)
        if run and place == len(words) - 1:
            found.append(_compound(run, None, apart=True))
    return tuple(found)


def chains(text: str) -> Iterator[list[Morpheme]]:
    """The words of each compound with those of the ones that it owns, and of what a town does.

    >>> ["".join(word.surface for word in words) for words in chains('茨城県の融資の利率を、長浜市がやってる補助金と')]
    ['茨城県融資利率', '長浜市補助金']
    """
    words: list[Morpheme] = []
    acts = False
    for compound in compounds(text):
        words += compound.words
        acts = acts or (compound.after == "が" and is_region(words[-1]))
        if not (compound.owns or acts):
            yield words
            words = []
    if words:
        yield words


def is_region(word: Morpheme) -> bool:
    """Whether a word behind a name makes it that of a prefecture or a town: 県."""
    return word.surface in ("都", "道", "府", "県") or is_town(word)


def is_town(word: Morpheme) -> bool:
    """Whether a word behind a name makes it that of a town: 市."""
    return word.surface in ("市", "町", "村", "区")


def is_trade(word: Morpheme) -> bool:
    """Whether a word at the end of a compound makes it a trade or somebody who is in it: 豆腐屋, 行政書士."""
    return word.surface[-1] in "屋業店者家師士社工商院"


def is_measure(word: Morpheme) -> bool:
    """Whether a word makes what stands before it a figure or rule of its own: 否決率, 採点基準."""
    return word.surface in ("率", "基準")


def _joins(word: Morpheme) -> bool:
    return (word.is_noun and word.surface.isalnum()) or word.surface in _JOINING


def _compound(run: list[Morpheme], behind: Morpheme | None, *, apart: bool) -> Compound:
    particle = behind is not None and not apart and behind.part_of_speech == "助詞"
    return Compound(tuple(run), behind.surface if behind is not None and particle else "")


def is_telling(word: Morpheme) -> bool:
    """Whether a noun says what is asked about: no word of any question, and whole.

    Sudachi cuts hiragana anywhere (けいえい of けいえいかくしん), and katakana that it does not know; what is converted
    wrongly it takes for a person (定利).
    """
    whole = katakana(unified(word.surface).text)
    sure = len(word.surface) >= _LONG_KANA and not is_kana(katakana(word.lemma))  # ものづくり, which it knows as 物作り
    cut = is_kana(whole) and (not word.is_known or whole != word.surface) and not (word.is_known and sure)
    cut = cut or word.kind.startswith("固有名詞,人名")
    return (
        word.is_telling and len(word.surface) > 1 and not cut and word.surface.isalnum() and word.lemma not in _EVERYDAY
    )


_LONG_KANA = 5  # hiragana from which a word of the dictionary is hardly a piece of another
# Words in which people ask of anything, and those of any letter
_EVERYDAY = frozenset(
    [
        "一覧",
        "内訳",
        "比較",
        "表",
        "順",
        "違い",
        "差",
        "名称",
        "正式",
        "定義",
        "意味",
        "数字",
        "数",
        "半分",
        "倍",
        "本当",
        "可",
        "不可",
        "該当",
        "非該当",
        "金額",
        "増額",
        "減額",
        "増加",
        "減少",
        "有料",
        "無料",
        "列挙",
        "継続",
        "照会",
        "教示",
        "公式",
        "直通",
        "内線",
        "中身",
        "年度",
        "以上",
        "以下",
        "以内",
        "未満",
        "最初",
        "取り扱い",
        "済み",
        "向け",
        "措置",
        "希望",
        "全部",
        "心配",
        "目次",
        "参考",
        "簡単",
        "詳細",
        "詳しい",
        "略",
        "区分",
        "欄",
        "屋",
        "初回",
        "今度",
        "先日",
        "近所",
        "前後",
        "未満",
        "様",
        "願い",
        "世話",
        "質問",
        "回答",
        "確認",
        "希望",
        "予定",
        "話",
        "件",
        "点",
        "分",
        "側",
        "相手",
        "自分",
        "皆",
        "友達",
        "知り合い",
        "御客",
        "客",
        "御金",
        "金",
        "名前",
        "程度",
        "全体",
        "最近",
        "将来",
    ]
)
