"""Limits, rates, terms and other figures that are no budgets, and the cases that decide them."""

from __future__ import annotations

from dataclasses import replace

from madoguchi import catalog as catalogs
from madoguchi.answers import comparison, conversation, eligibility, lookup
from madoguchi.answers.context import Context
from madoguchi.answers.kinds import asked_as, by_words
from madoguchi.answers.reply import Reply
from madoguchi.answers.rules.doubt import ASIDE, LOOKED_UP, SURE_MOVE
from madoguchi.catalog.model import Attribute, Bound, Fact, Unit
from madoguchi.catalog.names import Mention, Target
from madoguchi.japanese.around import is_also
from madoguchi.japanese.moves import asks_lower, asks_upper
from madoguchi.japanese.questions import (
    asked_thing,
    asks_change,
    asks_if_alike,
    asks_kinds,
    asks_leave,
    asks_listing,
    asks_size,
    asks_sum,
    asks_trillions,
    asks_what,
    asks_what_figure,
    asks_which,
    ends_in_amount,
    is_polar,
)

_IN_KINDS = (Attribute.SECURITY, Attribute.DOCUMENTS)  # what there may be several kinds of, each in its own words
_ENDS = {Attribute.LIMIT, Attribute.FLOOR}


def old_approval(context: Context) -> Reply | None:
    """What becomes of an approval of another day, where nothing else is named: 16年の承認、今の支援と同じ?"""
    told = set(context.of_approval)
    special = {name for name in told if not context.catalog.cases[name].default}
    plans = [p for p in context.catalog.programs.values() if p.background and not context.inherits]
    if not special or context.named("period") or set(context.named("program")) - {p.id for p in plans}:
        return None
    facts = [f for p in plans for f in p.facts if f.attribute is Attribute.ELIGIBILITY and special & set(f.applies_to)]
    plain = not context.named("fact") or asks_if_alike(context.question.text)
    return lookup.stated(context, facts[0].program, facts[:1]) if facts and plain else None


def other_end(context: Context) -> Reply | None:
    """The floor or the ceiling of what was talked about: 下は?, after a limit."""
    text = context.question.text
    end = Attribute.FLOOR if asks_lower(text) else Attribute.LIMIT if asks_upper(text) else None
    if end is None or not context.inherits or not context.programs:
        return None
    named = Mention(targets=(Target("attribute", end.value),), start=0, end=len(text), score=1.0, how="name")
    question = replace(context.question, intent="ask_amount", mentions=(named,))
    return lookup.tell(replace(context, question=question))


def same_figure(context: Context) -> Reply | None:
    """The figure told last in the case to which a short text moves it: 小売業の場合, after a number of employees."""
    text = context.question.text
    other = context.named_attributes or context.named("period") or context.named("mean") or context.named("fact")
    moved = context.named_cases and context.inherits and len(context.programs) == 1 and not other
    counted = len(context.measured) == len(context.quantities)  # 組合員25人なら
    too = any(is_also(text[m.end :]) for m in context.mentions if any(t.kind == "case" for t in m.targets))
    asked = is_polar(text) and (asks_leave(text) or not too)  # 運転資金も延びる？ moves a term
    short = len(context.open_words) <= ASIDE and not asks_what(text) and not asked and counted
    return lookup.in_case(context, context.programs[0]) if moved and short else None


def kinds_of(context: Context) -> Reply | None:
    """What kinds of it there are: 公庫の担保の特例は何がある."""
    asked = context.named_attributes
    listed = len(asked) == 1 and asked[0] in _IN_KINDS and asks_kinds(context.question.text)
    if not listed or len(context.programs) != 1 or context.named("period") or context.named("mean"):
        return None
    return lookup.each(context, context.programs[0], asked[0])


def figure_named(context: Context) -> Reply | None:
    """What a figure is of, or what is listed by a share: 316とは何の数, 1/3補助の国の事業."""
    back = asks_what_figure(context.question.text)
    asked = back or context.share_listed
    if back and not context.valued and context.quantities and not context.named_programs and not context.inherits:
        first = context.quantities[0]
        return conversation.unstated_here(context, context.question.text[first.start : first.end])
    return lookup.tell(context) if context.valued and asked else None


