"""What the text around a name, an amount or a question word makes of it: what stands before, behind or between."""

from __future__ import annotations

import re

from madoguchi.japanese.folding import fold

_JOINT = re.compile(r"^(?:の|は|って|とか|で|での|における|に関する|について|についての|も|が)?[、, ]*\Z")


def is_joint(between: str) -> bool:
    """Whether what stands `between` two nouns makes the second a thing of the first: 市場化ステージ の 採点基準.

    >>> is_joint('の'), is_joint(' '), is_joint('に含む')
    (True, True, False)
    """
    return bool(_JOINT.match(fold(between)))


_AND = re.compile(r"\s*(?:と|や|か|および|及び|[、,・/／])+\s*")


def is_and(between: str) -> bool:
    """Whether what stands between two names only lists them.

    >>> is_and("と"), is_and("／"), is_and("の")
    (True, True, False)
    """
    return bool(_AND.fullmatch(between))


_ASKED_AFTER = re.compile(
    r"^(?:[のって]*(?:こと|方|ほう))?(?:は|って|とは|が|を|も)?"
    r"(?:[?、。! ]*\Z"
    r"|教え|おしえ|調べ|しらべ|知り|いくら|なんぼ|何|なん|誰|だれ|いつ|どこ|ど[うれの]|どんな"
    r"|あ[るり]|ない|わか|分か|見せ|見たい)"
)


def ends_question(rest: str) -> bool:
    """Whether what stands before `rest` is what a text asks for.

    >>> ends_question('は何%?'), ends_question('を教えてください'), ends_question('を買いました')
    (True, True, False)
    """
    return bool(_ASKED_AFTER.match(fold(rest)))


_OF_PAPERS = re.compile(r"^(?:案|関係)?の?(?:資料|冊子|パンフ(?:レット)?)(?:で|に|から|の中|見)")


def is_of_papers(rest: str) -> bool:
    """Whether what stands before `rest` only says which papers are meant: 予算の資料でなんかある?

    >>> is_of_papers('の資料でなんかある？'), is_of_papers('はいくら')
    (True, False)
    """
    return bool(_OF_PAPERS.match(fold(rest)))


_TAKEN_BACK = re.compile(
    r"^(?:の(?:ほう|方)?)?(?:じゃ|では|や|で|と)?(?:な(?:くて|く、|い方|しに)|のうて|ありません(?!か)|(?:ちゃい|違い)ます(?!か)|ちゃう(?:で|ねん|けど|から|し|(?=[一-鿿ァ-ヺ]))|違(?:う|い)(?:で|ねん|けど|から|し|ます)|ちごうて|ちゃうくて|違って)"
)


def takes_back(rest: str) -> bool:
    """Whether the text behind a name takes it back: 大津じゃなくて彦根.

    >>> takes_back('じゃなくて彦根'), takes_back('ちゃいます'), takes_back('やのうて会議所'), takes_back('の番号')
    (True, True, True, False)
    """
    return bool(_TAKEN_BACK.match(fold(rest)))


_WORKED_ON = re.compile(
    r"\Aを(?!教|おし|知|送|くだ|下さ|たの|頼|見|お|全|ぜん|すべ|両|まとめ|一覧|順|もう|もっ|ほし|欲|控|ひか|メモ|調|確|か[けか]|し[たてま]|どこ|$)"
)


def is_worked_on(rest: str) -> bool:
    """Whether the text behind a word says that something is done with the thing: サイト を外国語にする.

    >>> is_worked_on('を外国語にする'), is_worked_on('を教えて'), is_worked_on('を全部')
    (True, False, False)
    """
    return bool(_WORKED_ON.match(fold(rest)))


def is_also(rest: str) -> bool:
    """Whether the text behind a word says that it is one of several that all hold: 一次補正 も二次補正も.

    >>> is_also('も付いた'), is_also('もん'), is_also('が付いた')
    (True, False, False)
    """
    return bool(re.match(r"も(?!の|ん)", fold(rest)))


_OF_TRADE = re.compile(r"\A(?:の)?(?:会社|企業|業者|メーカー|屋|店)(?!向け|の|が|に)")


def is_of_trade(rest: str) -> bool:
    """Whether the text behind a word makes it somebody's trade: システム開発 の会社やけど.

    >>> is_of_trade('の会社やけど'), is_of_trade('の会社への支援'), is_of_trade('の予算')
    (True, True, False)
    """
    return bool(_OF_TRADE.match(fold(rest)))


_HOME = re.compile(
    r"\A[市町村]?(?:で|に)[^、。?!]{0,8}?"
    r"(?:開業|創業|起業|開店|出店|独立|商売|工場|会社|法人|事業|[店屋])(?:を|も)?"
    r"(?:し?た[いく]|[開ひ]ら?きた|[持も]ちた|[出だ]したい|始め|はじめ|[開ひ](?:こう|らこう)|し?よう(?:と|か)|する(?:つもり|予定|ん[やで])"
    r"|考え|やろう|(?:し|やっ|営ん|経営し|構え)(?:て|と|で)|やり)"
)
_TURNED_TO = re.compile(r"相談|窓口|電話|番号|tel|連絡|問い?合わ?せ|聞け|聞い|どこ|誰|だれ|支店|支所|事務所")


def is_home(rest: str) -> bool:
    """Whether the text behind a town only says that the speaker's business is there, or is going to be.

    >>> is_home('で創業したい。補助金は？'), is_home('で店やってる。どこに電話?'), is_home('で借りたい')
    (True, False, False)
    """
    folded = fold(rest)
    return bool(_HOME.match(folded)) and not _TURNED_TO.search(folded)


