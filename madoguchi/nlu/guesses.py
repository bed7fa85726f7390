"""What the writer of a text may have meant, each with its share of the likelihood.

The text as it was typed, as the restorer has it, and with one slip of the finger undone (きくら, いらく for いくら).
Each costs what its slip does, what the examples' words say of it (restoring), and what all of Japanese says, in the
costs of Sudachi's dictionary: the examples know few words, and the dictionary nothing of the subject.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import NamedTuple

from madoguchi.japanese.folding import is_kana
from madoguchi.japanese.keys import beside
from madoguchi.japanese.morphology import strangeness
from madoguchi.nlu.restoring import NEIGHBOUR, TURNED, Restorer

# Chosen by cross-validation (docs/adr/0006-other-writings.md)
_NAT = 1000  # of the dictionary's costs
_RESTORED = 2.0  # nats: the restorer has charged for its changes already
_CLOSEST = 8  # texts of which the examples' words are asked
_LEAST = 0.05  # the share below which a guess is left out


class Guess(NamedTuple):
    """A text, and how likely it was meant; the shares of all guesses make 1."""

    text: str
    share: float


def guesses(text: str, restorer: Restorer) -> list[Guess]:
    """What the writer of `text` may have meant, the likeliest first."""
    restored = restorer.restore(text)
    prices = {**_undone(text), restored: _RESTORED, text: 0.0}
    japanese = {other: price + strangeness(other) / _NAT for other, price in prices.items()}
    closest = {*sorted(japanese, key=japanese.__getitem__)[:_CLOSEST], restored, text}
    # Halved, for both models say much the same
    nats = {other: (japanese[other] + restorer.price(other)) / 2 for other in sorted(closest)}
    least = min(nats.values())
    shares = {other: math.exp(least - price) for other, price in nats.items()}
    total = sum(shares.values())
    kept = {other: share for other, share in shares.items() if share >= _LEAST * total}
    total = sum(kept.values())
    return [Guess(other, share / total) for other, share in sorted(kept.items(), key=lambda item: -item[1])]


def _undone(text: str) -> dict[str, float]:
    """The texts of which one slip of the finger makes `text`, with the price of the slip in nats."""
    return {other: price for other, price in _slips(text) if other != text}


def _slips(text: str) -> Iterator[tuple[str, float]]:
    for place, letter in enumerate(text):
        behind = text[place + 1 : place + 2]
        if behind and is_kana(letter + behind):
            yield f"{text[:place]}{behind}{letter}{text[place + 2 :]}", TURNED
        for other in beside(letter):
            yield f"{text[:place]}{other}{text[place + 1 :]}", NEIGHBOUR
