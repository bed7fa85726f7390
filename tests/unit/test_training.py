"""madoguchi.training: when a model is trained, and what is left when that does not end well."""

from __future__ import annotations

import io
import json
import os
import sys
import tarfile
import threading
from importlib.metadata import version
from pathlib import Path

import pytest

from madoguchi import training
from madoguchi.terminal import Advice, Elapsed

FILES = {
    "config.yml": "language: ja\n",
    "domain.yml": "intents: [greet, thank]\n",
    "data/nlu/greet.yml": "nlu:\n- intent: greet\n  examples: |\n    - こんにちは\n    - やあ\n",
    "data/nlu/thank.yml": "nlu:\n- intent: thank\n  examples: |\n    - ありがとう\n    - どうも\n",
    "data/rules/greet.yml": "rules: []\n",
    "data/responses/greet.yml": "responses: {}\n",
    "data/programs/loan.yml": "rate: '1.5%'\n",
    "madoguchi/nlu/tokenizer.py": "MODE = 'A'\n",
    "madoguchi/japanese/numbers.py": "\n",
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with one file of each kind."""
    for name, content in FILES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(content, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("name", [name for name in FILES if not name.startswith("data/programs")])
def test_学習に効くものが変わればモデルの名が変わる(project: Path, name: str) -> None:
    before = training.digest(project)
    with (project / name).open("a", encoding="utf-8") as file:
        file.write("# 変更\n")
    assert training.digest(project) != before


@pytest.mark.parametrize(
    "name", ["data/programs/loan.yml", "data/programs/new.yml", "README.md", "data/nlu/.#greet.yml", "actions/a.py"]
)
def test_学習に効かないものが変わってもモデルの名は同じ(project: Path, name: str) -> None:
    before = training.digest(project)
    (project / name).parent.mkdir(exist_ok=True)
    (project / name).write_text("rate: '9.9%'\n", encoding="utf-8")
    assert training.digest(project) == before


def test_発話のファイルが増えてもモデルの名が変わる(project: Path) -> None:
    before = training.digest(project)
    (project / "data/nlu/praise.yml").write_text("", encoding="utf-8")
    assert training.digest(project) != before


def test_部品の版が変わればモデルの名が変わる(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = training.digest(project)
    monkeypatch.setattr(training, "_version", lambda package: "9.9")
    assert training.digest(project) != before


def test_今のRasaで作った完全なモデルは使える(tmp_path: Path) -> None:
    assert training.fault(write_model(tmp_path / "m.tar.gz")) is None


def test_切れたモデルは使えない(tmp_path: Path) -> None:
    model = write_model(tmp_path / "m.tar.gz")
    model.write_bytes(model.read_bytes()[:-2000])
    assert "壊れて" in (training.fault(model) or "")


def test_モデルでないファイルは使えない(tmp_path: Path) -> None:
    (tmp_path / "m.tar.gz").write_text("not a model")
    assert "cannot be read" in (training.fault(tmp_path / "m.tar.gz") or "")


def test_別の版のRasaのモデルは版を言って断る(tmp_path: Path) -> None:
    problem = training.fault(write_model(tmp_path / "m.tar.gz", rasa="3.5.0")) or ""
    assert "3.5.0" in problem
    assert version("rasa") in problem


def test_設定がない場所では場所を言う(tmp_path: Path) -> None:
    with pytest.raises(Advice, match=r"config\.yml.*README\.md"):
        training.ensure_model(tmp_path)


def test_モデルがあれば学習しない(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    model = training.model_file(project)
    write_model(model)
    monkeypatch.setattr(training, "train", lambda *arguments: pytest.fail("trained"))
    assert training.ensure_model(project) == model


def test_学習してできたモデルを名前を変えて置く(project: Path, fake_rasa: Path) -> None:
    fake_rasa.write_text("trained.write_bytes(ready.read_bytes())")
    model = training.ensure_model(project)
    assert model == training.model_file(project)
    assert names(project / "models") == [model.name]
    command = (project / "command.txt").read_text()
    assert "data/programs" not in command
    assert "data/nlu data/rules data/responses" in command
    assert "RASA_TELEMETRY_ENABLED=false" in command


def test_壊れたモデルは作り直してそう言う(project: Path, fake_rasa: Path, capsys: pytest.CaptureFixture[str]) -> None:
    fake_rasa.write_text("trained.write_bytes(ready.read_bytes())")
    model = training.model_file(project)
    model.parent.mkdir()
    model.write_text("half")
    assert training.fault(training.ensure_model(project)) is None
    assert f"training again: {model.name}" in capsys.readouterr().err


NOISY_LOG = """old.py:3: DeprecationWarning: old
  old.py()
Traceback (most recent call last):
  File "validation.py", line 3
    raise
YamlException: data/nlu/greet.yml 行 3
"""


@pytest.mark.parametrize(
    "script",
    [
        "print('\\x1b[91mYamlException: data/nlu/greet.yml 行 3\\x1b[0m'); sys.exit(1)",
        f"print({NOISY_LOG!r}); sys.exit(1)",
        "print('YamlException: data/nlu/greet.yml 行 3')",  # no model, and yet exit code 0
        "print('YamlException: data/nlu/greet.yml 行 3'); trained.write_bytes(ready.read_bytes()[:-2000])",
    ],
)
def test_学習に失敗したら記録の終わりを見せ_何も残さない(project: Path, fake_rasa: Path, script: str) -> None:
    fake_rasa.write_text(script, encoding="utf-8")
    with pytest.raises(Advice) as caught:
        training.ensure_model(project)
    assert "    YamlException: data/nlu/greet.yml 行 3" in str(caught.value)
    assert "validation.py" not in str(caught.value)
    assert "old.py" not in str(caught.value)
    assert "var/log/training.log" in str(caught.value)
    assert "Training failed" in str(caught.value)
    assert names(project / "models") == []


@pytest.mark.parametrize(
    ("examples", "told"),
    [
        ("    - どうも\n", r"thank\.yml: thank（一つ）"),
        ("", r"thank\.yml: thank（なし）"),
        ("    - どうも\n    ありがとう\n", r"thank\.yml の 5 行目"),
    ],
    ids=["一つ", "なし", "壊れた行"],
)
def test_学べない用例は学習の前に直し方を言う(project: Path, fake_rasa: Path, examples: str, told: str) -> None:
    fake_rasa.write_text("trained.write_bytes(ready.read_bytes())")
    (project / "data/nlu/thank.yml").write_text(f"nlu:\n- intent: thank\n  examples: |\n{examples}", encoding="utf-8")
    with pytest.raises(Advice, match=told):
        training.ensure_model(project)
    assert not (project / "command.txt").exists()


def test_途中で止めたら学習も止まり_何も残さない(
    project: Path, fake_rasa: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake_rasa.write_text("trained.write_bytes(b'half'); import time; time.sleep(60)")

    def interrupt(self: Elapsed) -> None:
        if (project / "command.txt").exists():
            raise KeyboardInterrupt

    monkeypatch.setattr(Elapsed, "tick", interrupt)
    with pytest.raises(KeyboardInterrupt):
        training.ensure_model(project)
    assert names(project / "models") == []
    process = int((project / "command.txt").read_text().split()[0])
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)


def test_同時に始めた二つは一度だけ学習する(project: Path, fake_rasa: Path) -> None:
    fake_rasa.write_text("open('count', 'a').write('x'); trained.write_bytes(ready.read_bytes())")
    threads = [threading.Thread(target=training.ensure_model, args=(project,)) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (project / "count").read_text() == "x"


def test_古いモデルは三つまで残し_今のモデルがいちばん新しい(project: Path) -> None:
    current = write_model(training.model_file(project))
    os.utime(current, (1, 1))  # trained long ago; the data were changed since, and changed back
    for number in range(4):
        os.utime(write_model(project / "models" / f"madoguchi-{number}.tar.gz"), (number + 2, number + 2))
    own = write_model(project / "models" / "mine.tar.gz")
    training.ensure_model(project)
    left = names(project / "models")
    assert left == sorted([current.name, "madoguchi-2.tar.gz", "madoguchi-3.tar.gz", own.name])
    assert max((project / "models").glob("madoguchi-*"), key=lambda file: file.stat().st_mtime) == current


@pytest.fixture
def fake_rasa(project: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file whose Python runs in place of `python -m rasa train …`, with `trained` and a `ready` model at hand."""
    script = project / "fake_rasa.py"
    python = project / "python"
    ready = write_model(project / "ready.tar.gz")
    python.write_text(
        f"#!{sys.executable}\n"
        "import os, pathlib, sys\n"
        "flags = dict(zip(sys.argv, sys.argv[1:]))\n"
        f"trained, ready = pathlib.Path(flags['--out'], flags['--fixed-model-name']), pathlib.Path({str(ready)!r})\n"
        "telemetry = 'RASA_TELEMETRY_ENABLED=' + os.environ['RASA_TELEMETRY_ENABLED']\n"
        "pathlib.Path('command.part').write_text(' '.join([str(os.getpid()), telemetry, *sys.argv]))\n"
        "os.replace('command.part', 'command.txt')\n"
        f"exec(pathlib.Path({str(script)!r}).read_text(encoding='utf-8'))\n",
        encoding="utf-8",
    )
    python.chmod(0o755)
    monkeypatch.setattr(training.sys, "executable", str(python))
    return script


def write_model(path: Path, *, rasa: str | None = None) -> Path:
    """A file like Rasa's models, as far as `fault` looks."""
    path.parent.mkdir(exist_ok=True)
    with tarfile.open(path, "w:gz") as archive:
        metadata = json.dumps({"rasa_open_source_version": rasa or version("rasa")}).encode()
        # Random, so that it stays long when compressed and can be cut off.
        for name, content in (("metadata.json", metadata), ("components/classifier", os.urandom(50_000))):
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return path


def names(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())
