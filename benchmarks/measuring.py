"""The arithmetic of the benchmark: percentiles, and what a tree of processes holds and uses."""

from __future__ import annotations

import math
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

PROC = Path("/proc")
KIB = 1024


def percentile(values: Iterable[float], share: float) -> float:
    """The smallest of `values` that is not exceeded by at least `share` (0 to 1) of them; ValueError without values.

    >>> percentile([5, 1, 4, 2, 3], 0.5)
    3
    >>> percentile(range(1, 101), 0.95), percentile([7], 0.99)
    (95, 7)
    """
    ordered = sorted(values)
    if not ordered:
        raise ValueError("nothing was measured")
    return ordered[max(math.ceil(share * len(ordered)), 1) - 1]


@dataclass(frozen=True, slots=True)
class Memory:
    """Bytes of main memory that a tree of processes holds.

    `own` is what they have made themselves. `resident` is that and the mapped files (libraries, dictionaries) of the
    process that maps most: a library that two of them use lies in memory once. `rss` counts it for each, as `ps` does.
    None of them depends on what else runs on the machine, as the proportional PSS does.
    """

    own: int = 0
    resident: int = 0
    rss: int = 0


def tree(roots: Iterable[int], *, proc: Path = PROC) -> list[int]:
    """The processes `roots` that exist, and all their descendants, each once."""
    found: list[int] = []
    waiting = list(roots)
    while waiting:
        process = waiting.pop()
        if process in found or not (proc / str(process)).exists():
            continue
        found.append(process)
        for listed in (proc / str(process) / "task").glob("*/children"):
            waiting += [int(child) for child in _read(listed).split()]
    return found


def memory(processes: Sequence[int], *, proc: Path = PROC) -> Memory:
    """What `processes` hold together; one that has just ended holds nothing."""
    own = rss = 0
    files = [0]
    for process in processes:
        sizes = dict(_sizes(_read(proc / str(process) / "smaps_rollup")))
        own += sizes.get("Anonymous", 0)
        rss += sizes.get("Rss", 0)
        files.append(sizes.get("Rss", 0) - sizes.get("Anonymous", 0))
    return Memory(own=own, resident=own + max(files), rss=rss)


def _sizes(rollup: str) -> Iterable[tuple[str, int]]:
    """`Rss:   1234 kB` -> ("Rss", 1263616)"""
    for line in rollup.splitlines()[1:]:
        name, _, rest = line.partition(":")
        amount = rest.split()
        if len(amount) == 2 and amount[1] == "kB":
            yield name, int(amount[0]) * KIB


def cpu_seconds(processes: Sequence[int], *, proc: Path = PROC, ticks: int | None = None) -> float:
    """Seconds of processor time that `processes` have used so far, in the program and in the system for it."""
    ticks = ticks or os.sysconf("SC_CLK_TCK")
    used = 0
    for process in processes:
        # After the name, which stands in brackets and may hold anything, utime and stime are fields 14 and 15 of all.
        fields = _read(proc / str(process) / "stat").rpartition(")")[2].split()
        used += int(fields[11]) + int(fields[12]) if fields else 0
    return used / ticks


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except (FileNotFoundError, ProcessLookupError):
        return ""


def size(folder: Path, *, without: Sequence[str] = ()) -> int:
    """Bytes of the files in `folder` and below, leaving out what lies below the names `without`."""
    return sum(
        file.stat().st_size
        for file in folder.rglob("*")
        if file.is_file() and not set(file.relative_to(folder).parts) & set(without)
    )
