from __future__ import annotations

from actions.advisory import AdvisoryAction
from madoguchi.answers import desk
from madoguchi.answers.context import Context
from madoguchi.answers.reply import Reply


class AnswerAnyway(AdvisoryAction):
    """問いの種類が分からないとき、言葉から答えるか、聞き返す。"""

    def name(self) -> str:
        return "action_answer_anyway"

    def answer(self, context: Context) -> Reply:
        return desk.answer_anyway(context)
