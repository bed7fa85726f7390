"""The documents themselves: whose they are, as of when, where a thing stands in them."""

from __future__ import annotations

from dataclasses import replace

from madoguchi.answers import listing, lookup
from madoguchi.answers.context import Context
from madoguchi.answers.reply import Outcome, Reply
from madoguchi.answers.sentences import answer
from madoguchi.catalog.model import Program
from madoguchi.japanese.dates import era_name
from madoguchi.japanese.questions import asked_thing, asks_listing, is_polar


def tell(context: Context) -> Reply:
    """Title, publisher and day of the document, and the section and page where the programme stands in it."""
    catalog, say = context.catalog, context.phrases.say
    if context.valued:
        return lookup.tell(context)
    page = "page" in context.named("mean")
    if context.named_programs and not context.named("document") and not page:
        return lookup.describe(context)
    if context.programs and not context.named("document") and (context.inherits or context.named_programs or page):
        program = catalog.programs[context.programs[0]]
        return answer(context, lead=_place(context, program), programs=(program.id,))
    if context.named_programs and context.named("document"):
        if is_polar(context.question.text):
            return _listed(context)
        if asked_thing(context.question.text) == "meaning":
            return lookup.describe(context)  # 予算の資料の◆って何の印
        if asks_listing(context.question.text):
            return listing.tell(context)  # 国の資料の三つ目の柱の中身
    documents = [catalog.documents[name] for name in context.named("document")] or list(catalog.documents.values())
    lines = [
        say("source", title=document.title, publisher=document.publisher, published=era_name(document.published))
        for document in documents
    ]
    return Reply(outcome=Outcome.ANSWERED, lead="\n".join(lines), focus=context.focus)


def _listed(context: Context) -> Reply:
    """Whether a named programme stands in the named document, and where it stands."""
    program = context.catalog.programs[context.programs[0]]
    document = context.catalog.documents[program.source.document]
    there = document.id in context.named("document")
    lead = context.phrases.say("yes" if there else "no", rest=_place(context, program))
    described = lookup.describe_one(context, program.id)
    return replace(described, lead=lead, details=(described.lead,))


def _place(context: Context, program: Program) -> str:
    """Title, publisher and day of the document, and the section and page where the programme stands in it."""
    document, say = context.catalog.documents[program.source.document], context.phrases.say
    return say(
        "source_of",
        program=program.name,
        title=document.title,
        publisher=document.publisher,
        section=program.source.section,
        page=say("page", page=str(program.source.page)) if program.source.page is not None else "",
        published=era_name(document.published),
    )
