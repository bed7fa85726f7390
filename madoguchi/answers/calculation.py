"""Arithmetic that the documents determine: a share of a price or cost, between its floor and its ceiling."""

from __future__ import annotations

import functools
import math
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from madoguchi.answers.context import Context
from madoguchi.answers.reply import Computed, Reply
from madoguchi.answers.sentences import answer, state
from madoguchi.catalog.model import Attribute, Bound, Fact, Unit
from madoguchi.japanese.around import is_tax_due, is_wished
from madoguchi.japanese.clauses import spans
from madoguchi.japanese.numbers import Quantity, bare_numbers, is_of_one_piece, per_piece, yen
from madoguchi.japanese.questions import asks_change, asks_full, asks_saved, asks_size, asks_sum, says_both, says_whole

_ASKING = (
    "ask_amount",
    "ask_rate",
    "ask_eligibility",
    "ask_description",
    "ask_detail",
    "follow_up",
    "nlu_fallback",
    "ask_budget",
)


_NAME = "〓"  # stands for a period's name, where only what is around it counts: 21年度+二次補正
_RAISE = "raise"  # the dimension of the cases before and after limits were raised, compared where none is named
# What is no share of the amount that one has or gets
_APART = {Attribute.RATE, Attribute.FEE, Attribute.SURCHARGE, Attribute.TERM, Attribute.GRACE}
_COVERING = (Attribute.ELIGIBILITY, Attribute.CONDITION)
_SUBTRACTED = (Unit.JPY, Unit.YEARS)  # units of which a difference is told


def answer_for(context: Context, program_id: str) -> Reply | None:
    """What the shares of the programme come to for the user's amount; None where there is nothing to work out."""
    if context.intent not in _ASKING:
        return None
    amounts = [q for q in context.quantities if q.kind == "yen" and not context.is_claimed_limit(q)]
    amounts = [q for q in amounts if not is_tax_due(context.question.text[: q.start])]
    shares = _shares(context, program_id)
    if set(context.named_attributes) & _APART and not any(f.attribute in context.named_attributes for f in shares):
        return None  # 5000万借りたら保証料いくら
    limit = _bound_on(context, program_id, Attribute.LIMIT)
    if not amounts and asks_full(context.question.text) and shares and limit and limit.value is not None:
        return _needed(context, program_id, shares[0], Fraction(limit.value), printed=limit.printed, also=(limit,))
    if not amounts and context.focus.amount and context.follows_up:
        named = [
            share for share in shares if share.key in context.named("fact") or share.value in _said(context)
        ]  # 22%やったら
        before = Quantity("yen", context.focus.amount, 0, 0)
        return _forwards(context, program_id, named, before) if named else None  # 特別償却のほうだと, after an amount
    if not amounts or not shares or context.claimed:
        return None  # 300.7億円ってまるまる使える: the amount is the budget's, not the person's
    bases = {f.measure for f in shares}
    measures = dict(context.measured)
    amount = next((q for q in amounts if measures.get(q) in bases), amounts[0])
    measure = measures.get(amount)
    if measure is None and is_wished(context.question.text[amount.end :]):
        sized = asks_size(context.question.text) and set(context.named("measure"))
        if sized and not context.catalog.sets.with_share_of.keys().isdisjoint(sized):
            return _backwards(context, program_id, shares, amount)  # 4000万借りるには所要資金いくら
        limit = _bound_on(context, program_id, Attribute.LIMIT)
        if limit is None or not limit.measure:
            return None  # 5000万借りたい is no cost of which a share could be had
        measure = limit.measure  # 満額300万もらうには
    if measure is not None and is_result(context, program_id, measure):
        return _backwards(context, program_id, shares, amount)
    of_measure = [f for f in shares if f.measure == measure]
    if measure and not of_measure and any(f.measure == measure for f in _facts(context, program_id)):
        return None  # 資本金3億円: the size of the firm, not of the price
    return _forwards(context, program_id, of_measure or shares, amount)


