"""The figures of the catalog against the second book in tests/data/figures.tsv: a slip in one is seen in the other.

Whoever changes a figure on purpose writes the second book anew with `make figures`, and reads what git shows.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from madoguchi import catalog
from madoguchi.catalog import Catalog
from madoguchi.catalog.model import Unit

BOOK = Path(__file__).parents[2] / "data" / "figures.tsv"


def rows(whole: Catalog) -> Iterator[str]:
    """A line for every fact and contact: figure, verdict, cases, period, addresses; the wording of texts may change."""
    for fact in whole.facts():
        figure = [] if fact.unit is Unit.TEXT else [fact.value, fact.upper, fact.printed, fact.bound.value]
        parts = [fact.key, *figure, fact.verdict, ",".join(fact.applies_to), fact.period, fact.since, fact.until]
        yield "\t".join("" if part is None else str(part) for part in parts)
    for contact in whole.contacts.values():
        parts = [contact.id, contact.telephone, contact.extension, contact.mail, contact.web]
        yield "\t".join("" if part is None else str(part) for part in parts)


def test_数字と番号は二冊の帳面で同じ() -> None:
    found = list(rows(catalog.load(catalog.folder())))
    if os.environ.get("FIGURES") == "write":
        BOOK.write_text("\n".join(found) + "\n", encoding="utf-8")
    written = BOOK.read_text(encoding="utf-8").splitlines()
    assert sorted(set(found) ^ set(written)) == [], (
        "意図した変更なら `make figures` で帳面を書き直し、差分を確かめてください"
    )
    assert len(found) == len(written)
