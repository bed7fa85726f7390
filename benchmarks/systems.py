"""The three assistants that are compared: how each is trained, started, watched and stopped.

Each lives in a folder of its own below var/bench, which has the project's files as links and a var/ of its own, so that
nobody's conversations or models are touched.
"""

from __future__ import annotations

import contextlib
import datetime
import hashlib
import importlib.metadata
import json
import math
import os
import re
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import BinaryIO

from benchmarks.measuring import Memory, cpu_seconds, memory, size, tree
from benchmarks.users import play
from benchmarks.wording import Conversations
from madoguchi import training
from madoguchi.serve import HOST, require_free
from madoguchi.terminal import QUIET, Advice, Elapsed

ROOT = Path(__file__).parents[1]
WORKSHOP = ROOT / "var/bench"
STOCK = Path("benchmarks/stock")
# The packages that only the baseline "spacy" needs, beside .venv so that nothing of them reaches madoguchi.
EXTRAS = WORKSHOP / "packages"
# What is not shared with the folder of a system: what it writes itself, and what is of no use to it.
OWN = {"var", "models", "results", ".git", ".rasa", ".venv", "graph.html"}
# Files beside the training data that decide what a stock model learns. Its other parts are Rasa's own.
STOCK_INPUTS = ("domain.yml", "madoguchi/nlu/linker.py", "madoguchi/nlu/choices.py")
STOCK_PACKAGES = ("rasa", "tensorflow-cpu", "scikit-learn", "sudachipy", "sudachidict-core")
RECORD = "training.json"
LONGEST_START = 600.0  # seconds; a stock server with spaCy was seen to need 150 beside other work on two cores
SETTLING = 3.0  # seconds; a server that hardly worked for so long is idle
STILL = 0.05  # of a core
LONGEST_SETTLING = 60.0  # seconds; then it is measured as it is
BETWEEN_TRIES = 0.05  # seconds between two attempts to get a first answer, and so the error of the time to start


@dataclass(frozen=True, slots=True)
class Training:
    """A training that was measured: seconds on the clock, seconds of all cores together, and the day.

    `epochs` is None for all that the configuration asks for, else how many there were instead. `load` is how many
    processes wanted a core when it began, `setup` what was trained, apart from the utterances, and `outdated` says that
    the utterances have changed since.
    """

    seconds: float
    cpu_seconds: float
    day: str
    epochs: int | None = None
    load: float | None = None
    setup: str = ""
    outdated: bool = False


