"""madoguchi.answers.selection: of several figures the one that holds in the case that was named."""

from __future__ import annotations

import pytest

from madoguchi.answers.reply import Outcome
from tests.unit.answers.conftest import Counter, facts

CHOSEN = [
    # 場合を言わなければ、少なければ全部
    ("しおかぜ資金の限度額", "ask_amount", ["limit", "limit_guild", "limit_guild_10"]),
    ("しおかぜ資金の返済期間", "ask_term", ["term_machines", "term_running"]),
    # 言われた場合のものだけ。合わない場合のものは言わない
    ("会社のしおかぜ資金の限度額", "ask_amount", ["limit"]),
    ("しおかぜ資金の運転資金の利率", "ask_rate", ["rate_running"]),
    ("しおかぜ資金の設備資金の利率", "ask_rate", ["rate_machines"]),
    ("運転資金のしおかぜ資金は何年借りられる", "ask_term", ["term_running"]),
    ("みさき一般保証の特別分の限度額", "ask_amount", ["limit_extra"]),
    ("みさき一般保証の通常分の限度額", "ask_amount", ["limit"]),
    # 狭い場合には、その広い場合のものが当てはまる
    ("個人はしおかぜ資金をいくらまで借りられる", "ask_amount", ["limit"]),
    # 広い場合を言われたら、狭いものも添える
    ("組合のしおかぜ資金の限度額は", "ask_amount", ["limit_guild", "limit_guild_10"]),
    # 名指しされた種類
    ("しおかぜ資金の据置は", "ask_term", ["grace"]),
    ("しおかぜ資金の割合は", "ask_amount", ["share"]),
    ("みさき保証の保証料", "ask_rate", ["fee"]),
    ("みなと販路補助金の下限", "ask_amount", ["floor"]),
    ("はやぶさ設備減税の控除率", "ask_rate", ["credit", "write_off"]),
    # 年度
    ("なぎさ省エネの令和2年度の予算", "ask_budget", ["budget_r2"]),
    ("なぎさ省エネの令和３年度予算案", "ask_budget", ["budget_r3"]),
    ("なぎさ省エネの前年度の予算", "ask_budget", ["budget_r2"]),
    ("なぎさ省エネの予算", "ask_budget", ["budget_r3", "budget_r2"]),
    # 全体を聞かれたら、部分の数字を部分の名で
    ("みさき保証の限度額", "ask_amount", ["limit", "limit", "limit_extra"]),
]


@pytest.mark.parametrize(("text", "intent", "expected"), CHOSEN, ids=[case[0] for case in CHOSEN])
def test_言われた場合の数字を選ぶ(text: str, intent: str, expected: list[str], counter: Counter) -> None:
    reply = counter.ask(text, intent)
    assert reply.outcome is Outcome.ANSWERED
    assert facts(reply) == expected
    assert all(fact.printed in reply.lead for fact in reply.facts)


FOLLOWED = [
    ("組合なら", ["limit_guild", "limit_guild_10"]),
    ("会社は", ["limit"]),
    ("個人は？", ["limit"]),
]


@pytest.mark.parametrize(("text", "expected"), FOLLOWED, ids=[case[0] for case in FOLLOWED])
def test_場合だけを言い替えられる(text: str, expected: list[str], counter: Counter) -> None:
    counter.ask("しおかぜ資金の限度額", "ask_amount")
    assert facts(counter.ask(text, "follow_up")) == expected


def test_場合を持ったまま_別のことを聞ける(counter: Counter) -> None:
    counter.ask("しおかぜ資金の運転資金の利率", "ask_rate")
    assert facts(counter.ask("返済期間は", "ask_term")) == ["term_running"]


def test_数が場合を決める(counter: Counter) -> None:
    counter.ask("しおかぜ資金の限度額", "ask_amount")
    assert facts(counter.ask("組合員10人なら", "follow_up"))[0] == "limit_guild_10"
    assert facts(counter.ask("会社なら", "follow_up")) == ["limit"]


UNSTATED = [
    ("なぎさ省エネの補正予算", "ask_budget", "令和2年度補正"),
    ("みさき一般保証の金利", "ask_rate", "利率"),
    ("みなと販路補助金の必要な書類", "ask_procedure", "必要な書類"),
    ("いさり火貸付の担保は", "ask_detail", "担保・保証人"),
]


@pytest.mark.parametrize(("text", "intent", "what"), UNSTATED, ids=[case[0] for case in UNSTATED])
def test_資料にないことは_ないと言う(text: str, intent: str, what: str, counter: Counter) -> None:
    reply = counter.ask(text, intent)
    assert reply.outcome is Outcome.SILENT
    assert what in reply.lead
    assert reply.contacts, "and whom to ask"


def test_終わった制度は終わったと言う(counter: Counter) -> None:
    reply = counter.ask("いさり火貸付はまだありますか", "ask_status")
    assert reply.lead.startswith("いいえ")
    assert "平成31年3月31日" in reply.lead


def test_終わった額は_新規ではなく終わりと言う(counter: Counter) -> None:
    reply = counter.ask("いさり火貸付の限度額", "ask_amount")
    assert "新規" not in reply.text
    assert "終了" in reply.text


@pytest.mark.parametrize(
    "text", ["なぎさ省エネの令和5年度の予算", "なぎさ省エネの2015年度の予算", "平成30年度のなぎさ省エネの予算"]
)
def test_資料にない年度には_ほかの年度で答えない(text: str, counter: Counter) -> None:
    reply = counter.ask(text, "ask_budget")
    assert reply.outcome is Outcome.SILENT


@pytest.mark.parametrize(
    ("text", "intent"), [("しおかぜ資金の保証料は", "ask_rate"), ("しおかぜ資金の締切はいつ", "ask_schedule")]
)
def test_聞かれた種類の数字がなければ_別の種類で答えない(text: str, intent: str, counter: Counter) -> None:
    assert counter.ask(text, intent).outcome is Outcome.SILENT


def test_名指しされた狭い場合が先(counter: Counter) -> None:
    assert facts(counter.ask("組合員10人以上の組合はしおかぜ資金をいくらまで", "ask_amount"))[0] == "limit_guild_10"


def test_届かない場合のものは言わない(counter: Counter) -> None:
    assert facts(counter.ask("組合員9人の組合、しおかぜ資金はいくらまで", "ask_amount")) == ["limit_guild"]
