"""madoguchi.japanese.questions: what kind of sentence a question is."""

from __future__ import annotations

import pytest

from madoguchi.japanese.questions import asks_change, asks_sum, is_negative, is_polar

POLAR = [
    ("組合でも使えますか", True),
    ("組合でも使えますか？", True),
    ("組合でも使えますか。", True),
    ("組合は対象？", True),
    ("組合は対象ですか", True),
    ("個人でもいけますか", True),
    ("個人でもいける？", True),
    ("個人でもOK？", True),
    ("300万でもいける", True),
    ("300万やったらあかん？", True),
    ("300万円の機械でも対象になりますか", True),
    ("リースでもいいですか", True),
    ("リースでもええの", True),
    ("もう終わってますよね", True),
    ("まだありますか", True),
    ("まだある？", True),
    ("併用できますか", True),
    ("併用できないの", True),
    ("担保は必要ですか", True),
    ("保証人は要りますか", True),
    ("使えるかな", True),
    ("使えるんやろか", True),
    ("使えへんの？", True),
    ("もらえますでしょうか", True),
    ("ﾘｰｽでもいいですか？", True),
    ("いくらまで借りられますか", False),
    ("いくらですか？", False),
    ("いくらもらえる？", False),
    ("何年ですか", False),
    ("なんぼ借りれる", False),
    ("なんぼまでいける？", False),
    ("どこに聞けばいいですか", False),
    ("どうやって申し込みますか", False),
    ("だれが対象ですか", False),
    ("誰が使えますか", False),
    ("いつから使えますか", False),
    ("いつまでですか", False),
    ("どんな制度ですか", False),
    ("なぜですか", False),
    ("金利はどれくらいですか", False),
    ("限度額を教えてください", False),
    ("設備投資減税とは", False),
    ("補助率", False),
    ("限度額", False),
    ("電話番号は", False),
    ("電話番号は？", False),
    ("番号教えて", False),
    ("こんにちは", False),
    ("", False),
]


@pytest.mark.parametrize(("text", "expected"), POLAR, ids=[repr(text) for text, _ in POLAR])
def test_はいかいいえを聞いているか(text: str, expected: bool) -> None:
    assert is_polar(text) is expected


NEGATIVE = [
    ("弁護士相談は有料？", True),
    ("もう終わりましたか", True),
    ("もう終了した？", True),
    ("廃止されたのですか", True),
    ("リースはだめですか", True),
    ("リースはダメ？", True),
    ("パソコンは無理？", True),
    ("パソコンはあかんの", True),
    ("併用できないのですか", True),
    ("使えないんですか", True),
    ("もらえない？", True),
    ("対象にならないの？", True),
    ("対象じゃないですか", True),
    ("使えへんの", True),
    ("組合でも使えますか", False),
    ("組合は対象ですか", False),
    ("少ない額でもいいですか", False),
    ("担保のない会社でも使えますか", False),
    ("無担保でも使えますか", False),
    ("いくらまで", False),
    ("", False),
]


@pytest.mark.parametrize(("text", "expected"), NEGATIVE, ids=[repr(text) for text, _ in NEGATIVE])
def test_はいと答えると逆の意味になるか(text: str, expected: bool) -> None:
    assert is_negative(text) is expected


CHANGE = [
    ("前年からどれだけ増えた？", True),
    ("予算は減りましたか", True),
    ("20年度との差額", True),
    ("前年と比べて", True),
    ("変わりましたか", True),
    ("設備投資減税は", False),
    ("特許料の減免", False),
    ("減価償却", False),
    ("限度額は", False),
    ("", False),
]


@pytest.mark.parametrize(("text", "expected"), CHANGE, ids=[repr(text) for text, _ in CHANGE])
def test_増減を聞いているか(text: str, expected: bool) -> None:
    assert asks_change(text) is expected


SUM = [
    ("通常枠と別枠の合計", True),
    ("通常枠と別枠を合わせていくら", True),
    ("二つ足すと", True),
    ("トータルでいくら", True),
    ("通常枠はいくら", False),
    ("別枠", False),
    ("不足しています", False),
    ("人手不足", False),
    ("補足してください", False),
    ("", False),
]


@pytest.mark.parametrize(("text", "expected"), SUM, ids=[repr(text) for text, _ in SUM])
def test_合計を聞いているか(text: str, expected: bool) -> None:
    assert asks_sum(text) is expected
