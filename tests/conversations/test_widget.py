"""The widget's channel in its public profile, used as intended and attacked: a server as `make serve-public` starts it.

What needs no server (limits with a clock, forged tokens in all their forms, addresses) is in tests/unit/channels.
"""

from __future__ import annotations

import concurrent.futures
import contextlib
import gzip
import json
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlsplit

import jsonschema
import jwt
import pytest

from madoguchi.answers import reply as contract
from madoguchi.channels.widget.probe import probe
from madoguchi.channels.widget.signing import ALGORITHM, AUDIENCE
from tests.conversations.serving import REPOSITORY, running
from tests.conversations.widget import ORIGIN, Answer, Visitor, text_of
from tests.ports import free_port

KEY = "the-key-of-these-tests-which-nobody-else-has"
# The profile as it is shipped, except that these tests stand before it as its proxy
PUBLIC = (
    (REPOSITORY / "credentials.public.yml").read_text(encoding="utf-8").replace("proxies: []", 'proxies: ["127.0.0.1"]')
)

SCRIPT = b"const hello = 'world';\n" * 100
WEB = {
    "widget.js": SCRIPT,
    "parts/chat.js": b"export {};",
    "demo.html": b"<!doctype html>",
    "notes.txt": b"root: nobody's business",
    ".hidden.js": b"root: nobody's business",
}


