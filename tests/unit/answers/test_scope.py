"""madoguchi.answers.scope: what is somebody else's business, told from a catalog of another prefecture."""

from __future__ import annotations

import pytest

from madoguchi.answers import scope
from madoguchi.answers.reply import Outcome
from tests.unit.answers.conftest import Counter


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("茨城県の補助金はいくら", "茨城"),
        ("高知市が出している補助金", "高知"),
        ("金沢のうしお公社の電話番号", "金沢"),
        ("金沢の会社でもしおかぜ資金は使えますか", ""),
        ("しおかぜ資金の金利", ""),
    ],
)
def test_よその土地の窓口と制度を見分ける(counter: Counter, text: str, place: str) -> None:
    assert scope.elsewhere(counter.context(text, "ask_detail")) == place


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("新事業進出補助金の条件", "新事業進出補助金"),
        ("休業支援給付金はまだありますか", "休業支援給付金"),
        ("海運信用金庫の番号", "海運信用金庫"),
        ("みなと販路補助金の上限", ""),
        ("しおかぜ資金と組合貸付", ""),
        ("補助金の上限", ""),
    ],
)
def test_制度データにない制度と窓口の名を見分ける(counter: Counter, text: str, name: str) -> None:
    assert scope.other_scheme(counter.context(text, "ask_detail")) == name


@pytest.mark.parametrize(
    ("text", "year"), [("2041年の税率", 2041), ("令和30年度の予算", 2048), ("令和3年度の予算", 0), ("税率", 0)]
)
def test_資料より後の年を見分ける(counter: Counter, text: str, year: int) -> None:
    assert scope.later_year(counter.context(text, "ask_detail")) == year


@pytest.mark.parametrize(
    ("text", "thing"),
    [
        ("みなと販路補助金の競争率は", "競争率"),
        ("うしお公社の制服を見せて", "制服"),
        ("花火の上限は", "花火の上限"),
        ("みなと販路補助金の上限は", ""),
        ("うしお公社で制服を作りました", ""),
        ("しおかぜ資金の一覧", ""),
    ],
)
def test_制度データに言葉のないものを見分ける(counter: Counter, text: str, thing: str) -> None:
    assert scope.unheard_of(counter.context(text, "ask_detail")) == thing


def test_制度の名があれば_その制度の窓口で断る(counter: Counter) -> None:
    reply = counter.ask("みなと販路補助金の競争率は", "ask_rate")
    assert reply.outcome is Outcome.SILENT
    assert "競争率は、資料に記載がありません" in reply.lead
    assert not reply.facts


def test_窓口の名があれば_その窓口で断る(counter: Counter) -> None:
    reply = counter.ask("うしお公社の制服を見せて", "ask_detail")
    assert reply.outcome is Outcome.SILENT
    assert "099-555-0121" in reply.text


def test_載っていない土地の窓口は_載っている窓口を添えて断る(counter: Counter) -> None:
    reply = counter.ask("金沢のうしお公社の電話番号", "ask_contact")
    assert reply.outcome is Outcome.SILENT
    assert reply.lead.startswith("金沢の窓口は、資料に記載がありません。")
    assert "099-555-0121" in reply.text


def test_話の途中の知らない言葉は_断る理由にならない(counter: Counter) -> None:
    assert scope.foreign_words(counter.context("花火は", "ask_detail"))
    counter.ask("しおかぜ資金の限度額", "ask_amount")
    assert not scope.foreign_words(counter.context("花火は", "ask_detail"))


@pytest.mark.parametrize("intent", ["greet", "goodbye", "erase", "crisis"])
def test_あいさつの中の知らない言葉は_断る理由にならない(counter: Counter, intent: str) -> None:
    assert not scope.foreign_words(counter.context("花火の田中です", intent))


@pytest.mark.parametrize(
    ("text", "outside"),
    [
        ("ノルウェー政府の漁師への支援", True),
        ("ペルーの融資の条件", True),
        ("ペルーの展示会に出す融資", False),
        ("ペルーに店を出す融資", False),
        ("日本の融資の条件", False),
    ],
)
def test_よその国で決まっていることを見分ける(counter: Counter, text: str, outside: bool) -> None:
    assert scope.abroad(counter.context(text, "ask_detail")) is outside


@pytest.mark.parametrize(
    ("text", "year"),
    [("昭和48年の金利はいくら", 1973), ("昭和48年に船を買いました。金利は", 0), ("昭和48年の設立です", 0), ("金利", 0)],
)
def test_資料にない昔の数字を聞いていると分かる(counter: Counter, text: str, year: int) -> None:
    assert scope.earlier_year(counter.context(text, "ask_detail")) == year


@pytest.mark.parametrize(
    ("text", "foreign"),
    [
        ("花火の補助金", True),
        ("花火のできる補助金はありますか", True),
        ("豆腐屋の補助金", False),
        ("花火のあとで、しおかぜ資金の金利", False),
        ("補助金の一覧", False),
    ],
)
def test_知らない物事のための支援を見分ける(counter: Counter, text: str, foreign: bool) -> None:
    assert scope.of_foreign(counter.context(text, "ask_detail")) is foreign


def test_範囲外らしい問いの知らない言葉は_制度の名があっても答えの理由にしない(counter: Counter) -> None:
    question = counter.context("しおかぜ資金で花火は上がりますか", "out_of_scope").question
    reply = counter.ask("しおかぜ資金で花火は上がりますか", "out_of_scope")
    assert question.confidence >= 0.5
    assert reply.outcome is Outcome.SILENT
    assert "花火は、資料に記載がありません" in reply.lead
