"""Lists: which programmes there are for a need, of a kind, in an area, with a mark."""

from __future__ import annotations

import functools
import operator
from collections.abc import Sequence
from dataclasses import replace

from madoguchi import catalog as catalogs
from madoguchi.answers import contacts, lookup
from madoguchi.answers.context import Context
from madoguchi.answers.conversation import by_need, not_understood
from madoguchi.answers.question import LIKELY, Choice
from madoguchi.answers.reply import Outcome, Reply
from madoguchi.answers.sentences import answer, name_of, origin
from madoguchi.catalog.model import Attribute, Fact, Program, Unit
from madoguchi.catalog.sets import ProgramSet, union
from madoguchi.japanese.around import is_also
from madoguchi.japanese.compounds import is_telling
from madoguchi.japanese.moves import asks_others
from madoguchi.japanese.questions import asks_deed, asks_kind, asks_listing, asks_size, asks_what

_SHOWN = 12
_OFFERED = 5
_LIKELY = 0.3  # confidence below which a text without a subject is more likely no list that is wanted
_ASIDE = 8  # content words beside a background name, from which the story asks for something else


def tell(context: Context) -> Reply:
    """The programmes that fit what the text asks for; the needs, where it names nothing."""
    if (
        context.named_cases
        and (not context.tells_subject or _holds_in_cases(context))
        and not context.named("need")
        and not context.named_programs
        and context.programs
    ):
        return lookup.tell(context)  # 保証人なしで借りる方法: the programmes in which it is stated
    asked = context.case_is_stated and not asks_listing(context.question.text)  # 国民生活事業で借りたい。どこまで
    if asked or (
        context.named_attributes and not any(context.named(kind) for kind in ("program", "need", "kind", "tag"))
    ):
        return lookup.tell(context)
    if asks_others(context.question.text) and (context.named_programs or context.focus.programs):
        beside = _beside(context)
        if beside:
            return _listed(context, *beside)
    of_kind = asks_listing(context.question.text) and context.named("kind")  # 借りるのに使える支援ぜんぶ
    if context.named_facts and not of_kind and not any(map(context.named, ("program", "need", "tag"))):
        return lookup.describe(context)  # 商社OBが紹介してくれる事業
    if context.only_background and context.searched() and len(context.open_words) > _ASIDE:
        return lookup.describe_one(context, context.searched()[0], others=context.searched()[1:])
    if context.focus.programs and not context.named_programs and _asks_what_it_is(context):
        return lookup.describe(context)  # どんな事業, after one was named
    if context.moves_within and not asks_listing(context.question.text):
        return lookup.describe(context)  # お金も借りれる, after an area
    part = "" if asks_listing(context.question.text) else context.part_described()
    if part:
        return lookup.describe_one(context, part)
    what, programs = _wanted(context)
    names = [program.id for program in programs]
    outer = {above.id for p in names for above in context.catalog.lineage(p)}
    told = [p for p in context.searched() if not context.catalog.programs[p].background]
    found = [] if context.named("tag") else [p for p in told if p not in outer]
    marked = context.named_programs or context.named("tag") or context.named("period") or _area_called(context)
    described = context.tells_subject and not asks_listing(context.question.text)
    if described and context.named("kind") and not marked:
        best = context.searched()
        return lookup.describe_one(context, best[0], others=best[1:]) if best else _listed(context, what, names)
    if len(names) == 1 and context.named_programs and context.question.confidence < LIKELY:
        return lookup.describe(context)  # 第二会社方式で国は何を手伝って: no list of one
    inside = context.inherits and bool(context.focus.programs)
    if names:
        return _listed(
            context, what, names if context.named_programs or inside else names[:_SHOWN] + found[:2] + names[_SHOWN:]
        )
    if found and not context.named_programs:
        return lookup.describe_one(context, found[0], others=found[1:])
    if context.named_programs:
        one = context.programs[0] if asks_listing(context.question.text) else ""
        members = _members(context, one) if one else []
        return lookup.stated(context, context.programs[0], members[:1]) if members else lookup.describe(context)
    if context.question.confidence < _LIKELY:
        return not_understood(context)
    return _needs(context)


