"""madoguchi.channels.widget.comments on the widget's own files: comments go, and nothing that runs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from madoguchi.channels.widget.comments import without_comments

ROOT = Path(__file__).parents[4]
FILES = [file for file in sorted((ROOT / "web").iterdir()) if file.suffix in (".js", ".css")]


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.name))
def test_動くところは一字も変わらない(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    sent = without_comments(text)
    rest = iter(text.splitlines())
    assert all(line in rest for line in sent.splitlines())  # in the same order
    gone = [line.strip() for line in set(text.splitlines()) - set(sent.splitlines())]
    assert [line for line in gone if not re.match(r"//|/\*|\*", line)] == []


@pytest.mark.parametrize("file", [file for file in FILES if file.suffix == ".js"], ids=lambda file: str(file.name))
def test_文字列の中に_注釈に見える行がない(file: Path) -> None:
    """A template of several lines is the one place where such a line would mean something."""
    text = file.read_text(encoding="utf-8")
    for comment in re.finditer(r"^[ \t]*(?://|/\*)", text, re.MULTILINE):
        assert re.sub(r"^[ \t]*//.*", "", text[: comment.start()], flags=re.MULTILINE).count("`") % 2 == 0, comment
