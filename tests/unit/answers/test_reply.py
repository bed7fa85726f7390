"""madoguchi.answers.reply and question: the contract of replies, opaque tokens, and a focus that stays small."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest

from madoguchi.answers import conversation
from madoguchi.answers.question import Choice, Focus
from madoguchi.answers.reply import Outcome, Reply, schema
from tests.unit.answers.conftest import Counter

ASKED = [
    ("しおかぜ資金とは", "ask_description", "answered"),
    ("しおかぜ資金の限度額", "ask_amount", "answered"),
    ("みさき保証の保証料", "ask_rate", "answered"),
    ("みなと販路補助金、経費300万円なら", "ask_amount", "answered"),
    ("はやぶさ設備減税、150万円の機械は使えますか", "ask_eligibility", "answered"),
    ("はやぶさ設備減税はいつから", "ask_schedule", "answered"),
    ("なぎさ省エネの予算は増えましたか", "ask_comparison", "answered"),
    ("いさり火貸付はまだありますか", "ask_status", "answered"),
    ("みなと販路補助金の手続き", "ask_procedure", "answered"),
    ("商工課の電話とメール", "ask_contact", "answered"),
    ("県税事務所の電話", "ask_contact", "silent"),
    ("099-555-0122はどこ", "ask_contact", "answered"),
    ("補助金の一覧", "ask_list", "answered"),
    ("しおかぜ資金を全部", "full_record", "answered"),
    ("しおりの発行元は", "ask_source", "answered"),
    ("しおかぜ資金は何ページ", "ask_source", "answered"),
    ("みなと産業センターの営業時間", "ask_contact", "silent"),
    ("なぎさ省エネの補正予算", "ask_budget", "silent"),
    ("こんにちは", "greet", "answered"),
    ("ありがとう", "thank", "answered"),
    ("天気は", "out_of_scope", "out_of_scope"),
    ("ふにゃふにゃ", "nlu_fallback", "asked"),
    ("もうだめだ", "distress", "answered"),
    ("死にたい", "crisis", "answered"),
]


@pytest.mark.parametrize(("text", "intent", "outcome"), ASKED, ids=[case[0] for case in ASKED])
def test_どの返事も約束の形(text: str, intent: str, outcome: str, counter: Counter) -> None:
    custom = counter.ask(text, intent).as_custom(model="m", catalog=counter.catalog.digest)
    jsonschema.validate(custom, schema())
    assert custom["outcome"] == outcome
    assert json.loads(json.dumps(custom)) == custom
    assert custom["text"].startswith(custom["lead"])


@pytest.mark.parametrize(("text", "intent", "outcome"), ASKED, ids=[case[0] for case in ASKED])
def test_文だけを見る人にも同じことを言う(text: str, intent: str, outcome: str, counter: Counter) -> None:
    reply = counter.ask(text, intent)
    for part in (reply.lead, *reply.details, *reply.notes, reply.origin, reply.contact_line):
        assert part in reply.text
    assert "{" not in reply.text
    assert "\n\n" not in reply.text


@pytest.mark.parametrize(("text", "intent", "outcome"), ASKED, ids=[case[0] for case in ASKED])
def test_文は部分から組み立て直せる(text: str, intent: str, outcome: str, counter: Counter) -> None:
    """What a client builds from the parts is what `text` says; only the offices are its own to lay out."""
    reply = counter.ask(text, intent)
    custom = reply.as_custom(model="", catalog="")
    parts = (custom["lead"], *custom["details"], *custom["notes"], custom["origin"], reply.contact_line)
    assert custom["text"] == "\n".join(part for part in parts if part)


@pytest.mark.parametrize(("text", "intent", "outcome"), ASKED, ids=[case[0] for case in ASKED])
def test_どの事実の制度も名前が分かる(text: str, intent: str, outcome: str, counter: Counter) -> None:
    custom = counter.ask(text, intent).as_custom(model="", catalog="")
    named = {program["id"]: program["name"] for program in custom["programs"]}
    assert {fact["program"] for fact in custom["facts"] if fact["type"] == "stated"} <= set(named)
    assert all(name == counter.catalog.programs[key].name for key, name in named.items())


def spoil(custom: dict[str, Any], path: tuple[str | int, ...], value: Any) -> dict[str, Any]:
    spoiled: dict[str, Any] = json.loads(json.dumps(custom))
    place: Any = spoiled
    for step in path[:-1]:
        place = place[step]
    if value is None:
        del place[path[-1]]
    else:
        place[path[-1]] = value
    return spoiled


SPOILED: list[tuple[tuple[str | int, ...], Any]] = [
    (("version",), "2"),
    (("outcome",), "maybe"),
    (("lead",), ""),
    (("text",), None),
    (("extra",), 1),
    (("facts", 0, "unit"), "yen"),
    (("facts", 0, "document"), None),
    (("facts", 0, "type"), "guess"),
    (("facts", 0, "note"), "x"),
    (("contacts", 0, "office"), None),
    (("choices", 0, "token"), "ask_amount"),
    (("choices", 0, "title"), ""),
    (("programs", 0, "name"), ""),
    (("details",), None),
    (("origin",), None),
]


@pytest.mark.parametrize(("path", "value"), SPOILED, ids=[".".join(map(str, path)) for path, _ in SPOILED])
def test_約束を外れた返事は通らない(path: tuple[str | int, ...], value: Any, counter: Counter) -> None:
    custom = counter.ask("しおかぜ資金の限度額", "ask_amount").as_custom(model="m", catalog="c")
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(spoil(custom, path, value), schema())


# --- tokens ---------------------------------------------------------------------------------------------------------


def choice(**parts: Any) -> Choice:
    return Choice(**{"title": "x", "token": "", "intent": "ask_amount", "programs": ("sea_breeze_loan",), **parts})


def token(one: Choice) -> str:
    return Reply(outcome=Outcome.ASKED, lead="x", choices=(one,)).with_tokens().choices[0].token


def test_印は中身を語らず_いつも同じ() -> None:
    assert token(choice()) == token(choice(title="別の見出し"))
    assert token(choice()) == "@" + token(choice())[1:].lower()
    assert len(token(choice())) == 9
    assert not any(word in token(choice()) for word in ("ask", "amount", "sea", "loan"))


@pytest.mark.parametrize(
    "part",
    [
        {"intent": "ask_rate"},
        {"programs": ("cape_small",)},
        {"programs": ("sea_breeze_loan", "cape_small")},
        {"attributes": ("limit",)},
        {"cases": ("guild",)},
        {"periods": ("r2",)},
        {"contacts": ("treasury",)},
        {"needs": ("cash",)},
    ],
    ids=str,
)
def test_別の問いには別の印(part: dict[str, Any]) -> None:
    assert token(choice(**part)) != token(choice())


def test_印と見出しと番号のどれでも選べる(counter: Counter) -> None:
    for pick in ("token", "title", "place"):
        counter.focus = Focus()
        offered = counter.ask("しおかぜ資金とは", "ask_description").choices
        text = {"token": offered[0].token, "title": offered[0].title, "place": "1番"}[pick]
        assert counter.ask(text, "choose").facts[0].attribute.value == offered[0].attributes[0]


@pytest.mark.parametrize("text", ["99番", "0番", "@00000000", "どれか"])
def test_ない選択肢は選べない(text: str, counter: Counter) -> None:
    counter.ask("しおかぜ資金とは", "ask_description")
    assert counter.ask(text, "choose").outcome is Outcome.ASKED


# --- focus ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("text", "intent", "outcome"), ASKED, ids=[case[0] for case in ASKED])
def test_話の焦点はしまって読み出しても同じ(text: str, intent: str, outcome: str, counter: Counter) -> None:
    focus = counter.ask(text, intent).focus
    assert Focus.read(json.loads(json.dumps(focus.as_dict()))) == focus


STORED: list[Any] = [None, {}, [], "x", 3, {"unknown": 1}, {"intent": "ask_amount", "later_field": ["x"]}]


@pytest.mark.parametrize("stored", STORED, ids=repr)
def test_読めない焦点は空から始める(stored: Any) -> None:
    assert Focus.read(stored).programs == ()


def test_別の版の選択肢でも読める() -> None:
    stored = {"choices": [{"title": "x", "token": "@0", "intent": "ask_amount", "later_field": 1}]}
    assert Focus.read(stored).choices[0].title == "x"


def test_三百回話しても大きくならない(counter: Counter) -> None:
    sizes = []
    for turn in range(300):
        text, intent, _ = ASKED[turn % len(ASKED)]
        reply = counter.ask(text, intent)
        counter.focus = Focus.read(json.loads(json.dumps(reply.focus.as_dict())))
        sizes.append(len(json.dumps(reply.focus.as_dict())))
    assert max(sizes[len(ASKED) :]) <= max(sizes[: 2 * len(ASKED)])
    assert max(sizes) < 8_000
    assert len(counter.focus.earlier) <= 6


def test_前に話した制度は_新しいほうから覚える() -> None:
    focus = Focus()
    for name in "abcdefghi":
        focus = focus.on((name,))
    assert focus.programs == ("i",)
    assert focus.earlier == ("h", "g", "f", "e", "d", "c")
    assert focus.on(("i",)) is focus
    assert focus.on(("h",)).earlier == ("i", "g", "f", "e", "d", "c")


def test_古い資料の断りは一度だけ(counter: Counter) -> None:
    first = counter.ask("しおかぜ資金の限度額", "ask_amount")
    second = counter.ask("みなと販路補助金の上限", "ask_amount")
    assert any("窓口で" in note for note in first.notes)
    assert not any("窓口で" in note for note in second.notes)


def test_予算案は案と言う(counter: Counter) -> None:
    assert "予算案" in counter.ask("なぎさ省エネの令和3年度の予算", "ask_budget").origin
    assert "予算案" not in counter.ask("しおかぜ資金の限度額", "ask_amount").origin


def test_失敗しても_電話番号を言う(counter: Counter) -> None:
    reply = conversation.failed(counter.context("しおかぜ資金", "ask_amount"))
    jsonschema.validate(reply.as_custom(model="", catalog=""), schema())
    assert reply.outcome is Outcome.ERROR
    assert "099-555-0100" in reply.text


def test_命の危険には_制度の話をしない(counter: Counter) -> None:
    reply = counter.ask("死にたい", "crisis")
    assert reply.facts == ()
    assert reply.choices == ()
    assert "資金" not in reply.text
