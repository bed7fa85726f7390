"""From a folder of YAML files to a Catalog, or to the complete list of what is wrong with them.

The folder holds `catalog.yml` (what the catalog is about), `sources.yml`, `contacts.yml`, `vocabulary.yml`, and one
file a programme in any depth of folders below. Files and folders whose name begins with "_" or "." are left out.
"""

from __future__ import annotations

import functools
import os
import re
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path

from madoguchi.catalog import strict_yaml
from madoguchi.catalog.catalog import Catalog
from madoguchi.catalog.draft import VOCABULARY, Draft
from madoguchi.catalog.model import (
    Attribute,
    Bound,
    Case,
    Contact,
    ContactLink,
    Document,
    Fact,
    Organization,
    Program,
    Settings,
    Source,
    Term,
    Unit,
    Value,
)
from madoguchi.catalog.problems import CatalogError, Problem
from madoguchi.catalog.reading import Place, Record
from madoguchi.catalog.validation import validate

FOLDER_VARIABLE = "MADOGUCHI_CATALOG"
DEFAULT_FOLDER = Path("data/programs")
RESERVED = ("catalog.yml", "sources.yml", "contacts.yml", "vocabulary.yml")

_RATIO = re.compile(r"([1-9]\d*)/([1-9]\d*)\Z")
_NEVER = date(1, 1, 1)


@dataclass(frozen=True, slots=True)
class _Origin:
    """What a part inherits from the programme around it, and a fact from its programme."""

    source: Source
    as_of: str
    checked_on: date


def folder() -> Path:
    """The catalog's folder: the environment variable MADOGUCHI_CATALOG, or `data/programs`."""
    return Path(os.environ.get(FOLDER_VARIABLE) or DEFAULT_FOLDER)


_handed_over: dict[Path, Catalog] = {}


def hand_over(path: Path, catalog: Catalog) -> None:
    """Let `load` return `catalog` for `path` from now on, without reading it."""
    load.cache_clear()
    _handed_over[path] = catalog


@functools.lru_cache(maxsize=4)
def load(path: Path) -> Catalog:
    """The catalog below `path`, read once a process.

    Raises CatalogError with every problem found. Warnings do not stop it: they are in `Catalog.warnings`.
    """
    if path in _handed_over:
        return _handed_over.pop(path)
    draft = read(path)
    if not draft.problems:  # a file that could not be read would make every reference to it look wrong
        validate(draft)
    errors = [problem for problem in draft.problems if not problem.warning]
    if errors or draft.settings is None:
        raise CatalogError(errors)
    return Catalog(
        settings=draft.settings,
        documents=draft.documents,
        organizations=draft.organizations,
        contacts=draft.contacts,
        cases=draft.cases,
        terms=draft.terms,
        programs=draft.programs,
        warnings=[problem for problem in draft.problems if problem.warning],
    )


def read(path: Path) -> Draft:
    """Everything that stands below `path`, with the problems of form; references are not followed yet."""
    draft = Draft()
    for name in RESERVED:
        file = path / name
        if not file.is_file():
            draft.problems.append(
                Problem(
                    file=file,
                    line=None,
                    key="-",
                    found="(ファイルがありません)",
                    write=f"{FOLDER_VARIABLE} の指すフォルダーに {name} を置いてください。",
                    english=f"File not found: put {name} into the folder that {FOLDER_VARIABLE} names.",
                )
            )
    if draft.problems:
        return draft
    for file in sorted(path.rglob("*.yaml")):
        draft.problems.append(
            Problem(
                file=file,
                line=None,
                key="-",
                found=file.suffix,
                write="ファイルの名の終わりを .yml にしてください。",
                english="Not read: let the file's name end in .yml.",
            )
        )
    files = [path / name for name in RESERVED]
    files += sorted(file for file in path.rglob("*.yml") if file not in files and not _left_out(file.relative_to(path)))
    for file in files:
        try:
            node, lines = strict_yaml.load(file)
        except CatalogError as error:
            draft.problems.extend(error.problems)
            continue
        record = Record(node, "", Place(file, lines, draft.problems))
        if file.name in RESERVED and file.parent == path:
            {
                "catalog.yml": _read_settings,
                "sources.yml": _read_sources,
                "contacts.yml": _read_contacts,
                "vocabulary.yml": _read_vocabulary,
            }[file.name](record, draft)
        else:
            _read_program(record, draft, parent=None, origin=None)
        record.close()
    return draft


