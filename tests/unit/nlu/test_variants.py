"""madoguchi.nlu.variants: examples as other people would have typed them."""

from __future__ import annotations

from random import Random

import pytest

from madoguchi.nlu.variants import in_kana, variants, with_a_slip, without_particles

KANA = [
    ("限度額は？", "げんどがくは？"),
    ("※の補助率", "※のほじょりつ"),
    ("サイトの住所", "さいとのじゅうしょ"),
    ("21年度の予算", "21ねんどのよさん"),
    ("JETROとは", "JETROとは"),
    ("", ""),
]


@pytest.mark.parametrize(("text", "expected"), KANA, ids=[repr(text) for text, _ in KANA])
def test_かなにする(text: str, expected: str) -> None:
    assert in_kana(text) == expected


BARE = [
    ("協会の電話は", "協会電話"),
    ("※を使うには", "※使う"),
    ("いくらまで借りられるか", "いくらまで借りられるか"),
    ("大津と彦根も", "大津と彦根も"),
    ("は", "は"),
]


@pytest.mark.parametrize(("text", "expected"), BARE, ids=[text for text, _ in BARE])
def test_助詞を抜く_意味の変わるものは残す(text: str, expected: str) -> None:
    assert without_particles(text) == expected


@pytest.mark.parametrize("seed", range(30))
def test_打ち違いは一つだけ(seed: int) -> None:
    text = "これはいくらまで借りられますか"
    other = with_a_slip(text, Random(seed))
    assert len(text) - len(other) in (0, 1)
    differing = sum(a != b for a, b in zip(text, other, strict=False)) if len(text) == len(other) else 1
    assert differing <= 2


@pytest.mark.parametrize("text", ["はい", "うん", "？", "", "😀😀😀"], ids=repr)
def test_短い文は打ち違えない(text: str) -> None:
    assert all(with_a_slip(text, Random(seed)) == text for seed in range(10))


@pytest.mark.parametrize("text", ["限度額を教えて", "はい", "※", "", "電話"], ids=repr)
def test_いつも同じ_元の文も同じものも入らない(text: str) -> None:
    found = variants(text, slips=5)
    assert found == variants(text, slips=5)
    assert text not in found
    assert len(found) == len(set(found)) <= 8


def test_短い文ほど多くの打ち間違いを覚える() -> None:
    short, long = "どこですか", "今年度の予算の案の総額がいくらなのかを知りたいのですが"
    slips = {text: len(variants(text, slips=48)) - len(variants(text, slips=0)) for text in (short, long)}
    assert slips[short] >= 5
    assert slips[long] == 2
