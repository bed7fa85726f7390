"""What a question says, in the light of the catalog: what it names, what it asks for, under which circumstances."""

from __future__ import annotations

import functools
import itertools
import string
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from madoguchi import catalog as catalogs
from madoguchi.answers.phrases import Phrases
from madoguchi.answers.question import Focus, Question
from madoguchi.answers.years import with_years
from madoguchi.catalog import Catalog
from madoguchi.catalog.model import Attribute, Bound, Case, Fact, Unit
from madoguchi.catalog.names import Mention, Target
from madoguchi.catalog.search import content_words, name_words
from madoguchi.japanese.around import (
    ends_question,
    is_and,
    is_asked_for,
    is_equated,
    is_excepted,
    is_joint,
    is_lacked,
    is_of_papers,
    is_of_trade,
    is_wished,
    is_worked_on,
    takes_back,
)
from madoguchi.japanese.dates import approved_on, fiscal_years, short_year
from madoguchi.japanese.folding import fold, is_kanji
from madoguchi.japanese.morphology import Morpheme, morphemes
from madoguchi.japanese.moves import asks_other_one, ends_with_too, ends_with_topic, is_out_of_it, only_moves, returns
from madoguchi.japanese.numbers import Quantity, bare_numbers, quantities
from madoguchi.japanese.people import asks_partner, asks_who
from madoguchi.japanese.questions import (
    asked_thing,
    asks_change,
    asks_example,
    asks_if_alike,
    asks_leave,
    asks_rise,
    asks_size,
    asks_sum,
    asks_what,
    asks_what_figure,
    ends_in_amount,
    is_polar,
    is_term,
    says_both,
)

A = Attribute

# Which attributes a kind of question asks for when it names none itself
ASKED_BY_INTENT: dict[str, tuple[Attribute, ...]] = {
    "ask_description": (A.DESCRIPTION, A.BENEFIT),
    "ask_eligibility": (A.ELIGIBILITY, A.CONDITION, A.COMBINATION),
    "ask_amount": (A.LIMIT, A.FLOOR, A.SHARE, A.FEE),
    "ask_rate": (A.RATE, A.SHARE, A.FEE, A.SURCHARGE),
    "ask_term": (A.TERM, A.GRACE),
    "ask_schedule": (A.SCHEDULE, A.TERM),
    "ask_procedure": (A.PROCEDURE, A.DOCUMENTS),
    "ask_budget": (A.BUDGET,),
    "ask_status": (A.STATUS, A.SCHEDULE),
    "ask_detail": (
        A.PROVIDER,
        A.COUNT,
        A.BASIS,
        A.EXAMPLE,
        A.COMBINATION,
        A.SECURITY,
        A.BENEFIT,
        A.CONDITION,
        A.DESCRIPTION,
    ),
}
# What is named beside something more exact is no question of its own: 対象は何円以上, 担保なしだと利率は上がる
_YIELDS: dict[Attribute, tuple[Attribute, ...]] = {
    A.ELIGIBILITY: tuple(a for a in A if a is not A.ELIGIBILITY),
    A.CONDITION: (A.FLOOR, A.LIMIT),
    A.SECURITY: (A.RATE, A.SURCHARGE, A.LIMIT, A.FEE),
    A.RATE: (A.SURCHARGE,),
    A.LIMIT: (A.COMBINATION, A.BUDGET),
    A.PROVIDER: (A.SHARE, A.LIMIT, A.RATE, A.TERM),
}
_OF_TEXTS = {A.BASIS, A.DESCRIPTION}  # what a word for a law or for what is done names by the way
_AMOUNTS = {A.LIMIT.value, A.FLOOR.value, A.BUDGET.value}  # what can be added
_SMALL_TALK = ("greet", "goodbye", "choose", "praise", "help", "bot_challenge", "deny", "thank")
_APPROVAL_DAY = "approval_day"  # the measure of the cases that an approval's day decides
_GUESSED = 0.5  # confidence below which the kind of question alone does not say what is asked for
_CERTAIN = 0.97  # from here the kind of question is what it was taken for, whatever the text ends in
_TELLING = 0.5  # score of a fact's alias from which it tells what the question is about
_PAUSE = "…"  # what often stands between a story and its question
_NEAR = 12  # characters between an amount and the word for what it is the size of
SHORT_WORD = 3  # characters up to which one word of a programme's name may stand in a text by chance
_ROUNDED = Fraction(1, 100)  # how far an amount may be from the stated one that it means: 300億 for 300.7億円


