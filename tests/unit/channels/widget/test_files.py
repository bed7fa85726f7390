"""madoguchi.channels.widget.files: the files that browsers get, and no others."""

from __future__ import annotations

import base64
import gzip
import hashlib
from pathlib import Path

import pytest

from madoguchi.channels.widget.files import Files

SCRIPT = b"const greeting = 'hello';\n" * 40


@pytest.fixture
def web(tmp_path: Path) -> Path:
    """A folder with what belongs to the widget, and what does not."""
    folder = tmp_path / "web"
    for name, content in {
        "widget.js": SCRIPT,
        "parts/chat.js": b"export {};",
        "style.css": b":host {}",
        "README.md": b"# notes",
        "package.json": b"{}",
        ".secret.js": b"hidden",
        ".git/config.js": b"hidden",
        "node_modules/x/index.js": b"foreign",
    }.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    (tmp_path / "widget.key").write_text("secret")
    (folder / "key.js").symlink_to(tmp_path / "widget.key")
    return folder


def test_ブラウザーに要るものだけを読む(web: Path) -> None:
    assert list(Files.read(web)) == ["parts/chat.js", "style.css", "widget.js"]


def test_フォルダーがなければ何も出さない(tmp_path: Path) -> None:
    assert list(Files.read(tmp_path / "missing")) == []


def test_版は中身が変われば変わり_変わらなければ変わらない(web: Path) -> None:
    first = Files.read(web).digest
    assert Files.read(web).digest == first
    (web / "README.md").write_text("other notes")
    assert Files.read(web).digest == first
    (web / "style.css").write_text(":host { color: red }")
    second = Files.read(web).digest
    assert second != first
    (web / "style.css").rename(web / "look.css")
    assert Files.read(web).digest not in (first, second)


def test_圧縮は前もって済み_元に戻る(web: Path) -> None:
    file = Files.read(web)["widget.js"]
    assert file.compressed is not None
    assert len(file.compressed) < len(SCRIPT) / 4
    assert gzip.decompress(file.compressed) == SCRIPT
    assert Files.read(web)["widget.js"].compressed == file.compressed  # no clock in it: caches compare bytes


def test_改変を防ぐ値は中身のSHA384(web: Path) -> None:
    expected = base64.b64encode(hashlib.sha384(SCRIPT).digest()).decode()
    assert Files.read(web)["widget.js"].integrity == f"sha384-{expected}"
