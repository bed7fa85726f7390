"""madoguchi.nlu.choices: the token of a button is no language."""

from __future__ import annotations

import pytest
from rasa.shared.nlu.constants import INTENT

from madoguchi.nlu.choices import ChoiceReader
from tests.unit.nlu.conftest import Workshop, message

TOKENS = [
    ("@0123abcd", True),
    (" @0123abcd\n", True),
    ("@0123abc", False),
    ("@0123abcde", False),
    ("@0123ABCD", False),
    ("@0123abcg", False),
    ("＠0123abcd", False),
    ("@0123abcd です", False),
    ("はい", False),
    ("", False),
]


@pytest.mark.parametrize(("text", "chosen"), TOKENS, ids=[repr(text) for text, _ in TOKENS])
def test_ボタンの印だけが選択になる(text: str, chosen: bool, workshop: Workshop) -> None:
    (done,) = workshop.create(ChoiceReader).process([message(text)])
    assert (done.get(INTENT) == {"name": "choose", "confidence": 1.0}) is chosen
    assert (done.get("intent_ranking") is not None) is chosen