def public(folder: Path, **environment: str) -> contextlib.AbstractContextManager[tuple[str, subprocess.Popen[str]]]:
    """A public server whose conversations and credentials are in `folder`."""
    for name, content in WEB.items():
        (folder / "web" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "web" / name).write_bytes(content)
    credentials = folder / "credentials.yml"
    credentials.write_text(PUBLIC.replace("public: true", f'public: true\n  web: "{folder}/web"'), encoding="utf-8")
    return running(
        "--public",
        f"--credentials={credentials}",
        "--host=127.0.0.1",
        MADOGUCHI_WIDGET_KEY=KEY,
        MADOGUCHI_WIDGET_ORIGINS=ORIGIN,
        MADOGUCHI_CONVERSATIONS=str(folder / "conversations.db"),
        **environment,
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("widget")


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[str]:
    """The address of a public server."""
    with public(folder) as (address, _):
        yield address


@pytest.fixture
def visitor(server: str) -> Visitor:
    """Somebody with a conversation of their own."""
    visitor = Visitor(server)
    visitor.begin()
    return visitor


# --- as intended ----------------------------------------------------------------------------------------------------


def test_窓口を開くと_機械であること_範囲_いつの資料か_書かないことを言う(server: str) -> None:
    visitor = Visitor(server)
    answer = visitor.begin()
    assert answer.status == 201
    assert answer.json["limits"] == {"message": 300, "per_minute": 15}
    assert answer.json["kept_days"] == 90
    greeting = answer.json["greeting"]
    assert greeting["turn"] == 0
    assert greeting["said"] is None
    (welcome,) = greeting["replies"]
    jsonschema.validate(welcome["custom"], contract.schema())
    for word in ("人ではありません", "滋賀県", "平成22年10月", "個人情報"):
        assert word in welcome["text"]
    assert welcome["custom"]["choices"]


def test_質問に答え_読み込み直しても残る(visitor: Visitor) -> None:
    answer = visitor.say("設備投資減税とは？")
    assert answer.status == 200
    turn = answer.json
    assert turn["said"] == {"text": "設備投資減税とは？"}
    assert "7%" in text_of(turn)
    (told,) = turn["replies"]
    jsonschema.validate(told["custom"], contract.schema())
    assert turn["model"] == told["custom"]["model"] != ""
    assert visitor.turns()[1:] == [turn]
    assert visitor.send("GET", "/messages?after=0").json["turns"] == [turn]
    assert visitor.send("GET", "/messages?after=1").json["turns"] == []


def test_はじめのボタンが効き_言ったことは題で残る(visitor: Visitor) -> None:
    (welcome,) = visitor.turns()[0]["replies"]
    choice = welcome["custom"]["choices"][0]
    turn = visitor.choose(choice["token"]).json
    assert turn["said"] == {"text": choice["title"]}
    assert turn["replies"][0]["custom"]["outcome"] == "answered"


def test_前の返事のボタンも効く(visitor: Visitor) -> None:
    choice = visitor.turns()[0]["replies"][0]["custom"]["choices"][0]
    visitor.say("経営革新支援資金の限度額はいくらですか")
    turn = visitor.choose(choice["token"]).json
    assert turn["said"] == {"text": choice["title"]}
    assert turn["replies"][0]["custom"]["outcome"] == "answered"


def test_話は続く(visitor: Visitor) -> None:
    visitor.say("経営革新支援資金の限度額はいくらですか")
    assert "4億円" in text_of(visitor.say("組合の場合は？").json)


def test_評価は残り_変えられ_会話には出ない(visitor: Visitor) -> None:
    turn = visitor.say("経営革新支援資金の限度額はいくらですか").json["turn"]
    assert visitor.send("PUT", f"/feedback/{turn}", {"useful": True}).status == 204
    assert visitor.turns()[-1]["feedback"] == {"useful": True, "word": ""}
    assert visitor.send("PUT", f"/feedback/{turn}", {"useful": False, "word": "数字が古い"}).status == 204
    assert visitor.turns()[-1]["feedback"] == {"useful": False, "word": "数字が古い"}
    assert visitor.send("PUT", f"/feedback/{turn}", {"useful": None, "word": ""}).status == 204
    assert visitor.turns()[-1]["feedback"] is None
    assert len(visitor.turns()) == 2
    assert visitor.send("PUT", "/feedback/99", {"useful": True}).code == "not_found"


def test_電話番号の一覧は_変わらなければ送り直さない(server: str) -> None:
    visitor = Visitor(server)
    answer = visitor.send("GET", "/contacts")
    listed = answer.json
    assert all(re.fullmatch(r"[\d-]+", contact["telephone"]) for contact in listed["contacts"])
    assert listed["as_of"] == "2010-10"
    again = visitor.send("GET", "/contacts", If_None_Match=answer.headers["etag"])
    assert (again.status, again.body) == (304, b"")


# --- sent twice -----------------------------------------------------------------------------------------------------


def test_二度送られても答えは一度(visitor: Visitor) -> None:
    name = str(uuid.uuid4())
    first = visitor.say("経営革新支援資金の限度額はいくらですか", name=name)
    assert visitor.say("経営革新支援資金の限度額はいくらですか", name=name).json == first.json
    assert len(visitor.turns()) == 2


def test_同時に二度送られても答えは一度(visitor: Visitor) -> None:
    name = str(uuid.uuid4())
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: visitor.say("限度額は？", name=name), range(8)))
    assert {answer.status for answer in answers} == {200}
    assert len({answer.body for answer in answers}) == 1
    assert len(visitor.turns()) == 2


def test_同時に送られた別々の問いは混ざらない(visitor: Visitor) -> None:
    questions = ["経営革新支援資金の限度額は？", "設備投資減税とは？", "市場化 下限", "こんにちは"]
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        answers = dict(zip(questions, (answer.json for answer in pool.map(visitor.say, questions)), strict=True))
    turns = visitor.turns()[1:]
    assert [turn["turn"] for turn in turns] == [1, 2, 3, 4]
    for turn in turns:
        assert answers[turn["said"]["text"]] == turn
    assert "2億円" in text_of(answers[questions[0]])
    assert "7%" in text_of(answers[questions[1]])


def rasa_messages(file: Path, text: str) -> int:
    """How many times Rasa has recorded this message of a person."""
    database = sqlite3.connect(file)
    rows = database.execute("SELECT events FROM events").fetchall()
    database.close()
    events = [event for (events,) in rows for event in json.loads(events)]
    return sum(event["event"] == "user" and event["text"] == text for event in events)


