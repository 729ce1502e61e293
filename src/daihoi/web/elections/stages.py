"""The steps of every contest in their order: the rule, its clause, who acts, and what the chair reads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from daihoi.rules.clauses import Topic
from daihoi.web.accounts.choices import Right
from daihoi.web.elections.choices import ContestState


@dataclass(frozen=True)
class Stage:
    """A step as it is for every contest. `until`: the last state in which it can still be open.

    `address` is the name of the page that does it, with the key of congress and contest; `tail` what follows them.
    """

    code: str
    words: Promise
    rule: Promise
    topic: Topic
    right: Right
    until: ContestState
    address: str
    tail: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()


STAGES: tuple[Stage, ...] = (
    Stage(
        "number", _("Number to elect"),
        _("The body decides the number by show of cards, by more than half of its members. The number of delegates "
          "to a higher congress is allotted by the superior and is not voted on."),
        Topic.VOTING_FORM, Right.RUN_ELECTIONS, ContestState.PREPARING, "contest_vote", ("number",),
        ("number_put_to_vote",),
    ),
    Stage(
        "prepared", _("Prepared list"),
        _("What the convening committee prepared is the official list; 10 to 15 % more than the seats, never more "
          "than the limit that the body fixes, at most 30 %."),
        Topic.SURPLUS, Right.RUN_ELECTIONS, ContestState.PREPARING, "contest_names_add", (), ("prepared_list",),
    ),
    Stage(
        "introduction", _("Introduction ballot"),
        _("Before a congress elects its secretary directly, the new committee is introduced and the delegates give "
          "their opinion by ballot. It elects nobody."),
        Topic.VOTING_FORM, Right.RUN_ELECTIONS, ContestState.PREPARING, "contest_opinions", (),
        ("introduction_ballot",),
    ),
    Stage(
        "nominations", _("Nominations and self-nominations"),
        _("Who is not on the prepared list is considered only with the support of more than 30 % of those attending."),
        Topic.SUPPORT, Right.RUN_ELECTIONS, ContestState.PREPARING, "contest_support", (),
        ("nominations_open",),
    ),
    Stage(
        "withdrawals", _("Requests to withdraw"),
        _("The presidium says who may withdraw and who may not; the body decides. Nobody leaves a list otherwise."),
        Topic.PREPARED_LIST, Right.RUN_ELECTIONS, ContestState.PREPARING, "contest_names", (), (),
    ),
    Stage(
        "opinions", _("Opinion ballots"),
        _("Where the list is beyond its limit, the body gives its opinion by ballot on those who were added, and the "
          "list is brought within the limit."),
        Topic.SURPLUS, Right.RUN_ELECTIONS, ContestState.PREPARING, "contest_opinions", (), ("surplus_over_limit",),
    ),
    Stage(
        "list", _("List adopted"),
        _("The body adopts the list by show of cards; one that changed since is put to the vote again."),
        Topic.VOTING_FORM, Right.RUN_ELECTIONS, ContestState.PREPARING, "contest_vote", ("list",),
        ("list_put_to_vote",),
    ),
    Stage(
        "closed", _("Close the list"),
        _("Names stand in the order of the given name, and nobody joins or leaves any more."),
        Topic.NAME_ORDER, Right.RUN_ELECTIONS, ContestState.PREPARING, "contest_close", (), ("list_closed",),
    ),
    Stage(
        "printed", _("Ballots made, looked at and printed"),
        _("With more names than seats people are struck out; with as many, they are agreed to or not. The stamp of "
          "the convening committee stands in the top left corner."),
        Topic.BALLOT_PAPER, Right.PRINT_BALLOTS, ContestState.LIST_CLOSED, "contest_ballots", (), (),
    ),
    Stage(
        "issued", _("Issue ballots"),
        _("The base is frozen, the box is shown empty and sealed, and each who is present is given one ballot."),
        Topic.COUNTING_BOARD, Right.PRINT_BALLOTS, ContestState.LIST_CLOSED, "contest_issue", (),
        ("board_put_to_vote", "base_told", "box_sealed"),
    ),
    Stage(
        "collected", _("Ballots collected"),
        _("The board opens the box and counts the papers by hand before any of them is read."),
        Topic.COUNTING_BOARD, Right.PRINT_BALLOTS, ContestState.VOTING, "contest_collect", (),
        ("issued", "how_not_to_mark", "vote_begins", "vote_ends"),
    ),
    Stage(
        "counting", _("Counting room"),
        _("The board concludes on each ballot that is not plainly valid; nobody outside sees a figure."),
        Topic.BALLOT_VALIDITY, Right.COUNT, ContestState.COUNTING, "counting", (), ("counting",),
    ),
    Stage(
        "confirmed", _("Confirmed by the board"),
        _("Issued, collected, valid and invalid agree, and the head of the board signs the minutes."),
        Topic.COUNTING_BOARD, Right.CONFIRM_RESULT, ContestState.COUNTED, "counting", (), (),
    ),
    Stage(
        "announced", _("Announce"),
        _("Elected is who has more than half of the base, from the highest vote down."),
        Topic.RESULT, Right.ANNOUNCE, ContestState.CONFIRMED, "contest_result", (), ("minutes_read",),
    ),
    Stage(
        "sealed", _("Seal"),
        _("Ballots and record are sealed and kept for six months; complaints are received for fifteen working days."),
        Topic.ARCHIVE, Right.COUNT, ContestState.ANNOUNCED, "contest_result", (), ("sealed",),
    ),
)  # fmt: skip
EVENTS = ("spoiled_exchanged", "form_voided", "foreign_ballot", "more_issued", "counts_differ", "power_cut")
"""What the chair reads when it happens, whatever the step."""
WAITS: Mapping[str, Promise] = {
    "closed": _("The list is open."),
    "issued": _("No ballots were issued yet."),
    "collected": _("The box was not opened yet."),
    "counting": _("The count is not finished."),
    "confirmed": _("The counting board has not confirmed the result."),
    "announced": _("The result has not been announced."),
    "sealed": _("The record has not been sealed."),
}
"""What is said while a step waits that has nothing more to say of itself."""
