"""What was measured, as a table, as a picture and as data."""

from __future__ import annotations

import json
import os
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.comparison import MEGABYTE, Catalogs, Figures, Lags, Target
from benchmarks.measuring import Memory
from benchmarks.systems import SYSTEMS

PAGE = "benchmark.md"
PICTURE = "benchmark.svg"


@dataclass(frozen=True, slots=True)
class Run:
    """One run of the benchmark.

    `busy` is how many cores had other work all the time, `load` how many processes wanted a core before it began.
    """

    day: str
    machine: str
    quick: bool
    busy: int
    load: float
    versions: Mapping[str, str]
    figures: Mapping[str, Figures]
    catalogs: Catalogs | None
    lags: Lags | None
    targets: Sequence[Target]

    @property
    def kind(self) -> str:
        """One word for what kind of run it was; also the name of its file."""
        return ("quick" if self.quick else "full") + ("-busy" if self.busy else "")


def machine() -> str:
    """This machine's processor, cores and memory."""
    processor = re.search(r"^model name\s*: (.*)$", Path("/proc/cpuinfo").read_text(encoding="utf-8"), re.MULTILINE)
    total = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return f"{processor[1] if processor else '?'}, {os.cpu_count()} cores, {total / 1e9:.0f} GB"


# Each line of the table: its words, and the figure as it is printed.
ROWS: tuple[tuple[str, Callable[[Figures], str]], ...] = (
    ("返事の数 / messages per s, 1 user", lambda f: f"{f.loads[1].per_second:.1f}"),
    ("返事の数 / messages per s, 8 users", lambda f: f"{f.loads[8].per_second:.1f}"),
    ("返事の数 / messages per s, 64 users", lambda f: f"{f.loads[64].per_second:.1f}"),
    ("待ち時間 / p50, p95, p99, 1 user, ms", lambda f: _times(f, 1)),
    ("待ち時間 / p50, p95, p99, 8 users, ms", lambda f: _times(f, 8)),
    ("待ち時間 / p50, p95, p99, 64 users, ms", lambda f: _times(f, 64)),
    ("計算時間 / processor time per message, 1 user, ms", lambda f: f"{f.cpu_per_message * 1000:.1f}"),
    ("　うち行動のサーバー / of it in the action server, ms", lambda f: f"{f.actions_cpu_per_message * 1000:.1f}"),
    ("最初の返事まで / start to first answer, s", lambda f: f"{f.start:.1f}"),
    ("最初の返事までの計算時間 / start, processor s", lambda f: f"{f.start_cpu:.1f}"),
    ("学習 / training, s", lambda f: f"{f.training.seconds:.0f}{_epochs(f)}"),
    ("学習の計算時間 / training, processor s", lambda f: f"{f.training.cpu_seconds:.0f}"),
    ("学習を測った日、負荷 / training measured on, at a load of", lambda f: _measured(f)),
    ("学習した用例 / trained on", lambda f: "older utterances" if f.training.outdated else "these utterances"),
    ("メモリー、待機中 / memory idle, resident (RSS), MB", lambda f: _memory(f.idle)),
    ("メモリー、慣らしの後 / memory after the warm-up, resident (RSS), MB", lambda f: _memory(f.warm)),
    ("メモリー、負荷の後 / memory after the load, resident (RSS), MB", lambda f: _memory(f.after)),
    ("　うち自分で作ったもの / own memory: idle, warm-up, load, MB", lambda f: _own(f)),
    ("　その負荷の問いの数 / messages of that load", lambda f: f"{f.messages_until_memory:,}"),
    ("保存 / stored per turn, bytes", lambda f: f"{f.stored_per_turn:,.0f}"),
    ("長い会話の3回目 / p50 at turn 3, ms", lambda f: _long(f.p50_early)),
    ("長い会話の300回目 / p50 at turn 300, ms", lambda f: _long(f.p50_late)),
    ("待ち時間の問いの数 / messages of these loads, 1, 8, 64 users", lambda f: _messages(f)),
    ("正しい返事 / right replies", lambda f: f"{f.right / f.asked:.1%} ({f.right:,}/{f.asked:,})"),
    ("失敗 / errors", lambda f: ", ".join(f"{count} {what}" for what, count in f.errors.items()) or "0"),
)


