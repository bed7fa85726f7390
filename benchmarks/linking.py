"""`make bench-linking`: which programmes are found by their names, and what it costs in a catalog of thousands.

    python -m benchmarks.linking [--programs 100 10000]

Asked are names of a catalog in frames that no example has: as they are, with one slip in the name itself, with one
word of the name left out, and two in one sentence. The catalogs are ours and ours with invented programmes beside it.
Times are of the linker alone, in one process.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from rasa.shared.nlu.training_data.loading import load_data

from benchmarks.generated import generate
from benchmarks.perturbations import PERTURBATIONS
from madoguchi import catalog
from madoguchi.catalog import Catalog
from madoguchi.catalog.names import NameIndex
from madoguchi.catalog.search import content_words
from madoguchi.japanese.folding import fold
from madoguchi.japanese.morphology import morphemes
from madoguchi.nlu.linker import ProgramLinker
from madoguchi.nlu.masking import unmarked

FEW = 3  # programmes among which a person is asked to choose; more are no answer
ASKED = 600  # names drawn where a catalog has more
SLIPS = ("mistyped", "dropped", "doubled", "swapped", "wrong_conversion", "kana")

FRAMES = (
    "{}のことで伺いたいのですが",
    "{}について、もう少しかみくだいて話してもらえますか",
    "知り合いに{}を勧められました",
    "{}に当てはまるのはどういう会社ですか",
    "先週の説明会で{}という言葉が出ました",
    "{}だと、だいたい何円くらいになりますか",
    "うちの社長が{}を気にしています",
    "{} どこへ電話すれば",
    "{}、締め切りすぎてないかな",
    "来月までに{}の書類をそろえたい",
    "{}を使った会社は何社くらいですか",
    "やっぱり{}にしようと思います",
    "ところで{}は？",
    "{} メモ用",
)


@dataclass(frozen=True, slots=True)
class Question:
    """A sentence in which `name` stands for one of `programs`."""

    text: str
    name: str
    programs: frozenset[str]


def questions(catalog: Catalog, *, seed: int = 0) -> list[Question]:
    """Every name and alias of every programme, each in one frame."""
    owners: dict[str, set[str]] = defaultdict(set)
    writings: dict[str, str] = {}
    for program in catalog.programs.values():
        for name in (program.name, *program.aliases):
            owners[fold(name)].add(program.id)
            writings.setdefault(fold(name), name)
    rng = Random(seed)
    return [
        Question(rng.choice(FRAMES).format(name), name, frozenset(owners[writing]))
        for writing, name in writings.items()
    ]


def weights() -> Callable[[str], float]:
    """How telling a word is, as the trained linker has it from data/nlu."""
    counts: Counter[str] = Counter()
    for example in load_data("data/nlu").intent_examples:
        counts.update(set(content_words(unmarked(example))))
    halving = float(ProgramLinker.get_default_config()["halving"])
    return lambda word: 1.0 / (1.0 + counts[word] / halving)


def named(index: NameIndex, text: str, weight: Callable[[str], float]) -> set[str]:
    """The ids of the programmes that the text names."""
    mentions = index.mentions(text, weight=weight)
    return {target.id for mention in mentions for target in mention.targets if target.kind == "program"}


def variants(asked: Sequence[Question], *, seed: int = 0) -> Iterator[tuple[str, str, tuple[frozenset[str], ...]]]:
    """(way of asking, text, the programmes meant by each name in it)."""
    rng = Random(seed)
    for question in asked:
        meant = (question.programs,)
        yield "as it is", question.text, meant
        for slip in SLIPS:
            spoilt = PERTURBATIONS[slip](question.name, Random(f"{slip} {question.name}"))
            if spoilt != question.name:
                yield f"name {slip}", question.text.replace(question.name, spoilt), meant
        words = [word.surface for word in morphemes(question.name) if not word.is_symbol]
        if len(words) > 2:
            left_out = rng.randrange(len(words))
            part = "".join(word for place, word in enumerate(words) if place != left_out)
            yield "one word left out", question.text.replace(question.name, part), meant
        other = rng.choice(asked)
        if not other.programs & question.programs:
            yield "two names", f"{question.name}と{other.name}の違いは", (question.programs, other.programs)


def report(title: str, loaded: Catalog, weight: Callable[[str], float], asked: Sequence[Question]) -> str:
    """The figures of one catalog as lines for people."""
    start = time.perf_counter()
    index = NameIndex(loaded)
    built = time.perf_counter() - start
    right: dict[str, list[bool]] = defaultdict(list)
    times = []
    for way, text, meant in variants(asked):
        start = time.perf_counter()
        found = named(index, text, weight)
        times.append(1000 * (time.perf_counter() - start))
        few = len(found) <= max(FEW, *(len(programs) for programs in meant)) + len(meant) - 1
        right[way].append(few and all(programs & found for programs in meant))
    lines = [f"{title}: {len(loaded.programs)} programmes, {len(asked)} names asked"]
    lines += [f"  {way:24s}{len(hits):6d} {100 * statistics.mean(hits):6.1f} %" for way, hits in right.items()]
    p95 = statistics.quantiles(times, n=20)[-1]
    return "\n".join([*lines, f"  build {built:.1f} s, p50 {statistics.median(times):.2f} ms, p95 {p95:.2f} ms"])


def drawn(asked: Sequence[Question]) -> list[Question]:
    """So many of the questions, the same in every run."""
    return list(asked) if len(asked) <= ASKED else Random(0).sample(list(asked), ASKED)


def main(arguments: list[str] | None = None) -> int:
    """0 with the figures printed; 1 where so many programmes cannot be made."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.linking", description="制度の名が見つかるか測ります")
    parser.add_argument("--programs", type=int, nargs="+", default=[100, 10_000], help="架空の制度の数")
    options = parser.parse_args(arguments)
    ours = catalog.load(catalog.folder())
    asked = drawn(questions(ours))
    weight = weights()
    print(report("ours", ours, weight, asked), flush=True)
    for programs in options.programs:
        try:
            large = catalog.load(generate(Path(f"var/bench/catalog-{programs}"), programs=programs))
        except ValueError as error:
            print(f"架空の制度を {programs} 作れません / {error}", file=sys.stderr)
            return 1
        print(report(f"ours with {programs} invented, asked for ours", large, weight, asked), flush=True)
        invented = {key: value for key, value in large.programs.items() if key not in ours.programs}
        names = [q for q in questions(large) if q.programs & invented.keys()]
        print(report(f"ours with {programs} invented, asked for those", large, weight, drawn(names)), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
