"""madoguchi.catalog.catalog: what can be asked of a catalog."""

from __future__ import annotations

from pathlib import Path

import pytest

from madoguchi.catalog import Catalog, facts_index, load
from madoguchi.catalog.__main__ import main
from madoguchi.catalog.model import Attribute, Unit
from madoguchi.catalog.search import content_words
from tests.unit.catalog.conftest import CatalogFolder

MINAMI = Path(__file__).parents[2] / "data/catalog_minami"
A = Attribute


@pytest.fixture
def catalog() -> Catalog:
    return load(MINAMI)


def test_外側へも内側へもたどれる(catalog: Catalog) -> None:
    assert [p.id for p in catalog.lineage("cape_small")] == ["cape_small", "cape_guarantee"]
    assert [p.id for p in catalog.with_parts("cape_guarantee")] == ["cape_guarantee", "cape_general", "cape_small"]
    assert catalog.parts_of("cape_small") == []


def test_ない鍵はKeyError(catalog: Catalog) -> None:
    assert catalog.fact("machine_tax.credit").printed == "6%"
    with pytest.raises(KeyError):
        catalog.fact("machine_tax.nothing")


ABOUT = [
    ("sea_breeze_loan", {A.GRACE}, ["grace"]),
    ("sea_breeze_loan", {A.FEE}, []),
    ("cape_guarantee", {A.FEE}, ["fee"]),
    ("cape_guarantee", {A.LIMIT}, ["limit", "limit_extra", "limit"]),  # of its parts
    ("cape_small", {A.FEE}, ["fee"]),  # of what it is part of
    ("cape_small", {A.LIMIT}, ["limit"]),  # its own, not its sister's
    ("cape_small", {A.BUDGET}, []),
]


@pytest.mark.parametrize(("program", "attributes", "expected"), ABOUT, ids=[f"{p} {sorted(a)}" for p, a, _ in ABOUT])
def test_項目は自分か部分か外側から(
    program: str, attributes: set[Attribute], expected: list[str], catalog: Catalog
) -> None:
    assert [fact.id for fact in catalog.facts_about(program, attributes)] == expected


def test_外側の予算は部分の予算ではない(folder: CatalogFolder) -> None:
    folder.replace("harbor/loan.yml", "attribute: limit\n", "attribute: budget\n")
    catalog = load(folder.path)
    assert [fact.id for fact in catalog.facts_about("harbor_loan", {A.BUDGET})] == ["limit"]
    assert catalog.facts_about("harbor_loan_repair", {A.BUDGET}) == []


def test_窓口は自分のものか外側のもの(catalog: Catalog) -> None:
    assert [link.contact for link in catalog.contact_links("sea_breeze_loan")] == ["tide_bank_aoba", "tide_bank_wakaba"]
    assert [link.contact for link in catalog.contact_links("cape_small")] == ["tide_bank_aoba"]
    assert catalog.contact_links("beach_energy") == ()
    assert catalog.programs_of_contact("tide_bank_aoba") == ["cape_guarantee", "sea_breeze_loan"]
    assert catalog.programs_of_contact("treasury") == []
    assert [c.id for c in catalog.contacts_of_organization("tide_bank")] == ["tide_bank_aoba", "tide_bank_wakaba"]


@pytest.mark.parametrize("number", ["099-555-0122", "0995550122", "099 555 0122", "099(555)0122"])
def test_番号の書き方によらず窓口が分かる(number: str, catalog: Catalog) -> None:
    assert [contact.id for contact in catalog.contacts_with_telephone(number)] == ["tide_bank_wakaba"]


def test_ない番号の窓口はない(catalog: Catalog) -> None:
    assert catalog.contacts_with_telephone("099-555-9999") == []


def test_広い場合へたどれる(catalog: Catalog) -> None:
    assert catalog.with_wider("guild_10") == ["guild_10", "guild"]
    assert catalog.with_wider("guild") == ["guild"]


PLACES = [
    ("harbor/loan.yml", "2億円以内", "2億円 以内"),
    ("harbor/loan.yml", 'as_of: "2010-04"', 'as_of: "2010-05"'),
    ("contacts.yml", "099-555-0123", "099-555-0124"),
    ("sources.yml", "short_name: 手引き", "short_name: 手びき"),
    ("catalog.yml", "covers: みなと町の支援策", "covers: みなと町の支援"),
]


