"""What clients send, read: JSON of a known form and size, text without anything invisible in it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass

from madoguchi.channels.rest import plain_text
from madoguchi.channels.widget.errors import Declined, Problem
from madoguchi.channels.widget.turns import Feedback

_TOKEN = re.compile(r"@[0-9a-f]{8}")  # as `choices` in reply.schema.json has it
_CLIENT_ID = re.compile(r"[A-Za-z0-9_-]{8,64}")  # a UUID, or what else a client finds unique


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """What a visitor sends: a text, or the token of a button."""

    client_id: str
    text: str
    token: str | None = None


def message(body: bytes, *, longest: int) -> Message:
    """The message in a body. Raises `Declined` for what is none, and for more than `longest` characters."""
    content = _object(body)
    client_id = content.get("id")
    if not isinstance(client_id, str) or not _CLIENT_ID.fullmatch(client_id):
        raise Declined(Problem.BAD_REQUEST)
    token = content.get("choice")
    if token is not None:
        if not isinstance(token, str) or not _TOKEN.fullmatch(token):
            raise Declined(Problem.BAD_REQUEST)
        return Message(client_id=client_id, text="", token=token)
    text = content.get("text")
    if not isinstance(text, str):
        raise Declined(Problem.BAD_REQUEST)
    return Message(client_id=client_id, text=_readable(text, longest=longest))


def feedback(body: bytes, *, longest: int) -> Feedback:
    """The verdict in a body: `useful` true, false or null, and a word or none."""
    content = _object(body)
    useful, word = content.get("useful"), content.get("word", "")
    if not (useful is None or isinstance(useful, bool)) or not isinstance(word, str):
        raise Declined(Problem.BAD_REQUEST)
    return Feedback(useful=useful, word=_readable(word, longest=longest) if word else "")


def _readable(text: str, *, longest: int) -> str:
    """The visible part of `text`. Characters are code points, as `[...text].length` counts them in a browser."""
    visible = plain_text(text)
    if len(visible) > longest:
        raise Declined(Problem.TOO_LONG, limit=longest)
    if not visible:
        raise Declined(Problem.EMPTY)
    return visible


def _object(body: bytes) -> Mapping[str, object]:
    try:
        content = json.loads(body)
    except (ValueError, RecursionError) as error:  # RecursionError: thousands of brackets in each other
        raise Declined(Problem.BAD_REQUEST) from error
    if not isinstance(content, dict):
        raise Declined(Problem.BAD_REQUEST)
    return content
