"""Whether somebody or something is covered: the verdict first, then the rule, and how far a near miss is off."""

from __future__ import annotations

from fractions import Fraction

from madoguchi.answers import calculation
from madoguchi.answers.context import Context
from madoguchi.answers.reply import Computed, Reply
from madoguchi.answers.selection import ON_TOP, choose, holds_here
from madoguchi.answers.sentences import answer, name_of, silent, state
from madoguchi.catalog.model import Attribute, Bound, Fact, Unit
from madoguchi.japanese.around import is_paid
from madoguchi.japanese.numbers import Quantity, is_of_one_piece, per_piece, yen
from madoguchi.japanese.questions import (
    asks_leave,
    asks_listing,
    asks_sum,
    asks_what,
    is_negative,
    is_polar,
    says_whole,
)

_CLAIMED = (Attribute.COUNT, Attribute.SHARE, Attribute.LIMIT, Attribute.RATE, Attribute.TERM, Attribute.GRACE)
_KINDS: dict[Unit, tuple[str, ...]] = {
    Unit.JPY: ("yen",),
    Unit.COUNT: ("people", "count"),
    Unit.PERCENT: ("percent", "ratio"),
    Unit.RATIO: ("percent", "ratio"),
    Unit.YEARS: ("years",),
}
_DECIDING = (Attribute.ELIGIBILITY, Attribute.CONDITION, Attribute.FLOOR, Attribute.COMBINATION)


def verdict(context: Context, program_id: str) -> Reply | None:
    """対象です or 対象外です, where the question names what decides it; None where it does not."""
    if Attribute.BUDGET in context.named_attributes:
        return None
    threshold = _by_threshold(context, program_id)
    if threshold is not None or not _asks_for_verdict(context):
        return threshold
    amount = any(quantity.kind == "yen" for quantity in context.quantities)
    decided = (
        _by_other_case(context, program_id)
        or _of_unstated_share(context, program_id)
        or (_by_claim(context, program_id) if amount else None)
    )
    if decided is not None:
        return decided
    ruled = by_rule(context, program_id)
    if ruled is not None and amount and any(fact.verdict for fact in ruled.facts):
        return None  # 公庫の中小企業事業は10億まで借りれますか: a rule that allows something says nothing of an amount
    return ruled or (_by_provider(context, program_id) or by_tag(context, program_id) or _by_claim(context, program_id))


def _by_other_case(context: Context, program_id: str) -> Reply | None:
    """No, where the figure that the text names holds only in another case, and what holds in the named one:
    リースでも特別償却を使えますか."""
    own = context.catalog.programs[program_id].facts
    named = [fact for fact in own if fact.key in context.named("fact") and fact.unit is not Unit.TEXT]
    said = [f for f in own if f.unit is Unit.TEXT and f.verdict is not None and set(f.applies_to) & set(context.cases)]
    if not named or not said or any(holds_here(context, fact) for fact in named):
        return None
    rule = max(said, key=lambda fact: len(set(fact.applies_to) & set(context.cases)))
    lead = context.phrases.say("no", rest=state(context, program_id, (rule,)))
    return answer(context, lead=lead, programs=(program_id,), facts=(rule,))


def _of_unstated_share(context: Context, program_id: str) -> Reply | None:
    """That the share is not stated which the text says is paid, and what is: 防犯カメラ 2/3補助で合ってますか."""
    text, program = context.question.text, context.catalog.programs[program_id]
    claimed = any(q.kind in _KINDS[Unit.RATIO] and is_paid(text[q.end :]) for q in context.quantities)
    family = [*context.catalog.with_parts(program_id), *context.catalog.lineage(program_id)]
    stated = any(fact.attribute is Attribute.SHARE and fact.unit is not Unit.TEXT for p in family for fact in p.facts)
    if not claimed or stated:
        return None
    known = [fact for fact in program.facts if fact.key in context.named("fact")][:1]
    return silent(context, program, what=context.catalog.terms["attributes"][Attribute.SHARE].name, known=known)


