"""madoguchi.catalog: what is wrong with program data is said with its place, what was found, and what to write."""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from madoguchi.catalog import Catalog, CatalogError, folder, load
from madoguchi.catalog.loading import FOLDER_VARIABLE
from madoguchi.catalog.model import Attribute, Bound, Unit
from tests.unit.catalog.conftest import TODAY, CatalogFolder

ROOT = Path(__file__).parents[3]
LOAN = "harbor/loan.yml"


def test_正しいデータには何も言わない(folder: CatalogFolder) -> None:
    assert folder.problems() == []


def test_読んだものは型と出典と場合を持つ(folder: CatalogFolder) -> None:
    catalog = load(folder.path)
    limit = catalog.fact("harbor_loan.limit")
    assert (limit.unit, limit.value, limit.printed, limit.bound) == (Unit.JPY, 200_000_000, "2億円以内", Bound.MAX)
    assert (limit.applies_to, limit.measure, limit.period, limit.since) == (
        ("company",),
        "capital",
        "fy2009",
        "2009-04-01",
    )
    assert (limit.source.document, limit.source.section, limit.source.page) == ("guide", "融資", 3)
    assert (limit.as_of, limit.checked_on) == ("2010-04", date(2026, 11, 22))
    rate = catalog.fact("harbor_loan.rate")
    assert (rate.value, rate.upper, rate.bound, rate.headline, rate.verdict) == (
        Fraction("1.55"),
        None,
        Bound.EXACT,
        False,
        None,
    )
    assert catalog.fact("harbor_loan_repair.description").attribute is Attribute.DESCRIPTION
    part = catalog.programs["harbor_loan_repair"]
    assert (part.parent, part.source.page, part.as_of) == ("harbor_loan", 3, "2010-04")
    assert list(catalog.programs) == ["harbor_loan", "harbor_loan_repair"]
    desk = catalog.contacts["desk"]
    assert (desk.telephone, desk.extension, desk.source.section) == ("099-555-0123", "210", "窓口")


