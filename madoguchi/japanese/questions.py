"""What kind of sentence a question is."""

from __future__ import annotations

import re

from madoguchi.japanese.folding import fold

_WH = re.compile(
    r"何(?!とか)|なに|なん(?:ぼ|ですか|の|年|円|%|なん)|いくら|いくつ|どこ|(?<!ちょう)どの|どれ|どう|どちら|どっち|どんな|だれ|誰|いつ|なぜ|率は|番号|教えて|おしえて|とは|って\?*$"
)
_POLAR_END = re.compile(r"(?:か|かな)\?*\Z|[るいんたすねよやへの]\?+\Z")
_STATED = re.compile(r"(?:います|おります|やねん|です|ます)[。!]*\Z")  # 組合員は25人います
_POLAR = re.compile(
    r"(?:ます|です|でしょう|ません|る|ない|いい|ok|おk|いける|使える|つかえる|もらえる|できる|なれる|ある|おる|ええ|あかん|対象|必要|無理|だめ|ダメ)"
    r"(?:の|ん|よ|よね|か|かな|やろ|やんな|やろか|へん|ん?やんな|ですか|でしょうか|です)*[?!。]*$"
)


def asks_what(text: str) -> bool:
    """Whether `text` asks with a question word: いくら, 何年, どこ."""
    return bool(_WH.search(fold(text)))


def is_polar(text: str) -> bool:
    """Whether `text` asks for a yes or no.

    >>> is_polar('組合でも使えますか？'), is_polar('いくらまで借りられますか')
    (True, False)
    >>> is_polar('300万でもいける'), is_polar('補助率は？')
    (True, False)
    """
    folded = fold(text)
    if _WH.search(folded) or (_STATED.search(folded) and not asks_leave(text)):
        return False
    return bool(_POLAR.search(folded) or _POLAR_END.search(folded))


_NEGATIVE = re.compile(
    r"外れ|有料|終了|終わ|廃止|やめ|止ま|まま|無理|だめ|ダメ|あかん|できない|使えない|つかえない|もらえない|ない(?:の|ん|です|でしょ|か|よ|\?|$)|へん(?:の|か|やろ|\?|$)"
)


def is_negative(text: str) -> bool:
    """Whether `text` asks for the opposite of what a rule grants, so that はい would mislead.

    >>> is_negative('弁護士相談は有料？'), is_negative('組合でも使えますか')
    (True, False)
    """
    return bool(_NEGATIVE.search(fold(text)))


_CHANGE = re.compile(r"増(?!強)|減(?!税|免|価|らない|率)|差額|差は|差が|比べ|比較|違い|推移|伸び|変わ|変化|同額|同じ")
_SUM = re.compile(
    r"合計|合わせ|あわせ|(?<![不補満])足[すし]|たすと|たしたら|トータル|全部で(?:いくら|何|なん)|ぜんぶで|プラス|(?<=[^\s])\+(?=[^\s])"
)


def asks_change(text: str) -> bool:
    """Whether `text` asks how a figure changed: いくら増えた, 前年と比べて; 減税 is no change."""
    return bool(_CHANGE.search(fold(text)))


def asks_sum(text: str) -> bool:
    """Whether `text` asks for a sum of figures: 通常枠と別枠の合計."""
    return bool(_SUM.search(fold(text)))


_TAKEN_BACK = re.compile(
    r"^(?:の(?:ほう|方)?)?(?:じゃ|では|や|で|と)?(?:な(?:くて|く、|い方)|ちごうて|ちゃうくて|違って)"
)


def takes_back(rest: str) -> bool:
    """Whether the text behind a name takes it back: 大津じゃなくて彦根.

    >>> takes_back('じゃなくて彦根'), takes_back('やなくて彦根'), takes_back('の番号')
    (True, True, False)
    """
    return bool(_TAKEN_BACK.match(fold(rest)))


_MOVES = re.compile(
    r"(?:の場合(?:は|だと|やと)?|やったら|だったら|でしたら|ですと|だと|なら|やと|の方は|のほうは|も)[?!。]*\Z"
)


def only_moves(text: str) -> bool:
    """Whether `text` ends as one that moves the last question to another case: 組合員が30人やったら?

    >>> only_moves('組合の場合は？'), only_moves('組合でも使えますか')
    (True, False)
    """
    return bool(_MOVES.search(fold(text)))


_WORD = re.compile(r"[ぁ-んァ-ヺ]|(?![〇零一二三四五六七八九十百千万億兆])[一-鿿々]")


def has_words(text: str) -> bool:
    """Whether `text` has Japanese words in it, not only numerals, symbols or another script.

    >>> has_words('予算は'), has_words('一二三千万億'), has_words('/greet')
    (True, False, False)
    """
    return bool(_WORD.search(fold(text)))


_EVERYTHING = re.compile(
    r"(?:全部|ぜんぶ|すべて|全て|まるごと|省略せず|漏れなく|何もかも)[^。]{0,8}(?:教え|見せ|出し|知り|おしえ|説明)"
)


def asks_everything(text: str) -> bool:
    """Whether `text` asks for the whole record: 省略せずに全部見せて."""
    return bool(_EVERYTHING.search(fold(text)))


_LEAVE = re.compile(
    r"使|つか|受け|うけ|対象|もらえ|貰え|いけ[るまん]|行け|入[るりれ]|申し込|借り(?:られ|れ)|かり(?:られ|れ)|認め"
)


def asks_leave(text: str) -> bool:
    """Whether `text` asks if something may be had, not whether a figure changes: 使える, もらえる.

    >>> asks_leave('組合でも別枠を使えますか'), asks_leave('組合員20人で限度変わる？')
    (True, False)
    """
    return bool(_LEAVE.search(fold(text)))
