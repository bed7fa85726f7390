"""What is asked of the one programme that the text names."""

from __future__ import annotations

from madoguchi.answers import budget, contacts, eligibility, listing, lookup
from madoguchi.answers.context import Context
from madoguchi.answers.reply import Reply
from madoguchi.answers.rules.doubt import ASIDE, DESCRIBED, MAY_ASK, NOT_BUDGET, SURE_MOVE
from madoguchi.answers.selection import by_name, choose
from madoguchi.catalog.model import Attribute, Fact
from madoguchi.japanese.questions import (
    asks_change,
    asks_deed,
    asks_everything,
    asks_listing,
    asks_plan,
    asks_size,
    asks_sum,
    asks_what,
    is_polar,
    says_both,
    says_one_of_both,
)

_ASIDE_OF_LIST = 3  # content words beside a name and a kind, up to which a text asks to list: 国がやる事業ならべて
_PLAIN = ("ask_budget", "ask_contact", "ask_list", "nlu_fallback", *MAY_ASK)  # no comparison, procedure or refusal


def of_one(context: Context) -> Reply | None:
    """What is asked of the one programme that the text names."""
    programs, text, intent = context.programs, context.question.text, context.question.intent
    if not context.named_programs or len(programs) != 1:
        return None
    dear = Attribute.BUDGET in context.named_attributes
    wide = context.catalog.programs[programs[0]].kind in ("area", "pillar")
    lines = wide and "budget_line" in context.named("kind") and not asks_what(text)
    if lines and dear and listing.has_parts_of_kind(context, programs[0]):
        return listing.tell(context)  # 海外市場開拓支援 予算のつく事業
    if lines and not dear and listing.has_parts_of_year(context, programs[0]):
        return listing.tell(context)  # 海外市場開拓支援 二次補正がある事業
    if dear and intent in NOT_BUDGET:
        return budget.tell(context)
    if _asks_growth(context):
        return budget.tell(context)
    worked_out = any(quantity.kind == "yen" for quantity in context.quantities) and asks_size(text)
    if context.measured or worked_out or asks_change(text) or asks_sum(text) or context.named("mean"):
        return None
    if asks_everything(text):
        kinds = any({"program", "kind"} <= {target.kind for target in m.targets} for m in context.mentions)
        kinds = kinds or (wide and "budget_line" in context.named("kind"))  # 海外展開の国の事業を全部
        return listing.tell(context) if kinds else lookup.everything(context)  # 減税をぜんぶ教えて
    if wide and asks_listing(text) and asks_deed(text) and not dear:
        return listing.tell(context)  # 人材の育成で21年度にやること、並べて
    done = lookup.done_in(context, programs[0]) if asks_plan(text) and context.named("period") and not dear else None
    if done is not None:
        return done  # JETROが二次補正でやる予定のこと、何と何
    in_case = _only_in_case(context, programs[0])
    if in_case is not None:
        return in_case
    if context.only_the_name and intent not in ("follow_up", "ask_contact", "ask_procedure"):
        return lookup.describe_one(context, programs[0])
    aside = _ASIDE_OF_LIST if asks_listing(text) and context.named("kind") else ASIDE
    if listing.has_parts_of_kind(context, programs[0]) and len(context.open_words) <= aside:
        return listing.tell(context)  # 第2の柱 分野
    if context.asks_budget_year and not (context.named_tags and is_polar(text)):
        return lookup.done_in(context, programs[0]) or budget.tell(context)
    return _both_of_one(context, programs[0]) or _detail_of_one(context, programs[0])


