"""Linear support-vector machines, one an intent, fitted to several selections of the same rows at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix
from sklearn.svm import LinearSVC

from madoguchi.nlu.processes import started

Array: TypeAlias = npt.NDArray[Any]

# liblinear's own: scikit-learn's, a thousandth of it, takes four times as long and finds the same
_TOLERANCE = 0.1
_FEW = 5_000  # rows that are fitted before other processes have started


def fit_all(
    selections: Sequence[Array],
    matrix: csr_matrix,
    truth: Array,
    counting: Array,
    *,
    regularization: float,
    intents: int,
) -> list[tuple[Array, Array]]:
    """The weights (intents, features) and biases (intents,) of one machine an intent, for each selection of rows.

    `truth` and `counting`, (rows,), are each row's intent and what it counts. Fitted side by side in processes: threads
    would share liblinear's source of chance, and no two models would be the same.
    """
    shared = (matrix, truth, counting, regularization, intents)
    pieces = [(rows, *shared) for rows in selections]
    return list(started(_fit_selected, pieces, long=matrix.shape[0] >= _FEW))


def _fit_selected(
    rows: Array, matrix: csr_matrix, truth: Array, counting: Array, regularization: float, intents: int
) -> tuple[Array, Array]:
    """As `fit`, of some rows. They are selected here: all processes share the whole matrix, written down once."""
    return fit(matrix[rows], truth[rows], counting[rows], regularization=regularization, intents=intents)


def fit(
    matrix: csr_matrix, truth: Array, counting: Array, *, regularization: float, intents: int
) -> tuple[Array, Array]:
    """The weights (intents, features) and biases (intents,) fitted to all rows."""
    machine = LinearSVC(C=regularization, random_state=0, tol=_TOLERANCE).fit(matrix, truth, sample_weight=counting)
    weights, bias = machine.coef_, machine.intercept_
    if len(machine.classes_) == 2:  # scikit-learn keeps one row for two classes
        weights, bias = np.vstack([-weights, weights]) / 2, np.hstack([-bias, bias]) / 2
    # An intent without an example among the rows: surely not, as every machine says of what is foreign to it
    all_weights, all_bias = np.zeros((intents, matrix.shape[1])), -np.ones(intents)
    all_weights[machine.classes_], all_bias[machine.classes_] = weights, bias
    return all_weights, all_bias
