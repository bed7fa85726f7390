"""A question in the light of the catalog and of the conversation so far."""

from __future__ import annotations

import functools
from dataclasses import dataclass

from madoguchi.answers.subject import Subject
from madoguchi.catalog.model import Attribute, Fact, Unit
from madoguchi.japanese.moves import refers_back


@dataclass(frozen=True)
class Context(Subject):
    """A question with everything that it and the conversation name, as ids of the catalog."""

    @functools.cached_property
    def cases(self) -> tuple[str, ...]:
        """The cases of the text, and those of the conversation that it does not replace."""
        cases = self.catalog.cases
        kept = list(self.named_cases)
        carried = (*self._cases_told, *self.focus.cases) if self.inherits else ()
        for case in (*self._cases_of_office, *carried):
            if case in cases and cases[case].dimension not in {cases[name].dimension for name in kept}:
                kept.append(case)
        return tuple(kept)

    @property
    def _cases_told(self) -> list[str]:
        """The cases out of the ordinary of what was told last in words, where the text begins by pointing at it:
        その場合の利率."""
        last = [fact.applies_to for fact in self.told[-2:] if fact.unit is Unit.TEXT]
        meant = last[-1] if last and refers_back(self.question.text) and self.told[-1].applies_to == last[-1] else ()
        return [name for name in meant if not self.catalog.cases[name].default]

    @property
    def _cases_of_office(self) -> tuple[str, ...]:
        """The cases of the offices just told, where the text begins by pointing at them: そこは担保なしやと."""
        told = [self.catalog.contacts[name] for name in self.focus.contacts if name in self.catalog.contacts]
        pointed = refers_back(self.question.text) and self.focus.intent == "ask_contact"
        return tuple(dict.fromkeys(case for contact in told for case in contact.applies_to)) if pointed else ()

    @functools.cached_property
    def periods(self) -> tuple[str, ...]:
        """The budget years of the text; those of the last question where the text only moves it."""
        named = self.named("period")
        if named or self.question.intent != "follow_up":
            return named
        if self.inherits:
            return self.focus.periods
        # JAPANブランドは, after another's 二次補正; after another's 20年度, 21年度 is wanted as well
        dear = self.focus.intent == "ask_budget"
        return tuple(name for name in self.focus.periods if dear and name in self.catalog.terms["tags"])

    @property
    def fact_of_year(self) -> Fact | None:
        """The fact of a named year that the text names and that is no budget: 20年度の整備数."""
        named = map(self.catalog.fact, self.named("fact"))
        others = (fact for fact in named if fact.attribute is not Attribute.BUDGET and fact.program in self.programs)
        return next((fact for fact in others if fact.period and fact.period in self.named("period")), None)

    @property
    def asks_budget_year(self) -> bool:
        """Whether the text names a year or supplementary budget, and nothing else that could be asked."""
        if not self.named("period") or set(self.named_attributes) - {Attribute.BUDGET, Attribute.STATUS}:
            return False
        if self.fact_of_year is not None:
            return False
        budgets = (f for p in self.programs for part in self.catalog.with_parts(p) for f in part.facts)
        return any(fact.attribute is Attribute.BUDGET for fact in budgets) and not self.loose_details

    @property
    def inherits(self) -> bool:
        """Whether the subject is that of the last question: the text names none of its own."""
        return self._subject[1]

    @property
    def programs(self) -> tuple[str, ...]:
        """The programmes that the question is about; several where it names several or does not decide."""
        return self._subject[0]

    @property
    def only_found_by_words(self) -> bool:
        """Whether nothing names or implies the programmes: the words of the text happen to fit them."""
        implied = (
            self.inherits or self.named_programs_here or self._implied() or self._of_cases() or self._of_measures()
        )
        return not implied