def _left_out(relative: Path) -> bool:
    return any(part.startswith(("_", ".")) for part in relative.parts)


def _read_settings(record: Record, draft: Draft) -> None:
    draft.settings = Settings(
        name=record.text("name"),
        covers=record.text("covers"),
        general_contact=record.text("general_contact"),
        crisis_contact=record.optional_text("crisis_contact"),
    )
    draft.place("settings", "settings", record)


def _read_sources(record: Record, draft: Draft) -> None:
    for item in record.records("documents"):
        item.require("published")
        document = Document(
            id=item.id(),
            title=item.text("title"),
            short_name=item.text("short_name"),
            publisher=item.text("publisher"),
            published=item.moment("published") or "",
            standing=item.text("standing"),
            ask=item.text("ask"),
            aliases=item.texts("aliases"),
        )
        draft.place("document", document.id, item)
        draft.documents.append(document)
        item.close()


def _read_contacts(record: Record, draft: Draft) -> None:
    for item in record.records("organizations"):
        organization = Organization(
            id=item.id(), name=item.text("name"), reading=item.optional_text("reading"), aliases=item.texts("aliases")
        )
        draft.place("organization", organization.id, item)
        draft.organizations.append(organization)
        item.close()
    default = _read_origin(record, None)
    for item in record.records("contacts"):
        origin = _read_origin(item, default)
        contact = Contact(
            id=item.id(),
            name=item.text("name"),
            organization=item.text("organization"),
            place=item.optional_text("place"),
            reading=item.optional_text("reading"),
            aliases=item.texts("aliases"),
            applies_to=item.texts("applies_to"),
            role=item.optional_text("role"),
            telephone=item.optional_text("telephone"),
            extension=item.optional_text("extension"),
            mail=item.optional_text("mail"),
            web=item.optional_text("web"),
            source=origin.source,
            as_of=origin.as_of,
            checked_on=origin.checked_on,
        )
        draft.place("contact", contact.id, item)
        draft.contacts.append(contact)
        item.close()


def _read_vocabulary(record: Record, draft: Draft) -> None:
    for name in VOCABULARY:
        for item in record.records(name):
            term = Term(
                id=item.id(),
                name=item.text("name"),
                aliases=item.texts("aliases"),
                reading=item.optional_text("reading"),
                ratio_of=item.texts("ratio_of"),
            )
            draft.place(name, term.id, item)
            draft.terms[name].append(term)
            item.close()
    for item in record.records("cases"):
        case = Case(
            id=item.id(),
            dimension=item.text("dimension"),
            name=item.text("name"),
            aliases=item.texts("aliases"),
            reading=item.optional_text("reading"),
            default=bool(item.flag("default")),
            narrower_of=item.optional_text("narrower_of"),
            measure=item.optional_text("measure"),
            without=item.optional_text("without"),
            at_least=item.integer("at_least"),
            below=item.integer("below"),
        )
        draft.place("cases", case.id, item)
        draft.cases.append(case)
        item.close()


def _read_origin(record: Record, outer: _Origin | None) -> _Origin:
    """Source, as-of and day of checking at `record`; what is absent comes from the record around it."""
    source = outer.source if outer else Source(document="", section="")
    item = record.record("source")
    if item is not None:
        source = Source(
            document=(item.optional_text("document") or source.document) if outer else item.text("document"),
            section=(item.optional_text("section") or source.section) if outer else item.text("section"),
            page=source.page if (page := item.integer("page")) is None else page,
        )
        item.close()
    elif outer is None:
        record.lacks(
            "source",
            write="出典を source: の下に document と section で書いてください。",
            english="A source is required: document and section.",
        )
    if outer is None:
        record.require("as_of", "checked_on")
    return _Origin(
        source=source,
        as_of=record.moment("as_of") or (outer.as_of if outer else ""),
        checked_on=record.day("checked_on") or (outer.checked_on if outer else _NEVER),
    )


