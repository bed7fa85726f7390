"""What kind of value a question asks for, and whether a text has one of that kind."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from madoguchi.japanese.around import ends_question
from madoguchi.japanese.folding import folded


class Kind(StrEnum):
    """A kind of value that a question word or a noun asks for."""

    PERCENT = "percent"
    PEOPLE = "people"
    COMPANIES = "companies"
    PLACES = "places"
    CASES = "cases"  # 何件
    NUMBER = "number"  # いくつ
    TIMES = "times"
    YEN = "yen"  # 何円: an amount in money
    AMOUNT = "amount"  # いくら: any figure, also 半額 or 無料
    YEARS = "years"
    DATE = "date"  # いつ
    DEADLINE = "deadline"  # いつまで, 締切
    TOWN = "town"
    BANK = "bank"
    NAMES = "names"  # of companies, shops or schools


@dataclass(frozen=True, slots=True)
class Asked:
    """A kind of value, and where in the raw text the words stand that ask for it."""

    kind: Kind
    start: int
    end: int


_NOT_ANY = r"(?!でも|もの|も[^らっ])"  # 何人でも, 何社もの
_WORDS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (Kind.PERCENT, re.compile(r"(?:何|なん)(?:%|パー(?:セント)?|割|分の[何一1]?)" + _NOT_ANY)),
    (Kind.PEOPLE, re.compile(r"(?:何|なん)(?:人|名(?!称|義|前))" + _NOT_ANY)),
    (Kind.COMPANIES, re.compile(r"(?:何|なん)(?:社|企業|者)" + _NOT_ANY)),
    (Kind.PLACES, re.compile(r"(?:何|なん)(?:[かヶカヵケ箇個]所|拠点|店舗?|校|団体|機関)" + _NOT_ANY)),
    (Kind.CASES, re.compile(r"(?:何|なん)件" + _NOT_ANY)),
    (Kind.TIMES, re.compile(r"(?:何|なん)回(?!目)" + _NOT_ANY)),
    (Kind.NUMBER, re.compile(r"いくつ" + _NOT_ANY)),
    (Kind.YEN, re.compile(r"(?:何|なん)(?:[十百千万億兆]*円|[十百千]*[万億])" + _NOT_ANY)),
    (Kind.YEN, re.compile(r"(?:元|もと|前|もともと)の?(?:金額|料金|値段)(?:は|が|って)?(?:いくら|なんぼ)?")),
    (Kind.YEARS, re.compile(r"(?:何|なん)(?:年間?(?![度分目生])|[かヶカヵケ箇]月)" + _NOT_ANY)),
    (Kind.DATE, re.compile(r"いつ(?!も|で|か[らの]?も|まで)|(?:何|なん)月")),
    (Kind.DEADLINE, re.compile(r"いつまで(?!も)")),
    (Kind.TOWN, re.compile(r"(?:何|どこの|どの)(?:市|町|村)(?![場況])")),
    (Kind.BANK, re.compile(r"(?:何|どこの|どの|何という)(?:銀行|信用金庫|信金|金融機関)")),
    (
        Kind.NAMES,
        re.compile(r"(?:どこ|だれ|誰|どの(?:会社|企業|店|商店街|学校))が(?:選ば|選定|受賞|採択|認定|入選|入って)"),
    ),
    (Kind.AMOUNT, re.compile(r"(?:いくら|なんぼ)" + _NOT_ANY)),
)
_NOUNS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (Kind.PEOPLE, re.compile(r"人数|者数|員数")),
    (Kind.COMPANIES, re.compile(r"社数|企業数")),
    (Kind.PLACES, re.compile(r"[箇か]所数|店舗数|校数|団体数")),
    (Kind.CASES, re.compile(r"件数")),
    (Kind.DEADLINE, re.compile(r"締め?切り?|〆切|期限|期日")),
    (
        Kind.NAMES,
        re.compile(
            r"(?:社|企業|会社|商店街|店|学校|投資先|採択先)の?(?:名前|名称|名|一覧|リスト)(?:の?(?:一覧|リスト))?"
        ),
    ),
)
_FEW = r"(?:約|およそ)?\d+(?:万|千)?"
_COUNTED = (
    _FEW + r"(?:社|企業|者|件|[かヶカヵケ箇個]所|拠点|都道府県|店|校|団体|機関|局|組合|つ|個|選|地域|分野|業種)"
    r"|各都道府県|[一二三四五六七八九]つ"
)
_MONEY = r"\d[十百千万億兆]*円|無料|[\d万億兆円]枠"
_PART = r"\d(?:%|割|分の)|\d/\d|半[額分]|全額"
_LONG = r"\d(?:年|[かヶカ]月|月)|毎年"
_ANY = r"|無償|免除|かかりません|必要ありません|\d-\d|内線"  # a number asked for as なんぼ may be one to call
_HELD: dict[Kind, re.Pattern[str]] = {
    Kind.PERCENT: re.compile(_PART),
    Kind.PEOPLE: re.compile(_FEW + r"(?:人|名)"),
    Kind.YEN: re.compile(_MONEY),
    Kind.AMOUNT: re.compile(rf"{_MONEY}|{_PART}|{_LONG}{_ANY}"),
    Kind.YEARS: re.compile(_LONG),
    Kind.DATE: re.compile(r"\d(?:年|月|日)|毎年|年度|随時|期間|前に|後に|(?:とき|時|際)に|までに|まだ|以[前後内]"),
    Kind.DEADLINE: re.compile(
        r"\d(?:年|月|日)?(?:まで|以[前内]|間)|期限|到来|毎年|随時|終わ|(?<!に)終了|廃止|延長|年分"
    ),
    Kind.TOWN: re.compile(r"[一-鿿]{1,3}(?:市|町|村)(?!場|内|役所|化)"),
    Kind.BANK: re.compile(r"銀行|信用?金庫|信金|公庫|中金|金融機関"),
    Kind.NAMES: re.compile(r"株式会社|有限会社"),
    **dict.fromkeys((Kind.COMPANIES, Kind.PLACES, Kind.CASES), re.compile(_COUNTED)),
    Kind.NUMBER: re.compile(rf"{_COUNTED}|{_FEW}(?:年|人|名|回)|{_MONEY}|{_PART}{_ANY}"),
    Kind.TIMES: re.compile(r"\d回|毎年|無制限"),
}


def asked_value(text: str) -> Asked | None:
    """The last value that `text` asks for by a question word, else by a noun that is all of the question.

    >>> asked_value('相談員は何人ですか').kind.value, asked_value('投資先の会社名の一覧').kind.value
    ('people', 'names')
    >>> asked_value('何人でも使えますか')
    """
    line = folded(text)
    found = [(match, kind) for kind, pattern in _WORDS for match in pattern.finditer(line.text)]
    if not found:
        nouns = [(match, kind) for kind, pattern in _NOUNS for match in pattern.finditer(line.text)]
        found = [(match, kind) for match, kind in nouns if ends_question(line.text[match.end() :])]
    if not found:
        return None
    match, kind = max(found, key=lambda item: (item[0].end(), -item[0].start()))
    start, end = line.span(match.start(), match.end())
    return Asked(kind, start, end)


def holds(text: str, kind: Kind) -> bool:
    """Whether `text` states a value of this kind, or one that answers for it: 半額 for 何割.

    >>> holds('審査請求料は、半額です。', Kind.PERCENT), holds('審査請求料は、半額です。', Kind.YEN)
    (True, False)
    """
    return bool(_HELD[kind].search(folded(text).text))


COUNTS = (Kind.PEOPLE, Kind.COMPANIES, Kind.PLACES, Kind.CASES, Kind.NUMBER)
_HERE = re.compile(r"(?:県|市|町|村|管)内|当県|うちの[県市町村]")


def counted_in(text: str) -> str:
    """The words of `text` that limit what it asks for to one's own prefecture or town; "" for none.

    >>> counted_in('県内で何社ですか'), counted_in('全国で何社ですか')
    ('県内', '')
    """
    found = _HERE.search(folded(text).text)
    return found.group() if found else ""


_FOR_ONE = re.compile(
    r"(?:[1一][社件人店回]|ひとり|あたり|当たり|につき)|(?:^|[、。])?うち(?:の|は|で|や|も|みたい)|もら[えうい]|借り(?:ら)?れ|かりれ"
)


def asks_for_one(text: str) -> bool:
    """Whether `text` asks for what one of them gets, not for the sum of all: 1社いくら, いくらもらえる.

    >>> asks_for_one('1件あたりいくらですか'), asks_for_one('予算はいくらですか')
    (True, False)
    """
    return bool(_FOR_ONE.search(folded(text).text))


_UNSTATED = re.compile(r"[^。]*(?:記載がありません|示されていません)")


def begins_unstated(text: str) -> bool:
    """Whether the first sentence of `text` says that the documents do not state something.

    >>> begins_unstated('限度額は、資料に記載がありません。枠は20兆円です。'), begins_unstated('枠は20兆円です。')
    (True, False)
    """
    return bool(_UNSTATED.match(text))


def says_unstated(text: str) -> bool:
    """Whether `text` says of something that the documents do not state it.

    >>> says_unstated('特利Cが何パーセントかは示されていません。'), says_unstated('限度額は、2億円です。')
    (True, False)
    """
    return bool(_UNSTATED.search(text))
