"""Budgets by year and supplementary budget, and how they changed."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace

from madoguchi import catalog as catalogs
from madoguchi.answers import calculation, listing, lookup
from madoguchi.answers.context import Context
from madoguchi.answers.conversation import not_understood, unstated_here
from madoguchi.answers.reply import Computed, Reply
from madoguchi.answers.selection import choose
from madoguchi.answers.sentences import answer, ask_which, name_of, silent, state, with_cited
from madoguchi.catalog.model import Attribute, Bound, Fact, Unit
from madoguchi.japanese.compounds import compounds, is_telling
from madoguchi.japanese.dates import fiscal_year_name
from madoguchi.japanese.questions import asks_change, asks_extreme, asks_size, asks_sum, asks_total, is_polar

_SIDE_BY_SIDE = 3
_LINES = 8  # budget lines that one reply tells the amounts of
_BUDGET = (Attribute.BUDGET,)
_LINE = "budget_line"
_ADDED_UP = {"area", "pillar", _LINE}  # kinds of programme that have amounts of their own
_OUTSIDE = "outside"  # the mark of what an area's amount does not include


def tell(context: Context) -> Reply:
    """The budget of the programme, line or area, for the named years or for all that are stated."""
    programs = context.programs
    if context.named_tags and (not context.named_programs or listing.has_marked_parts(context)):
        return listing.tell(context)
    if context.named_attributes and Attribute.BUDGET not in context.named_attributes and len(programs) == 1:
        return lookup.tell(context)
    counted = context.fact_of_year
    if counted is not None and Attribute.BUDGET not in context.named_attributes:
        return lookup.stated(context, counted.program, (counted,))
    others = set(context.named_attributes) - {Attribute.BUDGET, Attribute.LIMIT}
    if context.valued or (others and Attribute.BUDGET in context.named_attributes and len(programs) == 1):
        return lookup.tell(context)  # 補助率と21年度の予算: both
    if (
        programs
        and Attribute.BUDGET not in context.named_attributes
        and (not context.named("period") or is_polar(context.question.text))
        and not any(in_family(context, p) for p in programs)
    ):
        if context.follows_up and context.focus.attributes:
            return lookup.tell(context)  # 組合員が30人なら, after a rate that was taken for a budget
        intent = "ask_amount" if asks_size(context.question.text) else "ask_detail"
        return lookup.tell(replace(context, question=replace(context.question, intent=intent)))
    whole = asks_total(context.question.text) or not (context.tells_subject or context.called_area)
    whole = whole or _only_of_all(context)
    if not context.named_programs and not context.inherits and whole:
        total = asks_total(context.question.text) or asks_sum(context.question.text)
        of_thing = None if total else _of_thing(context)
        if of_thing is not None:
            return of_thing
        programs = context.catalog.roots or programs
    if not programs:
        return not_understood(context)
    if context.unknown_years:
        year = fiscal_year_name(context.unknown_years[0])
        return silent(context, context.catalog.programs[programs[0]], what=year, known=own_budget(context, programs[0]))
    if asks_sum(context.question.text) and context.inherits:
        added = _with_last(context) if context.named("period") else _added(context)
        if added is not None:
            return added
    told = _told_change(context)
    if told is not None:
        return told
    if asks_change(context.question.text) and len(programs) == 1:
        changed = change(context, with_budget(context, programs[0]) or _of_measure(context, programs[0]) or programs[0])
        if changed is not None:
            return changed
    stating = list(dict.fromkeys(p for program in programs if (p := with_budget(context, program))))
    if len(stating) > 1:
        figures = {tuple(fact.value for fact in choose(context, p, _BUDGET).facts) for p in stating}
        if len(figures) == 1:  # an area and its only line carry one amount
            stating = stating[:1]
    if len(stating) > _SIDE_BY_SIDE:
        return ask_which(context, stating, intent="ask_budget")
    if len(stating) > 1:
        return _side_by_side(context, stating)
    return tell_of(context, (stating or list(programs))[0])


def _of_thing(context: Context) -> Reply | None:
    """The budget of the one programme that speaks of all that the text names no programme with, or that none is stated;
    None where it speaks of nothing but all programmes together: 雇用の予算, 公共事業の予算, but not 国の予算."""
    catalog = context.catalog
    of_all = {fact.key for root in catalog.roots for fact in catalog.programs[root].facts}
    words = [word for word in context.outside(context.mentions) if word.is_noun and is_telling(word)]
    index = catalogs.facts_index(catalog)
    if all(index.search([word.lemma], among=of_all) for word in words):
        return None
    around = [c for c in compounds(context.question.text) if c.start <= words[-1].start < c.end]
    thing = next((c.surface for c in around), words[-1].surface)
    first = dict.fromkeys(catalog.fact(key).program for key, _ in index.search([word.lemma for word in words]))
    told = {p: "".join(fact.printed for fact in catalog.programs[p].facts) for p in first}
    stating = (with_budget(context, p) for p in first if thing == words[0].surface or thing in told[p])
    found = next((p for p in stating if p), None)
    if found is not None:
        return tell_of(context, found)
    budget = catalog.terms["attributes"][Attribute.BUDGET.value].name
    return unstated_here(context, context.phrases.say("of", whole=thing, part=budget))


def _told_change(context: Context) -> Reply | None:
    """What is told in words of the thing that grows, where neither budget nor year is named: 海外コーディネーター
    増やす?"""
    asked = asks_change(context.question.text) and len(context.programs) == 1
    if not asked or context.named_attributes or context.named("period"):
        return None
    family = {p.id for p in context.catalog.with_parts(context.programs[0])}
    facts = [context.catalog.fact(key) for key in context.named("fact")]
    facts = [fact for fact in facts if fact.program in family and fact.unit is Unit.TEXT]
    return lookup.stated(context, facts[0].program, facts[:1]) if facts else None


def tell_of(context: Context, program_id: str) -> Reply:
    """The budget of one programme."""
    program = context.catalog.programs[program_id]
    order = [fact.key for fact in own_budget(context, program_id)]
    facts = choose(context, program_id, _BUDGET).facts
    if facts and facts[0].attribute is not Attribute.BUDGET:  # a fact of the story that is told: 訳すソフトの予算
        facts = tuple(f for f in own_budget(context, program_id) if not context.periods or f.period in context.periods)
    facts = tuple(sorted(facts, key=lambda fact: order.index(fact.key) if fact.key in order else len(order)))
    related = next((p for p in program.related if own_budget(context, p)), None) or _of_measure(context, program_id)
    if not facts and not order and related and related != program_id:
        return tell_of(context, related)
    if asks_sum(context.question.text) and not order:
        facts = ()  # the document gives no total for it, and its parts do not add up to one
    if not facts:
        known = tuple(fact for fact in own_budget(context, program_id))
        what = context.phrases.say("and").join(context.catalog.terms["periods"][p].name for p in context.periods)
        what = what or context.catalog.terms["attributes"][Attribute.BUDGET.value].name
        return silent(context, program, what=what, known=known)
    lead = state(context, program_id, facts)
    total = calculation.total(context, facts)
    if total is not None:
        lead = context.phrases.say("sum", sum=total.printed, rest=lead)
    return answer(
        context, lead=lead, programs=(program_id,), facts=facts, computed=(total,) if total else (), attributes=_BUDGET
    )


def change(context: Context, program_id: str) -> Reply | None:
    """How the budget changed from one stated period to another; None where only one is stated."""
    facts = [fact for fact in own_budget(context, program_id) if fact.period]
    line = with_budget(context, program_id)
    if not facts and line and line != program_id:  # a measure whose one line has the amounts
        return change(context, line)
    wanted = _without_parts([fact for fact in facts if fact.period in context.named("period")])
    if len(wanted) == 1 and wanted[0] is not facts[0]:
        wanted = [facts[0], wanted[0]]  # 昨年よりいくら減った: this year against last
    pair = (wanted if len(wanted) >= 2 else facts)[:2]
    if len(pair) < 2:
        return None
    say = context.phrases.say
    later, earlier = pair
    both = say("and").join(say("figure_of", name=fact.name, figure=fact.printed) for fact in pair)
    lead = say("figures", program=name_of(context, program_id), figures=both)
    computed: Sequence[Computed] = ()
    if later.printed == earlier.printed:
        lead += say("unchanged", difference="", earlier=earlier.name)
    elif (
        isinstance(later.value, int)
        and isinstance(earlier.value, int)
        and Bound.PART_OF not in (later.bound, earlier.bound)
    ):
        gap = later.value - earlier.value
        difference = calculation.apart(context, gap, unit=Unit.JPY, inputs=(later.key, earlier.key))
        computed = (difference,) if gap else ()
        word = "unchanged" if gap == 0 else "increased" if gap > 0 else "decreased"
        lead += say(word, difference=difference.printed, earlier=earlier.name)
    counted = () if Attribute.BUDGET in context.named_attributes else _counted(context, program_id, pair)
    details = [state(context, program_id, counted)] if counted else []
    return answer(
        context,
        lead=lead,
        programs=(program_id,),
        facts=(*pair, *counted),
        computed=computed,
        details=details,
        attributes=_BUDGET,
    )


def _without_parts(facts: list[Fact]) -> list[Fact]:
    """The amounts without two that a third is the stated total of, where that leaves two to compare: 20年度の補正 is
    the first and the second, or both."""
    amounts = {fact.value: fact for fact in facts if isinstance(fact.value, int)}
    for first, second in itertools.combinations(amounts, 2):
        if first + second in amounts and len(facts) > 3:
            return [fact for fact in facts if fact.value not in (first, second)]
    return facts


def _counted(context: Context, program_id: str, pair: Sequence[Fact]) -> tuple[Fact, ...]:
    """What the programme has so many of in both periods: the centres of 連携拠点は減らす?"""
    facts = [f for f in context.catalog.programs[program_id].facts if f.attribute is Attribute.COUNT]
    found = tuple(f for budget in pair for f in facts if f.period == budget.period and f.value is not None)
    return found if len(found) == len(pair) and not context.follows_up else ()


def tell_amount(context: Context) -> Reply:
    """How much a programme gives; of budget lines, which give nothing themselves, their budgets."""
    own_amount = any(quantity.kind == "yen" for quantity in context.quantities)
    if context.follows_up and context.focus.attributes == (Attribute.LIMIT.value,):
        return lookup.tell(context)  # セーフティネット貸付は, after 緊急保証の枠
    if own_amount or context.named_attributes or any(gives(context, program) for program in context.programs):
        return lookup.tell(context)
    lines = [p for p in context.programs if with_budget(context, p) or _of_measure(context, p)]
    return tell(context) if lines and len(lines) == len(context.programs) else lookup.tell(context)


def gives(context: Context, program_id: str) -> bool:
    """Whether the programme states an amount that one can get or has to pay; a budget is none."""
    given = context.catalog.facts_about(program_id, {Attribute.LIMIT, Attribute.FLOOR, Attribute.FEE})
    return any(fact.unit is not Unit.TEXT for fact in given)


def with_budget(context: Context, program_id: str) -> str | None:
    """The programme if it has a budget, else the one part of it that has."""
    if own_budget(context, program_id):
        return program_id
    parts = [part for part in context.catalog.parts_of(program_id) if own_budget(context, part)]
    return parts[0] if len(parts) == 1 else None


def _of_measure(context: Context, program_id: str) -> str | None:
    """The one line of the measure that a term belongs to: 川下産業's budget is that of the matching."""
    above = (outer for outer in list(context.catalog.lineage(program_id))[1:] if outer.kind == "measure")
    return next((line for outer in above if (line := with_budget(context, outer.id))), None)