def test_答えの直後に落ちても_送り直しに同じ答えが返る(tmp_path: Path) -> None:
    """Three servers: one that answers and is killed, one with the answer, one whose answer never reached our table."""
    file = tmp_path / "conversations.db"
    question, name = "経営革新支援資金の限度額はいくらですか", str(uuid.uuid4())
    with public(tmp_path) as (address, process):
        visitor = Visitor(address)
        visitor.begin()
        first = visitor.say(question, name=name).json
        process.send_signal(signal.SIGKILL)
        process.wait(timeout=20)
    with public(tmp_path) as (address, process):
        visitor = Visitor(address, token=visitor.token)
        assert visitor.say(question, name=name).json == first
        assert visitor.turns()[-1] == first
        process.send_signal(signal.SIGKILL)
        process.wait(timeout=20)
    # As when it falls between Rasa's record and ours
    database = sqlite3.connect(file)
    database.execute("UPDATE turns SET replies = NULL, model = NULL WHERE client_id = ?", (name,))
    database.commit()
    database.close()
    with public(tmp_path) as (address, process):
        visitor = Visitor(address, token=visitor.token)
        assert [turn["turn"] for turn in visitor.turns()] == [0]
        again = visitor.say(question, name=name).json
        assert (again["turn"], again["replies"]) == (first["turn"], first["replies"])
        assert "4億円" in text_of(visitor.say("組合の場合は？").json)
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=20) == 0
    assert rasa_messages(file, question) == 1


# --- whose conversation ---------------------------------------------------------------------------------------------

FORGED = {
    "なし": None,
    "空": "Bearer ",
    "別の方式": "Basic YTpi",
    "でたらめ": "Bearer x.y.z",
    "一万字": f"Bearer {'x' * 4000}",
    "日本語": "Bearer \u00e3\u0081\u0082",
    "別の鍵": "Bearer " + jwt.encode({"sub": "widget-a", "aud": AUDIENCE, "exp": 4e9}, "k" * 32, algorithm=ALGORITHM),
    "署名なし": "Bearer " + jwt.encode({"sub": "widget-a", "aud": AUDIENCE, "exp": 4e9}, None, algorithm="none"),
    "期限切れ": "Bearer " + jwt.encode({"sub": "widget-a", "aud": AUDIENCE, "exp": 1e9}, KEY, algorithm=ALGORITHM),
}
REQUESTS = [
    ("GET", "/messages", None),
    ("POST", "/messages", {"id": "12345678", "text": "限度額は？"}),
    ("PUT", "/feedback/1", {"useful": True}),
    ("DELETE", "/conversations", None),
]


@pytest.mark.parametrize("authorization", FORGED.values(), ids=FORGED.keys())
@pytest.mark.parametrize(("method", "path", "body"), REQUESTS, ids=[f"{m} {p}" for m, p, _ in REQUESTS])
def test_偽の札では何もできない(
    visitor: Visitor, method: str, path: str, body: object, authorization: str | None
) -> None:
    visitor.say("設備投資減税とは？", name="12345678")
    stranger = Visitor(visitor.server)
    answer = stranger.send(method, path, body, Authorization=authorization)
    assert (answer.status, answer.code) == (401, "not_yours")
    assert len(visitor.turns()) == 2


def test_人の会話の名を知っていても読めない(visitor: Visitor) -> None:
    visitor.say("わたしの秘密")
    conversation = jwt.decode(visitor.token, options={"verify_signature": False})["sub"]
    forged = jwt.encode({"sub": conversation, "aud": AUDIENCE, "exp": 4e9}, "k" * 32, algorithm=ALGORITHM)
    stranger = Visitor(visitor.server, token=forged)
    assert stranger.send("GET", "/messages").status == 401
    assert stranger.say("秘密は？").status == 401
    other = Visitor(visitor.server)
    other.begin()
    assert "秘密" not in json.dumps(other.turns(), ensure_ascii=False)
    # Nor by naming it in any other place
    for path in (f"/messages?conversation={conversation}", f"/messages?sender={conversation}"):
        assert "秘密" not in other.send("GET", path).body.decode()
    sent = {"id": str(uuid.uuid4()), "text": "続きを", "sender": conversation, "conversation": conversation}
    assert other.send("POST", "/messages", sent).status == 200
    assert len(visitor.turns()) == 2


