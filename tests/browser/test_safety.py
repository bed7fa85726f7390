"""What others can do to a page through the widget: nothing. What the widget asks of a page: as little as it says."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page, Request, expect

from tests.browser.conftest import CHANNEL, Site, Visit, Visitor, embedded, widget_files

# KB as in 1,000 bytes, the smaller reading of the two
MOST_BYTES = 30_000
MOST_BYTES_OF_LOADER = 5_000

# The least that a site has to allow; docs/tasks/embed-the-widget.md says the same
POLICY = "default-src 'none'; script-src {server}; connect-src {server}"

ATTACKS = {
    "script": "<script>alert(1)</script>",
    "img": "<img src=x onerror=alert(1)>",
    "svg": "<svg/onload=alert(1)>",
    "属性": '" onmouseover="alert(1)',
    "JavaScriptのURL": "javascript:alert(1)",
    "雛形": "{{constructor.constructor('alert(1)')()}} ${alert(1)}",
    "意図の近道": "/greet",
    "JSON": '{"id": "x", "choice": "@00000000"}',
    "実体": "&lt;b&gt;&amp;",
    "コメント": "--><b>x</b>",
}
INVISIBLE = {
    "向きの上書き": "減税\u202eなに",
    "空字": "減\u0000税",
    "幅のない空白": "減\u200b税",
    "片割れ": "減\ud800税",
}


def dialogs(page: Page) -> list[str]:
    heard: list[str] = []
    page.on("dialog", lambda dialog: (heard.append(dialog.message), dialog.dismiss()))
    return heard


def test_攻めの文字列は文字のまま(visitor: Visitor, demo: str, server: str) -> None:
    visit = visitor(demo).open()
    heard = dialogs(visit.page)
    for text in ATTACKS.values():
        visit.say(text)
    visit.reload()  # and once more from what was stored
    assert visit.questions.count() == len(ATTACKS)
    for shown, text in zip(visit.questions.all(), ATTACKS.values(), strict=True):
        assert shown.evaluate("node => node.childElementCount") == 0
        assert shown.inner_text() == text.replace("/greet", "／greet")
    assert heard == []


@pytest.mark.parametrize("text", INVISIBLE.values(), ids=INVISIBLE.keys())
def test_見えない文字は除かれる(text: str, visitor: Visitor, demo: str, server: str) -> None:
    visit = visitor(demo).open()
    before = visit.answers.count()
    # no keyboard types these: they come by pasting
    visit.input.evaluate(
        "(input, codes) => { input.value = String.fromCharCode(...codes); input.dispatchEvent(new Event('input')); }",
        [ord(character) for character in text],
    )
    visit.input.press("Enter")
    expect(visit.answers).to_have_count(before + 1)
    assert visit.on_server(server)[1]["said"]["text"] in ("減税なに", "減税")
    assert visit.questions.inner_text() in ("減税なに", "減税")


def test_返事に紛れたものも文字のまま(visitor: Visitor, demo: str) -> None:
    """Data and wording come from people too: whatever a server says is shown and not run."""
    evil = "<img src=x onerror=alert(1)>"
    custom = {
        "version": "1",
        "outcome": "answered",
        "lead": f"{evil}は{evil}です。",
        "details": [f"・{evil}"],
        "text": evil,
        "programs": [{"id": "x", "name": evil}],
        "facts": [{"type": "stated", "program": "x", "name": evil, "value": 1, "unit": "JPY", "printed": evil}],
        "contacts": [
            {"id": "x", "office": evil, "telephone": '1"><b>', "mail": "a@b?subject=x", "web": "javascript:alert(1)"}
        ],
        "choices": [{"title": evil, "token": "@00000000"}],
        "notes": [evil],
        "origin": f"［{evil}／{evil}／{evil}］",
        "model": evil,
        "catalog": evil,
    }
    visit = visitor(demo).open()
    heard = dialogs(visit.page)

    def answer(request: Request) -> dict[str, Any]:
        said = request.post_data_json
        return {"turn": 1, "id": said["id"], "at": "2026-11-22T10:00:00+09:00", "said": {"text": evil}, "model": "",
                "replies": [{"text": evil, "custom": custom}], "feedback": None}  # fmt: skip

    visit.page.route(re.compile(f"{CHANNEL}/messages$"), lambda route: route.fulfill(json=answer(route.request)))
    visit.say("x")
    assert evil in visit.last.inner_text()
    assert visit.window.locator("img").count() == 0
    assert visit.last.locator("a[href^=javascript]").count() == 0
    assert visit.last.locator("a.telephone").get_attribute("href") == "tel:1"
    visit.menu("持ち帰りメモ")
    expect(visit.page.locator(".note h3")).to_have_text(evil)
    assert heard == []


def test_厳しい方針のページで_すべて動く(visitor: Visitor, site: Site, server: str) -> None:
    policy = POLICY.format(server=server) + "; require-trusted-types-for 'script'; trusted-types 'none'"
    address = site.page(embedded(server), headers={"Content-Security-Policy": policy})
    visit = visitor(address)
    visit.page.evaluate(
        "() => { window.broken = []; addEventListener('securitypolicyviolation',"
        " (event) => broken.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`)); }"
    )
    visit.open()
    visit.choose("新たな設備投資")
    assert "30万円" in visit.say("250万円の機械を買いました。設備投資減税は使えますか")
    assert visit.window.evaluate("window => getComputedStyle(window).display") == "flex"  # it has its style
    visit.last.get_by_role("button", name="役に立った", exact=True).click()
    visit.menu("電話番号の一覧")
    expect(visit.page.locator(".page a.telephone").first).to_be_visible()
    visit.menu("持ち帰りメモ")
    with visit.page.expect_download():
        visit.page.get_by_role("button", name="文字で保存する").click()
    with visit.page.context.expect_page() as printed:
        visit.page.get_by_role("button", name="印刷する").click()
    expect(printed.value.locator("h3")).to_have_text(["設備投資減税"])
    visit.menu("English")
    expect(visit.page.get_by_role("button", name="Menu")).to_be_visible()
    assert visit.page.evaluate("broken") == []


def test_足りない方針のページでは_サイトの番号が見える(site: Site, server: str, browser: Any) -> None:
    """Shows that the page above is strict enough to tell."""
    page = browser.new_page()
    inside = '<a href="tel:0000000000">0000-00-0000</a>'
    headers = {"Content-Security-Policy": "default-src 'none'"}
    page.goto(site.page(embedded(server, inside=inside), headers=headers))
    expect(page.get_by_role("link", name="0000-00-0000")).to_be_visible()
    assert page.locator(".launcher").count() == 0
    page.close()


def everything(visit: Visit) -> None:
    """A visit that makes the browser fetch all there is, both languages included."""
    visit.open()
    visit.say("設備投資減税とは？")
    visit.menu("持ち帰りメモ")
    expect(visit.page.locator(".note")).to_be_visible()
    visit.menu("電話番号の一覧")
    expect(visit.page.locator(".page .offices")).to_be_visible()
    visit.menu("English")
    expect(visit.page.get_by_role("button", name="Menu")).to_be_visible()


def test_届く量(visitor: Visitor, demo: str) -> None:
    visit = visitor(demo)
    received = """() => Object.fromEntries(performance.getEntriesByType("resource")
        .filter((entry) => /[.](js|css)$/.test(entry.name) && !/demo[.]/.test(entry.name))
        .map((entry) => [entry.name.split("/").pop(), entry.encodedBodySize]))"""
    before = visit.page.evaluate(received)
    assert list(before) == ["widget.js"]  # nothing else before somebody opens it
    everything(visit)
    sizes: dict[str, int] = visit.page.evaluate(received)
    print(sizes, sum(sizes.values()))
    assert set(sizes) == {file.name for file in widget_files()}
    assert 0 < sizes["widget.js"] <= MOST_BYTES_OF_LOADER
    assert sum(sizes.values()) <= MOST_BYTES


def test_ほかのどこへも行かず_クッキーもない(visitor: Visitor, site: Site, server: str) -> None:
    visit = visitor(site.page(embedded(server)))
    asked: list[str] = []
    visit.page.on("request", lambda request: asked.append(request.url))
    everything(visit)
    assert [url for url in asked if not url.startswith(f"{server}{CHANNEL}/")] == []
    assert visit.page.context.cookies() == []


def test_この会話を消す(visitor: Visitor, site: Site, server: str) -> None:
    address = site.page(embedded(server))
    visit = visitor(address).open()
    visit.say("設備投資減税とは？")
    other = visitor(address, context=visit.page.context).open()
    tokens = [visit.stored("session")["token"]]
    visit.menu("はじめからやり直す")
    expect(visit.answers).to_have_count(1)
    tokens.append(visit.stored("session")["token"])

    visit.page.get_by_role("button", name="くわしく").click()
    expect(visit.page.locator(".page")).to_contain_text("90日間")
    visit.page.get_by_role("button", name="この会話を消す").click()
    expect(visit.page.get_by_role("button", name="やめる")).to_be_focused()  # the safe one
    visit.page.get_by_role("button", name="消す", exact=True).click()
    expect(visit.page.locator(".erased")).to_contain_text("会話を消しました")
    expect(visit.status).to_have_text("会話を消しました。")
    for tab in (visit, other):
        expect(tab.answers).to_have_count(0)
        assert tab.stored("session") is None
        assert tab.stored("turns") is None
    gone = visit.page.evaluate(
        "async ([url, tokens]) => Promise.all(tokens.map(async (token) =>"
        " (await fetch(url, { headers: { Authorization: `Bearer ${token}` } })).status))",
        [f"{server}{CHANNEL}/messages", tokens],
    )
    assert gone == [404, 404]
    visit.page.get_by_role("button", name="新しく始める").click()
    expect(visit.answers).to_have_count(1)


def test_切れているときに消せば_あとでサーバーからも消える(visitor: Visitor, demo: str, server: str) -> None:
    visit = visitor(demo).open()
    visit.say("設備投資減税とは？")
    token = visit.stored("session")["token"]
    visit.page.context.set_offline(True)
    visit.page.get_by_role("button", name="くわしく").click()
    visit.page.get_by_role("button", name="この会話を消す").click()
    visit.page.get_by_role("button", name="消す", exact=True).click()
    expect(visit.status).to_contain_text("つながりしだい消します")
    expect(visit.questions).to_have_count(0)
    visit.page.context.set_offline(False)
    visit.page.wait_for_function("() => !Object.keys(localStorage).some((key) => key.includes(' erase '))")
    status = visit.page.evaluate(
        "async ([url, token]) => (await fetch(url, { headers: { Authorization: `Bearer ${token}` } })).status",
        [f"{server}{CHANNEL}/messages", token],
    )
    assert status == 404
