"""The circumstances that a question gives: the cases it names, and what its figures are the sizes of."""

from __future__ import annotations

import functools
from dataclasses import dataclass, replace
from fractions import Fraction

from madoguchi.answers.mentions import is_only, is_out
from madoguchi.answers.said import Said
from madoguchi.catalog.model import Attribute, Bound, Case, Unit
from madoguchi.japanese.around import is_equated, is_joint, is_lacked, is_wished
from madoguchi.japanese.dates import approved_on
from madoguchi.japanese.numbers import Quantity
from madoguchi.japanese.questions import asks_change, asks_if_alike, asks_sum, says_both

_APPROVAL_DAY = "approval_day"  # the measure of the cases that an approval's day decides
_NEAR = 12  # characters between an amount and the word for what it is the size of


@dataclass(frozen=True)
class Circumstances(Said):
    """What a question says, with the cases that it names in words or by a figure."""

    @functools.cached_property
    def named_cases(self) -> tuple[str, ...]:
        """The cases that the text names, in words or by a count: 組合員21人."""
        found = [*self.named("case"), *self._lacking, *self.of_approval]
        for quantity, measure in self.measured:
            for case in self.catalog.cases.values():
                if case.measure == measure and _holds(case, quantity):
                    found.append(case.id)
        return tuple(dict.fromkeys((*found, *self._added_to(found))))

    def _added_to(self, named: list[str]) -> list[str]:
        """The ordinary case to which the one that the text names is to be added or compared: 別枠もあわせて."""
        cases = self.catalog.cases
        if says_both(self.question.text):
            return self._both_of(named)
        dimensions = [cases[name].dimension for name in named]
        rivals = self.named("organization") or len(dimensions) > len(set(dimensions))  # 公庫と商工中金の無担保を比べて
        changed = asks_change(self.question.text) and self.question.intent == "ask_comparison"
        compared = (changed or asks_if_alike(self.question.text)) and not rivals  # 組合で上限ちゃうの
        apart = len(self.named_programs) > 1  # 普通保証と無担保保証の別枠を足したら
        apart = apart or len(dimensions) > len(set(dimensions))  # 通常枠と別枠をあわせて
        summed = asks_sum(self.question.text) and not apart
        both = summed or (compared and not self.named("period"))
        alone = {name for name in dimensions if dimensions.count(name) == 1} if both else set()
        told = {name for fact in self.told for name in fact.applies_to} if summed else set()  # 普通の枠と足したら
        return [
            case.id
            for case in cases.values()
            if case.dimension in alone and case.id not in named and (case.default or case.id in told)
        ]

    def _both_of(self, named: list[str]) -> list[str]:
        """The case of the last question with its ordinary counterpart, where both are stated: 両方足すと?"""
        cases = self.catalog.cases
        programs = [self.catalog.programs[p] for p in self.focus.programs if p in self.catalog.programs]
        stated = {name for program in programs for fact in program.facts for name in fact.applies_to}
        taken = {cases[name].dimension for name in named}
        kept = [name for name in self.focus.cases if name in stated and cases[name].dimension not in taken]
        dimensions = {cases[name].dimension for name in kept}
        return [*kept, *(c.id for c in cases.values() if c.default and c.id in stated and c.dimension in dimensions)]

    @property
    def _lacking(self) -> list[str]:
        """The cases of those who lack a programme that the text names: 経営革新の承認もろてへん."""
        rests = {t.id: self.question.text[m.end :] for m in self.mentions for t in m.targets if t.kind == "program"}
        cases = self.catalog.cases.values()
        return [case.id for case in cases if case.without in rests and is_lacked(rests[case.without])]

    @property
    def of_approval(self) -> list[str]:
        """The cases that hold for the day, month or year in which the text says that something was approved."""
        day = approved_on(self.question.text)
        if not day:
            return []
        first, last = (int(day.replace("-", "").ljust(8, pad)) for pad in "09")
        held = (c for c in self.catalog.cases.values() if c.measure == _APPROVAL_DAY)
        return [
            case.id
            for case in held
            if (case.at_least is None or first >= case.at_least) and (case.below is None or last < case.below)
        ]

    @functools.cached_property
    def ruled_out(self) -> set[str]:
        """The cases that a count of the text does not reach, or that it takes back: 組合員15人 is not 20人以上."""
        text = self.question.text
        back = [m for m in self.question.mentions if m.end and is_only(m, "case") and is_out(m, text)]
        return {target.id for mention in back for target in mention.targets} | {
            case.id
            for quantity, measure in self.measured
            for case in self.catalog.cases.values()
            if case.measure == measure and not _holds(case, quantity)
        }

    @functools.cached_property
    def measured(self) -> list[tuple[Quantity, str]]:
        """Each quantity of the text with what it is the size of: 250万の機械 -> acquisition_price."""
        found = []
        cases = [m for m in self.mentions if any(target.kind == "case" for target in m.targets)]
        for quantity in self.quantities:
            if quantity.kind == "percent" and self._only_measure(Unit.PERCENT):
                found.append((quantity, self._only_measure(Unit.PERCENT)))
                continue
            if quantity.kind == "count" or any(m.start <= quantity.start < m.end for m in cases):
                continue  # 1台, or the figure in a case's own name
            if self.is_claimed_limit(quantity):
                continue
            nearest = min(
                (
                    (_distance(quantity, mention.start, mention.end), target.id)
                    for mention in self.mentions
                    for target in mention.targets
                    if target.kind == "measure"
                ),
                default=None,
            )
            called = nearest and nearest[0] == 0  # 資本金5000万、機械の減税
            if quantity.kind == "yen" and self._price_measure and self._is_of_thing(quantity) and not called:
                found.append((quantity, self._price_measure))  # 80万の展示会 もらえる?
                continue
            wished = quantity.kind == "yen" and is_wished(self.question.text[quantity.end :])
            if wished and (not nearest or nearest[0] > 0):
                if self._given_measure:
                    found.append((quantity, self._given_measure))
            elif nearest and nearest[0] <= _NEAR:
                found.append((quantity, nearest[1]))
            elif quantity.kind == "yen" and self._price_measure:
                found.append((quantity, self._price_measure))
            elif quantity.kind == "people" and self._only_measure(Unit.COUNT):
                found.append((quantity, self._only_measure(Unit.COUNT)))
        return found + self._ratios(found)

    def is_claimed_limit(self, quantity: Quantity) -> bool:
        """Whether an amount is said to be the ceiling or the floor itself: 上限は500万円ですよね."""
        text, ends = self.question.text, {Attribute.LIMIT.value, Attribute.FLOOR.value}
        return quantity.kind == "yen" and any(
            mention.end <= quantity.start
            and is_equated(text[mention.end : quantity.start], text[quantity.end :])
            and any(target.kind == "attribute" and target.id in ends for target in mention.targets)
            for mention in self.mentions
        )

    def _is_of_thing(self, quantity: Quantity) -> bool:
        """Whether an amount is joined to the name of a thing, and to no word for its size: 80万の展示会."""
        joint = self.question.text[quantity.end : quantity.end + 1].strip()
        joined = [m for m in self.mentions if joint and m.start == quantity.end + 1 and is_joint(joint)]
        kinds = {target.kind for mention in joined for target in mention.targets}
        return bool(kinds & {"fact", "program"}) and not kinds & {"measure", "kind", "case", "attribute"}

    def _ratios(self, found: list[tuple[Quantity, str]]) -> list[tuple[Quantity, str]]:
        """The ratios of two amounts of the text that the vocabulary knows: 労働費用が1億円で教育訓練費が20万円."""
        sizes = {measure: quantity for quantity, measure in reversed(found)}
        ratios = []
        for term in self.catalog.terms["measures"].values():
            if term.ratio_of and set(term.ratio_of) <= sizes.keys():
                part, whole = (sizes[name] for name in term.ratio_of)
                if whole.value:
                    value = Fraction(part.value) / Fraction(whole.value) * 100
                    ratios.append((replace(part, kind="percent", value=value), term.id))
        return ratios

    def _only_measure(self, unit: Unit) -> str:
        """What a number of people or a percentage is taken for where nothing says so: the one that the programme sets
        a rule on."""
        rules = {
            fact.measure
            for name in self._talked_about[:1]
            for program in self.catalog.with_parts(name)
            for fact in program.facts
            if fact.measure and fact.unit is unit and fact.bound in (Bound.MIN, Bound.MAX)
        }
        return rules.pop() if len(rules) == 1 else ""

    @property
    def _given_measure(self) -> str:
        """What the programme gives amounts of, where its ceiling or floor says so: 500万まで出る is the subsidy."""
        inside = (part for name in self._talked_about[:1] for part in self.catalog.with_parts(name))
        bounds = [f for part in inside for f in part.facts if f.attribute in (Attribute.LIMIT, Attribute.FLOOR)]
        return next((fact.measure for fact in bounds if fact.measure), "")

    @functools.cached_property
    def _price_measure(self) -> str | None:
        """What an amount of money is taken for where nothing says so: what the programme gives a share of."""
        own = [f for name in self._talked_about[:1] for part in self.catalog.with_parts(name) for f in part.facts]
        facts = [fact for fact in own if fact.measure]
        thresholds = {fact.measure for fact in facts if fact.bound is Bound.MIN and fact.unit is Unit.JPY}
        shares = [fact.measure for fact in facts if fact.attribute is Attribute.SHARE]
        bases = [measure for measure in shares if measure in thresholds]
        ceilings = [fact for fact in own if fact.attribute is Attribute.LIMIT]
        if not bases and not thresholds and not ceilings and len(set(shares)) == 1:
            return shares[0]  # 10万円の場合は半額
        return bases[0] if bases else thresholds.pop() if len(thresholds) == 1 else None


def _holds(case: Case, quantity: Quantity) -> bool:
    above = case.at_least is None or quantity.value >= case.at_least
    below = case.below is None or quantity.value < case.below
    return (case.at_least is not None or case.below is not None) and above and below


def _distance(quantity: Quantity, start: int, end: int) -> int:
    """Characters between a quantity and a mention; a mention before the quantity counts as nearer."""
    return quantity.start - end if end <= quantity.start else start - quantity.end + 1
