"""madoguchi.nlu.families: forms of one sentence belong together, and never stand on both sides of a split."""

from __future__ import annotations

import pytest
from rasa.shared.nlu.constants import ENTITIES, INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

from benchmarks.pipeline import folds
from madoguchi.nlu.families import families, normalised

SAME = [
    ("どうつかいますか", "どう使いますか？"),
    ("ﾎｼﾞｮｷﾝ の 一覧", "補助金の一覧"),
    ("ありがとう😊", "ありがとう。"),
    ("ＳＢＩＲは", "sbirは"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_書き方だけが違えば同じ形(one: str, other: str) -> None:
    assert normalised(one) == normalised(other)


def test_何もない文にも形がある() -> None:
    assert normalised("？！") == "?!"
    assert normalised("") == ""


def test_似た文は一つの家_離れた文は別の家() -> None:
    found = families(["※の限度額はいくらですか", "※の限度額はいくらですか？", "※の限度額いくらですか", "人と話したい"])
    assert found[0] == found[1] == found[2] != found[3]


def test_家は学ぶ側と試す側に分かれない() -> None:
    texts = [f"{start}の{what}を教えて" for start in "天地玄黄宇宙洪荒" for what in ("電話", "電話番号", "でんわ")]
    examples = [Message({TEXT: text, INTENT: "ab"[i % 2], ENTITIES: []}) for i, text in enumerate(texts)]
    groups = families(texts)
    held_back = []
    for train, held in folds(examples):
        assert not {groups[i] for i in train} & {groups[i] for i in held}
        held_back += list(held)
    assert sorted(held_back) == list(range(len(texts)))
