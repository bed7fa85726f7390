"""Reloads, other tabs, broken lines, slow and stopped servers: the conversation and the telephone remain."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Route, expect

from tests.browser.conftest import CHANNEL, TELEPHONE, Site, Visit, Visitor, embedded
from tests.conversations.serving import running
from tests.ports import free_port

MESSAGES = re.compile(f"{CHANNEL}/messages$")


def said(visit: Visit, server: str) -> list[str]:
    """What the server has heard, in order."""
    return [turn["said"]["text"] for turn in visit.on_server(server)[1:]]


def test_再読み込みと別のページで続く(visitor: Visitor, site: Site, server: str) -> None:
    visit = visitor(site.page(embedded(server))).open()
    visit.say("設備投資減税とは？")
    visit.reload()
    expect(visit.questions).to_have_text(["設備投資減税とは？"])
    visit.page.goto(site.page(embedded(server)))
    expect(visit.questions).to_have_text(["設備投資減税とは？"])
    assert "県内各税務署" in visit.say("電話番号は？")
    expect(visit.answers).to_have_count(3)


def test_電話では_別のページで勝手に開かない(visitor: Visitor, site: Site, server: str) -> None:
    visit = visitor(site.page(embedded(server)), viewport=TELEPHONE).open()
    visit.say("設備投資減税とは？")
    visit.page.goto(site.page(embedded(server)))
    expect(visit.page.locator(".launcher")).to_be_visible()
    visit.open()
    expect(visit.questions).to_have_text(["設備投資減税とは？"])


def test_二つのタブで一つの会話(visitor: Visitor, site: Site, server: str) -> None:
    address = site.page(embedded(server))
    first = visitor(address).open()
    first.say("設備投資減税とは？")
    second = visitor(address, context=first.page.context).open()
    expect(second.questions).to_have_text(["設備投資減税とは？"])
    second.say("250万円の機械を買いました。使えますか")
    expect(first.questions).to_have_count(2)
    expect(first.answers).to_have_count(3)

    # both at once, while nothing gets through
    first.page.context.set_offline(True)
    first.send("一つ目")
    second.send("二つ目")
    first.send("三つ目")
    expect(second.questions).to_have_count(5)
    first.page.context.set_offline(False)
    for tab in (first, second):
        expect(tab.answers).to_have_count(6, timeout=20_000)
        expect(tab.questions).to_have_text(
            ["設備投資減税とは？", "250万円の機械を買いました。使えますか", "一つ目", "二つ目", "三つ目"]
        )
    assert said(first, server)[2:] == ["一つ目", "二つ目", "三つ目"]


def test_回線が切れたら預かり_つながったら一度だけ送る(visitor: Visitor, demo: str, server: str) -> None:
    visit = visitor(demo).open()
    visit.page.context.set_offline(True)
    expect(visit.status).to_contain_text("インターネットにつながっていません")
    visit.send("設備投資減税とは？")
    visit.send("電話番号は？")
    expect(visit.page.locator(".state", has_text="送信待ち")).to_have_count(2)
    expect(visit.status).to_contain_text("つながったら一度だけ送ります")
    visit.page.context.set_offline(False)
    expect(visit.answers).to_have_count(3, timeout=20_000)
    expect(visit.status).to_have_text("")
    expect(visit.page.locator(".state", has_text="送信待ち")).to_have_count(0)
    assert said(visit, server) == ["設備投資減税とは？", "電話番号は？"]


def test_預かった質問は_再読み込みしても失われない(visitor: Visitor, demo: str, server: str) -> None:
    visit = visitor(demo).open()
    visit.page.route(MESSAGES, lambda route: route.abort())
    visit.send("設備投資減税とは？")
    expect(visit.status).to_contain_text("いま窓口につながりません")
    visit.reload()
    expect(visit.questions).to_have_text(["設備投資減税とは？"])
    visit.page.unroute(MESSAGES)
    expect(visit.answers).to_have_count(2, timeout=20_000)
    assert said(visit, server) == ["設備投資減税とは？"]


def test_返事だけが失われても_一度だけ答える(visitor: Visitor, demo: str, server: str) -> None:
    visit = visitor(demo).open()
    lost: list[int] = []

    def lose_first(route: Route) -> None:
        if lost:
            route.continue_()
        else:
            lost.append(route.fetch().status)  # the server has it and has answered
            route.abort()

    visit.page.route(MESSAGES, lose_first)
    visit.send("設備投資減税とは？")
    expect(visit.answers).to_have_count(2, timeout=20_000)
    assert lost == [200]
    assert said(visit, server) == ["設備投資減税とは？"]


def test_遅ければそう言い_やがて電話番号を出す(visitor: Visitor, demo: str) -> None:
    visit = visitor(demo).open()
    held: list[Route] = []
    visit.page.route(MESSAGES, lambda route: held.append(route))
    visit.page.clock.install()
    visit.send("設備投資減税とは？")
    expect(visit.status).to_have_text("お調べしています")
    visit.page.clock.fast_forward(2_900)
    expect(visit.status).to_have_text("お調べしています")
    visit.page.clock.fast_forward(200)
    expect(visit.status).to_contain_text("いつもより時間がかかっています")
    expect(visit.page.get_by_role("button", name="電話番号を見る")).to_have_count(0)
    visit.page.clock.fast_forward(7_000)
    expect(visit.status).to_contain_text("お電話でも")
    visit.page.get_by_role("button", name="電話番号を見る").click()
    expect(visit.page.locator(".page a.telephone").first).to_be_visible()
    visit.page.get_by_role("button", name="会話に戻る").click()
    held[0].continue_()
    expect(visit.answers).to_have_count(2)
    expect(visit.status).to_have_text("")


def test_続けすぎたら待つ時間を言い_自分で送る(visitor: Visitor, demo: str, server: str) -> None:
    visit = visitor(demo).open()
    refusals = iter([{"status": 429, "json": {"error": {"code": "too_many", "message": {}, "wait": 2}}}])

    def refuse_first(route: Route) -> None:
        refusal = next(refusals, None)
        route.fulfill(**refusal) if refusal else route.continue_()

    visit.page.route(MESSAGES, refuse_first)
    visit.send("設備投資減税とは？")
    expect(visit.status).to_contain_text("約2秒後に自動で送ります")
    expect(visit.answers).to_have_count(2, timeout=20_000)
    assert said(visit, server) == ["設備投資減税とは？"]


def test_受け取られなかった質問は_書き直せる(visitor: Visitor, demo: str, server: str) -> None:
    visit = visitor(demo).open()
    words = {"ja": "読めません。", "en": "Unreadable."}
    refusal = {"status": 422, "json": {"error": {"code": "too_long", "message": words}}}
    visit.page.route(MESSAGES, lambda route: route.fulfill(**refusal), times=1)
    visit.send("設備投資減税とは？")
    expect(visit.page.locator(".state")).to_contain_text("送れませんでした: 読めません。")
    visit.say("電話番号は？")  # what comes after it is not held up
    visit.page.get_by_role("button", name="書き直す").click()
    expect(visit.input).to_have_value("設備投資減税とは？")
    expect(visit.questions).to_have_text(["電話番号は？"])


def test_消された会話は新しく始まり_質問は失われない(visitor: Visitor, demo: str, server: str) -> None:
    visit = visitor(demo).open()
    visit.say("設備投資減税とは？")
    offered = visit.last.locator(".choices button").first.inner_text()
    visit.page.evaluate(
        "async ([url, token]) => fetch(url, { method: 'DELETE', headers: { Authorization: `Bearer ${token}` } })",
        [f"{server}{CHANNEL}/conversations", visit.stored("session")["token"]],
    )
    visit.last.get_by_role("button", name=offered, exact=True).click()
    expect(visit.page.get_by_role("log")).to_contain_text("新しい会話で続けます")
    expect(visit.questions).to_have_text([offered])
    expect(visit.answers).to_have_count(2, timeout=20_000)
    assert said(visit, server) == [offered]


def test_サーバーが入れ替わっても話が続く(visitor: Visitor, site: Site, tmp_path: Path) -> None:
    port = free_port()
    kept = {"MADOGUCHI_CONVERSATIONS": str(tmp_path / "conversations.db")}
    with running(port=port, **kept) as (server, _):
        visit = visitor(site.page(embedded(server))).open()
        visit.say("設備投資減税とは？")
    visit.send("電話番号は？")
    expect(visit.status).to_contain_text("いま窓口につながりません")
    expect(visit.page.locator(".state", has_text="送信待ち")).to_be_visible()
    visit.send("300万円の機械なら？")
    with running(port=port, **kept) as (server, _):
        visit.page.get_by_role("button", name="いま送り直す").click()
        expect(visit.answers).to_have_count(4, timeout=30_000)
        assert said(visit, server) == ["設備投資減税とは？", "電話番号は？", "300万円の機械なら？"]
        assert "県内各税務署" in visit.answers.nth(2).inner_text()  # it knows what was spoken of before
        assert "280万円以上" in visit.last.inner_text()
        expect(visit.status).to_have_text("")


# --- no server at all -----------------------------------------------------------------------------------------------

OWN = '<p>お電話でも: <a href="tel:0000000000">0000-00-0000</a></p>'


def nobody() -> str:
    """An address at which nobody listens."""
    return f"http://127.0.0.1:{free_port()}"


def hosted(site: Site, server: str, inside: str = OWN) -> str:
    """A page with the widget's files on the site itself."""
    return site.page(
        f"<madoguchi-chat>{inside}</madoguchi-chat>"
        f'<script src="{site.address}/files/widget.js" data-server="{server}" async></script>'
    )


