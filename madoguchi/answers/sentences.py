"""From facts to a reply: the sentences, the compact line about its origin, whom to call, and what to ask next."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from madoguchi.answers.context import Context
from madoguchi.answers.question import Choice, Focus
from madoguchi.answers.reply import Computed, Outcome, Reply
from madoguchi.catalog.model import Attribute, Contact, Fact, Program, Unit
from madoguchi.catalog.validation import citations
from madoguchi.japanese.dates import era_name

_MOST_CONTACTS = 2
_MOST_CHOICES = 6
_OLD_AFTER_YEARS = 2
_REMEMBERED = 6
_NEXT = (
    Attribute.LIMIT,
    Attribute.SHARE,
    Attribute.RATE,
    Attribute.ELIGIBILITY,
    Attribute.TERM,
    Attribute.PROCEDURE,
    Attribute.BUDGET,
)
INTENT_OF = {
    Attribute.LIMIT: "ask_amount",
    Attribute.SHARE: "ask_rate",
    Attribute.RATE: "ask_rate",
    Attribute.ELIGIBILITY: "ask_eligibility",
    Attribute.TERM: "ask_term",
    Attribute.PROCEDURE: "ask_procedure",
    Attribute.BUDGET: "ask_budget",
    Attribute.DESCRIPTION: "ask_description",
}
_CITATION = re.compile(r"\{(\w+)\}")


def name_of(context: Context, program_id: str) -> str:
    """The programme's name as replies say it."""
    return context.catalog.programs[program_id].name


def sentence(context: Context, fact: Fact) -> str:
    """The sentence of a text fact, with the figures that it cites."""
    catalog = context.catalog
    return _CITATION.sub(lambda match: catalog.fact(f"{fact.program}.{match[1]}").printed, fact.printed)


