"""Recognises the token of a button, which is no language."""

from __future__ import annotations

import re
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

# As `choices` in reply.schema.json has it
_TOKEN = re.compile(r"@[0-9a-f]{8}\Z")


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class ChoiceReader(GraphComponent):
    """A message that is a choice's token gets the intent `choose`; the classifier behind it leaves it alone."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> ChoiceReader:
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        """Set the intent of each message that is a token."""
        for message in messages:
            if _TOKEN.match((message.get(TEXT) or "").strip()):
                intent = {"name": "choose", "confidence": 1.0}
                message.set(INTENT, intent, add_to_output=True)
                message.set("intent_ranking", [intent], add_to_output=True)
        return messages
