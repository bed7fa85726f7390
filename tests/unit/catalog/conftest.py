"""The smallest catalog that is right, in a folder of its own: tests spoil one thing in it at a time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from madoguchi.catalog import Problem
from madoguchi.catalog.loading import read
from madoguchi.catalog.validation import validate

TODAY = date(2026, 11, 22)

FILES = {
    "catalog.yml": """\
name: 港の支援制度
covers: みなと町の支援策
general_contact: desk
""",
    "sources.yml": """\
documents:
  - id: guide
    title: "みなと町の手引き"
    short_name: 手引き
    publisher: みなと町
    published: "2010-04"
    standing: in_force
    ask: desk
""",
    "contacts.yml": """\
source:
  document: guide
  section: 窓口
as_of: "2010-04"
checked_on: "2026-11-22"
organizations:
  - id: town
    name: みなと町役場
contacts:
  - id: desk
    organization: town
    name: みなと町役場 産業課
    applies_to: [cooperative]
    telephone: "099-555-0123"
    extension: "210"
    mail: "desk01@example.jp"
    web: "https://example.jp/desk"
""",
    "vocabulary.yml": """\
kinds:
  - {id: loan, name: 融資}
needs:
  - {id: funds, name: 資金}
tags:
  - {id: new, name: 新規}
attributes:
  - {id: limit, name: 限度額, aliases: [上限]}
measures:
  - {id: capital, name: 資本金}
  - {id: members, name: 組合員数}
periods:
  - {id: fy2009, name: "平成21年度"}
means:
  - {id: telephone, name: 電話番号}
cases:
  - {id: company, dimension: applicant, name: 会社, default: true}
  - {id: cooperative, dimension: applicant, name: 組合}
  - {id: cooperative_20, dimension: applicant, name: 大組合, narrower_of: cooperative, measure: members, at_least: 20}
""",
    "harbor/loan.yml": """\
id: harbor_loan
name: みなと資金
aliases: [港の資金]
kind: loan
needs: [funds]
tags: [new]
source:
  document: guide
  section: 融資
  page: 3
as_of: "2010-04"
checked_on: "2026-11-22"
contacts:
  - contact: desk
    applies_to: [company]
facts:
  - id: description
    attribute: description
    text: "町内の会社が{limit}まで借りられる資金です。"
  - id: limit
    attribute: limit
    name: 限度額
    applies_to: [company]
    measure: capital
    period: fy2009
    unit: JPY
    value: 200_000_000
    printed: "2億円以内"
    bound: max
    since: "2009-04-01"
  - id: rate
    attribute: rate
    name: 利率
    unit: percent
    value: 1.55
    printed: "年1.55%"
    since: "2009-04-01"
  - id: rate_now
    attribute: rate
    name: 利率
    unit: percent
    value: 1.2
    printed: "年1.2%"
    since: "2010-04-01"
parts:
  - id: harbor_loan_repair
    name: みなと修繕資金
    kind: loan
    facts:
      - id: description
        attribute: description
        text: 船の修繕のための枠です。
""",
}


@dataclass(frozen=True)
class CatalogFolder:
    """A catalog's folder that a test may spoil, and what is found to be wrong with it then."""

    path: Path

    def write(self, name: str, content: str | bytes) -> None:
        """Make `name` hold `content`."""
        file = self.path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())

    def replace(self, name: str, old: str, new: str) -> None:
        """Write `new` where `old` stands, which must be one place."""
        content = (self.path / name).read_text(encoding="utf-8")
        assert content.count(old) == 1, f"{old!r} stands {content.count(old)} times in {name}"
        self.write(name, content.replace(old, new))

    def line(self, name: str, text: str) -> int:
        """The number of the first line of `name` that has `text`."""
        lines = (self.path / name).read_text(encoding="utf-8").splitlines()
        return next(number for number, line in enumerate(lines, 1) if text in line)

    def problems(self, *, today: date = TODAY) -> list[Problem]:
        """Every error and warning, in the order in which they are found."""
        draft = read(self.path)
        if not draft.problems:
            validate(draft, today=today)
        return draft.problems


@pytest.fixture
def folder(tmp_path: Path) -> CatalogFolder:
    """A small catalog without a mistake."""
    catalog = CatalogFolder(tmp_path / "programs")
    for name, content in FILES.items():
        catalog.write(name, content)
    return catalog
