"""What visitors can do with a conversation, whatever carries it: each message is answered once, and in its order."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Coroutine
from datetime import datetime
from typing import Any, Protocol, TypeVar
from weakref import WeakValueDictionary

from madoguchi.channels.widget.errors import Declined, Problem
from madoguchi.channels.widget.limits import Limiter
from madoguchi.channels.widget.signing import new_conversation
from madoguchi.channels.widget.turns import Feedback, Reply, Turn, Turns

T = TypeVar("T")


class Bot(Protocol):
    """The assistant, as a conversation needs it (madoguchi.channels.widget.bot)."""

    async def welcome(self, conversation: str) -> tuple[Reply, ...]: ...
    async def answer(self, conversation: str, text: str, *, message: str) -> tuple[Reply, ...]: ...
    async def recall(self, conversation: str, message: str) -> tuple[Reply, ...]: ...
    async def forget(self, conversation: str) -> None: ...


class Conversations:
    """The conversations of one server. `limiter` says how often one may speak; `clock` gives seconds since 1970."""

    def __init__(self, *, turns: Turns, limiter: Limiter, clock: Callable[[], float] = time.time) -> None:
        self._turns = turns
        self._limiter = limiter
        self._clock = clock
        self._running: set[asyncio.Task[Any]] = set()  # asyncio itself holds tasks weakly
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def begin(self, bot: Bot) -> tuple[str, float, Turn]:
        """A new conversation: its id, when it began, and the greeting."""
        conversation = new_conversation()
        began = self._clock()
        greeting = self._turn(0, None, None, await bot.welcome(conversation))
        await self._turns.begin(conversation, began=began, greeting=greeting)
        return conversation, began, greeting

    async def say(self, bot: Bot, conversation: str, *, client_id: str, text: str) -> Turn:
        """The turn for a message; for one that was sent before, under the same `client_id`, the turn that it had."""
        return await self._alone(conversation, self._say(bot, conversation, client_id, text))

    async def choose(self, bot: Bot, conversation: str, *, client_id: str, token: str) -> Turn:
        """The turn for a button that an earlier turn of this conversation offered; what was said is its title."""
        return await self._alone(conversation, self._choose(bot, conversation, client_id, token))

    async def history(self, conversation: str, *, after: int) -> list[Turn]:
        """The turns behind turn number `after`. Raises `Declined` for an erased conversation."""
        await self._require(conversation)
        return await self._turns.after(conversation, after)

    async def rate(self, conversation: str, number: int, feedback: Feedback) -> None:
        """Keep what the visitor thinks of an answer."""
        await self._require(conversation)
        if not await self._turns.rate(conversation, number, feedback):
            raise Declined(Problem.NOT_FOUND)

    async def end(self, bot: Bot, conversation: str) -> None:
        """Erase the conversation, here and in Rasa's record; nothing to do for one that is gone."""
        await self._alone(conversation, self._end(bot, conversation))

    async def _choose(self, bot: Bot, conversation: str, client_id: str, token: str) -> Turn:
        for age, turn in enumerate(reversed(await self.history(conversation, after=-1))):
            title = turn.title_of(token)
            if title is not None:
                # The assistant knows the buttons of its last reply; an older one is what its title says
                text = token if age == 0 else title
                return await self._say(bot, conversation, client_id, text, shown=title)
        raise Declined(Problem.NO_CHOICE)

    async def _say(self, bot: Bot, conversation: str, client_id: str, text: str, *, shown: str | None = None) -> Turn:
        if answered := await self._turns.find(conversation, client_id):
            return answered
        await self._require(conversation)
        # Behind the look-up: who sends again what was answered, after a broken line, is not too fast
        if wait := self._limiter.wait(conversation, now=self._clock()):
            raise Declined(Problem.TOO_MANY, wait=wait)
        said = text if shown is None else shown
        number, interrupted = await self._turns.reserve(conversation, client_id=client_id, at=self._now(), said=said)
        message = f"{conversation}:{client_id}"
        # A server that was stopped between the two records has the answer in Rasa's alone
        replies = await bot.recall(conversation, message) if interrupted else ()
        turn = self._turn(number, client_id, said, replies or await bot.answer(conversation, text, message=message))
        await self._turns.answer(conversation, turn)
        return turn

    async def _end(self, bot: Bot, conversation: str) -> None:
        # Rasa's record first: while ours is there, a visitor whose line broke can ask again for the rest to go
        await bot.forget(conversation)
        await self._turns.erase([conversation])

    async def _require(self, conversation: str) -> None:
        if not await self._turns.exists(conversation):
            raise Declined(Problem.GONE)

    async def _alone(self, conversation: str, work: Coroutine[Any, Any, T]) -> T:
        """The result of `work`, which has the conversation to itself and is finished even if nobody waits any more.

        A visitor whose line breaks while the answer is made gets the same answer when the message is sent again.
        """

        async def locked() -> T:
            lock = self._locks.setdefault(conversation, asyncio.Lock())
            async with lock:
                return await work

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
