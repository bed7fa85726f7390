"""What is covered after all, of a text that was taken for somebody else's business.

Each rule answers or returns None; the first that answers wins, so a rule's place in `RULES` matters.
"""

from __future__ import annotations

from madoguchi import catalog as catalogs
from madoguchi.answers import contacts, lookup
from madoguchi.answers.context import Context
from madoguchi.answers.kinds import asked_as, by_words, follow_up
from madoguchi.answers.reply import Outcome, Reply
from madoguchi.answers.rules.doubt import ASIDE, SURE_MOVE, Rule
from madoguchi.japanese.moves import only_moves
from madoguchi.japanese.people import asks_where
from madoguchi.japanese.questions import asks_size, asks_what

_SHORT = 5  # content words of a text that can only move the last question: 国民生活のほうや
_OUTSIDE = 0.9  # from here the text is about something else although it names what is covered


def _address(context: Context) -> Reply | None:
    """The mail address of a listed office, whatever stands around it."""
    written = contacts.of_address(context)
    return written if written is not None and written.outcome is Outcome.ANSWERED else None


def _fact_of_place(context: Context) -> Reply | None:
    """The office at a place, for what two words of the text say: 彦根で機械の試験をしてくれるとこ."""
    return contacts.tell(context) if context.named("place") and context.fact_named_twice else None


def _figure(context: Context) -> Reply | None:
    """The figure of a case, or of what there is for a need: 一部担保免除の限度, 研究開発むけの国の予算."""
    needed = context.named("need") and context.named_attributes and not context.named("unstated")
    return by_words(context) if _may_be_ours(context) and (context.case_is_stated or needed) else None


def _office_of_kind(context: Context) -> Reply | None:
    """Whom to ask about a kind of help: 投資を受けるときの相談先."""
    asked = context.question.confidence < SURE_MOVE and asks_where(context.question.text)
    return contacts.tell(context) if asked and _names_offered_kind(context) else None


def _detailed_fact(context: Context) -> Reply | None:
    """What is asked of a named fact: 税額控除だけになるリースはいつから."""
    detailed = context.named_cases or context.named("mean") or context.named_attributes
    return by_words(context) if context.named_facts and detailed and context.knows_open_words else None


def _fact(context: Context) -> Reply | None:
    """What the named facts are, where hardly another word stands beside them."""
    known = _may_be_ours(context) or context.knows_open_words
    return lookup.describe(context) if context.facts_of_one and known and _is_little_else(context) else None


def _fact_of_kind(context: Context) -> Reply | None:
    """What a short text says of a kind of help: 補助金は絶対でるん？"""
    named = context.named("fact") and context.named("kind") and context.programs
    return by_words(context) if named and _is_short(context) else None


def _moved(context: Context) -> Reply | None:
    """The last question again, for what a short text moves it to: 国民生活のほうや."""
    kinds = ("case", "attribute", "period", "measure", *(() if context.named("fact") else ("kind",)))
    moved = any(map(context.named, kinds)) or only_moves(context.question.text)
    named = context.mentions or not context.open_words
    return follow_up(context) if context.focus.intent and moved and _is_short(context) and named else None


def _program_of_kind(context: Context) -> Reply | None:
    """What is asked of a named programme, beside a word for a kind of help."""
    return by_words(context) if context.named_programs and _names_offered_kind(context) else None


def _kind(context: Context) -> Reply | None:
    """What is asked of a kind of help, where no other noun stands in the text: 補助金っていくら出るん."""
    asked = asks_what(context.question.text) or context.named_attributes
    nouns = any(word.is_noun and word.is_telling for word in context.outside(context.mentions))
    if not asked or nouns or len(context.named("kind")) > 1 or not _names_offered_kind(context):
        return None
    sized = asks_size(context.question.text) and not context.named_attributes
    return asked_as("ask_amount", context) if sized else by_words(context)


def _our_words(context: Context) -> Reply | None:
    """What is asked in nothing but words of the catalog's world: 代表者の保証なし 設備の限度額."""
    likely = _may_be_ours(context) or context.named_programs
    return by_words(context) if likely and context.speaks_of_us and not context.named("unstated") else None


def _surely_named(context: Context) -> Reply | None:
    """What is asked of a programme that the text surely names, or of an office with something else that is asked."""
    located = context.named("mean") or context.named("place")
    told = (context.named_attributes or located) and (_names_office(context) or context.surely_named_programs)
    named = context.surely_named_programs and (_may_be_ours(context) or _is_little_else(context))
    if not told and not named:
        return None
    return contacts.tell(context) if located else by_words(context)


def _office(context: Context) -> Reply | None:
    """The number of an office beside whose name hardly another word stands: 中小企業基盤整備機構 近畿."""
    asked = _names_office(context) and not context.named("unstated") and _is_little_else(context)
    return contacts.tell(context) if asked else None


def _found(context: Context) -> Reply | None:
    """The programme that the words of the text speak strongly of, without naming it."""
    kind_known = context.named("kind") and context.knows_open_words
    if not context.surely_found or not (_may_be_ours(context) or kind_known):
        return None
    found = context.searched()
    return lookup.describe_one(context, found[0], others=found[1:])


def _detail(context: Context) -> Reply | None:
    """The fact of the programme talked about that the words of the text speak of."""
    return None if context.quantities else lookup.spoken_of(context)  # an amount of one's own asks for no detail


def _may_be_ours(context: Context) -> bool:
    """Whether it is not as good as certain that the text is about something else."""
    return context.question.confidence < _OUTSIDE


def _names_offered_kind(context: Context) -> bool:
    """Whether the text names a kind of help that one turns to an office for: a loan, no area."""
    return not catalogs.lexicon(context.catalog).offered_kinds.isdisjoint(context.named("kind"))


def _names_office(context: Context) -> bool:
    return bool(context.named("organization") or context.named("contact"))


def _is_little_else(context: Context) -> bool:
    """Whether hardly another word stands beside what the text names."""
    return len(context.open_words) <= ASIDE


def _is_short(context: Context) -> bool:
    return len(context.words) <= _SHORT


RULES: tuple[Rule, ...] = (
    _address,
    _fact_of_place,
    _figure,
    _office_of_kind,
    _detailed_fact,
    _fact,
    _fact_of_kind,
    _moved,
    _program_of_kind,
    _kind,
    _our_words,
    _surely_named,
    _office,
    _found,
    _detail,
)