def in_family(context: Context, program_id: str) -> bool:
    """Whether the programme or a part of it has a budget at all."""
    return any(own_budget(context, program.id) for program in context.catalog.with_parts(program_id))


def own_budget(context: Context, program_id: str) -> list[Fact]:
    """The budget facts of the programme itself, in the order of the file."""
    return [fact for fact in context.catalog.programs[program_id].facts if fact.attribute is Attribute.BUDGET]


def _side_by_side(context: Context, programs: Sequence[str]) -> Reply:
    chosen = {program: choose(context, program, _BUDGET).facts for program in programs}
    chosen = {program: facts for program, facts in chosen.items() if facts}
    if len(chosen) < 2:
        return tell_of(context, next(iter(chosen), programs[0]))
    lines = [context.phrases.say("item", item=state(context, program, facts)) for program, facts in chosen.items()]
    facts = tuple(fact for group in chosen.values() for fact in group)
    total = calculation.total(context, facts)
    if total is not None:
        lines.insert(0, context.phrases.say("sum", sum=total.printed, rest=""))
    return answer(
        context,
        lead="\n".join(lines),
        programs=tuple(chosen),
        facts=facts,
        computed=(total,) if total else (),
        attributes=_BUDGET,
    )


def _only_of_all(context: Context) -> bool:
    """Whether a period that the text names is stated for nothing but all programmes together: 19年度の補正."""
    stated = {
        (f.period, program.id) for program in context.catalog.programs.values() for f in program.facts if f.period
    }
    roots = set(context.catalog.roots)
    return any({name for p, name in stated if p == period} <= roots for period in context.named("period"))