@dataclass(frozen=True, slots=True)
class System:
    """One assistant. `id` is also its folder's name."""

    id: str
    title: str
    stock: bool

    @property
    def home(self) -> Path:
        """The folder that it runs in."""
        return WORKSHOP / self.id

    @property
    def environment(self) -> dict[str, str]:
        """Of its processes."""
        extras = {"PYTHONPATH": str(EXTRAS)} if self.id == "spacy" else {}
        return os.environ | QUIET | extras

    def prepare(self) -> None:
        """Make its folder anew: the project's files as links, no conversations, no models."""
        shutil.rmtree(self.home, ignore_errors=True)
        (self.home / "var").mkdir(parents=True)
        (self.home / "models").mkdir()
        for entry in ROOT.iterdir():
            if entry.name not in OWN:
                (self.home / entry.name).symlink_to(entry)

    def digest(self) -> str:
        """Twelve hexadecimal digits that change when its model must be trained again."""
        if not self.stock:
            return training.digest(ROOT)
        files = [ROOT / name for name in STOCK_INPUTS]
        folders = [ROOT / name for name in training.TRAINING_FOLDERS]
        files += sorted(file for folder in folders for file in folder.rglob("*.yml"))
        return _digest(files, self.setup())

    def setup(self) -> str:
        """Twelve hexadecimal digits that change with a stock assistant's pipeline, policies, stories or packages."""
        files = [ROOT / STOCK / f"{self.id}.yml", ROOT / STOCK / "stories.yml", ROOT / STOCK / "tokenizer.py"]
        packages = [f"{package}=={importlib.metadata.version(package)}" for package in STOCK_PACKAGES]
        if self.id == "spacy":
            files.append(ROOT / STOCK / "requirements.lock")
        return _digest(files, *packages)

    def _training_command(self, epochs: int | None) -> list[str]:
        if not self.stock:
            return [sys.executable, "-m", "madoguchi.training"]
        text = (ROOT / STOCK / f"{self.id}.yml").read_text(encoding="utf-8")
        config = self.home / "stock.yml"
        config.write_text(re.sub(r"(?<=epochs: )\d+", str(epochs), text) if epochs else text, encoding="utf-8")
        data = [name for name in training.TRAINING_FOLDERS if (ROOT / name).is_dir()]
        command = [sys.executable, "-m", "rasa", "train", "--force", "--out", "models", "--domain", "domain.yml"]
        return [*command, "--config", config.name, "--data", *data, str(STOCK / "stories.yml")]

    def train(self, *, epochs: int | None = None, keep: bool = False) -> Training:
        """Its model in its folder: from the cache, or trained and measured now.

        With `epochs` a stock assistant that has no model yet is trained so many epochs only. With `keep` it gets the
        best one it ever had with this setup: how fast it answers does not depend on which utterances it learnt.
        """
        whole = WORKSHOP / "trained" / f"{self.id}-{self.digest()}"
        epochs = None if (whole / RECORD).exists() or not self.stock else epochs
        cache = Path(f"{whole}-{epochs}") if epochs else whole
        if keep and self.stock and not (cache / RECORD).exists() and (kept := self._kept()):
            cache = kept
        if not (cache / RECORD).exists():
            shutil.rmtree(cache, ignore_errors=True)
            done = self._train_now(epochs)
            cache.mkdir(parents=True)
            for model in (self.home / "models").glob("*.tar.gz"):
                shutil.copy2(model, cache)
            # Last: a training that was interrupted has no record.
            (cache / RECORD).write_text(json.dumps(asdict(done)), encoding="utf-8")
        for model in cache.glob("*.tar.gz"):
            shutil.copy2(model, self.home / "models")
        return replace(_record(cache), outdated=not cache.name.startswith(whole.name))

    def _kept(self) -> Path | None:
        """Where the model with this setup lies that had most epochs, of several the latest; None without any."""
        records = (WORKSHOP / "trained").glob(f"{self.id}-*/{RECORD}")
        found = [file.parent for file in records if _record(file.parent).setup == self.setup()]
        order = ((_record(folder).epochs or math.inf, (folder / RECORD).stat().st_mtime, folder) for folder in found)
        return max(order)[2] if found else None

    def _train_now(self, epochs: int | None) -> Training:
        progress = Elapsed(f"{self.title}: 学習しています / training")
        log = self.home / "var/training.log"
        load = os.getloadavg()[0]
        used, begun = _used_by_children(), time.perf_counter()
        with log.open("wb") as sink, self._process(self._training_command(epochs), sink) as process:
            while process.poll() is None:
                time.sleep(0.1)
                progress.tick()
            seconds = time.perf_counter() - begun
        if process.returncode != 0 or not list((self.home / "models").glob("*.tar.gz")):
            progress.close()
            raise Advice(_failed(f"{self.title}: 学習できませんでした / training failed", log))
        progress.done(f"{self.title}: 学習しました / trained")
        setup = self.setup() if self.stock else ""
        day = datetime.date.today().isoformat()
        return Training(seconds, _used_by_children() - used, day, epochs, load=load, setup=setup)

    def _process(
        self, command: list[str], sink: BinaryIO, **environment: str
    ) -> contextlib.AbstractContextManager[subprocess.Popen[bytes]]:
        return ended(
            subprocess.Popen(
                command,
                cwd=self.home,
                # Rasa would keep trained parts and skip them the next time
                env=self.environment | {"RASA_MAX_CACHE_SIZE": "0"} | environment,
                stdin=subprocess.DEVNULL,
                stdout=sink,
                stderr=subprocess.STDOUT,
                # Ctrl-C is for us: we then end the others, in order
                start_new_session=True,
            )
        )

    def _serving_commands(self, port: int) -> Iterator[list[str]]:
        if not self.stock:
            yield [sys.executable, "-m", "madoguchi.serve", "--port", str(port)]
            return
        # The server that people talk to is the last
        yield [sys.executable, "-m", "rasa", "run", "actions", "--actions", "actions", "--port", str(port + 1)]
        command = [sys.executable, "-m", "rasa", "run", "--interface", HOST, "--port", str(port), "--model", "models"]
        yield [*command, "--endpoints", str(STOCK / "endpoints.yml"), "--credentials", str(STOCK / "credentials.yml")]

    @contextlib.contextmanager
    def running(self, port: int, conversations: Conversations, **environment: str) -> Iterator[Server]:
        """A server that has given its first answer; it is stopped at the end, whatever happens."""
        require_ports(port, count=2 if self.stock else 1)
        log = self.home / "var/log/bench.log"
        log.parent.mkdir(exist_ok=True)
        begun = time.perf_counter()
        with contextlib.ExitStack() as stack:
            sink = stack.enter_context(log.open("wb"))
            processes = [
                stack.enter_context(self._process(command, sink, ACTIONS_PORT=str(port + 1), **environment))
                for command in self._serving_commands(port)
            ]
            server = Server(f"http://{HOST}:{port}", processes)
            while True:
                if any(process.poll() is not None for process in processes):
                    raise Advice(_failed(f"{self.title}: 起動できませんでした / did not start", log))
                if time.perf_counter() - begun > LONGEST_START:
                    raise Advice(_failed(f"{self.title}: {LONGEST_START:.0f} 秒たっても答えません / no answer", log))
                if play(server.address, [conversations.one()], users=1, messages=1).answered:
                    break
                time.sleep(BETWEEN_TRIES)
            server.seconds_to_first_answer = time.perf_counter() - begun
            server.cpu_seconds_to_first_answer = server.cpu_seconds()
            yield server

    @contextlib.contextmanager
    def with_connector(self, name: str) -> Iterator[None]:
        """Meanwhile its server has one more connector, this class."""
        credentials = self.home / "credentials.yml"
        text = credentials.read_text(encoding="utf-8")
        # The file in its folder is a link to the project's.
        credentials.unlink()
        credentials.write_text(f"{text}\n{name}:\n", encoding="utf-8")
        try:
            yield
        finally:
            credentials.unlink()
            credentials.symlink_to(ROOT / credentials.name)

    def stored(self) -> int:
        """Bytes in which its conversations lie, once it was stopped."""
        return size(self.home / "var", without=("log", "training.log", "catalog"))