def test_人のボタンは自分の会話では選べない(visitor: Visitor) -> None:
    answer = visitor.choose("@00000000")
    assert (answer.status, answer.code) == (422, "no_choice")


# --- from where -----------------------------------------------------------------------------------------------------

FOREIGN = ["https://evil.example", "null", f"{ORIGIN}.evil.example", "http://www.example.jp", "https://example.jp"]


@pytest.mark.parametrize("origin", FOREIGN)
def test_ほかのサイトのページからは使えない(visitor: Visitor, origin: str) -> None:
    visitor.origin = origin
    for method, path, body in [("POST", "/conversations", None), *REQUESTS]:
        answer = visitor.send(method, path, body)
        assert (answer.status, answer.code) == (403, "origin")
        assert "access-control-allow-origin" not in answer.headers
    preflight = visitor.send("OPTIONS", "/messages", Access_Control_Request_Method="POST")
    assert not [name for name in preflight.headers if name.startswith("access-control-")]


def test_書かれたサイトのブラウザーには許しが届く(visitor: Visitor) -> None:
    preflight = visitor.send(
        "OPTIONS",
        "/messages",
        Access_Control_Request_Method="POST",
        Access_Control_Request_Headers="authorization,content-type",
    )
    assert preflight.status == 204
    assert preflight.headers["access-control-allow-origin"] == ORIGIN
    assert "Authorization" in preflight.headers["access-control-allow-headers"]
    assert preflight.headers["vary"] == "Origin"
    for answer in (visitor.say("限度額は？"), visitor.send("GET", "/messages", Authorization=None)):
        assert answer.headers["access-control-allow-origin"] == ORIGIN
        # Cookies are never asked for, and the two would let any of them be sent
        assert "access-control-allow-credentials" not in answer.headers


# --- how much, how often --------------------------------------------------------------------------------------------


def test_一六キロバイトを超える本文は読まない(visitor: Visitor) -> None:
    def body(size: int) -> bytes:
        start, end = b'{"id": "12345678", "text": "\\u88dc", "padding": "', b'"}'
        return start + b"x" * (size - len(start) - len(end)) + end

    assert visitor.send("POST", "/messages", raw=body(16 * 1024)).status == 200
    answer = visitor.send("POST", "/messages", raw=body(16 * 1024 + 1))
    assert (answer.status, answer.code) == (413, "too_large")
    assert len(visitor.turns()) == 2


def test_大きな本文を予告されたら待たずに断る(visitor: Visitor) -> None:
    place = urlsplit(visitor.server)
    with socket.create_connection((str(place.hostname), place.port), timeout=20) as line:
        line.sendall(
            b"POST /webhooks/widget/messages HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000000\r\n\r\n" + b"x" * 20_000
        )
        assert line.recv(64).startswith(b"HTTP/1.1 413 ")


def test_三百一文字は読まない_三百文字は読む(visitor: Visitor) -> None:
    answer = visitor.say("補" * 301)
    assert (answer.status, answer.code) == (422, "too_long")
    assert "300文字" in answer.json["error"]["message"]["ja"]
    assert "300 characters" in answer.json["error"]["message"]["en"]
    assert visitor.say("😀" * 301).code == "too_long"
    assert visitor.say("補" * 300).status == 200
    assert visitor.say("\u200b" * 500 + "補" * 300 + " \n").status == 200
    assert visitor.send("PUT", "/feedback/1", {"useful": False, "word": "長" * 301}).code == "too_long"
    assert len(visitor.turns()) == 3


