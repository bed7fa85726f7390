from __future__ import annotations

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import ActionExecuted, EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.advisory import AdvisoryAction
from madoguchi.answers import conversation
from madoguchi.answers.context import Context
from madoguchi.answers.reply import Reply


class Welcome(AdvisoryAction):
    """まだ何も聞かれていないうちに、窓口のことと聞けることを言う。"""

    def name(self) -> str:
        return "action_welcome"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        # No rule leads here and back: a channel asks for this action by name, and what follows is the visitor's turn
        return [*super().run(dispatcher, tracker, domain), ActionExecuted("action_listen")]

    def _reply(self, context: Context) -> Reply:
        return self.answer(context)  # nothing was said, and so nothing is too long or empty

    def answer(self, context: Context) -> Reply:
        return conversation.welcome(context)
