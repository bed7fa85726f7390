"""What a reply leaves unanswered: said before all else, so that no other figure is taken for the one asked for."""

from __future__ import annotations

from dataclasses import replace

from madoguchi.answers.context import Context
from madoguchi.answers.reply import Outcome, Reply
from madoguchi.catalog.lexicon import HEADINGS
from madoguchi.catalog.model import Attribute, Fact, Unit
from madoguchi.japanese.around import ends_question, is_joint
from madoguchi.japanese.compounds import Compound, compounds, is_telling
from madoguchi.japanese.questions import is_term
from madoguchi.japanese.values import (
    COUNTS,
    Asked,
    Kind,
    asked_value,
    asks_for_one,
    begins_unstated,
    counted_in,
    holds,
    says_unstated,
)

# What figure a question asks for where it names it beside the question word: 基準金利は何%
_FIGURES = (
    Attribute.RATE,
    Attribute.SURCHARGE,
    Attribute.FEE,
    Attribute.SHARE,
    Attribute.LIMIT,
    Attribute.FLOOR,
    Attribute.TERM,
    Attribute.GRACE,
)
_TIMES = (Kind.DATE, Kind.DEADLINE)
_OF_FIGURES = (Kind.PERCENT, Kind.YEN, Kind.AMOUNT, Kind.YEARS, Kind.NUMBER)


def said_first(context: Context, reply: Reply) -> Reply:
    """The reply; where it does not hold the kind of value that the question asks for, with the words first that the
    documents do not state it."""
    if reply.outcome is Outcome.ANSWERED and _only_lacks(context, reply):
        return replace(reply, outcome=Outcome.SILENT)
    asked = asked_value(context.question.text)
    told = reply.facts or reply.programs or (reply.origin and not context.named("mean"))
    if asked is None or reply.outcome is not Outcome.ANSWERED or not told or reply.computed:
        return reply
    text = "".join((reply.lead, *reply.details))
    here = _here(context, asked)
    of_all = _is_of_all(context, reply, asked) or _is_of_others(context, reply, asked)
    if holds(text, asked.kind) and here in text and not of_all:
        return reply
    if says_unstated("".join((text, *reply.notes))):
        return replace(reply, outcome=Outcome.SILENT)
    several = len(reply.focus.programs) > 1
    if not here and not of_all and (several or _is_stated(context, reply, asked)):
        return reply
    say = context.phrases.say
    what = say("asked_for_one") if _is_of_all(context, reply, asked) else _thing(context, asked)
    what = say("of", whole=here, part=what) if here and here not in what else what
    lead = say("silent", program=reply.programs[0].name, what=what) if reply.programs else say("unstated", what=what)
    known = (say("silent_known", known=reply.lead),) if reply.facts else (reply.lead,)
    return replace(reply, outcome=Outcome.SILENT, lead=lead, details=(*known, *reply.details))


def _only_lacks(context: Context, reply: Reply) -> bool:
    """Whether all that a reply says of what is asked for is that the documents do not state it."""
    text = context.question.text
    if len(reply.focus.programs) > 1 or not reply.facts:
        return _lacks_address(context, reply)
    said = [(m, t.id) for m in context.mentions for t in m.targets if t.kind == "attribute" and t.id in _FIGURES]
    asked = {name for mention, name in said if ends_question(text[mention.end :]) and mention.end - mention.start > 1}
    if reply.facts[0].attribute in asked and says_unstated(reply.lead):
        return True
    figures = any(fact.unit is not Unit.TEXT for fact in reply.facts)
    return begins_unstated(reply.lead) and (not figures or asks_for_one(text))


def _lacks_address(context: Context, reply: Reply) -> bool:
    """Whether none of the offices told has the mail or web address that is asked for."""
    wanted = set(context.named("mean")) & {"mail", "web"}
    lacking = [not c.mail and ("web" not in wanted or not c.web) for c in reply.contacts]  # アドレス may mean both
    return bool(wanted) and bool(lacking) and all(lacking)


def _here(context: Context, asked: Asked) -> str:
    """The place to which the question limits a number of people or firms: 県内で何社; "" for none."""
    if asked.kind not in COUNTS:
        return ""
    named = [mention for mention in context.mentions if any(t.kind == "program" for t in mention.targets)]
    places = [word.surface for word in context.outside(named) if word.is_place and word.end <= asked.start]
    return counted_in(context.question.text) or next(iter(places), "")


