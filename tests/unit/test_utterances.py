"""madoguchi.utterances: what is told to somebody whose examples cannot be learned."""

from __future__ import annotations

from pathlib import Path

import pytest

from madoguchi.terminal import Advice
from madoguchi.utterances import check

ROOT = Path(__file__).parents[2]
TWO = "    - こんにちは\n    - やあ\n"


def write(folder: Path, **intents: str) -> Path:
    """A file an intent, with these lines below `examples: |`, which is line 4."""
    folder.mkdir(exist_ok=True)
    for name, lines in intents.items():
        content = f'version: "3.1"\nnlu:\n- intent: {name}\n  examples: |\n{lines}'
        (folder / f"{name}.yml").write_text(content, encoding="utf-8")
    return folder


def told(folder: Path, *, domain: Path | None = None) -> str:
    with pytest.raises(Advice) as caught:
        check(folder, domain=domain)
    return str(caught.value)


def test_この窓口の用例は学べる() -> None:
    check(ROOT / "data/nlu", domain=ROOT / "domain.yml")


def test_フォルダーがない_空() -> None:
    assert "No .yml file" in told(ROOT / "nowhere")


def test_用例が一つの種類は_ファイルと直し方を日英で言う(tmp_path: Path) -> None:
    text = told(write(tmp_path, greet=TWO, thank="    - どうも\n"))
    assert f"{tmp_path / 'thank.yml'}: thank（一つ）" in text
    assert "二つ以上" in text
    assert f"thank has only one ({tmp_path / 'thank.yml'})" in text
    assert "greet" not in text


@pytest.mark.parametrize("entry", ["  examples: |\n", "  examples:\n", ""], ids=["空の並び", "空", "ない"])
def test_用例のない種類(entry: str, tmp_path: Path) -> None:
    write(tmp_path, greet=TWO, help=TWO)
    (tmp_path / "thank.yml").write_text(f"nlu:\n- intent: thank\n{entry}", encoding="utf-8")
    assert "thank（なし）" in told(tmp_path)
    assert "thank has none" in told(tmp_path)


def test_ドメインにあって用例のファイルがない種類(tmp_path: Path) -> None:
    folder = write(tmp_path / "nlu", greet=TWO, thank=TWO)
    domain = tmp_path / "domain.yml"
    domain.write_text("intents:\n- greet\n- thank: {use_entities: []}\n- goodbye\n", encoding="utf-8")
    text = told(folder, domain=domain)
    assert f"{folder / 'goodbye.yml'}: goodbye（なし）" in text
    assert "thank" not in text


def test_同じ種類が二つのファイルにあれば合わせて数える(tmp_path: Path) -> None:
    write(tmp_path, greet=TWO, thank="    - どうも\n")
    (tmp_path / "more.yaml").write_text("nlu:\n- intent: thank\n  examples:\n  - text: ありがとう\n", encoding="utf-8")
    check(tmp_path)


@pytest.mark.parametrize("line", ["ありがとう", "-", "# メモ"])
def test_用例でない行は番号を言う(line: str, tmp_path: Path) -> None:
    text = told(write(tmp_path, greet=TWO, thank=f"    - どうも\n\n    {line}\n    - ありがとう\n"))
    assert "thank.yml の 7 行目" in text
    assert "thank.yml:7 is no utterance" in text


def test_壊れたYAMLも番号を言う(tmp_path: Path) -> None:
    write(tmp_path, greet=TWO)
    (tmp_path / "thank.yml").write_text("nlu:\n- intent: thank\n  examples: [\n", encoding="utf-8")
    assert "thank.yml の 4 行目が YAML として読めません" in told(tmp_path)


def test_字として読めないファイルも名を言う(tmp_path: Path) -> None:
    write(tmp_path, greet=TWO)
    (tmp_path / "thank.yml").write_bytes("nlu:\n- intent: thank # お礼\n".encode("cp932"))
    assert "thank.yml" in told(tmp_path)


def test_種類が一つでは学べない(tmp_path: Path) -> None:
    assert "two intents" in told(write(tmp_path, greet=TWO))


def test_同義語と編集中の写しは数えない(tmp_path: Path) -> None:
    write(tmp_path, greet=TWO, thank=TWO)
    (tmp_path / "synonyms.yml").write_text("nlu:\n- synonym: 東京\n  examples: |\n    - 都\n", encoding="utf-8")
    (tmp_path / ".#greet.yml").write_text("[", encoding="utf-8")
    check(tmp_path)


def test_JSONの用例があれば数を言わない(tmp_path: Path) -> None:
    write(tmp_path, greet=TWO)
    (tmp_path / "more.json").write_text("{}", encoding="utf-8")
    check(tmp_path)
