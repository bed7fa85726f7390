"""Writes what a website can host itself: the widget's files, and the telephone list for when this server is down.

`make widget SERVER=https://madoguchi.example.jp`, or python -m madoguchi.channels.widget.export --server … --out FOLDER
"""

from __future__ import annotations

import argparse
import html
import json
import sys
from pathlib import Path
from typing import Any

from madoguchi.catalog import Catalog, CatalogError, folder, load
from madoguchi.channels.widget.contacts import contact_list
from madoguchi.channels.widget.files import Files
from madoguchi.japanese.dates import era_name

LOADER = "widget.js"


def write(out: Path, *, files: Files, catalog: Catalog, server: str) -> list[str]:
    """The names of what was written below `out`; `server` is where the public sees the widget's server.

    - `contacts.json`, as the server sends it, and `contacts.html`, a page of its own without script or style
    - `links.html`, the same list to be put inside a page
    - `embed.html`, the tags to be put into a page, the version's integrity hash with them
    - `v<digest>/…`, the widget's files
    """
    listed = contact_list(catalog)
    telephone = json.loads(listed.body)
    written = {
        "contacts.json": listed.body,
        "links.html": _links(telephone).encode(),
        "contacts.html": _page(telephone).encode(),
        "embed.html": _tags(files, server=server).encode(),
    } | {f"v{files.digest}/{name}": file.content for name, file in files.items()}
    for name, content in written.items():
        place = out / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
    return list(written)


def _links(telephone: dict[str, Any]) -> str:
    items = []
    for contact in telephone["contacts"]:
        number = html.escape(contact["telephone"])
        extension = f"（内線 {html.escape(contact['extension'])}）" if contact["extension"] else ""
        items.append(f'  <li>{html.escape(contact["office"])} <a href="tel:{number}">{number}</a>{extension}</li>\n')
    return f"<ul>\n{''.join(items)}</ul>\n"


def _page(telephone: dict[str, Any]) -> str:
    name = html.escape(telephone["name"])
    as_of = (
        f"<p>{html.escape(era_name(telephone['as_of']))}現在の資料によるものです。</p>\n" if telephone["as_of"] else ""
    )
    return (
        '<!DOCTYPE html>\n<html lang="ja">\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>お問い合わせ先 - {name}</title>\n<h1>お問い合わせ先</h1>\n"
        f"<p>{html.escape(telephone['covers'])}についての窓口です。</p>\n{as_of}{_links(telephone)}</html>\n"
    )


def _tags(files: Files, *, server: str) -> str:
    base = html.escape(f"{server.rstrip('/')}/webhooks/widget", quote=True)
    tags = f'<!-- 更新がそのまま届く / follows updates -->\n<script src="{base}/{LOADER}" async></script>\n'
    if LOADER in files:
        version = f"{base}/v{files.digest}/{LOADER}"
        tags += (
            "\n<!-- 版を固定し、改変を防ぐ / one version, protected against changes -->\n"
            f'<script src="{version}" integrity="{files[LOADER].integrity}" crossorigin="anonymous" async></script>\n'
        )
    return tags


def main(arguments: list[str] | None = None) -> int:
    """Exit code 0 when all is written, 1 with a message when the program data cannot be used."""
    parser = argparse.ArgumentParser(
        prog="python -m madoguchi.channels.widget.export", description="サイトに置くファイル / files for a website"
    )
    parser.add_argument("--server", default="http://127.0.0.1:5005", help="サーバーの URL / the server's address")
    parser.add_argument("--out", type=Path, default=Path("var/widget"), help="書き出す先 / where to write")
    parser.add_argument("--web", type=Path, default=Path("web"), help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    try:
        catalog = load(folder())
    except CatalogError as error:
        print(error, file=sys.stderr)
        return 1
    files = Files.read(options.web)
    for name in write(options.out, files=files, catalog=catalog, server=options.server):
        print(options.out / name)
    print(f"\n{(options.out / 'embed.html').read_text(encoding='utf-8')}", end="")
    return 0


if __name__ == "__main__":
    sys.exit(main())