def trillions(context: Context) -> Reply | None:
    """The amount of trillions that the words of the text speak of, where what it names has none: 資金繰り対策は何兆円
    規模."""
    if not asks_trillions(context.question.text):
        return None
    large = {f.key: f for f in context.catalog.facts() if f.unit is Unit.JPY and _is_of_trillions(f)}
    about = {part.id for p in context.programs for part in context.catalog.with_parts(p)}
    hits = catalogs.facts_index(context.catalog).search(context.words, among=large)
    other = not any(fact.program in about for fact in large.values())
    return lookup.stated(context, large[hits[0][0]].program, (large[hits[0][0]],)) if hits and other else None


def _is_of_trillions(fact: Fact) -> bool:
    return isinstance(fact.value, int) and fact.value >= 10**12


def figure_by_its_name(context: Context) -> Reply | None:
    """The figure that is asked for by its own name: 教育訓練費の割合は何%必要?"""
    key, text = context.figure_spelled_out, context.question.text
    beside = context.quantities or context.named_cases or context.named("period") or asks_sum(text) or is_polar(text)
    if not key or beside or asks_change(text):
        return None
    fact = context.catalog.fact(key)
    others = {p for group in context.named_programs for p in group if p != fact.program}
    within = {part.id for p in others for part in context.catalog.with_parts(p)}
    return None if others and fact.program not in within else lookup.stated(context, fact.program, (fact,))


def rival_cases(context: Context) -> Reply | None:
    """What holds in two cases, of a programme of which nothing else is asked: 普通保証 会社/組合, 組合でちがう?"""
    cases = context.catalog.cases
    dimensions = [cases[name].dimension for name in context.named("case")]
    rivals = len(dimensions) > len(set(dimensions))
    free = not context.named_attributes and not context.quantities and not asks_sum(context.question.text)
    guessed = context.question.confidence < LOOKED_UP and not is_polar(context.question.text)
    alone = (
        rivals
        and free
        and (guessed or asks_if_alike(context.question.text))
        and len(context.programs) == 1
        and len(context.open_words) <= ASIDE
    )
    return comparison.compare(context) if alone else None


def lenders(context: Context) -> Reply | None:
    """Several lenders side by side: 無担保の上限 公庫・商工中金."""
    several = len(context.named("organization")) + len(context.named("contact")) > 1
    asked = several and context.named_cases and not context.named("mean")
    return comparison.compare(context) if asked and comparison.sides(context) else None


def amount_of_help(context: Context) -> Reply | None:
    """1億借りたいんやけど, after a loan: no list of loans."""
    kinds = {context.catalog.programs[p].kind for p in context.focus.programs if p in context.catalog.programs}
    listed = context.question.intent == "ask_list" and context.quantities
    return asked_as("ask_amount", context) if listed and kinds == set(context.named("kind")) else None


def amount_not_rate(context: Context) -> Reply | None:
    """The amount that the text asks for, where a rate or a detail was a guess: 無担保の欄…なんぼ."""
    guessed = context.question.intent == "ask_rate" and context.question.confidence < LOOKED_UP
    text = context.question.text
    asked = guessed and ends_in_amount(text) and asks_size(text) and not context.named_attributes
    lent = context.question.intent == "ask_detail" and asks_size(text) and not context.named_attributes
    asked = asked or (lent and bool(context.focus.intent and context.named_cases))  # 担保なしやとどんだけ貸してくれる
    return asked_as("ask_amount", context) if asked and len(context.programs) == 1 else None


