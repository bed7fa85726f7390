"""`make scoreboard`: docs/scoreboard.md written anew from measurements, each with its day, commit and machine.

    python -m benchmarks.scoreboard [--data FOLDER] [--only PART [PART ...]] [--page FILE]

Every part is a measurement of its own, by the code of the command that its words name; the page is written after each.
What this run did not measure stays as it was measured last, with its own day, and the page says so. No figure on it is
typed by hand, and README.md quotes no other: tests/house/test_readme.py.
"""

from __future__ import annotations

import argparse
import logging
import os
import re
import statistics
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from rasa.core.agent import Agent
from rasa.utils.log_utils import configure_structlog

from benchmarks import conversations, evaluation, public_intents, robustness, scope
from benchmarks.measuring import percentile
from benchmarks.report import aligned, machine
from madoguchi import training
from madoguchi.channels.processor import quick_agent
from madoguchi.terminal import Advice, Elapsed, exit_code

PAGE = Path("docs/scoreboard.md")
_WRITINGS = (
    "kana",
    "half_width_katakana",
    "wrong_conversion",
    "mistyped",
    "no_particles",
    "kansai",
    "polite",
    "unspaced",
)
_WARM = 20  # messages read before any is timed: what is made at the first one is not a message's time


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the page: the value as `form` prints it, with what was aimed at where something was."""

    words: str
    value: float
    form: str = "{:.1f} %"
    note: str = ""
    at_least: float | None = None
    at_most: float | None = None

    def row(self) -> list[str]:
        """Words, value, aim and whether it was met."""
        value = self.form.format(self.value) + (f" ({self.note})" if self.note else "")
        if self.at_least is None and self.at_most is None:
            return [self.words, value, "", ""]
        low, high = self.at_least, self.at_most
        aim = f"≥ {self.form.format(low)}" if low is not None else f"≤ {self.form.format(high)}"
        met = (low is None or self.value >= low) and (high is None or self.value <= high)
        return [self.words, value, aim, "達成 / met" if met else "未達 / NOT MET"]


@dataclass(frozen=True, slots=True)
class Part:
    """A section of the page, and what measures its figures."""

    name: str
    title: str
    about: str
    measure: Callable[[], Iterable[Figure]]


def share(part: int, whole: int) -> tuple[float, str]:
    """A share in per cent, and the two numbers as a note.

    >>> share(3, 12)
    (25.0, '3/12')
    """
    return 100 * part / whole, f"{part:,}/{whole:,}"


def _public(corpus: public_intents.Corpus) -> Iterator[Figure]:
    found = public_intents.measured_apart(public_intents.OURS, corpus)
    assert found.intent_accuracy_test is not None
    assert found.intent_macro_f1_test is not None
    asked = f"{len(corpus.test or []):,} utterances"
    yield Figure(
        "意図の正解率、試験 / intent accuracy, test", 100 * found.intent_accuracy_test, "{:.2f} %", asked, at_least=87.0
    )
    yield Figure("意図の F1 の平均、試験 / intent macro F1, test", 100 * found.intent_macro_f1_test, "{:.2f} %")
    asked = f"{len(corpus.dev):,} utterances"
    yield Figure("意図の正解率、開発用 / intent accuracy, dev", 100 * found.intent_accuracy_dev, "{:.2f} %", asked)
    learned = f"{len(corpus.train):,} utterances"
    yield Figure("学習 / training", found.train_seconds, "{:.1f} s", learned, at_most=120.0)
    yield Figure("読み取り / parse, p50", found.parse_ms_p50, "{:.2f} ms")
    yield Figure("読み取り / parse, p95", found.parse_ms_p95, "{:.2f} ms")
    yield Figure("いちばん多いときのメモリー / peak memory", found.peak_rss_mb, "{:.0f} MB")


def _own() -> Iterator[Figure]:
    found = evaluation.measure_shown(evaluation.read_examples(evaluation.EXAMPLES))
    asked = f"{len(found.answers):,} utterances, 95%: {100 * found.accuracy.low:.1f}–{100 * found.accuracy.high:.1f}"
    yield Figure("意図の正解率 / intent accuracy", 100 * found.accuracy.value, note=asked)
    yield Figure("意図の F1 の平均 / intent macro F1", 100 * found.macro_f1)
    most = evaluation.CALIBRATED
    yield Figure("自信のずれ / expected calibration error", found.calibration_error, "{:.3f}", at_most=most)


def _robust() -> Iterator[Figure]:
    found = robustness.measure(evaluation.read_examples(evaluation.EXAMPLES))
    for words, cases, most in (
        ("意図 / intent", found.intents, robustness.INTENT_LOSS),
        ("制度 / programme", found.links, robustness.LINK_LOSS),
    ):
        right, counted = share(sum(case.right for case in cases), len(cases))
        yield Figure(f"{words}: そのまま / as they are", right, note=counted)
        for row in robustness.rows(cases):
            note = f"{row.clean:.1f} → {row.changed:.1f}, {row.texts:,} texts"
            yield Figure(f"{words}: {row.perturbation}", row.loss, "{:.1f} points lost", note, at_most=most)


def _scope() -> Iterator[Figure]:
    found = scope.measure(training.ensure_model(Path.cwd()))
    answered, counted = share(len(found.answered), len(found.outside))
    yield Figure("範囲外なのに答えた / out of scope, answered", answered, note=counted, at_most=3.0)
    refused, counted = share(len(found.refused), len(found.inside))
    yield Figure("範囲内なのに断った / in scope, refused", refused, note=counted, at_most=3.0)


def _conversations() -> Iterator[Figure]:
    training.ensure_model(Path.cwd())
    progress = Elapsed("会話しています / holding the conversations")
    passed, total = conversations.held()
    progress.done("会話しました / held")
    right, counted = share(passed, total)
    yield Figure("台本どおりの会話 / conversations as written", right, note=counted, at_least=100.0)
    for writing in _WRITINGS:
        right, counted = share(*conversations.held(writing))
        yield Figure(f"同じ会話を / the same in: {writing}", right, note=counted)


def _training() -> Iterator[Figure]:
    with tempfile.TemporaryDirectory() as folder, training.alone(Path.cwd()):
        started = time.perf_counter()
        training.train(Path.cwd(), Path(folder) / "scoreboard.tar.gz")
        yield Figure("`rasa train` の全部 / all of it", time.perf_counter() - started, "{:.1f} s", at_most=60.0)


def _parse() -> Iterator[Figure]:
    model = training.ensure_model(Path.cwd())
    texts = scope.sentences(scope.INSIDE)
    asked = f"{len(texts):,} messages"
    for words, agent, most in (
        ("", quick_agent(model), 3.0),
        ("、Rasa の実行器で / by Rasa's runner", Agent.load(model), None),
    ):
        public_intents.read_out(agent, texts[:_WARM])
        milliseconds = public_intents.read_out(agent, texts)[1]
        yield Figure(f"p50{words}", statistics.median(milliseconds), "{:.2f} ms", asked, at_most=most)
        yield Figure(f"p95{words}", percentile(milliseconds, 0.95), "{:.2f} ms")


# The short ones first; all but `public`, whose data are somebody else's and have to be given.
OWN = (
    Part(
        "training",
        "学習の時間 / Training",
        "この窓口の学習データで、はじめから（`make train`）。 / This counter's data, from nothing.",
        _training,
    ),
    Part(
        "parse",
        "一通を読む時間 / Reading a message",
        f"`{scope.INSIDE}` の文を一つずつ、`make serve` と同じ読み方で。返事を作る時間は含みません。 / "
        "As `make serve` reads, without making the reply.",
        _parse,
    ),
    Part(
        "scope",
        "範囲の外と内 / In scope and out of scope",
        "学習に使っていない文で（`make bench-scope`）。 / With sentences that are in no training file.",
        _scope,
    ),
    Part(
        "conversations",
        "会話の検査 / Conversation tests",
        "`tests/conversations` の台本を、学習したモデルと。 / The written conversations, with the trained model.",
        _conversations,
    ),
    Part(
        "own",
        "自分たちの用例で / On our own utterances",
        "`data/nlu` を五つに分け、仲間の言い方ごと学ばせずに試します（`make evaluate`）。 / "
        "Cross-validation in five parts; no family of sentences stands on both sides.",
        _own,
    ),
    Part(
        "robust",
        "書き方が変わったとき / When people write otherwise",
        "かな、打ち違い、助詞抜き、方言など。元の文から何ポイント落ちるか（`make bench-robust`）。 / "
        "Points lost against the same texts as they are.",
        _robust,
    ),
)


def parts(corpus: public_intents.Corpus | None) -> list[Part]:
    """All sections of the page in their order. Without a corpus `public` cannot be measured."""

    def measure_public() -> Iterator[Figure]:
        if corpus is None:
            raise Advice("DATA= がありません。\nDATA= is missing.")
        return _public(corpus)

    public = Part(
        "public",
        "公開の試験 / On a public test",
        "MASSIVE ja-JP を、`config.yml` の部品で学んで試します（`make bench-nlu`）。データは渡します（`DATA=`）。 / "
        "Learned and asked with the pipeline of `config.yml`; the data are passed in.",
        measure_public,
    )
    return [public, *OWN]


_HEAD = """# 成績表 / Scoreboard

