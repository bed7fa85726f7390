"""Whether a question is about who helps and where: the person, the office, its work, and what it costs."""

from __future__ import annotations

import re

from madoguchi.japanese.folding import fold

_SIDE = re.compile(
    r"\A(?:じゃあ?|ほな|ほんなら|で|では)?[、 ]*(?P<side>[^、。?!]{1,12}?)(?:内|側|下)?"
    r"の(?:方|ほう|側|やつ|は|[?!。]*\Z)"
)


def side_meant(text: str) -> str:
    """What `text` calls the one that it means of several: 県 of 県内の方は?; "" for nothing.

    >>> side_meant('県内の方は？'), side_meant('東京の番号')
    ('県', '')
    """
    match = _SIDE.match(fold(text))
    return match["side"] if match else ""


_PLACE_OF_DEED = re.compile(r"どこ(?:で|に(?!も|か))")
_TURNED_TO = re.compile(
    r"聞|きい|きけ|きく|相談|問|電話|連絡|申|出[しせす]|だ[しせす]|行[きくけっ]|いけ|いく|頼|たの|かけ|言え|言う|尋|たずね|借り|買|もら|ある|あり|窓口"
)


def asks_place_of_deed(text: str) -> bool:
    """Whether `text` asks where something is done or somebody is, and not whom to turn to: どこで育てる.

    >>> asks_place_of_deed('どこで育てる'), asks_place_of_deed('どこで聞けばいい'), asks_place_of_deed('どこにいてるの')
    (True, False, True)
    """
    folded = fold(text)
    asked = _PLACE_OF_DEED.search(folded)
    return asked is not None and not _TURNED_TO.search(folded)


_WHO = re.compile(r"どんな(?:人|方|かた|専門|先生)|誰|だれ|どこ(?!まで)|何(?:人|名)が")
_WHERE = re.compile(r"どこ|何処|窓口|相談|連絡|問い?合わ?せ|聞けば|聞く|電話|内線|番号|tel|メール|行け|行き|頼|担当")
_PURPOSE = re.compile(
    r"(?:何|なん|なに)の(?:窓口|担当|番号|電話|相談)|何を?(?:して|やって|相談)|なにして|何担当|担当は何"
)
_PARTNER = re.compile(
    r"(?:どこ|誰|だれ|何|どんな(?:機関|団体|ところ|相手))と(?:一緒|いっしょ|連携|組|提携|協力|タッグ|手を|繋|つな)"
)
_CHARGE = re.compile(
    r"(?:所管|担当|管轄|受け持ち|守備範囲|持ち場|専門|得意)(?:の?(?:業種|分野|範囲|業務|仕事|もの))?(?:は|って|なに|なん|何|です|[?!。]*\Z)"
    r"|(?:何|なん|どんな|どういう)の?(?:分野|専門|得意)"
)


def asks_partner(text: str) -> bool:
    """Whether `text` asks with whom something is done: どこと連携してるの.

    >>> asks_partner('どこと一緒にやってはるの'), asks_partner('補助金と一緒に使えますか')
    (True, False)
    """
    return bool(_PARTNER.search(fold(text)))


def asks_charge(text: str) -> bool:
    """Whether `text` asks what an office is in charge of: 所管の業種.

    >>> asks_charge('所管の業種'), asks_charge('何の分野のとこ？'), asks_charge('担当の電話番号')
    (True, True, False)
    """
    return bool(_CHARGE.search(fold(text)))


def asks_who(text: str) -> bool:
    """Whether `text` asks who or where: どんな人が来ますか."""
    return bool(_WHO.search(fold(text)))


_PERSON = re.compile(
    r"(?:誰|だれ|どなた|(?:どんな|どういう|どないな)(?:人|ひと|方|かた|先生|専門家))"
    r"(?!でも|も(?:が)?(?:使|つか|利用|もら)|か(?:に|が|の|を)|(?:が|なら|やったら)?(?:使|つか|利用|対象|もら|受け|申|応募|借|出せ|入れ))"
)
_SENT = re.compile(r"派遣(?:される|されて?くる|する|してくれる)(?:の|ん|人|専門家)は[?!。]*\Z")
_PERSONS = re.compile(r"専門家|(?:する|じる)人|スタッフ|指導員")


