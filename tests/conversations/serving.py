"""A server as its user starts it, in a process of its own, for the tests that need one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import threading
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.ports import free_port

REPOSITORY = Path(__file__).parents[2]
# With what a model needs to be loaded on a busy machine; a server that hangs at its start is stopped.
PATIENCE = 120


@contextmanager
def running(*arguments: str, port: int = 0, **environment: str) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """The address of a running server, and its process; `arguments` for it, and `environment` added to ours.

    Without a `port` it takes a free one. Its conversations are kept in a folder that is removed afterwards, unless
    `environment` names a file.
    """
    with tempfile.TemporaryDirectory() as folder:
        conversations = environment.get("MADOGUCHI_CONVERSATIONS") or f"{folder}/conversations.db"
        environment["MADOGUCHI_CONVERSATIONS"] = conversations
        with _served(arguments, port, os.environ | environment) as server:
            yield server


@contextmanager
def _served(
    arguments: Sequence[str], port: int, environment: Mapping[str, str]
) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    port = port or free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "madoguchi.serve", "--port", str(port), *arguments],
        cwd=REPOSITORY,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdout is not None
    watchdog = threading.Timer(PATIENCE, process.kill)
    watchdog.start()
    try:
        line = process.stdout.readline()
        watchdog.cancel()  # what is asked of it later has a patience of its own
        assert line == f"窓口を開きました / ready: http://127.0.0.1:{port} (Ctrl-C で終了)\n"
        yield f"http://127.0.0.1:{port}", process
    finally:
        watchdog.cancel()
        process.kill()
        process.communicate()


def ask(address: str, message: object, *, sender: str | None = None) -> list[dict[str, object]]:
    """What the bot says to `message`, in a conversation of its own unless `sender` continues one."""
    sender = sender or f"test-server-{abs(hash(repr(message)))}"
    request = urllib.request.Request(
        f"{address}/webhooks/rest/webhook",
        data=json.dumps({"sender": sender, "message": message}).encode(),
        headers={"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=60) as response:
        replies: list[dict[str, object]] = json.load(response)
    return replies
