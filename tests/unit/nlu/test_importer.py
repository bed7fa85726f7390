"""madoguchi.nlu.importer: the utterances are read once, and again when somebody has changed them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
import yaml
from rasa.shared.importers.utils import training_data_from_paths
from rasa.shared.utils import common

from madoguchi.nlu import importer
from madoguchi.nlu.importer import UtteranceImporter

UTTERANCES = """version: "3.1"
nlu:
- intent: ask_term
  examples: |
    - 何年で返すの
    - {other}
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "nlu.yml"
    file.write_text(UTTERANCES.format(other="返済期間は"), encoding="utf-8")
    return file


def read(file: Path) -> list[str]:
    data = UtteranceImporter(training_data_paths=[str(file)]).get_nlu_data()
    return [message.get("text") for message in data.training_examples]


def test_例文を読む(file: Path) -> None:
    assert read(file) == ["何年で返すの", "返済期間は"]


def test_同じファイルは一度だけ読む(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    times: list[int] = []

    def counted(*arguments: object) -> object:
        times.append(1)
        return training_data_from_paths(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(importer, "training_data_from_paths", counted)
    assert read(file) == read(file)
    assert len(times) == 1


def test_直したファイルは読み直す(file: Path) -> None:
    read(file)
    file.write_text(UTTERANCES.format(other="据置は何年"), encoding="utf-8")
    os.utime(file, ns=(1, 1))
    assert read(file) == ["何年で返すの", "据置は何年"]


def test_設定で使われている() -> None:
    config = yaml.safe_load(Path("config.yml").read_text(encoding="utf-8"))
    assert common.class_from_module_path(config["importers"][0]["name"]) is UtteranceImporter
