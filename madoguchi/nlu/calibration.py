"""From scores to probabilities that are right as often as they say."""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
from scipy.optimize import brentq, minimize

Array: TypeAlias = npt.NDArray[Any]

_BINS = 15  # as papers on calibration have it


def probabilities(logits: Array) -> Array:
    """The softmax over the last axis."""
    shares = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return shares / shares.sum(axis=-1, keepdims=True)


def factors(scores: list[Array], truth: Array, *, start: list[float]) -> list[float]:
    """The factor on each of `scores`, arrays (texts, intents) of texts that were held back.

    In proportion to each other as makes the softmax of their sum likeliest, and so large that it is on average as sure
    as it is right. None is below a twentieth of where it starts, nor above twenty times, before that.
    """

    def surprise(logarithms: Array) -> float:
        logits = sum(np.exp(factor) * score for factor, score in zip(logarithms, scores, strict=True))
        logits = logits - logits.max(axis=1, keepdims=True)
        return float(np.mean(np.log(np.exp(logits).sum(axis=1)) - logits[np.arange(len(truth)), truth]))

    begin = np.log(start)
    around = [(value - 3, value + 3) for value in begin]
    likeliest = np.exp(minimize(surprise, begin, method="L-BFGS-B", bounds=around).x)
    size = as_sure_as_right(1.0, sum(factor * score for factor, score in zip(likeliest, scores, strict=True)), truth)
    return [float(size * factor) for factor in likeliest]


def as_sure_as_right(factor: float, scores: Array, truth: Array) -> float:
    """The factor on `scores` (texts, intents) with which the mean confidence is the accuracy.

    `factor` itself where there are no texts, or none from a third of it to three times does. The likeliest factor is
    surer than that: it is moved most by the few texts that are all but impossible.
    """
    if not len(scores):
        return factor
    accuracy = float(np.mean(scores.argmax(axis=1) == truth))

    def too_sure(factor: float) -> float:
        return float(probabilities(factor * scores).max(axis=1).mean()) - accuracy

    low, high = factor / 3, factor * 3
    return float(brentq(too_sure, low, high)) if too_sure(low) < 0 < too_sure(high) else factor


def calibration_error(confidences: Array, right: Array) -> float:
    """The expected calibration error: by how much confidence and accuracy differ, over 15 bins of equal width.

    >>> calibration_error(np.array([0.75, 0.75, 0.75, 0.75]), np.array([True, True, True, False]))
    0.0
    """
    bins = np.minimum((confidences * _BINS).astype(int), _BINS - 1)
    gaps = [abs(float(confidences[bins == b].sum() - right[bins == b].sum())) for b in np.unique(bins)]
    return sum(gaps) / len(confidences) if len(confidences) else 0.0
