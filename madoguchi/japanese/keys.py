"""The keys of a phone's kana keyboard, by which one kana is typed for another."""

from __future__ import annotations

from madoguchi.japanese.folding import hiragana, katakana

_ROWS = (
    *("あいうえお", "かきくけこ", "さしすせそ", "たちつてと", "なにぬねの", "はひふへほ", "まみむめも", "やゆよ"),
    *("らりるれろ", "わをんー", "がぎぐげご", "ざじずぜぞ", "だぢづでど", "ばびぶべぼ", "ぱぴぷぺぽ"),
)
_KEY = {kana: row for row in _ROWS for kana in row}
_MARKED = dict(
    zip(
        "かきくけこさしすせそたちつてとはひふへほつやゆよ",
        "がぎぐげござじずぜぞだぢづでどばびぶべぼっゃゅょ",
        strict=True,
    )
)
_MARKED |= {marked: plain for plain, marked in _MARKED.items()}


def beside(kana: str) -> str:
    """The kana that a slip of the finger gives for `kana`: those of its key, and it with its mark or without.

    >>> beside('か'), beside('ッ'), beside('金')
    ('きくけこが', 'ツ', '')
    """
    plain = hiragana(kana)
    found = _KEY.get(plain, "").replace(plain, "") + _MARKED.get(plain, "")
    return found if plain == kana else katakana(found)
