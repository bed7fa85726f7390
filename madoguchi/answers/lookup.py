"""Answers that state what the catalog holds: what it is, how much, at what rate, how long, when and how."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from madoguchi import catalog as catalogs
from madoguchi.answers import calculation, eligibility
from madoguchi.answers.context import Context
from madoguchi.answers.conversation import not_understood, unstated_here
from madoguchi.answers.reply import Reply
from madoguchi.answers.said import ASKED_BY_INTENT
from madoguchi.answers.selection import Selection, choose, holds_here
from madoguchi.answers.sentences import answer, ask_which, name_of, origin, sentence, silent, state, with_cited
from madoguchi.catalog.model import Attribute, Bound, Fact, Program, Unit
from madoguchi.catalog.search import name_words
from madoguchi.japanese.dates import fiscal_year_name, fiscal_years
from madoguchi.japanese.people import asks_help
from madoguchi.japanese.questions import (
    asked_thing,
    asks_change,
    asks_deed,
    asks_each,
    asks_name,
    asks_size,
    asks_sum,
    is_borderline,
    is_negative,
    is_polar,
)

# Where what is asked for is not stated, what people mean by the same words: 最低いくらの機械から, ○○事業っていくら
_NEARBY: dict[Attribute, tuple[Attribute, ...]] = {
    Attribute.FLOOR: (Attribute.CONDITION,),
    Attribute.LIMIT: (Attribute.SHARE, Attribute.BUDGET),
    Attribute.RATE: (Attribute.SHARE,),
    Attribute.SHARE: (Attribute.RATE,),
    Attribute.SURCHARGE: (Attribute.RATE,),
    Attribute.SCHEDULE: (Attribute.STATUS,),
    Attribute.STATUS: (Attribute.SCHEDULE, Attribute.DESCRIPTION),
    Attribute.ELIGIBILITY: (Attribute.CONDITION, Attribute.DESCRIPTION),
    Attribute.CONDITION: (Attribute.ELIGIBILITY, Attribute.DESCRIPTION),
    Attribute.PROVIDER: (Attribute.DESCRIPTION,),
    Attribute.COUNT: (Attribute.ELIGIBILITY, Attribute.CONDITION),
    Attribute.EXAMPLE: (Attribute.CONDITION, Attribute.BENEFIT, Attribute.DESCRIPTION),
    Attribute.BENEFIT: (Attribute.DESCRIPTION, Attribute.SHARE, Attribute.LIMIT),
}
_INSTEAD = (Attribute.SHARE, Attribute.BUDGET)  # told for a ceiling, but as what they are
_FIGURES = {
    Attribute.LIMIT,
    Attribute.FLOOR,
    Attribute.SHARE,
    Attribute.RATE,
    Attribute.FEE,
    Attribute.SURCHARGE,
    Attribute.TERM,
    Attribute.GRACE,
}
_FIGURES_OR_BUDGET = _FIGURES | {Attribute.BUDGET}
_FIGURES_FIRST = (Attribute.LIMIT, Attribute.SHARE, Attribute.RATE, Attribute.TERM)  # what a case changes, by weight
_SURE = 0.5  # below, what the kind of question asks for is a guess
_DETAIL_BETTER = 1.5  # how much better than its description a fact must fit the words to be told instead
_DETAIL_SCORE = 5.0  # BM25 of words beside the name from which they ask for a fact of their own
_MOVED = ("case", "period", "measure", "kind", "tag", "organization", "contact", "place")  # what a follow-up moves to
_SIDE_BY_SIDE = 3  # programmes that one reply answers for at once


def tell(context: Context) -> Reply:
    """What the question asks for, of the programme that it is about.

    Several programmes that state it are answered side by side; of many, the reply asks which is meant.
    """
    if context.valued and len(context.valued) <= _SIDE_BY_SIDE + 1:
        return _by_value(context)
    programs = context.programs
    if not programs:
        return not_understood(context)
    if len(programs) == 1:
        return tell_of(context, programs[0])
    if context.claimed:
        return _claimed(context)
    rated = [p for p in programs if any(fact.program == p for fact in context.rates_told)]
    if len(rated) == 1:
        return tell_of(context, rated[0])  # 18%の法人税ていつまで
    computed = [calculation.answer_for(context, program) for program in programs[:_SIDE_BY_SIDE]]
    if len(programs) <= _SIDE_BY_SIDE and all(computed):
        return _all_computed(context, [reply for reply in computed if reply])
    chosen = {program: choose(context, program, context.attributes, most=2) for program in programs}
    able = {program: selection for program, selection in chosen.items() if selection.facts}
    able = _meeting_all_cases(context, able) or able
    if len(able) == 1:
        return tell_of(context, next(iter(able)))
    if not able or len(able) > _SIDE_BY_SIDE:
        best = context.best_of(tuple(able) or programs)
        return tell_of(context, best[0]) if len(best) == 1 else ask_which(context, best)
    return _side_by_side(context, able)


def _meeting_all_cases(context: Context, able: dict[str, Selection]) -> dict[str, Selection]:
    """Those of several programmes whose figures hold in all the cases that the text names: 中小企業事業で無担保だと."""
    named = set(context.named_cases)
    told = {p: {name for fact in selection.facts for name in fact.applies_to} for p, selection in able.items()}
    return {p: able[p] for p, cases in told.items() if named <= cases} if len(named) > 1 else {}


def tell_of(context: Context, program_id: str) -> Reply:
    """What the question asks for, of this programme."""
    claimed = tuple(fact for fact in context.claimed if fact.program == program_id)
    if claimed and not asks_change(context.question.text):
        return stated(context, program_id, claimed)
    dimensions = {context.catalog.cases[name].dimension for name in context.named_cases}
    plain = context.intent == "ask_detail" and not context.named_attributes and not context.named("fact")
    if plain and {"lender", "purpose"} <= dimensions and (lent := of_cases(context, program_id)):
        return lent  # 公庫の国民生活 設備
    computed = calculation.answer_for(context, program_id)
    polar = is_polar(context.question.text)
    ratio = any(quantity not in context.quantities for quantity, _ in context.measured)  # 8億に教育訓練費100万
    judged = polar or computed is None or ratio or is_borderline(context.question.text)
    verdict = eligibility.verdict(context, program_id) if judged else None
    if verdict is not None and computed is not None and not verdict.computed:
        return replace(
            verdict,
            details=(*verdict.details, computed.lead, *computed.details),
            facts=(*verdict.facts, *computed.facts),
            computed=computed.computed,
        )
    if verdict is not None and not polar and asks_size(context.question.text):
        limits = choose(context, program_id, (Attribute.LIMIT,)).facts
        if limits:  # 従業員4人の小売店、保証はいくらまで
            first = stated(context, program_id, limits)
            return replace(first, details=(*first.details, verdict.lead, *verdict.details))
    if verdict is not None or computed is not None:
        return verdict or computed  # type: ignore[return-value]
    apart = _apart(context, program_id) if asks_change(context.question.text) and not polar else None
    if apart is not None:
        return apart
    barred = eligibility.barring(context, program_id)
    if barred is not None:
        return stated(context, program_id, (barred,))
    selection = choose(context, program_id, context.attributes)
    figures = selection.facts and selection.facts[0].unit is not Unit.TEXT and not context.inherits
    guessed = polar or context.question.confidence < _SURE
    if guessed and figures and context.intent == "ask_eligibility" and not context.named_attributes:
        return describe_one(context, program_id)  # 新しい機械を入れたら税金は安くなりますか
    if selection.facts and not other_than_asked(context, program_id, selection.facts):
        return stated(context, program_id, selection.facts)
    if not selection.facts and selection.excluded and context.focus.cases and context.inherits:
        anywhere = replace(context, question=replace(context.question, focus=replace(context.focus, cases=())))
        if choose(anywhere, program_id, context.attributes).facts:
            return tell_of(anywhere, program_id)  # the case was that of an earlier question
    limited = Attribute.LIMIT in context.named_attributes
    measures = context.named("measure") if limited else ()
    upmost = [f for f in _all_facts(context, program_id) if f.measure in measures and f.bound is Bound.MAX]
    if limited and not upmost:  # 年いくらまでの分に, of a tax rate
        sums = [f for f in _all_facts(context, program_id) if f.unit is Unit.JPY and f.bound is Bound.MAX]
        upmost = [f for f in sums if f.attribute is Attribute.CONDITION] if len(sums) == 1 else []
    if upmost:  # 所得いくらまで, and 資本金の上限 after 旧法
        nearest = max(upmost, key=lambda fact: len(set(fact.applies_to).intersection(context.cases)))
        return stated(context, program_id, [nearest])
    asked = context.named_attributes or context.attributes[:1]
    for nearby in (near for attribute in asked for near in _NEARBY.get(attribute, ())):
        near = choose(context, program_id, (nearby,))
        if near.facts and near.facts[0].attribute is nearby and not selection.excluded:
            named = nearby in _INSTEAD and context.named_attributes
            return _instead(context, program_id, near.facts) if named else stated(context, program_id, near.facts)
    if other_than_asked(context, program_id, selection.facts):
        return _instead(context, program_id, selection.facts)
    if context.named_cases and not context.named_attributes:
        any_kind = choose(context, program_id, tuple(Attribute), most=2)
        if any_kind.facts and set(any_kind.facts[0].applies_to) & set(context.named_cases):
            return stated(context, program_id, any_kind.facts)
    own = context.catalog.programs[program_id].facts
    budgets = tuple(fact for fact in own if fact.attribute is Attribute.BUDGET)
    asks_when = asked_thing(context.question.text) == "schedule"  # いつ行くのか is no question for a budget
    if budgets and not context.named_attributes and not selection.excluded and not asks_when:
        return stated(context, program_id, budgets)  # the name of a budget line alone
    if Attribute.SCHEDULE in context.attributes:
        dated = [f for f in _all_facts(context, program_id) if f.unit is Unit.DATE and f.value is not None]
        told = [f for f in dated if set(f.applies_to) & set(context.named_cases) or f.key in context.named("fact")]
        if told:
            return stated(context, program_id, told[:1])  # いつからのリース
    spoken = _asked_detail(context, program_id) if not set(context.named_attributes) & _FIGURES_OR_BUDGET else None
    if spoken is not None and not selection.excluded:
        return stated(context, program_id, (spoken,))  # the words speak of a fact, whatever it is called
    guessed = not context.named_attributes and not selection.excluded
    described = choose(context, program_id, (Attribute.DESCRIPTION,), most=1).facts
    if guessed and described and (polar or context.question.confidence < _SURE):
        return describe_one(context, program_id)
    return _not_stated(context, program_id, selection)


def figures_of(context: Context, program_id: str, attributes: tuple[Attribute, ...]) -> Reply:
    """What is stated of one of these kinds, without a verdict; else that it is not stated."""
    selection = choose(context, program_id, attributes)
    return (
        stated(context, program_id, selection.facts) if selection.facts else _not_stated(context, program_id, selection)
    )


def _apart(context: Context, program_id: str) -> Reply | None:
    """How far two figures of the programme are apart: 引き上げでいくら増える; None where there are no two."""
    for attribute in context.named_attributes or (Attribute.LIMIT,):
        apart = calculation.difference(context, program_id, choose(context, program_id, (attribute,)).facts)
        if apart is not None:
            return apart
    return None


def done_in(context: Context, program_id: str) -> Reply | None:
    """What is done with the budget of a named year: 二次補正では何を, or 二次のほうは after what is done in another;
    None where that is not asked or stated."""
    moved = context.inherits and any(fact.unit is Unit.TEXT and fact.period for fact in context.told[:1])
    if not asks_deed(context.question.text) and (not moved or Attribute.BUDGET in context.named_attributes):
        return None
    named = set(context.named("period") or context.focus.periods)
    around = [f for outer in context.catalog.lineage(program_id) if outer.kind == "measure" for f in outer.facts]
    deeds = {f.key: f for f in (*_all_facts(context, program_id), *around) if f.unit is Unit.TEXT and f.period in named}
    words = catalogs.facts_index(context.catalog).search(context.loose_words, among=deeds)
    order = [*(deeds[key] for key, _ in words), *deeds.values()]
    return stated(context, program_id, tuple(dict.fromkeys(order))) if deeds else None


def deeds_spoken_of(context: Context, program_id: str) -> list[str]:
    """The keys of what is done in a named year that the words outside all names speak of: 21年度に増員するのは."""
    named = set(context.named("period"))
    deeds = {f.key: f for f in _all_facts(context, program_id) if f.unit is Unit.TEXT and f.period in named}
    hits = catalogs.facts_index(context.catalog).search(context.open_words, among=deeds)
    return [key for key, score in hits[:1] if score >= _DETAIL_SCORE]


def in_case(context: Context, program_id: str) -> Reply | None:
    """What was told last as it is in the named cases, all else as it was, or whatever else is stated for them alone;
    None where nothing is."""
    cases = context.catalog.cases
    named = set(context.named_cases)
    moved = {cases[name].dimension for name in named}
    before = {cases[name].dimension: name for name in context.focus.cases if name in cases}
    last = [f for f in context.told if all(before.get(cases[name].dimension, name) == name for name in f.applies_to)]
    found: list[list[Fact]] = []
    for fact in last:
        kept = {name for name in fact.applies_to if cases[name].dimension not in moved}
        alike = [
            other
            for other in context.catalog.programs[fact.program].facts
            if (other.attribute, other.unit, other.measure) == (fact.attribute, fact.unit, fact.measure)
            and named | kept <= {wider for name in other.applies_to for wider in context.catalog.with_wider(name)}
        ]
        alike.sort(key=lambda other: -len(name_words(other.name) & name_words(fact.name)))  # 特利の額, no limit
        if any(other is not fact for other in alike) and fact.attribute is not Attribute.BUDGET:
            added = _added(context, program_id, [fact, alike[0]]) if asks_sum(context.question.text) else None
            if added is not None:
                return added
            found.append(alike[:2])
    nearest = {alike[0].key: alike[0] for alike in found}
    if found:
        return stated(context, program_id, list(nearest.values())[:2] if len(nearest) > 1 else found[0])
    own = [f for f in context.catalog.programs[program_id].facts if named <= set(f.applies_to)] if last else []
    return stated(context, program_id, own[:2]) if own else None


def _added(context: Context, program_id: str, facts: Sequence[Fact]) -> Reply | None:
    """The sum of what was told and what is to be added: 通常枠と合わせると?, after 別枠; None for no amounts."""
    amounts = all(fact.unit is Unit.JPY and isinstance(fact.value, int) for fact in facts)
    total = calculation.add(context, facts, among=()) if amounts else None
    if total is None:
        return None
    lead = context.phrases.say("sum", sum=total.printed, rest=state(context, program_id, facts))
    return answer(context, lead=lead, programs=(program_id,), facts=facts, computed=(total,))


def _all_facts(context: Context, program_id: str) -> list[Fact]:
    return [fact for program in context.catalog.with_parts(program_id) for fact in program.facts]


def other_than_asked(context: Context, program_id: str, facts: Sequence[Fact]) -> bool:
    """Whether the text asks by name for a figure that the programme does not state, and `facts` are of other kinds."""
    asked = set(context.named_attributes)
    return (
        bool(facts)
        and bool(asked)
        and asked <= _FIGURES
        and not asked.intersection(fact.attribute for fact in (*facts, *context.catalog.facts_about(program_id, asked)))
        and not any(near in {fact.attribute for fact in facts} for a in asked for near in _NEARBY.get(a, ()))
    )


def _instead(context: Context, program_id: str, facts: Sequence[Fact]) -> Reply:
    """That what is asked for by name is not stated, and the facts that come nearest."""
    return _not_stated(context, program_id, Selection((), tuple(facts)))


def stated(context: Context, program_id: str, facts: Sequence[Fact]) -> Reply:
    """The reply that states `facts`; a fact that decides a yes-or-no question says so first."""
    lead = state(context, program_id, facts)
    verdict = facts[0].verdict
    if verdict is not None and is_polar(context.question.text) and not is_negative(context.question.text):
        lead = context.phrases.say("yes" if verdict else "no", rest=lead)
    total = calculation.total(context, facts)
    if total is not None:
        lead = context.phrases.say("sum", sum=total.printed, rest=lead)
    return answer(context, lead=lead, programs=(program_id,), facts=facts, computed=(total,) if total else ())


def each(context: Context, program_id: str, attribute: Attribute) -> Reply | None:
    """All that the programme says of one kind, a line each: the exceptions about security of a lender; None for fewer
    than two."""
    cases = context.catalog.cases
    named = set(context.named_cases)
    dimensions = {cases[name].dimension for name in named}
    facts = [
        fact
        for fact in context.catalog.facts_about(program_id, {attribute})
        if fact.unit is Unit.TEXT
        and fact.verdict is not False
        and (fact.applies_to or fact.name)
        and all(name in named or cases[name].dimension not in dimensions for name in fact.applies_to)
    ]
    facts = [fact for fact in facts if fact.applies_to] or facts
    if len(facts) < 2:
        return None
    lines = [context.phrases.say("item", item=sentence(context, fact)) for fact in facts]
    return answer(context, lead="\n".join(lines), programs=(program_id,), facts=facts, attributes=(attribute,))


def describe(context: Context) -> Reply:
    """What a programme is, with the figures that one would name first."""
    if context.valued:
        return tell(context)
    programs = context.programs
    if not programs:
        return not_understood(context)
    defined = context.fact_spelled_out if not context.named_programs else ""
    if defined and len(programs) > 1:
        fact = context.catalog.fact(defined)
        return stated(context, fact.program, (fact,))  # 旧法とは
    several = 1 < len(programs) <= _SIDE_BY_SIDE and asks_each(context.question.text)
    told = {p: choose(context, p, (Attribute.DESCRIPTION,), most=1) for p in programs} if several else {}
    if told and all(selection.facts for selection in told.values()):
        return _side_by_side(context, told)  # ○◇◆はそれぞれ何
    programs = context.best_of(programs)
    if len(programs) > 1:
        return ask_which(context, programs, intent="ask_description")
    if context.named_attributes and context.named_attributes != (Attribute.DESCRIPTION,):
        return tell_of(context, programs[0])
    verdict = eligibility.verdict(context, programs[0]) if is_polar(context.question.text) else None
    if verdict is not None:
        return verdict
    if context.measured:
        return tell_of(context, programs[0])
    return describe_one(context, programs[0])


def describe_one(context: Context, program_id: str, *, others: Sequence[str] = ()) -> Reply:
    """What this programme is; `others` are offered as choices instead of the next questions."""
    program = context.catalog.programs[program_id]
    if asks_name(context.question.text):
        return _called(context, program)
    detail = eligibility.barring(context, program.id) or _asked_detail(context, program.id)
    if detail is not None:
        return stated(context, program.id, (detail,))  # 6年目の特許料はどうなりますか has no rate
    selection = choose(context, program.id, (Attribute.DESCRIPTION,), most=1)
    facts = list(selection.facts)
    lead = state(context, program.id, facts) if facts else ""
    cited = {fact.key for fact in with_cited(context, facts)}
    within = [fact for part in context.catalog.with_parts(program.id) for fact in part.facts if fact.key not in cited]
    headlines = [*_first_in_cases(context, program.id), *(fact for fact in within if fact.headline)][:3]
    if asks_help(context.question.text):
        given = choose(context, program.id, (Attribute.BENEFIT,), most=1).facts
        headlines = [fact for fact in given if fact.key not in cited] or headlines
    if not facts and not headlines:
        return tell_of(context, program.id)
    details = [state(context, program.id, headlines)] if headlines and facts else []
    if not facts:
        lead = state(context, program.id, headlines)
    choices = ask_which(context, (program.id, *others), intent="ask_description").choices if others else None
    return answer(
        context,
        lead=lead,
        programs=(program.id,),
        facts=(*facts, *headlines),
        details=details,
        attributes=(Attribute.DESCRIPTION,),
        choices=choices,
    )


def _first_in_cases(context: Context, program_id: str) -> tuple[Fact, ...]:
    """What the programme gives at most in the circumstances that the text names: 組合で公庫の設備資金."""
    limits = choose(context, program_id, (Attribute.LIMIT,), most=2).facts if context.named_cases else ()
    return tuple(f for f in limits if f.unit is not Unit.TEXT and set(f.applies_to) & set(context.named_cases))


def _called(context: Context, program: Program) -> Reply:
    """What the programme is called, with its budget lines: なんちゅう事業?"""
    say = context.phrases.say
    lines = [part for part in list(context.catalog.with_parts(program.id))[1:] if part.kind == "budget_line"][:2]
    names = say("and").join(say("quoted", name=one.name) for one in (program, *lines))
    facts = choose(context, program.id, (Attribute.DESCRIPTION,), most=1).facts
    details = [state(context, program.id, facts)] if facts else []
    return answer(context, lead=say("called", names=names), programs=(program.id,), facts=facts, details=details)


def spoken_of(context: Context) -> Reply | None:
    """What of the programme talked about the words of the text speak of, whatever kind of question it was taken for:
    開発するソフトの用途; None where they speak of nothing there."""
    about = (name for name in context.focus.programs if name in context.catalog.programs)
    family = {fact.key: fact for name in about for program in around(context, name) for fact in program.facts}
    hits = catalogs.facts_index(context.catalog).search(context.words, among=family)
    if not hits or hits[0][1] < _DETAIL_SCORE:
        return None
    fact = family[hits[0][0]]
    return stated(context, fact.program, (fact,))


def around(context: Context, program_id: str) -> list[Program]:
    """The programme with its parts, and the measure that it is a part of."""
    catalog = context.catalog
    outer = [above for above in catalog.lineage(program_id) if above.kind == "measure"]
    return [part for above in (catalog.programs[program_id], *outer) for part in catalog.with_parts(above.id)]


def asked_detail(context: Context) -> Reply | None:
    """The fact of the programme talked about whose words a follow-up has: 訓練費が減った年は?; None for none."""
    if (
        len(context.programs) != 1
        or not context.inherits
        or any(map(context.named, _MOVED))
        or context.named_attributes
        or context.named("fact")
    ):
        return None
    detail = _asked_detail(context, context.programs[0])
    return stated(context, context.programs[0], (detail,)) if detail else None


def _asked_detail(context: Context, program_id: str) -> Fact | None:
    """The fact that the words beside the programme's name ask for: 留保金課税 計算."""
    family = {fact.key: fact for program in context.catalog.with_parts(program_id) for fact in program.facts}
    named = [family[key] for key in context.named("fact") if key in family]
    if named:
        here = [fact for fact in named if holds_here(context, fact)]
        return next(iter(here or choose(context, program_id, (named[0].attribute,), most=1).facts), named[0])
    if not context.open_words:
        return None
    hits = catalogs.facts_index(context.catalog).search(context.open_words, among=family)
    described = max((s for key, s in hits if family[key].attribute is Attribute.DESCRIPTION), default=0.0)
    telling = hits and hits[0][1] >= max(_DETAIL_SCORE, _DETAIL_BETTER * described)
    return family[hits[0][0]] if telling else None


