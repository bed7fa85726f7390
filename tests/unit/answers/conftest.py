"""A counter in a prefecture that does not exist: what it answers cannot come from Shiga's data."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pytest

from madoguchi.answers import desk, kinds, phrases
from madoguchi.answers.context import Context
from madoguchi.answers.phrases import Phrases
from madoguchi.answers.question import Focus, Question
from madoguchi.answers.reply import Reply
from madoguchi.catalog import Catalog, load, names

ROOT = Path(__file__).parents[3]
MINAMI = ROOT / "tests/data/catalog_minami"


@dataclass
class Counter:
    """Asks one question after the other; each is understood in the light of those before."""

    catalog: Catalog
    phrases: Phrases
    focus: Focus = field(default_factory=Focus)

    def context(self, text: str, intent: str, *, confidence: float = 1.0) -> Context:
        """The question `text`, taken for `intent`, with the names that the linker finds in it."""
        mentions = tuple(names(self.catalog).mentions(text))
        question = Question(text=text, intent=intent, confidence=confidence, mentions=mentions, focus=self.focus)
        return Context(question=question, catalog=self.catalog, phrases=self.phrases)

    def ask(self, text: str, intent: str) -> Reply:
        """The reply, as the action for `intent` gives it."""
        context = self.context(text, intent)
        special = {"follow_up": kinds.follow_up, "choose": desk.chosen, "nlu_fallback": desk.answer_anyway}
        answer = special.get(intent) or kinds.ANSWERS.get(intent) or desk.converse
        reply = (desk.exact(context) or answer(context)).with_tokens()
        self.focus = reply.focus
        return reply


@pytest.fixture
def counter() -> Counter:
    return Counter(catalog=load(MINAMI), phrases=phrases.load(ROOT / "data/responses"))


def facts(reply: Reply) -> list[str]:
    """The ids of the figures and texts that a reply rests on."""
    return [fact.key.partition(".")[2] for fact in reply.facts]
