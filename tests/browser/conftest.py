"""A real browser at the real counter: Chromium, `make serve`, and another site's pages that embed the widget."""

from __future__ import annotations

import json
import os
import shutil
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, ViewportSize, expect, sync_playwright

from tests.conversations.serving import REPOSITORY, running

WEB = REPOSITORY / "web"
NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
# Without a sandbox because tests run as root in containers; the rest keeps the browser from asking its makers' servers.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DESKTOP = ViewportSize(width=1100, height=820)
TELEPHONE = ViewportSize(width=390, height=844)
PATIENCE = 20_000  # milliseconds; only for what would otherwise never come

CHANNEL = "/webhooks/widget"


def chromium() -> str | None:
    """Where the browser is."""
    return next(filter(None, map(shutil.which, NAMES)), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium; where there is none the tests say so, but on a machine that checks for everybody they fail."""
    found = chromium()
    if found is None:
        advice = "Chromium がないので、ブラウザーでの検査をとばします: sudo apt install chromium fonts-noto-cjk"
        pytest.fail(advice) if os.environ.get("CI") else pytest.skip(advice)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def server(browser: Browser) -> Iterator[str]:
    """The address of a running counter; asks for the browser first, because a server without one is of no use."""
    with running() as (address, _):
        yield address


@dataclass
class Site:
    """The web site of somebody who embeds the widget. Pages are put into it; `web/` lies under /files/."""

    address: str
    pages: dict[str, tuple[str, dict[str, str]]] = field(default_factory=dict)

    def page(self, body: str, *, lang: str = "ja", headers: dict[str, str] | None = None) -> str:
        """The address of a new page."""
        path = f"/page-{len(self.pages)}"
        html = (
            f'<!doctype html><html lang="{lang}"><head><meta charset="utf-8"><title>店</title>'
            f'<meta name="viewport" content="width=device-width, initial-scale=1"></head>'
            f"<body><main><h1>店</h1><p>本文</p></main>{body}</body></html>"
        )
        self.pages[path] = (html, headers or {})
        return self.address + path


@pytest.fixture(scope="session")
def site() -> Iterator[Site]:
    """A site on an address of its own, as far as a browser is concerned."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body, headers = b"", {}
            if self.path in site.pages:
                html, headers = site.pages[self.path]
                body, kind = html.encode(), "text/html; charset=utf-8"
            elif (file := WEB / self.path.removeprefix("/files/")).is_file():
                body, kind = file.read_bytes(), {".js": "text/javascript", ".css": "text/css"}.get(file.suffix, "")
            else:
                self.send_error(404)
                return
            self.send_response(200)
            for name, value in {"Content-Type": kind, "Content-Length": str(len(body)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:
            """Nothing: the test's own words are enough."""

    listening = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    site = Site(f"http://127.0.0.1:{listening.server_port}")
    Thread(target=listening.serve_forever, daemon=True).start()
    yield site
    listening.shutdown()


def embedded(server: str, settings: str = "", inside: str = "") -> str:
    """What a site owner pastes."""
    return (
        f'<madoguchi-chat {settings}>{inside}</madoguchi-chat><script src="{server}{CHANNEL}/widget.js" async></script>'
    )


@dataclass
class Visit:
    """Somebody at the counter, in one tab."""

    page: Page

    @property
    def window(self) -> Locator:
        """The opened counter."""
        return self.page.locator("dialog.window")

    @property
    def answers(self) -> Locator:
        """The counter's turns, the greeting among them."""
        return self.page.locator(".desk")

    @property
    def last(self) -> Locator:
        """The newest of them."""
        return self.answers.last

    @property
    def questions(self) -> Locator:
        """What the visitor said."""
        return self.page.locator(".bubble")

    @property
    def status(self) -> Locator:
        """The status line."""
        return self.page.locator("[role=status]")

    @property
    def input(self) -> Locator:
        """Where one types."""
        return self.page.locator("textarea")

    def open(self) -> Visit:
        """Open the counter and wait for its greeting, or for what was said before."""
        self.page.locator(".launcher").click()
        expect(self.answers.first).to_be_visible(timeout=PATIENCE)
        return self

    def reload(self) -> Visit:
        """The same page again, where the counter opens by itself if it was open and there is room."""
        self.page.reload()
        expect(self.answers.first).to_be_visible(timeout=PATIENCE)
        return self

    def send(self, text: str) -> None:
        """Type and press Enter."""
        self.input.fill(text)
        self.input.press("Enter")

    def say(self, text: str) -> str:
        """The answer to `text`, as it is read."""
        before = self.answers.count()
        self.send(text)
        expect(self.answers).to_have_count(before + 1, timeout=PATIENCE)
        return self.last.inner_text()

    def choose(self, title: str) -> str:
        """The answer to pressing the button with this title."""
        before = self.answers.count()
        self.last.get_by_role("button", name=title, exact=True).click()
        expect(self.answers).to_have_count(before + 1, timeout=PATIENCE)
        return self.last.inner_text()

    def menu(self, item: str) -> None:
        """Choose from the menu."""
        self.page.locator(".head button").first.click()
        self.page.locator(".menu").get_by_role("button", name=item).click()

    def stored(self, name: str) -> Any:
        """What the browser stored under this name, at the end of its key."""
        value = self.page.evaluate(
            "name => localStorage.getItem(Object.keys(localStorage).find((key) => key.endsWith(' ' + name)))", name
        )
        return json.loads(value) if value else None

    def on_server(self, server: str) -> list[dict[str, Any]]:
        """The turns of this conversation as the server has them."""
        token = self.stored("session")["token"]
        request = urllib.request.Request(f"{server}{CHANNEL}/messages", headers={"Authorization": f"Bearer {token}"})
        with urllib.request.urlopen(request, timeout=20) as response:
            turns: list[dict[str, Any]] = json.load(response)["turns"]
        return turns


Visitor = Callable[..., Visit]


@pytest.fixture
def visitor(browser: Browser) -> Iterator[Visitor]:
    """Visits by somebody new, or by the one whose `context` is given. An error on a page fails the test."""
    errors: list[str] = []
    with ExitStack() as stack:

        def visit(address: str, *, context: BrowserContext | None = None, **settings: Any) -> Visit:
            if context is None:
                context = browser.new_context(**{"viewport": DESKTOP, "locale": "ja-JP", **settings})
                context.set_default_timeout(PATIENCE)
                stack.callback(context.close)
            page = context.new_page()
            page.on("pageerror", lambda error: errors.append(str(error)))
            page.goto(address)
            page.locator(".launcher").wait_for(state="attached")
            return Visit(page)

        yield visit
    assert errors == []


@pytest.fixture
def demo(server: str) -> str:
    """The demonstration page's address."""
    return f"{server}{CHANNEL}/demo"


def widget_files() -> list[Path]:
    """The files that make the widget; the demonstration page aside."""
    return sorted(file for file in WEB.glob("*") if file.suffix in (".js", ".css") and not file.name.startswith("demo"))
