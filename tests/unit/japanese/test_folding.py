"""madoguchi.japanese.folding: one writing for many, with the way back to the raw text."""

from __future__ import annotations

import pytest

from madoguchi.japanese.folding import fold, folded, is_kana, katakana, skeleton, unified

SAME = [
    ("ﾎｼｮｳ協会　ＴＥＬ", "ホショウ協会tel"),
    ("１億２，０００万円", "1億2000万円"),
    ("1,000", "1000"),
    ("1，000，000", "1000000"),
    ("1, 2", "1,2"),
    ("1,2,3", "1,2,3"),
    ("12,345,678", "12345678"),
    ("A,B", "a,b"),
    ("ＳＢＩＲ", "sbir"),
    ("JAPANブランド", "japanブランド"),
    ("普通 保証", "普通保証"),
    ("普通\u3000保証", "普通保証"),
    ("普通\n保証\t", "普通保証"),
    ("普通\u200b保\ufeff証", "普通保証"),
    ("100 200", "100 200"),
    ("300 万 円", "300万円"),
    ("8〜12", "8~12"),
    ("8～12", "8~12"),
    ("077ー511ー1413", "077-511-1413"),
    ("077－511－1413", "077-511-1413"),
    ("077‐511‑1413", "077-511-1413"),
    ("077–511—1413", "077-511-1413"),
    ("077−511−1413", "077-511-1413"),
    ("コーディネーター", "コーディネーター"),
    ("ｺｰﾃﾞｨﾈｰﾀｰ", "コーディネーター"),
    ("ﾊﾝｽﾞｵﾝ", "ハンズオン"),
    ("ﾎﾟﾝﾌﾟ", "ポンプ"),
    ("ハ\u309aン", "パン"),
    ("か\u3099", "が"),
    ("ﾞ", "\u3099"),
    ("㈱南", "(株)南"),
    ("①", "1"),
    ("㌧", "トン"),
    ("％", "%"),
    ("？！", "?!"),
    ("乘数", "乗数"),
    ("资金", "資金"),
    ("①②", "12"),
    ("❓☎️", "❓☎"),
    ("👨‍👩‍👧", "👨👩👧"),
    ("İ", "İ"),
    ("ß", "ß"),
    ("", ""),
    (" ", ""),
]


@pytest.mark.parametrize(("text", "expected"), SAME, ids=[repr(text) for text, _ in SAME])
def test_一つの書き方になる(text: str, expected: str) -> None:
    assert fold(text) == expected


@pytest.mark.parametrize("text", [text for text, _ in SAME], ids=repr)
def test_畳んだものを畳んでも変わらない(text: str) -> None:
    assert fold(fold(text)) == fold(text)


SPANS = [
    ("あ１，０００い", "1000", "１，０００"),
    ("㈱普通　保証です", "普通保証", "普通　保証"),
    ("㈱普通", "(株)", "㈱"),
    ("㈱普通", "株", "㈱"),
    ("ｱﾍﾞﾝﾁｬｰﾌｧﾝﾄﾞ?", "ベンチャーファンド", "ﾍﾞﾝﾁｬｰﾌｧﾝﾄﾞ"),
    ("ｱﾎﾟﾝﾌﾟｲ", "ポンプ", "ﾎﾟﾝﾌﾟ"),
    ("😀ＳＢＩＲ😀", "sbir", "ＳＢＩＲ"),
    ("8〜12%", "8~12", "8〜12"),
    ("か\u3099ん", "が", "か\u3099"),
    ("普\u200b通", "普通", "普\u200b通"),
]


@pytest.mark.parametrize(("text", "part", "span"), SPANS, ids=[repr(case[0]) for case in SPANS])
def test_もとの文に戻れる(text: str, part: str, span: str) -> None:
    line = folded(text)
    start = line.text.index(part)
    first, last = line.span(start, start + len(part))
    assert text[first:last] == span


@pytest.mark.parametrize("text", [case[0] for case in SAME] + [case[0] for case in SPANS], ids=repr)
@pytest.mark.parametrize("way", [folded, unified], ids=["folded", "unified"])
def test_どの文字にももとの場所がある(text: str, way: object) -> None:
    line = way(text)  # type: ignore[operator]
    assert len(line.text) == len(line.origins)
    assert all(0 <= start < end <= len(text) for start, end in line.origins)
    assert [start for start, _ in line.origins] == sorted(start for start, _ in line.origins)


BONES = [
    ("下請取引の相談", "下請取引相談"),
    ("海外への展開", "海外への展開"),
    ("経営😊革新", "経営革新"),
    ("普通 保証、別枠", "普通保証別枠"),
    ("ものづくりの人材", "ものづくりの人材"),
    ("ESCOの活用", "esco活用"),
    ("300社の表彰", "300社表彰"),
    ("JAPANブランド", "japanブランド"),
    ("", ""),
    ("！？", ""),
]


@pytest.mark.parametrize(("text", "expected"), BONES, ids=[repr(text) for text, _ in BONES])
def test_語の間の助詞と記号を除く(text: str, expected: str) -> None:
    line = skeleton(folded(text))
    assert line.text == expected
    assert all(
        folded(text[start:end]).text.startswith(c) for c, (start, end) in zip(line.text, line.origins, strict=True)
    )


def test_そろえるだけなら大文字と空白は残る() -> None:
    assert unified("ＡＢ ﾎｼｮｳ").text == "AB ホショウ"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ほじょ金", "ホジョ金"),
        ("ゔ", "ヴ"),
        ("ぁゖ", "ァヶ"),
        ("ー", "ー"),
        ("ホジョ", "ホジョ"),
        ("abc", "abc"),
        ("", ""),
    ],
)
def test_かたかなにする(text: str, expected: str) -> None:
    assert katakana(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ほじょ", True),
        ("ホジョー", True),
        ("ヴァ", True),
        ("ほじょ金", False),
        ("ほ じょ", False),
        ("、", False),
        ("", False),
    ],
)
def test_かなだけか(text: str, expected: bool) -> None:
    assert is_kana(text) is expected
