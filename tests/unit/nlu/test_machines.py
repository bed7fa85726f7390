"""madoguchi.nlu.machines: the machines of several selections of rows."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.sparse import csr_matrix

from madoguchi.nlu import machines
from madoguchi.nlu.machines import fit, fit_all

MATRIX = csr_matrix(np.array([[1.0, 0, 0], [0.9, 0.1, 0], [0, 1.0, 0], [0.1, 0.9, 0], [0, 0, 1.0], [0, 0.1, 0.9]]))
TRUTH = np.array([0, 0, 1, 1, 2, 2])
ALIKE = np.ones(6)


def test_どの行も自分の種類になる() -> None:
    weights, bias = fit(MATRIX, TRUTH, ALIKE, regularization=10.0, intents=3)
    assert weights.shape == (3, 3)
    assert list((MATRIX @ weights.T + bias).argmax(axis=1)) == list(TRUTH)


def test_二つの種類でも_種類ごとに一台() -> None:
    weights, bias = fit(MATRIX[:4], TRUTH[:4], ALIKE[:4], regularization=10.0, intents=2)
    assert list((MATRIX[:4] @ weights.T + bias).argmax(axis=1)) == [0, 0, 1, 1]


def test_行のない種類には_ならない() -> None:
    weights, bias = fit(MATRIX[:4], TRUTH[:4], ALIKE[:4], regularization=10.0, intents=3)
    assert (MATRIX @ weights.T + bias).argmax(axis=1).max() < 2


def test_重みの小さい行は譲る() -> None:
    matrix, truth = csr_matrix(np.array([[1.0], [1.0], [-1.0]])), np.array([0, 1, 1])
    for counting, kind in (([1.0, 0.01, 1.0], 0), ([0.01, 1.0, 1.0], 1)):
        weights, bias = fit(matrix, truth, np.array(counting), regularization=10.0, intents=2)
        assert (matrix[:1] @ weights.T + bias).argmax() == kind


def test_一度にいくつ学んでも_一つずつと同じ(monkeypatch: pytest.MonkeyPatch) -> None:
    selections = [np.arange(6), np.arange(4), np.arange(2, 6)]
    alone = [fit(MATRIX[rows], TRUTH[rows], ALIKE[rows], regularization=1.0, intents=3) for rows in selections]
    for few in (machines._FEW, 0):  # in this process, then in others
        monkeypatch.setattr(machines, "_FEW", few)
        together = fit_all(selections, MATRIX, TRUTH, ALIKE, regularization=1.0, intents=3)
        for (weights, bias), (others, other_bias) in zip(alone, together, strict=True):
            np.testing.assert_array_equal(weights, others)
            np.testing.assert_array_equal(bias, other_bias)
