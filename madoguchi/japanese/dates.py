"""Eras, fiscal years and the days that documents print, as ISO strings: "2008-12", "2009-02-01"."""

from __future__ import annotations

import re

from madoguchi.japanese.folding import fold

_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "r": 2018, "h": 1988, "s": 1925}
_DATE = re.compile(
    r"(?:(?P<era>令和|平成|昭和|(?<![a-z])[hrs])\.?(?P<year>\d{1,2}|元)|(?P<western>(?:19|20)\d\d))"
    r"(?:年(?!度)|[./-](?=\d))?(?:(?P<month>\d{1,2})(?:月|[./-](?=\d)))?(?:(?P<day>\d{1,2})日?)?"
)
_FISCAL_YEAR = re.compile(
    r"(?:(?P<era>令和|平成|昭和|(?<![a-z])[hrs])\.?(?P<year>\d{1,2}|元)|(?P<western>(?:19|20)\d\d)|(?<!\d)(?P<bare>\d{1,2}))年度"
)


def dates(text: str) -> list[str]:
    """The days and months of `text` in its order; a year alone counts where an era or a century names it.

    >>> dates('平成21年2月1日から、H20.4.1まで')
    ['2009-02-01', '2008-04-01']
    >>> dates('平成22年10月現在')
    ['2010-10']
    """
    found = []
    for match in _DATE.finditer(fold(text)):
        year = _year(match)
        month, day = match["month"], match["day"]
        if month is None:
            found.append(f"{year}")
        elif 1 <= int(month) <= 12:
            found.append(f"{year}-{int(month):02d}" + (f"-{int(day):02d}" if day and 1 <= int(day) <= 31 else ""))
    return found


def fiscal_years(text: str) -> list[int]:
    """The fiscal years that `text` names, as Western years; a bare year is taken as Heisei.

    >>> fiscal_years('21年度とH20年度')
    [2009, 2008]
    """
    return [_year(match) for match in _FISCAL_YEAR.finditer(fold(text))]


def _year(match: re.Match[str]) -> int:
    if match["western"]:
        return int(match["western"])
    groups = match.groupdict()
    if groups.get("bare"):
        return _ERAS["平成"] + int(groups["bare"])
    year = 1 if match["year"] == "元" else int(match["year"])
    return _ERAS[match["era"]] + year


def era_name(moment: str) -> str:
    """`moment` as the documents print it.

    >>> era_name('2010-10')
    '平成22年10月'
    >>> era_name('2008-03-31')
    '平成20年3月31日'
    """
    year, _, rest = moment.partition("-")
    era, first = next((era, first) for era, first in _ERAS.items() if int(year) > first)
    number = int(year) - first
    words = f"{era}{'元' if number == 1 else number}年"
    for part, unit in zip(rest.split("-") if rest else [], "月日", strict=False):
        words += f"{int(part)}{unit}"
    return words