SPACY = System("spacy", "Rasa + spaCy", stock=True)
LEAN = System("lean", "Rasa, lean", stock=True)
MADOGUCHI = System("madoguchi", "madoguchi", stock=False)
SYSTEMS = (SPACY, LEAN, MADOGUCHI)


class Server:
    """A running assistant: where it answers, and what its processes hold and use."""

    def __init__(self, address: str, processes: list[subprocess.Popen[bytes]]) -> None:
        self.address = address
        self.seconds_to_first_answer = 0.0
        self.cpu_seconds_to_first_answer = 0.0
        self._processes = processes

    def _tree(self) -> list[int]:
        return tree(process.pid for process in self._processes)

    def memory(self) -> Memory:
        """What all of its processes hold now."""
        return memory(self._tree())

    def settle(self) -> None:
        """Return when its processes are idle: what they begin at the start may go on after the first answer."""
        for _ in range(round(LONGEST_SETTLING / SETTLING)):
            used = self.cpu_seconds()
            time.sleep(SETTLING)
            if self.cpu_seconds() - used < STILL * SETTLING:
                return

    def cpu_seconds(self) -> float:
        """What all of its processes have used so far."""
        return cpu_seconds(self._tree())

    def actions_cpu_seconds(self) -> float:
        """What the action server has used so far; 0 where the actions run in the only process."""
        apart = self._processes[:-1]
        return cpu_seconds(tree(process.pid for process in apart))


