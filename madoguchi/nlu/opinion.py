"""A second opinion on the kind of a question: which examples mean something like it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
from scipy.linalg import cho_factor, cho_solve

Array: TypeAlias = npt.NDArray[Any]

# Chosen by cross-validation, docs/adr/0005-word-vectors.md
_NEARNESS = 0.7  # gamma of the kernel exp(-gamma * distance²)
_RIDGE = 0.1


@dataclass(frozen=True, slots=True)
class SecondOpinion:
    """Kernel ridge regression from sentence vectors to intents."""

    vectors: Array  # (examples, size), of length one
    weights: Array  # (examples, intents)

    @classmethod
    def fit(cls, vectors: Array, truth: Array, *, intents: int) -> SecondOpinion:
        """The opinion that examples (examples, size) of the intents number `truth` (examples,) give."""
        wanted = -np.ones((len(truth), intents), dtype=np.float32)
        wanted[np.arange(len(truth)), truth] = 1
        likeness = _likeness(vectors, vectors)
        likeness[np.diag_indices(len(truth))] += _RIDGE
        factor = cho_factor(likeness, lower=True, overwrite_a=True, check_finite=False)
        return cls(vectors, cho_solve(factor, wanted, check_finite=False))

    def scores(self, vectors: Array) -> Array:
        """How much each of the sentences is like the examples of each intent: (sentences, intents), some -1 to 1."""
        return _likeness(vectors, self.vectors) @ self.weights


def _likeness(ones: Array, others: Array) -> Array:
    """exp(-gamma * distance²) of each pair of vectors of length one."""
    nearness = ones @ others.T
    nearness -= 1
    nearness *= 2 * _NEARNESS
    return np.exp(nearness, out=nearness)
