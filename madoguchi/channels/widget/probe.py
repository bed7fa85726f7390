"""Asks a public server what it should do and what it should refuse: the proof behind docs/tasks/publish.md.

python -m madoguchi.channels.widget.probe https://madoguchi.example.jp --origin https://www.example.jp
"""

from __future__ import annotations

import argparse
import http.client
import json
import sys
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import SplitResult, urlsplit

from madoguchi.channels.widget.headers import NOTHING

_FOREIGN = "https://foreign.invalid"  # a name that nobody can have (RFC 2606)
_CLOSED = ("/", "/status", "/domain", "/webhooks/rest/webhook", "/webhooks/widget/demo")


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that was looked at."""

    good: bool
    ja: str
    en: str


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    headers: http.client.HTTPMessage
    content: Any  # the JSON, None for anything else


def probe(server: str, *, origin: str) -> Iterator[Finding]:
    """What was found out about the server at this address, as a page of `origin` sees it.

    It holds one short conversation and deletes it. Raises OSError where nobody answers.
    """
    place = urlsplit(server)

    def ask(method: str, path: str, body: object = None, *, page: str = origin, token: str = "") -> _Answer:
        return _ask(place, method, path, body, page=page, token=token)

    begun = ask("POST", "/webhooks/widget/conversations")
    allowed = begun.status == 201 and begun.headers["Access-Control-Allow-Origin"] == origin
    yield Finding(good=allowed, ja=f"{origin} のページから使える", en=f"pages of {origin} may use it ({begun.status})")
    token = str(begun.content["token"]) if begun.status == 201 else ""
    said = {"id": str(uuid.uuid4()), "text": "こんにちは"}
    answered = ask("POST", "/webhooks/widget/messages", said, token=token).status == 200
    yield Finding(good=answered, ja="質問に答える", en="a question is answered")
    foreign = ask("POST", "/webhooks/widget/conversations", page=_FOREIGN)
    refused = foreign.status == 403 and "Access-Control-Allow-Origin" not in foreign.headers
    yield Finding(good=refused, ja="ほかのサイトのページからは使えない", en="pages of other sites may not use it")
    stranger = ask("GET", "/webhooks/widget/messages", token=token[:-8] + "AAAAAAAA")
    yield Finding(good=stranger.status == 401, ja="偽の札では会話を読めない", en="a forged token reads no conversation")
    ask("DELETE", "/webhooks/widget/conversations", token=token)
    gone = ask("GET", "/webhooks/widget/messages", token=token).status == 404
    yield Finding(good=gone, ja="会話を消せる", en="a conversation can be deleted")
    opened = [path for path in _CLOSED if ask("GET", path).status < 400 or ask("POST", path, {}).status < 400]
    closed = ", ".join(opened) or "/"
    yield Finding(good=not opened, ja=f"ほかの入口は閉じている({closed})", en=f"nothing else is open ({closed})")
    locked = begun.headers["Content-Security-Policy"] == NOTHING
    yield Finding(good=locked, ja="守りの見出しが付く", en="the security headers are there")
    tls = place.scheme == "https" and "Strict-Transport-Security" in begun.headers
    yield Finding(good=tls, ja="TLS(https)と HSTS", en="TLS (https) with HSTS")


def _ask(place: SplitResult, method: str, path: str, body: object, *, page: str, token: str) -> _Answer:
    kind = http.client.HTTPSConnection if place.scheme == "https" else http.client.HTTPConnection
    connection = kind(place.hostname or "", place.port, timeout=30)
    headers = {"Origin": page, "Content-Type": "application/json"}
    if token:
        headers["Authorization"] = f"Bearer {token}"
    try:
        connection.request(method, path, None if body is None else json.dumps(body), headers)
        response = connection.getresponse()
        content = response.read()
        is_json = response.headers.get_content_type() == "application/json"
        return _Answer(response.status, response.headers, json.loads(content) if is_json and content else None)
    finally:
        connection.close()


def main(arguments: list[str] | None = None) -> int:
    """Exit code 0 when all is as it should be, 1 when something is not or nobody answers."""
    parser = argparse.ArgumentParser(
        prog="python -m madoguchi.channels.widget.probe", description="公開した窓口を調べる / look at a public server"
    )
    parser.add_argument("server", help="https://madoguchi.example.jp")
    parser.add_argument("--origin", required=True, help="https://www.example.jp")
    options = parser.parse_args(arguments)
    if urlsplit(options.server).scheme not in ("http", "https") or not urlsplit(options.server).hostname:
        parser.error(f"URL ではありません / no URL: {options.server}")
    good = True
    try:
        for finding in probe(options.server, origin=options.origin):
            print(f"{'○' if finding.good else '×'} {finding.ja} / {finding.en}", flush=True)
            good = good and finding.good
    except (OSError, http.client.HTTPException, ValueError) as error:
        print(f"× 答えがありません / no answer: {error}", file=sys.stderr)
        return 1
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
