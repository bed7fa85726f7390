"""Whether a question is somebody else's business: of another place, about another scheme, for what nobody stated."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from madoguchi import catalog as catalogs
from madoguchi.answers import contacts, conversation
from madoguchi.answers.context import Context
from madoguchi.answers.question import LIKELY
from madoguchi.answers.reply import Reply
from madoguchi.answers.said import SHORT_WORD
from madoguchi.answers.sentences import silent
from madoguchi.catalog.lexicon import home
from madoguchi.catalog.model import WHO_ASKS, Attribute, Fact, Unit
from madoguchi.catalog.names import Mention
from madoguchi.japanese import addresses
from madoguchi.japanese.around import asks_there, ends_question, holds_abroad, is_joint, is_speaker
from madoguchi.japanese.clauses import spans
from madoguchi.japanese.compounds import (
    Compound,
    chains,
    compounds,
    is_measure,
    is_region,
    is_telling,
    is_town,
    is_trade,
)
from madoguchi.japanese.dates import asks_of_time, era_name, years
from madoguchi.japanese.folding import is_kana, katakana, plain_kana
from madoguchi.japanese.morphology import Morpheme, morphemes
from madoguchi.japanese.questions import asks_listing, asks_members, asks_sum, is_polar

_OFFICES = frozenset(("organization", "contact"))
_SCHEMES = frozenset(("program", "kind", "attribute", "fact", "mean"))  # what one asks for of a place
_TOPICS = frozenset(
    ("program", "organization", "contact", "kind", "need", "case", "tag", "document", "period", "place", "unstated")
)
_ADDRESSES = (addresses.telephone, addresses.mail, addresses.mail_name, addresses.extension)
_NAMED = frozenset(("program", "organization", "contact", "need", "document", "tag", "unstated"))
_ASKED = frozenset(("kind", "fact"))  # what one may ask for without naming a programme
_AHEAD = 5  # years after its documents of which a text may still ask what they say: a plan lasts up to five
_CERTAIN = 0.9  # of out_of_scope; what the catalog covers reaches it where it names a scheme or a fact
_MIDDLING = 0.5  # of out_of_scope; the words of the text then decide
_OWNED = 3  # characters from a country's name to that of what it has: シンガポール の 法人税率, 韓国 政府の 融資
_SHORT_SOUND = 6  # characters, for プログラム, マッチング
_LONGEST_END = 4  # words of 信用保証協会
_SHARED = 2  # programmes up to which a word may stand for the name of one
_GIVEN = {"subsidy": Attribute.SHARE}  # what a programme states that is as good as of a kind
_CIRCUMSTANCES = frozenset(
    ("attribute", "case", "need", "tag", "measure", "period", "place", "organization", "document")
)


def outside(context: Context) -> Reply | None:
    """That the question is about another place, scheme or time, and whom to ask; None where it is not seen to be."""
    place = elsewhere(context)
    if place and (context.named("organization") or context.named("contact")):
        return contacts.unlisted_at(context, place)
    if place or abroad(context) or other_scheme(context):
        return conversation.decline(context)
    later = later_year(context) or earlier_year(context)
    if later and context.named_programs_here and context.programs:
        return silent(context, context.catalog.programs[context.programs[0]], what=era_name(str(later)))
    return conversation.decline(context) if later else None


def foreign_business(context: Context) -> Reply | None:
    """That a first question is as good as certainly none of ours, and names no more than an office: 県庁の食堂."""
    question = context.question
    certain = question.intent == "out_of_scope" and question.confidence >= _CERTAIN and not context.focus.intent
    topics = {t.kind for m in context.mentions if m.how != "part" for t in m.targets}
    return conversation.decline(context) if certain and not topics & _SCHEMES else None


def unknown(context: Context) -> Reply | None:
    """That no document says anything of what the text asks for, and whom to ask; None where one may."""
    beside = beside_the_point(context)
    thing = unheard_of(context) or beside or _unheard_place(context)
    by_chance = all(_is_chance(context, m) for m in context.mentions if _is_program(m))  # マッチングサイト
    if thing and context.named_programs_here and context.programs and not by_chance:
        spoken = _facts_beside(context) or (_facts_of_places(context) if _is_place(thing) else [])
        if spoken and asks_members(thing):
            return None  # 再生支援チームに入る専門家の職種
        return silent(context, context.catalog.programs[context.programs[0]], what=thing, known=spoken)
    if thing and (context.named("organization") or context.named("contact")):
        return conversation.unstated_here(context, thing)
    nothing = beside or (thing and _names_nothing(context))
    foreign = foreign_words(context) or of_foreign(context)
    return conversation.decline(context) if nothing or (foreign and not _is_ruled(context)) else None


def _is_ruled(context: Context) -> bool:
    """Whether the text asks for a yes or no on a circumstance that decides something and is nobody's trade: 冷凍ショー
    ケースは器具備品やけどあかん?"""
    cases = [context.catalog.cases[name] for name in context.named("case")]
    return is_polar(context.question.text) and any(not c.default and c.dimension not in WHO_ASKS for c in cases)


def _facts_beside(context: Context) -> list[Fact]:
    """The fact that the text names with a term, of the programme that it names."""
    named = {p.id for name in context.programs[:1] for p in context.catalog.with_parts(name)}
    keys = [m.targets[0].id for m in context.mentions if len(m.targets) == 1 and _is_long_fact(m)]
    facts = [context.catalog.fact(key) for key in keys]
    return [fact for fact in facts if fact.program in named][:1]


def _facts_of_places(context: Context) -> list[Fact]:
    """What the programme talked about says of places, for who asks of another one: 販路コーディネーター 名古屋も?"""
    facts = context.catalog.programs[context.programs[0]].facts
    named = [f for f in facts if f.attribute is not Attribute.DESCRIPTION and _is_place(f.printed)]
    return named[:1] or [f for f in facts if f.attribute is Attribute.COUNT and f.unit is Unit.COUNT][:1]  # 全国100箇所


def _unheard_place(context: Context) -> str:
    """The place, of which the catalog does not speak, at which the text asks for what it names; "" for none."""
    lexicon, text = catalogs.lexicon(context.catalog), context.question.text
    strange = [w for w in context.outside(context.mentions) if w.is_place and not lexicon.knows(w)]
    return next((word.surface for word in strange if asks_there(text[word.end :])), "")


def _is_place(text: str) -> bool:
    return any(word.is_place for word in morphemes(text))


def elsewhere(context: Context) -> str:
    """The place with no office of ours whose office or scheme the text asks for: 大阪信用保証協会; "" for none."""
    for chain in chains(context.question.text):
        for place, word in enumerate(chain[:-1]):
            if _asks_of_place(context, word, chain[place + 1 :]):
                return word.surface
    return ""


def _asks_of_place(context: Context, word: Morpheme, behind: Sequence[Morpheme]) -> bool:
    """Whether `word` is another place, or a town, and what stands `behind` it is an office or scheme of that place."""
    lexicon = catalogs.lexicon(context.catalog)
    around = [m for m in context.mentions if m.start <= word.start and word.end < m.end]
    if around:
        return False  # アジア電子流通圏, 大津商工会議所
    asked = [m for m in context.mentions if word.end <= m.start < behind[-1].end or m.start == word.end - 1]
    kinds = {target.kind for mention in asked for target in mention.targets}
    town = is_town(behind[0])
    if not lexicon.is_elsewhere(word):
        return word.is_place and town and bool(kinds & _SCHEMES) and not kinds & _OFFICES
    if kinds & _OFFICES:
        return True
    if not word.is_place:
        return False  # 定利融資, which a slip has made a person's name
    named = is_region(behind[0]) or not lexicon.knows(word)  # 東京 may be a market
    apart = any(_is_program(m) and m.how != "part" and m not in asked for m in context.mentions)
    return named and bool(kinds & _SCHEMES) and not apart


def _is_program(mention: Mention) -> bool:
    return any(target.kind == "program" for target in mention.targets)


def other_scheme(context: Context) -> str:
    """The name of a scheme or office that the catalog does not have: 新事業進出補助金; "" for none."""
    for compound in compounds(context.question.text):
        if is_speaker(context.question.text[compound.end :]):
            continue
        for place in range(len(compound.words), 1, -1):
            words = compound.words[:place]
            end = _end(context, words)
            if end and not _is_ours(context, words, len(words) - end):
                return compound.surface
            if end:
                break
    return ""


def _end(context: Context, words: Sequence[Morpheme]) -> int:
    """How many of the last words make a compound the name of a scheme or office, two for 補助金; 0 for none."""
    ends = catalogs.lexicon(context.catalog).scheme_ends
    return max((n for n in range(1, min(_LONGEST_END, len(words) - 1) + 1) if _surface(words[-n:]) in ends), default=0)


def _is_ours(context: Context, words: Sequence[Morpheme], end: int) -> bool:
    """Whether a scheme's name, of which `words[end:]` tell that it is one, is of the catalog or adds a circumstance to
    one that is: 組合融資, 教育訓練費税額控除."""
    lexicon = catalogs.lexicon(context.catalog)
    if not any(map(is_telling, words[:end])) or lexicon.has_in_names(words) or _is_misspelled(context, words):
        return True
    is_kind = _surface(words[end:]) in lexicon.kind_names
    for own in range(end + is_kind):  # from where on it stands in the catalog
        if lexicon.has(words[own:]) or own == end:
            return all(_is_covered(context, word, end=words[end]) for word in words[:own])
    return False


def _is_misspelled(context: Context, words: Sequence[Morpheme]) -> bool:
    """Whether the words sound like a whole name of the catalog: 信用補償協会."""
    sounding = (m for m in context.mentions if m.how in ("sound", "slip"))
    return any(m.start <= words[0].start and words[-1].end <= m.end for m in sounding)


def _is_covered(context: Context, word: Morpheme, *, end: Morpheme) -> bool:
    """Whether a word before the end of a scheme's name is none that tells it from what the catalog has."""
    if not is_telling(word) or catalogs.lexicon(context.catalog).sounds(word):
        return True
    named = [m for m in context.mentions if m.how != "part" and m.start < word.end and word.start < m.end]
    kinds = {t.kind for m in named for t in m.targets}
    fits = any(_fits(context, m, end) for m in named if _is_program(m))
    return bool(kinds & _CIRCUMSTANCES) or fits or _is_told_of(context, word, end)