def with_cited(context: Context, facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """The facts as replies show them, sentences with their figures put in, and the figures that these cite."""
    found: dict[str, Fact] = {}
    for fact in facts:
        found[fact.key] = fact
        if fact.unit is Unit.TEXT:
            told = sentence(context, fact)
            found[fact.key] = replace(fact, value=told, printed=told)
            for name in citations(fact.printed):
                cited = context.catalog.fact(f"{fact.program}.{name}")
                found[cited.key] = cited
    return tuple(found.values())


def state(context: Context, program_id: str, facts: Sequence[Fact]) -> str:
    """The sentences, one or two, that say these facts of one programme: figures together, texts each by itself."""
    first = facts[0]
    if first.unit is Unit.TEXT:
        return "".join(dict.fromkeys(sentence(context, fact) for fact in facts[:2]))
    told = [fact for fact in facts if fact.unit is Unit.TEXT]
    if told:  # beside figures, what does not only repeat them
        facts = [fact for fact in facts if fact.unit is not Unit.TEXT]
        texts = (sentence(context, fact) for fact in told)
        new = [text for text in texts if not all(fact.printed in text for fact in facts)]
        return "".join([state(context, program_id, facts), *new[:1]])
    say = context.phrases.say
    ended = [fact for fact in facts if fact.value is None and fact.since]
    if ended:
        since = era_name(ended[0].since or "")
        return say("ended", program=_subject(context, program_id, ended[0]), name=ended[0].name, since=since)
    none = [fact for fact in facts if fact.value is None]
    facts = [fact for fact in facts if fact.value is not None]
    if not facts:
        return say("none_before", program=_subject(context, program_id, none[0]), name=none[0].name)
    if none:
        return state(context, program_id, facts) + say("new_now", name=none[0].name)
    first = facts[0]
    if len(facts) == 1:
        return say("figure", program=_subject(context, program_id, first), name=first.name, figure=first.printed)
    figures = say("and").join(
        say("figure_of", name=_labelled(context, program_id, fact, facts), figure=fact.printed) for fact in facts
    )
    return say("figures", program=name_of(context, program_id), figures=figures)


def _subject(context: Context, program_id: str, fact: Fact) -> str:
    """The name that the figure stands under: its own programme's, where that is a part of the one asked about."""
    return name_of(context, fact.program if fact.program != program_id else program_id)


def _labelled(context: Context, program_id: str, fact: Fact, facts: Sequence[Fact]) -> str:
    """The figure's name, with its own programme's where the sentence speaks of several."""
    if fact.program != program_id and len({other.program for other in facts}) > 1:
        return context.phrases.say("of", whole=name_of(context, fact.program), part=fact.name)
    return fact.name


def notes_of(facts: Iterable[Fact]) -> tuple[str, ...]:
    """The cautions that belong to the facts, each once."""
    return tuple(dict.fromkeys(fact.note for fact in facts if fact.note))


def origin(context: Context, programs: Sequence[str]) -> str:
    """The compact line: programme, as of when, from which document."""
    if not programs:
        return ""
    program = context.catalog.programs[programs[0]]
    document = context.catalog.documents[program.source.document]
    return context.phrases.say(
        f"origin_{document.standing}",
        program=context.phrases.say("and").join(name_of(context, p) for p in programs[:3]),
        as_of=era_name(program.as_of),
        document=document.short_name,
    )


def contacts_for(context: Context, program_id: str) -> tuple[Contact, ...]:
    """Whom to ask about the programme, those named or for the named cases first, or where a named fact says that it is
    done; the document's office where it names none."""
    catalog = context.catalog
    links = catalog.contact_links(program_id)
    if not links:
        return (catalog.contacts[catalog.documents[catalog.programs[program_id].source.document].ask],)
    cases = set(context.cases)
    facts = [catalog.fact(key) for key in context.named("fact")]
    told = {fact.printed for fact in facts if fact.program == program_id}  # 織物: 長浜です
    there = {c.place for c in catalog.contacts.values() if c.place and any(c.place in text for text in told)}
    places = set(context.named("place")) or there
    called = {*context.named("contact"), *context.named("organization")}  # 中央会 電話 住所

    def rank(position: int) -> tuple[int, int]:
        link = links[position]
        contact = catalog.contacts[link.contact]
        fits = bool(cases.intersection((*link.applies_to, *contact.applies_to))) + bool(contact.place in places)
        return -fits - 2 * (contact.id in called or contact.organization in called), position

    order = sorted(range(len(links)), key=rank)
    return tuple(catalog.contacts[links[position].contact] for position in order)


def contact_line(context: Context, contacts: Sequence[Contact]) -> str:
    """The line that says whom to call, at most two offices."""
    if not contacts:
        return ""
    say = context.phrases.say
    offices = say("and").join(_office(context, contact) for contact in contacts[:_MOST_CONTACTS])
    return say("contact_line", offices=offices)


def _office(context: Context, contact: Contact) -> str:
    say = context.phrases.say
    if contact.telephone is None:
        return contact.name
    if contact.extension:
        return say("office_extension", office=contact.name, telephone=contact.telephone, extension=contact.extension)
    return say("office_telephone", office=contact.name, telephone=contact.telephone)


def next_questions(context: Context, program_id: str, *, asked: Iterable[Attribute]) -> tuple[Choice, ...]:
    """What one would ask next about the programme: what it states and was not asked for, and the telephone."""
    catalog = context.catalog
    labels = catalog.terms["attributes"]
    open_ones = [
        Choice(title=labels[a.value].name, token="", intent=INTENT_OF[a], programs=(program_id,), attributes=(a.value,))
        for a in _NEXT
        if a not in set(asked) and a.value in labels and catalog.facts_about(program_id, {a})
    ][:3]
    call = Choice(title=context.phrases.say("choice_contact"), token="", intent="ask_contact", programs=(program_id,))
    return (*open_ones, call)


def answer(
    context: Context,
    *,
    lead: str,
    programs: Sequence[str],
    facts: Sequence[Fact] = (),
    computed: Sequence[Computed] = (),
    details: Sequence[str] = (),
    outcome: Outcome = Outcome.ANSWERED,
    choices: Sequence[Choice] | None = None,
    attributes: Sequence[Attribute] = (),
) -> Reply:
    """A complete reply about one or more programmes, with origin, contacts, next questions and the new focus."""
    shown = with_cited(context, facts)
    contacts = tuple(dict.fromkeys(c for p in programs[:1] for c in contacts_for(context, p)[:_MOST_CONTACTS]))
    notes = tuple(note for note in notes_of(facts) if note not in lead)
    focus = context.focus.on(tuple(programs))
    focus = replace(
        focus,
        # what was told although it was taken for small talk is a question all the same
        intent=context.intent if context.intent.startswith("ask_") else "ask_detail",
        attributes=tuple(a.value for a in (attributes or context.attributes))
        if len(attributes or context.attributes) < 8
        else (),
        cases=context.cases,
        periods=context.periods,
        contacts=tuple(contact.id for contact in contacts),
        facts=_remembered(context, shown),
        misses=0,
    )
    if choices is None:
        choices = next_questions(context, programs[0], asked=attributes or context.attributes) if programs else ()
    caution = ""
    if any(_is_old(context.catalog.programs[p]) for p in programs) and not focus.cautioned:
        caution = context.phrases.say("caution_age")
        focus = replace(focus, cautioned=True)
    return Reply(
        outcome=outcome,
        lead=lead,
        details=tuple(details),
        programs=tuple(context.catalog.programs[p] for p in dict.fromkeys((*programs, *(f.program for f in shown)))),
        facts=shown,
        computed=tuple(computed),
        contacts=contacts,
        choices=tuple(choices)[:_MOST_CHOICES],
        notes=(*notes, caution) if caution else notes,
        origin=origin(context, programs),
        contact_line=contact_line(context, contacts),
        focus=focus,
    )


def _remembered(context: Context, shown: Sequence[Fact]) -> tuple[str, ...]:
    """The facts told now, and those told just before of the same programmes: what 足すと? adds up."""
    keys = [fact.key for fact in shown]
    if context.inherits:
        keys = [*(key for key in context.focus.facts if key not in keys), *keys]
    return tuple(keys[-_REMEMBERED:])


def _is_old(program: Program) -> bool:
    """Whether the programme was stated more than two years before it was last compared with its source."""
    return program.checked_on.year - int(program.as_of[:4]) > _OLD_AFTER_YEARS


def silent(context: Context, program: Program, *, what: str, known: Sequence[Fact] = ()) -> Reply:
    """In scope, but not stated: says so, what is stated instead, and whom to ask."""
    say = context.phrases.say
    lead = say("silent", program=program.name, what=what)
    known = known if len(context.named_cases) <= 1 else ()  # what holds for another lender helps nobody
    details = [say("silent_known", known=state(context, program.id, known[:2]))] if known else []
    return answer(context, lead=lead, programs=(program.id,), facts=known[:2], details=details, outcome=Outcome.SILENT)


def ask_which(context: Context, programs: Sequence[str], *, intent: str | None = None) -> Reply:
    """Asks which of several programmes is meant, and offers them as buttons."""
    say = context.phrases.say
    choices = tuple(
        Choice(
            title=name_of(context, p),
            token="",
            intent=intent or context.intent,
            programs=(p,),
            attributes=tuple(a.value for a in context.named_attributes),
            cases=context.cases,
            periods=context.periods,
        )
        for p in programs[:_MOST_CHOICES]
    )
    lead = say("ask_which", programs=say("and").join(choice.title for choice in choices))
    focus = replace(
        context.focus.on(tuple(programs)), intent=context.intent, cases=context.cases, periods=context.periods, misses=0
    )
    return Reply(outcome=Outcome.ASKED, lead=lead, choices=choices, focus=focus)


def forget(focus: Focus) -> Focus:
    """A conversation begun anew; that the age of the documents was said is kept."""
    return Focus(cautioned=focus.cautioned)
