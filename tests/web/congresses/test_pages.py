"""The pages of a congress: what they show to whom, what they do, and with how many queries."""

from __future__ import annotations

import json
import re
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from daihoi.web.accounts import again
from daihoi.web.accounts import services as accounts
from daihoi.web.accounts.choices import Role
from daihoi.web.accounts.permissions import Viewer
from daihoi.web.audit.queries import verify
from daihoi.web.congresses import attendance as figures
from daihoi.web.congresses import freezing, queries, services
from daihoi.web.congresses.attendance import attendance, figures_of, stamp
from daihoi.web.congresses.choices import BodyKind, BodyPost, Category, Credentials, Leave, Paper, Way
from daihoi.web.congresses.door import Scan, pass_door
from daihoi.web.congresses.models import Congress, Delegate, Passage, Printing, Roll
from daihoi.web.congresses.readiness import findings, for_viewer, gaps
from daihoi.web.congresses.views import live
from daihoi.web.members import services as members
from daihoi.web.organisations import services as organisations
from tests.web.conftest import Tree, person, signed_in
from tests.web.congresses.conftest import Hall
from tests.web.congresses.conftest import person as member

pytestmark = pytest.mark.django_db


@pytest.fixture
def board(hall: Hall) -> Client:
    """Somebody of the convening committee who sits on the credentials board too."""
    user = person("lan", "Nông Thị Lan")
    for role in (Role.CONVENING, Role.CREDENTIALS, Role.ADMINISTRATOR):
        accounts.grant(user=user, role=role, by="test")
    return signed_in(user)


@pytest.fixture
def station(hall: Hall) -> Client:
    """A check-in station of this congress alone."""
    user = person("ban1", "Bàn 1")
    key = hall.congress.organisation.key
    accounts.grant(user=user, role=Role.CHECK_IN, by="test", organisation=key, congress=hall.congress.key)
    return signed_in(user)


def at(hall: Hall, name: str, *more: object) -> str:
    return reverse(name, args=[hall.congress.key, *more])


def sent(client: Client, hall: Hall, *scans: dict[str, object]) -> dict[str, object]:
    """The answer to scans of a station."""
    answer = client.post(
        at(hall, "check_in_pass", hall.session.pk), json.dumps({"scans": scans}), content_type="application/json"
    )
    told = json.loads(answer.content)
    assert isinstance(told, dict)
    return told


def scan(code: str, nonce: str, way: str = "in", age: float = 0.0) -> dict[str, object]:
    return {"code": code, "nonce": f"number-{nonce}", "way": way, "age": age, "station": "Bàn 1"}


# The list, the page, what is missing.


def test_what_is_missing_goes_away_when_it_is_done(hall: Hall, tree: Tree) -> None:
    def missing() -> list[str]:
        return [gap.words for gap in gaps(queries.with_numbers(Congress.objects.all()).get())]

    assert missing()[0] == "Nhập địa điểm"
    services.change(congress=hall.congress, by="test", fields={"venue": "Hội trường"})
    assert missing()[0] == "Phân bổ đại biểu"
    services.allocate(congress=hall.congress, unit=tree.commune, by="test", elected=2)
    services.add_group(congress=hall.congress, number=1, by="test")
    services.divide_into_groups(congress=hall.congress, by="test")
    services.change(congress=hall.congress, by="test", fields={"hall_rows": 2, "hall_blocks": "2,2"})
    hall.congress.refresh_from_db()
    services.give_seats(congress=hall.congress, seats=queries.seats(hall.congress), by="test")
    services.seat_in_body(
        congress=hall.congress, body=BodyKind.CREDENTIALS, person=hall.delegates[0].person, post=BodyPost.HEAD, by="t"
    )
    assert missing() == ["Thẩm tra tư cách 5 đại biểu"]
    services.recognise_open(congress=hall.congress, by="test")
    assert missing() == ["Chốt danh sách đại biểu"]


def test_checks_name_the_unit_that_sends_nobody(hall: Hall, tree: Tree, board: Client) -> None:
    services.allocate(congress=hall.congress, unit=tree.na_luong, by="test", ex_officio=3)
    told = {one.check for one in findings(hall.congress, ())}
    assert "every_unit_sends" in told
    assert "Nà Lương" in board.get(at(hall, "congress")).content.decode()


