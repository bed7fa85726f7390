"""The reply contract: one structure that every channel, page and report reads."""

from __future__ import annotations

import functools
import hashlib
import json
from dataclasses import dataclass, field, replace
from enum import StrEnum
from fractions import Fraction
from pathlib import Path
from typing import Any

from madoguchi.answers.question import Choice, Focus
from madoguchi.catalog.model import Contact, Fact, Program, Value

VERSION = "1"
SCHEMA_FILE = Path(__file__).with_name("reply.schema.json")


class Outcome(StrEnum):
    """Whether the question was answered, and if not, why."""

    ANSWERED = "answered"
    ASKED = "asked"  # the assistant asks which of several is meant
    SILENT = "silent"  # in scope, but the documents do not state it
    OUT_OF_SCOPE = "out_of_scope"
    ERROR = "error"


@dataclass(frozen=True, slots=True, kw_only=True)
class Computed:
    """A figure that is worked out, with the keys of the facts and the user's amounts that went into it."""

    name: str
    value: int
    unit: str
    printed: str
    inputs: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """An answer, complete: `lead` answers, `details` follow in the text, the rest is for rich channels."""

    outcome: Outcome
    lead: str
    details: tuple[str, ...] = ()
    programs: tuple[Program, ...] = ()  # those it is about, then those that its facts belong to
    facts: tuple[Fact, ...] = ()
    computed: tuple[Computed, ...] = ()
    contacts: tuple[Contact, ...] = ()
    choices: tuple[Choice, ...] = ()
    notes: tuple[str, ...] = ()
    origin: str = ""  # the compact line: programme, as-of, document
    contact_line: str = ""
    focus: Focus = field(default_factory=Focus)
    erases: bool = False  # whether the conversation is to be deleted, this reply included

    @property
    def text(self) -> str:
        """The reply for someone who sees nothing else."""
        return "\n".join(
            part for part in (self.lead, *self.details, *self.notes, self.origin, self.contact_line) if part
        )

    def as_custom(self, *, model: str, catalog: str) -> dict[str, Any]:
        """The versioned structure of `reply.schema.json`, with the digests of the model and of the catalog."""
        return {
            "version": VERSION,
            "outcome": self.outcome.value,
            "lead": self.lead,
            "details": [detail for detail in self.details if detail],
            "text": self.text,
            "programs": [{"id": program.id, "name": program.name} for program in self.programs],
            "facts": [_fact(fact) for fact in self.facts] + [_computed(figure) for figure in self.computed],
            "contacts": [contact_as_json(contact) for contact in self.contacts],
            "choices": [{"title": choice.title, "token": choice.token} for choice in self.choices],
            "notes": list(self.notes),
            "origin": self.origin,
            "model": model,
            "catalog": catalog,
        }

    def with_tokens(self) -> Reply:
        """The reply with a token for every choice, and the choices remembered in its focus."""
        choices = tuple(replace(choice, token=_token(choice)) for choice in self.choices)
        return replace(self, choices=choices, focus=replace(self.focus, choices=choices))


def _token(choice: Choice) -> str:
    """Eight characters that say nothing of what they stand for."""
    content = json.dumps(
        [choice.intent, choice.programs, choice.attributes, choice.cases, choice.periods, choice.contacts, choice.needs]
    )
    return "@" + hashlib.blake2s(content.encode(), digest_size=4).hexdigest()


def _json_value(value: Value) -> int | float | str | None:
    return float(value) if isinstance(value, Fraction) else value


def _fact(fact: Fact) -> dict[str, Any]:
    return {
        "type": "stated",
        "program": fact.program,
        "id": fact.key,
        "attribute": fact.attribute.value,
        "name": fact.name,
        "value": _json_value(fact.value),
        "upper": _json_value(fact.upper),
        "unit": fact.unit.value,
        "printed": fact.printed,
        "bound": fact.bound.value,
        "condition": list(fact.applies_to),
        "period": fact.period,
        "as_of": fact.as_of,
        "document": fact.source.document,
        "section": fact.source.section,
        "page": fact.source.page,
    }


def _computed(figure: Computed) -> dict[str, Any]:
    return {
        "type": "computed",
        "name": figure.name,
        "value": figure.value,
        "unit": figure.unit,
        "printed": figure.printed,
        "inputs": list(figure.inputs),
    }


def contact_as_json(contact: Contact) -> dict[str, str | None]:
    """An office as `reply.schema.json` has it."""
    return {
        "id": contact.id,
        "office": contact.name,
        "telephone": contact.telephone,
        "extension": contact.extension,
        "mail": contact.mail,
        "web": contact.web,
        "note": contact.role,
    }


@functools.cache
def schema() -> dict[str, Any]:
    """The JSON Schema that `as_custom` fulfils."""
    loaded: dict[str, Any] = json.loads(SCHEMA_FILE.read_text(encoding="utf-8"))
    return loaded
