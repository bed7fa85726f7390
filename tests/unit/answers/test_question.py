"""madoguchi.answers.question: what is asked, without what politeness puts around it."""

from __future__ import annotations

import pytest

from madoguchi.answers.question import Question
from madoguchi.catalog.names import Mention, Target

NAMED = [
    ("すみませんが、上限はいくらですか。お手数をおかけします。", "上限はいくらですか。", "上限"),
    ("上限はいくらですか", "上限はいくらですか", "上限"),
    ("ご多忙中恐縮です。しおかぜ資金の上限は？ありがたく存じます", "しおかぜ資金の上限は？", "上限"),
]


@pytest.mark.parametrize(("text", "plain", "name"), NAMED, ids=[case[0] for case in NAMED])
def test_前置きがなくなり_名前は同じ言葉を指す(text: str, plain: str, name: str) -> None:
    start = text.index(name)
    found = Mention(targets=(Target("attribute", "limit"),), start=start, end=start + len(name), score=1.0, how="name")
    question = Question(text=text, intent="ask_amount", mentions=(found,)).without_courtesy()
    assert question.text == plain
    (moved,) = question.mentions
    assert question.text[moved.start : moved.end] == name


def test_あいさつだけの文はそのまま() -> None:
    assert Question(text="お世話になっております", intent="greet").without_courtesy().text == "お世話になっております"
