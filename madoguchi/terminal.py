"""What the person at the terminal sees while the counter opens, and the noise that is kept from them."""

from __future__ import annotations

import logging
import os
import re
import signal
import sys
import time
from collections.abc import Callable
from types import FrameType
from typing import TextIO

# The one place for environment that Rasa and its libraries read before they are imported.
QUIET = {
    "RASA_TELEMETRY_ENABLED": "false",  # nothing about a user's questions leaves the machine
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    "TF_CPP_MIN_LOG_LEVEL": "3",  # TensorFlow tells of missing GPUs otherwise
    "LOG_LEVEL_LIBRARIES": "ERROR",
}


class Advice(Exception):
    """Something the user can mend: the text says in Japanese, then English, what is wrong and what to do."""


def silence() -> None:
    """Keep telemetry and the libraries' noise off; call before Rasa is imported. A user's own settings stay.

    Until `speak_up` is called only errors are shown: TensorFlow warns of missing parts while it is imported.
    """
    for name, value in QUIET.items():
        os.environ.setdefault(name, value)
    logging.basicConfig(stream=sys.stderr, level=logging.ERROR, format="%(levelname)s %(name)s: %(message)s")
    # As log records, because aiogram switches deprecation warnings on again whatever our filters say.
    logging.captureWarnings(True)
    logging.getLogger("py.warnings").addFilter(_is_for_us)


def speak_up() -> None:
    """Show warnings too, once everything is imported."""
    logging.getLogger().setLevel(logging.WARNING)


def _is_for_us(record: logging.LogRecord) -> bool:
    """Whether a warning tells of this project rather than of a library's future."""
    return not re.search(r"\b\w*(Deprecation|Future|Resource)Warning\b", record.getMessage())


def stop_on_termination() -> None:
    """Make SIGTERM and a closed terminal end the program the way Ctrl-C does, so that it cleans up in one place."""

    def stopped(number: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    # SIGINT as well: a job that a shell started in the background begins deaf to it
    for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(name, stopped)


def exit_code(work: Callable[[], int], *, interrupted: str = "やめました / interrupted") -> int:
    """The exit code that `work` returns; 1 with its `Advice` on standard error, 130 after Ctrl-C or a signal to end."""
    stop_on_termination()
    try:
        return work()
    except Advice as advice:
        print(f"\n{advice}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print(f"\n{interrupted}", file=sys.stderr)
        return 130


class Elapsed:
    """One line with the seconds so far: changing in place on a terminal, every `pause` seconds elsewhere."""

    def __init__(self, words: str, *, out: TextIO | None = None, pause: float = 15.0) -> None:
        self._words = words
        self._out = out or sys.stderr
        self._pause = pause
        self._started = self._last = time.monotonic()
        self._say(f"{words} …")

    @property
    def seconds(self) -> int:
        """Whole seconds since the start."""
        return int(time.monotonic() - self._started)

    def tick(self) -> None:
        """Show the time if it is due; call it as often as you like."""
        now = time.monotonic()
        if self._out.isatty() or now - self._last >= self._pause:
            self._say(f"{self._words} … {self.seconds} s")
            self._last = now

    def done(self, words: str) -> None:
        """Replace the line by its outcome."""
        self._say(f"{words} ({self.seconds} s)")
        self.close()

    def erase(self) -> None:
        """Take the line off a terminal; what follows says more."""
        if self._out.isatty():
            self._say("")

    def close(self) -> None:
        """Leave the line as it stands."""
        if self._out.isatty():
            self._out.write("\n")
        self._out.flush()

    def _say(self, text: str) -> None:
        # \x1b[K clears what a longer line before this one left
        self._out.write(f"\r\x1b[K{text}" if self._out.isatty() else f"{text}\n")
        self._out.flush()
