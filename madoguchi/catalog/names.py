"""Which programmes, offices, cases and periods a text names: exactly, by sound, by part of a name, or with a slip.

The index is built from the catalog alone. Looking a text up costs the same for ten programmes and ten thousand:
every step goes from the text's own substrings, readings and words to the names that have them.
"""

from __future__ import annotations

import math
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from madoguchi.catalog.catalog import Catalog
from madoguchi.catalog.slips import Near, SlipIndex, is_near
from madoguchi.japanese.folding import (
    Folded,
    fold,
    folded,
    hiragana,
    is_kana,
    is_kanji,
    is_small,
    katakana,
    skeleton,
    unified,
)
from madoguchi.japanese.morphology import Morpheme, morphemes
from madoguchi.japanese.morphology import reading as reading_of

How = Literal["name", "sound", "part", "slip"]
WordWeight = Callable[[str], float]

_SHORTEST_SOUND = 4  # kana; 公庫 and 効果 share three
_COMMONER = 10  # times as many names from which a word is what its sound means; 20 times as many have 企業 as 起業
_LONG = 9  # characters from which a name is one without its ・ as well; 展示商談会 is any fair
_SLIPS_IN_WRITING = (5, 10)  # characters from which a name may have one slip, or two
_SLIPS_IN_SOUND = (5, 13)  # kana from which it may
_SHORTEST_SKELETON = 4  # characters; 国税制 stands in 外国税制
_SURE_SOUND = 7  # kana from which one sound may be another
_SOUNDS_A_CHARACTER = 2
_RIGHT_A_SLIP = 4  # characters or sounds that must be right for each slip behind a name that is right by itself
_SURE_BY_SOUND = 8  # kana of a name that must be right beside a word that is none of it
_PART_EVIDENCE = 0.6  # summed over the shared words; a word that one name of the catalog has tells 1
_PART_MARGIN = 0.75  # candidates within this share of the best are named together
_MOST_CANDIDATES = 8
_MOST_OWNERS = 200  # more than any word of our catalog has
_TOPICS = ("program", "contact", "organization", "kind", "fact", "document")
_SOUND_VARIANTS = str.maketrans({"ヂ": "ジ", "ヅ": "ズ", "ヲ": "オ"})


@dataclass(frozen=True, slots=True)
class Target:
    """Something that has a name: `kind` is program, contact, organization, case, period, need, tag …"""

    kind: str
    id: str


@dataclass(frozen=True, slots=True)
class Mention:
    """The raw text's span `start` to `end` names `targets`; several where the name does not decide between them."""

    targets: tuple[Target, ...]
    start: int
    end: int
    score: float
    how: How


_Owners = dict[str, dict[Target, None]]  # what each name, sound or word belongs to, in the order of the catalog