def of_lines(context: Context, program_id: str) -> Reply | None:
    """The amounts of the budget lines inside the programme, those with a mark that the text names, for the named
    years; None for fewer than two or more than a reply holds."""
    tags = set(context.named("tag"))
    lines = [part for part in context.catalog.with_parts(program_id) if part.kind == _LINE]
    lines = [part for part in lines if not tags or tags & set(part.tags)]
    budgets = {part.id: own_budget(context, part.id) for part in lines}
    periods = {*context.periods, *tags}  # a mark is that of a year
    inside = {name: [fact for fact in facts if fact.period in periods] for name, facts in budgets.items()}
    chosen = {name: facts for name, facts in (inside if any(inside.values()) else budgets).items() if facts}
    if not 1 < len(chosen) <= _LINES:
        return None
    items = [context.phrases.say("item", item=state(context, name, facts)) for name, facts in chosen.items()]
    shown = tuple(fact for facts in chosen.values() for fact in facts)
    return answer(context, lead="\n".join(items), programs=(program_id,), facts=shown, attributes=_BUDGET)


def extreme(context: Context) -> Reply | None:
    """The areas, pillars or budget lines with the largest or smallest amount of a year, inside the programme that the
    text names or of all: いちばん予算が多い分野は?, 内訳で一番大きいのは; None where that is not asked."""
    way, kinds = asks_extreme(context.question.text), set(context.named("kind")) & _ADDED_UP
    roots = context.catalog.roots
    if not way or len(kinds) > 1 or not roots or len(context.named("period")) > 1:
        return None
    inside = context.programs[:1] if context.named_programs or (context.inherits and not kinds) else ()
    if not kinds and not inside:
        return None
    whole, kinds = inside or roots, kinds or {_LINE}
    first = own_budget(context, roots[0])[0]
    period = next(iter(context.named("period")), first.period)
    amounts = [
        (way * fact.value, fact)
        for program in context.catalog.with_parts(whole[0])
        if program.kind in kinds
        for fact in own_budget(context, program.id)
        if fact.period == period and isinstance(fact.value, int) and fact.bound is not Bound.PART_OF
    ]
    if len(amounts) < 2:
        return None
    highest = max(amount for amount, _ in amounts)
    found = [fact for amount, fact in amounts if amount == highest][:_SIDE_BY_SIDE]
    kind = context.catalog.terms["kinds"][kinds.pop()].name
    lead = "".join(state(context, fact.program, (fact,)) for fact in found)
    lead = context.phrases.say("largest" if way > 0 else "smallest", kind=kind, rest=lead)
    programs = tuple(fact.program for fact in found)
    return answer(context, lead=lead, programs=programs, facts=tuple(found), attributes=_BUDGET)


