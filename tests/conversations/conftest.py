"""The counter as a person meets it: the trained model behind the REST channel, in this process.

`counter` is what the tests here talk to. Whatever it says is held against the reply contract before a test sees it.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import logging
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from rasa.core.channels.channel import register
from rasa.utils.log_utils import configure_structlog
from sanic import Sanic

from madoguchi import catalog, training
from madoguchi.answers import reply as contract
from madoguchi.channels.in_process import in_process_endpoint
from madoguchi.channels.processor import quick_agent
from madoguchi.channels.rest import RestChannel
from madoguchi.channels.store import ConversationStore
from tests.conversations.figures import unsourced

REPOSITORY = Path(__file__).parents[2]


@dataclass(frozen=True)
class Answer:
    """One reply: what a person reads, and the structure that came with it."""

    text: str
    buttons: dict[str, str]  # title to token
    custom: dict[str, Any]

    @property
    def outcome(self) -> str:
        return str(self.custom["outcome"])


@dataclass
class Counter:
    """The assistant behind its REST channel. `post` takes what a person's page would send, and returns the answer."""

    post: Callable[[dict[str, Any]], list[dict[str, Any]]]
    catalog: catalog.Catalog
    senders: Iterator[int] = field(default_factory=itertools.count)

    def visit(self) -> Visit:
        """A conversation that nobody has begun yet."""
        return Visit(self, sender=f"visitor-{next(self.senders)}")


@dataclass
class Visit:
    """One conversation, and what the person has said in it."""

    counter: Counter
    sender: str
    said: list[str] = field(default_factory=list)

    def say(self, message: object) -> Answer:
        """The reply to `message`, after it was found to keep the reply contract."""
        messages = self.counter.post({"sender": self.sender, "message": message})
        if isinstance(message, str):
            self.said.append(message)
        answer = _answer(messages)
        jsonschema.validate(answer.custom, contract.schema())
        assert answer.text.strip(), "返事が空です"
        assert not re.search(r"[{}]|[がを]、?(?:です|。)|は、?です|です。?です", answer.text), (
            f"文がこわれています: {answer.text}"
        )
        assert answer.text == answer.custom["text"], "読まれる文と custom の text が違います"
        assert answer.text.startswith(answer.custom["lead"]), f"lead で始まっていません: {answer.text}"
        assert answer.buttons == {choice["title"]: choice["token"] for choice in answer.custom["choices"]}
        assert answer.outcome != "error", f"不具合の返事です(記録は下): {message!r}"
        invented = unsourced(answer.text, answer.custom, said=self.said, catalog=self.counter.catalog)
        assert not invented, f"出どころのない数字 {invented}: {answer.text}"
        return answer


@pytest.fixture(scope="session")
def counter(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Counter]:
    """The counter with the model of the present training data; no network, no other process, conversations kept as in
    the server."""
    model = training.model_file(REPOSITORY)
    if not model.exists():
        pytest.fail(
            f"いまの学習データのモデル models/{model.name} がありません。先に `make train` を実行してください。\n"
            f"There is no model for the present training data. Run `make train` first.",
            pytrace=False,
        )
    configure_structlog(logging.ERROR)  # every step of every policy otherwise
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    app = Sanic("conversations", configure_logging=False)
    with pytest.MonkeyPatch.context() as environment:
        environment.delenv("MADOGUCHI_CONVERSATIONS", raising=False)
        store = ConversationStore(db=str(tmp_path_factory.mktemp("var") / "conversations.db"))
    app.ctx.agent = quick_agent(model, tracker_store=store, action_endpoint=in_process_endpoint())
    register([RestChannel()], app, route="/webhooks/")
    loop.run_until_complete(app._startup())  # what a server does first: Sanic has no public name for it

    def post(body: dict[str, Any]) -> list[dict[str, Any]]:
        sent = loop.run_until_complete(_request(app, json.dumps(body).encode()))
        assert sent[0]["status"] == 200, f"HTTP {sent[0]['status']}"
        messages: list[dict[str, Any]] = json.loads(b"".join(part.get("body", b"") for part in sent))
        return messages

    yield Counter(post, catalog.load(catalog.folder()))
    loop.close()


def pytest_make_parametrize_id(val: object) -> str | None:
    """A case is known by its Japanese name; pytest would write \\u6848\\u5185."""
    return getattr(val, "name", None)


async def _request(app: Sanic, body: bytes) -> list[dict[str, Any]]:
    """The ASGI messages that answer a POST to the REST channel."""
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "http_version": "1.1",
        "method": "POST",
        "path": "/webhooks/rest/webhook",
        "query_string": b"",
        "headers": [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())],
        "scheme": "http",
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 5005),
    }
    await app(scope, receive, send)
    return sent


def _answer(messages: list[dict[str, Any]]) -> Answer:
    texts = [message for message in messages if "text" in message]
    customs = [message["custom"] for message in messages if "custom" in message]
    assert len(texts) == 1, f"返事が一つではありません: {messages}"
    assert len(customs) == 1, f"custom が一つではありません: {messages}"
    buttons = {button["title"]: button["payload"] for button in texts[0].get("buttons") or []}
    return Answer(text=texts[0]["text"], buttons=buttons, custom=customs[0])
