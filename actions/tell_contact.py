from __future__ import annotations

from actions.advisory import AdvisoryAction
from madoguchi.answers import contacts
from madoguchi.answers.context import Context
from madoguchi.answers.reply import Reply


class TellContact(AdvisoryAction):
    """「保証協会の電話番号は」に答える。"""

    def name(self) -> str:
        return "action_tell_contact"

    def answer(self, context: Context) -> Reply:
        return contacts.tell(context)