def asks_person(text: str) -> bool:
    """Whether `text` asks what people help: 来てくれるのは誰; not who may have something: 誰が使える.

    >>> asks_person('見に来るのは誰ですか'), asks_person('組合に派遣されるのは'), asks_person('誰が使えるの')
    (True, True, False)
    """
    folded = fold(text)
    return bool(_PERSON.search(folded) or _SENT.search(folded)) and "対象" not in text


def is_of_people(name: str) -> bool:
    """Whether what is called `name` is about the people who help: 派遣される専門家の例."""
    return bool(_PERSONS.search(name))


_HELP = re.compile(
    r"(?:何|なに|どんな(?:こと|支援|手助け|援助|サポート))[をが]?(?:(?:し|やっ|手伝っ|助け|教え|支援し)て)?"
    r"(?:くれ|くだ|もら[えうい]|受けられ|うけられ)|(?:くれ|もらえ|受けられ)(?:る|はる|ます)?(?:こと|もの|の)(?:は|って|を|[?。]*\Z)"
)


def asks_help(text: str) -> bool:
    """Whether `text` asks what is done for one: 何をしてくれる.

    >>> asks_help('何をしてくれるんですか'), asks_help('どんな支援が受けられる'), asks_help('なんぼもらえる')
    (True, True, False)
    """
    return bool(_HELP.search(fold(text)))


def asks_purpose(text: str) -> bool:
    """Whether `text` asks what an office is for: 何の窓口?"""
    return bool(_PURPOSE.search(fold(text)))


def asks_where(text: str) -> bool:
    """Whether `text` asks where to turn: どこに相談, 窓口は."""
    return bool(_WHERE.search(fold(text)))


_WHOM = re.compile(
    r"(?:聞|きく|きい|きけ|相談|問い?合わ?せ|連絡|電話)[^。?!、先]{0,6}(?:どこ|誰|だれ)[^。]{0,6}\Z"
    r"|(?:どこ|誰|だれ)(?:に|へ)[^。?!、]{0,4}(?:聞|きく|きい|きけ|相談|問い?合わ?せ|連絡|電話)"
)


def asks_whom(text: str) -> bool:
    """Whether `text` asks in so many words whom to turn to.

    >>> asks_whom('補助金のこと聞くんはどこ？'), asks_whom('どこに電話したらいい'), asks_whom('相談先はどんなとこ？')
    (True, True, False)
    """
    return bool(_WHOM.search(fold(text)))


_HANDED_IN = re.compile(
    r"(?:どこ|誰|だれ|何課|どちら)[にへ](?:出|だ[しすせ]|提出|持って|もって|送|届)|(?:提出先|出す先|出し先)"
)


def asks_where_handed_in(text: str) -> bool:
    """Whether `text` asks where something is handed in: 申請書はどこに出す."""
    return bool(_HANDED_IN.search(fold(text)))


_CHARGED = re.compile(
    r"有料|無料|(?<!だ)(?:タダ|ただ)(?:で|です|や|なの|なん|か|\?)|(?:お金|おかね|(?<![一-鿿])金|費用|料金|利用料|手数料)(?:は|が|も|って)?(?:かか|掛か|いる|いり|要る|要り|取ら|とら|払(?!われ|え|[っう]て(?:もら|くれ)))"
)
_FREE = re.compile(r"無料")


def asks_charge_made(text: str) -> bool:
    """Whether `text` asks if something costs money to use.

    >>> asks_charge_made('専門家はお金かかる？'), asks_charge_made('相談は無料？'), asks_charge_made('代金が払われない')
    (True, True, False)
    """
    return bool(_CHARGED.search(fold(text)))


def is_free(text: str) -> bool:
    """Whether `text` says that something is free of charge."""
    return bool(_FREE.search(fold(text)))
