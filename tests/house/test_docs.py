"""The pages of docs/ that people work by. That paths and `make` targets exist is in test_repository.py."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = sorted((ROOT / "docs").rglob("*.md"))
CHORES = sorted((ROOT / "docs/tasks").glob("*.md"))
_CODE = re.compile(r"```.*?```|`[^`\n]+`", re.DOTALL)
_MODULE = re.compile(r"\bpython3? -m ([\w.]+)")


def short(file: Path) -> str:
    return str(file.relative_to(ROOT))


def code(page: Path) -> str:
    return "\n".join(_CODE.findall(page.read_text(encoding="utf-8")))


@pytest.mark.parametrize("page", [*PAGES, ROOT / "README.md"], ids=short)
def test_書かれたモジュールは実在する(page: Path) -> None:
    assert [name for name in sorted(set(_MODULE.findall(code(page)))) if importlib.util.find_spec(name) is None] == []


@pytest.mark.parametrize("page", CHORES, ids=short)
def test_手引きは確かめる命令で終わる(page: Path) -> None:
    last = re.search(r"\n```sh\n(.+)\n```\n\Z", page.read_text(encoding="utf-8"), re.DOTALL)
    assert last is not None, "end the page with a fenced command (```sh) that proves the chore was done"
    proof = last[1].rsplit("```sh\n", 1)[-1].splitlines()
    assert re.match(r"(?:\w+=\S+ )?(?:make (?:test|check|serve)|\.venv/bin/python -m )", proof[-1]), proof[-1]


@pytest.mark.parametrize("page", CHORES, ids=short)
def test_手引きは日本語で一ページ(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert re.match(r"# .*[ぁ-ん]", text)
    assert len(text.splitlines()) <= 60


def test_検査が名指しする手引きがある() -> None:
    named = {
        name
        for top in ("madoguchi", "tools", "actions", "benchmarks")
        for file in (ROOT / top).rglob("*.py")
        for name in re.findall(r"\bdocs/[\w/-]+\.md", file.read_text(encoding="utf-8"))
    }
    assert sorted(name for name in named if not (ROOT / name).is_file()) == []
