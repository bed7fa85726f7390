"""madoguchi.catalog.names: which programme or office a text names, in whatever writing, with its place in the text."""

from __future__ import annotations

import dataclasses
import re
from collections import Counter
from pathlib import Path

import pytest
import yaml

from madoguchi.catalog import Catalog, load
from madoguchi.catalog.model import Program
from madoguchi.catalog.names import Mention, NameIndex, WordWeight
from madoguchi.catalog.search import content_words

ROOT = Path(__file__).parents[3]
TOPICS = ("program", "contact", "organization")
LARGE = 2000  # generated programmes: enough to see that other names crowd nothing out, built in seconds


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load(ROOT / "data/programs")


@pytest.fixture(scope="module")
def index(catalog: Catalog) -> NameIndex:
    return NameIndex(catalog)


@pytest.fixture(scope="module")
def weight() -> WordWeight:
    """How telling a word is, from the example utterances, as the trained linker has it."""
    counts: Counter[str] = Counter()
    for file in (ROOT / "data/nlu").glob("*.yml"):
        for line in yaml.safe_load(file.read_text(encoding="utf-8"))["nlu"][0]["examples"].splitlines():
            counts.update(set(content_words(re.sub(r"\[[^\]]+\]\(\w+\)", " ", line.removeprefix("- ")))))
    return lambda word: 1.0 / (1.0 + counts[word] / 2.0)


def topics(text: str, mentions: list[Mention]) -> list[tuple[str, str]]:
    """(what stands in the text, what it names) for programmes, offices and organisations."""
    named = [(m, [f"{t.kind}:{t.id}" for t in m.targets if t.kind in TOPICS]) for m in mentions]
    return [(text[m.start : m.end], " ".join(sorted(names))) for m, names in named if names]


CREDIT = "program:capital_investment_tax"
FUND = "program:innovation_fund"
ORDINARY = "program:ordinary_guarantee"
UNSECURED = "program:unsecured_guarantee"
UNGUARANTEED = "program:unsecured_unguaranteed_guarantee"
COORDINATOR = "program:sales_coordinator"
VENTURE = "program:venture_fund"
HANDS_ON = "program:hands_on"
ASSOCIATION = "organization:guarantee_association"
JFC = "organization:jfc"

