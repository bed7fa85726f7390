"""madoguchi.japanese.morphology: words with their place in the raw text, and how they sound."""

from __future__ import annotations

import itertools
from concurrent.futures import ThreadPoolExecutor

import pytest

from madoguchi.japanese.morphology import morphemes, reading

WORDS = [
    ("設備投資減税は？", ["設備", "投資", "減税", "は", "？"]),
    ("信用保証協会", ["信用", "保証", "協会"]),
    ("ﾊﾝｽﾞｵﾝ支援", ["ﾊﾝｽﾞｵﾝ", "支援"]),
    ("㈱みなみ", ["㈱", "みなみ"]),
    ("", []),
    (" 　\n\t", []),
    ("\u200b", []),
]


@pytest.mark.parametrize(("text", "expected"), WORDS, ids=[repr(text) for text, _ in WORDS])
def test_短い単位に分かれ_空白は語でない(text: str, expected: list[str]) -> None:
    assert [m.surface for m in morphemes(text) if m.surface != "\u200b"] == expected


TEXTS = [
    "設備投資減税はいくらですか？",
    "㈱みなみの、ﾊﾝｽﾞｵﾝ支援。",
    "😀補助金😀いくら😀",
    "👨‍👩‍👧の会社",
    "  空白\n改行\tタブ　全角  ",
    "１億２，０００万円",
    "ﾊﾟｰﾄ10名",
    "か\u3099き\u309aく",
    "𠮷野家の𩸽",
    "hello World 123",
    "안녕하세요 你好",
    "\u202e助補",
]


@pytest.mark.parametrize("text", TEXTS, ids=repr)
def test_場所はもとの文の文字数で数える(text: str) -> None:
    found = morphemes(text)
    assert found
    assert all(text[m.start : m.end] == m.surface for m in found)
    assert [m.start for m in found] == sorted(m.start for m in found)
    between = "".join(text[a.end : b.start] for a, b in itertools.pairwise(found))
    assert between.strip() == ""


LEMMAS = [
    ("借りたい", "借りる"),
    ("借入", "借り入れ"),
    ("使えます", "使う"),
    ("ﾊﾝｽﾞｵﾝ", "ハンズオン"),
]


@pytest.mark.parametrize(("text", "expected"), LEMMAS, ids=[text for text, _ in LEMMAS])
def test_見出しの形(text: str, expected: str) -> None:
    assert morphemes(text)[0].lemma == expected


READINGS = [
    ("補助金", "ホジョキン"),
    ("補助菌", "ホジョキン"),
    ("信用保証", "シンヨウホショウ"),
    ("ほじょきん", "ホジョキン"),
    ("ホジョキン", "ホジョキン"),
    ("しょう", "ショウ"),
    ("けいえいかくしんしえんしきん", "ケイエイカクシンシエンシキン"),
    ("はんろかいたくコーディネーター", "ハンロカイタクコーディネーター"),
    ("経営かくしん", "ケイエイカクシン"),
    ("", ""),
]


@pytest.mark.parametrize(("text", "expected"), READINGS, ids=[repr(text) for text, _ in READINGS])
def test_かなはそのまま_漢字は辞書で読む(text: str, expected: str) -> None:
    assert reading(text) == expected


CONTENT = [
    ("設備", True),
    ("使える", True),
    ("は", False),
    ("です", False),
    ("？", False),
    ("♪", False),
]


@pytest.mark.parametrize(("text", "expected"), CONTENT, ids=[text for text, _ in CONTENT])
def test_意味を持つ語か(text: str, expected: bool) -> None:
    assert morphemes(text)[0].is_content is expected


def test_いくつのスレッドからでも同じ() -> None:
    texts = [f"設備投資減税は{n}万円の機械から使えますか" for n in range(200)]
    expected = [[m.surface for m in morphemes(text)] for text in texts]
    with ThreadPoolExecutor(4) as pool:
        assert [[m.surface for m in found] for found in pool.map(morphemes, texts)] == expected