def of_need(context: Context) -> Reply:
    """The programmes for the needs that the text names, whatever else it names."""
    catalog, needs = context.catalog, context.named("need")
    names = list(catalog.sets.ids(union(catalog.sets.for_need, needs)))
    return _listed(context, context.phrases.say("and").join(catalog.terms["needs"][need].name for need in needs), names)


def _holds_in_cases(context: Context) -> bool:
    """Whether the one programme that the text may be about states something for all the special cases that it names:
    国民生活事業, 妻を保証人."""
    special = {name for name in context.named_cases if not context.catalog.cases[name].default}
    stated = [set(fact.applies_to) for name in context.programs for fact in context.catalog.programs[name].facts]
    return len(context.programs) == 1 < len(special) and any(special <= cases for cases in stated)


def _asks_what_it_is(context: Context) -> bool:
    """Whether the text asks what the programme talked about does: どんな事業, 何をやる事業."""
    told = asks_deed(context.question.text) and not asks_listing(context.question.text)
    plain = {t.kind for m in context.mentions for t in m.targets} <= {"kind"} and not context.open_words[2:]
    one = context.focus.programs[0]
    return told and plain and context.inherits and len(context.catalog.parts_of(one)) < 2


def _members(context: Context, program_id: str) -> list[Fact]:
    """Who belongs to the programme, in words: the centres of 応援センター."""
    found = context.catalog.facts_about(program_id, {Attribute.PROVIDER})
    return [fact for fact in found if fact.unit is Unit.TEXT and not fact.applies_to]


def _beside(context: Context) -> tuple[str, list[str]] | None:
    """What there is besides the programme talked about, in words and ids: with the marks that the text names, else in
    its area; None where there is nothing."""
    catalog = context.catalog
    named = _named(context)
    one = (named or list(context.focus.programs))[0]
    marked = [rule for rule in _filters(context) if rule[0] in ("tags", "organizations")]
    if marked:
        what = context.phrases.say("and").join(
            (catalog.organizations if group == "organizations" else catalog.terms[group])[name].name
            for group, ids, _ in marked
            for name in ids
        )
        members = functools.reduce(operator.and_, (fitting for _, _, fitting in marked))
        found = [p for p in catalog.sets.ids(members) if p != one]
        return (what, found) if found else None
    for above in list(catalog.lineage(one))[1:]:
        found = [p.id for p in catalog.with_parts(above.id) if p.kind == catalog.programs[one].kind and p.id != one]
        if found:
            return name_of(context, above.id), found
    return None


def more(context: Context) -> Reply:
    """The next part of the last list; of what the text names, where it names something."""
    if context.named("organization") or context.named("contact"):
        return contacts.tell(context)
    if context.named_attributes and context.programs:
        return lookup.tell(context)  # ほかに保証料もいるんやろ
    if not context.focus.rest:
        moved = context.inherits and len(context.programs) == 1 and context.open_words
        return lookup.tell(context) if moved and context.focus.attributes else _needs(context)  # もっと低い率にもなる？
    return _listed(context, context.phrases.say("rest_of_list"), list(context.focus.rest))


def of_named_kind(context: Context) -> bool:
    """Whether the text names a kind that structures the catalog: the pillars, the areas."""
    return bool({"pillar", "area"} & set(context.named("kind")))


def has_marked_parts(context: Context) -> bool:
    """Whether the text asks which parts of a named programme bear a mark: 海外関係の予算で新規のやつはどれ."""
    tags = set(context.named_tags)
    parts = [part for p in context.programs[:1] for part in list(context.catalog.with_parts(p))[1:]]
    return asks_what(context.question.text) and any(tags & set(part.tags) for part in parts)


def has_parts_of_kind(context: Context, program_id: str) -> bool:
    """Whether the programme has parts of the kind that the text names beside it, and asks nothing else."""
    kinds = context.named("kind")
    parts = list(context.catalog.with_parts(program_id))[1:]
    asked = set(context.named_attributes) - ({Attribute.BUDGET} if "budget_line" in kinds else set())
    alone = (
        not asked and not asks_size(context.question.text) and not context.named("period") and not context.named("mean")
    )
    listed = asks_listing(context.question.text) and parts
    return alone and bool(listed or any(part.kind in kinds for part in parts))