# text, what stands in it, what that names
ONE = [
    # 名前のとおり
    ("設備投資減税は？", "設備投資減税", CREDIT),
    ("滋賀県の経営革新支援資金の限度額", "滋賀県の経営革新支援資金", FUND),
    ("政府系金融機関による低利融資制度について教えて", "政府系金融機関による低利融資制度", "program:low_interest_loan"),
    ("裁判外紛争解決手続き（ADR）とは", "裁判外紛争解決手続き（ADR）", "program:adr"),
    ("留保金課税の停止措置はまだありますか", "留保金課税の停止措置", "program:retained_earnings_tax"),
    ("新・がんばる商店街77選", "新・がんばる商店街77選", "program:shopping_streets_77"),
    # 呼び名
    ("すいしんはいくらまで", "すいしん", FUND),
    ("マル経って何", "マル経", "program:marukei"),
    ("機械減税", "機械減税", CREDIT),
    ("公庫の融資の金利", "公庫の融資", "program:low_interest_loan"),
    ("特許料の減免を受けたい", "特許料の減免", "program:patent_fee_reduction"),
    ("下請け駆け込み寺", "下請け駆け込み寺", "program:kakekomidera"),
    ("防犯カメラの補助はある？", "防犯カメラ", "program:shopping_street_revival"),
    # 全角・半角・大文字・小文字・空白
    ("ＳＢＩＲの予算", "ＳＢＩＲ", "program:sbir"),
    ("sbirの予算", "sbir", "program:sbir"),
    ("ｊｅｔｒｏって", "ｊｅｔｒｏ", "program:jetro"),
    ("第２会社方式とは", "第２会社方式", "program:second_company"),
    ("元気なモノ作り中小企業３００社", "元気なモノ作り中小企業３００社", "program:monozukuri_300"),
    ("普通 保証は", "普通 保証", ORDINARY),
    ("普　通　保　証", "普　通　保　証", ORDINARY),
    # 半角かな
    ("ﾊﾝｽﾞｵﾝ支援とは", "ﾊﾝｽﾞｵﾝ支援", HANDS_ON),
    ("ｾｰﾌﾃｨｰﾈｯﾄ貸付の金額", "ｾｰﾌﾃｨｰﾈｯﾄ貸付", "program:safety_net_loan"),
    ("ﾍﾞﾝﾁｬｰﾌｧﾝﾄﾞは？", "ﾍﾞﾝﾁｬｰﾌｧﾝﾄﾞ", VENTURE),
    ("ﾌﾂｳﾎｼｮｳは", "ﾌﾂｳﾎｼｮｳ", ORDINARY),
    ("ﾊﾝﾛｶｲﾀｸｺｰﾃﾞｨﾈｰﾀｰ", "ﾊﾝﾛｶｲﾀｸｺｰﾃﾞｨﾈｰﾀｰ", COORDINATOR),
    # かなだけ
    ("けいえいかくしんしえんしきんはいくらまで", "けいえいかくしんしえんしきん", FUND),
    ("けいえいかくしんけいかくとは", "けいえいかくしんけいかく", "program:innovation_plan"),
    ("ふつうほしょう", "ふつうほしょう", ORDINARY),
    ("むたんぽほしょうの別枠", "むたんぽほしょう", UNSECURED),
    ("むたんぽむほしょうにんほしょう", "むたんぽむほしょうにんほしょう", UNGUARANTEED),
    ("りゅうほきんかぜいは", "りゅうほきんかぜい", "program:retained_earnings_tax"),
    ("とっきょりょうのげんめん", "とっきょりょうのげんめん", "program:patent_fee_reduction"),
    ("べんちゃーふぁんど", "べんちゃーふぁんど", VENTURE),
    ("ちゅうしんしがいちの予算", "ちゅうしんしがいち", "program:city_center"),
    ("のうしょうこうれんけい", "のうしょうこうれんけい", "program:area_08_regional"),
    ("まるけいの金利", "まるけい", "program:marukei"),
    ("えすびーあいあーる", "えすびーあいあーる", "program:sbir"),
    ("しじょうかすてーじはいくら", "しじょうかすてーじ", "program:market_stage_subsidy"),
    # かなと漢字
    ("普通ほしょうは", "普通ほしょう", ORDINARY),
    ("はんろ開拓コーディネーター", "はんろ開拓コーディネーター", COORDINATOR),
    ("しじょうかステージの補助", "しじょうかステージ", "program:market_stage_subsidy"),
    # 変換違い
    ("経営確信支援資金", "経営確信支援資金", FUND),
    ("留保近課税", "留保近課税", "program:retained_earnings_tax"),
    ("地域力連系拠点", "地域力連系拠点", "program:regional_hubs"),
    ("信用保障協会", "信用保障協会", ASSOCIATION),
    ("設備投資現税", "設備投資現税", CREDIT),
    # 打ち違い・抜け・重なり・入れ替わり
    ("ベンチャファンドって", "ベンチャファンド", VENTURE),
    ("ベンチャアファンド", "ベンチャアファンド", VENTURE),
    ("ベンチーャファンド", "ベンチーャファンド", VENTURE),
    ("ハンズオソ", "ハンズオソ", HANDS_ON),
    ("ハンズンオ", "ハンズンオ", HANDS_ON),
    ("国内クレジツト", "国内クレジツト", "program:domestic_credit_infrastructure"),
    ("販路改革コーディネーター", "販路改革コーディネーター", COORDINATOR),
    ("設備投資減税税", "設備投資減税", CREDIT),
    ("設備投資滅税は使えますか", "設備投資滅税", CREDIT),
    ("販路開コーディネーター", "販路開コーディネーター", COORDINATOR),
    ("中心市街活性化の予算", "中心市街活性化", "program:city_center"),
    ("けいえいかくしんしえんしんきは", "けいえいかくしんしえんしんき", FUND),
    # 正しく書かれた制度の名のすぐ後ろの間違い
    ("事業承継税政はいつから", "事業承継税政", "program:succession_tax"),
    # 助詞のあるなし・絵文字・空白
    ("下請取引相談はどこ", "下請取引相談", "program:subcontract_consultation"),
    ("セーフティネット貸付拡充", "セーフティネット貸付拡充", "program:safety_net_loan_expansion"),
    ("経営革新😊支援資金の限度額", "経営革新😊支援資金", FUND),
    ("経営、革新、支援、資金", "経営、革新、支援、資金", FUND),
    # 数字やローマ字とかな
    ("だい2かいしゃほうしき", "だい2かいしゃほうしき", "program:second_company"),
    ("ものづくり300しゃとは", "ものづくり300しゃ", "program:monozukuri_300"),
    # 名前の一部
    ("ハンズオンの予算", "ハンズオン", HANDS_ON),
    ("中心市街地", "中心市街地", "program:city_center"),
    ("JETROの予算", "JETRO", "program:jetro"),
    ("団塊世代の活用", "団塊世代の活用", "program:shingeneki_challenge"),
    ("アジア電子流通", "アジア電子流通", "program:asian_e_distribution_line"),
    ("デューデリジェンスとは", "デューデリジェンス", "program:business_due_diligence"),
    # 入れ子の名は長いほう
    ("無担保保証の別枠は", "無担保保証", UNSECURED),
    ("無担保無保証人保証の別枠は", "無担保無保証人保証", UNGUARANTEED),
    ("無担保・無保証人保証", "無担保・無保証人保証", UNGUARANTEED),
    ("新事業開拓保証の限度額", "新事業開拓保証", "program:new_business_guarantee"),
    ("保証協会の特例", "保証協会の特例", "program:guarantee_special"),
    ("事業承継税制", "事業承継税制", "program:succession_tax"),
    ("セーフティネット貸付の拡充", "セーフティネット貸付の拡充", "program:safety_net_loan_expansion"),
    # 制度と機関
    ("保証協会の電話番号", "保証協会", ASSOCIATION),
    ("ほしょうきょうかいの電話", "ほしょうきょうかい", ASSOCIATION),
    ("公庫の電話", "公庫", JFC),
    ("商中", "商中", "organization:shoko_chukin"),
    ("しょうこうちゅうきん", "しょうこうちゅうきん", "organization:shoko_chukin"),
    ("中小機構の電話", "中小機構", "organization:smrj"),
    ("税務署はどこ", "税務署", "organization:tax_offices"),
    ("近畿経産局", "近畿経産局", "organization:kinki_bureau"),
    # 窓口と場所
    ("大津商工会議所の電話", "大津商工会議所", "contact:otsu_chamber"),
    ("彦根の会議所", "彦根の会議所", "contact:hikone_chamber"),
    ("米原市商工会", "米原市商工会", "contact:maibara_society"),
    ("信楽の窯業試験場", "窯業試験場", "contact:industrial_center_shigaraki"),
    ("新産業振興課の番号", "新産業振興課", "contact:industry_division"),
    # まわりに何があっても、もとの文の位置で
    ("㈱みなみですが設備投資減税は使える？", "設備投資減税", CREDIT),
    ("😀設備投資減税😀", "設備投資減税", CREDIT),
    ("👨‍👩‍👧普通保証👨‍👩‍👧", "普通保証", ORDINARY),
    ("ｶﾞｷﾞﾊﾟ、普通保証", "普通保証", ORDINARY),
    ("①㌧②普通保証③", "普通保証", ORDINARY),
    ("  \t\n普通保証\u200b", "普通保証", ORDINARY),
    ("<b>普通保証</b>", "普通保証", ORDINARY),
]


