"""What an utterance says around the names in it: the intent does not depend on which programme is meant."""

from __future__ import annotations

from typing import Any

from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

# Symbols that nobody types; one a kind, so that 「※の電話」 and 「§の電話」 stay different
MASKS = {"program": "※", "contact": "§", "organization": "§"}


def masked(message: Message) -> str:
    """The text with each named programme and office as one symbol."""
    return _replaced(message, MASKS)


def unmarked(message: Message) -> str:
    """The text without the names in it."""
    return _replaced(message, dict.fromkeys(MASKS, " "))


def _replaced(message: Message, symbols: dict[str, str]) -> str:
    text: str = message.get(TEXT) or ""
    entities: list[dict[str, Any]] = [e for e in message.get(ENTITIES, []) if e["entity"] in symbols]
    for entity in sorted(entities, key=lambda e: -int(e["start"])):
        text = text[: entity["start"]] + symbols[entity["entity"]] + text[entity["end"] :]
    return text
