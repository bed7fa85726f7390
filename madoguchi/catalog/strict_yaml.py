"""YAML as trainers write it, without YAML 1.1's surprises.

PyYAML's C parser builds the node tree; the values are made here, because its own constructors turn `0570` into 376
and `12:30` into 750, and silently keep the last of two equal keys. Plain (unquoted) scalars are null, true, false,
integers or decimals; any other plain text with a digit in it must be quoted, unless it is an id such as `fy2009`.
"""

from __future__ import annotations

import re
from pathlib import Path

import yaml

from madoguchi.catalog.problems import CatalogError, Problem

try:
    from yaml import CSafeLoader as _Loader
except ImportError as missing:  # pragma: no cover - PyYAML's wheels have it
    raise ImportError("PyYAML was built without libyaml: install the wheel named in requirements.lock") from missing

Node = dict[str, "Node"] | list["Node"] | str | int | float | bool | None

_CONSTANTS: dict[str, bool | None] = {"null": None, "~": None, "": None, "true": True, "false": False}
_INTEGER = re.compile(r"-?(0|[1-9][0-9]*(_[0-9]{3})*)\Z")
_DECIMAL = re.compile(r"-?(0|[1-9][0-9]*)\.[0-9]+\Z")
_ID = re.compile(r"[a-z][a-z0-9_]*\Z")
_DIGIT = re.compile(r"\d")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


class Lines:
    """Where each value of a file stands: key path, as in `facts.2.value`, to line number, from 1."""

    def __init__(self) -> None:
        self._lines: dict[str, int] = {}

    def note(self, path: str, line: int) -> None:
        self._lines[path] = line

    def of(self, path: str) -> int | None:
        """The line of the value at `path`, or of the nearest value around it."""
        while path not in self._lines:
            if "." not in path:
                return self._lines.get("")
            path = path.rpartition(".")[0]
        return self._lines[path]

    def nearest(self, path: str, key: str) -> str:
        """The path of `key` at `path` or, where it is not written there, further out."""
        while path and f"{path}.{key}" not in self._lines:
            path = path.rpartition(".")[0]
        return f"{path}.{key}" if path else key


def load(file: Path) -> tuple[Node, Lines]:
    """The value of `file`, and where its parts stand.

    Raises CatalogError for what is not YAML, not UTF-8, a key that stands twice, an anchor or a tag, or digits
    that should be quoted.
    """
    lines = Lines()
    problems: list[Problem] = []
    root = _compose(file)
    value = _value(root, "", file, lines, problems) if root is not None else None
    if problems:
        raise CatalogError(problems)
    return value, lines


def _compose(file: Path) -> yaml.Node | None:
    """The tree of nodes of `file`; None for an empty one."""
    content = file.read_bytes()
    try:
        text = content.decode("utf-8")
        shorthand = _shorthand(text, file)
        if shorthand:
            raise CatalogError(shorthand)
        return yaml.compose(text, Loader=_Loader)
    except UnicodeDecodeError as error:
        found, write, english = f"byte {error.start}", "UTF-8 で保存してください。", "Save the file as UTF-8."
        raise CatalogError([_problem(file, _line(content, error.start), "", found, write, english)]) from error
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        write, english = "字下げ・コロン・引用符を見直してください。", "Not YAML: check indentation, colons and quotes."
        raise CatalogError([_problem(file, line, "", str(error.problem), write, english)]) from error
    except yaml.reader.ReaderError as error:
        found = str(error).partition("\n")[0]
        write, english = "制御文字などを取り除いてください。", "Not YAML: remove control characters."
        raise CatalogError([_problem(file, _line(content, error.position), "", found, write, english)]) from error


def _shorthand(text: str, file: Path) -> list[Problem]:
    """Anchors, aliases and tags: what hides where a value comes from, or makes another type of it."""
    if not re.search("[&*!]", text):  # most files: saves parsing them twice
        return []
    problems = []
    write = "「&」「*」「!」で始まる書き方は使えません。値をそのまま書いてください。"
    english = "No anchors, aliases or tags: write the value itself."
    for event in yaml.parse(text, Loader=_Loader):
        tag, anchor = getattr(event, "tag", None), getattr(event, "anchor", None)
        if tag or anchor:
            line = event.start_mark.line + 1 if event.start_mark else None
            problems.append(_problem(file, line, "", str(tag or anchor), write, english))
    return problems


def _line(content: bytes, place: int) -> int:
    return content.count(b"\n", 0, place) + 1


def _problem(file: Path, line: int | None, key: str, found: str, write: str, english: str) -> Problem:
    return Problem(file=file, line=line, key=key or "-", found=found, write=write, english=english)


def _value(node: yaml.Node, path: str, file: Path, lines: Lines, problems: list[Problem]) -> Node:
    lines.note(path, node.start_mark.line + 1)
    if isinstance(node, yaml.MappingNode):
        mapping: dict[str, Node] = {}
        for key_node, value_node in node.value:
            key = key_node.value if isinstance(key_node, yaml.ScalarNode) else "?"
            inner = f"{path}.{key}" if path else key
            if key in mapping:
                found, english = f"「{key}」が二度あります", f"The key {key!r} stands twice: keep one."
                line = key_node.start_mark.line + 1
                problems.append(_problem(file, line, inner, found, "どちらか一つにしてください。", english))
            mapping[key] = _value(value_node, inner, file, lines, problems)
        return mapping
    if isinstance(node, yaml.SequenceNode):
        return [_value(item, f"{path}.{index}", file, lines, problems) for index, item in enumerate(node.value)]
    assert isinstance(node, yaml.ScalarNode)
    return _scalar(node, path, file, problems)


def _scalar(node: yaml.ScalarNode, path: str, file: Path, problems: list[Problem]) -> Node:
    text: str = node.value
    if _CONTROL.search(text):  # "\x07" in double quotes
        write, english = "制御文字を取り除いてください。", "Remove the control character."
        problems.append(_problem(file, node.start_mark.line + 1, path, repr(text), write, english))
    if node.style:  # quoted, or a block of text; plain is "" or None
        return text
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    if _INTEGER.match(text):
        return int(text.replace("_", ""))
    if _DECIMAL.match(text):
        return float(text)
    if _DIGIT.search(text) and not _ID.match(text):
        problems.append(
            _problem(
                file,
                node.start_mark.line + 1,
                path,
                text,
                f'"{text}" のように引用符で囲んでください。',
                f'Quote text that has digits in it: "{text}".',
            )
        )
    return text
