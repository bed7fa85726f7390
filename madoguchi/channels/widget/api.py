"""The widget's requests: begin, say, read again, rate, erase, and the telephone list."""

from __future__ import annotations

import functools
import json
import logging
import re
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, empty, raw

from madoguchi.catalog import Catalog
from madoguchi.channels.widget import bodies
from madoguchi.channels.widget.bot import RasaBot, store_of
from madoguchi.channels.widget.contacts import contact_list
from madoguchi.channels.widget.conversations import BEFORE_ALL, Conversations
from madoguchi.channels.widget.errors import Declined, Problem
from madoguchi.channels.widget.limits import Limiter
from madoguchi.channels.widget.origins import Origins
from madoguchi.channels.widget.settings import Settings
from madoguchi.channels.widget.signing import Refused, Signer
from madoguchi.channels.widget.turns import Turns
from madoguchi.channels.widget.visitors import is_proxy, visitor

# The list is small and changes when the data do; a browser that has it asks only whether it is still the same
CONTACTS_SECONDS = 300
STARTING_SECONDS = 5  # loading the model takes about three times that

logger = logging.getLogger(__name__)

Handler = Callable[..., Awaitable[HTTPResponse]]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Open:
    """What there is once the model is loaded."""

    conversations: Conversations
    turns: Turns
    signer: Signer
    kept_days: float


class Api:
    """The requests of one server; `clock` gives seconds since 1970."""

    def __init__(self, settings: Settings, *, catalog: Catalog, clock: Callable[[], float] = time.time) -> None:
        self._settings = settings
        self._clock = clock
        self._origins = Origins(settings.origins)
        self._requests = Limiter(settings.requests_per_minute)
        self._beginnings = Limiter(settings.conversations_per_minute)
        self._contacts = contact_list(catalog)
        self._opened: _Open | None = None
        self._warned = False

    def add_to(self, blueprint: Blueprint) -> None:
        """Add the routes, below the blueprint's prefix."""
        for method, path, handler in (
            ("POST", "/conversations", self.begin),
            ("DELETE", "/conversations", self.end),
            ("POST", "/messages", self.say),
            ("GET", "/messages", self.history),
            ("PUT", "/feedback/<number:int>", self.rate),
            ("GET", "/contacts", self.contacts),
        ):
            blueprint.add_route(_told(self._origins, handler), path, methods=[method], name=handler.__name__)

    def open(self, agent: Agent, *, handle: Callable[[UserMessage], Awaitable[Any]]) -> None:
        """Begin to answer. `handle` is Rasa's handler of messages."""
        store = store_of(agent)
        turns = Turns(store.records)
        self._opened = _Open(
            conversations=Conversations(
                bot=RasaBot(agent, handle),
                turns=turns,
                limiter=Limiter(self._settings.messages_per_minute),
                clock=self._clock,
            ),
            turns=turns,
            signer=Signer(self._settings.key, lifetime=timedelta(days=store.keep_days)),
            kept_days=store.keep_days,
        )

    async def close(self) -> None:
        """Finish what was begun."""
        if self._opened is not None:
            await self._opened.conversations.finish()
            self._opened.turns.close()

    async def begin(self, request: Request) -> HTTPResponse:
        """POST conversations: a conversation with its token and greeting."""
        opened, address = self._admit(request)
        if wait := self._beginnings.wait(address, now=self._clock()):
            raise Declined(Problem.TOO_MANY, wait=wait)
        conversation, greeting = await opened.conversations.begin()
        return _json(
            {
                "token": opened.signer.token(conversation, now=self._clock()),
                "kept_days": opened.kept_days,
                "limits": {
                    "message": self._settings.longest_message,
                    "per_minute": self._settings.messages_per_minute,
                },
                "greeting": greeting.as_json(),
            },
            status=201,
        )

    async def say(self, request: Request) -> HTTPResponse:
        """POST messages: the turn that answers."""
        opened, _ = self._admit(request)
        conversation = _conversation(request, opened.signer)
        message = bodies.message(self._body(request), longest=self._settings.longest_message)
        say = opened.conversations
        if message.token is None:
            turn = await say.say(conversation, client_id=message.client_id, text=message.text)
        else:
            turn = await say.choose(conversation, client_id=message.client_id, token=message.token)
        return _json(turn.as_json())

    async def history(self, request: Request) -> HTTPResponse:
        """GET messages: the turns so far, behind number `after` where it is given, and a token that lasts anew."""
        opened, _ = self._admit(request)
        after = request.args.get("after", str(BEFORE_ALL))
        if not re.fullmatch(r"-1|[0-9]{1,9}", after):
            raise Declined(Problem.BAD_REQUEST)
        conversation = _conversation(request, opened.signer)
        turns = await opened.conversations.history(conversation, after=int(after))
        return _json(
            {
                "turns": [turn.as_json() for turn in turns],
                "token": opened.signer.token(conversation, now=self._clock()),
            }
        )

    async def rate(self, request: Request, number: int) -> HTTPResponse:
        """PUT feedback: what the visitor thinks of an answer, in the place of what it was before."""
        opened, _ = self._admit(request)
        conversation = _conversation(request, opened.signer)
        feedback = bodies.feedback(self._body(request), longest=self._settings.longest_message)
        await opened.conversations.rate(conversation, number, feedback)
        return empty()

    async def end(self, request: Request) -> HTTPResponse:
        """DELETE conversations: nothing of it is left on this server."""
        opened, _ = self._admit(request)
        await opened.conversations.end(_conversation(request, opened.signer))
        return empty()

    async def contacts(self, request: Request) -> HTTPResponse:
        """GET contacts: the telephone list; in memory, so not counted."""
        found = {"ETag": self._contacts.etag, "Cache-Control": f"public, max-age={CONTACTS_SECONDS}"}
        if self._contacts.etag in request.headers.get("if-none-match", ""):
            return empty(status=304, headers=found)
        return raw(self._contacts.body, content_type="application/json", headers=found)

    def _admit(self, request: Request) -> tuple[_Open, str]:
        """What answers, and the visitor's address, if it may ask once more."""
        forwarded = request.headers.getall("x-forwarded-for", [])
        if forwarded and not self._warned and not is_proxy(request.ip, proxies=self._settings.proxies):
            # Everybody behind a proxy that nobody named shares one visitor's limits
            self._warned = True
            logger.warning("X-Forwarded-For of %s is not believed: no proxy of the widget's settings", request.ip)
        address = visitor(request.ip, forwarded, proxies=self._settings.proxies)
        if wait := self._requests.wait(address, now=self._clock()):
            raise Declined(Problem.TOO_MANY, wait=wait)
        if self._opened is None:
            raise Declined(Problem.STARTING, wait=STARTING_SECONDS)
        return self._opened, address

    def _body(self, request: Request) -> bytes:
        if len(request.body) > self._settings.largest_body:
            raise Declined(Problem.TOO_LARGE)
        if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
            raise Declined(Problem.NO_JSON)
        return bytes(request.body)