@contextlib.contextmanager
def ended(process: subprocess.Popen[bytes]) -> Iterator[subprocess.Popen[bytes]]:
    """The process, which has ended with all its children when the block is left."""
    try:
        yield process
    finally:
        # As Ctrl-C and `kill` do: a store that writes at the end gets its time. It leads a group of its own.
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(timeout=20)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _record(folder: Path) -> Training:
    return Training(**json.loads((folder / RECORD).read_text(encoding="utf-8")))


def _digest(files: Iterable[Path], *texts: str) -> str:
    """Twelve hexadecimal digits of files of the project, with their names, and of `texts`."""
    total = hashlib.sha256("\n".join(texts).encode())
    for file in files:
        total.update(f"{file.relative_to(ROOT)}\0".encode() + file.read_bytes())
    return total.hexdigest()[:12]


def _used_by_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _failed(what: str, log: Path) -> str:
    text = training.CLUTTER.sub("", training.ANSI.sub("", log.read_text(encoding="utf-8", errors="replace")))
    tail = "\n".join(f"    {line}" for line in [line for line in text.splitlines() if line.strip()][-15:])
    return f"{what}\n  {log}:\n{tail}"


def require_ports(port: int, *, count: int = 2) -> None:
    """Raise Advice when one of `count` ports from `port` on is taken."""
    for needed in range(port, port + count):
        try:
            require_free(needed)
        except Advice as advice:
            raise Advice(str(advice).replace("make serve", "make bench")) from advice


def install_extras() -> None:
    """The packages of the baseline "spacy", in a folder of their own; raises Advice when they cannot be had."""
    lock = ROOT / STOCK / "requirements.lock"
    stamp = EXTRAS / ".stamp"
    wanted = hashlib.sha256(lock.read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text(encoding="utf-8") == wanted:
        return
    shutil.rmtree(EXTRAS, ignore_errors=True)
    WORKSHOP.mkdir(parents=True, exist_ok=True)
    print("spaCy を入れます / installing spaCy", file=sys.stderr, flush=True)
    log = WORKSHOP / "packages.log"
    command = [sys.executable, "-m", "pip", "install", "--no-deps", "--require-hashes", "--no-input", "--progress-bar"]
    command += ["off", "--disable-pip-version-check", "--target", str(EXTRAS), "-r", str(lock)]
    with log.open("wb") as sink:
        done = subprocess.run(command, stdout=sink, stderr=subprocess.STDOUT, check=False)
    if done.returncode != 0 or not (EXTRAS / "spacy").is_dir():
        shutil.rmtree(EXTRAS, ignore_errors=True)
        raise Advice(
            _failed("spaCy を入れられませんでした(ネットワークが要ります)。 / spaCy could not be installed.", log)
        )
    stamp.write_text(wanted, encoding="utf-8")


@contextlib.contextmanager
def busy_cores(count: int) -> Iterator[None]:
    """Keep so many cores busy with other work."""
    with contextlib.ExitStack() as stack:
        for _ in range(count):
            loop = [sys.executable, "-I", "-S", "-c", "while True: pass"]
            stack.enter_context(ended(subprocess.Popen(loop, start_new_session=True)))
        yield


def versions() -> Mapping[str, str]:
    """What the comparison depends on, with its version."""
    return {name: importlib.metadata.version(name) for name in ("rasa", "tensorflow-cpu", "sanic", "scikit-learn")}