def _by_claim(context: Context, program_id: str) -> Reply | None:
    """Whether a figure that the text takes for granted is the stated one: 10か所だけですよね, 全額出ますか."""
    measured = {quantity for quantity, _ in context.measured}
    names = [m for m in context.mentions if any(target.kind == "program" for target in m.targets)]
    measured |= {q for q in context.quantities if any(m.start <= q.start < m.end for m in names)}  # モノ作り300社
    claims = [(q.kind, q.value) for q in context.quantities if q not in measured]
    asked = context.named_attributes or _CLAIMED
    whole = says_whole(context.question.text) and (
        is_polar(context.question.text) or not asks_listing(context.question.text)
    )
    if whole and not claims:
        claims, asked = [("percent", Fraction(100))], (Attribute.SHARE,)
    stated = [
        fact
        for program in context.catalog.with_parts(program_id)
        for fact in program.facts
        if fact.unit is not Unit.TEXT
        and fact.value is not None
        and _fits_cases(context, fact)
        and holds_here(context, fact)
        and fact.attribute in asked
    ]
    for kind, value in claims:
        alike = [fact for fact in stated if kind in _KINDS.get(fact.unit, ())]
        right = [fact for fact in alike if _in_unit(fact, kind, value) in (fact.value, fact.upper)]
        ceilings = [f.value for f in alike if f.bound is Bound.MAX and isinstance(f.value, int)]
        within = kind == "yen" and any(value < ceiling for ceiling in ceilings)  # 5000万 where more is lent
        if kind == "yen" and ceilings and not (right or within) and _has_more_on_top(context, program_id):
            facts = choose(context, program_id, (Attribute.LIMIT,)).facts  # 普通保証で3億, 2億 of which are 別枠
            return answer(context, lead=state(context, program_id, facts), programs=(program_id,), facts=facts)
        if right or (len(alike) == 1 and not within):
            fact = (right or alike)[0]
            newer = _newer(fact, alike)
            if newer:
                both = (newer, fact)
                return answer(context, lead=state(context, program_id, both), programs=(program_id,), facts=both)
            lead = state(context, program_id, (fact,))
            if not is_negative(context.question.text):
                lead = context.phrases.say("yes" if right else "no", rest=lead)
            elsewhere = _in_other_cases(context, program_id, fact)
            details = [state(context, program_id, elsewhere)] if elsewhere else []
            facts = (fact, *elsewhere)
            return answer(context, lead=lead, programs=(program_id,), facts=facts, details=details)
        above = _above_all(context, program_id, value) if kind == "yen" else None
        if above is not None:
            return above
    return None


def _above_all(context: Context, program_id: str, amount: int | Fraction) -> Reply | None:
    """The ceilings of the programme, where an amount of the text is above each (組合は全部で8億?); None where not."""
    facts = choose(context, program_id, (Attribute.LIMIT,)).facts
    ceilings = [fact.value for fact in facts if fact.bound is Bound.MAX and isinstance(fact.value, int)]
    if not ceilings or len(ceilings) < len(facts) or amount <= max(ceilings):
        return None
    lead = state(context, program_id, facts)
    together = len(facts) > 1 or asks_sum(context.question.text) or says_whole(context.question.text)  # 通常枠と別枠
    if not together and not is_negative(context.question.text):
        lead = context.phrases.say("no", rest=lead)
    return answer(context, lead=lead, programs=(program_id,), facts=facts)


def _has_more_on_top(context: Context, program_id: str) -> bool:
    """Whether the programme states a ceiling beside the ordinary one, to which it is added, and the text names none."""
    cases = context.catalog.cases
    limits = context.catalog.facts_about(program_id, {Attribute.LIMIT})
    special = {name for fact in limits for name in fact.applies_to if not cases[name].default}
    quotas = any(cases[name].dimension == ON_TOP for name in special)
    return quotas and all(cases[name].dimension != ON_TOP for name in context.named_cases)


def _newer(fact: Fact, alike: list[Fact]) -> Fact | None:
    """The figure told first of the programme, where `fact` is what it was before: 18% for 軽減税率は22%ですよね."""
    line = (fact.attribute, fact.measure, fact.applies_to, fact.period)
    same = [f for f in alike if (f.attribute, f.measure, f.applies_to, f.period) == line and f is not fact]
    return next((f for f in same if f.headline), None) if not fact.headline else None


def _in_other_cases(context: Context, program_id: str, fact: Fact) -> list[Fact]:
    """The same figure of the programme in a case that nobody named, where it is another: 一部の支援形態は1/2."""
    same = [
        f for f in context.catalog.programs[program_id].facts if f.attribute is fact.attribute and f.unit is fact.unit
    ]
    return [f for f in same if f.value != fact.value and f.applies_to and not fact.applies_to][:1]


def _in_unit(fact: Fact, kind: str, value: int | Fraction) -> int | Fraction:
    """A claimed percentage as the ratio that the fact is given in, and the other way round."""
    if fact.unit is Unit.RATIO and kind == "percent":
        return Fraction(value) / 100
    return Fraction(value) * 100 if fact.unit is Unit.PERCENT and kind == "ratio" else value


def _asks_for_verdict(context: Context) -> bool:
    """Whether the question is for a yes or no, and not for a figure: 組合でも使える?, not 組合ならいくら?"""
    text = context.question.text
    if not asks_what(text) and is_polar(text) and any(map(context.is_claimed_limit, context.quantities)):
        return True
    if asks_what(text) or (Attribute.LIMIT in context.named_attributes and not asks_leave(text)):
        return False
    return is_polar(context.question.text) or context.intent == "ask_eligibility"


