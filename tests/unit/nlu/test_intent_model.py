"""madoguchi.nlu.intent_model: features, variants and the second look. What training is for is in test_classifier."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from madoguchi.nlu.features import BLOCKS, features
from madoguchi.nlu.intent_model import IntentModel, Settings
from madoguchi.nlu.variants import variants

PAIRS = [
    ("※の限度額はいくらですか", "ask_amount"),
    ("いくらまで借りられますか", "ask_amount"),
    ("上限額を教えてください", "ask_amount"),
    ("補助金はいくら出ますか", "ask_amount"),
    ("※の電話番号を教えてください", "ask_contact"),
    ("どこに電話すればいいですか", "ask_contact"),
    ("連絡先を教えてください", "ask_contact"),
    ("窓口の電話は何番ですか", "ask_contact"),
    ("こんにちは", "greet"),
    ("おはようございます", "greet"),
    ("はじめまして、お世話になります", "greet"),
]
ALWAYS = Settings(unsure=1.01)  # a second look at everything


@pytest.fixture(scope="module")
def model() -> IntentModel:
    return IntentModel.fit(PAIRS, ALWAYS)


SLOPPY = [
    ("げんどがくはいきらですか", "ask_amount"),
    ("補助菌はいくら出ますか", "ask_amount"),
    ("れんらくさきをおしえて", "ask_contact"),
    ("伝話番号を教えてくだい", "ask_contact"),
]


@pytest.mark.parametrize(("text", "intent"), SLOPPY, ids=[text for text, _ in SLOPPY])
def test_書き間違いがあっても種類が分かる(text: str, intent: str, model: IntentModel) -> None:
    assert model.ranking(text)[0][0] == intent


def test_行は一文ずつの値と同じ(model: IntentModel) -> None:
    read = [features(text) for text in ("※の限度額は", "zzz", "", "電話")]
    matrix = model.matrix(read, vectors=2.0).toarray()
    for row, text in zip(matrix, read, strict=True):
        places, values, ends = model.vectors([text])
        expected = np.zeros(len(model.known))
        expected[places] = values
        np.testing.assert_allclose(row[: len(model.known)], expected)
        np.testing.assert_allclose(row[len(model.known) :], 2.0 * model.mean(text))
        assert list(ends) == [0, len(places)]
    assert np.linalg.norm(matrix[0, : len(model.known)]) ** 2 == pytest.approx(len(BLOCKS))  # each of length one


def test_言い換えは_例文の数には数えない() -> None:
    kept = IntentModel.fit(PAIRS, replace(ALWAYS, rare=2))
    only_in_one = "オハヨ"  # a sound of one example and of all its variants
    assert any(only_in_one in features(text).counts["s"] for text in variants("おはようございます", slips=4))
    assert f"s{only_in_one}" not in kept.known


def test_多すぎれば例文だけを学ぶ() -> None:
    few = IntentModel.fit(PAIRS, replace(ALWAYS, slips=0, unsure=0))
    many = IntentModel.fit(PAIRS, replace(ALWAYS, most=len(PAIRS) - 1, unsure=0))
    np.testing.assert_array_equal(few.weights, many.weights)
    assert IntentModel.fit(PAIRS, replace(ALWAYS, unsure=0)).weights.shape != few.weights.shape


def test_迷わなければ見直さない(model: IntentModel) -> None:
    sure = IntentModel.fit(PAIRS, Settings(unsure=0))
    assert sure.second is None
    assert model.second is not None


def test_例文が多ければ直さずに聞く(tmp_path: Path) -> None:
    many = IntentModel.fit(PAIRS, replace(ALWAYS, most=len(PAIRS) - 1))
    assert many.second is not None
    assert many.second.restorer is None
    many.write(tmp_path)
    assert IntentModel.read(tmp_path).ranking("電話番号は") == many.ranking("電話番号は")
