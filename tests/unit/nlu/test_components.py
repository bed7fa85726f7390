"""A contract that every component of the pipeline keeps, whatever it is."""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from rasa.engine.graph import GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import TEXT

from madoguchi.catalog.loading import FOLDER_VARIABLE
from madoguchi.nlu import intent_model
from tests.unit.nlu.conftest import MINAMI, Workshop, examples, message

ROOT = Path(__file__).parents[3]
PIPELINE = [entry["name"] for entry in yaml.safe_load((ROOT / "config.yml").read_text(encoding="utf-8"))["pipeline"]]
OURS = [name for name in PIPELINE if "." in name]
TEXTS = {"greet": ["こんにちは", "おはよう"], "ask_amount": ["いくら", "上限は"]}
NAUGHTY = [
    "",
    " 　\n",
    "あ" * 10_000,
    "😀👨‍👩‍👧",
    "\x00\x07",
    "ﾊﾝｽﾞｵﾝ",
    "<script>alert(1)</script>",
    '{"a": [1, 2]}',
    "/greet",
    "'; DROP TABLE events; --",
    "你好 안녕 hello",
    "\u202e助補",
    "か\u3099" * 50,
    "￥" * 300,
    "%s %d {0} {name}",
    None,
]


def component(name: str) -> type[GraphComponent]:
    module, _, attribute = name.rpartition(".")
    found: type[GraphComponent] = getattr(importlib.import_module(module), attribute)
    return found


@pytest.fixture(scope="module", params=OURS)
def ready(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Each component as it answers, over the fictitious prefecture."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(FOLDER_VARIABLE, str(MINAMI))
        workshop = Workshop(tmp_path_factory.mktemp("model"))
        kind = component(request.param)
        made = workshop.create(kind)
        if hasattr(made, "train"):
            made.train(examples(TEXTS))
            made = workshop.load(kind)
        yield made


@pytest.mark.parametrize("name", OURS)
def test_登録され_学ぶものは学べる(name: str) -> None:
    registered = DefaultV1Recipe._from_registry(component(name).__name__)
    assert registered.clazz is component(name)
    assert registered.is_trainable is hasattr(component(name), "train")


@pytest.mark.parametrize("name", OURS)
def test_設定はみな既定の値を持つ(name: str) -> None:
    defaults = component(name).get_default_config()
    source = inspect.getsource(component(name))
    used = [f'["{key}"]' in source or f'"{key}"' in source or _sets_the_model(key) for key in defaults]
    assert [key for key, is_used in zip(defaults, used, strict=True) if not is_used] == []


def _sets_the_model(key: str) -> bool:
    return f"settings.{key}" in inspect.getsource(intent_model)


@pytest.mark.parametrize("text", NAUGHTY, ids=lambda text: repr(text)[:30])
def test_何が来ても_知らせを一つ返す(text: str | None, ready: Any) -> None:
    given = message(text)
    assert ready.process([given]) == [given]
    assert given.get(TEXT) == text


def test_知らせはいくつでも順に返す(ready: Any) -> None:
    given = [message(text) for text in ("こんにちは", "しおかぜ資金", "いくら")]
    assert ready.process(given) == given
    assert ready.process([]) == []
