"""TensorFlow is loaded when something uses it: our pipeline does not, and it is half of the memory and of the start.

Rasa imports it for `rasa.utils.train_utils`, whose functions only components that train with TensorFlow call. The
standard library's LazyLoader loads that one module of Rasa's when its first attribute is asked for. Nothing is put in
its place: who configures DIET or TED, or imports TensorFlow, gets it.
"""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import importlib.util
import sys
from collections.abc import Sequence
from types import ModuleType

POSTPONED = "rasa.utils.train_utils"


class _Finder(importlib.abc.MetaPathFinder):
    """Finds the one module where Python finds it, to be loaded when it is used."""

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if name != POSTPONED:
            return None
        spec = importlib.machinery.PathFinder.find_spec(name, path, target)
        if spec is not None and spec.loader is not None:
            spec.loader = importlib.util.LazyLoader(spec.loader)
        return spec


def postpone_tensorflow() -> None:
    """Call before Rasa is imported; later it does nothing, which costs memory and time only."""
    if POSTPONED not in sys.modules and not any(isinstance(finder, _Finder) for finder in sys.meta_path):
        sys.meta_path.insert(0, _Finder())
