"""madoguchi.answers.subject: the programme that a text describes without naming it."""

from __future__ import annotations

import pytest

from tests.unit.answers.conftest import Counter

STORY = "不漁の年に漁業者へ貸し付けてくれるもの"


def test_名前を言わなくても話の中身で制度が分かる(counter: Counter) -> None:
    context = counter.context(STORY, "ask_list")
    assert context.described == context.surely_described == "fishing_fire_loan"
    assert context.programs == ("fishing_fire_loan",)


@pytest.mark.parametrize(
    "text", ["漁業者のもの", "不漁で漁師をやめてペンギンの餌を売りたい人が花火を見る会", f"みなと販路補助金と{STORY}"]
)
def test_言葉が足りない話や名前のある話では決めない(counter: Counter, text: str) -> None:
    assert not counter.context(text, "ask_list").described


def test_話の続きでは新しい制度を探さない(counter: Counter) -> None:
    counter.ask("みなと販路補助金とは", "ask_description")
    assert not counter.context(STORY, "ask_list").described


def test_ほかのことと取られた話は言葉の多くが合うときだけ(counter: Counter) -> None:
    context = counter.context("不漁の年に漁業者がペンギンと花火を見る会で貸し付け", "out_of_scope")
    assert context.described
    assert not context.surely_described
