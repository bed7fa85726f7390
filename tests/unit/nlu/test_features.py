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
def test_何が来てもすべての組(text: str) -> None:
    assert set(features(text).counts) == set(BLOCKS)


@pytest.mark.parametrize(("one", "other"), [("協会の電話は", "組合の住所は"), ("20人までですか", "300人までですか")])
def test_型は何の話でも同じ(one: str, other: str) -> None:
    assert features(one).counts["p"] == features(other).counts["p"]
    assert features(one).counts["w"] != features(other).counts["w"]


@pytest.mark.parametrize(("one", "other"), [("協会の電話は", "協会に電話する"), ("20人までですか", "会社までですか")])
def test_聞き方が違えば型も違う(one: str, other: str) -> None:
    assert features(one).counts["p"] != features(other).counts["p"]


@pytest.mark.parametrize(
    ("one", "other"), [("田中さんの電話", "山本さんの電話"), ("大津の窓口", "長浜の窓口"), ("5億円まで", "7億円まで")]
)
def test_名前や数が違っても_隣り合う語は同じ(one: str, other: str) -> None:
    pairs = [{gram for gram in features(text).counts["w"] if " " in gram} for text in (one, other)]
    assert pairs[0] == pairs[1]
