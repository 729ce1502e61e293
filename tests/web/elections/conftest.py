"""A congress with twelve delegates and a frozen roll, and the contest of its committee: four names for three seats."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.test import Client
from django.urls import reverse
from django.utils import translation

from daihoi.rules.outcome import outcome
from daihoi.web.accounts import services as accounts
from daihoi.web.accounts.choices import Role
from daihoi.web.congresses import freezing
from daihoi.web.congresses import services as congresses
from daihoi.web.congresses.choices import BodyKind, BodyPost, Category, Leave
from daihoi.web.congresses.models import Congress, Delegate
from daihoi.web.elections import making
from daihoi.web.elections.choices import HandSubject, Office, SittingKind, Source
from daihoi.web.elections.models import Contest, Sitting
from daihoi.web.elections.services import ballots, lists, outcomes, sittings
from daihoi.web.members.models import Person
from daihoi.web.organisations.models import Term
from tests.web.conftest import Tree, signed_in
from tests.web.conftest import person as account
from tests.web.congresses.conftest import person
from tests.web.prepared import prepared

NAMES = (
    *("Nông Thị Lan", "Hoàng Văn Sơn", "Lý Mỹ Dung", "Bàn Văn Páo", "Ma Thị Hiền", "Triệu Văn Ước"),
    *("Lò Thị Ánh", "Đặng Văn Đức", "Vi Thị Ơn", "Sầm Văn Ấn", "Lục Thị Yến", "Hà Văn Bảo"),
)
CARDS = {"present": 12, "agree": 12, "against": 0, "other": 0}


@dataclass
class Day:
    """A congress that can elect."""

    congress: Congress
    sitting: Sitting
    contest: Contest
    delegates: list[Delegate]

    @property
    def people(self) -> list[Person]:
        """Those who are there."""
        return [one.person for one in self.delegates]


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Refusals are looked for by their English words."""
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def data_folder(settings: LazySettings, tmp_path: Path) -> Path:
    """Ballots and secrets of a test lie apart from those of every other."""
    settings.DATA = tmp_path / "house"
    return tmp_path / "house"


@pytest.fixture
def day(tree: Tree) -> Day:
    """The roll is frozen: twelve summoned, one absent throughout with leave, so the base is eleven."""
    return prepared("day", lambda: _day(tree))


def _day(tree: Tree) -> Day:
    term = Term.objects.create(label="2025-2030", profile="3_cap", is_current=True)
    congress = congresses.plan(
        organisation=tree.na_luong, term=term, by="test", opens=date(2026, 6, 17), closes=date(2026, 6, 18)
    )
    delegates = [
        congresses.add_delegate(
            congress=congress, person=person(name, tree.commune, f"D{number}"), unit=tree.commune, by="test",
            category=Category.ELECTED,
        )
        for number, name in enumerate(NAMES)
    ]  # fmt: skip
    for place, one in enumerate(delegates[9:]):
        post = BodyPost.MEMBER if place else BodyPost.HEAD
        congresses.seat_in_body(congress=congress, body=BodyKind.COUNTING, person=one.person, post=post, by="test")
    Delegate.objects.filter(pk=delegates[8].pk).update(leave=Leave.GIVEN)
    base = freezing.base_of(congress)
    congresses.freeze_roll(congress=congress, document=freezing.document_of(congress, base), by="test")
    sitting = sittings.open_sitting(congress=congress, kind=SittingKind.CONGRESS, by="test", chair="Nông Thị Lan")
    contest = lists.add_contest(
        sitting=sitting, office=Office.COMMITTEE, title="Bầu Ban Chấp hành Đảng bộ huyện", seats=3, by="test"
    )
    people = [one.person for one in delegates[:4]]
    lists.nominate_many(contest=contest, people=people, source=Source.PREPARED, by="test")
    contest.refresh_from_db()
    return Day(congress, sitting, contest, delegates)


@pytest.fixture
def adopted(day: Day) -> Day:
    """Number and list were adopted by show of cards."""
    return prepared("adopted", lambda: _adopted(day))


def _adopted(day: Day) -> Day:
    for subject in (HandSubject.NUMBER, HandSubject.LIST):
        lists.vote_by_cards(contest=day.contest, subject=subject, cards=CARDS, by="test")
    return day


TELLERS = ("Sầm Văn Ấn", "Lục Thị Yến")
SignIn = Callable[[Role], Client]


@pytest.fixture
def sign_in(day: Day) -> SignIn:
    """A browser of somebody with a role at this congress alone."""

    def of(role: Role) -> Client:
        user = account(f"nguoi{role.value}", "Lê Minh")
        organisation, congress = day.congress.organisation.key, day.congress.key
        accounts.grant(user=user, role=role, by="test", organisation=organisation, congress=congress)
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


def posted(client: Client, address: str, **given: object) -> str:
    """What is said after a form was sent."""
    return client.post(address, given, follow=True).content.decode()


def printed(contest: Contest, copies: int = 13) -> Contest:
    """A closed list whose ballots were printed."""
    closed = lists.close_list(contest=contest, by="test")
    ballots.note_print_job(form=ballots.make_form(contest=closed, by="test"), copies=copies, reason="", by="test")
    closed.refresh_from_db()
    return closed


def voted(contest: Contest) -> Contest:
    """Eleven ballots were issued and collected."""
    ballots.issue_ballots(contest=contest, present=11, issued=11, tellers=TELLERS, by="test")
    return ballots.collect_ballots(contest=contest, collected=11, unused=2, tellers=TELLERS, by="test")


def confirmed(contest: Contest, votes: Sequence[int]) -> Contest:
    """The board has confirmed these votes, in the order of the ballot; they are not announced."""
    names = making.listed(contest)
    of = {making.candidate_of(one).id: count for one, count in zip(names, votes, strict=True)}
    sheet = making.body_of(contest.sitting).sheet(making.roll_of(contest))
    assert sheet is not None
    found = outcome(making.contest_of(contest), of, sheet.base)
    return outcomes.confirm_result(
        contest=contest,
        votes=of,
        outcomes=found.by_candidate,
        digest="0" * 64,
        by="test",  # type: ignore[arg-type]
    )


def announced(contest: Contest, votes: Sequence[int]) -> Contest:
    """From an adopted list to a result that everybody may see."""
    return outcomes.announce(contest=confirmed(voted(printed(contest)), votes), by="test")
