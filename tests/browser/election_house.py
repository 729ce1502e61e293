"""A house on the morning of an election: roll frozen, four names for three seats, nobody has voted yet.

`python -m tests.browser.election_house LANGUAGE` fills the house of the environment and prints the keys of the congress
and of its contest. Signing in: chu (presidium), an and binh (counting board), yen (its head), khach (a delegate).
"""

from __future__ import annotations

import json
import sys
from datetime import date

from tests.web.counting.house import LISTED, NAMES, PASSWORD, SEATS

PEOPLE = ("chu", "an", "binh", "yen", "khach")


def prepared(language: str) -> dict[str, str]:
    """Everything up to the prepared list."""
    from daihoi.web.site.serving import open_house

    open_house()
    from daihoi.web.congresses import freezing
    from daihoi.web.congresses import services as congresses
    from daihoi.web.congresses.choices import BodyKind, BodyPost, Category
    from daihoi.web.elections.choices import Office, SittingKind, Source
    from daihoi.web.elections.services import lists, sittings
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
    people = [members.enter(organisation=district, full_name=name, by="test") for name in NAMES]
    for one in people:
        congresses.add_delegate(congress=congress, person=one, unit=district, by="test", category=Category.ELECTED)
    for place, one in enumerate(people[9:12]):
        post = BodyPost.MEMBER if place else BodyPost.HEAD
        congresses.seat_in_body(congress=congress, body=BodyKind.COUNTING, person=one, post=post, by="test")
    document = freezing.document_of(congress, freezing.base_of(congress))
    congresses.freeze_roll(congress=congress, document=document, by="test")
    sitting = sittings.open_sitting(congress=congress, kind=SittingKind.CONGRESS, by="test", chair=NAMES[0])
    contest = lists.add_contest(
        sitting=sitting, office=Office.COMMITTEE, title="Bầu Ban Chấp hành Đảng bộ huyện", seats=SEATS, by="test"
    )
    lists.nominate_many(contest=contest, people=people[:LISTED], source=Source.PREPARED, by="test")
    _accounts(str(district.key), str(congress.key), language)
    return {"congress": str(congress.key), "contest": str(contest.key)}


def _accounts(district: str, congress: str, language: str) -> None:
    from daihoi.web.accounts import services as accounts
    from daihoi.web.accounts.choices import Role

    roles = (Role.PRESIDIUM, Role.COUNTING, Role.COUNTING, Role.COUNTING_HEAD, Role.DELEGATE)
    for username, role in zip(PEOPLE, roles, strict=True):
        user = accounts.create_user(
            username=username, full_name=f"Người {username}", password=PASSWORD, language=language
        )
        accounts.grant(user=user, role=role, by="test", organisation=district, congress=congress)


if __name__ == "__main__":
    sys.stdout.write(json.dumps(prepared(sys.argv[1])))
