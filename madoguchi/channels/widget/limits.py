"""How often somebody may ask: at most so many in any minute, with the time to wait where that is too often."""

from __future__ import annotations

from collections import OrderedDict, deque

MINUTE = 60.0
# Whoever was silent for a minute is dropped at once, so this bounds an attack from many addresses, not a busy day.
# A full key of 300 times takes about 10 KB.
MOST_KEYS = 10_000


class Limiter:
    """At most `per_minute` of each key in any 60 seconds. The caller has the clock: any one that only goes forward."""

    def __init__(self, per_minute: int, *, most_keys: int = MOST_KEYS) -> None:
        self._per_minute = per_minute
        self._most_keys = most_keys
        self._times: OrderedDict[str, deque[float]] = OrderedDict()  # the key that asked last comes last

    def __len__(self) -> int:
        """How many keys are remembered."""
        return len(self._times)

    def wait(self, key: str, *, now: float) -> float:
        """0.0 and counted, or the seconds until `key` may ask again, and not counted."""
        self._forget(now)
        times = self._times.get(key)
        if times is None:
            times = self._times[key] = deque()
        while times and times[0] <= now - MINUTE:
            times.popleft()
        if len(times) >= self._per_minute:
            return times[0] + MINUTE - now
        times.append(now)
        self._times.move_to_end(key)
        return 0.0

    def _forget(self, now: float) -> None:
        """Drop the keys that were silent for a minute, and the quietest where there are too many."""
        while self._times:
            key, times = next(iter(self._times.items()))
            if times and times[-1] > now - MINUTE and len(self._times) < self._most_keys:
                return
            del self._times[key]