def _is_told_of(context: Context, word: Morpheme, end: Morpheme) -> bool:
    """Whether a compound ends in the whole name of a programme whose texts have the word: 承認企業設備投資減税."""
    ending = [m for m in context.mentions if m.how == "name" and _is_program(m) and word.end <= m.start <= end.start]
    homes = {home(context.catalog, m.targets[0].id) for m in ending if m.end >= end.end and len(m.targets) == 1}
    return not word.is_proper and bool(homes & catalogs.lexicon(context.catalog).telling([word]))


def _fits(context: Context, mention: Mention, end: Morpheme) -> bool:
    """Whether a programme's name goes on over the end of a compound or has a figure behind it (ESCO補助率), or the
    programme is of the kind that the end says."""
    longer = [m for m in context.mentions if m.start <= end.start and end.end < m.end]
    if mention.end > end.start or any(t.kind == "attribute" for m in longer for t in m.targets):
        return True
    kinds = {t.id for m in context.mentions if m.start <= end.start < m.end for t in m.targets if t.kind == "kind"}
    named = [target.id for target in mention.targets if target.kind == "program"]
    if len(named) > _SHARED:
        return False  # a word that many programmes have: ものづくり補助金
    around = [p for name in named for p in (*context.catalog.with_parts(name), *context.catalog.lineage(name))]
    given = {_GIVEN[kind] for kind in kinds if kind in _GIVEN}  # ESCO補助金, of which the share is stated
    return any(program.kind in kinds or any(f.attribute in given for f in program.facts) for program in around)


