"""madoguchi.nlu.vectors: word vectors read from a spaCy vocabulary without spaCy."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest
from rasa.shared.exceptions import RasaException

from madoguchi.nlu import vectors
from madoguchi.nlu.vectors import SIZE, word_vectors


def alike(one: str, other: str) -> float:
    """The cosine of two words."""
    known = word_vectors()
    rows = [known.row(word) for word in (one, other)]
    assert None not in rows
    first, second = (known.mean([(row, 1.0)]) for row in rows if row is not None)
    return float(first @ second)


@pytest.mark.parametrize(
    ("word", "near", "far"), [("融資", "ローン", "天気"), ("金額", "値段", "電話"), ("電話", "連絡", "税金")]
)
def test_近い意味の言葉は近い(word: str, near: str, far: str) -> None:
    assert alike(word, near) > alike(word, far)


@pytest.mark.parametrize("word", ["", "ꙮꙮꙮ", "ߧߧ"])
def test_知らない言葉には行がない(word: str) -> None:
    assert word_vectors().row(word) is None


def test_重い言葉のほうを向く() -> None:
    known = word_vectors()
    loan, weather = (known.row(word) for word in ("融資", "天気"))
    assert loan is not None
    assert weather is not None
    mixed = known.mean([(loan, 3.0), (weather, 1.0)])
    assert mixed.shape == (SIZE,)
    assert np.linalg.norm(mixed) == pytest.approx(1.0, abs=1e-5)
    assert mixed @ known.mean([(loan, 1.0)]) > mixed @ known.mean([(weather, 1.0)])
    assert not known.mean([]).any()


def test_spaCy_を読み込まない() -> None:
    word_vectors()
    assert "spacy" not in sys.modules
    assert "ja_ginza" not in sys.modules


def test_パッケージがなければ直し方を言う(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(vectors, "PACKAGE", "no_such_package")
    with pytest.raises(RasaException, match=r"requirements\.lock"):
        vectors._vocabulary()
