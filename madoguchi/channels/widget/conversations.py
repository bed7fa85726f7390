"""What visitors can do with a conversation, whatever carries it: each message is answered once, and in its order."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Coroutine
from dataclasses import replace
from datetime import datetime
from typing import Any, Protocol, TypeVar
from weakref import WeakValueDictionary

from madoguchi.channels.widget.errors import Declined, Problem
from madoguchi.channels.widget.limits import Limiter
from madoguchi.channels.widget.signing import new_conversation
from madoguchi.channels.widget.turns import Erased, Feedback, Reply, Turn, Turns

T = TypeVar("T")

BEFORE_ALL = -1  # the number of no turn: every turn is behind it


class Bot(Protocol):
    """The assistant, as a conversation needs it (madoguchi.channels.widget.bot)."""

    async def welcome(self, conversation: str) -> tuple[Reply, ...]: ...
    async def answer(self, conversation: str, text: str, *, message: str) -> tuple[Reply, ...]: ...
    async def recall(self, conversation: str, message: str) -> tuple[Reply, ...]: ...
    async def forget(self, conversation: str) -> None: ...


class Conversations:
    """The conversations of one server. `limiter` says how often one may speak; `clock` gives seconds since 1970.

    What is asked of a conversation that was erased is declined (`Problem.GONE`); erasing it again is not.
    """

    def __init__(self, *, bot: Bot, turns: Turns, limiter: Limiter, clock: Callable[[], float] = time.time) -> None:
        self._bot = bot
        self._turns = turns
        self._limiter = limiter
        self._clock = clock
        self._running: set[asyncio.Task[Any]] = set()  # asyncio itself holds tasks weakly
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def begin(self) -> tuple[str, Turn]:
        """A new conversation: its id, and the greeting."""
        conversation = new_conversation()
        return conversation, await self._alone(conversation, self._begin(conversation))

    async def say(self, conversation: str, *, client_id: str, text: str) -> Turn:
        """The turn for a message; for one that was sent before, under the same `client_id`, the turn that it had."""
        return await self._alone(conversation, self._say(conversation, client_id, text))

    async def choose(self, conversation: str, *, client_id: str, token: str) -> Turn:
        """The turn for a button that an earlier turn of this conversation offered; what was said is its title."""
        return await self._alone(conversation, self._choose(conversation, client_id, token))

    async def history(self, conversation: str, *, after: int) -> list[Turn]:
        """The turns behind turn number `after`."""
        try:
            return await self._turns.after(conversation, after)
        except Erased as error:
            raise Declined(Problem.GONE) from error

    async def rate(self, conversation: str, number: int, feedback: Feedback) -> None:
        """Keep what the visitor thinks of an answer."""
        try:
            known = await self._turns.rate(conversation, number, feedback)
        except Erased as error:
            raise Declined(Problem.GONE) from error
        if not known:
            raise Declined(Problem.NOT_FOUND)

    async def end(self, conversation: str) -> None:
        """Erase the conversation: on return nothing of it is left in any file."""
        await self._alone(conversation, self._bot.forget(conversation))

    async def _begin(self, conversation: str) -> Turn:
        greeting = self._turn(0, None, None, await self._bot.welcome(conversation))
        await self._turns.begin(conversation, greeting)
        return greeting

    async def _choose(self, conversation: str, client_id: str, token: str) -> Turn:
        for age, turn in enumerate(reversed(await self._turns.after(conversation, BEFORE_ALL))):
            if turn.client_id == client_id:
                return turn
            title = turn.title_of(token)
            if title is not None:
                # The assistant knows the buttons of its last reply; an older one is what its title says
                text = token if age == 0 else title
                return await self._say(conversation, client_id, text, shown=title)
        raise Declined(Problem.NO_CHOICE)

    async def _say(self, conversation: str, client_id: str, text: str, *, shown: str | None = None) -> Turn:
        if answered := await self._turns.find(conversation, client_id):
            return answered
        # Behind the look-up: who sends again what was answered, after a broken line, is not too fast
        if wait := self._limiter.wait(conversation, now=self._clock()):
            raise Declined(Problem.TOO_MANY, wait=wait)
        said = text if shown is None else shown
        number, interrupted = await self._turns.reserve(conversation, client_id=client_id, at=self._now(), said=said)
        message = f"{conversation}:{client_id}"
        # A server that was stopped between the two records has the answer in Rasa's alone
        replies = await self._bot.recall(conversation, message) if interrupted else ()
        replies = replies or await self._bot.answer(conversation, text, message=message)
        turn = self._turn(number, client_id, said, replies)
        try:
            await self._turns.answer(conversation, turn)
        except Erased:
            return replace(turn, erased=True)  # 「この会話を消して」
        return turn

    async def _alone(self, conversation: str, work: Coroutine[Any, Any, T]) -> T:
        """The result of `work`, which has the conversation to itself and is finished even if nobody waits any more.

        A visitor whose line breaks while the answer is made gets the same answer when the message is sent again.
        """

        async def locked() -> T:
            lock = self._locks.setdefault(conversation, asyncio.Lock())
            async with lock:
                try:
                    return await work
                except Erased as error:
                    raise Declined(Problem.GONE) from error

        task = asyncio.create_task(locked())
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        return await asyncio.shield(task)

    async def finish(self) -> None:
        """Wait for what is being answered or erased."""
        await asyncio.gather(*self._running, return_exceptions=True)

    def _turn(self, number: int, client_id: str | None, said: str | None, replies: tuple[Reply, ...]) -> Turn:
        model = next((str(reply.custom["model"]) for reply in replies if reply.custom), "")
        return Turn(number=number, client_id=client_id, at=self._now(), said=said, replies=replies, model=model)

    def _now(self) -> str:
        return datetime.fromtimestamp(self._clock()).astimezone().isoformat(timespec="seconds")
