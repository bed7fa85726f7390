"""benchmarks.evaluation and its page: what the trainers see, and what they are told when their files cannot be used."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pytest
from rasa.shared.nlu.constants import ENTITIES, INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

from benchmarks import evaluation
from benchmarks.evaluate import main
from benchmarks.evaluation import (
    Answer,
    Evaluation,
    Share,
    Twins,
    confusions,
    kinds,
    previous,
    read_examples,
    twins,
    wilson,
    write,
)
from benchmarks.evaluation_page import meaning, page
from madoguchi.terminal import Advice

HEAD = 'version: "3.1"\nnlu:\n'


def utterances(folder: Path, **intents: list[str]) -> Path:
    folder.mkdir(exist_ok=True)
    for name, texts in intents.items():
        lines = "".join(f"    - {text}\n" for text in texts)
        content = f"# ここに書くもの: {name} の文。\n{HEAD}- intent: {name}\n  examples: |\n{lines}"
        (folder / f"{name}.yml").write_text(content, encoding="utf-8")
    return folder


def test_用例が読める(tmp_path: Path) -> None:
    folder = utterances(tmp_path / "nlu", greet=["こんにちは", "おはよう"], thank=["ありがとう", "どうも"])
    assert {str(example.get(INTENT)) for example in read_examples(folder)} == {"greet", "thank"}


def test_フォルダーがなければそう言う(tmp_path: Path) -> None:
    with pytest.raises(Advice, match="nowhere"):
        read_examples(tmp_path / "nowhere")


def test_用例が一つの種類は名を挙げる(tmp_path: Path) -> None:
    folder = utterances(tmp_path / "nlu", greet=["こんにちは", "おはよう"], thank=["ありがとう"])
    with pytest.raises(Advice, match=r"一つしかない.*\n.*thank（一つ）"):
        read_examples(folder)


def test_壊れたYAMLは行を言う(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = utterances(tmp_path / "nlu", greet=["こんにちは", "おはよう"])
    (folder / "thank.yml").write_text(HEAD + "- intent: thank\n  examples: [\n", encoding="utf-8")
    assert main(["--data", str(folder), "--report", str(tmp_path / "report.html")]) == 1
    said = capsys.readouterr().err
    assert "thank.yml の 5 行目" in said
    assert "is no valid YAML" in said
    assert not (tmp_path / "report.html").exists()


@pytest.mark.parametrize(("right", "total"), [(0, 5), (5, 5), (3, 5), (90, 100)])
def test_信頼区間は割合を含み_0から1の中(right: int, total: int) -> None:
    share = wilson(right, total)
    assert 0 <= share.low <= share.value <= share.high <= 1
    assert share.high - share.low < wilson(right, total * 2).high - wilson(right, total * 2).low + 1


def test_数が多いほど区間は狭い() -> None:
    few, many = wilson(8, 10), wilson(800, 1000)
    assert many.high - many.low < few.high - few.low


ANSWERS = (
    Answer("こんにちは", "greet", "greet", 0.9),
    Answer("やあ", "greet", "thank", 0.4),
    Answer("ありがとう", "thank", "thank", 0.8),
    Answer("どうも", "thank", "thank", 0.3),
)


def test_種類ごとの数字() -> None:
    greet, thank = kinds(ANSWERS, np.arange(4))
    assert (greet.utterances, greet.recall.value, greet.precision) == (2, 0.5, 1.0)
    assert thank.precision == pytest.approx(2 / 3)
    assert thank.f1.value == pytest.approx(0.8)
    assert 0 <= thank.f1.low <= thank.f1.high <= 1


def test_取り違えは多い順() -> None:
    more = (*ANSWERS, Answer("またね", "thank", "greet", 0.5), Answer("おう", "greet", "thank", 0.5))
    assert [(pair, len(found)) for pair, found in confusions(more)] == [
        (("greet", "thank"), 2),
        (("thank", "greet"), 1),
    ]


def test_重なりと食い違いが見つかる() -> None:
    pairs = [("ありがとう", "thank"), ("アリガトウ！", "thank"), ("有難う", "praise"), ("さようなら", "goodbye")]
    found = twins([Message({TEXT: text, INTENT: intent, ENTITIES: []}) for text, intent in pairs])
    assert [(pair.one, pair.other) for pair in found if pair.intents[0] == pair.intents[1]] == [
        ("ありがとう", "アリガトウ！")
    ]
    assert {pair.other for pair in found[:2]} == {"有難う"}, "what contradicts comes first"


def whole(**changes: object) -> Evaluation:
    plain: dict[str, object] = {
        "day": "2026-01-02",
        "commit": "abc1234",
        "accuracy": Share(0.75, 0.3, 0.95),
        "calibration_error": 0.02,
        "macro_f1": 0.7,
        "kinds": tuple(kinds(ANSWERS, np.arange(4))),
        "answers": ANSWERS,
        "twins": (Twins("ありがとう", "有難う", ("thank", "praise"), 100.0),),
    }
    return Evaluation(**{**plain, **changes})  # type: ignore[arg-type]


def test_書いた数字は読み戻せる(tmp_path: Path) -> None:
    write(whole(), tmp_path / "figures.json")
    assert previous(tmp_path / "figures.json") == whole()


@pytest.mark.parametrize("content", [None, "", "{}", "[1]", '{"day": 1}'])
def test_読めない前回はないのと同じ(content: str | None, tmp_path: Path) -> None:
    if content is not None:
        (tmp_path / "figures.json").write_text(content, encoding="utf-8")
    assert previous(tmp_path / "figures.json") is None


class Outline(HTMLParser):
    """The tags that are open, the links that leave the page, and the text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.outside: list[str] = []
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ("meta", "br"):
            self.open.append(tag)
        self.outside += [str(v) for name, v in attrs if name in ("src", "href") and not str(v).startswith("#")]

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        pass

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def test_一枚で足り_すべてが載る(tmp_path: Path) -> None:
    folder = utterances(tmp_path / "nlu", greet=["やあ"])
    outline = Outline(page(whole(), None, folder))
    assert outline.open == []
    assert outline.outside == []
    for expected in ("75.0%", "greet の文", "やあ", "食い違う用例（1 組）", "有難う", "前の報告はまだありません"):
        assert expected in outline.text


def test_文は文として載る(tmp_path: Path) -> None:
    hostile = Answer("<script>alert(1)</script>", "greet", "thank", 0.1)
    text = page(whole(answers=(*ANSWERS, hostile)), None, tmp_path)
    assert "<script" not in text
    assert "&lt;script&gt;" in text


def test_前回との差が載る(tmp_path: Path) -> None:
    better = tuple(Answer(a.text, a.intent, a.intent, a.confidence) for a in ANSWERS)
    text = Outline(page(whole(), whole(answers=better, accuracy=Share(1.0, 0.5, 1.0)), tmp_path)).text
    assert "-25.0" in text
    assert "間違うようになった文（1）" in text
    assert "正しくなった文（0）" in text


def test_ファイルの先頭の言葉が説明になる(tmp_path: Path) -> None:
    utterances(tmp_path, greet=["やあ"])
    assert meaning(tmp_path / "greet.yml") == "greet の文"
    assert meaning(tmp_path / "none.yml") == ""


def test_変更の名がある() -> None:
    assert evaluation.commit() == "" or len(evaluation.commit()) >= 7
