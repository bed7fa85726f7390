from __future__ import annotations

from actions.advisory import AdvisoryAction
from madoguchi.answers import desk
from madoguchi.answers.context import Context
from madoguchi.answers.reply import Reply


class Converse(AdvisoryAction):
    """あいさつ・お礼・人への取り次ぎなどに言葉を返す。"""

    def name(self) -> str:
        return "action_converse"

    def answer(self, context: Context) -> Reply:
        return desk.converse(context)