# name, file, what is replaced, by what, key, what was found, what to write instead (a part of either)
FORM = [
    ("知らない項目", LOAN, "kind: loan\nneeds", "kind: loan\nneed: x\nneeds", "need", "need", "needs"),
    ("知らない項目の中の項目", LOAN, "    bound: max", "    bound: max\n    unti: x", "facts.1.unti", "unti", "until"),
    ("二度ある項目", LOAN, "kind: loan\nneeds", "kind: loan\nkind: loan\nneeds", "kind", "二度", "一つ"),
    ("名前がない", LOAN, "name: みなと資金\n", "", "name", "なし", "name"),
    ("idがない", LOAN, "id: harbor_loan\n", "", "id", "なし", "id"),
    ("idに大文字", LOAN, "id: harbor_loan\n", "id: Harbor_loan\n", "id", "Harbor_loan", "小文字"),
    ("idに日本語", LOAN, "id: harbor_loan\n", "id: みなと\n", "id", "みなと", "小文字"),
    ("idにハイフン", LOAN, "id: harbor_loan\n", "id: harbor-loan\n", "id", "harbor-loan", "小文字"),
    ("出典がない", LOAN, "source:\n  document: guide\n  section: 融資\n  page: 3\n", "", "source", "なし", "document"),
    ("出典に見出しがない", LOAN, "  section: 融資\n", "", "source.section", "なし", "section"),
    ("ページが文字", LOAN, "page: 3", 'page: "3"', "source.page", "3", "整数"),
    ("いつ現在かがない", LOAN, 'as_of: "2010-04"\n', "", "as_of", "なし", "as_of"),
    ("いつ現在かの書き方", LOAN, 'as_of: "2010-04"', 'as_of: "平成22年4月"', "as_of", "平成22年4月", "2010-10"),
    ("十三月", LOAN, 'as_of: "2010-04"', 'as_of: "2010-13"', "as_of", "2010-13", "2010-10"),
    ("見くらべた日がない", LOAN, 'checked_on: "2026-11-22"\n', "", "checked_on", "なし", "checked_on"),
    (
        "見くらべた日が月まで",
        LOAN,
        'checked_on: "2026-11-22"',
        'checked_on: "2026-11"',
        "checked_on",
        "2026-11",
        "日まで",
    ),
    ("2月30日", LOAN, 'since: "2010-04-01"', 'since: "2010-02-30"', "facts.3.since", "2010-02-30", "2008-04-01"),
    ("4月31日", LOAN, 'checked_on: "2026-11-22"', 'checked_on: "2026-04-31"', "checked_on", "2026-04-31", "2008-04-01"),
    ("何を述べるかがない", LOAN, "    attribute: limit\n", "", "facts.1.attribute", "なし", "attribute"),
    ("知らない種類の項目", LOAN, "attribute: limit", "attribute: limits", "facts.1.attribute", "limits", "floor"),
    ("知らない単位", LOAN, "unit: JPY", "unit: yen", "facts.1.unit", "yen", "percent"),
    ("知らない限り方", LOAN, "bound: max", "bound: most", "facts.1.bound", "most", "part_of"),
    ("金額が文字", LOAN, "value: 200_000_000", 'value: "2億円"', "facts.1.value", "2億円", "300_000_000"),
    ("金額が小数", LOAN, "value: 200_000_000", "value: 200000000.5", "facts.1.value", "200000000.5", "整数"),
    ("金額が真偽", LOAN, "value: 200_000_000", "value: true", "facts.1.value", "True", "整数"),
    ("率が文字", LOAN, "value: 1.55", 'value: "1.55"', "facts.2.value", "1.55", "1.55"),
    ("値がない", LOAN, "    value: 1.55\n", "", "facts.2.value", "なし", "null"),
    ("書き方がない", LOAN, '    printed: "年1.55%"\n', "", "facts.2.printed", "なし", "printed"),
    ("数字に名がない", LOAN, "    name: 限度額\n", "", "facts.1.name", "なし", "name"),
    ("呼び名が並びでない", LOAN, "aliases: [港の資金]", "aliases: 港の資金", "aliases", "港の資金", "- "),
    ("呼び名に数", LOAN, "aliases: [港の資金]", "aliases: [港の資金, 5]", "aliases", "5", "- "),
    ("呼び名に空の文字", LOAN, "aliases: [港の資金]", 'aliases: [港の資金, ""]', "aliases", "港の資金", "- "),
    ("名前が空", LOAN, "name: みなと資金", 'name: " "', "name", " ", "引用符"),
    ("名前が数", LOAN, "name: みなと資金", "name: 2009", "name", "2009", "引用符"),
    ("真偽がはい", "vocabulary.yml", "default: true", "default: yes", "cases.0.default", "yes", "true"),
    (
        "窓口が文字",
        LOAN,
        "  - contact: desk\n    applies_to: [company]\n",
        "  - desk\n",
        "contacts.0",
        "desk",
        "項目: 値",
    ),
    (
        "囲まない参照",
        LOAN,
        '"町内の会社が{limit}まで借りられる資金です。"',
        "{limit}",
        "facts.0.text",
        "limit",
        "引用符",
    ),
    ("資料の日付がない", "sources.yml", '    published: "2010-04"\n', "", "documents.0.published", "なし", "published"),
    (
        "窓口の機関がない",
        "contacts.yml",
        "    organization: town\n",
        "",
        "contacts.0.organization",
        "なし",
        "organization",
    ),
    (
        "電話番号が囲まれていない",
        "contacts.yml",
        '"099-555-0123"',
        "099-555-0123",
        "contacts.0.telephone",
        "099",
        '"099',
    ),
    ("内線が数", "contacts.yml", 'extension: "210"', "extension: 210", "contacts.0.extension", "210", "引用符"),
    ("知らない節", "vocabulary.yml", "means:", "ways:", "ways", "ways", "means"),
    ("用語の名がない", "vocabulary.yml", "{id: new, name: 新規}", "{id: new}", "tags.0.name", "なし", "name"),
    ("総合窓口がない", "catalog.yml", "general_contact: desk\n", "", "general_contact", "なし", "general_contact"),
]
SAID = "situations: "
OWN = "    name: みなと修繕資金\n    source: {document: guid}\n"
FIT = [
    ("部分のない資料", LOAN, "    name: みなと修繕資金\n", OWN, "parts.0.source.document", "guid", "guide"),
    (
        "項目のない資料",
        LOAN,
        "max\n",
        "max\n    source: {document: guid}\n",
        "facts.1.source.document",
        "guid",
        "guide",
    ),
    ("ない窓口", LOAN, "contact: desk", "contact: desq", "contacts", "desq", "desk"),
    (
        "ない場合",
        LOAN,
        "    applies_to: [company]\n    measure",
        "    applies_to: [compny]\n    measure",
        "facts.1.applies_to",
        "compny",
        "company",
    ),
    (
        "窓口のない場合",
        LOAN,
        "    applies_to: [company]\nfacts",
        "    applies_to: [compny]\nfacts",
        "contacts",
        "compny",
        "company",
    ),
    ("ない資料", LOAN, "document: guide", "document: guid", "source.document", "guid", "guide"),
    ("ない種類", LOAN, "kind: loan\nneeds", "kind: lone\nneeds", "kind", "lone", "loan"),
    ("ない目的", LOAN, "needs: [funds]", "needs: [funds, fund]", "needs", "fund", "funds"),
    ("ない印", LOAN, "tags: [new]", "tags: [news]", "tags", "news", "new"),
    ("ない関連", LOAN, "tags: [new]", "tags: [new]\nrelated: [harbour_loan]", "related", "harbour_loan", "harbor_loan"),
    ("ない外側", LOAN, "tags: [new]", "tags: [new]\nparent: harbor", "parent", "harbor", "harbor_loan"),
    ("ない数量", LOAN, "measure: capital", "measure: capitals", "facts.1.measure", "capitals", "capital"),
    ("ない年度", LOAN, "period: fy2009", "period: fy2010", "facts.1.period", "fy2010", "fy2009"),
    (
        "ない総合窓口",
        "catalog.yml",
        "general_contact: desk",
        "general_contact: disk",
        "general_contact",
        "disk",
        "desk",
    ),
    ("資料のない窓口", "sources.yml", "ask: desk", "ask: disk", "documents.0.ask", "disk", "desk"),
    ("資料の立場", "sources.yml", "standing: in_force", "standing: draft", "documents.0.standing", "draft", "proposal"),
    ("ない機関", "contacts.yml", "organization: town", "organization: city", "contacts.0.organization", "city", "town"),
    ("窓口にない場合", "contacts.yml", "[cooperative]", "[coop]", "contacts.0.applies_to", "coop", "cooperative"),
    (
        "窓口にない資料",
        "contacts.yml",
        "document: guide",
        "document: book",
        "contacts.0.source.document",
        "book",
        "guide",
    ),
    (
        "ない広い場合",
        "vocabulary.yml",
        "narrower_of: cooperative",
        "narrower_of: coop",
        "cases.2.narrower_of",
        "coop",
        "cooperative",
    ),
    ("場合にない数量", "vocabulary.yml", "measure: members", "measure: member", "cases.2.measure", "member", "members"),
    ("知らない問い", "vocabulary.yml", "{id: limit, ", "{id: limt, ", "attributes.0.id", "limt", "limit"),
    ("同じ呼び名", LOAN, "aliases: [港の資金]", "aliases: [みなと資金]", "aliases", "みなと資金", "一度だけ"),
    ("全角違いの同じ呼び名", LOAN, "aliases: [港の資金]", "aliases: [ＭＦ, mf]", "aliases", "mf", "一度だけ"),
    (
        "言い方の中の金額",
        LOAN,
        "kind: loan\nneeds",
        f"{SAID}[二億円要る]\nkind: loan\nneeds",
        "situations",
        "二億円",
        "除いて",
    ),
    (
        "言い方の中の率",
        LOAN,
        "kind: loan\nneeds",
        f"{SAID}[八割ほしい]\nkind: loan\nneeds",
        "situations",
        "八割",
        "除いて",
    ),
    (
        "二度ある言い方",
        LOAN,
        "kind: loan\nneeds",
        f"{SAID}[船が古い, 船を直す, 船が古い]\nkind: loan\nneeds",
        "situations",
        "船が古い",
        "一度だけ",
    ),
    ("金額の写し違い", LOAN, "value: 200_000_000", "value: 300_000_000", "facts.1.printed", "300000000", "同じ"),
    ("金額の桁違い", LOAN, "value: 200_000_000", "value: 20_000_000", "facts.1.printed", "2億円以内", "同じ"),
    ("書き方の写し違い", LOAN, 'printed: "2億円以内"', 'printed: "3億円以内"', "facts.1.printed", "3億円以内", "同じ"),
    ("書き方の単位落ち", LOAN, 'printed: "2億円以内"', 'printed: "2以内"', "facts.1.printed", "2以内", "同じ"),
    ("率の写し違い", LOAN, "value: 1.55", "value: 1.5", "facts.2.printed", "1.55%", "同じ"),
    ("率の小数点違い", LOAN, "value: 1.55", "value: 15.5", "facts.2.printed", "1.55%", "同じ"),
    ("文の中の金額", LOAN, "{limit}まで借り", "2億円まで借り", "facts.0.text", "2億円", "{その id}"),
    ("文の中の漢数字の金額", LOAN, "{limit}まで借り", "二億円まで借り", "facts.0.text", "二億円", "{その id}"),
    ("文の中の率", LOAN, "{limit}まで借り", "年1.55%で借り", "facts.0.text", "1.55%", "{その id}"),
    ("文の中の割", LOAN, "{limit}まで借り", "8割まで借り", "facts.0.text", "8割", "{その id}"),
    ("知らない参照", LOAN, "{limit}まで", "{limits}まで", "facts.0.text", "{limits}", "limit"),
    ("文への参照", LOAN, "{limit}まで", "{description}まで", "facts.0.text", "{description}", "limit"),
    (
        "部分からの参照",
        LOAN,
        "船の修繕のための枠です。",
        '"{limit}の枠です。"',
        "parts.0.facts.0.text",
        "{limit}",
        "なし",
    ),
    ("閉じない参照", LOAN, "{limit}まで", "{limitまで", "facts.0.text", "{limit", "{ }"),
    ("開かない参照", LOAN, "{limit}まで", "limit}まで", "facts.0.text", "limit}", "{ }"),
    ("空白のある参照", LOAN, "{limit}まで", "{ limit }まで", "facts.0.text", "{ limit }", "{ }"),
    (
        "順でない移り変わり",
        LOAN,
        'since: "2010-04-01"',
        'since: "2008-04-01"',
        "facts.3.since",
        "2008-04-01",
        "古いもの",
    ),
    (
        "同じ日の移り変わり",
        LOAN,
        'since: "2010-04-01"',
        'since: "2009-04-01"',
        "facts.3.since",
        "2009-04-01",
        "古いもの",
    ),
]
TELEPHONES = [
    "555-0123",  # no area code
    "099-555-012",
    "099-555-01234",
    "99-555-0123",
    "0995550123",
    "099.555.0123",
    "099-555-01a3",
    "０９９-555-0123",
    "099-555-０１２３",
    "099－555－0123",
    "099ー555ー0123",
    "099-555-0123 内線210",
    "（099）555-0123",
    "(099)555-0123",
    "+81-99-555-0123",
    "不明",
    "0-99-555-0123",
    "099-555-0123-1",
]
EXTENSIONS = ["21a", "２１０", "②", "内線210", "-"]
MAILS = [
    "desk01",
    "desk01@example",
    "@example.jp",
    "desk 01@example.jp",
    "窓口@example.jp",
    "desk01＠example.jp",
    "a@b@example.jp",
]
WEBS = [
    "example.jp",
    "www.example.jp/desk",
    "ftp://example.jp",
    "https:/example.jp",
    "https://",
    "https://example.jp/a b",
    "ｈttps://example.jp",
    "https://みなと.jp",
]
ADDRESSES = [
    ("telephone", '"099-555-0123"', TELEPHONES),
    ("extension", '"210"', EXTENSIONS),
    ("mail", '"desk01@example.jp"', MAILS),
    ("web", '"https://example.jp/desk"', WEBS),
]
ADDRESS = [
    (
        f"{key} {value}",
        "contacts.yml",
        f"{key}: {old}",
        f'{key}: "{value}"',
        f"contacts.0.{key}",
        value.strip(),
        "書いてください",
    )
    for key, old, values in ADDRESSES
    for value in values
]
SPOILED = [*FORM, *FIT, *ADDRESS]


