"""madoguchi.catalog.lexicon: the words and places that a catalog knows."""

from __future__ import annotations

import pytest

from madoguchi.catalog import lexicon, load
from madoguchi.catalog.lexicon import Lexicon
from madoguchi.japanese.morphology import Morpheme, morphemes
from tests.unit.answers.conftest import MINAMI


@pytest.fixture(scope="module")
def words() -> Lexicon:
    return lexicon(load(MINAMI))


def _word(text: str) -> Morpheme:
    (word,) = morphemes(text)
    return word


def test_名前と項目と言い方の言葉を知っている(words: Lexicon) -> None:
    assert words.knows(_word("販路"))
    assert words.knows(_word("締切"))
    assert not words.knows(_word("花火"))


def test_知っている言葉と同じ読みの言葉が分かる(words: Lexicon) -> None:
    assert words.sounds(_word("保障"))
    assert not words.sounds(_word("花火"))
    assert not words.sounds(_word("販路"))


def test_ひと続きの言葉が載っているかが分かる(words: Lexicon) -> None:
    assert words.has(morphemes("みなと販路補助金"))
    assert not words.has(morphemes("販路みなと補助金"))


def test_一つの制度の名前の言葉だけでできているかが分かる(words: Lexicon) -> None:
    assert words.has_in_names(morphemes("販路補助金"))
    assert not words.has_in_names(morphemes("販路減税"))


def test_窓口のない土地が分かる(words: Lexicon) -> None:
    assert words.is_elsewhere(_word("金沢"))
    assert not words.is_elsewhere(_word("販路"))


def test_一つの制度の文にある言葉かが分かる(words: Lexicon) -> None:
    assert words.telling([_word("販路")])
    assert not words.telling([_word("花火")])
    assert not words.telling([])
