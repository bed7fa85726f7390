from __future__ import annotations

from actions.advisory import AdvisoryAction
from madoguchi.answers import comparison
from madoguchi.answers.context import Context
from madoguchi.answers.reply import Reply


class Compare(AdvisoryAction):
    """「どちらが長く借りられますか」に答える。"""

    def name(self) -> str:
        return "action_compare"

    def answer(self, context: Context) -> Reply:
        return comparison.compare(context)
