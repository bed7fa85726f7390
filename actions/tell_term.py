from __future__ import annotations

from actions.advisory import AdvisoryAction
from madoguchi.answers import lookup
from madoguchi.answers.context import Context
from madoguchi.answers.reply import Reply


class TellTerm(AdvisoryAction):
    """「何年で返すのですか」に答える。"""

    def name(self) -> str:
        return "action_tell_term"

    def answer(self, context: Context) -> Reply:
        return lookup.tell(context)
