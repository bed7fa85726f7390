"""madoguchi.channels: plain text in, an answer out, and actions inside the server's process."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import aiohttp
import pytest
from rasa.core.actions.action import ActionExecutionRejection, RemoteAction
from rasa.core.channels.channel import CollectingOutputChannel, InputChannel, UserMessage
from rasa.core.nlg import TemplatedNaturalLanguageGenerator
from rasa.exceptions import ModelNotFound
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import BotUttered, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.exceptions import RasaException
from rasa.utils.endpoints import EndpointConfig
from sanic import Sanic

from madoguchi.channels import in_process
from madoguchi.channels.in_process import InProcessActions, in_process_endpoint
from madoguchi.channels.rest import APOLOGY, RestChannel, plain_text
from madoguchi.channels.server import run_server
from tests.ports import free_port

HOST = "127.0.0.1"


@pytest.fixture(autouse=True)
def many_servers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sanic rewrites its own methods when it starts, and can do so once a process unless told that it is tested."""
    monkeypatch.setattr(Sanic, "test_mode", True)


# --- REST -----------------------------------------------------------------------------------------------------------

TEXTS = [
    ("設備投資の減税は?", "設備投資の減税は?"),
    ("/greet", "／greet"),
    ('/greet{"name": "x"}', '／greet{"name": "x"}'),
    ("  \u3000/restart", "／restart"),
    ("\u200b\ufeff/restart", "／restart"),
    ("\x00/\x08restart", "／restart"),
    ("//", "／/"),
    ("1/2 を補助", "1/2 を補助"),
    ("ﾎｼﾞｮｷﾝ\r\nいくら", "ﾎｼﾞｮｷﾝ\nいくら"),
    ("\u202e助補", "助補"),
    ("👩\u200d💼😀", "👩\u200d💼😀"),
    ("\ud800補助金", "補助金"),
    ("", ""),
    (" \u3000\n\u200b", ""),
    (None, ""),
    (42, ""),
    (["/greet"], ""),
    ({"text": "x"}, ""),
]


@pytest.mark.parametrize(("sent", "expected"), TEXTS)
def test_送られたものは文字だけになる(sent: object, expected: str) -> None:
    assert plain_text(sent) == expected
    plain_text(sent).encode()  # what a database does with it


async def echo(message: UserMessage) -> None:
    """Says what arrived, and as which intent if the channel decided that."""
    intent = message.parse_data["intent"]["name"] if message.parse_data else "?"
    await message.output_channel.send_text_message(message.sender_id, f"{intent}:{message.text}")


async def say_nothing(message: UserMessage) -> None:
    """As Rasa does when an action raised."""


async def fail(message: UserMessage) -> None:
    raise RuntimeError("tracker store is gone")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({"sender": "a", "message": "/greet"}, "?:／greet"),
        ({"sender": "a", "message": "補助金"}, "?:補助金"),
        ({"sender": "a", "message": ""}, "nlu_fallback:"),
        ({"sender": "a", "message": None}, "nlu_fallback:"),
        ({"sender": "a"}, "nlu_fallback:"),
        ({"message": 42, "sender": 7, "metadata": "x", "input_channel": ["y"]}, "nlu_fallback:"),
        ([], "nlu_fallback:"),
        ("/greet", "nlu_fallback:"),
        (None, "nlu_fallback:"),
    ],
)
@pytest.mark.parametrize("query", ["", "?stream=true"])
def test_どんな本文にも答える(body: Any, expected: str, query: str) -> None:
    assert ask(echo, body, query) == [expected]


@pytest.mark.parametrize("handler", [say_nothing, fail])
@pytest.mark.parametrize("query", ["", "?stream=true"])
def test_何も言えなかったときは詫びる(
    handler: Callable[[UserMessage], Awaitable[None]], query: str, caplog: pytest.LogCaptureFixture
) -> None:
    assert ask(handler, {"sender": "a", "message": "補助金"}, query) == APOLOGY.split("\n\n")
    if handler is fail:
        assert "tracker store is gone" in caplog.text


@pytest.mark.parametrize("query", ["", "?stream=true"])
def test_返事は保存が済んでから出る(query: str) -> None:
    sent: list[int] = []

    async def handle(message: UserMessage) -> None:
        await message.output_channel.send_text_message("a", "承りました")
        messages = message.output_channel.messages
        sent.append(messages.qsize() if isinstance(messages, asyncio.Queue) else len(messages))

    assert ask(handle, {"sender": "a", "message": "補助金"}, query) == ["承りました"]
    assert sent == [0]  # while the turn was being handled, and so before it was stored


def ask(handler: Callable[[UserMessage], Awaitable[None]], body: Any, query: str) -> list[str]:
    """The texts that a client gets for `body` from a running server whose Rasa is `handler`."""

    async def post(url: str, app: Sanic) -> list[str]:
        address = f"{url}/webhooks/rest/webhook{query}"
        async with aiohttp.ClientSession() as session, session.post(address, json=body) as response:
            assert response.status == 200
            if query:
                return [json.loads(line)["text"] for line in (await response.text()).splitlines() if line]
            return [message["text"] for message in await response.json()]

    return asyncio.run(with_server(RestChannel(), handler, post))


