"""For those who see little, hear the page, use no mouse, or enlarge it: WCAG 2.2 AA, as far as a machine can tell.

What a machine cannot tell is in docs/tasks/screen-reader-walk.md.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import CHANNEL, DESKTOP, TELEPHONE, Site, Visit, Visitor, embedded

MESSAGES = re.compile(f"{CHANNEL}/messages$")
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
SMALLEST = {"width": 320, "height": 568}


def violations(page: Page) -> list[str]:
    """What axe-core finds wrong, and what it could not decide about contrast."""
    found = Axe().run(page, options=RULES).response
    wrong = [
        f"{rule['id']}: {node['target']} {node['failureSummary']}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]
    assert found["passes"], "axe looked at nothing"
    return wrong


def states(visit: Visit) -> Iterator[str]:
    """Brings the counter from one state to the next, naming each."""
    yield "閉じている"
    visit.open()
    yield "開いた"
    held: list[Any] = []
    visit.page.route(MESSAGES, lambda route: held.append(route))
    visit.send("市場化 下限")
    expect(visit.status).to_contain_text("お調べしています")
    yield "調べている"
    for _ in range(500):  # the status stands a moment before the browser has handed over the request
        if held:
            break
        visit.page.wait_for_timeout(20)
    held.pop().continue_()
    expect(visit.answers).to_have_count(2)
    yield "答えた"
    visit.last.get_by_role("button", name="役に立った", exact=True).click()
    visit.page.locator(".head button").first.click()
    yield "評価したあと、メニュー"
    visit.page.keyboard.press("Escape")
    for item in ("持ち帰りメモ", "電話番号の一覧", "会話の保存について"):
        visit.menu(item)
        yield item
    visit.page.get_by_role("button", name="この会話を消す").click()
    yield "消してよいか"
    visit.page.get_by_role("button", name="会話に戻る").click()
    visit.page.unroute(MESSAGES)
    visit.page.route(MESSAGES, lambda route: route.fulfill(status=422, json={"error": {"message": {"ja": "不可"}}}))
    visit.send("市場化 下限")
    expect(visit.page.locator(".state")).to_contain_text(["", "送れませんでした"])
    visit.input.fill("あ" * 301)
    visit.input.press("Enter")
    yield "受け取られず、長すぎる"
    visit.page.context.set_offline(True)
    expect(visit.status).to_contain_text("インターネット")
    visit.input.fill("設備投資減税とは？")
    visit.input.press("Enter")
    yield "切れている"
    visit.page.context.set_offline(False)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [DESKTOP, SMALLEST], ids=["机", "320px"])
def test_どの状態でもaxeは何も見つけない(scheme: str, viewport: dict[str, int], visitor: Visitor, demo: str) -> None:
    # without motion: a window that is still arriving is half transparent, and its colours are others
    visit = visitor(demo, color_scheme=scheme, viewport=viewport, reduced_motion="reduce")
    found = {state: wrong for state in states(visit) if (wrong := violations(visit.page))}
    assert found == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_サーバーがないときもaxeは何も見つけない(scheme: str, visitor: Visitor, site: Site, server: str) -> None:
    inside = '<p>お電話でも: <a href="tel:0000000000">0000-00-0000</a></p>'
    visit = visitor(site.page(embedded(server, inside=inside)), color_scheme=scheme, reduced_motion="reduce")
    visit.page.route(re.compile("chat.js"), lambda route: route.abort())
    visit.page.locator(".launcher").click()
    expect(visit.page.locator(".lost")).to_be_visible()
    assert violations(visit.page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_どの色を選んでも読める(scheme: str, visitor: Visitor, site: Site, server: str) -> None:
    visit = None
    for colour in ("#ffee00", "#fff", "#000000"):
        address = site.page(embedded(server, f'data-colour="{colour}"'))
        settings = {"color_scheme": scheme, "reduced_motion": "reduce"}
        visit = visitor(address, context=visit.page.context) if visit else visitor(address, **settings)
        visit.open()
        assert violations(visit.page) == [], colour


def test_手を離さず_キーボードだけで(visitor: Visitor, demo: str) -> None:
    visit = visitor(demo)
    keyboard = visit.page.keyboard
    launcher = visit.page.locator(".launcher")
    launcher.focus()
    keyboard.press("Enter")
    expect(visit.input).to_be_focused()
    expect(visit.answers).to_have_count(1)
    keyboard.type("お金を借りたい")
    keyboard.press("Enter")
    expect(visit.answers).to_have_count(2)
    expect(visit.input).to_be_focused()

    # back to the last of the choices, and on to an answer
    keyboard.press("Shift+Tab")
    expect(visit.last.locator(".choices button").last).to_be_focused()
    keyboard.press("Space")
    expect(visit.answers).to_have_count(3)
    expect(visit.input).to_be_focused()

    keyboard.press("Escape")
    expect(visit.window).to_be_hidden()
    expect(launcher).to_be_focused()

    keyboard.press("Enter")
    visit.page.locator(".head button").first.focus()
    keyboard.press("Enter")
    expect(visit.page.locator(".menu button").first).to_be_focused()
    keyboard.press("Escape")
    expect(visit.page.locator(".head button").first).to_be_focused()
    keyboard.press("Enter")
    for _ in range(3):
        keyboard.press("Tab")
    keyboard.press("Enter")
    expect(visit.page.locator(".page h3")).to_have_text("会話の保存について")
    expect(visit.page.locator(".page h3")).to_be_focused()
    keyboard.press("Escape")
    expect(visit.input).to_be_focused()


def test_狭い画面では_フォーカスが窓口の中を巡る(visitor: Visitor, demo: str) -> None:
    visit = visitor(demo, viewport=TELEPHONE, has_touch=True, is_mobile=True).open()
    expect(visit.window.locator("h2")).to_be_focused()  # and no keyboard springs up over the greeting
    inside = "() => document.activeElement?.localName === 'madoguchi-chat' || document.activeElement === document.body"
    for _ in range(20):
        visit.page.keyboard.press("Tab")
        assert visit.page.evaluate(inside)
    visit.page.keyboard.press("Escape")
    expect(visit.page.locator(".launcher")).to_be_focused()


def test_ページに焦点があっても_Escで窓口を片づけられる(visitor: Visitor, demo: str) -> None:
    """Nothing that has the focus stays hidden behind the counter (WCAG 2.4.11)."""
    visit = visitor(demo).open()
    visit.page.get_by_role("button", name="窓口で聞いてみる").focus()
    visit.page.keyboard.press("Escape")
    expect(visit.window).to_be_hidden()


def test_返事は一度だけ読み上げられる(visitor: Visitor, demo: str) -> None:
    visit = visitor(demo).open()
    log = visit.page.get_by_role("log")
    heard = log.evaluate_handle(
        """log => {
          const heard = [];
          const live = (node) => (node.nodeType === 1 ? node : node.parentNode)?.closest?.("[aria-live=off]");
          new MutationObserver((changes) => {
            for (const change of changes)
              for (const node of change.addedNodes) if (!live(node)) heard.push(node.className ?? node.data);
          }).observe(log, { childList: true, subtree: true });
          return heard;
        }"""
    )
    visit.say("設備投資減税とは？")
    visit.last.get_by_role("button", name="役に立った", exact=True).click()
    visit.last.get_by_label("ひとこと（任意）").fill("よい")
    visit.last.get_by_role("button", name="伝える").click()
    expect(visit.status).to_contain_text("評価を受け取りました")
    assert heard.json_value() == ["you", "desk"]
    assert log.locator("[role=status]").count() == 0
    assert visit.last.locator("article, .slip").first.get_attribute("lang") == "ja"
    # the board of figures repeats the sentence for the eye: whoever listens hears it once
    snapshot = visit.last.aria_snapshot()
    assert snapshot.count("7%") == 1


def sizes(visit: Visit) -> list[tuple[str, float, float]]:
    """Name, width and height of what can be touched now."""
    found: list[tuple[str, float, float]] = visit.page.locator("madoguchi-chat").evaluate(
        """host => [...host.shadowRoot.querySelectorAll("button, a, input, textarea")]
          .filter((node) => node.checkVisibility())
          .map((node) => [node.textContent || node.ariaLabel || node.id, node.getBoundingClientRect()])
          .map(([name, box]) => [name, box.width, box.height])"""
    )
    return found


@pytest.mark.parametrize(
    "viewport",
    [SMALLEST, {"width": 320, "height": 256}, {"width": 640, "height": 410}, {"width": 768, "height": 1024}],
    ids=["320px", "四百パーセント", "二百パーセント", "板"],
)
def test_狭くても横に流れず_指で押せる(viewport: dict[str, int], visitor: Visitor, demo: str) -> None:
    visit = visitor(demo, viewport=viewport)
    for state in states(visit):
        small = [(name, width, height) for name, width, height in sizes(visit) if min(width, height) < 43.9]
        assert small == [], state
        overflow = """() => [document.documentElement, ...document.querySelector("madoguchi-chat").shadowRoot
            .querySelectorAll(".window, .talk, .page, .slip, .lost")]
            .filter((node) => node.scrollWidth > node.clientWidth + 1 && node.checkVisibility())
            .map((node) => `${node.className || node.localName} ${node.scrollWidth} > ${node.clientWidth}`)"""
        assert visit.page.evaluate(overflow) == [], state


def test_文字だけを大きくしても切れない(visitor: Visitor, site: Site, server: str) -> None:
    """WCAG 1.4.4 and 1.4.12: a browser's larger type, and a reader's own spacing."""
    visit = visitor(site.page(embedded(server)))
    visit.page.add_style_tag(content="html { font-size: 32px }")
    visit.open()
    visit.say("市場化 下限")
    assert visit.last.locator(".lead").evaluate("node => parseFloat(getComputedStyle(node).fontSize)") == 32
    for selector in (".sign h2", ".send", ".slip", ".link", ".choices button"):
        clipped = "node => node.scrollWidth > node.clientWidth + 1 || node.scrollHeight > node.clientHeight + 1"
        assert not visit.window.locator(selector).last.evaluate(clipped), selector


def test_動きを減らす設定では動かない(visitor: Visitor, demo: str) -> None:
    visit = visitor(demo, reduced_motion="reduce").open()
    visit.page.route(MESSAGES, lambda route: None)
    visit.send("設備投資減税とは？")
    expect(visit.status).to_contain_text("お調べしています")
    moving = "host => host.shadowRoot.getAnimations().length"
    assert visit.page.locator("madoguchi-chat").evaluate(moving) == 0


def test_色を強いる設定でも_形が残る(visitor: Visitor, demo: str) -> None:
    visit = visitor(demo, forced_colors="active").open()
    visit.say("設備投資減税とは？")
    visit.last.get_by_role("button", name="役に立った", exact=True).click()
    edge: Callable[[str], str] = lambda selector: visit.window.locator(selector).first.evaluate(  # noqa: E731
        "node => `${getComputedStyle(node).borderTopWidth} ${getComputedStyle(node).borderTopColor}`"
    )
    for selector in (".send", ".bubble", ".choices button", "textarea"):
        assert not re.search(r"^0px|rgba\(.*, 0\)$", edge(selector)), selector
    background = "node => getComputedStyle(node).backgroundColor"
    up, down = (visit.last.locator(f".rating button >> nth={n}").evaluate(background) for n in (0, 1))
    assert up != down
