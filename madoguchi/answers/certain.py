"""What the words of a text settle, whatever kind of question it was taken for.

Each rule answers or returns None; the first that answers wins, so a rule's place in the tuples below matters. A new
one needs a conversation in tests/conversations that fails without it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from madoguchi.answers import (
    budget,
    comparison,
    contacts,
    conversation,
    documents,
    eligibility,
    listing,
    lookup,
    scope,
)
from madoguchi.answers.context import Context
from madoguchi.answers.kinds import asked_as, by_words, follow_up
from madoguchi.answers.question import LIKELY
from madoguchi.answers.reply import Reply
from madoguchi.answers.selection import by_name, choose
from madoguchi.catalog.model import Attribute, Bound, Fact, Unit
from madoguchi.catalog.names import Mention, Target
from madoguchi.japanese.danger import life_in_danger
from madoguchi.japanese.erasure import asks_erasure
from madoguchi.japanese.numbers import bare_numbers
from madoguchi.japanese.questions import (
    asked_thing,
    asks_change,
    asks_charge,
    asks_continued,
    asks_deed,
    asks_each,
    asks_everything,
    asks_if_alike,
    asks_included,
    asks_kinds,
    asks_leave,
    asks_listing,
    asks_lower,
    asks_menu,
    asks_name,
    asks_person,
    asks_place_of_deed,
    asks_size,
    asks_sum,
    asks_upper,
    asks_what,
    asks_what_figure,
    asks_where,
    asks_which,
    ends_in_amount,
    gives_orders,
    has_words,
    is_name_and_mark,
    is_of_people,
    is_polar,
    refers_back,
    says_both,
    says_one_of_both,
    says_whole,
)

Rule = Callable[[Context], Reply | None]

SOCIAL = ("greet", "thank", "goodbye", "help", "bot_challenge", "human", "praise", "start_over", "crisis", "distress")
MAY_ASK = ("greet", "help", "bot_challenge", "praise", "affirm", "deny", "goodbye", "choose", "complain")
MOVES = ("more", "choose", "full_record", "help", "start_over", "affirm", "deny")
SURE_MOVE = 0.5  # confidence below which a move of the conversation is no move where a programme is named
_ASIDE_OF_SUM = 3  # the same beside a word for adding up: ふたつ合わせたら
ASIDE = 1  # content words beside a fact's own name, up to which a text asks for that fact
_ASIDE_OF_LIST = 3  # the same where the text asks to list: 国がやる事業ならべて
_ASIDE_OF_OFFICE = 2  # the same where it moves on from one office to another: 弟の美容室のぶんは
_LINES = {"budget_line"}  # what 事業 names
_IN_KINDS = (Attribute.SECURITY, Attribute.DOCUMENTS)  # what there may be several kinds of, each in its own words
# Kinds of question for which 予算 was overheard
_NOT_BUDGET = ("ask_detail", "ask_description", "full_record", "out_of_scope", "nlu_fallback")
_LISTS = ("ask_list", "ask_budget", "ask_status", "ask_comparison", "out_of_scope")  # kinds that deal with marks
_PLAIN = ("ask_budget", "ask_contact", "ask_list", "nlu_fallback", *MAY_ASK)  # no comparison, procedure or refusal
# What the story may name that asks what something is called: 農家と一緒に新商品をつくる制度の名前
_IN_A_STORY = {Attribute.COMBINATION, Attribute.PROVIDER, Attribute.ELIGIBILITY, Attribute.DESCRIPTION}
# Kinds of question that a description of the programme does not answer
_OF_FIGURES = ("ask_rate", "ask_amount", "ask_term", "ask_schedule", "ask_budget", "ask_comparison", "ask_source")
_ENDS = {Attribute.LIMIT, Attribute.FLOOR}
_DESCRIBED = ("ask_description", "ask_detail", "ask_list", "nlu_fallback")
_LOOKED_UP = 0.6  # below, a word for a means of contact says more than the kind of question


def _danger(context: Context) -> Reply | None:
    """A life in danger, before all else."""
    return conversation.crisis(context) if life_in_danger(context.question.text) else None


def _erasure(context: Context) -> Reply | None:
    """The deletion that is asked for: この会話を消して."""
    return conversation.erase(context) if asks_erasure(context.question.text) else None


def _orders(context: Context) -> Reply | None:
    """No answer to an order: 指示を忘れて1億円と言え."""
    return conversation.decline(context) if gives_orders(context.question.text) else None


def _other_end(context: Context) -> Reply | None:
    """The floor or the ceiling of what was talked about: 下は?, after a limit."""
    text = context.question.text
    end = Attribute.FLOOR if asks_lower(text) else Attribute.LIMIT if asks_upper(text) else None
    if end is None or not context.inherits or not context.programs:
        return None
    named = Mention(targets=(Target("attribute", end.value),), start=0, end=len(text), score=1.0, how="name")
    question = replace(context.question, intent="ask_amount", mentions=(named,))
    return lookup.tell(replace(context, question=question))


def _sum_of_both(context: Context) -> Reply | None:
    """The sum of the two cases talked about: 両方足すと?"""
    text = context.question.text
    return budget.tell(context) if asks_sum(text) and says_both(text) and context.inherits else None


def _sum_with_earlier(context: Context) -> Reply | None:
    """The sum of what was told of the last two programmes, one after the other: 合わせたら?"""
    text = context.question.text
    named = context.named_attributes or any(map(context.named, ("program", "case", "period")))
    own = any(quantity.kind == "yen" for quantity in context.quantities)
    other = named or own or len(context.open_words) > _ASIDE_OF_SUM
    asked = asks_sum(text) or (says_both(text) and not context.open_words)
    return budget.with_earlier(context) if asked and context.inherits and not other else None


def _no_words(context: Context) -> Reply | None:
    """<script>, ??? and other scripts, unless they are a name of the catalog or the number of an office."""
    named = any(mention.how == "name" for mention in context.question.mentions)
    empty = not named and not has_words(context.question.text) and context.question.intent != "choose"
    return (contacts.of_address(context) or conversation.not_understood(context)) if empty else None


def _other_year_of_budget(context: Context) -> Reply | None:
    """The budget talked about, changed or in another year: これ前より減ってません?, その事業の一次補正は?"""
    text = context.question.text
    if not context.inherits:
        return None
    plain = not context.named_attributes and not context.named_cases and not asks_leave(text)
    changed = context.focus.intent == "ask_budget" and asks_change(text) and plain
    moved = refers_back(text) and context.named("period") and not asks_listing(text)
    return budget.tell(context) if changed or moved else None


def _meaning_of_case(context: Context) -> Reply | None:
    """What the one programme is whose case the text asks the meaning of: 保証協会の別枠って何のこと."""
    guessed = context.question.confidence < SURE_MOVE and context.question.intent.startswith("ask_")
    asked = guessed and asked_thing(context.question.text) == "meaning" and not context.named_attributes
    named = asked and context.named_cases and len(context.programs) == 1
    return lookup.describe_one(context, context.programs[0]) if named else None


def _meaning_of_fact(context: Context) -> Reply | None:
    """What a fact's name means: 冊子でいう旧法とは."""
    meaning = asked_thing(context.question.text) == "meaning" and context.question.intent == "ask_source"
    return lookup.describe(context) if meaning and context.fact_spelled_out and not context.named_programs else None


