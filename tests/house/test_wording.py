"""Words live in `data/responses`, facts in `data/programs`: Python holds no sentence, name, number or telephone."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from madoguchi.answers import phrases
from madoguchi.catalog import Catalog, load
from madoguchi.catalog.model import Contact, Organization, Program, Unit
from madoguchi.japanese.folding import fold
from madoguchi.japanese.numbers import quantities

ROOT = Path(__file__).parents[2]
JAPANESE = re.compile(r"[ぁ-んァ-ヶ一-龠々][ぁ-んァ-ヶ一-龠々ー、。]")  # two in a row; one is a letter, as in "ー"
TELEPHONE = re.compile(r"(?<!\d)0\d{1,4}-\d{1,4}-\d{3,4}(?!\d)")
AMOUNT = re.compile(r"[\d一二三四五六七八九十百千][万億兆]*(?:円|%|割)|\d[万億兆]")
LONGEST_COMMON_NAME = 3  # characters: 補助, 減税 are words of the language, not names

ANSWERING = sorted((ROOT / "madoguchi/answers").rglob("*.py"))
ACTING = sorted((ROOT / "actions").glob("*.py"))
WORDLESS = [*ANSWERING, *ACTING, *(ROOT / f"madoguchi/catalog/{name}.py" for name in ("catalog", "names", "search"))]
PYTHON = sorted(file for top in ("madoguchi", "actions", "tools") for file in (ROOT / top).rglob("*.py"))


def short(file: Path) -> str:
    return str(file.relative_to(ROOT))


def tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"))


def literals(file: Path) -> Iterator[ast.Constant]:
    """The constants of a file, docstrings aside."""
    module = tree(file)
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(module)
        if isinstance(node, documented) and node.body and isinstance(node.body[0], ast.Expr)
    }
    yield from (node for node in ast.walk(module) if isinstance(node, ast.Constant) and id(node) not in docstrings)


def texts(file: Path) -> Iterator[tuple[str, str]]:
    """(place, string) of the string constants of a file, those inside f-strings included."""
    for node in literals(file):
        if isinstance(node.value, str):
            yield f"{short(file)}:{node.lineno}", node.value


# --- sentences ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("file", WORDLESS, ids=short)
def test_日本語の文を持たない(file: Path) -> None:
    assert [f"{place}: {text}" for place, text in texts(file) if JAPANESE.search(text)] == []


TEMPLATES: dict[str, Any] = {}
for responses in sorted((ROOT / "data/responses").glob("*.yml")):
    TEMPLATES.update(yaml.safe_load(responses.read_text(encoding="utf-8"))["responses"])
PHRASES = phrases.load(ROOT / "data/responses")


def calls(file: Path) -> Iterator[tuple[ast.Call, ast.AST]]:
    """Every `say(…)` with the function around it."""
    functions = [node for node in ast.walk(tree(file)) if isinstance(node, ast.FunctionDef)]
    for function in functions:
        for node in ast.walk(function):
            if isinstance(node, ast.Call):
                called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                if called == "say":
                    yield node, function


def values(expression: ast.expr, function: ast.AST) -> set[str]:
    """The names of phrases that `expression` can stand for; "*" for any part of one that is worked out."""
    if isinstance(expression, ast.Constant):
        return {str(expression.value)}
    if isinstance(expression, ast.JoinedStr):
        return {"".join(str(v.value) if isinstance(v, ast.Constant) else "*" for v in expression.values)}
    if isinstance(expression, ast.IfExp):
        return values(expression.body, function) | values(expression.orelse, function)
    if isinstance(expression, ast.Name):
        assigned = [
            node.value
            for node in ast.walk(function)
            if isinstance(node, ast.Assign) and any(getattr(t, "id", "") == expression.id for t in node.targets)
        ]
        return {name for value in assigned for name in values(value, function)} or {"*"}
    return {"*"}


def matching(name: str) -> list[str]:
    """The templates that a name with "*" in it can mean."""
    pattern = re.compile(re.escape(f"utter_{name}").replace(r"\*", r"\w+"))
    return [template for template in TEMPLATES if pattern.fullmatch(template)]


SAYINGS = [
    (f"{short(file)}:{call.lineno}", name, frozenset(keyword.arg for keyword in call.keywords))
    for file in [*ANSWERING, *ACTING]
    for call, function in calls(file)
    for name in sorted(values(call.args[0], function))
    if name != "*"
]


def test_言い回しを呼ぶところが見つかる() -> None:
    assert len(SAYINGS) > 50


@pytest.mark.parametrize(("place", "name", "given"), SAYINGS, ids=[f"{p}-{n}" for p, n, _ in SAYINGS])
def test_呼ばれる言い回しがあり_値がそろっている(place: str, name: str, given: frozenset[str]) -> None:
    found = matching(name)
    assert found, f"{place}: no utter_{name} in data/responses"
    for template in found:
        missing = PHRASES.fields(template) - given
        assert not missing, f"{place}: {template} needs {sorted(missing)}"


def test_使われない言い回しはない() -> None:
    written = {text for file in [*ANSWERING, *ACTING] for _, text in texts(file)}
    patterned = {template for _, name, _ in SAYINGS if "*" in name for template in matching(name)}
    assert sorted(t for t in TEMPLATES if t.removeprefix("utter_") not in written and t not in patterned) == []


def test_言い回しの名は一度だけ() -> None:
    texts = [file.read_text(encoding="utf-8") for file in (ROOT / "data/responses").glob("*.yml")]
    names = Counter(name for text in texts for name in re.findall(r"^  (utter_\w+):", text, re.MULTILINE))
    assert [name for name, times in names.items() if times > 1] == []


@pytest.mark.parametrize("name", TEMPLATES)
def test_言い回しは文が一つで_数字を持たない(name: str) -> None:
    assert len(TEMPLATES[name]) == 1, "a desk's answer does not vary by chance"
    text = TEMPLATES[name][0]["text"]
    words = re.sub(r"\{\w+\}", "", text)
    assert not re.search(r"\d|[①-⑳㈠-㈩]", words)
    assert [q for q in quantities(words) if q.kind in ("yen", "percent", "ratio")] == []


# --- names, telephone numbers, amounts ------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load(ROOT / "data/programs")


@pytest.fixture(scope="module")
def names(catalog: Catalog) -> re.Pattern[str]:
    """Any name of the catalog that is long enough to be nothing else."""
    bearers: list[Program | Contact | Organization] = [
        *catalog.programs.values(),
        *catalog.contacts.values(),
        *catalog.organizations.values(),
    ]
    folded = {fold(name) for bearer in bearers for name in (bearer.name, *bearer.aliases)}
    telling = [name for name in folded if len(name) > LONGEST_COMMON_NAME and JAPANESE.search(name)]
    return re.compile("|".join(map(re.escape, telling)))


@pytest.mark.parametrize("file", PYTHON, ids=short)
def test_制度や機関の名を持たない(file: Path, names: re.Pattern[str]) -> None:
    assert [f"{place}: {text}" for place, text in texts(file) if names.search(fold(text))] == []


@pytest.mark.parametrize("file", PYTHON, ids=short)
def test_電話番号を持たない(file: Path) -> None:
    found = [(place, number) for place, text in texts(file) for number in TELEPHONE.findall(text)]
    assert [(place, number) for place, number in found if number.strip("0-")] == []  # 0000-00-0000 shows a form


@pytest.mark.parametrize("file", PYTHON, ids=short)
def test_金額や率を持たない(file: Path, catalog: Catalog) -> None:
    amounts = {fact.value for fact in catalog.facts() if fact.unit is Unit.JPY and isinstance(fact.value, int)}
    amounts -= {10**power for power in range(20)}
    numbers = [node for node in literals(file) if type(node.value) is int and node.value in amounts]
    assert [f"{short(file)}:{node.lineno}: {node.value!r}" for node in numbers] == []
    assert [f"{place}: {text}" for place, text in texts(file) if AMOUNT.search(fold(text))] == []
