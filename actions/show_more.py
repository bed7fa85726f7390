from __future__ import annotations

from actions.advisory import AdvisoryAction
from madoguchi.answers import listing
from madoguchi.answers.context import Context
from madoguchi.answers.reply import Reply


class ShowMore(AdvisoryAction):
    """「もっと見る」に一覧の続きで答える。"""

    def name(self) -> str:
        return "action_show_more"

    def answer(self, context: Context) -> Reply:
        return listing.more(context)