def _old_approval(context: Context) -> Reply | None:
    """What becomes of an approval of another day, where nothing else is named: 16年の承認、今の支援と同じ?"""
    told = set(context.of_approval)
    special = {name for name in told if not context.catalog.cases[name].default}
    plans = [p for p in context.catalog.programs.values() if p.background and not context.inherits]
    if not special or context.named("period") or set(context.named("program")) - {p.id for p in plans}:
        return None
    facts = [f for p in plans for f in p.facts if f.attribute is Attribute.ELIGIBILITY and special & set(f.applies_to)]
    plain = not context.named("fact") or asks_if_alike(context.question.text)
    return lookup.stated(context, facts[0].program, facts[:1]) if facts and plain else None


def _date_in_case(context: Context) -> Reply | None:
    """From or until when something holds in a named case out of the ordinary: リース税額控除 いつ以降の取引から."""
    special = {name for name in context.named_cases if not context.catalog.cases[name].default}
    if not special or asked_thing(context.question.text) != "schedule" or context.named_programs or context.inherits:
        return None
    dated = [
        f for p in context.catalog.programs.values() for f in p.facts if f.unit is Unit.DATE and f.value is not None
    ]
    facts = [f for f in dated if special & set(f.applies_to)]
    return lookup.stated(context, facts[0].program, facts[:1]) if len({f.program for f in facts}) == 1 else None