def goes_on(context: Context, program_id: str) -> Reply | None:
    """Whether the programme goes on in a named year: what is stated of its standing, else that it has a budget for
    the year; None where neither is stated."""
    own = context.catalog.programs[program_id].facts
    standing = [fact for fact in own if fact.attribute is Attribute.STATUS and fact.unit is Unit.TEXT]
    if standing:
        return lookup.stated(context, program_id, standing[:1])
    line = with_budget(context, program_id)
    facts = [f for f in own_budget(context, line) if f.period in context.periods and f.value] if line else []
    if line is None or not facts:
        return None
    lead = context.phrases.say("yes", rest=state(context, line, facts))
    return answer(context, lead=lead, programs=(line,), facts=facts, attributes=_BUDGET)


def is_new(context: Context, program_id: str) -> Reply | None:
    """The budgets of a programme whose line is new; None for another."""
    line = with_budget(context, program_id)
    new = line is not None and any(fact.value is None for fact in own_budget(context, line))
    return tell_of(context, line) if new and line else None


def of_outside(context: Context, program_id: str) -> Reply | None:
    """That the programme is not in the amount of the area around it, and that amount; None where it is not known to be
    outside."""
    if _OUTSIDE not in context.catalog.programs[program_id].tags:
        return None
    around = [above.id for above in list(context.catalog.lineage(program_id))[1:] if above.kind == "area"]
    facts = [fact for area in around[:1] for fact in own_budget(context, area)]
    facts = [fact for fact in facts if fact.period in context.periods] or facts
    if not facts:
        return None
    lead = context.phrases.say("outside", program=name_of(context, program_id), whole=name_of(context, around[0]))
    lead += state(context, around[0], facts[:1])
    return answer(context, lead=lead, programs=tuple(around[:1]), facts=facts[:1], attributes=_BUDGET)


