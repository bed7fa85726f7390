"""madoguchi.channels.widget.conversations: once, in order, whatever happens to the line, the bot or the disk."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from madoguchi.channels.records import Records
from madoguchi.channels.widget.conversations import BEFORE_ALL, Conversations
from madoguchi.channels.widget.errors import Declined, Problem
from madoguchi.channels.widget.limits import Limiter
from madoguchi.channels.widget.turns import MOST_TURNS, Feedback, Reply, Turns


@dataclass
class Echo:
    """A bot that repeats what it hears, and keeps a record of its own as Rasa does."""

    records: Records
    heard: list[str] = field(default_factory=list)
    recorded: dict[str, str] = field(default_factory=dict)  # message name to text
    open: asyncio.Event = field(default_factory=asyncio.Event)
    talking: int = 0
    most_talking: int = 0
    offered: str = "@00000001"

    async def welcome(self, conversation: str) -> tuple[Reply, ...]:
        self.records.append(conversation, at=0.0, state="[]", events="[]")
        return (self._reply("いらっしゃいませ"),)

    async def answer(self, conversation: str, text: str, *, message: str) -> tuple[Reply, ...]:
        self.talking += 1
        self.most_talking = max(self.most_talking, self.talking)
        self.heard.append(text)
        await self.open.wait()
        await asyncio.sleep(0)
        self.talking -= 1
        self.recorded[message] = text
        if text == "消して":
            self.records.delete(conversation)
        return (self._reply(f"承りました:{text}"),)

    async def recall(self, conversation: str, message: str) -> tuple[Reply, ...]:
        return (self._reply(f"承りました:{self.recorded[message]}"),) if message in self.recorded else ()

    async def forget(self, conversation: str) -> None:
        self.records.delete(conversation)

    def _reply(self, text: str) -> Reply:
        choices = [{"title": f"題{self.offered[-1]}", "token": self.offered}]
        return Reply(text=text, custom={"model": "m1", "choices": choices})


Play = Callable[[Conversations, Echo, str], Awaitable[Any]]


def play(tmp_path: Path, act: Play, *, per_minute: int = 1000, clock: Callable[[], float] = lambda: 1000.0) -> Any:
    """What `act` returns, given conversations over a fresh file, the bot, and one conversation that has begun."""

    async def played() -> Any:
        records = Records(tmp_path / "conversations.db")
        turns, bot = Turns(records), Echo(records)
        bot.open.set()
        conversations = Conversations(bot=bot, turns=turns, limiter=Limiter(per_minute), clock=clock)
        conversation, _ = await conversations.begin()
        try:
            return await act(conversations, bot, conversation)
        finally:
            await conversations.finish()
            turns.close()

    return asyncio.run(asyncio.wait_for(played(), timeout=30))


def test_途中で線が切れても_答えは作られ_送り直しに返る(tmp_path: Path) -> None:
    async def act(conversations: Conversations, bot: Echo, conversation: str) -> None:
        bot.open.clear()
        request = asyncio.create_task(conversations.say(conversation, client_id="a" * 8, text="限度額は"))
        while not bot.heard:
            await asyncio.sleep(0)
        request.cancel()  # as Sanic does when the visitor's line breaks
        with pytest.raises(asyncio.CancelledError):
            await request
        bot.open.set()
        turn = await conversations.say(conversation, client_id="a" * 8, text="限度額は")
        assert turn.replies[0].text == "承りました:限度額は"
        assert bot.heard == ["限度額は"]

    play(tmp_path, act)


def test_一つの会話では一つずつ_届いた順に_ほかの会話は待たない(tmp_path: Path) -> None:
    async def act(conversations: Conversations, bot: Echo, conversation: str) -> None:
        bot.open.clear()
        mine = [
            asyncio.create_task(conversations.say(conversation, client_id=f"message-{i}", text=f"問{i}"))
            for i in range(5)
        ]
        while not bot.heard:
            await asyncio.sleep(0)
        other, _ = await conversations.begin()
        theirs = asyncio.create_task(conversations.say(other, client_id="message-x", text="よその問"))
        while len(bot.heard) < 2:
            await asyncio.sleep(0)
        bot.open.set()
        turns = await asyncio.gather(*mine)
        await theirs
        assert [turn.number for turn in turns] == [1, 2, 3, 4, 5]
        assert [text for text in bot.heard if text != "よその問"] == [f"問{i}" for i in range(5)]
        assert bot.most_talking == 2  # one for each conversation

    play(tmp_path, act)


def test_答えを書く前に落ちた文は_Rasaの記録から答えが戻る(tmp_path: Path) -> None:
    async def act(conversations: Conversations, bot: Echo, conversation: str) -> None:
        first = await conversations.say(conversation, client_id="a" * 8, text="限度額は")
        with bot.records.change() as database:
            database.execute("UPDATE turns SET replies = NULL WHERE number = 1")
        assert [turn.number for turn in await conversations.history(conversation, after=BEFORE_ALL)] == [0]
        again = await conversations.say(conversation, client_id="a" * 8, text="限度額は")
        assert (again.number, again.replies) == (first.number, first.replies)
        assert bot.heard == ["限度額は"]

    play(tmp_path, act)


def test_Rasaも知らない文は_いま答える(tmp_path: Path) -> None:
    async def act(conversations: Conversations, bot: Echo, conversation: str) -> None:
        await conversations.say(conversation, client_id="a" * 8, text="限度額は")
        with bot.records.change() as database:
            database.execute("UPDATE turns SET replies = NULL WHERE number = 1")
        bot.recorded.clear()
        turn = await conversations.say(conversation, client_id="a" * 8, text="限度額は")
        assert turn.number == 1
        assert bot.heard == ["限度額は", "限度額は"]

    play(tmp_path, act)


def test_消えた会話は二度と始まらない(tmp_path: Path) -> None:
    async def act(conversations: Conversations, bot: Echo, conversation: str) -> None:
        await conversations.end(conversation)
        await conversations.end(conversation)
        for request in (
            conversations.say(conversation, client_id="a" * 8, text="限度額は"),
            conversations.choose(conversation, client_id="b" * 8, token="@00000001"),
            conversations.history(conversation, after=BEFORE_ALL),
            conversations.rate(conversation, 0, Feedback(useful=True)),
        ):
            with pytest.raises(Declined) as caught:
                await request
            assert caught.value.problem is Problem.GONE
        assert bot.heard == []
        assert bot.records.names() == []

    play(tmp_path, act)


def test_消してと言われて消えた会話は_その返事で知らせる(tmp_path: Path) -> None:
    async def act(conversations: Conversations, bot: Echo, conversation: str) -> None:
        assert not (await conversations.say(conversation, client_id="a" * 8, text="限度額は")).erased
        turn = await conversations.say(conversation, client_id="b" * 8, text="消して")
        assert turn.erased
        assert turn.replies[0].text == "承りました:消して"
        assert bot.records.names() == []

    play(tmp_path, act)


def test_最後の返事のボタンは札で_前のは題で尋ねる(tmp_path: Path) -> None:
    async def act(conversations: Conversations, bot: Echo, conversation: str) -> None:
        bot.offered = "@00000002"
        await conversations.say(conversation, client_id="a" * 8, text="限度額は")
        last = await conversations.choose(conversation, client_id="b" * 8, token="@00000002")
        before = await conversations.choose(conversation, client_id="c" * 8, token="@00000001")
        assert (last.said, before.said) == ("題2", "題1")
        assert bot.heard == ["限度額は", "@00000002", "題1"]
        assert await conversations.choose(conversation, client_id="b" * 8, token="@00000002") == last
        with pytest.raises(Declined) as caught:
            await conversations.choose(conversation, client_id="d" * 8, token="@99999999")
        assert caught.value.problem is Problem.NO_CHOICE

    play(tmp_path, act)


def test_速すぎる人は待ち_答えた文の送り直しは待たない(tmp_path: Path) -> None:
    now = [1000.0]

    async def act(conversations: Conversations, bot: Echo, conversation: str) -> None:
        first = await conversations.say(conversation, client_id="message-0", text="問")
        await conversations.say(conversation, client_id="message-1", text="問")
        with pytest.raises(Declined) as caught:
            await conversations.say(conversation, client_id="message-2", text="問")
        assert caught.value.problem is Problem.TOO_MANY
        assert caught.value.wait == 60
        assert await conversations.say(conversation, client_id="message-0", text="問") == first
        now[0] += 60
        assert (await conversations.say(conversation, client_id="message-2", text="問")).number == 3

    play(tmp_path, act, per_minute=2, clock=lambda: now[0])


def test_履歴は新しいほうから限られた数(tmp_path: Path) -> None:
    async def act(conversations: Conversations, bot: Echo, conversation: str) -> None:
        for i in range(MOST_TURNS + 5):
            await conversations.say(conversation, client_id=f"message-{i}", text="問")
        turns = await conversations.history(conversation, after=BEFORE_ALL)
        assert [turn.number for turn in turns] == list(range(6, MOST_TURNS + 6))

    play(tmp_path, act)


def test_遅いディスクを待つあいだも_ほかの人に答えられる(tmp_path: Path) -> None:
    """Another program holds the file until the loop lets it go: a loop that waits for the disk would wait for ever."""

    async def act(conversations: Conversations, bot: Echo, conversation: str) -> None:
        other = sqlite3.connect(tmp_path / "conversations.db", isolation_level=None, check_same_thread=False)
        other.execute("BEGIN IMMEDIATE")
        asyncio.get_running_loop().call_later(0.05, lambda: other.execute("ROLLBACK"))
        assert await conversations.history(conversation, after=BEFORE_ALL)
        other.close()

    play(tmp_path, act)
