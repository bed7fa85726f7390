"""The conversation, by typing and by buttons, and what one can do with an answer."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.conftest import CHANNEL, Site, Visitor, embedded


def test_入力して尋ねる(visitor: Visitor, demo: str, server: str) -> None:
    visit = visitor(demo).open()
    greeting = visit.last.inner_text()
    assert "人ではありません" in greeting
    assert "個人情報は書かないで" in greeting
    assert "90日間だけ" in visit.page.locator(".kept").inner_text()

    visit.say("250万円の機械を買いました。設備投資減税は使えますか")
    expect(visit.last.locator(".verdict")).to_have_text("いいえ、対象外です。")
    expect(visit.last.locator(".board dd")).to_have_text(["280万円以上", "30万円"])
    expect(visit.last.locator(".lead strong")).to_have_text("280万円以上")
    expect(visit.last.locator(".origin .when")).to_have_text("平成22年10月現在")
    origin = visit.last.locator(".origin").inner_text()
    assert "設備投資減税" in origin
    assert "滋賀県 経営革新支援の案内 平成22年度版" in origin
    assert "4ページ" in origin

    assert "21万円" in visit.say("では300万円なら？")
    # 300万円×7%: what was worked out stands on the board, not what it was worked out from
    expect(visit.last.locator(".board dd")).to_have_text(["21万円", "90万円"])
    assert [turn["said"]["text"] for turn in visit.on_server(server)[1:]] == [
        "250万円の機械を買いました。設備投資減税は使えますか",
        "では300万円なら？",
    ]


def test_ボタンだけで電話番号まで(visitor: Visitor, demo: str) -> None:
    visit = visitor(demo).open()
    visit.choose("運転資金・設備投資の資金")
    visit.choose("信用保証の特例")
    visit.choose("問い合わせ先")
    link = visit.last.locator("a.telephone").first
    assert link.get_attribute("href") == "tel:0775111321"
    assert "077-511-1321" in link.inner_text()
    # what was offered before means something else by now
    assert visit.page.locator(".choices:visible").count() <= 1


def test_メールの宛先(visitor: Visitor, demo: str) -> None:
    visit = visitor(demo).open()
    visit.say("市場化 下限")
    expect(visit.last.locator("a.mail").first).to_have_attribute("href", "mailto:fb00@pref.shiga.lg.jp")


def test_三百字まで(visitor: Visitor, demo: str, server: str) -> None:
    visit = visitor(demo).open()
    visit.input.fill("あ" * 250)
    expect(visit.page.locator("#count")).to_have_text("あと50字")
    visit.input.fill("😀" * 301)  # one character each, two code units
    expect(visit.page.locator("#count")).to_have_text("1字多い")
    visit.input.press("Enter")
    expect(visit.status).to_contain_text("1字多いため送れません")
    expect(visit.questions).to_have_count(0)
    assert visit.input.input_value() == "😀" * 301
    visit.say("😀" * 300)
    assert len(visit.on_server(server)) == 2
    visit.input.fill("  ")
    visit.input.press("Enter")
    expect(visit.status).to_contain_text("入力してから")
    expect(visit.questions).to_have_count(1)


def test_評価は答えと一緒に残り_変えられる(visitor: Visitor, demo: str, server: str) -> None:
    visit = visitor(demo).open()
    visit.say("設備投資減税とは？")
    up, down = (
        visit.last.get_by_role("button", name="役に立った", exact=True),
        visit.last.get_by_label("役に立たなかった"),
    )

    def rated(useful: bool | None, word: str) -> None:
        pressed = [up.get_attribute("aria-pressed"), down.get_attribute("aria-pressed")]
        assert pressed == [str(useful is True).lower(), str(useful is False).lower()]
        visit.page.wait_for_function("() => !Object.keys(localStorage).some((key) => key.includes(' rate '))")
        feedback = visit.on_server(server)[1]["feedback"]
        assert (feedback["useful"], feedback["word"]) == (useful, word)

    up.click()
    expect(visit.status).to_contain_text("評価を受け取りました")
    rated(True, "")
    down.click()
    rated(False, "")
    visit.last.get_by_label("ひとこと（任意）").fill("金額が古い")
    visit.last.get_by_role("button", name="伝える").click()
    rated(False, "金額が古い")
    visit.reload()
    rated(False, "金額が古い")
    expect(visit.questions).to_have_count(1)  # not a message


def test_返事をコピーする(visitor: Visitor, demo: str) -> None:
    visit = visitor(demo, permissions=["clipboard-read", "clipboard-write"]).open()
    visit.say("設備投資減税とは？")
    visit.last.get_by_label("返事をコピーする").click()
    expect(visit.status).to_have_text("コピーしました。")
    copied = visit.page.evaluate("navigator.clipboard.readText()")
    assert "取得価額の7%の税額控除" in copied
    assert "［設備投資減税／平成22年10月現在／" in copied


def test_はじめからやり直す(visitor: Visitor, demo: str, server: str) -> None:
    visit = visitor(demo).open()
    visit.say("設備投資減税とは？")
    before = visit.stored("session")["token"]
    visit.menu("はじめからやり直す")
    expect(visit.questions).to_have_count(0)
    expect(visit.answers).to_have_count(1)
    assert visit.stored("session")["token"] != before
    assert len(visit.on_server(server)) == 1


def test_持ち帰りメモを印刷し_保存する(visitor: Visitor, demo: str) -> None:
    visit = visitor(demo).open()
    visit.say("設備投資減税は対象になりますか")
    visit.say("250万円の機械を買いました。設備投資減税は使えますか")
    visit.say("市場化 下限")
    visit.menu("持ち帰りメモ")
    notes = visit.page.locator(".note")
    expect(notes.locator("h3")).to_have_text(["設備投資減税", "滋賀県市場化ステージ支援事業補助金"])
    expect(notes.first).to_contain_text("280万円以上")
    expect(notes.first).to_contain_text("出す書類と手続き")
    expect(notes.last).to_contain_text("077-528-3731")

    with visit.page.expect_download() as saved:
        visit.page.get_by_role("button", name="文字で保存する").click()
    text = saved.value.path().read_text(encoding="utf-8-sig")
    assert re.fullmatch(r"持ち帰りメモ \d{4}-\d\d-\d\d\.txt", saved.value.suggested_filename)
    assert "■ 設備投資減税" in text
    assert "□ 1台又は1基の取得価額: 280万円以上" in text
    assert "077-528-3731" in text

    with visit.page.context.expect_page() as printed:
        visit.page.get_by_role("button", name="印刷する").click()
    paper = printed.value
    expect(paper.locator("h3")).to_have_text(["設備投資減税", "滋賀県市場化ステージ支援事業補助金"])
    assert paper.locator("body").evaluate("body => getComputedStyle(body).maxWidth") != "none"  # its style is there
    assert paper.locator("text=こんなふうに").count() == 0  # not the page around the counter
    visit.page.keyboard.press("Escape")
    expect(visit.input).to_be_visible()


def test_英語の画面でも答えは日本語(visitor: Visitor, site: Site, server: str) -> None:
    visit = visitor(site.page(embedded(server), lang="en"))
    expect(visit.page.get_by_role("button", name="Advice counter: open")).to_be_visible()
    visit.open()
    expect(visit.window).to_have_attribute("lang", "en")
    answer = visit.say("設備投資減税とは？")
    assert "税額控除" in answer
    expect(visit.last.locator(".slip")).to_have_attribute("lang", "ja")
    expect(visit.page.get_by_role("button", name="Send")).to_be_visible()
    visit.menu("日本語")
    expect(visit.page.get_by_role("button", name="送る")).to_be_visible()
    expect(visit.questions).to_have_text(["設備投資減税とは？"])
    visit.reload()
    expect(visit.window).to_have_attribute("lang", "ja")


def test_題と色と位置と誘いの言葉(visitor: Visitor, site: Site, server: str) -> None:
    settings = 'data-title="商工の窓口" data-colour="#7a2233" data-position="left" data-opening="お困りですか"'
    visit = visitor(site.page(embedded(server, settings)))
    launcher = visit.page.locator(".launcher")
    expect(visit.page.get_by_role("button", name="商工の窓口を開く")).to_be_visible()
    expect(launcher).to_contain_text("お困りですか")
    assert launcher.bounding_box()["x"] < 100
    assert launcher.locator("b").first.evaluate("b => getComputedStyle(b).backgroundColor") == "rgb(122, 34, 51)"
    visit.open()
    assert visit.window.bounding_box()["x"] < 100
    expect(visit.window.locator("h2")).to_have_text("商工の窓口")


def test_スクリプトの札だけでも現れる(visitor: Visitor, site: Site, server: str) -> None:
    script = f'<script src="{server}{CHANNEL}/widget.js" data-title="札だけ" async></script>'
    visit = visitor(site.page(script)).open()
    expect(visit.window.locator("h2")).to_have_text("札だけ")


def test_ページのボタンから開く(visitor: Visitor, demo: str) -> None:
    visit = visitor(demo)
    visit.page.get_by_role("button", name="窓口で聞いてみる").click()
    expect(visit.answers.first).to_be_visible()
