"""Whether a reply speaks of what the question speaks of; else the fact of the same programme that does."""

from __future__ import annotations

from madoguchi import catalog as catalogs
from madoguchi.answers import lookup
from madoguchi.answers.context import Context
from madoguchi.answers.reply import Outcome, Reply
from madoguchi.catalog.lexicon import HEADINGS
from madoguchi.catalog.model import Fact, Unit
from madoguchi.catalog.search import content_words
from madoguchi.japanese.compounds import is_telling
from madoguchi.japanese.questions import asks_listing, asks_name
from madoguchi.japanese.values import asked_value, holds

_SPOKEN = 5.0  # BM25 of the nouns beside all names from which they speak of a fact
_SPOKEN_BY_ALL = 9.0  # the same of all words, where the reply tells no fact
_STORY = 3  # nouns that the reply does not have, from which a text tells a story
_LOOK_UP = ("ask_", "follow_up", "out_of_scope", "nlu_fallback", "human")


def to_the_point(context: Context, reply: Reply) -> Reply:
    """The reply, or what the words beside all names speak of where it tells nothing of that: 別枠をすでに使うてたら."""
    if reply.outcome not in (Outcome.ANSWERED, Outcome.ASKED) or not _may_miss(context, reply):
        return reply
    fact = _spoken_of(context, reply)
    if fact is None or fact.unit is not Unit.TEXT or fact in reply.facts:
        return reply
    asked = asked_value(context.question.text)
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
    return not other and not listed and not asks_name(question.text)


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
    hits = index.search(context.open_words, among=family) if not reply.facts else []
    return family[hits[0][0]] if hits and hits[0][1] >= _SPOKEN_BY_ALL else None


def _family(context: Context, reply: Reply) -> dict[str, Fact]:
    """The facts of the programmes that the reply is about, of their parts and of the measure around them."""
    programs = context.catalog.programs
    meant = (*reply.focus.programs, *(context.programs if len(context.programs) == 1 else ()))
    about = [name for name in dict.fromkeys(meant) if name in programs and programs[name].kind not in HEADINGS]
    about = [name for name in about if not programs[name].background] or about
    around = {p.id: p for name in about for p in lookup.around(context, name)}
    return {fact.key: fact for program in around.values() for fact in program.facts}
