"""madoguchi.channels.widget.export: what a site hosts itself, for the time when the server is down."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from madoguchi.catalog import Catalog, load
from madoguchi.channels.widget import export
from madoguchi.channels.widget.contacts import contact_list
from madoguchi.channels.widget.files import Files

REPOSITORY = Path(__file__).parents[4]


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load(REPOSITORY / "data/programs")


@pytest.fixture
def files(tmp_path: Path) -> Files:
    (tmp_path / "web").mkdir()
    (tmp_path / "web" / "widget.js").write_text("'use strict';")
    return Files.read(tmp_path / "web")


def test_番号のあるどの窓口も_まず総合の窓口から(catalog: Catalog) -> None:
    listed = json.loads(contact_list(catalog).body)["contacts"]
    assert listed[0]["id"] == catalog.settings.general_contact
    assert {contact["id"] for contact in listed} == {c.id for c in catalog.contacts.values() if c.telephone}
    assert {contact["telephone"] for contact in listed} == {c.telephone for c in catalog.contacts.values()} - {None}


def test_置くだけで電話できるページと一覧になる(tmp_path: Path, catalog: Catalog, files: Files) -> None:
    written = export.write(tmp_path / "out", files=files, catalog=catalog, server="https://desk.example.jp/")
    assert set(written) == {
        "contacts.json",
        "contacts.html",
        "links.html",
        "embed.html",
        f"v{files.digest}/widget.js",
    }
    numbers = {contact.telephone for contact in catalog.contacts.values() if contact.telephone}
    for name in ("contacts.html", "links.html"):
        text = (tmp_path / "out" / name).read_text(encoding="utf-8")
        assert set(re.findall(r'href="tel:([\d-]+)"', text)) == numbers
        tags = Tags()
        tags.feed(text)
        assert not {"script", "style", "img", "link"} & tags.names
    assert "平成22年10月現在" in (tmp_path / "out" / "contacts.html").read_text(encoding="utf-8")
    assert json.loads((tmp_path / "out" / "contacts.json").read_bytes()) == json.loads(contact_list(catalog).body)


def test_埋め込みの札は版とその値を持つ(tmp_path: Path, catalog: Catalog, files: Files) -> None:
    export.write(tmp_path / "out", files=files, catalog=catalog, server="https://desk.example.jp")
    text = (tmp_path / "out" / "embed.html").read_text(encoding="utf-8")
    base = "https://desk.example.jp/webhooks/widget"
    assert f'<script src="{base}/widget.js" async></script>' in text
    assert f'src="{base}/v{files.digest}/widget.js" integrity="{files["widget.js"].integrity}"' in text


def test_データにある印は文字のまま出る(tmp_path: Path, files: Files) -> None:
    catalog = load(REPOSITORY / "tests/data/catalog_minami")
    office = next(contact for contact in catalog.contacts.values() if contact.telephone)
    object.__setattr__(office, "name", "<script>alert(1)</script>")
    export.write(tmp_path / "out", files=files, catalog=catalog, server='https://x"><script>')
    for name in ("contacts.html", "links.html"):
        assert "<script" not in (tmp_path / "out" / name).read_text(encoding="utf-8")
    assert '"><script>' not in (tmp_path / "out" / "embed.html").read_text(encoding="utf-8")


class Tags(HTMLParser):
    """The names of all tags."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
