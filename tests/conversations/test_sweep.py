"""Every figure and every kind of statement in the catalog can be asked for: programme by programme, case by case."""

from __future__ import annotations

from madoguchi.catalog.model import Attribute, Fact, Unit


def test_すべての数字を_制度と場合と項目の名で聞ける(counter, capsys) -> None:
    facts = [fact for fact in counter.catalog.facts() if fact.unit is not Unit.TEXT]
    wrong = [problem for fact in facts if (problem := _asked_by_name(counter, fact))]
    with capsys.disabled():
        print(f"\n数字の総当たり (sweep): {len(facts)} 組、誤り {len(wrong)}")
    assert facts
    assert not wrong, "\n".join(wrong)


def test_すべての制度に_述べてあることの種類を聞ける(counter, capsys) -> None:
    pairs = list(dict.fromkeys((fact.program, fact.attribute) for fact in counter.catalog.facts()))
    wrong = [problem for pair in pairs if (problem := _asked_by_kind(counter, *pair))]
    with capsys.disabled():
        print(f"\n種類の総当たり (sweep): {len(pairs)} 組、誤り {len(wrong)}")
    assert pairs
    assert not wrong, "\n".join(wrong)


def _asked_by_name(counter, fact: Fact) -> str:
    """What is wrong with the reply to a question for the figure by its programme, its cases and its name."""
    catalog = counter.catalog
    cases = "".join(f"{catalog.cases[name].name}の" for name in fact.applies_to if not catalog.cases[name].default)
    question = f"{catalog.programs[fact.program].name}の{cases}{fact.name}は？"
    answer = counter.visit().say(question)
    stated = {(entry.get("id"), entry["printed"]) for entry in answer.custom["facts"]}
    if (fact.printed in answer.text or fact.value is None) and (fact.key, fact.printed) in stated:
        return ""
    return f"{question} 「{fact.printed}」がありません: {answer.text.splitlines()[0]}"


def _asked_by_kind(counter, program: str, attribute: Attribute) -> str:
    """What is wrong with the reply to a question for one kind of statement about the programme."""
    catalog = counter.catalog
    question = f"{catalog.programs[program].name}の{catalog.terms['attributes'][attribute.value].name}は？"
    answer = counter.visit().say(question)
    family = {part.id for part in catalog.with_parts(program)}
    if any(entry["attribute"] == attribute.value and entry["program"] in family for entry in answer.custom["facts"]):
        return ""
    return f"{question} {attribute.value} が返事にありません: {answer.text.splitlines()[0]}"
