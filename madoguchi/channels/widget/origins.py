"""Which websites may use this server from a visitor's browser (CORS, the Fetch standard)."""

from __future__ import annotations

import re
from collections.abc import Sequence

# scheme://host[:port] as browsers write it: lower case, punycode, no path; `:*` for any port
_ORIGIN = re.compile(r"https?://(?:[a-z0-9-]+(?:\.[a-z0-9-]+)*|\[[0-9a-f:]+\])(?::(?:\d{1,5}|\*))?")
# How long a browser may remember that it asked; two hours is the most that Chromium does
PREFLIGHT_SECONDS = 7200


def is_origin(text: str) -> bool:
    """Whether `text` can stand in the list of origins.

    >>> is_origin("https://www.example.jp"), is_origin("http://localhost:*")
    (True, True)
    >>> is_origin("https://www.example.jp/"), is_origin("*"), is_origin("null"), is_origin("https://*.example.jp")
    (False, False, False, False)
    """
    return _ORIGIN.fullmatch(text) is not None


class Origins:
    """The configured origins. A browser names the page's origin itself, and no script can change that."""

    def __init__(self, allowed: Sequence[str]) -> None:
        self._exact = frozenset(origin for origin in allowed if not origin.endswith(":*"))
        self._any_port = frozenset(origin.removesuffix(":*") for origin in allowed if origin.endswith(":*"))

    def allow(self, origin: str) -> bool:
        """Whether pages of `origin` may ask."""
        if not is_origin(origin) or origin.endswith(":*"):
            return False
        return origin in self._exact or re.sub(r":\d+\Z", "", origin) in self._any_port

    def headers(self, origin: str | None) -> dict[str, str]:
        """What lets a page of `origin` read the response: that origin by name, or nothing."""
        if origin is None or not self.allow(origin):
            return {"Vary": "Origin"}
        return {
            "Vary": "Origin",
            "Access-Control-Allow-Origin": origin,
            "Access-Control-Expose-Headers": "Retry-After",
        }

    def preflight(self, origin: str | None) -> dict[str, str]:
        """The answer to a browser that asks beforehand what it may send."""
        if origin is None or not self.allow(origin):
            return self.headers(origin)
        return self.headers(origin) | {
            "Access-Control-Allow-Methods": "GET, POST, PUT, DELETE",
            "Access-Control-Allow-Headers": "Authorization, Content-Type, If-None-Match",
            "Access-Control-Max-Age": str(PREFLIGHT_SECONDS),
        }
