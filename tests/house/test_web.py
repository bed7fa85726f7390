"""web/ without a browser: types, words, and the ways in which a page could come to run what somebody typed."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
WEB = ROOT / "web"
SCRIPTS = sorted(WEB.glob("*.js"))
STYLES = sorted(WEB.glob("*.css"))
JAPANESE = re.compile(r"[ぁ-んァ-ヶ一-龠]")
# What reads HTML or text as a program; `style` as an attribute is what a policy without unsafe-inline forbids
FORBIDDEN = re.compile(
    r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|createContextualFragment|\beval\b|new Function"
    r"|setAttribute\(\"style\"|document\.cookie|srcdoc"
)
ADDRESS = re.compile(r"https?://(?!www\.w3\.org/2000/svg)\w")


def name(file: Path) -> str:
    return file.name


def code(file: Path) -> str:
    """A script without its comments."""
    return re.sub(r"/\*[\s\S]*?\*/|(?<![:\\/])//.*", "", file.read_text(encoding="utf-8"))


def test_型が合っている() -> None:
    tsc = shutil.which("tsc")
    if tsc is None:
        advice = "TypeScript がないので、web/ の型の検査をとばします: sudo apt install node-typescript"
        pytest.fail(advice) if os.environ.get("CI") else pytest.skip(advice)
    checked = subprocess.run([tsc, "-p", WEB], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout


@pytest.mark.parametrize("file", SCRIPTS, ids=name)
def test_文字をHTMLとして読まない(file: Path) -> None:
    assert FORBIDDEN.findall(code(file)) == []


@pytest.mark.parametrize("file", [*SCRIPTS, *STYLES], ids=name)
def test_よその番地を持たない(file: Path) -> None:
    assert ADDRESS.findall(code(file)) == []


@pytest.mark.parametrize("file", SCRIPTS, ids=name)
def test_言葉は言葉のファイルにだけある(file: Path) -> None:
    # The loader has the few words for when nothing else can be had; the demonstration page is a text itself.
    if file.name not in ("words.ja.js", "words.en.js", "widget.js", "demo.js"):
        signs = re.compile(r"[「」、。・〜■□]")
        assert JAPANESE.findall(signs.sub("", re.sub(r"/\^.*?/", "", code(file)))) == []


def test_二つの言葉は同じものを言う() -> None:
    def keys(file: str) -> list[str]:
        return re.findall(r"^  (\w+):", (WEB / file).read_text(encoding="utf-8"), re.MULTILINE)

    assert keys("words.ja.js") == keys("words.en.js")
    used = set(re.findall(r"\bwords\.(\w+)", "".join(code(file) for file in SCRIPTS)))
    # named by what happened: this.words[now]
    assert sorted(set(keys("words.ja.js")) - used - {"waiting", "refused"}) == []