def _shares(context: Context, program_id: str) -> list[Fact]:
    """The shares of the programme: those that the text names by their figures (22%のときと18%のとき), else those that
    hold in the cases of the question."""
    shares = [f for f in _facts(context, program_id) if _is_share(f)]
    named = [f for f in shares if f.value in _said(context)]
    return named if len(named) > 1 else [f for f in shares if _fits_cases(context, f)]


def _said(context: Context) -> set[int | Fraction]:
    """The percentages and bare numbers of the text: 22から18に下がる."""
    rates = {q.value for q in context.quantities if q.kind in ("percent", "ratio")}
    return rates.union(bare_numbers(context.question.text))


def _forwards(context: Context, program_id: str, shares: list[Fact], amount: Quantity) -> Reply | None:
    say = context.phrases.say
    threshold = next(
        (
            f
            for f in _facts(context, program_id)
            if f.measure == shares[0].measure and f.bound is Bound.MIN and f.unit is Unit.JPY
        ),
        None,
    )
    if threshold is not None and isinstance(threshold.value, int):
        one = per_piece(context.question.text, amount) if is_of_one_piece(threshold.name) else amount
        if one.value < threshold.value:
            return None  # the verdict on the threshold answers
    if any(amount.value > ceiling for ceiling in _ceilings(context, program_id, shares[0])):
        return None  # 所得1000万円, of a rate for 年800万円以下
    shares = list({share.value: share for share in shares}.values())[:3]  # 新エネ and 省エネ: one third each
    results = [_result(context, program_id, share, amount) for share in shares]
    base = yen(int(amount.value))
    floor = _bound_on(context, program_id, Attribute.FLOOR)
    least = floor.value if floor is not None and floor.measure != shares[0].measure else None
    if floor is not None and isinstance(least, int) and all(figure.value < least for figure in results):
        lead = say("below_floor_computed", result=results[0].printed, figure=floor.printed)
        return answer(context, lead=lead, programs=(program_id,), facts=(*shares, floor), computed=results)
    limit = _bound_on(context, program_id, Attribute.LIMIT)
    capped = limit is not None and any(figure.value == limit.value for figure in results)
    if capped and limit is not None and len(shares) == 1:
        lead = say(
            "computed_capped", base=base, share=shares[0].printed, result=results[0].printed, figure=limit.printed
        )
    elif len(shares) == 1:
        lead = say("computed_one", base=base, share=shares[0].printed, result=results[0].printed)
    else:
        parts = [
            say("computed_part", name=figure.name, base=base, share=share.printed, result=figure.printed)
            for share, figure in zip(shares, results, strict=True)
        ]
        lead = say("computed", results=say("and").join(parts))
    facts = tuple(shares)
    details: list[str] = []
    saved = asks_saved(context.question.text) and all(share.value in _said(context) for share in shares)
    if len(results) == 2 and (saved or asks_change(context.question.text)):
        gap = _difference(context, results)
        lead = say("computed_difference", difference=gap.printed, rest=lead)
        results = [*results, gap]
    if capped and limit is not None:
        facts = (*facts, limit)
    conditions = [
        f
        for f in _facts(context, program_id)
        if f.attribute in (Attribute.CONDITION, Attribute.ELIGIBILITY)
        and f.unit in (Unit.PERCENT, Unit.RATIO)
        and f.bound is Bound.MIN
        and _fits_cases(context, f)
    ]
    details += [say("provided", name=f.name, figure=f.printed) for f in conditions]
    facts = (*facts, *conditions)
    reply = answer(context, lead=lead, programs=(program_id,), facts=facts, computed=results, details=details)
    return replace(reply, focus=replace(reply.focus, amount=int(amount.value)))


