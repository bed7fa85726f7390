"""The dialogues of README.md: between two marks, quoted, each line said by **客** or **窓口**."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

README = Path(__file__).parents[2] / "README.md"
BEGIN, END = "<!-- dialogues -->", "<!-- /dialogues -->"
USER, BOT = "> **客**　", "> **窓口**　"
_QUOTED = re.compile(r"(?:^>.*\n)+", re.MULTILINE)

Turn = tuple[str, str]  # what the person says, and the reply


def part(text: str) -> str:
    """What stands between the two marks."""
    assert text.count(BEGIN) == text.count(END) == 1, f"README.md に {BEGIN} と {END} が一つずつ要ります"
    return text[text.index(BEGIN) + len(BEGIN) : text.index(END)]


def dialogues(text: str) -> list[list[Turn]]:
    """The turns of each dialogue in the text of README.md."""
    return [_turns(block) for block in _QUOTED.findall(part(text))]


def _turns(block: str) -> list[Turn]:
    turns: list[Turn] = []
    for line in block.splitlines():
        if line.startswith(USER):
            turns.append((line.removeprefix(USER), ""))
        elif line.strip(" >"):
            user, bot = turns.pop()
            said = line.removeprefix(BOT).removeprefix("> ").removesuffix("\\")
            turns.append((user, f"{bot}\n{said}".lstrip("\n")))
    return turns


def quoted(turns: list[Turn]) -> str:
    r"""One dialogue as README.md has it.

    >>> print(quoted([("電話は？", "一行目\n二行目")]), end="")
    > **客**　電話は？
    >
    > **窓口**　一行目\
    > 二行目
    """
    said = [f"{USER}{user}\n>\n{BOT}" + bot.replace("\n", "\\\n> ") for user, bot in turns]
    return "\n>\n".join(said) + "\n"


def rewritten(text: str, replies: Callable[[list[str]], list[str]]) -> str:
    """The text of README.md with the replies that `replies` gives to what the person says in each dialogue."""

    def renewed(block: re.Match[str]) -> str:
        said = [user for user, _ in _turns(block[0])]
        return quoted(list(zip(said, replies(said), strict=True)))

    old = part(text)
    return text.replace(old, _QUOTED.sub(renewed, old))
