"""What can rot is read here: paths and commands in the documents, and traces of somebody's machine."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

_TOKEN = re.compile(
    r"(?<![\w/.:<*@-])"  # not inside a longer word or an address
    r"(?:(?:\.?[A-Za-z_*][\w.*-]*/)+[\w.*-]*|[\w-]+\.(?:ya?ml|py|md|toml|lock|json|txt))"
    r"(?![\w>/…])"
)
_CODE = re.compile(r"```.*?```|`[^`\n]+`", re.DOTALL)
_LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")
_MAKE = re.compile(r"\bmake ([a-z][a-z-]*)")
# /home/x, /Users/x, C:\Users, the folders of root and of this project's makers
_MACHINE = re.compile(r"(?:/home/|/Users/|[A-Z]:\\+Users)\w|(?<![\w.])/(?:root|work)/")


def tracked() -> list[Path]:
    """The files that git has; without git, all but what .gitignore's folders hold."""
    try:
        listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True).stdout
        return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]
    except (OSError, subprocess.CalledProcessError):
        ignored = {".git", ".venv", "var", "models", "results", "__pycache__"}
        files = (file for file in ROOT.rglob("*") if file.is_file())
        return [file for file in files if not ignored & set(file.relative_to(ROOT).parts) and file.suffix != ".pyc"]


FILES = tracked()
PAGES = sorted({*(file for file in FILES if file.suffix == ".md"), ROOT / "README.md"})
TARGETS = set(re.findall(r"^([a-z][a-z-]*):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))


def short(file: Path) -> str:
    return str(file.relative_to(ROOT))


def exists(name: str, page: Path) -> bool:
    """Whether `name`, which may hold *, is a path from the root or from the page's own folder."""
    if name.endswith("/"):
        name = name.rstrip("/")
    return any(any(folder.glob(name)) for folder in (ROOT, page.parent))


@pytest.mark.parametrize("page", PAGES, ids=short)
def test_書かれた道は実在する(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    code = re.sub(r"https?://\S+", "", "\n".join(_CODE.findall(text)))
    named = {match[0] for match in _TOKEN.finditer(code)} | {name for name in _LINK.findall(text)}
    assert sorted(name for name in named if not exists(name, page)) == []


@pytest.mark.parametrize("page", PAGES, ids=short)
def test_書かれたmakeの的は実在する(page: Path) -> None:
    code = "\n".join(_CODE.findall(page.read_text(encoding="utf-8")))
    assert sorted(set(_MAKE.findall(code)) - TARGETS) == []


def test_READMEはmake_serveから始まり_主なフォルダーを案内する() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "make serve" in text
    folders = ["actions", "data/programs", "data/nlu", "data/rules", "data/responses", "madoguchi", "tests", "docs"]
    assert [name for name in folders if name not in text] == []


def test_どの的にも説明がある() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    explained = set(re.findall(r"^([a-z][a-z-]*):.*## .* / ", makefile, re.MULTILINE))
    assert TARGETS - explained == {"environment"}


def test_誰かの機械の道が書かれていない() -> None:
    found = []
    for file in FILES:
        if file != Path(__file__):
            lines = file.read_text(encoding="utf-8", errors="ignore").splitlines()
            found += [f"{short(file)}:{n}: {line}" for n, line in enumerate(lines, 1) if _MACHINE.search(line)]
    assert found == []


def test_ファイルの名はASCII() -> None:
    assert [short(file) for file in FILES if not short(file).isascii()] == []
