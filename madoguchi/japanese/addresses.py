"""Telephone numbers, extensions and mail addresses as people write them."""

from __future__ import annotations

import re

from madoguchi.japanese.folding import fold

_TELEPHONE = re.compile(r"0\d{1,4}-?\d{1,4}-?\d{3,4}")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)
_MAIL_NAME = re.compile(r"(?<![\w.@])([a-z][a-z._-]*\d{2,})(?![\w@]).{0,12}?(?:メール|アドレス|メアド)", re.ASCII)
_EXTENSION = re.compile(r"内線(?:番号)?(?:の|は)?(\d{2,5})")


def telephone(text: str) -> str | None:
    """The first telephone number of `text`.

    >>> telephone('０７７－５１１－１４１３ はどこ')
    '077-511-1413'
    """
    match = _TELEPHONE.search(fold(text))
    return match[0] if match else None


def mail(text: str) -> str | None:
    """The first mail address of `text`.

    >>> mail('fd00@pref.shiga.lg.jp というのは')
    'fd00@pref.shiga.lg.jp'
    """
    match = _MAIL.search(fold(text))
    return match[0] if match else None


def mail_name(text: str) -> str | None:
    """What stands before the @ of a mail address, where `text` says no more of it.

    >>> mail_name('fd00で始まるメールはどこの課'), mail_name('IT化の補助')
    ('fd00', None)
    """
    match = _MAIL_NAME.search(fold(text))
    return match[1] if match else None


def extension(text: str) -> str | None:
    """The first extension of `text`.

    >>> extension('内線2105ってどこ')
    '2105'
    """
    match = _EXTENSION.search(fold(text))
    return match[1] if match else None
