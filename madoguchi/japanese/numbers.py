"""Amounts, percentages, ratios, years and counts in every common writing.

Values are exact: yen and counts are `int`, percentages and ratios `Fraction`. Only what names its unit is a
quantity: 一部 and 第三者 are not, nor is a bare 5.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

from madoguchi.japanese.folding import Folded, fold, folded

Kind = Literal["yen", "percent", "ratio", "years", "months", "people", "count"]

_KANJI_DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "壱": 1, "弐": 2, "参": 3}
_SMALL = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10**4, "億": 10**8, "兆": 10**12}
_KANA_UNITS = {"せん": "千", "まん": "万", "おく": "億"}
_NUMERAL = r"(?:\d[\d.]*|[〇零一二三四五六七八九十百千壱弐参])"
_RUN = rf"{_NUMERAL}(?:\.?\d|[〇零一二三四五六七八九十百千万億兆壱弐参])*"
_COUNTERS: dict[str, Kind] = {
    "人": "people",
    "名": "people",
    "にん": "people",
    "年間": "years",
    "年": "years",
    "ねん": "years",
    "ヶ月": "months",
    "ヵ月": "months",
    "か月": "months",
    "カ月": "months",
    "ケ月": "months",
    "箇月": "months",
    "社": "count",
    "台": "count",
    "基": "count",
    "回": "count",
    "箇所": "count",
    "か所": "count",
    "ヶ所": "count",
    "ヵ所": "count",
    "カ所": "count",
    "拠点": "count",
    "都道府県": "count",
    "選": "count",
    "株": "count",
}
_PATTERN = re.compile(
    rf"(?P<denominator>{_RUN})分の(?P<numerator>{_RUN})"
    rf"|(?P<over>\d+)/(?P<under>\d+)(?!\d)"
    rf"|(?P<percent>{_RUN})(?:%|パーセント|ぱーせんと|％|パー(?![ァ-ヺー]))"
    rf"|(?P<tenths>{_RUN})割(?:(?P<hundredths>{_NUMERAL})分)?(?:(?P<thousandths>{_NUMERAL})厘)?(?!引)"
    rf"|(?P<sign>¥)?(?P<number>{_RUN})(?:(?P<yen>円|えん(?!ど))|(?P<counter>{'|'.join(_COUNTERS)}))?(?P<and_half>(?<=年)半)?"
    rf"|(?P<half>半額|半分)"
)
_KANA_UNIT = re.compile(rf"(?<=[\d十百千])(?:{'|'.join(_KANA_UNITS)})")
_LOW_END = re.compile(rf"({_RUN})~\Z")
_ERA_YEAR = re.compile(r"(?:平成|昭和|令和|h|s|r|西暦)\Z")
_WESTERN_YEAR = range(1900, 2100)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit: `value` in yen, percent, years …, at `start` to `end` of the raw text."""

    kind: Kind
    value: int | Fraction
    start: int
    end: int


def quantities(text: str) -> list[Quantity]:
    """The quantities of `text`, in its order.

    >>> [(q.kind, q.value) for q in quantities('２億5千の設備、従業員二十一人')]
    [('yen', 250000000), ('people', 21)]
    >>> [(q.kind, str(q.value)) for q in quantities('三分の二と1.55％')]
    [('ratio', '2/3'), ('percent', '31/20')]
    """
    line = _with_kanji_units(folded(text))
    found = []
    last = -1
    for match in _PATTERN.finditer(line.text):
        quantity = _quantity(match, line.text)
        if quantity is None:
            continue
        kind, value = quantity
        if last != match.start() - 1:  # the 250 of 250~300万円, which names no unit of its own
            low = _LOW_END.search(line.text, max(0, match.start() - 20), match.start())
            if low and kind != "ratio":
                found.append(Quantity(kind, _low_value(low[1], match, kind), *line.span(*low.span(1))))
        found.append(Quantity(kind, value, *line.span(*match.span())))
        last = match.end()
    return found


_PIECE = r"(?:台|基)"
_ALL_PIECES = re.compile(
    rf"(\d+){_PIECE}(?:を|分|ぶん)?(?:で|の?合計(?:が|で|して)?|[合あ]わせて|まとめて|トータルで?|全部で|ぜんぶで)[^\d。?!]{{0,4}}\Z"
)
_ONE_PIECE = re.compile(rf"(?<!\d)1{_PIECE}")


def per_piece(text: str, quantity: Quantity) -> Quantity:
    """What one machine costs, where `text` says what several cost together; else `quantity` as it is.

    >>> text = '2台あわせて290万円です'
    >>> int(per_piece(text, quantities(text)[-1]).value)
    1450000
    """
    together = _ALL_PIECES.search(fold(text[: quantity.start]))
    count = int(together[1]) if together and not fold(text[quantity.end :]).startswith("ずつ") else 1
    return replace(quantity, value=Fraction(quantity.value) / count) if count > 1 else quantity


def is_of_one_piece(name: str) -> bool:
    """Whether the name of a figure says that it is of one machine: 1台又は1基の取得価額."""
    return bool(_ONE_PIECE.search(fold(name)))


_BARE = re.compile(r"(?<![\d.,/])\d[\d,]*(?![\d.,/万億])")