def has_parts_of_year(context: Context, program_id: str) -> bool:
    """Whether the text asks, in a list, for the parts of the programme that have a budget of the year that it names."""
    inner = [part.id for part in list(context.catalog.with_parts(program_id))[1:]]
    years = [name for name in context.named("period") if name in context.catalog.terms["tags"]]
    marked = union(context.catalog.sets.with_tag, years) & context.catalog.sets.of(inner)
    return bool(years and marked) and context.question.intent == "ask_list"


def of_parts(context: Context, program_id: str) -> list[Program]:
    """What a programme consists of: the measures of an area, the lines of a measure."""
    return [context.catalog.programs[name] for name in context.catalog.parts_of(program_id)]


def _wanted(context: Context) -> tuple[str, list[Program]]:
    """What is listed, in words, and the programmes: of a named area or pillar, by mark, need or kind, or its parts."""
    catalog = context.catalog
    aside = context.only_background and context.named("need")  # 承認済み、東京で売り先を
    named = [] if aside else _named(context) or _area_called(context)
    inside = [p for p in (*named, *([] if named else context.focus.programs[:1])) if catalog.parts_of(p)]
    if named and not inside:
        related = [catalog.programs[p] for p in catalog.programs[named[0]].related]
        return (name_of(context, named[0]), related) if catalog.programs[named[0]].background else ("", [])
    within = bool(named) or (bool(inside) and context.inherits and asks_kind(context.question.text))
    inner = [part.id for part in list(catalog.with_parts(inside[0]))[1:]] if within else []
    found = catalog.sets.of(inner) if within else catalog.sets.all
    words: list[str] = []
    filtered = False
    for group, ids, fitting in _filters(context):
        kept = found & fitting
        if group in ("kinds", "organizations"):
            kept = _speaking_of(context, kept) or kept
        if kept and within and "budget_line" in ids:
            kept |= catalog.sets.of(_without_lines(context, inner))
        if kept:
            found, filtered = kept, True
            terms = catalog.organizations if group == "organizations" else catalog.terms[group]
            words += [terms[name].name for name in ids]
    if filtered:
        names = sorted(catalog.sets.ids(found), key=inner.index) if named else catalog.sets.ids(found)
        what = context.phrases.say("and").join(words)
        if within:
            what = context.phrases.say("list_within", whole=name_of(context, inside[0]), what=what)
        return what, [catalog.programs[name] for name in names]
    if inside:
        return name_of(context, inside[0]), of_parts(context, inside[0])
    return "", []


def _without_lines(context: Context, inner: Sequence[str]) -> list[str]:
    """The measures of `inner` that have no budget line, and stand for themselves where lines are listed."""
    programs = context.catalog.programs
    measures = [name for name in inner if programs[name].kind == "measure"]
    return [m for m in measures if not any(p.kind == "budget_line" for p in context.catalog.with_parts(m))]


def _named(context: Context) -> list[str]:
    """The named programmes, without those that only stand in the background or are a mark (●) to list by."""
    marks = {t.id for m in context.mentions if any(o.kind == "tag" for o in m.targets) for t in m.targets}
    if asks_listing(context.question.text):  # 減税になる支援策ぜんぶ
        marks |= {t.id for m in context.mentions if any(o.kind == "kind" for o in m.targets) for t in m.targets}
    named = [p for group in context.named_programs for p in group if p not in marks]
    outer = {above.id for p in named for above in context.catalog.lineage(p) if above.id != p}
    named = [p for p in named if p not in outer]  # 商店街の空き店舗
    named = list(context.without_areas(tuple(named)))
    return [p for p in named if not context.catalog.programs[p].background] or named


def _area_called(context: Context) -> list[str]:
    """The area that a text which names no programme, need or mark calls by a word of its name, where most programmes
    with this word in their names are inside: 国の海外向けの支援."""
    if any(map(context.named, ("program", "need", "tag", "organization", "contact"))):
        return []
    areas, called = context.catalog.sets.of_kind.get("area", 0), dict[str, None]()
    for word in context.outside(context.mentions):
        owners = catalogs.lexicon(context.catalog).called_with(word) if word.is_noun and is_telling(word) else set()
        for area in context.catalog.sets.ids(context.catalog.sets.of(owners) & areas):
            inside = owners.intersection(part.id for part in context.catalog.with_parts(area))
            if len(inside) > len(owners) / 2:
                called[area] = None
    return list(called) if len(called) == 1 else []


