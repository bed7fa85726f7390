"""The pipeline of config.yml, trained on any examples and asked about any texts, without a server or a model file."""

from __future__ import annotations

import importlib
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import yaml
from rasa.engine.graph import ExecutionContext, GraphComponent, GraphSchema
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import ENTITIES, INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from madoguchi.nlu import families
from madoguchi.nlu.masking import masked

CONFIG = Path("config.yml")
FOLDS = 5
_READS_EXAMPLES = {  # what Rasa's recipe lets work on the examples before the trained components see them
    DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER,
    DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER,
}


@dataclass(frozen=True, slots=True)
class Reading:
    """What the pipeline made of a text: `ranking` has every intent that it names, `programs` the ids it links."""

    intent: str
    confidence: float
    ranking: tuple[tuple[str, float], ...]
    programs: tuple[str, ...]


class Pipeline:
    """The components of config.yml, in their order and with their settings, as Rasa makes, trains and loads them."""

    def __init__(self, components: list[GraphComponent], folder: tempfile.TemporaryDirectory[str]) -> None:
        self._components = components
        self._folder = folder  # goes when the pipeline goes

    @classmethod
    def trained(cls, examples: Iterable[Message], *, config: Path = CONFIG) -> Pipeline:
        """The pipeline trained on `examples`, as Rasa loads it for answering. The examples are left as they are."""
        data = TrainingData([Message(dict(example.data)) for example in examples])
        folder = tempfile.TemporaryDirectory(prefix="madoguchi-pipeline-")
        storage = LocalModelStorage.create(Path(folder.name))
        context = ExecutionContext(GraphSchema({}), "benchmark")
        components = []
        for place, entry in enumerate(yaml.safe_load(config.read_text(encoding="utf-8"))["pipeline"]):
            module, _, name = entry["name"].rpartition(".")
            if module:
                importlib.import_module(module)  # which registers it
            registered = DefaultV1Recipe._from_registry(name)
            kind = registered.clazz
            settings = {**kind.get_default_config(), **{key: value for key, value in entry.items() if key != "name"}}
            resource = Resource(f"{place}_{name}")
            component = kind.create(settings, storage, resource, context)
            if registered.is_trainable:
                component.train(data)
            if registered.types & _READS_EXAMPLES:
                data = component.process_training_data(data)
            if registered.is_trainable:
                component = kind.load(settings, storage, resource, context)
            components.append(component)
        return cls(components, folder)

    def read(self, texts: Sequence[str]) -> list[Reading]:
        """What the pipeline makes of each text, in their order."""
        return [self._read(text) for text in texts]

    def _read(self, text: str) -> Reading:
        messages = [Message({TEXT: text})]
        for component in self._components:
            messages = component.process(messages)
        (message,) = messages
        intent = message.get(INTENT) or {"name": "", "confidence": 0.0}
        linked = [target for entity in message.get(ENTITIES, []) for target in entity.get("targets", ())]
        return Reading(
            intent=str(intent["name"]),
            confidence=float(intent["confidence"]),
            ranking=tuple((str(r["name"]), float(r["confidence"])) for r in message.get("intent_ranking", [])),
            programs=tuple(dict.fromkeys(t.removeprefix("program:") for t in linked if t.startswith("program:"))),
        )


def folds(examples: Sequence[Message]) -> Iterator[tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]]:
    """Places of learned and of held-back examples, five times; no family stands on both sides."""
    texts = [masked(example) for example in examples]
    yield from families.folds(texts, [str(example.get(INTENT)) for example in examples], count=FOLDS)
