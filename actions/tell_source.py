from __future__ import annotations

from actions.advisory import AdvisoryAction
from madoguchi.answers import documents
from madoguchi.answers.context import Context
from madoguchi.answers.reply import Reply


class TellSource(AdvisoryAction):
    """「どの資料の何ページですか」に答える。"""

    def name(self) -> str:
        return "action_tell_source"

    def answer(self, context: Context) -> Reply:
        return documents.tell(context)