def test_一分に十五を超えると_待つ秒数を言って断る(visitor: Visitor) -> None:
    name = str(uuid.uuid4())
    first = visitor.say("こんにちは", name=name)
    assert [visitor.say("こんにちは").status for _ in range(14)] == [200] * 14
    answer = visitor.say("こんにちは")
    assert (answer.status, answer.code) == (429, "too_many")
    wait = answer.json["error"]["wait"]
    assert 0 < wait <= 60
    assert answer.headers["retry-after"] == str(wait)
    assert answer.headers["access-control-expose-headers"] == "Retry-After"
    assert f"{wait}秒" in answer.json["error"]["message"]["ja"]
    assert f"{wait} seconds" in answer.json["error"]["message"]["en"]
    assert len(visitor.turns()) == 16
    # What was answered can be had again, and others are not held up
    assert visitor.say("こんにちは", name=name).json == first.json
    assert Visitor(visitor.server).begin().status == 201


def flood(visitor: Visitor, times: int) -> list[Answer]:
    return [visitor.send("GET", "/messages") for _ in range(times)]


def test_一つの番地からは一分に三百まで(server: str) -> None:
    """Without a token: guesses count as well."""
    visitor = Visitor(server, address="198.51.100.1")
    assert {answer.status for answer in flood(visitor, 300)} == {401}
    assert visitor.send("GET", "/messages").status == 429
    assert visitor.begin().status == 429
    # The telephone list is for the time when nothing else works
    assert visitor.send("GET", "/contacts").status == 200
    # Who writes addresses of his own before the one that the proxy saw is still the same
    visitor.address = "198.51.100.77, 198.51.100.1"
    assert visitor.send("GET", "/messages").status == 429
    assert Visitor(server, address="198.51.100.2").begin().status == 201


def test_代理でない相手の名乗りは信じない(server: str) -> None:
    """From another address of this machine, which is no proxy of the server's."""
    visitor = Visitor(server, source="127.0.0.9")
    statuses = []
    for i in range(301):
        visitor.address = f"192.0.2.{i % 250}"
        statuses.append(visitor.send("GET", "/messages").status)
    assert statuses == [401] * 300 + [429]


def test_新しい会話は一分に三十まで(server: str) -> None:
    visitor = Visitor(server, address="198.51.100.3")
    assert [visitor.begin().status for _ in range(31)] == [201] * 30 + [429]


# --- what is sent ---------------------------------------------------------------------------------------------------


def test_斜線で始まる文は文字(visitor: Visitor) -> None:
    for text in ("/greet", "/restart", '/ask_amount{"program": "x"}', "\u200b/restart", "／restart"):
        turn = visitor.say(text).json
        assert turn["said"]["text"].startswith("／")
        assert turn["replies"]
    assert len(visitor.turns()) == 6


HTML = "<img src=x onerror=alert(1)><script>alert(2)</script>"


def test_HTMLは文字のまま_文字として返る(visitor: Visitor) -> None:
    answer = visitor.say(HTML)
    assert answer.json["said"]["text"] == HTML
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "<" not in text_of(answer.json)
    assert visitor.send("PUT", "/feedback/1", {"useful": False, "word": HTML}).status == 204
    assert visitor.turns()[1]["feedback"]["word"] == HTML


def test_見えない文字は消える(visitor: Visitor) -> None:
    turn = visitor.say("\u202e\u0000設備\u200b投資\ufeff減税とは\u0007？\ud800").json
    assert turn["said"]["text"] == "設備投資減税とは？"
    assert "7%" in text_of(turn)
    assert visitor.send("PUT", "/feedback/1", {"useful": True, "word": "\u202e良い\u0000"}).status == 204
    assert visitor.turns()[1]["feedback"]["word"] == "良い"


BROKEN = {
    "JSONでない": b"{",
    "空": b"",
    "UTF-8でない": b'{"id": "12345678", "text": "\xff"}',
    "リスト": b"[]",
    "括弧ばかり": b"[" * 16_000,
    "名なし": b'{"text": "x"}',
    "名が短い": b'{"id": "1", "text": "x"}',
    "名が長い": b'{"id": "' + b"x" * 65 + b'", "text": "x"}',
    "名が道": b'{"id": "../../../etc", "text": "x"}',
    "文がない": b'{"id": "12345678"}',
    "文が数": b'{"id": "12345678", "text": 7}',
    "文が入れ子": b'{"id": "12345678", "text": {"a": 1}}',
    "選択が文": '{"id": "12345678", "choice": "融資"}'.encode(),
    "選択が長い": b'{"id": "12345678", "choice": "@1a2b3c4d5"}',
}