def procedure(context: Context) -> Reply:
    """How to apply: all steps in their order, or the one that the words of the question ask for."""
    programs = context.programs
    if len(programs) != 1:
        return tell(context)
    program = context.catalog.programs[programs[0]]
    steps = [fact for fact in program.facts if fact.attribute is Attribute.PROCEDURE and fact.unit is Unit.TEXT]
    named = choose(context, program.id, context.attributes, most=1).facts
    figure = named and named[0].unit is not Unit.TEXT and named[0].key in context.named("fact")  # 審査の料金やすなる?
    figure = figure and not asks_deed(context.question.text)  # 特許料を安くするには何を出す
    if (
        len(steps) < 2
        or figure
        or Attribute.DOCUMENTS in context.named_attributes
        or (context.inherits and named and len(context.words) > 2)
    ):
        return tell_of(context, program.id)
    numbered = [context.phrases.say("step", step=sentence(context, fact)) for fact in steps]
    lead = context.phrases.say("steps", program=program.name)
    return answer(context, lead="\n".join([lead, *numbered]), programs=(program.id,), facts=steps)


def everything(context: Context) -> Reply:
    """The whole record of one programme."""
    if len(context.programs) != 1:
        return (
            ask_which(context, context.programs, intent="full_record") if context.programs else not_understood(context)
        )
    program_id = context.programs[0]
    say = context.phrases.say
    shown: list[Fact] = []
    details: list[str] = []
    for program in context.catalog.with_parts(program_id):
        for fact in program.facts:
            shown.append(fact)
            line = (
                sentence(context, fact)
                if fact.unit is Unit.TEXT
                else say("figure", program=program.name, name=fact.name, figure=fact.printed)
            )
            if line not in details:
                details.append(line)
    lead = say("everything", program=name_of(context, program_id))
    return answer(
        context, lead=lead, programs=(program_id,), facts=shown, details=[say("item", item=line) for line in details]
    )


