from __future__ import annotations

from actions.advisory import AdvisoryAction
from madoguchi.answers import lookup
from madoguchi.answers.context import Context
from madoguchi.answers.reply import Reply


class TellDetail(AdvisoryAction):
    """「どこが貸してくれますか」のような細かい問いに答える。"""

    def name(self) -> str:
        return "action_tell_detail"

    def answer(self, context: Context) -> Reply:
        return lookup.tell(context)
