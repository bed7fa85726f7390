from __future__ import annotations

from actions.advisory import AdvisoryAction
from madoguchi.answers import listing
from madoguchi.answers.context import Context
from madoguchi.answers.reply import Reply


class ListPrograms(AdvisoryAction):
    """「運転資金を借りたい」に制度の一覧で答える。"""

    def name(self) -> str:
        return "action_list_programs"

    def answer(self, context: Context) -> Reply:
        return listing.tell(context)
