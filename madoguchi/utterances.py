"""Whether the files of example utterances can be learned from, told to the person who writes them.

Rasa skips a line without its hyphen with a warning, and an intent without examples in silence; the training then fails,
or learns less than was written. This knows nothing of Rasa, so that it can answer before Rasa is loaded.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from madoguchi.terminal import Advice

FEWEST = 2  # a classifier sees one part of an intent's examples and is fitted on another
_ENOUGH = 30  # what docs/tasks/evaluate-training.md asks for


@dataclass(frozen=True, slots=True)
class Entry:
    """An intent in a file, and how many examples stand below it there."""

    file: Path
    intent: str
    examples: int


def check(folder: Path, *, domain: Path | None = None) -> None:
    """Raise `Advice` with file, line and mend where the utterances below `folder` cannot be learned.

    With `domain`, each intent that this file names must have utterances.
    """
    files = sorted({*folder.rglob("*.yml"), *folder.rglob("*.yaml")}) if folder.is_dir() else []
    files = [file for file in files if not file.name.startswith(".")]  # an editor's copy of an open file
    if not files:
        raise Advice(f"用例のフォルダーに .yml がありません: {folder}\nNo .yml file with utterances in {folder}")
    entries = [entry for file in files for entry in _entries(file)]
    if any(folder.rglob("*.json")):
        return  # utterances in Rasa's JSON form are not counted here
    counts: Counter[str] = Counter()
    homes: dict[str, Path] = {}
    for entry in entries:
        counts[entry.intent] += entry.examples
        homes.setdefault(entry.intent, entry.file)
    for intent in _named(domain) if domain else ():
        counts.setdefault(intent, 0)
        homes.setdefault(intent, folder / f"{intent}.yml")
    few = [(homes[intent], intent, counts[intent]) for intent in sorted(counts) if counts[intent] < FEWEST]
    if few:
        raise Advice(_too_few(few))
    if len(counts) < 2:
        raise Advice(
            f"{folder} には、種類が二つ以上要ります。\nUtterances of at least two intents are needed in {folder}."
        )


def _too_few(few: list[tuple[Path, str, int]]) -> str:
    japanese = "\n".join(f"  {file}: {intent}（{'一つ' if count else 'なし'}）" for file, intent, count in few)
    english = ", ".join(f"{intent} has {'only one' if count else 'none'} ({file})" for file, intent, count in few)
    return (
        "用例が一つしかない種類、または一つもない種類があります。\n"
        f"{japanese}\n"
        f"  そのファイルに、種類ごとに二つ以上（できれば {_ENOUGH} 以上）、一行に一つ「- 」を付けて書いてください。\n"
        f"An intent needs two utterances or more (better {_ENOUGH}), one a line after a hyphen: {english}."
    )


def _entries(file: Path) -> Iterator[Entry]:
    """The intents of a file; raises `Advice` that names the first line that cannot be used."""
    try:
        root = yaml.compose(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        mark = getattr(error, "problem_mark", None)
        raise Advice(
            f"{file}{f' の {mark.line + 1} 行目' if mark else ''}が YAML として読めません。"
            "字下げと「-」「|」を見直してください。\n"
            f"{file}{f':{mark.line + 1}' if mark else ''} is no valid YAML: {getattr(error, 'problem', error)}"
        ) from error
    parts = _fields(root).get("nlu")
    for part in parts.value if isinstance(parts, yaml.SequenceNode) else ():
        fields = _fields(part)
        if "intent" not in fields:
            continue  # a synonym, a lookup table or a regular expression
        intent = str(fields["intent"].value).partition("/")[0]  # faq/opening_hours is learned as faq
        yield Entry(file, intent, _count(file, fields.get("examples")))


def _fields(node: yaml.Node | None) -> dict[str, yaml.Node]:
    return {str(key.value): value for key, value in node.value} if isinstance(node, yaml.MappingNode) else {}


def _count(file: Path, examples: yaml.Node | None) -> int:
    """How many examples a node holds: Rasa takes lines after hyphens, and lists."""
    if isinstance(examples, yaml.SequenceNode):
        return len(examples.value)
    if not isinstance(examples, yaml.ScalarNode):
        return 0
    found = 0
    first = examples.start_mark.line + (2 if examples.style == "|" else 1)  # the sign | has a line of its own
    for number, line in enumerate(str(examples.value).splitlines(), start=first):
        if line.strip() and not (line.startswith("-") and line[1:].strip()):
            raise Advice(
                f"{file} の {number} 行目は用例として読めません: {line.strip()}\n"
                "  前の行と同じ字下げで、「- 」のあとに文を書いてください。\n"
                f"{file}:{number} is no utterance. Write a hyphen, a space and the sentence, indented alike."
            )
        found += bool(line.strip())
    return found


def _named(domain: Path) -> Iterator[str]:
    """The intents of a domain file; of one that cannot be read, none: Rasa says what is wrong with it."""
    try:
        content = yaml.load(domain.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    except (OSError, yaml.YAMLError, UnicodeDecodeError):
        return
    for intent in (content.get("intents") if isinstance(content, dict) else None) or ():
        yield str(next(iter(intent)) if isinstance(intent, dict) else intent)
