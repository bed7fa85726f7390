"""Typed reading of one mapping of a YAML file, in which every mistake becomes a Problem instead of an exception."""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from madoguchi.catalog.problems import Problem
from madoguchi.catalog.strict_yaml import Lines, Node

ID = re.compile(r"[a-z][a-z0-9_]*\Z")
DAY_OR_MONTH = re.compile(r"[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?\Z")

_Choice = TypeVar("_Choice", bound=StrEnum)


class Place:
    """A file being read, with the problems found in it so far."""

    def __init__(self, file: Path, lines: Lines, problems: list[Problem]) -> None:
        self.file = file
        self.lines = lines
        self.problems = problems

    def report(self, path: str, *, found: object, write: str, english: str, warning: bool = False) -> None:
        """Note that the value at `path` is wrong, with what to write instead."""
        self.problems.append(
            Problem(
                file=self.file,
                line=self.lines.of(path),
                key=path or "-",
                found="(なし / nothing)" if found is None else str(found),
                write=write,
                english=english,
                warning=warning,
            )
        )


class Record:
    """A mapping whose keys are taken one by one; `close` reports those that nobody asked for.

    A getter returns an empty value of the right type where the data are wrong, so that reading goes on and finds
    all problems of a file in one run. The caller looks at the list of problems before it uses anything.
    """

    def __init__(self, node: Node, path: str, place: Place) -> None:
        self.path = path
        self.place = place
        self._asked: set[str] = set()
        self._readable = isinstance(node, dict)
        if isinstance(node, dict):
            self._node = node
        else:
            place.report(
                path,
                found=_shown(node),
                write="「項目: 値」の並びにしてください。",
                english="Write `key: value` lines here.",
            )
            self._node = {}

    def at(self, key: str) -> str:
        """The key path of `key`, as it is written in messages: "facts.2.value"."""
        return f"{self.path}.{key}" if self.path else key

    def has(self, key: str) -> bool:
        return self._node.get(key) is not None

    def writes(self, key: str) -> bool:
        """Whether the key is there, be it with null."""
        return key in self._node

    def raw(self, key: str) -> Node:
        self._asked.add(key)
        return self._node.get(key)

    def require(self, *keys: str) -> None:
        """Report each of `keys` that is absent."""
        for key in keys:
            if not self.has(key):
                self.lacks(key, write=f"「{key}」を書いてください。", english=f"{key!r} is required.")

    def lacks(self, key: str, *, write: str, english: str) -> None:
        """Report that `key` is absent; of what is no mapping that was said once and for all."""
        if self._readable:
            self.place.report(self.at(key), found=None, write=write, english=english)

    def text(self, key: str) -> str:
        """A non-empty string; reported when absent."""
        self.require(key)
        return self.optional_text(key) or ""

    def optional_text(self, key: str) -> str | None:
        value = self.raw(key)
        if value is None:
            return None
        if not isinstance(value, str) or not value.strip():
            self.place.report(
                self.at(key),
                found=_shown(value),
                write="引用符で囲んだ文字で書いてください。",
                english="Write text here, in quotes if it holds digits.",
            )
            return None
        return value.strip()

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of strings; an absent key is an empty list."""
        value = self.raw(key)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(item, str) and item.strip() for item in value):
            self.place.report(
                self.at(key),
                found=_shown(value),
                write="「- 」で始まる行に一つずつ、文字で書いてください。",
                english="Write a list of texts, one `- ` line each.",
            )
            return ()
        return tuple(str(item).strip() for item in value)

    def integer(self, key: str) -> int | None:
        value = self.raw(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int):
            self.place.report(
                self.at(key),
                found=_shown(value),
                write="300_000_000 のような整数で書いてください。",
                english="Write a whole number.",
            )
            return None
        return value

    def flag(self, key: str) -> bool | None:
        value = self.raw(key)
        if value is not None and not isinstance(value, bool):
            self.place.report(
                self.at(key),
                found=_shown(value),
                write="true か false を書いてください。",
                english="Write true or false.",
            )
            return None
        return value

    def id(self, key: str = "id") -> str:
        value = self.text(key)
        if value and not ID.match(value):
            self.place.report(
                self.at(key),
                found=value,
                write="小文字の英字で始め、英小文字・数字・_ だけで書いてください。",
                english="An id has lower-case letters, digits and underscores, and begins with a letter.",
            )
        return value

    def choice(self, key: str, kind: type[_Choice], default: _Choice | None = None) -> _Choice:
        """A member of `kind`; `default` where the key is absent, and an error where there is none."""
        value = self.optional_text(key) if default is not None else self.text(key)
        if value is None and default is not None:
            return default
        try:
            return kind(value or "")
        except ValueError:
            if value:
                allowed = ", ".join(member.value for member in kind)
                self.place.report(
                    self.at(key),
                    found=value,
                    write=f"次のどれかにしてください: {allowed}",
                    english=f"One of: {allowed}",
                )
            return next(iter(kind))

    def moment(self, key: str) -> str | None:
        """A year, month or day as a string: "2009", "2010-10" or "2008-04-01"."""
        value = self.optional_text(key)
        if value is not None and not (DAY_OR_MONTH.match(value) and _is_in_the_calendar(value)):
            self.place.report(
                self.at(key),
                found=value,
                write='"2010-10" か "2008-04-01" のように書いてください。',
                english='Write "2010-10" or "2008-04-01".',
            )
            return None
        return value

    def day(self, key: str) -> date | None:
        value = self.moment(key)
        if value is None:
            return None
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.place.report(
                self.at(key),
                found=value,
                write='"2026-11-22" のように日まで書いてください。',
                english="Write a full day.",
            )
            return None

    def records(self, key: str) -> list[Record]:
        """A list of mappings; an absent key is an empty list."""
        value = self.raw(key)
        if value is None:
            return []
        if not isinstance(value, list):
            self.place.report(
                self.at(key),
                found=_shown(value),
                write="「- 」で始まる並びにしてください。",
                english="Write a list of `- ` items.",
            )
            return []
        return [Record(item, f"{self.at(key)}.{index}", self.place) for index, item in enumerate(value)]

    def record(self, key: str) -> Record | None:
        value = self.raw(key)
        return None if value is None else Record(value, self.at(key), self.place)

    def close(self) -> None:
        """Report every key that no getter asked for, with the keys that there are."""
        for key in self._node.keys() - self._asked:
            known = ", ".join(sorted(self._asked))
            self.place.report(
                self.at(key),
                found=key,
                write=f"この項目はありません。使えるのは: {known}",
                english=f"Unknown key. Known here: {known}",
            )


def _is_in_the_calendar(moment: str) -> bool:
    if len(moment) < len("2008-04-01"):
        return True
    try:
        date.fromisoformat(moment)
    except ValueError:  # February 30th
        return False
    return True


def _shown(value: Node) -> str:
    if value is None:
        return "(なし / nothing)"
    text = str(value)
    return text if len(text) <= 60 else text[:57] + "…"
