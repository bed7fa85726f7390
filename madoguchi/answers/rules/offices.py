"""Whom to call, where the kind of question was a guess."""

from __future__ import annotations

from madoguchi.answers import contacts, lookup
from madoguchi.answers.context import Context
from madoguchi.answers.kinds import by_words
from madoguchi.answers.question import LIKELY
from madoguchi.answers.reply import Reply
from madoguchi.answers.rules.doubt import DESCRIBED, LOOKED_UP
from madoguchi.answers.sentences import silent
from madoguchi.catalog.model import Attribute, Unit
from madoguchi.japanese.people import asks_charge, asks_where, asks_where_handed_in, asks_whom
from madoguchi.japanese.questions import asked_thing, asks_listing, asks_what

_ASIDE_OF_OFFICE = 2  # content words up to which a text moves on from one office to another: 弟の美容室のぶんは


def no_office(context: Context) -> Reply | None:
    """The programme, where its office was a guess: 滋賀県の経営革新の融資しりたい."""
    guessed = context.question.intent == "ask_contact" and context.question.confidence < LOOKED_UP
    asked = context.named("mean") or context.named("place") or asks_where(context.question.text)
    return by_words(context) if guessed and context.named_programs and not asked else None


def places_elsewhere(context: Context) -> Reply | None:
    """That nothing is stated of where at a named place something is, of which only the number is told: 地域力連携拠点
    滋賀はどこ; None for other questions."""
    asked = context.question.intent in (*DESCRIBED, "ask_contact") and asked_thing(context.question.text) == "where"
    if not asked or len(context.programs) != 1 or context.catalog.contact_links(context.programs[0]):
        return None
    program = context.catalog.programs[context.programs[0]]
    counted = [f for f in program.facts if f.attribute is Attribute.COUNT and f.unit is not Unit.TEXT]
    named = [m for m in context.mentions if any(target.kind == "program" for target in m.targets)]
    place = next((word.surface for word in context.outside(named) if word.is_place), "")
    if not counted or not place:
        return None
    where = context.catalog.terms["unstated"]["address"].name
    return silent(context, program, what=context.phrases.say("of", whole=place, part=where), known=counted)


def papers(context: Context) -> Reply | None:
    """To whom papers are handed in, where the one programme says it: 軽減の申請書はどこに出すんですか."""
    text = context.question.text
    asked = Attribute.DOCUMENTS in context.named_attributes and asks_where_handed_in(text)
    if not asked or context.named("mean") or len(context.programs) != 1:
        return None
    told = context.catalog.facts_about(context.programs[0], {Attribute.DOCUMENTS})
    return lookup.stated(context, context.programs[0], told[:1]) if told else None


def means(context: Context) -> Reply | None:
    """Whom to call or write to, where the kind of question is a guess: …送りたいんでメール先おしえて."""
    question = context.question
    where = asked_thing(question.text) == "where" and context.named_programs and context.programs
    if where and (question.confidence < LIKELY or asks_whom(question.text)):
        return contacts.tell(context)
    unsure = question.confidence < LOOKED_UP and question.intent in ("ask_description", "ask_detail")
    unsure = unsure or question.intent == "ask_source" or context.focus.intent == "ask_contact"  # メールでもいける？
    unsure = unsure or (question.intent == "ask_list" and not asks_listing(question.text))  # 県にメールしたい
    means = context.named("mean") and "page" not in context.named("mean")
    unsure = unsure or (len(context.named("contact")) > 1 and question.intent == "ask_comparison")  # 両方の番号
    return contacts.tell(context) if unsure and means else None


def office_called(context: Context) -> Reply | None:
    """The one of the offices just told that the text calls: 県内の方は?"""
    several = context.focus.intent == "ask_contact" and len(context.focus.contacts) > 1
    return contacts.tell(context) if several and not context.mentions and contacts.called_among(context) else None


def only_office(context: Context) -> Reply | None:
    """The number of the one office that is all that the text names, taken for a question what it is: 彦根商工会議所
    なんやけど."""
    kinds = {target.kind for mention in context.mentions for target in mention.targets}
    alone = kinds in ({"contact"}, {"contact", "mean"}) and not context.open_words
    called = context.named("mean") or asked_thing(context.question.text) != "meaning"  # なんばん is no なん
    guessed = context.question.intent in DESCRIBED and called
    return contacts.tell(context) if alone and guessed and len(context.named("contact")) == 1 else None


def other_office(context: Context) -> Reply | None:
    """The office for the trade or subject to which a short text moves, after another: 弟の美容室のぶんは?, 繊維なら."""
    other = context.named_programs or context.named_attributes or context.named("place") or context.named("mean")
    moved = context.focus.intent == "ask_contact" and context.mentions and not other and not context.named("contact")
    short = len(context.open_words) <= _ASIDE_OF_OFFICE and not asks_what(context.question.text)
    if context.focus.intent == "ask_contact" and context.named("place") and context.named_cases and short:
        return None if context.named_attributes or context.named_programs else contacts.tell(context)  # 中小は彦根に?
    return contacts.for_other(context) if moved and short else None


def of_office(context: Context) -> Reply | None:
    """What the office just told is in charge of: 所管の業種."""
    named = context.named_programs or context.named_attributes or set(context.named("kind")) - {"area"}  # 分野
    asked = context.focus.intent == "ask_contact" and context.focus.contacts and asks_charge(context.question.text)
    return contacts.tell_charge(context) if asked and not named else None
