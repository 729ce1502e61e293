"""The rehearsal: begun by one button, fed as drawn scans, read, and told point by point."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from daihoi.web.accounts import services as accounts
from daihoi.web.accounts.choices import Role
from daihoi.web.congresses import services as congresses
from daihoi.web.counting import folders, queries, reader
from daihoi.web.counting.choices import CountState
from daihoi.web.counting.models import Count, Progress
from daihoi.web.elections.choices import ContestState
from daihoi.web.elections.services import lists
from daihoi.web.hall import rehearsing
from daihoi.web.hall.models import Rehearsal
from daihoi.web.hall.services import rehearsals
from tests.counts.test_watching import HereReaders
from tests.web.conftest import Tree, person, signed_in
from tests.web.elections.conftest import Day
from tests.web.hall.conftest import with_role

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages are read in the process of the test."""
    monkeypatch.setattr(reader, "READERS", HereReaders)


@pytest.fixture
def teller(day: Day) -> Client:
    """Of the counting board."""
    return with_role(day, Role.COUNTING, "mai")


@pytest.fixture
def begun(adopted: Day) -> Rehearsal:
    """The evening before."""
    lists.close_list(contest=adopted.contest, by="test")
    (made,) = rehearsals.begin_all(congress=adopted.congress, by="test")
    return made


def read(count: Count, until: Callable[[Progress], bool], seconds: float = 120.0) -> Progress:
    table = reader.Table(Count.objects.select_related("contest", "form__contest").get(pk=count.pk))
    end = time.monotonic() + seconds
    try:
        while True:
            table.look()
            table.work()
            progress = queries.progress_of(count)
            if until(progress) or progress.problem:
                return progress
            assert time.monotonic() < end, progress.__dict__
            time.sleep(0.02)
    finally:
        table.leave()


def at(day: Day, name: str, *more: object) -> str:
    return reverse(name, args=[day.congress.key, *more])


def test_no_closed_list_is_nothing_to_rehearse(day: Day, teller: Client) -> None:
    with pytest.raises(ValidationError, match="No list is closed"):
        rehearsals.begin_all(congress=day.congress, by="test")
    assert "No list is closed" in teller.get(at(day, "rehearsal")).content.decode()


def test_one_button_makes_rehearsal_ballots_and_a_count_of_their_own(begun: Rehearsal, adopted: Day) -> None:
    assert begun.form.rehearsal
    assert begun.count.rehearsal
    assert begun.sheets == begun.count.papers > 8
    adopted.contest.refresh_from_db()
    assert adopted.contest.state == ContestState.LIST_CLOSED
    assert adopted.contest.printed is None


def test_rehearsed_again_the_counts_before_are_set_aside(begun: Rehearsal, adopted: Day) -> None:
    (again,) = rehearsals.begin_all(congress=adopted.congress, by="test")
    begun.count.refresh_from_db()
    assert begun.count.state == CountState.SET_ASIDE
    assert again.count.label == "A"
    assert again.form == begun.form


def test_deck_list_and_report_are_papers_in_both_languages(begun: Rehearsal, adopted: Day, teller: Client) -> None:
    for file in ("deck", "list", "report"):
        answer = teller.get(at(adopted, "rehearsal_file", begun.pk, file))
        assert answer.content[:5] == b"%PDF-", file
    assert teller.get(at(adopted, "rehearsal_file", begun.pk, "other")).status_code == 404


def test_checks_by_hand_and_times_by_the_watch_stand_in_the_report(
    begun: Rehearsal, adopted: Day, teller: Client
) -> None:
    given = {"takeover": "1", "power_cut": "0", "time_takeover": "95", "operator": "Lục Thị Yến", "head": "Sầm Văn Ấn"}
    assert teller.post(at(adopted, "rehearsal_note", begun.pk), given).status_code == 302
    begun.refresh_from_db()
    found = rehearsing.found(begun)
    told = {one.code: one.passed for one in found.checks}
    assert (told["takeover"], told["power_cut"], told["minutes"], told["all_read"]) == (True, False, None, None)
    assert {one.step: one.passed for one in found.times}["takeover"]
    assert rehearsing.report_of(begun, found).failing == 1


def test_rehearsal_of_another_congress_is_not_there(begun: Rehearsal, day: Day, tree: Tree) -> None:
    far = congresses.plan(organisation=tree.far, term=day.congress.term, by="test")
    user = person("tu", "Người lạ")
    accounts.grant(user=user, role=Role.COUNTING, by="test", organisation=tree.far.key, congress=far.key)
    stranger = signed_in(user)
    for name, more in (("rehearsal_note", ()), ("rehearsal_file", ("list",))):
        for congress in (far, day.congress):
            assert stranger.get(reverse(name, args=[congress.key, begun.pk, *more])).status_code == 404
    assert stranger.post(reverse("rehearsal_feed", args=[far.key, begun.pk])).status_code == 404


def test_deck_that_is_fed_comes_out_as_expected_but_for_the_board(begun: Rehearsal) -> None:
    pages = rehearsals.feed(begun)
    assert pages == begun.sheets * begun.sides
    assert rehearsals.feed(begun) == pages
    begun.refresh_from_db()
    assert begun.fed == pages
    assert len(list(folders.scans_of(begun.count).glob("*.jpg"))) == pages

    read(begun.count, lambda progress: progress.settled and progress.pages >= pages and not progress.waiting)

    found = rehearsing.found(begun)
    told = {one.code: one for one in found.checks}
    assert told["all_read"].passed, told["all_read"]
    assert told["marks_right"].passed, told["marks_right"]
    assert told["doubtful_asked"].passed, told["doubtful_asked"]
    # The board has not answered yet: what hangs on it was not tried.
    assert found.open_rows
    assert told["votes_right"].passed is None
