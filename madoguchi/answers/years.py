"""Which budget years a text means beside those that it names in full: 20と21年度, 補正 19年度と20年度, 20年度の補正."""

from __future__ import annotations

from collections.abc import Sequence

from madoguchi.catalog import Catalog
from madoguchi.catalog.names import Mention, Target
from madoguchi.japanese.around import is_joint
from madoguchi.japanese.dates import fiscal_years, is_fiscal_year, joined_years


def with_years(mentions: Sequence[Mention], text: str, catalog: Catalog) -> tuple[Mention, ...]:
    """The mentions with the years that `text` gives by a number before another's or beside 補正, and without a year
    that only says whose supplementary budget is meant."""
    said = fiscal_years(text)
    if not said:
        return tuple(mentions)
    years: dict[int, list[str]] = {}  # each with its periods, the budget of the whole year first
    for name, term in catalog.terms["periods"].items():
        for year in fiscal_years(term.name)[:1]:
            years.setdefault(year, []).append(name)
    named = [{target.id for target in mention.targets if target.kind == "period"} for mention in mentions]
    parts = {name for names in years.values() for name in names[1:]}
    supplements = [m for m, own in zip(mentions, named, strict=True) if own and own <= parts]
    known = {name for own in named for name in own}
    beside = [year for year in said if supplements and years.get(year) and _is_supplement(catalog, years[year][0])]
    missing = [years[y][0] for y in (*joined_years(text), *beside) if y in years and years[y][0] not in known]
    kept = []
    for mention, own in zip(mentions, named, strict=True):
        of_whole = any(own == {names[0]} for names in years.values() if len(names) > 1)
        joined = any(m.start >= mention.end and is_joint(text[mention.end : m.start]) for m in supplements)
        if not (of_whole and (beside or joined)):
            kept.append(mention)
    return (*kept, *(Mention((Target("period", name),), 0, 0, 1.0, "name") for name in dict.fromkeys(missing)))


def _is_supplement(catalog: Catalog, period: str) -> bool:
    """Whether no year alone is a name of the period: 平成19年度補正."""
    term = catalog.terms["periods"][period]
    return not any(is_fiscal_year(name) for name in (term.name, *term.aliases))
