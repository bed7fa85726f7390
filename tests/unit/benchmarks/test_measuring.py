"""benchmarks.measuring: percentiles, and what a tree of processes holds."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.measuring import Memory, cpu_seconds, memory, percentile, size, tree

MEGABYTE = 1_000_000


@pytest.mark.parametrize(
    ("values", "share", "found"),
    [
        ([3.0], 0.5, 3.0),
        ([1, 2], 0.5, 1),
        ([1, 2, 3], 0.5, 2),
        ([4, 1, 3, 2], 0.75, 3),
        (range(1, 101), 0.99, 99),
        (range(1, 101), 1.0, 100),
        (range(1, 101), 0.0, 1),
        (range(1, 1001), 0.999, 999),
    ],
)
def test_百分位は値の一つ(values: list[float], share: float, found: float) -> None:
    assert percentile(values, share) == found


def test_何も測っていなければ百分位はない() -> None:
    with pytest.raises(ValueError, match="nothing"):
        percentile([], 0.5)


def process(proc: Path, number: int, *, children: str = "", rollup: str = "", stat: str = "") -> None:
    folder = proc / str(number)
    (folder / "task" / str(number)).mkdir(parents=True)
    (folder / "task" / str(number) / "children").write_text(children)
    (folder / "smaps_rollup").write_text(rollup)
    (folder / "stat").write_text(stat)


def rollup(*, rss: int, anonymous: int) -> str:
    return f"5581-7ffe ---p 00000000 00:00 0 [rollup]\nRss:   {rss} kB\nPss: 1 kB\nAnonymous:   {anonymous} kB\n"


def test_木は子孫を一度ずつ含み_終わったものを含まない(tmp_path: Path) -> None:
    process(tmp_path, 10, children="11 12 ")
    process(tmp_path, 11, children="13 ")
    process(tmp_path, 12)
    process(tmp_path, 13)
    process(tmp_path, 20, children="21 ")
    assert sorted(tree([10, 11, 99], proc=tmp_path)) == [10, 11, 12, 13]


def test_スレッドの産んだ子も数える(tmp_path: Path) -> None:
    process(tmp_path, 10)
    process(tmp_path, 11)
    (tmp_path / "10/task/15").mkdir()
    (tmp_path / "10/task/15/children").write_text("11 ")
    assert sorted(tree([10], proc=tmp_path)) == [10, 11]


def test_同じライブラリーは一度だけ数える(tmp_path: Path) -> None:
    process(tmp_path, 10, rollup=rollup(rss=500, anonymous=300))
    process(tmp_path, 11, rollup=rollup(rss=250, anonymous=100))
    process(tmp_path, 12, rollup="")  # just ended
    assert memory([10, 11, 12], proc=tmp_path) == Memory(own=400 * 1024, resident=(400 + 200) * 1024, rss=750 * 1024)


def test_計算時間は使用者と系の和(tmp_path: Path) -> None:
    # The name of a program may hold spaces and brackets
    process(tmp_path, 10, stat=f"10 (a (b) c) S {' '.join(['0'] * 10)} 250 50 0 0")
    process(tmp_path, 11, stat="")
    assert cpu_seconds([10, 11], proc=tmp_path, ticks=100) == 3.0


@pytest.mark.skipif(not Path("/proc/self/smaps_rollup").exists(), reason="no /proc here: the benchmark needs Linux")
def test_本物のプロセスの木が持つメモリー() -> None:
    hold = f"held = bytearray({40 * MEGABYTE}); print(flush=True); input()"
    parent = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {hold!r}])"
    with subprocess.Popen([sys.executable, "-c", parent], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as started:
        assert started.stdout is not None
        started.stdout.readline()  # the grandchild has its memory
        family = tree([started.pid])
        held = memory(family)
        started.communicate(b"\n")
    assert len(family) == 2
    assert 40 * MEGABYTE < held.own < held.resident <= held.rss < 200 * MEGABYTE
    assert os.getpid() not in family


def test_大きさは下のフォルダーまで_除くものを除いて数える(tmp_path: Path) -> None:
    (tmp_path / "log").mkdir()
    (tmp_path / "log/server.log").write_bytes(b"x" * 1000)
    (tmp_path / "store").mkdir()
    (tmp_path / "store/conversations.db").write_bytes(b"x" * 30)
    (tmp_path / "conversations.db-wal").write_bytes(b"x" * 4)
    assert size(tmp_path, without=("log",)) == 34
