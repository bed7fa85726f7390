"""Comparisons: of programmes, of cases of one programme, of years."""

from __future__ import annotations

from madoguchi.answers import budget, lookup
from madoguchi.answers.context import Context
from madoguchi.answers.conversation import not_understood
from madoguchi.answers.reply import Reply
from madoguchi.answers.selection import choose
from madoguchi.answers.sentences import answer, state
from madoguchi.catalog.model import Attribute

# What one compares when nothing is named, in this order
_COMPARED = (Attribute.SHARE, Attribute.LIMIT, Attribute.RATE, Attribute.TERM, Attribute.DESCRIPTION)
_MOST = 3


def compare(context: Context) -> Reply:
    """What is asked for, of each programme named; of one programme its years or its cases."""
    programs = _programs(context)
    if not programs:
        return not_understood(context)
    if len(programs) == 1:
        return _within(context, programs[0])
    for attributes in (context.named_attributes, *((a,) for a in _COMPARED)):
        facts = {p: choose(context, p, attributes, most=2).facts for p in programs[:_MOST]} if attributes else {}
        if facts and all(facts.values()):
            lines = [context.phrases.say("item", item=state(context, p, chosen)) for p, chosen in facts.items()]
            shown = tuple(fact for chosen in facts.values() for fact in chosen)
            return answer(context, lead="\n".join(lines), programs=tuple(facts), facts=shown, attributes=attributes)
    return lookup.tell(context)


def _programs(context: Context) -> tuple[str, ...]:
    """The programmes compared: those named, with the one talked about where only another is named."""
    named = tuple(group[0] for group in context.named_programs)
    if (
        len(named) == 1
        and not context.named("period")
        and context.focus.programs
        and named[0] not in context.focus.programs
    ):
        return (*context.focus.programs[:1], *named)
    if len(named) == 1 and context.named("organization"):
        return tuple(dict.fromkeys((*named, *context.of_organizations())))
    return tuple(dict.fromkeys(named)) or context.programs


def _within(context: Context, program_id: str) -> Reply:
    if context.named_attributes in ((), (Attribute.BUDGET,)) or context.named("period"):
        changed = budget.change(context, program_id)
        if changed is not None:
            return changed
    return lookup.tell_of(context, program_id)
