"""The file in which conversations are kept: one SQLite database, and the one place that deletes from it.

`conversations` has a row a conversation, `events` a row a turn of Rasa's (madoguchi/channels/store.py). Whoever keeps
more about a conversation makes a table of their own in the same file, through `opened(file).change()`, with the column

    conversation INTEGER NOT NULL REFERENCES conversations (id) ON DELETE CASCADE

Then `delete` (one conversation) and `forget` (all older than so many days) take those rows along, in the same
transaction, and a row for a deleted conversation cannot be written: sqlite3.IntegrityError. Nothing else is to be done.

What is deleted is overwritten (`secure_delete`) and taken out of the write-ahead log, so no file here holds it any
longer. What a file system, a backup or a log of another program keeps is beyond this module.

Imports no Rasa, so that the command `python -m madoguchi.forget` starts at once.
"""

from __future__ import annotations

import functools
import logging
import os
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

DAY = 86_400.0  # seconds
VARIABLE = "MADOGUCHI_CONVERSATIONS"  # names another file than endpoints.yml does

_LAYOUT = 1  # PRAGMA user_version
_TABLES = """
CREATE TABLE conversations (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    at REAL NOT NULL
);
CREATE INDEX conversations_at ON conversations (at);
CREATE TABLE events (
    id INTEGER PRIMARY KEY,
    conversation INTEGER NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
    at REAL NOT NULL,
    state TEXT NOT NULL,
    events TEXT NOT NULL
);
CREATE INDEX events_conversation ON events (conversation);
"""
_BATCH = 20  # conversations deleted in one transaction: some milliseconds, in which nobody else can write
_PAUSE = 0.02  # seconds between batches, for those who wait
_LOG_SIZE = 4 * 2**20  # bytes; SQLite's own default is 1,000 pages of 4 KB
_ROUND = 5.0  # seconds between two looks at the log's size

_log = logging.getLogger(__name__)


