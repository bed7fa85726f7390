"""What politeness puts around a question: お忙しいところ恐れ入りますが、…。よろしくお願いします."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from madoguchi.japanese.folding import hiragana, unified


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


# A clause is courtesy when it is made of these words and holds a mark. Thanks, and apologies for what has happened,
# are none: they say something.
_MARKS = _listed(
    """
    忙しい 忙しく いそがしい いそがしく 多忙 たぼう 多用 恐れ入り おそれいり 恐縮 きょうしゅく 申し訳 申訳
    もうしわけ すみません すいません 済みません すんません 失礼 しつれい 世話に せわに よろしく 宜しく 願い 願え ねがい
    ねがえ 手数 おてすう 手間を 面倒を 教示 きょうじ ご教授 幸い さいわい ご回答 ご返答 お返事 御返事
    ご返信 ご確認 ご対応 ご検討 助かり たすかり 有り難い 有り難く 有難い 有難く ありがたい ありがたく つかぬ
    不躾 ぶしつけ 差し支え 差支え さしつかえ 手すき 手隙 手空き
    """
)
# What introduces a question, when more follows: 初めてで何も分からないのですが、…
_PREFACES = _listed(
    """
    初めて はじめて 不慣れ ふなれ 不案内 素人 しろうと 勉強不足 べんきょうぶそく 無知 恥ずかしい はずかしい
    詳しく くわしく 何も なにも 全然 まったく 全く よく 分から わから 分かって わかって 知ら しら 伺い
    うかがい 尋ね たずね 聞き 聞いて 質問 しつもん 相談 確認 変な 細かい 初歩的 基本的
    """
)
# Who asks in a sentence of its own, or says that there is no time: お伺いします。…。教えてください。急いでいます。
_REQUESTS = _listed(
    """
    教え おしえ 知り しり 聞か きか 聞き きき 伺い うかがい 尋ね たずね 質問 しつもん 確認
    急い いそい 急ぎ いそぎ 至急 しきゅう 念のため 念の為 ねんのため
    """
)
# But not who asks for more in it: …。詳しく教えてください
_MORE = _listed("詳しく くわしく 細かい 基本的 いくつか 全く まったく 全然 ぜんぜん 何も なにも")
# What a voice does while its owner thinks
_HESITATIONS = _listed("ええと えーと えっと えと ええっと あの あのう あのー あのね うーんと")
_FILLERS = _listed(
    """
    お ご 御 いつも 大変 たいへん 誠に まことに 本当に 突然 いきなり 急な 急に 夜分 遅くに 遅く 夜遅く
    遅い 朝早く 早朝 休日 たびたび 度々 何度も なんども 何回も 再度 再三 重ね重ね 重ねて ちょっと 少し
    少々 一点 ひとつ 一つ 何点か いくつか 早速 さっそく 以上 いじょう どうぞ どうか 何卒 なにとぞ どうも
    取り急ぎ とり急ぎ まずは 最中 中 なか 所 ところ 時間 時 とき 際 折 ほど 程 よう いただけれ 頂けれ
    いただけ 頂け いただき 頂き いただい 頂い もらえれ もらえ くだされ 下され ください 下さい くださる
    くださり くださら いたし 致し いたす 申し上げ もうしあげ ござい 存じ ぞんじ 思い おもい 待ち 掛け かけ
    教え おしえ 知らせ なって なり おり おる ある あり あれ ない なけれ なかったら なく いる いい よい
    よろしい 良い 構い かまい ます です のです でしょう のでしょう だろう ません ませ まし じゃ だ たい
    ほしい 欲しい たら れば ば する し させて さ けれども けれど けども けど ので から こと もの という
    すぐ すぐに 早めに 大至急 の ん に を が は で も と て な か ね よ る い
    """
)
_TURNS = ("けれども", "けれど", "けども", "けど", "ので", "から", "が")  # behind these the question begins
_BREAK = re.compile(r"[\s、。,.!?…・~]+")
_LONGEST_FIRST = sorted(_MARKS | _PREFACES | _REQUESTS | _HESITATIONS | _FILLERS, key=lambda word: (-len(word), word))
_WORD = re.compile("(?!ありがと)(?:" + "|".join(_LONGEST_FIRST) + ")")
_TELLING = re.compile("|".join(sorted(_MARKS | _PREFACES | _REQUESTS | _HESITATIONS)))
_CLOSING = re.compile(r"(?:どうぞ|どうか|何卒|なにとぞ)?(?:よろしく|宜しく|お願い|おねがい)")
_HELPFUL = re.compile(
    r"を?(?:教え|おしえ|知らせ|聞かせ)て(?:もらえ|いただけ|頂け|くださ|下さ|くれ)(?:る|ます)?と(?:大変|とても)?(?:助か|嬉し|うれし|有り?難|ありがた|幸い)"
)
_LONGEST_CLOSING = 60  # characters; bounds the work for a text of nothing but お願い
_SENTENCE_ENDS = ("か", "です", "ます", "ません", "ない", "たい", "の", "は")


# A drawn-out or broken-off end: いくら～, 20名以上、
_TRAILING = re.compile(r"(?<=[^\s、，､,・…~〜～])[\s、，､,・…~〜～]+\Z")


def courtesies(text: str) -> list[tuple[int, int]]:
    """The spans of `text` that are courtesy only, in code points, and the signs at its end that say nothing; none where
    nothing else would be left.

    >>> courtesies('すみません、限度額は？よろしくお願いします。')
    [(0, 6), (11, 22)]
    >>> courtesies('よろしくお願いします'), courtesies('いくら～')
    ([], [(3, 4)])
    """
    spans = list(_courtesies(text))
    trailing = _TRAILING.search(text)
    if trailing and all(end <= trailing.start() for _, end in spans):
        spans.append(trailing.span())
    return spans


def without_courtesy(text: str) -> str:
    """`text` without what is courtesy only; as it is where nothing else would be left.

    >>> without_courtesy('お忙しいところ恐れ入りますが、補助率を教えてください。よろしくお願いいたします。')
    '補助率を教えてください。'
    >>> without_courtesy('恐れ入りますが限度額は'), without_courtesy('お世話になっております')
    ('限度額は', 'お世話になっております')
    """
    spans = courtesies(text)
    for start, end in reversed(spans):
        text = text[:start] + text[end:]
    return text.rstrip(" 　、,，") if spans else text


@functools.lru_cache(maxsize=64)
def _courtesies(text: str) -> tuple[tuple[int, int], ...]:
    line = unified(text)
    said = hiragana(line.text)
    if not _TELLING.search(said):
        return ()
    clauses = list(_clauses(said))
    spans: list[tuple[int, int]] = []
    waiting: tuple[int, int] | None = None  # 以上、 before よろしくお願いします
    says_something = False
    for place, (start, end, behind) in enumerate(clauses):
        words = list(_words(said, start, end))
        covered = words[-1].end() if words else start
        if covered == end and _is_courtesy(words, more_follows=place + 1 < len(clauses)):
            spans += [waiting] if waiting else []
            spans.append((start, behind))
            waiting = None
            continue
        waiting = (start, behind) if covered == end else None
        opened = _opening(words, said, start)
        closed = _closing(said, opened, end)
        spans += [span for span in ((start, opened), (closed, behind)) if span[0] < span[1] and span != (end, behind)]
        says_something = says_something or covered < closed
    return tuple(line.span(start, end) for start, end in spans) if says_something else ()


def _clauses(text: str) -> Iterator[tuple[int, int, int]]:
    """Start and end of each clause, and where the next one begins."""
    start = 0
    for sign in _BREAK.finditer(text):
        if sign.start() > start:
            yield start, sign.start(), sign.end()
        start = sign.end()
    if start < len(text):
        yield start, len(text), len(text)


def _words(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """Words of courtesy from `start` on, as long as one follows the other. The longest that fits is taken."""
    while word := _WORD.match(text, start, end):
        yield word
        start = word.end()


def _is_courtesy(words: list[re.Match[str]], *, more_follows: bool) -> bool:
    """Whether the words of a clause have a mark, are a preface to what follows, a request or only a hesitation."""
    said = {word.group() for word in words}
    is_preface = more_follows and not said.isdisjoint(_PREFACES) and words[-1].group() in _TURNS
    is_request = not said.isdisjoint(_REQUESTS) and said.isdisjoint(_MORE)
    return is_preface or is_request or said <= _HESITATIONS or not said.isdisjoint(_MARKS)


def _opening(words: list[re.Match[str]], text: str, start: int) -> int:
    """Where the question begins in a clause with courtesy before it: すみませんが限度額は, 恐れ入ります限度額は."""
    is_marked = False
    begins = start
    for word, before in zip(words, [None, *words], strict=False):
        is_marked = is_marked or word.group() in _MARKS
        stops = word.group() in (*_TURNS, "ません", "すみません", "すいません", "すんません") or (
            word.group() == "ます" and before is not None and before.group() in ("恐れ入り", "おそれいり", "おり")
        )
        if (
            is_marked
            and stops
            and word.end() < words[-1].end() + 1
            and not text.startswith(("が", "けど", "でし"), word.end())
        ):
            begins = word.end()
    return begins


def _closing(text: str, start: int, end: int) -> int:
    """Where the courtesy begins at the end of a clause: いくらですかよろしくお願いします."""
    helpful = _HELPFUL.search(text, max(start, end - _LONGEST_CLOSING), end)
    if helpful and helpful.start() > start:
        return helpful.start()  # 限度額を教えてもらえると助かります
    for found in _CLOSING.finditer(text, max(start, end - _LONGEST_CLOSING), end):
        words = list(_words(text, found.start(), end))
        if text.endswith(_SENTENCE_ENDS, start, found.start()) and words and words[-1].end() == end:
            return found.start()
    return end
