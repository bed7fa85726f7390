"""The desk: who answers, by what the words settle, else by the kind of question; and buttons, refusals, small talk."""

from __future__ import annotations

from dataclasses import replace

from madoguchi.answers import budget, certain, clauses, contacts, conversation, covered, lookup
from madoguchi.answers.context import Context
from madoguchi.answers.kinds import ANSWERS, by_words, follow_up
from madoguchi.answers.question import LIKELY, Choice
from madoguchi.answers.reply import Reply
from madoguchi.answers.rules.doubt import MAY_ASK, MOVES, SURE_MOVE
from madoguchi.catalog.names import Mention, Target
from madoguchi.japanese.positions import position
from madoguchi.japanese.questions import asks_change, asks_deed, asks_sum, asks_what

_CERTAIN = 0.85  # below, the words of danger (madoguchi.japanese.danger) decide alone


def exact(context: Context) -> Reply | None:
    """What has to be said whatever the question was taken for: a life in danger, what the text asks for by name, what
    no document states; None where the kind of question decides."""
    reply = certain.first_of(certain.ALWAYS, context)
    if reply is not None or (context.question.intent == "choose" and _choice(context) is not None):
        return reply  # a button's token is no text to be read
    return certain.first_of(certain.BEFORE, context) or _several(context) or certain.first_of(certain.AFTER, context)


def _several(context: Context) -> Reply | None:
    """The answers to two questions of one message, the second in the light of the first; None for one question."""
    asked = clauses.questions(context)
    if not asked:
        return None
    first = _answered(asked[0])
    then = replace(asked[1].question, focus=first.focus)
    return clauses.together(first, _answered(replace(asked[1], question=then)))


def _answered(context: Context) -> Reply:
    return exact(context) or ANSWERS[context.question.intent](context)


def converse(context: Context) -> Reply:
    """The fitting words, or the answer where the text names a programme after all: 🏭機械💰減税❓."""
    intent = context.question.intent
    if intent == "distress" and context.question.confidence < SURE_MOVE and context.named_cases and context.inherits:
        return follow_up(context)  # 保証人立てられへん, after a loan
    if (
        intent == "distress"
        and context.surely_named_programs
        and context.named_attributes
        and asks_what(context.question.text)
    ):
        return conversation.with_comfort(context, by_words(context))  # 銀行も渋いし…緊急保証は何兆円の枠?
    if intent == "distress" and context.only_calls and len(context.programs) == 1:
        return lookup.describe_one(context, context.programs[0])  # 資金繰り 財務省計上分
    if intent == "distress" and (context.tells_subject or (context.named_programs and not context.only_background)):
        return conversation.console(context)
    if intent == "human" and context.focus.intent and context.named_facts:
        return follow_up(context)  # センターを支える人
    offered = context.focus.choices[:1]
    if intent == "affirm" and offered and offered[0].intent == "erase":
        return answer_choice(context, offered[0])
    doubt = SURE_MOVE if intent in MOVES and context.open_words else LIKELY
    unlikely = context.question.confidence < (_CERTAIN if intent == "crisis" else doubt)
    if unlikely or (intent == "crisis" and context.named_programs):
        return answer_anyway(context)  # 大きい県にしかない of an office is no cry for help
    if intent in MAY_ASK and context.moves_to_part:
        return follow_up(context)  # 県のや言うてるやろ, after two loans
    if intent in MAY_ASK and (context.named_programs or context.named_attributes or asks_sum(context.question.text)):
        return lookup.describe(context) if context.named_programs else follow_up(context)
    named = context.named_cases or any(
        map(context.named, ("period", "fact", "organization", "contact", "kind", "mean"))
    )
    if intent in MAY_ASK and context.focus.intent and named:
        return follow_up(context)
    return conversation.converse(context)


def decline(context: Context) -> Reply:
    """That this is not covered; the answer where the text names what is covered after all."""
    if context.question.confidence < LIKELY:
        return answer_anyway(context)
    return certain.first_of(covered.RULES, context) or conversation.decline(context)


def answer_anyway(context: Context) -> Reply:
    """An answer where the kind of question is unclear but its words are not; else the question back."""
    if context.focus.intent == "ask_budget" and (asks_change(context.question.text) or asks_sum(context.question.text)):
        return budget.tell(context)  # これ前より減ってません?
    if context.named_attributes or context.named("period") or (context.measured and context.focus.intent):
        return follow_up(context) if context.programs else conversation.not_understood(context)
    if context.named("contact") or context.named("organization") or context.named("mean"):
        return contacts.tell(context)
    if context.named_programs or context.named("fact") or (context.named("kind") and context.programs):
        return lookup.describe(context)
    if context.inherits and asks_deed(context.question.text) and len(context.programs) == 1:
        done = lookup.done_in(context, context.programs[0]) if context.focus.periods else None
        return done or lookup.describe_one(context, context.programs[0])  # それで何すんの
    found = lookup.spoken_of(context)
    if found is None and context.searched() and not context.focus.programs:
        return lookup.describe_one(context, context.searched()[0], others=context.searched()[1:])
    return found or conversation.not_understood(context)


def chosen(context: Context) -> Reply:
    """The answer to the question behind the button, number or place that was chosen."""
    choice = _choice(context)
    if choice is None:
        return follow_up(context) if context.moves_to_part else answer_anyway(context)
    return answer_choice(context, choice)


def answer_choice(context: Context, choice: Choice) -> Reply:
    """The answer to the question that a choice stands for; the button that offers to delete, deletes."""
    if choice.intent == "erase":
        return conversation.erased(context)
    kinds = (
        ("program", choice.programs),
        ("attribute", choice.attributes),
        ("case", choice.cases),
        ("period", choice.periods),
        ("contact", choice.contacts),
        ("need", choice.needs),
    )
    mentions = tuple(
        Mention(targets=(Target(kind, name),), start=0, end=0, score=1.0, how="name")
        for kind, names in kinds
        for name in names
    )
    question = replace(context.question, intent=choice.intent, text=choice.title, mentions=mentions)
    return ANSWERS.get(choice.intent, lookup.describe)(replace(context, question=question))


def _choice(context: Context) -> Choice | None:
    """Which of the offered choices the text picks: its token, its title, or its place in the list."""
    offered = context.focus.choices
    text = context.question.text.strip()
    for choice in offered:
        if text in (choice.token, choice.title):
            return choice
    place = position(text)
    if place is None or not offered or place > len(offered):
        return None
    return offered[place - 1 if place > 0 else place]
