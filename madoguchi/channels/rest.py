"""Rasa's REST channel for people: whatever is sent is text, and whatever is sent gets an answer.

`POST /webhooks/rest/webhook` with `{"sender": "…", "message": "…"}`, as with Rasa's own channel.
"""

from __future__ import annotations

import copy
import logging
import unicodedata
from collections.abc import Awaitable, Callable
from typing import Any

from rasa.core.channels.channel import CollectingOutputChannel, UserMessage
from rasa.core.channels.rest import RestInput
from sanic import Blueprint
from sanic.request import Request

logger = logging.getLogger(__name__)

Send = Callable[[dict[str, Any]], Awaitable[None]]

# Cc control, Cf format (zero width, direction), Cs lone surrogates, which no database accepts.
INVISIBLE = frozenset({"Cc", "Cf", "Cs"})
# Layout, and the joiner inside emoji such as 👩‍💼.
KEPT = frozenset("\n\t\u200d")
# Rasa's mark of a ready-made intent (`/greet`), and the sign that looks the same and means nothing to it.
INTENT_PREFIX = "/"
PLAIN_PREFIX = "\uff0f"

# The ready-made reading of a message without text. A classifier that sees no features names some intent all the same
# (LogisticRegressionClassifier does), so Rasa's own word for "not understood" stands here in its place.
NOTHING_SAID: dict[str, Any] = {
    "text": "",
    "intent": {"name": "nlu_fallback", "confidence": 1.0},
    "intent_ranking": [],
    "entities": [],
}

# The last resort, when nobody below found a word. Every known case has its own sentence in data/responses.
APOLOGY = (
    "申し訳ありません。うまくお答えできませんでした。言葉を変えて、もう一度お尋ねください。\n"
    "Sorry, no answer could be made. Please ask again in other words."
)


def plain_text(message: object) -> str:
    """What a person typed, as text: no invisible characters, no intent shortcut; "" for anything that is no text.

    >>> plain_text("/greet")
    '／greet'
    >>> plain_text(" \\u200b/greet\\x00 ")
    '／greet'
    >>> plain_text("融資は\\n1/2補助は?")
    '融資は\\n1/2補助は?'
    >>> plain_text(None), plain_text(42), plain_text(["/greet"])
    ('', '', '')
    """
    if not isinstance(message, str):
        return ""
    visible = "".join(char for char in message if char in KEPT or unicodedata.category(char) not in INVISIBLE)
    text = visible.strip()
    return PLAIN_PREFIX + text[1:] if text.startswith(INTENT_PREFIX) else text


class RestChannel(RestInput):
    """REST without shortcuts and without silence. Same name and URL as Rasa's, so every REST client works."""

    @classmethod
    def name(cls) -> str:
        """Where it is: /webhooks/rest/webhook."""
        return "rest"

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """Rasa's routes, with an apology where a turn ends without a word.

        A reply goes out when the turn is stored, also to `?stream=true`: what a person has read is remembered.
        """

        async def on_message_answered(message: UserMessage) -> None:
            channel = message.output_channel
            send, held = _hold_back(channel)
            if not message.text:
                message.parse_data = copy.deepcopy(NOTHING_SAID)
            try:
                await on_new_message(message)
            except Exception:
                logger.exception("a message was not handled")
            # Also without an exception: Rasa logs what an action raises, goes on, and says nothing.
            if not held:
                await channel.send_text_message(message.sender_id, APOLOGY)
            for reply in held:
                await send(reply)

        return super().blueprint(on_message_answered)

    async def _extract_sender(self, req: Request) -> str | None:
        sender = _body(req).get("sender")
        return None if sender is None else str(sender)

    def _extract_message(self, req: Request) -> str:
        return plain_text(_body(req).get("message"))

    def _extract_input_channel(self, req: Request) -> str:
        return self.name()

    def get_metadata(self, request: Request) -> dict[str, Any] | None:
        """The client's `metadata`, if it is an object; Rasa stores it with the turn."""
        metadata = _body(request).get("metadata")
        return metadata if isinstance(metadata, dict) else None


def _body(request: Request) -> dict[str, Any]:
    """The request's JSON object, empty for any other JSON. What is no JSON at all, Sanic refuses with 400."""
    body = request.json
    return body if isinstance(body, dict) else {}


def _hold_back(channel: CollectingOutputChannel) -> tuple[Send, list[dict[str, Any]]]:
    """How to send a message through `channel`, and a list in which from now on they are put instead."""
    send: Send = channel._persist_message
    held: list[dict[str, Any]] = []

    async def hold(message: dict[str, Any]) -> None:
        held.append(message)

    channel._persist_message = hold
    return send, held
