"""madoguchi.catalog.kept: what was kept is used while the files are the same, and only then."""

from __future__ import annotations

import os
import pickle
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

import pytest

from madoguchi import catalog as catalogs
from madoguchi.catalog import CatalogError, loading
from madoguchi.catalog.search import content_words
from tests.unit.catalog.conftest import CatalogFolder

NAME = "港の資金の限度額は"


@pytest.fixture(autouse=True)
def _read_anew() -> Iterator[None]:
    loading.load.cache_clear()
    yield
    loading.load.cache_clear()


def opened(folder: CatalogFolder, keeping: Path) -> tuple[catalogs.Catalog, bool]:
    """The catalog as a process that has just started gets it, and whether its files were read for that."""
    loading.load.cache_clear()
    with patch.object(loading, "read", wraps=loading.read) as read:
        return catalogs.prepared(folder.path, keeping=keeping), read.called


def test_二度目は読まずに同じものが出る(folder: CatalogFolder, tmp_path: Path) -> None:
    first, was_read = opened(folder, tmp_path / "kept")
    assert was_read
    again, was_read = opened(folder, tmp_path / "kept")
    assert not was_read
    assert catalogs.load(folder.path) is again
    assert again.programs == first.programs
    assert again.digest == first.digest
    assert list(again.facts()) == list(first.facts())
    assert list(again.sets.ids(again.sets.outermost)) == list(first.sets.ids(first.sets.outermost))
    assert catalogs.names(again).mentions(NAME) == catalogs.names(first).mentions(NAME) != []
    words = content_words(NAME)
    assert catalogs.facts_index(again).search(words) == catalogs.facts_index(first).search(words) != []


def test_一字でも変われば読み直す(folder: CatalogFolder, tmp_path: Path) -> None:
    opened(folder, tmp_path / "kept")
    folder.replace("harbor/loan.yml", "港の資金", "浜の資金")
    changed, was_read = opened(folder, tmp_path / "kept")
    assert was_read
    assert "浜の資金" in changed.programs["harbor_loan"].aliases
    folder.replace("harbor/loan.yml", "needs: [funds]", "neds: [funds]")
    with pytest.raises(CatalogError):
        opened(folder, tmp_path / "kept")


CONTENTS = {"空": b"", "途中まで": b"\x80\x05", "別のもの": pickle.dumps(("a", "b", "c")), "文章": b"not a pickle"}


@pytest.mark.parametrize("content", CONTENTS.values(), ids=CONTENTS)
def test_壊れた控えは使わない(folder: CatalogFolder, tmp_path: Path, content: bytes) -> None:
    opened(folder, tmp_path / "kept")
    for file in (tmp_path / "kept").iterdir():
        file.write_bytes(content)
    assert opened(folder, tmp_path / "kept")[1]
    assert not opened(folder, tmp_path / "kept")[1]


class Harm:
    def __reduce__(self) -> tuple[object, ...]:
        return os.system, ("exit 1",)


def test_控えに書かれた命令は動かない(folder: CatalogFolder, tmp_path: Path) -> None:
    opened(folder, tmp_path / "kept")
    (file,) = (tmp_path / "kept").iterdir()
    file.write_bytes(pickle.dumps(Harm()))
    with patch.object(os, "system") as system:
        assert catalogs.kept.fetch(file) is None
    assert not system.called


def test_書けない場所でも開く_控えは二つまで(folder: CatalogFolder, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    opened(folder, tmp_path / "file")
    for name in ("浜の資金", "浦の資金", "磯の資金"):
        folder.replace("harbor/loan.yml", "aliases: [", f"aliases: [{name}, ")
        opened(folder, tmp_path / "kept")
    assert len(list((tmp_path / "kept").iterdir())) == 2
