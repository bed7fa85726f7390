"""tools/environment.py with the real pip: complete, without network, interrupted. Each makes an environment (5 s)."""

from __future__ import annotations

import base64
import hashlib
import importlib.util
import io
import os
import shutil
import signal
import socket
import subprocess
import sys
import zipfile
from pathlib import Path

SCRIPT = Path(__file__).parents[2] / "tools" / "environment.py"
specification = importlib.util.spec_from_file_location("environment", SCRIPT)
assert specification is not None
assert specification.loader is not None
environment = importlib.util.module_from_spec(specification)
specification.loader.exec_module(environment)


def test_ネットワークがなければそう言い_記録を残し_完成の印は付けない(tmp_path: Path) -> None:
    # Port 9 (discard) answers nowhere: the connection is refused at once.
    done = run_script(tmp_path, "six==1.16.0 --hash=sha256:00\n", PIP_INDEX_URL="http://127.0.0.1:9", PIP_RETRIES="0")
    assert done.returncode == 1
    assert "ネットワークにつながっていない" in done.stderr
    assert "the network seems to be missing" in done.stderr
    assert str(tmp_path / "install.log") in done.stderr
    assert "six" in (tmp_path / "install.log").read_text()
    assert run_script(tmp_path, None, "--check").returncode == 1


def test_完成した環境は作り直さず_ロックが変われば作り直す(tmp_path: Path) -> None:
    lock = tmp_path / "requirements.lock"
    wheels = tmp_path / "wheels"
    digest = write_wheel(wheels, "madoguchi_trial", "1.0")
    done = run_script(
        tmp_path,
        f"madoguchi-trial==1.0 --hash=sha256:{digest}\n",
        PIP_NO_INDEX="1",
        PIP_FIND_LINKS=str(wheels),
        PIP_USER="1",  # would put the package outside of .venv, and make pip refuse
    )
    assert done.returncode == 0, done.stderr
    venv = str(tmp_path / "venv")
    assert environment.up_to_date(str(lock), venv)
    assert environment.installed_in(venv) >= 1

    # A folder that was moved holds scripts with the old place in them.
    moved = tmp_path / "moved"
    shutil.move(venv, moved)
    assert not environment.up_to_date(str(lock), str(moved))
    shutil.move(moved, venv)
    assert environment.up_to_date(str(lock), venv)

    lock.write_text(lock.read_text() + "# another\n")
    assert not environment.up_to_date(str(lock), venv)


def test_途中で止めたら何も残さず_次は作り直す(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        silent.settimeout(60)
        lock = tmp_path / "requirements.lock"
        lock.write_text("six==1.16.0 --hash=sha256:00\n")
        process = subprocess.Popen(
            command(tmp_path),
            env=clean_environment(PIP_INDEX_URL=f"http://127.0.0.1:{silent.getsockname()[1]}"),
            stderr=subprocess.PIPE,
        )
        connection, _ = silent.accept()  # pip is at work, and waits for an answer that never comes
        process.send_signal(signal.SIGTERM)
        _, said = process.communicate(timeout=20)
        assert process.returncode == 130
        assert "途中でやめました" in said.decode()
        connection.settimeout(10)
        while connection.recv(65536):  # the other end is closed: pip is gone
            pass
        connection.close()
    assert not environment.up_to_date(str(lock), str(tmp_path / "venv"))


def command(folder: Path, *arguments: str) -> list[str]:
    places = ["--lock", "requirements.lock", "--venv", "venv", "--log", "install.log"]
    places[1::2] = [str(folder / name) for name in places[1::2]]
    return [sys.executable, str(SCRIPT), *places, *arguments]


def clean_environment(**settings: str) -> dict[str, str]:
    """This machine's environment without its own package settings, so that the test is the same everywhere."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PIP_", "UV_"))}
    return kept | {"PIP_CONFIG_FILE": os.devnull, "PIP_NO_CACHE_DIR": "1"} | settings


def run_script(folder: Path, lock: str | None, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    if lock is not None:
        (folder / "requirements.lock").write_text(lock)
    return subprocess.run(
        command(folder, *arguments), env=clean_environment(**settings), capture_output=True, text=True, timeout=120
    )


def write_wheel(folder: Path, name: str, version: str) -> str:
    """A wheel with one empty module, made by hand; its SHA-256."""
    information = f"{name}-{version}.dist-info"
    files = {
        f"{name}.py": b"",
        f"{information}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n".encode(),
        f"{information}/WHEEL": b"Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = io.StringIO()
    for path, content in files.items():
        digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
        record.write(f"{path},sha256={digest},{len(content)}\n")
    record.write(f"{information}/RECORD,,\n")
    folder.mkdir()
    wheel = folder / f"{name}-{version}-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        for path, content in files.items():
            archive.writestr(path, content)
        archive.writestr(f"{information}/RECORD", record.getvalue())
    return hashlib.sha256(wheel.read_bytes()).hexdigest()
