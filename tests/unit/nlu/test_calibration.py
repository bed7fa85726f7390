"""madoguchi.nlu.calibration: as often right as said."""

from __future__ import annotations

import numpy as np
import pytest

from madoguchi.nlu.calibration import as_sure_as_right, calibration_error, factors, probabilities

CLEAR = np.eye(2)[np.arange(100) % 2]  # scores of 1 for one of two intents


def test_確率は足して一() -> None:
    assert probabilities(np.array([[1000.0, 0.0], [0.0, 0.0]])).tolist() == [[1.0, 0.0], [0.5, 0.5]]


@pytest.mark.parametrize("right", [60, 75, 90])
def test_当たる割合が確率になる(right: int) -> None:
    said = np.arange(100) % 2
    truth = np.where(np.arange(100) < right, said, 1 - said)
    (factor,) = factors([CLEAR], truth, start=[3.0])
    assert probabilities(factor * CLEAR).max(axis=1) == pytest.approx(right / 100, abs=0.01)


def test_当たらない方の点は軽くなる() -> None:
    truth = np.where(np.arange(100) < 90, np.arange(100) % 2, 1 - np.arange(100) % 2)
    noise = np.random.default_rng(0).normal(size=(100, 2))
    telling, idle = factors([CLEAR, noise], truth, start=[1.0, 1.0])
    assert telling > 3 * idle


def test_ずれは言った割合と当たった割合の差() -> None:
    assert calibration_error(np.full(10, 0.9), np.arange(10) < 7) == pytest.approx(0.2)
    assert calibration_error(np.empty(0), np.empty(0)) == 0.0


def test_平均すると_当たるだけの自信になる() -> None:
    chance = np.random.default_rng(1)
    truth = chance.integers(0, 3, size=600)
    scores = np.eye(3)[truth] * (0.5 + chance.exponential(size=(600, 1)))
    scores[:60] = np.eye(3)[(truth[:60] + 1) % 3] * 2  # sure, and wrong
    (factor,) = factors([scores], truth, start=[1.0])
    right = float(np.mean(scores.argmax(axis=1) == truth))
    assert probabilities(factor * scores).max(axis=1).mean() == pytest.approx(right, abs=0.001)


def test_文が一つもないときと_届かないときは_そのまま() -> None:
    assert as_sure_as_right(2.0, np.empty((0, 3)), np.empty(0)) == 2.0
    assert as_sure_as_right(2.0, np.zeros((4, 2)), np.ones(4)) == 2.0