@pytest.mark.parametrize(
    ("file", "old", "new", "key", "found", "write"), [case[1:] for case in SPOILED], ids=[case[0] for case in SPOILED]
)
def test_誤りは一つずつ_場所と見つけたものと直し方を言う(
    file: str, old: str, new: str, key: str, found: str, write: str, folder: CatalogFolder
) -> None:
    folder.replace(file, old, new)
    problems = folder.problems()
    assert len(problems) == 1, "\n".join(map(str, problems))
    problem = problems[0]
    assert not problem.warning
    assert problem.file == folder.path / file
    assert problem.line is not None
    assert problem.key == key
    assert found in problem.found
    assert write in problem.write
    assert re.search(r"[ぁ-ん]", problem.write), "in Japanese"
    assert re.search(r"[A-Za-z]{3}", problem.english), "in English"
    with pytest.raises(CatalogError) as caught:
        load(folder.path)
    assert f"{folder.path / file}:{problem.line}" in str(caught.value)


@pytest.mark.parametrize(
    "number", ["099-555-0123", "03-1234-5678", "0120-000-000", "090-0000-0000", "0949-00-0000", "04992-0-0000"]
)
def test_正しい電話番号には何も言わない(number: str, folder: CatalogFolder) -> None:
    folder.replace("contacts.yml", '"099-555-0123"', f'"{number}"')
    assert folder.problems() == []