class NameIndex:
    """Every name of a catalog, by writing, by sound, by word and by pairs of sounds."""

    def __init__(self, catalog: Catalog) -> None:
        self._by_writing: _Owners = defaultdict(dict)
        self._by_sound: _Owners = defaultdict(dict)
        self._by_word: _Owners = defaultdict(dict)
        self._by_skeleton: _Owners = defaultdict(dict)
        self._by_spoken: _Owners = defaultdict(dict)
        self._joints: dict[str, set[int]] = defaultdict(set)  # where a form's words meet
        self._written_forms = SlipIndex(_SLIPS_IN_WRITING)
        self._spoken_forms = SlipIndex(_SLIPS_IN_SOUND)
        self._kanji_of_sound: dict[str, set[str]] = defaultdict(set)
        self._official = {fold(program.name) for program in catalog.programs.values()}
        named: set[Target] = set()
        words_of: dict[str, list[Morpheme]] = {}  # thousands of facts have one and the same name
        lemmas: dict[str, Counter[str]] = defaultdict(Counter)  # of the names' words, by sound: in how many names
        single: list[tuple[str, str, Target]] = []  # names of one word: sound, lemma
        for target, name, reading in every_name(catalog):
            writing = fold(name)
            self._by_writing[writing][target] = None
            if len(writing) >= _LONG:
                self._by_writing[writing.replace("・", "")][target] = None  # 農商工連携地域資源
            words = words_of.get(name) or [m for m in morphemes(unified(name).text) if not m.is_symbol]
            words_of[name] = words
            sound = _sound(katakana(reading)) if reading else _sound("".join(m.reading for m in words))
            for word in words:
                lemmas[_sound(word.reading)][word.lemma] += 1
            single += [(sound, words[0].lemma, target)] if len(words) == 1 and not reading else []
            silent = any(c.isdigit() or unicodedata.category(c) == "So" for c in writing)  # ◆のマーク
            if len(sound) >= _SHORTEST_SOUND and not silent:
                self._by_sound[sound][target] = None
                self._kanji_of_sound[sound].update(writing)
            if target.kind in ("program", "contact", "organization"):
                named.add(target)
                for word in words:
                    if word.is_telling:
                        self._by_word[word.lemma][target] = None
                        # A word in kana has another lemma alone than among others: なぎさ, 渚
                        self._by_word[word.surface][target] = None
                if words:
                    self._add_forms(target, name, sound, words)
        for sound, lemma, target in single:
            if max(lemmas[sound].values()) > _COMMONER * lemmas[sound][lemma]:
                self._by_sound[sound].pop(target, None)  # きぎょう is 企業, not 起業
        for index in (self._by_writing, self._by_sound, self._by_skeleton, self._by_spoken):
            _forget_what_tells_nothing(index)
        for form in self._by_skeleton:
            self._written_forms.add(form)
        for form in self._by_spoken:
            self._spoken_forms.add(form)
        self._size = max(len(named), 1)
        self._lengths: dict[str, set[int]] = defaultdict(set)  # of the names that begin with a character
        for writing in self._by_writing:
            self._lengths[writing[0]].add(len(writing))

    def _add_forms(self, target: Target, name: str, sound: str, words: list[Morpheme]) -> None:
        """Make a name findable with slips in it, by its writing, its sound and its long words in kana."""
        writing = skeleton(folded(name)).text
        if len(writing) >= _SHORTEST_SKELETON:
            self._by_skeleton[writing][target] = None
            self._joints[writing].update(_joints(writing, [fold(word.surface) for word in words]))
        kana = [_sound(word.reading) for word in words if is_kana(katakana(word.surface))]
        spoken = [_spoken_as(word) for word in words]
        for form in dict.fromkeys((sound, "".join(spoken), *kana)):
            if len(form) >= _SLIPS_IN_SOUND[0]:
                self._by_spoken[form][target] = None
                self._kanji_of_sound[form].update(writing)
                self._joints[form].update(_joints(form, spoken))

    def mentions(self, text: str, *, weight: WordWeight = lambda _: 1.0) -> list[Mention]:
        """What `text` names, in its order. `weight` says how telling a word is: near 0 for words of any question."""
        line = unified(text)
        words = morphemes(line.text)
        writing = folded(line.text)
        found = self._written(writing, begins={word.start for word in words})
        found += self._sounding(words, taken=found)
        found = self._with_slips(writing, words, found)
        if not any(_is_topic(mention) for mention in found):
            found += self._partly(words, weight, taken=found)
        found = [_weighed(mention, line.text, weight) for mention in found]
        found.sort(key=lambda mention: mention.start)
        return [_in_raw_text(mention, line) for mention in found]

    def _written(self, line: Folded, *, begins: set[int]) -> list[Mention]:
        """Names as they are written; of overlapping ones that which begins first, of those the longest. `begins` has
        where words begin: a name of few kana stands in many a word, エスコ in かえすこと."""
        text = line.text
        spans: list[tuple[int, int]] = []
        for start, first in enumerate(text):
            for length in self._lengths.get(first, ()):
                end = start + length
                if end <= len(text) and text[start:end] in self._by_writing and _stands_alone(text, start, end):
                    few = length < _SHORTEST_SOUND and is_kana(katakana(text[start:end]))
                    if not few or line.span(start, end)[0] in begins:
                        spans.append((start, end))
        found: list[Mention] = []
        taken: list[tuple[int, int]] = []
        for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
            targets = tuple(self._by_writing[text[start:end]])
            around = next(((first, last) for first, last in taken if start < last and first < end), None)
            if around is None:
                taken.append((start, end))
            elif end <= around[1]:
                targets = self._inside(text, around, targets, at_end=end == around[1])
            else:  # 承認まだ after 計画の承認
                targets = tuple(target for target in targets if target.kind not in _TOPICS)
            if targets:
                found.append(Mention(targets, *line.span(start, end), 1.0, "name"))
        return found

    def _inside(
        self, text: str, around: tuple[int, int], targets: tuple[Target, ...], *, at_end: bool
    ) -> tuple[Target, ...]:
        """Of names inside a longer one those that count: the measure in 機械減税, the 枠 that ends 普通保証の枠.

        The 延長 that ends a programme's official name asks for nothing; the 公庫 in the case 公庫の中小 is named.
        """
        longer = text[around[0] : around[1]]
        kinds: set[str] = set()
        if longer not in self._official:
            kinds.add("measure")
            if at_end and any(target.kind in _TOPICS for target in self._by_writing[longer]):
                kinds |= {"attribute", "case"}
        if all(target.kind == "case" for target in self._by_writing[longer]):
            kinds.add("organization")
        return tuple(target for target in targets if target.kind in kinds)

    def _sounding(self, words: list[Morpheme], *, taken: list[Mention]) -> list[Mention]:
        """Names typed in kana or converted to the wrong kanji: 補助菌, ホジョキン."""
        found: list[Mention] = []
        topics = [mention for mention in taken if _is_topic(mention)]
        covered = [_covered(word, topics) for word in words]
        sounds = [_sound(word.reading) for word in words]
        start = 0
        while start < len(words):
            best: tuple[int, Mention] | None = None
            sound = ""
            hangs = start > 0 and words[start - 1].is_content and words[start].is_auxiliary
            for end in range(start, min(len(words), start + 16)):
                if covered[end] or hangs:  # 借りるなら県の is no 奈良県
                    break
                sound += sounds[end]
                targets = self._by_sound.get(sound)
                if end + 1 < len(words) and is_small(words[end + 1].reading[:1]):
                    continue  # ちゅうし|ょう is no 中止
                if targets and self._misheard(words[start : end + 1], sound):
                    best = end, Mention(tuple(targets), words[start].start, words[end].end, 0.9, "sound")
            if best:
                found.append(best[1])
                start = best[0]
            start += 1
        return found + self._sounding_in_kana(words, taken=taken + found)

    def _misheard(self, words: list[Morpheme], sound: str) -> bool:
        """Whether `words` can be this name in another writing: kana, or a compound converted partly wrong (補助菌).

        A single word in kanji is what it is: 企業 is not 起業.
        """
        surface = "".join(word.surface for word in words)
        if fold(surface) in self._by_writing:
            return False  # found as it is written
        if all(is_kana(katakana(word.surface)) or _is_spelt(word) for word in words):
            return True
        return len(words) > 1 and bool(self._kanji_of_sound[sound].intersection(surface))

    def _sounding_in_kana(self, words: list[Morpheme], *, taken: list[Mention]) -> list[Mention]:
        """The same within runs of kana, which Sudachi cuts anywhere: けいえいかくしんしえんしきん."""
        found: list[Mention] = []
        for start, run in _kana_runs([word for word in words if not _covered(word, taken)]):
            sounds = _sound(run)
            first = 0
            while first < len(sounds):
                step = 1
                for last in range(min(len(sounds), first + 40), first + _SHORTEST_SOUND - 1, -1):
                    targets = self._by_sound.get(sounds[first:last])
                    if targets and not is_small(run[last : last + 1]):
                        found.append(Mention(tuple(targets), start + first, start + last, 0.9, "sound"))
                        step = last - first
                        break
                first += step
        return found

    def _with_slips(self, writing: Folded, words: list[Morpheme], found: list[Mention]) -> list[Mention]:
        """`found` with the names that are there but for a slip; one that reaches further replaces what is inside it."""
        candidates = [*self._miswritten(writing, words, found), *self._misspoken(words, found)]
        candidates.sort(key=lambda candidate: (-candidate.mention.score, candidate.mention.start))
        accepted: list[Mention] = []
        for candidate in candidates:
            mention = candidate.mention
            if not any(_overlap(mention, other) for other in accepted) and candidate.says_more_than(found):
                accepted.append(mention)
                found = [other for other in found if not _replaced(other, mention)]
        return found + accepted

    def _miswritten(self, writing: Folded, words: list[Morpheme], found: list[Mention]) -> Iterator[_Candidate]:
        """Names with another character, one too many or too few, or without their particles."""
        line = skeleton(writing)
        for near in self._written_forms.near(line.text, _taken(line, found)):
            start, end = line.span(near.start, near.end)
            inside = _within(words, start, end)
            there = line.text[near.start : near.end]
            if near.slips and (end - start > len(there) + 1 or _goes_on(line.text, near)):
                continue  # 研究開発に国の支援 is more than 研究開発支援
            if not near.slips or self._is_slip(near.form, there, inside, spoken=False):
                targets = tuple(self._by_skeleton[near.form])
                likeness = _likeness(len(near.form), near.slips)
                how: How = "slip" if near.slips else "name"
                yield _Candidate(Mention(targets, start, _word_end(end, inside), likeness, how), near, line)

    def _misspoken(self, words: list[Morpheme], found: list[Mention]) -> Iterator[_Candidate]:
        """Names with another sound, one too many or too few, or converted wrongly in one of their words."""
        line = _spoken(words)
        for near in self._spoken_forms.near(line.text, _taken(line, found)):
            if _cuts_a_word(line, near.start) or _cuts_a_word(line, near.end):
                continue
            start, end = line.span(near.start, near.end)
            inside = _within(words, start, end)
            there = line.text[near.start : near.end]
            if near.slips:
                function_word = not inside[0].is_content or _splits_a_word(start, end, inside)
                is_it = not function_word and self._is_slip(near.form, there, inside, spoken=True)
            else:
                is_it = self._misheard(inside, near.form)
            if is_it:
                targets = tuple(self._by_spoken[near.form])
                likeness = _likeness(len(near.form) / _SOUNDS_A_CHARACTER, near.slips)
                how: How = "slip" if near.slips else "sound"
                yield _Candidate(Mention(targets, start, _word_end(end, inside), likeness, how), near, line)

    def _is_slip(self, form: str, there: str, words: list[Morpheme], *, spoken: bool) -> bool:
        """Whether `there`, which is nearly `form`, is a slip of it and not another thing that people say."""
        joints = self._joints[form]
        if (form.startswith(there) and len(there) in joints) or (
            form.endswith(there) and len(form) - len(there) in joints
        ):
            return False  # 設備資金 without 枠 is a part of a name
        if spoken and len(form) < _SURE_BY_SOUND and not _is_short_slip(form, there, words):
            return False
        return all(_may_be_slipped(word, form, spoken=spoken) for word in words)

    def _partly(self, words: list[Morpheme], weight: WordWeight, *, taken: list[Mention]) -> list[Mention]:
        """Names of which the text has the telling words: ハンズオン, 中心市街地."""
        open_words = [word for word in words if word.is_telling and len(word.surface) > 1 and not _covered(word, taken)]
        evidence: dict[Target, float] = defaultdict(float)
        spans: dict[Target, list[Morpheme]] = defaultdict(list)
        known = {word.lemma: self._by_word.get(word.lemma) or self._by_word.get(word.surface) for word in open_words}
        for word in sorted(open_words, key=lambda word: len(known[word.lemma] or ())):
            owners = known.pop(word.lemma, None)
            if owners:
                # A word of very many names tells only between those that another word has told
                candidates = owners if len(owners) <= _MOST_OWNERS else [t for t in evidence if t in owners]
                telling = math.log(1 + self._size / len(owners)) / math.log(1 + self._size) * weight(word.lemma)
                for owner in candidates:
                    evidence[owner] += telling
                    spans[owner].append(word)
        if not evidence:
            return []
        best = max(evidence.values())
        if best < _PART_EVIDENCE:
            return []
        winners = [target for target, value in evidence.items() if value >= _PART_MARGIN * best]
        winners.sort(key=lambda target: -evidence[target])
        leading = [target for target in winners if evidence[target] >= best - 1e-9]
        if len(leading) > _MOST_CANDIDATES:
            return []
        span = spans[leading[0]]
        start, end = min(w.start for w in span), max(w.end for w in span)
        return [Mention(tuple(winners[:_MOST_CANDIDATES]), start, end, min(0.85, 0.55 * best), "part")]