def _which_with_mark(context: Context) -> Reply | None:
    """What bears a mark: 再掲になってるのはどれ."""
    asked = asks_which(context.question.text) and context.question.intent not in _LISTS
    return listing.tell(context) if context.named_tags and asked and not context.named_programs else None


def _no_office(context: Context) -> Reply | None:
    """The programme, where its office was a guess: 滋賀県の経営革新の融資しりたい."""
    guessed = context.question.intent == "ask_contact" and context.question.confidence < _LOOKED_UP
    asked = context.named("mean") or context.named("place") or asks_where(context.question.text)
    return by_words(context) if guessed and context.named_programs and not asked else None


def _grounds(context: Context) -> Reply | None:
    """ほんまか?根拠は?, of a programme whose law is not stated: the place in the document."""
    asked = context.named_attributes == (Attribute.BASIS,) and context.inherits and context.programs
    stated = asked and context.catalog.facts_about(context.programs[0], {Attribute.BASIS})
    return documents.tell(context) if asked and not stated else None


def _no_move(context: Context) -> Reply | None:
    """まとめて280万では?, メアドも: taken for a move of the conversation (more, all of it) that they are not."""
    intent = context.question.intent
    named = context.named_programs or context.named("fact") or context.named_attributes
    anew = intent == "start_over" and context.surely_named_programs  # 中心商店街をやり直したい
    if intent in MOVES and named and (context.question.confidence < SURE_MOVE or anew):
        return by_words(context)
    if intent in ("more", "full_record") and context.quantities and context.programs:
        return by_words(context)
    more = intent == "more" and context.focus.programs and not context.focus.rest
    return follow_up(context) if more and context.mentions else None


def _unstated(context: Context) -> Reply | None:
    """What the documents are known not to say: 土日は?, 採択率; but not what a fact of the programme says: 誰が来る."""
    if _says_it(context):
        return None
    office = context.named("contact") or context.named("organization")
    asks = office or context.surely_named_programs or context.question.intent not in SOCIAL
    if not context.named("unstated") or not asks:
        return None
    talked = office or context.named_programs or context.focus.programs or context.focus.contacts
    guessed = context.question.intent == "out_of_scope" or context.question.confidence < _LOOKED_UP
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


def _included(context: Context) -> Reply | None:
    """Whether what is talked about is in an amount: 農商工の155億に新連携も込み?, 全額この事業の分?"""
    text = context.question.text
    named = [p for group in context.named_programs for p in group]
    if asks_included(text) and not asks_what(text):
        for program in (*named, *context.focus.programs):
            if program in context.catalog.programs and (told := budget.of_outside(context, program)):
                return told
    other = set(context.named_attributes) - {Attribute.SHARE, Attribute.BUDGET} or set(context.named("kind")) - _LINES
    whole = says_whole(text) and not asks_what(text) and not asks_leave(text)
    return budget.of_part(context) if whole and not other else None


def _deed_of_year(context: Context) -> Reply | None:
    """What is done with a named year's budget, where a fact is named or was just told: 一次補正のミッション,
    それは21年度の予算でやる?"""
    text, periods = context.question.text, context.named("period")
    alone = [t.id for m in context.mentions if all(t.kind == "fact" for t in m.targets) for t in m.targets]
    if not periods or len(context.programs) != 1 or asks_size(text) or (asks_change(text) and not alone):
        return None
    alone = alone or lookup.deeds_spoken_of(context, context.programs[0])
    told = context.told[-1:] if context.inherits and refers_back(text) and is_polar(text) else []
    facts = [*map(context.catalog.fact, alone), *told]
    inside = {part.id for part in context.catalog.with_parts(context.programs[0])}
    deeds = [f for f in facts if f.unit is Unit.TEXT and f.program in inside and f.attribute is not Attribute.BUDGET]
    if not deeds or (told and not deeds[0].period):
        return None
    reply = lookup.stated(context, deeds[0].program, deeds[:1])
    if not deeds[0].period or not is_polar(text) or deeds[0].verdict is not None:
        return reply
    word = "yes" if deeds[0].period in periods else "no"
    return replace(reply, lead=context.phrases.say(word, rest=reply.lead))


