"""Amounts of budget years, their sums and what is done with them."""

from __future__ import annotations

from dataclasses import replace

from madoguchi.answers import budget, comparison, lookup
from madoguchi.answers.context import Context
from madoguchi.answers.reply import Reply
from madoguchi.answers.rules.doubt import NOT_BUDGET
from madoguchi.catalog.model import Attribute, Unit
from madoguchi.japanese.moves import refers_back
from madoguchi.japanese.numbers import bare_numbers
from madoguchi.japanese.questions import (
    asks_change,
    asks_continued,
    asks_each,
    asks_included,
    asks_leave,
    asks_listing,
    asks_size,
    asks_sum,
    asks_what,
    is_polar,
    says_both,
    says_whole,
)

_ASIDE_OF_SUM = 3  # content words beside a word for adding up, up to which the sum is asked for: ふたつ合わせたら
_LINES = {"budget_line"}  # what 事業 names


def sum_of_both(context: Context) -> Reply | None:
    """The sum of the two cases talked about: 両方足すと?"""
    text = context.question.text
    return budget.tell(context) if asks_sum(text) and says_both(text) and context.inherits else None


def sum_with_earlier(context: Context) -> Reply | None:
    """The sum of what was told of the last two programmes, one after the other: 合わせたら?"""
    text = context.question.text
    named = context.named_attributes or any(map(context.named, ("program", "case", "period")))
    own = any(quantity.kind == "yen" for quantity in context.quantities)
    other = named or own or len(context.open_words) > _ASIDE_OF_SUM
    asked = asks_sum(text) or (says_both(text) and not context.open_words)
    return budget.with_earlier(context) if asked and context.inherits and not other else None


def other_year_of_budget(context: Context) -> Reply | None:
    """The budget talked about, changed or in another year: これ前より減ってません?, その事業の一次補正は?"""
    text = context.question.text
    if not context.inherits:
        return None
    plain = not context.named_attributes and not context.named_cases and not asks_leave(text)
    changed = context.focus.intent == "ask_budget" and asks_change(text) and plain
    moved = refers_back(text) and context.named("period") and not asks_listing(text)
    return budget.tell(context) if changed or moved else None


def included(context: Context) -> Reply | None:
    """Whether what is talked about is in an amount: 農商工の155億に新連携も込み?, 全額この事業の分?"""
    text = context.question.text
    named = [p for group in context.named_programs for p in group]
    if asks_included(text) and not asks_what(text):
        for program in (*named, *context.focus.programs):
            if program in context.catalog.programs and (told := budget.of_outside(context, program)):
                return told
    other = set(context.named_attributes) - {Attribute.SHARE, Attribute.BUDGET} or set(context.named("kind")) - _LINES
    whole = says_whole(text) and not asks_what(text) and (bool(context.claimed) or not asks_leave(text))
    return budget.of_part(context) if whole and not other else None


def deed_of_year(context: Context) -> Reply | None:
    """What is done with a named year's budget, where a fact is named or was just told: 一次補正のミッション,
    それは21年度の予算でやる?"""
    text, periods = context.question.text, context.named("period")
    alone = [t.id for m in context.mentions if all(t.kind == "fact" for t in m.targets) for t in m.targets]
    if not periods or len(context.programs) != 1 or asks_size(text) or (asks_change(text) and not alone):
        return None
    alone = alone or lookup.deeds_spoken_of(context, context.programs[0])
    told = context.told[-1:] if context.inherits and refers_back(text) and is_polar(text) else []
    facts = [*map(context.catalog.fact, alone), *told]
    inside = {part.id for part in context.catalog.with_parts(context.programs[0])}
    deeds = [f for f in facts if f.unit is Unit.TEXT and f.program in inside and f.attribute is not Attribute.BUDGET]
    if not deeds or (told and not deeds[0].period):
        return None
    reply = lookup.stated(context, deeds[0].program, deeds[:1])
    if not deeds[0].period or not is_polar(text) or deeds[0].verdict is not None:
        return reply
    word = "yes" if deeds[0].period in periods else "no"
    return replace(reply, lead=context.phrases.say(word, rest=reply.lead))


