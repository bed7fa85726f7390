"""madoguchi.catalog.sets: the sets hold what going through all programmes would find, in the order of the files."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from madoguchi.catalog import Catalog, load
from madoguchi.catalog.model import Attribute, Fact, Program, Unit
from madoguchi.catalog.sets import ProgramSet, union

OURS = Path(__file__).parents[3] / "data/programs"


@pytest.fixture(scope="module")
def ours() -> Catalog:
    return load(OURS)


def ids(catalog: Catalog, members: ProgramSet) -> list[str]:
    return list(catalog.sets.ids(members))


def inside(catalog: Catalog, program: Program) -> list[Fact]:
    return [fact for part in catalog.with_parts(program.id) for fact in part.facts]


@pytest.mark.parametrize("attribute", Attribute)
def test_何かを述べる制度は_項目を探して見つかる制度(ours: Catalog, attribute: Attribute) -> None:
    stating = [p for p in ours.programs if ours.facts_about(p, {attribute})]
    assert ids(ours, ours.sets.stating.get(attribute, 0)) == stating
    figures = [
        p.id
        for p in ours.programs.values()
        if any(f.attribute is attribute and f.unit is not Unit.TEXT for f in inside(ours, p))
    ]
    assert ids(ours, ours.sets.with_figure.get(attribute, 0)) == figures


def test_種類と場合と数量ごとの制度(ours: Catalog) -> None:
    sets, programs = ours.sets, ours.programs.values()
    both = {p.id for p in programs if p.kind == "measure" and any(f.attribute is Attribute.BUDGET for f in p.facts)}
    assert both  # 施策と予算項目が一つの名前のもの
    for kind in ours.terms["kinds"]:
        found = [p.id for p in programs if p.kind == kind or (kind == "budget_line" and p.id in both)]
        assert ids(ours, sets.of_kind.get(kind, 0)) == found
    for measure in ours.terms["measures"]:
        found = [p.id for p in programs if any(f.measure == measure for f in p.facts)]
        assert ids(ours, sets.with_measure.get(measure, 0)) == found
    for case, attribute in itertools.product(ours.cases, Attribute):
        found = [p.id for p in programs if any(case in f.applies_to and f.attribute is attribute for f in p.facts)]
        assert ids(ours, sets.with_fact_in_case.get((case, attribute), 0)) == found
    assert ids(ours, sets.outermost & sets.with_contacts) == [p.id for p in programs if p.contacts and not p.parent]


def test_機関の制度は_窓口か本文がその機関を挙げる制度(ours: Catalog) -> None:
    for organization in ours.organizations:
        offices = {contact.id for contact in ours.contacts_of_organization(organization)}
        found = [p.id for p in ours.programs.values() if offices & {link.contact for link in p.contacts}]
        assert ids(ours, ours.sets.of_organization.get(organization, 0)) == found
    for text, members in ours.sets.run_by.items():
        for name in ids(ours, members):
            assert text in [f.printed for f in ours.programs[name].facts if f.attribute is Attribute.PROVIDER]


def test_集合は順によらず作れ_合わせられる(ours: Catalog) -> None:
    last, first = list(ours.programs)[-1], next(iter(ours.programs))
    assert ids(ours, ours.sets.of([last, first])) == [first, last]
    assert ids(ours, union({"a": ours.sets.of([last]), "b": ours.sets.of([first])}, ["a", "b", "c"])) == [first, last]
    assert ids(ours, ours.sets.all) == list(ours.programs)
    assert ids(ours, 0) == []
