"""The quick processor beside Rasa's own: the same conversations leave the same events, one for one."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from rasa.core.agent import Agent
from rasa.core.channels.channel import CollectingOutputChannel, UserMessage
from rasa.shared.core.events import ActionExecuted, ConversationPaused, Event, SlotSet

from madoguchi import training
from madoguchi.channels.in_process import in_process_endpoint
from madoguchi.channels.processor import QuickProcessor, quick_agent, quicken
from madoguchi.channels.store import ConversationStore
from tests.conversations.conftest import REPOSITORY
from tests.conversations.test_conversations import CONVERSATIONS

# Every so many: Rasa's own processor needs ten times as long
STRIDE = 5
SPOKEN = [
    [turn.user for turn in conversation.turns]
    for conversation in CONVERSATIONS[::STRIDE]
    if all(turn.user for turn in conversation.turns)
]
NAMES = ("rasa", "quick", "quickened")


@pytest.fixture(scope="module")
def agents(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Agent]:
    """Rasa's own agent, ours, and Rasa's own with the processor exchanged; each with a file for its conversations."""
    model = training.model_file(REPOSITORY)
    loaders = {"rasa": Agent.load, "quick": quick_agent, "quickened": Agent.load}
    loaded = {}
    for name, load in loaders.items():
        with pytest.MonkeyPatch.context() as environment:
            environment.delenv("MADOGUCHI_CONVERSATIONS", raising=False)
            store = ConversationStore(db=str(tmp_path_factory.mktemp(name) / "conversations.db"))
        loaded[name] = load(model, tracker_store=store, action_endpoint=in_process_endpoint())
    quicken(loaded["quickened"])
    assert [isinstance(loaded[name].processor, QuickProcessor) for name in NAMES] == [False, True, True]
    return loaded


def written(events: list[Event]) -> list[dict[str, Any]]:
    """The events without what differs by chance: when, and under which name a message was recorded."""
    without = ("timestamp", "message_id")
    found = []
    for event in events:
        data = {key: value for key, value in event.as_dict().items() if key not in without}
        if "parse_data" in data:
            data["parse_data"] = {key: value for key, value in data["parse_data"].items() if key not in without}
        found.append(data)
    return found


def play(agent: Agent, sender: str, texts: list[str]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """What was sent for `texts`, and all events that are kept of it."""

    async def talk() -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
        channel = CollectingOutputChannel()
        for text in texts:
            await agent.handle_message(UserMessage(text, channel, sender, input_channel="rest"))
        tracker = await agent.tracker_store.retrieve_full_tracker(sender)
        return channel.messages, written(list(tracker.events)) if tracker else []

    return asyncio.run(talk())


def test_同じ会話から同じ出来事が残る(agents: dict[str, Agent]) -> None:
    assert len(SPOKEN) > 20
    for number, texts in enumerate(SPOKEN):
        messages, events = play(agents["rasa"], f"visitor-{number}", texts)
        for name in NAMES[1:]:
            assert play(agents[name], f"visitor-{number}", texts) == (messages, events), texts


def test_規則は会話の道ごとに一度しか聞かれない(agents: dict[str, Agent], monkeypatch: pytest.MonkeyPatch) -> None:
    processor = agents["quick"].processor
    processor._predictions.clear()
    asked = []
    run = processor.graph_runner.run
    monkeypatch.setattr(
        processor.graph_runner, "run", lambda inputs, targets: asked.append(targets) or run(inputs, targets)
    )
    play(agents["quick"], "twice", ["設備投資減税とは", "設備投資減税とは", "設備投資減税とは"])
    predictions = [targets for targets in asked if targets == [processor.model_metadata.core_target]]
    assert len(predictions) == 2  # the action, and to listen afterwards


def test_休止した会話には_どちらも答えない(agents: dict[str, Agent]) -> None:
    async def pause(agent: Agent) -> list[dict[str, Any]]:
        tracker = await agent.processor.fetch_tracker_and_update_session("paused")
        tracker.update_with_events([ActionExecuted("action_listen"), ConversationPaused()], agent.domain)
        await agent.tracker_store.save(tracker)
        channel = CollectingOutputChannel()
        for text in ("設備投資減税とは", "電話は？"):
            await agent.handle_message(UserMessage(text, channel, "paused"))
        return channel.messages

    assert [asyncio.run(pause(agents[name])) for name in NAMES] == [[], [], []]


def test_行動を名指しで頼めば_どちらも同じに答える(agents: dict[str, Agent]) -> None:
    async def welcome(agent: Agent) -> list[dict[str, Any]]:
        channel = CollectingOutputChannel()
        tracker = await agent.execute_action("welcomed", "action_welcome", channel, None, 1.0)
        assert any(isinstance(event, SlotSet) and event.key == "focus" for event in tracker.events)
        await agent.handle_message(UserMessage("設備投資減税とは", channel, "welcomed"))
        return channel.messages

    first, *others = [asyncio.run(welcome(agents[name])) for name in NAMES]
    assert first
    assert others == [first, first]


def test_同じ会話への二通は混ざらない(agents: dict[str, Agent]) -> None:
    """Each message sees the one before it finished: the follow-up is about the programme asked for just before."""

    async def both(agent: Agent) -> list[dict[str, Any]]:
        channel = CollectingOutputChannel()
        texts = ("経営革新支援資金の限度額は", "組合の場合は？", "普通保証の限度額は")
        await asyncio.gather(*(agent.handle_message(UserMessage(text, channel, "hasty")) for text in texts))
        tracker = await agent.tracker_store.retrieve_full_tracker("hasty")
        return written(list(tracker.events))

    one_by_one = play(
        agents["quick"], "patient", ["経営革新支援資金の限度額は", "組合の場合は？", "普通保証の限度額は"]
    )[1]
    together = asyncio.run(both(agents["quick"]))
    assert [event["event"] for event in together] == [event["event"] for event in one_by_one]
    assert [event.get("text") for event in together] == [event.get("text") for event in one_by_one]
