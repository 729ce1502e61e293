"""A house of its own with an opened box, for tests in which a real server and a real reader run and are killed.

`python -m tests.web.counting.house FOLDER BALLOTS` makes it, lays the scans into FOLDER/papers and prints the keys.
"""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path

NAMES = (
    *("Nông Thị Lan", "Hoàng Văn Sơn", "Lý Mỹ Dung", "Bàn Văn Páo", "Ma Thị Hiền", "Triệu Văn Ước"),
    *("Lò Thị Ánh", "Đặng Văn Đức", "Vi Thị Ơn", "Sầm Văn Ấn", "Lục Thị Yến", "Hà Văn Bảo"),
)
PASSWORD = "một mật khẩu dài"
SEATS, LISTED = 3, 4
TELLERS = ("Sầm Văn Ấn", "Lục Thị Yến")


def prepared(folder: Path, papers: int) -> dict[str, str]:
    """The house in `folder`; gives the keys that stand in addresses. Signing in: an, binh (board), yen (its head)."""
    from daihoi.web.site.serving import open_house

    open_house()
    from tests.web.counting.papers import marked, scans

    congress, contest, form = _opened_box(papers)
    from daihoi.web.elections.services import ballots

    sheets = marked(ballots.write_form(form), ballots=papers, seats=SEATS, seed=5)
    (folder / "papers").mkdir()
    for name, data in scans(sheets):
        (folder / "papers" / name).write_bytes(data)
    return {"congress": str(congress), "contest": str(contest)}


def _opened_box(papers: int) -> tuple[object, object, object]:
    from daihoi.web.elections.choices import HandSubject, Office, SittingKind, Source
    from daihoi.web.elections.services import ballots, lists, sittings

    congress, people = _congress(papers)
    sitting = sittings.open_sitting(congress=congress, kind=SittingKind.CONGRESS, by="test", chair="Nông Thị Lan")
    contest = lists.add_contest(
        sitting=sitting, office=Office.COMMITTEE, title="Bầu Ban Chấp hành Đảng bộ huyện", seats=SEATS, by="test"
    )
    lists.nominate_many(contest=contest, people=people[:LISTED], source=Source.PREPARED, by="test")
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
    return congress.key, contest.key, form


def _congress(papers: int) -> tuple[object, list[object]]:
    from daihoi.web.accounts import services as accounts
    from daihoi.web.accounts.choices import Role
    from daihoi.web.congresses import freezing
    from daihoi.web.congresses import services as congresses
    from daihoi.web.congresses.choices import BodyKind, BodyPost, Category
    from daihoi.web.members import services as members
    from daihoi.web.organisations import services as organisations
    from daihoi.web.organisations.choices import Kind, Tier
    from daihoi.web.organisations.models import Term

    district = organisations.found(
        parent=None, by="test", name="Đảng bộ huyện Nà Lương", code="NL", tier=Tier.ABOVE_GRASSROOTS,
        kind=Kind.DISTRICT, official_members=0,
    )  # fmt: skip
    term, _new = Term.objects.get_or_create(label="2025-2030", defaults={"profile": "3_cap", "is_current": True})
    congress = congresses.plan(
        organisation=district, term=term, by="test", opens=date(2026, 6, 17), closes=date(2026, 6, 18)
    )
    names = [*NAMES, *(f"Đại biểu {number:03d}" for number in range(len(NAMES), papers))]
    people = [members.enter(organisation=district, full_name=name, by="test") for name in names]
    for one in people:
        congresses.add_delegate(congress=congress, person=one, unit=district, by="test", category=Category.ELECTED)
    for place, one in enumerate(people[9:12]):
        post = BodyPost.MEMBER if place else BodyPost.HEAD
        congresses.seat_in_body(congress=congress, body=BodyKind.COUNTING, person=one, post=post, by="test")
    document = freezing.document_of(congress, freezing.base_of(congress))
    congresses.freeze_roll(congress=congress, document=document, by="test")
    for username, role in (("an", Role.COUNTING), ("binh", Role.COUNTING), ("yen", Role.COUNTING_HEAD)):
        user = accounts.create_user(username=username, full_name=f"Người {username}", password=PASSWORD)
        accounts.grant(user=user, role=role, by="test", organisation=district.key, congress=congress.key)
    return congress, list(people)


if __name__ == "__main__":
    sys.stdout.write(json.dumps(prepared(Path(sys.argv[1]), int(sys.argv[2]))))
