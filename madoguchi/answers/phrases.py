"""The wording of replies, from `data/responses`: Rasa's response format, filled in here."""

from __future__ import annotations

import functools
import string
from pathlib import Path

from madoguchi.catalog import strict_yaml

FOLDER = Path("data/responses")


class Phrases:
    """Templates by name. The first text of a response is the one used: a desk's answer does not vary by chance."""

    def __init__(self, templates: dict[str, str]) -> None:
        self._templates = templates

    @property
    def names(self) -> frozenset[str]:
        return frozenset(self._templates)

    def say(self, name: str, /, **values: str) -> str:
        """The sentence `utter_<name>` with `values` put in. Raises KeyError for an unknown name or missing value."""
        return self._templates[f"utter_{name}"].format(**values)

    def fields(self, name: str) -> set[str]:
        """The values that the template `name` asks for."""
        return {field for _, field, _, _ in string.Formatter().parse(self._templates[name]) if field}


@functools.lru_cache(maxsize=4)
def load(folder: Path = FOLDER) -> Phrases:
    """The phrases of every file in `folder`. Raises CatalogError where a file is not plain YAML."""
    templates: dict[str, str] = {}
    for file in sorted(folder.glob("*.yml")):
        node, _ = strict_yaml.load(file)
        responses = node.get("responses") if isinstance(node, dict) else None
        if isinstance(responses, dict):
            for name, variants in responses.items():
                if isinstance(variants, list) and variants and isinstance(variants[0], dict):
                    templates[name] = str(variants[0].get("text", "")).strip()
    return Phrases(templates)