def of_part(context: Context) -> Reply | None:
    """That an amount of the text, or that told last, is not the programme's alone: 全額この事業の分?; None where it is
    not stated to be a part of it."""
    last = context.told if context.inherits and context.focus.intent == "ask_budget" else []
    facts = [f for f in (*context.claimed, *last) if f.attribute is Attribute.BUDGET and f.bound is Bound.PART_OF][:1]
    if not facts:
        return None
    lead = context.phrases.say("no", rest=state(context, facts[0].program, facts))
    return answer(context, lead=lead, programs=(facts[0].program,), facts=facts, attributes=_BUDGET)


def _with_last(context: Context) -> Reply | None:
    """The sum of the amount told last and that of the period to which the text moves: 一次と足すと?; the total of both
    that the document states, where it does."""
    told = [fact for fact in context.told if fact.period and fact.program in context.programs][:1]
    own = own_budget(context, told[0].program) if told else []
    other = [fact for fact in own if fact.period in context.named("period") and fact.period != told[0].period]
    sure = {m.targets[0].id for m in context.mentions if [t.kind for t in m.targets] == ["period"]}  # 二次も。一次も
    parts = [*told, *([fact for fact in other if fact.period in sure] or other[:1])]
    total = calculation.add(context, parts, among=[]) if all(isinstance(fact.value, int) for fact in parts) else None
    if total is None:
        return None
    whole = [fact for fact in own if fact.value == total.value][:1]
    facts = [*whole, *parts]
    lead = state(context, told[0].program, facts)
    if not whole:
        lead = context.phrases.say("sum", sum=total.printed, rest=lead)
    computed = () if whole else (total,)
    return answer(context, lead=lead, programs=context.programs, facts=facts, computed=computed, attributes=_BUDGET)


def with_earlier(context: Context) -> Reply | None:
    """The sum of the one amount told last and the same of the programme talked about before: 合わせたら?, after JETROの
    21年度予算 and JAPANブランドは; None where either has none of its own."""
    last = [fact for fact in with_cited(context, context.told) if fact.unit is Unit.JPY and fact.value is not None]
    before = [name for name in context.focus.earlier[:1] if name in context.catalog.programs]
    if len(last) != 1 or not before or _is_within(context, before[0], last[0].program):
        return None
    alike = (last[0].attribute, last[0].period, last[0].applies_to)
    stated = [f for f in context.catalog.programs[before[0]].facts if (f.attribute, f.period, f.applies_to) == alike]
    facts = [*[fact for fact in stated if fact.unit is Unit.JPY and isinstance(fact.value, int)][:1], last[0]]
    alike_bound = facts[0].bound is last[0].bound is not Bound.PART_OF  # 内数 are no amounts of their own
    total = calculation.add(context, facts, among=[]) if alike_bound else None
    if total is None:
        return None
    rest = "".join(state(context, fact.program, (fact,)) for fact in facts)
    lead = context.phrases.say("sum", sum=total.printed, rest=rest)
    programs = tuple(fact.program for fact in facts)
    return answer(context, lead=lead, programs=programs, facts=facts, computed=(total,))


def _is_within(context: Context, one: str, other: str) -> bool:
    """Whether one of two programmes is a part of the other, so that its amount is in the other's already."""
    around = [{program.id for program in context.catalog.lineage(name)} for name in (one, other)]
    return one in around[1] or other in around[0]


def _added(context: Context) -> Reply | None:
    """The sum of the amounts told last, where the text only asks to add them: 足すと?"""
    facts = [fact for fact in context.told if fact.unit is Unit.JPY and fact.value is not None]
    above = {outer.id for fact in facts for outer in context.catalog.lineage(fact.program) if outer.id != fact.program}
    pair = len(facts) == 2 and not above.intersection(fact.program for fact in facts)
    total = calculation.add(context, facts, among=own_budget(context, facts[0].program)) if pair else None
    if total is None:
        return None
    rest = "".join(state(context, fact.program, (fact,)) for fact in facts)
    lead = context.phrases.say("sum", sum=total.printed, rest=rest)
    return answer(context, lead=lead, programs=context.programs, facts=facts, computed=(total,), attributes=_BUDGET)
