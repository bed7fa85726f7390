"""The server as its user starts and stops it: `python -m madoguchi.serve`, one process, the trained model."""

from __future__ import annotations

import signal
import subprocess
import urllib.error
import urllib.request
from collections.abc import Iterator

import pytest

from tests.conversations.serving import ask, running

NAUGHTY = {
    "空": "",
    "空白だけ": " \u3000\n\t",
    "無": None,
    "数": 42,
    "リスト": ["/greet"],
    "意図の近道": "/greet",
    "再起動の近道": "/restart",
    "一万字": "融資" * 5_000,
    "絵文字": "👩\u200d💼😀🏦",
    "制御文字": "\x00\x07\u202e補助金",
    "片割れのサロゲート": "\ud800",
    "半角カナ": "ﾎｼﾞｮｷﾝ ﾊ ｲｸﾗ?",
    "HTML": "<script>alert(1)</script>",
    "JSON": '{"message": "補助金"}',
    "英語": "How much can I borrow?",
}


@pytest.fixture(scope="module")
def server() -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """The address of a running server, and its process."""
    with running() as server:
        yield server


@pytest.mark.parametrize("message", NAUGHTY.values(), ids=NAUGHTY.keys())
def test_何を送っても返事がある(server: tuple[str, subprocess.Popen[str]], message: object) -> None:
    replies = ask(server[0], message)
    assert replies
    assert any(reply.get("text") for reply in replies)


def test_質問に答える(server: tuple[str, subprocess.Popen[str]]) -> None:
    text = "\n".join(reply.get("text", "") for reply in ask(server[0], "設備投資の減税は?"))
    assert "7%" in text
    assert "30%" in text


def test_HTTPの管理APIは閉じている(server: tuple[str, subprocess.Popen[str]]) -> None:
    for path in ("status", "domain", "conversations/a/tracker"):
        with pytest.raises(urllib.error.HTTPError, match="404"):
            urllib.request.urlopen(f"{server[0]}/{path}", timeout=10)


def test_CtrlCで静かに終わる(server: tuple[str, subprocess.Popen[str]]) -> None:
    """Last in the file: the server is gone afterwards."""
    address, process = server
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=20) == 0
    with pytest.raises(urllib.error.URLError, match="refused"):
        urllib.request.urlopen(address, timeout=5)
