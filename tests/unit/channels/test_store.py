"""madoguchi.channels.store: a conversation is loaded as its next turn needs it, and every turn is kept once."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
import yaml
from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    ActiveLoop,
    BotUttered,
    ConversationPaused,
    Event,
    Restarted,
    SessionStarted,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

from madoguchi.channels import records
from madoguchi.channels.store import ConversationStore

ROOT = Path(__file__).parents[3]
DOMAIN = Domain.from_dict(
    {
        "intents": ["ask"],
        "actions": ["action_tell"],
        "slots": {
            name: {"type": "any", "influence_conversation": False, "mappings": [{"type": "custom"}]}
            for name in ("focus", "name", "erased")
        },
    }
)


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv(records.VARIABLE, raising=False)
    monkeypatch.setattr(records.Records, "keep_clean", lambda self, *, days: None)
    return tmp_path / "conversations.db"


@pytest.fixture
def store(file: Path) -> ConversationStore:
    return ConversationStore(DOMAIN, db=str(file))


def turn(number: int, *events: Event) -> list[Event]:
    """What Rasa logs between two messages of a person."""
    return [
        UserUttered(f"問い{number}", {"name": "ask", "confidence": 1.0}),
        ActionExecuted("action_tell"),
        BotUttered(f"答え{number}", {"custom": {"outcome": "answered"}}),
        *events,
        ActionExecuted("action_listen"),
    ]


def talk(store: ConversationStore, name: str, *turns: Iterable[Event]) -> DialogueStateTracker:
    """Each turn loaded, added to and saved, as for a message; the tracker that the next one would get."""

    async def play() -> DialogueStateTracker:
        for events in turns:
            tracker = await store.get_or_create_tracker(name, append_action_listen=False)
            tracker.update_with_events(list(events), DOMAIN)
            await store.save(tracker)
        return await store.get_or_create_tracker(name, append_action_listen=False)

    return asyncio.run(play())


def texts(tracker: DialogueStateTracker) -> list[str]:
    return [event.text for event in tracker.events if isinstance(event, UserUttered | BotUttered)]


def test_次の回には前の一回とスロットが渡る(store: ConversationStore) -> None:
    tracker = talk(
        store,
        "a",
        turn(1, SlotSet("focus", {"programs": ["x"]}), SlotSet("name", "田中")),
        turn(2, SlotSet("focus", {"programs": ["y"]})),
        turn(3),
    )
    assert texts(tracker) == ["問い3", "答え3"]
    assert tracker.get_slot("focus") == {"programs": ["y"]}
    assert tracker.get_slot("name") == "田中"
    assert tracker.latest_action_name == "action_listen"
    assert tracker.latest_message.text == "問い3"


def test_全部の記録には同じ出来事が一度ずつある(store: ConversationStore) -> None:
    turns = [turn(n, SlotSet("focus", {"n": n})) for n in range(5)]
    talk(store, "a", [SessionStarted()], *turns)
    full = asyncio.run(store.retrieve_full_tracker("a"))
    assert list(full.events) == [SessionStarted(), *(event for events in turns for event in events)]
    assert asyncio.run(store.retrieve_full_tracker("b")) is None


def test_二度保存しても一度しか残らない(store: ConversationStore) -> None:
    async def play() -> int:
        tracker = await store.get_or_create_tracker("a", append_action_listen=False)
        tracker.update_with_events(turn(1), DOMAIN)
        await store.save(tracker)
        await store.save(tracker)
        return len((await store.retrieve_full_tracker("a")).events)

    assert asyncio.run(play()) == len(turn(1))


def test_三百回話しても_読むものも書くものも増えない(store: ConversationStore, file: Path) -> None:
    focus = SlotSet("focus", {"programs": ["x"]})
    tracker = talk(store, "a", *(turn(n, focus) for n in range(300)))
    assert len(tracker.events) == len(turn(0, focus))
    rows = sqlite3.connect(file).execute("SELECT length(state) + length(events) FROM events ORDER BY id").fetchall()
    assert len(rows) == 300
    assert rows[299][0] <= 1.05 * rows[2][0]
    plan = sqlite3.connect(file).execute(
        "EXPLAIN QUERY PLAN SELECT state, events FROM events"
        " WHERE conversation = (SELECT id FROM conversations WHERE name = 'a') ORDER BY id DESC LIMIT 1"
    )
    steps = [row[3] for row in plan]
    assert all("INDEX" in step for step in steps if step.startswith(("SEARCH", "SCAN"))), steps
    assert not any("TEMP B-TREE" in step for step in steps), steps


@pytest.mark.parametrize(
    ("earlier", "holds"),
    [
        (ConversationPaused(), DialogueStateTracker.is_paused),
        (ActiveLoop("form"), lambda tracker: tracker.active_loop_name == "form"),
        (SlotSet("name", "田中"), lambda tracker: tracker.get_slot("name") == "田中"),
    ],
    ids=["休止", "フォーム", "スロット"],
)
def test_前の前の回が残した状態も続く(store: ConversationStore, earlier: Event, holds: Any) -> None:
    assert holds(talk(store, "a", turn(1, earlier), turn(2), turn(3)))


def test_やり直すと前の状態は続かない(store: ConversationStore) -> None:
    tracker = talk(store, "a", turn(1, SlotSet("name", "田中"), ConversationPaused()), turn(2, Restarted()), turn(3))
    assert tracker.get_slot("name") is None
    assert not tracker.is_paused()


def test_開き直しても続く(store: ConversationStore, file: Path) -> None:
    talk(store, "a", turn(1, SlotSet("focus", {"programs": ["x"]})))
    records.opened.cache_clear()
    assert talk(ConversationStore(DOMAIN, db=str(file)), "a").get_slot("focus") == {"programs": ["x"]}


def test_ドメインからなくなったスロットは黙って捨てる(
    store: ConversationStore, file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    talk(store, "a", turn(1, SlotSet("name", "田中")))
    smaller = Domain.from_dict({"intents": ["ask"]})
    assert texts(talk(ConversationStore(smaller, db=str(file)), "a")) == ["問い1", "答え1"]
    assert caplog.text == ""


def test_よそで作られた記録は_ない分だけ足す(store: ConversationStore) -> None:
    """Rasa's HTTP API saves trackers that it made itself."""
    talk(store, "a", turn(1))
    made = DialogueStateTracker.from_events("a", [*turn(1), *turn(2)], DOMAIN.slots)
    asyncio.run(store.save(made))
    assert texts(asyncio.run(store.retrieve_full_tracker("a"))) == ["問い1", "答え1", "問い2", "答え2"]


