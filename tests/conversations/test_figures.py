"""The tests' own eye for figures: what it takes for the same figure, and what for an invented one."""

from __future__ import annotations

import pytest

from madoguchi import catalog as catalogs
from madoguchi.catalog import Catalog
from tests.conversations.figures import canonical, figures, unsourced

SAME = [
    ("7.2億円", "7億2千万円"),
    ("8,000万円以内", "8千万円以内"),
    ("１．５５％", "1.55%"),
    ("0.77%", "0.77パーセント"),
    ("1/2", "２分の１"),
    ("077-511-1321", "０７７－５１１－１３２１"),
    ("15年以内", "１５年以内"),
]
DIFFERENT = [
    ("2億円", "12億円"),
    ("5,000万円", "1億5,000万円"),
    ("7%", "17%"),
    ("0.65%", "0.6%"),
    ("1/2", "1/20"),
    ("5年", "15年"),
    ("077-511-1321", "077-511-13210"),
    ("4月", "14月"),
]


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return catalogs.load(catalogs.folder())


@pytest.mark.parametrize(("one", "other"), SAME)
def test_書き方が違っても同じ数字(one: str, other: str) -> None:
    assert canonical(one) == canonical(other)


@pytest.mark.parametrize(("short", "long"), DIFFERENT)
def test_別の数字の一部ではない(short: str, long: str) -> None:
    assert canonical(short) not in canonical(long)


def test_数字だけを拾う() -> None:
    text = "第三者の一部が対象です。上限は2億円、料率0.77%、電話077-511-1321（内線2105）、全部で9件。"
    assert figures(text) == {"200000000円", "0.77%", "077-511-1321", "2105"}


def test_出どころのない数字を見つける(catalog: Catalog) -> None:
    tax, phone = catalog.fact("capital_investment_tax.tax_credit"), catalog.contacts["guarantee_association"]
    custom = {
        "facts": [{"type": "stated", "id": tax.key, "printed": tax.printed}],
        "contacts": [{"id": phone.id, "telephone": phone.telephone}],
    }
    vouched = f"税額控除は{tax.printed}です。平成22年10月現在。{phone.telephone}"
    assert unsourced(vouched, custom, said=[], catalog=catalog) == []
    assert unsourced("税額控除は8%、0120-444-444", custom, said=[], catalog=catalog) == ["0120-444-444", "8%"]
    assert unsourced("500万円までは出ません", custom, said=["補助金500万まで出る?"], catalog=catalog) == []
    computed = {"type": "computed", "printed": "350万円", "inputs": [tax.key, "50000000"]}
    assert unsourced("350万円です", custom | {"facts": [computed]}, said=[], catalog=catalog) == []


def test_制度データと違う項目は出どころにならない(catalog: Catalog) -> None:
    tax = catalog.fact("capital_investment_tax.tax_credit")
    custom = {"facts": [{"type": "stated", "id": tax.key, "printed": "70%"}], "contacts": []}
    with pytest.raises(AssertionError, match="制度データと違う"):
        unsourced("70%", custom, said=[], catalog=catalog)