def every_name(catalog: Catalog) -> Iterator[tuple[Target, str, str | None]]:
    """Every name in the catalog with what it names, and a reading where the data give one."""
    for program in catalog.programs.values():
        target = Target("program", program.id)
        yield target, program.name, program.reading
        for alias in program.aliases:
            yield target, alias, None
        for fact in program.facts:
            for alias in fact.aliases:
                yield Target("fact", fact.key), alias, None
    for contact in catalog.contacts.values():
        yield Target("contact", contact.id), contact.name, contact.reading
        for alias in contact.aliases:
            yield Target("contact", contact.id), alias, None
        if contact.place:
            yield Target("place", contact.place), contact.place, None
            yield Target("place", contact.place), hiragana(reading_of(contact.place)), None
    for organization in catalog.organizations.values():
        yield Target("organization", organization.id), organization.name, organization.reading
        for alias in organization.aliases:
            yield Target("organization", organization.id), alias, None
    for case in catalog.cases.values():
        for name in (case.name, *case.aliases):
            yield Target("case", case.id), name, None
    for document in catalog.documents.values():
        for name in (document.title, document.short_name, *document.aliases):
            yield Target("document", document.id), name, None
    for group, terms in catalog.terms.items():
        for term in terms.values() if group != "schemes" else ():  # those are ends of names
            for name in (term.name, *term.aliases):
                yield Target(group.rstrip("s"), term.id), name, term.reading if name == term.name else None


