"""Which facts of a programme answer a question.

Facts that contradict a named case or period are out. The others are ranked by what they share with the question:
what is asked for, cases, periods, names, words. The numbers below only order facts of one programme; they were set
on the conversations in tests/conversations.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass

from madoguchi import catalog as catalogs
from madoguchi.answers.context import Context
from madoguchi.catalog.model import WHO_ASKS, Attribute, Bound, Fact, Unit
from madoguchi.catalog.search import name_words
from madoguchi.japanese.questions import asked_thing, asks_bound, asks_kind, asks_people, asks_what, is_polar

_NAMED_ATTRIBUTE = 3.0
_NAMED_FACT = 6.0
_NAMED_FACT_APART = 2.0  # where the text names another kind of fact as well: 両方の控除率
_NAMED_PERIOD = 3.0
_CASE = 2.0
_NEIGHBOUR = 1.6  # a wider or narrower case: 組合員20人以上 where 組合 was named; told along with it
_NO_PERIOD = 2.0  # against a fact without a period where one was named
_SPECIAL_CASE = 0.45  # against a fact that holds only in a case nobody spoke of
_LATER_ATTRIBUTE = 0.3  # a step, for what a kind of question asks for less: 対象 before 条件 before 併用
_WORDS = 2.0  # for the text that shares most words with the question; figures have little but their cases
_WORDS_OF_FIGURE = 0.45
_TOLD_IN_WORDS = (Attribute.ELIGIBILITY, Attribute.CONDITION, Attribute.PROCEDURE, Attribute.DESCRIPTION)
# asked for with what they are set on: 従業員の要件, 何人まで; 計画が終わったあと何年まで
_RULES = {Attribute.CONDITION, Attribute.ELIGIBILITY}
_SPANS = {Attribute.TERM, Attribute.GRACE}
_BOUNDS = (Bound.MIN, Bound.MAX, Bound.OVER)
_NO_RATE = 3.0  # against an amount, where the question word asks for a rate
_NO_BOUND = 4.0  # against a figure that is no bound, where one is asked for: 何%を超える
_IN_WORDS = 1.5  # どんな経費 asks for words
_NAMED_MEASURE = 2.5  # 従業員の要件
_TELLING_WORDS = 6.0  # BM25 from which shared words count in full; 方 or 場合 alone reach two
_FIGURE = 0.6  # a figure before prose, where both answer
_PART = 0.5  # against facts of a part, when the whole was asked about
_WHOLE = 1.0  # against facts of the whole, when a part was asked about
_FEW = 3  # figures of one kind that are told together when nothing asks for one of them
_FULL_NAME = 5  # words of a name that are unlikely to meet by chance, however common each is
ON_TOP = "quota"  # the dimension of what one gets beside the ordinary amount
_TOGETHER = 0.6  # facts this close to the best one belong to the answer


@dataclass(frozen=True, slots=True)
class Selection:
    """The facts that answer, best first; and, where none does, what stood against it."""

    facts: tuple[Fact, ...]
    excluded: tuple[Fact, ...] = ()  # facts of the kind asked for that hold in another case or period only


def choose(context: Context, program_id: str, attributes: tuple[Attribute, ...], *, most: int = 4) -> Selection:
    """The facts about the programme that answer the question, at most `most`."""
    pool = _latest(_pool(context, program_id, attributes))
    scored: list[tuple[float, Fact]] = []
    excluded: list[Fact] = []
    words = _shared_words(context, [fact for fact, _ in pool])
    used = {context.catalog.cases[name].dimension for fact, _ in pool for name in fact.applies_to}
    cases = {name for name in context.cases if context.catalog.cases[name].dimension in used}
    bounded = asks_bound(context.question.text)
    rates = bounded and asked_thing(context.question.text) == "rate"
    told_in_words, people = asks_kind(context.question.text), asks_people(context.question.text)
    for order, (fact, distance) in enumerate(pool):
        fit = _case_fit(context, fact, cases)
        if fit is None or (context.periods and fact.period and fact.period not in context.periods):
            excluded.append(fact)
            continue
        score = fit - distance - 0.01 * order
        score -= _LATER_ATTRIBUTE * attributes.index(fact.attribute) if fact.attribute in attributes[:4] else 0.0
        score += _NAMED_ATTRIBUTE if fact.attribute in context.named_attributes else 0.0
        if fact.key in context.named("fact") and not (bounded and fact.bound not in _BOUNDS):
            others = set(context.named_attributes) - {Attribute.ELIGIBILITY}
            apart = others and fact.attribute not in others and not (bounded and fact.bound in _BOUNDS)
            apart = apart and not (Attribute.FLOOR in others and fact.bound is Bound.MIN)  # 持ち出しは最低どれだけ
            score += _NAMED_FACT_APART if apart else _NAMED_FACT
        score += _NAMED_PERIOD if fact.period and fact.period in context.periods else 0.0
        score -= _NO_PERIOD if context.periods and not fact.period and fact.attribute is Attribute.BUDGET else 0.0
        score += _FIGURE if fact.unit is not Unit.TEXT and fact.attribute not in _TOLD_IN_WORDS else 0.0
        score += (_WORDS if fact.unit is Unit.TEXT else _WORDS_OF_FIGURE) * words.get(fact.key, 0.0)
        score -= _NO_RATE if fact.unit is Unit.JPY and asked_thing(context.question.text) == "rate" else 0.0
        score += _NAMED_MEASURE if fact.measure in context.named_measures and not told_in_words else 0.0
        score += _NAMED_MEASURE if people and fact.unit is Unit.COUNT and fact.bound else 0.0
        score -= _NO_BOUND if bounded and fact.bound not in _BOUNDS else 0.0
        score += _NO_BOUND if rates and _is_rate_set(fact) else 0.0
        score += _IN_WORDS if told_in_words and fact.unit is Unit.TEXT else 0.0
        scored.append((score, fact))
    if not scored:
        return Selection((), tuple(excluded))
    # a case that was named, and on which these facts depend, must be met by what answers
    general = {_dimension(context, name) for f in excluded for name in f.applies_to if _same_rule(f, scored)}
    named = {name for name in context.named_cases if _dimension(context, name) not in general}
    unmet = cases & named - {name for _, fact in scored for name in _met(context, fact, cases)}
    unmet -= {name for name in unmet if any(_holds_ordinarily(context, fact, name) for _, fact in scored)}
    if unmet and all(context.catalog.cases[name].dimension in _dimensions(context, excluded) for name in unmet):
        return Selection((), tuple(excluded))
    scored.sort(key=lambda item: -item[0])
    best, first = next((item for item in scored if item[1] in _leading(context, scored)), scored[0])
    reach = _TOGETHER if first.unit is not Unit.TEXT else _TOGETHER / 2
    together = [fact for score, fact in scored if score >= best - reach and _alike(first, fact)]
    if first.unit is not Unit.TEXT:
        together += [fact for fact in _for_each_case(context, scored) if fact not in together]
        together += [fact for fact in _for_each_attribute(context, scored) if fact not in together]
        together += [fact for fact in _for_each_name(context, scored) if fact not in together]
    if first.unit is not Unit.TEXT and not context.named_cases and not context.periods:
        whole = [fact for _, fact in scored if fact.unit is not Unit.TEXT and fact.attribute is first.attribute]
        if len(whole) <= _FEW:  # 通常, 別枠 and 組合の別枠 are told at once
            together = whole + [fact for fact in together if fact not in whole]
    told = [fact for fact in together if not _repeats(context, fact, together)]
    words_only = _in_words_alone(context, scored) if first.unit is not Unit.TEXT else []
    return Selection((*told[: most - len(words_only)], *words_only), tuple(excluded))


def by_name(context: Context, program_id: str) -> Fact | None:
    """The fact whose own name the text gives in full: 1台又は1基の取得価額, 拠点の数.

    A name that only says what kind of figure it is (限度額, 平成21年度予算案) is not enough: those are chosen by
    case and period.
    """
    catalog = context.catalog
    words = set(context.words)
    common = {w for group in ("attributes", "periods", "cases") for w in _vocabulary_words(context, group)}
    called = (m for m in context.mentions if all(target.kind == "program" for target in m.targets))
    for name in (catalog.programs[program_id].name, *(context.question.text[m.start : m.end] for m in called)):
        common.update(name_words(name))
    best: tuple[int, float, Fact] | None = None
    for program in catalog.with_parts(program_id):
        for fact in program.facts:
            own = name_words(fact.name)
            fit = _case_fit(context, fact, set(context.cases))
            telling = own - common or (len(own) >= _FULL_NAME and fact.attribute is not Attribute.BUDGET)
            if own <= words and telling and fit is not None:
                rank = (len(own), fit, fact)
                if best is None or rank[:2] > best[:2]:
                    best = rank
    return best[2] if best else None


@functools.lru_cache(maxsize=16)
def _words_of(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(word for name in names for word in name_words(name))


def _vocabulary_words(context: Context, group: str) -> frozenset[str]:
    """The words of a group's names in the vocabulary."""
    catalog = context.catalog
    terms = catalog.cases.values() if group == "cases" else catalog.terms[group].values()
    return _words_of(tuple(term.name for term in terms))