def test_部品が来なければ_サイトの番号がそのまま見える(site: Site, browser: object) -> None:
    page = browser.new_page()  # type: ignore[attr-defined]
    page.goto(site.page(embedded(nobody(), inside=OWN)))
    expect(page.get_by_role("link", name="0000-00-0000")).to_be_visible()
    page.close()


def test_スクリプトを切っていても_番号が見える(site: Site, server: str, browser: object) -> None:
    page = browser.new_page(java_script_enabled=False)  # type: ignore[attr-defined]
    page.goto(site.page(embedded(server, inside=OWN)))
    expect(page.get_by_role("link", name="0000-00-0000")).to_be_visible()
    page.close()


def test_サーバーがなくても消えず_番号を出す(visitor: Visitor, site: Site) -> None:
    visit = visitor(hosted(site, nobody()))
    expect(visit.page.get_by_role("link", name="0000-00-0000")).to_be_hidden()
    visit.page.locator(".launcher").click()
    expect(visit.status).to_contain_text("いま窓口につながりません")
    expect(visit.page.get_by_role("link", name="0000-00-0000")).to_be_visible()
    visit.send("設備投資減税とは？")
    expect(visit.page.locator(".state", has_text="送信待ち")).to_be_visible()


def test_前に来たときの番号を_日付と一緒に覚えている(visitor: Visitor, site: Site, server: str) -> None:
    visit = visitor(hosted(site, server, inside="")).open()
    visit.page.wait_for_function("() => Object.keys(localStorage).some((key) => key.endsWith(' contacts'))")
    day = visit.stored("contacts")["seen"]
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", day)
    visit.page.route(re.compile(CHANNEL), lambda route: route.abort())
    visit.page.reload()
    visit.menu("電話番号の一覧")
    listed = visit.page.locator(".page")
    expect(listed.locator("a[href='tel:0775111321']")).to_be_visible()
    expect(listed).to_contain_text("平成22年10月の資料の番号です")
    expect(listed).to_contain_text(f"最後に受け取った日: {day}")