@pytest.mark.parametrize(("text", "span", "target"), ONE, ids=[case[0] for case in ONE])
def test_名前は一つ_その場所も(text: str, span: str, target: str, index: NameIndex) -> None:
    assert topics(text, index.mentions(text)) == [(span, target)]


GUIDELINES = "program:subcontract_guidelines"
OTSU, HIKONE = "contact:otsu_chamber", "contact:hikone_chamber"
TAX, LOAN = "program:succession_tax", "program:succession_loan"
SEVERAL = [
    ("普通保証と無担保保証の違い", [("普通保証", ORDINARY), ("無担保保証", UNSECURED)]),
    ("かけこみ寺と下請ガイドライン", [("かけこみ寺", "program:kakekomidera"), ("下請ガイドライン", GUIDELINES)]),
    ("JETROとSBIRとADR", [("JETRO", "program:jetro"), ("SBIR", "program:sbir"), ("ADR", "program:adr")]),
    ("ふつうほしょうとむたんぽほしょう", [("ふつうほしょう", ORDINARY), ("むたんぽほしょう", UNSECURED)]),
    ("日本政策金融公庫の低利融資", [("日本政策金融公庫", JFC), ("低利融資", "program:low_interest_loan")]),
    ("保証協会の緊急保証", [("保証協会", ASSOCIATION), ("緊急保証", "program:emergency_guarantee")]),
    ("大津商工会議所か彦根商工会議所", [("大津商工会議所", OTSU), ("彦根商工会議所", HIKONE)]),
    ("事業承継税制と事業承継支援資金", [("事業承継税制", TAX), ("事業承継支援資金", LOAN)]),
]


