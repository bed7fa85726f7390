"""madoguchi.catalog.search: how much of a text the texts of a programme have."""

from __future__ import annotations

from pathlib import Path

import pytest

from madoguchi.catalog import facts_index, load
from madoguchi.catalog.search import FactIndex

MINAMI = Path(__file__).parents[2] / "data/catalog_minami"


@pytest.fixture(scope="module")
def index() -> FactIndex:
    return facts_index(load(MINAMI))


def test_制度の言葉は名前と項目の両方から来る(index: FactIndex) -> None:
    said = index.said(["fishing_fire_loan"])
    assert {"漁業", "不漁"} <= said
    assert index.said([]) == frozenset()


def test_合う言葉の割合はめずらしい言葉ほど重い(index: FactIndex) -> None:
    said = index.said(["fishing_fire_loan"])
    rare, common = index.share(["漁業", "ペンギン"], said), index.share(["制度", "ペンギン"], said | {"制度"})
    assert 0 < common < rare < 1
    assert index.share(["漁業"], said) == 1
    assert index.share([], said) == 0