def test_外側が輪になっていれば言う(folder: CatalogFolder) -> None:
    folder.replace(LOAN, "tags: [new]", "tags: [new]\nparent: harbor_loan_repair")
    assert [problem.key for problem in folder.problems()] == ["parent", "parts.0.parent"]


def test_項目が並びでない(folder: CatalogFolder) -> None:
    folder.write(
        "tax.yml", (folder.path / LOAN).read_text(encoding="utf-8").partition("facts:")[0] + "facts: {id: x}\n"
    )
    assert [(p.key, p.found) for p in folder.problems() if p.key == "facts"] == [("facts", "{'id': 'x'}")]


LINE = [
    (LOAN, "value: 200_000_000", 'value: "二億"', 'value: "二億"'),
    (LOAN, "contact: desk", "contact: desq", "contacts:"),
    (LOAN, "    value: 1.55\n", "", "- id: rate"),
    (LOAN, "name: みなと修繕資金", "name: 5", "name: 5"),
    ("contacts.yml", '"099-555-0123"', '"555-0123"', '"555-0123"'),
    ("vocabulary.yml", "{id: limit, ", "{id: limt, ", "{id: limt, "),
]


@pytest.mark.parametrize(("file", "old", "new", "at"), LINE, ids=[case[2] or case[3] for case in LINE])
def test_行は直すところを指す(file: str, old: str, new: str, at: str, folder: CatalogFolder) -> None:
    folder.replace(file, old, new)
    (problem,) = folder.problems()
    assert problem.line is not None
    assert abs(problem.line - folder.line(file, at)) <= 1