def test_the_front_page_asks_nobody_for_what_they_cannot_do_there(hall: Hall, tree: Tree) -> None:
    user = person("minh", "Lê Minh")
    accounts.grant(user=user, role=Role.CONVENING, by="test", organisation=tree.far.key)
    accounts.grant(user=user, role=Role.INSPECTION, by="test", organisation=tree.na_luong.key)
    assert for_viewer(Viewer(user)) == []
    accounts.grant(user=user, role=Role.CLERK, by="test", organisation=tree.na_luong.key)
    assert [congress for congress, _gap in for_viewer(Viewer(accounts.User.objects.get(pk=user.pk)))] == [hall.congress]


@pytest.mark.parametrize(("rows", "queried"), [(1, 7), (3, 7)])
def test_the_list_asks_the_same_number_of_queries(
    rows: int, queried: int, hall: Hall, tree: Tree, board: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    others = [tree.commune, tree.sister, tree.far]
    for organisation in others[: rows - 1]:
        services.plan(organisation=organisation, term=hall.congress.term, by="test")
    with django_assert_num_queries(queried):
        page = board.get(reverse("congresses"))
    assert len(page.context["table"].page) == rows


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_of_delegates_asks_the_same_number_of_queries(
    rows: int, hall: Hall, board: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    keep = [one.pk for one in hall.delegates[:rows]]
    Delegate.objects.exclude(pk__in=keep).delete()
    with django_assert_num_queries(10):
        page = board.get(at(hall, "delegates"))
    assert len(page.context["table"].page) == rows


def test_delegates_stand_in_the_order_of_vietnamese_names(hall: Hall, board: Client) -> None:
    page = board.get(at(hall, "delegates"))
    names = [row.person.full_name for row in page.context["table"].page]
    assert names == ["Lý Mỹ Dung", "Ma Thị Hiền", "Nông Thị Lan", "Bàn Văn Páo", "Hoàng Văn Sơn"]


def test_births_are_for_those_alone_who_see_personnel_data(hall: Hall, board: Client) -> None:
    user = person("minh", "Lê Minh")
    accounts.grant(user=user, role=Role.EVENT, by="test", congress=hall.congress.key)
    clerk = signed_in(user)
    asked = {"columns": "name,born", "sort": "born"}
    one = hall.delegates[0].key
    assert "05/1980" in board.get(at(hall, "delegates"), asked).content.decode()
    for name, more in (("delegates", ()), ("delegate", (one,)), ("congress", ())):
        page = clerk.get(at(hall, name, *more), asked)
        assert page.status_code == 200
        assert "1980" not in page.content.decode()
    assert clerk.get(at(hall, "credentials")).status_code == 403


# Acts.


def test_an_alternate_steps_in_and_back(hall: Hall, board: Client) -> None:
    one = hall.delegates[0]
    board.post(at(hall, "delegate_replace", one.key), {"alternate": hall.alternate.pk, "decision": "QĐ 12"})
    hall.alternate.refresh_from_db()
    assert hall.alternate.replaces == one
    assert board.get(at(hall, "delegate", hall.alternate.key)).context["official"] is True
    board.post(at(hall, "delegate_replace", hall.alternate.key))
    hall.alternate.refresh_from_db()
    assert hall.alternate.replaces is None


def test_a_refusal_needs_a_reason(hall: Hall, board: Client) -> None:
    address = at(hall, "delegate_judge", hall.delegates[0].key)
    assert board.post(address, {"credentials": "refused", "reason": ""}).status_code == 200
    assert Delegate.objects.get(pk=hall.delegates[0].pk).credentials == Credentials.OPEN
    assert board.post(address, {"credentials": "refused", "reason": "bầu sai thể thức"}).status_code == 302
    assert Delegate.objects.get(pk=hall.delegates[0].pk).refusal_reason == "bầu sai thể thức"


def test_all_open_credentials_are_recognised_at_once(hall: Hall, board: Client) -> None:
    services.recognise(delegate=hall.delegates[0], credentials=Credentials.REFUSED, reason="x", by="test")
    board.post(at(hall, "delegates_judge"))
    assert sorted(Delegate.objects.values_list("credentials", flat=True)) == ["recognised"] * 4 + ["refused"]
    assert verify().findings == ()


def test_the_report_does_not_call_fit_whom_the_board_has_not_looked_at(hall: Hall) -> None:
    services.recognise(delegate=hall.delegates[0], credentials=Credentials.REFUSED, reason="x", by="test")
    services.recognise(delegate=hall.delegates[1], credentials=Credentials.RECOGNISED, by="test")

    told = figures_of(hall.congress)

    assert {one.id for one in told.unexamined} == {one.key for one in hall.delegates[2:4]}
    assert [one.delegate for one in told.refusals] == [hall.delegates[0].key]
    assert told.complaints is None


def test_a_delegate_on_whom_something_hangs_stays_on_the_list(hall: Hall, board: Client) -> None:
    one = hall.delegates[0]
    pass_door(session=hall.session, scan=Scan(one.code, Way.IN, "nonce-123"), by="t")
    board.post(at(hall, "delegate_change", one.key), {"remove": "1"})
    assert Delegate.objects.filter(pk=one.pk).exists()
    board.post(at(hall, "delegate_change", hall.delegates[1].key), {"remove": "1"})
    assert not Delegate.objects.filter(pk=hall.delegates[1].pk).exists()


def test_bodies_take_official_delegates_alone(hall: Hall) -> None:
    with pytest.raises(ValidationError):
        services.seat_in_body(
            congress=hall.congress, body=BodyKind.COUNTING, person=hall.alternate.person, post=BodyPost.MEMBER, by="t"
        )


def test_seats_are_given_out_once_and_to_those_with_a_vote(hall: Hall) -> None:
    services.change(congress=hall.congress, by="test", fields={"hall_rows": 1, "hall_blocks": "2,3"})
    hall.congress.refresh_from_db()
    assert queries.seats(hall.congress) == ["A1", "A2", "A3", "A4", "A5"]
    assert services.give_seats(congress=hall.congress, seats=queries.seats(hall.congress), by="test") == 4
    assert sorted(Delegate.objects.exclude(seat="").values_list("seat", flat=True)) == ["A1", "A2", "A3", "A4"]
    assert Delegate.objects.get(pk=hall.alternate.pk).seat == ""


# Papers.


@pytest.mark.parametrize("paper", [paper for paper in Paper if paper not in {Paper.ALLOCATION, Paper.SEAT_PLAN}])
def test_a_paper_is_made_with_both_files(paper: Paper, hall: Hall, board: Client) -> None:
    address = at(hall, "congress_paper", paper.value)
    answer = board.post(address, {"on": "17/06/2026", "number": "12-TB/HU", "size": "90x54"})
    assert answer.status_code == 302, answer.context["form"].errors
    printing = Printing.objects.get()
    for kind, begins in (("pdf", b"%PDF"), ("docx", b"PK")):
        file = board.get(at(hall, "congress_paper_file", printing.pk, kind))
        assert file.content.startswith(begins)


def test_a_paper_that_is_made_again_asks_why(hall: Hall, board: Client) -> None:
    address = at(hall, "congress_paper", "badge_sheet")
    asked = {"size": "90x65"}
    assert board.post(address, asked).status_code == 302
    assert board.post(address, asked).status_code == 200
    assert board.post(address, {**asked, "reason": "máy in kẹt giấy"}).status_code == 302
    assert [(one.again, one.reason) for one in Printing.objects.all()] == [(True, "máy in kẹt giấy"), (False, "")]


def test_a_paper_without_a_hall_says_what_is_missing(hall: Hall, board: Client) -> None:
    page = board.post(at(hall, "congress_paper", "seat_plan"))
    assert page.status_code == 200
    assert page.context["form"].non_field_errors()
    assert not Printing.objects.exists()


def test_papers_of_who_sees_no_personnel_data_tell_none(hall: Hall) -> None:
    user = person("minh", "Lê Minh")
    accounts.grant(user=user, role=Role.EVENT, by="test", congress=hall.congress.key)
    assert signed_in(user).get(at(hall, "congress_paper", "credentials")).status_code == 404


# The door.


def test_a_station_is_answered_in_order(hall: Hall, station: Client) -> None:
    one = hall.delegates[0]
    told = sent(station, hall, scan(one.code.lower(), "1"), scan(one.code, "2"), scan("NOSUCHCODE", "3"))
    answers = told["answers"]
    assert isinstance(answers, list)
    assert [one["answer"] for one in answers] == ["welcome", "again", "unknown"]
    assert [one["level"] for one in answers] == ["good", "odd", "bad"]
    assert answers[0]["name"] == "Nông Thị Lan"
    assert "Bàn 1" in answers[1]["detail"]


def test_what_a_station_sends_twice_is_entered_once(hall: Hall, station: Client) -> None:
    for _time in range(3):
        sent(station, hall, scan(hall.delegates[0].code, "1"), scan(hall.delegates[1].code, "2", age=61))
    assert Passage.objects.count() == 2


@pytest.mark.parametrize(
    "body",
    ["", "[]", "{}", '{"scans": [1]}', '{"scans": [{"code": "A", "nonce": "x", "way": "in"}]}', "{"],
)
def test_nonsense_is_refused_and_writes_nothing(body: str, hall: Hall, station: Client) -> None:
    answer = station.post(at(hall, "check_in_pass", hall.session.pk), body, content_type="application/json")
    assert answer.status_code == 400
    assert not Passage.objects.exists()


def test_a_scan_without_the_token_of_the_page_is_refused(hall: Hall) -> None:
    user = person("ban2", "Bàn 2")
    accounts.grant(user=user, role=Role.CHECK_IN, by="test", congress=hall.congress.key)
    client = Client(enforce_csrf_checks=True)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    address = at(hall, "check_in_pass", hall.session.pk)
    body = json.dumps({"scans": [scan(hall.delegates[0].code, "1")]})
    assert client.post(address, body, content_type="application/json").status_code == 403
    token = json.loads(client.get(address).content)["token"]
    assert (
        client.post(address, body, content_type="application/json", headers={"X-CSRFToken": token}).status_code == 200
    )


def test_names_are_found_at_the_door_and_nothing_personal(hall: Hall, station: Client) -> None:
    told = json.loads(station.get(at(hall, "check_in_find"), {"q": "nong thi"}).content)["found"]
    assert [one["name"] for one in told] == ["Nông Thị Lan"]
    assert "1980" not in json.dumps(told)
    assert json.loads(station.get(at(hall, "check_in_find"), {"q": "tung"}).content)["found"][0]["name"]


def test_a_station_opens_nothing_else(hall: Hall, station: Client) -> None:
    for name in ("delegates", "guests", "congress_papers", "attendance", "rolls", "credentials"):
        assert station.get(at(hall, name)).status_code == 403


def test_the_allocation_tells_each_unit_and_who_sends_too_few(hall: Hall, tree: Tree, board: Client) -> None:
    services.allocate(congress=hall.congress, unit=tree.commune, by="test", elected=2)
    services.allocate(congress=hall.congress, unit=tree.sister, by="test", ex_officio=1, elected=2, alternates=1)
    tree.sister.name = "Đảng bộ xã <b>Khau</b> Vai"
    tree.sister.save()
    page = board.get(at(hall, "congress_allocation")).content.decode()
    lines = page.split("<tbody>")[1].split("</tbody>")[0].strip().splitlines()
    told = [[text for text in re.split(r"<[^>]*>", line) if text.strip()] for line in lines]
    assert told == [
        ["Đảng bộ xã Bản Lầu", "210", "0", "2", "0", "2", "2", "0"],
        ["Đảng bộ xã &lt;b&gt;Khau&lt;/b&gt; Vai", "90", "1", "2", "0", "3", "2", "too few", "1"],
    ]
    assert "?unit=TG-NL-02" in lines[1]


# Live pages.


@pytest.fixture
def fresh() -> None:
    """No page of a former test is remembered: rows of another database bear the same numbers."""

    live._made.clear()
    figures._seen.clear()
    again._remembered.clear()
    again._seen = (-1, -1)


@pytest.mark.usefixtures("fresh")
@pytest.mark.parametrize("name", ["attendance_session", "screen"])
def test_a_live_page_is_silent_until_something_changes(name: str, hall: Hall, board: Client) -> None:
    address = at(hall, name, hall.session.pk)
    first = board.get(address, {"part": "1"})
    tag = first.headers["ETag"]
    assert board.get(address, {"part": "1"}, headers={"If-None-Match": tag}).status_code == 304
    pass_door(session=hall.session, scan=Scan(hall.delegates[0].code, Way.IN, "nonce-123"), by="t")
    again = board.get(address, {"part": "1"}, headers={"If-None-Match": tag})
    assert again.status_code == 200
    assert again.headers["ETag"] != tag


@pytest.mark.usefixtures("fresh")
def test_an_unchanged_live_page_asks_few_queries(
    hall: Hall, board: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    address = at(hall, "attendance_session", hall.session.pk)
    tag = board.get(address, {"part": "1"}).headers["ETag"]
    # Seven the whole way, and one that says from which act on it may be answered again.
    with django_assert_num_queries(8):
        board.get(address, {"part": "1"}, headers={"If-None-Match": tag})
    with django_assert_num_queries(2):
        board.get(address, {"part": "1"}, headers={"If-None-Match": tag})


def test_the_stamp_is_of_the_data_alone(hall: Hall) -> None:
    before = stamp(hall.congress)
    services.set_leave(delegate=hall.delegates[0], leave=Leave.GIVEN, by="test")
    assert stamp(hall.congress) != before


def test_the_stamp_tells_a_name_that_was_put_right(hall: Hall, tree: Tree) -> None:
    first = stamp(hall.congress)
    members.change(person=hall.delegates[0].person, by="test", fields={"full_name": "Nông Thị Lân"})
    second = stamp(hall.congress)
    organisations.rename(organisation=tree.commune, name="Đảng bộ xã Bản Lầu Hạ", since=date(2026, 6, 1), by="test")
    assert len({first, second, stamp(hall.congress)}) == 3


def test_the_stamp_of_what_was_rolled_back_is_forgotten(hall: Hall) -> None:
    before = stamp(hall.congress)
    point = transaction.savepoint()
    services.set_leave(delegate=hall.delegates[0], leave=Leave.GIVEN, by="test")
    assert stamp(hall.congress) != before
    transaction.savepoint_rollback(point)
    assert stamp(hall.congress) == before


def test_the_screen_of_the_hall_bears_no_names(hall: Hall, board: Client) -> None:
    page = board.get(at(hall, "screen", hall.session.pk)).content.decode()
    assert hall.delegates[0].person.full_name not in page


def test_units_of_one_name_stay_two(hall: Hall, tree: Tree) -> None:
    for unit in (tree.commune, tree.sister):
        unit.short_name = "Bản Lầu"
        unit.save()
    assert len(attendance(hall.congress, hall.session).units) == 2


def test_quorum_asks_for_units_that_were_to_send_somebody(hall: Hall, tree: Tree) -> None:
    for unit in (tree.commune, tree.sister, tree.na_luong):
        services.allocate(congress=hall.congress, unit=unit, by="test", elected=2)
    for number, one in enumerate(hall.delegates[:3]):
        pass_door(session=hall.session, scan=Scan(one.code, Way.IN, f"nonce-12{number}"), by="t")
    told = attendance(hall.congress, hall.session).quorum
    assert (told.delegates.part, told.delegates.needed) == (3, 3)
    assert (told.units.part, told.units.whole, told.units.needed) == (2, 3, 2)
    assert told.holds
    assert not told.confirmed


# The roll.


def test_the_base_of_the_example(hall: Hall, tree: Tree) -> None:
    """S14: 190 summoned; two convening members absent throughout, three delegates absent, one of them replaced: 186."""
    kinds = [Category.EX_OFFICIO] * 2 + [Category.ELECTED] * 184
    people = [member(f"Đại biểu {number}", tree.commune, f"S{number}") for number in range(186)]
    Delegate.objects.bulk_create(
        Delegate(congress=hall.congress, person=one, unit=tree.commune, category=kind)
        for one, kind in zip(people, kinds, strict=True)
    )
    absent = list(Delegate.objects.filter(person__in=people).order_by("pk")[:5])
    for one in absent:
        services.set_leave(delegate=one, leave=Leave.GIVEN, by="test")
    services.replace(delegate=absent[2], alternate=hall.alternate, decision="QĐ 1", by="test")
    base = freezing.base_of(hall.congress)
    assert base.worksheet is not None
    assert (base.worksheet.summoned, base.worksheet.base, base.worksheet.needed) == (190, 186, 94)
    assert sorted(base.by_ground.values()) == [2, 2]


def test_open_questions_must_be_known_before_the_roll_is_frozen(hall: Hall, board: Client) -> None:
    assert board.post(at(hall, "rolls")).status_code == 200
    assert not Roll.objects.exists()
    assert board.post(at(hall, "rolls"), {"known": "on"}).status_code == 302
    roll = Roll.objects.get()
    page = board.get(at(hall, "roll", roll.number)).content.decode()
    assert roll.digest in page
    assert verify().findings == ()


def test_who_may_not_freeze_the_roll_does_not(hall: Hall) -> None:
    user = person("minh", "Lê Minh")
    accounts.grant(user=user, role=Role.PRESIDIUM, by="test", congress=hall.congress.key)
    signed_in(user).post(at(hall, "rolls"), {"known": "on"})
    assert not Roll.objects.exists()


def test_the_figures_of_the_report_stand_in_charts_and_tables(hall: Hall, board: Client) -> None:
    pass_door(session=hall.session, scan=Scan(hall.delegates[0].code, Way.IN, "nonce-123"), by="t")
    page = board.get(at(hall, "credentials"))
    drawn = {one["id"]: one["counts"] for one in page.context["drawn"]}
    assert drawn["chart-sex"] == [1, 0]
    assert "Women" in page.content.decode()


@pytest.mark.usefixtures("fresh")
def test_a_live_page_that_took_long_to_make_rests_and_then_shows_what_changed(
    hall: Hall, board: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [100.0]
    monkeypatch.setattr(live, "monotonic", lambda: now[0])
    monkeypatch.setattr(live, "REST", 4.0)
    text = live._text

    def slow(*args: object, **kwargs: object) -> str:
        now[0] += 0.5
        return text(*args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(live, "_text", slow)
    address = at(hall, "attendance_session", hall.session.pk)
    tag = board.get(address, {"part": "1"}).headers["ETag"]
    pass_door(session=hall.session, scan=Scan(hall.delegates[0].code, Way.IN, "nonce-456"), by="t")
    now[0] += 1.9
    assert board.get(address, {"part": "1"}, headers={"If-None-Match": tag}).status_code == 304
    now[0] += 0.2
    assert board.get(address, {"part": "1"}, headers={"If-None-Match": tag}).status_code == 200


@pytest.mark.usefixtures("fresh")
def test_the_stamp_reads_the_delegates_only_when_something_but_a_passage_was_written(
    hall: Hall, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    first = stamp(hall.congress)
    pass_door(session=hall.session, scan=Scan(hall.delegates[0].code, Way.IN, "nonce-789"), by="t")
    with django_assert_num_queries(2):
        passed = stamp(hall.congress)
    services.set_leave(delegate=hall.delegates[1], leave=Leave.GIVEN, by="test")
    assert len({first, passed, stamp(hall.congress)}) == 3
    with django_assert_num_queries(1):
        stamp(hall.congress)


def test_who_is_taken_off_the_list_while_somebody_searches_is_left_out(
    hall: Hall, board: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    found: list[int] = []
    monkeypatch.setattr("django.db.models.QuerySet.in_bulk", lambda _rows, keys: found.extend(keys) or {})
    answer = board.get(reverse("search"), {"q": hall.delegates[0].person.full_name})
    assert (answer.status_code, answer.context["people"], answer.context["delegates"]) == (200, [], [])
    assert {hall.delegates[0].pk, hall.delegates[0].person_id} <= set(found)
