"""madoguchi.nlu.opinion: which examples a sentence is like."""

from __future__ import annotations

import numpy as np

from madoguchi.nlu.opinion import SecondOpinion

EAST, NORTH = np.eye(2, dtype=np.float32)


def test_近い用例の種類に高い点() -> None:
    opinion = SecondOpinion.fit(np.array([EAST, NORTH]), np.array([0, 1]), intents=2)
    leaning = np.array([[0.8, 0.6], [0.6, 0.8]], dtype=np.float32)
    assert list(opinion.scores(leaning).argmax(axis=1)) == [0, 1]


def test_用例そのものはほぼ一() -> None:
    opinion = SecondOpinion.fit(np.array([EAST, NORTH]), np.array([0, 1]), intents=2)
    scores = opinion.scores(np.array([EAST]))[0]
    assert scores[0] > 0.8
    assert scores[1] < -0.8


def test_用例のない種類は選ばれない() -> None:
    opinion = SecondOpinion.fit(np.array([EAST, NORTH]), np.array([0, 1]), intents=3)
    assert opinion.scores(np.array([EAST, NORTH])).argmax(axis=1).max() == 1
