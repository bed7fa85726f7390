from __future__ import annotations

from actions.advisory import AdvisoryAction
from madoguchi.answers import budget
from madoguchi.answers.context import Context
from madoguchi.answers.reply import Reply


class TellBudget(AdvisoryAction):
    """「二次補正はいくらですか」に答える。"""

    def name(self) -> str:
        return "action_tell_budget"

    def answer(self, context: Context) -> Reply:
        return budget.tell(context)
