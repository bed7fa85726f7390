"""The house: which part of the code knows which. Arrows point one way, and Rasa stays in its rooms."""

from __future__ import annotations

import ast
import functools
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
OURS = ("madoguchi", "actions")

# Each part with the parts it may import, itself aside: docs/design says why.
MAY_IMPORT = {
    "madoguchi.japanese": set(),
    "madoguchi.terminal": set(),
    "madoguchi.catalog": {"madoguchi.japanese"},
    "madoguchi.answers": {"madoguchi.catalog", "madoguchi.japanese"},
    "madoguchi.nlu": {"madoguchi.catalog", "madoguchi.japanese"},
    "madoguchi.channels": {
        "madoguchi.answers",
        "madoguchi.catalog",
        "madoguchi.japanese",
        "madoguchi.terminal",
    },
    "madoguchi.forget": {"madoguchi.channels", "madoguchi.terminal"},
    "madoguchi.utterances": {"madoguchi.terminal"},
    "madoguchi.training": {"madoguchi.terminal", "madoguchi.utterances"},
    "madoguchi.serve": {"madoguchi.catalog", "madoguchi.channels", "madoguchi.terminal", "madoguchi.training"},
    "actions": {"madoguchi.answers", "madoguchi.catalog"},
}
RASA = {"rasa", "rasa_sdk", "tensorflow", "keras", "sanic"}
# What knows Rasa, directly. Whoever replaces Rasa rewrites these and nothing else.
KNOWS_RASA = {"madoguchi.nlu", "madoguchi.channels", "actions"}


def module_name(file: Path) -> str:
    parts = file.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


FILES = {module_name(file): file for top in OURS for file in sorted((ROOT / top).rglob("*.py"))}


def part(module: str) -> str:
    """`madoguchi.catalog.names` -> `madoguchi.catalog`, `actions.choose` -> `actions`."""
    return ".".join(module.split(".")[: 1 if module.startswith("actions") else 2])


@functools.cache
def imports(module: str) -> frozenset[str]:
    """The modules that `module` imports anywhere in it, and so the packages around them."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(FILES[module].read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module} imports relatively; the house style is whole names"
            source = node.module or ""
            found.add(source)
            found.update(f"{source}.{alias.name}" for alias in node.names if f"{source}.{alias.name}" in FILES)
    return frozenset(found)


def ways(module: str, seen: set[str]) -> Iterator[tuple[str, str]]:
    """(importer, imported) of everything that is loaded with `module`."""
    seen.add(module)
    for imported in imports(module):
        yield module, imported
        packages = [".".join(imported.split(".")[: i + 1]) for i in range(imported.count(".") + 1)]
        for name in packages:
            if name in FILES and name not in seen:
                yield from ways(name, seen)


def test_すべての部屋が表にある() -> None:
    assert {part(module) for module in FILES} - {"madoguchi"} == set(MAY_IMPORT)


@pytest.mark.parametrize("module", FILES)
def test_矢印は一方向(module: str) -> None:
    allowed = MAY_IMPORT.get(part(module), set()) | {part(module)}
    ours = {part(name) for name in imports(module) if name.split(".")[0] in OURS} - {"madoguchi"}
    assert ours <= allowed, f"{module} imports {sorted(ours - allowed)}"


def test_矢印は輪にならない() -> None:
    open_parts = dict(MAY_IMPORT)
    while free := [name for name, needs in open_parts.items() if not needs & open_parts.keys()]:
        for name in free:
            del open_parts[name]
    assert open_parts == {}


@pytest.mark.parametrize("room", ["madoguchi.japanese", "madoguchi.catalog", "madoguchi.answers"])
def test_Rasaを間接にも読み込まない(room: str) -> None:
    seen: set[str] = set()
    pairs = [pair for module in FILES if part(module) == room for pair in ways(module, seen)]
    assert pairs, f"{room} has no files"
    reached = [f"{importer} -> {imported}" for importer, imported in pairs if imported.split(".")[0] in RASA]
    assert reached == []


@pytest.mark.parametrize("module", [m for m in FILES if part(m) not in KNOWS_RASA])
def test_Rasaを知るのは三つの部屋だけ(module: str) -> None:
    assert not {name.split(".")[0] for name in imports(module)} & RASA
