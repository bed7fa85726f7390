"""Rasa's tracker store for conversations of any length: what a message costs does not depend on what was said before.

In endpoints.yml:

    tracker_store:
      type: madoguchi.channels.store.ConversationStore
      db: "var/conversations.db"
      keep_days: 90

A turn is loaded with one row and saved with another. The tracker that Rasa gets holds the last turn, and before it, as
events, what earlier turns left behind: slots, a pause, an open form. That is all that rules and actions look at; a
policy that learns from longer histories (TED, Memoization) sees one turn. `retrieve_full_tracker` has everything.

Where a conversation is deleted or forgotten is in madoguchi/channels/records.py.
"""

from __future__ import annotations

import asyncio
import functools
import itertools
import json
from collections.abc import Iterable
from typing import Any

from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActiveLoop, ConversationPaused, Event, SlotSet
from rasa.shared.core.trackers import DialogueStateTracker

from madoguchi.channels.records import file_named, opened

# The slot by which an action says that the conversation is to be deleted; it is never stored itself.
ERASED = "erased"


class ConversationStore(TrackerStore):
    """Conversations in the records of one file, forgotten `keep_days` days after the last word."""

    def __init__(
        self,
        domain: Domain | None = None,
        *,
        db: str = "var/conversations.db",
        keep_days: float = 90,
        event_broker: EventBroker | None = None,
        host: str | None = None,
    ) -> None:
        """Open the file and begin to forget; `host` is Rasa's for stores behind a network.

        Raises ValueError when `keep_days` is no positive number, sqlite3.Error when the file is no such database.
        """
        super().__init__(domain, event_broker)
        if isinstance(keep_days, bool) or not isinstance(keep_days, int | float) or keep_days <= 0:
            raise ValueError(
                f"endpoints.yml の keep_days には、日数を正の数で書いてください: {keep_days!r}\n"
                f"endpoints.yml: keep_days must be a positive number of days, not {keep_days!r}"
            )
        self.keep_days = keep_days
        self.records = opened(file_named(db))
        self.records.keep_clean(days=keep_days)

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """The conversation as its next turn needs it; None when there is none."""
        row = self.records.last(sender_id)
        return None if row is None else self._tracker(sender_id, [json.loads(part) for part in row])

    async def retrieve_full_tracker(self, conversation_id: str) -> DialogueStateTracker | None:
        """The conversation with every event since its beginning; None when there is none."""
        turns = self.records.all(conversation_id)
        return self._tracker(conversation_id, [json.loads(turn) for turn in turns]) if turns else None

    def _tracker(self, sender_id: str, parts: list[list[dict[str, Any]]]) -> DialogueStateTracker:
        events = [
            event
            for data in itertools.chain.from_iterable(parts)
            # A slot that the domain no longer has would be logged as an error at every turn
            if not (data["event"] == SlotSet.type_name and data["name"] not in self._slots)
            and (event := _class_of(data["event"])._from_parameters(data))
        ]
        tracker = _Kept.from_events(sender_id, events, slots=self.domain.slots)
        tracker.kept = len(tracker.events)
        return tracker

    @property
    def _slots(self) -> set[str]:
        return {slot.name for slot in self.domain.slots}

    def init_tracker(self, sender_id: str) -> DialogueStateTracker:
        """A conversation that has not begun."""
        return _Kept(sender_id, self.domain.slots)

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Keep what happened since the tracker was loaded; it survives the end of the process from here on.

        Where the turn says so (`ERASED`), the conversation is deleted instead, and gone from the files on return.
        """
        new = list(itertools.islice(tracker.events, await self._kept(tracker), None))
        if not new:
            return
        if any(isinstance(event, SlotSet) and event.key == ERASED and event.value for event in new):
            await self.delete(tracker.sender_id)
            return
        self.records.append(
            tracker.sender_id,
            at=new[-1].timestamp,
            state=_json(_left_behind(tracker, new)),
            events=_json(new),
        )
        if isinstance(tracker, _Kept):
            tracker.kept = len(tracker.events)
        if self.event_broker is not None:
            await self._stream_new_events(self.event_broker, new, tracker.sender_id)

    async def _kept(self, tracker: DialogueStateTracker) -> int:
        """How many of the tracker's events are kept already: of one that was made elsewhere, as many as there are."""
        if isinstance(tracker, _Kept):
            return tracker.kept
        full = await self.retrieve_full_tracker(tracker.sender_id)
        return 0 if full is None else len(full.events)

    async def delete(self, sender_id: str) -> bool:
        """Delete the conversation, out of the files too; whether there was one."""
        deleted = self.records.delete(sender_id)
        # Off the loop: it waits for the disk
        await asyncio.get_running_loop().run_in_executor(None, self.records.scrub)
        return deleted

    async def exists(self, conversation_id: str) -> bool:
        """Whether there is such a conversation."""
        return self.records.has(conversation_id)

    async def keys(self) -> Iterable[str]:
        """The ids of all conversations."""
        return self.records.names()


class _Kept(DialogueStateTracker):
    """A tracker that knows how many of its events are in the records."""

    kept = 0


@functools.cache
def _class_of(event: str) -> type[Event]:
    """The class of an event, which Rasa itself looks for among all its classes, each time."""
    found: type[Event] = Event.resolve_by_type(event)
    return found


def _left_behind(tracker: DialogueStateTracker, new: list[Event]) -> list[Event]:
    """Events that make the state in which the turn ends, beyond what its own events `new` make."""
    own = {event.key for event in new if isinstance(event, SlotSet)}
    slots = [
        SlotSet(slot.name, slot.value)
        for slot in tracker.slots.values()
        if slot.name not in own and slot.value != slot.initial_value
    ]
    paused = [ConversationPaused()] if tracker.is_paused() else []
    loop = [ActiveLoop(tracker.active_loop_name)] if tracker.active_loop_name else []
    return [*slots, *paused, *loop]


def _json(events: list[Event]) -> str:
    return json.dumps([event.as_dict() for event in events], ensure_ascii=False, separators=(",", ":"))