# --- values that may stand in several writings ----------------------------------------------------------------------

HELD = [
    ("JPY", "7_200_000", "720万円以内"),
    ("JPY", "1_000_000", "1,000千円"),
    ("JPY", "250_000_000", "2億5,000万円"),
    ("JPY", "389_000_000_000", "約3,890億円"),
    ("JPY", "4_000_000", "四百万円"),
    ("percent", "7", "7%"),
    ("percent", "80", "８０％以内"),
    ("percent", "30", "3割"),
    ("percent", "0.4", "年0.40%"),
    ("ratio", '"1/2"', "1/2以内"),
    ("ratio", '"2/3"', "三分の二"),
    ("ratio", '"1/2"', "半額"),
    ("years", "5", "5年以内"),
    ("years", "7", "7年（うち据置2年）"),
    ("count", "47", "47都道府県"),
    ("count", "1250", "1,250社"),
    ("count", "20", "20人以下"),
    ("date", '"2008-04-01"', "平成20年4月1日"),
    ("date", '"2009-02"', "平成21年2月"),
    ("date", '"2009"', "平成21年度"),
]
NOT_HELD = [
    ("JPY", "7_200_000", "720円"),
    ("JPY", "250_000_000", "2億5,000円"),
    ("percent", "8", "80%"),
    ("percent", "0.4", "年0.04%"),
    ("ratio", '"1/2"', "1/3"),
    ("ratio", '"2/3"', "3/2"),
    ("years", "5", "15年"),
    ("years", "1", "10年"),
    ("count", "25", "1,250社"),
    ("count", "16", "316"),
    ("date", '"2008-04-01"', "平成20年4月2日"),
    ("date", '"2008-04"', "平成20年5月"),
    ("date", '"2009-04-01"', "平成20年4月1日"),
]


