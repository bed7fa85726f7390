"""The structured programme data: frozen types, strict loading, validation, queries. Imports no Rasa."""

import functools
from pathlib import Path

from madoguchi.catalog.catalog import Catalog
from madoguchi.catalog.loading import folder, load
from madoguchi.catalog.names import NameIndex
from madoguchi.catalog.problems import CatalogError, Problem
from madoguchi.catalog.search import FactIndex

__all__ = ["Catalog", "CatalogError", "Problem", "facts_index", "folder", "load", "names", "prepared"]


@functools.lru_cache(maxsize=4)
def names(catalog: Catalog) -> NameIndex:
    """The index of the catalog's names, built once a process."""
    return NameIndex(catalog)


@functools.lru_cache(maxsize=4)
def facts_index(catalog: Catalog) -> FactIndex:
    """The index of the words of the catalog's facts, built once a process."""
    return FactIndex(catalog)


def prepared(path: Path) -> Catalog:
    """The catalog below `path` with everything made that the first question would wait for."""
    catalog = load(path)
    names(catalog)
    facts_index(catalog)
    catalog.make_indices()
    return catalog
