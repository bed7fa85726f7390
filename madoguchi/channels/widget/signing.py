"""Tokens that prove to whom a conversation belongs: issued by this server, readable by all, made by nobody else.

A token is a JSON Web Token (RFC 7519) under HMAC-SHA-256. The server keeps no list of them.
"""

from __future__ import annotations

import secrets
from datetime import timedelta

import jwt

ALGORITHM = "HS256"
AUDIENCE = "madoguchi-widget"  # a token made for something else with the same key is none of ours
# RFC 7518, section 3.2: a key of the hash's size or larger
SHORTEST_KEY = 32


class Refused(Exception):
    """The token is no token of ours, or no longer."""


def new_conversation() -> str:
    """A conversation id that nobody guesses: 128 random bits behind the channel's name."""
    return f"widget-{secrets.token_urlsafe(16)}"


class Signer:
    """Issues tokens under one key, and reads them back."""

    def __init__(self, key: bytes, *, lifetime: timedelta) -> None:
        if len(key) < SHORTEST_KEY:
            raise ValueError(f"a signing key has at least {SHORTEST_KEY} bytes, not {len(key)}")
        self._key = key
        self._lifetime = lifetime

    def token(self, conversation: str, *, now: float) -> str:
        """A token of the conversation, good for one lifetime from `now` (seconds since 1970)."""
        claims = {"sub": conversation, "aud": AUDIENCE, "exp": int(now + self._lifetime.total_seconds())}
        return jwt.encode(claims, self._key, algorithm=ALGORITHM)

    def conversation(self, token: str) -> str:
        """The conversation whose token this is. Raises `Refused` for a forged, foreign or expired one."""
        try:
            claims = jwt.decode(
                token,
                self._key,
                algorithms=[ALGORITHM],  # never what the token itself asks for: "none" is a name of one
                audience=AUDIENCE,
                options={"require": ["sub", "aud", "exp"]},
            )
        except jwt.InvalidTokenError as error:
            raise Refused(str(error)) from error
        return str(claims["sub"])
