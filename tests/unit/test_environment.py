"""tools/environment.py: what a newcomer is told, and when the environment counts as complete."""

from __future__ import annotations

import ast
import contextlib
import importlib.util
import shutil
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[2] / "tools" / "environment.py"
specification = importlib.util.spec_from_file_location("environment", SCRIPT)
assert specification is not None
assert specification.loader is not None
environment = importlib.util.module_from_spec(specification)
specification.loader.exec_module(environment)

# What pip and uv print, shortened; gathered by making them fail.
OUTPUTS = [
    (
        "WARNING: Retrying (Retry(total=4)) after connection broken by 'NewConnectionError(...)': /simple/six/\n"
        "ERROR: No matching distribution found for six==1.16.0",
        ("ネットワーク", "network"),
    ),
    (
        "ERROR: Could not find a version that satisfies the requirement six==1.16.0 (from versions: none)",
        ("ネットワーク", "network"),
    ),
    (
        "WARNING: Retrying (Retry(total=4)) after connection broken by 'ReadTimeoutError'\n"
        "ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.",
        ("ハッシュ", "hash mismatch"),
    ),
    (
        "ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device",
        ("ディスク", "disk is full"),
    ),
    (
        "WARNING: Location 'file:///x/' is ignored: it is neither a file nor a directory.\n"
        "ERROR: tensorflow_cpu-2.12.1-cp311-cp311-manylinux.whl is not a supported wheel on this platform.",
        ("Linux x86-64", "tensorflow_cpu-2.12.1"),
    ),
]


@pytest.mark.parametrize(("output", "words"), OUTPUTS)
def test_失敗の理由ごとに別のことばで知らせる(output: str, words: tuple[str, ...]) -> None:
    text = environment.explain(output, "var/log/install.log")
    for word in words:
        assert word in text
    assert "is ignored" not in text


def test_古いPythonでも読める文法で書いてある() -> None:
    ast.parse(SCRIPT.read_text(encoding="utf-8"), feature_version=(3, 6))


@pytest.mark.parametrize("found", [(3, 6, 15), (3, 10, 13), (3, 12, 1)])
def test_違うPythonなら版と入れ方を言う(found: tuple[int, ...], tmp_path: Path) -> None:
    with pytest.raises(environment.CannotInstall) as caught:
        environment.make_environment("lock", str(tmp_path / "venv"), str(tmp_path / "log"), version=found)
    text = str(caught.value)
    for word in (".".join(map(str, found)), "apt install python3.11", "PYTHON=/path/to/python3.11", "is needed"):
        assert word in text


def test_仮想環境の部品がなければaptの一行を言う(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "ensurepip", None)
    monkeypatch.setenv("PIP_NO_INDEX", "1")  # as on a machine without uv
    lock = tmp_path / "lock"
    lock.write_text("six==1.16.0\n")
    arguments = ["--lock", str(lock), "--venv", str(tmp_path / "venv"), "--log", str(tmp_path / "log" / "x")]
    with kept_signals():
        assert environment.main(arguments) == 1
    said = capfd.readouterr().err
    assert "apt install python3.11-venv" in said
    assert "no venv/ensurepip module" in said


def test_ディスクが狭ければ始める前に言う(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment.shutil, "disk_usage", lambda path: shutil._ntuple_diskusage(9, 8, 10**9))
    lock = tmp_path / "lock"
    lock.write_text("".join(f"package-{number}==1.0\n" for number in range(167)))
    with pytest.raises(environment.CannotInstall, match=r"1\.0 GB"):
        environment.make_environment(str(lock), str(tmp_path / "venv"), str(tmp_path / "log"))


def test_端末でなければ進み具合は十五秒に一行(capfd: pytest.CaptureFixture[str]) -> None:
    progress = environment.Progress(166, interactive=False)
    progress.show("導入 (install)", 1)
    progress.last_line -= progress.PAUSE
    progress.show("導入 (install)", 42)
    progress.show("導入 (install)", 43)
    assert [line.split()[:3] for line in capfd.readouterr().err.splitlines()] == [["導入", "(install)", "42/166"]]


@contextlib.contextmanager
def kept_signals() -> Iterator[None]:
    """`main` sets signal handlers; a test runner needs its own back."""
    before = {name: signal.getsignal(name) for name in (signal.SIGTERM, signal.SIGHUP)}
    try:
        yield
    finally:
        for name, handler in before.items():
            signal.signal(name, handler)
