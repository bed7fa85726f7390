"""What a client is told when it cannot have what it asked for: a code for programs, words for people."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import Enum


@dataclass(frozen=True, slots=True)
class _Words:
    status: int
    ja: str
    en: str


class Problem(Enum):
    """Every code that a client may meet, with its HTTP status."""

    BAD_REQUEST = _Words(400, "送信の形式が正しくありません。", "The request is not in the expected form.")
    NOT_YOURS = _Words(
        401,
        "この会話を確かめられませんでした。新しい会話を始めてください。",
        "This conversation could not be verified. Please start a new one.",
    )
    ORIGIN = _Words(
        403,
        "このサイトからは利用できません。サイトの管理者にお知らせください。",
        "This site may not use the assistant. Please tell the site's owner.",
    )
    NOT_FOUND = _Words(404, "見つかりませんでした。", "Not found.")
    GONE = _Words(
        404,
        "この会話は消去されています。新しい会話を始めてください。",
        "This conversation has been erased. Please start a new one.",
    )
    METHOD = _Words(405, "この方法では利用できません。", "This method is not allowed here.")
    TOO_LARGE = _Words(413, "送信の量が多すぎます。", "The request is too large.")
    NO_JSON = _Words(415, "送信の形式が正しくありません。", "The request is not JSON.")
    TOO_LONG = _Words(
        422,
        "文章が長すぎます。{limit}文字までにしてください。",
        "The message is too long. Please keep it to {limit} characters.",
    )
    NO_CHOICE = _Words(
        422,
        "その選択肢は、この会話にはありません。文字で入力してください。",
        "This conversation offered no such choice. Please type your question.",
    )
    EMPTY = _Words(422, "文字が届いていません。", "There is nothing to read in the message.")
    TOO_MANY = _Words(
        429,
        "続けて送られた回数が多いため、あと{wait}秒ほどお待ちください。",
        "Too many requests in a short time. Please wait about {wait} seconds.",
    )
    FAILED = _Words(
        500,
        "こちらの不具合でお答えできませんでした。少し待ってからもう一度お試しください。",
        "Something went wrong on our side. Please try again in a moment.",
    )
    STARTING = _Words(503, "準備をしています。少しお待ちください。", "Getting ready. Please wait a moment.")


class Declined(Exception):
    """The request cannot be met: `problem` says why, `wait` (seconds) when it is worth another try."""

    def __init__(self, problem: Problem, *, wait: float | None = None, limit: int | None = None) -> None:
        super().__init__(problem.name)
        self.problem = problem
        self.wait = None if wait is None else max(1, math.ceil(wait))
        self._values = {"wait": self.wait, "limit": limit}

    @property
    def status(self) -> int:
        """The HTTP status."""
        return self.problem.value.status

    def as_json(self) -> dict[str, object]:
        """The body: `{"error": {"code", "message": {"ja", "en"}, "wait"?}}`."""
        words = self.problem.value
        error: dict[str, object] = {
            "code": self.problem.name.lower(),
            "message": {"ja": words.ja.format(**self._values), "en": words.en.format(**self._values)},
        }
        return {"error": error if self.wait is None else error | {"wait": self.wait}}