def _surface(words: Sequence[Morpheme]) -> str:
    return "".join(word.surface for word in words)


def later_year(context: Context) -> int:
    """The year of the text that is later than anything its documents can speak of; 0 for none."""
    last = max((int(document.published[:4]) for document in context.catalog.documents.values()), default=0)
    return next((year for year in years(context.question.text) if year > last + _AHEAD), 0)


def earlier_year(context: Context) -> int:
    """A year of the text that no document speaks of and of which it asks how things were; 0 for none."""
    text, known = context.question.text, catalogs.lexicon(context.catalog).years
    if context.named_cases or context.unknown_years or not asks_of_time(text):
        return 0
    return next((year for year in years(text) if year not in known), 0)


def abroad(context: Context) -> bool:
    """Whether the text asks for what holds in another country: 韓国政府の支援, ドイツの融資."""
    if context.named("need"):
        return False
    text = context.question.text
    words = [w for w in context.outside(m for m in context.mentions if m.how == "name") if w.is_country]
    own = [m for m in context.mentions if _is_program(m)] if context.surely_named_programs else []
    held = [word for word in words if holds_abroad(text, word.end)]
    return any(not own or any(0 < m.start - word.end <= _OWNED for m in own) for word in held)


def unheard_of(context: Context) -> str:
    """The thing that the text asks for and that the catalog has no word for: 市場化ステージの採点基準; "" for none."""
    text = context.question.text
    found = [compound for compound in compounds(text) if any(is_telling(word) for word in compound.words)]
    if not found or asks_listing(text) or asks_sum(text) or not ends_question(text[found[-1].end :]):
        return ""
    last = found[-1]
    if len(found) > 1 and found[-2].owns and _is_figure(context, last):
        owner = found[-2]
        of_it = context.phrases.say("of", whole=owner.surface, part=last.surface)
        return of_it if _foreign(context, _uncovered(context, owner)) else ""
    if catalogs.lexicon(context.catalog).has(last.words):
        return ""
    between = text[max((m.end for m in context.mentions if m.end <= last.start), default=last.start) : last.start]
    open_words = _uncovered(context, last) if is_joint(between) else []
    measured = bool(open_words) and last.words[-1] in open_words and is_measure(last.words[-1])
    return last.surface if measured or (len(open_words) == len(last.words) and _foreign(context, open_words)) else ""