def _conversation(request: Request, signer: Signer) -> str:
    """The conversation whose token the request carries."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer":
        raise Declined(Problem.NOT_YOURS)
    try:
        return signer.conversation(token.strip())
    except Refused as error:
        raise Declined(Problem.NOT_YOURS) from error


def _told(origins: Origins, handler: Handler) -> Handler:
    """`handler` for the allowed origins; what it declines, and what goes wrong in it, as JSON."""

    @functools.wraps(handler)
    async def told(request: Request, **parts: Any) -> HTTPResponse:
        origin = request.headers.get("origin")
        try:
            if origin is not None and not origins.allow(origin):
                raise Declined(Problem.ORIGIN)
            response = await handler(request, **parts)
        except Declined as declined:
            response = refusal(declined)
        except Exception:
            logger.exception("%s %s failed", request.method, request.path)
            response = refusal(Declined(Problem.FAILED))
        response.headers.setdefault("Cache-Control", "no-store")
        response.headers.update(origins.headers(origin))
        return response

    return told


def refusal(declined: Declined) -> HTTPResponse:
    """The response that says why not."""
    retry = {} if declined.wait is None else {"Retry-After": str(declined.wait)}
    return _json(declined.as_json(), status=declined.status, headers=retry)


def _json(content: object, *, status: int = 200, headers: dict[str, str] | None = None) -> HTTPResponse:
    body = json.dumps(content, ensure_ascii=False).encode()
    return raw(body, status=status, content_type="application/json", headers=headers)
