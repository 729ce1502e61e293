"""What is taken along: guides for everybody who works, a result only once it is announced."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.urls import reverse

from daihoi.web.accounts.choices import Role
from daihoi.web.members import services as members
from daihoi.web.members.portraits import cleaned
from tests.web.elections.conftest import Day
from tests.web.hall.conftest import with_role
from tests.web.members.pictures import picture

pytestmark = pytest.mark.django_db


def at(day: Day, name: str, *more: object) -> str:
    return reverse(name, args=[day.congress.key, *more])


@pytest.mark.parametrize("paper", ["guide-teller", "guide-operator", "guide-head", "role-cards"])
def test_guides_are_papers(paper: str, day: Day) -> None:
    answer = with_role(day, Role.SECRETARIAT).get(at(day, "day_paper", paper))
    assert answer.content[:5] == b"%PDF-"
    assert paper in answer.headers["Content-Disposition"]


def test_papers_of_a_contest(adopted: Day) -> None:
    client = with_role(adopted, Role.COUNTING)
    page = client.get(at(adopted, "guides")).content.decode()
    for paper in ("how-to-mark", "tally"):
        there = at(adopted, "contest_paper", adopted.contest.key, paper)
        assert there in page
        assert client.get(there).content[:5] == b"%PDF-"


def test_delegate_gets_no_list_of_names(adopted: Day) -> None:
    client = with_role(adopted, Role.DELEGATE)
    there = at(adopted, "contest_paper", adopted.contest.key, "tally")
    assert there not in client.get(at(adopted, "guides")).content.decode()
    assert client.get(there).status_code == 404


def test_result_is_carried_once_it_is_announced(confirmed: Day) -> None:
    client = with_role(confirmed, Role.PRESIDIUM)
    there = {kind: at(confirmed, "contest_paper", confirmed.contest.key, f"result-{kind}") for kind in ("pptx", "pdf")}
    page = client.get(at(confirmed, "guides")).content.decode()
    for address in there.values():
        assert address not in page
        assert client.get(address).status_code == 404
    confirmed.contest.state = "announced"
    confirmed.contest.save(update_fields=["state"])
    assert client.get(there["pptx"]).content[:2] == b"PK"
    assert client.get(there["pdf"]).content[:5] == b"%PDF-"


def test_photographs_are_carried_by_those_who_may_open_the_screens(announced: Day) -> None:
    one = announced.contest.nominations.order_by("number")[0]
    members.keep_portrait(person=one.person, jpeg=cleaned(picture()), by="test")
    there = at(announced, "contest_paper", announced.contest.key, "result-pptx")
    pictures = {}
    for role in (Role.PRESIDIUM, Role.DELEGATE):
        answer = with_role(announced, role, f"u-{role}").get(there)
        with zipfile.ZipFile(io.BytesIO(answer.content)) as made:
            pictures[role] = [name for name in made.namelist() if name.startswith("ppt/media/")]
    assert (len(pictures[Role.PRESIDIUM]), pictures[Role.DELEGATE]) == (1, [])
