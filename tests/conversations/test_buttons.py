"""Every button, two deep: each leads to an answer, none back to the question it stood under."""

from __future__ import annotations

import pytest

from tests.conversations.conftest import Answer, Counter

STARTS = (
    "こんにちは",
    "金利を教えて",
    "補助率は",
    "無担保だといくらまで",
    "電話番号",
    "設備投資減税",
    "予算はいくら",
    "国の税制には何がありますか",
    "●印の一覧",
    "商店街の支援",
    "ぬるりんぽてぽて",
)
DEPTH = 2


def dead_ends(counter: Counter, start: str) -> list[str]:
    """The paths of buttons from what `start` is answered that end in an error, in nothing, or where they began."""
    found: list[str] = []

    def walk(path: tuple[str, ...], said: tuple[str, ...]) -> None:
        answer = _at(counter, said)
        for title, token in answer.buttons.items():
            here = (*path, title)
            then = _at(counter, (*said, token))
            again = then.outcome == "asked" and then.text == answer.text
            if then.outcome in ("error", "out_of_scope") or again:
                found.append(" → ".join(here) + f": {then.text[:60]}")
            elif len(here) < DEPTH:
                walk(here, (*said, token))

    walk((), (start,))
    return found


def _at(counter: Counter, said: tuple[str, ...]) -> Answer:
    """The reply at the end of a conversation in which these texts and tokens were sent."""
    visit = counter.visit()
    for text in said[:-1]:
        visit.say(text)
    return visit.say(said[-1])


@pytest.mark.parametrize("start", STARTS)
def test_どのボタンも答えに着く(counter: Counter, start: str) -> None:
    assert dead_ends(counter, start) == []