def _weighed(mention: Mention, text: str, weight: WordWeight) -> Mention:
    """A mention of facts alone counts as much as its words tell: 鋳造 much, 必ず little."""
    if any(target.kind != "fact" for target in mention.targets):
        return mention
    words = [m.lemma for m in morphemes(text[mention.start : mention.end]) if m.is_content]
    return replace(mention, score=mention.score * max((weight(word) for word in words), default=0.0))


def _in_raw_text(mention: Mention, line: Folded) -> Mention:
    start, end = line.span(mention.start, mention.end)
    return replace(mention, start=start, end=end)


def _forget_what_tells_nothing(index: _Owners) -> None:
    """Take out of `index` what a name means where very many of one kind have it: the 上限 of each of ten thousand
    programmes is no name of any, and a list of them all would go with every message."""
    for key, targets in list(index.items()):
        if len(targets) > _MOST_OWNERS:
            for kind, count in Counter(target.kind for target in targets).items():
                if count > _MOST_OWNERS:
                    targets = {target: None for target in targets if target.kind != kind}
            index[key] = targets
        if not key or not targets:
            del index[key]


def _sound(reading: str) -> str:
    return reading.translate(_SOUND_VARIANTS).replace("・", "")


def _spoken_as(word: Morpheme) -> str:
    """The sound of a word; digits and Latin letters stand for themselves, for nobody spells them in kana."""
    return word.surface.lower() if _is_spelt(word) else _sound(word.reading)