@dataclass(frozen=True)
class Said:
    """A question with everything that its text names, as ids of the catalog."""

    question: Question
    catalog: Catalog
    phrases: Phrases

    def named(self, kind: str) -> tuple[str, ...]:
        """The ids of one kind that the text names, in its order, each once."""
        return tuple(dict.fromkeys(t.id for m in self.mentions for t in m.targets if t.kind == kind))

    @functools.cached_property
    def mentions(self) -> tuple[Mention, ...]:
        """What the text names, without what it takes back: 大津じゃなくて彦根."""
        text = self.question.text
        kept = tuple(m for m in self.question.mentions if not (m.end and takes_back(text[m.end :])))
        kept = tuple(m for m in kept if not (_is_case(m) and (is_asked_for(text[: m.start]) or _is_out(m, text))))
        kept = tuple(m for m in kept if not (_is_means(m) and is_worked_on(text[m.end :])))
        kept = tuple(m for m in kept if not (m.how == "part" and is_of_trade(text[m.end :])))
        kept = tuple(
            m
            for m in kept
            if not any(_is_part_of(m, o) or _runs_on(m, o, text) or _is_compounded(m, o, text) for o in kept)
        )
        kept = _without_vague(_without_cut(kept))
        kept = tuple(self._as_talked_about(self._as_period(mention)) for mention in kept)
        return with_years(kept, text, self.catalog) or self._short_year

    def _as_talked_about(self, mention: Mention) -> Mention:
        """Of several things that have a word in their names the programme that was talked about: 基盤整備の予算."""
        own = tuple(t for t in mention.targets if t.kind == "program" and t.id in self.focus.programs)
        return replace(mention, targets=own) if own and mention.how == "part" else mention

    def _as_period(self, mention: Mention) -> Mention:
        """A mark as the budget year that it stands for, where the text only moves a budget on: ◇は?"""
        periods = self.catalog.terms["periods"]
        marks = tuple(Target("period", t.id) for t in mention.targets if t.kind == "tag" and t.id in periods)
        known = set(self.focus.programs).intersection(t.id for t in mention.targets)
        text, mentions = self.question.text, self.question.mentions
        moves = self.focus.intent == "ask_budget" and len(mentions) == 1 and ends_with_topic(text)
        alone = marks and moves and not known and len(self.open_words) <= 1
        return replace(mention, targets=marks) if alone else mention

    @property
    def _short_year(self) -> tuple[Mention, ...]:
        """The budget year that a text of one word means after a budget: 21は?, まえは?"""
        if self.focus.intent != "ask_budget":
            return ()
        years = {name: fiscal_years(term.name)[:1] for name, term in self.catalog.terms["periods"].items()}
        current = next(
            (years[p][0] for p in self.focus.periods if years.get(p)), max(y[0] for y in years.values() if y)
        )
        year = short_year(self.question.text, after=current)
        whole = len(self.question.text)
        targets = [Target("period", name) for name, found in years.items() if found == [year]]
        return tuple(Mention(targets=(t,), start=0, end=whole, score=1.0, how="name") for t in targets[:1])

    @property
    def focus(self) -> Focus:
        return self.question.focus

    @functools.cached_property
    def told(self) -> list[Fact]:
        """The facts that the last reply told; a catalog edited since may lack some of them."""
        return [self.catalog.fact(key) for key in self.focus.facts if self.catalog.has_fact(key)]

    @functools.cached_property
    def quantities(self) -> list[Quantity]:
        return quantities(self.question.text)

    @functools.cached_property
    def words(self) -> list[str]:
        """The content words of the text."""
        return content_words(self.question.text)

    @property
    def follows_up(self) -> bool:
        """Whether the text only moves the last question: 「組合の場合は?」."""
        moves = self.question.intent in ("follow_up", "affirm", "nlu_fallback", "complain")
        guessed = self.question.confidence < _GUESSED and self.question.intent.startswith("ask_")
        moves = moves or (guessed and not self.named_attributes and self._only_moved_to)  # 設備はもっといける?
        moves = moves or (self.question.intent in _SMALL_TALK and bool(self.mentions))  # ほな特別償却は選べへんの?
        only_named = not self.named_attributes and len(self.open_words) <= 2
        asked = self.question.intent.startswith("ask_") and self.question.intent != self.focus.intent
        asked = asked and self.question.confidence >= _CERTAIN and ends_with_too(self.question.text)  # 停止措置は今も?
        ending = only_moves(self.question.text) and not asked
        moves = moves or (ending and (only_named or not self.named_programs_here))
        moves = moves or (self.named_programs_here and only_named and ends_with_topic(self.question.text))
        moves = moves or (is_out_of_it(self.question.text) and not self.named_attributes)
        moves = moves or returns(self.question.text) or asks_other_one(self.question.text)
        return bool(self.focus.intent) and moves

    @property
    def _only_moved_to(self) -> bool:
        """Whether all that the text names is a case or period, with hardly another word."""
        kinds = {target.kind for mention in self.mentions for target in mention.targets}
        moved = bool(kinds & {"case", "period"}) and kinds <= {"case", "period", "measure", "need"}
        return moved and len(self.open_words) <= 1 and not asks_what(self.question.text)

    @property
    def named_programs_here(self) -> bool:
        """Whether the text itself names a programme."""
        return any(target.kind == "program" for mention in self.mentions for target in mention.targets)

    @property
    def intent(self) -> str:
        """The kind of question: that of the last one where the text only moves it."""
        return self.focus.intent if self.follows_up else self.question.intent

    @functools.cached_property
    def open_words(self) -> list[str]:
        """The content words of the text outside everything that it names."""
        return [word.lemma for word in self.outside(self.question.mentions) if word.is_telling]

    @functools.cached_property
    def loose_words(self) -> list[str]:
        """The content words of the text outside the programmes and offices that it names."""
        topics = ("program", "contact", "organization")
        named = [m for m in self.question.mentions if any(target.kind in topics for target in m.targets)]
        return [word.lemma for word in self.outside(named) if word.is_telling]

    def outside(self, mentions: Iterable[Mention]) -> list[Morpheme]:
        """The words of the text that reach into none of `mentions`."""
        spans = [(mention.start, mention.end) for mention in mentions]
        words = morphemes(self.question.text)
        return [word for word in words if not any(start < word.end and word.start < end for start, end in spans)]

    @functools.cached_property
    def named_attributes(self) -> tuple[Attribute, ...]:
        text = self.question.text
        sized = {m for m in self.mentions if self.quantities and any(t.kind == "measure" for t in m.targets)}
        heard = (m for m in self.mentions if m not in sized and not self._is_aside(m))  # 事業費80万 is no budget
        asked = (t.id for m in heard for t in m.targets if t.kind == "attribute")
        named = tuple(Attribute(name) for name in dict.fromkeys(asked) if name in set(Attribute))
        if not named and asks_example(text):  # アプリの例
            named = (A.EXAMPLE,)
        if not named and self.named("period") and ends_in_amount(text):  # 販売会 補正の額
            named = (A.BUDGET,)
        if asks_sum(text) and not asks_leave(text):  # 合わせていくら is a sum, not 併用
            named = tuple(a for a in named if a is not A.COMBINATION)
        if asks_change(text):  # いくらからいくらに
            named = tuple(a for a in named if a is not A.FLOOR)
        if asks_rise(text):  # 金利なんぼ上がるん
            named = tuple(dict.fromkeys(A.SURCHARGE if a is A.RATE else a for a in named))
            named = named or ((A.SURCHARGE,) if asked_thing(text) == "rate" else ())  # 特利Cに何%プラス
        if asks_partner(text):  # どこと一緒にやってるの
            named = tuple(dict.fromkeys((*(a for a in named if a is not A.COMBINATION), A.PROVIDER)))
        elif A.PROVIDER in named and self._is_given(text):
            named = tuple(a for a in named if a is not A.PROVIDER)
        named = tuple(a for a in named if a not in _OF_TEXTS) if self._asks_for_whom else named
        return tuple(a for a in named if not any(other in named for other in _YIELDS.get(a, ())))

    @property
    def _asks_for_whom(self) -> bool:
        """Whether the question ends in asking whom something is for: 法律の講習会はどんな人が対象?"""
        whom = Target("attribute", A.ELIGIBILITY.value)
        return any(whom in m.targets and ends_question(self.question.text[m.end :]) for m in self.mentions)

    @functools.cached_property
    def named_measures(self) -> tuple[str, ...]:
        """What the text names the sizes of, with the ratios of two that it names: 研修費が労働費用の何%."""
        named = self.named("measure")
        ratios = (t for t in self.catalog.terms["measures"].values() if t.ratio_of and {*t.ratio_of} <= {*named})
        return (*named, *(term.id for term in ratios))

    def _is_aside(self, mention: Mention) -> bool:
        """Whether a word for what one may ask for stands in what comes before the question, or says which papers are
        meant: 返済がきつうて…国のどこがやってるの, 予算の資料で."""
        text = self.question.text
        pause = text.rfind(_PAUSE)
        before = mention.end and mention.end <= pause and not asks_what(text[:pause]) and not is_polar(text[:pause])
        return (before and asks_what(text[pause:])) or bool(mention.end and is_of_papers(text[mention.end :]))

    def _is_given(self, text: str) -> bool:
        """Whether a text with a word for who gives asks for what is given: 個人でやってる店でも使えますか, 担保なしで
        貸してくれる?, どんだけ貸してくれる?"""
        secured = any(self.catalog.cases[name].dimension == "security" for name in self.named("case"))
        asked = is_polar(text) and (self._tells_who_asks or secured)
        who = [m for m in self.mentions if Target("attribute", A.PROVIDER.value) in m.targets]
        plain = any(is_term(text[m.start : m.end]) for m in who)  # 小規模企業…の実施機関は
        return asked or (asks_size(text) and not asks_who(text) and not plain)

    @property
    def _tells_who_asks(self) -> bool:
        """Whether the text names circumstances of the person who asks, and no office or lender."""
        dimensions = {self.catalog.cases[name].dimension for name in self.named("case")}
        return bool(dimensions - {"lender"}) and not self.named("organization") and not self.named("contact")

    @functools.cached_property
    def attributes(self) -> tuple[Attribute, ...]:
        """What the question asks for: what it names, else what its kind asks for."""
        if self.named_attributes:
            return self.named_attributes
        if asks_sum(self.question.text) and not set(self.focus.attributes) & _AMOUNTS:
            added = tuple(dict.fromkeys(fact.attribute for fact in self.told if fact.unit is Unit.JPY))
            if added:
                return added
        if (self.follows_up or says_both(self.question.text)) and self.focus.attributes:
            details = [self.catalog.fact(key) for key in self.named("fact")]
            talked = {f.attribute for f in details if f.program in self.focus.programs} - {A.DESCRIPTION}
            return tuple(talked) or tuple(Attribute(name) for name in self.focus.attributes)  # 特利は? after a limit
        asked = ASKED_BY_INTENT.get(self.intent, tuple(Attribute))
        if self.question.confidence < _GUESSED and asks_who(self.question.text):
            return tuple(dict.fromkeys((*asked, *Attribute)))  # what kind of question it is was guessed
        return asked

    @functools.cached_property
    def named_cases(self) -> tuple[str, ...]:
        """The cases that the text names, in words or by a count: 組合員21人."""
        found = [*self.named("case"), *self._lacking, *self.of_approval]
        for quantity, measure in self.measured:
            for case in self.catalog.cases.values():
                if case.measure == measure and _holds(case, quantity):
                    found.append(case.id)
        return tuple(dict.fromkeys((*found, *self._added_to(found))))

    def _added_to(self, named: list[str]) -> list[str]:
        """The ordinary case to which the one that the text names is to be added or compared: 別枠もあわせて."""
        cases = self.catalog.cases
        if says_both(self.question.text):
            return self._both_of(named)
        dimensions = [cases[name].dimension for name in named]
        rivals = self.named("organization") or len(dimensions) > len(set(dimensions))  # 公庫と商工中金の無担保を比べて
        changed = asks_change(self.question.text) and self.question.intent == "ask_comparison"
        compared = (changed or asks_if_alike(self.question.text)) and not rivals  # 組合で上限ちゃうの
        apart = len(self.named_programs) > 1  # 普通保証と無担保保証の別枠を足したら
        apart = apart or len(dimensions) > len(set(dimensions))  # 通常枠と別枠をあわせて
        summed = asks_sum(self.question.text) and not apart
        both = summed or (compared and not self.named("period"))
        alone = {name for name in dimensions if dimensions.count(name) == 1} if both else set()
        told = {name for fact in self.told for name in fact.applies_to} if summed else set()  # 普通の枠と足したら
        return [
            case.id
            for case in cases.values()
            if case.dimension in alone and case.id not in named and (case.default or case.id in told)
        ]

    def _both_of(self, named: list[str]) -> list[str]:
        """The case of the last question with its ordinary counterpart, where both are stated: 両方足すと?"""
        cases = self.catalog.cases
        programs = [self.catalog.programs[p] for p in self.focus.programs if p in self.catalog.programs]
        stated = {name for program in programs for fact in program.facts for name in fact.applies_to}
        taken = {cases[name].dimension for name in named}
        kept = [name for name in self.focus.cases if name in stated and cases[name].dimension not in taken]
        dimensions = {cases[name].dimension for name in kept}
        return [*kept, *(c.id for c in cases.values() if c.default and c.id in stated and c.dimension in dimensions)]

    @property
    def _lacking(self) -> list[str]:
        """The cases of those who lack a programme that the text names: 経営革新の承認もろてへん."""
        rests = {t.id: self.question.text[m.end :] for m in self.mentions for t in m.targets if t.kind == "program"}
        cases = self.catalog.cases.values()
        return [case.id for case in cases if case.without in rests and is_lacked(rests[case.without])]

    @property
    def of_approval(self) -> list[str]:
        """The cases that hold for the day, month or year in which the text says that something was approved."""
        day = approved_on(self.question.text)
        if not day:
            return []
        first, last = (int(day.replace("-", "").ljust(8, pad)) for pad in "09")
        held = (c for c in self.catalog.cases.values() if c.measure == _APPROVAL_DAY)
        return [
            case.id
            for case in held
            if (case.at_least is None or first >= case.at_least) and (case.below is None or last < case.below)
        ]

    @functools.cached_property
    def ruled_out(self) -> set[str]:
        """The cases that a count of the text does not reach, or that it takes back: 組合員15人 is not 20人以上."""
        text = self.question.text
        back = [m for m in self.question.mentions if m.end and _is_case(m) and _is_out(m, text)]
        return {target.id for mention in back for target in mention.targets} | {
            case.id
            for quantity, measure in self.measured
            for case in self.catalog.cases.values()
            if case.measure == measure and not _holds(case, quantity)
        }

    @functools.cached_property
    def unknown_years(self) -> tuple[int, ...]:
        """The fiscal years of the text that no document has a budget for."""
        known = {year for term in self.catalog.terms["periods"].values() for year in fiscal_years(term.name)}
        return tuple(year for year in fiscal_years(self.question.text) if year not in known)

    @property
    def only_the_name(self) -> bool:
        """Whether the text is a programme's name and nothing else."""
        text = self.question.text
        kinds = {target.kind for mention in self.mentions for target in mention.targets}
        rest = len(text) - sum(m.end - m.start for m in self.mentions if any(t.kind == "program" for t in m.targets))
        return bool(self.mentions) and kinds <= {"program", "kind", "tag"} and rest <= 1 and not is_polar(text)

    @property
    def named_tags(self) -> tuple[str, ...]:
        """The marks that the text names, without the year that is a mark as well as a period."""
        return tuple(tag for tag in self.named("tag") if tag not in self.named("period"))

    @property
    def loose_details(self) -> bool:
        """Whether the text has words that only other facts of the programme have: 増強後の拠点."""
        return len(self.open_words) > 2

    @functools.cached_property
    def measured(self) -> list[tuple[Quantity, str]]:
        """Each quantity of the text with what it is the size of: 250万の機械 -> acquisition_price."""
        found = []
        cases = [m for m in self.mentions if any(target.kind == "case" for target in m.targets)]
        for quantity in self.quantities:
            if quantity.kind == "percent" and self._only_measure(Unit.PERCENT):
                found.append((quantity, self._only_measure(Unit.PERCENT)))
                continue
            if quantity.kind == "count" or any(m.start <= quantity.start < m.end for m in cases):
                continue  # 1台, or the figure in a case's own name
            if self.is_claimed_limit(quantity):
                continue
            nearest = min(
                (
                    (_distance(quantity, mention.start, mention.end), target.id)
                    for mention in self.mentions
                    for target in mention.targets
                    if target.kind == "measure"
                ),
                default=None,
            )
            called = nearest and nearest[0] == 0  # 資本金5000万、機械の減税
            if quantity.kind == "yen" and self._price_measure and self._is_of_thing(quantity) and not called:
                found.append((quantity, self._price_measure))  # 80万の展示会 もらえる?
                continue
            wished = quantity.kind == "yen" and is_wished(self.question.text[quantity.end :])
            if wished and (not nearest or nearest[0] > 0):
                if self._given_measure:
                    found.append((quantity, self._given_measure))
            elif nearest and nearest[0] <= _NEAR:
                found.append((quantity, nearest[1]))
            elif quantity.kind == "yen" and self._price_measure:
                found.append((quantity, self._price_measure))
            elif quantity.kind == "people" and self._only_measure(Unit.COUNT):
                found.append((quantity, self._only_measure(Unit.COUNT)))
        return found + self._ratios(found)

    def is_claimed_limit(self, quantity: Quantity) -> bool:
        """Whether an amount is said to be the ceiling or the floor itself: 上限は500万円ですよね."""
        text, ends = self.question.text, {A.LIMIT.value, A.FLOOR.value}
        return quantity.kind == "yen" and any(
            mention.end <= quantity.start
            and is_equated(text[mention.end : quantity.start], text[quantity.end :])
            and any(target.kind == "attribute" and target.id in ends for target in mention.targets)
            for mention in self.mentions
        )

    def _is_of_thing(self, quantity: Quantity) -> bool:
        """Whether an amount is joined to the name of a thing, and to no word for its size: 80万の展示会."""
        joint = self.question.text[quantity.end : quantity.end + 1].strip()
        joined = [m for m in self.mentions if joint and m.start == quantity.end + 1 and is_joint(joint)]
        kinds = {target.kind for mention in joined for target in mention.targets}
        return bool(kinds & {"fact", "program"}) and not kinds & {"measure", "kind", "case", "attribute"}

    def _ratios(self, found: list[tuple[Quantity, str]]) -> list[tuple[Quantity, str]]:
        """The ratios of two amounts of the text that the vocabulary knows: 労働費用が1億円で教育訓練費が20万円."""
        sizes = {measure: quantity for quantity, measure in reversed(found)}
        ratios = []
        for term in self.catalog.terms["measures"].values():
            if term.ratio_of and set(term.ratio_of) <= sizes.keys():
                part, whole = (sizes[name] for name in term.ratio_of)
                if whole.value:
                    value = Fraction(part.value) / Fraction(whole.value) * 100
                    ratios.append((replace(part, kind="percent", value=value), term.id))
        return ratios

    @property
    def _talked_about(self) -> tuple[str, ...]:
        """The programmes that the text names, else those of the last question."""
        named = tuple(p for group in self.named_programs for p in group)
        return named or tuple(p for p in self.focus.programs if p in self.catalog.programs)

    def _only_measure(self, unit: Unit) -> str:
        """What a number of people or a percentage is taken for where nothing says so: the one that the programme sets
        a rule on."""
        rules = {
            fact.measure
            for name in self._talked_about[:1]
            for program in self.catalog.with_parts(name)
            for fact in program.facts
            if fact.measure and fact.unit is unit and fact.bound in (Bound.MIN, Bound.MAX)
        }
        return rules.pop() if len(rules) == 1 else ""

    @property
    def _given_measure(self) -> str:
        """What the programme gives amounts of, where its ceiling or floor says so: 500万まで出る is the subsidy."""
        inside = (part for name in self._talked_about[:1] for part in self.catalog.with_parts(name))
        bounds = [f for part in inside for f in part.facts if f.attribute in (Attribute.LIMIT, Attribute.FLOOR)]
        return next((fact.measure for fact in bounds if fact.measure), "")

    @functools.cached_property
    def _price_measure(self) -> str | None:
        """What an amount of money is taken for where nothing says so: what the programme gives a share of."""
        own = [f for name in self._talked_about[:1] for part in self.catalog.with_parts(name) for f in part.facts]
        facts = [fact for fact in own if fact.measure]
        thresholds = {fact.measure for fact in facts if fact.bound is Bound.MIN and fact.unit is Unit.JPY}
        shares = [fact.measure for fact in facts if fact.attribute is Attribute.SHARE]
        bases = [measure for measure in shares if measure in thresholds]
        ceilings = [fact for fact in own if fact.attribute is Attribute.LIMIT]
        if not bases and not thresholds and not ceilings and len(set(shares)) == 1:
            return shares[0]  # 10万円の場合は半額
        return bases[0] if bases else thresholds.pop() if len(thresholds) == 1 else None

    @functools.cached_property
    def named_programs(self) -> list[tuple[str, ...]]:
        """One group of candidates for each place in the text that names a programme, narrowed as far as it goes."""
        groups = []
        for mention in self.mentions:
            if self.named("need") and mention.how == "part" and mention.end - mention.start <= SHORT_WORD:
                continue  # キャッシュフロー改善 names a need, not the loan with 改善 in its name
            ids = tuple(t.id for t in mention.targets if t.kind == "program" and t.id in self.catalog.programs)
            if ids:
                said = name_words(self.question.text[mention.start : mention.end])
                groups.append(self._part_spelled_out(self._narrowed(ids), said=said))
        return groups

    def _part_spelled_out(self, ids: tuple[str, ...], *, said: frozenset[str]) -> tuple[str, ...]:
        """The part of a programme all whose words the text has: 省エネの取組実態調査, linked as 省エネ."""
        aside = (m for m in self.mentions if any(t.kind == "kind" for t in m.targets) or _is_mark(m))
        words = {word.lemma for word in self.outside(aside) if word.is_telling}  # 農商工連携の国の事業, …の新規事業
        inner = [part for name in ids[:1] for part in list(self.catalog.with_parts(name))[1:]]
        named = {target.id for mention in self.mentions for target in mention.targets if target.kind == "program"}
        if any(part.id in named for part in inner):
            return ids  # 信用保証の特例の無担保保証
        own = [name_words(self.catalog.programs[name].name) for name in ids[:1]]
        spelled = [(len(w), p.id) for p in inner if (w := name_words(p.name)) and w <= words and not w <= own[0] | said]
        return (max(spelled)[1],) if len(ids) == 1 and spelled else ids

    @property
    def named_facts(self) -> tuple[str, ...]:
        """The facts that the text names with words that mean nothing else."""
        alone = (m for m in self.mentions if all(target.kind == "fact" for target in m.targets))
        telling = (
            mention
            for mention in alone
            if mention.score >= _TELLING
            or (len(mention.targets) > 1 and len(_owners(mention)) == 1)
            or self._is_own_name(mention)
        )
        return tuple(dict.fromkeys(target.id for mention in telling for target in mention.targets))

    def _is_own_name(self, mention: Mention) -> bool:
        """Whether a mention is a fact's very name, as a term: 税額控除, not 対象になる資金."""
        said = self.question.text[mention.start : mention.end]
        named = [self.catalog.fact(target.id).name for target in mention.targets]
        return len(said) > SHORT_WORD and is_term(said) and len(_owners(mention)) == 1 and said in named

    @property
    def fact_spelled_out(self) -> str:
        """The fact that the text names alone with most characters; "" where it names none: 旧法とは."""
        alone = [m for m in self.mentions if len(m.targets) == 1 and m.targets[0].kind == "fact"]
        return max(alone, key=lambda m: m.end - m.start).targets[0].id if alone else ""

    @property
    def figure_spelled_out(self) -> str:
        """The figure whose own name has the word for what is asked in it; "" where none is named so: 訓練費の割合."""
        asked = [m for m in self.mentions if any(target.kind == "attribute" for target in m.targets)]
        for mention in self.mentions:
            around = any(mention.start < m.start and m.end <= mention.end for m in asked)
            if around and len(mention.targets) == 1 and mention.targets[0].kind == "fact":
                fact = self.catalog.fact(mention.targets[0].id)
                if fact.unit is not Unit.TEXT:
                    return fact.key
        return ""

    @property
    def facts_of_one(self) -> bool:
        """Whether all that the text names as facts may be of one programme: not 税理士 and 紹介."""
        owners = [_owners(m) for m in self.mentions if all(target.kind == "fact" for target in m.targets)]
        return bool(self.named_facts) and bool(set.intersection(*owners))

    @property
    def fact_named_twice(self) -> bool:
        """Whether two places of the text name one and the same fact: 彦根, 機械."""
        named = [target.id for mention in self.mentions for target in mention.targets if target.kind == "fact"]
        return len(named) > len(set(named))

    @property
    def case_is_stated(self) -> bool:
        """Whether a kind of figure that the text names is stated for a case that it names, and that is no ordinary
        one: 一部担保免除の限度."""
        special = [name for name in self.named("case") if not self.catalog.cases[name].default]
        stated = self.catalog.sets.with_fact_in_case
        asked = any(pair in stated for pair in itertools.product(special, self.named_attributes))
        return asked and not self.named("unstated")

    @property
    def surely_named_programs(self) -> bool:
        """Whether the text names a programme by its name or the sound of it."""
        mentions = (m for m in self.mentions if m.how in ("name", "sound"))
        return any(t.kind == "program" for m in mentions for t in m.targets) and not self.only_background

    @property
    def only_calls(self) -> bool:
        """Whether the text is a row of nouns with the name of a programme among them: 資金繰り 財務省計上分."""
        words = morphemes(self.question.text)
        return self.surely_named_programs and len(words) > 1 and all(w.is_noun or w.is_symbol for w in words)

    @property
    def only_background(self) -> bool:
        """Whether the only programmes that the text names are ones that stand in the background of many questions."""
        named = [p for group in self.named_programs for p in group]
        return bool(named) and all(self.catalog.programs[p].background for p in named)

    def _narrowed(self, ids: tuple[str, ...]) -> tuple[str, ...]:
        """Of several programmes with one name: the one talked about, else those that state what is asked for."""
        if len(ids) == 1:
            return ids
        current = tuple(name for name in ids if name in self.focus.programs)
        if len(current) == 1:
            return current
        around = {
            part.id
            for name in self.focus.programs
            if name in self.catalog.programs
            for outer in self.catalog.lineage(name)
            if outer.kind not in ("overview", "pillar")
            for part in self.catalog.with_parts(outer.id)
        }
        near = tuple(name for name in ids if name in around)
        if len(near) == 1:
            return near  # コーディネーターは after 事業承継センター
        wanted = self.named_attributes or ASKED_BY_INTENT.get(self.intent, ())
        able = [name for name in ids if any(fact.attribute in wanted for fact in self.catalog.programs[name].facts)]
        wide = [name for name in ids if self.catalog.programs[name].kind == "area"]
        if self.intent in ("ask_list", "ask_budget") and len(wide) == 1:
            return tuple(wide)
        if self.named("period"):
            able = [
                n for n in able if any(f.period in self.named("period") for f in self.catalog.programs[n].facts)
            ] or able
        return tuple(able) or ids

    @functools.cached_property
    def valued(self) -> list[Fact]:
        """The facts whose very figure the text names: 1,811億円って何の数字, 1/3補助の国の事業は."""
        back = asks_what_figure(self.question.text)
        if back and not self.named_programs_here:
            return self._worth_asked_about
        if self.named_programs_here or self.focus.programs or self.measured or self.named_cases:
            return []  # the amount is the person's own
        text = self.question.text  # 100万もらうには is a wish
        amounts = {(Unit.JPY, q.value) for q in self.quantities if q.kind == "yen" and not is_wished(text[q.end :])}
        kinds = catalogs.lexicon(self.catalog).offered_kinds.intersection(self.named("kind"))
        worth = self.catalog.facts_worth(amounts)
        found = [f for f in worth if not kinds or self.catalog.programs[f.program].kind in kinds] or self.share_listed
        asked = set(self.named_attributes) - {A.COUNT}  # 何の数字
        return [fact for fact in found if not asked or fact.attribute in asked]  # 1億借りたら利率は: no amount

    @property
    def _worth_asked_about(self) -> list[Fact]:
        """The facts that state a figure of the text, of those talked about where they have any: 316とは何の数."""
        figures = {figure for quantity in self.quantities for figure in _as_stated(quantity)}
        figures |= {(Unit.COUNT, figure) for figure in bare_numbers(self.question.text)}
        counters = [fold(self.question.text[q.start : q.end]).lstrip(string.digits) for q in self.quantities]
        found = [  # 300か所 are not 300社
            fact
            for fact in self.catalog.facts_worth(figures)
            if fact.unit is not Unit.COUNT or all(counter in fold(fact.printed) for counter in counters)
        ]
        talked = {p.id for name in self._talked_about for p in self.catalog.with_parts(name)}
        return [fact for fact in found if fact.program in talked] or found

    @functools.cached_property
    def share_listed(self) -> list[Fact]:
        """The facts with the one share by which the text lists programmes of a kind: 1/3補助の国の事業."""
        shares = [quantity for quantity in self.quantities if quantity.kind in ("percent", "ratio")]
        kinds = set(self.named("kind"))
        polar = is_polar(self.question.text) and self.question.intent != "ask_list"
        if polar or not kinds or self.named("fact") or not len(shares) == len(self.quantities) == 1:
            return []
        found = [f for f in self.catalog.facts_worth(_as_stated(shares[0])) if f.attribute in (A.SHARE, A.RATE)]
        fitting = [f for f in found if any(p.kind in kinds for p in self.catalog.lineage(f.program))]
        return fitting or found

    @property
    def rates_told(self) -> list[Fact]:
        """The facts of which the text gives the share or rate: 18%の法人税."""
        rates = [quantity for quantity in self.quantities if quantity.kind in ("percent", "ratio")]
        return [fact for rate in rates for fact in self.catalog.facts_worth(_as_stated(rate))]

    @functools.cached_property
    def rated(self) -> tuple[str, ...]:
        """The programmes that state two shares or rates of the text: 22%が18%になったら."""
        rates = [q for q in self.quantities if q.kind in ("percent", "ratio")]
        if len(rates) < 2:
            return ()
        stating = [{fact.program for fact in self.catalog.facts_worth(_as_stated(rate))} for rate in rates]
        return tuple(sorted(set.intersection(*stating)))

    @functools.cached_property
    def claimed(self) -> tuple[Fact, ...]:
        """The budgets of the programmes talked about whose amounts the text gives, rounded or not: 新エネの300億."""
        amounts: list[int | Fraction] = [quantity.value for quantity in self.quantities if quantity.kind == "yen"]
        periods = set(self.named("period"))  # 省エネの一次補正60.3億 is a line's
        own = [fact for name in self._talked_about for fact in self.catalog.programs[name].facts]
        parts = [part for name in self._talked_about for part in self.catalog.with_parts(name)]
        own += [f for part in parts for f in part.facts if f.period in periods and part.id not in self._talked_about]
        found = []
        for fact in own:
            if fact.attribute is A.BUDGET and isinstance(fact.value, int) and fact.value:
                close = _ROUNDED * fact.value
                if any(abs(Fraction(fact.value) - Fraction(amount)) <= close for amount in amounts):
                    found.append(fact)
        return tuple(found)