def _filters(context: Context) -> list[tuple[str, tuple[str, ...], ProgramSet]]:
    """What the text restricts the list to: vocabulary group, ids, and the programmes that fit them."""
    sets = context.catalog.sets
    tags = context.named("tag") or tuple(p for p in context.named("period") if p in context.catalog.terms["tags"])
    needs, bodies = context.named("need"), context.named("organization")
    kinds = () if tags else context.named("kind")  # a mark stands on budget lines of every kind
    rules: list[tuple[str, tuple[str, ...], ProgramSet]] = [
        ("tags", tags, _with_all(context, tags) or union(sets.with_tag, tags)),
        ("needs", needs, union(sets.for_need, needs)),
        ("kinds", kinds, union(sets.of_kind, kinds)),
        ("organizations", bodies, _of_bodies(context, bodies)),
    ]
    return [rule for rule in rules if rule[1]]


def _with_all(context: Context, tags: Sequence[str]) -> ProgramSet:
    """The programmes with each of the marks, where the text asks for those with all: 一次補正も二次補正も付いた事業."""
    marks = [m for m in context.mentions if any(target.id in tags for target in m.targets)]
    all_of_them = len(tags) > 1 and all(is_also(context.question.text[m.end :]) for m in marks)
    sets = [context.catalog.sets.with_tag[tag] for tag in tags if tag in context.catalog.sets.with_tag]
    return functools.reduce(operator.and_, sets) if all_of_them and sets else context.catalog.sets.of([])


def _speaking_of(context: Context, members: ProgramSet) -> ProgramSet:
    """Those that have the open word of the text that fewest have in their name or in that of what they are part of:
    海外むけの事業."""
    words = [word for word in context.open_words if len(word) > 1]
    found: dict[str, list[str]] = {word: [] for word in words}
    for program_id in context.catalog.sets.ids(members) if words else ():
        name = "".join(above.name for above in context.catalog.lineage(program_id))
        for word in words:
            if word in name:
                found[word].append(program_id)
    told = sorted(filter(None, found.values()), key=len)
    return context.catalog.sets.of(told[0] if told else [])


def _of_bodies(context: Context, bodies: tuple[str, ...]) -> ProgramSet:
    """The programmes that one of the organisations is asked about, or that it runs by what the programme states."""
    catalog = context.catalog
    names = [
        name for body in bodies for name in (catalog.organizations[body].name, *catalog.organizations[body].aliases)
    ]
    run = [text for text in catalog.sets.run_by if any(name in text for name in names)]
    return union(catalog.sets.of_organization, bodies) | union(catalog.sets.run_by, run)


def _listed(context: Context, what: str, programs: Sequence[str]) -> Reply:
    say = context.phrases.say
    shown, rest = list(programs[:_SHOWN]), tuple(programs[_SHOWN:])
    names = say("and").join(say("quoted", name=name_of(context, p)) + _known_as(context, p) for p in shown)
    lead = say("list" if rest else "list_complete", what=what, names=names, count=str(len(programs)))
    choices = [
        Choice(title=name_of(context, p), token="", intent="ask_description", programs=(p,)) for p in shown[:_OFFERED]
    ]
    if rest:
        choices.append(Choice(title=say("choice_more"), token="", intent="more"))
    reply = answer(context, lead=lead, programs=tuple(shown[:1]), choices=choices)
    focus = replace(reply.focus, programs=tuple(shown[:_OFFERED]), intent="ask_list", rest=rest[:100])
    return replace(reply, origin=origin(context, shown[:1]).replace(name_of(context, shown[0]), what), focus=focus)


def _known_as(context: Context, program_id: str) -> str:
    """The one line of a measure, in brackets: what people know it by."""
    catalog = context.catalog
    lines = [p for p in catalog.parts_of(program_id) if catalog.programs[p].kind != "term"]
    if catalog.programs[program_id].kind != "measure" or len(lines) != 1:
        return ""
    return context.phrases.say("known_as", name=name_of(context, lines[0]))


def _needs(context: Context) -> Reply:
    """The needs that there are programmes for, as buttons."""
    say = context.phrases.say
    choices = by_need(context)
    lead = say(
        "needs", covers=context.catalog.settings.covers, needs=say("and").join(choice.title for choice in choices)
    )
    return Reply(outcome=Outcome.ANSWERED, lead=lead, choices=choices, focus=replace(context.focus, misses=0))
