"""When the kind of question is in doubt: how sure it is, and how little stands beside what rules look for."""

from __future__ import annotations

from collections.abc import Callable

from madoguchi.answers.context import Context
from madoguchi.answers.reply import Reply

Rule = Callable[[Context], Reply | None]

SOCIAL = ("greet", "thank", "goodbye", "help", "bot_challenge", "human", "praise", "start_over", "crisis", "distress")
MAY_ASK = ("greet", "help", "bot_challenge", "praise", "affirm", "deny", "goodbye", "choose", "complain")
MOVES = ("more", "choose", "full_record", "help", "start_over", "affirm", "deny")
SURE_MOVE = 0.5  # confidence below which a move of the conversation is no move where a programme is named
ASIDE = 1  # content words beside a fact's own name, up to which a text asks for that fact
LOOKED_UP = 0.6  # below, a word for a means of contact says more than the kind of question
DESCRIBED = ("ask_description", "ask_detail", "ask_list", "nlu_fallback")
# Kinds of question for which 予算 was overheard
NOT_BUDGET = ("ask_detail", "ask_description", "full_record", "out_of_scope", "nlu_fallback")