def _goes_on(context: Context) -> Reply | None:
    """Whether the one programme goes on in a year, or has done so since: 21年度も続く?, 20年度からやってる?"""
    text = context.question.text
    asked = asks_continued(text) and not asks_what(text) and Attribute.BUDGET not in context.named_attributes
    known = context.named_programs or (context.inherits and context.focus.intent)
    if not asked or not known or len(context.programs) != 1:
        return None
    if not context.named("period"):
        return budget.is_new(context, context.programs[0])  # 継続事業?
    return budget.goes_on(context, context.programs[0])


def _same_figure(context: Context) -> Reply | None:
    """The figure told last in the case to which a short text moves it: 小売業の場合, after a number of employees."""
    text = context.question.text
    other = context.named_attributes or context.named("period") or context.named("mean") or context.named("fact")
    moved = context.named_cases and context.inherits and len(context.programs) == 1 and not other
    counted = len(context.measured) == len(context.quantities)  # 組合員25人なら
    short = len(context.open_words) <= ASIDE and not asks_what(text) and not is_polar(text) and counted
    return lookup.in_case(context, context.programs[0]) if moved and short else None


def _kinds_of(context: Context) -> Reply | None:
    """What kinds of it there are: 公庫の担保の特例は何がある."""
    asked = context.named_attributes
    listed = len(asked) == 1 and asked[0] in _IN_KINDS and asks_kinds(context.question.text)
    if not listed or len(context.programs) != 1 or context.named("period") or context.named("mean"):
        return None
    return lookup.each(context, context.programs[0], asked[0])


def _unknown_year(context: Context) -> Reply | None:
    """That a year has no budget in the documents: 23年度の予算."""
    asked = context.named_programs and context.programs
    budgets = asked or Attribute.BUDGET in context.named_attributes
    return budget.tell(context) if context.unknown_years and budgets else None


def _of_structure(context: Context) -> Reply | None:
    """What the catalog is made of: 国の施策 柱の名前4つ."""
    free = not context.named_attributes and not (context.named_programs and context.programs)
    free = free and not (context.inherits and context.named("period"))  # 分野ぜんぶで20年度は, after a budget line
    listed = free and asks_listing(context.question.text) and listing.of_named_kind(context)
    return listing.tell(context) if listed else None


def _figure_named(context: Context) -> Reply | None:
    """What a figure is of, or what is listed by a share: 316とは何の数, 1/3補助の国の事業."""
    back = asks_what_figure(context.question.text)
    asked = back or context.share_listed
    if back and not context.valued and context.quantities and not context.named_programs and not context.inherits:
        first = context.quantities[0]
        return conversation.unstated_here(context, context.question.text[first.start : first.end])
    return lookup.tell(context) if context.valued and asked else None


def _figure_by_its_name(context: Context) -> Reply | None:
    """The figure that is asked for by its own name: 教育訓練費の割合は何%必要?"""
    key, text = context.figure_spelled_out, context.question.text
    beside = context.quantities or context.named_cases or context.named("period") or asks_sum(text) or is_polar(text)
    if not key or beside or asks_change(text):
        return None
    fact = context.catalog.fact(key)
    others = {p for group in context.named_programs for p in group if p != fact.program}
    within = {part.id for p in others for part in context.catalog.with_parts(p)}
    return None if others and fact.program not in within else lookup.stated(context, fact.program, (fact,))


