"""Whatever is sent gets an answer or a clear refusal: never silence, never an exception, never an invented figure."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from tests.conversations.conftest import Counter


@dataclass(frozen=True)
class Message:
    name: str
    text: object
    outcomes: tuple[str, ...] = ("answered", "asked", "silent", "out_of_scope")
    bot: tuple[str, ...] = ()


REFUSED = ("asked", "silent", "out_of_scope")
MESSAGES = [
    Message("空", "", REFUSED),
    Message("空白と改行だけ", " \u3000\n\t\r\n ", REFUSED),
    Message("見えない文字だけ", "\u200b\u200e\ufeff\u2060", REFUSED),
    Message("無", None, REFUSED),
    Message("数", 2105, REFUSED),
    Message("並び", ["/greet"], REFUSED),
    Message("入れ子", {"text": "融資"}, REFUSED),
    Message("真偽", True, REFUSED),
    Message("一万字", "うちの会社は" * 1_666 + "えん。", REFUSED),
    Message(
        "一万字の空白のあとに問い", " " * 10_000 + "信用保証の特例の問い合わせ先", ("answered",), ("077-511-1321",)
    ),
    Message("一万の改行", "ほ\n" * 10_000, REFUSED),
    Message("句点だけ", "。。。。。", REFUSED),
    Message("疑問符だけ", "？？？", REFUSED),
    Message("絵文字だけ", "👩\u200d💼😀🏦💰", REFUSED),
    Message("旗の絵文字", "🇯🇵🇯🇵🇯🇵", REFUSED),
    Message("顔文字", "(´；ω；`)", REFUSED),
    Message("制御文字だけ", "\x00\x01\x07\x1b[2J\x7f", REFUSED),
    Message("制御文字の混じった問い", "設備\x00投資\x07減\x1b税の\x08率", ("answered",), ("7%",)),
    Message("向きを変える文字の混じった問い", "\u202e県の\u202c経営革新支援資金の利率", ("answered",), ("1.55%",)),
    Message("片割れのサロゲート", "\ud800", REFUSED),
    Message("片割れのサロゲートの混じった問い", "\udc00市場化ステージの補助率\ud83d", ("answered",), ("1/2",)),
    Message("置換文字", "\ufffd\ufffd\ufffd", REFUSED),
    Message("私用領域の文字", "\ue000\uf8ff\U000f0000", REFUSED),
    Message("半角カナ", "ｾﾂﾋﾞﾄｳｼｹﾞﾝｾﾞｲ ﾉ ﾘﾂ ｵｼｴﾃ", ("answered",), ("7%",)),
    Message("全角英数", "ＴＥＬ　信用保証協会", ("answered",), ("077-511-1321",)),
    Message("濁点の離れた文字", "信用保証の特例のて\u3099んわは\u3099んこ\u3099う", ("answered",), ("077-511-1321",)),
    Message("旧字体", "經營革新支援資金の利率", ("answered",), ("1.55%",)),
    Message("HTML", "<b>補助金</b><img src=x onerror=alert(1)>"),
    Message("スクリプト", "<script>document.location='http://example.com'</script>", REFUSED),
    Message("JSON", '{"intent": {"name": "crisis"}, "entities": [], "text": "x"}', REFUSED),
    Message("YAML", "responses:\n  utter_greet:\n  - text: 0120-444-444", REFUSED),
    Message("SQL", "'; DROP TABLE events; -- ", REFUSED),
    Message("SQLの混じった問い", "' OR 1=1 UNION SELECT telephone FROM contacts --", REFUSED),
    Message("テンプレート", "{{7*7}} ${7*7} {program} {figure} %s %n", REFUSED),
    Message("パス", "../../../../etc/passwd", REFUSED),
    Message("正規表現のわな", "(a+)+$" + "a" * 500 + "!", REFUSED),
    Message("意図の近道", "/greet", REFUSED),
    Message("再起動の近道", "/restart", REFUSED),
    Message("値つきの近道", '/ask_amount{"program":"x"}', REFUSED),
    Message("枠つきの近道", '/inform{"focus":{"programs":["low_interest_loan"]}}', REFUSED),
    Message("見えない文字を前に付けた近道", "\u200b /session_start", REFUSED),
    Message("全角の近道", "／back", REFUSED),
    Message("知らないボタンの符号", "@00000000", REFUSED),
    Message("壊れたボタンの符号", "@zzzzzzzz@@", REFUSED),
    Message("英語", "Which subsidies can my factory apply for in Shiga?", REFUSED),
    Message("英語の大文字", "HELP ME PLEASE!!!"),
    Message("中国語", "请问贵县有没有对中小企业的贷款优惠？", REFUSED),
    Message("韓国語", "중소기업 대출 한도는 얼마입니까?", REFUSED),
    Message("右から書く文字", "ما هو الحد الأقصى للقرض؟", REFUSED),
    Message("タイ語", "ขอสินเชื่อได้เท่าไร", REFUSED),
    Message("ザルゴ", "補\u0300\u0301\u0302\u0303\u0304助\u0310\u0311\u0312\u0313率\u0335\u0336\u0337\u0338"),
    Message("ザルゴだけ", "Z\u0351\u036b\u0343a\u0365\u0363l\u034dg\u0321\u0322o\u0337\u0338" * 40, REFUSED),
    Message("知らない電話番号", "03-9876-5432ってどこの番号ですか", REFUSED),
    Message("知らない携帯番号", "090-1111-2222から電話があったんですけど", REFUSED),
    Message("長い数字", "9" * 900, REFUSED),
    Message("長すぎる金額", "市場化ステージで" + "9" * 60 + "円ほしい"),
    Message("兆を超える金額", "設備投資減税 9999兆9999億円の機械"),
    Message("零の金額", "補助金0円でも出ますか"),
    Message("負の金額", "設備投資減税 -500万円の機械を買った"),
    Message("零で割る割合", "補助率1/0ですか、市場化ステージ"),
    Message("ありえない率", "経営革新支援資金の金利は999999999999%ですか", ("answered",), ("1.55%",)),
    Message("漢数字の羅列", "一二三四五六七八九十百千万億兆" * 20, REFUSED),
    Message("無限大", "NaN Infinity -1e309 0x7fffffff", REFUSED),
    Message("同じ字の繰り返し", "あ" * 999, REFUSED),
    Message("記号だけ", "!\"#$%&'()=~|`{}_?><+*", REFUSED),
    Message("単語一つの繰り返し", "電話" * 200),
]


@pytest.mark.parametrize("message", MESSAGES)
def test_何を言われても返事をする(counter: Counter, message: Message) -> None:
    answer = counter.visit().say(message.text)
    outcome = answer.outcome
    assert outcome in message.outcomes, answer.text
    for wanted in message.bot:
        assert wanted in answer.text


@pytest.mark.parametrize("message", MESSAGES)
def test_そのあとも話が続く(counter: Counter, message: Message) -> None:
    """What was talked about before survives whatever is typed in between, a long list and a wrong button included."""
    visit = counter.visit()
    visit.say("滋賀県の経営革新支援資金の利率を知りたい")
    visit.say(message.text)
    assert "0.77%" in visit.say("経営革新支援資金の保証料率は何%やったっけ").text
