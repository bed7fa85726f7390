"""Finds in a message what the catalog has a name for, and marks it as entities."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from madoguchi import catalog
from madoguchi.catalog.names import Mention
from madoguchi.catalog.search import content_words
from madoguchi.japanese.courtesy import courtesies
from madoguchi.nlu.masking import unmarked

_WORDS_FILE = "common_words.json"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)
class ProgramLinker(GraphComponent):
    """Programmes, offices, cases and periods become entities whose `targets` are ids of the catalog.

    The names come from the catalog that is there when the server starts: nothing of it is in the model. What is
    trained is which words say little: those that many example utterances have outside their annotations, such as
    予算 or 相談, do not link a message to the programme that has them in its name.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        # halving: the number of utterances after which a word counts half; chosen in docs/adr/0003-understanding.md
        return {"halving": 2.0, "max_characters": 1000}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> ProgramLinker:
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> ProgramLinker:
        linker = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            linker._counts = Counter(json.loads((folder / _WORDS_FILE).read_text(encoding="utf-8")))
        linker._names()  # read the catalog now: its mistakes belong to the start, not to the first message
        return linker

    def __init__(self, config: dict[str, Any], model_storage: ModelStorage, resource: Resource) -> None:
        self._config = config
        self._model_storage = model_storage
        self._resource = resource
        self._counts: Counter[str] = Counter()

    def train(self, training_data: TrainingData) -> Resource:
        """Count in how many utterances each word stands outside the names, and keep the counts."""
        for example in training_data.intent_examples:
            self._counts.update(set(content_words(unmarked(example))))
        with self._model_storage.write_to(self._resource) as folder:
            (folder / _WORDS_FILE).write_text(json.dumps(self._counts, ensure_ascii=False), encoding="utf-8")
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the entities found to each message."""
        for message in messages:
            text = (message.get(TEXT) or "")[: self._config["max_characters"]]
            for start, end in courtesies(text):  # お手数をおかけします is no question about a fee
                text = text[:start] + " " * (end - start) + text[end:]
            found = [_entity(mention, text) for mention in self._names().mentions(text, weight=self._weight)]
            message.set(ENTITIES, message.get(ENTITIES, []) + found, add_to_output=True)
        return messages

    def _names(self) -> Any:
        return catalog.names(catalog.load(catalog.folder()))

    def _weight(self, word: str) -> float:
        return 1.0 / (1.0 + self._counts[word] / float(self._config["halving"]))


def _entity(mention: Mention, text: str) -> dict[str, Any]:
    return {
        "entity": mention.targets[0].kind,
        "value": mention.targets[0].id,
        "start": mention.start,
        "end": mention.end,
        "confidence_entity": round(mention.score, 3),
        "extractor": ProgramLinker.__name__,
        "how": mention.how,
        "targets": [f"{target.kind}:{target.id}" for target in mention.targets],
    }
