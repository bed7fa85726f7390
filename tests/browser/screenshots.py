"""Writes the pictures of docs/screenshots: the widget's main states on the demonstration page, at the real counter.

make screenshots
"""

from __future__ import annotations

import base64
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, ViewportSize, expect, sync_playwright

from tests.browser.conftest import CHANNEL, DESKTOP, FLAGS, TELEPHONE, Visit, chromium
from tests.conversations.serving import REPOSITORY, running

FOLDER = REPOSITORY / "docs/screenshots"
QUALITY = 82  # of WebP: the smallest at which the strokes of small Japanese type show no blur
MOST_BYTES = 1_500_000
SMALLEST = ViewportSize(width=320, height=640)
ASKED = "250万円の機械を買いました。設備投資減税は使えますか"


def picture(page: Page, name: str) -> Path:
    """The page as it is seen now, as docs/screenshots/<name>.webp."""
    page.wait_for_timeout(400)  # until what moves has come to rest
    session = page.context.new_cdp_session(page)
    shot = session.send("Page.captureScreenshot", {"format": "webp", "quality": QUALITY})
    session.detach()
    file = FOLDER / f"{name}.webp"
    file.write_bytes(base64.b64decode(shot["data"]))
    return file


def visit(browser: Browser, address: str, viewport: ViewportSize, **settings: Any) -> Visit:
    """A new visitor in front of the closed counter."""
    context = browser.new_context(viewport=viewport, locale="ja-JP", device_scale_factor=1.5, **settings)
    page = context.new_page()
    page.goto(address)
    page.locator(".launcher").wait_for()
    return Visit(page)


def pictures(browser: Browser, address: str) -> Iterator[Path]:
    """Each picture as it is made."""
    for scheme in ("light", "dark"):
        desk = visit(browser, address, DESKTOP, color_scheme=scheme)
        if scheme == "light":
            yield picture(desk.page, "closed")
        desk.open()
        desk.say(ASKED)
        yield picture(desk.page, f"answer-{scheme}")

        phone = visit(browser, address, TELEPHONE, color_scheme=scheme, has_touch=True, is_mobile=True).open()
        yield picture(phone.page, f"phone-greeting-{scheme}")
        phone.say("市場化 下限")
        yield picture(phone.page, f"phone-answer-{scheme}")
        phone.menu("持ち帰りメモ")
        expect(phone.page.locator(".note")).to_be_visible()
        yield picture(phone.page, f"phone-notes-{scheme}")
        phone.page.keyboard.press("Escape")
        phone.page.context.set_offline(True)
        phone.send("経営革新支援資金の限度額は？")
        expect(phone.page.locator(".state", has_text="送信待ち")).to_be_visible()
        yield picture(phone.page, f"phone-offline-{scheme}")

    narrow = visit(browser, address, SMALLEST, has_touch=True, is_mobile=True).open()
    narrow.say("お金を借りたい")
    yield picture(narrow.page, "narrow-choices")
    narrow.menu("電話番号の一覧")
    yield picture(narrow.page, "narrow-calls")


def main() -> int:
    """Exit code 0 with a line a picture, 1 where there is no browser or the pictures are too large together."""
    found = chromium()
    if found is None:
        print("Chromium が必要です / Chromium is needed: sudo apt install chromium fonts-noto-cjk", file=sys.stderr)
        return 1
    FOLDER.mkdir(parents=True, exist_ok=True)
    with running() as (server, _), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=FLAGS)
        made = list(pictures(browser, f"{server}{CHANNEL}/demo"))
        browser.close()
    for file in set(FOLDER.glob("*.webp")) - set(made):
        file.unlink()
    sizes = {file: file.stat().st_size for file in made}
    for file, size in sizes.items():
        print(f"{file.relative_to(REPOSITORY)}  {size // 1000} KB")
    print(f"{sum(sizes.values()) // 1000} KB")
    return 0 if sum(sizes.values()) <= MOST_BYTES else 1


if __name__ == "__main__":
    sys.exit(main())
