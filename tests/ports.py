"""Port numbers for servers that tests start."""

from __future__ import annotations

import contextlib
import random
import socket

# Below those that systems hand to outgoing connections (from 32768 on Linux, 49152 elsewhere): a number the system
# chose, and that was let go, may be some other test's connection by the time the server wants it.
_UNASSIGNED = range(20000, 32000)
_candidates = iter(random.sample(_UNASSIGNED, len(_UNASSIGNED)))


def free_port() -> int:
    """The number of a port on which nobody listens, on no address of this machine; another one at each call."""
    for port in _candidates:
        with contextlib.suppress(OSError), socket.create_server(("", port)):
            return port
    raise OSError(f"no free port left in {_UNASSIGNED}")