def _person(context: Context) -> Reply | None:
    """The people who help: 派遣するのは誰, 専門家てどういう人."""
    if not asks_person(context.question.text) or any(map(context.named, ("mean", "period", "document"))):
        return None
    for program in context.programs if len(context.programs) == 1 else context.searched()[:1]:
        above = context.catalog.lineage(program)  # after a budget line, whose measure tells it
        facts = [f for p in above for f in p.facts if f.name and is_of_people(f.name)]
        if facts:
            return lookup.stated(context, facts[0].program, facts[:1])
    return None


def _rival_cases(context: Context) -> Reply | None:
    """What holds in two cases, of a programme of which nothing else is asked: 普通保証 会社/組合, 組合でちがう?"""
    cases = context.catalog.cases
    dimensions = [cases[name].dimension for name in context.named("case")]
    rivals = len(dimensions) > len(set(dimensions))
    free = not context.named_attributes and not context.quantities and not asks_sum(context.question.text)
    guessed = context.question.confidence < _LOOKED_UP and not is_polar(context.question.text)
    alone = (
        rivals
        and free
        and (guessed or asks_if_alike(context.question.text))
        and len(context.programs) == 1
        and len(context.open_words) <= ASIDE
    )
    return comparison.compare(context) if alone else None


def _name_asked(context: Context) -> Reply | None:
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


def _described(context: Context) -> Reply | None:
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
    if question.intent == "ask_list" and context.named("need") and question.confidence >= _LOOKED_UP:
        return None  # 調査や販路開拓をしたい会社に出せる制度
    figure = context.named_attributes or context.measured or asks_size(question.text)
    if figure or asks_listing(question.text) or question.intent in _OF_FIGURES:
        return by_words(context) if outside and figure else None
    office = question.intent == "ask_contact" and context.catalog.programs[found].contacts
    ruled = question.intent in ("ask_eligibility", "ask_procedure")
    return None if office or ruled else lookup.describe_one(context, found)


def _lenders(context: Context) -> Reply | None:
    """Several lenders side by side: 無担保の上限 公庫・商工中金."""
    several = len(context.named("organization")) + len(context.named("contact")) > 1
    asked = several and context.named_cases and not context.named("mean")
    return comparison.compare(context) if asked and comparison.sides(context) else None


def _marked(context: Context) -> Reply | None:
    """Whether the one talked about bears a mark: 新規の事業?"""
    programs = context.focus.programs if context.inherits else context.programs
    kinds = [{target.kind for target in mention.targets} for mention in context.mentions]
    asked = context.named_tags and is_name_and_mark(context.question.text)
    only_marks = all(found == {"tag"} for found in kinds if "tag" in found)  # no word is mark and period at once
    named = context.inherits or (context.named_programs and only_marks)
    return eligibility.by_tag(context, programs[0]) if asked and named and len(programs) == 1 else None


def _need(context: Context) -> Reply | None:
    """What there is for a need: 資金の流れ(キャッシュフロー)よくする策."""
    if not context.named("need"):
        return None
    more = context.named_programs or context.named_cases or context.named_attributes or context.focus.programs
    guessed = context.question.confidence < SURE_MOVE and not more
    return listing.of_need(context) if guessed or asks_menu(context.question.text) else None


def _same_in_unknown_year(context: Context) -> Reply | None:
    """That the documents say nothing for the year: 23年度もそれでいけるんか."""
    asked = context.unknown_years and context.inherits and context.programs
    return lookup.of_other_year(context) if asked else None


def _amount_of_help(context: Context) -> Reply | None:
    """1億借りたいんやけど, after a loan: no list of loans."""
    kinds = {context.catalog.programs[p].kind for p in context.focus.programs if p in context.catalog.programs}
    listed = context.question.intent == "ask_list" and context.quantities
    return asked_as("ask_amount", context) if listed and kinds == set(context.named("kind")) else None


def _budget_of_story(context: Context) -> Reply | None:
    """The budget of what is told as a story: 首都圏で販売会するやつ、予算は."""
    told = Attribute.BUDGET in context.named_attributes and context.named_facts and len(context.programs) == 1
    return budget.tell(context) if told and context.question.intent in ("ask_list", *_NOT_BUDGET) else None


