"""Japanese input: the Enter that ends a conversion sends nothing. Played through the browser's own input method."""

from __future__ import annotations

from playwright.sync_api import CDPSession, expect

from tests.browser.conftest import Visitor

# An input method swallows the key; only one that reaches the page has a text
DECIDE = {"key": "Enter", "code": "Enter", "windowsVirtualKeyCode": 13, "nativeVirtualKeyCode": 13}
ENTER = {**DECIDE, "text": "\r"}


def compose(session: CDPSession, text: str) -> None:
    session.send("Input.imeSetComposition", {"text": text, "selectionStart": len(text), "selectionEnd": len(text)})


def press(session: CDPSession, key: dict[str, object]) -> None:
    session.send("Input.dispatchKeyEvent", {"type": "keyDown", **key})
    session.send("Input.dispatchKeyEvent", {"type": "keyUp", **{k: v for k, v in key.items() if k != "text"}})


def test_変換を決めるEnterでは送らない(visitor: Visitor, demo: str) -> None:
    visit = visitor(demo).open()
    session = visit.page.context.new_cdp_session(visit.page)
    visit.input.focus()
    heard = visit.input.evaluate_handle(
        "input => { const heard = []; input.addEventListener('keydown', (event) =>"
        " heard.push([event.key, event.isComposing, event.keyCode])); return heard; }"
    )
    compose(session, "せつびとうしげんぜい")
    compose(session, "設備投資減税")
    press(session, DECIDE)
    assert heard.json_value() == [["Enter", True, 13]]  # the browser was composing
    session.send("Input.insertText", {"text": "設備投資減税とは？"})
    expect(visit.input).to_have_value("設備投資減税とは？")
    expect(visit.questions).to_have_count(0)

    press(session, ENTER)
    expect(visit.questions).to_have_text(["設備投資減税とは？"])
    expect(visit.input).to_have_value("")


def test_Safariの変換を決めるEnterでは送らない(visitor: Visitor, demo: str) -> None:
    """There the composition is over when the key is heard, and only keyCode 229 tells of it."""
    visit = visitor(demo).open()
    session = visit.page.context.new_cdp_session(visit.page)
    visit.input.fill("設備投資減税とは？")
    press(session, {**DECIDE, "windowsVirtualKeyCode": 229})
    visit.page.wait_for_timeout(100)
    expect(visit.questions).to_have_count(0)


def test_評価のひとことも変換では送らない(visitor: Visitor, demo: str) -> None:
    visit = visitor(demo).open()
    visit.say("設備投資減税とは？")
    visit.last.get_by_label("役に立たなかった").click()
    word = visit.last.get_by_label("ひとこと（任意）")
    word.focus()
    session = visit.page.context.new_cdp_session(visit.page)
    compose(session, "ふるい")
    press(session, DECIDE)
    expect(word).to_be_visible()
    session.send("Input.insertText", {"text": "古い"})
    press(session, ENTER)
    expect(word).to_be_hidden()


def test_ShiftとEnterは改行(visitor: Visitor, demo: str) -> None:
    visit = visitor(demo).open()
    visit.input.fill("設備投資減税とは？")
    visit.input.press("Shift+Enter")
    visit.input.press_sequentially("利率は？")
    expect(visit.input).to_have_value("設備投資減税とは？\n利率は？")
    expect(visit.questions).to_have_count(0)