def _only_in_case(context: Context, program_id: str) -> Reply | None:
    """What is stated for the circumstance out of the ordinary, or the several, that are all beside a programme's name:
    設備投資減税 旧法, …減税 リース."""
    special = {name for name in context.named_cases if not context.catalog.cases[name].default}
    if not special and len(context.named_cases) > 1:
        special = set(context.named_cases)  # 新事業開拓保証 個社 引上げ後
    other = context.named_attributes or context.named("period") or context.open_words
    described = context.question.intent in DESCRIBED or context.question.confidence < SURE_MOVE
    described = described or (context.question.intent == "follow_up" and not context.focus.intent)  # nothing to follow
    if not special or other or is_polar(context.question.text) or not described:
        return None
    barred = eligibility.barring(context, program_id)
    facts = (barred,) if barred else choose(context, program_id, tuple(Attribute), most=2).facts
    return lookup.stated(context, program_id, facts) if facts and special & set(facts[0].applies_to) else None


def _asks_growth(context: Context) -> bool:
    """Whether a text asks if the budget of what it names grew, taken for another kind of question: …事業 増額された?"""
    plain = not (context.named_attributes or context.named_cases or context.named("fact") or context.measured)
    asked = asks_change(context.question.text) and plain and len(context.open_words) <= ASIDE
    guessed = context.question.intent in ("ask_status", *NOT_BUDGET)
    periods = {f.period for f in context.catalog.facts_about(context.programs[0], {Attribute.BUDGET})}
    return asked and guessed and len(periods) > 1


def _named_in(context: Context, program_id: str) -> list[set[str]]:
    """For each place in the text that names facts of the programme or its parts, whose facts it names."""
    inside = {part.id for part in context.catalog.with_parts(program_id)}
    owners = [{t.id.partition(".")[0] for t in m.targets if t.kind == "fact"} for m in context.mentions]
    return [own for own in owners if own & inside]


def _both_of_one(context: Context, program_id: str) -> Reply | None:
    """Whether two facts that the text names go together: 税額控除と特別償却はどっちもいける?"""
    named = _named_in(context, program_id)
    together = [f for f in context.catalog.facts_about(program_id, {Attribute.COMBINATION}) if f.verdict is not None]
    text = context.question.text
    asked = len(named) > 1 and (says_one_of_both(text) or (says_both(text) and is_polar(text)))
    return lookup.stated(context, program_id, together[:1]) if asked and together else None


def _detail_of_one(context: Context, program_id: str) -> Reply | None:
    """The fact, or the kind of figure, that the text asks for by its name."""
    several = len(context.named_attributes) > 1
    fact = None if is_polar(context.question.text) or several else by_name(context, program_id)
    pair = len(_named_in(context, program_id)) > 1
    stated = {context.catalog.fact(key).attribute for key in context.named("fact")} & set(context.named_attributes)
    if fact is not None and fact.attribute not in context.named_attributes:
        beside = fact.applies_to and _stated_alike(context, fact)  # 本人保証免除 金利
        fact = None if (stated and pair) or beside else fact  # 無担保特例と担保不足特例 限度
    dear = Attribute.BUDGET in context.named_attributes
    if fact is not None and dear and fact.attribute is not Attribute.BUDGET:
        return budget.tell(context)  # 通販サイトを訳すソフトの予算額
    offices = context.question.intent == "ask_contact" and context.catalog.programs[program_id].contacts
    if fact is not None and fact.attribute is Attribute.PROVIDER and offices:
        return contacts.tell(context)  # 応援センターはどこどこにあるか、全部
    if fact is not None and not lookup.other_than_asked(context, program_id, (fact,)):
        return lookup.stated(context, program_id, (fact,))
    listed = context.question.intent == "ask_list" and (context.named_tags or context.named("kind"))
    plain = context.question.intent in _PLAIN and not listed and not dear
    return lookup.tell_of(context, program_id) if context.named_attributes and plain else None


def _stated_alike(context: Context, fact: Fact) -> bool:
    """Whether what the text asks for by its kind is stated for just the cases of `fact`."""
    asked = context.catalog.facts_about(fact.program, set(context.named_attributes))
    return any(set(other.applies_to) == set(fact.applies_to) for other in asked)
