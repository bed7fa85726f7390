"""Users who talk to a server over REST, several at once, without a pause between an answer and the next question."""

from __future__ import annotations

import asyncio
import json
import math
import time
import urllib.request
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

import aiohttp

from benchmarks.measuring import percentile
from benchmarks.wording import Expected, Message

PATH = "/webhooks/rest/webhook"
# Where benchmarks.heartbeat.Heartbeat tells
LAGS_PATH = "/webhooks/heartbeat/lags"
# A reply later than this is an error. The slowest stock reply seen, at 64 users, took a tenth of it.
PATIENCE = 60.0


@dataclass(slots=True)
class Asked:
    """One message that was sent: how long the reply took in seconds, and the reply as it came."""

    text: str
    expected: Expected
    seconds: float
    status: int
    body: bytes

    @property
    def failure(self) -> str | None:
        """What kind of failure this is, None for a reply with words in it."""
        if self.status != 200:
            return f"HTTP {self.status}" if self.status else self.body.decode()
        return None if self.reply[0] else "no words"

    @property
    def reply(self) -> tuple[str, str | None]:
        """The text of the reply and what it calls itself."""
        try:
            parts = json.loads(self.body)
            text = "\n".join(str(part["text"]) for part in parts if "text" in part)
            outcomes = [part["custom"]["outcome"] for part in parts if "custom" in part]
        except (ValueError, TypeError, KeyError):
            return "", None
        return text, outcomes[-1] if outcomes else None

    @property
    def right(self) -> bool:
        """Whether the reply says what it must."""
        return self.failure is None and self.expected.fits(*self.reply)


@dataclass(slots=True)
class Round:
    """What `users` users asked together in `seconds` seconds."""

    users: int
    seconds: float = 0.0
    asked: list[Asked] = field(default_factory=list)

    @property
    def answered(self) -> list[Asked]:
        """The messages that were answered at all; only these are timed."""
        return [asked for asked in self.asked if asked.failure is None]

    @property
    def per_second(self) -> float:
        """Answered messages per second."""
        return len(self.answered) / self.seconds

    @property
    def failures(self) -> Counter[str]:
        """How many failures of each kind there were."""
        return Counter(asked.failure for asked in self.asked if asked.failure)

    @property
    def right(self) -> int:
        """How many replies said what they must."""
        return sum(asked.right for asked in self.asked)

    def quantile(self, share: float) -> float:
        """Seconds within which `share` of the answers came."""
        return percentile((asked.seconds for asked in self.answered), share)


async def _ask(session: aiohttp.ClientSession, sender: str, message: Message) -> Asked:
    status, body = 0, b""
    begun = time.perf_counter()
    try:
        async with session.post(PATH, json={"sender": sender, "message": message.text}) as response:
            status, body = response.status, await response.read()
    except (TimeoutError, aiohttp.ClientError, OSError) as error:
        body = type(error).__name__.encode()
    return Asked(message.text, message.expected, time.perf_counter() - begun, status, body)


async def _play(
    address: str, conversations: Sequence[Sequence[Message]], users: int, messages: int, longest: float
) -> Round:
    found = Round(users)
    waiting = iter(enumerate(conversations))
    left = messages
    # No two rounds, and so no two conversations, have the same sender.
    prefix = f"bench-{time.time_ns():x}"
    connector = aiohttp.TCPConnector(limit=users)
    timeout = aiohttp.ClientTimeout(total=PATIENCE)

    begun = 0.0

    async def talk(session: aiohttp.ClientSession) -> None:
        nonlocal left
        for number, conversation in waiting:
            for message in conversation:
                # All users stop together: towards the end of a round there are as many as at its beginning.
                if left == 0 or time.perf_counter() - begun > longest:
                    return
                left -= 1
                found.asked.append(await _ask(session, f"{prefix}-{number}", message))

    async with aiohttp.ClientSession(address, connector=connector, timeout=timeout) as session:
        begun = time.perf_counter()
        await asyncio.gather(*(talk(session) for _ in range(users)))
        found.seconds = time.perf_counter() - begun
    return found


def play(
    address: str,
    conversations: Sequence[Sequence[Message]],
    *,
    users: int,
    messages: int | None = None,
    longest: float = math.inf,
) -> Round:
    """`users` users hold the `conversations`, each one at a time, until `messages` (or all) of them were sent.

    After `longest` seconds nobody begins another message. What is right is judged after the last reply, so that judging
    takes no time from the server.
    """
    total = sum(map(len, conversations))
    most = total if messages is None else min(messages, total)
    return asyncio.run(_play(address, conversations, users, most, longest))


def heard(address: str) -> tuple[float, float]:
    """The longest single step of the event loop of a server with a heartbeat, and the latest beat, since it was asked
    last; seconds."""
    with urllib.request.urlopen(f"{address}{LAGS_PATH}", timeout=PATIENCE) as answer:
        told = json.load(answer)
    return max(told["held"], default=0.0), max(told["late"], default=0.0)
