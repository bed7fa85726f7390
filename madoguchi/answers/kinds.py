"""What is answered for each kind of question, and for one that only moves the last question on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from madoguchi.answers import budget, comparison, contacts, conversation, documents, eligibility, listing, lookup
from madoguchi.answers.context import Context
from madoguchi.answers.reply import Reply
from madoguchi.answers.sentences import INTENT_OF
from madoguchi.catalog.model import Attribute
from madoguchi.japanese.questions import asked_thing, asks_change, asks_size, asks_sum

Answer = Callable[[Context], Reply]

ANSWERS: dict[str, Answer] = {
    "ask_description": lookup.describe,
    "ask_eligibility": lookup.tell,
    "ask_amount": budget.tell_amount,
    "ask_rate": lookup.tell,
    "ask_term": lookup.tell,
    "ask_schedule": lookup.tell,
    "ask_procedure": lookup.procedure,
    "ask_status": lookup.tell,
    "ask_detail": lookup.tell,
    "ask_contact": contacts.tell,
    "ask_budget": budget.tell,
    "ask_list": listing.tell,
    "ask_comparison": comparison.compare,
    "ask_source": documents.tell,
    "more": listing.more,
    "full_record": lookup.everything,
    "erase": conversation.erase,
    "out_of_scope": conversation.decline,
}

_BY_THING = {"rate": "ask_rate", "term": "ask_term", "schedule": "ask_schedule"}
_RULES = ("ask_description", "ask_eligibility")  # questions that a circumstance named next decides


def follow_up(context: Context) -> Reply:
    """The last question again, for the case, period or programme that the text moves it to."""
    if not context.focus.intent and not context.programs:
        return conversation.not_understood(context)
    yearly = lookup.of_year(context)
    if yearly is not None:
        return yearly
    if context.named("period") and len(context.programs) == 1:
        done = lookup.done_in(context, context.programs[0])
        if done is not None:
            return done  # 二次補正では何をするん
    compared = context.focus.intent == "ask_budget" and asks_change(context.question.text)
    summed = asks_sum(context.question.text)
    if Attribute.BUDGET in context.named_attributes or context.named("period") or summed or compared:
        return budget.tell(context)
    if context.named("mean") or context.named("place"):
        return contacts.tell(context)
    if context.intent == "ask_contact" and context.named("kind"):
        return lookup.describe(context)  # 融資の方も知りたい, after an office
    if context.named_cases and len(context.programs) == 1 and context.focus.intent in _RULES:
        ruled = eligibility.by_rule(context, context.programs[0]) or lookup.of_cases(context, context.programs[0])
        if ruled is not None:
            return ruled  # パソコンとか備品は?, 国民のほうは
    if context.focus.contacts and not context.focus.programs and context.named_cases:
        return contacts.tell(context)  # うちサービス業やったわ, after an office
    if context.named("contact") and not context.focus.intent and not (context.named_programs or context.named_cases):
        return contacts.tell(context)  # 彦根の商工会議所は?, said first
    detail = lookup.asked_detail(context)
    if detail is not None:
        return detail
    asked = context.focus.attributes
    if context.intent == "ask_list":
        return lookup.tell(context) if context.programs else listing.tell(context)
    if context.intent == "ask_description" and asked and Attribute.DESCRIPTION.value not in asked:
        return lookup.tell(context)
    told = lookup.tell if context.named("fact") else lookup.describe
    intent = context.intent if context.intent.startswith("ask_") else context.focus.intent
    return ANSWERS.get(intent, told)(context)


def by_words(context: Context) -> Reply:
    """The answer to what the words of the text ask for, where its kind was not understood."""
    text = context.question.text
    intent = next((INTENT_OF[a] for a in context.named_attributes if a in INTENT_OF), None)
    if context.named("mean") or context.named("place"):
        intent = "ask_contact"
    elif intent is None and asked_thing(text) == "meaning":
        intent = "ask_description"
    elif intent is None and asked_thing(text) in _BY_THING:
        intent = _BY_THING[asked_thing(text)]
    elif intent is None and asks_size(text):
        intent = "ask_rate" if context.named("kind") and not context.measured else "ask_amount"
    return asked_as(intent or "ask_detail", context)


def asked_as(intent: str, context: Context) -> Reply:
    """The answer to the question taken as one of this kind."""
    return ANSWERS[intent](replace(context, question=replace(context.question, intent=intent)))