def _is_spelt(word: Morpheme) -> bool:
    """Whether a word is in Latin letters or digits."""
    return word.surface.isascii() and word.surface.isalnum()


def _spoken(words: list[Morpheme]) -> Folded:
    """What the words sound like; a kana comes from its own place, the sounds of a kanji word from the whole word."""
    sounds: list[str] = []
    origins: list[tuple[int, int]] = []
    for word in words:
        if word.is_content or is_kana(katakana(word.surface)):
            sound = _spoken_as(word)
            own = len(sound) == word.end - word.start
            sounds.append(sound)
            origins += [
                (word.start + i, word.start + i + 1) if own else (word.start, word.end) for i in range(len(sound))
            ]
    return Folded("".join(sounds), tuple(origins))


def _joints(form: str, parts: list[str]) -> Iterator[int]:
    """Where the parts of a form meet; particles between them may have been left out."""
    place = 0
    for part in parts:
        if form.startswith(part, place):
            place += len(part)
            yield place


def _likeness(characters: float, slips: int) -> float:
    """How much of a name is there, more for longer ones: of two that share a place the better one has more."""
    return min(0.9 + (characters - 2 * slips) / 100, 1.0)


def _is_short_slip(form: str, there: str, words: list[Morpheme]) -> bool:
    """Whether a name of few sounds can be meant: only what is typed in kana, begins as it does, and is no word.

    支援金 is not 支援機関; of six sounds, another one makes another word, unless it makes none: ハンズオソ.
    """
    surface = "".join(word.surface for word in words)
    if not is_kana(katakana(surface)) or there[0] != form[0] or any(not word.is_content for word in words):
        return False
    is_replaced = len(there) == len(form) and sorted(there) != sorted(form)
    return (
        not is_replaced
        or len(form) >= _SURE_SOUND
        or (katakana(surface) == surface and not (len(words) == 1 and words[0].is_known))
    )


