"""The catalog and what can be asked of it."""

from __future__ import annotations

import functools
import hashlib
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction

from madoguchi.catalog.model import (
    Attribute,
    Case,
    Contact,
    ContactLink,
    Document,
    Fact,
    Organization,
    Program,
    Settings,
    Term,
    Unit,
)
from madoguchi.catalog.problems import Problem
from madoguchi.catalog.sets import ProgramSets


class Catalog:
    """Programmes, contacts, sources and vocabulary, complete and consistent; nothing in it changes."""

    def __init__(
        self,
        *,
        settings: Settings,
        documents: Iterable[Document],
        organizations: Iterable[Organization],
        contacts: Iterable[Contact],
        cases: Iterable[Case],
        terms: Mapping[str, Iterable[Term]],
        programs: Iterable[Program],
        warnings: Sequence[Problem] = (),
    ) -> None:
        self.settings = settings
        self.documents = {document.id: document for document in documents}
        self.organizations = {organization.id: organization for organization in organizations}
        self.contacts = {contact.id: contact for contact in contacts}
        self.cases = {case.id: case for case in cases}
        self.terms = {name: {term.id: term for term in group} for name, group in terms.items()}
        self.programs = {program.id: program for program in programs}
        self.warnings = tuple(warnings)
        self._facts = {fact.key: fact for program in self.programs.values() for fact in program.facts}
        self._programs_of_contact: dict[str, list[str]] = {}
        self._parts: dict[str, list[str]] = {}
        self._offices: dict[str, list[Contact]] = {}
        for contact in self.contacts.values():
            self._offices.setdefault(contact.organization, []).append(contact)
        for program in self.programs.values():
            if program.parent:
                self._parts.setdefault(program.parent, []).append(program.id)
            for link in program.contacts:
                self._programs_of_contact.setdefault(link.contact, []).append(program.id)

    def make_indices(self) -> None:
        """Make now what is otherwise made when it is first asked for: half a second with ten thousand programmes."""
        _ = self.sets, self.roots, self._figures, self.digest

    def fact(self, key: str) -> Fact:
        """The fact with this key: "capital_investment_tax.tax_credit". Raises KeyError."""
        return self._facts[key]

    def has_fact(self, key: str) -> bool:
        """Whether there is a fact with this key: a conversation may remember one that is gone."""
        return key in self._facts

    def facts(self) -> Iterator[Fact]:
        """All facts, in the order of the files."""
        return iter(self._facts.values())

    def lineage(self, program_id: str) -> Iterator[Program]:
        """The programme, then what it is part of, outwards."""
        current: str | None = program_id
        while current:
            program = self.programs[current]
            yield program
            current = program.parent

    def parts_of(self, program_id: str) -> list[str]:
        """The ids of the programme's direct parts, written inside it or naming it as their parent."""
        return self._parts.get(program_id, [])

    def with_parts(self, program_id: str) -> Iterator[Program]:
        """The programme and everything that is part of it, outer before inner."""
        yield self.programs[program_id]
        for part in self.parts_of(program_id):
            yield from self.with_parts(part)

    def facts_about(self, program_id: str, attributes: Collection[Attribute]) -> list[Fact]:
        """The facts with one of `attributes`: the programme's own, else those of its parts, else of what it is part of.

        A budget is never that of something larger: what the whole gets says nothing about the part.
        """
        own = [fact for fact in self.programs[program_id].facts if fact.attribute in attributes]
        if own:
            return own
        parts = [
            fact
            for program in self.with_parts(program_id)
            for fact in program.facts
            if program.id != program_id and fact.attribute in attributes
        ]
        if parts:
            return parts
        parent = self.programs[program_id].parent
        above = self.programs[parent].facts if parent else ()
        return [f for f in above if f.attribute in attributes and f.attribute is not Attribute.BUDGET]

    def contact_links(self, program_id: str) -> tuple[ContactLink, ...]:
        """Whom to ask about the programme: its own contacts, else those of what it is part of."""
        for program in self.lineage(program_id):
            if program.contacts:
                return program.contacts
        return ()

    def programs_of_contact(self, contact_id: str) -> list[str]:
        """The ids of the programmes that name this contact."""
        return self._programs_of_contact.get(contact_id, [])

    def contacts_of_organization(self, organization_id: str) -> list[Contact]:
        """The offices of an organisation, in the order of the file."""
        return self._offices.get(organization_id, [])

    def contacts_with_telephone(self, number: str) -> list[Contact]:
        """The offices with this number, however it is written."""
        digits = re.sub(r"\D", "", number)
        return [c for c in self.contacts.values() if c.telephone and re.sub(r"\D", "", c.telephone) == digits]

    def with_wider(self, case_id: str) -> list[str]:
        """The case and the wider cases that it is part of."""
        found: list[str] = []
        current: str | None = case_id
        while current and current not in found:
            found.append(current)
            current = self.cases[current].narrower_of
        return found

    @functools.cached_property
    def sets(self) -> ProgramSets:
        """The programmes by what they are and state."""
        return ProgramSets(self)

    @functools.cached_property
    def roots(self) -> tuple[str, ...]:
        """The programmes that have budgets and parts and are part of nothing: what 全部で and 予算 alone mean."""
        return tuple(
            program.id
            for program in self.programs.values()
            if not program.parent
            and self.parts_of(program.id)
            and any(fact.attribute is Attribute.BUDGET for fact in program.facts)
        )

    def facts_worth(self, figures: Collection[tuple[Unit, int | Fraction]]) -> list[Fact]:
        """The facts that state one of these figures, in the order of the files."""
        places = sorted(place for figure in figures for place in self._figures.get(figure, ()))
        return [fact for _, fact in places]

    @functools.cached_property
    def _figures(self) -> dict[tuple[Unit, int | Fraction], list[tuple[int, Fact]]]:
        """The facts by the figure that they state, each with its place among all facts."""
        found: dict[tuple[Unit, int | Fraction], list[tuple[int, Fact]]] = {}
        for place, fact in enumerate(self._facts.values()):
            if isinstance(fact.value, int | Fraction):
                found.setdefault((fact.unit, fact.value), []).append((place, fact))
        return found

    @functools.cached_property
    def digest(self) -> str:
        """Twelve hexadecimal digits that change whenever anything in the catalog does."""
        content = repr((self.settings, *self.documents.values(), *self.contacts.values(), *self.programs.values()))
        return hashlib.sha256(content.encode()).hexdigest()[:12]
