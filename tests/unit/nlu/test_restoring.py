"""madoguchi.nlu.restoring: what somebody meant to write."""

from __future__ import annotations

import json

import pytest

from madoguchi.nlu.restoring import Restorer

EXAMPLES = [
    "補助金の限度額はいくらですか",
    "補助金はいくらまで出ますか",
    "融資の限度額を教えてください",
    "融資の利率を教えてください",
    "返済期間はいくらですか",
    "返済期間を教えてください",
    "据置期間を教えてください",
    "電話番号を教えてください",
    "1件はいくらですか",
    "※の限度額は？",
]


@pytest.fixture(scope="module")
def restorer() -> Restorer:
    return Restorer.fit(EXAMPLES)


MEANT = [
    ("ほじょきんのげんどがくはいくらですか", "補助金の限度額はいくらですか"),
    ("返済気管を教えてください", "返済期間を教えてください"),
    ("補助菌はいくらですか", "補助金はいくらですか"),
    ("融資の利率をおしえてください", "融資の利率を教えてください"),
    ("補助金はいきらまで出ますか", "補助金はいくらまで出ますか"),
    ("補助金はいらくまで出ますか", "補助金はいくらまで出ますか"),
    ("利率を教えてくだい", "利率を教えてください"),
    ("利率を教えてくださいい", "利率を教えてください"),
    ("※のげんどがくは？", "※の限度額は？"),
    ("融資の限額を教えてください", "融資の限度額を教えてください"),
]


@pytest.mark.parametrize(("text", "meant"), MEANT, ids=[text for text, _ in MEANT])
def test_書きたかったことに直す(text: str, meant: str, restorer: Restorer) -> None:
    assert restorer.restore(text) == meant


KEPT = [*EXAMPLES, "", " ", "？", "😀", "zzz", "12345", "ЖЖЖ", "猫を飼っています", "ん", "。。。", "2件はいくらですか"]


@pytest.mark.parametrize("text", KEPT, ids=repr)
def test_知っている文_知らない言葉はそのまま(text: str, restorer: Restorer) -> None:
    assert restorer.restore(text) == text


def test_数字はどれも同じ言葉だが_その数のまま残る(restorer: Restorer) -> None:
    assert restorer.restore("38件はいきらですか") == "38件はいくらですか"


def test_漢字をかなにはしない() -> None:
    assert Restorer.fit(["新しいほうを教えて", "ほうれん草"]).restore("新しい法を教えて") == "新しい法を教えて"


def test_しまって読み出しても同じ(restorer: Restorer) -> None:
    again = Restorer.from_data(json.loads(json.dumps(restorer.as_data(), ensure_ascii=False)))
    assert [again.restore(text) for text, _ in MEANT] == [restorer.restore(text) for text, _ in MEANT]


def test_例文がなければ何も直さない() -> None:
    assert Restorer.fit([]).restore("補助菌はいくら") == "補助菌はいくら"


def test_長い文でも終わる(restorer: Restorer) -> None:
    text = "ほじょきんはいきら" * 60
    assert restorer.restore(text).count("補助金") == 60