def _is_of_all(context: Context, reply: Reply, asked: Asked) -> bool:
    """Whether the reply tells a budget where the question asks for what one firm gets of it: 1件あたり何円."""
    budgets = bool(reply.facts) and all(fact.attribute is Attribute.BUDGET for fact in reply.facts)
    money = asked.kind in (Kind.YEN, Kind.AMOUNT) and Attribute.BUDGET not in context.named_attributes
    return budgets and money and asks_for_one(context.question.text)


def _is_of_others(context: Context, reply: Reply, asked: Asked) -> bool:
    """Whether all dates that the reply tells are of a case that nobody spoke of: 旧法での承認, asked until when one can
    apply."""
    cases = context.catalog.cases
    special = [[name for name in fact.applies_to if not cases[name].default] for fact in reply.facts]
    strange = [bool(names) and not set(names) & set(context.cases) for names in special]
    return asked.kind in _TIMES and bool(strange) and all(strange)


def _is_stated(context: Context, reply: Reply, asked: Asked) -> bool:
    """Whether the programmes that the reply is about state figures of the kind that the question asks for."""
    if asked.kind is Kind.NAMES:
        return False
    figures = [a for a in _FIGURES if a in context.named_attributes][:1]
    of_case = any(set(fact.applies_to) & set(context.cases) for fact in reply.facts)  # リースは取得とみなされ
    if asked.kind in _TIMES:
        figures = [Attribute.SCHEDULE, Attribute.STATUS, Attribute.TERM]
    return any(
        holds(fact.printed, asked.kind)
        and (fact.attribute in figures or not figures)
        and (of_case or _fits(context, fact))
        for fact in _around(context, reply)
    )


def _fits(context: Context, fact: Fact) -> bool:
    """Whether a fact holds in the cases of the question: not what another lender adds to the rate."""
    catalog = context.catalog
    taken = {catalog.cases[name].dimension for name in context.cases}
    kin = {wider for name in context.cases for wider in catalog.with_wider(name)}
    rivals = [name for name in fact.applies_to if catalog.cases[name].dimension in taken]
    return all(name in kin or set(catalog.with_wider(name)) & set(context.cases) for name in rivals)


def _around(context: Context, reply: Reply) -> list[Fact]:
    """The facts of the programmes that a reply is about, of their parts and of what they are parts of."""
    catalog = context.catalog
    outer = [above for p in reply.programs for above in catalog.lineage(p.id) if above.kind not in HEADINGS]
    wholes = dict.fromkeys([*(p.id for p in reply.programs), *(above.id for above in outer)])
    return [fact for whole in wholes for part in catalog.with_parts(whole) for fact in part.facts]


def _thing(context: Context, asked: Asked) -> str:
    """What is asked for, in words: 人数, 利率, 弁護士の人数."""
    say = context.phrases.say
    text = context.question.text
    figure = next((a for a in _FIGURES if a in context.named_attributes), None)
    if figure is not None and asked.kind in _OF_FIGURES:
        said = [text[m.start : m.end] for m in context.mentions if any(t.id == figure.value for t in m.targets)]
        term = context.catalog.terms["attributes"][figure.value].name
        own = next((word for word in said if is_term(word)), term)
        return own if figure in (Attribute.FEE, Attribute.SHARE) else term  # 手数料 is no 保証料
    part = say(f"asked_{asked.kind.value}")
    before = [compound for compound in compounds(text) if compound.end <= asked.start]
    thing = before[-1] if before else None
    if thing is not None and is_joint(text[thing.end : asked.start]) and _is_thing(context, thing, asked):
        return say("of", whole=thing.surface, part=part)
    return part


def _is_thing(context: Context, compound: Compound, asked: Asked) -> bool:
    """Whether a compound before the question word is what it counts: no name of a programme, and not 全部 or 毎年."""
    last = compound.words[-1]
    named = [(m.start, m.end) for m in context.mentions if any(t.kind == "program" for t in m.targets)]
    inside = any(start < compound.end and compound.start < end for start, end in named)
    return is_telling(last) and not last.is_adverbial and not inside and not (last.is_place and asked.kind is Kind.TOWN)