def _is_cut_from(mention: Mention, other: Mention) -> bool:
    """Whether `mention` is a period, case or attribute read across the end of another: 補正予算 behind 19年度の補正,
    保証人なし behind 第三者の保証人, 率がいい behind 利率."""
    alike = any(
        all(any(t.kind == kind for t in m.targets) for m in (mention, other))
        for kind in ("period", "case", "attribute")
    )
    return alike and other.start < mention.start < other.end < mention.end


def _is_means(mention: Mention) -> bool:
    """Whether `mention` is a means of contact and nothing else: サイト."""
    return all(target.kind == "mean" for target in mention.targets)


def _is_out(mention: Mention, text: str) -> bool:
    """Whether what stands behind a circumstance takes it back or leaves it out: 組合以外."""
    rest = text[mention.end :]
    return bool(mention.end) and (takes_back(rest) or is_excepted(rest))


def _is_case(mention: Mention) -> bool:
    """Whether `mention` is a circumstance and nothing else."""
    return all(target.kind == "case" for target in mention.targets)


def _owners(mention: Mention) -> set[str]:
    """The programmes whose facts `mention` may mean."""
    return {target.id.partition(".")[0] for target in mention.targets if target.kind == "fact"}


def _is_part_of(mention: Mention, other: Mention) -> bool:
    """Whether `mention` says nothing of its own beside `other`."""
    return _is_word_of(mention, other) or _is_end_of(mention, other)


