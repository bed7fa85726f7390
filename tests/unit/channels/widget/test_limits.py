"""madoguchi.channels.widget.limits: so many a minute and no more, whatever the rhythm; memory that has an end."""

from __future__ import annotations

from madoguchi.channels.widget.limits import Limiter


def test_一分に決まった数まで_その次は待つ秒数() -> None:
    limiter = Limiter(15)
    assert [limiter.wait("a", now=1000.0 + i) for i in range(15)] == [0.0] * 15
    assert limiter.wait("a", now=1014.0) == 46.0
    assert limiter.wait("a", now=1059.9) > 0
    assert limiter.wait("a", now=1060.0) == 0.0


def test_どの六十秒をとっても超えない() -> None:
    limiter = Limiter(15)
    passed = [second for second in range(0, 600) if limiter.wait("a", now=float(second)) == 0.0]
    assert max(sum(start <= second < start + 60 for second in passed) for start in range(600)) == 15


def test_断られた回は数えない() -> None:
    limiter = Limiter(2)
    for now in (0.0, 1.0, *range(2, 60)):
        limiter.wait("a", now=now)
    assert limiter.wait("a", now=60.0) == 0.0


def test_人ごとに数える() -> None:
    limiter = Limiter(1)
    assert limiter.wait("a", now=0.0) == 0.0
    assert limiter.wait("b", now=0.0) == 0.0
    assert limiter.wait("a", now=0.0) == 60.0


def test_黙って一分たった人は忘れる() -> None:
    limiter = Limiter(5)
    for i in range(1000):
        limiter.wait(f"visitor-{i}", now=0.0)
    assert len(limiter) == 1000
    limiter.wait("late", now=61.0)
    assert len(limiter) == 1


def test_話し続ける人の陰で_黙った人も忘れる() -> None:
    limiter = Limiter(5)
    limiter.wait("talking", now=0.0)
    for i in range(1000):
        limiter.wait(f"visitor-{i}", now=1.0)
    limiter.wait("talking", now=30.0)
    limiter.wait("late", now=61.5)
    assert len(limiter) == 2


def test_大勢に攻められても覚える数に限りがある() -> None:
    limiter = Limiter(5, most_keys=100)
    for i in range(10_000):
        limiter.wait(f"address-{i}", now=i / 1000)
    assert len(limiter) <= 100
