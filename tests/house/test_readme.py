"""README.md without the model: its dialogues can be read, its map is complete, its table leads somewhere."""

from __future__ import annotations

import re
from pathlib import Path

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
