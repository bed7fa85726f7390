"""How a text moves the conversation on: back, to a part or the other one, or to another subject."""

from __future__ import annotations

import re

from madoguchi.japanese.folding import fold

_END_OF = (
    r"\A(?:じゃあ?|ほな|ほんなら|で|では)?[、 ]*(?:{end})(?:の(?:方|ほう)|側)?"
    r"(?:は|の額は|って|ってのは|だと|なら|はいくら|はなんぼ|はどこまで)[?!。]*\Z"
)
_LOWER = re.compile(_END_OF.format(end="下|した"))
_UPPER = re.compile(_END_OF.format(end="上|うえ"))


def asks_lower(text: str) -> bool:
    """Whether `text` asks for the lower end of what was told, and names nothing: 下は?

    >>> asks_lower('下は？'), asks_lower('ほな下の方は'), asks_lower('部下は？')
    (True, True, False)
    """
    return bool(_LOWER.match(fold(text)))


def asks_upper(text: str) -> bool:
    """Whether `text` asks for the upper end of what was told, and names nothing: 上は?"""
    return bool(_UPPER.match(fold(text)))


_TOPIC = re.compile(r"は[?!。]*\Z")
_RETURNS = re.compile(
    r"さっき|先ほど|先程|さきほど|最初(?:の(?!から)|に(?:言|聞))|前に(?:聞|言)|元の(?:話|質問)|話を?(?:戻|もど)|話戻"
)
_BACK = re.compile(r"^(?:その|それ|この|これ|そこの|そっち|こっち|同じ)(?!ら|ぞれ|で[はも]?、|なら|より)")
_OTHERS = re.compile(r"(?:ほか|他)(?:の|に(?:も|は)?)|以外|別の(?:制度|事業|支援)")
_OTHER_ONE = re.compile(
    r"もう(?:一つ|ひとつ|1つ|片方|一方|いっこ|一個)|(?:^|そ|ちゃう|違う|別)の?(?:他|ほか)の(?:ほう|方)|じゃない(?:ほう|方)|やない(?:ほう|方)|残り"
)


def ends_with_topic(text: str) -> bool:
    """Whether `text` ends in a topic of which nothing more is said: 新エネの設備は?"""
    return bool(_TOPIC.search(fold(text)))


_TOO = re.compile(r"も[?!。]*\Z")


def ends_with_too(text: str) -> bool:
    """Whether `text` ends in も, which moves the last question (組合も?) or ends another (停止措置は今も?)."""
    return bool(_TOO.search(fold(text)))


_OUT_OF_IT = re.compile(r"^(?:[そこ]の(?:うち|中で|なかで)|うち(?=[一-鿿]))")


def is_out_of_it(text: str) -> bool:
    """Whether `text` speaks of a part of what was just told: そのうち運転資金は?

    >>> is_out_of_it('そのうち運転資金は？'), is_out_of_it('うちの会社でも使える')
    (True, False)
    """
    return bool(_OUT_OF_IT.match(fold(text)))


def returns(text: str) -> bool:
    """Whether `text` goes back to what was talked about before the last subject: さっきの減税.

    >>> returns('さっきの減税の方は？'), returns('最初からやり直したい')
    (True, False)
    """
    return bool(_RETURNS.search(fold(text)))


def refers_back(text: str) -> bool:
    """Whether `text` begins by pointing at what was just talked about: その事業の一次補正は?

    >>> refers_back('その事業の一次補正は？'), refers_back('それぞれいくら')
    (True, False)
    """
    return bool(_BACK.match(fold(text)))


_ANEW = re.compile(
    r"\A(?:あっ?|えっ?と|それと|あと|で|では)?[、 ]*(?:ところで"
    r"|(?:全然|ぜんぜん|まったく|ちょっと|ころっと)?(?:話|はなし)[はが]?(?:ころっと|全然|ぜんぜん)?(?:変わ|かわ|飛[ぶび]|それ[まる])"
    r"|(?:全然|ぜんぜん|まったく)?(?:別|違う|ちがう)の?(?:件|話|質問)(?:です|だけど|やけど|な[んの]|で[、 ]))"
)


def starts_anew(text: str) -> bool:
    """Whether `text` says that it changes the subject.

    >>> starts_anew('話かわるけど、海外の融資は'), starts_anew('ところで、県の資金は'), starts_anew('利率は変わる？')
    (True, True, False)
    """
    return bool(_ANEW.search(fold(text)))


def asks_others(text: str) -> bool:
    """Whether `text` asks for others of a kind than the one talked about: 海外のほかの事業は?"""
    return bool(_OTHERS.search(fold(text)))


def asks_other_one(text: str) -> bool:
    """Whether `text` means the one of two that was not told: もう一つの方は?"""
    return bool(_OTHER_ONE.search(fold(text)))


_MOVES = re.compile(
    r"(?:のやつ(?:は|や|です)?|の(?:方|ほう)(?:や|です|だ|ね|で)?(?:けど)?|のは|の場合(?:は|だと|やと)?|やったら|だったら|でしたら|ですと|だと|なら|やと|の方は|のほうは|も)[?!。]*\Z"
)


def only_moves(text: str) -> bool:
    """Whether `text` ends as one that moves the last question to another case: 組合員が30人やったら?

    >>> only_moves('組合の場合は？'), only_moves('組合でも使えますか')
    (True, False)
    """
    return bool(_MOVES.search(fold(text)))
