"""What the texts leave open: set for the house or for one congress, used everywhere, and never shown as a rule."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from daihoi.rules.credentials.figures import Topic
from daihoi.web.accounts import services as accounts
from daihoi.web.accounts.choices import Role
from daihoi.web.accounts.models import User
from daihoi.web.audit.queries import entries, verify
from daihoi.web.congresses import measures
from daihoi.web.congresses.attendance import attendance, figures_of, stamp
from daihoi.web.congresses.choices import Category, Way
from daihoi.web.congresses.door import Scan, pass_door
from daihoi.web.congresses.models import Delegate, Measures
from daihoi.web.congresses.readiness import findings
from tests.web.conftest import Tree, person, signed_in
from tests.web.congresses.conftest import Hall

pytestmark = pytest.mark.django_db
HALF = {"quorum_delegates": "1/2", "quorum_units": "1/2"}


def quorum(hall: Hall) -> tuple[int, int, bool]:
    """Delegates and units needed, and whether there are enough."""
    held = attendance(hall.congress, hall.session).quorum
    return held.delegates.needed, held.units.needed, held.holds


@pytest.fixture
def board(commission: User) -> Client:
    return signed_in(commission)


def test_a_congress_goes_by_its_own_then_by_the_house_then_by_practice(hall: Hall) -> None:
    assert quorum(hall) == (3, 2, False)
    measures.set_measures(congress=None, values=HALF, source="KL số 7", by="test")
    assert quorum(hall) == (2, 1, False)
    measures.set_measures(congress=hall.congress, values={"quorum_delegates": "1/4"}, source="KL 8", by="test")
    pass_door(session=hall.session, scan=Scan(hall.delegates[0].code, Way.IN, "nonce-123"), by="t")
    assert quorum(hall) == (1, 1, True)
    told = measures.in_force(hall.congress).told
    assert [(one.source, one.is_own, one.is_default) for one in measures.in_force(hall.congress).quorum] == [
        ("KL 8", True, False), ("KL số 7", False, False),
    ]  # fmt: skip
    assert told["age_bands"].is_default


def test_taking_a_value_back_gives_the_one_above(hall: Hall) -> None:
    measures.set_measures(congress=None, values=HALF, source="KL số 7", by="test")
    measures.set_measures(congress=hall.congress, values={"quorum_units": "1"}, source="KL 8", by="test")
    measures.set_measures(congress=hall.congress, values={}, source="", by="test")
    assert quorum(hall) == (2, 1, False)


def test_the_report_counts_by_the_bands_that_were_set(hall: Hall) -> None:
    for one in hall.delegates:
        pass_door(session=hall.session, scan=Scan(one.code, Way.IN, f"nonce-{one.code}"), by="t")
    before = [line.key for line in figures_of(hall.congress).group(Topic.AGE).lines]
    measures.set_measures(congress=hall.congress, values={"age_bands": "30,46"}, source="KL 8", by="test")
    figures = figures_of(hall.congress)
    assert [line.key for line in figures.group(Topic.AGE).lines] != before
    assert [band.low for band in figures.age_bands] == [None, 30, 46]
    assert figures.group(Topic.AGE).count(figures.age_bands[2].key) == 4


def test_the_checks_of_a_congress_go_by_it_too(hall: Hall) -> None:
    Delegate.objects.filter(pk=hall.delegates[0].pk).update(category=Category.DESIGNATED)
    assert "designated_within_share" in {one.check for one in findings(hall.congress, ())}
    measures.set_measures(congress=hall.congress, values={"designated_percent": 50}, source="KL 8", by="test")
    grave = {one.check for one in findings(hall.congress, ()) if one.severity != "allow"}
    assert "designated_within_share" not in grave


@pytest.mark.parametrize(
    ("name", "value"),
    [("quorum_delegates", "3/2"), ("quorum_units", "x"), ("age_bands", "40,30"), ("designated_percent", 101)],
)
def test_a_value_that_cannot_be_is_refused_by_its_field(name: str, value: str | int) -> None:
    with pytest.raises(ValidationError) as refused:
        measures.set_measures(congress=None, values={name: value}, source="KL", by="test")
    assert list(refused.value.message_dict) == [name]
    assert not Measures.objects.exists()


def test_a_value_needs_a_source() -> None:
    with pytest.raises(ValidationError) as refused:
        measures.set_measures(congress=None, values=HALF, source=" ", by="test")
    assert list(refused.value.message_dict) == ["source"]


def test_the_form_says_what_is_wrong_beside_the_field(hall: Hall, board: Client) -> None:
    address = reverse("congress_measures", args=[hall.congress.key])
    page = board.post(address, {"quorum_delegates": "5", "age_bands": "a", "source": "KL"}).content.decode()
    assert 'id="id_quorum_delegates_error"' in page
    assert 'id="id_age_bands_error"' in page
    assert not Measures.objects.exists()


def test_pages_name_value_and_source_and_call_them_unconfirmed(hall: Hall, board: Client) -> None:
    address = reverse("congress_measures", args=[hall.congress.key])
    held = {"quorum_delegates": "3/4", "age_bands": "36,46", "source": "Công văn 12-CV/BTC"}
    assert board.post(address, held).headers["Location"] == reverse("congress", args=[hall.congress.key])
    last = entries()[0]
    assert (last.kind, last.place) == ("congress.measures_set", hall.congress.key)
    assert verify().findings == ()
    live = board.get(reverse("attendance_session", args=[hall.congress.key, hall.session.pk])).content.decode()
    screen = board.get(reverse("screen", args=[hall.congress.key, hall.session.pk])).content.decode()
    report = board.get(reverse("credentials", args=[hall.congress.key])).content.decode()
    assert all(text in live for text in ("3/4", "Công văn 12-CV/BTC", "unconfirmed", "common practice"))
    assert "3/4 + 2/3, unconfirmed" in " ".join(screen.split())
    assert all(text in report for text in ("36,46", "Công văn 12-CV/BTC", "common practice"))


def test_a_live_page_is_made_anew_when_the_quorum_is_another(hall: Hall) -> None:
    before = stamp(hall.congress)
    measures.set_measures(congress=None, values=HALF, source="KL số 7", by="test")
    assert stamp(hall.congress) != before


def test_the_house_is_set_by_who_changes_every_congress(tree: Tree, commission: User, administrator: User) -> None:
    address = reverse("house_measures")
    assert signed_in(commission).get(address).status_code == 403
    assert reverse("house_measures") not in signed_in(commission).get(reverse("congresses")).content.decode()
    client = signed_in(administrator)
    assert address in client.get(reverse("congresses")).content.decode()
    assert client.post(address, {**HALF, "source": "KL số 7"}).status_code == 302
    assert entries()[0].place == ""
    assert "KL số 7" in client.get(address).content.decode()


def test_another_congress_keeps_its_own(hall: Hall, tree: Tree) -> None:
    user = person("minh", "Lê Minh")
    accounts.grant(user=user, role=Role.CLERK, by="test", organisation=tree.dong_hoa.key)
    address = reverse("congress_measures", args=[hall.congress.key])
    assert signed_in(user).post(address, {**HALF, "source": "x"}).status_code == 404
    assert not Measures.objects.exists()
