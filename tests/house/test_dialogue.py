"""One topic, one name in every tree: intents, rules, utterances and actions name each other."""

from __future__ import annotations

import ast
import itertools
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
LONGEST_ACTION = 30  # lines: an action connects, it does not think
BASE = {"__init__.py", "advisory.py"}  # what all actions share
OF_RASA = {"nlu_fallback"}  # intents that Rasa's own components give


def read(name: str) -> dict[str, Any]:
    content = yaml.safe_load((ROOT / name).read_text(encoding="utf-8"))
    assert isinstance(content, dict)
    return content


DOMAIN = read("domain.yml")
INTENTS = [next(iter(intent)) if isinstance(intent, dict) else intent for intent in DOMAIN["intents"]]
RULES = [step for file in (ROOT / "data/rules").glob("*.yml") for step in read(f"data/rules/{file.name}")["rules"]]
UTTERANCES = sorted((ROOT / "data/nlu").glob("*.yml"))
ACTION_FILES = [file for file in sorted((ROOT / "actions").glob("*.py")) if file.name not in BASE]


def steps(kind: str) -> list[str]:
    return [step[kind] for rule in RULES for step in rule["steps"] if kind in step]


def test_どの意図も一つの規則を持つ() -> None:
    assert Counter(steps("intent")) == Counter([*INTENTS, *OF_RASA])


def test_規則の行動はすべてドメインにあり_使われない行動はない() -> None:
    asked_for_by_name = {"action_welcome"}  # madoguchi/channels/widget/bot.py
    assert set(steps("action")) | asked_for_by_name == set(DOMAIN["actions"])


def test_規則の名は重ならない() -> None:
    assert [name for name, times in Counter(rule["rule"] for rule in RULES).items() if times > 1] == []


def test_どの意図も用例の一ファイルを持つ() -> None:
    assert sorted(file.stem for file in UTTERANCES) == sorted(INTENTS)


@pytest.mark.parametrize("file", UTTERANCES, ids=lambda file: file.stem)
def test_用例のファイルはその意図だけを教える(file: Path) -> None:
    content = read(f"data/nlu/{file.name}")
    assert [entry.get("intent") for entry in content["nlu"]] == [file.stem]
    assert len(content["nlu"][0]["examples"].splitlines()) >= 2


HEADINGS = ("ここに書くもの", "ここに書かないもの", "まぎらわしい相手")
_NAME = re.compile(r"(?<![\w/.-])[a-z][a-z_]+(?![\w/.-])", re.ASCII)  # not part of a path


@pytest.mark.parametrize("file", UTTERANCES, ids=lambda file: file.stem)
def test_用例のファイルは約束から始まり_実在の意図だけを名指しする(file: Path) -> None:
    lines = file.read_text(encoding="utf-8").splitlines()
    head = [line.removeprefix("#").strip() for line in itertools.takewhile(lambda line: line.startswith("#"), lines)]
    parts = re.split(rf"^({'|'.join(HEADINGS)}): *", "\n".join(head), flags=re.MULTILINE)
    assert parts[0] == "", "the first line is the comment that says what belongs here"
    assert tuple(parts[1::2]) == HEADINGS
    belongs, elsewhere, confused = parts[2::2]
    assert len(belongs.strip()) >= 3
    assert set(_NAME.findall("\n".join(head))) <= {*INTENTS} - {file.stem}
    assert _NAME.search(elsewhere), "name the intent where it belongs instead"
    assert _NAME.search(confused), "name an intent with which it is confused"


def test_用例に書いた固有名の印はドメインにある() -> None:
    marks = {mark for file in UTTERANCES for mark in re.findall(r"\[[^\]]+\]\((\w+)", file.read_text(encoding="utf-8"))}
    assert marks
    assert marks <= set(DOMAIN["entities"])


def test_同じ用例が二つの意図にない() -> None:
    owners: dict[str, set[str]] = {}
    for file in UTTERANCES:
        for line in read(f"data/nlu/{file.name}")["nlu"][0]["examples"].splitlines():
            text = re.sub(r"\[([^\]]+)\]\(\w+\)", r"\1", line.removeprefix("- ")).strip()
            owners.setdefault(text, set()).add(file.stem)
    assert {text: sorted(intents) for text, intents in owners.items() if len(intents) > 1} == {}


def test_ドメインの行動ごとに同じ名のファイルが一つある() -> None:
    assert sorted(f"action_{file.stem}" for file in ACTION_FILES) == sorted(DOMAIN["actions"])


@pytest.mark.parametrize("file", ACTION_FILES, ids=lambda file: file.stem)
def test_行動のファイルはその名のクラス一つだけ(file: Path) -> None:
    classes = [node for node in ast.parse(file.read_text(encoding="utf-8")).body if isinstance(node, ast.ClassDef)]
    assert [node.name for node in classes] == ["".join(word.capitalize() for word in file.stem.split("_"))]
    named = [node for node in classes[0].body if isinstance(node, ast.FunctionDef) and node.name == "name"]
    returned = [node.value for node in ast.walk(named[0]) if isinstance(node, ast.Return)]
    said = [value.value for value in returned if isinstance(value, ast.Constant)]
    assert said == [f"action_{file.stem}"]
    docstring = ast.get_docstring(classes[0])
    assert docstring is not None
    assert re.search(r"[ぁ-んァ-ヶ一-龠]", docstring), "say in Japanese which question it answers"


@pytest.mark.parametrize("file", ACTION_FILES, ids=lambda file: file.stem)
def test_行動は薄い(file: Path) -> None:
    assert len(file.read_text(encoding="utf-8").rstrip().splitlines()) <= LONGEST_ACTION


def test_連結の設定が指すクラスがある() -> None:
    for component in read("config.yml")["pipeline"]:
        module, _, name = component["name"].rpartition(".")
        if module:
            source = (ROOT / f"{module.replace('.', '/')}.py").read_text(encoding="utf-8")
            assert f"class {name}(" in source
