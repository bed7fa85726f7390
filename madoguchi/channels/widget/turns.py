"""What was said in the widget's conversations, and what people thought of the answers: kept on disk.

One SQLite file of its own, so that no write here ever waits for one of Rasa's tracker store or holds it up. A thread of
its own, so that no disk ever holds up the server's event loop.
"""

from __future__ import annotations

import asyncio
import json
import sqlite3
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")

# A turn is two to four kilobytes: a page that is opened again loads a few hundred at most, and shows the latest.
MOST_TURNS = 100

_SCHEMA = """
CREATE TABLE IF NOT EXISTS conversations (
    id    TEXT PRIMARY KEY,
    began REAL NOT NULL                -- seconds since 1970
);
CREATE INDEX IF NOT EXISTS conversations_by_age ON conversations (began);
CREATE TABLE IF NOT EXISTS turns (
    conversation TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
    number       INTEGER NOT NULL,     -- 0 is the greeting
    client_id    TEXT,                 -- the client's own name of its message
    at           TEXT NOT NULL,        -- ISO 8601 with offset
    said         TEXT,                 -- NULL: the assistant spoke first
    replies      TEXT,                 -- JSON; NULL: not answered yet
    model        TEXT,                 -- digest of the model that answered
    useful       INTEGER,              -- the visitor's verdict: 1, 0 or NULL
    word         TEXT,                 -- and a word with it
    PRIMARY KEY (conversation, number),
    UNIQUE (conversation, client_id)
);
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """One thing that the assistant said: its text, and the structure of reply.schema.json where it has one."""

    text: str
    custom: dict[str, object] | None = None

    def as_json(self) -> dict[str, object]:
        """As clients get it."""
        return {"text": self.text, "custom": self.custom}


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback:
    """What a visitor thought of an answer."""

    useful: bool | None
    word: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """What a visitor said (None for the greeting), and what came back."""

    number: int
    client_id: str | None
    at: str
    said: str | None
    replies: tuple[Reply, ...]
    model: str
    feedback: Feedback | None = None

    def title_of(self, token: str) -> str | None:
        """The title of the button with this token; None where this turn offered none."""
        for reply in self.replies:
            offered = reply.custom["choices"] if reply.custom else []
            for choice in offered if isinstance(offered, list) else []:
                if choice["token"] == token:
                    return str(choice["title"])
        return None

    def as_json(self) -> dict[str, object]:
        """As clients get it."""
        return {
            "turn": self.number,
            "id": self.client_id,
            "at": self.at,
            "said": None if self.said is None else {"text": self.said},
            "replies": [reply.as_json() for reply in self.replies],
            "feedback": self.feedback and {"useful": self.feedback.useful, "word": self.feedback.word},
            "model": self.model,
        }


_COLUMNS = "number, client_id, at, said, replies, model, useful, word"
_Row = tuple[int, str | None, str, str | None, str, str | None, int | None, str | None]


class Turns:
    """The turns of all conversations. Every method may be awaited from one event loop at a time."""

    def __init__(self, file: Path) -> None:
        """Open `file`, and make it where there is none. Raises sqlite3.Error where that cannot be."""
        file.parent.mkdir(parents=True, exist_ok=True)
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="turns")
        self._database = sqlite3.connect(file, check_same_thread=False)
        file.chmod(0o600)  # conversations are nobody else's business on a shared machine
        # Erased means overwritten: without this SQLite only forgets where the text was
        self._database.execute("PRAGMA secure_delete = ON")
        self._database.execute("PRAGMA foreign_keys = ON")
        self._database.execute("PRAGMA journal_mode = WAL")
        self._database.execute("PRAGMA synchronous = NORMAL")
        self._database.executescript(_SCHEMA)

    async def close(self) -> None:
        """Finish what is being written, and close the file."""
        await self._run(self._database.close)
        self._thread.shutdown()

    async def begin(self, conversation: str, *, began: float, greeting: Turn) -> None:
        """A new conversation with its greeting."""

        def write() -> None:
            with self._database:
                self._database.execute("INSERT INTO conversations VALUES (?, ?)", (conversation, began))
                self._write(conversation, greeting)

        await self._run(write)

    async def exists(self, conversation: str) -> bool:
        """Whether there is such a conversation: not after it was erased."""
        return await self._run(lambda: self._exists(conversation))

    async def find(self, conversation: str, client_id: str) -> Turn | None:
        """The answered turn with the client's message of this name."""
        rows = await self._run(
            lambda: self._select("client_id = ? AND replies IS NOT NULL", (conversation, client_id), "1")
        )
        return rows[0] if rows else None

    async def reserve(self, conversation: str, *, client_id: str, at: str, said: str) -> tuple[int, bool]:
        """The number of the turn for this message, and whether it was there already: its answer never arrived here."""

        def write() -> tuple[int, bool]:
            with self._database:
                row = self._database.execute(
                    "SELECT number FROM turns WHERE conversation = ? AND client_id = ?", (conversation, client_id)
                ).fetchone()
                if row:
                    return int(row[0]), True
                (number,) = self._database.execute(
                    "SELECT 1 + max(number) FROM turns WHERE conversation = ?", (conversation,)
                ).fetchone()
                self._database.execute(
                    "INSERT INTO turns (conversation, number, client_id, at, said) VALUES (?, ?, ?, ?, ?)",
                    (conversation, number, client_id, at, said),
                )
                return int(number), False

        return await self._run(write)

    async def answer(self, conversation: str, turn: Turn) -> None:
        """Complete the reserved turn."""

        def write() -> None:
            with self._database:
                self._write(conversation, turn)

        await self._run(write)

    async def after(self, conversation: str, number: int) -> list[Turn]:
        """The answered turns behind turn `number`, oldest first; the latest `MOST_TURNS` of them."""
        condition = "number > ? AND replies IS NOT NULL"
        return await self._run(lambda: self._select(condition, (conversation, number), str(MOST_TURNS)))

    async def rate(self, conversation: str, number: int, feedback: Feedback) -> bool:
        """Put `feedback` in the place of what was thought before; False where there is no such turn."""
        useful = None if feedback.useful is None else int(feedback.useful)

        def write() -> bool:
            with self._database:
                changed = self._database.execute(
                    "UPDATE turns SET useful = ?, word = ? "
                    "WHERE conversation = ? AND number = ? AND replies IS NOT NULL",
                    (useful, feedback.word or None, conversation, number),
                )
            return changed.rowcount == 1

        return await self._run(write)

    async def erase(self, conversations: Sequence[str]) -> None:
        """Overwrite everything about these conversations, in the file and in its journal."""

        def write() -> None:
            with self._database:
                self._database.executemany("DELETE FROM conversations WHERE id = ?", [(c,) for c in conversations])
            self._database.execute("PRAGMA wal_checkpoint(TRUNCATE)")

        await self._run(write)

    async def begun_before(self, moment: float, *, most: int) -> list[str]:
        """Up to `most` conversations that began before then, oldest first."""
        query = "SELECT id FROM conversations WHERE began < ? ORDER BY began LIMIT ?"
        return [row[0] for row in await self._run(lambda: self._database.execute(query, (moment, most)).fetchall())]

    async def _run(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)

    def _exists(self, conversation: str) -> bool:
        found = self._database.execute("SELECT 1 FROM conversations WHERE id = ?", (conversation,))
        return found.fetchone() is not None

    def _write(self, conversation: str, turn: Turn) -> None:
        replies = json.dumps([reply.as_json() for reply in turn.replies], ensure_ascii=False)
        self._database.execute(
            "INSERT OR REPLACE INTO turns (conversation, number, client_id, at, said, replies, model) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)",
            (conversation, turn.number, turn.client_id, turn.at, turn.said, replies, turn.model),
        )

    def _select(self, condition: str, values: tuple[object, ...], most: str) -> list[Turn]:
        rows = self._database.execute(
            f"SELECT {_COLUMNS} FROM turns WHERE conversation = ? AND {condition} ORDER BY number DESC LIMIT {most}",
            values,
        )
        return [_turn(row) for row in reversed(rows.fetchall())]


def _turn(row: _Row) -> Turn:
    number, client_id, at, said, replies, model, useful, word = row
    judged = useful is not None or word is not None
    return Turn(
        number=number,
        client_id=client_id,
        at=at,
        said=said,
        replies=tuple(Reply(text=reply["text"], custom=reply["custom"]) for reply in json.loads(replies)),
        model=model or "",
        feedback=Feedback(useful=None if useful is None else bool(useful), word=word or "") if judged else None,
    )