def _by_threshold(context: Context, program_id: str) -> Reply | None:
    """The verdict on an amount or a count: 250万円の機械."""
    for quantity, measure in context.measured:
        if calculation.is_result(context, program_id, measure):
            continue  # the subsidy that somebody wishes for decides nothing
        facts = [
            fact
            for fact in _facts(context, program_id)
            if fact.measure == measure
            and _same_kind(fact, quantity)
            and (fact.bound in (Bound.MIN, Bound.MAX, Bound.OVER) or fact.upper is not None)
        ]
        rule = next(
            (fact for fact in _facts(context, program_id) if fact.measure == measure and fact.verdict is not None), None
        )
        rule = _rule_of_size(context, program_id, measure) or rule
        facts = [fact for fact in facts if _fits_cases(context, fact)]
        facts.sort(key=lambda fact: -len(set(fact.applies_to) & set(context.named_cases)))
        if rule is not None and not any(set(fact.applies_to) & set(context.named_cases) for fact in facts):
            return answer(context, lead=_said(context, rule, program_id), programs=(program_id,), facts=(rule,))
        if facts:
            one = per_piece(context.question.text, quantity) if is_of_one_piece(facts[0].name) else quantity
            return _compared(context, program_id, facts[0], one)
    return None


def _rule_of_size(context: Context, program_id: str, measure: str) -> Fact | None:
    """What holds for the case that a size puts one into: 資本金5000万 is 1億円以下."""
    cases = {name for name in context.named_cases if context.catalog.cases[name].measure == measure}
    facts = (f for part in context.catalog.with_parts(program_id) for f in part.facts if f.unit is Unit.TEXT)
    return next((fact for fact in facts if fact.verdict is not None and cases & set(fact.applies_to)), None)


def _open_rules(context: Context, program_id: str, rule: Fact, quantity: Quantity) -> list[Fact]:
    """The rules on the same quantity that decide otherwise in a case of which the question says nothing: 20人以下, but
    5人以下 in a trade that nobody has named."""
    catalog = context.catalog
    with_default = {case.dimension for case in catalog.cases.values() if case.default}
    named = {catalog.cases[name].dimension for name in context.cases}
    return [
        fact
        for fact in _facts(context, program_id)
        if fact is not rule
        and fact.measure == rule.measure
        and fact.unit is rule.unit
        and fact.verdict is None
        and fact.applies_to
        and all(catalog.cases[name].dimension not in with_default | named for name in fact.applies_to)
        and _covered(fact, quantity) != _covered(rule, quantity)
    ]


def _covered(fact: Fact, quantity: Quantity) -> bool:
    """Whether the quantity fulfils the rule."""
    limit = fact.value
    assert isinstance(limit, int | Fraction)
    if fact.upper is not None:
        assert isinstance(fact.upper, int | Fraction)
        return limit <= quantity.value <= fact.upper
    if fact.bound is Bound.MIN:
        return quantity.value >= limit
    return quantity.value > limit if fact.bound is Bound.OVER else quantity.value <= limit


def _compared(context: Context, program_id: str, fact: Fact, quantity: Quantity) -> Reply:
    say = context.phrases.say
    limit = fact.value if fact.upper is None else fact.upper
    assert isinstance(limit, int | Fraction)
    covered = _covered(fact, quantity)
    lead = say(
        "covered" if covered else "not_covered",
        program=name_of(context, fact.program),
        name=fact.name,
        figure=fact.printed,
    )
    computed: tuple[Computed, ...] = ()
    details = []
    gap = abs(int(limit - quantity.value))
    if not covered and gap and fact.unit in (Unit.JPY, Unit.COUNT):
        printed = yen(gap) if fact.unit is Unit.JPY else say("people", count=str(gap))
        short = Computed(
            name=say("gap_name"),
            value=gap,
            unit=fact.unit.value,
            printed=printed,
            inputs=(fact.key, str(quantity.value)),
        )
        computed = (short,)
        details.append(say("gap_short" if fact.bound is Bound.MIN else "gap_over", gap=short.printed))
    others = _open_rules(context, program_id, fact, quantity)
    details += [say("unless", name=other.name, figure=other.printed) for other in others]
    shown = (fact, *others)
    return answer(context, lead=lead, programs=(program_id,), facts=shown, computed=computed, details=details)


