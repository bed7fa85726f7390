"""The structured programme data: frozen types, strict loading, validation, queries. Imports no Rasa."""

from pathlib import Path
from weakref import WeakKeyDictionary

from madoguchi.catalog import kept
from madoguchi.catalog.catalog import Catalog
from madoguchi.catalog.lexicon import Lexicon
from madoguchi.catalog.loading import folder, hand_over, load
from madoguchi.catalog.names import NameIndex
from madoguchi.catalog.problems import CatalogError, Problem
from madoguchi.catalog.search import FactIndex

__all__ = ["Catalog", "CatalogError", "Problem", "facts_index", "folder", "lexicon", "load", "names", "prepared"]


_names: WeakKeyDictionary[Catalog, NameIndex] = WeakKeyDictionary()
_facts: WeakKeyDictionary[Catalog, FactIndex] = WeakKeyDictionary()
_words: WeakKeyDictionary[Catalog, Lexicon] = WeakKeyDictionary()


def names(catalog: Catalog) -> NameIndex:
    """The index of the catalog's names, built once a process."""
    if catalog not in _names:
        _names[catalog] = NameIndex(catalog)
    return _names[catalog]


def facts_index(catalog: Catalog) -> FactIndex:
    """The index of the words of the catalog's facts, built once a process."""
    if catalog not in _facts:
        _facts[catalog] = FactIndex(catalog)
    return _facts[catalog]


def lexicon(catalog: Catalog) -> Lexicon:
    """The words that the catalog knows, collected once a process."""
    if catalog not in _words:
        _words[catalog] = Lexicon(catalog)
    return _words[catalog]


def prepared(path: Path, *, keeping: Path | None = None) -> Catalog:
    """The catalog below `path` with everything made that the first question would wait for.

    It is fetched from the folder `keeping`, where that has it, and kept there. Then `Catalog.warnings` are those of
    the day on which it was read. Raises CatalogError as `load` does.
    """
    file = keeping / f"{kept.digest(path)}.pickle" if keeping else None
    found = kept.fetch(file) if file else None
    if found:
        catalog, _names[found[0]], _facts[found[0]], _words[found[0]] = found
        hand_over(path, catalog)
        return load(path)
    catalog = load(path)
    catalog.make_indices()
    made = catalog, names(catalog), facts_index(catalog), lexicon(catalog)
    if file:
        kept.keep(made, file)
    return catalog
