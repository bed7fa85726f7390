"""madoguchi.catalog.strict_yaml: YAML as trainers write it, without YAML 1.1's surprises."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from madoguchi.catalog import CatalogError, Problem
from madoguchi.catalog.strict_yaml import load

READ = [
    ('a: "0570"', "0570"),
    ("a: '12:30'", "12:30"),
    ("a: 0", 0),
    ("a: -1", -1),
    ("a: 300_000_000", 300_000_000),
    ("a: 7_200_000", 7_200_000),
    ("a: 1000", 1000),
    ("a: 1.55", 1.55),
    ("a: 0.4", 0.4),
    ("a: true", True),
    ("a: false", False),
    ("a: null", None),
    ("a: ~", None),
    ("a:", None),
    ('a: ""', ""),
    ("a: yes", "yes"),
    ("a: on", "on"),
    ("a: No", "No"),
    ("a: fy2009", "fy2009"),
    ("a: jfc_sme_2", "jfc_sme_2"),
    ("a: 融資", "融資"),
    ("a: [融資, 補助金]", ["融資", "補助金"]),
    ("a: {b: c}", {"b": "c"}),
    ("a: |\n  一行目\n  2行目\n", "一行目\n2行目\n"),
    ("a: 融資 # 注", "融資"),
    ('a: "融資 # 注"', "融資 # 注"),
    ("a: ①", "①"),
]


@pytest.mark.parametrize(("text", "expected"), READ, ids=[text for text, _ in READ])
def test_書いたとおりに読む(text: str, expected: object, tmp_path: Path) -> None:
    file = tmp_path / "制度.yml"
    file.write_text(text, encoding="utf-8")
    value, _ = load(file)
    assert value == {"a": expected}
    assert isinstance(value, dict)
    assert type(value["a"]) is type(expected)


@pytest.mark.parametrize(
    "content", [b"", b"\n\n", "# 注だけ\n".encode(), b"---\n"], ids=["空", "空行", "注だけ", "区切りだけ"]
)
def test_空のファイルはNone(content: bytes, tmp_path: Path) -> None:
    file = tmp_path / "a.yml"
    file.write_bytes(content)
    assert load(file)[0] is None


@pytest.mark.parametrize("content", [b"\xef\xbb\xbfa: x\r\nb: y\r\n", b"a: x\rb: y\r"], ids=["BOMとCRLF", "CR"])
def test_Windowsや昔のMacで保存しても同じ(content: bytes, tmp_path: Path) -> None:
    file = tmp_path / "a.yml"
    file.write_bytes(content)
    assert load(file)[0] == {"a": "x", "b": "y"}


def problems(content: str | bytes, folder: Path) -> tuple[Problem, ...]:
    file = folder / "制度.yml"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(CatalogError) as caught:
        load(file)
    for problem in caught.value.problems:
        assert problem.file == file
        assert not problem.warning
        assert re.search(r"[ぁ-ん]", problem.write)
        assert re.search(r"[A-Za-z]{3}", problem.english)
        assert f"{file}:{problem.line}" in str(problem)
    return caught.value.problems


UNQUOTED = [
    "0570",  # 376 in YAML 1.1
    "0120000000",  # 20971520
    "12:30",  # 750
    "1:30:00",
    "2010-4-1",
    "2010-04-01",  # a date object
    "2010-10",
    "077-511-1413",
    "fb00@pref.shiga.lg.jp",
    "http://example.jp/1",
    "2億円以内",
    "平成21年度",
    "21年度",
    "100%",
    "7％",
    "1,000",
    "1_00",
    "10_000_00",
    "0x1F",
    "0o17",
    "0b101",
    "1e3",
    ".5",
    "5.",
    "+5",
    "1/2",
    "01.5",
    "00",
    "１２",
    "1.5.2",
    "H21",
]


@pytest.mark.parametrize("text", UNQUOTED)
def test_数字の入った文字は引用符で囲む(text: str, tmp_path: Path) -> None:
    (problem,) = problems(f"id: x\na: {text}\n", tmp_path)
    assert (problem.line, problem.key, problem.found) == (2, "a", text)
    assert f'"{text}"' in problem.write
    assert f'"{text}"' in problem.english


@pytest.mark.parametrize("text", UNQUOTED)
def test_引用符で囲めば文字のまま(text: str, tmp_path: Path) -> None:
    file = tmp_path / "a.yml"
    file.write_text(f'a: "{text}"', encoding="utf-8")
    assert load(file)[0] == {"a": text}


def test_波括弧の中の金額は二つの項目に割れずに断られる(tmp_path: Path) -> None:
    (problem,) = problems("facts:\n  - {quote: 7億2,000万円}\n", tmp_path)
    assert (problem.line, problem.key, problem.found) == (2, "facts.0.quote", "7億2")


REFUSED = [
    ("同じ項目が二度", "a: x\nb: y\na: z\n", 3, "a", "二度"),
    ("入れ子で二度", "facts:\n  - id: x\n    text: y\n    text: z\n", 4, "facts.0.text", "二度"),
    ("引用符のある項目名で二度", 'a: x\n"a": y\n', 2, "a", "二度"),
    ("アンカー", "a: &x 融資\nb: y\n", 1, "-", "x"),
    ("エイリアス", "b: &x [融資]\na: *x\n", 2, "-", "x"),
    ("自分を含むエイリアス", "a: &x [*x]\n", 1, "-", "x"),
    ("取り込み", "a: &x {b: c}\nd:\n  <<: *x\n", 3, "-", "x"),
    ("タグ", "a: !secret x\n", 1, "-", "!secret"),
    ("型のタグ", 'id: x\na: !!int "3"\n', 2, "-", "tag:yaml.org,2002:int"),
    ("Pythonのタグ", "a: !!python/name:os.system x\n", 1, "-", "python/name:os.system"),
    ("タブの字下げ", "a:\n\tb: x\n", 2, "-", "cannot start any token"),
    ("コロンのあとの余分な字下げ", "a: x\n  b: y\n", 2, "-", "not allowed"),
    ("閉じない引用符", 'a: "x\nb: y\n', 3, "-", "end of stream"),
    ("閉じない括弧", "a: [x, y\nb: z\n", 2, "-", "','"),
    ("二つの文書", "a: x\n---\nb: y\n", 2, "-", "another document"),
    ("@で始まる値", "a: @x\n", 1, "-", "cannot start any token"),
    ("%で始まる値", "a: x\nb: %x\n", 2, "-", "cannot start any token"),
    ("制御文字", b"a: x\nb: y\x07\n", 2, "-", "x0007"),
    ("引用符の中の制御文字", b'a: x\nb: "y\x00"\n', 2, "-", "x0000"),
    ("かなのあとの制御文字", "a: ほじょ\nb: きん\x1b\n", 2, "-", "x001b"),
    ("書き表した制御文字", 'a: x\nb: "y\\x07"\n', 2, "b", "x07"),
    ("Shift_JIS", b"a: x\n" + "b: 融資\n".encode("cp932"), 2, "-", "byte 8"),
    ("EUC-JP", "a: 融資\n".encode("euc-jp"), 1, "-", "byte"),
    ("UTF-16", "a: 融資\n".encode("utf-16"), 1, "-", "byte 0"),
]


@pytest.mark.parametrize(
    ("content", "line", "key", "found"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED]
)
def test_断るときは行と項目と見つけたものを言う(
    content: str | bytes, line: int, key: str, found: str, tmp_path: Path
) -> None:
    first = problems(content, tmp_path)[-1]
    assert (first.line, first.key) == (line, key)
    assert found in first.found


def test_一度に全部の誤りを言う(tmp_path: Path) -> None:
    found = problems("a: 0570\nb: 12:30\nc: x\nc: y\n", tmp_path)
    assert [(problem.line, problem.key) for problem in found] == [(1, "a"), (2, "b"), (4, "c")]


LINES = [
    ("facts.1.value", 5),
    ("facts.1", 4),
    ("facts.1.missing", 4),
    ("facts.9.value", 3),  # where the list begins
    ("unknown", 1),
    ("", 1),
]


@pytest.mark.parametrize(("path", "expected"), LINES, ids=[path for path, _ in LINES])
def test_項目の行が分かる(path: str, expected: int, tmp_path: Path) -> None:
    file = tmp_path / "a.yml"
    file.write_text("id: x\nfacts:\n  - id: y\n  - id: z\n    value: 3\n", encoding="utf-8")
    assert load(file)[1].of(path) == expected


NEAREST = [("parts.0", "parts.0.day"), ("parts.1.facts.0", "day"), ("parts.0.facts.3", "parts.0.day"), ("", "day")]


@pytest.mark.parametrize(("path", "expected"), NEAREST, ids=[path for path, _ in NEAREST])
def test_受け継いだ項目が書かれたところが分かる(path: str, expected: str, tmp_path: Path) -> None:
    file = tmp_path / "a.yml"
    file.write_text('day: "1"\nparts:\n  - id: x\n    day: "2"\n  - id: y\n', encoding="utf-8")
    assert load(file)[1].nearest(path, "day") == expected
