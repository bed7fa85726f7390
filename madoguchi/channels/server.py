"""Rasa's own server in this process, without its HTTP API, that says when it answers and why it cannot start.

`rasa run` does the same for a person who knows Rasa; it swallows the error when a model cannot be loaded and then
serves silence, and it says nothing when the first question can be asked.
"""

from __future__ import annotations

import asyncio
import logging
import warnings
from asyncio import AbstractEventLoop
from collections.abc import Callable
from pathlib import Path

import aiohttp
import rasa.core.run
from rasa.core.agent import Agent
from rasa.core.brokers.broker import EventBroker
from rasa.core.lock_store import LockStore
from rasa.core.tracker_store import TrackerStore
from rasa.core.utils import AvailableEndpoints
from rasa.utils.common import EXPECTED_WARNINGS
from rasa.utils.log_utils import configure_structlog
from sanic import Sanic
from threadpoolctl import threadpool_limits

from madoguchi.channels.processor import quick_agent
from madoguchi.terminal import Advice, speak_up


def run_server(
    model: Path, *, host: str, port: int, endpoints: Path, credentials: Path, on_ready: Callable[[], None]
) -> None:
    """Serve `model` on `host`:`port` until SIGINT or SIGTERM, calling `on_ready` once when it answers.

    What goes wrong while the model or the actions are loaded is raised as it is.
    """
    _log_only_what_matters()
    available = AvailableEndpoints.read_endpoints(str(endpoints))
    # The connectors are made here, the actions with them: an error in actions/ shows before the model is loaded.
    app = rasa.core.run.configure_app(
        rasa.core.run.create_http_input_channels(None, str(credentials)),
        enable_api=False,
        port=port,
        endpoints=available,
    )
    listening = False

    async def load(app: Sanic, loop: AbstractEventLoop) -> None:
        app.ctx.agent = await load_agent(model, available, loop)
        # A message's sums are so small that a second thread does nothing but wait, at the cost of a whole processor
        threadpool_limits(1, user_api="blas")

    async def announce(app: Sanic, loop: AbstractEventLoop) -> None:
        nonlocal listening
        listening = True
        here = "127.0.0.1" if host == "0.0.0.0" else host
        app.add_task(_wait_for_answer(f"http://{here}:{port}/", on_ready))

    app.register_listener(load, "before_server_start")
    app.register_listener(announce, "after_server_start")
    app.register_listener(rasa.core.run.close_resources, "after_server_stop")
    app.run(host=host, port=port, workers=1, access_log=False, motd=False)
    # Where the port was taken in the last moment, Sanic logs it and returns as after Ctrl-C.
    if not listening:
        raise Advice(
            f"ポート {port} を使えませんでした。別のポートで開いてください: PORT={port + 1}\n"
            f"Port {port} could not be used. Try another: PORT={port + 1}"
        )


async def load_agent(model: Path, endpoints: AvailableEndpoints, loop: AbstractEventLoop | None = None) -> Agent:
    """Rasa's agent for `model`. Unlike rasa.core.agent.load_agent it raises what is wrong instead of logging it."""
    broker = await EventBroker.create(endpoints.event_broker, loop=loop)
    return quick_agent(
        model,
        generator=endpoints.nlg,
        tracker_store=TrackerStore.create(endpoints.tracker_store, event_broker=broker),
        lock_store=LockStore.create(endpoints.lock_store),
        action_endpoint=endpoints.action,
    )


async def _wait_for_answer(url: str, on_ready: Callable[[], None]) -> None:
    """Ask until the server answers: "ready" is a promise that the next question gets through."""
    async with aiohttp.ClientSession() as session:
        while True:
            try:
                async with session.get(url, allow_redirects=False):
                    break  # whatever it says of this address, it says it after the model was loaded
            except aiohttp.ClientError:
                pass
            await asyncio.sleep(0.05)
    on_ready()


def _log_only_what_matters() -> None:
    """Warnings and errors to standard error; no banners, no list of routes, no line for each action."""
    configure_structlog(logging.WARNING)
    speak_up()
    for category, message in EXPECTED_WARNINGS:
        # Rasa's own list; `rasa run` silences the same ones.
        warnings.filterwarnings("ignore", message=f".*{message}", category=category)
    for name in ("sanic.root", "sanic.error", "sanic.access", "apscheduler", "tensorflow", "asyncio"):
        logging.getLogger(name).setLevel(logging.ERROR)
    # When the start fails, Sanic prints a traceback of its own for what run_server raises to its caller anyway, and
    # leaves behind the coroutine that would have listened.
    logging.getLogger("sanic.error").addFilter(lambda record: "while trying to serve" not in record.getMessage())
    logging.getLogger("py.warnings").addFilter(lambda record: "Loop.create_server" not in record.getMessage())
