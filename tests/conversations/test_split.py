"""The same conversations in Rasa's standard split: `rasa run actions`, and `rasa run` with credentials.split.yml.

Rasa's own processor needs ten times as long as ours, so every so many conversations are played; SPLIT=all plays all.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from madoguchi import catalog, training
from madoguchi.terminal import QUIET
from tests.conversations.conftest import REPOSITORY, Counter
from tests.conversations.serving import PATIENCE, ask
from tests.conversations.test_conversations import CONVERSATIONS, Conversation, play
from tests.ports import free_port

STRIDE = 1 if os.environ.get("SPLIT") == "all" else 6


@pytest.fixture(scope="module")
def apart(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Counter]:
    """The counter in two processes, with endpoints.yml except for the port and the file for conversations."""
    folder = tmp_path_factory.mktemp("split")
    port, actions_port = free_port(), free_port()
    settings = YAML(typ="safe").load(REPOSITORY / "endpoints.yml")
    settings["action_endpoint"]["url"] = f"http://127.0.0.1:{actions_port}/webhook"
    YAML().dump(settings, folder / "endpoints.yml")
    rasa = [sys.executable, "-m", "rasa", "run"]
    server = ["--credentials", "credentials.split.yml", "--endpoints", str(folder / "endpoints.yml")]
    server += ["--model", str(training.model_file(REPOSITORY)), "--interface", "127.0.0.1", "--port", str(port)]
    environment = os.environ | QUIET | {"MADOGUCHI_CONVERSATIONS": str(folder / "conversations.db")}
    with contextlib.ExitStack() as stack:
        for command in ([*rasa, "actions", "--port", str(actions_port)], [*rasa, *server]):
            stack.enter_context(_running(command, environment, folder / f"{len(command)}.log"))
        address = f"http://127.0.0.1:{port}"
        _wait_for_answer(address)
        yield Counter(lambda body: ask(address, body["message"], sender=body["sender"]), catalog.load(catalog.folder()))


@contextlib.contextmanager
def _running(command: list[str], environment: dict[str, str], log: Path) -> Iterator[None]:
    with log.open("wb") as sink:
        process = subprocess.Popen(command, cwd=REPOSITORY, env=environment, stdout=sink, stderr=subprocess.STDOUT)
    try:
        yield
    finally:
        process.kill()
        process.wait()


def _wait_for_answer(address: str) -> None:
    """Until both processes work: without the action server Rasa answers with nothing."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        with contextlib.suppress(OSError):
            if any("text" in part for part in ask(address, "こんにちは", sender=f"first-{time.monotonic()}")):
                return
        time.sleep(0.5)
    pytest.fail(f"{PATIENCE} 秒たっても答えません / no answer from the split server")


@pytest.mark.parametrize("conversation", CONVERSATIONS[::STRIDE])
def test_分けて動かしても同じ会話(apart: Counter, conversation: Conversation) -> None:
    play(apart.visit(), conversation)
