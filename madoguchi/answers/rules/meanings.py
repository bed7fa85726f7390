"""What something is or is called, who helps, what there is for a need, and what the documents do not say."""

from __future__ import annotations

from madoguchi import catalog as catalogs
from madoguchi.answers import conversation, documents, eligibility, listing, lookup, scope
from madoguchi.answers.context import Context
from madoguchi.answers.kinds import by_words
from madoguchi.answers.question import LIKELY
from madoguchi.answers.reply import Reply
from madoguchi.answers.rules.doubt import LOOKED_UP, SOCIAL, SURE_MOVE
from madoguchi.answers.sentences import silent
from madoguchi.catalog.lexicon import HELP
from madoguchi.catalog.model import Attribute, Unit
from madoguchi.japanese.people import (
    asks_charge_made,
    asks_help,
    asks_person,
    asks_place_of_deed,
    asks_where,
    is_free,
    is_of_people,
)
from madoguchi.japanese.questions import (
    asked_thing,
    asks_deed,
    asks_listing,
    asks_menu,
    asks_name,
    asks_size,
    asks_which,
    is_name_and_mark,
    is_polar,
)

_LISTS = ("ask_list", "ask_budget", "ask_status", "ask_comparison", "out_of_scope")  # kinds that deal with marks
# What the story may name that asks what something is called: 農家と一緒に新商品をつくる制度の名前
_IN_A_STORY = {Attribute.COMBINATION, Attribute.PROVIDER, Attribute.ELIGIBILITY, Attribute.DESCRIPTION}
# Kinds of question that a description of the programme does not answer
_OF_FIGURES = ("ask_rate", "ask_amount", "ask_term", "ask_schedule", "ask_budget", "ask_comparison", "ask_source")


def together(context: Context) -> Reply | None:
    """That nothing is said of using two kinds of help at once: 補助金と減税は一緒に使える?"""
    offered = catalogs.lexicon(context.catalog).offered_kinds
    kinds = [kind for kind in context.named("kind") if kind in offered]
    asked = Attribute.COMBINATION in context.named_attributes and is_polar(context.question.text)
    if not asked or len(kinds) < 2:
        return None
    say, terms = context.phrases.say, context.catalog.terms
    both = say("and").join(terms["kinds"][kind].name for kind in kinds)
    what = say("of", whole=both, part=terms["attributes"][Attribute.COMBINATION.value].name)
    return conversation.unstated_here(context, what)


def unstated(context: Context) -> Reply | None:
    """What the documents are known not to say: 土日は?, 採択率; but not what a fact of the programme says: 誰が来る."""
    if _says_it(context):
        return None
    office = context.named("contact") or context.named("organization")
    asks = office or context.surely_named_programs or context.question.intent not in SOCIAL
    if not context.named("unstated") or not asks:
        return None
    talked = office or context.named_programs or context.focus.programs or context.focus.contacts
    guessed = context.question.intent == "out_of_scope" or context.question.confidence < LOOKED_UP
    outside = guessed and not talked
    return conversation.decline(context) if outside else lookup.unstated(context)


def _says_it(context: Context) -> bool:
    """Whether a word for what documents do not say is one for a fact of the programmes talked about."""
    vague = [m for m in context.mentions if any(target.kind == "unstated" for target in m.targets)]
    stated = {t.id.partition(".")[0] for m in vague for t in m.targets if t.kind in ("fact", "program")}
    named = [name for group in context.named_programs for name in group] or context.focus.programs
    known = [name for name in named if name in context.catalog.programs]
    talked = {p.id for name in known for p in (*context.catalog.with_parts(name), *context.catalog.lineage(name))}
    spelled = context.fact_spelled_out.partition(".")[0]  # 悪質な違反 企業名でる?
    if spelled in talked and is_polar(context.question.text):
        return True
    return all(len(m.targets) > 1 for m in vague) and bool(stated & talked)


def grounds(context: Context) -> Reply | None:
    """ほんまか?根拠は?, of a programme whose law is not stated: the place in the document."""
    asked = context.named_attributes == (Attribute.BASIS,) and context.inherits and context.programs
    stated = asked and context.catalog.facts_about(context.programs[0], {Attribute.BASIS})
    return documents.tell(context) if asked and not stated else None