def bare_numbers(text: str) -> list[int]:
    """The whole numbers written in digits, whatever they count.

    >>> bare_numbers('316とは何の数'), bare_numbers('1/3と2.5')
    ([316], [])
    """
    return [int(match[0].replace(",", "")) for match in _BARE.finditer(folded(text).text)]


def _with_kanji_units(line: Folded) -> Folded:
    """The line with 300まん as 300万."""
    for match in reversed(list(_KANA_UNIT.finditer(line.text))):
        start, end = match.span()
        origins = (*line.origins[:start], line.span(start, end), *line.origins[end:])
        line = Folded(line.text[:start] + _KANA_UNITS[match[0]] + line.text[end:], origins)
    return line


def _low_value(digits: str, match: re.Match[str], kind: Kind) -> int | Fraction:
    """The lower end of a range in the unit of its upper end, 2~3億円."""
    unit = match["number"][-1] if kind == "yen" and match["number"][-1] in _LARGE else ""
    value = number(digits + unit) * (10 if match["tenths"] else 1)
    return value if kind == "percent" else _whole(value)


def _quantity(match: re.Match[str], line: str) -> tuple[Kind, int | Fraction] | None:
    part = match.groupdict()
    if part["half"]:
        return "ratio", Fraction(1, 2)
    if part["denominator"]:
        below = number(part["denominator"])
        return ("ratio", number(part["numerator"]) / below) if below else None
    if part["over"]:
        return ("ratio", Fraction(int(part["over"]), int(part["under"]))) if int(part["under"]) else None
    if part["percent"]:
        return "percent", number(part["percent"])
    if part["tenths"]:
        rest = number(part["hundredths"] or "0") + number(part["thousandths"] or "0") / 10
        return "percent", number(part["tenths"]) * 10 + rest
    digits = part["number"]
    if digits[0] in _SMALL and line[: match.start()].endswith(("数", "何", "幾")):
        return None  # 数百万円 is no figure
    if part["counter"]:
        if line[: match.start()].endswith("第") or line[match.end() :].startswith("目"):
            return None  # 第4年分, 2人目: a place in an order
        kind = _COUNTERS[part["counter"]]
        if kind == "years" and (
            _ERA_YEAR.search(line[: match.start()]) or line[match.end() :].startswith(("度", "ど", "生"))
        ):
            return None  # 平成21年, 21年度: a date
        value = _whole(number(digits)) + (Fraction(1, 2) if part["and_half"] else 0)  # 1年半
        return None if kind == "years" and value in _WESTERN_YEAR else (kind, value)
    if part["yen"] or part["sign"] or any(unit in digits for unit in _LARGE):
        value = _whole(number(digits if part["yen"] else _with_implied_man(digits)))
        return ("yen", value) if value else None
    return None


def _with_implied_man(digits: str) -> str:
    """2億5千 and 1億5000 leave 万 unsaid."""
    _, unit, tail = digits.rpartition("億")
    return f"{digits}万" if unit and tail and "万" not in tail else digits


def _whole(value: Fraction) -> int | Fraction:
    return int(value) if value.denominator == 1 else value


def number(digits: str) -> Fraction:
    """The value of a run of digits and numerals.

    >>> [int(number(run)) for run in ('7.2億', '2億5千万', '一千万', '二十一', '二〇〇九')]
    [720000000, 250000000, 10000000, 21, 2009]
    """
    total, section = Fraction(0), ""
    for character in digits:
        if character in _LARGE:
            total += (_section(section) if section else Fraction(1)) * _LARGE[character]
            section = ""
        else:
            section += character
    return total + _section(section)


def _section(digits: str) -> Fraction:
    """The value below 万: 5千, 二十一, 4800, 二〇."""
    total, pending = Fraction(0), ""
    for character in digits:
        if character in _SMALL:
            total += (_plain(pending) if pending else Fraction(1)) * _SMALL[character]
            pending = ""
        else:
            pending += str(_KANJI_DIGITS.get(character, character))
    return total + (_plain(pending) if pending else Fraction(0))


def _plain(digits: str) -> Fraction:
    whole, _, fraction = digits.strip(".").partition(".")
    return Fraction(f"{whole or '0'}.{fraction.replace('.', '') or '0'}")


def yen(value: int) -> str:
    """`value` as people write it.

    >>> yen(48_000_000)
    '4,800万円'
    >>> yen(250_000_000)
    '2億5,000万円'
    >>> yen(245_000)
    '24.5万円'
    >>> yen(389_080_000_000)
    '3,890億8,000万円'
    """
    if value < 0:
        return "-" + yen(-value)
    if 10**4 <= value < 10**8 and value % 10_000 and not value % 1_000:
        return f"{value / 10_000:,.1f}万円"  # 24.5万円, as the documents write 12.5億円
    parts = []
    for unit, size in (("兆", 10**12), ("億", 10**8), ("万", 10**4)):
        count, value = divmod(value, size)
        if count:
            parts.append(f"{count:,}{unit}")
    if value or not parts:
        parts.append(f"{value:,}")
    return "".join(parts) + "円"


def percent(value: Fraction) -> str:
    """`value` with as many decimals as it has.

    >>> percent(Fraction('1.55'))
    '1.55%'
    """
    return f"{float(value):.6f}".rstrip("0").rstrip(".") + "%"
