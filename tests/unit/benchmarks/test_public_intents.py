"""benchmarks.public_intents: what is read, what is refused, and what is printed."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.public_intents import OURS, STOCK, Corpus, Figures, Utterance, check, corpus, measure, read
from madoguchi.terminal import Advice

ROOT = Path(__file__).parents[3]
GOOD = [("電気をつけて", "light_on"), ("あかりを点けて", "light_on"), ("音を消して", "mute"), ("静かにして", "mute")]


def write(file: Path, rows: list[tuple[str, str]]) -> Path:
    lines = (json.dumps({"utt": text, "intent": intent}, ensure_ascii=False) for text, intent in rows)
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file


def utterances(rows: list[tuple[str, str]]) -> list[Utterance]:
    return [Utterance(text, intent) for text, intent in rows]


def test_文と種類を読む(tmp_path: Path) -> None:
    assert read(write(tmp_path / "train.jsonl", GOOD)) == utterances(GOOD)


@pytest.mark.parametrize(
    "line",
    ["", "{", "[]", "3", '{"utt": "あ"}', '{"intent": "a"}', '{"utt": "", "intent": "a"}', '{"utt": 3, "intent": "a"}'],
)
def test_壊れた行は番号を言う(line: str, tmp_path: Path) -> None:
    file = write(tmp_path / "train.jsonl", GOOD[:2])
    file.write_text(file.read_text(encoding="utf-8") + line + "\n{}\n", encoding="utf-8")
    with pytest.raises(Advice, match=r"train\.jsonl:3 "):
        read(file)


def test_字として読めない行も番号を言う(tmp_path: Path) -> None:
    file = tmp_path / "dev.jsonl"
    file.write_bytes('{"utt": "あ", "intent": "a"}\n'.encode() + '{"utt": "あ", "intent": "a"}\n'.encode("cp932"))
    with pytest.raises(Advice, match=r"dev\.jsonl:2 "):
        read(file)


def test_ないファイルと空のファイルは名を言う(tmp_path: Path) -> None:
    with pytest.raises(Advice, match=r"test\.jsonl"):
        read(tmp_path / "test.jsonl")
    (tmp_path / "dev.jsonl").touch()
    with pytest.raises(Advice, match=r"dev\.jsonl"):
        read(tmp_path / "dev.jsonl")


@pytest.mark.parametrize(
    ("train", "named"),
    [
        ([*GOOD, ("やあ", "greet")], "greet"),  # one example
        (GOOD[:2], "light_on"),  # one intent
    ],
    ids=["例が一つ", "種類が一つ"],
)
def test_学べない種類は名を言う(train: list[tuple[str, str]], named: str) -> None:
    with pytest.raises(Advice, match=named):
        check(utterances(train), {})


def test_学んでいない種類は試験にしない() -> None:
    with pytest.raises(Advice, match=r"dev\.jsonl.*greet"):
        check(utterances(GOOD), {"dev.jsonl": utterances([("やあ", "greet")])})


def folder(place: Path, **parts: list[tuple[str, str]]) -> str:
    for name, rows in {"train": GOOD, "dev": GOOD, "test": GOOD, **parts}.items():
        write(place / f"{name}.jsonl", rows)
    return str(place)


def test_三つのファイルを読み_試験は頼まれたときだけ(tmp_path: Path) -> None:
    place = folder(tmp_path, test=GOOD[:2])
    assert corpus(place, test=False) == Corpus(utterances(GOOD), utterances(GOOD), None)
    assert corpus(place, test=True).test == utterances(GOOD[:2])


def test_使えないデータは_学習の前に断る(tmp_path: Path) -> None:
    with pytest.raises(Advice, match=r"足りないもの: greet\n.*その行を"):
        corpus(folder(tmp_path, train=[*GOOD, ("やあ", "greet")]), test=False)
    with pytest.raises(Advice, match=r"test\.jsonl に"):
        corpus(folder(tmp_path, test=[("やあ", "greet")]), test=True)
    for missing in ("", str(tmp_path / "nowhere")):
        with pytest.raises(Advice, match="There is no folder"):
            corpus(missing, test=False)


def test_一行に一つの数字を書く() -> None:
    figures = Figures(0.8765, None, None, 12.34, 1.234, 5.678, 512.4)
    assert figures.lines() == [
        "intent_accuracy_dev=87.65",
        "train_seconds=12.3",
        "parse_ms_p50=1.23",
        "parse_ms_p95=5.68",
        "peak_rss_mb=512",
    ]
    tested = Figures(0.8, 0.81, 0.79, 1, 1, 1, 1).lines("stock_")
    assert tested[:3] == [
        "stock_intent_accuracy_dev=80.00",
        "stock_intent_accuracy_test=81.00",
        "stock_intent_macro_f1_test=79.00",
    ]


def test_フォルダーがなければ直し方を言って終わる() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.public_intents", "no/such/folder"], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 1
    assert done.stdout == ""
    assert "no/such/folder" in done.stderr
    assert "Traceback" not in done.stderr


def test_この窓口の部品を_Rasa_に学習させて測る(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    train = utterances([*GOOD, ("[音](あ)を消す", "mute"), ("/消して", "mute")])
    figures = measure(OURS, Corpus(train, utterances(GOOD), utterances(GOOD[:2])))
    assert figures.intent_accuracy_dev == 1.0
    assert figures.intent_accuracy_test == figures.intent_macro_f1_test == 1.0
    assert figures.parse_ms_p50 <= figures.parse_ms_p95
    assert figures.peak_rss_mb > 50


def test_比べる相手は_Rasa_の部品だけで分類する() -> None:
    text = STOCK.read_text(encoding="utf-8")
    assert "DIETClassifier" in text
    assert "madoguchi.nlu.classifier" not in text
