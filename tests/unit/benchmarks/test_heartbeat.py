"""benchmarks.heartbeat: a loop that is held is seen."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

import pytest
import uvloop

from benchmarks.heartbeat import BEAT, Heartbeat, beat, note_steps
from benchmarks.users import LAGS_PATH

HELD = 0.2


async def watched(work: Callable[[], None], times: int) -> tuple[list[float], list[float]]:
    """The steps and the late beats while `work` is done so many times, each in a step of its own."""
    held: list[float] = []
    late: list[float] = []
    loop = asyncio.get_running_loop()
    note_steps(loop, held)
    beating = asyncio.create_task(beat(late))
    await asyncio.sleep(2 * BEAT)
    for _ in range(times):
        loop.call_soon(work)
    await asyncio.sleep(2 * BEAT)
    beating.cancel()
    return held, late


@pytest.mark.parametrize("new_loop", [asyncio.new_event_loop, uvloop.new_event_loop], ids=["asyncio", "uvloop"])
def test_一歩の長さと_待たされた長さが見える(new_loop: Callable[[], asyncio.AbstractEventLoop]) -> None:
    with asyncio.Runner(loop_factory=new_loop) as runner:
        held, late = runner.run(watched(lambda: time.sleep(HELD), times=3))
    assert len([seconds for seconds in held if seconds >= HELD]) == 3
    # Three steps that are due at once keep everything else waiting for all three
    assert max(late) > 3 * HELD - 2 * BEAT


def test_測る側の道は口の名と合う() -> None:
    assert f"/webhooks/{Heartbeat().url_prefix()}/lags" == LAGS_PATH
