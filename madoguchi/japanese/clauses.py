"""Where the sentences of a message begin and end."""

from __future__ import annotations

import re
from collections.abc import Iterator

_END = re.compile(r"[。．!！?？\n]+|(?:[、,]\s*|\s+)(?=(?:あと|それと|それから|ついでに|ほんで)[^でま])")


def spans(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each sentence of `text`, in code points; a comma before あと or それと ends one as well.

    >>> [(s, e) for s, e in spans('減税は？それと電話')]
    [(0, 4), (4, 9)]
    """
    start = 0
    for sign in _END.finditer(text):
        yield start, sign.end()
        start = sign.end()
    if start < len(text):
        yield start, len(text)
