"""benchmarks.heartbeat: a loop that is held is seen."""

from __future__ import annotations

import asyncio
import time

from benchmarks.heartbeat import BEAT, Heartbeat, beat
from benchmarks.users import LAGS_PATH

HELD = 0.2


async def beats_while_held(seconds: float) -> list[float]:
    lags: list[float] = []
    beating = asyncio.create_task(beat(lags))
    await asyncio.sleep(2 * BEAT)
    time.sleep(seconds)
    await asyncio.sleep(2 * BEAT)
    beating.cancel()
    return lags


def test_止まっていた時間が見える() -> None:
    assert max(asyncio.run(beats_while_held(HELD))) > HELD - 2 * BEAT


def test_測る側の道は口の名と合う() -> None:
    assert f"/webhooks/{Heartbeat().url_prefix()}/lags" == LAGS_PATH
