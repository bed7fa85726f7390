"""Time goes to the part whose code spent it, with the library functions that it called."""

import pstats

import pytest

from benchmarks import rooms


@pytest.mark.parametrize(
    ("file", "part"),
    [
        ("/x/madoguchi/catalog/names.py", "names of the catalog (madoguchi/catalog)"),
        ("/x/site-packages/rasa/core/policies/rule_policy.py", "Rasa: policies and rules (rasa/core)"),
        ("/usr/lib/python3.11/json/encoder.py", ""),
    ],
)
def test_ファイルから部分が分かる(file: str, part: str) -> None:
    assert rooms.part_of(file) == part


def test_呼ばれた関数の時間は呼んだ部分のもの() -> None:
    ours, library = ("/x/madoguchi/answers/desk.py", 1, "exact"), ("/usr/lib/python3.11/re/__init__.py", 1, "search")
    stats = pstats.Stats()
    stats.stats = {  # type: ignore[attr-defined]
        ours: (1, 1, 0.5, 2.0, {}),
        library: (1, 1, 1.5, 1.5, {ours: (1, 1, 1.5, 1.5)}),
    }
    assert rooms.shares(stats) == {"answer (madoguchi/answers)": 2.0}
