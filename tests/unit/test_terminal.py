"""madoguchi.terminal: how a command ends."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator

import pytest

from madoguchi.terminal import Advice, exit_code


@pytest.fixture(autouse=True)
def signals_as_before() -> Iterator[None]:
    names = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = [signal.getsignal(name) for name in names]
    yield
    for name, handler in zip(names, before, strict=True):
        signal.signal(name, handler)


def test_仕事の終わり方が出口の番号になる(capsys: pytest.CaptureFixture[str]) -> None:
    assert exit_code(lambda: 3) == 3

    def advise() -> int:
        raise Advice("直し方\nthe mend")

    assert exit_code(advise) == 1
    assert capsys.readouterr().err == "\n直し方\nthe mend\n"


@pytest.mark.parametrize("name", [signal.SIGINT, signal.SIGTERM])
def test_止められたら130(name: signal.Signals, capsys: pytest.CaptureFixture[str]) -> None:
    def stopped() -> int:
        os.kill(os.getpid(), name)
        return 0

    assert exit_code(stopped, interrupted="やめた") == 130
    assert "やめた" in capsys.readouterr().err


def test_ほかの誤りは隠さない() -> None:
    def wrong() -> int:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        exit_code(wrong)
