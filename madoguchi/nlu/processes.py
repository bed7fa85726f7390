"""Training's long pieces of work in other processes, where there is so much that starting these is worth it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

from joblib import Parallel, delayed

Result = TypeVar("Result")


def started(function: Callable[..., Result], pieces: Iterable[tuple[Any, ...]], *, long: bool) -> Iterator[Result]:
    """The result of `function` for the arguments in each of `pieces`, in their order.

    Work of more than some seconds, `long`, begins at once, in as many processes as there are cores; other work as it is
    asked for.
    """
    work = Parallel(n_jobs=-1 if long else 1, return_as="generator")
    results: Iterator[Result] = work(delayed(function)(*piece) for piece in pieces)
    return results