def _may_be_slipped(word: Morpheme, form: str, *, spoken: bool) -> bool:
    """Whether a word in a slipped name is one of the name's, no word at all, or sounds nearly like one of its words.

    A word that is right by itself is meant as it stands: 佐賀県の融資 is not 滋賀県の融資, 改革 may be 開拓.
    """
    part = _spoken_as(word) if spoken else fold(word.surface)
    if part in form or not word.is_known or len(word.surface) == 1 or is_kana(katakana(word.surface)):
        return True
    lengths = range(len(part) - 1, len(part) + 2)
    pieces = (form[i : i + length] for length in lengths for i in range(len(form) - length + 1))
    return spoken and len(form) - len(part) >= _SURE_BY_SOUND and any(is_near(part, piece) for piece in pieces)


def _within(words: list[Morpheme], start: int, end: int) -> list[Morpheme]:
    return [word for word in words if word.start < end and start < word.end]


def _cuts_a_word(line: Folded, place: int) -> bool:
    """Whether `place` in what words sound like is within the sounds of a word in kanji."""
    return 0 < place < len(line.text) and line.origins[place - 1] == line.origins[place]


def _splits_a_word(start: int, end: int, words: list[Morpheme]) -> bool:
    """Whether a span begins or ends within a word of the dictionary; kana alone are cut anywhere."""
    if all(is_kana(katakana(word.surface)) and katakana(word.surface) != word.surface for word in words):
        return False
    first, last = words[0], words[-1]
    return (first.is_known and first.start < start) or (last.is_known and end < last.end)


