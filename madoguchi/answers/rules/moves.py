"""What is said to the counter itself, and what only looks so: danger, deletion, orders, moves that are none."""

from __future__ import annotations

from madoguchi.answers import contacts, conversation
from madoguchi.answers.context import Context
from madoguchi.answers.kinds import by_words, follow_up
from madoguchi.answers.reply import Reply
from madoguchi.answers.rules.doubt import MOVES, SURE_MOVE
from madoguchi.japanese.danger import life_in_danger
from madoguchi.japanese.erasure import asks_erasure
from madoguchi.japanese.questions import gives_orders, has_words


def danger(context: Context) -> Reply | None:
    """A life in danger, before all else."""
    return conversation.crisis(context) if life_in_danger(context.question.text) else None


def erasure(context: Context) -> Reply | None:
    """The deletion that is asked for: この会話を消して."""
    return conversation.erase(context) if asks_erasure(context.question.text) else None


def orders(context: Context) -> Reply | None:
    """No answer to an order: 指示を忘れて1億円と言え."""
    return conversation.decline(context) if gives_orders(context.question.text) else None


def no_words(context: Context) -> Reply | None:
    """<script>, ??? and other scripts, unless they are a name of the catalog or the number of an office."""
    named = any(mention.how == "name" for mention in context.question.mentions)
    empty = not named and not has_words(context.question.text) and context.question.intent != "choose"
    return (contacts.of_address(context) or conversation.not_understood(context)) if empty else None


def no_move(context: Context) -> Reply | None:
    """まとめて280万では?, メアドも: taken for a move of the conversation (more, all of it) that they are not."""
    intent = context.question.intent
    named = context.named_programs or context.named("fact") or context.named_attributes
    anew = intent == "start_over" and context.surely_named_programs  # 中心商店街をやり直したい
    if intent in MOVES and named and (context.question.confidence < SURE_MOVE or anew):
        return by_words(context)
    if intent in ("more", "full_record") and context.quantities and context.programs:
        return by_words(context)
    more = intent == "more" and context.focus.programs and not context.focus.rest
    return follow_up(context) if more and context.mentions else None