def with_figure(folder: CatalogFolder, unit: str, value: str, printed: str, upper: str = "") -> None:
    lines = f'unit: {unit}\n    value: {value}\n    printed: "{printed}"\n' + (f"    upper: {upper}\n" if upper else "")
    folder.replace(LOAN, 'unit: percent\n    value: 1.55\n    printed: "年1.55%"\n', lines)


@pytest.mark.parametrize(("unit", "value", "printed"), HELD, ids=[f"{case[1]} {case[2]}" for case in HELD])
def test_値と書き方が同じならよい(unit: str, value: str, printed: str, folder: CatalogFolder) -> None:
    with_figure(folder, unit, value, printed)
    assert folder.problems() == []


@pytest.mark.parametrize(("unit", "value", "printed"), NOT_HELD, ids=[f"{case[1]} {case[2]}" for case in NOT_HELD])
def test_値と書き方が違えば言う(unit: str, value: str, printed: str, folder: CatalogFolder) -> None:
    with_figure(folder, unit, value, printed)
    assert [problem.key for problem in folder.problems()] == ["facts.2.printed"]


def test_幅の両端を見る(folder: CatalogFolder) -> None:
    with_figure(folder, "percent", "8", "8～12%", upper="12")
    assert folder.problems() == []
    folder.replace(LOAN, "upper: 12", "upper: 13")
    assert [problem.key for problem in folder.problems()] == ["facts.2.printed"]


def test_終わったものはnullと書き_値は見ない(folder: CatalogFolder) -> None:
    with_figure(folder, "percent", "null", "廃止")
    assert folder.problems() == []
    assert load(folder.path).fact("harbor_loan.rate").value is None


REFUSED_VALUES = [
    ("JPY", '"200_000_000"'),
    ("JPY", "1.5"),
    ("JPY", "true"),
    ("percent", "true"),
    ("percent", '"1/2"'),
    ("ratio", "0.5"),
    ("ratio", '"0.5"'),
    ("ratio", '"1/0"'),
    ("ratio", '"1/2以内"'),
    ("years", '"5"'),
    ("years", "1.5"),
    ("count", "[5]"),
    ("date", "2008"),
    ("date", '"平成20年"'),
    ("date", '"2008-4-1"'),
    ("date", '"2008/04/01"'),
    ("text", "5"),
]


@pytest.mark.parametrize(("unit", "value"), REFUSED_VALUES, ids=[" ".join(case) for case in REFUSED_VALUES])
def test_単位に合わない値は断る(unit: str, value: str, folder: CatalogFolder) -> None:
    with_figure(folder, unit, value, "5年5%5円")
    assert [problem.key for problem in folder.problems()] == ["facts.2.value"]


def test_長い値は短くして見せる(folder: CatalogFolder) -> None:
    folder.replace(LOAN, "aliases: [港の資金]", f"aliases: {'港' * 100}")
    (problem,) = folder.problems()
    assert problem.found == "港" * 57 + "…"


