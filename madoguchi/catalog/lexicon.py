"""Which words the catalog knows, and which names it has of its own places."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from madoguchi.catalog.catalog import Catalog
from madoguchi.catalog.model import TRADE
from madoguchi.catalog.names import every_name
from madoguchi.japanese.dates import years
from madoguchi.japanese.folding import fold, is_kana, katakana, unified
from madoguchi.japanese.morphology import Morpheme, morphemes
from madoguchi.japanese.sequences import Sequences

HEADINGS = ("overview", "pillar", "area")  # kinds of programme under which others only stand together
HELP = frozenset(("subsidy", "loan", "guarantee", "tax", "fee_reduction", "investment"))  # that give or save money


class Lexicon:
    """Every word of the catalog's names, facts, situations and vocabulary; and the places of its offices.

    `sequences` has how the words are read and what stands beside what, `kana_names` the names that are all in kana.
    """

    def __init__(self, catalog: Catalog) -> None:
        texts = dict.fromkeys(_texts(catalog))  # thousands of facts may have one and the same name
        read = {text: _morphemes(text) for text in texts}  # once: most are also among the names and texts below
        words = [word for found in read.values() for word in found]
        self._words = {form for word in words for form in _forms(word)}
        self._sounds = {word.reading for word in words}
        self._text = "\n".join(map(fold, texts))
        self.sequences = Sequences()
        for found in read.values():
            self.sequences.see(found)
        self.kana_names = frozenset(name for _, name, _ in every_name(catalog) if is_kana(katakana(name)))
        self._owners: dict[str, set[str]] = defaultdict(set)  # the programmes with a word in their names
        for program in catalog.programs.values():
            for name in (program.name, *program.aliases):
                for word in read.get(name) or _morphemes(name):
                    for form in _forms(word):
                        self._owners[form].add(program.id)
        self._told_by: dict[str, set[str]] = defaultdict(set)  # the homes of the programmes whose texts have a word
        for text, homes in _texts_of_homes(catalog).items():
            for word in read.get(text) or _morphemes(text):
                for form in _forms(word):
                    self._told_by[form] |= homes
        terms = catalog.terms["periods"].values()
        said = (fact.printed for fact in catalog.facts())
        self.years = {year for text in (*said, *(term.name for term in terms)) for year in years(text)}
        # the kinds of programme that one turns to an office for: no 分野, no 事業
        self.offered_kinds = frozenset(program.kind for program in catalog.programs.values() if program.contacts)
        kinds = (term for term in catalog.terms["kinds"].values() if term.id in self.offered_kinds)
        self.kind_names = frozenset(name for term in kinds for name in (term.name, *term.aliases))
        ends = catalog.terms["schemes"].values()  # what names of schemes end in that are of no such kind: 給付金
        self.scheme_ends = self.kind_names.union(name for term in ends for name in (term.name, *term.aliases))
        offices = [contact.name for contact in catalog.contacts.values()]
        organizations = [organization.name for organization in catalog.organizations.values()]
        of_offices = [catalog.settings.covers, *offices, *organizations]
        self._places = {word.surface for text in of_offices for word in _morphemes(text) if word.is_place}
        self._places.update(contact.place for contact in catalog.contacts.values() if contact.place)

    def knows(self, word: Morpheme) -> bool:
        """Whether the catalog has the word, in this or another writing."""
        return any(form in self._words for form in _forms(word))

    def sounds(self, word: Morpheme) -> bool:
        """Whether a word that the catalog does not have sounds like one that it has: 定利 for 低利."""
        return not self.knows(word) and word.reading in self._sounds

    def has(self, words: Sequence[Morpheme]) -> bool:
        """Whether these words stand somewhere in the catalog, one behind the other."""
        return fold("".join(word.surface for word in words)) in self._text

    def has_in_names(self, words: Sequence[Morpheme]) -> bool:
        """Whether all words that tell something stand in the names of one programme."""
        owners = [self.called_with(word) for word in words if word.is_telling]
        return not owners or bool(set.intersection(*owners))

    def called_with(self, word: Morpheme) -> set[str]:
        """The programmes that have the word in a name."""
        return {program for form in _forms(word) for program in self._owners.get(form, ())}

    def telling(self, words: Iterable[Morpheme]) -> set[str]:
        """The schemes that have all of `words` in their texts or those of their parts, by the outermost programme."""
        homes = [{home for form in _forms(word) for home in self._told_by.get(form, ())} for word in words]
        return set.intersection(*homes) if homes else set()

    def is_elsewhere(self, word: Morpheme) -> bool:
        """Whether a word is the name of a place, or of somebody, at which no office of the catalog is."""
        return (
            word.is_proper
            and len(word.surface) > 1
            and not is_kana(katakana(word.surface))
            and word.surface not in self._places
        )


def _texts(catalog: Catalog) -> Iterator[str]:
    for target, name, _ in every_name(catalog):
        trade = target.kind == "case" and catalog.cases[target.id].dimension == TRADE  # 旅行会社 says who asks
        if target.kind != "unstated" and not trade:  # those are words for what the catalog has not
            yield name
    for fact in catalog.facts():
        yield from (fact.name, fact.printed, fact.note or "")
    for program in catalog.programs.values():
        yield from program.situations
    yield catalog.settings.covers


def home(catalog: Catalog, program_id: str) -> str:
    """The outermost programme around one that is no area or other heading: 信用保証の特例 of 普通保証."""
    return next(
        p.id for p in reversed(list(catalog.lineage(program_id))) if p.kind not in HEADINGS or p.id == program_id
    )


def _texts_of_homes(catalog: Catalog) -> dict[str, set[str]]:
    """Every text of the programmes, with the homes of those that have it."""
    found: dict[str, set[str]] = defaultdict(set)
    for program in catalog.programs.values():
        own = home(catalog, program.id)
        for text in (program.name, *program.aliases, *program.situations):
            found[text].add(own)
        for fact in program.facts:
            for text in (fact.name, fact.printed, fact.note or "", *fact.aliases):
                found[text].add(own)
    return found


def _morphemes(text: str) -> list[Morpheme]:
    return morphemes(unified(text).text)


def _forms(word: Morpheme) -> tuple[str, str]:
    return word.surface, word.lemma
