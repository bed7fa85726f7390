from __future__ import annotations

from actions.advisory import AdvisoryAction
from madoguchi.answers import lookup
from madoguchi.answers.context import Context
from madoguchi.answers.reply import Reply


class TellEligibility(AdvisoryAction):
    """「うちでも使えますか」に答える。"""

    def name(self) -> str:
        return "action_tell_eligibility"

    def answer(self, context: Context) -> Reply:
        return lookup.tell(context)
