"""What Rasa hands a component: a place to keep what it learned, and examples."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from rasa.engine.graph import ExecutionContext, GraphComponent, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import ENTITIES, INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from madoguchi.catalog.loading import FOLDER_VARIABLE

MINAMI = Path(__file__).parents[2] / "data/catalog_minami"
_MARK = re.compile(r"\[([^\]]+)\]\((\w+)\)")


class Workshop:
    """Makes, trains and loads components the way Rasa's engine does, over one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.storage = LocalModelStorage.create(folder)
        self.resource = Resource("component")
        self.context = ExecutionContext(GraphSchema({}), "model")

    def create(self, kind: type[GraphComponent], **config: Any) -> Any:
        """A component as it is made for training."""
        return kind.create({**kind.get_default_config(), **config}, self.storage, self.resource, self.context)

    def load(self, kind: type[GraphComponent], **config: Any) -> Any:
        """A component as it is loaded for answering."""
        return kind.load({**kind.get_default_config(), **config}, self.storage, self.resource, self.context)


@pytest.fixture
def workshop(tmp_path: Path) -> Workshop:
    folder = tmp_path / "model"
    folder.mkdir()
    return Workshop(folder)


@pytest.fixture
def minami(monkeypatch: pytest.MonkeyPatch) -> Path:
    """The catalog of the fictitious prefecture, in the place of the real one."""
    monkeypatch.setenv(FOLDER_VARIABLE, str(MINAMI))
    return MINAMI


def message(text: str | None, **data: Any) -> Message:
    """A message as it comes from a person; None as it comes from a channel without words."""
    return Message(data={TEXT: text, **data})


def example(text: str, intent: str) -> Message:
    """A training example in Rasa's notation: [みなと補助](program)はいくら."""
    plain, entities = "", []
    end = 0
    for match in _MARK.finditer(text):
        plain += text[end : match.start()]
        entities.append({"entity": match[2], "value": match[1], "start": len(plain), "end": len(plain) + len(match[1])})
        plain += match[1]
        end = match.end()
    return Message(data={TEXT: plain + text[end:], INTENT: intent, ENTITIES: entities})


def examples(texts: dict[str, list[str]]) -> TrainingData:
    """Training data of intents with their examples."""
    return TrainingData([example(text, intent) for intent, group in texts.items() for text in group])
