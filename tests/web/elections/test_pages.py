"""The pages of elections: what each shows, what a button does, and in how many queries."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from daihoi.web.accounts import services as accounts
from daihoi.web.accounts.choices import Role
from daihoi.web.elections.choices import (
    ContestState,
)
from daihoi.web.elections.models import Contest
from daihoi.web.elections.services import ballots, lists
from tests.web.conftest import person, signed_in
from tests.web.elections.conftest import CARDS, Day

TELLERS = ("Sầm Văn Ấn", "Lục Thị Yến")
SignIn = Callable[[Role], Client]


@pytest.fixture
def sign_in(day: Day) -> SignIn:
    """A browser of somebody with a role at this congress alone."""

    def of(role: Role) -> Client:
        user = person(f"nguoi{role.value}", "Lê Minh")
        accounts.grant(user=user, role=role, by="test", organisation=day.congress.organisation.key,
                       congress=day.congress.key)  # fmt: skip
        return signed_in(user)

    return of


def at(name: str, day: Day, *tail: object) -> str:
    """The address of a page of the contest."""
    return reverse(name, args=[day.congress.key, day.contest.key, *tail])


def text(client: Client, address: str, **asked: str) -> str:
    """What a page says."""
    answer = client.get(address, asked)
    assert answer.status_code == 200, (address, answer.status_code)
    return answer.content.decode()


def printed(day: Day, copies: int = 13) -> Contest:
    """A closed list whose ballots were printed."""
    contest = lists.close_list(contest=day.contest, by="test")
    ballots.note_print_job(form=ballots.make_form(contest=contest, by="test"), copies=copies, reason="", by="test")
    contest.refresh_from_db()
    return contest


def test_path_says_what_is_missing_who_must_act_and_what_the_chair_reads(day: Day, sign_in: SignIn) -> None:
    page = text(sign_in(Role.PRESIDIUM), at("contest", day))

    assert "The number was not put to the vote" in page
    assert "The presidium asks the congress to decide the number to elect: 3" in page
    assert "[190-QĐ/TW Đ3]" in page
    other = text(sign_in(Role.COUNTING), at("contest", day))
    assert "Can be done by:" in other
    assert "Presidium" in other


def test_list_goes_from_votes_to_closed_by_the_buttons_of_the_presidium(day: Day, sign_in: SignIn) -> None:
    client = sign_in(Role.PRESIDIUM)
    for subject in ("number", "list"):
        answer = client.post(at("contest_vote", day, subject), CARDS, follow=True)
        assert "That is more than half: adopted." in answer.content.decode()

    answer = client.post(at("contest_close", day), follow=True)

    assert "The list is closed." in answer.content.decode()
    assert Contest.objects.get().state == ContestState.LIST_CLOSED


def test_list_that_was_not_adopted_is_not_closed_and_the_page_says_why(day: Day, sign_in: SignIn) -> None:
    answer = sign_in(Role.PRESIDIUM).post(at("contest_close", day), follow=True)

    assert "has not adopted the number to elect, the list by show of cards yet" in answer.content.decode()


def test_all_pages_of_a_contest_open_at_every_step(adopted: Day, sign_in: SignIn) -> None:
    presidium, board = sign_in(Role.PRESIDIUM), sign_in(Role.COUNTING_HEAD)
    run = ("contest", "contest_names", "contest_names_add", "contest_support", "contest_opinions", "names_import",
           "contest_change", "contest_colour", "contest_reopen", "contest_stop", "contest_account")  # fmt: skip
    count = ("contest", "contest_names", "contest_ballots", "contest_issue", "contest_collect", "contest_account",
             "contest_figures")  # fmt: skip

    def walk() -> None:
        for client, names in ((presidium, run), (board, count)):
            text(client, reverse("elections", args=[adopted.congress.key]))
            for name in names:
                text(client, at(name, adopted))

    walk()
    contest = printed(adopted)
    walk()
    ballots.issue_ballots(contest=contest, present=11, issued=11, tellers=TELLERS, by="test")
    walk()
    ballots.collect_ballots(contest=contest, collected=11, unused=2, tellers=TELLERS, by="test")
    walk()
