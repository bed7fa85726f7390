"""The widget's requests: begin, say, read again, rate, erase, and the telephone list."""

from __future__ import annotations

import functools
import json
import logging
import time
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

from rasa.core.channels.channel import UserMessage
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, empty, raw

from madoguchi.catalog import Catalog
from madoguchi.channels.widget import bodies
from madoguchi.channels.widget.bot import RasaBot
from madoguchi.channels.widget.contacts import contact_list
from madoguchi.channels.widget.conversations import Conversations
from madoguchi.channels.widget.errors import Declined, Problem
from madoguchi.channels.widget.limits import Limiter
from madoguchi.channels.widget.origins import Origins
from madoguchi.channels.widget.settings import Settings
from madoguchi.channels.widget.signing import Refused, Signer
from madoguchi.channels.widget.turns import Turns
from madoguchi.channels.widget.visitors import visitor

# The list is small and changes when the data do; a browser that has it asks only whether it is still the same
CONTACTS_SECONDS = 300

logger = logging.getLogger(__name__)

Handle = Callable[[UserMessage], Awaitable[Any]]
Handler = Callable[..., Awaitable[HTTPResponse]]


class Api:
    """The requests of one server. `handle` is Rasa's handler of messages; `clock` gives seconds since 1970."""

    def __init__(
        self, settings: Settings, *, catalog: Catalog, handle: Handle, clock: Callable[[], float] = time.time
    ) -> None:
        self._settings = settings
        self._handle = handle
        self._clock = clock
        self._origins = Origins(settings.origins)
        self._signer = Signer(settings.key, lifetime=timedelta(days=settings.kept_days))
        self._requests = Limiter(settings.requests_per_minute)
        self._beginnings = Limiter(settings.conversations_per_minute)
        self._contacts = contact_list(catalog)
        self._turns = Turns(settings.database)
        self._conversations = Conversations(
            turns=self._turns, limiter=Limiter(settings.messages_per_minute), clock=clock
        )

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

    async def close(self) -> None:
        """Finish what was begun, and close the file of turns."""
        await self._conversations.finish()
        await self._turns.close()

    async def begin(self, request: Request) -> HTTPResponse:
        """POST conversations: a conversation with its token and greeting."""
        address = self._count(request)
        if wait := self._beginnings.wait(address, now=self._clock()):
            raise Declined(Problem.TOO_MANY, wait=wait)
        conversation, began, greeting = await self._conversations.begin(self._bot(request))
        return _json(
            {
                "token": self._signer.token(conversation, began=began),
                "kept_days": self._settings.kept_days,
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
        self._count(request)
        conversation = self._conversation(request)
        message = bodies.message(self._body(request), longest=self._settings.longest_message)
        bot, client_id = self._bot(request), message.client_id
        if message.token is None:
            turn = await self._conversations.say(bot, conversation, client_id=client_id, text=message.text)
        else:
            turn = await self._conversations.choose(bot, conversation, client_id=client_id, token=message.token)
        return _json(turn.as_json())

    async def history(self, request: Request) -> HTTPResponse:
        """GET messages: the turns so far, behind number `after` where it is given."""
        self._count(request)
        after = request.args.get("after", "-1")
        if not after.removeprefix("-").isascii() or not after.removeprefix("-").isdigit() or len(after) > 9:
            raise Declined(Problem.BAD_REQUEST)
        turns = await self._conversations.history(self._conversation(request), after=int(after))
        return _json({"turns": [turn.as_json() for turn in turns]})

    async def rate(self, request: Request, number: int) -> HTTPResponse:
        """PUT feedback: what the visitor thinks of an answer, in the place of what it was before."""
        self._count(request)
        conversation = self._conversation(request)
        feedback = bodies.feedback(self._body(request), longest=self._settings.longest_message)
        await self._conversations.rate(conversation, number, feedback)
        return empty()

    async def end(self, request: Request) -> HTTPResponse:
        """DELETE conversations: nothing of it is left on this server."""
        self._count(request)
        await self._conversations.end(self._bot(request), self._conversation(request))
        return empty()

    async def contacts(self, request: Request) -> HTTPResponse:
        """GET contacts: the telephone list; in memory, so not counted."""
        found = {"ETag": self._contacts.etag, "Cache-Control": f"public, max-age={CONTACTS_SECONDS}"}
        if self._contacts.etag in request.headers.get("if-none-match", ""):
            return empty(status=304, headers=found)
        return raw(self._contacts.body, content_type="application/json", headers=found)

    def _count(self, request: Request) -> str:
        """The visitor's address, if it may ask once more."""
        forwarded = request.headers.getall("x-forwarded-for", [])
        address = visitor(request.ip, forwarded, proxies=self._settings.proxies)
        if wait := self._requests.wait(address, now=self._clock()):
            raise Declined(Problem.TOO_MANY, wait=wait)
        return address

    def _conversation(self, request: Request) -> str:
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer":
            raise Declined(Problem.NOT_YOURS)
        try:
            return self._signer.conversation(token.strip())
        except Refused as error:
            raise Declined(Problem.NOT_YOURS) from error

    def _body(self, request: Request) -> bytes:
        if len(request.body) > self._settings.largest_body:
            raise Declined(Problem.TOO_LARGE)
        if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
            raise Declined(Problem.NO_JSON)
        return bytes(request.body)

    def _bot(self, request: Request) -> RasaBot:
        agent = getattr(request.app.ctx, "agent", None)
        if agent is None or not agent.is_ready():
            raise Declined(Problem.STARTING, wait=5)
        return RasaBot(agent, self._handle)


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
