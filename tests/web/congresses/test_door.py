"""The door: each scan once, answered at once, in whatever order stations send."""

from __future__ import annotations

from datetime import timedelta
from itertools import permutations

import pytest

from daihoi.web.audit.queries import verify
from daihoi.web.congresses import services
from daihoi.web.congresses.attendance import attendance, figures_of, stamp
from daihoi.web.congresses.choices import Answer, Credentials, Way
from daihoi.web.congresses.door import Passed, Scan, normal_code, pass_door
from daihoi.web.congresses.models import Delegate, Passage, Presence
from tests.web.congresses.conftest import Hall

pytestmark = pytest.mark.django_db


def scan(hall: Hall, code: str, nonce: str, way: Way = Way.IN, age: float = 0.0, station: str = "Bàn 1") -> Passed:
    sent = Scan(code, way, nonce, timedelta(seconds=age), station)
    return pass_door(session=hall.session, scan=sent, by="Lan")


def test_a_delegate_enters_and_leaves(hall: Hall) -> None:
    one = hall.delegates[0]
    assert scan(hall, one.code, "n1").answer is Answer.WELCOME
    assert scan(hall, one.code, "n2", Way.OUT).answer is Answer.GOODBYE
    assert [row.way for row in Passage.objects.all()] == [Way.IN, Way.OUT]
    assert Presence.objects.get().inside is False


def test_the_same_code_twice_says_when_and_where(hall: Hall) -> None:
    scan(hall, hall.delegates[0].code, "n1", station="Bàn 2")
    again = scan(hall, hall.delegates[0].code, "n2", station="Bàn 3")
    assert (again.answer, again.station) == (Answer.AGAIN, "Bàn 2")
    assert again.since == Presence.objects.get().first_in
    assert attendance(hall.congress, hall.session).whole.came == 1


def test_a_scan_that_is_sent_again_is_one_scan(hall: Hall) -> None:
    first = scan(hall, hall.delegates[0].code, "n1")
    again = scan(hall, hall.delegates[0].code, "n1")
    assert (first.answer, again.answer) == (Answer.WELCOME, Answer.WELCOME)
    assert Passage.objects.count() == 1


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_late_scans_of_a_station_end_the_same_in_every_order(hall: Hall, order: tuple[int, ...]) -> None:
    code = hall.delegates[0].code
    sent = [(Way.IN, "a", 300.0), (Way.OUT, "b", 200.0), (Way.IN, "c", 100.0)]
    for number in order:
        way, nonce, age = sent[number]
        scan(hall, code, nonce, way, age)
    presence = Presence.objects.get()
    assert presence.inside is True
    assert (presence.last - presence.first_in).total_seconds() == pytest.approx(200, abs=20)
    assert Passage.objects.count() == 3


def test_leaving_alone_makes_nobody_present(hall: Hall) -> None:
    assert scan(hall, hall.delegates[0].code, "n1", Way.OUT).answer is Answer.NOT_IN
    assert attendance(hall.congress, hall.session).whole.came == 0
    assert figures_of(hall.congress).called.present == 0


def test_unknown_codes_and_people_without_a_vote_are_told_apart(hall: Hall) -> None:
    official = hall.delegates[0]
    assert scan(hall, "NOSUCHCODE", "n1").answer is Answer.UNKNOWN
    assert scan(hall, hall.alternate.code, "n2").answer is Answer.NOT_CALLED
    services.replace(delegate=official, alternate=hall.alternate, decision="QĐ 12, 16/06/2026", by="Lan")
    hall.alternate.refresh_from_db()
    assert scan(hall, hall.alternate.code, "n3").answer is Answer.WELCOME
    assert scan(hall, official.code, "n4").answer is Answer.REPLACED
    services.recognise(delegate=hall.delegates[1], credentials=Credentials.REFUSED, reason="QĐ 3", by="Lan")
    assert scan(hall, hall.delegates[1].code, "n5").answer is Answer.REFUSED
    assert scan(hall, hall.delegates[2].code, "n6", Way.OUT).answer is Answer.NOT_IN
    assert scan(hall, hall.guest.code, "n7").answer is Answer.WELCOME


def test_a_code_is_read_as_people_and_scanners_give_it() -> None:
    assert normal_code(" 2abc-9 kz\r\n") == "2ABC9KZ"


def test_attendance_counts_each_once(hall: Hall) -> None:
    before = stamp(hall.congress)
    for number, one in enumerate(hall.delegates[:3]):
        scan(hall, one.code, f"n{number}")
    scan(hall, hall.delegates[2].code, "out", Way.OUT)
    scan(hall, hall.guest.code, "guest")
    seen = attendance(hall.congress, hall.session)
    assert (seen.whole.summoned, seen.whole.came, seen.whole.inside, seen.whole.missing) == (4, 3, 2, 1)
    assert sum(line.summoned for line in seen.units) == 4
    assert seen.guests_inside == 1
    assert stamp(hall.congress) != before


def test_a_passage_that_drew_its_number_before_and_came_after_changes_the_stamp(hall: Hall) -> None:
    scan(hall, hall.delegates[0].code, "n1")
    Passage.objects.update(id=1000)
    before = stamp(hall.congress)
    # PostgreSQL draws the number before the passage has its turn in the ledger.
    scan(hall, hall.delegates[1].code, "n2")
    Passage.objects.filter(nonce="n2").update(id=999)
    assert stamp(hall.congress) != before


def test_figures_know_who_was_there(hall: Hall) -> None:
    scan(hall, hall.delegates[0].code, "n1")
    told = figures_of(hall.congress)
    assert (told.called.summoned, told.called.present) == (4, 1)
    assert len(told.units) == 2


def test_every_passage_is_in_the_ledger(hall: Hall) -> None:
    for number, one in enumerate(Delegate.objects.filter(category="elected")):
        scan(hall, one.code, f"n{number}")
    verified = verify()
    assert verified.findings == ()
