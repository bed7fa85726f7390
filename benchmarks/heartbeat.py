"""A connector that tells how long the server's event loop was kept from its other work.

It takes no messages. While something holds the loop, nobody else is heard, not even whoever only connects.
"""

from __future__ import annotations

import asyncio
from asyncio import AbstractEventLoop
from collections.abc import Awaitable, Callable
from typing import Any

from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint, HTTPResponse, Sanic, response
from sanic.request import Request

BEAT = 0.005  # seconds; what is measured is how much later than that the next beat comes


async def beat(lags: list[float]) -> None:
    """Append to `lags`, for ever, how many seconds late each beat came."""
    loop = asyncio.get_running_loop()
    while True:
        begun = loop.time()
        await asyncio.sleep(BEAT)
        lags.append(loop.time() - begun - BEAT)


class Heartbeat(InputChannel):
    """GET /heartbeat/lags: the delays in seconds of all beats since the last time it was asked."""

    @classmethod
    def name(cls) -> str:
        """The connector's name, which Rasa also makes its URL prefix."""
        return "heartbeat"

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """A blueprint with the one route."""
        lags: list[float] = []
        blueprint = Blueprint("heartbeat", __name__)

        async def start(app: Sanic, loop: AbstractEventLoop) -> None:
            app.add_task(beat(lags))

        @blueprint.get("/lags")
        async def tell(request: Request) -> HTTPResponse:
            told = list(lags)
            lags.clear()
            return response.json(told)

        blueprint.listener("after_server_start")(start)
        return blueprint