この窓口がどれくらい分かり、どれくらい速いかです。`make scoreboard` が測って書き換えます。手で書いた数字はありません。
公開の試験は `make scoreboard DATA=フォルダー` のとき、一部だけなら `make scoreboard ONLY=scope,parse` です。
各部分の一行目は、日、変更（+ は手元の変更あり）、機械、始める前の込み具合です。
込み具合が 0 に近くないときの時間は、長めに出ています。素の Rasa とは `docs/design/benchmark.md` で比べます。

How well this counter understands, and how fast. `make scoreboard` measures and rewrites this page; no figure is typed
by hand. With `DATA=` it takes the public test as well, with `ONLY=` some parts alone. Each part has the day, the commit
(with + where files differed from it), the machine, and how many processes wanted a core before it began: where that is
not near zero, times are longer than they need be. `docs/design/benchmark.md` has the comparison with stock Rasa.
"""


def stamp(*, day: str, commit: str, machine: str, load: float) -> str:
    """When and on what a part was measured."""
    return f"{day}, `{commit or '?'}`, {machine}, load {load:.1f}"


def section(figures: Sequence[Figure], stamped: str) -> str:
    """The measured part of a section."""
    head = ["", "結果 / result", "目標 / aim", ""]
    return f"{stamped}\n\n{aligned([head, *(figure.row() for figure in figures)])}"


def kept(page: str, name: str) -> str | None:
    """What a page has of the part `name`; None where it was never measured.

    >>> kept("<!-- own -->\\n2026-01-02 …\\n<!-- /own -->", "own"), kept("", "own")
    ('2026-01-02 …', None)
    """
    found = re.search(rf"^<!-- {name} -->\n(.*?)\n<!-- /{name} -->$", page, re.DOTALL | re.MULTILINE)
    return found[1] if found else None


def composed(
    before: str, chosen: Iterable[Part], fresh: Mapping[str, str], failed: Mapping[str, str], *, day: str
) -> str:
    """The page: what was measured now, and what the page `before` had of the rest; `failed` has a reason a part."""
    blocks = [_HEAD]
    for part in chosen:
        body, lines = fresh.get(part.name), [f"## {part.title}", part.about]
        if body is None:
            body = kept(before, part.name)
            why = (
                f"{day} は測れませんでした（{failed[part.name]}）。 / It could not be measured on {day}."
                if part.name in failed
                else f"{day} の回では測っていません。 / Not measured in the run of {day}."
            )
            lines.append(f"**{why}**" + (" 下は前に測った値です。 / Below are earlier figures." if body else ""))
        if body:
            lines.append(f"<!-- {part.name} -->\n{body}\n<!-- /{part.name} -->")
        blocks.append("\n\n".join(lines) + "\n")
    return "\n".join(blocks)


def run(every: Sequence[Part], wanted: Iterable[str], page: Path) -> list[str]:
    """Measure the `wanted` parts and write the page after each; the names of those that could not be measured."""
    before = page.read_text(encoding="utf-8") if page.is_file() else ""
    day, commit, chosen = date.today().isoformat(), evaluation.commit(), set(wanted)
    fresh: dict[str, str] = {}
    failed: dict[str, str] = {}
    for part in every:
        if part.name not in chosen:
            continue
        print(f"== {part.name}: {part.title}", file=sys.stderr, flush=True)
        stamped = stamp(day=day, commit=commit, machine=machine(), load=os.getloadavg()[0])
        try:
            fresh[part.name] = section(list(part.measure()), stamped)
        except Exception as error:  # whatever it is, the other parts can be measured
            failed[part.name] = type(error).__name__  # its words may name a folder of this machine
            print(f"\n{part.name}: 測れませんでした / could not be measured", file=sys.stderr)
            print(error if isinstance(error, Advice) else traceback.format_exc(), file=sys.stderr)
        page.write_text(composed(before, every, fresh, failed, day=day), encoding="utf-8")
    return list(failed)


def main(arguments: list[str] | None = None) -> int:
    """Exit code 0 with the page written, 1 where a part could not be measured, 130 when interrupted."""
    parser = argparse.ArgumentParser(prog="make scoreboard", description="測って成績表を書き換えます")
    parser.add_argument(
        "--data", default="", help="train.jsonl, dev.jsonl, test.jsonl のフォルダー (of the public test)"
    )
    parser.add_argument("--only", default="", help="測る部分だけを , で (parts, separated by commas)")
    parser.add_argument("--page", type=Path, default=PAGE, help=f"書き出す先 (the page; {PAGE})")
    options = parser.parse_args(arguments)
    logging.getLogger().setLevel(logging.ERROR)
    configure_structlog(logging.ERROR)
    return exit_code(lambda: _main(options.data, options.only, options.page))


def _main(data: str, only: str, page: Path) -> int:
    every = parts(public_intents.corpus(data, test=True) if data else None)
    names = [part.name for part in every]
    wanted = [name for name in re.split(r"[,\s]+", only) if name] or names[0 if data else 1 :]
    unknown = [name for name in wanted if name not in names]
    if unknown:
        raise Advice(
            f"ONLY= に知らない部分があります: {', '.join(unknown)}。書けるのは {', '.join(names)} です。\n"
            f"ONLY= has unknown parts: {', '.join(unknown)}. There are {', '.join(names)}."
        )
    if "public" in wanted and not data:
        raise Advice(
            "公開の試験には DATA= が要ります。例: make scoreboard ONLY=public DATA=/path/to/massive-ja-JP\n"
            "The public test needs DATA=. Example: make scoreboard ONLY=public DATA=/path/to/massive-ja-JP"
        )
    failed = run(every, wanted, page)
    print(f"書きました / written: {page}")
    if failed:
        print(f"測れなかった部分 / could not be measured: {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
