"""`make evaluate`: how well the utterances of data/nlu are understood, as one page for those who write them.

    python -m benchmarks.evaluate [--data FOLDER] [--report FILE]

Writes an HTML page that needs nothing else, and its figures as JSON beside it, which the next page is compared with.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from benchmarks.evaluation import CALIBRATED, EXAMPLES, measure_shown, previous, read_examples, write
from benchmarks.evaluation_page import page
from madoguchi.terminal import exit_code

REPORT = Path("var/evaluation/report.html")


def main(arguments: list[str] | None = None) -> int:
    """0 with the page written, 1 with a message where the utterances cannot be used, 130 when interrupted."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.evaluate", description="学習の出来を一枚にまとめます")
    parser.add_argument("--data", type=Path, default=EXAMPLES, help=f"用例のフォルダー (utterances; {EXAMPLES})")
    parser.add_argument("--report", type=Path, default=REPORT, help=f"書き出す先 (the page; {REPORT})")
    options = parser.parse_args(arguments)
    return exit_code(lambda: _main(options.data, options.report))


def _main(data: Path, report: Path) -> int:
    evaluation = measure_shown(read_examples(data))
    figures = report.with_suffix(".json")
    report.parent.mkdir(parents=True, exist_ok=True)
    report.write_text(page(evaluation, previous(figures), data), encoding="utf-8")
    write(evaluation, figures)
    print(f"intent_accuracy={100 * evaluation.accuracy.value:.1f}")
    print(f"intent_macro_f1={100 * evaluation.macro_f1:.1f}")
    print(f"calibration_error={evaluation.calibration_error:.3f}  (at most {CALIBRATED})")
    print(f"書きました。ブラウザーで開いてください / written, open it in a browser: {report}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
