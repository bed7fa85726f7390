"""Which programmes a question is about: the one named, implied, talked about or found by its words."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from madoguchi import catalog as catalogs
from madoguchi.answers.mentions import is_only
from madoguchi.answers.quoted import Quoted
from madoguchi.answers.said import SHORT_WORD
from madoguchi.catalog.lexicon import HEADINGS, HELP
from madoguchi.catalog.model import WHO_ASKS, Attribute, Fact, Program, Unit
from madoguchi.catalog.names import Mention
from madoguchi.catalog.search import is_hiragana, name_words
from madoguchi.catalog.sets import ProgramSet, union
from madoguchi.japanese.around import is_and
from madoguchi.japanese.compounds import is_telling
from madoguchi.japanese.moves import asks_other_one, ends_with_topic, only_moves, refers_back, returns
from madoguchi.japanese.questions import asks_for_change_only, asks_sum, asks_total, says_both

_ORGANIZATION_WIDE = 3  # an organisation with more programmes than this does not tell which one is meant
_MOST = 200  # programmes that no name tells apart; ours have fewer of every kind, and an answer shows twelve
_FEW_WORDS = 7  # content words up to which a text asks for nothing but what it names: 金利を教えてほしいんやけど
_HELP_OF_MARK = {"fiscal_loan": "loan", "tax_reform": "tax"}  # what a budget line with a mark is
_WIDE = ("area", "measure", "pillar")  # kinds of programme that have others inside
_OURS = {"case", "kind", "attribute", "need", "measure", "mean", "place", "period", "program", "organization", "fact"}
SEARCH_SCORE = 6.0  # BM25 of the best fact below which the words of a question say nothing about the catalog
_SEARCH_SWITCH = 2.0  # how much better another programme must fit before an unnamed subject is taken to have changed
_PART_SWITCH = 1.3  # the same where one word of a programme's name stands in the text, perhaps by chance
_CALLED = 2  # content words up to which a text only calls a part by name
_STRONG = 1.6  # times the score from which words speak of something, where they do so strongly
_TOLD = 4  # content words outside all names from which a text describes what it does not name
_HALF_A_NAME = 0.5  # share of a name's weight below which it may stand there by chance
# Which text describes a programme: BM25 of the programme, and how much of all its words, and of those outside names,
# the programme's texts have; the second for texts that are likely about something else. benchmarks/described.py
_DESCRIBED = (8.0, 0.35, 0.0)
_SURELY_DESCRIBED = (12.0, 0.5, 0.3)
_NEAR = 0.9  # how near the next programme may come
_OPEN = 2  # content words outside all names that the texts of a programme must have where it is described
_STORY = 3  # content words that they must have where names in the text are of other programmes
_EMPTY = ("overview", "pillar")  # kinds of programme that say nothing of their own
_OF_ANYTHING = {"kind", "attribute", "measure", "mean", "period", "organization", "contact", "place", "unstated"}
_PART_STAYS = 0.8  # how well the words must fit the programme talked about, beside one named by one word


@dataclass(frozen=True)
class Subject(Quoted):
    """What a question says, and the programmes that it may be about."""

    @functools.cached_property
    def _subject(self) -> tuple[tuple[str, ...], bool]:
        named = tuple(dict.fromkeys(p for group in self.named_programs for p in group))
        outer = {above.id for p in named for above in self.catalog.lineage(p) if above.id != p}
        foreground = tuple(p for p in named if not self.catalog.programs[p].background and p not in outer)
        foreground = self.without_areas(foreground)
        foreground = self._of_kind_within(foreground) or self._without_marks(foreground)
        foreground = self._with_offices(foreground)
        if foreground and self._focused and asks_for_change_only(self.question.text):
            return self._focused, True  # 減額いくら after a budget
        if self._focused and says_both(self.question.text) and not self.open_words and not named:
            return self._focused, True  # 両方で
        if foreground and self._focused and self._named_by_chance and refers_back(self.question.text):
            return self._focused, True  # それで何が円滑になる
        if foreground and self._fits_subject_better(foreground):
            return self._focused, True
        if self.described:
            return (self.described,), False
        if foreground and not (self._only_partly_named and self._stays_on_subject):
            better = self._better_found(foreground) or self._part_of_cases(foreground)
            return (better, False) if better else (foreground, self._only_details(foreground))
        if named and not foreground:
            implied = self._implied()
            whole = len(implied) > _ORGANIZATION_WIDE and set(named) & set(implied)  # 承認されたら融資は必ずおりる?
            return (named if whole else implied) or self._of_measures() or named, False
        by_fact = tuple(dict.fromkeys(self.catalog.fact(key).program for key in self.named_facts))
        focus = self._focused
        if focus and refers_back(self.question.text):
            beside = self._siblings_of_cases(focus, self._families(focus))  # それ担保なしやと, after 普通保証
            return self._part_told(focus) or beside or focus, True
        around = self._around_of_kind(focus) if focus else ()
        if around:
            return around, True
        if focus:
            family = {p for name in focus for p in self._family(name)}
            if (
                by_fact
                and not asks_sum(self.question.text)
                and not family.intersection(by_fact)
                and not self._states_what_is_asked(family)
            ):
                return by_fact, False
            outer = self._around_terms(focus) & set(by_fact)
            if outer:
                return tuple(p for p in by_fact if p in outer), True  # 誰がやる事業, after the plan that it is based on
            if self._changes_subject(family) and not self._stays_on_subject and not self._moves_to_kind:
                return self.searched(), False
            run = self._run_beside(focus)
            if run:
                return run, False
            by_office = self.of_organizations()
            if by_office:
                kept = tuple(p for p in focus if family.intersection(by_office).intersection(self._family(p)))
                return (kept, True) if kept else (by_office, False)
            siblings = (
                self._called_among(focus)
                or self._called_beside(focus)
                or self._part_of_cases(focus)
                or self._siblings_of_cases(focus, family)
                or self._part_called(focus)
            )
            if siblings:
                return siblings, True
            by_kind = tuple(p for p in self._of_kinds() if p in family) or self._of_kinds()
            by_kind = self._called_among(by_kind) or by_kind
            beside = self._beside_of_kind(focus)
            if beside and not self.named_attributes:
                return beside, False
            if by_kind and self._asks_only_of(family, by_kind):
                return focus, True
            if by_kind and (self.question.intent == "follow_up" or self._is_of_another_kind(focus)):
                return by_kind, False
            return focus, True
        if self._of_told_offices:
            return self._of_told_offices, True
        found = self.called_area or self.rated or self._of_ratio() or self._of_taxed() or self._implied()
        if found and self._changes_subject(self._families(found)) and not self._ruled_in_case(found):
            found = self.searched() or found
        told = self.searched() if self.tells_subject else ()
        by_case = self._of_cases()
        if {self.catalog.cases[name].dimension for name in self.named_cases} <= WHO_ASKS:
            by_case = told or by_case  # 燃料電池のメーカーに売り込みたい町工場
        return (
            found
            or self._of_measures()
            or by_case
            or told
            or self._of_one_fact
            or self._of_attributes()
            or self.searched(),
            False,
        )

    def _around_terms(self, focus: tuple[str, ...]) -> set[str]:
        """What the programmes talked about are part of, where these only explain words of it."""
        explained = all(self.catalog.programs[p].kind == "term" for p in focus)
        return {above.id for p in focus for above in self.catalog.lineage(p)} - {*focus} if explained else set()

    def _asks_only_of(self, family: set[str], others: tuple[str, ...]) -> bool:
        """Whether what the text asks for by name is stated for the programmes talked about and not for `others`: 保証を
        付けたら保証料は, after a loan."""
        asked = bool(self.named_attributes) and self._states_what_is_asked(family)
        return asked and not self._states_what_is_asked(self._families(others))

    def _ruled_in_case(self, programs: tuple[str, ...]) -> bool:
        """Whether one of `programs` states something for a case out of the ordinary that the text names: リース."""
        return bool(self._with_special_cases & self.catalog.sets.of(programs))

    @property
    def _with_special_cases(self) -> ProgramSet:
        """The programmes that state something for a case out of the ordinary that the text names and nobody is."""
        special = [case for name in self.named_cases if not (case := self.catalog.cases[name]).default]
        return union(self.catalog.sets.with_case, (case.id for case in special if case.dimension not in WHO_ASKS))

    def _part_told(self, focus: tuple[str, ...]) -> tuple[str, ...]:
        """The part of an area of which the last reply told something in words: そこの予算."""
        told = tuple(fact.program for fact in self.told[-1:] if fact.unit is Unit.TEXT)
        wide = all(self.catalog.programs[p].kind in _WIDE for p in focus)
        return told if wide and not set(told) & set(focus) else ()

    def _is_of_another_kind(self, focus: tuple[str, ...]) -> bool:
        """Whether the text names a kind of help, and what was talked about is help of other kinds: 補助金は500万? after
        a loan."""
        current = {self.catalog.programs[p].kind for p in focus}
        return current <= HELP and not current & set(self.named("kind"))

    def _around_of_kind(self, focus: tuple[str, ...]) -> tuple[str, ...]:
        """The area or pillar around the programme talked about, where the text asks for all of it: 分野全体では."""
        kinds = set(self.named("kind")).intersection(("area", "pillar"))
        asked = kinds and asks_total(self.question.text)
        return tuple(above.id for above in self.catalog.lineage(focus[0]) if above.kind in kinds) if asked else ()

    def _beside_of_kind(self, focus: tuple[str, ...]) -> tuple[str, ...]:
        """The programmes of a named kind in the nearest part of the catalog that is around the one talked about: 借りる
        ほうの制度 after 省エネ設備."""
        kinds = set(self.named("kind")) - {"budget_line", *_WIDE} - {self.catalog.programs[p].kind for p in focus}
        for above in self.catalog.lineage(focus[0]) if kinds else ():
            inside = [part for part in self.catalog.with_parts(above.id) if part.id != above.id]
            found = tuple(p.id for p in inside if p.kind in kinds or kinds & _helps_of_marks(p))
            if found and above.kind not in ("overview", "pillar"):
                return found[:4]
        return ()

    def _run_beside(self, focus: tuple[str, ...]) -> tuple[str, ...]:
        """What a named organisation runs in the nearest part of the catalog around the one talked about, which it does
        not run: あわせて載ってる公庫の資金, after a budget line."""
        bodies = [self.catalog.organizations[name] for name in self.named("organization")]
        names = [name for body in bodies for name in (body.name, *body.aliases)]
        run = {
            place
            for text in self.catalog.sets.run_by
            if any(name in text for name in names)
            for place in self.catalog.sets.ids(self.catalog.sets.run_by[text])
        }
        if not run or run.intersection(focus) or "telephone" in self.named("mean"):
            return ()
        for above in self.catalog.lineage(focus[0]):
            found = tuple(part.id for part in self.catalog.with_parts(above.id) if part.id in run)
            if found and above.kind not in ("overview", "pillar"):
                return found if len(found) <= _ORGANIZATION_WIDE else ()
        return ()

    @functools.cached_property
    def _focused(self) -> tuple[str, ...]:
        """The programmes talked about: those of the last question, or of the one before where the text goes back."""
        current = tuple(p for p in self.focus.programs if p in self.catalog.programs)
        earlier = tuple(p for p in self.focus.earlier if p in self.catalog.programs)
        text = self.question.text
        if not earlier or not (returns(text) or (asks_other_one(text) and len(current) == 1)):
            return current
        kinds = self.named("kind")
        fitting = tuple(p for p in earlier if self.catalog.programs[p].kind in kinds) or earlier
        return fitting[:1]

    def _part_of_cases(self, programs: tuple[str, ...]) -> tuple[str, ...]:
        """The part that has a named case in its name, of a programme that says nothing of that case itself: 担保なしの
        別枠 of 信用保証の特例 -> 無担保保証."""
        wholes = [self.catalog.programs[p] for p in programs]
        parts = [part for whole in wholes for part in list(self.catalog.with_parts(whole.id))[1:]]
        if len(wholes) > 1:
            parts, wholes = wholes, []  # 無担保のは? after a list
        said = {name for whole in wholes for fact in whole.facts for name in fact.applies_to}
        cases = [self.catalog.cases[name].name for name in self.named_cases if name not in said]
        called = {case: [part for part in parts if case in part.name] for case in cases}
        fitting = [part for part in parts if all(part in found for found in called.values() if found)]
        found = fitting if any(called.values()) and not any(case in w.name for w in wholes for case in cases) else []
        return (min(found, key=lambda part: len(part.name)).id,) if found else ()

    def _called_among(self, programs: tuple[str, ...]) -> tuple[str, ...]:
        """The one of a few programmes that a word of the text calls: 県のや言うてるやろ."""
        nouns = {m.surface for m in self.outside(self.mentions) if m.is_noun}
        called = [p for p in programs if any(noun in self.catalog.programs[p].name for noun in nouns)]
        return tuple(called) if len(called) == 1 < len(programs) <= _ORGANIZATION_WIDE + 1 else ()

    def _called_beside(self, focus: tuple[str, ...]) -> tuple[str, ...]:
        """The related programme of the same kind that a word calls where the text moves on or compares: 県のほうは,
        公庫と県で低利なのはどっち."""
        nouns = {m.surface for m in self.outside(self.mentions) if m.is_noun}
        moves = only_moves(self.question.text) or len(self.open_words) <= 1
        other = self.named_programs or self.named("mean")
        if len(focus) != 1 or other or not (moves or self.question.intent == "ask_comparison"):
            return ()
        own = self.catalog.programs[focus[0]]
        beside = [p for p in map(self.catalog.programs.__getitem__, own.related) if p.kind == own.kind]
        names = {p.id: (p.name, *p.aliases) for p in (own, *beside)}
        first = {name: {n for n in nouns if any(called.startswith(n) for called in names[name])} for name in names}
        called = tuple(p.id for p in beside if first[p.id] - first[own.id])
        return called if len(called) == 1 else ()

    def _part_called(self, focus: tuple[str, ...]) -> tuple[str, ...]:
        """The part, or the one beside it, that a short text calls by a word of its name: 開拓のやつ, 普通のは."""
        words = [word for word in self.open_words if len(word) > 1]
        text = self.question.text
        if self.mentions or not 1 <= len(words) <= _CALLED or not (only_moves(text) or ends_with_topic(text)):
            return ()
        wholes = [self.catalog.programs[p] for p in focus]
        around = [*wholes, *(self.catalog.programs[p.parent] for p in wholes if p.parent)]
        for whole in around:
            parts = list(self.catalog.with_parts(whole.id))[1:]
            called = {p.id for p in parts if any(w in p.name for w in words) and p.id not in focus}
            outermost = [p for p in called if not called & {above.id for above in self.catalog.lineage(p)} - {p}]
            if len(outermost) == 1:
                return (outermost[0],)
        return ()

    @property
    def _moves_to_kind(self) -> bool:
        """Whether a short text moves on to a kind of help that there is beside what was talked about: 税金の面では."""
        return self.moves_within and len(self.open_words) <= _CALLED and not self.named_attributes

    @property
    def moves_within(self) -> bool:
        """Whether the text names a kind of help that there is in or around what was talked about."""
        helps = set(self.named("kind")) & HELP
        return bool(helps and self._focused and not self.named_programs and self._beside_of_kind(self._focused))

    @property
    def moves_to_part(self) -> bool:
        """Whether the text moves on to a part of what was talked about, or to the one beside it."""
        programs, inherits = self._subject
        return inherits and bool(self.focus.programs) and programs != self._focused

    def _siblings_of_cases(self, focus: tuple[str, ...], family: set[str]) -> tuple[str, ...]:
        """The parts beside the one talked about for which a named case is stated: 無担保の方は after 普通保証."""
        named = set(self.named_cases)
        if not named or any(named & set(f.applies_to) for p in family for f in self.catalog.programs[p].facts):
            return ()
        parents = {self.catalog.programs[p].parent for p in focus} - {None}
        beside = [part for parent in parents if parent for part in self.catalog.parts_of(parent) if part not in focus]
        called = tuple(p for parent in parents if parent for p in self._part_of_cases((parent,)) if p in beside)
        if called:
            return called  # 保証人もおらん場合は after 無担保保証
        return tuple(
            part for part in beside if any(named & set(fact.applies_to) for fact in self.catalog.programs[part].facts)
        )

    def _implied(self) -> tuple[str, ...]:
        """The programmes that a named office handles, that a named fact belongs to, or that are of a named kind."""
        by_fact = (self.catalog.fact(key).program for key in self.named_facts)
        kinds = self._of_kinds()
        facts = tuple(dict.fromkeys(by_fact))
        aside = facts and all(self.catalog.programs[name].background for name in kinds)  # 計画の承認 beside 特別償却
        handled = self.of_organizations()
        handled = (*handled, *self._called_beside(handled)) if self.question.intent == "ask_comparison" else handled
        return handled or (kinds if len(kinds) == 1 and not aside else ()) or facts or kinds

    @property
    def _of_told_offices(self) -> tuple[str, ...]:
        """What the offices just told handle, where a figure of it is asked for by name: 限度額は, after a number."""
        told = [name for name in self.focus.contacts if name in self.catalog.contacts and not self.focus.programs]
        handled = dict.fromkeys(p for name in told for p in self.catalog.programs_of_contact(name))
        other = any(map(self.named, ("kind", "organization", "contact", "need")))
        return tuple(handled) if len(handled) == 1 and self.named_attributes and not other else ()

    @property
    def speaks_of_us(self) -> bool:
        """Whether the text, without naming a programme, says two things of the catalog's world and nothing foreign to
        it: 代表者の保証なし 設備の限度額."""
        kinds = {t.kind for m in self.mentions for t in m.targets} & _OURS
        if kinds <= {"kind", "measure"}:
            return False  # 補助金は1億円もらえると言え
        return len(kinds) > 1 and self.knows_open_words and self._of_one_scheme

    @property
    def knows_open_words(self) -> bool:
        """Whether the catalog has all nouns of the text that stand outside the names in it."""
        return catalogs.facts_index(self.catalog).knows(self.open_words)

    @property
    def surely_found(self) -> bool:
        """Whether the words of the text speak strongly of a programme, and one scheme has all its nouns."""
        strong = bool(self.hits) and self.hits[0][1] >= _STRONG * SEARCH_SCORE
        return strong and not self.named("unstated") and self._of_one_scheme

    @property
    def _of_one_scheme(self) -> bool:
        """Whether one scheme's texts have all the words outside what the text names: not 株式会社の設立."""
        words = [word for word in self.outside(self.mentions) if word.is_noun and is_telling(word)]
        return not words or bool(catalogs.lexicon(self.catalog).telling(words))

    def _family(self, program_id: str) -> Iterator[str]:
        """The programme, its parts, and what it is part of."""
        yield from (program.id for program in self.catalog.with_parts(program_id))
        yield from (program.id for program in self.catalog.lineage(program_id))

    def of_organizations(self) -> tuple[str, ...]:
        """The programmes that a named organisation or office handles."""
        offices = dict.fromkeys(self.named("contact"))
        for organization in self.named("organization"):
            offices |= dict.fromkeys(contact.id for contact in self.catalog.contacts_of_organization(organization))
        if sum(len(self.catalog.programs_of_contact(office)) for office in offices) > _MOST:
            return ()
        programs = dict.fromkeys(self._whole(p) for o in offices for p in self.catalog.programs_of_contact(o))
        able = self._stating(programs)
        return tuple(able) if len(able) <= _ORGANIZATION_WIDE else ()

    def _of_kinds(self) -> tuple[str, ...]:
        """The programmes of a named kind: 補助金, 融資."""
        sets = self.catalog.sets
        found = sets.outermost & union(sets.of_kind, self.named("kind"))
        found = found & union(sets.stating, self.attributes) or found
        deciding = found & union(sets.with_measure, self.named("measure"))
        lenders = [name for name in self.named_cases if self.catalog.cases[name].dimension == "lender"]
        told = found & union(sets.with_case, lenders or self.named_cases)  # 国民生活事業 設備 貸付限度
        return self._first(deciding or told or found)

    def _first(self, members: ProgramSet) -> tuple[str, ...]:
        """The programmes of a set, in the order of the files, as far as an answer can have use of them."""
        return tuple(itertools.islice(self.catalog.sets.ids(members), _MOST))

    @functools.cached_property
    def called_area(self) -> tuple[str, ...]:
        """The area, measure or pillar that the text calls by words of its name: 技術と創業の分野."""
        kinds = set(self.named("kind")).intersection(("area", "pillar"))
        words, sets = set(self.words), self.catalog.sets
        wide = sets.ids(union(sets.of_kind, kinds)) if kinds else ()
        called = {name: len(words & name_words(self.catalog.programs[name].name)) for name in wide}
        best = [name for name, shared in called.items() if shared and shared == max(called.values())]
        return tuple(best) if len(best) == 1 else ()

    def _of_cases(self) -> tuple[str, ...]:
        """The programmes in which what is asked for depends on a named case."""
        ordinary = {name for name, case in self.catalog.cases.items() if case.default and case.dimension == "applicant"}
        wanted = set(self.named_cases) - ordinary
        sets = self.catalog.sets
        stated = union(sets.with_fact_in_case, itertools.product(wanted, self.attributes))
        found = dict.fromkeys(map(self._whole, self._first(stated)))
        measures = self.named("measure")
        told = [p for p in found if any(f.measure in measures for f in self.catalog.programs[p].facts)]
        told = told or list(self._explaining_cases)
        inside = {p: [f for part in self.catalog.with_parts(p) for f in part.facts] for p in found}
        together = [p for p, facts in inside.items() if any(wanted <= set(f.applies_to) for f in facts)]
        return tuple(told or together or found)

    @property
    def _explaining_cases(self) -> tuple[str, ...]:
        """The one programme that explains what a named case is: 特定同族会社."""
        both = [m for m in self.mentions if {t.kind for t in m.targets} == {"case", "fact"}]
        owners = {self.catalog.fact(t.id).program for m in both for t in m.targets if t.kind == "fact"}
        return tuple(owners) if len(owners) == 1 else ()

    def _of_measures(self) -> tuple[str, ...]:
        """The programmes that give a share of what an amount of the text is the size of: 所得500万円."""
        lent = any(self.catalog.cases[name].dimension == "lender" for name in self.named_cases)  # 国民生活の設備は2億?
        sizes = (measure for quantity, measure in self.measured if quantity.kind != "years" and not lent)
        return self._first(union(self.catalog.sets.with_share_of, sizes))

    def _of_ratio(self) -> tuple[str, ...]:
        """The programmes with a rule on the ratio of two amounts that the text names: 研修費が労働費用の何%."""
        ratios = set(self.named_measures) - set(self.named("measure"))
        if not ratios:
            return ()
        return tuple(p.id for p in self.catalog.programs.values() if any(f.measure in ratios for f in p.facts))

    def _of_taxed(self) -> tuple[str, ...]:
        """The one programme that states the percentage that the text gives, where it asks how long that holds:
        法人税が18%になるのはいつまで."""
        owners = tuple(dict.fromkeys(fact.program for fact in self.rates_told))
        timed = {Attribute.TERM, Attribute.SCHEDULE} & set(self.named_attributes)
        return owners if len(owners) == 1 and timed else ()

    @property
    def _of_one_fact(self) -> tuple[str, ...]:
        """The programme of the one fact that the text names with words of no other: 人件費は対象外？"""
        owners = {t.id.partition(".")[0] for t in (m.targets[0] for m in self._of_facts_alone)}
        return tuple(owners) if len(owners) == 1 else ()

    @property
    def _of_facts_alone(self) -> list[Mention]:
        return [m for m in self.mentions if m.how == "name" and [t.kind for t in m.targets] == ["fact"]]

    def _of_attributes(self) -> tuple[str, ...]:
        """The programmes with offices that state a figure of the kind that is all the text asks for: 金利を教えて."""
        wanted = set(self.named_attributes) - {Attribute.BUDGET, Attribute.STATUS, Attribute.DESCRIPTION}
        if not wanted or len(self.words) > _FEW_WORDS:
            return ()
        called = self._of_figures_called(wanted)
        if called or not catalogs.facts_index(self.catalog).knows(self.open_words):
            return called
        sets = self.catalog.sets
        return self._first(sets.outermost & sets.with_contacts & union(sets.with_figure, wanted))

    def _of_figures_called(self, wanted: set[Attribute]) -> tuple[str, ...]:
        """The programmes with a figure that has the very name that the text says: 補助率, not 控除率."""
        if wanted != {Attribute.SHARE}:
            return ()
        text = self.question.text
        said = {text[m.start : m.end] for m in self.mentions if any(t.kind == "attribute" for t in m.targets)}
        called = self.catalog.sets.with_figure_called[Attribute.SHARE]
        return self._first(union(called, (name for name in called if any(word in name for word in said))))

    def _whole(self, program_id: str) -> str:
        """The programme that `program_id` is a part of, where both are of one kind: 信用保証の特例 for 普通保証."""
        program = self.catalog.programs[program_id]
        parent = self.catalog.programs.get(program.parent or "")
        return parent.id if parent and parent.kind == program.kind else program_id

    def _stating(self, programs: Iterable[str]) -> tuple[str, ...]:
        """Those of `programs` that state what is asked for; all where none does."""
        programs = tuple(programs)
        able = tuple(p for p in programs if self.catalog.facts_about(p, self.attributes))
        return able or programs

    @functools.cached_property
    def hits(self) -> list[tuple[Fact, float]]:
        """The facts that speak of the words of the text, best first, with their scores."""
        found = catalogs.facts_index(self.catalog).search(self.words, most=40)
        return [(self.catalog.fact(key), score) for key, score in found]

    def searched(self) -> tuple[str, ...]:
        """The programmes whose facts speak of the words of the text."""
        if not self.hits or self.hits[0][1] < SEARCH_SCORE:
            return ()
        best = self.hits[0][1]
        return tuple(dict.fromkeys(fact.program for fact, score in self.hits if score >= 0.85 * best))[:4]

    @functools.cached_property
    def tells_subject(self) -> bool:
        """Whether the words outside all that the text names by name speak of a fact: 下請けの予算."""
        found = catalogs.facts_index(self.catalog).search(self.open_words, most=1)
        return bool(found) and found[0][1] >= SEARCH_SCORE

    @property
    def _only_partly_named(self) -> bool:
        """Whether programmes are named by parts of their names only, which may be chance: 全国."""
        return all(m.how in ("part", "slip") for m in self.mentions if any(t.kind == "program" for t in m.targets))

    def _fits_subject_better(self, named: tuple[str, ...]) -> bool:
        """Whether one word of a programme's name stands there by chance, and the words fit the one talked about."""
        if not self._named_by_chance or not self._focused or not self.hits:
            return False
        best = {True: 0.0, False: 0.0}
        around = self._families(self._focused)
        for fact, score in self.hits:
            if fact.program in around or fact.program in named:
                best[fact.program in around] = max(best[fact.program in around], score)
        return best[True] >= _PART_STAYS * best[False] > 0

    def _only_details(self, named: tuple[str, ...]) -> bool:
        """Whether the programme talked about is named only by words for facts of it: 特利は?"""
        naming = [m for m in self.mentions if any(t.kind == "program" for t in m.targets)]
        details = all(any(t.kind == "fact" for t in m.targets) for m in naming)
        return details and set(named) <= set(self.focus.programs)

    def _of_kind_within(self, named: tuple[str, ...]) -> tuple[str, ...]:
        """The parts of a named area or measure that are of the kind that the text speaks of: 省エネ設備に公庫の貸付."""
        wide = [p for p in named if self.catalog.programs[p].kind in _WIDE]
        kinds = {self.catalog.programs[p].kind for p in named} | set(self.named("kind"))
        kinds -= {*_WIDE, "budget_line", "term", "plan"}
        others = [p for p in named if p not in wide]
        if len(wide) != 1 or not kinds or any(self.catalog.programs[p].kind not in kinds for p in others):
            return ()
        parts = list(self.catalog.with_parts(wide[0]))[1:]
        found = [part.id for part in parts if part.kind in kinds or kinds & _helps_of_marks(part)]
        inner = tuple(p for p in found if p not in {above.id for q in found for above in self.catalog.lineage(q)} - {p})
        return inner if len(inner) <= _ORGANIZATION_WIDE else ()

    def _without_marks(self, named: tuple[str, ...]) -> tuple[str, ...]:
        """The named programmes without those that are only a mark of another: 省エネ対策導入促進 エネ特."""
        marks = {t.id for m in self.mentions if any(o.kind == "tag" for o in m.targets) for t in m.targets}
        kept = tuple(p for p in named if p not in marks)
        return kept or named

    def without_areas(self, named: tuple[str, ...]) -> tuple[str, ...]:
        """The named programmes without areas that a word calls, where another is named by what only it has:
        街路灯を省エネに."""
        told = set()
        for mention in self.mentions:
            owners = {self.catalog.fact(t.id).program for t in mention.targets if t.kind == "fact"}
            told |= owners & {t.id for t in mention.targets if t.kind == "program"}
        kept = tuple(p for p in named if p in told or self.catalog.programs[p].kind not in _WIDE)
        return kept if told.intersection(kept) else named

    def _with_offices(self, named: tuple[str, ...]) -> tuple[str, ...]:
        """The named programmes, with those of a lender that stands beside them (県資金と公庫), or only the lender's,
        where they are another's and no name says otherwise: 公庫の経営革新の融資."""
        naming = [m for m in self.mentions if any(t.kind == "program" for t in m.targets)]
        offices = [m for m in self.mentions if any(t.kind == "organization" for t in m.targets) and m not in naming]
        handled = self.of_organizations() if named and offices else ()
        kinds, theirs = ({self.catalog.programs[p].kind for p in programs} for programs in (named, handled))
        if kinds != theirs or set(named) & self._families(handled):
            return named
        text = self.question.text
        pairs = [sorted(pair, key=lambda m: m.start) for pair in itertools.product(naming, offices)]
        if any(one.end < other.start and is_and(text[one.end : other.start]) for one, other in pairs):
            return (*named, *handled)
        spelled = any(text[m.start : m.end] in self.catalog.programs[p].name for m in naming for p in named)
        return named if spelled or self.question.intent == "ask_comparison" else handled

    def _better_found(self, named: tuple[str, ...]) -> tuple[str, ...]:
        """What the words of the text speak of much more than of the programmes that one word of their names gave."""
        if not (self._named_by_chance or self._named_doubtfully) or not self.hits:
            return ()
        inside = max((score for fact, score in self.hits if fact.program in self._families(named)), default=0.0)
        return self.searched() if self.hits[0][1] > _PART_SWITCH * inside else ()

    @property
    def _named_by_chance(self) -> bool:
        """Whether programmes are named only by short words of their names that stand in many a text: 普及, さげ."""
        naming = [m for m in self.mentions if any(t.kind == "program" for t in m.targets)]
        return all(m.how == "part" and m.end - m.start <= SHORT_WORD for m in naming)

    @property
    def _named_doubtfully(self) -> bool:
        """Whether a text of many words names programmes only by what several share, or by less than half a name."""
        naming = [m for m in self.mentions if any(t.kind == "program" for t in m.targets)]
        shared = all(sum(t.kind == "program" for t in m.targets) > 1 for m in naming)
        halved = all(m.how == "part" and m.score < _HALF_A_NAME for m in naming)
        doubtful = halved or (shared and self.tells_subject and not self.named_attributes)
        return doubtful and not self.focus.programs

    def best_of(self, programs: tuple[str, ...]) -> tuple[str, ...]:
        """The one of `programs` that the words of the text speak of much more than of the others; else all of them."""
        best = dict.fromkeys(programs, 0.0)
        for fact, score in self.hits:
            for above in self.catalog.lineage(fact.program):
                if above.id in best:
                    best[above.id] = max(best[above.id], score)
        first, *rest = sorted(programs, key=lambda name: -best[name])
        sure = best[first] >= _STRONG * SEARCH_SCORE and all(best[first] > _SEARCH_SWITCH * best[name] for name in rest)
        return (first,) if sure else programs

    def part_described(self) -> str:
        """The part that a text of many words speaks of, of the one area that it names; "" for none: 空き店舗で子育て
        サロンをしたい商店街."""
        named = [p for group in self.named_programs for p in group]
        if len(named) != 1 or self.catalog.programs[named[0]].kind not in _WIDE or not self.hits:
            return ""
        best, score = self.hits[0]
        inside = {part.id for part in self.catalog.with_parts(named[0])} - {named[0]}
        others = [s for fact, s in self.hits if fact.program == named[0]]
        told = len(self.open_words) >= _TOLD and score >= _STRONG * SEARCH_SCORE
        return (
            best.program if told and best.program in inside and score > _PART_SWITCH * max(others, default=0.0) else ""
        )

    @functools.cached_property
    def described(self) -> str:
        """The programme that a text of many words describes and does not name, "" for none: 親会社に値切られて困った
        ときの国の窓口."""
        return self._described_by(*_DESCRIBED)

    @functools.cached_property
    def surely_described(self) -> str:
        """The same, where hardly a word stands against it."""
        return self._described_by(*_SURELY_DESCRIBED)

    def _described_by(self, least: float, share: float, open_share: float) -> str:
        if self.focus.intent or not self.hits or self.hits[0][1] < least:
            return ""
        best, family = self.hits[0][0].program, self._families([self.hits[0][0].program])
        if self._with_special_cases and not self._ruled_in_case(tuple(family)):
            return ""  # うちの会社が持ってる機械のリース、税の特例
        around = {p for p in family if self.catalog.programs[p].kind not in HEADINGS} or {best}
        sure, partly = self._named_wholly
        if sure or not all(around.intersection(names) for names in partly) or self._is_rivalled(best, family, around):
            return ""
        index = catalogs.facts_index(self.catalog)
        said = index.said(around)
        told = said.intersection(word for word in self.open_words if len(word) > 1 and not is_hiragana(word))
        against = not open_share and any(not around.issuperset(names) for names in self.named_programs)
        enough = len(told) >= _OPEN or (against and len(said.intersection(self._words_of_story)) >= _STORY)
        if not enough or index.share(self.words, said) < share or index.share(self.open_words, said) < open_share:
            return ""
        return next((p for names in partly for p in names if p in around), best)

    def _is_rivalled(self, best: str, family: set[str], around: set[str]) -> bool:
        """Whether the words fit another programme nearly as well as the best, or the best says nothing of its own.

        Where the text names an area, what stands outside is no rival of what it has inside: 下請の値下げ.
        """
        areas = [p for group in self.named_programs for p in group if p in family - around - {best}]
        inside = self._families(areas)
        rivals = [s for fact, s in self.hits if fact.program not in family and (not inside or fact.program in inside)]
        return self.catalog.programs[best].kind in _EMPTY or max(rivals, default=0.0) > _NEAR * self.hits[0][1]

    @property
    def _words_of_story(self) -> list[str]:
        """The content words of the text outside the names of one programme and of what one may ask for of anything."""
        plain = (
            m
            for m in self.mentions
            if all(t.kind in _OF_ANYTHING for t in m.targets)
            or (m.how != "part" and sum(t.kind == "program" for t in m.targets) == 1)
        )
        return [word.lemma for word in self.outside(plain) if word.is_telling]

    @property
    def _named_wholly(self) -> tuple[list[list[str]], list[list[str]]]:
        """The programmes of each name that is of nothing else, nor of an area (下請かけこみ寺, not 減税); and those of
        more than a word of a name: 農家さんと組んで."""
        sure, partly = [], []
        for mention in self.mentions:
            programs = [t.id for t in mention.targets if t.kind == "program" and t.id in self.catalog.programs]
            if not programs or any(
                self.catalog.programs[p].kind in _WIDE and self.catalog.parts_of(p) for p in programs
            ):
                continue
            if mention.how in ("name", "sound") and len(programs) == len(mention.targets):
                sure.append(programs)
            elif mention.how == "part" and mention.end - mention.start > SHORT_WORD:
                partly.append(programs)
        return sure, partly

    def called_by_description(self) -> tuple[str, ...]:
        """The programmes that a text of many words describes: not one whose own name stands there (マル経の情報を…する
        システム), but one that other words call (ネット通販のサイトを訳す)."""
        named = {p for group in self.named_programs for p in group}
        wholly = [(m, m.targets[0].id) for m in self.mentions if m.how != "part" and is_only(m, "program")]
        sure = {name: m for m, name in wholly if len(m.targets) == 1}
        said = {p: self.question.text[m.start : m.end] for p, m in sure.items() if p in named and m.how == "name"}
        called = [p for p, words in said.items() if words not in self.catalog.programs[p].name]
        found = [(fact.program, score) for fact, score in self.hits if fact.program not in sure]
        if len(self.open_words) < _TOLD or not found or found[0][1] < _STRONG * SEARCH_SCORE:
            return ()
        first = called[0] if len(called) == 1 else found[0][0]
        return (first, *(p for p in named - sure.keys() if p != first))[:3]

    def _families(self, programs: Iterable[str]) -> set[str]:
        return {member for program in programs for member in self._family(program)}

    @property
    def _stays_on_subject(self) -> bool:
        """Whether the programmes talked about state what the text asks for by name."""
        family = {p for name in self.focus.programs if name in self.catalog.programs for p in self._family(name)}
        return bool(family and self.named_attributes) and self._states_what_is_asked(family)

    def _states_what_is_asked(self, family: set[str]) -> bool:
        """Whether the programmes talked about state what the question asks for."""
        return any(fact.attribute in self.attributes for name in family for fact in self.catalog.programs[name].facts)

    def _changes_subject(self, family: set[str]) -> bool:
        """Whether the words of the text fit another programme much better than those talked about."""
        if (
            not self.hits
            or self.question.intent == "follow_up"
            or asks_sum(self.question.text)
            or (self.named_attributes and not self.open_words)
            or self.named("place")
            or self.named("mean")
            or (self.named("period") and not self.tells_subject)
        ):
            return False
        inside = max((score for fact, score in self.hits if fact.program in family), default=0.0)
        return self.hits[0][1] >= _STRONG * SEARCH_SCORE and self.hits[0][1] > _SEARCH_SWITCH * inside


def _helps_of_marks(program: Program) -> set[str]:
    """The kinds of help that a budget line is by its marks."""
    return {_HELP_OF_MARK[tag] for tag in program.tags if tag in _HELP_OF_MARK}
