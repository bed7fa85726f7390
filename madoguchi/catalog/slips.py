"""Finds known forms in a line that has slips of the finger in it: a character too many, too few, another, swapped.

A form of some length may have one slip, a long one two. A form with k slips keeps one of k + 1 pieces of it whole, so
the index goes from the pieces in the line to the forms that have them: its cost follows the line and the names that
share a piece with it, not the size of the catalog.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import OSA

# A piece that more forms have tells none of them, and looking through them would make large catalogs slow. Of ours no
# piece has half as many.
_MOST_SHARING = 64
_NUMERALS = re.compile(r"[0-9〇一二三四五六七八九十]")


@dataclass(frozen=True, slots=True)
class Near:
    """`form` stands in the line at `start` to `end`, with `slips` of the finger in it."""

    form: str
    start: int
    end: int
    slips: int


class SlipIndex:
    """Forms that can be found with slips: one from each of these `lengths` on."""

    def __init__(self, lengths: tuple[int, ...]) -> None:
        self._lengths = lengths
        self._most = len(lengths)  # slips that any form may have
        self._places: dict[str, dict[tuple[str, int], None]] = defaultdict(dict)
        self._longest: dict[str, int] = {}  # the longest piece by its first two characters

    def add(self, form: str) -> None:
        """Make `form` one that is looked for."""
        for piece, offset in _pieces(form, self._slips_of(form) + 1):
            self._places[piece][form, offset] = None
            self._longest[piece[:2]] = max(self._longest.get(piece[:2], 0), len(piece))

    def _slips_of(self, form: str) -> int:
        """How many slips a form of this length may have and still be itself."""
        return sum(len(form) >= length for length in self._lengths)

    def near(self, line: str, taken: Sequence[tuple[int, int]] = ()) -> Iterator[Near]:
        """The forms that stand in `line` and reach out of each of the stretches `taken`."""
        seen: set[tuple[str, int]] = set()
        of_piece, longest_of = self._places.get, self._longest.get
        earliest, latest = -self._most, len(line) + self._most
        for start in range(len(line)):
            longest = longest_of(line[start : start + 2], 0)
            for end in range(start + 2, min(len(line), start + longest) + 1):
                places = of_piece(line[start:end])
                if places is None or len(places) > _MOST_SHARING:
                    continue
                for form, offset in places:
                    first = start - offset
                    last = first + len(form)
                    if first < earliest or last > latest or (form, first) in seen:
                        continue  # most names are longer than what is left of the line
                    seen.add((form, first))
                    if not any(begin <= first and last <= stop for begin, stop in taken):
                        found = _aligned(form, line, start, end, offset, self._slips_of(form))
                        if found:
                            yield found


def is_near(one: str, other: str) -> bool:
    """Whether the two differ in one slip at most."""
    return bool(OSA.distance(one, other, score_cutoff=1) <= 1)


def _pieces(form: str, count: int) -> Iterator[tuple[str, int]]:
    """`form` in `count` pieces of like length, each with its place."""
    cuts = [round(len(form) * i / count) for i in range(count + 1)]
    yield from ((form[a:b], a) for a, b in itertools.pairwise(cuts))
    if count == 2 and cuts[1] > 2:
        yield form[: cuts[1] - 1], 0  # two characters swapped at the cut spoil both halves


def _aligned(form: str, line: str, start: int, end: int, offset: int, slips: int) -> Near | None:
    """The stretch of `line` around the piece at `start` to `end` that is `form` with the fewest slips."""
    before, behind = form[:offset], form[offset + end - start :]
    left = _beside(before, line[max(0, start - offset - slips) : start], slips, at_end=True)
    right = left and _beside(behind, line[end : end + len(behind) + slips], slips - left[0], at_end=False)
    if not left or not right:
        return None
    found = Near(form, start - left[1], end + right[1], left[0] + right[0])
    # 20年度 is no slip of 21年度
    return found if _NUMERALS.findall(form) == _NUMERALS.findall(line[found.start : found.end]) else None


def _beside(wanted: str, there: str, slips: int, *, at_end: bool) -> tuple[int, int] | None:
    """(slips, length) of the stretch of `there` beside the piece that is `wanted` with the fewest slips.

    Of equally good ones that which has its characters: two swapped ones explain more than one missing.
    """
    if not wanted:
        return 0, 0
    there_first = there[-len(wanted) :] if at_end else there[: len(wanted)]
    if there_first == wanted:
        return 0, len(wanted)
    if not slips or OSA.distance(wanted, there_first, score_cutoff=2 * slips) > 2 * slips:
        return None  # a stretch that is longer or shorter by the slips has at least as many fewer
    best: tuple[int, int, int] | None = None
    for length in range(max(0, len(wanted) - slips), min(len(there), len(wanted) + slips) + 1):
        stretch = there[len(there) - length :] if at_end else there[:length]
        distance = OSA.distance(wanted, stretch, score_cutoff=slips)
        if distance <= slips and (best is None or distance <= best[0]):
            found = distance, _unlike(wanted, stretch), length
            best = found if best is None else min(best, found)
    return (best[0], best[2]) if best else None


def _unlike(one: str, other: str) -> int:
    """How many characters only one of the two has."""
    left, right = Counter(one), Counter(other)
    return (left - right).total() + (right - left).total()
