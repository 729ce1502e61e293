"""The day of Nà Lương with its contest counted, and people who run or see the screens."""

from __future__ import annotations

import pytest
from django.test import Client

from daihoi.rules.terms import CandidateOutcome
from daihoi.web.accounts import services as accounts
from daihoi.web.accounts.choices import Role
from daihoi.web.elections.models import Contest
from daihoi.web.elections.services import ballots, lists, outcomes
from daihoi.web.hall.models import Screen
from daihoi.web.hall.services import screens as services
from tests.web.conftest import person, signed_in
from tests.web.elections.conftest import Day, adopted, data_folder, day, english

__all__ = ["adopted", "data_folder", "day", "english"]

TELLERS = ("Sầm Văn Ấn", "Lục Thị Yến")
VOTES = {"c01": 10, "c02": 9, "c03": 7, "c04": 5}
DIGEST = "ab" * 32


def with_role(day: Day, role: Role, name: str = "hung") -> Client:
    """Somebody with a role at this congress alone."""
    user = person(name, "Phạm Hùng")
    key = day.congress.organisation.key
    accounts.grant(user=user, role=role, by="test", organisation=key, congress=day.congress.key)
    return signed_in(user)


@pytest.fixture
def operator(day: Day) -> Client:
    """Of the event organisers: chooses what the screens show."""
    return with_role(day, Role.EVENT)


@pytest.fixture
def screen(day: Day) -> Screen:
    """The main screen."""
    return services.add_screen(congress=day.congress, name="Màn hình chính", language="vi", by="test")


def issued(day: Day) -> Contest:
    """Ballots of the contest are in the hands of the eleven who are present."""
    contest = lists.close_list(contest=day.contest, by="test")
    form = ballots.make_form(contest=contest, by="test")
    ballots.note_print_job(form=form, copies=12, reason="", by="test")
    return ballots.issue_ballots(contest=contest, present=11, issued=11, tellers=TELLERS, by="test")


@pytest.fixture
def confirmed(adopted: Day) -> Day:
    """The counting board has confirmed: 10, 9, 7 and 5 votes of a base of 11; nobody outside may know."""
    contest = ballots.collect_ballots(contest=issued(adopted), collected=11, unused=1, tellers=TELLERS, by="test")
    came = {
        one: CandidateOutcome.ELECTED if votes > 5 else CandidateOutcome.NOT_QUALIFIED for one, votes in VOTES.items()
    }
    outcomes.confirm_result(contest=contest, votes=VOTES, outcomes=came, by="test", digest=DIGEST)
    adopted.contest.refresh_from_db()
    return adopted


@pytest.fixture
def announced(confirmed: Day) -> Day:
    """The result was told to the congress."""
    outcomes.announce(contest=confirmed.contest, by="test")
    confirmed.contest.refresh_from_db()
    return confirmed