def beside_the_point(context: Context) -> str:
    """The last thing in a text that the texts of the programme that it names, or of the whole catalog, have no word
    for, where the text is likely about something else: 商店街の視察; "" for none."""
    question = context.question
    if question.intent != "out_of_scope" or question.confidence < _MIDDLING or context.focus.intent:
        return ""
    lexicon = catalogs.lexicon(context.catalog)
    named = [program for group in context.named_programs for program in group if context.surely_named_programs]
    homes = {home(context.catalog, program) for program in named}
    found = []
    for compound in _asked(question.text):
        words = [w for w in _uncovered(context, compound) if is_telling(w) and _is_word(w) and not w.is_country]
        unsaid = homes and any(not homes & lexicon.telling([w]) and not lexicon.sounds(w) for w in words)
        if unsaid or _foreign(context, words):
            found.append(compound)
    found = [c for c in found if not is_trade(c.words[-1]) and not any(word.is_place for word in c.words)]
    return found[-1].surface if found else ""


def _asked(text: str) -> list[Compound]:
    """The compounds of the last sentence that has any: what stands before it tells of the one who asks."""
    sentences = ([c for c in compounds(text) if start <= c.start < end] for start, end in spans(text))
    return next((found for found in reversed(list(sentences)) if found), [])


def _is_figure(context: Context, compound: Compound) -> bool:
    """Whether a compound is a word for a figure or for what else is stated of anything: 利率."""
    kinds = {t.kind for m in context.mentions if m.start < compound.end and compound.start < m.end for t in m.targets}
    return "attribute" in kinds and not kinds & {"program", "kind", "case"}


def _uncovered(context: Context, compound: Compound) -> list[Morpheme]:
    """The words of a compound that are no part of a name."""
    named = [(m.start, m.end) for m in context.mentions if m.how != "part"]
    return [w for w in compound.words if not any(w.start < end and start < w.end for start, end in named)]


def _names_nothing(context: Context) -> bool:
    """Whether a first question names no more than a place or whose business it is: 彦根の積雪."""
    if any(_is_long_fact(mention) for mention in context.mentions):
        return False
    kinds = {t.kind for m in context.mentions if m.how != "part" for t in m.targets}
    return not context.focus.intent and _may_be_outside(context) and kinds <= {"place", "case", "fact"}


