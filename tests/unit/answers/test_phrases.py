"""madoguchi.answers.phrases: the wording of replies, in Rasa's response format."""

from __future__ import annotations

from pathlib import Path

import pytest

from madoguchi.answers.phrases import Phrases, load
from madoguchi.catalog import CatalogError

TEXT = """\
version: "3.1"
responses:
  utter_figure:
    - text: "{program}の{name}は、{figure}です。"
    - text: もう一つの言い方
  utter_and:
    - text: "、"
"""


@pytest.fixture
def phrases(tmp_path: Path) -> Phrases:
    (tmp_path / "a.yml").write_text(TEXT, encoding="utf-8")
    (tmp_path / "b.yml").write_text("responses:\n  utter_thank:\n    - text: どうも\n", encoding="utf-8")
    return load(tmp_path)


def test_言い回しに値を入れる(phrases: Phrases) -> None:
    assert phrases.say("figure", program="A", name="上限", figure="3万円") == "Aの上限は、3万円です。"
    assert phrases.say("and") == "、"
    assert phrases.say("thank") == "どうも"


def test_値の中の括弧は言い回しにならない(phrases: Phrases) -> None:
    assert phrases.say("figure", program="{name}", name="{0}", figure="%s") == "{name}の{0}は、%sです。"


def test_名と値の名が分かる(phrases: Phrases) -> None:
    assert phrases.names == {"utter_figure", "utter_and", "utter_thank"}
    assert phrases.fields("utter_figure") == {"program", "name", "figure"}
    assert phrases.fields("utter_and") == set()


@pytest.mark.parametrize(("name", "values"), [("nothing", {}), ("figure", {}), ("figure", {"program": "A"})])
def test_名や値が足りなければ_KeyError(name: str, values: dict[str, str], phrases: Phrases) -> None:
    with pytest.raises(KeyError):
        phrases.say(name, **values)


def test_YAMLでなければ_直し方を言う(tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_text("responses:\n\tutter_x: y\n", encoding="utf-8")
    with pytest.raises(CatalogError, match="字下げ"):
        load(tmp_path)
