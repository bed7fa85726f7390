"""The desk: which part of `answers` deals with which kind of question."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from madoguchi import catalog as catalogs
from madoguchi.answers import (
    budget,
    clauses,
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
from madoguchi.answers.question import Choice
from madoguchi.answers.reply import Outcome, Reply
from madoguchi.answers.selection import by_name
from madoguchi.answers.sentences import INTENT_OF
from madoguchi.catalog.model import Attribute
from madoguchi.catalog.names import Mention, Target
from madoguchi.japanese.danger import life_in_danger
from madoguchi.japanese.erasure import asks_erasure
from madoguchi.japanese.positions import position
from madoguchi.japanese.questions import (
    asked_thing,
    asks_change,
    asks_deed,
    asks_everything,
    asks_leave,
    asks_listing,
    asks_size,
    asks_sum,
    asks_what,
    asks_where,
    asks_which,
    gives_orders,
    has_words,
    is_name_and_mark,
    is_polar,
    only_moves,
    refers_back,
    says_both,
)

Answer = Callable[[Context], Reply]

ANSWERS: dict[str, Answer] = {
    "ask_description": lookup.describe,
    "ask_eligibility": lookup.tell,
    "ask_amount": budget.tell_amount,
    "ask_rate": lookup.tell,
    "ask_term": lookup.tell,
    "ask_schedule": lookup.tell,
    "ask_procedure": lookup.procedure,
    "ask_status": lookup.tell,
    "ask_detail": lookup.tell,
    "ask_contact": contacts.tell,
    "ask_budget": budget.tell,
    "ask_list": listing.tell,
    "ask_comparison": comparison.compare,
    "ask_source": documents.tell,
    "more": listing.more,
    "full_record": lookup.everything,
    "erase": conversation.erase,
    "out_of_scope": conversation.decline,
}


_SOCIAL = ("greet", "thank", "goodbye", "help", "bot_challenge", "human", "praise", "start_over", "crisis", "distress")
_MAY_ASK = ("greet", "help", "bot_challenge", "praise", "affirm", "deny", "goodbye", "choose", "complain")
_MOVES = ("more", "choose", "full_record", "help", "start_over", "affirm", "deny")
_SURE_MOVE = 0.5  # confidence below which a move of the conversation is no move where a programme is named
_NOT_BUDGET = ("ask_detail", "ask_description", "out_of_scope", "nlu_fallback")  # where 予算 was overheard
_LISTS = ("ask_list", "ask_budget", "ask_status", "ask_comparison", "out_of_scope")  # kinds that deal with marks
_RULES = ("ask_description", "ask_eligibility")  # questions that a circumstance named next decides
_SHORT = 5  # content words of a text that can only move the last question: 国民生活のほうや
_ASIDE = 1  # content words beside a fact's own name, up to which a text asks for that fact
_OUTSIDE = 0.9  # from here the text is about something else although it names what is covered
_LIKELY = 0.35  # below, small talk is more likely a question that was not understood; made-up words reach 0.31
_LOOKED_UP = 0.6  # below, a word for a means of contact says more than the kind of question
_CERTAIN = 0.85  # below, the words of danger (madoguchi.japanese.danger) decide alone


def exact(context: Context) -> Reply | None:
    """What has to be said whatever the question was taken for: a life in danger, what the text asks for by name, what
    no document states."""
    text = context.question.text
    if life_in_danger(text):
        return conversation.crisis(context)
    if asks_erasure(text):
        return conversation.erase(context)
    if context.question.intent == "choose" and _choice(context) is not None:
        return None
    if gives_orders(text):
        return conversation.decline(context)
    elsewhere = scope.outside(context)
    if elsewhere is not None:
        return elsewhere
    if asks_sum(text) and says_both(text) and context.inherits:
        return budget.tell(context)
    both = _several(context)
    if both is not None:
        return both
    unknown = scope.unknown(context)
    if unknown is not None:
        return unknown
    sure = any(mention.how == "name" for mention in context.question.mentions)
    if not sure and not has_words(text) and context.question.intent != "choose":
        return conversation.not_understood(context)
    moved = context.focus.intent == "ask_budget" and context.inherits and not asks_leave(text)
    if moved and asks_change(text) and not context.named_attributes and not context.named_cases:
        return budget.tell(context)  # これ前より減ってません？
    if refers_back(text) and context.named("period") and context.inherits and not asks_listing(text):
        return budget.tell(context)  # その事業の一次補正は？
    defined = asked_thing(text) == "meaning" and context.fact_spelled_out and not context.named_programs
    if defined and context.question.intent == "ask_source":
        return lookup.describe(context)  # 冊子でいう旧法とは
    unsure = context.question.confidence < _LOOKED_UP
    if context.named_tags and asks_which(text) and not context.named_programs and context.question.intent not in _LISTS:
        return listing.tell(context)  # 再掲になってるのはどれ
    office_guessed = context.question.intent == "ask_contact" and unsure and not asks_where(text)
    if office_guessed and context.named_programs and not context.named("mean") and not context.named("place"):
        return _by_words(context)
    grounds = context.named_attributes == (Attribute.BASIS,) and context.inherits and context.programs
    if grounds and not context.catalog.facts_about(context.programs[0], {Attribute.BASIS}):
        return documents.tell(context)  # ほんまか？根拠は？
    named = context.named_programs or context.named("fact") or context.named_attributes
    if context.question.intent in _MOVES and context.question.confidence < _SURE_MOVE and named:
        return _by_words(context)
    if context.question.intent in ("more", "full_record") and context.quantities and context.programs:
        return _by_words(context)  # まとめて280万では?
    if context.question.intent == "more" and context.focus.programs and not context.focus.rest and context.mentions:
        return follow_up(context)  # メアドも
    office = context.named("contact") or context.named("organization")
    asks = office or context.surely_named_programs or context.question.intent not in _SOCIAL
    if context.named("unstated") and asks:
        talked = office or context.named_programs or context.focus.programs or context.focus.contacts
        outside = context.question.intent == "out_of_scope" and not talked
        return conversation.decline(context) if outside else lookup.unstated(context)
    programs = context.programs if context.named_programs else ()
    if context.unknown_years and (programs or Attribute.BUDGET in context.named_attributes):
        return budget.tell(context)
    if asks_listing(text) and not context.named_attributes and not programs and listing.of_named_kind(context):
        return listing.tell(context)  # 国の施策 柱の名前4つ
    guess = context.question.confidence < _SURE_MOVE
    lenders = len(context.named("organization")) + len(context.named("contact"))
    if lenders > 1 and context.named_cases and not context.named("mean") and comparison.sides(context):
        return comparison.compare(context)  # 無担保の上限 公庫・商工中金
    if context.named_tags and len(context.focus.programs) == 1 and is_name_and_mark(text) and context.inherits:
        tagged = eligibility.by_tag(context, context.focus.programs[0])
        if tagged is not None:
            return tagged  # 新規の事業？
    asked = context.named_programs or context.named_cases or context.named_attributes or context.focus.programs
    if guess and context.named("need") and not asked:
        return listing.tell(context)  # 資金の流れ(キャッシュフロー)よくする策
    if context.unknown_years and context.inherits and context.programs:
        return lookup.of_other_year(context)
    kinds = {context.catalog.programs[p].kind for p in context.focus.programs if p in context.catalog.programs}
    if context.question.intent == "ask_list" and context.quantities and kinds == set(context.named("kind")):
        return _asked_as("ask_amount", context)  # 1億借りたいんやけど, after a loan
    dear = Attribute.BUDGET in context.named_attributes and context.named_facts and len(context.programs) == 1
    if dear and context.question.intent in ("ask_list", *_NOT_BUDGET):
        return budget.tell(context)  # 首都圏で販売会するやつ、予算は
    unsure = unsure and context.question.intent in ("ask_description", "ask_detail")
    guessed = context.question.confidence < _LIKELY and asked_thing(text) == "where" and programs
    if guessed or (context.named("mean") and unsure and "page" not in context.named("mean")):
        return contacts.tell(context)  # …書いて送りたいんでメール先おしえて
    guessed_list = context.question.intent == "ask_list" and context.question.confidence < _SURE_MOVE
    if guessed_list and programs and (asks_size(text) or context.named_attributes):
        return _by_words(context)
    lines = "budget_line" in context.named("kind") and Attribute.BUDGET in context.named_attributes
    lines = lines and any(context.catalog.programs[p].kind in ("area", "pillar") for p in programs)
    if len(programs) == 1 and lines and not asks_what(text) and listing.has_parts_of_kind(context, programs[0]):
        return listing.tell(context)  # 海外市場開拓支援 予算のつく事業
    if len(programs) == 1 and Attribute.BUDGET in context.named_attributes and context.question.intent in _NOT_BUDGET:
        return budget.tell(context)
    if len(programs) != 1 or context.measured or asks_change(text) or asks_sum(text) or context.named("mean"):
        return None
    if asks_everything(text):
        return lookup.everything(context)
    if context.only_the_name and context.question.intent not in ("follow_up", "ask_contact", "ask_procedure"):
        return lookup.describe_one(context, programs[0])
    if listing.has_parts_of_kind(context, programs[0]) and len(context.open_words) <= _ASIDE:
        return listing.tell(context)  # 第2の柱 分野
    if programs and context.asks_budget_year and not (context.named_tags and is_polar(text)):
        return lookup.done_in(context, programs[0]) or budget.tell(context)
    fact = None if is_polar(text) else by_name(context, programs[0])
    if fact is not None and Attribute.BUDGET in context.named_attributes and fact.attribute is not Attribute.BUDGET:
        return budget.tell(context)  # 通販サイトを訳すソフトの予算額
    if fact is not None and not lookup.other_than_asked(context, programs[0], (fact,)):
        return lookup.stated(context, programs[0], (fact,))
    listed = context.question.intent == "ask_list" and (context.named_tags or context.named("kind"))
    if context.named_attributes and Attribute.BUDGET not in context.named_attributes and _plain(context) and not listed:
        return lookup.tell_of(context, programs[0])
    return None


def _plain(context: Context) -> bool:
    """Whether the question is one of look-up: no list, comparison, procedure or refusal."""
    return context.question.intent in ("ask_budget", "ask_contact", "ask_list", "nlu_fallback", *_MAY_ASK)


def _several(context: Context) -> Reply | None:
    """The answers to two questions of one message, the second in the light of the first; None for one question."""
    asked = clauses.questions(context)
    if not asked:
        return None
    first = _answered(asked[0])
    then = replace(asked[1].question, focus=first.focus)
    return clauses.together(first, _answered(replace(asked[1], question=then)))


def _answered(context: Context) -> Reply:
    return exact(context) or ANSWERS[context.question.intent](context)


def follow_up(context: Context) -> Reply:
    """The last question again, for the case, period or programme that the text moves it to."""
    if not context.focus.intent and not context.programs:
        return conversation.not_understood(context)
    yearly = lookup.of_year(context)
    if yearly is not None:
        return yearly
    compared = context.focus.intent == "ask_budget" and asks_change(context.question.text)
    summed = asks_sum(context.question.text)
    if Attribute.BUDGET in context.named_attributes or context.named("period") or summed or compared:
        return budget.tell(context)
    if context.named("mean") or context.named("place"):
        return contacts.tell(context)
    if context.intent == "ask_contact" and context.named("kind"):
        return lookup.describe(context)  # 融資の方も知りたい, after an office
    if context.named_cases and len(context.programs) == 1 and context.focus.intent in _RULES:
        ruled = eligibility.by_rule(context, context.programs[0]) or lookup.of_cases(context, context.programs[0])
        if ruled is not None:
            return ruled  # パソコンとか備品は?, 国民のほうは
    if context.focus.contacts and not context.focus.programs and context.named_cases:
        return contacts.tell(context)  # うちサービス業やったわ, after an office
    detail = lookup.asked_detail(context)
    if detail is not None:
        return detail
    asked = context.focus.attributes
    if context.intent == "ask_list":
        return lookup.tell(context) if context.programs else listing.tell(context)
    if context.intent == "ask_description" and asked and Attribute.DESCRIPTION.value not in asked:
        return lookup.tell(context)
    told = lookup.tell if context.named("fact") else lookup.describe
    intent = context.intent if context.intent.startswith("ask_") else context.focus.intent
    return ANSWERS.get(intent, told)(context)


def converse(context: Context) -> Reply:
    """The fitting words, or the answer where the text names a programme after all: 🏭機械💰減税❓."""
    intent = context.question.intent
    if intent == "distress" and context.question.confidence < _SURE_MOVE and context.named_cases and context.inherits:
        return follow_up(context)  # 保証人立てられへん, after a loan
    if intent == "distress" and (context.tells_subject or (context.named_programs and not context.only_background)):
        return conversation.console(context)
    offered = context.focus.choices[:1]
    if intent == "affirm" and offered and offered[0].intent == "erase":
        return answer_choice(context, offered[0])
    doubt = _SURE_MOVE if intent in _MOVES and context.open_words else _LIKELY
    unlikely = context.question.confidence < (_CERTAIN if intent == "crisis" else doubt)
    if unlikely or (intent == "crisis" and context.named_programs):
        return answer_anyway(context)  # 大きい県にしかない of an office is no cry for help
    if intent in _MAY_ASK and context.moves_to_part:
        return follow_up(context)  # 県のや言うてるやろ, after two loans
    if intent in _MAY_ASK and (context.named_programs or context.named_attributes or asks_sum(context.question.text)):
        return lookup.describe(context) if context.named_programs else follow_up(context)
    named = context.named_cases or any(map(context.named, ("period", "fact", "organization", "kind", "mean")))
    if intent in _MAY_ASK and context.focus.intent and named:
        return follow_up(context)
    return conversation.converse(context)


def decline(context: Context) -> Reply:
    """That this is not covered; the answer where the text names what is covered after all."""
    if context.question.confidence < _LIKELY:
        return answer_anyway(context)
    written = contacts.of_address(context)
    if written is not None and written.outcome is Outcome.ANSWERED:
        return written  # the mail address of a listed office, whatever stands around it
    if context.named_facts and len(context.open_words) <= _ASIDE:
        return lookup.describe(context)
    if context.named("fact") and context.named("kind") and context.programs and len(context.words) <= _SHORT:
        return _by_words(context)  # 補助金は絶対でるん？
    moving = ("case", "attribute", "period", "measure", *(() if context.named("fact") else ("kind",)))
    moved = any(map(context.named, moving)) or only_moves(context.question.text)
    if context.focus.intent and moved and len(context.words) <= _SHORT and (context.mentions or not context.open_words):
        return follow_up(context)
    if context.named_programs and catalogs.lexicon(context.catalog).offered_kinds.intersection(context.named("kind")):
        return _by_words(context)
    likely = context.question.confidence < _OUTSIDE or context.named_programs
    if likely and context.speaks_of_us and not context.named("unstated"):
        return _by_words(context)
    office = context.named("organization") or context.named("contact")
    told = context.named_attributes or context.named("mean") or context.named("place")
    if (told and (office or context.surely_named_programs)) or (
        context.surely_named_programs and (context.question.confidence < _OUTSIDE or len(context.open_words) <= _ASIDE)
    ):
        return contacts.tell(context) if context.named("mean") or context.named("place") else _by_words(context)
    if office and not context.named("unstated") and len(context.open_words) <= _ASIDE:
        return contacts.tell(context)  # 中小企業基盤整備機構 近畿
    if context.surely_found and (context.question.confidence < _OUTSIDE or context.named("kind")):
        found = context.searched()
        return lookup.describe_one(context, found[0], others=found[1:])
    detail = None if context.quantities else lookup.spoken_of(context)  # an amount of one's own asks for no detail
    return detail or conversation.decline(context)


def _by_words(context: Context) -> Reply:
    """The answer to what the words of the text ask for, where its kind was not understood."""
    text = context.question.text
    intent = next((INTENT_OF[a] for a in context.named_attributes if a in INTENT_OF), None)
    if context.named("mean") or context.named("place"):
        intent = "ask_contact"
    elif intent is None and asked_thing(text) == "meaning":
        intent = "ask_description"
    elif intent is None and asks_size(text):
        intent = "ask_rate" if context.named("kind") and not context.measured else "ask_amount"
    return _asked_as(intent or "ask_detail", context)


def _asked_as(intent: str, context: Context) -> Reply:
    """The answer to the question taken as one of this kind."""
    return ANSWERS[intent](replace(context, question=replace(context.question, intent=intent)))


def answer_anyway(context: Context) -> Reply:
    """An answer where the kind of question is unclear but its words are not; else the question back."""
    if context.focus.intent == "ask_budget" and (asks_change(context.question.text) or asks_sum(context.question.text)):
        return budget.tell(context)  # これ前より減ってません?
    if context.named_attributes or context.named("period") or (context.measured and context.focus.intent):
        return follow_up(context) if context.programs else conversation.not_understood(context)
    if context.named("contact") or context.named("organization") or context.named("mean"):
        return contacts.tell(context)
    if context.named_programs or context.named("fact") or (context.named("kind") and context.programs):
        return lookup.describe(context)
    if context.focus.periods and asks_deed(context.question.text) and len(context.programs) == 1:
        done = lookup.done_in(context, context.programs[0])
        if done is not None:
            return done  # それで何すんの
    found = lookup.spoken_of(context)
    if found is None and context.searched() and not context.focus.programs:
        return lookup.describe_one(context, context.searched()[0], others=context.searched()[1:])
    return found or conversation.not_understood(context)


def chosen(context: Context) -> Reply:
    """The answer to the question behind the button, number or place that was chosen."""
    choice = _choice(context)
    if choice is None:
        return follow_up(context) if context.moves_to_part else answer_anyway(context)
    return answer_choice(context, choice)


def answer_choice(context: Context, choice: Choice) -> Reply:
    """The answer to the question that a choice stands for; the button that offers to delete, deletes."""
    if choice.intent == "erase":
        return conversation.erased(context)
    kinds = (
        ("program", choice.programs),
        ("attribute", choice.attributes),
        ("case", choice.cases),
        ("period", choice.periods),
        ("contact", choice.contacts),
        ("need", choice.needs),
    )
    mentions = tuple(
        Mention(targets=(Target(kind, name),), start=0, end=0, score=1.0, how="name")
        for kind, names in kinds
        for name in names
    )
    question = replace(context.question, intent=choice.intent, text=choice.title, mentions=mentions)
    return ANSWERS.get(choice.intent, lookup.describe)(replace(context, question=question))


def _choice(context: Context) -> Choice | None:
    """Which of the offered choices the text picks: its token, its title, or its place in the list."""
    offered = context.focus.choices
    text = context.question.text.strip()
    for choice in offered:
        if text in (choice.token, choice.title):
            return choice
    place = position(text)
    if place is None or not offered or place > len(offered):
        return None
    return offered[place - 1 if place > 0 else place]
