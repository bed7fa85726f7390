"""madoguchi.channels.widget.bot: Rasa's messages as replies."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from rasa.core.tracker_store import FailSafeTrackerStore, InMemoryTrackerStore
from rasa.shared.core.domain import Domain

from madoguchi.channels.store import ConversationStore
from madoguchi.channels.widget.bot import replies, store_of
from madoguchi.channels.widget.turns import Reply
from madoguchi.terminal import Advice

CUSTOM = {"version": "1"}


@pytest.mark.parametrize(
    ("messages", "expected"),
    [
        ([], ()),
        ([{"text": "a"}], (Reply(text="a"),)),
        ([{"text": "a", "buttons": []}, {"custom": CUSTOM}], (Reply(text="a", custom=CUSTOM),)),
        # as in Rasa's record, where the one has custom null and the other text null
        ([{"text": "a", "custom": None}, {"text": None, "custom": CUSTOM}], (Reply(text="a", custom=CUSTOM),)),
        ([{"text": "a"}, {"text": "b"}, {"custom": CUSTOM}], (Reply(text="a"), Reply(text="b", custom=CUSTOM))),
        ([{"custom": CUSTOM}, {"text": ""}], ()),
    ],
)
def test_文と構造は一つの返事になる(messages: list[dict[str, object]], expected: tuple[Reply, ...]) -> None:
    assert replies(messages) == expected


def test_会話を消せる保存先でなければ始まらない(tmp_path: object) -> None:
    store = InMemoryTrackerStore(Domain.empty())
    for found in (store, FailSafeTrackerStore(store)):
        with pytest.raises(Advice, match=r"endpoints\.yml[\s\S]*ConversationStore"):
            store_of(SimpleNamespace(tracker_store=found))
    ours = ConversationStore(Domain.empty(), db=f"{tmp_path}/conversations.db")
    assert store_of(SimpleNamespace(tracker_store=FailSafeTrackerStore(ours))) is ours