def meaning_of_case(context: Context) -> Reply | None:
    """What the one programme is whose case the text asks the meaning of: 保証協会の別枠って何のこと."""
    guessed = context.question.confidence < SURE_MOVE and context.question.intent.startswith("ask_")
    asked = guessed and asked_thing(context.question.text) == "meaning" and not context.named_attributes
    named = asked and context.named_cases and len(context.programs) == 1
    return lookup.describe_one(context, context.programs[0]) if named else None


def meaning_of_fact(context: Context) -> Reply | None:
    """What a fact's name means: 冊子でいう旧法とは."""
    meaning = asked_thing(context.question.text) == "meaning" and context.question.intent == "ask_source"
    return lookup.describe(context) if meaning and context.fact_spelled_out and not context.named_programs else None


def which_with_mark(context: Context) -> Reply | None:
    """What bears a mark: 再掲になってるのはどれ, 内数ってなに."""
    asked = asks_which(context.question.text) and context.question.intent not in _LISTS
    asked = asked or asked_thing(context.question.text) == "meaning"
    return listing.tell(context) if context.named_tags and asked and not context.named_programs else None


def name_asked(context: Context) -> Reply | None:
    """What is called as the text describes it: …をデータベースにまとめるシステム、正式名称は?"""
    plain = set(context.named_attributes) <= _IN_A_STORY and not context.focus.programs
    asked = asks_name(context.question.text) and plain
    if not asked or context.named("mean") or context.named("period") or asks_listing(context.question.text):
        return None
    named = [p for group in context.named_programs for p in group]
    around = dict.fromkeys(above for p in named for above in context.catalog.lineage(p))
    of_kind = tuple(program.id for program in around if program.kind in context.named("kind"))
    found = context.called_by_description() or (of_kind if len(of_kind) == 1 < len(around) else ())
    return lookup.describe_one(context, found[0], others=found[1:]) if found else None


def described(context: Context) -> Reply | None:
    """What a text describes without naming it: 元請けに値切られたとき話を聞いてくれる国の窓口."""
    question = context.question
    if not context.described or question.intent in SOCIAL or context.named("period"):
        return None
    counter = asks_where(question.text) and not context.catalog.programs[context.described].contacts
    if context.named("mean") and not counter:  # 親会社に値切られる、相談先はどこ
        return None
    outside = question.intent == "out_of_scope" or scope.unknown(context) is not None
    found = context.surely_described if outside else context.described
    if not found:
        return None
    if question.intent == "ask_list" and context.named("need") and question.confidence >= LOOKED_UP:
        return None  # 調査や販路開拓をしたい会社に出せる制度
    figure = context.named_attributes or context.measured or asks_size(question.text)
    if figure or asks_listing(question.text) or question.intent in _OF_FIGURES:
        return by_words(context) if outside and figure else None
    office = question.intent == "ask_contact" and context.catalog.programs[found].contacts
    ruled = question.intent in ("ask_eligibility", "ask_procedure")
    return None if office or ruled else lookup.describe_one(context, found)


def marked(context: Context) -> Reply | None:
    """Whether the one talked about bears a mark: 新規の事業?"""
    programs = context.focus.programs if context.inherits else context.programs
    kinds = [{target.kind for target in mention.targets} for mention in context.mentions]
    asked = context.named_tags and is_name_and_mark(context.question.text)
    only_marks = all(found == {"tag"} for found in kinds if "tag" in found)  # no word is mark and period at once
    named = context.inherits or (context.named_programs and only_marks)
    return eligibility.by_tag(context, programs[0]) if asked and named and len(programs) == 1 else None


def need(context: Context) -> Reply | None:
    """What there is for a need: 資金の流れ(キャッシュフロー)よくする策."""
    if not context.named("need"):
        return None
    more = context.named_programs or context.named_cases or context.named_attributes or context.focus.programs
    guessed = context.question.confidence < SURE_MOVE and not more
    return listing.of_need(context) if guessed or asks_menu(context.question.text) else None


def person(context: Context) -> Reply | None:
    """The people who help: 派遣するのは誰, 専門家てどういう人."""
    if not asks_person(context.question.text) or any(map(context.named, ("mean", "period", "document"))):
        return None
    for program in context.programs if len(context.programs) == 1 else context.searched()[:1]:
        above = context.catalog.lineage(program)  # after a budget line, whose measure tells it
        facts = [f for p in above for f in p.facts if f.name and is_of_people(f.name)]
        if facts:
            return lookup.stated(context, facts[0].program, facts[:1])
    return None


