"""Rasa's component that reads kana as the words they stand for, before anything else looks at a message."""

from __future__ import annotations

import json
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from madoguchi import catalog
from madoguchi.nlu.spelling import Examples, Speller

_FILE = "examples.json"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)
class KanaReader(GraphComponent):
    """Replaces `text` by what it says in words: けいえいかくしんのほじょきん becomes 経営革新の補助金.

    Wrong conversions inside compounds are mended and pictures taken out as well. Names and facts, rules and classifier
    then all read the same. The conversation keeps what was typed. The words are
    those of the catalog that is there when the server starts, and of the examples.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        # most: of more examples than these nothing is learned, and texts stay; max_characters: longer texts stay
        return {"most": 6_000, "max_characters": 1000}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> KanaReader:
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> KanaReader:
        reader = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            learned = json.loads((folder / _FILE).read_text(encoding="utf-8"))
        if learned:
            lexicon = catalog.lexicon(catalog.load(catalog.folder()))
            examples = Examples.from_data(learned)
            reader._speller = Speller.fit(lexicon.sequences, examples, kana_names=lexicon.kana_names)
        return reader

    def __init__(self, config: dict[str, Any], model_storage: ModelStorage, resource: Resource) -> None:
        self._config = config
        self._model_storage = model_storage
        self._resource = resource
        self._speller: Speller | None = None

    def train(self, training_data: TrainingData) -> Resource:
        """Learn the words of the examples, as their authors wrote them, and keep them."""
        texts = [str(example.get(TEXT)) for example in training_data.intent_examples]
        learned = Examples.of(texts).as_data() if len(texts) <= self._config["most"] else None
        with self._model_storage.write_to(self._resource) as folder:
            (folder / _FILE).write_text(json.dumps(learned, ensure_ascii=False), encoding="utf-8")
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Spell each message that is not too long."""
        for message in messages:
            text = message.get(TEXT)
            if text and self._speller is not None and len(text) <= self._config["max_characters"]:
                message.set(TEXT, self._speller.spell(text), add_to_output=True)
        return messages
