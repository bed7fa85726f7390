from __future__ import annotations

from actions.advisory import AdvisoryAction
from madoguchi.answers import lookup
from madoguchi.answers.context import Context
from madoguchi.answers.reply import Reply


class TellDescription(AdvisoryAction):
    """「設備投資減税とは何ですか」に答える。"""

    def name(self) -> str:
        return "action_tell_description"

    def answer(self, context: Context) -> Reply:
        return lookup.describe(context)