def _by_value(context: Context) -> Reply:
    """What an amount that the text names is: 1,811億円って何の数字."""
    facts = context.valued
    say = context.phrases.say
    lines = [state(context, fact.program, (fact,)) for fact in facts]
    lead = lines[0] if len(lines) == 1 else "\n".join(say("item", item=line) for line in lines)
    programs = tuple(dict.fromkeys(fact.program for fact in facts))
    return answer(context, lead=lead, programs=programs, facts=facts)


def of_cases(context: Context, program_id: str) -> Reply | None:
    """The first figure of a named case, where nothing else is asked: 国民のほうは, after what the loan is; None for
    none."""
    named = set(context.named_cases)
    for attribute in _FIGURES_FIRST:
        facts = choose(context, program_id, (attribute,)).facts
        facts = tuple(f for f in facts if f.unit is not Unit.TEXT and named & set(f.applies_to))
        if facts and not context.named_attributes:
            return stated(context, program_id, facts)
    return None


def parts_in_case(context: Context, program_id: str, cases: Sequence[str]) -> Reply | None:
    """The first figure of each part of the programme for which one of `cases` is stated; None for fewer than two."""
    found: dict[str, tuple[Fact, ...]] = {}
    for part in context.catalog.parts_of(program_id):
        held = [f for f in context.catalog.programs[part].facts if set(cases) & set(f.applies_to)]
        figures = [f for f in held if f.unit is not Unit.TEXT and f.attribute in _FIGURES_FIRST]
        special = {f.key: sum(not context.catalog.cases[name].default for name in f.applies_to) for f in figures}
        if figures:  # the one in the fewest circumstances beside: no 組合の別枠
            found[part] = (min(figures, key=lambda f: (special[f.key], _FIGURES_FIRST.index(f.attribute))),)
    if len(found) < 2:
        return None
    lines = [context.phrases.say("item", item=state(context, part, facts)) for part, facts in found.items()]
    shown = tuple(fact for facts in found.values() for fact in facts)
    return answer(context, lead="\n".join(lines), programs=(program_id,), facts=shown)


