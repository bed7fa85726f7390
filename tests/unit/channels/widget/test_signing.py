"""madoguchi.channels.widget.signing: whose conversation it is, whatever somebody sends as a token."""

from __future__ import annotations

import base64
import json
import time
from datetime import timedelta

import jwt
import pytest

from madoguchi.channels.widget.signing import AUDIENCE, Refused, Signer, new_conversation

KEY = b"0123456789abcdef0123456789abcdef"
OTHER_KEY = b"another-key-of-the-same-length-!"
DAY = timedelta(days=1)


def signer(key: bytes = KEY) -> Signer:
    return Signer(key, lifetime=90 * DAY)


def part(content: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(content).encode()).decode().rstrip("=")


CLAIMS = {"sub": "widget-someone-else", "aud": AUDIENCE, "exp": int(time.time()) + 1000}


def test_発行した札は会話に戻る() -> None:
    assert signer().conversation(signer().token("widget-a", now=time.time())) == "widget-a"


def test_会話の名は推測できない() -> None:
    names = {new_conversation() for _ in range(1000)}
    assert len(names) == 1000
    assert min(len(name.removeprefix("widget-")) for name in names) >= 22  # 128 bits in base64


@pytest.mark.parametrize(
    "forged",
    [
        "",
        "widget-a",
        "a.b.c",
        "....",
        "\u3042.\u3044.\u3046",
        "x" * 10_000,
        jwt.encode(CLAIMS, OTHER_KEY, algorithm="HS256"),
        f"{part({'alg': 'none', 'typ': 'JWT'})}.{part(CLAIMS)}.",
        f"{part({'alg': 'HS256', 'typ': 'JWT'})}.{part(CLAIMS)}.",
        jwt.encode(CLAIMS, KEY, algorithm="HS512"),
        jwt.encode(CLAIMS | {"aud": "another-service"}, KEY, algorithm="HS256"),
        jwt.encode({k: v for k, v in CLAIMS.items() if k != "aud"}, KEY, algorithm="HS256"),
        jwt.encode({k: v for k, v in CLAIMS.items() if k != "exp"}, KEY, algorithm="HS256"),
        jwt.encode({k: v for k, v in CLAIMS.items() if k != "sub"}, KEY, algorithm="HS256"),
        jwt.encode(CLAIMS | {"sub": 7}, KEY, algorithm="HS256"),
    ],
    ids=[
        "空", "名だけ", "形だけ", "点だけ", "仮名", "一万字", "別の鍵", "署名なしと称する", "署名を外した", "別の算法",
        "別の用途", "用途なし", "期限なし", "会話なし", "会話が数",
    ],
)  # fmt: skip
def test_偽の札は通らない(forged: str) -> None:
    with pytest.raises(Refused):
        signer().conversation(forged)


def test_どこか一字でも変えた札は通らない() -> None:
    token = signer().token("widget-a", now=time.time())
    for place in range(0, len(token) - 1, 7):  # the last sign of base64 has bits that mean nothing
        other = "A" if token[place] != "A" else "B"
        with pytest.raises(Refused):
            signer().conversation(token[:place] + other + token[place + 1 :])


def test_札は会話の保存期間だけ使える() -> None:
    now = time.time()
    assert signer().conversation(signer().token("widget-a", now=now - 90 * 86_400 + 60))
    with pytest.raises(Refused):
        signer().conversation(signer().token("widget-a", now=now - 90 * 86_400 - 60))


def test_短い鍵では始まらない() -> None:
    with pytest.raises(ValueError, match="32"):
        signer(KEY[:-1])
