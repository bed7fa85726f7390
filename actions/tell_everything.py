from __future__ import annotations

from actions.advisory import AdvisoryAction
from madoguchi.answers import lookup
from madoguchi.answers.context import Context
from madoguchi.answers.reply import Reply


class TellEverything(AdvisoryAction):
    """「全部教えて」に一つの制度のすべてで答える。"""

    def name(self) -> str:
        return "action_tell_everything"

    def answer(self, context: Context) -> Reply:
        return lookup.everything(context)
