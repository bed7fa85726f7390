"""madoguchi.nlu.spelling: kana as the words they stand for."""

from __future__ import annotations

import pytest

from madoguchi.japanese.sequences import Sequences
from madoguchi.nlu.spelling import Examples, Speller

CATALOG = [
    "中小企業信用保険法の特例",
    "信用保証の特例",
    "保証協会の電話番号",
    "補助金の限度額は300万円です",
    "保証人なしで借りる",
    "人材投資促進税制",
    "推進資金",
    "すいしん",
    "ホームページのアドレス",
    "設備資金の返済期間は10年以内です",
    "一次補正の予算",
    "金額は資料に記載がありません",
]
EXAMPLES = [
    "補助金はいくらですか",
    "補助菌はいくら",
    "ほじょきんはいくら",
    "返済期間を教えて",
    "電話は？",
    "はい",
    "ありがとうございます",
    "教えてください",
]


@pytest.fixture(scope="module")
def speller() -> Speller:
    return Speller.fit(Sequences.of(CATALOG), Examples.of(EXAMPLES), kana_names=["すいしん"])


SPELLED = [
    ("ほじょきんのげんどがくは", "補助金の限度額は"),
    ("ホジョキンノゲンドガクハ？", "補助金の限度額は?"),
    ("ﾎｼｮｳｷｮｳｶｲ ﾉ ﾃﾞﾝﾜﾊﾞﾝｺﾞｳ", "保証協会 の 電話番号"),
    ("へんさいきかんをおしえてください", "返済期間を教えてください"),
    ("ほしょうにんなしで", "保証人なしで"),
    ("いちじほせいのよさん", "一次補正の予算"),
    ("設備資金のへんさいきかん", "設備資金の返済期間"),
    ("ほーむぺーじは", "ホームページは"),
    ("せつびしきんは10ねん", "設備資金は10年"),
    ("けっさん ほじょきん", "けっさん 補助金"),
    ("信用補償のとくれい", "信用保証の特例"),
    ("ほじょきん額は10万", "補助金額は10万"),
    ("せつび資金", "設備資金"),
    ("ほじょ😊きんは❓🙏🏻", "補助金は?"),
    ("設備💦資金🙏", "設備資金"),
]


@pytest.mark.parametrize(("text", "words"), SPELLED, ids=[text for text, _ in SPELLED])
def test_かなを言葉にする(text: str, words: str, speller: Speller) -> None:
    assert speller.spell(text) == words


KEPT = [
    "👍",
    "◆の㈱ ☎は",
    *CATALOG,
    *(text for text in EXAMPLES if text != "ほじょきんはいくら"),
    "補助菌の限度額",  # typed in kanji: another matter
    "すいしんの設備資金",  # a name of the catalog in kana
    "設備資金のきん",  # too short beside kanji to be sure of
    "ごはん",
    "ﾗｰﾒﾝ",
    "",
    " 　\n",
    "？",
    "😀",
    "12345",
]


@pytest.mark.parametrize("text", KEPT, ids=repr)
def test_それ以外はそのまま(text: str, speller: Speller) -> None:
    assert speller.spell(text) == text


def test_例文のかな書きや変換まちがいは_手本にしない(speller: Speller) -> None:
    assert speller.spell("ほじょきんはいくら") == "補助金はいくら"


def test_何も知らなくても読める() -> None:
    assert Speller(Sequences(), Sequences(), kana_names=[]).spell("ほじょきん") == "ほじょきん"


def test_長い文でも終わる(speller: Speller) -> None:
    text = "ほじょきんのげんどがくはいくらですか。" * 50
    assert speller.spell(text) == "補助金の限度額はいくらですか。" * 50