@pytest.mark.parametrize("raw", BROKEN.values(), ids=BROKEN.keys())
def test_壊れた本文は断る(visitor: Visitor, raw: bytes) -> None:
    answer = visitor.send("POST", "/messages", raw=raw)
    assert (answer.status, answer.code) == (400, "bad_request")
    assert len(visitor.turns()) == 1


@pytest.mark.parametrize("text", ["", " \u3000\n", "\u200b\u0000"])
def test_見えるもののない文は断る(visitor: Visitor, text: str) -> None:
    assert visitor.say(text).code == "empty"


def test_JSONと名乗らない本文は断る(visitor: Visitor) -> None:
    """What a page can send without asking first (a form, text/plain) is not taken."""
    for content_type in (None, "text/plain", "application/x-www-form-urlencoded", "multipart/form-data"):
        answer = visitor.send("POST", "/messages", {"id": "12345678", "text": "x"}, Content_Type=content_type)
        assert (answer.status, answer.code) == (415, "no_json")


@pytest.mark.parametrize("after", ["x", "-2", "1e3", "99999999999999999999", "1 OR 1=1", "\u00b2"])
def test_番号でない番号は断る(visitor: Visitor, after: str) -> None:
    assert visitor.send("GET", f"/messages?after={quote(after)}").code == "bad_request"


@pytest.mark.parametrize("body", [{"useful": "yes"}, {"useful": 1}, {"word": 7}, {"useful": None, "word": ["x"]}, []])
def test_評価でない評価は断る(visitor: Visitor, body: object) -> None:
    assert visitor.send("PUT", "/feedback/0", body).code == "bad_request"


# --- erased ---------------------------------------------------------------------------------------------------------


def files_hold(folder: Path, word: str) -> bool:
    """Whether any file of the database has the word in it, in whatever state."""
    return any(word.encode() in file.read_bytes() for file in folder.glob("conversations.db*"))


def test_消した会話は_読めず続けられず_どのファイルにも残らない(visitor: Visitor, folder: Path) -> None:
    turn = visitor.say("ぬばたまの設備投資減税").json["turn"]
    visitor.send("PUT", f"/feedback/{turn}", {"useful": False, "word": "ひさかたの"})
    assert files_hold(folder, "ぬばたまの")
    assert files_hold(folder, "ひさかたの")
    assert visitor.send("DELETE", "/conversations").status == 204
    # What the response says has happened: nothing is waited for
    assert not files_hold(folder, "ぬばたまの")
    assert not files_hold(folder, "ひさかたの")
    for method, path, body in REQUESTS[:3]:
        answer = visitor.send(method, path, body)
        assert (answer.status, answer.code) == (404, "gone")
    assert visitor.send("DELETE", "/conversations").status == 204


def test_会話の中で消してと言っても消える(visitor: Visitor, folder: Path) -> None:
    visitor.say("あしひきの設備投資減税")
    answer = visitor.say("この会話を消して")
    assert answer.json["erased"] is True
    assert "消しました" in text_of(answer.json)
    assert not files_hold(folder, "あしひきの")
    assert visitor.send("GET", "/messages").code == "gone"


def test_消している間に届いた文も残らない(visitor: Visitor) -> None:
    with concurrent.futures.ThreadPoolExecutor(6) as pool:
        said = [pool.submit(visitor.say, "設備投資減税とは？") for _ in range(5)]
        erased = pool.submit(visitor.send, "DELETE", "/conversations")
    assert erased.result().status == 204
    assert {future.result().status for future in said} <= {200, 404}
    assert visitor.send("GET", "/messages").code == "gone"


# --- everything served ----------------------------------------------------------------------------------------------

