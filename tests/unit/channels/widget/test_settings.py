"""madoguchi.channels.widget.settings: what cannot be right is said before the server starts, in two languages."""

from __future__ import annotations

import stat
from pathlib import Path
from typing import Any

import pytest
import yaml

from madoguchi.channels.widget import settings
from madoguchi.channels.widget.settings import CHANNEL, KEY_VARIABLE, ORIGINS_VARIABLE, Settings
from madoguchi.terminal import Advice

REPOSITORY = Path(__file__).parents[4]
KEY = "k" * 32


def read(entry: dict[str, Any], **environment: str) -> Settings:
    return settings.read(entry, environment={KEY_VARIABLE: KEY} | environment)


def test_何も書かなければ_どのサイトからも使えない既定の値() -> None:
    found = read({})
    assert not found.public
    assert found.origins == ()
    assert (found.messages_per_minute, found.requests_per_minute) == (15, 300)
    assert (found.longest_message, found.largest_body) == (300, 16_384)


@pytest.mark.parametrize("name", ["credentials.yml", "credentials.public.yml"])
def test_配る設定ファイルは読める(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(KEY_VARIABLE, KEY)
    monkeypatch.setenv(ORIGINS_VARIABLE, "https://www.example.jp https://example.com:8443")
    found = settings.read_file(REPOSITORY / name)
    assert found is not None
    assert found.public == ("public" in name)
    assert found.origins == ("https://www.example.jp", "https://example.com:8443")


def test_公開の設定はウィジェットだけを開く() -> None:
    entries = yaml.safe_load((REPOSITORY / "credentials.public.yml").read_text(encoding="utf-8"))
    assert set(entries) == {CHANNEL, "madoguchi.channels.in_process.InProcessActions"}
    assert entries[CHANNEL]["proxies"] == []


def test_ウィジェットのない設定には何も言わない(tmp_path: Path) -> None:
    assert settings.read_file(REPOSITORY / "credentials.split.yml") is None
    assert settings.read_file(tmp_path / "missing.yml") is None


WRONG = {
    "サイトの書き方": ({"origins": ["www.example.jp"]}, "www.example.jp"),
    "サイトが並びでない": ({"origins": "https://www.example.jp"}, "origins"),
    "代理の書き方": ({"proxies": ["nginx"]}, "nginx"),
    "代理の範囲": ({"proxies": ["10.0.0.1/8"]}, "10.0.0.1/8"),
    "回数が零": ({"messages_per_minute": 0}, "messages_per_minute"),
    "回数が文": ({"requests_per_minute": "300"}, "requests_per_minute"),
    "回数が真偽": ({"requests_per_minute": True}, "requests_per_minute"),
    "長さが負": ({"longest_message": -1}, "longest_message"),
    "公開が文": ({"public": "yes"}, "public"),
    "鍵の場所が空": ({"key_file": ""}, "key_file"),
    "知らない項目": ({"origin": ["https://www.example.jp"]}, "origin"),
}


@pytest.mark.parametrize(("entry", "named"), WRONG.values(), ids=WRONG.keys())
def test_誤りは項目を挙げて二つの言葉で言う(entry: dict[str, Any], named: str) -> None:
    with pytest.raises(Advice) as caught:
        read(entry)
    assert named in str(caught.value)
    assert "直して" in str(caught.value)
    assert "need mending" in str(caught.value)


def test_手元では鍵を一度だけ作り_自分しか読めない(tmp_path: Path) -> None:
    file = tmp_path / "var" / "widget.key"
    first = settings.read({"key_file": str(file)}, environment={}).key
    assert len(first) >= 32
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert settings.read({"key_file": str(file)}, environment={}).key == first
    other = settings.read({"key_file": str(tmp_path / "other.key")}, environment={}).key
    assert other != first


def test_公開では鍵を作らない(tmp_path: Path) -> None:
    file = tmp_path / "widget.key"
    entry = {"public": True, "origins": ["https://www.example.jp"], "key_file": str(file)}
    with pytest.raises(Advice, match=r"鍵がありません[\s\S]*no key"):
        settings.read(entry, environment={})
    assert not file.exists()
    file.write_text("k" * 31 + "\n")
    with pytest.raises(Advice, match=r"短すぎます[\s\S]*too short"):
        settings.read(entry, environment={})
    file.write_text("k" * 32 + "\n")
    assert settings.read(entry, environment={}).key == b"k" * 32


def test_公開ではサイトの名がなければ始まらない() -> None:
    with pytest.raises(Advice, match=r"どのサイトに[\s\S]*No website"):
        read({"public": True})
    assert read({"public": True}, **{ORIGINS_VARIABLE: "https://www.example.jp"}).public


def test_環境変数の鍵はファイルより先(tmp_path: Path) -> None:
    file = tmp_path / "widget.key"
    file.write_text("f" * 40)
    assert settings.read({"key_file": str(file)}, environment={KEY_VARIABLE: KEY}).key == KEY.encode()
