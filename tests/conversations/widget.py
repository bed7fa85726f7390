"""The widget's server as a browser and an attacker meet it: over HTTP, one connection a request."""

from __future__ import annotations

import http.client
import itertools
import json
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

PREFIX = "/webhooks/widget"
ORIGIN = "https://www.example.jp"
# Addresses for documentation (RFC 5737): each visitor of the tests has one, through the proxy that the tests are
_ADDRESSES: Iterator[str] = (f"203.0.113.{i % 250 + 1}" for i in itertools.count())


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]  # names in lower case
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def code(self) -> str:
        """The code of a refusal."""
        return str(self.json["error"]["code"])


@dataclass
class Visitor:
    """A person with a browser on a page of `origin`; `token` once a conversation has begun."""

    server: str
    origin: str | None = ORIGIN
    address: str = field(default_factory=lambda: next(_ADDRESSES))
    token: str = ""
    source: str = "127.0.0.1"  # the proxy's own address

    def send(
        self, method: str, path: str, body: object = None, *, raw: bytes | None = None, **headers: str | None
    ) -> Answer:
        """One request below the widget's prefix, or anywhere where `path` begins with //; None takes a header away."""
        sent: dict[str, str | None] = {"Origin": self.origin, "X-Forwarded-For": self.address}
        if self.token:
            sent["Authorization"] = f"Bearer {self.token}"
        if body is not None:
            raw = json.dumps(body).encode()
        if raw is not None:
            sent["Content-Type"] = "application/json"
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        place = urlsplit(self.server)
        connection = http.client.HTTPConnection(
            str(place.hostname), place.port, timeout=60, source_address=(self.source, 0)
        )
        try:
            url = path[1:] if path.startswith("//") else f"{PREFIX}{path}"
            connection.putrequest(method, url, skip_accept_encoding=True)
            for name, value in sent.items():
                if value is not None:
                    connection.putheader(name, value.encode("latin-1"))
            if raw is not None:
                connection.putheader("Content-Length", str(len(raw)))
            connection.endheaders(raw)
            response = connection.getresponse()
            found = {name.lower(): value for name, value in response.getheaders()}
            return Answer(response.status, found, response.read())
        finally:
            connection.close()

    def begin(self) -> Answer:
        """A conversation of one's own."""
        answer = self.send("POST", "/conversations")
        if answer.status == 201:
            self.token = answer.json["token"]
        return answer

    def say(self, text: str, *, name: str | None = None) -> Answer:
        """A message, with a name of its own unless `name` repeats one."""
        return self.send("POST", "/messages", {"id": name or str(uuid.uuid4()), "text": text})

    def choose(self, token: str) -> Answer:
        """A button."""
        return self.send("POST", "/messages", {"id": str(uuid.uuid4()), "choice": token})

    def turns(self) -> list[dict[str, Any]]:
        """What the page shows after a reload."""
        answer = self.send("GET", "/messages")
        assert answer.status == 200, answer
        found: list[dict[str, Any]] = answer.json["turns"]
        return found


def text_of(turn: dict[str, Any]) -> str:
    """What the assistant said in a turn."""
    return "\n".join(reply["text"] for reply in turn["replies"])