def by_rule(context: Context, program_id: str) -> Reply | None:
    """The verdict that a fact holds for a named case: 器具・備品, リース."""
    cases = set(context.named_cases or (context.cases if context.follows_up else ()))
    named = set(context.named("fact"))
    parts = context.catalog.with_parts(program_id)
    wanted = set(context.named_attributes) - {Attribute.LIMIT, Attribute.ELIGIBILITY}
    dated = set(context.of_approval)  # 平成19年に承認…止まったまま?
    deciding = [
        fact
        for program in parts
        for fact in program.facts
        if fact.verdict is not None
        and (not wanted or fact.attribute in wanted or fact.key in named or dated & set(fact.applies_to))
    ]
    met = [
        fact
        for fact in deciding
        if fact.key in named
        or (fact.applies_to and set(fact.applies_to) <= _wider(context, cases))
        or (fact.attribute in wanted and is_polar(context.question.text) and _fits_cases(context, fact))
    ]
    if not met:
        return None
    best = max(
        met,
        key=lambda fact: (fact.attribute in wanted, fact.key in named, _special(context, fact), fact.verdict is False),
    )
    return answer(context, lead=_said(context, best, program_id), programs=(program_id,), facts=(best,))


def barring(context: Context, program_id: str) -> Fact | None:
    """The condition that bars what the question asks for in a case that it names: 4年目の特許料; None for none."""
    cases = _wider(context, set(context.named_cases))
    special = {name for name in cases if not context.catalog.cases[name].default}
    facts = (fact for part in context.catalog.with_parts(program_id) for fact in part.facts)
    return next(
        (
            fact
            for fact in facts
            if fact.verdict is False
            and fact.attribute is Attribute.CONDITION
            and set(fact.applies_to) & special
            and set(fact.applies_to) <= cases
        ),
        None,
    )


def _by_provider(context: Context, program_id: str) -> Reply | None:
    """Whether a named organisation is the one that runs or lends it."""
    catalog = context.catalog
    providers = [f for f in context.catalog.facts_about(program_id, {Attribute.PROVIDER}) if f.unit is Unit.TEXT]
    named = [catalog.organizations[name] for name in context.named("organization")]
    lenders = [catalog.cases[name] for name in context.named_cases if catalog.cases[name].dimension == "lender"]
    asked = Attribute.PROVIDER in context.named_attributes or (lenders and asks_leave(context.question.text))
    if not providers or not (named or lenders) or not asked or context.quantities:
        return None
    names = [name for body in (lenders or named) for name in (body.name, *body.aliases)]
    runs = any(name in providers[0].printed for name in names)
    lead = context.phrases.say("yes" if runs else "no", rest=state(context, program_id, providers[:1]))
    return answer(context, lead=lead, programs=(program_id,), facts=providers[:1], attributes=(Attribute.PROVIDER,))


def by_tag(context: Context, program_id: str) -> Reply | None:
    """Whether it is new, has the mark, is counted in the account that the text names."""
    catalog = context.catalog
    tags = context.named_tags
    if not tags or asks_leave(context.question.text):
        return None
    own = {tag for program in catalog.with_parts(program_id) for tag in program.tags}
    name = catalog.terms["tags"][tags[0]].name
    budgets = [fact for fact in catalog.facts_about(program_id, {Attribute.BUDGET}) if fact.period][:2]
    lead = context.phrases.say(
        "is_tagged" if tags[0] in own else "is_not_tagged", program=name_of(context, program_id), tag=name
    )
    details = [state(context, program_id, budgets)] if budgets else []
    return answer(context, lead=lead, programs=(program_id,), facts=budgets, details=details)


def _said(context: Context, fact: Fact, program_id: str) -> str:
    lead = state(context, program_id, (fact,))
    if is_negative(context.question.text):
        return lead
    return context.phrases.say("yes" if fact.verdict else "no", rest=lead)


def _facts(context: Context, program_id: str) -> list[Fact]:
    return [
        fact
        for program in context.catalog.with_parts(program_id)
        for fact in program.facts
        if fact.attribute in _DECIDING or (fact.attribute in (Attribute.TERM, Attribute.SCHEDULE) and fact.measure)
    ]


def _fits_cases(context: Context, fact: Fact) -> bool:
    """Whether the fact's cases are named, or none is: a rule for the old law is not applied unasked."""
    return all(name in context.cases or context.catalog.cases[name].default for name in fact.applies_to)


def _special(context: Context, fact: Fact) -> int:
    """How many of the fact's cases are out of the ordinary: 承認前 weighs more than 会社."""
    return sum(not context.catalog.cases[name].default for name in fact.applies_to)


def _wider(context: Context, cases: set[str]) -> set[str]:
    return {wider for name in cases for wider in context.catalog.with_wider(name)}


def _same_kind(fact: Fact, quantity: Quantity) -> bool:
    return quantity.kind in _KINDS.get(fact.unit, ()) and isinstance(quantity.value, int | Fraction)
