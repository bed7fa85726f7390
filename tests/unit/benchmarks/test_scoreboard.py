"""benchmarks.scoreboard: what stands on the page after a run of all parts, of some, and of one that fails."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks import evaluation, public_intents, robustness, scope, scoreboard
from benchmarks.public_intents import Corpus, Figures, Utterance
from benchmarks.scoreboard import Figure, Part, composed, kept, main, parts, run, section, stamp
from madoguchi import training
from madoguchi.terminal import Advice

ROOT = Path(__file__).parents[3]
STAMP = stamp(day="2026-01-02", commit="abc1234", machine="Some processor, 2 cores, 8 GB", load=0.25)


@pytest.mark.parametrize(
    ("figure", "row"),
    [
        (Figure("a", 86.184, "{:.2f} %", "1/2", at_least=87.0), ["86.18 % (1/2)", "≥ 87.00 %", "未達 / NOT MET"]),
        (Figure("a", 87.0, at_least=87.0), ["87.0 %", "≥ 87.0 %", "達成 / met"]),
        (Figure("a", 60.0, "{:.1f} s", at_most=60.0), ["60.0 s", "≤ 60.0 s", "達成 / met"]),
        (Figure("a", 3.01, "{:.2f} ms", at_most=3.0), ["3.01 ms", "≤ 3.00 ms", "未達 / NOT MET"]),
        (Figure("a", 512.4, "{:.0f} MB"), ["512 MB", "", ""]),
    ],
)
def test_数字と目標の一行(figure: Figure, row: list[str]) -> None:
    assert figure.row() == ["a", *row]


def part(name: str, *figures: Figure, error: Exception | None = None) -> Part:
    def measure() -> Iterator[Figure]:
        if error:
            raise error
        yield from figures

    return Part(name, f"{name} の題", f"{name} の測り方", measure)


def test_測った部分は日と変更と機械を添えて載る(tmp_path: Path) -> None:
    page = tmp_path / "scoreboard.md"
    assert run([part("scope", Figure("断った / refused", 2.5))], ["scope"], page) == []
    text = page.read_text(encoding="utf-8")
    assert re.search(r"^\d{4}-\d\d-\d\d, `(\w+\+?|\?)`, .*\d+ cores, \d+ GB, load \d", text, re.MULTILINE)
    assert re.search(r"\| 断った / refused +\| +2\.5 % +\|", text)
    assert "# 成績表 / Scoreboard" in text
    assert "測っていません" not in text
    assert str(tmp_path) not in text


def test_測らなかった部分は前の値が日付とともに残り_そう書かれる() -> None:
    earlier = section([Figure("前の値", 1.0)], STAMP)
    fresh = section([Figure("今の値", 2.0)], STAMP.replace("01-02", "03-04"))
    every = [part("own"), part("scope"), part("robust")]
    first = composed("", every, {"own": earlier}, {}, day="2026-01-02")
    text = composed(first, every, {"scope": fresh}, {}, day="2026-03-04")
    assert kept(text, "own") == earlier
    assert kept(text, "scope") == fresh
    assert kept(text, "robust") is None
    own, scope, robust = (text.split("\n## ")[n] for n in (1, 2, 3))
    assert "2026-03-04 の回では測っていません" in own
    assert "Below are earlier figures" in own
    assert "2026-01-02, `abc1234`" in own
    assert "測っていません" not in scope
    assert "Not measured in the run of 2026-03-04" in robust
    assert "earlier" not in robust
    assert composed(text, every, {}, {}, day="2026-03-04").count("<!-- own -->") == 1


def test_測れなかった部分は名を言い_ほかは測る(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = tmp_path / "scoreboard.md"
    every = [
        part("own", error=Advice("直し方\nthe mend")),
        part("scope", error=ZeroDivisionError(str(tmp_path))),
        part("robust", Figure("ここは測れた", 1.0)),
    ]
    assert run(every, ["own", "scope", "robust"], page) == ["own", "scope"]
    said = capsys.readouterr().err
    assert "own: 測れませんでした" in said
    assert "the mend" in said
    assert "ZeroDivisionError" in said
    text = page.read_text(encoding="utf-8")
    assert "測れませんでした（ZeroDivisionError）" in text
    assert "ここは測れた" in text
    assert str(tmp_path) not in text, "a page in the repository names no folder of the machine"


def test_途中でやめても測った部分は残る(tmp_path: Path) -> None:
    page = tmp_path / "scoreboard.md"

    def stopped() -> Iterator[Figure]:
        raise KeyboardInterrupt
        yield

    with pytest.raises(KeyboardInterrupt):
        run([part("own", Figure("済み", 1.0)), Part("scope", "題", "", stopped)], ["own", "scope"], page)
    assert "済み" in page.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--only", "scope,nowhere"], "unknown parts: nowhere"),
        (["--only", "public"], "needs DATA="),
        (["--data", "no/such/folder"], "There is no folder 'no/such/folder'"),
    ],
)
def test_使えない頼み方は測る前に断る(
    arguments: list[str], told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*arguments, "--page", str(tmp_path / "page.md")]) == 1
    assert told in capsys.readouterr().err
    assert not (tmp_path / "page.md").exists()


def test_公開データは渡されたときだけ測る(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [{"utt": f"文{n}", "intent": "ab"[n % 2]} for n in range(4)]
    for name in ("train", "dev", "test"):
        lines = "\n".join(json.dumps(row) for row in rows)
        (tmp_path / f"{name}.jsonl").write_text(lines, encoding="utf-8")
    asked: list[Corpus] = []

    def measured(config: Path, corpus: Corpus) -> Figures:
        asked.append(corpus)
        return Figures(0.9, 0.8765, 0.8, 50.0, 1.0, 2.0, 512.0)

    monkeypatch.setattr(public_intents, "measured_apart", measured)
    monkeypatch.setattr(scoreboard, "OWN", (part("own", Figure("自分の", 3.0)),))
    page = tmp_path / "page.md"
    assert main(["--page", str(page)]) == 0
    assert kept(page.read_text(encoding="utf-8"), "public") is None
    assert asked == []
    assert main(["--page", str(page), "--data", str(tmp_path)]) == 0
    text = page.read_text(encoding="utf-8")
    assert "87.65 % (4 utterances)" in text
    assert "測っていません" not in text
    (corpus,) = asked
    assert corpus.test == [Utterance(f"文{n}", "ab"[n % 2]) for n in range(4)]


def test_ほかの測定の数字が_目標と並ぶ(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = tuple(evaluation.Answer("あ", "greet", said, 0.9) for said in ("greet", "greet", "thank"))
    whole = evaluation.Evaluation("", "", evaluation.wilson(2, 3), 0.06, 0.5, (), answers, ())
    cases = [robustness.Case(True, {"kana": False}), robustness.Case(True, {"kana": True})]
    said = scope.Said(text="あ", outcome="out_of_scope", answered=False, lead="い", intent="greet", confidence=0.5)
    replies = scope.Measured(
        outside=(said, replace(said, answered=True)), inside=(said, replace(said, outcome="asked"))
    )
    monkeypatch.setattr(evaluation, "read_examples", lambda folder: [])
    monkeypatch.setattr(evaluation, "measure_shown", lambda examples: whole)
    monkeypatch.setattr(robustness, "measure", lambda examples: robustness.Measured(cases, cases, None))
    monkeypatch.setattr(training, "ensure_model", lambda project: Path("model"))
    monkeypatch.setattr(scope, "measure", lambda model: replies)
    measured = {part.name: [figure.row() for figure in part.measure()] for part in parts(None) if part.name in MEASURED}
    assert measured == MEASURED


MEASURED = {
    "own": [
        ["意図の正解率 / intent accuracy", "66.7 % (3 utterances, 95%: 20.8–93.9)", "", ""],
        ["意図の F1 の平均 / intent macro F1", "50.0 %", "", ""],
        ["自信のずれ / expected calibration error", "0.060", "≤ 0.050", "未達 / NOT MET"],
    ],
    "robust": [
        ["意図 / intent: そのまま / as they are", "100.0 % (2/2)", "", ""],
        ["意図 / intent: kana", "50.0 points lost (100.0 → 50.0, 2 texts)", "≤ 5.0 points lost", "未達 / NOT MET"],
        ["制度 / programme: そのまま / as they are", "100.0 % (2/2)", "", ""],
        ["制度 / programme: kana", "50.0 points lost (100.0 → 50.0, 2 texts)", "≤ 8.0 points lost", "未達 / NOT MET"],
    ],
    "scope": [
        ["範囲外なのに答えた / out of scope, answered", "50.0 % (1/2)", "≤ 3.0 %", "未達 / NOT MET"],
        ["範囲内なのに断った / in scope, refused", "50.0 % (1/2)", "≤ 3.0 %", "未達 / NOT MET"],
    ],
}


def test_成績表はいまの部分からできている() -> None:
    text = (ROOT / "docs/scoreboard.md").read_text(encoding="utf-8")
    assert re.findall(r"^## (.*)$", text, re.MULTILINE) == [part.title for part in parts(None)]