@pytest.mark.parametrize(("text", "expected"), SEVERAL, ids=[case[0] for case in SEVERAL])
def test_名前はいくつでも_文の順に(text: str, expected: list[tuple[str, str]], index: NameIndex) -> None:
    assert topics(text, index.mentions(text)) == expected


def test_決められない名はみな挙げる(index: NameIndex) -> None:
    ((_, targets),) = topics("セフティネットの予算", index.mentions("セフティネットの予算"))
    assert {"program:safety_net_finance", "program:safety_net_loan"} <= set(targets.split())


OTHERS = [
    ("無担保保証の別枠", "case:separate_quota", "別枠"),
    ("組合員20人以上の組合", "case:cooperative_20", "組合員20人以上の組合"),
    ("リースの機械", "case:lease", "リース"),
    ("国民生活事業の金利", "case:jfc_micro", "国民生活事業"),
    ("大津の公庫", "place:大津", "大津"),
    ("二次補正の額", "period:supplementary_2", "二次補正"),
    ("２１年度予算", "period:fy2009", "２１年度予算"),
    ("◆印の一覧", "tag:supplementary_2", "◆印"),
    ("運転資金を借りたい", "need:funds", "運転資金"),
    ("補助金の一覧", "kind:subsidy", "補助金"),
    ("限度額は", "attribute:limit", "限度額"),
    ("250万円の機械", "measure:acquisition_price", "機械"),
    ("県の冊子", "document:shiga_support_2010", "県の冊子"),
    ("メールで", "mean:mail", "メール"),
]


@pytest.mark.parametrize(("text", "target", "span"), OTHERS, ids=[case[0] for case in OTHERS])
def test_場合や年度や数量の名も分かる(text: str, target: str, span: str, index: NameIndex) -> None:
    named = {f"{t.kind}:{t.id}": text[m.start : m.end] for m in index.mentions(text) for t in m.targets}
    assert named.get(target) == span


NONE = [
    # 似ているが別のもの
    "月次支援金",
    "移住支援金はいくら",
    "住宅リフォームの補助",
    "火災保険に入りたい",
    "保険料の控除",
    "",
    " \n　",
    "。、！？",
    "😀👍",
    "あ",
    "こんにちは",
    "ありがとうございました",
    "はい",
    "いいえ、けっこうです",
    "今日の天気は？",
    "明日は雨が降りますか",
    "おすすめの株を教えて",
    "日本の首都はどこ",
    "カレーの作り方",
    "総理大臣は誰ですか",
    "宝くじの当たる番号",
    "好きな食べ物は何",
    "犬を飼いたい",
    "パソコンが動かない",
    "電車の時刻",
    "歌を歌って",
    "年金はいくらもらえますか",
    "子ども手当の額",
    "結婚したい",
    "頭が痛い",
    "プレスリリースについて",
    "アイスクリーム",
    "いくらまで借りられますか",
    "電話番号を教えて",
    "もっと詳しく",
    "それはいつからですか",
    "どこに聞けばいい",
    "組合でも使えますか",
    "300万円の場合は",
    "hello",
    "what is the limit",
    "你好",
    "안녕하세요",
    "<script>alert(x)</script>",
    '{"a": "b"}',
    "ああああああああああああああ",
    "123456789",
]


@pytest.mark.parametrize("text", NONE, ids=repr)
def test_制度の名のない文からは何も出ない(text: str, index: NameIndex, weight: WordWeight) -> None:
    assert topics(text, index.mentions(text, weight=weight)) == []


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("信用保証教会の電話", ASSOCIATION),
        ("保証今日会", ASSOCIATION),
        ("信用補償の特例", "program:guarantee_special"),
        ("信用保証の得例", "program:guarantee_special"),
    ],
)
def test_正しく書かれた語を含む変換違い(text: str, target: str, index: NameIndex) -> None:
    assert target in [name for _, name in topics(text, index.mentions(text))]


@pytest.mark.parametrize("text", ["普通保証の別枠は", "組合の普通保証の別枠"])
def test_先に始まる名を後の長い呼び名が消さない(text: str, index: NameIndex) -> None:
    assert ("普通保証", ORDINARY) in topics(text, index.mentions(text))


@pytest.mark.parametrize("text", ["1", "2番", "二番目のやつ"])
def test_番号だけでは制度を指さない(text: str, index: NameIndex, weight: WordWeight) -> None:
    assert topics(text, index.mentions(text, weight=weight)) == []


