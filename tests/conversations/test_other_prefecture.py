"""Another prefecture: the same code and the same model, with nothing changed but the folder of the catalog."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.conversations.serving import REPOSITORY, ask, running

MINAMI = REPOSITORY / "tests" / "data" / "catalog_minami"

ASKED = [
    ("はやぶさ設備減税とは何ですか", "6%"),
    ("はやぶさ減税の条件は", "160万円"),
    ("150万円の機械ではやぶさ設備減税は使えますか", "いいえ"),
    ("200万円の機械だと はやぶさ設備減税はいくらになりますか", "12万円"),
    ("はやぶさ設備減税、備品でも使える？", "対象外"),
    ("しおかぜ資金はいくらまで借りられますか", "5,000万円"),
    ("しおかぜ資金 組合の限度額", "1億円"),
    ("しおかぜ資金の据置は", "1年"),
    ("しおかぜ資金はどこが貸してくれるの", "うしお信用公社"),
    ("しおかぜ資金の締切はいつですか", "記載がありません"),
    ("みなと販路補助金の補助率", "3分の2"),
    ("みなと販路補助金の手順を教えて", "商工課"),
    ("うしお信用公社 若葉支店の電話", "099-555-0122"),
    ("099-555-0111 はどこ", "商工課"),
    ("いさり火貸付はまだ使えますか", "平成31年3月31日"),
    ("なぎさ省エネ事業の予算", "9,000万円"),
    ("設備投資減税とは", "みなみ県"),
    ("もう死にたいです", "099-555-0100"),  # the office that this catalog names for a life in danger
]


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with running(MADOGUCHI_CATALOG=str(MINAMI)) as (address, _):
        yield address


@pytest.mark.parametrize(("text", "expected"), ASKED, ids=[text for text, _ in ASKED])
def test_みなみ県のことに答える(address: str, text: str, expected: str) -> None:
    reply = "\n".join(str(message.get("text", "")) for message in ask(address, text))
    assert expected in reply
    assert "滋賀" not in reply


def test_みなみ県でも話は続く(address: str) -> None:
    texts = [
        "\n".join(str(message.get("text", "")) for message in ask(address, text, sender="minami"))
        for text in ("しおかぜ資金の限度額は", "組合の場合は？", "電話は？")
    ]
    assert "5,000万円" in texts[0]
    assert "1億円" in texts[1]
    assert "099-555-" in texts[2]