async def with_server(
    channel: InputChannel,
    handler: Callable[[UserMessage], Awaitable[None]],
    visit: Callable[[str, Sanic], Awaitable[list[str]]],
    **context: Any,
) -> list[str]:
    """What `visit` returns, called with the address of a server with `channel` alone, and its app."""
    port = free_port()
    app = Sanic(f"test_{port}", configure_logging=False)
    vars(app.ctx).update(context)
    app.blueprint(channel.blueprint(handler), url_prefix=f"/webhooks/{channel.url_prefix()}")
    server = await app.create_server(host=HOST, port=port, return_asyncio_server=True)
    assert server is not None
    await server.startup()
    await server.before_start()
    await server.start_serving()
    await server.after_start()
    try:
        return await visit(f"http://{HOST}:{port}", app)
    finally:
        server.close()
        await server.wait_closed()


# --- actions in this process ----------------------------------------------------------------------------------------

ACTIONS = """
import datetime
from rasa_sdk import Action
from rasa_sdk.events import SlotSet
from rasa_sdk.interfaces import ActionExecutionRejection


class Answer(Action):
    def name(self):
        return "action_trial_answer"

    def run(self, dispatcher, tracker, domain):
        dispatcher.utter_message(text="承りました:" + tracker.latest_message["text"])
        dispatcher.utter_message(custom={"outcome": "answered"})
        return [SlotSet("topic", "loan")]


class Decline(Action):
    def name(self):
        return "action_trial_decline"

    async def run(self, dispatcher, tracker, domain):
        raise ActionExecutionRejection(self.name(), "いまは答えません")


class Break(Action):
    def name(self):
        return "action_trial_break"

    def run(self, dispatcher, tracker, domain):
        raise ZeroDivisionError("where it broke")


class Unwritable(Action):
    def name(self):
        return "action_trial_unwritable"

    def run(self, dispatcher, tracker, domain):
        dispatcher.utter_message(custom={"as_of": datetime.date(2010, 10, 1)})
"""


@pytest.fixture
def endpoint(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[EndpointConfig]:
    """The endpoint for a package of trial actions, one module deep as in actions/."""
    (tmp_path / "trial_actions").mkdir()
    (tmp_path / "trial_actions" / "__init__.py").touch()
    (tmp_path / "trial_actions" / "trial.py").write_text(ACTIONS, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    yield in_process_endpoint("trial_actions")
    for name in ("trial_actions", "trial_actions.trial"):
        sys.modules.pop(name, None)


def run_action(name: str, endpoint: EndpointConfig) -> list[Any]:
    """What Rasa makes of the action: through its own RemoteAction, as in a server."""
    tracker = DialogueStateTracker.from_events("a", [UserUttered("補助金は?")])
    action = RemoteAction(name, endpoint)
    nlg = TemplatedNaturalLanguageGenerator({})
    return asyncio.run(action.run(CollectingOutputChannel(), nlg, tracker, Domain.empty()))


def test_アクションはこのプロセスで動く(endpoint: EndpointConfig) -> None:
    text, custom, slot = run_action("action_trial_answer", endpoint)
    assert isinstance(text, BotUttered)
    assert text.text == "承りました:補助金は?"
    assert custom.data["custom"] == {"outcome": "answered"}
    assert slot == SlotSet("topic", "loan")


def test_断ったアクションはRasaにも断りとして伝わる(endpoint: EndpointConfig) -> None:
    with pytest.raises(ActionExecutionRejection, match="いまは答えません") as caught:
        run_action("action_trial_decline", endpoint)
    assert caught.value.action_name == "action_trial_decline"


def test_壊れたアクションの誤りは場所まで伝わる(endpoint: EndpointConfig) -> None:
    with pytest.raises(ZeroDivisionError, match="where it broke"):
        run_action("action_trial_break", endpoint)


def test_ないアクションは名前を言って失敗する(endpoint: EndpointConfig) -> None:
    with pytest.raises(RasaException, match="action_trial_missing"):
        run_action("action_trial_missing", endpoint)


def test_別プロセスで送れない返事はここでも送れない(endpoint: EndpointConfig) -> None:
    with pytest.raises(TypeError, match="JSON"):
        run_action("action_trial_unwritable", endpoint)


@pytest.mark.parametrize("processor", [SimpleNamespace(action_endpoint=None), None])
def test_サーバーが始まるとアクションの呼び先が替わる(
    endpoint: EndpointConfig, monkeypatch: pytest.MonkeyPatch, processor: SimpleNamespace | None
) -> None:
    monkeypatch.setattr(in_process, "in_process_endpoint", lambda: endpoint)
    quickened: list[object] = []
    monkeypatch.setattr(in_process, "quicken", quickened.append)
    agent = SimpleNamespace(action_endpoint=None, processor=processor)

    async def look(url: str, app: Sanic) -> list[str]:
        assert app.ctx.agent.action_endpoint is endpoint
        return []

    asyncio.run(with_server(InProcessActions(), echo, look, agent=agent))
    assert quickened == [agent]
    if processor is not None:
        assert processor.action_endpoint is endpoint


# --- the server -----------------------------------------------------------------------------------------------------


def test_読めないモデルでは開かず_誤りをそのまま渡す(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "endpoints.yml").touch()
    (tmp_path / "credentials.yml").write_text("madoguchi.channels.rest.RestChannel:\n")
    (tmp_path / "model.tar.gz").write_text("not a model")
    port = free_port()
    with pytest.raises(ModelNotFound):
        run_server(
            tmp_path / "model.tar.gz",
            host=HOST,
            port=port,
            endpoints=tmp_path / "endpoints.yml",
            credentials=tmp_path / "credentials.yml",
            on_ready=lambda: pytest.fail("announced"),
        )
    assert "Traceback" not in capfd.readouterr().err
