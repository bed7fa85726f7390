"""madoguchi.catalog.slips: forms in a line that has a character too many, too few, another one, or two swapped."""

from __future__ import annotations

import random

import pytest
from rapidfuzz.distance import OSA

from madoguchi.catalog.slips import Near, SlipIndex, is_near

FORMS = ("設備投資減税", "経営革新支援資金", "元気なモノ作り中小企業300社", "普通保証")


@pytest.fixture(scope="module")
def index() -> SlipIndex:
    index = SlipIndex((5, 10))
    for form in FORMS:
        index.add(form)
    return index


FOUND = [
    ("設備投資減税は", ("設備投資減税", 0, 6, 0)),
    ("この設備投資減税は", ("設備投資減税", 2, 8, 0)),
    ("設備投資滅税は", ("設備投資減税", 0, 6, 1)),
    ("設備投減税は", ("設備投資減税", 0, 5, 1)),
    ("設備投資資減税は", ("設備投資減税", 0, 7, 1)),
    ("設備資投減税は", ("設備投資減税", 0, 6, 1)),
    ("備設投資減税は", ("設備投資減税", 0, 6, 1)),
    ("設備投減資税は", ("設備投資減税", 0, 6, 1)),
    ("設備投資税減", ("設備投資減税", 0, 6, 1)),
    ("備投資減税", ("設備投資減税", 0, 5, 1)),
    ("経営核新支援資金", ("経営革新支援資金", 0, 8, 1)),
    ("元気モノ作り中企業300社", ("元気なモノ作り中小企業300社", 0, 13, 2)),
    ("普通保証", ("普通保証", 0, 4, 0)),
]


@pytest.mark.parametrize(("line", "expected"), FOUND, ids=[line for line, _ in FOUND])
def test_打ち違えた名の場所が分かる(line: str, expected: tuple[str, int, int, int], index: SlipIndex) -> None:
    assert Near(*expected) in list(index.near(line))


@pytest.mark.parametrize(
    "line",
    [
        "",
        "設",
        "設備投資",
        "設備投税",
        "普通保険",
        "元気なモノ作り中小企業200社",
        "元気なモノ作り中小企業30社",
        "あ" * 1000,
    ],
)
def test_離れすぎたもの_数字の違うものは別のもの(line: str, index: SlipIndex) -> None:
    assert list(index.near(line)) == []


def test_ふさがった場所の中は見ず_はみ出すものは見る(index: SlipIndex) -> None:
    assert list(index.near("設備投資減税", [(0, 6)])) == []
    assert [near.form for near in index.near("設備投資減税", [(0, 4)])] == ["設備投資減税"]


def test_一つの違いなら_どこにあっても見つかる(index: SlipIndex) -> None:
    chance = random.Random(0)
    for _ in range(500):
        form = chance.choice([form for form in FORMS if len(form) >= 5])
        place = chance.randrange(len(form))
        spoilt = chance.choice(
            [
                form[:place] + form[place + 1 :],
                form[:place] + "ぬ" + form[place:],
                form[:place] + "ぬ" + form[place + 1 :],
            ]
        )
        if any(c.isdigit() for c in form[max(place - 1, 0) : place + 2]):
            continue
        found = [near for near in index.near(spoilt) if near.form == form]
        assert found, spoilt
        for near in found:
            assert OSA.distance(spoilt[near.start : near.end], form) == near.slips <= 1


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [("カイカク", "カイタク", True), ("カイカク", "カイカク", True), ("デンワ", "キキン", False), ("ア", "", True)],
)
def test_一つ違いまでは近い(one: str, other: str, expected: bool) -> None:
    assert is_near(one, other) is expected
