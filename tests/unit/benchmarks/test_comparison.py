"""benchmarks.comparison and benchmarks.report: ratios, targets, the table and the picture."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.comparison import Catalogs, Figures, Lags, Load, Target, targets
from benchmarks.measuring import Memory
from benchmarks.report import PAGE, PICTURE, Run, draw, machine, publish, replaced, save, table
from benchmarks.systems import Training


def figures(*, times: float, epochs: int | None = None) -> Figures:
    """Figures of a system that is `times` as slow and large as the one that does everything in 1."""
    loads = {n: Load(n, 100, per_second=100 / times, p50=times / 1000, p95=times, p99=times) for n in (1, 8, 64)}
    return Figures(
        training=Training(10 * times, 10 * times, "2026-01-01", epochs),
        starts=[times, 2 * times, 9 * times],
        # Mapped files that come with the first messages are no growth
        idle=Memory(own=int(50e6 * times), resident=int(80e6 * times), rss=int(200e6 * times)),
        warm=Memory(own=int(50e6 * times), resident=int(100e6 * times), rss=int(205e6 * times)),
        loads=loads,
        after=Memory(own=int(53e6 * times), resident=int(104e6 * times), rss=int(210e6 * times)),
        p50_early=0.001 * times,
        p50_late=0.0012 * times,
        asked=200,
        right=150,
        errors={"HTTP 500": 2},
    )


ALL = {"spacy": figures(times=13), "lean": figures(times=5), "madoguchi": figures(times=1)}
CATALOGS = Catalogs(10_000, p50_ours=0.002, p50_generated=0.0029, start_ours=4, first_start=60, start_generated=9)

LAGS = Lags({1: 0.02, 8: 0.0501}, {1: 0.02, 8: 0.3})


def found(name: str, than: str) -> Target:
    return next(target for target in targets(ALL, CATALOGS, LAGS) if (target.name, target.than) == (name, than))


@pytest.mark.parametrize(
    ("name", "than", "value", "met"),
    [
        ("messages/s, 8 users", "spacy", 13, True),
        ("messages/s, 8 users", "lean", 5, False),
        ("p50, 1 user", "spacy", 13, True),
        ("p50, 1 user", "lean", 5, False),
        ("start to first answer", "lean", 5, True),
        ("training", "lean", 5, True),
        ("memory after the load", "spacy", 13, True),
        ("memory after the load", "warm-up", 1.04, True),
        ("own memory after the load", "idle", 1.06, False),
        ("p50 at turn 300", "turn 3", 1.2, True),
        ("p50, 10,000 programmes", "our catalog", 1.45, True),
        ("start, 10,000 programmes", "our catalog", 2.25, False),
        ("event loop held, 1 user(s)", "", 20, True),
        ("event loop held, 8 user(s)", "", 50.1, False),
    ],
)
def test_比と目標(name: str, than: str, value: float, met: bool) -> None:
    target = found(name, than)
    assert (target.value, target.met) == (pytest.approx(value), met)


def test_長い会話をしなければ比べない() -> None:
    short = {**ALL, "madoguchi": replace(ALL["madoguchi"], p50_early=None, p50_late=None)}
    assert "p50 at turn 300" not in {target.name for target in targets(short, CATALOGS, LAGS)}


def test_目標ちょうどは達成() -> None:
    assert Target("a", "b", 12.0, 12.0, "at least").met
    assert Target("a", "b", 1.3, 1.3, "at most").met


def test_起動は真ん中の値() -> None:
    assert figures(times=1).start == 2
    assert Figures(Training(1, 1, ""), starts=[4.0, 3.0]).start == 3.0


def test_測っていない相手の目標は言わない() -> None:
    assert targets({"spacy": ALL["spacy"]}, None) == []
    assert {t.than for t in targets({"madoguchi": ALL["madoguchi"]}, None)} == {"idle", "warm-up", "turn 3"}


def test_途中までの学習でも_足りていれば達成と言える() -> None:
    measured = {"madoguchi": figures(times=1), "lean": figures(times=7, epochs=15)}
    (training,) = (target for target in targets(measured, None) if target.name.startswith("training"))
    assert training.name == "training, 15 epochs of it"
    assert training.met


def test_途中までの学習とは比べない() -> None:
    partly = {**ALL, "lean": figures(times=5, epochs=3)}
    assert [t.than for t in targets(partly, None) if t.name == "training"] == ["spacy"]


def run(*, busy: int = 0) -> Run:
    return Run(
        day="2026-01-01",
        machine="a machine",
        quick=False,
        busy=busy,
        load=0.1,
        versions={"rasa": "3.6.21"},
        figures=ALL,
        catalogs=CATALOGS,
        lags=LAGS,
        targets=targets(ALL, CATALOGS, LAGS),
    )


def test_表に数字と目標と達成が並ぶ() -> None:
    lines = table(run()).splitlines()
    row = next(line for line in lines if "messages per s, 8 users" in line)
    assert [cell.strip() for cell in row.split("|")[2:5]] == ["7.7", "20.0", "100.0"]
    assert any("75.0% (150/200)" in line for line in lines)
    own = next(line for line in lines if "own memory: idle, warm-up, load" in line)
    assert own.split("|")[-2].strip() == "50, 50, 53"
    assert any("2 HTTP 500" in line for line in lines)
    assert [line.split("|")[1].strip() for line in lines if "NOT MET" in line] == [
        "messages/s, 8 users",
        "p50, 1 user",
        "own memory after the load",
        "start, 10,000 programmes",
        "event loop held, 8 user(s)",
    ]


def test_忙しい機械で測ったことは表で分かる() -> None:
    assert "1 core(s) busy" in table(run(busy=1))
    assert "busy" not in table(run())
    assert (run().kind, run(busy=1).kind) == ("full", "full-busy")


def test_同じ数字からは同じ図ができる(tmp_path: Path) -> None:
    draw(run(), tmp_path / "a.svg")
    draw(run(), tmp_path / "b.svg")
    picture = (tmp_path / "a.svg").read_text(encoding="utf-8")
    assert picture == (tmp_path / "b.svg").read_text(encoding="utf-8")
    # Text as text, for searching and for who hears the page
    assert ">messages per second, 8 users<" in picture
    assert ">madoguchi<" in picture


def test_結果はデータと表と図で残る(tmp_path: Path) -> None:
    save(run(), tmp_path)
    kept = json.loads((tmp_path / "full.json").read_text(encoding="utf-8"))
    assert kept["figures"]["madoguchi"]["loads"]["8"]["per_second"] == 100
    assert {file.name for file in tmp_path.iterdir()} == {"full.json", "full.md", "full.svg"}


def test_ページには静かなときの図と_二つの表が入る(tmp_path: Path) -> None:
    page = tmp_path / PAGE
    page.write_text("<!-- full -->\n<!-- /full -->\nと\n<!-- full-busy -->\n<!-- /full-busy -->\n", encoding="utf-8")
    publish(run(busy=1), tmp_path)
    assert not (tmp_path / PICTURE).exists()
    publish(run(), tmp_path)
    text = page.read_text(encoding="utf-8")
    assert text.count(f"]({PICTURE})") == 1
    assert text.count("messages per s, 8 users") == 2
    assert (tmp_path / PICTURE).exists()


def test_印のないページには書かない() -> None:
    with pytest.raises(ValueError, match="full"):
        replaced("no marks", "full", "new")


def test_機械の名は一行() -> None:
    assert "\n" not in machine()