def _without_vague(mentions: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """The mentions without a period that several may be, where just one of these is named as well: 追加補正（二次）."""
    sure = {m.targets[0] for m in mentions if [t.kind for t in m.targets] == ["period"]}
    if len(sure) != 1:
        return mentions
    return tuple(m for m in mentions if len(m.targets) == 1 or not _is_period(m) or sure.isdisjoint(m.targets))


def _is_period(mention: Mention) -> bool:
    return all(target.kind == "period" for target in mention.targets)


def _without_cut(mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    """`mentions` without those that are cut from another; of cases only those cut from one that stays: 中小企業事業
    stays although it reaches into 国民生活と中小, which is cut from 公庫の国民."""
    kept: list[Mention] = []
    for mention in sorted(mentions, key=lambda found: found.start):
        if not any(_is_cut_from(mention, other) for other in (kept if _is_case(mention) else mentions)):
            kept.append(mention)
    return tuple(mention for mention in mentions if mention in kept)


def _runs_on(mention: Mention, other: Mention, text: str) -> bool:
    """Whether `mention` is only heard where a written name and a particle stand: 東京と, heard as 東京都."""
    longer = mention.start == other.start and mention.how == "sound" and other.how == "name"
    behind = text[other.end : mention.end]
    return longer and bool(behind) and (is_and(behind) or is_joint(behind))


def _is_mark(mention: Mention) -> bool:
    """Whether `mention` is a mark and nothing else: 新規."""
    return all(target.kind == "tag" for target in mention.targets)


def _is_compounded(mention: Mention, other: Mention, text: str) -> bool:
    """Whether `mention` is a mark that is only the first word of a compound in a programme's name: 新規 of 新規開業."""
    inside = other.start <= mention.start and mention.end < other.end and other.how == "name"
    named = inside and any(target.kind == "program" for target in other.targets)
    return named and _is_mark(mention) and is_kanji(text[mention.end])


def _is_end_of(mention: Mention, other: Mention) -> bool:
    """Whether `mention` is the kind of figure in which the name of several facts ends: 特利の上限(額)."""
    ends = other.start < mention.start < other.end and all(target.kind == "attribute" for target in mention.targets)
    return ends and len(other.targets) > 1 and len(_owners(other)) == 1 == len({t.kind for t in other.targets})


def _is_word_of(mention: Mention, other: Mention) -> bool:
    """Whether `mention` is only a word of the programme's name that `other` is: 保証人 in 無担保無保証人保証."""
    inside = (
        other.start <= mention.start
        and mention.end <= other.end
        and mention.end - mention.start < other.end - other.start
    )
    named = other.how in ("name", "sound") and any(target.kind == "program" for target in other.targets)
    asked = mention.end == other.end and mention.targets == (Target("attribute", A.BUDGET.value),)  # 再生の予算
    telling = asked or any(t.kind in ("program", "contact", "organization", "tag") for t in mention.targets)
    return inside and named and not telling


def _as_stated(quantity: Quantity) -> tuple[tuple[Unit, int | Fraction], ...]:
    """A quantity as the figures of facts that it may mean: 半分 is 1/2 and 50%."""
    if quantity.kind in ("percent", "ratio"):
        percent = Fraction(quantity.value) * (100 if quantity.kind == "ratio" else 1)
        return (Unit.RATIO, percent / 100), (Unit.PERCENT, percent)
    unit = {"yen": Unit.JPY, "years": Unit.YEARS}.get(quantity.kind, Unit.COUNT)
    return ((unit, quantity.value),)


def _holds(case: Case, quantity: Quantity) -> bool:
    above = case.at_least is None or quantity.value >= case.at_least
    below = case.below is None or quantity.value < case.below
    return (case.at_least is not None or case.below is not None) and above and below


def _distance(quantity: Quantity, start: int, end: int) -> int:
    """Characters between a quantity and a mention; a mention before the quantity counts as nearer."""
    return quantity.start - end if end <= quantity.start else start - quantity.end + 1
