"""madoguchi.nlu.features: what of a text tells its kind, and what must not."""

from __future__ import annotations

import pytest

from madoguchi.nlu.features import BLOCKS, features

SAME = [
    ("げんどがくは", "ゲンドガクハ"),
    ("ゲンドガクハ", "ｹﾞﾝﾄﾞｶﾞｸﾊ"),
    ("限度額は？", "お忙しいところ恐れ入りますが、限度額は？よろしくお願いします。"),
    ("限度額は", "限度額は😀"),
]


@pytest.mark.parametrize(("one", "other"), SAME, ids=[other for _, other in SAME])
def test_書き方が違っても特徴は同じ(one: str, other: str) -> None:
    assert features(one).counts == features(other).counts


@pytest.mark.parametrize(("one", "other"), [("限度額", "補助率"), ("○予算", "予算"), ("", "は")], ids=repr)
def test_言うことが違えば特徴も違う(one: str, other: str) -> None:
    assert features(one).counts != features(other).counts


def test_補助金も補助菌も音は同じ() -> None:
    assert features("補助金").counts["s"] == features("補助菌").counts["s"]
    assert features("補助金").counts["c"] != features("補助菌").counts["c"]


@pytest.mark.parametrize("text", ["", " ", "😀", "、。", "鸚鵡", "zzz"], ids=repr)
def test_何が来ても三つの組(text: str) -> None:
    assert set(features(text).counts) == set(BLOCKS)