def _ceilings(context: Context, program_id: str, share: Fact) -> list[int]:
    """The amounts above which what the share is of is not covered."""
    bounds = (f for f in _facts(context, program_id) if f.attribute in _COVERING and f.measure == share.measure)
    return [f.value for f in bounds if f.bound is Bound.MAX and f.unit is Unit.JPY and isinstance(f.value, int)]


def _result(context: Context, program_id: str, share: Fact, amount: Quantity) -> Computed:
    value = int(Fraction(amount.value) * _ratio(share, share.value))
    limit = _bound_on(context, program_id, Attribute.LIMIT)
    if limit is not None and isinstance(limit.value, int):
        value = min(value, limit.value)
    printed = yen(value)
    inputs = [share.key, str(amount.value)]
    if share.upper is not None:
        upper = int(Fraction(amount.value) * _ratio(share, share.upper))
        printed = context.phrases.say("range", low=printed, high=yen(upper))
    return Computed(name=share.name, value=value, unit="JPY", printed=printed, inputs=tuple(inputs))


def _backwards(context: Context, program_id: str, shares: list[Fact], amount: Quantity) -> Reply:
    """The cost that a wished subsidy asks for, or that the wish lies above the ceiling or below the floor."""
    say = context.phrases.say
    share = shares[0]
    limit, floor = _bound_on(context, program_id, Attribute.LIMIT), _bound_on(context, program_id, Attribute.FLOOR)
    if limit is not None and isinstance(limit.value, int) and amount.value > limit.value:
        lead = say("above_limit", amount=yen(int(amount.value)), figure=limit.printed)
        return answer(context, lead=lead, programs=(program_id,), facts=(limit,))
    if floor is not None and isinstance(floor.value, int) and amount.value < floor.value:
        lead = say("below_floor", amount=yen(int(amount.value)), figure=floor.printed)
        return answer(context, lead=lead, programs=(program_id,), facts=(floor,))
    return _needed(context, program_id, share, Fraction(amount.value), printed=yen(int(amount.value)))


def _needed(
    context: Context, program_id: str, share: Fact, wanted: Fraction, *, printed: str, also: tuple[Fact, ...] = ()
) -> Reply:
    """The cost of which `share` is what one wants to have: 満額もらうには, where `also` is the ceiling."""
    say = context.phrases.say
    needed = math.ceil(wanted / _ratio(share, share.value))
    figure = Computed(
        name=say("needed_name"), value=needed, unit="JPY", printed=yen(needed), inputs=(share.key, str(wanted))
    )
    cost = context.catalog.terms["measures"][share.measure].name if share.measure else figure.name
    lead = say("needed", amount=printed, cost=cost, needed=figure.printed, name=share.name, share=share.printed)
    return answer(context, lead=lead, programs=(program_id,), facts=(share, *also), computed=(figure,))


def _difference(context: Context, results: Sequence[Computed]) -> Computed:
    """How far two results are apart."""
    first, second = results
    return apart(context, first.value - second.value, unit=Unit.JPY, inputs=(*first.inputs, *second.inputs))


def apart(context: Context, gap: int, *, unit: Unit, inputs: tuple[str, ...]) -> Computed:
    """The difference of two amounts in yen or of two numbers of years, as a figure worked out from `inputs`."""
    say = context.phrases.say
    printed = yen(abs(gap)) if unit is Unit.JPY else say("years", count=str(abs(gap)))
    return Computed(name=say("difference_name"), value=abs(gap), unit=unit.value, printed=printed, inputs=inputs)


