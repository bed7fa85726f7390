"""From scores to probabilities that are right as often as they say."""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

Array: TypeAlias = npt.NDArray[Any]

_BINS = 15  # as papers on calibration have it


def probabilities(logits: Array) -> Array:
    """The softmax over the last axis."""
    shares = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return shares / shares.sum(axis=-1, keepdims=True)


def factors(scores: list[Array], truth: Array, *, start: list[float]) -> list[float]:
    """The factor on each of `scores`, arrays (texts, intents), with which the softmax of their sum is likeliest.

    `scores` are of texts that were held back. None is below a twentieth of where it starts, nor above twenty times.
    """

    def surprise(logarithms: Array) -> float:
        logits = sum(np.exp(factor) * score for factor, score in zip(logarithms, scores, strict=True))
        logits = logits - logits.max(axis=1, keepdims=True)
        return float(np.mean(np.log(np.exp(logits).sum(axis=1)) - logits[np.arange(len(truth)), truth]))

    begin = np.log(start)
    around = [(value - 3, value + 3) for value in begin]
    return [float(factor) for factor in np.exp(minimize(surprise, begin, method="L-BFGS-B", bounds=around).x)]


def calibration_error(confidences: Array, right: Array) -> float:
    """The expected calibration error: by how much confidence and accuracy differ, over 15 bins of equal width.

    >>> calibration_error(np.array([0.75, 0.75, 0.75, 0.75]), np.array([True, True, True, False]))
    0.0
    """
    bins = np.minimum((confidences * _BINS).astype(int), _BINS - 1)
    gaps = [abs(float(confidences[bins == b].sum() - right[bins == b].sum())) for b in np.unique(bins)]
    return sum(gaps) / len(confidences) if len(confidences) else 0.0
