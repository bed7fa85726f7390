"""What the users of the benchmark say, never the same string twice, and what makes a reply right.

The sentences stand in conversations.yml beside this file, the figures and names in data/programs.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import yaml

from madoguchi.catalog import Catalog

BOOK = Path(__file__).with_name("conversations.yml")
# Draws before a turn counts as used up. With half of its wordings sent, 50 draws in vain happen once in 2^50 turns.
DRAWS = 50
TEN_THOUSAND_YEN = 10_000  # 万円, in which people and conversations.yml speak of prices


class UsedUp(Exception):
    """A turn has no wording left that was not sent; the text says which."""


@dataclass(frozen=True, slots=True)
class Expected:
    """What a right reply says, each string of it, and what it calls itself where that is checked."""

    says: tuple[str, ...] = ()
    outcome: str | None = None

    def fits(self, text: str, outcome: str | None) -> bool:
        """Whether a reply with this text and outcome is right."""
        return all(figure in text for figure in self.says) and self.outcome in (None, outcome)


@dataclass(frozen=True, slots=True)
class Message:
    """One thing that a user says, and what a right reply to it is."""

    text: str
    expected: Expected


class Conversations:
    """An endless supply of conversations in a random order that `seed` fixes; no text comes twice."""

    def __init__(self, book: Mapping[str, Any], catalog: Catalog, *, seed: int) -> None:
        self._book = book
        self._catalog = catalog
        self._random = random.Random(seed)
        self._sent: set[str] = set()

    @classmethod
    def from_file(cls, catalog: Catalog, *, seed: int, book: Path = BOOK) -> Conversations:
        """The conversations of `book` about the programmes of `catalog`."""
        return cls(yaml.safe_load(book.read_text(encoding="utf-8")), catalog, seed=seed)

    def holding(self, messages: int) -> list[list[Message]]:
        """Whole conversations with at least so many messages in all; raises UsedUp."""
        found: list[list[Message]] = []
        while messages > 0:
            found.append(self.one())
            messages -= len(found[-1])
        return found

    def one(self) -> list[Message]:
        """The next conversation; raises UsedUp."""
        conversation = self._random.choice(self._book["conversations"])
        return [self._message(conversation, turn) for turn in conversation["turns"]]

    def long(self, turns: int) -> list[Message]:
        """One conversation of so many turns, the same questions in the same order again and again; raises UsedUp."""
        named = {conversation["name"]: conversation for conversation in self._book["conversations"]}
        cycle = [(named[name], turn) for name in self._book["long_conversation"] for turn in named[name]["turns"]]
        return [self._message(*cycle[number % len(cycle)]) for number in range(turns)]

    @property
    def period(self) -> int:
        """After how many turns a long conversation asks the same again."""
        names = self._book["long_conversation"]
        return sum(len(c["turns"]) for c in self._book["conversations"] if c["name"] in names)

    def _message(self, conversation: Mapping[str, Any], turn: Mapping[str, Any]) -> Message:
        for _ in range(DRAWS):
            price = self._random.choice(range(*turn["price"])) if "price" in turn else 0
            text = self._worded(turn["ask"], price, {**self._book, **conversation, **turn})
            if text not in self._sent:
                self._sent.add(text)
                return Message(text, expected(turn, self._catalog, price=price))
        raise UsedUp(f"{conversation['name']}: every wording of {turn['ask'][0]!r} was sent")

    def _worded(self, asks: Sequence[str], price: int, subject: Mapping[str, Any]) -> str:
        choose = self._random.choice
        sentence = choose(asks).replace("{price}", f"{price:,}" if choose((True, False)) else str(price))
        if "{program}" in sentence:
            sentence = sentence.replace("{program}", choose(self._names(subject["program"])))
        if "{office}" in sentence:
            sentence = sentence.replace("{office}", self._catalog.contacts[subject["office"]].name)
        for ending, others in subject["endings"].items():
            if sentence.endswith(ending):
                sentence = sentence.removesuffix(ending) + choose(others)
                break
        return f"{choose(subject['before'])}{sentence}{choose(subject['after'])}"

    def _names(self, program: str) -> tuple[str, ...]:
        """The programme's name and the longest of its other names: short ones mean several programmes."""
        found = self._catalog.programs[program]
        return (found.name, *sorted(found.aliases, key=lambda alias: (-len(alias), alias))[:3])


def expected(turn: Mapping[str, Any], catalog: Catalog, *, price: int = 0) -> Expected:
    """What a right reply to `turn` is; `price` is in 万円."""
    says = [catalog.fact(key).printed for key in turn.get("facts", ())]
    says += [str(catalog.contacts[key].telephone) for key in turn.get("contacts", ())]
    for key in turn.get("percent_of_price", ()):
        says.append(f"{_ten_thousands(price * _number(catalog, key) / 100):,}万円")
    if "short_of" in turn:
        short = _number(catalog, turn["short_of"]) / TEN_THOUSAND_YEN - price
        says.append(f"{_ten_thousands(short):,}万円")
    return Expected(tuple(says), turn.get("outcome"))


def _number(catalog: Catalog, key: str) -> Fraction:
    value = catalog.fact(key).value
    assert isinstance(value, int | Fraction), f"{key} is no number"
    return Fraction(value)


def _ten_thousands(amount: Fraction) -> int:
    assert amount.denominator == 1, f"{amount} 万円 would be said with yen: choose other prices"
    return int(amount)
