"""madoguchi.answers.eligibility: the verdict first, then the rule, and how far a near miss is off."""

from __future__ import annotations

import pytest

from tests.unit.answers.conftest import Counter, facts

TAX, GRANT = "はやぶさ設備減税", "みなと販路補助金"
THRESHOLDS = [
    # 以上
    (f"{TAX}、150万円の機械は使えますか", False, "price_floor", 100_000),
    (f"{TAX}、159万9,999円の機械は対象ですか", False, "price_floor", 1),
    (f"{TAX}、160万円の機械は使えますか", True, "price_floor", None),
    (f"{TAX}、161万円の機械は使えますか", True, "price_floor", None),
    # 以下
    (f"{TAX}、資本金4,999万円は対象ですか", True, "equity", None),
    (f"{TAX}、資本金5000万円は対象ですか", True, "equity", None),
    (f"{TAX}、資本金5001万円は対象ですか", False, "equity", 10_000),
    (f"{TAX}、資本金1億円は対象ですか", False, "equity", 50_000_000),
    # 超
    (f"{TAX}、従業員3人は使えますか", False, "staff_over", None),
    (f"{TAX}、従業員4人は使えますか", True, "staff_over", None),
    # 人数
    (f"{GRANT}、従業員19人は使えますか", True, "staff", None),
    (f"{GRANT}、従業員20人は使えますか", True, "staff", None),
    (f"{GRANT}、従業員21人は使えますか", False, "staff", 1),
    (f"{GRANT}、従業員二十一名でもいけますか", False, "staff", 1),
    # 場合によって違う境
    (f"{GRANT}、商店で従業員5人は使えますか", True, "staff_shop", None),
    (f"{GRANT}、商店で従業員6人は使えますか", False, "staff_shop", 1),
    # 旧い決まりは、言われたときだけ
    (f"{TAX}、資本金3000万円は対象ですか", True, "equity", None),
    (f"{TAX}、旧条例で資本金3000万円は対象ですか", False, "old_equity", 10_000_000),
    (f"{TAX}、旧条例で資本金2000万円は対象ですか", True, "old_equity", None),
]


@pytest.mark.parametrize(("text", "covered", "rule", "gap"), THRESHOLDS, ids=[case[0] for case in THRESHOLDS])
def test_境の手前と境と先(text: str, covered: bool, rule: str, gap: int | None, counter: Counter) -> None:
    reply = counter.ask(text, "ask_eligibility")
    assert reply.lead.startswith("はい" if covered else "いいえ、対象外です")
    assert facts(reply)[0] == rule
    assert reply.facts[0].printed in reply.lead
    gaps = [figure.value for figure in reply.computed if figure.name == "条件との差"]
    assert gaps == ([gap] if gap else [])


RULES = [
    (f"{TAX}で備品は対象ですか", False, "furniture"),
    (f"{TAX}で机は対象ですか", False, "furniture"),
    (f"{TAX}でリースは対象ですか", True, "leased"),
    (f"{GRANT}は組合でも使えますか", True, "guild"),
    (f"{GRANT}は組合員10人以上の組合でも使えますか", True, "guild"),
]


@pytest.mark.parametrize(("text", "covered", "rule"), RULES, ids=[case[0] for case in RULES])
def test_はいかいいえを先に言う(text: str, covered: bool, rule: str, counter: Counter) -> None:
    reply = counter.ask(text, "ask_eligibility")
    assert reply.lead.startswith("はい。" if covered else "いいえ。")
    assert facts(reply) == [rule]


WHOLE = [
    (f"{GRANT}、資本金3億円でも使えますか", "はい。", "資本金の大きさは問いません"),
    ("しおかぜ資金の貸し手はうしお公社ですか", "はい。", "うしお信用公社が"),
    ("しおかぜ資金の貸し手は産業センターですか", "いいえ。", "うしお信用公社が"),
    (f"{GRANT}は新しい制度ですか", "はい", "新設"),
    ("しおかぜ資金は新しい制度ですか", "いいえ", "新設"),
    ("いさり火貸付は終わった制度ですか", "はい", "終わ"),
]


@pytest.mark.parametrize(("text", "verdict", "reason"), WHOLE, ids=[case[0] for case in WHOLE])
def test_境のない決まりと実施機関と印(text: str, verdict: str, reason: str, counter: Counter) -> None:
    lead = counter.ask(text, "ask_eligibility").lead
    assert lead.startswith(verdict)
    assert reason in lead


def test_人数の差も計算として言う(counter: Counter) -> None:
    reply = counter.ask(f"{GRANT}、従業員21人は使えますか", "ask_eligibility")
    assert [figure.printed for figure in reply.computed] == ["1人"]
    assert "1人" in reply.text


def test_言われていない業種で境が違えば_添える(counter: Counter) -> None:
    reply = counter.ask(f"{GRANT}、従業員6人は使えますか", "ask_eligibility")
    assert reply.lead.startswith("はい")
    assert "5人以下" in "".join(reply.details)


def test_続けて境を聞ける(counter: Counter) -> None:
    counter.ask(f"{GRANT}、従業員20人は使えますか", "ask_eligibility")
    assert counter.ask("従業員21人なら", "follow_up").lead.startswith("いいえ")


def test_金額を聞かれたら判定しない(counter: Counter) -> None:
    assert not counter.ask(f"{GRANT}の上限はいくらですか", "ask_amount").lead.startswith(("はい", "いいえ"))
