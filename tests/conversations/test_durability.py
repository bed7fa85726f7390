"""What a person has read an answer to is remembered, whatever happens to the server; what is deleted is gone."""

from __future__ import annotations

import signal
import sqlite3
import time
from pathlib import Path

from tests.conversations.serving import ask, running


def said(address: str, text: str) -> str:
    return "\n".join(str(message.get("text", "")) for message in ask(address, text, sender="たなか"))


def files_hold(folder: Path, word: str) -> bool:
    """Whether any file of the database has the word in it, in whatever state."""
    return any(word.encode() in file.read_bytes() for file in folder.iterdir())


def test_返事の直後に落ちても会話は続き_消せば残らない(tmp_path: Path) -> None:
    file = tmp_path / "conversations.db"
    with running(MADOGUCHI_CONVERSATIONS=str(file)) as (address, process):
        assert "2億円" in said(address, "経営革新支援資金の限度額はいくらですか")
        process.send_signal(signal.SIGKILL)
        process.wait(timeout=20)
    assert files_hold(tmp_path, "経営革新支援資金")

    forgotten = sqlite3.connect(file)
    forgotten.execute("INSERT INTO conversations (name, at) VALUES ('むかしの人', ?)", (time.time() - 91 * 86_400,))
    forgotten.commit()
    forgotten.close()
    with running(MADOGUCHI_CONVERSATIONS=str(file)) as (address, process):
        assert "4億円" in said(address, "組合の場合は？")
        assert not files_hold(tmp_path, "むかしの人"), "90日より前の会話は、開いたときに消える"
        assert "消しました" in said(address, "この会話を消して")
        # What a reply says has happened: nothing is waited for
        assert not files_hold(tmp_path, "経営革新支援資金")
        assert not files_hold(tmp_path, "たなか")
        assert "4億円" not in said(address, "組合の場合は？")
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=20) == 0