@pytest.mark.parametrize("text", ["これをかえすことになる", "ちゅうしょうのきぎょう", "ちゅうしょうがたのきぎょうです"])
def test_かなの語の中の字や_ありふれた語と同じ音は名前ではない(text: str, index: NameIndex) -> None:
    assert [mention for mention in index.mentions(text) if mention.how != "part"] == []


@pytest.mark.parametrize("text", ["農商工連携地域資源活用促進等", "農商工連携・地域資源活用促進等"])
def test_中黒のない名前も同じ名前(text: str, index: NameIndex) -> None:
    assert topics(text, index.mentions(text)) == [(text, "program:area_08_regional")]


@pytest.mark.parametrize("text", ["㈱みなみです", "(株)みなみです", "㍿みなみです", "株式会社みなみです"])
def test_会社の名の株は株式のことではない(text: str, index: NameIndex) -> None:
    assert [t for m in index.mentions(text) for t in m.targets if t.kind == "measure"] == []


@pytest.mark.parametrize("text", [case[0] for case in ONE] + NONE, ids=repr)
def test_場所はもとの文の中にあり_文の順で_確かさは0から1(text: str, index: NameIndex) -> None:
    mentions = index.mentions(text)
    assert [m.start for m in mentions] == sorted(m.start for m in mentions)
    for mention in mentions:
        assert 0 <= mention.start < mention.end <= len(text)
        assert text[mention.start : mention.end].strip() == text[mention.start : mention.end]
        assert mention.targets
        assert 0 < mention.score <= 1


def test_千字でも答える(index: NameIndex) -> None:
    text = "あいうえおかきくけこ" * 100 + "設備投資減税"
    assert topics(text, index.mentions(text))[-1] == ("設備投資減税", CREDIT)


def test_名を足せば学習なしで分かる(catalog: Catalog) -> None:
    program = dataclasses.replace(catalog.programs["marukei"], id="new", name="みなとの灯資金", aliases=(), facts=())
    grown = with_programs(catalog, [program])
    assert topics("みなとの灯資金は？", NameIndex(grown).mentions("みなとの灯資金は？")) == [
        ("みなとの灯資金", "program:new")
    ]


def with_programs(catalog: Catalog, more: list[Program]) -> Catalog:
    return Catalog(
        settings=catalog.settings,
        documents=catalog.documents.values(),
        organizations=catalog.organizations.values(),
        contacts=catalog.contacts.values(),
        cases=catalog.cases.values(),
        terms={name: terms.values() for name, terms in catalog.terms.items()},
        programs=[*catalog.programs.values(), *more],
    )


def test_制度が何千あっても見つかり_調べる手間は増えない(catalog: Catalog, index: NameIndex) -> None:
    places = [f"{a}{b}" for a in "東西南北中上下大小新" for b in "山川田野原村町島浜崎"]
    kinds = [f"{a}{b}" for a in ("振興", "育成", "再建", "開発", "改善") for b in ("資金", "補助", "基金", "助成")]
    model = catalog.programs["marukei"]
    names = [f"{place}{kind}" for place in places for kind in kinds][:LARGE]
    more = [dataclasses.replace(model, id=f"p{i}", name=name, aliases=(), facts=()) for i, name in enumerate(names)]
    large = NameIndex(with_programs(catalog, more))
    for text in ("南浜育成資金はいくら", "設備投資減税は？", "けいえいかくしんしえんしきん", "ベンチャファンド"):
        expected = [("南浜育成資金", f"program:p{names.index('南浜育成資金')}")] if "南浜" in text else None
        assert topics(text, large.mentions(text)) == (expected or topics(text, index.mentions(text)))


def test_何百もの制度に共通の項目の名は_どの制度も指さない(catalog: Catalog) -> None:
    """Ten thousand programmes have a ceiling each: a list of all of them must not go with every message."""
    model = catalog.programs["capital_investment_tax"]
    fact = dataclasses.replace(model.facts[0], aliases=("みなし頂値額", "上限"))
    more = [
        dataclasses.replace(
            model, id=f"p{i}", name=f"第{i}号資金", aliases=(), facts=(dataclasses.replace(fact, program=f"p{i}"),)
        )
        for i in range(300)
    ]
    few, many = (NameIndex(with_programs(catalog, more[:count])) for count in (3, 300))
    assert [len(mention.targets) for mention in few.mentions("みなし頂値額は")] == [3]
    assert many.mentions("みなし頂値額は") == []
    kinds = {target.kind for mention in many.mentions("上限は") for target in mention.targets}
    assert "attribute" in kinds
    assert "fact" not in kinds
