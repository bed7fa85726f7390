"""A question as an action hands it over, and what the conversation was about before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any

from madoguchi.catalog.names import Mention
from madoguchi.japanese.courtesy import courtesies, without_courtesy
from madoguchi.japanese.moves import starts_anew

LIKELY = 0.35  # confidence below which a kind of question was not understood; made-up words reach 0.31


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A reply's button: its title, an opaque token, and the question it stands for."""

    title: str
    token: str
    intent: str
    programs: tuple[str, ...] = ()
    attributes: tuple[str, ...] = ()
    cases: tuple[str, ...] = ()
    periods: tuple[str, ...] = ()
    contacts: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Focus:
    """What the conversation is about: the last question's subject, and the choices that were offered with it.

    It is of bounded size, so that the three-hundredth turn costs what the third did.
    """

    intent: str = ""
    programs: tuple[str, ...] = ()
    attributes: tuple[str, ...] = ()
    cases: tuple[str, ...] = ()
    periods: tuple[str, ...] = ()
    contacts: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    earlier: tuple[str, ...] = ()  # programmes talked about before, latest first, at most six
    choices: tuple[Choice, ...] = ()
    rest: tuple[str, ...] = ()  # what a long list has not shown yet
    amount: int = 0  # yen of the person's own of which a share was worked out
    misses: int = 0  # questions in a row that were not understood
    cautioned: bool = False  # whether 現在の内容は窓口で… has been said

    @classmethod
    def read(cls, stored: Mapping[str, Any] | None) -> Focus:
        """The focus that `as_dict` wrote; an empty one for None, unknown keys of another version left out."""
        if not isinstance(stored, Mapping):
            return cls()
        values: dict[str, Any] = {k: _frozen(v) for k, v in stored.items() if k in _FOCUS and k != "choices"}
        choices = tuple(
            Choice(**{k: _frozen(v) for k, v in choice.items() if k in _CHOICE})
            for choice in stored.get("choices", [])
            if isinstance(choice, Mapping) and {"title", "token", "intent"} <= choice.keys()
        )
        return cls(**values, choices=choices)

    def as_dict(self) -> dict[str, Any]:
        """The focus as JSON can hold it, empty values left out."""
        written = {name: value for name in _FOCUS if (value := getattr(self, name))}
        if self.choices:
            written["choices"] = [{name: getattr(choice, name) for name in _CHOICE} for choice in self.choices]
        return written

    def on(self, programs: tuple[str, ...]) -> Focus:
        """The focus moved to other programmes; those before are remembered."""
        if programs == self.programs:
            return self
        left = tuple(p for p in (*self.programs, *self.earlier) if p not in programs)
        return replace(self, programs=programs, earlier=left[:6], amount=0)


# dataclasses.asdict copies every value; these are frozen, and written at every turn
_FOCUS = tuple(entry.name for entry in fields(Focus))
_CHOICE = tuple(entry.name for entry in fields(Choice))


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What a person said, what it was taken for, and what was talked about before."""

    text: str
    intent: str
    confidence: float = 1.0
    mentions: tuple[Mention, ...] = ()
    focus: Focus = field(default_factory=Focus)

    def on_its_own(self) -> Question:
        """The question without what was talked about before, where it says that it changes the subject."""
        if not starts_anew(self.text):
            return self
        return replace(self, focus=Focus(cautioned=self.focus.cautioned))

    def without_courtesy(self) -> Question:
        """The same question as somebody without manners puts it; the mentions, none of them in courtesy, move along."""
        polite = courtesies(self.text)

        def moved(place: int) -> int:
            return place - sum(end - start for start, end in polite if end <= place)

        mentions = tuple(replace(found, start=moved(found.start), end=moved(found.end)) for found in self.mentions)
        return replace(self, text=without_courtesy(self.text), mentions=mentions)


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
