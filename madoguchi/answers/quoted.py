"""The facts whose own figures a question gives: 1,811億円って何の数字, 1/3補助の国の事業."""

from __future__ import annotations

import functools
import string
from dataclasses import dataclass
from fractions import Fraction

from madoguchi import catalog as catalogs
from madoguchi.answers.circumstances import Circumstances
from madoguchi.catalog.model import Attribute, Fact, Unit
from madoguchi.japanese.around import is_wished
from madoguchi.japanese.folding import fold
from madoguchi.japanese.numbers import Quantity, bare_numbers
from madoguchi.japanese.questions import asks_what_figure, is_polar

_ROUNDED = Fraction(1, 100)  # how far an amount may be from the stated one that it means: 300億 for 300.7億円


@dataclass(frozen=True)
class Quoted(Circumstances):
    """What a question says, with the facts that it quotes by their figures."""

    @functools.cached_property
    def valued(self) -> list[Fact]:
        """The facts whose very figure the text names: 1,811億円って何の数字, 1/3補助の国の事業は."""
        back = asks_what_figure(self.question.text)
        if back and not self.named_programs_here:
            return self._worth_asked_about
        if self.named_programs_here or self.focus.programs or self.measured or self.named_cases:
            return []  # the amount is the person's own
        text = self.question.text  # 100万もらうには is a wish
        amounts = {(Unit.JPY, q.value) for q in self.quantities if q.kind == "yen" and not is_wished(text[q.end :])}
        kinds = catalogs.lexicon(self.catalog).offered_kinds.intersection(self.named("kind"))
        worth = self.catalog.facts_worth(amounts)
        found = [f for f in worth if not kinds or self.catalog.programs[f.program].kind in kinds] or self.share_listed
        asked = set(self.named_attributes) - {Attribute.COUNT}  # 何の数字
        return [fact for fact in found if not asked or fact.attribute in asked]  # 1億借りたら利率は: no amount

    @property
    def _worth_asked_about(self) -> list[Fact]:
        """The facts that state a figure of the text, of those talked about where they have any: 316とは何の数."""
        figures = {figure for quantity in self.quantities for figure in _as_stated(quantity)}
        figures |= {(Unit.COUNT, figure) for figure in bare_numbers(self.question.text)}
        counters = [fold(self.question.text[q.start : q.end]).lstrip(string.digits) for q in self.quantities]
        found = [  # 300か所 are not 300社
            fact
            for fact in self.catalog.facts_worth(figures)
            if fact.unit is not Unit.COUNT or all(counter in fold(fact.printed) for counter in counters)
        ]
        talked = {p.id for name in self._talked_about for p in self.catalog.with_parts(name)}
        return [fact for fact in found if fact.program in talked] or found

    @functools.cached_property
    def share_listed(self) -> list[Fact]:
        """The facts with the one share by which the text lists programmes of a kind: 1/3補助の国の事業."""
        shares = [quantity for quantity in self.quantities if quantity.kind in ("percent", "ratio")]
        kinds = set(self.named("kind"))
        polar = is_polar(self.question.text) and self.question.intent != "ask_list"
        if polar or not kinds or self.named("fact") or not len(shares) == len(self.quantities) == 1:
            return []
        found = [
            f
            for f in self.catalog.facts_worth(_as_stated(shares[0]))
            if f.attribute in (Attribute.SHARE, Attribute.RATE)
        ]
        fitting = [f for f in found if any(p.kind in kinds for p in self.catalog.lineage(f.program))]
        return fitting or found

    @property
    def rates_told(self) -> list[Fact]:
        """The facts of which the text gives the share or rate: 18%の法人税."""
        rates = [quantity for quantity in self.quantities if quantity.kind in ("percent", "ratio")]
        return [fact for rate in rates for fact in self.catalog.facts_worth(_as_stated(rate))]

    @functools.cached_property
    def rated(self) -> tuple[str, ...]:
        """The programmes that state two shares or rates of the text: 22%が18%になったら."""
        rates = [q for q in self.quantities if q.kind in ("percent", "ratio")]
        if len(rates) < 2:
            return ()
        stating = [{fact.program for fact in self.catalog.facts_worth(_as_stated(rate))} for rate in rates]
        return tuple(sorted(set.intersection(*stating)))

    @functools.cached_property
    def claimed(self) -> tuple[Fact, ...]:
        """The budgets of the programmes talked about whose amounts the text gives, rounded or not: 新エネの300億."""
        amounts: list[int | Fraction] = [quantity.value for quantity in self.quantities if quantity.kind == "yen"]
        periods = set(self.named("period"))  # 省エネの一次補正60.3億 is a line's
        own = [fact for name in self._talked_about for fact in self.catalog.programs[name].facts]
        parts = [part for name in self._talked_about for part in self.catalog.with_parts(name)]
        own += [f for part in parts for f in part.facts if f.period in periods and part.id not in self._talked_about]
        found = []
        for fact in own:
            if fact.attribute is Attribute.BUDGET and isinstance(fact.value, int) and fact.value:
                close = _ROUNDED * fact.value
                if any(abs(Fraction(fact.value) - Fraction(amount)) <= close for amount in amounts):
                    found.append(fact)
        return tuple(found)


def _as_stated(quantity: Quantity) -> tuple[tuple[Unit, int | Fraction], ...]:
    """A quantity as the figures of facts that it may mean: 半分 is 1/2 and 50%."""
    if quantity.kind in ("percent", "ratio"):
        percent = Fraction(quantity.value) * (100 if quantity.kind == "ratio" else 1)
        return (Unit.RATIO, percent / 100), (Unit.PERCENT, percent)
    unit = {"yen": Unit.JPY, "years": Unit.YEARS}.get(quantity.kind, Unit.COUNT)
    return ((unit, quantity.value),)
