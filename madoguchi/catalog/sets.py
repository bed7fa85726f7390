"""Sets of programmes: of a kind, with an office, stating a figure. Found by what they are, not by going through all.

A set is a whole number with one bit a programme, in the order of the files: `of_kind & stating` for ten thousand
programmes is one step of the processor's, as it is for ten.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, TypeVar

from madoguchi.catalog.model import Attribute, Fact, Unit

if TYPE_CHECKING:
    from madoguchi.catalog.catalog import Catalog

ProgramSet = int
_Key = TypeVar("_Key")

_PARTS_OF_A_SUM = (Attribute.SHARE, Attribute.RATE)


class ProgramSets:
    """The sets that questions ask for. What is written here as a mapping has no entry for an empty set."""

    def __init__(self, catalog: Catalog) -> None:
        self._ids = tuple(catalog.programs)
        self._places = {name: place for place, name in enumerate(self._ids)}
        outermost: list[int] = []
        with_contacts: list[int] = []
        kinds: dict[str, list[int]] = defaultdict(list)
        tags: dict[str, list[int]] = defaultdict(list)
        needs: dict[str, list[int]] = defaultdict(list)
        handled: dict[str, list[int]] = defaultdict(list)
        providers: dict[str, list[int]] = defaultdict(list)
        stating: dict[Attribute, list[int]] = defaultdict(list)
        figures: dict[Attribute, list[int]] = defaultdict(list)
        named: dict[tuple[Attribute, str], list[int]] = defaultdict(list)
        measures: dict[str, list[int]] = defaultdict(list)
        shares: dict[str, list[int]] = defaultdict(list)
        cases: dict[str, list[int]] = defaultdict(list)
        asked_in_case: dict[tuple[str, Attribute], list[int]] = defaultdict(list)
        for place, program in enumerate(catalog.programs.values()):
            if not program.parent:
                outermost.append(place)
            if program.contacts:
                with_contacts.append(place)
            kinds[program.kind].append(place)
            if program.kind == "measure" and any(fact.attribute is Attribute.BUDGET for fact in program.facts):
                kinds["budget_line"].append(place)  # a measure and its line in one: they have one name
            for tag in program.tags:
                tags[tag].append(place)
            for need in program.needs:
                needs[need].append(place)
            for link in program.contacts:
                handled[catalog.contacts[link.contact].organization].append(place)
            whole = [fact for part in catalog.with_parts(program.id) for fact in part.facts]
            above = [f for f in _above(catalog, program.parent) if f.attribute is not Attribute.BUDGET]
            for attribute in {fact.attribute for fact in (*whole, *above)}:
                stating[attribute].append(place)
            for attribute in {fact.attribute for fact in whole if fact.unit is not Unit.TEXT}:
                figures[attribute].append(place)
            for fact in program.facts:
                if fact.unit is not Unit.TEXT:
                    named[fact.attribute, fact.name].append(place)
                if fact.attribute is Attribute.PROVIDER:
                    providers[fact.printed].append(place)
                if fact.measure:
                    measures[fact.measure].append(place)
                    if fact.attribute in _PARTS_OF_A_SUM:
                        shares[fact.measure].append(place)
                for case in fact.applies_to:
                    cases[case].append(place)
                    asked_in_case[case, fact.attribute].append(place)
        size = len(self._ids)
        self.all: ProgramSet = (1 << size) - 1
        self.outermost = _set(outermost, size)
        self.with_contacts = _set(with_contacts, size)
        self.of_kind = _sets(kinds, size)
        self.with_tag = _sets(tags, size)
        self.for_need = _sets(needs, size)
        self.of_organization = _sets(handled, size)  # programmes that name an office of it
        self.run_by = _sets(providers, size)  # by what the programme states of who provides it, in its words
        self.stating = _sets(stating, size)  # as Catalog.facts_about would find something
        self.with_figure = _sets(figures, size)  # the programme or a part of it
        self.with_measure = _sets(measures, size)
        self.with_share_of = _sets(shares, size)
        self.with_case = _sets(cases, size)
        self.with_fact_in_case = _sets(asked_in_case, size)
        self.with_figure_called: dict[Attribute, dict[str, ProgramSet]] = defaultdict(dict)
        for (attribute, name), found in _sets(named, size).items():
            self.with_figure_called[attribute][name] = found

    def of(self, ids: Iterable[str]) -> ProgramSet:
        """The set of the programmes with these ids."""
        return _set((self._places[name] for name in ids), len(self._ids))

    def ids(self, members: ProgramSet) -> Iterator[str]:
        """The ids of a set's programmes, in the order of the files."""
        bits = bin(members)[:1:-1]
        place = bits.find("1")
        while place >= 0:
            yield self._ids[place]
            place = bits.find("1", place + 1)


def union(sets: Mapping[_Key, ProgramSet], keys: Iterable[_Key]) -> ProgramSet:
    """The programmes that are in the set of one of `keys`.

    >>> union({'a': 0b011, 'b': 0b110}, ['a', 'b', 'c'])
    7
    """
    found = 0
    for key in keys:
        found |= sets.get(key, 0)
    return found


def _above(catalog: Catalog, parent: str | None) -> tuple[Fact, ...]:
    return catalog.programs[parent].facts if parent else ()


def _sets(places: Mapping[_Key, list[int]], size: int) -> dict[_Key, ProgramSet]:
    return {key: _set(found, size) for key, found in places.items()}


def _set(places: Iterable[int], size: int) -> ProgramSet:
    """One bit for each of `places`; by way of bytes, for a whole number is copied whenever it is changed."""
    content = bytearray(size // 8 + 1)
    for place in places:
        content[place >> 3] |= 1 << (place & 7)
    return int.from_bytes(content, "little")
