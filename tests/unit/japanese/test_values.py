"""madoguchi.japanese.values: the kind of value that a question asks for, and what holds one."""

from __future__ import annotations

import pytest

from madoguchi.japanese.values import Kind, asked_value, asks_for_one, counted_in, holds

ASKED = [
    ("利率は何％ですか", Kind.PERCENT),
    ("補助は何分の何", Kind.PERCENT),
    ("相談員はなん人", Kind.PEOPLE),
    ("何社が選ばれたん", Kind.COMPANIES),
    ("全国に何ヶ所", Kind.PLACES),
    ("登録の件数を教えて", Kind.CASES),
    ("業種はいくつ", Kind.NUMBER),
    ("専門家は何回来てくれる", Kind.TIMES),
    ("一回何円", Kind.YEN),
    ("何億まで借りれる", Kind.YEN),
    ("割引前の料金はいくら", Kind.YEN),
    ("費用はなんぼ", Kind.AMOUNT),
    ("何か月で返すの", Kind.YEARS),
    ("いつから始まるの", Kind.DATE),
    ("申込みの締切は", Kind.DEADLINE),
    ("いつまで続きますか", Kind.DEADLINE),
    ("枠は何兆円", Kind.YEN),
    ("どこの市にありますか", Kind.TOWN),
    ("どの銀行で借りるの", Kind.BANK),
    ("うちの県はどこが選定されたん", Kind.NAMES),
    ("採択された企業名のリスト", Kind.NAMES),
]
NOT_ASKED = ["何人でも使えますか", "何年度の予算", "企業名を公表されました", "何名義で申し込む", "組合でも使えますか"]
HELD = [
    ("1/2以内です", Kind.PERCENT),
    ("20人以下です", Kind.PEOPLE),
    ("8千万円です", Kind.YEN),
    ("7億2千万円です", Kind.YEN),
    ("半額です", Kind.AMOUNT),
    ("2年以内です", Kind.AMOUNT),
    ("350か所程度です", Kind.PLACES),
    ("各都道府県に置かれています", Kind.PLACES),
    ("毎年1回、4月です", Kind.DATE),
    ("平成30年3月までです", Kind.DEADLINE),
    ("草津市にあります", Kind.TOWN),
    ("商工中金が貸します", Kind.BANK),
]
NOT_HELD = [
    ("半額です", Kind.YEN),
    ("全国47都道府県です", Kind.PEOPLE),
    ("10年以内です", Kind.CASES),
    ("平成20年4月です", Kind.PERCENT),
    ("平成20年4月に置かれました", Kind.DEADLINE),
    ("平成21年2月1日以後に終了する事業年度です", Kind.DEADLINE),
    ("市場を開く支援です", Kind.TOWN),
]


@pytest.mark.parametrize(("text", "kind"), ASKED, ids=[text for text, _ in ASKED])
def test_どんな種類の値を聞かれているか(text: str, kind: Kind) -> None:
    asked = asked_value(text)
    assert asked is not None
    assert asked.kind is kind
    assert text[asked.start : asked.end]


@pytest.mark.parametrize("text", NOT_ASKED)
def test_値を聞いていない文(text: str) -> None:
    assert asked_value(text) is None


@pytest.mark.parametrize(("text", "kind"), HELD)
def test_聞かれた種類の値がある(text: str, kind: Kind) -> None:
    assert holds(text, kind)


@pytest.mark.parametrize(("text", "kind"), NOT_HELD)
def test_別の種類の値しかない(text: str, kind: Kind) -> None:
    assert not holds(text, kind)


def test_一社あたりの額と全体の額() -> None:
    assert asks_for_one("うちは何円もらえますか")
    assert not asks_for_one("来年度の予算は何円ですか")


def test_県内に限った数() -> None:
    assert counted_in("市内では何社")
    assert not counted_in("全国では何社")
