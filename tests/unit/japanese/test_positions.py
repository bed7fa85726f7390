"""madoguchi.japanese.positions: which item of a list somebody points at."""

from __future__ import annotations

import pytest

from madoguchi.japanese.positions import position

POSITIONS = [
    ("1", 1),
    ("２", 2),
    ("2番", 2),
    ("2番目", 2),
    ("２番目のやつ", 2),
    ("二番", 2),
    ("二番目でお願いします", 2),
    ("3つ目", 3),
    ("三つ目", 3),
    ("みっつめ", None),
    ("4個目", 4),
    ("1行目の", 1),
    ("5ばん", 5),
    ("①", 1),
    ("③で", 3),
    ("一つ目", 1),
    ("上", None),
    ("上の", 1),
    ("一番上", 1),
    ("一番上のやつ", 1),
    ("最初の", 1),
    ("最初", 1),
    ("はじめの", 1),
    ("前者", 1),
    ("左の", 1),
    ("下の", -1),
    ("一番下", -1),
    ("最後", -1),
    ("最後のを", -1),
    ("後者", -1),
    ("右の", -1),
    ("12", None),
    ("12番", None),
    ("2009年度", None),
    ("はい", None),
    ("設備投資減税", None),
    ("一番いいの", None),
    ("", None),
    ("0", None),
    ("0番", None),
]


@pytest.mark.parametrize(("text", "expected"), POSITIONS, ids=[repr(text) for text, _ in POSITIONS])
def test_何番目か(text: str, expected: int | None) -> None:
    assert position(text) == expected