def _epochs(figures: Figures) -> str:
    return f" (only {figures.training.epochs} epochs)" if figures.training.epochs else ""


def _measured(figures: Figures) -> str:
    load = figures.training.load
    return figures.training.day + ("" if load is None else f", {load:.1f}")


def _times(figures: Figures, users: int) -> str:
    load = figures.loads[users]
    return ", ".join(f"{seconds * 1000:.1f}" for seconds in (load.p50, load.p95, load.p99))


def _messages(figures: Figures) -> str:
    return ", ".join(f"{load.messages:,}" for load in figures.loads.values())


def _long(seconds: float | None) -> str:
    return "-" if seconds is None else f"{seconds * 1000:.1f}"


def _memory(held: Memory) -> str:
    return f"{held.resident / MEGABYTE:,.0f} ({held.rss / MEGABYTE:,.0f})"


def _own(figures: Figures) -> str:
    return ", ".join(f"{held.own / MEGABYTE:,.0f}" for held in (figures.idle, figures.warm, figures.after))


def table(run: Run) -> str:
    """Everything that was measured, what was aimed at and whether it was met, as Markdown that reads well as text."""
    measured = [system for system in SYSTEMS if system.id in run.figures]
    rows = [["", *(system.title for system in measured)]]
    rows += [[words, *(printed(run.figures[system.id]) for system in measured)] for words, printed in ROWS]
    packages = ", ".join(f"{name} {version}" for name, version in run.versions.items())
    others = f"ほかの負荷 / load before: {run.load:.1f}. "
    busy = f"ほかの仕事で {run.busy} コアを使いながら / {run.busy} core(s) busy with other work. " if run.busy else ""
    quick = "QUICK=1: 回数を減らした測定 / fewer messages. " if run.quick else ""
    parts = [f"{run.day}. {run.machine}. {packages}. {others}{busy}{quick}".strip(), aligned(rows)]
    if run.catalogs:
        parts.append(aligned(_catalog_rows(run.catalogs)))
    if run.lags:
        parts.append(aligned(_lag_rows(run.lags)))
    if run.targets:
        parts.append(
            aligned([["", "と比べて / against", "目標 / target", "結果 / result", ""], *map(_line, run.targets)])
        )
    return "\n\n".join(parts)


def _catalog_rows(catalogs: Catalogs) -> list[list[str]]:
    return [
        ["madoguchi", "ours", f"{catalogs.programs:,} more programmes"],
        ["p50, 1 user, ms", f"{catalogs.p50_ours * 1000:.1f}", f"{catalogs.p50_generated * 1000:.1f}"],
        [
            "最初の返事まで、二度目から / start, from the second on, s",
            f"{catalogs.start_ours:.1f}",
            f"{catalogs.start_generated:.1f}",
        ],
        ["最初の返事まで、一度目 / the very first start, s", "", f"{catalogs.first_start:.1f}"],
    ]


def _lag_rows(lags: Lags) -> list[list[str]]:
    return [
        ["madoguchi", *(f"{users} user(s)" for users in lags.held)],
        ["一歩で止まった最長 / event loop held by one step, ms", *(f"{s * 1000:.0f}" for s in lags.held.values())],
        ["順番を待った最長 / something that was due came late, ms", *(f"{s * 1000:.0f}" for s in lags.late.values())],
    ]


def _line(target: Target) -> list[str]:
    sign = "≥" if target.kind == "at least" else "≤"
    verdict = "達成 / met" if target.met else "未達 / NOT MET"
    return [
        target.name,
        target.than,
        f"{sign} {target.bound:g} {target.unit}",
        f"{target.value:.2f} {target.unit}",
        verdict,
    ]


