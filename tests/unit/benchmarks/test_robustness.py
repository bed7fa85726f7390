"""benchmarks.robustness and linking: what is counted, and what is said of a sample that cannot be read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from benchmarks.linking import FRAMES, questions, variants
from benchmarks.robustness import Case, rows, sample_texts
from madoguchi import catalog
from madoguchi.catalog.loading import load
from madoguchi.terminal import Advice

ROOT = Path(__file__).parents[3]
MINAMI = load(ROOT / "tests/data/catalog_minami")


def test_変わらなかった文は数えない() -> None:
    cases = [Case(True, {"kana": True}), Case(True, {"kana": False}), Case(False, {})]
    (row,) = rows(cases)
    assert (row.perturbation, row.texts, row.clean, row.changed, row.loss) == ("kana", 2, 100.0, 50.0, 50.0)


def test_会話の文が一度ずつ読める(tmp_path: Path) -> None:
    file = tmp_path / "sample.jsonl"
    file.write_text('{"turns": [{"user": "あ"}, {"user": "い"}]}\n\n{"turns": [{"user": "あ"}]}\n', encoding="utf-8")
    assert sample_texts(file) == ["あ", "い"]


@pytest.mark.parametrize("line", ["{", '{"turns": 1}', '{"a": []}', "[]"])
def test_読めない行は番号を言う(line: str, tmp_path: Path) -> None:
    file = tmp_path / "sample.jsonl"
    file.write_text('{"turns": []}\n' + line + "\n", encoding="utf-8")
    with pytest.raises(Advice, match="2 行目"):
        sample_texts(file)


def test_ないファイルはそう言う(tmp_path: Path) -> None:
    with pytest.raises(Advice, match=r"nowhere\.jsonl"):
        sample_texts(tmp_path / "nowhere.jsonl")


def test_どの名も一度ずつ尋ねる() -> None:
    asked = questions(MINAMI)
    assert len({question.name for question in asked}) == len(asked)
    assert {i for question in asked for i in question.programs} == set(MINAMI.programs)
    assert all(question.name in question.text for question in asked)


def test_枠は用例から取ったものでない() -> None:
    lines = [
        line for file in (ROOT / "data/nlu").glob("*.yml") for line in file.read_text(encoding="utf-8").splitlines()
    ]
    learned = {re.sub(r"\[[^\]]+\]\(\w+\)", "{}", line.strip().removeprefix("- ")) for line in lines}
    assert len(learned) > 1000
    assert sorted(learned.intersection(FRAMES)) == []


def test_尋ね方ごとに答えが分かっている() -> None:
    found = list(variants(questions(MINAMI)))
    assert {way for way, _, _ in found} >= {"as it is", "name dropped", "two names", "one word left out"}
    assert all(meant and all(programs <= set(MINAMI.programs) for programs in meant) for _, _, meant in found)


def test_自分たちの制度で尋ねられる() -> None:
    assert len(questions(catalog.load(ROOT / "data/programs"))) > 1000