def test_消すという印で_会話は消える(store: ConversationStore, file: Path) -> None:
    talk(store, "b", turn(1))
    tracker = talk(store, "a", turn(1), turn(2, SlotSet("erased", True)))
    assert texts(tracker) == []
    assert tracker.get_slot("erased") is None
    assert asyncio.run(store.keys()) == ["b"]
    for written in file.parent.iterdir():
        assert "問い2".encode() not in written.read_bytes()
    assert texts(talk(store, "a", turn(3))) == ["問い3", "答え3"]


def test_鍵と有無を答える(store: ConversationStore) -> None:
    talk(store, "a", turn(1))
    assert asyncio.run(store.keys()) == ["a"]
    assert asyncio.run(store.exists("a"))
    assert not asyncio.run(store.exists("b"))


def test_開いただけの会話は書かない(store: ConversationStore) -> None:
    talk(store, "a")
    assert asyncio.run(store.keys()) == []


class Broker(EventBroker):
    def __init__(self) -> None:
        self.published: list[dict[str, Any]] = []

    def publish(self, event: dict[str, Any]) -> None:
        self.published.append(event)


def test_出来事の受け手には新しいものだけが届く(file: Path) -> None:
    broker = Broker()
    talk(ConversationStore(DOMAIN, db=str(file), event_broker=broker), "a", turn(1), turn(2))
    assert [event["text"] for event in broker.published if event["event"] == "user"] == ["問い1", "問い2"]


@pytest.mark.parametrize("days", [0, -1, "90", None, True])
def test_日数でないkeep_daysは断る(file: Path, days: Any) -> None:
    with pytest.raises(ValueError, match="keep_days"):
        ConversationStore(DOMAIN, db=str(file), keep_days=days)


def test_endpointsの設定でこの保存先が開く(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rasa warns and keeps conversations in memory when it cannot make the store that endpoints.yml names."""
    monkeypatch.setenv(records.VARIABLE, str(file))
    kept: list[float] = []
    monkeypatch.setattr(records.Records, "keep_clean", lambda self, *, days: kept.append(days))
    config = yaml.safe_load((ROOT / "endpoints.yml").read_text(encoding="utf-8"))["tracker_store"]
    store = TrackerStore.create(EndpointConfig.from_dict(config))
    assert type(store) is ConversationStore
    assert file.exists()
    assert kept == [config["keep_days"]]


def test_消す印のスロットはドメインにある() -> None:
    slots = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))["slots"]
    assert {"focus", "erased"} <= slots.keys()


def test_書かれるのはふつうのJSON(store: ConversationStore, file: Path) -> None:
    talk(store, "a", turn(1))
    (written,) = sqlite3.connect(file).execute("SELECT events FROM events").fetchone()
    assert [event["event"] for event in json.loads(written)] == ["user", "action", "bot", "action"]
