"""The documents themselves: whose they are, as of when, where a thing stands in them."""

from __future__ import annotations

from madoguchi.answers import lookup
from madoguchi.answers.context import Context
from madoguchi.answers.reply import Outcome, Reply
from madoguchi.answers.sentences import answer
from madoguchi.japanese.dates import era_name


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
        document = catalog.documents[program.source.document]
        place = say("page", page=str(program.source.page)) if program.source.page is not None else ""
        lead = say(
            "source_of",
            program=program.name,
            title=document.title,
            publisher=document.publisher,
            section=program.source.section,
            page=place,
            published=era_name(document.published),
        )
        return answer(context, lead=lead, programs=(program.id,))
    documents = [catalog.documents[name] for name in context.named("document")] or list(catalog.documents.values())
    lines = [
        say("source", title=document.title, publisher=document.publisher, published=era_name(document.published))
        for document in documents
    ]
    return Reply(outcome=Outcome.ANSWERED, lead="\n".join(lines), focus=context.focus)
