"""Several questions in one message: 設備減税は何%? あと保証協会の電話も."""

from __future__ import annotations

from dataclasses import replace

from madoguchi.answers.context import Context
from madoguchi.answers.reply import Outcome, Reply
from madoguchi.answers.sentences import INTENT_OF
from madoguchi.catalog.model import Attribute
from madoguchi.japanese.clauses import spans
from madoguchi.japanese.moves import ends_with_topic
from madoguchi.japanese.questions import asked_thing, asks_what, is_polar, is_told

_MOST = 2  # questions answered in one reply; more are a letter, of which the whole is read
_LONGEST = 120  # characters up to which sentences are taken for questions each, not for a story with one
_FRAGMENT = 12  # characters up to which the name of a figure alone asks for it: あと据置も
_BY_WORD = {
    "meaning": "ask_description",
    "rate": "ask_rate",
    "term": "ask_term",
    "schedule": "ask_schedule",
    "where": "ask_contact",
    "amount": "ask_amount",
}
_INTENTS = {
    **INTENT_OF,
    Attribute.FLOOR: "ask_amount",
    Attribute.FEE: "ask_rate",
    Attribute.SURCHARGE: "ask_rate",
    Attribute.GRACE: "ask_term",
    Attribute.SCHEDULE: "ask_schedule",
    Attribute.DOCUMENTS: "ask_procedure",
    Attribute.STATUS: "ask_status",
}


def questions(context: Context) -> tuple[Context, ...]:
    """The questions of a message that asks several, each with what it names; none for a message that asks one."""
    text = context.question.text
    if len(text) > _LONGEST:
        return ()
    found: list[Context] = []
    subject = bool(context.focus.programs)
    for start, end in spans(text):
        clause = _clause(context, start, end)
        intent = _intent(clause, subject=subject)
        subject = subject or any(map(clause.named, ("program", "contact", "organization")))
        if intent:
            found.append(replace(clause, question=replace(clause.question, intent=intent, confidence=1.0)))
    return tuple(found) if 1 < len(found) <= _MOST else ()


def together(first: Reply, second: Reply) -> Reply | None:
    """Both replies as one, the first question's first; None unless both answer."""
    told = (Outcome.ANSWERED, Outcome.SILENT)
    if first.outcome not in told or second.outcome not in told or first.lead == second.lead:
        return None
    return replace(
        second,
        outcome=Outcome.ANSWERED if Outcome.ANSWERED in (first.outcome, second.outcome) else Outcome.SILENT,
        lead=f"{first.lead}\n{second.lead}",
        details=(*first.details, *(line for line in second.details if line not in first.details)),
        programs=tuple(dict.fromkeys((*first.programs, *second.programs))),
        facts=tuple(dict.fromkeys((*first.facts, *second.facts))),
        computed=(*first.computed, *second.computed),
        contacts=tuple(dict.fromkeys((*first.contacts, *second.contacts))),
        notes=tuple(dict.fromkeys((*first.notes, *second.notes))),
        origin="\n".join(dict.fromkeys(line for line in (first.origin, second.origin) if line)),
        contact_line=second.contact_line or first.contact_line,
    )


def _clause(context: Context, start: int, end: int) -> Context:
    """The sentence from `start` to `end` as a question of its own."""
    text = context.question.text[start:end]
    begin = start + len(text) - len(text.lstrip())
    mentions = tuple(
        replace(mention, start=mention.start - begin, end=mention.end - begin)
        for mention in context.question.mentions
        if begin <= mention.start and mention.end <= end
    )
    return replace(context, question=replace(context.question, text=text.strip(), mentions=mentions))


def _intent(clause: Context, *, subject: bool) -> str:
    """What kind of question a sentence is by its own words; "" for one that asks nothing: a story, a greeting.
    `subject` tells whether a programme or office was named before it."""
    text = clause.question.text
    if clause.named("mean"):
        return "ask_contact"
    asked = next((_INTENTS[a] for a in clause.named_attributes if a in _INTENTS), "")
    if asked and (asks_what(text) or is_polar(text) or len(text) <= _FRAGMENT or not clause.open_words):
        return asked
    thing = asked_thing(text)
    if thing:
        return _BY_WORD[thing] if clause.mentions or subject else ""
    if clause.named("program") and clause.focus.intent.startswith("ask_") and ends_with_topic(text):
        return clause.focus.intent  # 普通保証のほうは。それと電話も
    asks = is_polar(text) and not is_told(text)
    return "ask_eligibility" if asks and (clause.mentions or subject) else ""
