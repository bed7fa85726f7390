"""The conversations in the YAML files beside this one, played with the trained model."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

import pytest

from benchmarks.conversations import WRITING
from benchmarks.perturbations import PERTURBATIONS
from madoguchi.catalog import strict_yaml
from tests.conversations.conftest import Answer, Counter, Visit
from tests.conversations.figures import canonical

FOLDER = Path(__file__).parent
OUTCOMES = ("answered", "asked", "silent", "out_of_scope")


@dataclass(frozen=True)
class Turn:
    """What a person says, or the title of the button they press, and what the reply must fulfil."""

    user: str
    press: str
    lead: tuple[str, ...]  # all of them, in the sentence that answers
    bot: tuple[str, ...]  # all of them, anywhere in the text
    any: tuple[str, ...]  # at least one
    none: tuple[str, ...]  # `not:` in the files
    outcome: tuple[str, ...]  # one of them


@dataclass(frozen=True)
class Conversation:
    name: str
    file: str
    turns: tuple[Turn, ...]


def conversations() -> Iterator[Conversation]:
    """All conversations, file by file. A file that says something else is an error that names it."""
    for file in sorted(FOLDER.glob("*.yml")):
        items, lines = strict_yaml.load(file)
        assert isinstance(items, list), f"{file.name}: 会話の並び(- name: …)を書いてください"
        for number, item in enumerate(items):
            where = f"{file.name}:{lines.of(str(number))}"
            assert isinstance(item, dict), where
            assert set(item) == {"name", "turns"}, f"{where}: 書けるのは name と turns です: {sorted(item)}"
            name, turns = item["name"], item["turns"]
            assert isinstance(name, str), where
            assert isinstance(turns, list), where
            assert turns, where
            yield Conversation(name, file.name, tuple(_turn(turn, where) for turn in turns))


def _turn(turn: object, where: str) -> Turn:
    assert isinstance(turn, dict), where
    unknown = set(turn) - {"user", "press", "lead", "bot", "any", "not", "outcome"}
    assert not unknown, f"{where}: 知らない項目です: {sorted(unknown)}"
    assert ("user" in turn) != ("press" in turn), f"{where}: user か press のどちらか一つが要ります"
    assert set(turn) - {"user", "press"}, f"{where}: 期待 (lead, bot, any, not, outcome) がありません"
    outcome = _texts(turn.get("outcome"), where)
    assert set(outcome) <= set(OUTCOMES), f"{where}: outcome は {OUTCOMES} です: {outcome}"
    (user,) = _texts(turn.get("user"), where) or ("",)
    (press,) = _texts(turn.get("press"), where) or ("",)
    lead, bot, either, none = (_texts(turn.get(key), where) for key in ("lead", "bot", "any", "not"))
    return Turn(user, press, lead, bot, either, none, outcome)


def _texts(value: object, where: str) -> tuple[str, ...]:
    """A text, or a list of them, as a tuple."""
    texts = [] if value is None else value if isinstance(value, list) else [value]
    for text in texts:
        assert isinstance(text, str), f"{where}: 文字でないものがあります: {text!r}"
        assert text, where
    return tuple(texts)


CONVERSATIONS = list(conversations())


@pytest.mark.parametrize("conversation", CONVERSATIONS)
def test_会話(counter: Counter, conversation: Conversation) -> None:
    play(counter.visit(), conversation)


def play(visit: Visit, conversation: Conversation) -> None:
    """Say and press what the conversation says, and hold each reply against what it must fulfil."""
    spoken: list[str] = []
    buttons: dict[str, str] = {}
    for turn in conversation.turns:
        if turn.press:
            assert turn.press in buttons, f"ボタン「{turn.press}」がありません: {list(buttons)}"
        typed = _as_typed(turn.user)
        answer = visit.say(buttons[turn.press] if turn.press else typed)
        buttons = answer.buttons
        spoken += [f"  客: {typed or f'[{turn.press}]'}", *(f"  窓: {line}" for line in answer.text.splitlines())]
        problems = _problems(turn, answer)
        assert not problems, "\n".join([*problems, *spoken, f"  （{answer.outcome}、ボタン: {list(buttons)}）"])


def _as_typed(text: str) -> str:
    """The text, or what `WRITING` makes of it: `make bench-conversations` plays everything in other writings."""
    writing = os.environ.get(WRITING)
    return PERTURBATIONS[writing](text, Random(f"{writing} {text}")) if writing else text


def _problems(turn: Turn, answer: Answer) -> list[str]:
    """What of the turn's expectation the reply does not fulfil."""
    lead, reply, outcome = canonical(answer.custom["lead"]), canonical(answer.text), answer.outcome
    problems = [f"はじめの文にない: {wanted}" for wanted in turn.lead if canonical(wanted) not in lead]
    problems += [f"返事にない: {wanted}" for wanted in turn.bot if canonical(wanted) not in reply]
    if turn.any and not any(canonical(wanted) in reply for wanted in turn.any):
        problems.append(f"どれも返事にない: {' | '.join(turn.any)}")
    problems += [f"言ってはいけない: {unwanted}" for unwanted in turn.none if canonical(unwanted) in reply]
    if turn.outcome and outcome not in turn.outcome:
        problems.append(f"outcome が {' | '.join(turn.outcome)} でなく {outcome}")
    return problems


def test_名前は一つの会話に一つ() -> None:
    names = [conversation.name for conversation in CONVERSATIONS]
    assert not {name for name in names if names.count(name) > 1}
