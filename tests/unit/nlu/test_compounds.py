"""madoguchi.nlu.compounds: wrong conversions beside words that tell of them."""

from __future__ import annotations

import pytest

from madoguchi.japanese.morphology import morphemes
from madoguchi.japanese.sequences import Sequences
from madoguchi.nlu.compounds import Compounds
from madoguchi.nlu.pieces import pieces_of

CATALOG = ["経営革新の補助金", "経営革新計画の承認", "信用保証協会の電話番号", "設備資金の最長期間"]
EXAMPLES = ["厚生年金の額", "兄さんの前", "保証教会に電話", "65歳以上の人"]


@pytest.fixture(scope="module")
def compounds() -> Compounds:
    return Compounds(Sequences.of(CATALOG), Sequences.of(EXAMPLES))


def _meant(text: str, compounds: Compounds) -> set[str]:
    pieces, _ = pieces_of(morphemes(text))
    return {
        text[: pieces[begin].start] + written + text[pieces[end - 1].end :]
        for begin in range(len(pieces))
        for end, _, written, _ in compounds.edges(pieces, begin)
    }


MEANT = [
    ("経営確信", "経営革新"),  # as the catalog has it
    ("補助菌の額", "補助金の額"),
    ("計画の省認", "計画の承認"),  # two words for one
    ("信用補償協会", "信用保証協会"),
    ("更生年金", "厚生年金"),  # of the examples
]


@pytest.mark.parametrize(("text", "meant"), MEANT, ids=[text for text, _ in MEANT])
def test_並んだ漢字から変換ちがいが分かる(text: str, meant: str, compounds: Compounds) -> None:
    assert _meant(text, compounds) == {meant}


KEPT = [
    *CATALOG,
    *EXAMPLES,
    "補償の額",  # a word of its own
    "経営 確信",  # a space parts words
    "65歳超の人",  # 最長
    "協会電話",  # 教会 of an example is no word of the catalog
    "設備ローン",
    "二三千",
]


@pytest.mark.parametrize("text", KEPT)
def test_変換ちがいと言えなければ何も挙げない(text: str, compounds: Compounds) -> None:
    assert _meant(text, compounds) == set()