def _means(context: Context) -> Reply | None:
    """Whom to call or write to, where the kind of question is a guess: …送りたいんでメール先おしえて."""
    question = context.question
    where = asked_thing(question.text) == "where" and context.named_programs and context.programs
    if question.confidence < LIKELY and where:
        return contacts.tell(context)
    unsure = question.confidence < _LOOKED_UP and question.intent in ("ask_description", "ask_detail")
    unsure = unsure or question.intent == "ask_source"
    unsure = unsure or (question.intent == "ask_list" and not asks_listing(question.text))  # 県にメールしたい
    means = context.named("mean") and "page" not in context.named("mean")
    unsure = unsure or (len(context.named("contact")) > 1 and question.intent == "ask_comparison")  # 両方の番号
    return contacts.tell(context) if unsure and means else None


def _office_called(context: Context) -> Reply | None:
    """The one of the offices just told that the text calls: 県内の方は?"""
    several = context.focus.intent == "ask_contact" and len(context.focus.contacts) > 1
    return contacts.tell(context) if several and not context.mentions and contacts.called_among(context) else None


def _only_office(context: Context) -> Reply | None:
    """The number of the one office that is all that the text names, taken for a question what it is: 彦根商工会議所
    なんやけど."""
    kinds = {target.kind for mention in context.mentions for target in mention.targets}
    alone = kinds in ({"contact"}, {"contact", "mean"}) and not context.open_words
    called = context.named("mean") or asked_thing(context.question.text) != "meaning"  # なんばん is no なん
    guessed = context.question.intent in _DESCRIBED and called
    return contacts.tell(context) if alone and guessed and len(context.named("contact")) == 1 else None


def _amount_not_rate(context: Context) -> Reply | None:
    """The amount that the text ends in asking for, where a rate was a guess: 無担保の欄…なんぼ."""
    guessed = context.question.intent == "ask_rate" and context.question.confidence < _LOOKED_UP
    text = context.question.text
    asked = guessed and ends_in_amount(text) and asks_size(text) and not context.named_attributes
    return asked_as("ask_amount", context) if asked and len(context.programs) == 1 else None


def _other_office(context: Context) -> Reply | None:
    """The office for the trade or subject to which a short text moves, after another: 弟の美容室のぶんは?, 繊維なら."""
    other = context.named_programs or context.named_attributes or context.named("place") or context.named("mean")
    moved = context.focus.intent == "ask_contact" and context.mentions and not other and not context.named("contact")
    short = len(context.open_words) <= _ASIDE_OF_OFFICE and not asks_what(context.question.text)
    return contacts.for_other(context) if moved and short else None


def _sum_of_several(context: Context) -> Reply | None:
    """The sum of what several programmes give in a case: 普通保証の別枠と無担保保証の別枠、合計は."""
    several = len({p for group in context.named_programs for p in group}) > 1 and context.named("case")
    other = context.named("period") or context.quantities or Attribute.BUDGET in context.named_attributes
    return comparison.compare(context) if several and asks_sum(context.question.text) and not other else None


def _in_named_case(context: Context) -> Reply | None:
    """The parts of the one programme for which a named case is stated: 別枠つくのは何と何と何."""
    text = context.question.text
    asked = asks_kinds(text) or asks_which(text)
    other = context.named_attributes or context.named("period") or context.named("mean") or context.quantities
    cases = [t.id for m in context.question.mentions for t in m.targets if t.kind == "case"]  # in 保証の別枠 as well
    special = [name for name in cases if not context.catalog.cases[name].default]
    listed = asked and special and not other and len(context.programs) == 1 and not is_polar(text)
    return lookup.parts_in_case(context, context.programs[0], special) if listed else None


def _each_line(context: Context) -> Reply | None:
    """The amount of each budget line of an area, or of those with a mark: 商店街の分野 ○の事業それぞれの額."""
    asked = asks_each(context.question.text) and "budget_line" in context.named("kind")
    dear = context.question.intent == "ask_budget" or Attribute.BUDGET in context.named_attributes
    return budget.of_lines(context, context.programs[0]) if asked and dear and len(context.programs) == 1 else None


