"""`make bench-conversations`: how many of the written conversations still succeed when people write otherwise.

    python -m benchmarks.conversations [--only kana,dropped]

Every text of `tests/conversations` is changed as `make bench-robust` changes texts, and every expectation stays. Unlike
there, whole replies are judged: programme, figures, arithmetic, follow-ups.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from xml.etree import ElementTree

from benchmarks.perturbations import PERTURBATIONS
from madoguchi import training
from madoguchi.terminal import Advice, exit_code

WRITING = "MADOGUCHI_WRITING"  # the variable that tells the conversation tests which perturbation to type in
_TESTS = "tests/conversations/test_conversations.py::test_会話"
_LOG = Path("var/log/conversations.log")  # what pytest says about conversations that went wrong


def held(writing: str = "") -> tuple[int, int]:
    """How many conversations went as written, of how many, typed as the perturbation `writing` types.

    Raises `Advice` where none could be held.
    """
    _LOG.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, _LOG.open("wb") as log:
        file = Path(folder) / "conversations.xml"
        command = [sys.executable, "-m", "pytest", "-q", _TESTS, f"--junitxml={file}"]
        environment = {**os.environ, WRITING: writing}
        subprocess.run(command, env=environment, stdout=log, stderr=subprocess.STDOUT, check=False)
        return outcomes(file)


def outcomes(file: Path) -> tuple[int, int]:
    """How many tests of a JUnit file passed, of how many; raises `Advice` where there are none."""
    cases = list(ElementTree.parse(file).iter("testcase")) if file.is_file() else []
    if not cases:
        raise Advice(f"会話の検査が動きませんでした（{_LOG}）。\nThe conversation tests did not run: see {_LOG}.")
    wrong = ("failure", "error", "skipped")
    return sum(all(case.find(name) is None for name in wrong) for case in cases), len(cases)


def main(arguments: list[str] | None = None) -> int:
    """0 when all could be held, 1 with a message, 130 when interrupted."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.conversations", description=__doc__)
    parser.add_argument("--only", default=",".join(PERTURBATIONS), help="perturbations, with commas between")
    options = parser.parse_args(arguments)
    return exit_code(lambda: _main(options.only.split(",")))


def _main(writings: list[str]) -> int:
    unknown = [name for name in writings if name not in PERTURBATIONS]
    if unknown:
        raise Advice(
            f"ONLY に書けるのは {', '.join(PERTURBATIONS)} です: {', '.join(unknown)}\n"
            f"ONLY takes the names above, not: {', '.join(unknown)}"
        )
    training.ensure_model(Path.cwd())
    for writing in ("", *writings):
        right, total = held(writing)
        print(f"{writing or 'as_written':20s} {right:5d} of {total}  {100 * right / total:5.1f} %", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
