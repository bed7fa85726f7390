"""madoguchi.nlu.encoder: sentences that mean the same lie near each other."""

from __future__ import annotations

import numpy as np
import pytest

from madoguchi.nlu.encoder import sentence_vectors


def test_意味の近い文は近い() -> None:
    one, near, far = sentence_vectors(["いくらまで借りられますか", "融資の上限額は", "今日はいい天気ですね"])
    assert one @ near > one @ far


def test_まとめても一つずつでも同じ() -> None:
    texts = ["電話番号は", "いつまでに申し込めばよいですか"]
    together = sentence_vectors(texts)
    assert np.allclose(together, np.vstack([sentence_vectors([text]) for text in texts]), atol=1e-4)


def test_伏せた名前は言葉として読む() -> None:
    masked, spoken, office = sentence_vectors(["※の電話", "制度の電話", "§の電話"])
    assert np.allclose(masked, spoken, atol=1e-4)
    assert not np.allclose(masked, office, atol=1e-2)


@pytest.mark.parametrize("text", ["", " ", "😀", "ЖЖЖ", "\ud800", "あ" * 1000], ids=repr)
def test_何が来ても有限の向き(text: str) -> None:
    (vector,) = sentence_vectors([text])
    assert vector.shape == (512,)
    assert np.isfinite(vector).all()