SERVED = [
    ("GET", "/contacts"),
    ("POST", "/conversations"),
    ("GET", "/messages"),
    ("GET", "/nothing"),
    ("OPTIONS", "/messages"),
    ("TRACE", "/messages"),
    ("PATCH", "/messages"),
    ("GET", "/widget.js"),
    ("GET", "//"),
    ("GET", "//nothing"),
    ("GET", "//webhooks/rest/"),
]
LOCKED = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"


@pytest.mark.parametrize(("method", "path"), SERVED, ids=[f"{m} {p}" for m, p in SERVED])
def test_何を返すにも守りの見出しが付く(server: str, method: str, path: str) -> None:
    found = Visitor(server).send(method, path).headers
    assert found["content-security-policy"] == LOCKED
    assert found["x-content-type-options"] == "nosniff"
    assert found["x-frame-options"] == "DENY"
    assert found["referrer-policy"] == "no-referrer"
    assert found["cross-origin-opener-policy"] == "same-origin"
    assert "camera=()" in found["permissions-policy"]
    assert "strict-transport-security" not in found
    assert "set-cookie" not in found
    assert "server" not in found


def test_HSTSはTLSのときだけ(server: str) -> None:
    def asked(**headers: str) -> dict[str, str]:
        return Visitor(server).send("GET", "/contacts", **headers).headers

    assert asked(X_Forwarded_Proto="https")["strict-transport-security"] == "max-age=31536000"
    assert "strict-transport-security" not in asked(X_Forwarded_Proto="http")
    spoofed = Visitor(server, source="127.0.0.9").send("GET", "/contacts", X_Forwarded_Proto="https")
    assert "strict-transport-security" not in spoofed.headers


CLOSED = [
    "//",
    "//status",
    "//version",
    "//domain",
    "//model",
    "//conversations/a/tracker",
    "//webhooks/rest/",
    "//webhooks/rest/webhook",
    "//webhooks/callback/webhook",
    "//webhooks/in_process_actions/",
    "/demo",
]


@pytest.mark.parametrize("path", CLOSED)
def test_ウィジェットのほかは閉じている(server: str, path: str) -> None:
    for method in ("GET", "POST"):
        answer = Visitor(server).send(method, path, {} if method == "POST" else None)
        assert answer.status in (404, 405)
        assert b"Rasa" not in answer.body
        assert b"Sanic" not in answer.body


@pytest.mark.parametrize(
    "path",
    [
        "/v000000000000/../../../credentials.yml",
        "/v000000000000/..%2f..%2fcredentials.yml",
        "/v000000000000/%2e%2e/%2e%2e/credentials.yml",
        "/v000000000000/....//credentials.yml",
        "/v000000000000//etc/passwd",
        "/v000000000000/%2fetc%2fpasswd",
        "/v000000000000/..\\..\\credentials.yml",
        "/v000000000000/widget.js%00.html",
        "//../../etc/passwd",
        "//webhooks/widget/../../var/widget.key",
    ],
)
def test_フォルダーの外の道は通らない(server: str, path: str) -> None:
    answer = Visitor(server).send("GET", path)
    assert answer.status in (400, 404)
    assert b"root:" not in answer.body
    assert b"madoguchi." not in answer.body


# --- the widget's files ----------------------------------------------------------------------------------------------


def test_読み込み役は短く_ほかは版の名で永く覚えられる(server: str) -> None:
    page = Visitor(server, origin="https://any.example")
    loader = page.send("GET", "/widget.js")
    assert loader.status == 302
    assert loader.headers["cache-control"] == "public, max-age=300"
    place = loader.headers["location"].removeprefix("/webhooks/widget")
    assert re.fullmatch(r"/v[0-9a-f]{12}/widget\.js", place)
    file = page.send("GET", place)
    assert (file.status, file.body) == (200, SCRIPT)
    assert file.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert file.headers["content-type"] == "text/javascript; charset=utf-8"
    for answer in (loader, file):
        assert answer.headers["access-control-allow-origin"] == "*"
        assert answer.headers["cross-origin-resource-policy"] == "cross-origin"
        assert answer.headers["x-content-type-options"] == "nosniff"
    again = page.send("GET", place, If_None_Match=file.headers["etag"])
    assert (again.status, again.body) == (304, b"")
    head = page.send("HEAD", place)
    assert (head.body, head.headers["content-length"]) == (b"", str(len(SCRIPT)))
    packed = page.send("GET", place, Accept_Encoding="br, gzip")
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.headers["vary"] == "Accept-Encoding"
    assert len(packed.body) < len(SCRIPT) / 4
    assert gzip.decompress(packed.body) == SCRIPT


