"""Whether the parts of a catalog fit together: references, figures against their printed form, telephone numbers.

Errors stop the build. Warnings are a list for the people who keep the data.
"""

from __future__ import annotations

import re
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

from madoguchi.catalog.draft import Draft
from madoguchi.catalog.model import Attribute, Case, Contact, Fact, Program, Unit, Value
from madoguchi.japanese.dates import dates
from madoguchi.japanese.folding import fold
from madoguchi.japanese.numbers import quantities

# 0AB-CDE-FGHJ in every way the area code is cut, free dial 0120-123-456 and mobile 090-1234-5678
_TELEPHONE = re.compile(r"0[0-9]{1,4}-[0-9]{1,4}-[0-9]{3,4}\Z")
_EXTENSION = re.compile(r"[0-9]+\Z")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+\Z", re.ASCII)
_WEB = re.compile(r"https?://[\w.-]+(/\S*)?\Z", re.ASCII)
_CITATION = re.compile(r"\{(\w+)\}")
_STANDINGS = ("in_force", "proposal")
STALE_AFTER = timedelta(days=183)  # six months, as docs/tasks/check-facts.md asks


def validate(draft: Draft, *, today: date | None = None) -> None:
    """Add to `draft.problems` what does not fit. `today` decides which facts count as unchecked for long."""
    check = _Check(draft)
    check.settings()
    for contact in draft.contacts:
        check.contact(contact)
    for case in draft.cases:
        check.case(case)
    for program in draft.programs:
        check.program(program)
        for fact in program.facts:
            check.fact(program, fact)
    _warn_of_days(draft, today or date.today())


def citations(text: str) -> list[str]:
    """The ids of facts that a text cites.

    >>> citations('取得価額の{tax_credit}を控除できます。')
    ['tax_credit']
    """
    return _CITATION.findall(text)


def _pairs(name: str) -> set[str]:
    return {name[i : i + 2] for i in range(len(name) - 1)}


