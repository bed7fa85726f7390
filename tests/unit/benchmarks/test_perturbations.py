"""benchmarks.perturbations: a sentence as somebody else would have typed it, the same one in every run."""

from __future__ import annotations

from random import Random

import pytest

from benchmarks import perturbations
from benchmarks.perturbations import PERTURBATIONS

CASES = [
    ("kana", "設備投資減税は？", "せつびとうしげんぜいは？"),
    ("kana", "21年度の予算", "21ねんどのよさん"),
    ("kana", "JETROとは", "JETROとは"),
    ("katakana", "補助金", "ホジョキン"),
    ("half_width_katakana", "ポンプの補助", "ﾎﾟﾝﾌﾟﾉﾎｼﾞｮ"),
    ("doubled", "あ", "ああ"),
    ("dropped", "いろ", "いろ"),
    ("swapped", "ああ", "ああ"),
    ("no_particles", "保証協会の電話を教えて", "保証協会電話教えて"),
    ("kansai", "いくらですか", "なんぼなん"),
    ("kansai", "教えてください", "教えてくれへん"),
    ("unspaced", "普通 保証、別枠は？", "普通保証別枠は"),
    ("spaced", "補助金は", "補助 金 は"),
    ("full_width", "H21年度 SBIR", "Ｈ２１年度 ＳＢＩＲ"),
]


@pytest.mark.parametrize(("name", "text", "expected"), CASES, ids=[f"{n}-{t}" for n, t, _ in CASES])
def test_書きかえ(name: str, text: str, expected: str) -> None:
    found = PERTURBATIONS[name](text, Random(0))
    assert found.replace("　", " ") == expected


@pytest.mark.parametrize("name", [name for name in PERTURBATIONS if name != "wrong_conversion"])
@pytest.mark.parametrize("text", ["経営革新支援資金の限度額は、いくらですか？", "はい", "", "？", "😀"], ids=repr)
def test_種が同じなら同じ_何が来ても文字列(name: str, text: str) -> None:
    perturb = PERTURBATIONS[name]
    assert perturb(text, Random(1)) == perturb(text, Random(1))


@pytest.mark.parametrize(("name", "change"), [("dropped", -1), ("doubled", 1), ("mistyped", 0), ("swapped", 0)])
def test_一字だけ違う(name: str, change: int) -> None:
    text = "これはいくらまでかりられますか"
    for seed in range(30):
        spoilt = PERTURBATIONS[name](text, Random(seed))
        assert spoilt != text
        assert len(spoilt) == len(text) + change


def test_同じ音のほかの字になる(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(perturbations, "_homophones", lambda: {(2, "ホショウ"): ["保証", "補償"], (1, "キン"): ["金"]})
    assert PERTURBATIONS["wrong_conversion"]("保証の金額", Random(0)) == "補償の金額"
    assert PERTURBATIONS["wrong_conversion"]("かなの文", Random(0)) == "かなの文"


def test_よく使う字は2965() -> None:
    assert len(list(perturbations._common_kanji())) == 2965
