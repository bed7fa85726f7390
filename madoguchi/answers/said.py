"""What a question says, in the light of the catalog: what it names, what it asks for, under which circumstances."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterable
from dataclasses import dataclass, replace

from madoguchi.answers.mentions import is_only, owners, telling
from madoguchi.answers.phrases import Phrases
from madoguchi.answers.question import Focus, Question
from madoguchi.answers.years import with_years
from madoguchi.catalog import Catalog
from madoguchi.catalog.model import Attribute, Fact, Unit
from madoguchi.catalog.names import Mention, Target
from madoguchi.catalog.search import content_words, name_words
from madoguchi.japanese.around import (
    ends_question,
    is_of_papers,
)
from madoguchi.japanese.dates import fiscal_years, short_year
from madoguchi.japanese.morphology import Morpheme, morphemes
from madoguchi.japanese.moves import asks_other_one, ends_with_too, ends_with_topic, is_out_of_it, only_moves, returns
from madoguchi.japanese.numbers import Quantity, quantities
from madoguchi.japanese.people import asks_partner, asks_who
from madoguchi.japanese.questions import (
    asked_thing,
    asks_change,
    asks_example,
    asks_leave,
    asks_rise,
    asks_size,
    asks_sum,
    asks_what,
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
_GUESSED = 0.5  # confidence below which the kind of question alone does not say what is asked for
_CERTAIN = 0.97  # from here the kind of question is what it was taken for, whatever the text ends in
_TELLING = 0.5  # score of a fact's alias from which it tells what the question is about
_PAUSE = "…"  # what often stands between a story and its question
SHORT_WORD = 3  # characters up to which one word of a programme's name may stand in a text by chance


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
        kept = telling(self.question.mentions, text)
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

    @property
    def _talked_about(self) -> tuple[str, ...]:
        """The programmes that the text names, else those of the last question."""
        named = tuple(p for group in self.named_programs for p in group)
        return named or tuple(p for p in self.focus.programs if p in self.catalog.programs)

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
        aside = (m for m in self.mentions if any(t.kind == "kind" for t in m.targets) or is_only(m, "tag"))
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
        alone = (m for m in self.mentions if is_only(m, "fact"))
        telling = (
            mention
            for mention in alone
            if mention.score >= _TELLING
            or (len(mention.targets) > 1 and len(owners(mention)) == 1)
            or self._is_own_name(mention)
        )
        return tuple(dict.fromkeys(target.id for mention in telling for target in mention.targets))

    def _is_own_name(self, mention: Mention) -> bool:
        """Whether a mention is a fact's very name, as a term: 税額控除, not 対象になる資金."""
        said = self.question.text[mention.start : mention.end]
        named = [self.catalog.fact(target.id).name for target in mention.targets]
        return len(said) > SHORT_WORD and is_term(said) and len(owners(mention)) == 1 and said in named

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
        of_each = [owners(m) for m in self.mentions if is_only(m, "fact")]
        return bool(self.named_facts) and bool(set.intersection(*of_each))

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
