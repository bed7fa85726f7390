"""madoguchi.answers.unanswered: that a value of the kind asked for is not stated is said before other figures."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from madoguchi.answers.reply import Outcome, Reply
from madoguchi.answers.unanswered import said_first
from madoguchi.japanese.values import says_unstated
from tests.unit.answers.conftest import ROOT, Counter

WORDED = [*ROOT.glob("data/responses/*.yml"), *ROOT.glob("data/programs/**/*.yml")]
# the question, its kind, what the first sentence says is not stated
LACKING = [
    ("いさり火貸付は何人が借りましたか", "ask_detail", "いさり火貸付の人数は"),
    ("はやぶさ設備減税で何社が助かりましたか", "ask_detail", "はやぶさ設備減税の社数は"),
    ("なぎさ省エネ事業は一社何円もらえますか", "ask_budget", "なぎさ省エネ事業の一件あたりの額は"),
    ("はやぶさ設備減税は県内で何社が使いましたか", "ask_description", "はやぶさ設備減税の県内の社数は"),
    ("なぎさ省エネ事業はいつまでですか", "ask_description", "なぎさ省エネ事業の期限は"),
    ("みなと販路補助金をもらった会社の名前", "ask_description", "みなと販路補助金の会社などの名前は"),
    ("しおかぜ資金はどこの銀行で扱ってますか", "ask_description", "しおかぜ資金の取扱いの金融機関は"),
    ("いさり火貸付は何市の漁業者のものですか", "ask_description", "いさり火貸付の所在の市町村は"),
]
STATED = [
    ("みなと販路補助金は従業員が何人まで", "ask_eligibility"),
    ("みなと販路補助金の補助率は何割", "ask_rate"),
    ("しおかぜ資金の据置期間はなんぼ", "ask_term"),
    ("なぎさ省エネ事業の予算は何円", "ask_budget"),
    ("みさき一般保証の通常分は何円まで", "ask_amount"),
    ("組合は何人でも使えますか、みなと販路補助金", "ask_eligibility"),
    ("しおかぜ資金の窓口の番号はなんぼ", "ask_contact"),
]


def told(counter: Counter, text: str, intent: str) -> tuple[Reply, Reply]:
    """The reply before and after what it lacks is said."""
    reply = counter.ask(text, intent)
    return reply, said_first(counter.context(text, intent), reply)


@pytest.mark.parametrize(("text", "intent", "said"), LACKING, ids=[case[0] for case in LACKING])
def test_聞かれた種類の値がなければ_先にそう言う(counter: Counter, text: str, intent: str, said: str) -> None:
    before, after = told(counter, text, intent)
    assert before.outcome is Outcome.ANSWERED
    assert after.outcome is Outcome.SILENT
    assert after.lead.startswith(said)
    assert before.lead in "".join(after.details)


@pytest.mark.parametrize(("text", "intent"), STATED, ids=[case[0] for case in STATED])
def test_聞かれた種類の値があれば_そのまま答える(counter: Counter, text: str, intent: str) -> None:
    before, after = told(counter, text, intent)
    assert after == before


def test_記載がないとすでに言う返事は_言い直さない(counter: Counter) -> None:
    text = "はやぶさ設備減税は何人が使いましたか"
    reply = replace(counter.ask(text, "ask_description"), notes=("人数は示されていません。",))
    after = said_first(counter.context(text, "ask_description"), reply)
    assert after == replace(reply, outcome=Outcome.SILENT)


def test_値のある事実がほかに近くにあれば_ないとは言わない(counter: Counter) -> None:
    before, after = told(counter, "みなと販路補助金とは従業員何人のことですか", "ask_description")
    assert "従業員" not in before.lead
    assert after == before


@pytest.mark.parametrize(
    ("text", "lead", "outcome"),
    [
        ("みさき保証の保証料率は", "保証料率は、資料に記載がありません。", Outcome.SILENT),
        ("みさき保証は一社いくらまで", "一社の限度額は、資料に記載がありません。全体で5億円枠です。", Outcome.SILENT),
        ("みさき保証の枠は", "一社の限度額は、資料に記載がありません。全体で5億円枠です。", Outcome.ANSWERED),
    ],
)
def test_記載がないとだけ言う返事は_答えたことにしない(
    counter: Counter, text: str, lead: str, outcome: Outcome
) -> None:
    reply = replace(counter.ask("みさき保証の保証料率は", "ask_rate"), lead=lead, outcome=Outcome.ANSWERED)
    assert said_first(counter.context(text, "ask_rate"), reply).outcome is outcome


def test_持たない宛先を聞かれた窓口の返事は_答えたことにしない(counter: Counter) -> None:
    text = "うしお信用公社のメールアドレス"
    assert said_first(counter.context(text, "ask_contact"), counter.ask(text, "ask_contact")).outcome is Outcome.SILENT
    text = "うしお信用公社の電話番号"
    reply = counter.ask(text, "ask_contact")
    assert said_first(counter.context(text, "ask_contact"), reply).outcome is Outcome.ANSWERED


def test_誰も言わない場合だけの日付は_期限の答えにならない(counter: Counter) -> None:
    reply = counter.ask("はやぶさ設備減税とは", "ask_description")
    lease = counter.catalog.fact("machine_tax.leased")
    assert lease.applies_to
    asked = counter.context("はやぶさ設備減税の申込期限", "ask_schedule")
    told = said_first(asked, replace(reply, lead="令和元年5月1日までです。", facts=(lease,)))
    assert told.lead.startswith("はやぶさ設備減税の期限は")
    named = counter.context("はやぶさ設備減税のリースはいつまで", "ask_schedule")
    told = said_first(named, replace(reply, lead="令和元年5月1日までです。", facts=(lease,)))
    assert told.outcome is Outcome.ANSWERED


def test_資料にないと言う文はどれもそれと分かる() -> None:
    # Whoever words it otherwise, in data/responses or in a fact, has it taken for an answer.
    denied = re.compile(r"資料[^。]*(?:ません|ない)。")
    written = [line for file in WORDED for line in file.read_text(encoding="utf-8").splitlines()]
    saying = [line for line in written if denied.search(line) and not line.lstrip().startswith("#")]
    assert len(saying) > 10
    assert [line for line in saying if not says_unstated(line)] == []
