"""Words by which somebody asks that their conversation be deleted."""

from __future__ import annotations

import re

from madoguchi.japanese.folding import fold

_WHAT = (
    r"会話|やり?取り|やりとり|対話|チャット|履歴|ログ|記録|個人情報|メッセージ|発言"
    r"|(?:入力|相談|質問|送信|書い|打っ|話し|言っ|聞い|送っ|教え)(?:た|して?た|した)?(?:こと|もの|内容|情報|データ|文|話)"
    r"|(?:これ|ここ|今|いま)までの?(?:こと|もの|内容|情報|データ|分|話|全部|すべて|全て)?"
)
_DELETE = (
    r"(?:消|け)(?:して|しと|したい|せ(?!ま|る|な)|し(?:て)?(?:ほし|欲し|もら|くれ|ちゃ))"
    r"|(?:削除|消去|抹消|破棄|クリア)(?:して|しと|したい|しろ|せよ|を?(?:お願い|依頼|希望|願い|頼)|\Z)"
)
_ERASURE = re.compile(
    rf"(?:{_WHAT})(?:の?(?:全部|すべて|全て|記録|履歴|内容|データ))?[はをも、]?[^。]{{0,6}}?(?:{_DELETE})"
)
# What is deleted in an office, not here: 登記の記録を消したい, 申請の履歴を削除して
_ELSEWHERE = re.compile(r"登記|信用情報|申請|申込|借入|融資|返済|担保|口座|帳簿|戸籍|納税|登録")


def asks_erasure(text: str) -> bool:
    """Whether `text` is a request to delete this conversation; False where it only asks about deleting.

    >>> asks_erasure('この会話を消して'), asks_erasure('会話の記録を削除してください')
    (True, True)
    >>> asks_erasure('会話の記録は消せますか'), asks_erasure('融資の申請の記録を消したい')
    (False, False)
    """
    folded = fold(text)
    return bool(_ERASURE.search(folded)) and not _ELSEWHERE.search(folded)
