"""madoguchi.channels.widget.origins: which pages may ask, and what their browsers are told."""

from __future__ import annotations

import pytest

from madoguchi.channels.widget.origins import Origins, is_origin

ORIGINS = Origins(["https://www.example.jp", "http://localhost:*", "https://example.com:8443"])


@pytest.mark.parametrize(
    "origin", ["https://www.example.jp", "http://localhost", "http://localhost:8000", "https://example.com:8443"]
)
def test_書かれたサイトは使える(origin: str) -> None:
    assert ORIGINS.headers(origin)["Access-Control-Allow-Origin"] == origin
    assert ORIGINS.preflight(origin)["Access-Control-Allow-Origin"] == origin


@pytest.mark.parametrize(
    "origin",
    [
        "null",
        "*",
        "",
        "http://www.example.jp",
        "https://example.jp",
        "https://www.example.jp.evil.example",
        "https://evil.example/https://www.example.jp",
        "https://www.example.jp:444",
        "https://www.example.jp/",
        "https://WWW.EXAMPLE.JP",
        "https://example.com",
        "http://localhost:*",
        "http://localhost:80a",
        "http://localhost:8000.evil.example",
        "http://localhost@evil.example",
        "http://localhost:8000\r\nX-Injected: 1",
    ],
)
def test_ほかのサイトには何も許さない(origin: str) -> None:
    assert not ORIGINS.allow(origin)
    assert ORIGINS.headers(origin) == {"Vary": "Origin"}
    assert ORIGINS.preflight(origin) == {"Vary": "Origin"}


def test_送り主のない要求には誰の名も書かない() -> None:
    assert ORIGINS.headers(None) == {"Vary": "Origin"}


@pytest.mark.parametrize(
    "text", ["https://*.example.jp", "example.jp", "https://", "ftp://example.jp", "https://例え.jp"]
)
def test_書き方の誤りに気づく(text: str) -> None:
    assert not is_origin(text)
