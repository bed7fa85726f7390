"""The assistant behind the channel: Rasa's agent, asked for one conversation at a time."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Iterable
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import CollectingOutputChannel, UserMessage
from rasa.core.policies.policy import PolicyPrediction
from rasa.shared.core.events import BotUttered, UserUttered

from madoguchi.channels.rest import APOLOGY
from madoguchi.channels.store import ConversationStore
from madoguchi.channels.widget.turns import Reply
from madoguchi.terminal import Advice

CHANNEL = "widget"
_WELCOME = "action_welcome"

logger = logging.getLogger(__name__)


class RasaBot:
    """What the channel asks of Rasa. `handle` is Rasa's own handler of messages."""

    def __init__(self, agent: Agent, handle: Callable[[UserMessage], Awaitable[Any]]) -> None:
        self._agent = agent
        self._handle = handle
        self._store = store_of(agent)

    async def welcome(self, conversation: str) -> tuple[Reply, ...]:
        """What is said before a visitor says anything; begins Rasa's own record of the conversation."""
        output = CollectingOutputChannel()
        async with self._agent.lock_store.lock(conversation):
            await self._agent.processor.execute_action(
                conversation,
                _WELCOME,
                output,
                self._agent.processor.nlg,
                PolicyPrediction.for_action_name(self._agent.domain, _WELCOME),
            )
        return replies(output.messages)

    async def answer(self, conversation: str, text: str, *, message: str) -> tuple[Reply, ...]:
        """The answer to `text`, never empty; `message` is the name under which Rasa records it."""
        output = CollectingOutputChannel()
        try:
            await self._handle(
                UserMessage(text, output, sender_id=conversation, input_channel=CHANNEL, message_id=message)
            )
        except Exception:
            logger.exception("a message was not handled")
        # Also without an exception: Rasa logs what an action raises, goes on, and says nothing.
        return replies(output.messages) or (Reply(text=APOLOGY),)

    async def recall(self, conversation: str, message: str) -> tuple[Reply, ...]:
        """What was answered to the message of this name before; empty where Rasa never finished it."""
        tracker = await self._store.retrieve_full_tracker(conversation)
        events = list(tracker.events) if tracker else []
        said = [i for i, event in enumerate(events) if isinstance(event, UserUttered) and event.message_id == message]
        if not said:
            return ()
        answers = []
        for event in events[said[-1] + 1 :]:
            if isinstance(event, UserUttered):
                break
            if isinstance(event, BotUttered):
                answers.append(event.message())
        return replies(answers)

    async def forget(self, conversation: str) -> None:
        """Delete the conversation with all that was kept about it, out of the files too."""
        await self._store.delete(conversation)


def store_of(agent: Agent) -> ConversationStore:
    """The store of the agent's conversations. Raises `Advice` where it is not ours, which alone deletes and forgets."""
    # Rasa wraps it in one that answers also when the store cannot be reached
    store = getattr(agent.tracker_store, "_tracker_store", agent.tracker_store)
    if not isinstance(store, ConversationStore):
        raise Advice(
            "ウィジェットを使うには、endpoints.yml の tracker_store を madoguchi.channels.store.ConversationStore に\n"
            "してください。ほかの保存先では、会話を消せません。\n"
            "The widget needs madoguchi.channels.store.ConversationStore as tracker_store in endpoints.yml: no other\n"
            "store deletes conversations."
        )
    return store


def replies(messages: Iterable[dict[str, Any]]) -> tuple[Reply, ...]:
    """Rasa's messages, the `custom` of a reply joined to its text: Rasa sends the two one after the other."""
    found: list[Reply] = []
    for message in messages:
        custom = message.get("custom")
        if message.get("text"):
            found.append(Reply(text=message["text"], custom=custom))
        elif isinstance(custom, dict) and found and found[-1].custom is None:
            found[-1] = Reply(text=found[-1].text, custom=custom)
    return tuple(found)