def foreign_words(context: Context) -> bool:
    """Whether a first question names nothing that one asks about, and has a word that the catalog does not know."""
    question = context.question
    topics = {t.kind for m in context.mentions if m.how != "part" for t in m.targets}
    if context.focus.intent or not _may_be_outside(context) or topics & _TOPICS:
        return False
    if any(_is_long_fact(mention) for mention in context.mentions):
        return False
    if context.valued or any(find(question.text) for find in _ADDRESSES):
        return False
    return any(_foreign(context, _uncovered(context, compound)) for compound in compounds(question.text))


def of_foreign(context: Context) -> bool:
    """Whether a first question asks for something of what the catalog does not know: ミラサポの専門家派遣, or names
    only what people tell of themselves and such a thing: 社員の健康診断."""
    text = context.question.text
    topics = {t.kind for m in context.mentions if not _is_chance(context, m) for t in m.targets}
    if context.focus.intent or not _may_be_outside(context) or context.valued or topics & _NAMED:
        return False
    if any(find(text) for find in _ADDRESSES):
        return False
    owner = False  # whether such a thing stands before, joined by の
    for compound in compounds(text):
        words = _foreign(context, _uncovered(context, compound))
        strange = bool(words) and not is_trade(compound.words[-1]) and not any(word.is_place for word in words)
        if strange and (not topics & _ASKED or _is_head(context, compound, words)):
            return True
        named = [m for m in context.mentions if m.start < compound.end and compound.start < m.end and m.how != "part"]
        if (
            any(_is_chance(context, m) for m in named)
            and not topics
            and not catalogs.lexicon(context.catalog).has(compound.words)
        ):
            return True  # マッチングアプリ
        later = [m for m in named if not words or m.start >= words[-1].end]
        if (owner or strange) and any(t.kind in _ASKED for m in later for t in m.targets):
            return True
        owner = (owner or strange) and compound.owns
    return False


def _is_head(context: Context, compound: Compound, words: Sequence[Morpheme]) -> bool:
    """Whether a foreign word at the end of a compound makes a word of ours before it another thing: 投資詐欺."""
    head = words[-1] is compound.words[-1] and not words[-1].surface.isascii()
    before = [m for m in context.mentions if m.end == words[-1].start and m.end - m.start <= SHORT_WORD]
    return head and any(target.kind in ("kind", "program") for mention in before for target in mention.targets)


def _is_chance(context: Context, mention: Mention) -> bool:
    """Whether one short word happens to be like a part of a name: マッチング of マッチングアプリ."""
    text = context.question.text
    there = text[mention.start : mention.end]
    foreign = is_kana(there) and katakana(there) == there and plain_kana(text) == text
    return mention.how == "part" or (mention.how == "sound" and foreign and len(there) <= _SHORT_SOUND)


def _is_long_fact(mention: Mention) -> bool:
    """Whether a mention means facts and nothing else, with more than a word: 外部専門家."""
    return mention.end - mention.start > SHORT_WORD and all(target.kind == "fact" for target in mention.targets)


def _may_be_outside(context: Context) -> bool:
    """Whether a kind of question is one of look-up, or none that was understood."""
    intent, confidence = context.question.intent, context.question.confidence
    unlikely = confidence < (_CERTAIN if intent == "crisis" else LIKELY)
    looked_up = intent.startswith("ask_") or intent in ("out_of_scope", "nlu_fallback", "follow_up", "choose")
    return looked_up or unlikely


def _foreign(context: Context, words: Iterable[Morpheme]) -> list[Morpheme]:
    """Those of `words` that the catalog does not know, not even by their sound."""
    lexicon = catalogs.lexicon(context.catalog)
    words = [w for w in words if not w.is_country]  # of which `abroad` decides
    return [w for w in words if is_telling(w) and _is_word(w) and not lexicon.knows(w) and not lexicon.sounds(w)]


def _is_word(word: Morpheme) -> bool:
    """Whether a word is one, not what a slip made of another: 償脚."""
    return word.is_known or word.surface.isascii()
