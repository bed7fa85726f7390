"""Whether the search finds the programme that people mean who do not know its name.

    python -m benchmarks.situation_search

A few seconds. `paraphrases.tsv` has two groups: *first* was written before any situation was, and its failures were
read while situations were written; *last* was written after them and changed nothing. Whoever wrote them wrote the
situations too, so strangers' words will be found less often. Of several programmes on a line each is right: a measure
and its only budget line. Drawn are the sentences of tests/data/out_of_scope.txt whose best score passes for a hit.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from unittest.mock import patch

from madoguchi import catalog
from madoguchi.answers import subject
from madoguchi.catalog import Catalog, search
from madoguchi.catalog.search import FactIndex, WordIndex, content_words

PARAPHRASES = Path(__file__).with_name("paraphrases.tsv")
OUTSIDE = Path("tests/data/out_of_scope.txt")
ALONE = (0.0, 0.25, 0.5, 0.75, 1.0)


def read(file: Path) -> dict[str, list[tuple[frozenset[str], str]]]:
    """By group: the programmes that are right, and what somebody says."""
    groups: dict[str, list[tuple[frozenset[str], str]]] = defaultdict(list)
    for line in file.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            group, programs, text = line.split("\t")
            groups[group].append((frozenset(programs.split(",")), text))
    return groups


def ranking(loaded: Catalog, index: FactIndex, text: str) -> list[str]:
    """The programmes that the search finds for `text`, best first."""
    return list(dict.fromkeys(loaded.fact(key).program for key, _ in index.search(content_words(text))))


def row(loaded: Catalog, index: FactIndex) -> str:
    """Found first and among the first three in each group, and how many sentences from outside are drawn."""
    cells = []
    for said in read(PARAPHRASES).values():
        found = [(right, ranking(loaded, index, text)) for right, text in said]
        first = sum(bool(right.intersection(programs[:1])) for right, programs in found)
        three = sum(bool(right.intersection(programs[:3])) for right, programs in found)
        cells.append(f"{first / len(said):6.1%} {three / len(said):6.1%}")
    outside = [line for line in OUTSIDE.read_text(encoding="utf-8").splitlines() if line.strip()]
    hits = (index.search(content_words(line)) for line in outside)
    drawn = sum(bool(found) and found[0][1] >= subject.SEARCH_SCORE for found in hits)
    return "  ".join([*cells, f"{drawn}/{len(outside)}"])


def main() -> None:
    loaded = catalog.load(catalog.folder())
    groups = ", ".join(f"{group} {len(said)}" for group, said in read(PARAPHRASES).items())
    print(f"paraphrases: {groups}; first, among three in each group, drawn from outside")
    index = FactIndex(loaded)
    with patch.object(index, "programs", WordIndex(())):
        print(f"{'no situations':16} {row(loaded, index)}")
    for alone in ALONE:
        with patch.object(search, "_ALONE", alone):
            print(f"alone {alone:4.2f}       {row(loaded, index)}")


if __name__ == "__main__":
    main()