def in_named_case(context: Context) -> Reply | None:
    """The parts of the one programme for which a named case is stated: 別枠つくのは何と何と何."""
    text = context.question.text
    asked = asks_kinds(text) or asks_which(text)
    other = context.named_attributes or context.named("period") or context.named("mean") or context.quantities
    cases = [t.id for m in context.question.mentions for t in m.targets if t.kind == "case"]  # in 保証の別枠 as well
    special = [name for name in cases if not context.catalog.cases[name].default]
    listed = asked and special and not other and len(context.programs) == 1 and not is_polar(text)
    return lookup.parts_in_case(context, context.programs[0], special) if listed else None


def date_in_case(context: Context) -> Reply | None:
    """From or until when something holds in a named case out of the ordinary: リース税額控除 いつ以降の取引から."""
    special = {name for name in context.named_cases if not context.catalog.cases[name].default}
    if not special or asked_thing(context.question.text) != "schedule" or context.named_programs or context.inherits:
        return None
    dated = [
        f for p in context.catalog.programs.values() for f in p.facts if f.unit is Unit.DATE and f.value is not None
    ]
    facts = [f for f in dated if special & set(f.applies_to)]
    return lookup.stated(context, facts[0].program, facts[:1]) if len({f.program for f in facts}) == 1 else None


def circumstance(context: Context) -> Reply | None:
    """Whether what the text counts suits the one programme that it names: 計画終了3年後の出願 特許減免は."""
    counted = {measure for _, measure in context.measured} & set(context.named("measure"))
    text = context.question.text
    plain = not context.named_attributes and not asks_what(text) and not asks_size(text)
    if not counted or not plain or not context.named_programs or len(context.programs) != 1:
        return None
    facts = context.catalog.programs[context.programs[0]].facts
    ruled = any(fact.measure in counted and fact.bound in (Bound.MIN, Bound.MAX) for fact in facts)
    guessed = context.question.intent not in ("ask_eligibility", "ask_amount")
    return asked_as("ask_eligibility", context) if ruled and guessed else None


def of_own_size(context: Context) -> Reply | None:
    """Whether who asks is of the size that the text names, by the one programme that states it: 小売で6人やと小規模?"""
    measures = {context.catalog.cases[name].measure for name in context.named("case")}
    counted = {measure for _, measure in context.measured} & measures
    if not counted or context.named_programs or context.question.intent != "ask_eligibility":
        return None
    owners = {f.program for p in context.catalog.programs.values() for f in p.facts if f.measure in counted and f.bound}
    return eligibility.verdict(context, owners.pop()) if len(owners) == 1 else None


def bound_of_fact(context: Context) -> Reply | None:
    """The bound that the text names with its own name and what it bounds: 旧法の資本金の上限."""
    if context.measured or not context.named_attributes or set(context.named_attributes) - _ENDS:
        return None
    alone = [m.targets[0].id for m in context.mentions if [t.kind for t in m.targets] == ["fact"]]
    bounds = [f for f in map(context.catalog.fact, alone) if f.bound and f.measure in context.named("measure")]
    asked = len(bounds) == 1 and len(context.open_words) <= ASIDE and not context.named_programs
    return lookup.stated(context, bounds[0].program, bounds) if asked else None


def figure_of_last(context: Context) -> Reply | None:
    """The figure that the text asks for of what was talked about, where a list or description was a guess: 国はどれだけ
    補助してくれるの, after a budget line."""
    size = asks_size(context.question.text)
    described = size and context.named("kind") and context.question.intent in ("ask_detail", "ask_description")
    guessed = context.question.intent == "ask_list" or described
    asked = guessed and context.question.confidence < SURE_MOVE and (size or context.named_attributes)
    moved = context.inherits and context.focus.intent and len(context.programs) == 1
    return by_words(context) if asked and moved else None


def no_list(context: Context) -> Reply | None:
    """The figure that the text asks for of a programme that it names, where a list was a guess."""
    size = asks_size(context.question.text)
    plainly = size and not asks_listing(context.question.text) and not context.named("place")
    unsure = context.question.confidence < SURE_MOVE or plainly
    guessed = context.question.intent == "ask_list" and unsure and context.named_programs and context.programs
    return by_words(context) if guessed and (size or context.named_attributes) else None
