"""The nouns of the catalog: programmes, facts, contacts, sources and the vocabulary that joins them.

All are frozen. Amounts are `int` yen, percentages and ratios are `Fraction`, months are strings "2010-10", days
are strings "2008-04-01": a month is never turned into its first day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

Value = int | Fraction | str | None


class Attribute(StrEnum):
    """What a fact states about its programme. Every kind of question asks for some of these."""

    DESCRIPTION = "description"  # what it is, what it does
    ELIGIBILITY = "eligibility"  # who can use it, who cannot
    CONDITION = "condition"  # what else must hold: 280万円以上, 重複不可
    BENEFIT = "benefit"  # what one gets, where it is neither amount nor rate: 確認書, 専門家の派遣
    LIMIT = "limit"  # the most: 限度額
    FLOOR = "floor"  # the least: 下限額
    SHARE = "share"  # part of a cost or price: 補助率 1/2, 所要資金の80%, 税額控除 7%
    RATE = "rate"  # interest or tax rate
    FEE = "fee"  # 保証料率
    SURCHARGE = "surcharge"  # 上乗せ金利
    TERM = "term"  # 貸付期間
    GRACE = "grace"  # 据置期間
    SCHEDULE = "schedule"  # when to apply, from when, until when
    PROCEDURE = "procedure"  # how to apply, step by step
    DOCUMENTS = "documents"  # what to hand in
    COMBINATION = "combination"  # what it can be used together with
    SECURITY = "security"  # collateral and guarantors
    BUDGET = "budget"
    COUNT = "count"  # places, people, numbers of anything
    BASIS = "basis"  # law or plan it rests on
    PROVIDER = "provider"  # who lends, guarantees, runs it
    STATUS = "status"  # new, extended, ended, proposed
    EXAMPLE = "example"  # for instance


class Unit(StrEnum):
    JPY = "JPY"
    PERCENT = "percent"
    RATIO = "ratio"
    YEARS = "years"
    COUNT = "count"
    DATE = "date"  # a day, a month or a year, as the document prints it
    TEXT = "text"


class Bound(StrEnum):
    """How the printed figure limits: 以内, 以上, an exact value, about, or a part of a larger sum (内数)."""

    MAX = "max"
    MIN = "min"
    EXACT = "exact"
    ABOUT = "about"
    PART_OF = "part_of"
    OVER = "over"  # 超: more than, the figure itself excluded


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The place in a document where a fact stands."""

    document: str
    section: str
    page: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One statement about one programme, with its period and its source.

    A text fact (`unit` text) speaks in whole sentences and cites figures of the same programme as `{id}`; it holds
    no amount or percentage of its own. Any other fact has a `value` and the words in which a reply shows it,
    `printed`; a range has `upper` too (8～12%). `value` is None where the document says that it ended (with `since`)
    or that there was none (新規).
    """

    program: str
    id: str
    attribute: Attribute
    name: str
    unit: Unit
    value: Value
    upper: Value = None
    printed: str
    source: Source
    as_of: str
    checked_on: date
    bound: Bound = Bound.EXACT
    applies_to: tuple[str, ...] = ()
    measure: str | None = None
    verdict: bool | None = None
    period: str | None = None
    since: str | None = None
    until: str | None = None
    note: str | None = None
    headline: bool = False
    aliases: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """Unique in the catalog: "capital_investment_tax.tax_credit"."""
        return f"{self.program}.{self.id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactLink:
    """That a programme names a contact, for the given cases only where `applies_to` has any."""

    contact: str
    applies_to: tuple[str, ...] = ()
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """Anything one can ask about by name: a programme, a budget line, an area, a term that a document explains."""

    id: str
    name: str
    kind: str
    source: Source
    as_of: str
    checked_on: date
    reading: str | None = None
    aliases: tuple[str, ...] = ()
    situations: tuple[str, ...] = ()  # what people say who need it and do not know its name: 親会社に単価を下げられた
    needs: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    background: bool = False  # named in passing when one asks about others: 経営革新計画
    parent: str | None = None
    related: tuple[str, ...] = ()
    contacts: tuple[ContactLink, ...] = ()
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Organization:
    """A body that has offices, or is asked about by name: 日本政策金融公庫."""

    id: str
    name: str
    reading: str | None = None
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """An office one can turn to. `telephone` is None where the documents name the office without a number."""

    id: str
    name: str
    organization: str
    source: Source
    as_of: str
    checked_on: date
    place: str | None = None
    reading: str | None = None
    aliases: tuple[str, ...] = ()
    applies_to: tuple[str, ...] = ()
    role: str | None = None
    telephone: str | None = None
    extension: str | None = None
    mail: str | None = None
    web: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A public document that facts are taken from."""

    id: str
    title: str
    short_name: str
    publisher: str
    published: str
    standing: str  # in_force, or proposal: replies then say 予算案
    ask: str  # the contact for what the document does not say
    aliases: tuple[str, ...] = ()


TRADE = "industry"  # the dimension of cases that are a trade
WHO_ASKS = frozenset((TRADE, "applicant", "size"))  # dimensions of cases that say who asks, not what


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A circumstance on which a figure depends: 組合, 設備資金, 国民生活事業, 別枠.

    `dimension` groups cases that exclude each other. `narrower_of` names the wider case that this one is part of
    (組合員20人以上 of 組合). `at_least` and `below` say from and up to which count or amount of `measure` the case
    holds. `without` names the programme that one lacks in this case: 承認を受けていない方 have no 経営革新計画.
    """

    id: str
    dimension: str
    name: str
    aliases: tuple[str, ...] = ()
    reading: str | None = None
    default: bool = False
    narrower_of: str | None = None
    measure: str | None = None
    without: str | None = None
    at_least: int | None = None
    below: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A word of the catalog's vocabulary: a kind of programme, a need, a tag, a measured quantity, a period.

    `ratio_of` names the two measured quantities, part and whole, whose ratio in percent this one is.
    """

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    reading: str | None = None
    ratio_of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a catalog says about itself: its name, what it covers, whom to send people to."""

    name: str
    covers: str
    general_contact: str
    crisis_contact: str | None = None  # the office named to somebody whose life is in danger; a deployment sets it
