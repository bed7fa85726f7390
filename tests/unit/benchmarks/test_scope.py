"""benchmarks.scope: the sentences, and what counts as answered."""

from __future__ import annotations

from pathlib import Path

import pytest
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.loading import load_data

from benchmarks import scope
from benchmarks.scope import INSIDE, OUTSIDE, Measured, Said, report, sentences
from madoguchi.terminal import Advice

ROOT = Path(__file__).parents[3]


def custom(outcome: str, *, facts: int = 0, programs: int = 0, contacts: tuple[str, ...] = ()) -> dict[str, object]:
    return {
        "outcome": outcome,
        "facts": [{}] * facts,
        "programs": [{}] * programs,
        "contacts": [{"id": name} for name in contacts],
    }


@pytest.mark.parametrize(
    ("reply", "answered"),
    [
        (custom("answered", facts=1), True),
        (custom("answered", programs=1), True),
        (custom("answered", contacts=("plaza", "guarantee")), True),
        (custom("answered", contacts=("plaza",)), False),  # the general office: whom to ask about anything
        (custom("answered"), False),  # a greeting
        (custom("silent", facts=1, programs=1), False),
        (custom("asked", programs=2), False),
        (custom("out_of_scope", contacts=("plaza",)), False),
    ],
)
def test_事実か制度か担当の窓口を言えば答えたことになる(reply: dict[str, object], answered: bool) -> None:
    assert scope._answered(reply, "plaza") is answered


def test_割合と内訳を書く() -> None:
    def said(outcome: str, answered: bool) -> Said:
        return Said(text="あ", outcome=outcome, answered=answered, lead="い", intent="greet", confidence=0.5)

    outside = (said("answered", True), *[said("out_of_scope", False)] * 3)
    inside = (said("out_of_scope", False), *[said("answered", True)] * 4)
    assert list(report(Measured(outside, inside))) == [
        "out_of_scope_answered=25.0  (1/4)",
        "in_scope_refused=20.0  (1/5)",
        "out_of_scope_outcomes: out_of_scope 3, answered 1",
        "in_scope_outcomes: answered 4, out_of_scope 1",
    ]


def test_文のないファイルは名を言う(tmp_path: Path) -> None:
    with pytest.raises(Advice, match=r"none\.txt"):
        sentences(tmp_path / "none.txt")
    (tmp_path / "empty.txt").write_text("# ことわり\n\n", encoding="utf-8")
    with pytest.raises(Advice, match=r"empty\.txt"):
        sentences(tmp_path / "empty.txt")


@pytest.mark.parametrize("file", [OUTSIDE, INSIDE], ids=str)
def test_試験の文は三百以上あり_用例と重ならない(file: Path) -> None:
    texts = sentences(ROOT / file)
    assert len(texts) >= 300
    assert len(set(texts)) == len(texts)
    learned = {str(example.get(TEXT)) for example in load_data(str(ROOT / "data/nlu")).intent_examples}
    assert sorted(learned & set(texts)) == []
