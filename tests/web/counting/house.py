"""A house of its own on the day of an election, for tests in which a real server and a real reader run.

`python -m tests.web.counting.house morning LANGUAGE` fills the house of the environment up to the prepared list, and
`... box FOLDER BALLOTS` up to the opened box, with the scans of its papers in FOLDER/papers; both print the keys of the
congress and of its contest. `... day LANGUAGE` adds the direct election of the secretary and prints its key, and a
session for everybody. `... centre LANGUAGE` fills another house: that of the province, to which packages are sent.

Signing in: chu (presidium), an and binh (counting board), yen (its head), khach (a delegate).
"""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from tests.web.quick_passwords import quick_passwords

if TYPE_CHECKING:
    from collections.abc import Mapping

    from daihoi.web.accounts.models import User
    from daihoi.web.congresses.models import Congress
    from daihoi.web.elections.models import BallotForm, Contest
    from daihoi.web.members.models import Person
    from daihoi.web.organisations.models import Organisation

# Nothing of the house is imported above: `open_house` sets Django up first.
NAMES = (
    *("Nông Thị Lan", "Hoàng Văn Sơn", "Lý Mỹ Dung", "Bàn Văn Páo", "Ma Thị Hiền", "Triệu Văn Ước"),
    *("Lò Thị Ánh", "Đặng Văn Đức", "Vi Thị Ơn", "Sầm Văn Ấn", "Lục Thị Yến", "Hà Văn Bảo"),
)
PASSWORD = "một mật khẩu dài"
SEATS, LISTED = 3, 4
TELLERS = ("Sầm Văn Ấn", "Lục Thị Yến")
PEOPLE = {
    "chu": "PRESIDIUM", "an": "COUNTING", "binh": "COUNTING", "yen": "COUNTING_HEAD", "khach": "DELEGATE",
}  # fmt: skip
"""Who signs in, and the role of each."""


def morning(language: str, voters: int = len(NAMES), **planned: object) -> Contest:
    """The roll is frozen, four names stand for three seats, nobody has voted yet."""
    from daihoi.web.site.serving import open_house

    open_house()
    from daihoi.web.elections.choices import Office, SittingKind, Source
    from daihoi.web.elections.services import lists, sittings

    district = _district()
    congress, people = _congress(district, voters, planned)
    _accounts(district, congress, language)
    sitting = sittings.open_sitting(congress=congress, kind=SittingKind.CONGRESS, by="test", chair=NAMES[0])
    contest = lists.add_contest(
        sitting=sitting, office=Office.COMMITTEE, title="Bầu Ban Chấp hành Đảng bộ huyện", seats=SEATS, by="test"
    )
    lists.nominate_many(contest=contest, people=people[:LISTED], source=Source.PREPARED, by="test")
    return contest


def day(language: str) -> dict[str, object]:
    """The morning of a congress that elects its secretary itself; people are signed in."""
    contest = morning(language, elects_secretary=True)
    from daihoi.web.accounts.models import User
    from daihoi.web.elections.choices import Office
    from daihoi.web.elections.services import lists

    secretary = lists.add_contest(
        sitting=contest.sitting, office=Office.SECRETARY, title="Bầu Bí thư Huyện ủy Nà Lương", seats=1, by="test"
    )
    sessions = {username: _session(User.objects.get(username=username)) for username in PEOPLE}
    return {**keys_of(contest), "secretary": secretary.key, "sessions": sessions}


def centre(language: str) -> dict[str, object]:
    """The house of the province with the district in its tree; who receives its results is signed in."""
    from daihoi.web.site.serving import open_house

    open_house()
    from daihoi.web.accounts import services as accounts
    from daihoi.web.accounts.choices import Role
    from daihoi.web.organisations import services as organisations
    from daihoi.web.organisations.choices import Kind, Tier

    province = organisations.found(
        parent=None, by="test", name="Đảng bộ tỉnh Thanh Giang", code="TG", tier=Tier.PROVINCE, kind=Kind.PROVINCE,
        official_members=0,
    )  # fmt: skip
    district = _district(province)
    organisations.set_term(label="2025-2030", profile="3_cap", labels={}, by="test")
    with quick_passwords():
        user = accounts.create_user(username="lan", full_name="Nông Thị Lan", password=PASSWORD, language=language)
    accounts.grant(user=user, role=Role.ORGANISATION_COMMISSION, by="test", organisation=province.key)
    return {"district": district.key, "sessions": {"lan": _session(user)}}