class Records:
    """The conversations of one file. Each thread that uses it gets a connection of its own.

    A turn that was appended survives the end of the process, however it ends (`kill -9`). After a power failure the
    database is whole, but the last seconds may be missing (`synchronous = NORMAL`): waiting for the disk at each turn
    would hold up everybody else's.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self._connections = threading.local()
        self._cleaning = threading.Event()
        file.parent.mkdir(parents=True, exist_ok=True)
        # SQLite gives its other files the same rights: conversations are nobody else's business
        file.touch(mode=0o600)
        self._lay_out()

    def append(self, name: str, *, at: float, state: str, events: str) -> None:
        """Add a turn to the conversation `name` at `at` (seconds since 1970); it is durable on return.

        `state` is what earlier turns left behind, `events` what happened in this one, both JSON.
        """
        with self.change() as connection:
            row = connection.execute(
                "INSERT INTO conversations (name, at) VALUES (?, ?)"
                " ON CONFLICT (name) DO UPDATE SET at = excluded.at RETURNING id",
                (_writable(name), at),
            ).fetchone()
            connection.execute(
                "INSERT INTO events (conversation, at, state, events) VALUES (?, ?, ?, ?)",
                (row[0], at, _writable(state), _writable(events)),
            )

    def last(self, name: str) -> tuple[str, str] | None:
        """`state` and `events` of the conversation's last turn; None when there is no such conversation."""
        found: tuple[str, str] | None = self._connection.execute(
            "SELECT state, events FROM events WHERE conversation = (SELECT id FROM conversations WHERE name = ?)"
            " ORDER BY id DESC LIMIT 1",
            (_writable(name),),
        ).fetchone()
        return found

    def all(self, name: str) -> list[str]:
        """The `events` of every turn of the conversation, oldest first."""
        rows = self._connection.execute(
            "SELECT events FROM events WHERE conversation = (SELECT id FROM conversations WHERE name = ?) ORDER BY id",
            (_writable(name),),
        )
        return [events for (events,) in rows]

    def names(self) -> list[str]:
        """The names of all conversations."""
        return [name for (name,) in self._connection.execute("SELECT name FROM conversations ORDER BY id")]

    def has(self, name: str) -> bool:
        """Whether there is a conversation of that name."""
        row = self._connection.execute("SELECT 1 FROM conversations WHERE name = ?", (_writable(name),)).fetchone()
        return row is not None

    def delete(self, name: str) -> bool:
        """Delete a conversation and all that was kept about it; whether there was one.

        It is unreadable for everybody on return, and out of the files after `scrub`.
        """
        with self.change() as connection:
            return connection.execute("DELETE FROM conversations WHERE name = ?", (_writable(name),)).rowcount > 0

    def forget(self, *, days: float, now: float | None = None) -> int:
        """Delete the conversations in which nothing was said for `days` days, out of the files too; how many.

        A few at a time, so that those who are talking do not wait.
        """
        before = (time.time() if now is None else now) - days * DAY
        forgotten = 0
        while True:
            with self.change() as connection:
                deleted = connection.execute(
                    "DELETE FROM conversations WHERE id IN (SELECT id FROM conversations WHERE at < ? LIMIT ?)",
                    (before, _BATCH),
                ).rowcount
            forgotten += deleted
            if deleted < _BATCH:
                break
            time.sleep(_PAUSE)
        if forgotten:
            self._connection.execute("PRAGMA incremental_vacuum").fetchall()
        # Even if none was: what another process deleted may still stand in the log
        self.scrub()
        return forgotten

    def scrub(self) -> None:
        """Take what was deleted out of the files: write the log into the database and empty it.

        Raises sqlite3.OperationalError when somebody reads or writes without a pause for ten seconds.
        """
        deadline = time.monotonic() + 10
        while True:
            # The bulk first, beside those who write; only the rest keeps them waiting
            self._connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
            (busy, _, _) = self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            if not busy:
                return
            if time.monotonic() > deadline:
                raise sqlite3.OperationalError("the write-ahead log could not be emptied: the database is in use")
            time.sleep(_PAUSE)

    def keep_clean(self, *, days: float) -> None:
        """Forget what is older than `days` now and daily, and keep the log short, until the process ends.

        In a thread of its own: whoever answers never waits for a disk. Called again, it does nothing.
        """
        if not self._cleaning.is_set():
            self._cleaning.set()
            threading.Thread(target=self._clean, args=(days,), name="madoguchi-records", daemon=True).start()

    def _clean(self, days: float) -> None:
        log = self._file.with_name(f"{self._file.name}-wal")
        forgotten_at = 0.0
        while True:
            try:
                if abs(time.time() - forgotten_at) >= DAY:
                    forgotten_at = time.time()
                    forgotten = self.forget(days=days)
                    if forgotten:
                        _log.info("%s conversations older than %s days were deleted", forgotten, days)
                elif log.exists() and log.stat().st_size > _LOG_SIZE:
                    self.scrub()
            except (OSError, sqlite3.Error):
                _log.exception("%s could not be cleaned; trying again", self._file)
            time.sleep(_ROUND)

    @contextmanager
    def change(self) -> Iterator[sqlite3.Connection]:
        """A transaction: all of it is kept, or, when something is raised, nothing."""
        connection = self._connection
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield connection
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")

    @property
    def _connection(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._connections, "here", None)
        if connection is None:
            connection = sqlite3.connect(self._file, isolation_level=None, timeout=10)
            connection.execute("PRAGMA auto_vacuum = INCREMENTAL")  # takes effect on a new file only
            connection.execute("PRAGMA journal_mode = WAL").fetchone()
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.execute("PRAGMA wal_autocheckpoint = 0")  # `_clean` does it, where nobody waits
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA secure_delete = ON").fetchone()
            self._connections.here = connection
        return connection

    def _lay_out(self) -> None:
        with self.change() as connection:
            (layout,) = connection.execute("PRAGMA user_version").fetchone()
            if layout == _LAYOUT:
                return
            if layout:
                raise sqlite3.DatabaseError(f"{self._file} is of a newer version (layout {layout}, not {_LAYOUT})")
            # What versions before the first release kept, in the layout of Rasa's own store, is deleted.
            connection.execute("DROP TABLE IF EXISTS events")
            for statement in _TABLES.split(";"):
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {_LAYOUT}")
        self.scrub()


@functools.cache
def opened(file: Path) -> Records:
    """The records in `file`, one object a process for all who use it; pass an absolute path."""
    return Records(file)


def file_named(name: str) -> Path:
    """The absolute path of the file that endpoints.yml calls `name`, or that MADOGUCHI_CONVERSATIONS names instead."""
    return Path(os.environ.get(VARIABLE) or name).absolute()


def _writable(text: str) -> str:
    """The text without lone surrogates, which a client's JSON may hold and no database accepts."""
    return text.encode("utf-8", "replace").decode()
