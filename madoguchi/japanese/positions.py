"""Which item of a list somebody points at: 2番, 上の, 最後."""

from __future__ import annotations

import re

from madoguchi.japanese.folding import fold

_KANJI = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_COUNTERS = r"(?:番目?|つ目|個目|ばんめ|ばん|こ目|つめ|行目)"
_MOST = r"一番(?:いい|よ|良|安|高|低|多|少|大き|長|早|得|お得|簡単|新し|近)"  # the best, not the first
_ORDINAL = re.compile(rf"(?<![a-z]\()(?<!\d)([1-9])(?:{_COUNTERS})?(?!\d)|(?!{_MOST})([一二三四五六七八九]){_COUNTERS}")
_FIRST = re.compile(r"上の|一番上|最初|はじめの|うえの|左の|前者")
_LAST = re.compile(r"下の|一番下|最後|したの|右の|後者")


def position(text: str) -> int | None:
    """The place that `text` points at, from 1; -1 is the last; None where it points at none.

    >>> position('alert(1)'), position('(2)')
    (None, 2)
    >>> position('2番'), position('上のやつ'), position('三つ目でお願いします'), position('最後の')
    (2, 1, 3, -1)
    """
    folded = fold(text)
    if _LAST.search(folded):
        return -1
    if _FIRST.search(folded):
        return 1
    match = _ORDINAL.search(folded)
    if match is None:
        return None
    return int(match[1]) if match[1] else _KANJI[match[2]]
