"""Comparisons: of programmes, of cases of one programme, of years."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from madoguchi.answers import budget, calculation, lookup
from madoguchi.answers.context import Context
from madoguchi.answers.conversation import not_understood
from madoguchi.answers.reply import Reply
from madoguchi.answers.selection import choose
from madoguchi.answers.sentences import answer, state
from madoguchi.catalog.model import Attribute, Contact, Fact
from madoguchi.catalog.names import Target
from madoguchi.japanese.questions import asks_if_alike, asks_size, asks_sum, asks_total

# What one compares when nothing is named, in this order
_COMPARED = (Attribute.SHARE, Attribute.LIMIT, Attribute.RATE, Attribute.TERM, Attribute.DESCRIPTION)
_MOST = 3


def compare(context: Context) -> Reply:
    """What is asked for, of each programme named; of one programme its years or its cases."""
    context = _with_bodies(context)
    programs = _programs(context)
    if not programs or (context.only_found_by_words and not context.mentions):
        return not_understood(context)  # 日本でいちばん高い山
    if len(programs) == 1:
        return _within(context, programs[0])
    sizes = (Attribute.BUDGET,) if _compares_budgets(context, programs) else ()
    if sizes:  # a measure's amounts are those of its line
        programs = tuple(dict.fromkeys(budget.with_budget(context, program) or program for program in programs))
    for attributes in (context.named_attributes, sizes, *((a,) for a in _COMPARED)):
        facts = {p: choose(context, p, attributes, most=2).facts for p in programs[:_MOST]} if attributes else {}
        if facts and all(facts.values()):
            lines = [context.phrases.say("item", item=state(context, p, chosen)) for p, chosen in facts.items()]
            shown = tuple(fact for chosen in facts.values() for fact in chosen)
            total = calculation.total(context, shown)
            lines[:0] = [context.phrases.say("sum", sum=total.printed, rest="")] if total else []
            reply = answer(context, lead="\n".join(lines), programs=tuple(facts), facts=shown, attributes=attributes)
            return replace(reply, computed=(total,) if total else ())
    return lookup.tell(context)


def _programs(context: Context) -> tuple[str, ...]:
    """The programmes compared: those named, with the one talked about where only another is named."""
    named = tuple(group[0] for group in context.named_programs)
    if len(named) == 1 and (context.named("organization") or context.named("contact")):
        return tuple(dict.fromkeys((*named, *context.of_organizations())))
    if (
        len(named) == 1
        and not context.named("period")
        and context.focus.programs
        and named[0] not in context.focus.programs
    ):
        return (*context.focus.programs[:1], *named)
    whole = asks_total(context.question.text) or not context.tells_subject
    if not named and context.named("period") and whole and not context.inherits:
        return context.catalog.roots
    return tuple(dict.fromkeys(named)) or context.programs


def _with_bodies(context: Context) -> Context:
    """The context in which an organisation stands for the cases that its offices are for: 公庫と商工中金."""
    own = context.catalog.contacts_of_organization

    def contacts(organization: str) -> Iterable[Contact]:
        """The organisation's offices; none where the text names a case of theirs itself: 公庫中小."""
        offices = tuple(own(organization))
        return () if any(set(c.applies_to) & set(context.named("case")) for c in offices) else offices

    mentions = tuple(
        replace(
            mention,
            targets=tuple(
                dict.fromkeys(
                    (
                        *mention.targets,
                        *(
                            Target("case", case)
                            for target in mention.targets
                            if target.kind == "organization"
                            for contact in contacts(target.id)
                            for case in contact.applies_to
                        ),
                    )
                )
            ),
        )
        for mention in context.question.mentions
    )
    if sum(target.kind == "case" for mention in mentions for target in mention.targets) < 2:
        return context
    return replace(context, question=replace(context.question, mentions=mentions))


def _each_case(context: Context, program_id: str) -> list[tuple[Fact, ...]]:
    """What is asked for, in turn for each of several named cases of one dimension: 公庫 and 商工中金."""
    cases = context.catalog.cases
    dimensions = [cases[name].dimension for name in context.named_cases]
    rivals = [name for name in context.named_cases if dimensions.count(cases[name].dimension) > 1]
    wanted = context.named_attributes or ((Attribute.LIMIT,) if asks_size(context.question.text) else _COMPARED)
    apart = [wanted] if context.named_attributes else [(attribute,) for attribute in wanted]
    return max((_of_each(context, program_id, rivals, asked) for asked in apart), key=len)


def _of_each(
    context: Context, program_id: str, rivals: list[str], wanted: tuple[Attribute, ...]
) -> list[tuple[Fact, ...]]:
    """The fact that answers for each of the cases alone, as if none of its rivals were named; without those for which
    nothing is stated."""
    found = []
    for name in rivals:
        others = {other for other in rivals if other != name}
        mentions = tuple(
            replace(m, targets=tuple(t for t in m.targets if t.kind != "case" or t.id not in others))
            for m in context.question.mentions
        )
        alone = replace(context, question=replace(context.question, mentions=mentions))
        facts = choose(alone, program_id, wanted, most=1).facts
        if facts and any(name in fact.applies_to for fact in facts):
            found.append(facts)
    return found


def sides(context: Context) -> bool:
    """Whether the text names several lenders for which what is asked is stated apart."""
    with_bodies = _with_bodies(context)
    programs = with_bodies.programs
    return len(programs) == 1 and len(_each_case(with_bodies, programs[0])) > 1


def _compares_budgets(context: Context, programs: tuple[str, ...]) -> bool:
    """Whether the question is which of several lines has more: none of them says what one can get."""
    if set(context.named_attributes) - {Attribute.BUDGET}:
        return False
    lines = all(budget.with_budget(context, p) and not budget.gives(context, p) for p in programs)
    return lines and bool(asks_size(context.question.text) or context.named("period"))


def _within(context: Context, program_id: str) -> Reply:
    each = [] if asks_sum(context.question.text) else _each_case(context, program_id)
    if len(each) > 1:
        lines = [context.phrases.say("item", item=state(context, program_id, facts)) for facts in each]
        shown = tuple(dict.fromkeys(fact for facts in each for fact in facts))
        return answer(context, lead="\n".join(lines), programs=(program_id,), facts=shown)
    if context.named_attributes in ((), (Attribute.BUDGET,)) or context.named("period"):
        changed = budget.change(context, program_id)
        if changed is not None:
            return changed
    if asks_if_alike(context.question.text):  # はい would say that one is eligible, not that both are alike
        return lookup.figures_of(context, program_id, context.named_attributes or _COMPARED)
    return lookup.tell_of(context, program_id)
