"""Words by which somebody says that a life is in danger. Missing one costs more than hearing one too many."""

from __future__ import annotations

import re

from madoguchi.japanese.folding import fold, katakana

_DYING = re.compile(
    r"(?<![必起])死(?![活角蔵守後者亡語])|自(?:殺|死|害|さつ)|逝きます|首(?:を)?(?:つ|吊|くく|括)|ロープを買|練炭"
    r"|命[をで]?(?:絶|断|落と|払|償)|飛び?(?:降|お)り|飛び?込(?:もう|みたい|むしか|みそう)|屋上にい|線路の前"
    r"|(?:消え|い|お)(?:て|な|ら)(?:しまい|く|ん)?(?:よう)?(?:に)?(?:なりたい|なった(?:方|ほう|ら)|たい$)|消え(?:て)?(?:なくなり|しまい)?た(?:い|方|ほう)"
    r"|生き(?:て|る|と)[^。]{0,4}(?:つら|辛|嫌|いや|しんど|疲れ|意味|気力|価値|希望|ええこと|いたく|いけ|いかれ|られ)"
    r"|心中|遺書|道連れ|保険金?[^。]{0,5}(?:返|払|従業員)|楽になりたい|この世|あの世|リスカ|リストカット|手首を?切"
    r"|(?:全部|すべて|全て|何もかも|もう|人生)[^。]{0,6}終わ(?:り|ら)(?:に|せ)(?:し|す|たい)|私も終わり|一緒に終わ|行って終わり"
    r"|目が?覚めな|目が覚めんかった|起きたくない|朝が来な|睡眠薬|薬をたくさん|最後のメッセージ|[海湖川]に(?:入(?:ろう|って)|行って終)"
)
_DYING_BY_SOUND = re.compile(
    r"シニタ(?:イ|ク)|イノチヲタツ|ゼンブオワリニシタ|イキテル(?:ノガ)?(?:ツラ|シンド)|クビヲツ|シノウ(?:カ|ト)|ジサツ|クビ(?:ヲ)?ツ(?:ル|ロ|ッテ)|キエテシマイタイ|キエタイ|イキテイタクナ|イキテイケナ|シンデシマイタ|シンダホウ"
)
# 会社が死にそう, 暑くて死にそう, 死ぬほど忙しい: hard times, but no life in danger
_FIGURE_OF_SPEECH = re.compile(
    r"(?:会社|店|事業|経営|商売|商店街|業界|景気|資金繰り)(?:が|は|も)?死に|死ぬほど|(?:暑|寒|腹|眠|忙し|高)[^。]{0,6}て死(?:に|ぬ)"
    r"|(?:父|母|親|夫|妻|祖父|先代|社長|代表|創業者|経営者)(?:が|も)?[^。]{0,4}死んだ(?:ので|から|ため|後|あと)"
)


def life_in_danger(text: str) -> bool:
    """Whether `text` speaks of dying as a way out.

    >>> life_in_danger('もう死にたいです'), life_in_danger('シニタイ'), life_in_danger('首つろうかと思ってる')
    (True, True, True)
    >>> life_in_danger('会社が死にそうです'), life_in_danger('死ぬほど忙しい'), life_in_danger('消えた年金')
    (False, False, False)
    """
    folded = fold(text)
    spoken = bool(_DYING.search(folded) or _DYING_BY_SOUND.search(katakana(folded)))
    return spoken and not _FIGURE_OF_SPEECH.search(folded)
