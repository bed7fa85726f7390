"""How this server's widget is set up: the entry in the credentials file, and two things from the environment."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import ip_network
from pathlib import Path

import yaml

from madoguchi.channels.widget.origins import is_origin
from madoguchi.channels.widget.signing import SHORTEST_KEY
from madoguchi.channels.widget.visitors import Network
from madoguchi.terminal import Advice

# The name of the entry
CHANNEL = "madoguchi.channels.widget.channel.WidgetChannel"
PAGE = "docs/tasks/publish.md"
KEY_VARIABLE = "MADOGUCHI_WIDGET_KEY"
ORIGINS_VARIABLE = "MADOGUCHI_WIDGET_ORIGINS"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the channel needs to know, complete and checked."""

    public: bool
    origins: tuple[str, ...]
    proxies: tuple[Network, ...]
    key: bytes
    web: Path
    messages_per_minute: int  # of a conversation
    requests_per_minute: int  # of an address
    conversations_per_minute: int  # of an address
    longest_message: int  # characters (code points)
    largest_body: int  # bytes


def read(entry: Mapping[str, object], *, environment: Mapping[str, str] = os.environ) -> Settings:
    """The settings of a credentials file's entry. Raises `Advice` for anything that could only go wrong later.

    Where the entry is not `public`, a missing key is made and kept for the next start.
    """
    left = dict(entry)
    public = _flag(left, "public")
    origins = tuple(environment.get(ORIGINS_VARIABLE, "").split()) or _texts(left, "origins")
    left.pop("origins", None)
    for origin in origins:
        if not is_origin(origin):
            raise _advice(f"origins: {origin!r}", "https://www.example.jp のように", "as in https://www.example.jp")
    if public and not origins:
        raise Advice(
            "どのサイトに置くかが決まっていません。credentials.public.yml の origins か、環境変数\n"
            f"{ORIGINS_VARIABLE} に、https://www.example.jp のように書いてください({PAGE})。\n"
            "No website may use this server yet. Name them in credentials.public.yml (origins), or in\n"
            f"{ORIGINS_VARIABLE}, as in https://www.example.jp."
        )
    settings = Settings(
        public=public,
        origins=origins,
        proxies=tuple(_network(text) for text in _texts(left, "proxies")),
        key=_key(Path(_text(left, "key_file")), environment=environment, make=not public),
        web=Path(_text(left, "web")),
        messages_per_minute=_number(left, "messages_per_minute"),
        requests_per_minute=_number(left, "requests_per_minute"),
        conversations_per_minute=_number(left, "conversations_per_minute"),
        longest_message=_number(left, "longest_message"),
        largest_body=_number(left, "largest_body"),
    )
    if left:
        raise _advice(", ".join(map(str, left)), "そのような項目はありません", "no such setting")
    return settings


def read_file(credentials: Path) -> Settings | None:
    """The settings in a credentials file; None where it has no widget, or cannot be read, which Rasa tells better."""
    try:
        entries = yaml.safe_load(credentials.read_text(encoding="utf-8"))
    except (OSError, UnicodeError, yaml.YAMLError):
        return None
    if not isinstance(entries, dict) or CHANNEL not in entries:
        return None
    return read(entries[CHANNEL] or {})


# Of the entry's items only those that say something else have to be there.
_DEFAULTS: dict[str, object] = {
    "public": False,
    "origins": (),
    "proxies": (),
    "key_file": "var/widget.key",
    "web": "web",
    "messages_per_minute": 15,
    "requests_per_minute": 300,
    "conversations_per_minute": 30,
    "longest_message": 300,
    "largest_body": 16 * 1024,
}


def _take(left: dict[str, object], name: str) -> object:
    return left.pop(name, _DEFAULTS[name])


def _advice(found: str, ja: str, en: str) -> Advice:
    return Advice(
        f"ウィジェットの設定を直してください: {found}({ja})。{PAGE}\n"
        f"The widget's settings in the credentials file need mending: {found} ({en})."
    )


def _flag(left: dict[str, object], name: str) -> bool:
    value = _take(left, name)
    if not isinstance(value, bool):
        raise _advice(f"{name}: {value!r}", "true か false", "true or false")
    return value


def _number(left: dict[str, object], name: str) -> int:
    value = _take(left, name)
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        raise _advice(f"{name}: {value!r}", "1 以上の数", "a number from 1")
    return value


def _text(left: dict[str, object], name: str) -> str:
    value = _take(left, name)
    if not isinstance(value, str) or not value:
        raise _advice(f"{name}: {value!r}", "ファイルの場所", "a path")
    return value


def _texts(left: dict[str, object], name: str) -> tuple[str, ...]:
    value = _take(left, name)
    if not isinstance(value, list | tuple) or not all(isinstance(text, str) for text in value):
        raise _advice(f"{name}: {value!r}", "行の並び", "a list")
    return tuple(value)


def _network(text: str) -> Network:
    try:
        return ip_network(text)
    except ValueError as error:
        raise _advice(f"proxies: {text!r}", "10.0.0.0/8 のように", "as in 10.0.0.0/8") from error


def _key(file: Path, *, environment: Mapping[str, str], make: bool) -> bytes:
    """The signing key: the environment's, else the file's, else a new one where one may be made."""
    if KEY_VARIABLE in environment:
        key, source = environment[KEY_VARIABLE].strip().encode(), KEY_VARIABLE
    elif file.exists():
        key, source = file.read_bytes().strip(), str(file)
    elif make:
        return _new_key(file)
    else:
        raise Advice(
            f"会話に署名する鍵がありません。次の一行で作るか、環境変数 {KEY_VARIABLE} に入れてください({PAGE})。\n"
            f"There is no key to sign conversations with. Make one, or put it into {KEY_VARIABLE}:\n"
            f"  (umask 077; openssl rand -base64 48 > {file})"
        )
    if len(key) < SHORTEST_KEY:
        raise Advice(
            f"署名の鍵({source})が短すぎます。{SHORTEST_KEY} バイト以上にしてください: openssl rand -base64 48\n"
            f"The signing key ({source}) is too short: at least {SHORTEST_KEY} bytes are needed."
        )
    return key


def _new_key(file: Path) -> bytes:
    key = secrets.token_urlsafe(48).encode()
    file.parent.mkdir(parents=True, exist_ok=True)
    # Readable by nobody else from its first byte on; another server that starts now keeps the one that was first
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return file.read_bytes().strip()
    with os.fdopen(descriptor, "wb") as out:
        out.write(key + b"\n")
    return key
