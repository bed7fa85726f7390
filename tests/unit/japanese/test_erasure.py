"""madoguchi.japanese.erasure: who wants the conversation deleted is heard; who speaks of other records is not."""

from __future__ import annotations

import pytest

from madoguchi.japanese.erasure import asks_erasure

ERASURE = [
    ("この会話を消して", True),
    ("会話の記録を削除してください", True),
    ("会話を消してください", True),
    ("履歴を消してほしい", True),
    ("今までのやりとりを削除してください", True),
    ("ここまでの内容を消去したい", True),
    ("やり取りを全部消して", True),
    ("チャットのログ削除", True),
    ("このチャットの履歴を消去してください。", True),
    ("さっき入力した内容を消してください", True),
    ("会話けして", True),
    ("会話を消しといて", True),
    ("うちの記録、消しといてくれる？", True),
    ("今までの話を全部消してほしい", True),
    ("個人情報を削除してください", True),
    ("個人情報の削除をお願いします", True),
    ("相談した内容の削除を希望します", True),
    ("この会話消してもらえますか", True),
    ("会話の履歴は全部削除してください", True),
    ("会話ログの削除を依頼します", True),
    ("話した内容を消したい", True),
    ("これまでのデータを破棄してください", True),
    ("書いたことを消してください", True),
    ("会話の記録は消せますか", False),
    ("会話はいつ消えますか", False),
    ("会話の記録は残りますか", False),
    ("最初から", False),
    ("リセット", False),
    ("今までのは忘れて", False),
    ("融資の申請の記録を消したい", False),
    ("抵当権の登記の記録を消したい", False),
    ("消費税を教えて", False),
    ("取り消しはできますか", False),
    ("申し込みを取り消したい", False),
    ("削除された制度はありますか", False),
    ("廃止された補助金", False),
    ("借入の記録を消したい", False),
    ("これまでの減税は廃止して終わりましたか", False),
    ("信用情報の記録を消して", False),
    ("聞いたことを教えて", False),
    ("", False),
]


@pytest.mark.parametrize(("text", "expected"), ERASURE, ids=[repr(text) for text, _ in ERASURE])
def test_会話を消す頼みを聞き取る(text: str, expected: bool) -> None:
    assert asks_erasure(text) is expected
