"""What was said in the widget's conversations, and what people thought of the answers: kept on disk.

A table of its own beside Rasa's record of the same conversations (madoguchi/channels/records.py), so that whatever
deletes a conversation, by request or by age, takes both. A thread of its own, so that no disk ever holds up the
server's event loop.
"""

from __future__ import annotations

import asyncio
import json
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TypeVar

from madoguchi.channels.records import Records

T = TypeVar("T")

# A turn is two to four kilobytes: a page that is opened again loads a few hundred at most, and shows the latest.
MOST_TURNS = 100

_TABLE = """
CREATE TABLE IF NOT EXISTS turns (
    conversation INTEGER NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
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
) WITHOUT ROWID
"""


class Erased(Exception):
    """The conversation is not there, or no longer."""


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
    erased: bool = False  # the visitor asked for the conversation to be deleted, and this answer says that it was

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
            "erased": self.erased,
        }


_COLUMNS = "number, client_id, at, said, replies, model, useful, word"
_Row = tuple[int, str | None, str, str | None, str, str | None, int | None, str | None]


class Turns:
    """The turns of all conversations in `records`. Awaited from one event loop.

    Every method raises `Erased` for a conversation that is not there.
    """

    def __init__(self, records: Records) -> None:
        self._records = records
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="turns")
        with records.change() as database:
            database.execute(_TABLE)

    def close(self) -> None:
        """Finish what is being written."""
        self._thread.shutdown()

    async def begin(self, conversation: str, greeting: Turn) -> None:
        """Write the first turn of a conversation that Rasa has begun."""
        await self._change(conversation, lambda database, key: _write(database, key, greeting))

    async def find(self, conversation: str, client_id: str) -> Turn | None:
        """The answered turn with the client's message of this name."""

        def read(database: sqlite3.Connection, key: int) -> Turn | None:
            found = _select(database, "client_id = ? AND replies IS NOT NULL", (key, client_id), most=1)
            return found[0] if found else None

        return await self._change(conversation, read)

    async def reserve(self, conversation: str, *, client_id: str, at: str, said: str) -> tuple[int, bool]:
        """The number of the turn for this message, and whether it was there already: its answer never arrived here."""

        def write(database: sqlite3.Connection, key: int) -> tuple[int, bool]:
            there = database.execute(
                "SELECT number FROM turns WHERE conversation = ? AND client_id = ?", (key, client_id)
            ).fetchone()
            if there:
                return int(there[0]), True
            (last,) = database.execute("SELECT max(number) FROM turns WHERE conversation = ?", (key,)).fetchone()
            number = 0 if last is None else last + 1
            database.execute(
                "INSERT INTO turns (conversation, number, client_id, at, said) VALUES (?, ?, ?, ?, ?)",
                (key, number, client_id, at, said),
            )
            return number, False

        return await self._change(conversation, write)

    async def answer(self, conversation: str, turn: Turn) -> None:
        """Complete the reserved turn."""
        await self._change(conversation, lambda database, key: _write(database, key, turn))

    async def after(self, conversation: str, number: int) -> list[Turn]:
        """The answered turns behind turn `number`, oldest first; the latest `MOST_TURNS` of them."""
        condition = "number > ? AND replies IS NOT NULL"
        return await self._change(
            conversation, lambda database, key: _select(database, condition, (key, number), most=MOST_TURNS)
        )

    async def rate(self, conversation: str, number: int, feedback: Feedback) -> bool:
        """Put `feedback` in the place of what was thought before; False where there is no such turn."""
        useful = None if feedback.useful is None else int(feedback.useful)

        def write(database: sqlite3.Connection, key: int) -> bool:
            changed = database.execute(
                "UPDATE turns SET useful = ?, word = ? WHERE conversation = ? AND number = ? AND replies IS NOT NULL",
                (useful, feedback.word or None, key, number),
            )
            return changed.rowcount == 1

        return await self._change(conversation, write)

    async def _change(self, conversation: str, work: Callable[[sqlite3.Connection, int], T]) -> T:
        def changed() -> T:
            with self._records.change() as database:
                row = database.execute("SELECT id FROM conversations WHERE name = ?", (conversation,)).fetchone()
                if row is None:
                    raise Erased
                return work(database, int(row[0]))

        return await asyncio.get_running_loop().run_in_executor(self._thread, changed)


def _write(database: sqlite3.Connection, key: int, turn: Turn) -> None:
    replies = json.dumps([reply.as_json() for reply in turn.replies], ensure_ascii=False)
    database.execute(
        "INSERT OR REPLACE INTO turns (conversation, number, client_id, at, said, replies, model) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        (key, turn.number, turn.client_id, turn.at, turn.said, replies, turn.model),
    )


def _select(database: sqlite3.Connection, condition: str, values: tuple[object, ...], *, most: int) -> list[Turn]:
    rows = database.execute(
        f"SELECT {_COLUMNS} FROM turns WHERE conversation = ? AND {condition} ORDER BY number DESC LIMIT {most}", values
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
