"""A catalog that was read before, with its indices, from one file: the second start need not read it again.

Ten thousand programmes take half a minute to read, check and index, and two seconds to fetch from the file. It is used
while everything that went into it is the same to the byte: the YAML files, this package, the dictionary of words.
"""

from __future__ import annotations

import contextlib
import enum
import gc
import hashlib
import importlib.metadata
import os
import pickle
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from madoguchi.catalog.catalog import Catalog
from madoguchi.catalog.lexicon import Lexicon
from madoguchi.catalog.names import NameIndex
from madoguchi.catalog.search import FactIndex

Prepared = tuple[Catalog, NameIndex, FactIndex, Lexicon]

_CODE = Path(__file__).parents[1]
_CODE_FOLDERS = ("catalog", "japanese")  # all that decides what is made of the YAML files
_PACKAGES = ("numpy", "PyYAML", "sudachipy", "sudachidict-core")
_MOST_FILES = 2  # that are kept: ours, and one that somebody tries
_OURS = ("madoguchi.catalog.", "madoguchi.japanese.sequences.")
_OTHERS = {
    ("collections", "defaultdict"),
    ("builtins", "set"),
    ("builtins", "dict"),
    ("datetime", "date"),
    ("fractions", "Fraction"),
    ("pathlib", "PosixPath"),
    ("pathlib", "WindowsPath"),
    ("numpy", "dtype"),
    ("numpy", "ndarray"),
    ("numpy.core.multiarray", "_reconstruct"),
    ("numpy.core.numeric", "_frombuffer"),
}


class _Reader(pickle.Unpickler):
    """Makes what a catalog consists of and nothing else: whoever can write to the folder cannot have code run."""

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) in _OTHERS:
            return super().find_class(module, name)
        if (module, name) == ("builtins", "getattr"):
            return _member  # how the first releases of Python 3.11 write the member of an enumeration
        if f"{module}.".startswith(_OURS) and "." not in name:
            found = super().find_class(module, name)
            if isinstance(found, type) and found.__module__ == module:
                return found
        raise pickle.UnpicklingError(f"{module}.{name} is no part of a catalog")


def _member(kind: Any, name: str) -> enum.Enum:
    """The member of an enumeration; of anything else nothing is fetched."""
    if isinstance(kind, type) and issubclass(kind, enum.Enum):
        return kind[name]
    raise pickle.UnpicklingError(f"{name} of {kind} is no part of a catalog")


def digest(path: Path) -> str:
    """Twenty hexadecimal digits that change whenever something does from which the catalog below `path` is made."""
    total = hashlib.sha256(sys.version.encode())
    for package in _PACKAGES:
        total.update(f"{package} {importlib.metadata.version(package)}\n".encode())
    files = [file for folder in _CODE_FOLDERS for file in _files(_CODE / folder, ".py")]
    for file in (*files, *_files(path, ".yml", ".yaml")):
        content = file.read_bytes()
        total.update(f"{file}\0{len(content)}\0".encode() + content)
    return total.hexdigest()[:20]


def _files(folder: Path, *endings: str) -> Iterator[Path]:
    for root, folders, names in os.walk(folder):
        folders.sort()
        yield from (Path(root, name) for name in sorted(names) if name.endswith(endings))


def fetch(file: Path) -> Prepared | None:
    """What `keep` wrote to `file`; None where there is no such file, or one that cannot be used."""
    collecting = gc.isenabled()
    gc.disable()  # it would look again and again at everything that was made so far
    try:
        with file.open("rb") as content:
            found = _Reader(content).load()
    except Exception:  # a file that was cut off, or written by somebody else, can fail in any way: it is made anew
        return None
    finally:
        if collecting:
            gc.enable()
    kinds = (Catalog, NameIndex, FactIndex, Lexicon)
    whole = isinstance(found, tuple) and len(found) == len(kinds) and all(map(isinstance, found, kinds))
    return found if whole else None


def keep(prepared: Prepared, file: Path) -> None:
    """Write to `file`, and remove what was kept there longest ago; without an error where nothing can be written."""
    with contextlib.suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        new = file.with_suffix(f".{os.getpid()}")
        new.write_bytes(pickle.dumps(prepared, protocol=5))
        new.replace(file)  # at once: another server may be reading
        others = sorted(file.parent.glob("*.pickle"), key=lambda other: -other.stat().st_mtime)
        for other in others[_MOST_FILES:]:
            other.unlink()
