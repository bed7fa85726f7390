"""madoguchi.japanese.danger: a life in danger is heard by rule, whatever the classifier thinks."""

from __future__ import annotations

import pytest

from madoguchi.japanese.danger import life_in_danger

DANGER = [
    ("死にたい", True),
    ("もう死にたいです", True),
    ("しにたい", True),
    ("ｼﾆﾀｲ", True),
    ("死にたくなってきた", True),
    ("自殺を考えています", True),
    ("じさつしたい", True),
    ("消えてしまいたい", True),
    ("首をつろうかと思う", True),
    ("くびをつる", True),
    ("生きていくのがつらい", True),
    ("生きている意味がない", True),
    ("一家心中しかない", True),
    ("保険金で返すしかない", True),
    ("飛び降りたい", True),
    ("遺書を書きました", True),
    ("もう人生終わりにしたい", True),
    ("練炭", True),
    ("会社が死にそうです", False),
    ("忙しくて死にそう", False),
    ("死ぬほど忙しい", False),
    ("必死に頑張っています", False),
    ("父が死んだので事業を継ぎます", False),
    ("死活問題です", False),
    ("資金繰りが苦しい", False),
    ("もう倒産しそう", False),
    ("廃業したい", False),
    ("この制度はもう終わりましたか", False),
    ("申し込みは終わりですか", False),
    ("設備投資減税は", False),
    ("こんにちは", False),
    ("", False),
]


@pytest.mark.parametrize(("text", "expected"), DANGER, ids=[repr(text) for text, _ in DANGER])
def test_命の危険を聞き取る(text: str, expected: bool) -> None:
    assert life_in_danger(text) is expected