@pytest.mark.parametrize("missing", ["chat.js", "conversation.js", "chat.css", "words.ja.js"])
def test_部品が欠けたら_覚えている番号を出し_また試せる(
    missing: str, visitor: Visitor, site: Site, server: str
) -> None:
    visit = visitor(hosted(site, server))
    directory = {"as_of": "2010-10", "seen": "2026-11-20", "contacts": [{"office": "税務署", "telephone": "000-1"}]}
    visit.page.evaluate(
        "([key, value]) => localStorage.setItem(key, JSON.stringify(value))",
        [f"madoguchi {server}{CHANNEL} contacts", directory],
    )
    file = re.compile(f"/{re.escape(missing)}")
    visit.page.route(file, lambda route: route.abort())
    visit.page.locator(".launcher").click()
    lost = visit.page.locator(".lost")
    expect(lost).to_contain_text("いま窓口につながりません")
    expect(lost.get_by_role("link", name="000-1")).to_be_visible()
    expect(lost).to_contain_text("2026-11-20に受け取った番号です")
    expect(visit.page.get_by_role("link", name="0000-00-0000")).to_be_visible()
    visit.page.keyboard.press("Escape")
    expect(lost).to_be_hidden()
    expect(visit.page.locator(".launcher")).to_be_focused()
    if missing != "conversation.js":  # a browser tries a module of a module only once
        visit.page.unroute(file)
        visit.page.reload() if missing.endswith(".js") else None
        visit.open()
