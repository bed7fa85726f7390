"""Whom to call, where, and the way back from a number to its office."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace

from madoguchi import catalog as catalogs
from madoguchi.answers import eligibility, lookup
from madoguchi.answers.context import Context
from madoguchi.answers.question import Choice
from madoguchi.answers.reply import Outcome, Reply
from madoguchi.answers.sentences import contacts_for, name_of, origin
from madoguchi.catalog.lexicon import HEADINGS
from madoguchi.catalog.model import Attribute, Contact, Unit
from madoguchi.catalog.search import name_words
from madoguchi.japanese import addresses
from madoguchi.japanese.around import asks_there, is_and, is_joint
from madoguchi.japanese.dates import era_name
from madoguchi.japanese.folding import fold
from madoguchi.japanese.people import asks_purpose, asks_where, asks_who, side_meant
from madoguchi.japanese.questions import is_name_and_mark, is_polar

_MOST_OFFICES = 6
_SEVERAL = 2  # offices at places up to which a programme is not known by its places


def tell(context: Context) -> Reply:
    """The telephone number, or the mail or web address that is asked for, of the office that is meant."""
    if context.named_programs and context.named_attributes and not context.named("mean"):
        return lookup.tell(context)
    if context.named_programs and context.named_cases and is_polar(context.question.text):
        verdict = eligibility.verdict(context, context.programs[0])
        if verdict is not None:
            return verdict
    if context.named_facts and not any(context.named(kind) for kind in ("mean", "organization", "contact")):
        return lookup.tell(context)
    written = of_address(context)
    if written is not None:
        return written
    if not asks_where(context.question.text) and not context.named("mean") and _of_lending(context):
        return lookup.tell(replace(context, question=replace(context.question, intent="ask_amount")))
    confirmed = _confirmed(context)
    if confirmed is not None:
        return confirmed
    offices = _narrowed(context, _named_offices(context))
    handled = list(dict.fromkeys(p for c in offices[:1] for p in context.catalog.programs_of_contact(c.id)))
    if handled and asks_purpose(context.question.text):
        named = [p for group in context.named_programs for p in group]  # 産業支援プラザは何の窓口？
        return lookup.describe_one(context, (named or handled)[0], others=(named or handled)[1:3])
    if offices:
        return _tell_offices(context, offices, programs=())
    no_office = not context.named("mean") and not asks_where(context.question.text)
    if no_office and context.tells_subject and not context.named_programs and not context.inherits:
        return lookup.describe_one(context, context.searched()[0], others=context.searched()[1:])
    alike = _sharing_words(context)
    if alike and not context.named_programs:
        return _tell_offices(context, _narrowed(context, alike), programs=())
    programs = () if context.only_found_by_words else context.programs
    if not programs:
        if context.searched() and not context.named("mean") and not context.focus.contacts:
            return lookup.describe_one(context, context.searched()[0], others=context.searched()[1:])
        kept = [context.catalog.contacts[c] for c in context.focus.contacts if c in context.catalog.contacts]
        return _tell_offices(context, kept[:1], programs=()) if kept else _general(context)
    if len(programs) == 1 and not context.catalog.contact_links(programs[0]):
        places = context.catalog.facts_about(programs[0], {Attribute.COUNT})
        if places and not context.named("mean") and asks_who(context.question.text):
            figures = [fact for fact in places if fact.unit is not Unit.TEXT]
            return lookup.stated(context, programs[0], figures[:2] or places[:1])  # どこにあるん: 全国に何か所
        return _unlisted(context, programs[0])
    if len(programs) == 1:
        return _tell_offices(context, _narrowed(context, list(contacts_for(context, programs[0]))), programs=programs)
    links = {contact.id: contact for program in programs for contact in contacts_for(context, program)[:2]}
    return _tell_offices(context, _narrowed(context, list(links.values())), programs=programs)


def _confirmed(context: Context) -> Reply | None:
    """Whether the office that the text names is the one for what is talked about: 聞くのは商工会?; None where that is
    not asked."""
    bodies = set(context.named("organization")) | {
        context.catalog.contacts[name].organization for name in context.named("contact")
    }
    about = [p for p in context.focus.programs[:1] if p in context.catalog.programs]
    asked = is_polar(context.question.text) or is_name_and_mark(context.question.text)
    if not (bodies and about and asked) or context.named("mean") or context.named_programs:
        return None
    offices = list(contacts_for(context, about[0])) if context.catalog.contact_links(about[0]) else []
    if not offices:
        return None
    right = [office for office in offices if office.organization in bodies]
    reply = _tell_offices(context, right or offices, programs=about)
    return replace(reply, lead=context.phrases.say("yes" if right else "no", rest=reply.lead))


def of_other_trade(context: Context) -> Reply | None:
    """No, and the office for the named trade, where the text names another: 小売やけど新産業振興課でええ?"""
    offices, cases = [context.catalog.contacts[name] for name in context.named("contact")], set(context.named_cases)
    if len(offices) != 1 or not offices[0].applies_to or cases.intersection(offices[0].applies_to):
        return None
    beside = [c for c in context.catalog.contacts.values() if c.organization == offices[0].organization]
    right = [office for office in beside if cases.intersection(office.applies_to)]
    if not right or not is_polar(context.question.text):
        return None
    reply = _tell_offices(context, right, programs=())
    return replace(reply, lead=context.phrases.say("no", rest=reply.lead))


def _of_lending(context: Context) -> bool:
    """Whether the text names circumstances of a loan, and no office or place: 公庫 国民生活 うち運転資金."""
    dimensions = {context.catalog.cases[name].dimension for name in context.named_cases}
    return (
        bool(dimensions & {"purpose", "security", "quota"})
        and not context.named("contact")
        and not context.named("place")
    )


def _named_offices(context: Context) -> list[Contact]:
    """The offices that the text names, and those of the organisations it names; or those just talked about."""
    catalog = context.catalog
    called = called_among(context)
    if called:
        return called
    found = [catalog.contacts[name] for name in context.named("contact")]
    found += _beside_named(context)
    organizations = set(_apart_from_programs(context))
    by_organization = [c for c in catalog.contacts.values() if c.organization in organizations]
    if found and organizations:
        inside = [contact for contact in found if contact.organization in organizations]
        found = inside or found
    found = found or by_organization
    there = [contact for contact in catalog.contacts.values() if contact.place in context.named("place")]
    if there and not any(contact in there for contact in found) and _only_guessed(context):
        found = there  # 長浜で繊維の試験を相談できるセンター
    if not found and context.focus.contacts and not context.named_programs and context.named("place"):
        current = {catalog.contacts[c].organization for c in context.focus.contacts if c in catalog.contacts}
        found = [c for c in catalog.contacts.values() if c.organization in current]
        there = [c for c in catalog.contacts.values() if c.place in context.named("place")]
        of_last = _of_last_program(context)
        found = found if any(c in there for c in found) else of_last or there or found  # 米原は? after 大津商工会議所
    if not found and not context.named_programs and context.named("place"):
        found = _of_last_program(context) or [c for c in catalog.contacts.values() if c.place in context.named("place")]
    moved = context.named_cases and context.programs
    if not found and context.focus.contacts and not context.focus.programs and context.named_cases:
        current = {catalog.contacts[c].organization for c in context.focus.contacts if c in catalog.contacts}
        cases = set(context.named_cases)
        found = [c for c in catalog.contacts.values() if c.organization in current and cases & set(c.applies_to)]
    if (
        not found
        and context.focus.contacts
        and context.focus.intent == "ask_contact"
        and not context.named_programs
        and not moved
    ):
        found = [catalog.contacts[c] for c in context.focus.contacts if c in catalog.contacts]
    return list(dict.fromkeys(found))


def _of_last_program(context: Context) -> list[Contact]:
    """The offices of the programme talked about at the named place; all of them where it has several, and none there:
    長浜は入ってへんの, after 中小企業応援センター."""
    last = [name for name in context.focus.programs[:1] if name in context.catalog.programs]
    offices = [contact for name in last for contact in contacts_for(context, name) if contact.place]
    there = [contact for contact in offices if contact.place in context.named("place")]
    return there or (offices if len(offices) > _SEVERAL else [])


def _beside_named(context: Context) -> list[Contact]:
    """The offices like a named one at the places that are named along with it: 大津と彦根の会議所."""
    text, catalog = context.question.text, context.catalog
    found = []
    for first, second in itertools.pairwise(sorted(context.mentions, key=lambda m: m.start)):
        places = {t.id for m in (first, second) for t in m.targets if t.kind == "place"}
        bodies = {
            catalog.contacts[t.id].organization for m in (first, second) for t in m.targets if t.kind == "contact"
        }
        if places and bodies and is_and(text[first.end : second.start]):
            found += [c for c in catalog.contacts.values() if c.place in places and c.organization in bodies]
    return found


def for_other(context: Context) -> Reply | None:
    """The office for another trade or subject than that of the one just told, of the same body or for the same
    programmes: 弟の美容室のぶんは?, 繊維なら; None for none."""
    catalog = context.catalog
    told = [catalog.contacts[name] for name in context.focus.contacts if name in catalog.contacts]
    bodies = {contact.organization for contact in told}
    programs = {program for contact in told for program in catalog.programs_of_contact(contact.id)}
    said = {context.question.text[m.start : m.end] for m in context.mentions}
    said = said.union(*(name_words(catalog.fact(key).name) for key in context.named("fact")))  # 焼き物 for 窯業
    found = [
        contact
        for contact in catalog.contacts.values()
        if contact.organization in bodies or programs.intersection(catalog.programs_of_contact(contact.id))
        if set(context.named_cases).intersection(contact.applies_to)
        or said.intersection(name_words(contact.role or ""))
    ]
    return _tell_offices(context, found, programs=()) if found and found[0] not in told else None


def called_among(context: Context) -> list[Contact]:
    """Of the offices just told, or those of a named programme, the ones that a name in the text calls without being
    theirs: 滋賀県内の方の番号は?, of an office in Tokyo and one of the prefecture; none where it calls all or none."""
    catalog = context.catalog
    links = context.programs if context.named_programs else ()
    told = context.focus.contacts if not context.named_programs else ()
    offices = [catalog.contacts[name] for name in told if name in catalog.contacts]
    offices += [contact for program in links[:1] for contact in contacts_for(context, program)]
    bodies = [catalog.organizations[name] for name in _apart_from_programs(context)]
    if any(office.organization in context.named("organization") for office in offices) or context.named("contact"):
        return []
    words = [body.name for body in bodies]
    side = fold(side_meant(context.question.text)) if told and not words else ""
    words += [side] if side and not context.mentions else []
    found = [office for office in offices if any(word in office.name for word in words)]
    return found if len(found) < len(offices) else []


def _apart_from_programs(context: Context) -> list[str]:
    """The organisations that the text names, but for who only owns a programme: 滋賀県の応援センター."""
    text = context.question.text
    programs = [m.start for m in context.mentions if any(target.kind == "program" for target in m.targets)]
    apart = [m for m in context.mentions if not any(m.end <= p and is_joint(text[m.end : p]) for p in programs)]
    return [target.id for mention in apart for target in mention.targets if target.kind == "organization"]


def _only_guessed(context: Context) -> bool:
    """Whether the offices that the text names are only like its words: no whole name of one stands in it."""
    named = [m for m in context.mentions if any(t.kind in ("contact", "organization") for t in m.targets)]
    return bool(named) and all(mention.how == "part" for mention in named)


def _sharing_words(context: Context) -> list[Contact]:
    """The offices whose names have a word of the text that nothing else accounts for: センターの電話."""
    words = [word for word in context.open_words if len(word) > 1]
    found = [
        c
        for c in context.catalog.contacts.values()
        if any(word in name for word in words for name in (c.name, *c.aliases))
    ]
    return found if len(found) <= _MOST_OFFICES + 2 else []


def _narrowed(context: Context, offices: list[Contact]) -> list[Contact]:
    """Of `offices` those at the named place and for the named case, where there are any."""
    places, cases = set(context.named("place")), set(context.named_cases) or set(context.cases)
    called = {t.id for m in context.mentions if len(m.targets) == 1 and m.how != "part" for t in m.targets}
    bodies = {c.organization for c in offices if c.telephone is None}  # 各商工会議所 are the one at the place as well
    beside = [c for c in context.catalog.contacts.values() if c.organization in bodies and c not in offices]
    offices = [*offices, *(c for c in beside if c.place in places)]
    there = [c for c in offices if c.place in places]
    there += [c for c in offices if c.id in called and c not in there] if there else []
    for fits in ([c for c in offices if cases.intersection(c.applies_to)], there):
        kept = [c for c in offices if c in fits]
        offices = kept or offices  # a place at which none is listed is said, not skipped
    words = {contact.id: name_words(f"{contact.name} {contact.role or ''}") for contact in offices}
    shared = frozenset.intersection(*words.values()) if words else frozenset()
    in_charge = [c for c in offices if (words[c.id] - shared) & set(context.loose_words)]
    apart = len(in_charge) == 1 and not any(c.id in called for c in offices)  # 滋賀 tells none of six apart
    offices = in_charge if apart else offices  # 東北部センターの機械電子
    wants_mail, wants_web = _wants(context, "mail"), _wants(context, "web")
    if wants_web and any(c.web for c in offices):
        offices = [c for c in offices if c.web]
    if wants_mail and any(c.mail for c in offices):
        offices = [c for c in offices if c.mail]
    return offices


def _wants(context: Context, means: str) -> bool:
    return means in context.named("mean")


def tell_charge(context: Context) -> Reply:
    """What the office talked about is in charge of, as far as it is stated, and its number."""
    reply = tell(context)
    roles = [context.phrases.say("office_role", office=c.name, role=c.role) for c in reply.contacts if c.role]
    return replace(reply, lead="\n".join([*roles, reply.lead]))


def unlisted_at(context: Context, place: str) -> Reply:
    """That no office of the named organisation is listed at `place`, and those that are."""
    return _tell_offices(context, _narrowed(context, _named_offices(context)), programs=(), missing=place)


def _tell_offices(context: Context, offices: Sequence[Contact], *, programs: Sequence[str], missing: str = "") -> Reply:
    say = context.phrases.say
    if not offices:
        return _general(context)
    missing = missing or _unlisted_place(context, offices)
    shown = list(offices[:_MOST_OFFICES])
    lines = [_line(context, contact) for contact in shown]
    if len(shown) == 1:
        lead = lines[0]
    else:
        lead = "\n".join([say("offices_many"), *(say("item", item=line) for line in lines)])
    if missing:
        lead = say("place_not_listed", place=missing, offices=lead)
    described = tuple(programs[:1])
    focus = context.focus.on(described) if described else context.focus
    focus = replace(
        focus,
        intent="ask_contact",
        attributes=(),
        contacts=tuple(c.id for c in shown),
        cases=context.cases,
        periods=(),
        misses=0,
    )
    silent = all(c.telephone is None and c.web is None for c in shown) or bool(missing)
    return Reply(
        outcome=Outcome.SILENT if silent else Outcome.ANSWERED,
        lead=lead,
        contacts=tuple(shown),
        choices=_about(context, shown),
        origin=origin(context, described) or _listed(context, shown[0]),
        focus=focus,
    )


def _unlisted_place(context: Context, offices: Sequence[Contact]) -> str:
    """A place that the text names, at which none of the offices is listed."""
    text = context.question.text
    strange = [  # 草津にも支店ある？
        word.surface
        for word in context.outside(context.mentions)
        if catalogs.lexicon(context.catalog).is_elsewhere(word) and word.is_place and asks_there(text[word.end :])
    ]
    known = {contact.place for contact in offices}
    wanted = [p for p in context.named("place") if p not in known and not any(p in c.name for c in offices)]
    return next(iter([*wanted, *strange]), "")


def _line(context: Context, contact: Contact) -> str:
    say = context.phrases.say
    details = []
    if contact.telephone and (contact.extension or contact.mail or contact.web):
        name = "telephone_extension" if contact.extension else "telephone"
        details.append(say(name, telephone=contact.telephone, extension=contact.extension or ""))
    elif contact.telephone:
        details.append(contact.telephone)
    if contact.mail:
        details.append(say("mail", mail=contact.mail))
    if contact.web:
        details.append(say("web", web=contact.web))
    if (_wants(context, "mail") and contact.mail) or (_wants(context, "web") and contact.web):
        details.reverse()
    lacking = [
        say(f"no_{means}")
        for means, value in (("mail", contact.mail), ("web", contact.web), ("telephone", contact.telephone))
        if value is None and (_wants(context, means) or (means == "telephone" and not _wants(context, "web")))
    ]
    if not details:
        return say("office_unlisted", office=contact.name)
    if contact.telephone and details == [contact.telephone]:
        return say("office_number", office=contact.name, telephone=contact.telephone) + "".join(lacking)
    return say("office", office=contact.name, details=say("and").join(details)) + "".join(lacking)


def _about(context: Context, offices: Sequence[Contact]) -> tuple[Choice, ...]:
    """What the offices handle, as next questions."""
    programs = dict.fromkeys(p for c in offices for p in context.catalog.programs_of_contact(c.id))
    return tuple(
        Choice(title=name_of(context, p), token="", intent="ask_description", programs=(p,)) for p in list(programs)[:3]
    )


def _listed(context: Context, contact: Contact) -> str:
    document = context.catalog.documents[contact.source.document]
    return context.phrases.say("origin_contact", as_of=era_name(contact.as_of), document=document.short_name)


def _unlisted(context: Context, program_id: str) -> Reply:
    """That no number is stated for the programme, and the office for what its document does not say."""
    say = context.phrases.say
    (office,) = contacts_for(context, program_id)
    lender = _of_provider(context, program_id)
    if lender is not None:
        return lender
    reply = _tell_offices(context, (office,), programs=(program_id,))
    lead = say("contact_unlisted", program=name_of(context, program_id), office=reply.lead)
    return replace(reply, outcome=Outcome.SILENT, lead=lead)


def _of_provider(context: Context, program_id: str) -> Reply | None:
    """Who runs or lends it, with the offices of theirs that are listed; None where the programme does not say."""
    catalog = context.catalog
    wide = catalog.programs[program_id].kind in HEADINGS  # who runs one part of it does not run all
    told = catalog.programs[program_id].facts if wide else catalog.facts_about(program_id, {Attribute.PROVIDER})
    runs = [fact for fact in told if fact.attribute is Attribute.PROVIDER][:1]
    names = [(o, name) for o in catalog.organizations.values() for name in (o.name, *o.aliases)]
    bodies = {organization.id for organization, name in names for fact in runs if name in fact.printed}
    offices = [c for c in catalog.contacts.values() if c.organization in bodies]
    if not offices:
        return None
    reply = _tell_offices(context, _narrowed(context, offices), programs=(program_id,))
    provided = lookup.stated(context, program_id, runs)
    return replace(reply, lead=f"{provided.lead}\n{reply.lead}", facts=provided.facts, origin=provided.origin)


def _general(context: Context) -> Reply:
    """The office for everything else, where the question does not say which is meant."""
    contact = context.catalog.contacts[context.catalog.settings.general_contact]
    reply = _tell_offices(context, (contact,), programs=())
    return replace(reply, lead=context.phrases.say("contact_general", office=reply.lead))


def of_address(context: Context) -> Reply | None:
    """Whose number, extension or mail address it is; None where the text holds none."""
    text = context.question.text
    catalog = context.catalog
    number, mail, extension = addresses.telephone(text), addresses.mail(text), addresses.extension(text)
    name = None if mail else addresses.mail_name(text)
    if number is None and mail is None and extension is None and name is None:
        return None
    offices = catalog.contacts_with_telephone(number) if number else []
    offices += [c for c in catalog.contacts.values() if mail and c.mail == mail]
    offices += [c for c in catalog.contacts.values() if name and c.mail and c.mail.partition("@")[0] == name]
    offices += [c for c in catalog.contacts.values() if extension and c.extension == extension]
    if offices:
        return _tell_offices(context, offices, programs=())
    own = [c for c in catalog.contacts.values() if c.organization in context.named("organization")]
    named = [catalog.contacts[name] for name in context.named("contact")] or own
    reply = _tell_offices(context, _narrowed(context, named), programs=()) if named else _general(context)
    return replace(reply, outcome=Outcome.SILENT, lead=context.phrases.say("number_unknown", office=reply.lead))
