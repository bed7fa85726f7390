"""madoguchi.japanese.courtesy: what politeness puts around a question, and what of it must stay."""

from __future__ import annotations

import itertools

import pytest

from madoguchi.japanese.courtesy import courtesies, without_courtesy

CASES = [
    # Before the question
    ("すみません、補助率は？", "補助率は？"),
    ("すみませんが補助率は？", "補助率は？"),
    ("恐れ入ります補助率は？", "補助率は？"),
    ("何度も申し訳ないのですが、補助率は？", "補助率は？"),
    ("初めてで何も分からないのですが、補助率は？", "補助率は？"),
    ("ちょっと聞きたいんですけど、補助率は？", "補助率は？"),
    ("いつもお世話になっております。\n補助率は？", "補助率は？"),
    ("スミマセン、補助率は？", "補助率は？"),
    ("ｽﾐﾏｾﾝ、補助率は？", "補助率は？"),
    # Behind it
    ("補助率は？よろしくお願いします", "補助率は？"),
    ("補助率はいくらですかよろしくお願いいたします", "補助率はいくらですか"),
    ("補助率は？ご教示いただけますと幸いです。", "補助率は？"),
    ("補助率は？以上、よろしくお願い致します", "補助率は？"),
    # A sentence of its own that only says that somebody asks
    ("お伺いします。補助率は？", "補助率は？"),
    ("質問です。補助率は？教えてください。", "補助率は？"),
    ("ええと、補助率は？すぐ知りたいです", "補助率は？"),
    ("念のためですが、補助率は？急いでいます。", "補助率は？"),
    ("急ぎで知りたいのですが、補助率は？", "補助率は？"),
    ("よく分かっていないのですが、補助率は？", "補助率は？"),
    ("補助率。教えていただけますか", "補助率。"),
    # Nothing but courtesy: it is what was said
    ("すみません", "すみません"),
    ("よろしくお願いします", "よろしくお願いします"),
    ("では、失礼いたします", "では、失礼いたします"),
    ("お忙しいところすみません、よろしくお願いします", "お忙しいところすみません、よろしくお願いします"),
    # The question is in the same clause
    ("補助率を教えていただけますでしょうか", "補助率を教えていただけますでしょうか"),
    ("それでお願いします", "それでお願いします"),
    ("返事はいつですか", "返事はいつですか"),
    ("手数料はいくらですか", "手数料はいくらですか"),
    ("相談の時間は", "相談の時間は"),
    ("教えてください", "教えてください"),
    ("補助率。詳しく教えてください", "補助率。詳しく教えてください"),
    ("補助率。何か教えて", "補助率。何か教えて"),
    ("あの補助金は", "あの補助金は"),
    ("急いで返したい。利率は", "急いで返したい。利率は"),
    # Thanks, and what has happened
    ("ご回答ありがとうございます", "ご回答ありがとうございます"),
    ("お世話になりました。さようなら", "お世話になりました。さようなら"),
    ("申し訳ありませんでした。もう終わりです", "申し訳ありませんでした。もう終わりです"),
    ("使い方が分からないのですが、どうすればいいですか", "使い方が分からないのですが、どうすればいいですか"),
    ("", ""),
    ("、。？", "、。？"),
    ("😀", "😀"),
]


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[repr(text) for text, _ in CASES])
def test_あいさつだけの句が消え_用件は残る(text: str, expected: str) -> None:
    assert without_courtesy(text) == expected


@pytest.mark.parametrize("text", ["ｽﾐﾏｾﾝ、ﾎﾟﾝﾌﾟの補助率は？", "㈱の者です。お世話になっております。上限は"], ids=repr)
def test_位置は元の文のもの(text: str) -> None:
    (span,) = courtesies(text)
    assert text[slice(*span)] in ("ｽﾐﾏｾﾝ、", "お世話になっております。")


@pytest.mark.parametrize(
    "text", ["お願い" * 300 + "x", "すみません" * 200, "のですが、" * 200, "か お願い" * 200], ids=len
)
def test_長くても位置は順で重ならない(text: str) -> None:
    spans = courtesies(text)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(before[1] <= after[0] for before, after in itertools.pairwise(spans))
