"""What was read from a catalog's files, before anybody has followed its references."""

from __future__ import annotations

from dataclasses import dataclass, field

from madoguchi.catalog.model import Case, Contact, Document, Organization, Program, Settings, Term
from madoguchi.catalog.problems import Problem
from madoguchi.catalog.reading import Place, Record

VOCABULARY = ("attributes", "kinds", "needs", "tags", "measures", "periods", "means", "unstated", "schemes")


@dataclass(slots=True)
class Draft:
    """Everything read so far, and where it was read: what `validate` looks at before a Catalog is made of it."""

    settings: Settings | None = None
    documents: list[Document] = field(default_factory=list)
    organizations: list[Organization] = field(default_factory=list)
    contacts: list[Contact] = field(default_factory=list)
    cases: list[Case] = field(default_factory=list)
    terms: dict[str, list[Term]] = field(default_factory=lambda: {name: [] for name in VOCABULARY})
    programs: list[Program] = field(default_factory=list)
    places: dict[str, tuple[Place, str]] = field(default_factory=dict)  # id or fact key -> file and key path
    problems: list[Problem] = field(default_factory=list)

    def place(self, kind: str, name: str, record: Record) -> None:
        """Remember where `name` was defined; a second definition of the same name is an error."""
        key = f"{kind}:{name}"
        if name and key in self.places:
            first, path = self.places[key]
            record.place.report(
                record.at("id"),
                found=name,
                write=f"別の id にしてください。{first.file.name}:{first.lines.of(path)} で使っています。",
                english=f"This id is taken in {first.file.name}, line {first.lines.of(path)}: choose another.",
            )
        else:
            self.places[key] = (record.place, record.path)

    def report(
        self, kind: str, name: str, key: str, *, found: object, write: str, english: str, warning: bool = False
    ) -> None:
        """Note a problem with what was defined as `name`."""
        place, path = self.places[f"{kind}:{name}"]
        place.report(f"{path}.{key}" if path else key, found=found, write=write, english=english, warning=warning)
