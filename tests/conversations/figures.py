"""Figures as the tests compare them: 7.2億円 and 7億2千万円 are one figure, 12億円 does not contain 2億円."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from madoguchi.catalog import Catalog
from madoguchi.japanese.dates import era_name
from madoguchi.japanese.folding import fold
from madoguchi.japanese.numbers import quantities

TELEPHONE = re.compile(r"(?<![\d-])0\d{1,4}-\d{1,4}-\d{3,4}(?![\d-])")
# 77-511-1321 in 077-511-1321 is not a number of its own, 平成22年10月 are two.
DIGITS = re.compile(r"\d+(?:[.-]\d+)*")
YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)年")
CITATION = re.compile(r"\{(\w+)\}")
# How many things a list has; whoever reads the list can count them.
LENGTH_OF_LIST = re.compile(r"\d+件")


def canonical(text: str) -> str:
    """`text` in one writing, with each figure as its value: two writings of one figure become equal strings.

    >>> canonical('７億２千万円以内') == canonical('7.2億円以内')
    True
    >>> canonical('2億円') in canonical('12億円')
    False
    """
    return "".join(part for part, _ in _parts(text))


def figures(text: str) -> set[str]:
    """The amounts, percentages, ratios, numbers of years, telephone and other numbers in `text`, canonically written.

    >>> sorted(figures('2億円、0.77%、077-511-1321(内線2105)'))
    ['0.77%', '077-511-1321', '200000000円', '2105']
    """
    return {part.strip("⟨⟩") for part, is_figure in _parts(LENGTH_OF_LIST.sub("", text)) if is_figure}


def unsourced(text: str, custom: dict[str, Any], *, said: Sequence[str], catalog: Catalog) -> list[str]:
    """The figures of a reply that nothing vouches for.

    Those who may: the facts, computed figures and offices of its `custom`, which must be the catalog's own; names of
    the catalog and titles of documents that stand in the text; and the person's own words, their years in eras too.
    """
    years = [era_name(year) for text in said for year in YEAR.findall(fold(text))]  # 2031年 is 令和13年
    sources = [*said, *years, *_of_facts(custom["facts"], catalog), *_of_contacts(custom["contacts"], catalog)]
    sources += [name for name in _names(catalog) if name and name in text]
    return sorted(figures(text) - set().union(*map(figures, sources)))


def _parts(text: str) -> Iterator[tuple[str, bool]]:
    """`text` piece by piece, each with whether it is a figure; ⟨ and ⟩ keep a figure apart from its neighbours."""
    folded = fold(text)
    place = 0
    spans = [(match.start(), match.end(), match[0]) for match in TELEPHONE.finditer(folded)]
    for quantity in quantities(folded):
        written = folded[quantity.start : quantity.end]
        unit = {"yen": "円", "percent": "%"}.get(quantity.kind, quantity.kind)
        value = f"{float(quantity.value):g}" if quantity.kind in ("percent", "ratio") else str(quantity.value)
        # 一社 and 二人 in running text are words
        if any(character.isdigit() for character in written) or quantity.kind in ("yen", "percent", "ratio"):
            spans.append((quantity.start, quantity.end, value + unit))
    for start, end, figure in sorted(spans):
        if start < place:
            continue
        yield from _plain(folded[place:start])
        yield f"⟨{figure}⟩", True
        place = end
    yield from _plain(folded[place:])


def _plain(text: str) -> Iterator[tuple[str, bool]]:
    place = 0
    for match in DIGITS.finditer(text):
        yield text[place : match.start()], False
        yield f"⟨{match[0]}⟩", True
        place = match.end()
    yield text[place:], False


def _of_facts(facts: Sequence[dict[str, Any]], catalog: Catalog) -> Iterator[str]:
    for fact in facts:
        if fact["type"] == "computed":
            yield fact["printed"]
            yield from fact["inputs"]
            continue
        stated = catalog.fact(fact["id"])
        printed = CITATION.sub(
            lambda cited, of=stated: catalog.fact(f"{of.program}.{cited[1]}").printed, stated.printed
        )
        assert fact["printed"] == printed, f"制度データと違う項目です: {fact}"
        yield from (stated.printed, stated.name, stated.note or "", str(stated.source.page))


def _of_contacts(contacts: Sequence[dict[str, Any]], catalog: Catalog) -> Iterator[str]:
    for contact in contacts:
        stated = catalog.contacts[contact["id"]]
        assert contact["telephone"] == stated.telephone, f"制度データと違う窓口です: {contact}"
        yield from (stated.name, stated.telephone or "", stated.extension or "", stated.mail or "", stated.web or "")


def _names(catalog: Catalog) -> Iterator[str]:
    """Everything that has a name, and the days on which documents appeared and facts held, as replies write them."""
    yield from (program.name for program in catalog.programs.values())
    yield from {era_name(program.as_of) for program in catalog.programs.values()}
    yield from (program.source.section for program in catalog.programs.values())
    yield from {f"{program.source.page}ページ" for program in catalog.programs.values()}
    yield from (case.name for case in catalog.cases.values())
    yield from (term.name for group in catalog.terms.values() for term in group.values())
    yield from (contact.name for contact in catalog.contacts.values())
    for document in catalog.documents.values():
        yield from (document.title, document.short_name, era_name(document.published))
    yield catalog.settings.covers