def test_部分や項目は出典の一部だけを変えられる(folder: CatalogFolder) -> None:
    folder.replace(
        LOAN,
        "    name: みなと修繕資金\n",
        "    name: みなと修繕資金\n    source:\n      section: 修繕\n      page: 4\n",
    )
    folder.replace(LOAN, "    bound: max\n", '    bound: max\n    as_of: "2009-12"\n    source:\n      page: 9\n')
    catalog = load(folder.path)
    part = catalog.programs["harbor_loan_repair"].source
    assert (part.document, part.section, part.page) == ("guide", "修繕", 4)
    limit = catalog.fact("harbor_loan.limit")
    assert (limit.source.section, limit.source.page, limit.as_of) == ("融資", 9, "2009-12")
    assert catalog.fact("harbor_loan.rate").source.page == 3


# --- files ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["catalog.yml", "sources.yml", "contacts.yml", "vocabulary.yml"])
def test_なくてはならないファイルがない(name: str, folder: CatalogFolder) -> None:
    (folder.path / name).unlink()
    (problem,) = folder.problems()
    assert problem.file == folder.path / name
    assert name in problem.write
    assert FOLDER_VARIABLE in problem.english


def test_フォルダーがない(tmp_path: Path) -> None:
    with pytest.raises(CatalogError) as caught:
        load(tmp_path / "nowhere")
    assert len(caught.value.problems) == 4


@pytest.mark.parametrize(
    ("content", "found"),
    [("", "なし"), ("# 注だけ\n", "なし"), ("- id: x\n- id: y\n", "id"), ("ただの文\n", "ただの文"), ("5\n", "5")],
    ids=["空", "注だけ", "並び", "文", "数"],
)
@pytest.mark.parametrize("name", [LOAN, "contacts.yml"])
def test_項目の並びでないファイル(name: str, content: str, found: str, folder: CatalogFolder) -> None:
    folder.write(name, content)
    first = folder.problems()[0]
    assert first.file == folder.path / name
    assert found in first.found
    assert "項目: 値" in first.write


@pytest.mark.parametrize("name", ["_draft.yml", "_old/loan.yml", ".#loan.yml", ".git/x.yml", "note.txt", "README.md"])
def test_読まないファイル(name: str, folder: CatalogFolder) -> None:
    folder.write(name, "id: 0570\n")
    assert folder.problems() == []


def test_下のフォルダーでは_どの名も制度(folder: CatalogFolder) -> None:
    text = (folder.path / LOAN).read_text(encoding="utf-8").replace("harbor_", "other_").replace("みなと", "はま")
    folder.write("harbor/contacts.yml", text)
    assert folder.problems() == []
    assert "other_loan" in load(folder.path).programs


def test_読めないファイルがあれば_それだけを言う(folder: CatalogFolder) -> None:
    folder.write("tax.yml", "id: tax\n\tname: x\n")
    folder.replace(LOAN, "tags: [new]", "tags: [new]\nrelated: [tax]")
    (problem,) = folder.problems()
    assert problem.file.name == "tax.yml"


def test_yamlで終わる名は読まれないと言う(folder: CatalogFolder) -> None:
    folder.write("harbor/tax.yaml", "id: x\n")
    (problem,) = folder.problems()
    assert problem.file.name == "tax.yaml"
    assert ".yml" in problem.write


TWICE = "  - id: desk\n    organization: town\n    name: x\n  - id: desk\n"
DUPLICATES = [
    ("窓口", "contacts.yml", "  - id: desk\n", TWICE, "contacts.1.id"),
    ("機関", "contacts.yml", "  - id: town\n", "  - id: town\n    name: x\n  - id: town\n", "organizations.1.id"),
    ("場合", "vocabulary.yml", "{id: cooperative, ", "{id: company, ", "cases.1.id"),
    ("用語", "vocabulary.yml", "{id: members, ", "{id: capital, ", "measures.1.id"),
    ("項目", LOAN, "id: rate_now", "id: rate", "facts.3.id"),
    ("部分", LOAN, "id: harbor_loan_repair", "id: harbor_loan", "parts.0.id"),
]


@pytest.mark.parametrize(
    ("file", "old", "new", "key"), [case[1:] for case in DUPLICATES], ids=[case[0] for case in DUPLICATES]
)
def test_同じidは二度使えない(file: str, old: str, new: str, key: str, folder: CatalogFolder) -> None:
    folder.replace(file, old, new)
    problem = next(problem for problem in folder.problems() if problem.key == key)
    assert "別の id" in problem.write
    assert "taken" in problem.english