def difference(context: Context, program_id: str, facts: Sequence[Fact]) -> Reply | None:
    """How far two figures of one kind are apart: 引き上げでいくら増える; None where that is not asked, or where the
    text leaves more than two."""
    if not facts or not asks_change(context.question.text) or facts[0].unit not in _SUBTRACTED:
        return None
    first = facts[0]
    cases = context.catalog.cases
    named = [cases[name].dimension for name in context.named_cases]
    compared = [dimension for dimension in named if named.count(dimension) > 1][:1] or [_RAISE]
    open_cases = {name for name, case in cases.items() if case.dimension in compared}
    alike = [
        fact
        for fact in context.catalog.programs[first.program].facts
        if fact.attribute is first.attribute
        and fact.unit is first.unit
        and isinstance(fact.value, int)
        and set(fact.applies_to) - open_cases == set(first.applies_to) - open_cases
        and not (set(fact.applies_to) & open_cases - set(context.named_cases) and compared != [_RAISE])
    ]
    if len(alike) != 2:
        return None
    gap = int(alike[0].value or 0) - int(alike[1].value or 0)
    figure = apart(context, gap, unit=first.unit, inputs=tuple(fact.key for fact in alike))
    rest = state(context, program_id, alike)
    lead = context.phrases.say("computed_difference", difference=figure.printed, rest=rest)
    return answer(context, lead=lead, programs=(program_id,), facts=alike, computed=(figure,))


def total(context: Context, facts: Sequence[Fact]) -> Computed | None:
    """The sum of stated amounts that the question asks to add, named as computed; None where nothing may be added.

    Only what the text itself names is added: two cases of one kind (通常枠と別枠), two periods, or two programmes of
    which neither is part of the other. A total that the document states is never worked out beside it.
    """
    text = context.question.text
    periods = [text[m.start : m.end] for m in context.mentions if any(t.kind == "period" for t in m.targets)]
    if not asks_sum(functools.reduce(lambda rest, name: rest.replace(name, _NAME), filter(None, periods), text)):
        return None  # 補正予算の合計 is the name of one
    amounts = [fact for fact in facts if fact.unit is Unit.JPY and isinstance(fact.value, int)]
    parts = _by_case(context, amounts) or _by_period(context, amounts) or _by_program(context, amounts)
    held = {name for part in parts for name in part.applies_to}
    return add(context, parts, among=[fact for fact in amounts if set(fact.applies_to) <= held])


def add(context: Context, parts: Sequence[Fact], *, among: Sequence[Fact]) -> Computed | None:
    """The sum of `parts`; None for fewer than two, or where one of `among` is their stated total."""
    value = sum(fact.value for fact in parts if isinstance(fact.value, int))
    if len(parts) < 2 or any(fact.value == value for fact in among):
        return None
    if len(parts) > 2 and any(isinstance(fact.value, int) and 2 * fact.value == value for fact in parts):
        return None  # one of them is the total of the others
    inputs = tuple(fact.key for fact in parts)
    return Computed(name=context.phrases.say("sum_name"), value=value, unit="JPY", printed=yen(value), inputs=inputs)


def _by_case(context: Context, amounts: Sequence[Fact]) -> list[Fact]:
    """One amount for each of several named cases of one dimension, with no other case out of the ordinary."""
    cases = context.catalog.cases
    dimensions = [cases[name].dimension for name in context.named_cases]
    stated = {cases[name].dimension for fact in amounts for name in fact.applies_to}  # 通常 is of 枠 and of 引き上げ
    several = {name for name in stated if dimensions.count(name) > 1}
    wanted = [name for name in context.named_cases if cases[name].dimension in several]
    shared = set.intersection(*(set(fact.applies_to) for fact in amounts)) if amounts else set()
    ordinary = {name for name, case in cases.items() if case.default and case.dimension not in dimensions}
    plain = ordinary | set(context.named_cases) | shared
    found = [next((f for f in amounts if name in f.applies_to and set(f.applies_to) <= plain), None) for name in wanted]
    parts = [fact for fact in found if fact is not None]
    return parts if len({fact.program for fact in parts}) == 1 and len(parts) == len(wanted) else []


