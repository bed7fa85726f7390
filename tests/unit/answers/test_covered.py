"""madoguchi.answers.covered: what is answered although it was taken for somebody else's business."""

from __future__ import annotations

import pytest

from madoguchi.answers import certain, covered
from madoguchi.answers.reply import Reply
from tests.unit.answers.conftest import Counter

SURELY_OUTSIDE, PERHAPS_OUTSIDE, GUESSED = 0.95, 0.6, 0.4

# what one rule alone answers, how surely it was taken for something else, what the first sentence has
COVERED = [
    ("花火のことは shoko@example.jp", SURELY_OUTSIDE, "商工課"),
    ("終わったけどまだある青葉の花火", SURELY_OUTSIDE, "平成31年3月31日に終わりました"),
    ("特別分の限度額はペンギンですか", PERHAPS_OUTSIDE, "4,000万円以内"),
    ("保証制度の窓口はどこの花火", GUESSED, "099-555-0121"),
    ("税額控除のリースはいつから", SURELY_OUTSIDE, "税額控除は、6%"),
    ("割増償却", SURELY_OUTSIDE, "10～25%"),
    ("補助金の割増償却ペンギン", SURELY_OUTSIDE, "10～25%"),
    ("みなと補助 花火大会の補助金と餌", SURELY_OUTSIDE, "販売会"),
    ("リースの従業員", PERHAPS_OUTSIDE, "リースの機械も対象"),
    ("みなと販路補助金でペンギンの上限", SURELY_OUTSIDE, "300万円以内"),
    ("みなと販路補助金でペンギンの電話", SURELY_OUTSIDE, "099-555-0111"),
    ("はやぶさ減税でペンギンを飼う人", PERHAPS_OUTSIDE, "県税から差し引く"),
    ("うしお公社 ペンギン", SURELY_OUTSIDE, "099-555-0121"),
    ("不漁の年に漁業者へ貸し付け", PERHAPS_OUTSIDE, "漁業者へ貸し付けていた"),
]

# the same, or little else, where nothing is answered
NOT_COVERED = [
    ("ペンギンの餌", GUESSED),
    ("花火のことは penguin@example.jp", SURELY_OUTSIDE),
    ("青葉の花火", SURELY_OUTSIDE),
    ("特別分の限度額はペンギンですか", SURELY_OUTSIDE),
    ("保証制度の窓口はどこの花火", PERHAPS_OUTSIDE),
    ("税額控除とリースでペンギンを飼う", SURELY_OUTSIDE),
    ("割増償却とペンギン", SURELY_OUTSIDE),
    ("補助金の割増償却でペンギンと花火の餌", SURELY_OUTSIDE),
    ("リースの従業員", SURELY_OUTSIDE),
    ("はやぶさ減税でペンギンを飼う人", SURELY_OUTSIDE),
    ("うしお公社でペンギンを飼う人", SURELY_OUTSIDE),
    ("不漁の年に漁業者へ貸し付け", SURELY_OUTSIDE),
    ("不漁の漁業者はペンギン", SURELY_OUTSIDE),
]


def answered(counter: Counter, text: str, confidence: float) -> Reply | None:
    return certain.first_of(covered.RULES, counter.context(text, "out_of_scope", confidence=confidence))


@pytest.mark.parametrize(("text", "confidence", "said"), COVERED, ids=[case[0] for case in COVERED])
def test_範囲外と取り違えた問いにも_言葉から答える(counter: Counter, text: str, confidence: float, said: str) -> None:
    reply = answered(counter, text, confidence)
    assert reply is not None
    assert said in reply.lead


@pytest.mark.parametrize(("text", "confidence"), NOT_COVERED, ids=[case[0] for case in NOT_COVERED])
def test_言葉が足りなければ_範囲外のままにする(counter: Counter, text: str, confidence: float) -> None:
    assert answered(counter, text, confidence) is None


@pytest.mark.parametrize(
    ("asked", "then", "said"),
    [
        (("しおかぜ資金の限度額", "ask_amount"), "組合のほうや", "1億円以内"),
        (("いさり火貸付とは", "ask_description"), "不漁の漁業者はペンギン", "漁業者へ貸し付けていた"),
    ],
)
def test_話の続きなら_前の話の中から答える(counter: Counter, asked: tuple[str, str], then: str, said: str) -> None:
    assert answered(counter, then, SURELY_OUTSIDE) is None
    counter.ask(*asked)
    reply = answered(counter, then, SURELY_OUTSIDE)
    assert reply is not None
    assert said in reply.lead


def test_自分の金額を言う人には_話の中の別のことを答えない(counter: Counter) -> None:
    counter.ask("いさり火貸付とは", "ask_description")
    assert answered(counter, "不漁の漁業者はペンギン30万円", SURELY_OUTSIDE) is None