def _session(user: User) -> str:
    """Signed in, without a browser."""
    from django.test import Client

    client = Client()
    client.force_login(user)
    return str(client.session.session_key)


def keys_of(contest: Contest) -> dict[str, object]:
    """By which pages name the congress and its contest."""
    return {"congress": contest.sitting.congress.key, "contest": contest.key}


def box(folder: Path, papers: int) -> Contest:
    """From the morning to the papers on the table, scanned."""
    contest = morning("vi", voters=max(papers, len(NAMES)))
    form = _opened(contest, papers)
    from daihoi.web.elections.services import ballots
    from tests.web.counting.papers import marked, scans

    sheets = marked(ballots.write_form(form), ballots=papers, seats=SEATS, seed=5)
    (folder / "papers").mkdir()
    for name, data in scans(sheets):
        (folder / "papers" / name).write_bytes(data)
    return contest


def _opened(contest: Contest, papers: int) -> BallotForm:
    from daihoi.web.elections.choices import HandSubject
    from daihoi.web.elections.services import ballots, lists

    members = max(papers, len(NAMES))
    cards = {"present": members, "agree": members, "against": 0, "other": 0}
    for subject in (HandSubject.NUMBER, HandSubject.LIST):
        lists.vote_by_cards(contest=contest, subject=subject, cards=cards, by="test")
    contest = lists.close_list(contest=contest, by="test")
    form = ballots.make_form(contest=contest, by="test")
    ballots.note_print_job(form=form, copies=papers + 1, reason="", by="test")
    contest.refresh_from_db()
    contest = ballots.issue_ballots(contest=contest, present=papers, issued=papers, tellers=TELLERS, by="test")
    ballots.collect_ballots(contest=contest, collected=papers, unused=1, tellers=TELLERS, by="test")
    form.refresh_from_db()
    return form


def _district(parent: Organisation | None = None) -> Organisation:
    from daihoi.web.organisations import services as organisations
    from daihoi.web.organisations.choices import Kind, Tier

    return organisations.found(
        parent=parent, by="test", name="Đảng bộ huyện Nà Lương", code="NL", tier=Tier.ABOVE_GRASSROOTS,
        kind=Kind.DISTRICT, official_members=0,
    )  # fmt: skip


def _congress(district: Organisation, voters: int, planned: Mapping[str, object]) -> tuple[Congress, list[Person]]:
    from daihoi.web.congresses import freezing
    from daihoi.web.congresses import services as congresses
    from daihoi.web.congresses.choices import BodyKind, BodyPost, Category
    from daihoi.web.members import services as members
    from daihoi.web.organisations.models import Term

    term, _new = Term.objects.get_or_create(label="2025-2030", defaults={"profile": "3_cap", "is_current": True})
    congress = congresses.plan(
        organisation=district, term=term, by="test", opens=date(2026, 6, 17), closes=date(2026, 6, 18), **planned
    )
    names = [*NAMES, *(f"Đại biểu {number:03d}" for number in range(len(NAMES), voters))]
    people = [members.enter(organisation=district, full_name=name, by="test") for name in names]
    for one in people:
        congresses.add_delegate(congress=congress, person=one, unit=district, by="test", category=Category.ELECTED)
    for place, one in enumerate(people[9:12]):
        post = BodyPost.MEMBER if place else BodyPost.HEAD
        congresses.seat_in_body(congress=congress, body=BodyKind.COUNTING, person=one, post=post, by="test")
    document = freezing.document_of(congress, freezing.base_of(congress))
    congresses.freeze_roll(congress=congress, document=document, by="test")
    return congress, people


def _accounts(district: Organisation, congress: Congress, language: str) -> None:
    from daihoi.web.accounts import services as accounts
    from daihoi.web.accounts.choices import Role

    with quick_passwords():
        for username, role in PEOPLE.items():
            user = accounts.create_user(
                username=username, full_name=f"Người {username}", password=PASSWORD, language=language
            )
            accounts.grant(user=user, role=Role[role], by="test", organisation=district.key, congress=congress.key)


if __name__ == "__main__":
    which, *given = sys.argv[1:]
    made = {
        "morning": lambda: keys_of(morning(given[0])),
        "box": lambda: keys_of(box(Path(given[0]), int(given[1]))),
        "day": lambda: day(given[0]),
        "centre": lambda: centre(given[0]),
    }
    sys.stdout.write(json.dumps(made[which]()))