def _for_each_case(context: Context, scored: list[tuple[float, Fact]]) -> list[Fact]:
    """The best figure for each named case where several of one dimension are named (設備と運転), and for the wider
    case of one that begins at a count (組合 for 組合員20人以上)."""
    catalog = context.catalog
    dimensions = [catalog.cases[name].dimension for name in context.named_cases]
    wanted = [name for name in context.named_cases if dimensions.count(catalog.cases[name].dimension) > 1]
    for name in context.named_cases:
        case = catalog.cases[name]
        if case.measure and case.narrower_of:
            wanted.append(case.narrower_of)
    attribute = scored[0][1].attribute
    found = []
    for name in wanted:
        figures = [
            f for _, f in scored if name in f.applies_to and f.unit is not Unit.TEXT and f.attribute is attribute
        ]
        found += figures[:1]
    return found


def _for_each_name(context: Context, scored: list[tuple[float, Fact]]) -> list[Fact]:
    """The best figure for each place where the text names facts: 無担保特例と担保不足特例."""
    names = [{t.id for t in m.targets if t.kind == "fact"} for m in context.mentions]
    attribute = scored[0][1].attribute
    figures = [fact for _, fact in scored if fact.unit is not Unit.TEXT and fact.attribute is attribute]
    found = [next((fact for fact in figures if fact.key in keys), None) for keys in names if keys]
    return [fact for fact in found if fact is not None]


