"""madoguchi.nlu.guesses: what somebody may have meant, and how likely each is."""

from __future__ import annotations

import pytest

from madoguchi.nlu.guesses import Guess, guesses
from madoguchi.nlu.restoring import Restorer

EXAMPLES = [
    "補助金の限度額はいくらですか",
    "補助金はいくらまで出ますか",
    "融資の利率を教えてください",
    "電話番号を教えてください",
    "来月までに申し込みたいです",
    "誰に聞けばいいですか",
    "その税金はいつかかりますか",
    "※の限度額は？",
]


@pytest.fixture(scope="module")
def restorer() -> Restorer:
    return Restorer.fit(EXAMPLES)


# What was meant is in no example: only the dictionary knows it
UNDONE = [
    ("税金はもぢりますか", "税金はもどりますか"),
    ("誰に相談すれはいいですか", "誰に相談すればいいですか"),
    ("その税金はいつはりいますか", "その税金はいつはいりますか"),
]


@pytest.mark.parametrize(("text", "meant"), UNDONE, ids=[text for text, _ in UNDONE])
def test_例文にない言葉の打ち間違いも_日本語として直す(text: str, meant: str, restorer: Restorer) -> None:
    found = {guess.text: guess.share for guess in guesses(text, restorer)}
    assert found.get(meant, 0.0) > found.get(text, 0.0)


def test_例文の言葉に直したものも候補になる(restorer: Restorer) -> None:
    assert guesses("補助菌はいくらまで出ますか", restorer)[0].text == "補助金はいくらまで出ますか"


KEPT = [*EXAMPLES, "", "？", "😀", "zzz", "猫を飼っています", "税金を申し込みたいです"]


@pytest.mark.parametrize("text", KEPT, ids=repr)
def test_おかしくない文はそのままがいちばん確か(text: str, restorer: Restorer) -> None:
    assert guesses(text, restorer)[0].text == text


@pytest.mark.parametrize("text", [*KEPT, *(text for text, _ in UNDONE)], ids=repr)
def test_取り分は合わせて1で_多い順(text: str, restorer: Restorer) -> None:
    found = guesses(text, restorer)
    shares = [guess.share for guess in found]
    assert sum(shares) == pytest.approx(1)
    assert shares == sorted(shares, reverse=True)
    assert found == guesses(text, restorer)
    assert all(isinstance(guess, Guess) for guess in found)
