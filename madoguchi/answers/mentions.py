"""Which of the names that the linker found in a text count: without what is taken back, cut off or said by another."""

from __future__ import annotations

from collections.abc import Sequence

from madoguchi.catalog.model import Attribute
from madoguchi.catalog.names import Mention, Target
from madoguchi.japanese.around import (
    is_and,
    is_asked_for,
    is_excepted,
    is_home,
    is_joint,
    is_of_trade,
    is_worked_on,
    takes_back,
)
from madoguchi.japanese.folding import is_kanji


def telling(mentions: Sequence[Mention], text: str) -> tuple[Mention, ...]:
    """The mentions of `text` that say something, without what it takes back (大津じゃなくて彦根) or tells
    of who asks (彦根で創業したい)."""
    kept = tuple(m for m in mentions if not (m.end and takes_back(text[m.end :])))
    kept = tuple(m for m in kept if not (is_only(m, "case") and (is_asked_for(text[: m.start]) or is_out(m, text))))
    kept = tuple(m for m in kept if not (is_only(m, "mean") and is_worked_on(text[m.end :])))
    kept = tuple(m for m in kept if not (m.how == "part" and is_of_trade(text[m.end :])))
    kept = tuple(m for m in kept if not (any(t.kind == "place" for t in m.targets) and is_home(text[m.end :])))
    kept = tuple(
        m
        for m in kept
        if not any(_is_part_of(m, o) or _runs_on(m, o, text) or _is_compounded(m, o, text) for o in kept)
    )
    return _without_vague(_without_cut(kept))


def is_only(mention: Mention, kind: str) -> bool:
    """Whether `mention` can mean targets of one kind alone: サイト, a means of contact."""
    return all(target.kind == kind for target in mention.targets)


def is_out(mention: Mention, text: str) -> bool:
    """Whether what stands behind a circumstance takes it back or leaves it out: 組合以外."""
    rest = text[mention.end :]
    return bool(mention.end) and (takes_back(rest) or is_excepted(rest))


def owners(mention: Mention) -> set[str]:
    """The programmes whose facts `mention` may mean."""
    return {target.id.partition(".")[0] for target in mention.targets if target.kind == "fact"}


def _is_cut_from(mention: Mention, other: Mention) -> bool:
    """Whether `mention` is a period, case or attribute read across the end of another: 補正予算 behind 19年度の補正,
    保証人なし behind 第三者の保証人, 率がいい behind 利率."""
    alike = any(
        all(any(t.kind == kind for t in m.targets) for m in (mention, other))
        for kind in ("period", "case", "attribute")
    )
    return alike and other.start < mention.start < other.end < mention.end


def _is_part_of(mention: Mention, other: Mention) -> bool:
    """Whether `mention` says nothing of its own beside `other`."""
    return _is_word_of(mention, other) or _is_end_of(mention, other)


def _without_vague(mentions: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """The mentions without a period that several may be, where just one of these is named as well: 追加補正（二次）."""
    sure = {m.targets[0] for m in mentions if [t.kind for t in m.targets] == ["period"]}
    if len(sure) != 1:
        return mentions
    return tuple(m for m in mentions if len(m.targets) == 1 or not is_only(m, "period") or sure.isdisjoint(m.targets))


def _without_cut(mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    """`mentions` without those that are cut from another; of cases only those cut from one that stays: 中小企業事業
    stays although it reaches into 国民生活と中小, which is cut from 公庫の国民."""
    kept: list[Mention] = []
    for mention in sorted(mentions, key=lambda found: found.start):
        if not any(_is_cut_from(mention, other) for other in (kept if is_only(mention, "case") else mentions)):
            kept.append(mention)
    return tuple(mention for mention in mentions if mention in kept)


def _runs_on(mention: Mention, other: Mention, text: str) -> bool:
    """Whether `mention` is only heard where a written name and a particle stand: 東京と, heard as 東京都."""
    longer = mention.start == other.start and mention.how == "sound" and other.how == "name"
    behind = text[other.end : mention.end]
    return longer and bool(behind) and (is_and(behind) or is_joint(behind))


def _is_compounded(mention: Mention, other: Mention, text: str) -> bool:
    """Whether `mention` is a mark that is only the first word of a compound in a programme's name: 新規 of 新規開業."""
    inside = other.start <= mention.start and mention.end < other.end and other.how == "name"
    named = inside and any(target.kind == "program" for target in other.targets)
    return named and is_only(mention, "tag") and is_kanji(text[mention.end])


def _is_end_of(mention: Mention, other: Mention) -> bool:
    """Whether `mention` is the kind of figure in which the name of several facts ends: 特利の上限(額)."""
    ends = other.start < mention.start < other.end and is_only(mention, "attribute")
    return ends and len(other.targets) > 1 and len(owners(other)) == 1 == len({t.kind for t in other.targets})


def _is_word_of(mention: Mention, other: Mention) -> bool:
    """Whether `mention` is only a word of the programme's name that `other` is: 保証人 in 無担保無保証人保証."""
    inside = (
        other.start <= mention.start
        and mention.end <= other.end
        and mention.end - mention.start < other.end - other.start
    )
    named = other.how in ("name", "sound") and any(target.kind == "program" for target in other.targets)
    asked = mention.end == other.end and mention.targets == (Target("attribute", Attribute.BUDGET.value),)  # 再生の予算
    says_more = asked or any(t.kind in ("program", "contact", "organization", "tag") for t in mention.targets)
    return inside and named and not says_more
