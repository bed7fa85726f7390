"""Eras, fiscal years and the days that documents print, as ISO strings: "2008-12", "2009-02-01"."""

from __future__ import annotations

import re
from datetime import date

from madoguchi.japanese.folding import fold
from madoguchi.japanese.numbers import number

_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "r": 2018, "h": 1988, "s": 1925}  # the year before the first
_FIRST_DAYS = {"令和": "2019-05-01", "平成": "1989-01-08", "昭和": "1926-12-25"}
_ERA_YEAR = r"(?P<era>令和|平成|昭和|(?<![a-z])[hrs])\.?(?P<year>\d{1,2}|元)"
_WESTERN_YEAR = r"(?<!\d)(?P<western>(?:19|20)\d\d)"
_DATE = re.compile(
    rf"(?:{_ERA_YEAR}|{_WESTERN_YEAR}(?=年|[./-]\d|[^\d円万億千百人名社台件%]|\Z))"
    r"(?:年(?!度)(?:(?P<month>\d{1,2})月(?:(?P<day>\d{1,2})日?)?)?"  # 平成21年2月1日
    r"|[./-](?P<month_number>\d{1,2})(?:[./-](?P<day_number>\d{1,2}))?(?!\d))?"  # H21.2.1
)
_FISCAL_YEAR = re.compile(
    rf"(?:{_ERA_YEAR}|{_WESTERN_YEAR}|(?<!\d)(?P<bare>\d{{1,2}}))"
    rf"(?:年度|年?(?=(?:[~・,、/-]|から|と)(?:令和|平成|昭和|[hrs])?\d{{1,4}}年度))"  # 20 of 20~21年度
)
_NUMERALS = re.compile(r"[〇一二三四五六七八九十]+(?=[年月日])")


def dates(text: str) -> list[str]:
    """The days and months of `text` in its order; a year alone counts where an era or a century names it.

    >>> dates('平成21年2月1日から、H20.4.1まで')
    ['2009-02-01', '2008-04-01']
    >>> dates('平成二十二年十月現在')
    ['2010-10']
    """
    found = []
    for match in _DATE.finditer(_with_digits(text)):
        year = _year(match)
        month, day = match["month"] or match["month_number"], match["day"] or match["day_number"]
        if month is None:
            found.append(f"{year}")
        elif 1 <= int(month) <= 12:
            found.append(f"{year}-{int(month):02d}" + (f"-{int(day):02d}" if _has_day(year, month, day) else ""))
    return found


def _with_digits(text: str) -> str:
    return _NUMERALS.sub(lambda match: str(number(match[0])), fold(text))


def _has_day(year: int, month: str, day: str | None) -> bool:
    try:
        return day is not None and bool(date(year, int(month), int(day)))
    except ValueError:  # February 30th
        return False


def fiscal_years(text: str) -> list[int]:
    """The fiscal years that `text` names, as Western years; a bare year is taken as Heisei.

    今年度 and 前年度 are names of the catalog: they are those of its documents, not of the day on which one asks.

    >>> fiscal_years('21年度とH20年度'), fiscal_years('平成20～21年度')
    ([2009, 2008], [2008, 2009])
    """
    return [_year(match) for match in _FISCAL_YEAR.finditer(_with_digits(text))]


def is_fiscal_year(text: str) -> bool:
    """Whether `text` is the name of a fiscal year and nothing else.

    >>> is_fiscal_year('平成21年度'), is_fiscal_year('19年度補正')
    (True, False)
    """
    return bool(_FISCAL_YEAR.fullmatch(_with_digits(text)))


def joined_years(text: str) -> list[int]:
    """The fiscal years of `text` that another's 年度 counts for.

    >>> joined_years('箇所数 20と21年度'), joined_years('20年度と21年度')
    ([2008], [])
    """
    return [_year(match) for match in _FISCAL_YEAR.finditer(_with_digits(text)) if not match[0].endswith("年度")]