def of_year(context: Context) -> Reply | None:
    """The figure told last for the year that the text moves it to, where years stand in the figures' names: 21年度は?
    after the number of centres; None where budgets were talked about."""
    told = context.told[-1:]
    periods = {name: fiscal_years(term.name)[:1] for name, term in context.catalog.terms["periods"].items()}
    whole = {year[0]: name for name, year in reversed(periods.items()) if year}  # no supplementary budget of the year
    years = [fiscal_year_name(year) for year, name in whole.items() if name in context.named("period")]
    if not told or told[0].attribute is Attribute.BUDGET or told[0].unit is Unit.TEXT or context.named_attributes:
        return None
    alike = [f for f in context.catalog.programs[told[0].program].facts if f.attribute is told[0].attribute]
    found = [fact for fact in alike if any(year in fact.name for year in years)]
    return stated(context, told[0].program, found[:1]) if found and context.inherits else None


def of_other_year(context: Context, program_id: str) -> Reply:
    """That the documents say nothing for the year that the text names, and what they say: 23年度もその利率?"""
    program = context.catalog.programs[program_id]
    year = fiscal_year_name(context.unknown_years[0])
    known = choose(context, program.id, context.attributes, most=2).facts
    return silent(context, program, what=year, known=known)


def unstated(context: Context) -> Reply:
    """That the documents are known not to say it: opening hours, other prefectures; and whom to ask."""
    catalog = context.catalog
    what = context.phrases.say("and").join(catalog.terms["unstated"][name].name for name in context.named("unstated"))
    if context.programs and not context.only_found_by_words:
        return silent(context, catalog.programs[context.programs[0]], what=what)
    return unstated_here(context, what)


