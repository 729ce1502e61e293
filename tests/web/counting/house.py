"""A house of its own on the day of an election, for tests in which a real server and a real reader run.

`python -m tests.web.counting.house morning LANGUAGE` fills the house of the environment up to the prepared list, and
`... box FOLDER BALLOTS` up to the opened box, with the scans of its papers in FOLDER/papers; both print the keys of the
congress and of its contest.

Signing in: chu (presidium), an and binh (counting board), yen (its head), khach (a delegate).
"""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
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


def morning(language: str, voters: int = len(NAMES)) -> Contest:
    """The roll is frozen, four names stand for three seats, nobody has voted yet."""
    from daihoi.web.site.serving import open_house

    open_house()
    from daihoi.web.elections.choices import Office, SittingKind, Source
    from daihoi.web.elections.services import lists, sittings

    district = _district()
    congress, people = _congress(district, voters)
    _accounts(district, congress, language)
    sitting = sittings.open_sitting(congress=congress, kind=SittingKind.CONGRESS, by="test", chair=NAMES[0])
    contest = lists.add_contest(
        sitting=sitting, office=Office.COMMITTEE, title="Bầu Ban Chấp hành Đảng bộ huyện", seats=SEATS, by="test"
    )
    lists.nominate_many(contest=contest, people=people[:LISTED], source=Source.PREPARED, by="test")
    return contest


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


def _district() -> Organisation:
    from daihoi.web.organisations import services as organisations
    from daihoi.web.organisations.choices import Kind, Tier

    return organisations.found(
        parent=None, by="test", name="Đảng bộ huyện Nà Lương", code="NL", tier=Tier.ABOVE_GRASSROOTS,
        kind=Kind.DISTRICT, official_members=0,
    )  # fmt: skip


def _congress(district: Organisation, voters: int) -> tuple[Congress, list[Person]]:
    from daihoi.web.congresses import freezing
    from daihoi.web.congresses import services as congresses
    from daihoi.web.congresses.choices import BodyKind, BodyPost, Category
    from daihoi.web.members import services as members
    from daihoi.web.organisations.models import Term

    term, _new = Term.objects.get_or_create(label="2025-2030", defaults={"profile": "3_cap", "is_current": True})
    congress = congresses.plan(
        organisation=district, term=term, by="test", opens=date(2026, 6, 17), closes=date(2026, 6, 18)
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

    for username, role in PEOPLE.items():
        user = accounts.create_user(
            username=username, full_name=f"Người {username}", password=PASSWORD, language=language
        )
        accounts.grant(user=user, role=Role[role], by="test", organisation=district.key, congress=congress.key)


if __name__ == "__main__":
    which, *given = sys.argv[1:]
    made = morning(given[0]) if which == "morning" else box(Path(given[0]), int(given[1]))
    sys.stdout.write(json.dumps({"congress": made.sitting.congress.key, "contest": made.key}))
