from __future__ import annotations

from actions.advisory import AdvisoryAction
from madoguchi.answers import conversation
from madoguchi.answers.context import Context
from madoguchi.answers.reply import Reply


class Erase(AdvisoryAction):
    """「この会話を消して」に応じる。消すのは会話の保存先です。"""

    def name(self) -> str:
        return "action_erase"

    def answer(self, context: Context) -> Reply:
        return conversation.erase(context)