class _Check:
    """The ids of a draft, gathered once, and the checks that need them."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.ids: dict[str, set[str]] = {
            "contact": {contact.id for contact in draft.contacts},
            "organization": {organization.id for organization in draft.organizations},
            "document": {document.id for document in draft.documents},
            "program": {program.id for program in draft.programs},
            "case": {case.id for case in draft.cases},
            **{name: {term.id for term in terms} for name, terms in draft.terms.items()},
        }
        self.programs = {program.id: program for program in draft.programs}
        self.situations: set[str] = set()  # of the programmes checked so far

    def refer(self, owner: tuple[str, str], key: str, kind: str, *wanted: str | None) -> None:
        """Report each of `wanted` that no `kind` has as its id, with the nearest ids that exist."""
        known = self.ids[kind]
        for name in wanted:
            if name and name not in known:
                near = ", ".join(sorted(known, key=lambda other: -len(_pairs(other) & _pairs(name)))[:3])
                self.draft.report(
                    *owner,
                    key,
                    found=name,
                    write=f"その id ({kind}) はありません。近いもの: {near or 'なし'}",
                    english=f"No {kind} has this id. Near it: {near or 'none'}",
                )

    def settings(self) -> None:
        if self.draft.settings is not None:
            self.refer(("settings", "settings"), "general_contact", "contact", self.draft.settings.general_contact)
            self.refer(("settings", "settings"), "crisis_contact", "contact", self.draft.settings.crisis_contact)
        for term in self.draft.terms["attributes"]:
            if term.id not in set(Attribute):
                allowed = ", ".join(Attribute)
                self.draft.report(
                    "attributes",
                    term.id,
                    "id",
                    found=term.id,
                    write=f"次のどれかにしてください: {allowed}",
                    english=f"One of: {allowed}",
                )
        for term in self.draft.terms["measures"]:
            self.refer(("measures", term.id), "ratio_of", "measures", *term.ratio_of)
        for document in self.draft.documents:
            owner = ("document", document.id)
            self.refer(owner, "ask", "contact", document.ask)
            if document.standing not in _STANDINGS:
                allowed = " か ".join(_STANDINGS)
                self.draft.report(
                    *owner,
                    "standing",
                    found=document.standing,
                    write=f"{allowed} にしてください。",
                    english="in_force or proposal",
                )

    def contact(self, contact: Contact) -> None:
        owner = ("contact", contact.id)
        self.refer(owner, "organization", "organization", contact.organization)
        self.refer(owner, "source.document", "document", contact.source.document)
        self.refer(owner, "applies_to", "case", *contact.applies_to)
        _validate_address(self.draft, owner, contact)

    def case(self, case: Case) -> None:
        owner = ("cases", case.id)
        self.refer(owner, "narrower_of", "case", case.narrower_of)
        self.refer(owner, "measure", "measures", case.measure)
        self.refer(owner, "without", "program", case.without)

    def program(self, program: Program) -> None:
        owner = ("program", program.id)
        self.refer(owner, "kind", "kinds", program.kind)
        outer = self.programs.get(program.parent or "")
        if outer is None or outer.source != program.source:  # what is inherited was looked at where it stands
            self.refer(owner, "source.document", "document", program.source.document)
        self.refer(owner, "needs", "needs", *program.needs)
        self.refer(owner, "tags", "tags", *program.tags)
        self.refer(owner, "related", "program", *program.related)
        self.refer(owner, "parent", "program", program.parent)
        if program.id in self.above(program):
            self.draft.report(
                *owner,
                "parent",
                found=program.parent,
                write="外側の制度をたどると自分に戻ります。どれかの parent を消してください。",
                english="Going from parent to parent leads back here: remove one.",
            )
        for link in program.contacts:
            self.refer(owner, "contacts", "contact", link.contact)
            self.refer(owner, "contacts", "case", *link.applies_to)
        for name, times in Counter(fold(name) for name in (program.name, *program.aliases)).items():
            if times > 1:
                self.draft.report(
                    *owner,
                    "aliases",
                    found=name,
                    write="同じ呼び名は一度だけ書いてください。",
                    english="This name stands twice.",
                )
        self.situation(program)
        _validate_timelines(self.draft, program)

    def situation(self, program: Program) -> None:
        """Situations hold no figure, which would need a day and a source, and each leads to one programme."""
        owner = ("program", program.id)
        for situation in program.situations:
            for figure in _figures(situation):
                self.draft.report(
                    *owner,
                    "situations",
                    found=figure,
                    write="金額や率を除いて書いてください。",
                    english="Write it without the amount or rate.",
                )
            if fold(situation) in self.situations:
                self.draft.report(
                    *owner,
                    "situations",
                    found=situation,
                    write="いちばん合う制度に一度だけ書いてください。",
                    english="Write it once, at the programme that fits best.",
                )
            self.situations.add(fold(situation))

    def above(self, program: Program) -> list[str]:
        """The ids of what the programme is part of, outwards; those of a circle once."""
        found: list[str] = []
        current = program.parent
        while current and current not in found:
            found.append(current)
            current = self.programs[current].parent if current in self.programs else None
        return found

    def fact(self, program: Program, fact: Fact) -> None:
        owner = ("fact", fact.key)
        self.refer(owner, "applies_to", "case", *fact.applies_to)
        self.refer(owner, "measure", "measures", fact.measure)
        self.refer(owner, "period", "periods", fact.period)
        if fact.source != program.source:
            self.refer(owner, "source.document", "document", fact.source.document)
        if fact.unit is Unit.TEXT:
            _validate_text(self.draft, owner, program, fact)
        else:
            for value in (fact.value, fact.upper):
                _validate_printed(self.draft, owner, fact, value)


def _validate_address(draft: Draft, owner: tuple[str, str], contact: Contact) -> None:
    digits = re.sub(r"\D", "", contact.telephone or "")
    if contact.telephone is not None and not (_TELEPHONE.match(contact.telephone) and len(digits) in (10, 11)):
        draft.report(
            *owner,
            "telephone",
            found=contact.telephone,
            write='"0000-00-0000" のように、市外局番から半角の数字と - で、10桁か11桁で書いてください。',
            english='Write the whole number with area code, like "0000-00-0000": 10 or 11 digits.',
        )
    if contact.extension is not None and not _EXTENSION.match(contact.extension):
        draft.report(
            *owner,
            "extension",
            found=contact.extension,
            write='"2105" のように数字だけで書いてください。',
            english="Digits only.",
        )
    if contact.mail is not None and not _MAIL.match(contact.mail):
        draft.report(
            *owner,
            "mail",
            found=contact.mail,
            write="name@example.jp の形で書いてください。",
            english="Not a mail address.",
        )
    if contact.web is not None and not _WEB.match(contact.web):
        draft.report(
            *owner,
            "web",
            found=contact.web,
            write="http:// か https:// から書いてください。",
            english="Not a web address.",
        )


def _validate_timelines(draft: Draft, program: Program) -> None:
    """Facts that differ only in `since` are one figure's history: it is written from old to new."""
    latest: dict[tuple[object, ...], str] = {}
    for fact in program.facts:
        if fact.since is None or fact.unit is Unit.TEXT:
            continue
        line = (fact.attribute, fact.name, fact.applies_to, fact.period)
        if line in latest and fact.since <= latest[line]:
            draft.report(
                "fact",
                fact.key,
                "since",
                found=f"{fact.since}（前は {latest[line]}）",
                write="古いものから順に並べてください。",
                english="Write the history from old to new.",
            )
        latest[line] = fact.since