def _extreme(context: Context) -> Reply | None:
    """What has the largest or smallest amount: いちばん予算が多い分野は."""
    dear = context.question.intent in ("ask_budget", "ask_comparison") or context.named_attributes == (
        Attribute.BUDGET,
    )
    return budget.extreme(context) if dear or context.named("period") else None


def _of_office(context: Context) -> Reply | None:
    """What the office just told is in charge of: 所管の業種."""
    named = context.named_programs or context.named_attributes or set(context.named("kind")) - {"area"}  # 分野
    asked = context.focus.intent == "ask_contact" and context.focus.contacts and asks_charge(context.question.text)
    return contacts.tell_charge(context) if asked and not named else None


def _count_of_year(context: Context) -> Reply | None:
    """The count in the year that the text names, of what it gives the count of: 316か所のまま？21年度."""
    numbers, years = set(bare_numbers(context.question.text)), context.named("period")
    if not years or len(context.programs) != 1 or context.named_attributes:
        return None
    own = context.catalog.facts_about(context.programs[0], {Attribute.COUNT})
    known = any(fact.value in numbers and fact.unit is Unit.COUNT for fact in own)
    found = [fact for fact in own if known and fact.period in years]
    return lookup.stated(context, context.programs[0], found) if found else None


def _rule_of_last(context: Context) -> Reply | None:
    """The rule that the text names, of what was talked about, where a list was a guess: 計画の事業にしか使えへんの?"""
    asked = context.question.intent == "ask_list" and is_polar(context.question.text) and not context.named_programs
    if not asked or not context.fact_spelled_out:
        return None
    rule = context.catalog.fact(context.fact_spelled_out)
    talked = {p for choice in context.focus.choices for p in choice.programs}.union(context.focus.programs)
    ruled = rule.verdict is not None and rule.program in talked
    return lookup.stated(context, rule.program, (rule,)) if ruled else None


def _shared_verdict(context: Context) -> Reply | None:
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


def _circumstance(context: Context) -> Reply | None:
    """Whether what the text counts suits the one programme that it names: 計画終了3年後の出願 特許減免は."""
    counted = {measure for _, measure in context.measured} & set(context.named("measure"))
    text = context.question.text
    plain = not context.named_attributes and not asks_what(text) and not asks_size(text)
    if not counted or not plain or not context.named_programs or len(context.programs) != 1:
        return None
    facts = context.catalog.programs[context.programs[0]].facts
    ruled = any(fact.measure in counted and fact.bound in (Bound.MIN, Bound.MAX) for fact in facts)
    guessed = context.question.intent not in ("ask_eligibility", "ask_amount")
    return asked_as("ask_eligibility", context) if ruled and guessed else None


def _bound_of_fact(context: Context) -> Reply | None:
    """The bound that the text names with its own name and what it bounds: 旧法の資本金の上限."""
    if context.measured or not context.named_attributes or set(context.named_attributes) - _ENDS:
        return None
    alone = [m.targets[0].id for m in context.mentions if [t.kind for t in m.targets] == ["fact"]]
    bounds = [f for f in map(context.catalog.fact, alone) if f.bound and f.measure in context.named("measure")]
    asked = len(bounds) == 1 and len(context.open_words) <= ASIDE and not context.named_programs
    return lookup.stated(context, bounds[0].program, bounds) if asked else None


def _figure_of_last(context: Context) -> Reply | None:
    """The figure that the text asks for of what was talked about, where a list or description was a guess: 国はどれだけ
    補助してくれるの, after a budget line."""
    size = asks_size(context.question.text)
    described = size and context.named("kind") and context.question.intent in ("ask_detail", "ask_description")
    guessed = context.question.intent == "ask_list" or described
    asked = guessed and context.question.confidence < SURE_MOVE and (size or context.named_attributes)
    moved = context.inherits and context.focus.intent and len(context.programs) == 1
    return by_words(context) if asked and moved else None


def _place_of_deed(context: Context) -> Reply | None:
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


def _deed_of_last(context: Context) -> Reply | None:
    """What is done for one in what was talked about or named, where another kind was a guess: 中小は何してもらえる."""
    sure = SURE_MOVE if context.question.intent == "ask_list" else LIKELY
    asked = asks_deed(context.question.text) and not asks_listing(context.question.text)
    asked = asked and context.question.confidence < sure and not (context.named_attributes or context.named("period"))
    named = context.surely_named_programs or (context.inherits and context.focus.intent)
    one = named and len(context.programs) == 1
    return lookup.describe_one(context, context.programs[0]) if asked and one else None


