"""madoguchi.serve: what somebody is told who opens the counter and cannot."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from madoguchi import serve
from madoguchi.catalog import CatalogError
from madoguchi.catalog.problems import Problem
from madoguchi.terminal import Advice
from tests.ports import free_port

REPOSITORY = Path(__file__).parents[2]
MODEL = Path("models/madoguchi-0123456789ab.tar.gz")


@pytest.fixture
def taken() -> Iterator[int]:
    """A port on which somebody else listens."""
    with socket.create_server((serve.HOST, 0)) as other:
        yield other.getsockname()[1]


def test_使われているポートは番号と次の手を言う(taken: int) -> None:
    with pytest.raises(Advice) as caught:
        serve.require_free(taken)
    text = str(caught.value)
    assert f"ポート {taken} はほかのプログラムが使っています" in text
    assert f"Port {taken} is taken" in text
    assert f"make serve PORT={taken + 1}" in text


def test_空いているポートは何度調べても空いている(taken: int) -> None:
    free = free_port()
    serve.require_free(free)
    serve.require_free(free)


def test_ポートは学習の前に調べる(tmp_path: Path, taken: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serve, "ensure_model", lambda project: pytest.fail("trained although the port is taken"))
    with pytest.raises(Advice, match="is taken"):
        serve.serve(tmp_path, port=taken)


def test_制度データは学習の前に調べる(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    free = free_port()
    programs = shutil.copytree(REPOSITORY / "data" / "programs", tmp_path / "programs")
    (programs / "contacts.yml").write_text("contacts: [\n")
    monkeypatch.setenv("MADOGUCHI_CATALOG", str(programs))
    monkeypatch.setattr(serve, "ensure_model", lambda project: pytest.fail("trained although the data are broken"))
    with pytest.raises(Advice, match=r"制度データ[\s\S]*contacts\.yml"):
        serve.serve(tmp_path, port=free)


@pytest.mark.parametrize("port", ["0", "65536", "-1", "五千", ""])
def test_ポートでない値は書き方を言う(port: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        serve.main([f"--port={port}"])
    assert "65535" in capsys.readouterr().err


def test_制度データの誤りは包まれていても全部見せる(tmp_path: Path) -> None:
    problem = Problem(
        file=Path("data/programs/loan.yml"), line=3, key="rate", found="１．５", write="'1.5%'", english="quote it"
    )
    text = serve.explain(wrapped(CatalogError([problem])), model=MODEL, log=tmp_path / "server.log")
    assert str(problem) in text
    assert "制度データ" in text
    assert "program data" in text
    assert "Traceback" not in text


def test_読めないモデルは名前と次の手を言い_詳細は記録に残す(tmp_path: Path) -> None:
    log = tmp_path / "var" / "log" / "server.log"
    text = serve.explain(wrapped(ValueError("model of another version")), model=MODEL, log=log)
    assert f"models/{MODEL.name} を消して" in text
    assert f"delete models/{MODEL.name}" in text
    assert "ValueError: model of another version" in text
    assert "Traceback" not in text
    assert "Traceback" in log.read_text()


def wrapped(error: Exception) -> Exception:
    """As Rasa passes on what a component raises while it is loaded."""
    try:
        try:
            raise error
        except Exception as inner:
            raise RuntimeError("Error initializing graph component for node run_linker.") from inner
    except RuntimeError as outer:
        return outer


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_学習中に止めても静かに終わる(tmp_path: Path, sent: signal.Signals) -> None:
    (tmp_path / "config.yml").write_text("")
    (tmp_path / "domain.yml").write_text("intents: [greet, thank]")
    (tmp_path / "data" / "nlu").mkdir(parents=True)
    for intent in ("greet", "thank"):
        examples = f"nlu:\n- intent: {intent}\n  examples: |\n    - こんにちは\n    - どうも\n"
        (tmp_path / "data" / "nlu" / f"{intent}.yml").write_text(examples)
    # Stands where Rasa would be found, and trains for ever.
    (tmp_path / "rasa.py").write_text("open('started', 'w').close(); import time; time.sleep(60)")
    free = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "madoguchi.serve", "--port", str(free)],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(REPOSITORY), "MADOGUCHI_CATALOG": str(REPOSITORY / "data" / "programs")},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    deadline = time.monotonic() + 30
    while not (tmp_path / "started").exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    process.send_signal(sent)
    said, _ = process.communicate(timeout=20)
    assert process.returncode == 0
    assert "窓口を閉じました" in said
    assert "Traceback" not in said
    assert list((tmp_path / "models").iterdir()) == []
