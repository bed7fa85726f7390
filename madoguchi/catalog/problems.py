"""What is wrong with the data, said so that its author can mend it: where, what was found, what to write."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One error or warning: place, key path, what stands there and what should, in Japanese and in English."""

    file: Path
    line: int | None
    key: str
    found: str
    write: str
    english: str
    warning: bool = False

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else str(self.file)
        voice = "注意 (warning)" if self.warning else "エラー (error)"
        return (
            f"{place}  {voice}\n"
            f"  項目 (key):        {self.key}\n"
            f"  いまの値 (found):  {self.found}\n"
            f"  直し方 (write):    {self.write}\n"
            f"                     {self.english}"
        )


class CatalogError(Exception):
    """The program data cannot be used. `problems` names every place at once, so that one run mends them all."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))