def _latest(pool: list[tuple[Fact, float]]) -> list[tuple[Fact, float]]:
    """Of a figure's history only what holds last: the data write it from old to new."""
    lines: dict[tuple[object, ...], tuple[Fact, float]] = {}
    for fact, distance in pool:
        line = (fact.program, fact.attribute, fact.name, fact.applies_to, fact.period) if fact.since else fact.key
        lines[line if isinstance(line, tuple) else (line,)] = fact, distance
    return list(lines.values())


def _for_each_attribute(context: Context, scored: list[tuple[float, Fact]]) -> list[Fact]:
    """The best figure for each kind of figure that the text names: 利率と保証料率."""
    best = (
        next((f for _, f in scored if f.attribute is a and f.unit is not Unit.TEXT), None)
        for a in context.named_attributes
    )
    return [fact for fact in best if fact is not None]


def _leading(context: Context, scored: list[tuple[float, Fact]]) -> list[Fact]:
    """The figures that come before what is only said in words, where a text asks for several kinds: 限度 利率 期間."""
    several = len(context.named_attributes) > 1 and not is_polar(context.question.text) and not context.measured
    told_in_words = scored[0][1].unit is Unit.TEXT and scored[0][1].key not in context.named("fact")
    return _for_each_attribute(context, scored) if several and told_in_words else []


def _in_words_alone(context: Context, scored: list[tuple[float, Fact]]) -> list[Fact]:
    """What is stated of the first of several kinds that the text names of which there is no figure: 公庫 限度 利率."""
    if len(context.named_attributes) < 2:
        return []
    told = {fact.attribute for _, fact in scored if fact.unit is not Unit.TEXT}
    return [fact for _, fact in scored if fact.attribute in set(context.named_attributes) - told][:1]


def _pool(context: Context, program_id: str, attributes: tuple[Attribute, ...]) -> list[tuple[Fact, float]]:
    """Facts with one of `attributes`, each with how far from the programme it stands."""
    catalog = context.catalog
    own = catalog.programs[program_id].facts
    pool = [(fact, 0.0) for fact in own if fact.attribute in attributes]
    ruled = asks_bound(context.question.text) or any(asked.issuperset(attributes[:2]) for asked in (_RULES, _SPANS))
    if not context.measured and (ruled or (not pool and asks_what(context.question.text))):
        spans = _SPANS.issuperset(attributes[:2])  # 一番長くて何年: no amount up to which is lent
        bounds = [f for f in own if f.bound in (Bound.MIN, Bound.MAX) and (not spans or f.unit is Unit.YEARS)]
        rates = asks_bound(context.question.text) and asked_thing(context.question.text) == "rate"
        limits = [f for f in bounds if f.measure in context.named_measures or (rates and _is_rate_set(f))]
        pool += [(fact, 0.0) for fact in limits if fact.attribute not in attributes]
    whole = Attribute.BUDGET in attributes and any(fact.attribute is Attribute.BUDGET for fact in own)
    pool += [
        (fact, _PART)
        for program in catalog.with_parts(program_id)
        for fact in program.facts
        if program.id != program_id
        and fact.attribute in attributes
        and fact.attribute is not Attribute.DESCRIPTION
        and not (whole and fact.attribute is Attribute.BUDGET)  # an area's total is told without its lines
    ]
    parent = catalog.programs[program_id].parent
    if not pool and parent:  # what a measure states holds for its budget lines; what is further out is too general
        above = catalog.programs[parent].facts
        pool = [(f, _WHOLE) for f in above if f.attribute in attributes and f.attribute is not Attribute.BUDGET]
    named = set(context.named("fact")) - {fact.key for fact, _ in pool}
    pool += [(fact, 0.0) for part in catalog.with_parts(program_id) for fact in part.facts if fact.key in named]
    return pool


