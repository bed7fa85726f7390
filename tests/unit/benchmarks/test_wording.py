"""benchmarks.wording: what is said differs every time, and what is right follows from the catalog."""

from __future__ import annotations

import re
from typing import Any

import pytest
import yaml

from benchmarks.wording import BOOK, Conversations, Expected, Message, UsedUp, expected
from madoguchi import catalog
from madoguchi.catalog import Catalog

# More than a whole run of the benchmark sends to one system
MESSAGES = 20_000


@pytest.fixture(scope="module")
def ours() -> Catalog:
    return catalog.load(catalog.folder())


def conversations(ours: Catalog, seed: int = 1) -> Conversations:
    return Conversations.from_file(ours, seed=seed)


def texts(found: list[list[Message]]) -> list[str]:
    return [message.text for conversation in found for message in conversation]


def test_二万の問いに同じ文字列はない(ours: Catalog) -> None:
    supply = conversations(ours)
    said = texts(supply.holding(MESSAGES))
    said += [message.text for message in supply.long(310)]
    assert len(said) >= MESSAGES
    assert len(set(said)) == len(said)


def test_種が同じなら同じ順で_違えば違う(ours: Catalog) -> None:
    said = texts(conversations(ours).holding(100))
    assert texts(conversations(ours).holding(100)) == said
    assert texts(conversations(ours, seed=2).holding(100)) != said


def test_求めた数に足りる会話が_途中で切れずに来る(ours: Catalog) -> None:
    found = conversations(ours).holding(100)
    assert sum(map(len, found)) >= 100
    assert sum(map(len, found[:-1])) < 100
    lengths = {len(c["turns"]) for c in yaml.safe_load(BOOK.read_text(encoding="utf-8"))["conversations"]}
    assert {len(conversation) for conversation in found} <= lengths


def test_埋めるところは残らない(ours: Catalog) -> None:
    assert [text for text in texts(conversations(ours).holding(3000)) if re.search(r"[{}]", text)] == []


def test_どの問いにも正しさの条件がある(ours: Catalog) -> None:
    found = conversations(ours).holding(1000)
    assert [m.text for conversation in found for m in conversation if m.expected == Expected()] == []


def test_長い会話は同じ問いを同じ順で繰り返す(ours: Catalog) -> None:
    supply = conversations(ours)
    said = supply.long(3 * supply.period)
    wanted = [message.expected for message in said]
    assert wanted[: supply.period] * 3 == wanted


BOOK_OF_ONE: dict[str, Any] = {
    "before": [""],
    "after": ["", "。"],
    "endings": {"ですか": ["ですか", "でしょうか"]},
    "conversations": [{"name": "一つ", "turns": [{"ask": ["限度額はいくらですか"]}]}],
}


def test_言い方が尽きたら黙って繰り返さない(ours: Catalog) -> None:
    supply = Conversations(BOOK_OF_ONE, ours, seed=1)
    assert sorted(texts([supply.one() for _ in range(4)])) == [
        "限度額はいくらでしょうか",
        "限度額はいくらでしょうか。",
        "限度額はいくらですか",
        "限度額はいくらですか。",
    ]
    with pytest.raises(UsedUp, match="一つ"):
        supply.one()


@pytest.mark.parametrize(
    ("turn", "price", "says"),
    [
        ({"facts": ["market_stage_subsidy.limit"]}, 0, ("300万円以内",)),
        ({"contacts": ["sme_federation"]}, 0, ("077-511-1430",)),
        ({"percent_of_price": ["capital_investment_tax.tax_credit"]}, 300, ("21万円",)),
        ({"percent_of_price": ["capital_investment_tax.special_depreciation"]}, 9000, ("2,700万円",)),
        ({"short_of": "capital_investment_tax.price_floor"}, 250, ("30万円",)),
    ],
)
def test_正しい返事は制度データと値段から決まる(
    ours: Catalog, turn: dict[str, Any], price: int, says: tuple[str, ...]
) -> None:
    assert expected(turn, ours, price=price).says == says


def test_返事は全部を言い_種類も合うときだけ正しい() -> None:
    wanted = Expected(("2億円", "4億円"), "answered")
    assert wanted.fits("限度額は2億円、組合は4億円です。", "answered")
    assert not wanted.fits("限度額は2億円です。", "answered")
    assert not wanted.fits("限度額は2億円、組合は4億円です。", "asked")
    assert Expected(("2億円",)).fits("2億円です。", None)