def rule_of_last(context: Context) -> Reply | None:
    """The rule that the text names, of what was talked about, where a list was a guess: 計画の事業にしか使えへんの?"""
    asked = context.question.intent == "ask_list" and is_polar(context.question.text) and not context.named_programs
    if not asked or not context.fact_spelled_out:
        return None
    rule = context.catalog.fact(context.fact_spelled_out)
    talked = {p for choice in context.focus.choices for p in choice.programs}.union(context.focus.programs)
    ruled = rule.verdict is not None and rule.program in talked
    return lookup.stated(context, rule.program, (rule,)) if ruled else None


def shared_verdict(context: Context) -> Reply | None:
    """The verdict that all programmes state of what the text names, where it names none of them: 審査なしで融資OK?"""
    if context.named_programs or not is_polar(context.question.text):
        return None
    for mention in context.mentions:
        named = [context.catalog.fact(target.id) for target in mention.targets if target.kind == "fact"]
        if (
            len(named) == len(mention.targets) > 1
            and len({f.verdict for f in named}) == 1
            and named[0].verdict is not None
        ):
            of_kind = [f for f in named if context.catalog.programs[f.program].kind in context.named("kind")]
            return lookup.stated(context, (of_kind or named)[0].program, (of_kind or named)[:1])
    return None


def place_of_deed(context: Context) -> Reply | None:
    """Where that is done which was talked about, or where those are who do it: どこで育てる, どこにいてるの."""
    other = context.named_attributes or any(map(context.named, ("mean", "organization", "contact", "place")))
    if not asks_place_of_deed(context.question.text) or other or not context.inherits or len(context.programs) != 1:
        return None
    by_whom = context.catalog.facts_about(context.programs[0], {Attribute.PROVIDER})
    told = [fact for fact in by_whom if fact.unit is Unit.TEXT and not fact.applies_to]
    return lookup.spoken_of(context) or (
        lookup.stated(context, context.programs[0], told[:1])
        if told
        else lookup.describe_one(context, context.programs[0])
    )


def charge(context: Context) -> Reply | None:
    """What the one programme says of what its use costs, or that it says nothing: コーディネーターは有料ですか."""
    costs = {Attribute.FEE, Attribute.BUDGET}  # 費用いる?
    other = (
        set(context.named_attributes) - costs or context.quantities or context.named_cases or context.named("period")
    )
    if not asks_charge_made(context.question.text) or other or len(context.programs) != 1:
        return None
    if not context.named_programs and not (context.inherits and not context.named("contact")):
        return None
    program = context.catalog.programs[context.programs[0]]
    fees = context.catalog.facts_about(program.id, {Attribute.FEE})
    if program.kind in HELP:
        return lookup.stated(context, program.id, fees[:1]) if fees else None
    told = [fact for part in lookup.around(context, program.id) for fact in part.facts if fact.unit is Unit.TEXT]
    free = {fact.key: fact for fact in told if is_free(fact.printed)}
    if free:
        hits = catalogs.facts_index(context.catalog).search(context.words, among=free)
        key = next((key for key in context.named("fact") if key in free), hits[0][0] if hits else next(iter(free)))
        return lookup.stated(context, free[key].program, (free[key],))
    return silent(context, program, what=context.phrases.say("charge"))


def deed_of_last(context: Context) -> Reply | None:
    """What is done for one in what was talked about or named, where another kind was a guess: 中小は何してもらえる."""
    sure = SURE_MOVE if context.question.intent == "ask_list" else LIKELY
    sure = 1.0 if asks_help(context.question.text) else sure
    deed = asks_deed(context.question.text) or asks_help(context.question.text)
    deed = deed and not context.quantities and not asks_size(context.question.text)
    asked = deed and not asks_listing(context.question.text)
    asked = asked and context.question.confidence < sure and not (context.named_attributes or context.named("period"))
    named = context.surely_named_programs or (context.inherits and context.focus.intent)
    one = named and len(context.programs) == 1
    return lookup.describe_one(context, context.programs[0]) if asked and one else None


def of_structure(context: Context) -> Reply | None:
    """What the catalog is made of: 国の施策 柱の名前4つ."""
    free = not context.named_attributes and not (context.named_programs and context.programs)
    free = free and not (context.inherits and context.named("period"))  # 分野ぜんぶで20年度は, after a budget line
    listed = free and asks_listing(context.question.text) and listing.of_named_kind(context)
    return listing.tell(context) if listed else None
