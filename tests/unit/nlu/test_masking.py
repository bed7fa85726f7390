"""madoguchi.nlu.masking: what an utterance says around the names in it."""

from __future__ import annotations

from typing import Any

import pytest
from rasa.shared.nlu.constants import ENTITIES

from madoguchi.nlu.masking import masked, unmarked
from tests.unit.nlu.conftest import example, message

MASKED = [
    ("[みなと補助](program)はいくら", "※はいくら", " はいくら"),
    ("[産業センター](organization)の電話", "§の電話", " の電話"),
    ("[青葉支店](contact)の電話", "§の電話", " の電話"),
    ("[みなと補助](program)と[しおかぜ資金](program)の違い", "※と※の違い", " と の違い"),
    ("[うしお公社](organization)の[しおかぜ資金](program)", "§の※", " の "),
    ("[組合](case)でも使えますか", "組合でも使えますか", "組合でも使えますか"),
    ("[上限](attribute)は", "上限は", "上限は"),
    ("[みなと補助](program)", "※", " "),
    ("こんにちは", "こんにちは", "こんにちは"),
    ("", "", ""),
    ("😀[みなと補助](program)😀", "😀※😀", "😀 😀"),
]


@pytest.mark.parametrize(("text", "mask", "bare"), MASKED, ids=[repr(text) for text, *_ in MASKED])
def test_名前が記号になる(text: str, mask: str, bare: str) -> None:
    assert masked(example(text, "x")) == mask
    assert unmarked(example(text, "x")) == bare


def test_印がなければそのまま() -> None:
    assert masked(message("みなと補助はいくら")) == "みなと補助はいくら"


def test_順でない印でも場所を違えない() -> None:
    entities: list[dict[str, Any]] = [
        {"entity": "program", "value": "b", "start": 3, "end": 5},
        {"entity": "program", "value": "a", "start": 0, "end": 2},
    ]
    assert masked(message("ああといい", **{ENTITIES: entities})) == "※と※"


def test_文のない知らせでも落ちない() -> None:
    assert masked(message(None)) == ""