def aligned(rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table whose columns stand under each other where Japanese letters are two wide."""
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    lines = [
        "| " + " | ".join(cell + " " * (w - _width(cell)) for cell, w in zip(row, widths, strict=True)) + " |"
        for row in rows
    ]
    rule = "|" + "|".join(["-" * (widths[0] + 2), *("-" * (width + 1) + ":" for width in widths[1:])]) + "|"
    return "\n".join([lines[0], rule, *lines[1:]])


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


# --- the picture ----------------------------------------------------------------------------------------------------

PANELS: tuple[tuple[str, str, Callable[[Figures], float]], ...] = (
    ("messages per second, 8 users", "{:.0f}", lambda f: f.loads[8].per_second),
    ("median wait, 1 user (ms)", "{:.1f}", lambda f: f.loads[1].p50 * 1000),
    ("start to first answer (s)", "{:.1f}", lambda f: f.start),
    ("training (s)", "{:.0f}", lambda f: f.training.seconds),
    ("memory after the load (MB)", "{:.0f}", lambda f: f.after.resident / MEGABYTE),
    ("median wait at turn 300 (ms)", "{:.1f}", lambda f: (f.p50_late or 0) * 1000),
)
COLORS = ("#9aa5b1", "#6b7c93", "#0b7285")  # stock in greys, madoguchi in the colour


def draw(run: Run, file: Path) -> None:
    """The six figures that people ask for first, as bars from zero, in an SVG file."""
    # Imported here: it takes a second and needs a folder to write to.
    import matplotlib

    matplotlib.use("svg")
    # The same figures give the same file: no random ids, no date. Text stays text, which can be searched and read out.
    matplotlib.rcParams.update({"svg.hashsalt": "madoguchi", "svg.fonttype": "none", "font.size": 9})
    from matplotlib import pyplot

    measured = [system for system in SYSTEMS if system.id in run.figures]
    picture, axes = pyplot.subplots(3, 2, figsize=(8, 5), layout="constrained")
    for (title, form, figure), panel in zip(PANELS, axes.flat, strict=True):
        values = [figure(run.figures[system.id]) for system in measured]
        bars = panel.barh([system.title for system in measured], values, color=COLORS[-len(measured) :], height=0.7)
        panel.bar_label(bars, labels=[form.format(value) if value else "not measured" for value in values], padding=3)
        panel.invert_yaxis()
        panel.set_title(title, loc="left", fontsize=9)
        panel.set_xlim(0, max(values) * 1.2)
        panel.xaxis.set_visible(False)
        panel.spines[["top", "right", "bottom"]].set_visible(False)
        panel.tick_params(length=0)
    picture.savefig(file, metadata={"Date": None, "Title": f"madoguchi and stock Rasa, {run.day}"})
    pyplot.close(picture)


# --- where it is kept -----------------------------------------------------------------------------------------------


def save(run: Run, folder: Path) -> None:
    """The run as JSON, table and picture in `folder`, under the name of its kind."""
    text = json.dumps(asdict(run), ensure_ascii=False, indent=1)
    (folder / f"{run.kind}.json").write_text(text, encoding="utf-8")
    (folder / f"{run.kind}.md").write_text(table(run) + "\n", encoding="utf-8")
    draw(run, folder / f"{run.kind}.svg")


def publish(run: Run, folder: Path) -> None:
    """Put the run's table in its place in the page of `folder`, with its picture unless the cores were busy."""
    page = folder / PAGE
    text = table(run)
    if not run.busy:
        draw(run, folder / PICTURE)
        text = f"![Six figures of the run as bars]({PICTURE})\n\n{text}"
    page.write_text(replaced(page.read_text(encoding="utf-8"), run.kind, text), encoding="utf-8")


def replaced(page: str, mark: str, text: str) -> str:
    """`page` with `text` between `<!-- mark -->` and `<!-- /mark -->`; ValueError without these.

    >>> replaced("a <!-- full -->old<!-- /full --> b", "full", "new")
    'a <!-- full -->\\nnew\\n<!-- /full --> b'
    """
    begin, end = f"<!-- {mark} -->", f"<!-- /{mark} -->"
    before, found, rest = page.partition(begin)
    _, closed, after = rest.partition(end)
    if not found or not closed:
        raise ValueError(f"no {begin} … {end}")
    return f"{before}{begin}\n{text}\n{end}{after}"
