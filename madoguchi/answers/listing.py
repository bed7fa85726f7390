"""Lists: which programmes there are for a need, of a kind, in an area, with a mark."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from madoguchi.answers import lookup
from madoguchi.answers.context import Context
from madoguchi.answers.conversation import by_need
from madoguchi.answers.question import Choice
from madoguchi.answers.reply import Outcome, Reply
from madoguchi.answers.sentences import answer, name_of, origin
from madoguchi.catalog.model import Program

_SHOWN = 8
_OFFERED = 5


def tell(context: Context) -> Reply:
    """The programmes that fit what the text asks for; the needs, where it names nothing."""
    if context.named_cases and not context.named("need") and not context.named_programs and context.programs:
        return lookup.tell(context)  # 保証人なしで借りる方法: the programmes in which it is stated
    what, programs = _wanted(context)
    names = [program.id for program in programs]
    found = [] if context.named("tag") else [p for p in context.searched() if p not in names]
    if names:
        return _listed(
            context, what, names[:_SHOWN] + found[:2] + names[_SHOWN:] if not context.named_programs else names
        )
    if found and not context.named_programs:
        return lookup.describe_one(context, found[0], others=found[1:])
    if context.named_programs:
        return lookup.describe(context)
    return _needs(context)


def more(context: Context) -> Reply:
    """The next part of the last list."""
    if not context.focus.rest:
        return _needs(context)
    return _listed(context, context.phrases.say("rest_of_list"), list(context.focus.rest))


def of_parts(context: Context, program_id: str) -> list[Program]:
    """What a programme consists of: the measures of an area, the lines of a measure."""
    return [context.catalog.programs[name] for name in context.catalog.parts_of(program_id)]


def _wanted(context: Context) -> tuple[str, list[Program]]:
    """What is listed, in words, and the programmes: by need, tag, kind, or the parts of a named programme."""
    catalog = context.catalog
    everything = list(catalog.programs.values())
    rules: list[tuple[str, str, Callable[[Program, set[str]], bool]]] = [
        ("tag", "tags", lambda program, ids: bool(ids.intersection(program.tags))),
        ("need", "needs", lambda program, ids: bool(ids.intersection(program.needs))),
        ("kind", "kinds", lambda program, ids: program.kind in ids),
    ]
    for kind, group, fits in rules:
        ids = set(context.named(kind))
        found = [program for program in everything if ids and fits(program, ids)]
        if kind == "tag" and context.named("kind"):
            kinds = set(context.named("kind"))
            found = [program for program in found if program.kind in kinds] or found
        if found:
            names = [catalog.terms[group][name].name for name in context.named(kind)]
            return context.phrases.say("and").join(names), found
    for program_id in (*(p for group in context.named_programs for p in group), *context.focus.programs[:1]):
        related = [catalog.programs[p] for p in catalog.programs[program_id].related]
        parts = of_parts(context, program_id) or (related if catalog.programs[program_id].background else [])
        if parts:
            return name_of(context, program_id), parts
    return "", []


def _listed(context: Context, what: str, programs: Sequence[str]) -> Reply:
    say = context.phrases.say
    shown, rest = list(programs[:_SHOWN]), tuple(programs[_SHOWN:])
    names = say("and").join(say("quoted", name=name_of(context, p)) for p in shown)
    lead = say("list", what=what, names=names, count=str(len(programs)))
    choices = [
        Choice(title=name_of(context, p), token="", intent="ask_description", programs=(p,)) for p in shown[:_OFFERED]
    ]
    if rest:
        choices.append(Choice(title=say("choice_more"), token="", intent="more"))
    reply = answer(context, lead=lead, programs=tuple(shown[:1]), choices=choices)
    focus = replace(reply.focus, programs=tuple(shown[:_OFFERED]), intent="ask_list", rest=rest[:100])
    return replace(reply, origin=origin(context, shown[:1]).replace(name_of(context, shown[0]), what), focus=focus)


def _needs(context: Context) -> Reply:
    """The needs that there are programmes for, as buttons."""
    say = context.phrases.say
    choices = by_need(context)
    lead = say(
        "needs", covers=context.catalog.settings.covers, needs=say("and").join(choice.title for choice in choices)
    )
    return Reply(outcome=Outcome.ANSWERED, lead=lead, choices=choices, focus=replace(context.focus, misses=0))