def test_古い版を尋ねるページは今の版へ導かれる(server: str) -> None:
    answer = Visitor(server).send("GET", "/v0123456789ab/parts/chat.js")
    assert answer.status == 302
    assert answer.headers["cache-control"] == "no-store"
    assert re.fullmatch(r"/webhooks/widget/v[0-9a-f]{12}/parts/chat\.js", answer.headers["location"])


@pytest.mark.parametrize("name", ["notes.txt", ".hidden.js", "demo.html", "parts", "parts/", "", "WIDGET.JS"])
def test_ウィジェットのものでないファイルは出さない(server: str, name: str) -> None:
    answer = Visitor(server).send("GET", f"/v0/{name}")
    assert answer.status == 404
    assert b"root:" not in answer.body


# --- the proof for whoever publishes it -----------------------------------------------------------------------------


def test_調べる命令は_正しい公開とそうでない公開を見分ける(server: str) -> None:
    findings = list(probe(server, origin=ORIGIN))
    # These tests speak plain HTTP, and that is all that there is to say against this server
    assert [finding.en for finding in findings if not finding.good] == ["TLS (https) with HSTS"]
    unknown = list(probe(server, origin="https://other.example"))
    assert not unknown[0].good
    with running() as (local, _):
        wrong = {finding.en.split(" (")[0] for finding in probe(local, origin=ORIGIN) if not finding.good}
        assert {f"pages of {ORIGIN} may use it", "nothing else is open"} <= wrong


# --- the start ------------------------------------------------------------------------------------------------------


def refused(folder: Path, public_profile: str = PUBLIC, **environment: str) -> str:
    """What is said where the public server does not start. It does not come as far as loading Rasa."""
    credentials = folder / "credentials.yml"
    credentials.write_text(public_profile, encoding="utf-8")
    port = free_port()
    ended = subprocess.run(
        [sys.executable, "-m", "madoguchi.serve", "--public", f"--credentials={credentials}", f"--port={port}"],
        cwd=REPOSITORY,
        env={name: value for name, value in os.environ.items() if "WIDGET" not in name} | environment,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert ended.returncode == 1
    assert "Traceback" not in ended.stderr
    return ended.stderr


NO_KEY = PUBLIC.replace('"var/widget.key"', '"{folder}/widget.key"')


def test_鍵がなければ公開しない(tmp_path: Path) -> None:
    profile = NO_KEY.format(folder=tmp_path)
    said = refused(tmp_path, profile, MADOGUCHI_WIDGET_ORIGINS=ORIGIN)
    assert "署名する鍵がありません" in said
    assert "no key to sign" in said
    assert not (tmp_path / "widget.key").exists()


def test_短い鍵では公開しない(tmp_path: Path) -> None:
    for environment in ({"MADOGUCHI_WIDGET_KEY": "k" * 31}, {"MADOGUCHI_WIDGET_KEY": ""}):
        said = refused(tmp_path, MADOGUCHI_WIDGET_ORIGINS=ORIGIN, **environment)
        assert "短すぎます" in said
        assert "too short" in said


def test_サイトを書かなければ公開しない(tmp_path: Path) -> None:
    said = refused(tmp_path, MADOGUCHI_WIDGET_KEY=KEY)
    assert "どのサイトに置くか" in said
    assert "No website" in said
    assert "'*'" in refused(tmp_path, MADOGUCHI_WIDGET_KEY=KEY, MADOGUCHI_WIDGET_ORIGINS="*")
