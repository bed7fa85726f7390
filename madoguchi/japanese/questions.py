"""What kind of sentence a question is."""

from __future__ import annotations

import re

from madoguchi.japanese.folding import fold

_WH = re.compile(
    r"何(?!とか)|なに|なん(?:ぼ|ですか|の|年|円|%|なん)|いくら|いくつ|どこ|(?<!ちょう)どの|どれ|どう|どない|どちら(?!も)|どっち(?!も)|どんな|だれ|誰|いつ|なぜ|率は|番号|教えて|おしえて|とは|って\?*$"
)
_POLAR_END = re.compile(
    r"(?:[円%割所年人名社可]|だけ|のみ|[0-9][万億]|以[上下内])\?+\Z|(?:か|かな)[あぁー]*\?*\Z|[るいんたすねよやへの]\?+\Z"
)
_KNOWN = re.compile(r"って[、 ]*(?:わか[るりっん]|分か[るりっん]|知っ[てと])[^。、]*\Z")  # 利率って、わかる?
_ASIDE = re.compile(r"\([^()]*\)\Z")  # what is put behind in brackets
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
    >>> is_polar('300万でもいける'), is_polar('補助率は？'), is_polar('減税いけますか（経営革新）')
    (True, False, True)
    """
    folded = _ASIDE.sub("", fold(text))
    if _KNOWN.search(folded):
        return False
    asked = folded[: folded.rfind("?") + 1] or folded  # 税金は安くなりますか？承認うけました
    if _WH.search(folded) or (_STATED.search(asked) and not asks_leave(text)):
        return False
    return bool(_POLAR.search(asked) or _POLAR_END.search(asked))


def is_name_and_mark(text: str) -> bool:
    """Whether `text` ends in a name with a question mark, and has no question word: 聞くのは商工会？

    >>> is_name_and_mark('聞くのは商工会？'), is_name_and_mark('商工会の電話は？')
    (True, False)
    """
    folded = fold(text)
    return bool(re.search(r"[一-鿿ァ-ヺ]\?+\Z", folded)) and not _WH.search(folded)


_NEGATIVE = re.compile(
    r"(?:お金|費用|料金)(?:は|が|も|って)?(?:かか|いる|いり|要る|取ら|払)|外れ|有料|終了|終わ|廃止|やめ|止ま|まま|無理|だめ|ダメ|あかん|できない|使えない|つかえない|もらえない|ない(?:の|ん|です|でしょ|か|よ|\?|$)|へん(?:の|か|やろ|\?|$)"
)


def is_negative(text: str) -> bool:
    """Whether `text` asks for the opposite of what a rule grants, so that はい would mislead.

    >>> is_negative('弁護士相談は有料？'), is_negative('組合でも使えますか')
    (True, False)
    """
    return bool(_NEGATIVE.search(fold(text)))


_CHANGE = re.compile(
    r"いくらから.{0,6}いくらに|になった|増(?!強|員)|減(?!税|免|価|らない|率)|差額|差し引き|差引|差は|差が|との差|(?<=[\sの、])差[?!。]*\Z|(?:何[年億万円%割]*|いくら|なんぼ|どれ(?:だけ|くらい))(?:違|ちが)|浮[くいか]|ちがい|くらべ|比べ|比較|(?<=[年度額])比|対比|対前年|違い|推移|伸び|へっ|へり|へる|ふえ|変わ|かわ(?=[りっる])|変化|同額|同じ"
)
_ALIKE = re.compile(
    r"同じ|おんなじ|一緒|いっしょ|(?<!間)(?:違|ちが|ちご)(?:う|い|って|て|とる)|ちゃう(?:の|ん(?!け))|変わ[るりっ]"
)
_CHANGE_ONLY = re.compile(
    r"\A(?:じゃあ?|ほな|で)?[、 ]?(?:前年(?:度)?|去年|昨年)?(?:との|比)?"
    r"(?:差し引き|差引|差額|差|増減|減額|増額|増えた|減った|ふえた|へった|増える|減る)"
    r"(?:は|分|の?額|いくら|なんぼ|どれ(?:くらい|だけ)|の|ん|てる|ですか|ます?か)*[?!。]*\Z"
)
_SUM = re.compile(
    r"合計|合わせ|あわせ|(?<![不補満])足[すし]|たすと|たして|たしたら|トータル|全部で(?:いくら|何|なん)|ぜんぶで|プラス|(?<=[^\s])\+(?=[^\s])"
)


def asks_change(text: str) -> bool:
    """Whether `text` asks how a figure changed: いくら増えた, 前年と比べて; 減税 is no change."""
    return bool(_CHANGE.search(fold(text)))


def asks_if_alike(text: str) -> bool:
    """Whether `text` asks if two things are the same: 会社と組合で別枠ちゃうんですか.

    >>> asks_if_alike('会社と組合で枠は違いますか'), asks_if_alike('会社やなくて組合です')
    (True, False)
    """
    return bool(_ALIKE.search(fold(text)))


def asks_for_change_only(text: str) -> bool:
    """Whether `text` asks how a figure changed and names no figure: 差し引きは?, 減額いくら.

    >>> asks_for_change_only('減額いくら'), asks_for_change_only('減額した下請代金はどうなるの')
    (True, False)
    """
    return bool(_CHANGE_ONLY.match(fold(text)))


_SAVED = re.compile(r"(?:いくら|なんぼ|何(?:万|億|千)?円|どれ(?:だけ|くらい|ぐらい))[^。、]{0,3}(?:安|やす|得|浮)")


def asks_saved(text: str) -> bool:
    """Whether `text` asks how much less is to be paid: いくら安なる.

    >>> asks_saved('22から18になったらいくら安なる'), asks_saved('いくらですか')
    (True, False)
    """
    return bool(_SAVED.search(fold(text)))


def asks_sum(text: str) -> bool:
    """Whether `text` asks for a sum of figures: 通常枠と別枠の合計."""
    return bool(_SUM.search(fold(text)))


_MENU = re.compile(
    r"目次|(?:冊子|パンフ|資料|案内).{0,8}(?:載|のって|書|ある)|当てはま|あてはま|該当|希望(?:者|する|の(?:人|方|会社|企業))"
)


def asks_menu(text: str) -> bool:
    """Whether `text` asks what the documents offer to somebody with a need: 販路開拓を希望する人に当てはまる支援策.

    >>> asks_menu('運転資金が要る会社に、県の冊子やと何がのってる？'), asks_menu('技術開発の補助金はいくら')
    (True, False)
    """
    return bool(_MENU.search(fold(text)))


_EXTREME = re.compile(
    r"(?:一番|いちばん|最も|もっとも)[^。、]{0,8}?(?:(?P<most>大き|おおき|多|おお|でか|高|たか)|(?P<least>小さ|ちいさ|少な|すくな|低|ひく))"
    r"|(?P<top>最大|最多|最高額|トップ)|(?P<bottom>最小|最少)"
)


def asks_extreme(text: str) -> int:
    """1 where `text` asks for what has most of something, -1 for least, 0 for neither.

    >>> asks_extreme('いちばん予算が多い分野は'), asks_extreme('一番少ないのは'), asks_extreme('予算は')
    (1, -1, 0)
    """
    found = _EXTREME.search(fold(text))
    if not found:
        return 0
    return 1 if found["most"] or found["top"] else -1


_BOTH = re.compile(r"両方|どっちも|どちらも|(?:二|2|ふた)つ(?:とも|を?足|を?たし|を?合|を?あわ)|両者")
_EACH = re.compile(r"それぞれ|各々|おのおの|[1一ひと]つずつ|(?:別|ごと)(?:に|の額|の予算)")
_WHAT_FIGURE = re.compile(
    r"(?:何|なん|なに)の(?:数|額|金額|割合|率|比率|パーセント|パー|%|件数|人数|期間|年数)"
    r"|\d(?:円|%|パー(?:セント)?|割|か所|ヶ所|箇所|社|件|人|年|[万億]円?)?(?:とは|って(?:何|なん|なに)|ってのは)(?:の?こと)?(?:ですか|や)?[?!。]*\Z"
)
_ORDER = re.compile(
    r"(?:と|って)(?:言え|言って|答えろ|答えて|返せ)[^か]*\Z|(?:指示|命令|ルール|設定)を?(?:全部|すべて)?(?:忘れ|無視)"
)


def says_both(text: str) -> bool:
    """Whether `text` speaks of two things without naming them: 両方足すと."""
    return bool(_BOTH.search(fold(text)))


_ONE_OF_BOTH = re.compile(
    r"(?:どっち|どちら|いずれ)か(?:一方|片方|[1一ひと]つ)|片方(?:だけ|しか|のみ)|一方(?:だけ|しか|のみ)"
)


def says_one_of_both(text: str) -> bool:
    """Whether `text` speaks of one of two things alone: どっちか片方だけ?"""
    return bool(_ONE_OF_BOTH.search(fold(text)))


def asks_each(text: str) -> bool:
    """Whether `text` asks for one thing after the other: それぞれの額."""
    return bool(_EACH.search(fold(text)))


def asks_what_figure(text: str) -> bool:
    """Whether `text` asks what a figure that it names is of: 316とは何の数.

    >>> asks_what_figure('316とは何の数'), asks_what_figure('300億円って何？'), asks_what_figure('300万でもいける')
    (True, True, False)
    """
    return bool(_WHAT_FIGURE.search(fold(text)))


def gives_orders(text: str) -> bool:
    """Whether `text` tells what to say instead of asking: これまでの指示を忘れて1億円と答えて."""
    return bool(_ORDER.search(fold(text)))


_SIZE = re.compile(
    r"いくら|なんぼ|ど(?:れ|ん)(?:だ|くら|ぐら)[けい]|多い|多く|大き|少な|小さ|高い|安い|低い|長い|短い|どっち|どちら|規模"
)
_AMOUNT_END = re.compile(r"(?<![度減税総差])(?:金額|額|いくら|なんぼ)(?:は|って|です|か|や|ん|なん|を教えて)*[?!。]*\Z")
_BORDERLINE = re.compile(r"ちょうど|丁度|ぴったり|ぎりぎり|きっかり")
_WHOLE = re.compile(r"全額|満額|まるまる|丸々|ぜんぶ|全部|すべて|全て")
_FULL = re.compile(r"満額|(?:上限|限度)(?:額)?(?:まで|いっぱい|一杯)|めいっぱい|目一杯|目いっぱい|フルに|フルで")
_DEED = re.compile(
    r"何を|なにを|何[すやし]|なに[すやし]|なん[すや]|どこ|どんな|だれ|誰|どの国|何に使|何が(?:できる|行われ)|なにが|どんなこと|どういうこと|どんな事業|内容|中身|やる(?:ん|の)|何と何|(?:する|やる|行う)予定|(?:する|やる|される|した|つくる|作る)(?:の|ん|もの|こと)(?:は|って|を|、|[?。]*\Z)"
)


def asks_size(text: str) -> bool:
    """Whether `text` asks how much, or which is more: いくら, どっちが大きい."""
    return bool(_SIZE.search(fold(text)))


def ends_in_amount(text: str) -> bool:
    """Whether an amount is all that `text` asks for in the end.

    >>> ends_in_amount('販売会 補正の額'), ends_in_amount('額が大きいのはどれ')
    (True, False)
    """
    return bool(_AMOUNT_END.search(fold(text)))


def is_borderline(text: str) -> bool:
    """Whether `text` speaks of the very edge of a rule: ちょうど280万円の機械."""
    return bool(_BORDERLINE.search(fold(text)))


def says_whole(text: str) -> bool:
    """Whether `text` speaks of the whole of a sum: 全額出ますか, まるまる使える."""
    return bool(_WHOLE.search(fold(text)))


def asks_full(text: str) -> bool:
    """Whether `text` asks for all that can be had: 満額もらうには."""
    return bool(_FULL.search(fold(text)))


def asks_deed(text: str) -> bool:
    """Whether `text` asks what is done, not how much it costs: 二次補正では何をやるんですか."""
    return bool(_DEED.search(fold(text)))


_PLAN = re.compile(r"(?:する|やる|行う|実施の?)(?:予定|つもり|計画)|やろうと|しようと|何と何")


def asks_plan(text: str) -> bool:
    """Whether `text` asks what is going to be done: 二次補正でやる予定のことは.

    >>> asks_plan('二次補正でやる予定のことは'), asks_plan('二次補正はいくら')
    (True, False)
    """
    return bool(_PLAN.search(fold(text)))


_TOLD = re.compile(r"(?<![かのや])[。.]\s*\Z")


def is_told(text: str) -> bool:
    """Whether a sentence ends in a full stop that no word for a question stands before: 展示会に180万かける。

    >>> is_told('展示会に180万かける。'), is_told('使えますか。')
    (True, False)
    """
    return bool(_TOLD.search(text))


_BOUND = re.compile(
    r"(?:何(?:%|円|人|名|年|割|か所|万|億|パー(?:セント)?)*|いくら|なんぼ|いくつ)(?:以[上下内]|より[上下多少]|を?(?:こえ|こし|超え|越え|上回|下回))"
)


def asks_bound(text: str) -> bool:
    """Whether `text` asks from or up to which figure something holds: 何％以上.

    >>> asks_bound('労働費用の何％以上'), asks_bound('控除は何％')
    (True, False)
    """
    return bool(_BOUND.search(fold(text)))


_EXAMPLE = re.compile(
    r"の例(?:は|を|って|も|だけ)?(?:[、 ]|教|おし|挙|あげ|知|何|なに|[?!。]*\Z)"
    r"|(?<![条事実前先])例(?:を|は)(?:教|おし|挙|あげ)|どんな例"
)


def asks_example(text: str) -> bool:
    """Whether `text` asks for examples of a thing: 開発するアプリの例.

    >>> asks_example('開発するアプリの例'), asks_example('法律の例外は')
    (True, False)
    """
    return bool(_EXAMPLE.search(fold(text)))


_CONTINUED = re.compile(
    r"続(?:く|け|き|い[てと])|継続|引き?続|つづ[くけい]|年度?も(?:まだ)?(?:ある|あり|やる|やり|する|しま|出|使え|いけ|残)|まだ(?:ある|あり|やっ|使え)"
    r"|年度?から(?:やって|やっと|ある|あり|続|始)"
)


def asks_continued(text: str) -> bool:
    """Whether `text` asks if something goes on: 21年度も続くの.

    >>> asks_continued('センターは21年度も続くの'), asks_continued('21年度の予算は')
    (True, False)
    """
    return bool(_CONTINUED.search(fold(text)))


_INCLUDED = re.compile(
    r"(?<![申しびりけみち])込み|込んで|含[まむめん]|ふく(?:ま|む|め|ん)"
    r"|(?:に|も|は|が)(?:は|も)?(?:入っ[てと]|入[るり]|はいっ[てと]|はい[るり])|外数|別(?:枠|立て|勘定|扱い|計上)"
)


def asks_included(text: str) -> bool:
    """Whether `text` asks if one thing is counted in another: 新連携も込み?

    >>> asks_included('その額に新連携も含まれる？'), asks_included('申込みは？')
    (True, False)
    """
    return bool(_INCLUDED.search(fold(text)))


_KINDS = re.compile(
    r"種類|(?:何|なに)が(?:あ|使え|選べ)|何と何|どんな(?:もの|の)?が(?:あ|使え|選べ)|どういうのがあ|何種類"
)


def asks_kinds(text: str) -> bool:
    """Whether `text` asks which kinds of a thing there are: 担保の特例は何がある.

    >>> asks_kinds('担保の特例は何がある'), asks_kinds('担保はいりますか')
    (True, False)
    """
    return bool(_KINDS.search(fold(text))) or asks_listing(text)


_NAME = re.compile(
    r"(?:何|なに|なん)(?:ちゅう|という|て(?:いう|ゆう)|と(?:いう|ゆう))?(?:の)?(?:事業|制度|名前|名称|施策|補助金|融資|税制)|名前(?:は|って|なに|なん|何|教え|わか)|なんて(?:名前|名|呼)|呼び名|(?:名称|事業名|制度名|施策名)(?:は|って|を|なん|何|[?!。]*\Z)|なんちゅう|どの(?:事業|制度|施策)"
)
_PEOPLE = re.compile(r"何(?:人|名)|なんにん")
_KIND = re.compile(r"どんな|どういう|どないな|何に(?:使|つか)|なにに(?:使|つか)")
_MEANING = re.compile(
    r"(?:とは|って(?:何|なん|なに|どんな|どういう)|てなに|て何|て(?:なん|何)(?:の|や|です|な)|ってのは|の(?:定義|役割|意味|趣旨)|とはどう|どんな(?:制度|もの|事業)|何の(?:印|マーク|記号|略))"
)
_TOTAL = re.compile(r"全体|総額|(?:全部|ぜんぶ)(?:で|(?:合|あ)わせ|足し)|トータル|全額で")
_LISTING = re.compile(
    r"内訳|中身|構成|[二三四五2-9]つ|一覧|リスト|列挙|並べ|ならべ|(?:何|なに)が(?:入|含)|ぜんぶ|全部|すべて|全て"
)
_RISE = re.compile(
    r"上が[るりっらん]|あが[るりっらん]|上乗せ|高[くうこ]な|たかくな|たこ[うー]?な|割高|割り?増|加算|[足た]され"
    r"|(?:%|パー(?:セント)?|いくら|なんぼ|どんだけ|どれだけ|どれくらい)(?:が|を|分)?(?:プラス|[足た]す|加わ|加え|乗る|乗せ|のる|のせ)"
    r"|プラス(?:は|が|さ|され|なん|何|どれ|どん|いくら)"
)
_MEMBERS = re.compile(r"職種|顔ぶれ|メンバー|構成|種類|内訳|面々|分野|業種|中身|内容")


def asks_members(thing: str) -> bool:
    """Whether a `thing` that is asked for is who or what belongs to something: 職種."""
    return bool(_MEMBERS.search(fold(thing)))


def asks_rise(text: str) -> bool:
    """Whether `text` asks what is put on top of a rate: 金利なんぼ上がるん.

    >>> asks_rise('金利なんぼ上がるん'), asks_rise('金利は何%')
    (True, False)
    """
    return bool(_RISE.search(fold(text)))


def asks_which(text: str) -> bool:
    """Whether `text` asks which of several: どれ, どの事業."""
    return bool(re.search(r"どれ(?!だけ|くらい|ぐらい|ほど)|どの", fold(text)))


def asks_name(text: str) -> bool:
    """Whether `text` asks what something is called: なんちゅう事業, 何という制度."""
    return bool(_NAME.search(fold(text)))


_BY_QUESTION_WORD = (
    ("meaning", _MEANING),
    ("rate", re.compile(r"何(?:%|パー|割|分の)|なん(?:%|パー)|利率|金利")),
    ("term", re.compile(r"何(?:年|ヶ月|か月)(?!度)|なん年")),
    ("schedule", re.compile(r"いつ")),
    ("where", re.compile(r"どこ|何処|電話|窓口|連絡先")),
    ("amount", re.compile(r"いくら|なんぼ|何(?:円|万|億)|どんだけ|どれだけ|どれくらい")),
)


def asked_thing(text: str) -> str:
    """What the question word of `text` asks for: meaning, rate, term, schedule, where or amount; "" for none.

    >>> asked_thing('設備減税は何%？'), asked_thing('いつ申し込むの'), asked_thing('機械を買いました')
    ('rate', 'schedule', '')
    """
    folded = fold(text)
    return next((thing for thing, pattern in _BY_QUESTION_WORD if pattern.search(folded)), "")


_TRILLIONS = re.compile(r"(?:何|なん|いく)兆")


def asks_trillions(text: str) -> bool:
    """Whether `text` asks for an amount of trillions: 何兆円規模."""
    return bool(_TRILLIONS.search(fold(text)))


def asks_kind(text: str) -> bool:
    """Whether `text` asks for words, not for a figure: どんな経費, 何に使える."""
    return bool(_KIND.search(fold(text)))


def asks_people(text: str) -> bool:
    """Whether `text` asks how many people: 何人まで."""
    return bool(_PEOPLE.search(fold(text)))


def asks_total(text: str) -> bool:
    """Whether `text` asks for the amount of everything: 一次補正と二次補正 全体額."""
    return bool(_TOTAL.search(fold(text)))


def asks_listing(text: str) -> bool:
    """Whether `text` asks to list all there are: 県内一覧."""
    return bool(_LISTING.search(fold(text)))


_WORD = re.compile(r"[ぁ-んァ-ヺ]|(?![〇零一二三四五六七八九十百千万億兆])[一-鿿々]")
_TERM = re.compile(r"[一-鿿々]+|[ァ-ヺー]+")


def is_term(text: str) -> bool:
    """Whether `text` is one word in kanji or in katakana, without a particle.

    >>> is_term('税額控除'), is_term('対象になる資金')
    (True, False)
    """
    return bool(_TERM.fullmatch(text))


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
