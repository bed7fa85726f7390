"""benchmarks.users: who talks at the same time, in which order, and what counts as an answer."""

from __future__ import annotations

import asyncio
import json
import threading
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import pytest
from aiohttp import web

from benchmarks.users import PATH, Asked, Round, play
from benchmarks.wording import Expected, Message


class Counter:
    """A server that says back what it hears, and remembers who said what, and how many were served at once."""

    def __init__(self) -> None:
        self.heard: dict[str, list[str]] = defaultdict(list)
        self.at_once = self.most_at_once = 0
        self.address = ""

    async def answer(self, request: web.Request) -> web.Response:
        body = await request.json()
        self.heard[body["sender"]].append(body["message"])
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        await asyncio.sleep(0.01)
        self.at_once -= 1
        if body["message"] == "壊れて":
            return web.Response(status=500)
        reply: list[dict[str, Any]] = [{"text": f"{body['message']}ですね"}, {"custom": {"outcome": "answered"}}]
        return web.json_response([] if body["message"] == "黙って" else reply)


@pytest.fixture
def counter() -> Iterator[Counter]:
    served = Counter()
    ready, done = threading.Event(), threading.Event()

    async def serve() -> None:
        app = web.Application()
        app.router.add_post(PATH, served.answer)
        runner = web.AppRunner(app)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        served.address = f"http://127.0.0.1:{runner.addresses[0][1]}"
        ready.set()
        while not done.is_set():
            await asyncio.sleep(0.01)
        await runner.cleanup()

    thread = threading.Thread(target=lambda: asyncio.run(serve()))
    thread.start()
    ready.wait(10)
    yield served
    done.set()
    thread.join(10)


def conversation(*texts: str) -> list[Message]:
    return [Message(text, Expected((text,), "answered")) for text in texts]


def test_一つの会話は一人の話し手で_順に進む(counter: Counter) -> None:
    spoken = [[f"{i}の{j}" for j in range(4)] for i in range(6)]
    done = play(counter.address, [conversation(*texts) for texts in spoken], users=3)
    assert sorted(counter.heard.values()) == spoken
    assert counter.most_at_once == 3
    assert (done.right, len(done.asked), done.failures) == (24, 24, {})


def test_決めた数で全員がやめる(counter: Counter) -> None:
    done = play(counter.address, [conversation("a", "b", "c")] * 10, users=4, messages=10)
    assert len(done.asked) == sum(map(len, counter.heard.values())) == 10


def test_時間が来たら次を送らない(counter: Counter) -> None:
    done = play(counter.address, [conversation(*["はい"] * 1000)], users=1, longest=0.1)
    assert 0 < len(done.asked) < 100


def test_二度に分けても話し手は混ざらない(counter: Counter) -> None:
    for _ in range(2):
        play(counter.address, [conversation("a")], users=1)
    assert len(counter.heard) == 2


def test_失敗は種類ごとに数え_時間に入れない(counter: Counter) -> None:
    done = play(counter.address, [conversation("壊れて", "黙って", "限度額は")], users=1)
    assert done.failures == {"HTTP 500": 1, "no words": 1}
    assert [asked.text for asked in done.answered] == ["限度額は"]
    assert done.right == 1


def test_相手がいなければ失敗として数える() -> None:
    done = play("http://127.0.0.1:9", [conversation("もしもし")], users=1)
    assert done.failures == {"ClientConnectorError": 1}
    assert done.answered == []


def answered(seconds: float, said: str = "はい") -> Asked:
    body = json.dumps([{"text": said}]).encode()
    return Asked("問い", Expected(("はい",)), seconds, 200, body)


def test_毎秒の数と待ち時間() -> None:
    done = Round(users=2, seconds=2.0, asked=[answered(n / 100) for n in range(1, 101)])
    assert done.per_second == 50.0
    assert (done.quantile(0.5), done.quantile(0.99)) == (0.5, 0.99)


def test_言葉があっても正しいとは限らない() -> None:
    done = Round(users=1, seconds=1.0, asked=[answered(0.1), answered(0.1, "いいえ")])
    assert (len(done.answered), done.right) == (2, 1)
