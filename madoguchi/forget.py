"""Deletes conversations from the file in which they are kept, also while the server runs.

`make forget` deletes those in which nothing was said for as many days as endpoints.yml says (`keep_days`), as the
server itself does daily. `python -m madoguchi.forget --days 7` asks for another age, `--conversation NAME` for one
conversation by its sender id, whatever its age.
"""

from __future__ import annotations

import argparse
import sqlite3
import sys
from pathlib import Path

import yaml

from madoguchi.channels.records import Records, file_named
from madoguchi.terminal import Advice


def settings(endpoints: Path) -> tuple[Path, float]:
    """The file and the days that the tracker store of endpoints.yml is told; raises `Advice` when it is told none."""
    try:
        store = yaml.safe_load(endpoints.read_text(encoding="utf-8"))["tracker_store"]
        return file_named(str(store["db"])), float(store["keep_days"])
    except (OSError, yaml.YAMLError, LookupError, TypeError, ValueError) as error:
        raise Advice(
            f"{endpoints.name} の tracker_store に db と keep_days を書いてください({error})。\n"
            f"{endpoints.name}: tracker_store needs db and keep_days ({error})."
        ) from error


def _days(text: str) -> float:
    try:
        days = float(text)
    except ValueError:
        days = -1.0
    if not 0 <= days < float("inf"):
        raise argparse.ArgumentTypeError(f"日数を 0 以上の数で書いてください / a number of days from 0, not {text!r}")
    return days


def main(arguments: list[str] | None = None) -> int:
    """Exit code 0 when what was asked for is deleted, 1 with a message when it could not be."""
    parser = argparse.ArgumentParser(
        prog="python -m madoguchi.forget", description="会話の記録を消す / delete conversations"
    )
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--days", type=_days, help="これより古い会話 / conversations older than this")
    which.add_argument("--conversation", metavar="NAME", help="この名(sender)の会話 / the conversation of this sender")
    options = parser.parse_args(arguments)
    try:
        file, days = settings(Path.cwd() / "endpoints.yml")
        if not file.exists():
            print("会話の記録はありません / no conversations are kept here")
            return 0
        records = Records(file)
        if options.conversation is not None:
            count = int(records.delete(options.conversation))
            records.scrub()
        else:
            count = records.forget(days=days if options.days is None else options.days)
    except Advice as advice:
        print(advice, file=sys.stderr)
        return 1
    except sqlite3.Error as error:
        print(f"会話の記録を消せませんでした / conversations could not be deleted: {error}", file=sys.stderr)
        return 1
    print(f"{count} 件の会話を消しました / conversations deleted: {count}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
