"""madoguchi.answers.desk: every kind of question, answered from the data folder alone."""

from __future__ import annotations

import pytest

from madoguchi.answers import kinds
from madoguchi.catalog import load
from madoguchi.catalog.model import Contact, Organization, Program
from madoguchi.japanese.folding import fold
from tests.unit.answers.conftest import ROOT, Counter

# text, what it was taken for, what the first sentence has, what the reply must not have
KINDS = [
    ("しおかぜ資金とは", "ask_description", "設備や運転の資金", "300万円"),
    ("はやぶさ減税って何", "ask_description", "6%", "160万円"),
    ("しおかぜ資金の限度額", "ask_amount", "5,000万円以内", "90%"),
    ("みさき保証の保証料", "ask_rate", "年0.4%～0.9%", "1.1%"),
    ("しおかぜ資金の返済期間", "ask_term", "10年以内", "1年以内"),
    ("はやぶさ設備減税はいつから", "ask_schedule", "令和元年5月1日", "6%"),
    ("みなと販路補助金の手続き", "ask_procedure", "手順は次のとおり", "300万円"),
    ("みなと販路補助金は組合でも使えますか", "ask_eligibility", "はい。", "5人以下"),
    ("なぎさ省エネの令和2年度の予算", "ask_budget", "1億2,000万円", "9,000万円"),
    ("なぎさ省エネの予算は増えましたか", "ask_comparison", "減って", "増えて"),
    ("しおかぜ資金とみさき小口保証の限度額の違い", "ask_comparison", "1,000万円以内", "90%"),
    ("いさり火貸付はまだありますか", "ask_status", "いいえ", "700万円"),
    ("しおりは誰が出しましたか", "ask_source", "みなみ県 事業者支援のしおり", "財政課"),
    ("しおかぜ資金は何ページ", "ask_source", "6ページ", "5,000万円"),
    ("しおかぜ資金を全部教えて", "full_record", "しおかぜ資金", "300万円"),
    # 窓口
    ("うしお公社の電話番号", "ask_contact", "099-555-0121", "099-555-0100"),
    ("うしお公社 若葉の電話番号", "ask_contact", "099-555-0122", "099-555-0121"),
    ("わかばの公社の番号", "ask_contact", "099-555-0122", "099-555-0121"),
    ("商工課の内線", "ask_contact", "345", "099-555-0112"),
    ("商工課のメール", "ask_contact", "shoko@example.jp", "099-555-0112"),
    ("産業センターのサイト", "ask_contact", "https://minato.example.jp/", "099-555-0111"),
    ("しおかぜ資金はどこに聞けばいい", "ask_contact", "099-555-0121", "099-555-0100"),
    ("県税事務所の電話番号", "ask_contact", "記載がありません", "099-555-0111"),
    ("099-555-0112はどこの番号", "ask_contact", "財政課", "商工課"),
    ("０９９ー５５５ー０１１２って", "ask_contact", "財政課", "商工課"),
    ("099-555-9999はどこの番号", "ask_contact", "記載がありません", "財政課"),
    # 一覧
    ("資金繰りに使えるもの", "ask_list", "しおかぜ資金", "みなと販路補助金"),
    ("補助金の一覧", "ask_list", "みなと販路補助金", "しおかぜ資金"),
    ("貸付にはどんなものがありますか", "ask_list", "しおかぜ資金", "みなと販路補助金"),
    ("終わった制度", "ask_list", "いさり火貸付", "しおかぜ資金"),
    ("新しい制度はどれ", "ask_list", "みなと販路補助金", "いさり火貸付"),
    ("何がありますか", "ask_list", "販路づくり", "記載がありません"),
    # 窓口での言葉
    ("こんにちは", "greet", "みなみ県の事業者向けの支援策", "円"),
    ("何ができるの", "help", "みなみ県の事業者向けの支援策", "円"),
    ("おいしい店は", "out_of_scope", "お答えできません", "099-555-0111"),
    ("担当者と話したい", "human", "お電話ください", "099-555-0111"),
]


@pytest.mark.parametrize(("text", "intent", "said", "unsaid"), KINDS, ids=[case[0] for case in KINDS])
def test_どの種類の問いにも_データだけから答える(
    text: str, intent: str, said: str, unsaid: str, counter: Counter
) -> None:
    reply = counter.ask(text, intent)
    assert said in reply.lead
    assert unsaid not in reply.lead + "".join(reply.details)


def test_よその県の言葉は出ない(counter: Counter) -> None:
    shiga = load(ROOT / "data/programs")
    bearers: list[Program | Contact | Organization] = [
        *shiga.programs.values(),
        *shiga.contacts.values(),
        *shiga.organizations.values(),
    ]
    names = {fold(bearer.name) for bearer in bearers if len(bearer.name) > 3} | {"滋賀", "077"}
    for text, intent, *_ in KINDS:
        said = fold(counter.ask(text, intent).text)
        assert [name for name in names if name in said] == [], text


MOVES = [
    ("うしお公社の電話番号", "ask_contact", "若葉は", "099-555-0122"),
    ("なぎさ省エネの令和3年度の予算", "ask_budget", "前年度は", "1億2,000万円"),
    ("しおかぜ資金の限度額", "ask_amount", "みさき小口保証は", "1,000万円以内"),
    ("しおかぜ資金の設備資金の利率", "ask_rate", "運転資金は", "年1.35%"),
    ("みなと販路補助金、従業員20人は使えますか", "ask_eligibility", "商店なら", "5人以下"),
    ("しおかぜ資金とは", "ask_description", "電話は", "099-555-0121"),
]


@pytest.mark.parametrize(("text", "intent", "move", "said"), MOVES, ids=[f"{c[0]} {c[2]}" for c in MOVES])
def test_前の問いを受けて答える(text: str, intent: str, move: str, said: str, counter: Counter) -> None:
    counter.ask(text, intent)
    assert said in counter.ask(move, "follow_up").lead


def test_聞き返しは二度目に電話番号を添える(counter: Counter) -> None:
    first = counter.ask("ふにゃ", "nlu_fallback")
    second = counter.ask("ふにゃふにゃ", "nlu_fallback")
    assert first.lead != second.lead
    assert "099-555-0100" in second.text
    assert [choice.title for choice in first.choices] == ["資金繰り", "設備の更新", "販路づくり"]


def test_答え手のない種類はない() -> None:
    intents = {file.stem for file in (ROOT / "data/nlu").glob("*.yml")}
    assert set(kinds.ANSWERS) <= intents
