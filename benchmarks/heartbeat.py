"""A connector that tells how long the server's event loop was kept from its other work.

It takes no messages. While something holds the loop, nobody else is heard, not even whoever only connects.
"""

from __future__ import annotations

import asyncio
import logging
from asyncio import AbstractEventLoop
from collections.abc import Awaitable, Callable
from typing import Any

from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint, HTTPResponse, Sanic, response
from sanic.request import Request

BEAT = 0.005  # seconds; what is measured is how much later than that the next beat comes
NOTED = 0.005  # seconds; the loop speaks of steps that take longer


async def beat(late: list[float]) -> None:
    """Append to `late`, for ever, how many seconds late each beat came."""
    loop = asyncio.get_running_loop()
    while True:
        begun = loop.time()
        await asyncio.sleep(BEAT)
        late.append(loop.time() - begun - BEAT)


class Steps(logging.Handler):
    """What an event loop in debug mode says about steps that took long, as seconds in `held`."""

    def __init__(self, held: list[float]) -> None:
        super().__init__(logging.WARNING)
        self._held = held

    def emit(self, record: logging.LogRecord) -> None:
        """Note the seconds of "Executing %s took %.3f seconds", as asyncio and uvloop write it."""
        if isinstance(record.args, tuple) and len(record.args) == 2 and "took" in str(record.msg):
            self._held.append(float(str(record.args[1])))


def note_steps(loop: AbstractEventLoop, held: list[float]) -> None:
    """Let `loop` append to `held` how many seconds each longer step took.

    Debug mode makes every step a little longer: what is measured is on the safe side.
    """
    loop.set_debug(True)
    loop.slow_callback_duration = NOTED
    logger = logging.getLogger("asyncio")
    # Rasa raises the level of libraries' loggers
    logger.setLevel(logging.WARNING)
    logger.propagate = False
    logger.addHandler(Steps(held))


class Heartbeat(InputChannel):
    """GET /heartbeat/lags: `late`, the delays of all beats, and `held`, the times of single steps, since it was asked
    last; both in seconds."""

    @classmethod
    def name(cls) -> str:
        """The connector's name, which Rasa also makes its URL prefix."""
        return "heartbeat"

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """A blueprint with the one route."""
        late: list[float] = []
        held: list[float] = []
        blueprint = Blueprint("heartbeat", __name__)

        async def start(app: Sanic, loop: AbstractEventLoop) -> None:
            note_steps(loop, held)
            app.add_task(beat(late))

        @blueprint.get("/lags")
        async def tell(request: Request) -> HTTPResponse:
            told = {"late": list(late), "held": list(held)}
            late.clear()
            held.clear()
            return response.json(told)

        blueprint.listener("after_server_start")(start)
        return blueprint