_SPEAKER = re.compile(
    r"\Aの(?:者|もん|人間|職員|担当(?:者)?|事務員|スタッフ)(?:です|や(?:けど|ねん|が)|だが|ですが|でして|で、|。|、)"
)


def is_speaker(rest: str) -> bool:
    """Whether the text behind an office says that somebody of it is asking: 事務局 の者です.

    >>> is_speaker('の者です。公庫は'), is_speaker('の担当はどこ')
    (True, False)
    """
    return bool(_SPEAKER.match(fold(rest)))


_EXCEPTED = re.compile(r"^(?:の)?(?:以外|を除|は除|のぞ|でない|ではない|じゃない)")


def is_excepted(rest: str) -> bool:
    """Whether the text behind a case says that it is left out: 組合 以外.

    >>> is_excepted('以外は？'), is_excepted('の場合は？')
    (True, False)
    """
    return bool(_EXCEPTED.match(fold(rest)))


_ASKED_FOR = re.compile(r"(?:どんな|どういう|どの|どこの|何の|なんの|どないな)(?:小さい|小さな)?\Z")


def is_asked_for(before: str) -> bool:
    """Whether the text before a word asks which it is: どんな 会社が使えるんですか."""
    return bool(_ASKED_FOR.search(fold(before)))


_LACKED = re.compile(r"^[^、。?!]{0,10}?(?:な(?:い|かった|し|く)|へん|おらん|まだ|前|これから|せず|ずに)")


def is_lacked(rest: str) -> bool:
    """Whether the text behind a name says that one does not have it: 承認 もまだ, 承認 もろてへん.

    >>> is_lacked('ももろてへんけど'), is_lacked('はまだです'), is_lacked('を受けました')
    (True, True, False)
    """
    return bool(_LACKED.match(fold(rest)))


_WISHED = re.compile(
    r"\A(?:円)?(?:まで|も|ほど|くらい|ぐらい)?(?:は|が|って)?(?:出|でる|でん|でます|でへん|もら|もろ|貰|借り|かり[たるれ]|おり[るん]|下り)"
)


_TAX_DUE = re.compile(r"(?<![減課免増])税(?:額|金)?(?:が|は|も|って)?[ 、]*(?:約|年)?\Z")


def is_tax_due(before: str) -> bool:
    """Whether the text before an amount makes it a tax that somebody has to pay: 法人税 20万しかない.

    >>> is_tax_due('法人税が'), is_tax_due('設備投資減税、'), is_tax_due('所得')
    (True, False, False)
    """
    return bool(_TAX_DUE.search(fold(before)))


_EQUATED = re.compile(r"(?:でも|は|が|って|て)?[ :、,]*\Z")


def is_equated(between: str, behind: str) -> bool:
    """Whether an amount is what the word before it names, by what is `between` the two and `behind` the amount: 上限 は
    500万 ですよね.

    >>> is_equated('は', 'ですよね'), is_equated('', 'で案内していい'), is_equated('は', 'の機械で')
    (True, True, False)
    """
    return bool(_EQUATED.match(fold(between))) and not fold(behind).startswith("の")


_PAID = re.compile(r"(?:の|を|は|が|も|で|まで)?(?:補助|助成|負担|援助|出る|出ます|出し|もら|つく|付く)")


def is_paid(rest: str) -> bool:
    """Whether the text behind a share says that it is paid: 2/3 補助で合ってますか, 1/2 出るんですよね.

    >>> is_paid('補助で合ってますか'), is_paid('出るんですよね'), is_paid('減ったら使えますか')
    (True, True, False)
    """
    return bool(_PAID.match(fold(rest)))


def is_wished(rest: str) -> bool:
    """Whether the text behind an amount says that one is to be given it: 500万 まで出るんですか.

    >>> is_wished('まで出るんやろ？'), is_wished('の機械です')
    (True, False)
    """
    return bool(_WISHED.match(fold(rest)))


_BRANCH = r"(?:支店|支所|店|事務所|営業所|窓口)?"
_THERE = re.compile(
    rf"(?:に|の|で)?{_BRANCH}(?:に|は|も|が|って)*{_BRANCH}(?:は|が)?(?:ある|あり|ない|おま|いる|いま|やって|[?!。]*\Z)"
)


def asks_there(rest: str) -> bool:
    """Whether `rest`, what stands behind a place, asks whether something is there: (草津)にも支店ある?

    >>> asks_there('にも支店ある？'), asks_there('は？'), asks_there('でもやってる？'), asks_there('の会社です')
    (True, True, True, False)
    """
    return bool(_THERE.match(fold(rest)))


_HOLDS_ABROAD = re.compile(r"^(?:政府|当局|国内|語(?!訳)|で|の|は|って|が)")
_MARKET = re.compile(r"売|販|輸出|市場|展示|見本|商談|進出|展開|ブランド|バイヤー|出展|海外|流通|派遣")


def holds_abroad(text: str, country: int) -> bool:
    """Whether `text` asks what holds in the country whose name ends at `country`, not how to do business with it.

    >>> holds_abroad('ドイツの融資の条件', 3), holds_abroad('タイの展示会に出たい', 2)
    (True, False)
    """
    rest = fold(text[country:])
    return bool(_HOLDS_ABROAD.match(rest)) and (rest.startswith(("政府", "当局")) or not _MARKET.search(fold(text)))
