"""For every test: the same quiet environment as the server's, telemetry off, before anything imports Rasa."""

from __future__ import annotations

from madoguchi.terminal import silence

silence()


def pytest_make_parametrize_id(val: object) -> str | None:
    """Japanese as it is written; what cannot be printed, such as half a surrogate pair, as its escape."""
    if not isinstance(val, str):
        return None
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in val)
