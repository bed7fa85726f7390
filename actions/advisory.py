"""What all actions share: from the tracker to a question, and from the reply to the channel."""

from __future__ import annotations

import functools
import logging
from abc import ABC, abstractmethod
from dataclasses import replace
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from madoguchi import catalog as catalogs
from madoguchi.answers import conversation, desk, phrases, unanswered
from madoguchi.answers.context import Context
from madoguchi.answers.question import Focus, Question
from madoguchi.answers.reply import Reply
from madoguchi.answers.to_the_point import to_the_point
from madoguchi.catalog import Catalog
from madoguchi.catalog.names import Mention, Target

LONGEST_MESSAGE = 1000  # characters; the NLU components read no further

_log = logging.getLogger(__name__)


@functools.cache
def _catalog() -> Catalog:
    return catalogs.load(catalogs.folder())


class AdvisoryAction(Action, ABC):
    """An action that answers one kind of question.

    It alone knows tracker and dispatcher. Whatever goes wrong in an answer is logged, and the person hears whom to
    call instead.
    """

    @abstractmethod
    def answer(self, context: Context) -> Reply:
        """The reply to the question."""

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Utter the reply, and remember what the conversation is about now."""
        context = Context(question=Question(text="", intent="nlu_fallback"), catalog=_catalog(), phrases=phrases.load())
        try:
            context = replace(context, question=_question(tracker))
            reply = self._reply(context)
        except Exception:
            _log.exception("%s could not answer %r", self.name(), context.question.text)
            reply = conversation.failed(context)
        reply = reply.with_tokens()
        dispatcher.utter_message(
            text=reply.text,
            buttons=[{"title": choice.title, "payload": choice.token} for choice in reply.choices],
            json_message=reply.as_custom(model=_model_of(tracker), catalog=context.catalog.digest),
        )
        remembered = [SlotSet("focus", reply.focus.as_dict())]
        return [*remembered, SlotSet("erased", True)] if reply.erases else remembered

    def _reply(self, context: Context) -> Reply:
        text = context.question.text
        if len(text) > LONGEST_MESSAGE:
            return conversation.too_long(context)
        if not any(character.isalnum() or character in "❓?☎◆◇○●" for character in text):
            return conversation.empty(context)
        context = replace(context, question=context.question.without_courtesy().on_its_own())
        return unanswered.said_first(context, to_the_point(context, desk.exact(context) or self.answer(context)))


def _question(tracker: Tracker) -> Question:
    message = tracker.latest_message or {}
    intent = message.get("intent") or {}
    return Question(
        text=message.get("text") or "",
        intent=intent.get("name") or "nlu_fallback",
        confidence=float(intent.get("confidence") or 0.0),
        mentions=tuple(_mention(entity) for entity in message.get("entities") or [] if entity.get("targets")),
        focus=Focus.read(tracker.get_slot("focus")),
    )


def _mention(entity: dict[str, Any]) -> Mention:
    targets = tuple(Target(*target.split(":", 1)) for target in entity["targets"])
    return Mention(
        targets=targets, start=entity["start"], end=entity["end"], score=entity["confidence_entity"], how=entity["how"]
    )


def _model_of(tracker: Tracker) -> str:
    """The digest of the model that understood the message."""
    started = next((e for e in reversed(tracker.events) if e.get("metadata", {}).get("model_id")), None)
    return str(started["metadata"]["model_id"]) if started else ""
