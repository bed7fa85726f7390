"""Rasa's component that tells what kind of question a message is."""

from __future__ import annotations

from dataclasses import asdict, fields
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.exceptions import InvalidConfigException
from rasa.shared.nlu.constants import INTENT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from madoguchi.nlu import encoder
from madoguchi.nlu.intent_model import IntentModel, Settings
from madoguchi.nlu.masking import masked
from madoguchi.nlu.vectors import word_vectors

_RANKING = 10  # alternatives kept in a parse, as Rasa's own classifiers do


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class LinearIntentClassifier(GraphComponent, IntentClassifier):
    """One linear support-vector machine an intent over TF-IDF features and the mean of the words' vectors.

    Sets `intent` and `intent_ranking`. Where the machines are unsure, the text is taken for what its
    writer meant, and a sentence encoder's opinion is added to theirs.

    The scores become probabilities by a softmax whose sharpness is fitted on held-back families of examples.

    Examples are learned with their annotated names masked, which is what the linker leaves of a known programme.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        # max_characters: what is behind them is not read; the others are Settings
        return {**asdict(Settings()), "max_characters": 1000}

    @staticmethod
    def required_packages() -> list[str]:
        return ["sklearn", "sudachipy", "sudachidict_core"]

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> LinearIntentClassifier:
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> LinearIntentClassifier:
        classifier = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            classifier._model = IntentModel.read(folder)
        if config["vectors"]:
            word_vectors()  # read them now: a missing package belongs to the start, not to the first message
        if config["unsure"]:
            encoder.prepare_soon()
        return classifier

    def __init__(self, config: dict[str, Any], model_storage: ModelStorage, resource: Resource) -> None:
        self._config = config
        self._model_storage = model_storage
        self._resource = resource
        self._model: IntentModel | None = None

    def train(self, training_data: TrainingData) -> Resource:
        """Fit the model to the examples and keep it.

        Raises InvalidConfigException when there are fewer than two intents.
        """
        examples = training_data.intent_examples
        pairs = {(masked(example), str(example.get(INTENT))) for example in examples}
        if len({intent for _, intent in pairs}) < 2:
            raise InvalidConfigException(
                "data/nlu に、2種類以上のインテントの例文を書いてください。\n"
                "Write examples of at least two intents in data/nlu."
            )
        settings = Settings(**{field.name: self._config[field.name] for field in fields(Settings)})
        self._model = IntentModel.fit(sorted(pairs), settings)
        with self._model_storage.write_to(self._resource) as folder:
            self._model.write(folder)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Set the intent of each message that has none yet."""
        for message in messages:
            if self._model is None or message.get(INTENT):
                continue
            text = masked(message)[: self._config["max_characters"]]
            ranking = [
                {"name": name, "confidence": confidence} for name, confidence in self._model.ranking(text)[:_RANKING]
            ]
            message.set(INTENT, ranking[0], add_to_output=True)
            message.set("intent_ranking", ranking, add_to_output=True)
        return messages
