from __future__ import annotations

from actions.advisory import AdvisoryAction
from madoguchi.answers import desk
from madoguchi.answers.context import Context
from madoguchi.answers.reply import Reply


class Choose(AdvisoryAction):
    """ボタンや「2番」で選ばれた問いに答える。"""

    def name(self) -> str:
        return "action_choose"

    def answer(self, context: Context) -> Reply:
        return desk.chosen(context)