def goes_on(context: Context) -> Reply | None:
    """Whether the one programme goes on in a year, or has done so since: 21年度も続く?, 20年度からやってる?"""
    text = context.question.text
    asked = asks_continued(text) and not asks_what(text) and Attribute.BUDGET not in context.named_attributes
    known = context.named_programs or (context.inherits and context.focus.intent)
    if not asked or not known or len(context.programs) != 1:
        return None
    if not context.named("period"):
        return budget.is_new(context, context.programs[0])  # 継続事業?
    return budget.goes_on(context, context.programs[0])


def unknown_year(context: Context) -> Reply | None:
    """That a year has no budget in the documents, or what has none is not stated for it: 23年度の予算, 融資は23年度も
    1.55%?"""
    named = context.programs if context.named_programs else ()
    dear = Attribute.BUDGET in context.named_attributes
    if not context.unknown_years or not (named or dear):
        return None
    other = len(named) == 1 and not dear and not budget.in_family(context, named[0])
    return lookup.of_other_year(context, named[0]) if other else budget.tell(context)


def same_in_unknown_year(context: Context) -> Reply | None:
    """That the documents say nothing for the year: 23年度もそれでいけるんか, 25年度も法人税18%ですか."""
    if not context.unknown_years or not (context.inherits or is_polar(context.question.text)):
        return None
    said = {quantity.value for quantity in context.quantities}
    figures = ((p, fact) for p in context.programs for fact in context.catalog.programs[p].facts)
    meant = [p for p, fact in figures if fact.value in said] or list(context.programs)
    return lookup.of_other_year(context, meant[0]) if meant else None


def each_line(context: Context) -> Reply | None:
    """The amount of each budget line of an area, or of those with a mark: 商店街の分野 ○の事業それぞれの額."""
    asked = asks_each(context.question.text) and "budget_line" in context.named("kind")
    dear = context.question.intent == "ask_budget" or Attribute.BUDGET in context.named_attributes
    return budget.of_lines(context, context.programs[0]) if asked and dear and len(context.programs) == 1 else None


def extreme(context: Context) -> Reply | None:
    """What has the largest or smallest amount: いちばん予算が多い分野は."""
    dear = context.question.intent in ("ask_budget", "ask_comparison") or context.named_attributes == (
        Attribute.BUDGET,
    )
    return budget.extreme(context) if dear or context.named("period") else None


def sum_of_several(context: Context) -> Reply | None:
    """The sum of what several programmes give in a case: 普通保証の別枠と無担保保証の別枠、合計は."""
    several = len({p for group in context.named_programs for p in group}) > 1 and context.named("case")
    other = context.named("period") or context.quantities or Attribute.BUDGET in context.named_attributes
    return comparison.compare(context) if several and asks_sum(context.question.text) and not other else None


def budget_of_story(context: Context) -> Reply | None:
    """The budget of what is told as a story: 首都圏で販売会するやつ、予算は."""
    told = Attribute.BUDGET in context.named_attributes and context.named_facts and len(context.programs) == 1
    return budget.tell(context) if told and context.question.intent in ("ask_list", *NOT_BUDGET) else None


def count_of_year(context: Context) -> Reply | None:
    """The count in the year that the text names, of what it gives or the last reply gave the count of: 316か所のまま？
    21年度."""
    numbers, years = set(bare_numbers(context.question.text)), context.named("period")
    if not years or len(context.programs) != 1 or set(context.named_attributes) - {Attribute.LIMIT}:
        return None
    own = context.catalog.facts_about(context.programs[0], {Attribute.COUNT})
    known = any(fact.value in numbers and fact.unit is Unit.COUNT for fact in own)
    known = known or (context.inherits and any(fact in own for fact in context.told[-1:]))  # なんぼまで増やすん
    found = [fact for fact in own if known and fact.period in years]
    return lookup.stated(context, context.programs[0], found) if found else None
