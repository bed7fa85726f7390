from __future__ import annotations

from actions.advisory import AdvisoryAction
from madoguchi.answers import budget
from madoguchi.answers.context import Context
from madoguchi.answers.reply import Reply


class TellAmount(AdvisoryAction):
    """「いくらまで借りられますか」に答える。"""

    def name(self) -> str:
        return "action_tell_amount"

    def answer(self, context: Context) -> Reply:
        return budget.tell_amount(context)