@pytest.mark.parametrize(("file", "old", "new"), PLACES, ids=[case[2] for case in PLACES])
def test_中身が変われば要約も変わる(file: str, old: str, new: str, folder: CatalogFolder, tmp_path: Path) -> None:
    before = load(folder.path).digest
    for source in folder.path.rglob("*.yml"):
        copy = tmp_path / "copy" / source.relative_to(folder.path)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(source.read_bytes())
    assert load(tmp_path / "copy").digest == before
    folder.replace(file, old, new)
    load.cache_clear()
    assert load(folder.path).digest != before


SEARCHES = [
    ("漁業者", "fishing_fire_loan.description"),
    ("県外での販売会", "sales_grant.description"),
    ("機と棚の備品", "machine_tax.furniture"),
    ("審査のあと", "sales_grant.step_2"),
]


@pytest.mark.parametrize(("text", "expected"), SEARCHES, ids=[text for text, _ in SEARCHES])
def test_言葉から項目を探せる(text: str, expected: str, catalog: Catalog) -> None:
    assert facts_index(catalog).search(content_words(text))[0][0] == expected


def test_探す範囲を絞れる_知らない言葉は見つからない(catalog: Catalog) -> None:
    index = facts_index(catalog)
    assert [key for key, _ in index.search(["審査"], among={"machine_tax.credit"})] == []
    assert index.search(["鸚鵡"]) == []
    assert index.search([]) == []


SAID = "aliases: [港の資金]\nsituations: [網を新調したい, 新調の船底を塗る, 網が古い]"


def test_名を知らない人の言い方で制度を探せる(folder: CatalogFolder) -> None:
    folder.replace("harbor/loan.yml", "aliases: [港の資金]", SAID)
    index = facts_index(load(folder.path))
    assert [key for key, _ in index.search(content_words("船底がはげた"))] == ["harbor_loan.description"]
    # 別々の言い方の言葉も合わせて効く
    one, both = (index.search(content_words(text))[0][1] for text in ("船底", "船底と網"))
    assert both > one
    assert index.search(content_words("船底"), among={"harbor_loan.description"}) == []  # 項目を選ぶときは効かない


def test_言い方を足しても項目どうしの順は変わらない(folder: CatalogFolder) -> None:
    words = content_words("修繕の限度額と資金")
    keys = {fact.key for fact in load(folder.path).facts()}
    before = facts_index(load(folder.path)).search(words, among=keys)
    load.cache_clear()
    folder.replace("harbor/loan.yml", "aliases: [港の資金]", SAID.replace("網が古い", "修繕の資金"))
    assert facts_index(load(folder.path)).search(words, among=keys) == before


def test_調べる命令は誤りの数を返す(folder: CatalogFolder, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(folder.path)]) == 0
    assert "制度 2" in capsys.readouterr().out
    folder.replace("harbor/loan.yml", "contact: desk", "contact: desq")
    load.cache_clear()
    assert main(["check", str(folder.path)]) == 1
    said = capsys.readouterr().err
    assert "desq" in said
    assert "1 件" in said
    assert "1 error" in said


def test_よく合うものだけを同じ順で返せる(catalog: Catalog) -> None:
    words = content_words("補助金の限度額と審査のあとの手続き")
    every = facts_index(catalog).search(words)
    assert len(every) > 4
    for most in (1, 3, len(every)):
        assert facts_index(catalog).search(words, most=most) == every[:most]


def test_額から項目を_ファイルの順に(catalog: Catalog) -> None:
    amounts = [fact.value for fact in catalog.facts() if fact.unit is Unit.JPY and isinstance(fact.value, int)]
    wanted = set(amounts[:3])
    found = [fact for fact in catalog.facts() if fact.unit is Unit.JPY and fact.value in wanted]
    assert catalog.facts_worth({(Unit.JPY, amount) for amount in wanted}) == found
    assert catalog.facts_worth({(Unit.JPY, 7)}) == []
