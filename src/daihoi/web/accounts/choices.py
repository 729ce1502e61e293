"""Roles and rights. A role is who somebody is in the round (process.md section 1); a right is what a page asks for."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """Who somebody is; each is given for a part of the tree, and some for one congress."""

    ADMINISTRATOR = "administrator", _("Administrator")
    STANDING = "standing", _("Standing committee")
    ORGANISATION_COMMISSION = "organisation_commission", _("Organisation commission")
    OFFICE = "office", _("Office")
    COMMUNICATION = "communication", _("Communication commission")
    INSPECTION = "inspection", _("Inspection commission")
    WORKING_GROUP = "working_group", _("Working group")
    CONVENING = "convening", _("Convening committee")
    CLERK = "clerk", _("Clerk")
    EVENT = "event", _("Event organisers")
    PRESIDIUM = "presidium", _("Presidium")
    SECRETARIAT = "secretariat", _("Secretariat")
    CREDENTIALS = "credentials", _("Credentials board")
    COUNTING = "counting", _("Counting board")
    COUNTING_HEAD = "counting_head", _("Head of the counting board")
    CHECK_IN = "check_in", _("Check-in station")
    DELEGATE = "delegate", _("Delegate")


class Right(models.TextChoices):
    """What a page asks for."""

    MANAGE_ACCOUNTS = "manage_accounts", _("Invite people and give roles")
    READ_LEDGER = "read_ledger", _("Read the ledger")
    SEE_ORGANISATIONS = "see_organisations", _("See organisations")
    EDIT_ORGANISATIONS = "edit_organisations", _("Change organisations")
    SEE_PEOPLE = "see_people", _("See names and posts of people")
    SEE_PERSONNEL = "see_personnel", _("See personnel data")
    EDIT_PEOPLE = "edit_people", _("Change people")
    SEE_CONGRESS = "see_congress", _("See congresses")
    EDIT_CONGRESS = "edit_congress", _("Change congresses and their bodies")
    EDIT_DELEGATES = "edit_delegates", _("Change delegates")
    PRINT_PAPERS = "print_papers", _("Print papers of the day")
    CHECK_IN = "check_in", _("Check delegates in")
    SEE_ATTENDANCE = "see_attendance", _("See attendance")
    FREEZE_ROLL = "freeze_roll", _("Freeze the roll")
    SEE_SCREENS = "see_screens", _("Open the screens of the hall")
    RUN_SCREENS = "run_screens", _("Choose what the screens of the hall show")
    HAND_OVER = "hand_over", _("Prepare a second laptop")
    SEE_ELECTIONS = "see_elections", _("See contests and their lists")
    RUN_ELECTIONS = "run_elections", _("Make lists and record what the congress decides")
    PRINT_BALLOTS = "print_ballots", _("Print ballots")
    COUNT = "count", _("Work in the counting room")
    CONFIRM_RESULT = "confirm_result", _("Conclude for the counting board")
    ANNOUNCE = "announce", _("Announce results")
    RECEIVE_RESULTS = "receive_results", _("Take in results that congresses send")


OF_ONE_CONGRESS = frozenset(
    {
        *(Role.PRESIDIUM, Role.SECRETARIAT, Role.CREDENTIALS, Role.COUNTING, Role.COUNTING_HEAD, Role.CHECK_IN),
        *(Role.DELEGATE, Role.EVENT),
    }
)
"""Roles that are given for one congress."""

_READS = frozenset({Right.SEE_ORGANISATIONS, Right.SEE_CONGRESS, Right.SEE_ATTENDANCE})
_NAMES = _READS | {Right.SEE_PEOPLE}
_LISTS = frozenset({Right.SEE_ELECTIONS, Right.RUN_ELECTIONS})
_PAPERS = _NAMES | {Right.EDIT_CONGRESS, Right.EDIT_DELEGATES, Right.PRINT_PAPERS, Right.SEE_SCREENS}
_DAY = frozenset({Right.SEE_ORGANISATIONS, Right.SEE_CONGRESS, Right.SEE_PEOPLE})
_ROOM = _DAY | {Right.SEE_ATTENDANCE, Right.SEE_ELECTIONS, Right.PRINT_BALLOTS, Right.COUNT, Right.SEE_SCREENS}

RIGHTS: dict[Role, frozenset[Right]] = {
    # An administrator runs the machine; personnel data is for those whom the rules name, and they are not named.
    Role.ADMINISTRATOR: _PAPERS
    | {Right.MANAGE_ACCOUNTS, Right.READ_LEDGER, Right.EDIT_ORGANISATIONS, Right.EDIT_PEOPLE, Right.CHECK_IN}
    | {Right.HAND_OVER},
    Role.STANDING: _NAMES | {Right.SEE_PERSONNEL, Right.SEE_ELECTIONS, Right.READ_LEDGER, Right.SEE_SCREENS},
    Role.ORGANISATION_COMMISSION: _PAPERS
    | _LISTS
    | {Right.SEE_PERSONNEL, Right.EDIT_PEOPLE, Right.EDIT_ORGANISATIONS, Right.FREEZE_ROLL, Right.READ_LEDGER}
    | {Right.RECEIVE_RESULTS},
    Role.OFFICE: _PAPERS | {Right.EDIT_ORGANISATIONS, Right.CHECK_IN, Right.RUN_SCREENS},
    # Figures alone: what is published of a congress under way names nobody.
    Role.COMMUNICATION: _READS,
    Role.INSPECTION: _NAMES | {Right.READ_LEDGER},
    Role.WORKING_GROUP: _NAMES,
    Role.CONVENING: _PAPERS | _LISTS | {Right.SEE_PERSONNEL, Right.EDIT_PEOPLE, Right.CHECK_IN},
    Role.CLERK: _PAPERS | {Right.EDIT_PEOPLE},
    Role.EVENT: _DAY
    | {Right.PRINT_PAPERS, Right.CHECK_IN, Right.SEE_ATTENDANCE, Right.SEE_SCREENS, Right.RUN_SCREENS},
    Role.PRESIDIUM: _DAY | _LISTS | {Right.SEE_ATTENDANCE, Right.SEE_SCREENS, Right.RUN_SCREENS, Right.ANNOUNCE},
    Role.SECRETARIAT: _DAY | _LISTS | {Right.SEE_ATTENDANCE, Right.SEE_SCREENS, Right.RUN_SCREENS},
    # The board judges by personnel data, of its own congress alone.
    Role.CREDENTIALS: _DAY
    | {Right.SEE_PERSONNEL, Right.EDIT_DELEGATES, Right.SEE_ATTENDANCE, Right.FREEZE_ROLL, Right.CHECK_IN,
       Right.SEE_SCREENS},
    # What is read in the counting room stays there until it is announced: no other role holds COUNT.
    Role.COUNTING: _ROOM,
    Role.COUNTING_HEAD: _ROOM | {Right.CONFIRM_RESULT, Right.ANNOUNCE, Right.HAND_OVER},
    # A lent telephone at the door: it answers codes and opens no list of names.
    Role.CHECK_IN: frozenset({Right.CHECK_IN, Right.SEE_CONGRESS}),
    Role.DELEGATE: frozenset({Right.SEE_CONGRESS}),
}  # fmt: skip
"""What each role may do. [process.md section 1, permission sketch]"""


class Outcome(models.TextChoices):
    """How a sign-in ended."""

    DONE = "done", _("Signed in")
    WRONG = "wrong", _("Wrong name or password")
    LOCKED = "locked", _("Locked after too many tries")
    CODE = "code", _("Wrong code of the second factor")
    CLOSED = "closed", _("Account closed")
