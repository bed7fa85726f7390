"""madoguchi.answers.calculation: what a share comes to, between its floor and its ceiling, and the way back."""

from __future__ import annotations

import re

import pytest

from madoguchi.answers.reply import Reply
from tests.unit.answers.conftest import Counter, facts

FORWARDS = [
    # 価格の割合
    ("300万円の機械、はやぶさ設備減税でいくら", [180_000, 300_000], "18万円"),
    ("はやぶさ設備減税、機械が1,000万円なら", [600_000, 1_000_000], "60万円"),
    ("はやぶさ設備減税 機械 ２００万円", [120_000, 200_000], "12万円"),
    ("はやぶさ設備減税、二百万円の機械だと", [120_000, 200_000], "12万円"),
    ("はやぶさ設備減税、160万円の機械だと", [96_000, 160_000], "9.6万円"),
    # 経費の割合。下限から上限まで
    ("みなと販路補助金、経費300万円ならいくら", [2_000_000], "200万円"),
    ("みなと販路補助金、経費が45万円", [300_000], "30万円"),
    ("みなと販路補助金、経費449万円", [2_993_333], "299万3,333円"),
    ("みなと販路補助金、経費450万円", [3_000_000], "300万円"),
    ("みなと販路補助金、経費451万円", [3_000_000], "300万円"),
    ("みなと販路補助金、費用1億円", [3_000_000], "300万円"),
    # 必要な資金の割合
    ("しおかぜ資金、1000万円必要です。いくら借りられる", [9_000_000], "900万円"),
]


@pytest.mark.parametrize(("text", "values", "shown"), FORWARDS, ids=[case[0] for case in FORWARDS])
def test_割合から金額を出す(text: str, values: list[int], shown: str, counter: Counter) -> None:
    reply = counter.ask(text, "ask_amount")
    assert [figure.value for figure in reply.computed] == values
    assert shown in reply.lead
    assert "計算" in reply.lead, "named as a computation"


def test_幅のある率は両端を出す(counter: Counter) -> None:
    reply = counter.ask("300万円の機械、はやぶさ設備減税でいくら", "ask_amount")
    assert "30万円～75万円" in reply.lead


def test_上限を超えれば_上限を理由にあげる(counter: Counter) -> None:
    assert facts(counter.ask("みなと販路補助金、経費451万円", "ask_amount")) == ["share", "limit"]
    assert "上限" in counter.ask("みなと販路補助金、経費451万円", "ask_amount").lead
    assert "上限" not in counter.ask("みなと販路補助金、経費300万円", "ask_amount").lead


BACKWARDS = [
    ("みなと販路補助金を200万円もらうには", [3_000_000], "300万円"),
    ("みなと販路補助金で300万円もらうには経費はいくら", [4_500_000], "450万円"),
    ("みなと販路補助金で30万円もらうには", [450_000], "45万円"),
    ("みなと販路補助金は301万円もらえますか", [], "300万円以内"),
    ("みなと販路補助金は29万円もらえますか", [], "30万円以上"),
]


@pytest.mark.parametrize(("text", "values", "shown"), BACKWARDS, ids=[case[0] for case in BACKWARDS])
def test_もらいたい額から経費を出す(text: str, values: list[int], shown: str, counter: Counter) -> None:
    reply = counter.ask(text, "ask_amount")
    assert [figure.value for figure in reply.computed] == values
    assert shown in reply.lead
    assert reply.lead.startswith("いいえ") is (not values)


def test_合計は計算と言う(counter: Counter) -> None:
    reply = counter.ask("みさき一般保証の通常分と特別分の合計", "ask_amount")
    assert [(figure.value, figure.inputs) for figure in reply.computed] == [
        (120_000_000, ("cape_general.limit", "cape_general.limit_extra"))
    ]
    assert "1億2,000万円" in reply.lead
    assert "計算" in reply.lead


def test_前の年度との差は計算と言う(counter: Counter) -> None:
    reply = counter.ask("なぎさ省エネの予算は増えましたか", "ask_comparison")
    assert [figure.value for figure in reply.computed] == [30_000_000]
    assert "減って" in reply.lead
    assert "計算" in reply.lead


def test_条件に届かない額では計算しない(counter: Counter) -> None:
    reply = counter.ask("はやぶさ設備減税、150万円の機械ならいくら", "ask_amount")
    assert reply.lead.startswith("いいえ")
    assert [figure.value for figure in reply.computed] == [100_000]  # what is missing


def test_会社の大きさからは計算しない(counter: Counter) -> None:
    reply = counter.ask("はやぶさ設備減税、資本金3,000万円の会社ならいくら", "ask_amount")
    assert "180万円" not in reply.text
    assert "credit" not in facts(reply) or reply.computed == ()


PLAIN = [
    ("はやぶさ設備減税の控除率", "ask_rate"),
    ("みなと販路補助金の上限", "ask_amount"),
    ("しおかぜ資金の限度額", "ask_amount"),
]


@pytest.mark.parametrize(("text", "intent"), PLAIN, ids=[case[0] for case in PLAIN])
def test_金額を言われなければ計算しない(text: str, intent: str, counter: Counter) -> None:
    assert counter.ask(text, intent).computed == ()


def figures(text: str) -> set[str]:
    return set(re.findall(r"\d[\d,.]*", text))


def shown(reply: Reply) -> str:
    stated = [fact.printed for fact in reply.facts] + [figure.printed for figure in reply.computed]
    offices = [f"{c.telephone} {c.extension} {c.mail} {c.web}" for c in reply.contacts]
    names = [fact.name for fact in reply.facts]
    return " ".join([*stated, *offices, *names, reply.origin, *reply.notes])


@pytest.mark.parametrize("text", [case[0] for case in [*FORWARDS, *BACKWARDS]])
def test_返事の数字は_事実か計算か窓口か聞いた人の言葉(text: str, counter: Counter) -> None:
    reply = counter.ask(text, "ask_amount")
    asked = {f"{q.value // 10_000:,}" for q in counter.context(text, "ask_amount").quantities if q.kind == "yen"}
    asked |= {f"{q.value // 100_000_000}" for q in counter.context(text, "ask_amount").quantities if q.kind == "yen"}
    assert figures(reply.lead + "".join(reply.details)) - figures(shown(reply)) - asked == set()


def test_下限に届かない額は_出ないと言う(counter: Counter) -> None:
    reply = counter.ask("みなと販路補助金、経費30万円ならいくら", "ask_amount")
    assert "30万円以上" in reply.text


def test_必要な経費は切り上げる(counter: Counter) -> None:
    (figure,) = counter.ask("みなと販路補助金で100万1円もらうには", "ask_amount").computed
    assert figure.value * 2 // 3 >= 1_000_001
