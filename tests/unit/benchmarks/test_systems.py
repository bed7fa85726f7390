"""benchmarks.systems: what is started is stopped, and what cannot be had is said."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks import side_by_side, systems
from benchmarks.measuring import tree
from benchmarks.systems import LEAN, MADOGUCHI, ROOT, SPACY, STOCK, busy_cores, ended
from benchmarks.wording import Conversations
from madoguchi import catalog, terminal
from madoguchi.terminal import Advice


@pytest.fixture
def workshop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty place instead of var/bench."""
    monkeypatch.setattr(systems, "WORKSHOP", tmp_path)
    monkeypatch.setattr(systems, "EXTRAS", tmp_path / "packages")
    return tmp_path


def test_終わるときは孫まで終わる() -> None:
    grandchild = "import time; print(flush=True); time.sleep(60)"
    child = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {grandchild!r}])"
    with ended(
        subprocess.Popen([sys.executable, "-c", child], stdout=subprocess.PIPE, start_new_session=True)
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()
        family = tree([process.pid])
        assert len(family) == 2
    assert [pid for pid in family if tree([pid])] == [] or _gone(family)


def _gone(family: list[int]) -> bool:
    """Whether they are gone soon: a grandchild that was killed is buried by init, not by us."""
    for _ in range(100):
        if not tree(family):
            return True
        time.sleep(0.05)
    return False


def test_忙しさは後に残らない() -> None:
    with busy_cores(1):
        assert len(tree([_child()])) == 1
        worker = _child()
    assert tree([worker]) == []


def _child() -> int:
    """The one process that this process has started and not waited for."""
    [child] = set(tree([os.getpid()])) - {os.getpid()}
    return child


class _Settling(systems.Server):
    """A server of which each look finds the next of `used` seconds of processor time; the last one stays."""

    def __init__(self, *used: float) -> None:
        super().__init__("", [])
        self.used = list(used)

    def cpu_seconds(self) -> float:
        return self.used.pop(0) if len(self.used) > 1 else self.used[0]


def test_最初の返事の後も続く仕事が終わるまで_待機中とは言わない(monkeypatch: pytest.MonkeyPatch) -> None:
    slept: list[float] = []
    monkeypatch.setattr(time, "sleep", slept.append)
    # Two looks a round: three rounds are spent reading tables, the fourth only listens
    _Settling(5.0, 8.0, 8.0, 9.0, 9.0, 9.3, 9.3, 9.31).settle()
    assert slept == [systems.SETTLING] * 4


def test_いつまでも働くサーバーを待ち続けない(monkeypatch: pytest.MonkeyPatch) -> None:
    slept: list[float] = []
    monkeypatch.setattr(time, "sleep", slept.append)
    _Settling(*(float(second) for second in range(1000))).settle()
    assert sum(slept) == systems.LONGEST_SETTLING


def test_部屋には本物のファイルがあり_会話とモデルは自分のもの(workshop: Path) -> None:
    LEAN.prepare()
    home = workshop / "lean"
    assert (home / "domain.yml").samefile(ROOT / "domain.yml")
    assert (home / "actions").samefile(ROOT / "actions")
    assert [name for name in ("var", "models") if (home / name).is_symlink() or list((home / name).iterdir())] == []
    (home / "var/conversations.db").write_bytes(b"old")
    LEAN.prepare()
    assert list((home / "var").iterdir()) == []


def test_片づけても本物のファイルは残る(workshop: Path) -> None:
    LEAN.prepare()
    LEAN.prepare()
    assert (ROOT / "data/nlu/greet.yml").is_file()


def test_つないだ口は後に残らず_本物のファイルは変わらない(workshop: Path) -> None:
    before = (ROOT / "credentials.yml").read_text(encoding="utf-8")
    MADOGUCHI.prepare()
    with MADOGUCHI.with_connector("benchmarks.heartbeat.Heartbeat"):
        inside = (MADOGUCHI.home / "credentials.yml").read_text(encoding="utf-8")
        assert inside == f"{before}\nbenchmarks.heartbeat.Heartbeat:\n"
        assert (ROOT / "credentials.yml").read_text(encoding="utf-8") == before
    assert (MADOGUCHI.home / "credentials.yml").samefile(ROOT / "credentials.yml")


def test_モデルの名は相手ごとに違い_設定が変われば変わる(workshop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = [system.digest() for system in (SPACY, LEAN, MADOGUCHI)]
    assert len(set(before)) == 3
    monkeypatch.setattr(systems, "STOCK_PACKAGES", ("rasa",))
    assert LEAN.digest() != before[1]
    assert MADOGUCHI.digest() == before[2]


def test_一度した学習は繰り返さない(workshop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    trained: list[int | None] = []

    def train_now(system: systems.System, epochs: int | None) -> systems.Training:
        trained.append(epochs)
        (system.home / "models/model.tar.gz").write_bytes(b"model")
        return systems.Training(100.0, 190.0, "2026-01-01", epochs)

    monkeypatch.setattr(systems.System, "_train_now", train_now)
    LEAN.prepare()
    assert LEAN.train(epochs=3).epochs == 3
    LEAN.prepare()
    assert LEAN.train(epochs=3).epochs == 3
    assert (LEAN.home / "models/model.tar.gz").read_bytes() == b"model"
    assert trained == [3]
    LEAN.prepare()
    assert LEAN.train() == systems.Training(100.0, 190.0, "2026-01-01", None)
    assert trained == [3, None]
    LEAN.prepare()
    # The whole training is there now, and better than three epochs
    assert LEAN.train(epochs=3).epochs is None
    assert trained == [3, None]


def test_言われれば_用例が変わる前のモデルを使い_そう記す(workshop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    trained: list[int | None] = []

    def train_now(system: systems.System, epochs: int | None) -> systems.Training:
        trained.append(epochs)
        (system.home / "models/model.tar.gz").write_bytes(f"{epochs} epochs".encode())
        return systems.Training(100.0, 190.0, "2026-01-01", epochs, setup=system.setup())

    monkeypatch.setattr(systems.System, "_train_now", train_now)
    for epochs in (15, 3):
        LEAN.prepare()
        assert not LEAN.train(epochs=epochs, keep=True).outdated
    monkeypatch.setattr(systems, "STOCK_INPUTS", ("domain.yml",))  # what was learnt has changed
    LEAN.prepare()
    kept = LEAN.train(epochs=1, keep=True)
    assert (kept.epochs, kept.outdated) == (15, True)
    assert (LEAN.home / "models/model.tar.gz").read_bytes() == b"15 epochs"
    monkeypatch.setattr(systems, "STOCK_PACKAGES", ("rasa",))  # another setup is another assistant
    LEAN.prepare()
    assert LEAN.train(epochs=1, keep=True).epochs == 1
    assert trained == [15, 1]


def test_ポートがふさがっていれば誰も起動しない(workshop: Path) -> None:
    LEAN.prepare()
    supply = Conversations.from_file(catalog.load(catalog.folder()), seed=1)
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        # The action server's port, the second of the two, is asked for as well
        with pytest.raises(Advice, match=f"(?s){port}.*make bench PORT="), LEAN.running(port - 1, supply):
            pytest.fail("it was started")


def test_起動できなければ記録の終わりを見せる(workshop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(system: systems.System, port: int) -> Iterator[list[str]]:
        yield [sys.executable, "-c", "raise SystemExit('no domain')"]

    monkeypatch.setattr(systems.System, "_serving_commands", broken)
    LEAN.prepare()
    supply = Conversations.from_file(catalog.load(catalog.folder()), seed=1)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with pytest.raises(Advice, match=r"Rasa, lean.*\n.*bench.log:\n    no domain"), LEAN.running(port, supply):
        pytest.fail("it was started")


def test_ja_ginzaを入れられなければ分かる言葉で言う(workshop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (("PIP_NO_INDEX", "1"), ("PIP_FIND_LINKS", ""), ("PIP_CONFIG_FILE", "/dev/null")):
        monkeypatch.setenv(name, value)
    with pytest.raises(Advice, match="spaCy"):
        systems.install_extras()
    assert not (workshop / "packages").exists()


def test_相手の部品はmadoguchiの部品とぶつからない() -> None:
    names = [
        set(re.findall(r"^([\w.-]+)(?:\[.*\])?==", (ROOT / lock).read_text(encoding="utf-8"), re.MULTILINE))
        for lock in ("requirements.lock", STOCK / "requirements.lock")
    ]
    assert "spacy" in names[1]
    assert "ja-ginza" in names[0]  # its vectors are part of the product; spaCy finds the package there
    assert names[0] & names[1] == set()


def test_Ctrl_Cで片づけて終わる(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def interrupted(*arguments: object, **options: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(side_by_side, "run", interrupted)
    monkeypatch.setattr(terminal, "stop_on_termination", lambda: None)
    assert side_by_side.main([]) == 130
    assert "測定をやめました" in capsys.readouterr().err