def _side_by_side(context: Context, selections: dict[str, Selection]) -> Reply:
    """One sentence a programme, and the question which of them is meant."""
    say = context.phrases.say
    sentences = [state(context, program, selection.facts) for program, selection in selections.items()]
    programs = tuple(selections)
    facts = tuple(fact for selection in selections.values() for fact in selection.facts)
    lead = "\n".join(say("item", item=line) for line in sentences)
    return answer(context, lead=lead, programs=programs, facts=facts, choices=ask_which(context, programs).choices)


def _claimed(context: Context) -> Reply:
    """What the amounts are that the text gives for several programmes: 省エネの20億に新エネの300億は入ってる?"""
    say = context.phrases.say
    facts = context.claimed
    lines = [say("item", item=state(context, fact.program, (fact,))) for fact in facts]
    programs = tuple(dict.fromkeys(fact.program for fact in facts))
    return answer(context, lead="\n".join(lines), programs=programs, facts=facts)


def _all_computed(context: Context, replies: Sequence[Reply]) -> Reply:
    """What several programmes come to for one amount; said once where it is the same for all."""
    first = replies[0]
    if len({reply.lead for reply in replies}) == 1:
        programs = tuple(program for reply in replies for program in reply.focus.programs)
        return replace(first, origin=origin(context, programs), focus=replace(first.focus, programs=programs))
    say = context.phrases.say
    lines = [
        say("item", item=say("for_program", program=name_of(context, reply.focus.programs[0]), rest=reply.lead))
        for reply in replies
    ]
    programs = tuple(program for reply in replies for program in reply.focus.programs)
    return answer(
        context,
        lead="\n".join(lines),
        programs=programs,
        facts=tuple(fact for reply in replies for fact in reply.facts),
        computed=tuple(figure for reply in replies for figure in reply.computed),
    )


def _not_stated(context: Context, program_id: str, selection: Selection) -> Reply:
    """That the documents do not state it: for the named case, or at all."""
    catalog = context.catalog
    labels = catalog.terms["attributes"]
    wanted = [a for a in (context.named_attributes or ASKED_BY_INTENT.get(context.intent, ())) if a.value in labels]
    what = labels[wanted[0].value].name if wanted else context.phrases.say("that")
    used = {catalog.cases[name].dimension for fact in selection.excluded for name in fact.applies_to}
    cases = [catalog.cases[name].name for name in context.cases if catalog.cases[name].dimension in used]
    if cases:
        what = context.phrases.say("of", whole=context.phrases.say("and").join(cases), part=what)
    return silent(context, catalog.programs[program_id], what=what, known=selection.excluded)
