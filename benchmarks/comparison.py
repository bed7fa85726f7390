"""What was measured of one assistant, and how two of them compare with what was aimed at."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from benchmarks.measuring import Memory
from benchmarks.systems import Training

MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Load:
    """What so many users at once met with. Times in seconds."""

    users: int
    messages: int
    per_second: float
    p50: float
    p95: float
    p99: float


@dataclass(slots=True)
class Figures:
    """What was measured of one assistant: seconds, bytes, counts.

    Its memory: `idle` after the first answer, `warm` after the first messages, `after` the load.
    """

    training: Training
    starts: list[float] = field(default_factory=list)
    start_cpu: float = 0.0
    idle: Memory = field(default_factory=Memory)
    warm: Memory = field(default_factory=Memory)
    loads: dict[int, Load] = field(default_factory=dict)
    cpu_per_message: float = 0.0
    actions_cpu_per_message: float = 0.0
    messages_until_memory: int = 0
    after: Memory = field(default_factory=Memory)
    p50_early: float | None = None  # None where no long conversation was held
    p50_late: float | None = None
    stored_per_turn: float = 0.0
    asked: int = 0
    right: int = 0
    errors: dict[str, int] = field(default_factory=dict)

    @property
    def start(self) -> float:
        """Seconds to the first answer: the middle one of the starts."""
        return sorted(self.starts)[(len(self.starts) - 1) // 2]


@dataclass(frozen=True, slots=True)
class Catalogs:
    """Our catalog beside a generated one with `programs` programmes; seconds. `first_start` may fill a cache."""

    programs: int
    p50_ours: float
    p50_generated: float
    start_ours: float
    first_start: float
    start_generated: float


@dataclass(frozen=True, slots=True)
class Lags:
    """The longest step of the event loop, and the longest that something due waited: seconds, by number of users.

    With several users the steps of all of them may be due at once.
    """

    held: Mapping[int, float]
    late: Mapping[int, float]


@dataclass(frozen=True, slots=True)
class Target:
    """A figure that was aimed at, and what came out. `than` says what is compared, `unit` what is counted."""

    name: str
    than: str
    value: float
    bound: float
    kind: Literal["at least", "at most"]
    unit: str = "×"

    @property
    def met(self) -> bool:
        """Whether it was reached."""
        return self.value >= self.bound if self.kind == "at least" else self.value <= self.bound


# What madoguchi is to be against each baseline: how many times as much, or how many times as little.
MORE: tuple[tuple[str, Mapping[str, float], Callable[[Figures, Figures], float]], ...] = (
    (
        "messages/s, 8 users",
        {"spacy": 12, "lean": 6},
        lambda we, they: we.loads[8].per_second / they.loads[8].per_second,
    ),
    ("p50, 1 user", {"spacy": 12, "lean": 6}, lambda we, they: they.loads[1].p50 / we.loads[1].p50),
    ("start to first answer", {"spacy": 4, "lean": 4}, lambda we, they: they.start / we.start),
    # By processor time: a training is measured once, perhaps beside other work
    ("training", {"spacy": 5, "lean": 5}, lambda we, they: they.training.cpu_seconds / we.training.cpu_seconds),
    ("memory after the load", {"spacy": 2, "lean": 2}, lambda we, they: they.after.resident / we.after.resident),
)


def targets(figures: Mapping[str, Figures], catalogs: Catalogs | None, lags: Lags | None = None) -> list[Target]:
    """Every target that `figures` (by id of the system), `catalogs` and `lags` tell something about."""
    found: list[Target] = []
    we = figures.get("madoguchi")
    if we is None:
        return found
    for name, bounds, ratio in MORE:
        for other, bound in bounds.items():
            they = figures.get(other)
            if they is None:
                continue
            target = Target(name, other, ratio(we, they), bound, "at least")
            if name == "training" and they.training.epochs:
                # The rest of it would only make the ratio larger: this can show that the target is met, no more
                target = replace(target, name=f"training, {they.training.epochs} epochs of it")
                if not target.met:
                    continue
            found.append(target)
    # A leak is in the pages that the server made. A mapped file's come when somebody first looks at them: the smallest
    # of the first answers looks at a few, and what it was would decide the ratio (docs/design/benchmark.md)
    found.append(Target("own memory after the load", "idle", we.after.own / we.idle.own, 1.05, "at most"))
    grown = we.after.resident / we.warm.resident
    found.append(Target("memory after the load", "warm-up", grown, 1.05, "at most"))
    if we.p50_early and we.p50_late:
        found.append(Target("p50 at turn 300", "turn 3", we.p50_late / we.p50_early, 1.3, "at most"))
    if catalogs:
        size = f"{catalogs.programs:,} programmes"
        slower = catalogs.p50_generated / catalogs.p50_ours
        later = catalogs.start_generated / catalogs.start_ours
        found.append(Target(f"p50, {size}", "our catalog", slower, 1.5, "at most"))
        found.append(Target(f"start, {size}", "our catalog", later, 2, "at most"))
    if lags:
        for users, longest in lags.held.items():
            found.append(Target(f"event loop held, {users} user(s)", "", longest * 1000, 50, "at most", "ms"))
    return found
