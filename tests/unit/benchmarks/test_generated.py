"""benchmarks.generated: a large catalog that is a catalog like ours."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.generated import generate
from madoguchi import catalog


def test_作った制度は読み込めて_名も数字もそれぞれにある(tmp_path: Path) -> None:
    loaded = catalog.load(generate(tmp_path / "catalog", programs=60))
    made = [program for program in loaded.programs.values() if program.id.startswith("generated_")]
    assert len(made) == 60
    assert len({program.name for program in made}) == 60
    assert {program.kind for program in made} == {"subsidy", "loan", "guarantee"}
    assert loaded.fact("generated_00007.limit").printed == "400万円以内"
    assert loaded.programs.keys() > catalog.load(catalog.folder()).programs.keys()


def test_同じものは作り直さず_数が違えば作り直す(tmp_path: Path) -> None:
    folder = generate(tmp_path / "catalog", programs=3)
    file = folder / "generated/000/generated_00000.yml"
    written = file.stat().st_mtime_ns
    generate(folder, programs=3)
    assert file.stat().st_mtime_ns == written
    generate(folder, programs=2)
    assert len(list(folder.rglob("generated_*.yml"))) == 2


def test_名の数より多くは作れない(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="10500"):
        generate(tmp_path / "catalog", programs=10_501)
