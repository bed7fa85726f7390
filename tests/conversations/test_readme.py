"""The dialogues of README.md are real: the trained model says them, letter by letter.

After a change that is meant to be seen there, this writes the present replies into README.md:

    README=write .venv/bin/python -m pytest tests/conversations/test_readme.py
"""

from __future__ import annotations

import os

from tests.conversations.readme import README, rewritten


def test_READMEの会話は本物(counter) -> None:
    def replies(said: list[str]) -> list[str]:
        visit = counter.visit()
        return [visit.say(message).text for message in said]

    text = README.read_text(encoding="utf-8")
    real = rewritten(text, replies)
    if os.environ.get("README") == "write":
        README.write_text(real, encoding="utf-8")
    assert text == real, "README.md の会話がいまの返事と違います。直し方はこのファイルの先頭にあります。"
