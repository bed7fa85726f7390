from __future__ import annotations

from actions.advisory import AdvisoryAction
from madoguchi.answers import kinds
from madoguchi.answers.context import Context
from madoguchi.answers.reply import Reply


class FollowUp(AdvisoryAction):
    """「組合の場合は?」のように、前の問いを移す言葉に答える。"""

    def name(self) -> str:
        return "action_follow_up"

    def answer(self, context: Context) -> Reply:
        return kinds.follow_up(context)
