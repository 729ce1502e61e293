"""A contest whose box was opened: eleven papers, scanned; the people of the counting room."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.conf import settings
from django.test import Client

from daihoi.simulation.terms import SimulatedSheet
from daihoi.simulation.voters import Habits
from daihoi.web.accounts import services as accounts
from daihoi.web.accounts.choices import Role
from daihoi.web.accounts.models import User
from daihoi.web.counting import folders, queries, reader
from daihoi.web.counting.choices import Way
from daihoi.web.counting.models import Count, Progress, Question
from daihoi.web.counting.services import opening, scans
from daihoi.web.elections.models import Contest
from daihoi.web.elections.services import ballots, lists
from tests.counts.test_watching import HereReaders
from tests.web.conftest import person, signed_in
from tests.web.counting import papers
from tests.web.elections.conftest import Day, adopted, data_folder, day, english
from tests.web.prepared import prepared

__all__ = ["adopted", "data_folder", "day", "english"]

TELLERS = ("Sầm Văn Ấn", "Lục Thị Yến")
COLLECTED = 11
CLEAR = Habits(mistakes=0.0, defects=0.0, specks=0.0)


@dataclass
class Box:
    """An opened box: the contest that is counted, and its papers."""

    day: Day
    contest: Contest
    sheets: list[SimulatedSheet]

    @property
    def keys(self) -> tuple[str, str]:
        """What stands in addresses."""
        return self.day.congress.key, self.contest.key

    def begin(self, way: Way = Way.SCANNED) -> Count:
        """The next count."""
        return opening.begin(contest=self.contest, way=way, by="test")

    def scan(self, count: Count, sheets: list[SimulatedSheet] | None = None, folder: str = "") -> None:
        """The scanner writes its files."""
        for name, data in papers.scans(self.sheets if sheets is None else sheets):
            scans.keep_scan(count=count, folder=folder, name=name, chunks=[data])

    def again(self) -> Contest:
        """The contest as the database has it."""
        return Contest.objects.select_related("sitting__congress__organisation").get(pk=self.contest.pk)


@pytest.fixture(autouse=True)
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages are read in the process of the test."""
    monkeypatch.setattr(reader, "READERS", HereReaders)
    monkeypatch.setattr(reader, "AGAIN_SECONDS", 0.0)
    monkeypatch.setattr(reader, "FIGURES_SECONDS", 0.0)


def box_of(day: Day, *, seed: int = 5, habits: Habits | None = None, marked: bool = True) -> Box:
    """From the closed list to the papers on the table; not `marked`, there is nothing to scan."""
    name = f"box {seed} {habits} {marked}"
    made = prepared(name, lambda: _box_of(day, seed, habits, marked), settings.DATA)
    return Box(day, made.contest, made.sheets)


def _box_of(day: Day, seed: int, habits: Habits | None, marked: bool) -> Box:
    contest = lists.close_list(contest=day.contest, by="test")
    form = ballots.make_form(contest=contest, by="test")
    ballots.note_print_job(form=form, copies=12, reason="", by="test")
    contest.refresh_from_db()
    contest = ballots.issue_ballots(contest=contest, present=11, issued=COLLECTED, tellers=TELLERS, by="test")
    contest = ballots.collect_ballots(contest=contest, collected=COLLECTED, unused=1, tellers=TELLERS, by="test")
    form.refresh_from_db()
    if not marked:
        return Box(day, contest, [])
    sheets = papers.marked(ballots.write_form(form), ballots=COLLECTED, seats=3, seed=seed, habits=habits)
    return Box(day, contest, sheets)


@pytest.fixture
def box(adopted: Day) -> Box:
    """Eleven papers, some of them doubtful."""
    return box_of(adopted, habits=Habits(mistakes=0.5, defects=0.0))


@pytest.fixture
def bare(adopted: Day) -> Box:
    """An opened box of which nothing is scanned: for what people do."""
    return box_of(adopted, marked=False)


def asked(count: Count, ballots: int) -> list[Question]:
    """Questions as the reader would write them: a doubtful mark on each ballot."""
    return [
        Question.objects.create(
            count=count, place=place, ballot=f"b{place + 1:04d}", candidate="c01", reason="faint", proposal="kept",
            file="0001.jpg", crop=f"crops/{place}.png", side=1,
        )
        for place in range(ballots)
    ]  # fmt: skip


def read(count: Count, *, until: Callable[[Progress], bool] | None = None, seconds: float = 60.0) -> Progress:
    """The reader works until everything is read and taken over, and then lets go."""
    table = reader.Table(Count.objects.select_related("contest", "form__contest").get(pk=count.pk))
    end = time.monotonic() + seconds
    try:
        while True:
            table.look()
            table.work()
            progress = queries.progress_of(count)
            done = progress.settled and not progress.unread and not progress.waiting
            lying = sum(
                1 for one in folders.scans_of(count).rglob("*") if one.is_file() and not one.name.startswith(".")
            )
            whole = done and progress.pages >= lying - len(progress.set_aside) and not queries.waits_for_reader(count)
            if progress.problem or (until(progress) if until else whole):
                return progress
            assert time.monotonic() < end, progress.__dict__
            time.sleep(0.02)
    finally:
        table.leave()


def member(day: Day, username: str, role: Role = Role.COUNTING) -> User:
    """Somebody of the counting board."""
    user = person(username, f"Người {username}")
    accounts.grant(
        user=user, role=role, by="test", organisation=day.congress.organisation.key, congress=day.congress.key
    )
    return user


@pytest.fixture
def teller(day: Day) -> Client:
    """A member of the board at a browser."""
    return signed_in(member(day, "an"))


@pytest.fixture
def head(day: Day) -> Client:
    """The head of the board."""
    return signed_in(member(day, "yen", Role.COUNTING_HEAD))
