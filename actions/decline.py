from __future__ import annotations

from actions.advisory import AdvisoryAction
from madoguchi.answers import desk
from madoguchi.answers.context import Context
from madoguchi.answers.reply import Reply


class Decline(AdvisoryAction):
    """扱っていないことを断り、窓口を案内する。"""

    def name(self) -> str:
        return "action_decline"

    def answer(self, context: Context) -> Reply:
        return desk.decline(context)
