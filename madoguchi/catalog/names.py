"""Which programmes, offices, cases and periods a text names: exactly, by sound, by part of a name, or with a slip.

The index is built from the catalog alone. Looking a text up costs the same for ten programmes and ten thousand:
every step goes from the text's own substrings, readings and words to the names that have them.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from rapidfuzz import fuzz

from madoguchi.catalog.catalog import Catalog
from madoguchi.japanese.folding import Folded, fold, folded, hiragana, is_kana, katakana, unified
from madoguchi.japanese.morphology import Morpheme, morphemes
from madoguchi.japanese.morphology import reading as reading_of

How = Literal["name", "sound", "part", "slip"]
WordWeight = Callable[[str], float]

_SHORTEST_SOUND = 4  # kana; 公庫 and 効果 share three
_SHORTEST_SLIP = 5  # kana; below, one wrong character makes another word
_SLIP_SCORE = 84.0  # of 100, rapidfuzz; chosen on tests/unit/test_names.py: one slip in six kana passes, two do not
_PART_EVIDENCE = 3.2  # summed weight of the shared words; a word of three programmes in a hundred weighs 3.5
_PART_MARGIN = 0.75  # candidates within this share of the best are named together
_MOST_CANDIDATES = 8
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


class NameIndex:
    """Every name of a catalog, by writing, by sound, by word and by pairs of sounds."""

    def __init__(self, catalog: Catalog) -> None:
        self._by_writing: dict[str, list[Target]] = defaultdict(list)
        self._by_sound: dict[str, list[Target]] = defaultdict(list)
        self._by_word: dict[str, dict[Target, None]] = defaultdict(dict)
        self._by_pair: dict[str, set[str]] = defaultdict(set)
        self._kanji_of_sound: dict[str, set[str]] = defaultdict(set)
        self._official = {fold(program.name) for program in catalog.programs.values()}
        named: set[Target] = set()
        for target, name, reading in _names(catalog):
            writing = fold(name)
            _add(self._by_writing, writing, target)
            words = [m for m in morphemes(name) if not m.is_symbol]
            sound = _sound(katakana(reading)) if reading else _sound("".join(m.reading for m in words))
            if len(sound) >= _SHORTEST_SOUND and not any(c.isdigit() for c in writing):
                _add(self._by_sound, sound, target)
                self._kanji_of_sound[sound].update(writing)
            if target.kind in ("program", "contact", "organization"):
                named.add(target)
                for word in words:
                    if word.is_telling:
                        self._by_word[word.lemma][target] = None
                if len(sound) >= _SHORTEST_SLIP:
                    for pair in _pairs(sound):
                        self._by_pair[pair].add(sound)
        self._size = max(len(named), 1)
        self._lengths: dict[str, set[int]] = defaultdict(set)  # of the names that begin with a character
        for writing in self._by_writing:
            self._lengths[writing[0]].add(len(writing))

    def mentions(self, text: str, *, weight: WordWeight = lambda _: 1.0) -> list[Mention]:
        """What `text` names, in its order. `weight` says how telling a word is: near 0 for words of any question."""
        line = unified(text)
        words = morphemes(line.text)
        found = self._written(folded(line.text))
        found += self._sounding(words, taken=found)
        if not any(_is_topic(mention) for mention in found):
            found += self._slipped(words, taken=found) or self._partly(words, weight, taken=found)
        found = [_weighed(mention, line.text, weight) for mention in found]
        found.sort(key=lambda mention: mention.start)
        return [_in_raw_text(mention, line) for mention in found]

    def _written(self, line: Folded) -> list[Mention]:
        """Names as they are written; of overlapping ones that which begins first, of those the longest."""
        text = line.text
        spans: list[tuple[int, int]] = []
        for start, first in enumerate(text):
            for length in self._lengths.get(first, ()):
                end = start + length
                if end <= len(text) and text[start:end] in self._by_writing and _stands_alone(text, start, end):
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
            for end in range(start, min(len(words), start + 16)):
                if covered[end]:
                    break
                sound += sounds[end]
                targets = self._by_sound.get(sound)
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
        if is_kana(katakana(surface)):
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
                    if targets:
                        found.append(Mention(tuple(targets), start + first, start + last, 0.9, "sound"))
                        step = last - first
                        break
                first += step
        return found

    def _slipped(self, words: list[Morpheme], *, taken: list[Mention]) -> list[Mention]:
        """Names with one slip of the finger, compared by sound."""
        heard = ""
        origins: list[tuple[int, int]] = []
        for word in words:
            if word.is_content or is_kana(katakana(word.surface)):
                sound = " " if _covered(word, taken) else _sound(word.reading)
                origins += [(word.start, word.end)] * len(sound)
                heard += sound
        counts = Counter(name for pair in set(_pairs(heard)) for name in self._by_pair.get(pair, ()))
        best: Mention | None = None
        for name, shared in counts.most_common(12):
            if shared < 0.5 * (len(name) - 1) or len(name) > len(heard) + 1:
                continue
            aligned = fuzz.partial_ratio_alignment(name, heard, score_cutoff=_SLIP_SCORE)
            if aligned is None or aligned.dest_end <= aligned.dest_start:
                continue
            score = aligned.score / 100 + len(name) / 1000  # of equally good ones the longest
            if best is None or score > best.score:
                start, end = origins[aligned.dest_start][0], origins[aligned.dest_end - 1][1]
                targets = tuple(t for t in self._by_sound[name] if t.kind in ("program", "contact", "organization"))
                best = Mention(targets, start, end, score, "slip")
        return [best] if best and best.targets else []

    def _partly(self, words: list[Morpheme], weight: WordWeight, *, taken: list[Mention]) -> list[Mention]:
        """Names of which the text has the telling words: ハンズオン, 中心市街地."""
        open_words = [word for word in words if word.is_telling and len(word.surface) > 1 and not _covered(word, taken)]
        evidence: dict[Target, float] = defaultdict(float)
        spans: dict[Target, list[Morpheme]] = defaultdict(list)
        for word in {word.lemma: word for word in open_words}.values():
            owners = self._by_word.get(word.lemma)
            if owners:
                telling = math.log(1 + self._size / len(owners)) * weight(word.lemma)
                for owner in owners:
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
        return [Mention(tuple(winners[:_MOST_CANDIDATES]), start, end, min(0.85, best / 10), "part")]


def _names(catalog: Catalog) -> Iterator[tuple[Target, str, str | None]]:
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
        for term in terms.values():
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


def _add(index: dict[str, list[Target]], key: str, target: Target) -> None:
    if key and target not in index[key]:
        index[key].append(target)


def _sound(reading: str) -> str:
    return reading.translate(_SOUND_VARIANTS).replace("・", "")


def _pairs(sound: str) -> Iterator[str]:
    return (sound[i : i + 2] for i in range(len(sound) - 1) if " " not in sound[i : i + 2])


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