def _is_rate_set(fact: Fact) -> bool:
    """Whether a fact sets a percentage from or up to which something holds: 何%以上で控除."""
    return fact.attribute is Attribute.CONDITION and fact.unit in (Unit.PERCENT, Unit.RATIO)


def _shared_words(context: Context, facts: list[Fact]) -> dict[str, float]:
    """How much of the question's words each fact has, 1 for the one with most."""
    found = catalogs.facts_index(context.catalog).search(context.loose_words, among={fact.key for fact in facts})
    most = max((score for _, score in found), default=0.0)
    return {key: score / max(most, _TELLING_WORDS) for key, score in found}


def _case_fit(context: Context, fact: Fact, cases: set[str]) -> float | None:
    """How well the fact's cases fit the named ones; None where they contradict each other."""
    catalog = context.catalog
    fit = 0.0
    if context.ruled_out.intersection(fact.applies_to):
        return None
    for name in fact.applies_to:
        case = catalog.cases[name]
        rivals = {other for other in cases if catalog.cases[other].dimension == case.dimension}
        if name in rivals:
            fit += _CASE
        elif any(_neighbours(context, name, other) for other in rivals):
            fit += _NEIGHBOUR
        elif rivals and not any(other in catalog.with_wider(name) for other in rivals):
            return None
        elif not case.default:
            fit -= _SPECIAL_CASE
    return fit


def _neighbours(context: Context, case: str, named: str) -> bool:
    """Whether a case is wider than the named one, or narrower than one out of the ordinary: 個人 is not, of 会社."""
    catalog = context.catalog
    return case in catalog.with_wider(named) or (not catalog.cases[named].default and named in catalog.with_wider(case))


def holds_here(context: Context, fact: Fact) -> bool:
    """Whether nothing that was said contradicts the fact's cases, or the same figure is stated for what was said."""
    cases = set(context.cases)
    if _case_fit(context, fact, cases) is not None:
        return True
    alike = (
        f for f in context.catalog.programs[fact.program].facts if (f.attribute, f.unit) == (fact.attribute, fact.unit)
    )
    return any(f.printed == fact.printed and _case_fit(context, f, cases) is not None for f in alike if f is not fact)


def _dimension(context: Context, case: str) -> str:
    return context.catalog.cases[case].dimension


def _same_rule(fact: Fact, scored: list[tuple[float, Fact]]) -> bool:
    """Whether the same quantity has a rule for everybody else: 20人以下, beside 5人以下 in one trade."""
    return fact.measure is not None and any(f.measure == fact.measure and not f.applies_to for _, f in scored)


def _holds_ordinarily(context: Context, fact: Fact, case: str) -> bool:
    """Whether the case is an ordinary one of who asks, and the fact a rule that says nothing of it: 会社."""
    own = context.catalog.cases[case]
    dimensions = {_dimension(context, name) for name in fact.applies_to}
    return own.default and own.dimension in WHO_ASKS and own.dimension not in dimensions and fact.attribute in _RULES


def _met(context: Context, fact: Fact, cases: set[str]) -> set[str]:
    catalog = context.catalog
    return {
        name
        for name in cases
        if any(name in catalog.with_wider(own) or own in catalog.with_wider(name) for own in fact.applies_to)
    }


def _dimensions(context: Context, facts: list[Fact]) -> set[str]:
    return {context.catalog.cases[name].dimension for fact in facts for name in fact.applies_to}


def _repeats(context: Context, fact: Fact, others: list[Fact]) -> bool:
    """Whether a figure for a case nobody spoke of is the same as one of `others` that holds ordinarily: リース 7%; not
    one that comes on top of it: 別枠."""
    cases = context.catalog.cases
    special = {name for name in fact.applies_to if not cases[name].default}
    if any(cases[name].dimension == ON_TOP for name in special):
        return False
    ordinary = (other for other in others if all(cases[name].default for name in other.applies_to))
    same = any((other.printed, other.measure) == (fact.printed, fact.measure) for other in ordinary)
    return same and not special <= set(context.cases)


def _alike(first: Fact, other: Fact) -> bool:
    """Whether both can stand in one sentence: figures with figures, a sentence with its like."""
    if first.unit is Unit.TEXT:
        return other is first or (
            other.unit is Unit.TEXT and other.attribute is first.attribute and other.applies_to == first.applies_to
        )
    return other.unit is not Unit.TEXT