def _read_program(record: Record, draft: Draft, *, parent: str | None, origin: _Origin | None) -> None:
    origin = _read_origin(record, origin)
    program_id = record.id()
    draft.place("program", program_id, record)
    facts = tuple(_read_fact(item, draft, program=program_id, origin=origin) for item in record.records("facts"))
    links = []
    for item in record.records("contacts"):
        links.append(
            ContactLink(
                contact=item.text("contact"), applies_to=item.texts("applies_to"), note=item.optional_text("note")
            )
        )
        item.close()
    position = len(draft.programs)
    for item in record.records("parts"):
        _read_program(item, draft, parent=program_id, origin=origin)
        item.close()
    program = Program(
        id=program_id,
        name=record.text("name"),
        kind=record.text("kind"),
        source=origin.source,
        as_of=origin.as_of,
        checked_on=origin.checked_on,
        reading=record.optional_text("reading"),
        aliases=record.texts("aliases"),
        situations=record.texts("situations"),
        needs=record.texts("needs"),
        tags=record.texts("tags"),
        background=bool(record.flag("background")),
        parent=parent or record.optional_text("parent"),
        related=record.texts("related"),
        contacts=tuple(links),
        facts=facts,
    )
    draft.programs.insert(position, program)  # before its parts, in the order of the file


def _read_fact(record: Record, draft: Draft, *, program: str, origin: _Origin) -> Fact:
    origin = _read_origin(record, origin)
    fact_id = record.id()
    draft.place("fact", f"{program}.{fact_id}", record)
    text = record.text("text") if record.has("text") else None
    unit = Unit.TEXT if text is not None else record.choice("unit", Unit)
    value: Value = text if text is not None else _read_value(record, unit, "value")
    printed = text if text is not None else record.text("printed")
    fact = Fact(
        program=program,
        id=fact_id,
        attribute=record.choice("attribute", Attribute),
        name=record.optional_text("name") or "",
        unit=unit,
        value=value,
        upper=_read_value(record, unit, "upper"),
        printed=printed,
        source=origin.source,
        as_of=origin.as_of,
        checked_on=origin.checked_on,
        bound=record.choice("bound", Bound, Bound.EXACT),
        applies_to=record.texts("applies_to"),
        measure=record.optional_text("measure"),
        verdict=record.flag("verdict"),
        period=record.optional_text("period"),
        since=record.moment("since"),
        until=record.moment("until"),
        note=record.optional_text("note"),
        headline=bool(record.flag("headline")),
        aliases=record.texts("aliases"),
    )
    if unit is not Unit.TEXT and not record.writes("value"):
        record.lacks(
            "value",
            write="value を書いてください。終わったものや額のなかったものは value: null です。",
            english="A figure needs a value; null says that it ended or that there was none.",
        )
    if unit is not Unit.TEXT and not fact.name:
        record.lacks("name", write="何の数字かを name に書いてください。", english="A figure needs a name: what it is.")
    record.close()
    return fact


def _read_value(record: Record, unit: Unit, key: str) -> Value:
    """The value at `key` in the type that `unit` asks for; None where it is null or absent."""
    value = record.raw(key)
    if value is None:
        return None
    if unit is Unit.JPY or unit is Unit.YEARS or unit is Unit.COUNT:
        return record.integer(key)
    if unit is Unit.PERCENT and isinstance(value, int | float) and not isinstance(value, bool):
        return Fraction(str(value))
    if unit is Unit.RATIO and isinstance(value, str) and (match := _RATIO.match(value)):
        return Fraction(int(match[1]), int(match[2]))
    if unit is Unit.DATE:
        return record.moment(key)
    wanted = {Unit.PERCENT: "1.55", Unit.RATIO: '"1/2"'}.get(unit, "text:")
    record.place.report(
        record.at(key),
        found=value,
        write=f"{wanted} のように書いてください。",
        english=f"For unit {unit.value} write for example {wanted}.",
    )
    return None