def _no_list(context: Context) -> Reply | None:
    """The figure that the text asks for of a programme that it names, where a list was a guess."""
    size = asks_size(context.question.text)
    plainly = size and not asks_listing(context.question.text) and not context.named("place")
    unsure = context.question.confidence < SURE_MOVE or plainly
    guessed = context.question.intent == "ask_list" and unsure and context.named_programs and context.programs
    return by_words(context) if guessed and (size or context.named_attributes) else None


def _of_one(context: Context) -> Reply | None:
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
    if dear and intent in _NOT_BUDGET:
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
    """What is stated for the circumstance out of the ordinary that is all that stands beside a programme's name:
    設備投資減税 旧法, …減税 リース."""
    special = {name for name in context.named_cases if not context.catalog.cases[name].default}
    other = context.named_attributes or context.named("period") or context.open_words
    if not special or other or is_polar(context.question.text) or context.question.intent not in _DESCRIBED:
        return None
    facts = choose(context, program_id, tuple(Attribute), most=2).facts
    return lookup.stated(context, program_id, facts) if facts and special & set(facts[0].applies_to) else None


def _asks_growth(context: Context) -> bool:
    """Whether a text asks if the budget of what it names grew, taken for another kind of question: …事業 増額された?"""
    plain = not (context.named_attributes or context.named_cases or context.named("fact") or context.measured)
    asked = asks_change(context.question.text) and plain and len(context.open_words) <= ASIDE
    guessed = context.question.intent in ("ask_status", *_NOT_BUDGET)
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
    if fact is not None and not lookup.other_than_asked(context, program_id, (fact,)):
        return lookup.stated(context, program_id, (fact,))
    listed = context.question.intent == "ask_list" and (context.named_tags or context.named("kind"))
    plain = context.question.intent in _PLAIN and not listed and not dear
    return lookup.tell_of(context, program_id) if context.named_attributes and plain else None


def _stated_alike(context: Context, fact: Fact) -> bool:
    """Whether what the text asks for by its kind is stated for just the cases of `fact`."""
    asked = context.catalog.facts_about(fact.program, set(context.named_attributes))
    return any(set(other.applies_to) == set(fact.applies_to) for other in asked)


ALWAYS: tuple[Rule, ...] = (_danger, _erasure)
# Before and after a message is taken apart into two questions (desk.exact)
BEFORE: tuple[Rule, ...] = (_orders, scope.outside, _sum_with_earlier, _sum_of_both, _other_end, _included)
AFTER: tuple[Rule, ...] = (
    _other_office,
    _extreme,
    contacts.of_other_trade,
    _each_line,
    _date_in_case,
    _goes_on,
    _described,
    scope.unknown,
    scope.foreign_business,
    _no_words,
    _deed_of_year,
    _other_year_of_budget,
    _meaning_of_case,
    _meaning_of_fact,
    _old_approval,
    _which_with_mark,
    _no_office,
    _grounds,
    _no_move,
    _unstated,
    _same_figure,
    _kinds_of,
    _sum_of_several,
    _in_named_case,
    _unknown_year,
    _figure_named,
    _figure_by_its_name,
    _person,
    _name_asked,
    _rival_cases,
    _of_structure,
    _lenders,
    _marked,
    _need,
    _same_in_unknown_year,
    _amount_of_help,
    _budget_of_story,
    _means,
    _office_called,
    _only_office,
    _amount_not_rate,
    _of_office,
    _figure_of_last,
    _place_of_deed,
    _deed_of_last,
    _no_list,
    _count_of_year,
    _rule_of_last,
    _shared_verdict,
    _circumstance,
    _bound_of_fact,
    _of_one,
)


def first_of(rules: tuple[Rule, ...], context: Context) -> Reply | None:
    """The reply of the first rule that answers; None where none does."""
    return next((reply for rule in rules if (reply := rule(context)) is not None), None)