_SHORT_YEAR = re.compile(
    r"\A(?:じゃあ?|ほな|では|なら)?[、 ]?(?:平成|h)?(?P<year>\d{2})(?:年)?(?:は|も|なら|だと|やと|の方は)?[?!。]*\Z"
)
_BEFORE = re.compile(r"\A(?:その|じゃあ?|ほな)?[、 ]?(?:前|まえ)(?:は|のは|の額は|はいくら|は何|はなんぼ)[?!。]*\Z")


def short_year(text: str, *, after: int | None = None) -> int | None:
    """The year that a text of one word means where budgets are talked about; `after` is the year talked about.

    >>> short_year('21は？'), short_year('まえは？', after=2009), short_year('21億は？')
    (2009, 2008, None)
    """
    folded = fold(text)
    match = _SHORT_YEAR.match(folded)
    if match:
        return _ERAS["平成"] + int(match["year"])
    return after - 1 if after is not None and _BEFORE.match(folded) else None


_BARE_ERA = re.compile("|".join(f"{era}(?![0-9元])" for era in _FIRST_DAYS))


def years(text: str) -> list[int]:
    """The years that `text` names in any way; an era alone stands for its first year.

    >>> years('2024年の税率'), years('令和の補正予算'), years('令和7年度')
    ([2024], [2019], [2025])
    """
    eras = [int(_FIRST_DAYS[match[0]][:4]) for match in _BARE_ERA.finditer(_with_digits(text))]
    return list(dict.fromkeys((*(int(day[:4]) for day in dates(text)), *fiscal_years(text), *eras)))


_OF_TIME = re.compile(
    r"(?:\d年度?|元年度?|平成|昭和|大正|明治|時代|年代)(?:の|は|当時|頃|ごろ|ころ|時点|に.{0,8}(?:出|付|つい|決|でき|行わ|実施|成立|施行))"
    r"(?!.{0,3}(?:承認|設立|創業|開業|取得|出願|計画))"
)


def asks_of_time(text: str) -> bool:
    """Whether `text` asks how things were in a year that it names, not about what one did then.

    >>> asks_of_time('平成10年の保証枠はいくら'), asks_of_time('平成15年の承認ですが使えますか')
    (True, False)
    """
    return bool(_OF_TIME.search(_with_digits(text)))


_APPROVED = re.compile(
    r"(?P<day>(?:(?:平成|昭和|令和|(?<![a-z])[hrs])?\d{1,2}|(?:19|20)\d\d)年(?!度|後|間|前|以内|目|分)(?:\d{1,2}月(?:\d{1,2}日)?)?)"
    r"(?!から|より|以[前降後]|まで)[^。、?!]{0,8}?承認"
)


def approved_on(text: str) -> str:
    """When `text` says that something was approved, as far as it says; a bare year is taken as Heisei; "" for none.

    >>> approved_on('平成16年に承認された会社'), approved_on('19年3月の承認です'), approved_on('3年後に承認')
    ('2004', '2007-03', '')
    """
    match = _APPROVED.search(_with_digits(text))
    if match is None:
        return ""
    day = match["day"]
    found = dates(f"平成{day}" if re.match(r"\d{1,2}年", day) else day)
    return found[0] if found else ""


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
    era = next((era for era, first in _FIRST_DAYS.items() if moment >= first[: len(moment)]), None)
    number_of_year = int(year) - _ERAS[era] if era else int(year)
    words = f"{era or ''}{'元' if number_of_year == 1 else number_of_year}年"
    for part, unit in zip(rest.split("-") if rest else [], "月日", strict=False):
        words += f"{int(part)}{unit}"
    return words


def fiscal_year_name(year: int) -> str:
    """The fiscal year as documents print it.

    >>> fiscal_year_name(2009)
    '平成21年度'
    """
    return f"{era_name(str(year))}度"
