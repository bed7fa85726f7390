"""Everything that is said at a counter besides answers: greetings, refusals, asking back, and help in need."""

from __future__ import annotations

from dataclasses import replace

from madoguchi.answers.context import Context
from madoguchi.answers.question import Choice, Focus
from madoguchi.answers.reply import Outcome, Reply
from madoguchi.answers.sentences import contact_line, forget, name_of, next_questions
from madoguchi.japanese.dates import era_name
from madoguchi.japanese.erasure import asks_erasure

_ANSWERING = (
    "greet",
    "thank",
    "goodbye",
    "help",
    "bot_challenge",
    "human",
    "praise",
    "complain",
    "affirm",
    "deny",
    "start_over",
    "distress",
)


def converse(context: Context) -> Reply:
    """The fitting words for a greeting, thanks, a wish for a human and the like."""
    intent = context.question.intent
    if intent == "crisis":
        return crisis(context)
    name = intent if intent in _ANSWERING else "help"
    catalog = context.catalog
    office = catalog.contacts[catalog.settings.general_contact]
    lead = context.phrases.say(name, covers=catalog.settings.covers)
    with_office = intent in ("human", "complain", "distress")
    focus = forget(context.focus) if intent in ("start_over", "goodbye") else replace(context.focus, misses=0)
    return Reply(
        outcome=Outcome.ANSWERED,
        lead=lead,
        contacts=(office,) if with_office else (),
        choices=() if intent in ("thank", "goodbye", "praise") else by_need(context),
        contact_line=contact_line(context, (office,)) if with_office else "",
        focus=focus,
    )


def welcome(context: Context) -> Reply:
    """What is said before anybody has asked: that this is a machine, what it covers and as of when, and what not to
    type."""
    catalog = context.catalog
    published = sorted({document.published for document in catalog.documents.values()}, reverse=True)
    as_of = context.phrases.say("and").join(era_name(day) for day in published)
    return Reply(
        outcome=Outcome.ANSWERED,
        lead=context.phrases.say("welcome", covers=catalog.settings.covers, as_of=as_of),
        choices=by_need(context),
        focus=context.focus,
    )


def console(context: Context) -> Reply:
    """Words for a worried person who names what the worry is about, and what there is for it."""
    reply = converse(context)
    programs = context.programs
    return replace(
        reply,
        details=(
            context.phrases.say(
                "distress_about", programs=context.phrases.say("and").join(name_of(context, p) for p in programs[:2])
            ),
        ),
        choices=next_questions(context, programs[0], asked=()) if len(programs) == 1 else reply.choices,
        focus=replace(reply.focus.on(programs), intent="ask_description"),
    )


def with_comfort(context: Context, reply: Reply) -> Reply:
    """The answer to what a worried person asks for, and a word about the worry."""
    return replace(reply, details=(*reply.details, context.phrases.say("comfort")))


def crisis(context: Context) -> Reply:
    """The fixed words for somebody whose life is in danger: no programmes, no buttons."""
    catalog = context.catalog
    office = catalog.settings.crisis_contact
    offices = (catalog.contacts[office],) if office else ()
    return Reply(
        outcome=Outcome.ANSWERED,
        lead=context.phrases.say("crisis"),
        contacts=offices,
        contact_line=contact_line(context, offices),
        focus=forget(context.focus),
    )


def erase(context: Context) -> Reply:
    """That the conversation is deleted, where the text asks for it in so many words; else a button that does."""
    if asks_erasure(context.question.text):
        return erased(context)
    button = Choice(title=context.phrases.say("erase"), token="", intent="erase")
    return Reply(
        outcome=Outcome.ASKED,
        lead=context.phrases.say("erase_offered"),
        choices=(button,),
        focus=replace(context.focus, misses=0),
    )


def erased(context: Context) -> Reply:
    """That the conversation is deleted, this turn with it."""
    return Reply(outcome=Outcome.ANSWERED, lead=context.phrases.say("erased"), focus=Focus(), erases=True)


def decline(context: Context) -> Reply:
    """That this cannot be answered here, what can, and one office to ask."""
    catalog = context.catalog
    office = catalog.contacts[catalog.settings.general_contact]
    return Reply(
        outcome=Outcome.OUT_OF_SCOPE,
        lead=context.phrases.say("out_of_scope", covers=catalog.settings.covers),
        contacts=(office,),
        choices=by_need(context),
        contact_line=contact_line(context, (office,)),
        focus=replace(context.focus, misses=0),
    )


def unstated_here(context: Context, what: str) -> Reply:
    """That no document states this, and the office to ask: the one that the text names, else the general one."""
    catalog = context.catalog
    named = [catalog.contacts[name] for name in context.named("contact")]
    named += [c for name in context.named("organization") for c in catalog.contacts_of_organization(name)]
    offices = tuple(named[:2]) or (catalog.contacts[catalog.settings.general_contact],)
    return Reply(
        outcome=Outcome.SILENT,
        lead=context.phrases.say("unstated", what=what),
        contacts=offices,
        choices=by_need(context),
        contact_line=contact_line(context, offices),
        focus=replace(context.focus, misses=0),
    )


def not_understood(context: Context) -> Reply:
    """Asks back once with the subjects there are; the second time names the office as well."""
    misses = context.focus.misses + 1
    catalog = context.catalog
    office = catalog.contacts[catalog.settings.general_contact]
    return Reply(
        outcome=Outcome.ASKED,
        lead=context.phrases.say("not_understood" if misses == 1 else "not_understood_again"),
        contacts=(office,),
        choices=by_need(context),
        contact_line=contact_line(context, (office,)),
        focus=replace(context.focus, misses=misses),
    )


def too_long(context: Context) -> Reply:
    """That the message is longer than what is read, and what to do."""
    return Reply(
        outcome=Outcome.ASKED, lead=context.phrases.say("too_long"), choices=by_need(context), focus=context.focus
    )


def empty(context: Context) -> Reply:
    """That nothing readable came, and what one can ask."""
    return Reply(
        outcome=Outcome.ASKED, lead=context.phrases.say("empty"), choices=by_need(context), focus=context.focus
    )


def failed(context: Context) -> Reply:
    """That something went wrong here, and whom to call."""
    catalog = context.catalog
    office = catalog.contacts[catalog.settings.general_contact]
    return Reply(
        outcome=Outcome.ERROR,
        lead=context.phrases.say("error"),
        contacts=(office,),
        contact_line=contact_line(context, (office,)),
        focus=context.focus,
    )


def by_need(context: Context) -> tuple[Choice, ...]:
    """A button for each need that programmes are listed under."""
    terms = [term for term in context.catalog.terms["needs"].values() if term.id in context.catalog.sets.for_need]
    return tuple(Choice(title=term.name, token="", intent="ask_list", needs=(term.id,)) for term in terms)
