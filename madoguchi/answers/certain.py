"""What the words of a text settle, whatever kind of question it was taken for: in which order rules are asked.

Each rule answers or returns None; the first that answers wins, so a rule's place in the tuples below matters. A new
one needs a conversation in tests/conversations that fails without it.
"""

from __future__ import annotations

from madoguchi.answers import contacts, scope
from madoguchi.answers.context import Context
from madoguchi.answers.reply import Reply
from madoguchi.answers.rules import budgets, figures, meanings, moves, named, offices
from madoguchi.answers.rules.doubt import Rule

ALWAYS: tuple[Rule, ...] = (moves.danger, moves.erasure)
# Before and after a message is taken apart into two questions (desk.exact)
BEFORE: tuple[Rule, ...] = (
    moves.orders,
    scope.outside,
    budgets.sum_with_earlier,
    budgets.sum_of_both,
    figures.other_end,
    budgets.included,
)
AFTER: tuple[Rule, ...] = (
    offices.other_office,
    budgets.extreme,
    contacts.of_other_trade,
    budgets.each_line,
    figures.date_in_case,
    budgets.goes_on,
    meanings.person,
    meanings.described,
    scope.unknown,
    scope.foreign_business,
    moves.no_words,
    budgets.deed_of_year,
    budgets.other_year_of_budget,
    meanings.meaning_of_case,
    meanings.meaning_of_fact,
    figures.old_approval,
    meanings.which_with_mark,
    offices.places_elsewhere,
    offices.no_office,
    meanings.grounds,
    moves.no_move,
    meanings.together,
    meanings.unstated,
    figures.same_figure,
    figures.kinds_of,
    budgets.sum_of_several,
    figures.in_named_case,
    budgets.unknown_year,
    figures.figure_named,
    figures.trillions,
    figures.figure_by_its_name,
    meanings.name_asked,
    figures.rival_cases,
    meanings.of_structure,
    figures.lenders,
    meanings.marked,
    meanings.need,
    budgets.same_in_unknown_year,
    figures.amount_of_help,
    budgets.budget_of_story,
    offices.papers,
    offices.means,
    offices.office_called,
    offices.only_office,
    figures.amount_not_rate,
    offices.of_office,
    figures.figure_of_last,
    meanings.charge,
    meanings.place_of_deed,
    meanings.deed_of_last,
    figures.no_list,
    budgets.count_of_year,
    meanings.rule_of_last,
    meanings.shared_verdict,
    figures.circumstance,
    figures.of_own_size,
    figures.bound_of_fact,
    named.of_one,
)


def first_of(rules: tuple[Rule, ...], context: Context) -> Reply | None:
    """The reply of the first rule that answers; None where none does."""
    return next((reply for rule in rules if (reply := rule(context)) is not None), None)