def _by_period(context: Context, amounts: Sequence[Fact]) -> list[Fact]:
    """One amount of the programme for each of several named periods."""
    text = context.question.text  # …を合わせて何億？19年度の補正も: what another sentence names is not added
    inside = next(((start, end) for start, end in spans(text) if asks_sum(text[start:end])), (0, len(text)))
    mentions = [m for m in context.mentions if inside[0] <= m.start < inside[1]]
    named = [[t.id for t in m.targets if t.kind == "period"] for m in mentions]
    sure = {periods[0] for periods in named if len(periods) == 1}
    wanted = [periods if len(periods) == 1 else [p for p in periods if p not in sure] for periods in named if periods]
    own = [fact for fact in amounts if fact.program == amounts[0].program]
    # 補正 alone may be the first, the second or both: the one that is stated, where only one is
    found = [[fact for fact in own if fact.period in periods] for periods in wanted]
    found = [_each_supplement(context, facts) if len(facts) > 1 else facts for facts in found]
    stated = [facts for facts, periods in zip(found, wanted, strict=True) if facts or set(periods) & sure]
    if (says_whole(text) or says_both(text)) and len(stated) > 1:
        return [fact for facts in stated for fact in facts]  # 補正2回ぶん全部たして
    return [facts[0] for facts in stated] if len(stated) > 1 and all(len(facts) == 1 for facts in stated) else []


def _each_supplement(context: Context, facts: list[Fact]) -> list[Fact]:
    """The supplementary budgets one by one, without the one that is their sum."""
    total = max(facts, key=lambda fact: fact.value if isinstance(fact.value, int) else 0)
    rest = [fact for fact in facts if fact is not total]
    return rest if sum(f.value for f in rest if isinstance(f.value, int)) == total.value else facts


def _by_program(context: Context, amounts: Sequence[Fact]) -> list[Fact]:
    """One amount for each of several named programmes, all of one period."""
    first: dict[str, Fact] = {}
    for fact in amounts:
        first.setdefault(fact.program, fact)
    above = {outer.id for p in first for outer in context.catalog.lineage(p) if outer.id != p}
    same_period = len({fact.period for fact in first.values()}) == 1
    named = len(context.named_programs) >= len(first)
    return list(first.values()) if named and same_period and not above.intersection(first) else []


def _facts(context: Context, program_id: str) -> list[Fact]:
    """What the programme and its parts state; what it is part of as well, where only that states a share."""
    inside = [fact for program in context.catalog.with_parts(program_id) for fact in program.facts]
    parent = context.catalog.programs[program_id].parent
    above = context.catalog.programs[parent].facts if parent and not any(map(_is_share, inside)) else ()
    return [*inside, *above]


def _is_share(fact: Fact) -> bool:
    return (
        fact.unit in (Unit.PERCENT, Unit.RATIO)
        and fact.value is not None
        and fact.measure is not None
        and fact.attribute in (Attribute.SHARE, Attribute.RATE)
    )


def is_result(context: Context, program_id: str, measure: str) -> bool:
    """Whether the measure is of what the programme gives, not of what it is a share of."""
    facts = _facts(context, program_id)
    given = {f.measure for f in facts if f.attribute in (Attribute.LIMIT, Attribute.FLOOR)}
    return measure in given and measure not in {f.measure for f in facts if _is_share(f)}


def _bound_on(context: Context, program_id: str, attribute: Attribute) -> Fact | None:
    return next(
        (
            f
            for f in _facts(context, program_id)
            if f.attribute is attribute and f.unit is Unit.JPY and _fits_cases(context, f)
        ),
        None,
    )


def _fits_cases(context: Context, fact: Fact) -> bool:
    catalog = context.catalog
    return all(
        name in context.cases
        or (
            catalog.cases[name].default
            and not any(catalog.cases[c].dimension == catalog.cases[name].dimension for c in context.cases)
        )
        for name in fact.applies_to
    )


def _ratio(fact: Fact, value: object) -> Fraction:
    assert isinstance(value, Fraction | int)
    return Fraction(value) / 100 if fact.unit is Unit.PERCENT else Fraction(value)
