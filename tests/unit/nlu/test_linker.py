"""madoguchi.nlu.linker: names of the catalog become entities; what was learned is which words say little."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from rasa.shared.nlu.constants import ENTITIES

from madoguchi.catalog import CatalogError
from madoguchi.catalog.loading import FOLDER_VARIABLE
from madoguchi.nlu.linker import ProgramLinker
from tests.unit.nlu.conftest import Workshop, examples, message

FIELDS = {"entity", "value", "start", "end", "confidence_entity", "extractor", "how", "targets"}
COMMON = {"ask_detail": [f"{word}について教えて" for word in ("県", "支援", "事業", "設備", "県の事業", "支援事業")]}


@pytest.fixture
def linker(workshop: Workshop, minami: Path) -> ProgramLinker:
    made: ProgramLinker = workshop.create(ProgramLinker)
    made.train(examples(COMMON))
    return made


def found(linker: ProgramLinker, text: str) -> list[dict[str, Any]]:
    (done,) = linker.process([message(text)])
    entities: list[dict[str, Any]] = done.get(ENTITIES)
    return entities


LINKED = [
    ("しおかぜ資金の限度額", "しおかぜ資金", "program", "sea_breeze_loan"),
    ("みなと補助はいくら", "みなと補助", "program", "sales_grant"),
    ("ﾊﾔﾌﾞｻ設備減税とは", "ﾊﾔﾌﾞｻ設備減税", "program", "machine_tax"),
    ("しおかぜしきんは", "しおかぜしきん", "program", "sea_breeze_loan"),
    ("みさき一般保障", "みさき一般保障", "program", "cape_general"),
    ("うしお公社の番号", "うしお公社", "organization", "tide_bank"),
    ("青葉支店の電話", "青葉", "place", "青葉"),
    ("😀いさり火貸付は？", "いさり火貸付", "program", "fishing_fire_loan"),
    ("組合員10人以上の組合", "組合員10人以上の組合", "case", "guild_10"),
    ("令和２年度の予算", "令和２年度", "period", "r2"),
]


@pytest.mark.parametrize(("text", "span", "kind", "name"), LINKED, ids=[case[0] for case in LINKED])
def test_名前が印になる(text: str, span: str, kind: str, name: str, linker: ProgramLinker) -> None:
    entity = next(e for e in found(linker, text) if f"{kind}:{name}" in e["targets"])
    assert text[entity["start"] : entity["end"]] == span


def test_あいさつの中の言葉は名前ではない(workshop: Workshop) -> None:
    linker = workshop.create(ProgramLinker)  # with the names of data/programs, of which 手数 is a part
    assert any(e["how"] == "part" for e in found(linker, "手数はどうなりますか"))
    assert not any(e["how"] == "part" for e in found(linker, "上限は？お手数をおかけします。"))


def test_あいさつの言葉と問いの言葉をつないで名前にしない(workshop: Workshop) -> None:
    linker = workshop.create(ProgramLinker)
    text = "勉強不足でお恥ずかしいのですが、運転資金は？"
    assert {text[e["start"] : e["end"]] for e in found(linker, text)} == {"運転資金"}


def test_印に要るものがそろい_JSONになる(linker: ProgramLinker) -> None:
    entities = found(linker, "しおかぜ資金とみなと補助の上限、うしお公社の電話")
    assert len(entities) >= 5
    for entity in entities:
        assert set(entity) == FIELDS
        assert entity["entity"] == entity["targets"][0].split(":")[0]
        assert entity["value"] == entity["targets"][0].split(":")[1]
        assert entity["extractor"] == "ProgramLinker"
        assert 0 < entity["confidence_entity"] <= 1
    assert json.loads(json.dumps(entities)) == entities
    assert [e["start"] for e in entities] == sorted(e["start"] for e in entities)


@pytest.mark.parametrize(
    "text", ["", " ", "こんにちは", "天気", "県の事業について", "支援の事業", "zzz", "😀"], ids=repr
)
def test_よくある語では結ばない(text: str, linker: ProgramLinker) -> None:
    assert [e for e in found(linker, text) if e["entity"] in ("program", "contact", "organization")] == []


def test_よくある語は学んだものから分かる(workshop: Workshop, minami: Path) -> None:
    text = "なぎさの事業"
    untaught = workshop.create(ProgramLinker)
    untaught.train(examples({"greet": ["こんにちは"]}))
    assert "program:beach_energy" in [target for e in found(untaught, text) for target in e["targets"]]
    taught = workshop.create(ProgramLinker)
    taught.train(examples({"ask_list": [f"なぎさの事業の{word}" for word in "話件策案例数"]}))
    assert found(taught, text) == []


def test_印の付いた名前はよくある語に数えない(workshop: Workshop, minami: Path) -> None:
    linker = workshop.create(ProgramLinker)
    linker.train(
        examples({"ask_amount": [f"[なぎさ省エネ事業](program){end}" for end in ("は", "の上限", "いくら", "とは")]})
    )
    assert "program:beach_energy" in [target for e in found(linker, "なぎさの事業") for target in e["targets"]]


def test_しまって読み出しても同じ(workshop: Workshop, linker: ProgramLinker) -> None:
    loaded = workshop.load(ProgramLinker)
    for text, *_ in LINKED:
        assert found(loaded, text) == found(linker, text)


def test_学んだものに制度の名はない(workshop: Workshop, linker: ProgramLinker) -> None:
    kept = "".join(file.read_text(encoding="utf-8") for file in workshop.folder.rglob("*.json"))
    assert kept
    assert "しおかぜ" not in kept
    assert "sea_breeze" not in kept


def test_データが変われば学び直さずに分かる(
    workshop: Workshop, linker: ProgramLinker, tmp_path: Path, minami: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = tmp_path / "catalog"
    for file in minami.rglob("*.yml"):
        (copy / file.relative_to(minami)).parent.mkdir(parents=True, exist_ok=True)
        text = file.read_text(encoding="utf-8").replace("しおかぜ資金", "ゆうなぎ基金").replace("しおかぜ", "ゆうなぎ")
        (copy / file.relative_to(minami)).write_text(text, encoding="utf-8")
    monkeypatch.setenv(FOLDER_VARIABLE, str(copy))
    loaded = workshop.load(ProgramLinker)
    assert "program:sea_breeze_loan" in found(loaded, "ゆうなぎ基金")[0]["targets"]


def test_データの誤りは始めるときに言う(
    workshop: Workshop, linker: ProgramLinker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path / "nowhere"))
    with pytest.raises(CatalogError):
        workshop.load(ProgramLinker)


def test_ほかの部品の印は残す(linker: ProgramLinker) -> None:
    other = {"entity": "amount", "value": 3, "start": 0, "end": 1}
    (done,) = linker.process([message("しおかぜ資金", **{ENTITIES: [other]})])
    assert done.get(ENTITIES)[0] == other
    assert len(done.get(ENTITIES)) == 2


def test_長すぎる文は頭だけ読む(linker: ProgramLinker) -> None:
    assert found(linker, "あ" * 1000 + "しおかぜ資金") == []
    assert found(linker, "しおかぜ資金" + "あ" * 20_000)[0]["value"] == "sea_breeze_loan"