def test_別のファイルにある同じidはそのファイルと行を言う(folder: CatalogFolder) -> None:
    folder.write("tax.yml", (folder.path / LOAN).read_text(encoding="utf-8").replace("harbor_loan_repair", "tax_part"))
    problem = folder.problems()[0]
    assert (problem.file.name, problem.key, problem.found) == ("tax.yml", "id", "harbor_loan")
    assert "loan.yml" in problem.write
    assert f"loan.yml:{folder.line(LOAN, 'id: harbor_loan')}" in problem.write


def test_たくさんの誤りを一度に言う(folder: CatalogFolder) -> None:
    folder.replace(LOAN, "kind: loan\nneeds", "kind: lone\nneeds")
    folder.replace(LOAN, "contact: desk", "contact: desq")
    folder.replace("contacts.yml", '"099-555-0123"', '"555-0123"')
    assert [problem.found for problem in folder.problems()] == ["555-0123", "lone", "desq"]


# --- days -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (TODAY, None),
        (date(2026, 5, 23), None),
        (date(2026, 5, 22), "six months"),
        (date(2010, 4, 1), "six months"),
        (date(2026, 11, 23), "future"),
    ],
    ids=["今日", "六か月前", "六か月と一日前", "何年も前", "明日"],
)
@pytest.mark.parametrize("file", [LOAN, "contacts.yml"])
def test_見くらべた日が古いか先なら注意する(day: date, words: str | None, file: str, folder: CatalogFolder) -> None:
    folder.replace(file, 'checked_on: "2026-11-22"', f'checked_on: "{day}"')
    problems = folder.problems()
    if words is None:
        assert problems == []
        return
    (problem,) = problems  # one for the whole file, though parts and facts inherit the day
    assert problem.warning
    assert words in problem.english
    assert re.search(r"[ぁ-ん]", problem.write)
    assert (problem.file, problem.key, problem.found) == (folder.path / file, "checked_on", str(day))
    assert problem.line == folder.line(file, "checked_on")


def test_注意だけなら読める(folder: CatalogFolder) -> None:
    folder.replace(LOAN, 'checked_on: "2026-11-22"', 'checked_on: "2010-04-01"')
    assert [warning.key for warning in load(folder.path).warnings] == ["checked_on"]


def test_項目だけの見くらべた日も見る(folder: CatalogFolder) -> None:
    folder.replace(LOAN, "    bound: max", '    bound: max\n    checked_on: "2010-04-01"')
    assert [problem.key for problem in folder.problems()] == ["facts.1.checked_on"]


# --- where the catalog is -------------------------------------------------------------------------------------------


def test_フォルダーは設定で変えられる(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(FOLDER_VARIABLE, raising=False)
    assert folder() == Path("data/programs")
    monkeypatch.setenv(FOLDER_VARIABLE, "somewhere/else")
    assert folder() == Path("somewhere/else")


# --- the real catalog -----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def real() -> Catalog:
    return load(ROOT / "data/programs")


def test_本物のデータに誤りがない(real: Catalog) -> None:
    assert len(real.programs) > 100
    assert {document.id for document in real.documents.values()} == {f.source.document for f in real.facts()}


def test_本物のデータのどの制度も何か述べるか部分を持つ(real: Catalog) -> None:
    assert [p.id for p in real.programs.values() if not p.facts and not real.parts_of(p.id)] == []


def test_本物のデータの種類や印はどれも使われる(real: Catalog) -> None:
    used = {program.kind for program in real.programs.values()}
    assert set(real.terms["kinds"]) - used == set()
    tags = {tag for program in real.programs.values() for tag in program.tags}
    assert set(real.terms["tags"]) - tags == set()


@pytest.mark.parametrize("file", sorted((ROOT / "data/programs").rglob("*.yml")), ids=lambda file: file.name)
def test_Rasaが学習データと取り違える行がない(file: Path) -> None:
    traps = ("nlu:", "rules:", "stories:", "responses:")  # at any indent: rasa.shared.data looks at stripped lines
    lines = file.read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if line.strip().startswith(traps)] == []