def _goes_on(line: str, near: Near) -> bool:
    """Whether a form lacks an end where another kanji stands: 川上の中小企業 in 税法上の中小企業."""
    there = line[near.start : near.end]
    before, behind = line[near.start - 1 : near.start], line[near.end : near.end + 1]
    return (near.form.endswith(there) and is_kanji(before)) or (near.form.startswith(there) and is_kanji(behind))


def _word_end(end: int, words: list[Morpheme]) -> int:
    """`end`, or the end of the guessed word that goes on one character beyond: ハンズオ|ソ."""
    last = words[-1]
    return last.end if not last.is_known and last.end == end + 1 else end


def _taken(line: Folded, found: list[Mention]) -> list[tuple[int, int]]:
    """Stretches of `line` in which no name can be more than the one that was found there already."""
    topics = [mention for mention in found if _is_topic(mention)]
    return [
        (max(covered[0] - 1, 0), covered[-1] + 2)
        for mention in topics
        if (
            covered := [i for i, (start, end) in enumerate(line.origins) if start < mention.end and mention.start < end]
        )
    ]


def _overlap(one: Mention, other: Mention) -> bool:
    return one.start < other.end and other.start < one.end


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A name that may be in a text, found as `near` in the text's `line` of characters or sounds."""

    mention: Mention
    near: Near
    line: Folded

    def says_more_than(self, found: list[Mention]) -> bool:
        """Whether it stands beside the names found as they are written, or is more than those inside it.

        事業承継税政 is more than 事業承継; 農商工連携補 is not, where 補助率 goes on.
        """
        known: set[Target] = set()
        for other in found:
            if not _overlap(self.mention, other):
                continue
            if not _is_inside(other, self.mention) or (self.near.slips and _is_inside(self.mention, other)):
                return False
            if _is_topic(other):
                covered = [
                    i for i, (start, end) in enumerate(self.line.origins) if other.start <= start and end <= other.end
                ]
                there = "".join(self.line.text[i] for i in covered)
                more = len(self.near.form) - len(there)
                if there not in self.near.form or more < max(2, _RIGHT_A_SLIP * self.near.slips):
                    return False
                known.update(other.targets)
        return not known or not known.issuperset(self.mention.targets)


def _replaced(mention: Mention, longer: Mention) -> bool:
    """Whether a word inside a name says nothing beside it; cases and measures do."""
    speaks = any(target.kind in ("case", "measure", "period") for target in mention.targets)
    return _is_inside(mention, longer) and (_is_topic(mention) or not speaks)


def _is_inside(mention: Mention, other: Mention) -> bool:
    return other.start <= mention.start and mention.end <= other.end


def _is_topic(mention: Mention) -> bool:
    return any(target.kind in ("program", "contact", "organization") for target in mention.targets)


def _covered(word: Morpheme, mentions: Iterable[Mention]) -> bool:
    return any(word.start < mention.end and mention.start < word.end for mention in mentions)


def _script(character: str) -> str:
    if character.isascii() and character.isalpha():
        return "latin"
    if "ァ" <= character <= "ヺ" or character == "ー":
        return "katakana"
    if character.isdigit():
        return "digit"
    return "other"


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether a name in katakana, Latin letters or digits is not just a piece of a longer word: リース in リリース."""
    before, after = text[start - 1 : start], text[end : end + 1]
    left = before and _script(text[start]) != "other" and _script(before) == _script(text[start])
    right = after and _script(text[end - 1]) != "other" and _script(after) == _script(text[end - 1])
    return not left and not right


def _kana_runs(words: list[Morpheme]) -> Iterator[tuple[int, str]]:
    """Runs of adjoining kana words: where each begins in the raw text, and its katakana."""
    start, run, end = 0, "", -1
    for word in words:
        kana = katakana(word.surface)
        if is_kana(kana) and len(kana) == word.end - word.start:
            if word.start != end:
                if run:
                    yield start, run
                start, run = word.start, ""
            run += kana
            end = word.end
    if run:
        yield start, run