def _validate_text(draft: Draft, owner: tuple[str, str], program: Program, fact: Fact) -> None:
    figures = {other.id for other in program.facts if other.unit is not Unit.TEXT}
    for cited in citations(fact.printed):
        if cited not in figures:
            draft.report(
                *owner,
                "text",
                found=f"{{{cited}}}",
                write=f"同じ制度の数字の id にしてください: {', '.join(sorted(figures)) or 'なし'}",
                english=f"Cite a figure of the same programme: {', '.join(sorted(figures)) or 'none'}",
            )
    words = _CITATION.sub("", fact.printed)
    if "{" in words or "}" in words:
        draft.report(
            *owner,
            "text",
            found=words,
            write="{ } の中は、数字の項目の id だけにしてください。",
            english="Only the id of a figure may stand in { }.",
        )
    loose = _figures(words)
    if loose:
        found = "、".join(loose)
        draft.report(
            *owner,
            "text",
            found=found,
            write="金額や率は別の項目 (unit, value, printed) にして、文の中では {その id} と書いてください。",
            english="Make the figure a fact of its own and cite it here as {its_id}.",
        )


def _figures(words: str) -> list[str]:
    return [words[q.start : q.end] for q in quantities(words) if q.kind in ("yen", "percent")]


def _validate_printed(draft: Draft, owner: tuple[str, str], fact: Fact, value: Value) -> None:
    """The printed form must hold the value: a slip of a digit in either is found here."""
    if value is None or _holds(fact.printed, fact.unit, value):
        return
    draft.report(
        *owner,
        "printed",
        found=f"value {value} / printed 「{fact.printed}」",
        write="value と printed の数字を同じにしてください。",
        english="value and printed must hold the same figure.",
    )


def _holds(printed: str, unit: Unit, value: Value) -> bool:
    if unit is Unit.DATE:
        return value in dates(printed)
    if unit in (Unit.YEARS, Unit.COUNT):
        return bool(re.search(rf"(?<!\d){value}(?!\d)", fold(printed)))
    kind = {Unit.JPY: "yen", Unit.RATIO: "ratio", Unit.PERCENT: "percent"}[unit]
    return value in {q.value for q in quantities(printed) if q.kind == kind}


def _warn_of_days(draft: Draft, today: date) -> None:
    """Warn of each written day of comparison that is long ago, or in the future of this machine's clock."""
    dated = [("contact", contact.id, contact.checked_on) for contact in draft.contacts]
    for program in draft.programs:
        dated.append(("program", program.id, program.checked_on))
        dated += [("fact", fact.key, fact.checked_on) for fact in program.facts]
    told: set[tuple[Path, str]] = set()
    for kind, name, day in dated:
        if today - STALE_AFTER <= day <= today:
            continue
        place, path = draft.places[f"{kind}:{name}"]
        written = place.lines.nearest(path, "checked_on")  # parts and facts inherit it
        if (place.file, written) in told:
            continue
        told.add((place.file, written))
        write, english = "今日か、それより前の日にしてください。", "This day lies in the future."
        if day < today:
            write = "資料と見くらべて、見くらべた日を書いてください。"
            english = "Not compared with its source for six months: check it, and write the day."
        place.report(written, found=day, write=write, english=english, warning=True)
