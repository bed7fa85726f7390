"""Whether a reply speaks of what the question speaks of; else the fact of the same programme that does."""

from __future__ import annotations

from madoguchi import catalog as catalogs
from madoguchi.answers import lookup
from madoguchi.answers.context import Context
from madoguchi.answers.reply import Outcome, Reply
from madoguchi.catalog.lexicon import HEADINGS
from madoguchi.catalog.model import Attribute, Fact, Unit
from madoguchi.catalog.search import content_words
from madoguchi.japanese.compounds import is_telling
from madoguchi.japanese.moves import ends_with_topic
from madoguchi.japanese.questions import asks_change, asks_continued, asks_included, asks_listing, asks_name, asks_size
from madoguchi.japanese.values import asked_value, holds

_SPOKEN = 5.0  # BM25 of the nouns beside all names from which they speak of a fact
_SPOKEN_BY_ALL = 9.0  # the same of all words, where the reply tells no fact
_SPOKEN_BY_CHANCE = 2.5  # the same of all words, where what the reply tells was hardly asked for
_STORY = 3  # nouns that the reply does not have, from which a text tells a story
_LOOK_UP = ("ask_", "follow_up", "out_of_scope", "nlu_fallback", "human")


def to_the_point(context: Context, reply: Reply) -> Reply:
    """The reply, or what the words beside all names speak of where it tells nothing of that: 別枠をすでに使うてたら."""
    if reply.outcome not in (Outcome.ANSWERED, Outcome.ASKED) or not _may_miss(context, reply):
        return reply
    asked = asked_value(context.question.text)
    if asked is not None and reply.facts and holds("".join((reply.lead, *reply.details)), asked.kind):
        return reply
    unasked = _is_unasked(context, reply)
    fact = _of_any_word(context, reply) if unasked else _spoken_of(context, reply)
    if unasked and fact is None and _is_repeated(context, reply):
        return lookup.describe_one(context, reply.focus.programs[0])  # 跡継ぎ探しもしてくれる?, after a number
    if fact is None or fact.unit is not Unit.TEXT or fact in reply.facts:
        return reply
    if asked is not None and not holds(fact.printed, asked.kind):
        return reply
    return lookup.stated(context, fact.program, (fact,))


def _may_miss(context: Context, reply: Reply) -> bool:
    """Whether nothing but words beside all names may ask for something else than what the reply tells."""
    question = context.question
    asked = context.named("fact")
    told = any(fact.attribute in context.named_attributes or fact.key in asked for fact in reply.facts)
    judged = bool(reply.facts) and reply.facts[0].verdict is not None
    if reply.computed or context.measured or told or judged or not question.intent.startswith(_LOOK_UP):
        return False
    other = any(map(context.named, ("mean", "place", "period"))) or question.intent == "ask_contact"
    listed = asks_listing(question.text) and not reply.facts and len(context.programs) != 1
    of_kind = bool(context.named("kind")) and reply.focus.intent == question.intent == "ask_list"  # 商店街の税制
    listed = listed or of_kind
    return not other and not listed and not asks_name(question.text)


def _is_repeated(context: Context, reply: Reply) -> bool:
    """Whether the reply tells what the last one told and no more, although a follow-up has words of its own."""
    last = {fact.key for fact in context.told}
    own = [word for word in context.open_words if len(word) > 1]
    text = context.question.text
    moved = context.named_cases or context.named_attributes or ends_with_topic(text) or asks_included(text)
    moved = moved or reply.focus.programs != context.focus.programs
    return bool(reply.facts and own) and not moved and {fact.key for fact in reply.facts} <= last


def _is_unasked(context: Context, reply: Reply) -> bool:
    """Whether the reply says again what was told, or tells budgets where nothing asks for them: 誰を派遣する."""
    dear = bool(reply.facts) and all(fact.attribute is Attribute.BUDGET for fact in reply.facts)
    text = context.question.text
    asked = any(asks(text) for asks in (asks_change, asks_continued, asks_size))
    asked = asked or context.intent in ("ask_budget", "ask_amount")
    return _is_repeated(context, reply) or (dear and not asked)


def _of_any_word(context: Context, reply: Reply) -> Fact | None:
    """The fact around what the reply tells that any words speak of, but for names of what it tells; None for none."""
    naming = [mention for mention in context.question.mentions if mention.how != "part"]
    words = [word.lemma for word in context.outside(naming) if word.is_telling]
    family = {key: fact for key, fact in _family(context, reply).items() if fact.unit is Unit.TEXT}
    hits = catalogs.facts_index(context.catalog).search(words, among=family)
    return family[hits[0][0]] if hits and hits[0][1] >= _SPOKEN_BY_CHANCE else None


def _spoken_of(context: Context, reply: Reply) -> Fact | None:
    """The fact around what the reply tells that the nouns that it does not have speak of; None for none, and for a
    story."""
    said = {w for text in (reply.lead, *reply.details, *(p.name for p in reply.programs)) for w in content_words(text)}
    words = context.outside(context.question.mentions)
    nouns = [word.lemma for word in words if word.is_noun and is_telling(word) and word.lemma not in said]
    family = _family(context, reply)
    index = catalogs.facts_index(context.catalog)
    hits = index.search(nouns, among=family) if len(nouns) <= _STORY else []
    if hits and hits[0][1] >= _SPOKEN:
        return family[hits[0][0]]
    inside = {part.id for p in context.programs[:1] for part in context.catalog.with_parts(p)}
    whole = not reply.facts and len(context.programs) == 1 and inside.issuperset(reply.focus.programs)
    hits = index.search(context.open_words, among=family) if whole else []
    return family[hits[0][0]] if hits and hits[0][1] >= _SPOKEN_BY_ALL else None


def _family(context: Context, reply: Reply) -> dict[str, Fact]:
    """The facts of the programmes that the reply is about, of their parts and of the measure around them."""
    programs = context.catalog.programs
    meant = (*reply.focus.programs, *(context.programs if len(context.programs) == 1 else ()))
    about = [name for name in dict.fromkeys(meant) if name in programs and programs[name].kind not in HEADINGS]
    about = [name for name in about if not programs[name].background] or about
    around = {p.id: p for name in about for p in lookup.around(context, name)}
    return {fact.key: fact for program in around.values() for fact in program.facts}
