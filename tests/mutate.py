"""`make mutate`: changes values of the catalog one at a time and reports how many of the changes the tests notice.

Each change is made in a copy of data/programs; the catalog's own tests run against the copy. Exit status 1 when a
change went unnoticed. SEED= and COUNT= choose the changes.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

REPOSITORY = Path(__file__).parents[1]
CATALOG = REPOSITORY / "data" / "programs"
TESTS = ("tests/unit/catalog/test_double_entry.py",)
_LINE = re.compile(
    r"^\s*(?:- )?(value|upper|printed|telephone|extension|mail|web|verdict|since|period|applies_to|bound): (.+)$"
)


def changes(text: str) -> list[tuple[int, str]]:
    """Every line that holds a value, by number, with the key."""
    return [(number, match[1]) for number, line in enumerate(text.split("\n")) if (match := _LINE.match(line))]


def changed(line: str, key: str, chance: random.Random) -> str | None:
    """The line with another value: one digit, the verdict, or the bound; None where there is nothing to change."""
    head, _, value = line.partition(": ")
    if key == "verdict":
        return f"{head}: {'false' if value == 'true' else 'true'}"
    if key == "bound":
        return f"{head}: {'min' if value == 'max' else 'max'}"
    if key == "applies_to":
        return f"{head}: [old_law]" if value != "[old_law]" else f"{head}: [lease]"
    digits = [match.start() for match in re.finditer(r"\d", value)]
    if not digits:
        return None
    place = chance.choice(digits)
    digit = str((int(value[place]) + chance.randint(1, 8)) % 9 + 1)
    return f"{head}: {value[:place]}{digit}{value[place + 1 :]}" if digit != value[place] else None


def together(lines: list[str], number: int) -> bool:
    """Change the first digit of a value and of its printed form alike, as a consistent slip would. Whether it could."""
    if number + 1 >= len(lines) or "value: " not in lines[number] or "printed: " not in lines[number + 1]:
        return False
    value = re.search(r"[1-9]", lines[number])
    printed = re.search(r"[1-9]", lines[number + 1])
    if not value or not printed or value[0] != printed[0]:
        return False
    digit = str(int(value[0]) % 9 + 1)
    for place, match in ((number, value), (number + 1, printed)):
        lines[place] = lines[place][: match.start()] + digit + lines[place][match.end() :]
    return True


def noticed(folder: Path) -> bool:
    """Whether a test fails with this catalog."""
    environment = {**os.environ, "MADOGUCHI_CATALOG": str(folder)}
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *TESTS]
    return subprocess.run(command, cwd=REPOSITORY, env=environment, capture_output=True, check=False).returncode != 0


def main(arguments: list[str] | None = None) -> int:
    """0 when every change was noticed."""
    parser = argparse.ArgumentParser(prog="make mutate")
    parser.add_argument("--count", type=int, default=int(os.environ.get("COUNT", "40")))
    parser.add_argument("--seed", type=int, default=int(os.environ.get("SEED", "1")))
    options = parser.parse_args(arguments)
    chance = random.Random(options.seed)
    places = [
        (file.relative_to(CATALOG), number, key)
        for file in sorted(CATALOG.rglob("*.yml"))
        if not file.name.startswith("_") and file.name != "vocabulary.yml"
        for number, key in changes(file.read_text(encoding="utf-8"))
    ]
    chance.shuffle(places)
    made = missed = 0
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "programs"
        shutil.copytree(CATALOG, folder)
        if noticed(folder):
            print("変更の前から試験が失敗しています。先に直してください。")
            print("The tests fail before any change: mend that first.")
            return 2
        for relative, number, key in places:
            if made == options.count:
                break
            file = folder / relative
            original = file.read_text(encoding="utf-8")
            lines = original.split("\n")
            before = lines[number].strip()
            if not (made % 2 and together(lines, number)):
                new = changed(lines[number], key, chance)
                if new is None:
                    continue
                lines[number] = new
            file.write_text("\n".join(lines), encoding="utf-8")
            seen = noticed(folder)
            file.write_text(original, encoding="utf-8")
            made += 1
            missed += not seen
            verdict = "気づいた noticed" if seen else "見逃した MISSED "
            print(f"{verdict}  {relative}:{number + 1}  {before} -> {lines[number].strip()}")
    print(f"変更 {made} 件のうち {made - missed} 件に気づきました。 {made - missed} of {made} changes noticed.")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
