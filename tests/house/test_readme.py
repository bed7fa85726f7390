"""README.md without the model: its dialogues can be read, its map is complete, its table leads somewhere, and what it
says of accuracy, speed and memory was measured."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conversations.readme import dialogues, quoted, rewritten
from tests.house.test_repository import FILES, ROOT

TEXT = (ROOT / "README.md").read_text(encoding="utf-8")
MAP = re.search(r"^## どこに何があるか\n+((?:\|.*\n)+)", TEXT, re.MULTILINE)
CHANGES = re.search(r"^## 何を変えるときはどこか\n+((?:\|.*\n)+)", TEXT, re.MULTILINE)


def test_会話は三つで_どの問いにも返事がある() -> None:
    found = dialogues(TEXT)
    assert len(found) == 3
    assert [turn for turns in found for turn in turns if not all(turn)] == []


def test_会話は同じ形に書き戻せる() -> None:
    turns = [("電話は？", "一行目\n二行目"), ("金利は？", "一行")]
    assert dialogues(f"<!-- dialogues -->\n{quoted(turns)}<!-- /dialogues -->") == [turns]
    replies = {user: bot for turns in dialogues(TEXT) for user, bot in turns}
    assert rewritten(TEXT, lambda said: [replies[user] for user in said]) == TEXT


def test_地図は最上段のすべてを一度ずつ挙げる() -> None:
    assert MAP is not None
    named = [name.rstrip("/") for name in re.findall(r"^\| `([^`]+)` \|", MAP[1], re.MULTILINE)]
    assert sorted(named) == sorted({file.relative_to(ROOT).parts[0] for file in FILES})


def test_手引きはどれも表から行ける() -> None:
    assert CHANGES is not None
    pages = {str(page.relative_to(ROOT)) for page in Path(ROOT / "docs/tasks").glob("*.md")}
    assert set(re.findall(r"`(docs/tasks/[^`]+)`", CHANGES[1])) == pages


# What a measurement is printed in, by the unit that it means.
_UNITS = {
    "%": ("%", "パーセント", "per cent", "percent"),
    "points": ("points?", "ポイント"),
    "ms": ("ms", "ミリ秒", "milliseconds?"),
    "s": ("s", "秒", "seconds?"),
    "MB": ("MB", "メガバイト"),
    "GB": ("GB", "ギガバイト"),
    "messages/s": ("件/s", "件/秒", "messages?/s", "messages? (?:a|per) second"),
}
_UNIT = {name: rf"(?:{'|'.join(forms)})(?![A-Za-z/])" for name, forms in _UNITS.items()}
_NUMBER = r"(?<![\d.,A-Za-z-])\d[\d,]*(?:\.\d+)?"
_SPACE_ON_DISK = re.compile(r"空き容量 \d+ GB|\d+ GB of disk")  # what is needed, not what was measured


def claims(text: str) -> set[tuple[float, str]]:
    """The figures with units that a page claims in its own words: outside code, dialogues and quoted replies."""
    for left_out in (r"(?s)<!-- dialogues -->.*?<!-- /dialogues -->", r"(?s)```.*?```", r"`[^`\n]*`", r"(?m)^>.*$"):
        text = re.sub(left_out, "", text)
    text = _SPACE_ON_DISK.sub("", unicodedata.normalize("NFKC", re.sub(r"「[^」]*」", "", text)))
    return {
        (float(number.replace(",", "")), name)
        for name, unit in _UNIT.items()
        for number in re.findall(rf"({_NUMBER}) ?{unit}", text)
    }


def figures(page: str) -> Iterator[tuple[float, str]]:
    """Every number of a page of measurements with every unit of its line: a table may name the unit at its side."""
    for line in unicodedata.normalize("NFKC", page).splitlines():
        units = [name for name, unit in _UNIT.items() if re.search(rf"(?<![A-Za-z]){unit}", line)]
        for number in re.findall(_NUMBER, line):
            yield from ((float(number.replace(",", "")), unit) for unit in units)


def unmeasured(readme: str, *, scoreboard: str, benchmark: str) -> list[tuple[float, str]]:
    """What `readme` claims and neither page has; of shares and points only the scoreboard is believed."""
    speed = {(number, unit) for number, unit in figures(benchmark) if unit not in ("%", "points")}
    return sorted(claims(readme) - set(figures(scoreboard)) - speed)


def test_READMEの成績は成績表のとおり() -> None:
    pages = [ROOT / "docs/scoreboard.md", ROOT / "docs/design/benchmark.md"]
    scoreboard, benchmark = (page.read_text(encoding="utf-8") for page in pages)
    assert unmeasured(TEXT, scoreboard=scoreboard, benchmark=benchmark) == []


SCOREBOARD = "| 意図の正解率 / intent accuracy | 86.18 % (1/2) |\n| p50 | 1.50 ms |\n| memory | 407 MB |\n"
BENCHMARK = "| 返事の数 / messages per second | 1,234.5 |\n| 正しい返事 | 99.1% |\n| 待ち時間 / p50, ms | 2.5, 3.0 |\n"


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ("正解率は 86.18% です。p50 は 1.5 ms、メモリーは４０７ＭＢ。", []),
        ("一秒に 1,234.5 messages a second、待ち時間は 3 ミリ秒", []),
        ("正解率は 86.2% です", [(86.2, "%")]),
        ("正しい返事は 99.1%", [(99.1, "%")]),  # a share is not speed
        ("accuracy is 97 per cent, 12 messages/s", [(12.0, "messages/s"), (97.0, "%")]),
        ("学習は 30 秒、5 ポイント増", [(5.0, "points"), (30.0, "s")]),
        ("メモリーは 1.2GB", [(1.2, "GB")]),
        ("空き容量 3 GB、3 GB of disk、90日、三つ、3.6.21、5005", []),
        ("`rate: 7%` と「補助率は 50% です」\n> 控除は 7%\n```sh\nsleep 5s 9 MB\n```", []),
        ("<!-- dialogues -->\n3%\n<!-- /dialogues -->", []),
    ],
)
def test_測っていない成績が見つかる(said: str, wrong: list[tuple[float, str]]) -> None:
    assert unmeasured(said, scoreboard=SCOREBOARD, benchmark=BENCHMARK) == wrong
