"""Pages of people: what a role sees, and that what it may not see is on no page, in no export and in no search."""

from __future__ import annotations

import io

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries

from daihoi.web.accounts import services as accounts
from daihoi.web.accounts.choices import RIGHTS, Right, Role
from daihoi.web.accounts.models import User
from daihoi.web.members import services
from daihoi.web.members.models import Person
from daihoi.web.organisations.models import Organisation
from tests.web.conftest import Tree, person, signed_in

pytestmark = pytest.mark.django_db

SECRETS = {
    "other_name": "Bí danh Sáu Lèo", "sex": "female", "born": "1975-04-30", "ethnicity": "Pà Thẻn",
    "religion": "Cao Đài Tiên Thiên", "native_place": "Bản Vược Xa", "joined": "1998-05-19", "official": "1999-05-19",
    "education": "lower_secondary", "degree": "vocational", "major": "Thú y đại cương", "theory": "intermediate",
    "languages": "Tiếng Mông B1", "computing": "Tin học A2", "is_sitting_member": True, "is_local": True,
}  # fmt: skip
TOLD = ("Sáu Lèo", "30/04/1975", "1975", "Pà Thẻn", "Cao Đài", "Vược Xa", "19/05/1998", "19/05/1999", "Thú y",
        "Mông B1", "Tin học A2", "Lower secondary", "Intermediate political")  # fmt: skip


def entered(organisation: Organisation, full_name: str, **fields: object) -> Person:
    return services.enter(organisation=organisation, full_name=full_name, by="test", **fields)


@pytest.fixture
def secret(tree: Tree) -> Person:
    return entered(tree.commune, "Nguyễn Thị Hoa", post="Bí thư Đảng ủy", code="BL-1", **SECRETS)


def as_role(role: Role, organisation: str = "") -> Client:
    user = person(f"u-{role}-{organisation[:4]}", "Người Xem")
    accounts.grant(user=user, role=role, by="test", organisation=organisation)
    return signed_in(user)


def told_in(text: str) -> list[str]:
    return [one for one in TOLD if one in text]


def cells_of(data: bytes) -> str:
    sheet = load_workbook(io.BytesIO(data)).active
    assert sheet is not None
    return " | ".join(str(cell) for row in sheet.iter_rows(values_only=True) for cell in row)


SEERS = [role for role in Role if Right.SEE_PEOPLE in RIGHTS[role]]
BLIND = [role for role in SEERS if Right.SEE_PERSONNEL not in RIGHTS[role]]


def test_there_are_roles_of_both_kinds() -> None:
    assert Role.CLERK in BLIND
    assert Role.ORGANISATION_COMMISSION in set(SEERS) - set(BLIND)


@pytest.mark.parametrize("role", BLIND)
def test_personnel_data_is_nowhere_for_who_may_not_see_it(role: Role, secret: Person) -> None:
    client = as_role(role)
    every = ",".join(["name", "code", *SECRETS])
    asked: list[tuple[str, dict[str, str]]] = [
        (reverse("people"), {}),
        (reverse("people"), {"columns": every, "sort": "born", "sex": "female"}),
        (reverse("people"), {"q": "nguyen thi hoa"}),
        (reverse("person", args=[secret.key]), {}),
        (reverse("search"), {"q": "nguyen thi hoa"}),
        (reverse("front"), {}),
    ]
    if Right.EDIT_PEOPLE in RIGHTS[role]:
        asked.append((reverse("person_change", args=[secret.key]), {}))
    for address, questions in asked:
        page = client.get(address, questions).content.decode()
        assert told_in(page) == [], address
        assert "Nguyễn Thị Hoa" in page or address == "/"
    exported = client.get(reverse("people"), {"export": "1", "columns": every}).content
    assert told_in(cells_of(exported)) == []
    assert "Nguyễn Thị Hoa" in cells_of(exported)


@pytest.mark.parametrize("name", ["Sau Leo", "Pa Then", "1975", "Vuoc Xa", "Thu y"])
def test_personnel_data_is_no_way_to_find_somebody(name: str, secret: Person) -> None:
    for client in (as_role(Role.CLERK), as_role(Role.STANDING)):
        assert "Nguyễn Thị Hoa" not in client.get(reverse("people"), {"q": name}).content.decode()
        assert "Nguyễn Thị Hoa" not in client.get(reverse("search"), {"q": name}).content.decode()


def test_a_filter_of_personnel_data_does_nothing_for_who_may_not_see_it(secret: Person) -> None:
    blind, seeing = as_role(Role.CLERK), as_role(Role.STANDING)
    assert "Nguyễn Thị Hoa" in blind.get(reverse("people"), {"sex": "male"}).content.decode()
    assert "Nguyễn Thị Hoa" not in seeing.get(reverse("people"), {"sex": "male"}).content.decode()


def test_who_may_see_personnel_data_sees_all_of_it(secret: Person) -> None:
    client = as_role(Role.ORGANISATION_COMMISSION)
    page = client.get(reverse("person", args=[secret.key])).content.decode()
    assert told_in(page) == list(TOLD)
    exported = client.get(reverse("people"), {"export": "1", "columns": ",".join(SECRETS)}).content
    assert told_in(cells_of(exported)) == list(TOLD)


def test_a_right_to_personnel_data_of_a_part_opens_no_more(secret: Person, tree: Tree) -> None:
    hidden = entered(tree.far, "Trần Văn Xa", native_place="Quê Rất Kín", ethnicity="Ơ Đu")
    user = person("minh", "Lê Minh")
    accounts.grant(user=user, role=Role.CLERK, by="test")
    accounts.grant(user=user, role=Role.CONVENING, by="test", organisation=tree.na_luong.key)
    client = signed_in(user)
    columns = {"columns": "name,native_place,ethnicity"}
    everybody = client.get(reverse("people"), columns).content.decode()
    assert "Trần Văn Xa" in everybody
    assert ("Quê Rất Kín" in everybody, "Vược Xa" in everybody) == (False, False)
    assert "personnel data of a part" in everybody
    of_part = client.get(reverse("people"), {**columns, "organisation": tree.na_luong.key}).content.decode()
    assert ("Vược Xa" in of_part, "Trần Văn Xa" in of_part) == (True, False)
    of_whole = client.get(reverse("people"), {**columns, "organisation": tree.province.key}).content.decode()
    assert ("Quê Rất Kín" in of_whole, "Vược Xa" in of_whole) == (False, False)
    assert "Quê Rất Kín" not in client.get(reverse("person", args=[hidden.key])).content.decode()
    assert "Vược Xa" in client.get(reverse("person", args=[secret.key])).content.decode()


def test_people_of_one_name_are_told_apart(tree: Tree) -> None:
    entered(tree.commune, "Nguyễn Văn Hùng", born="1970-01-01", code="H1")
    entered(tree.sister, "Nguyễn Văn Hùng", born="1982", code="H2")
    entered(tree.sister, "Nguyễn Văn Hưng", code="H3")
    seeing, blind = as_role(Role.STANDING), as_role(Role.WORKING_GROUP)

    def page_of(client: Client, address: str, **asked: str) -> str:
        return str(client.get(reverse(address), {"q": "nguyen van", **asked}).content.decode())

    for page in (page_of(seeing, "search"), page_of(seeing, "people", columns="name")):
        assert "Đảng bộ xã Bản Lầu, 1970" in page
        assert "Đảng bộ xã Khau Vai, 1982" in page
        assert ", H3" not in page
    for page in (page_of(blind, "search"), page_of(blind, "people", columns="name")):
        assert "Đảng bộ xã Bản Lầu, H1" in page
        assert ("1970" in page, "1982" in page) == (False, False)
    assert "Nguyễn Văn Hùng (1970)" in page_of(seeing, "people")
    assert "Nguyễn Văn Hùng (H1)" in page_of(blind, "people")
    assert "Nguyễn Văn Hưng (" not in page_of(seeing, "people")
    key = Person.objects.get(code="H1").key
    assert "Đảng bộ xã Bản Lầu, 1970" in seeing.get(reverse("person", args=[key])).content.decode()


def test_people_of_one_name_organisation_and_year_are_told_apart_by_their_codes(tree: Tree) -> None:
    for code, born in (("H1", "1970-01-01"), ("H2", "1970-09-02"), ("H3", "1971")):
        entered(tree.commune, "Nguyễn Văn Hùng", born=born, code=code)
    page = as_role(Role.STANDING).get(reverse("people"), {"columns": "name"}).content.decode()
    for told in ("H1", "H2", "1971"):
        assert f"Nguyễn Văn Hùng (Đảng bộ xã Bản Lầu, {told})" in page
    assert "1970" not in page


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_asks_as_much_for_three_as_for_one(
    number: int, tree: Tree, commission: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for place in range(number):
        entered(tree.commune, f"Nguyễn Văn Hùng {place}", born="1970")
    client = signed_in(commission)
    with django_assert_num_queries(LIST_QUERIES):
        client.get(reverse("people"))


LIST_QUERIES = 9


def test_a_person_is_entered_and_changed_on_pages(tree: Tree, commission: User) -> None:
    client = signed_in(commission)
    form = {"full_name": " Nông  Văn Bé ", "organisation": "TG-NL-01", "born": "4/1980", "sex": "male"}
    page = client.post(reverse("person_enter"), form, follow=True).content.decode()
    made = Person.objects.get()
    assert (made.full_name, made.born, made.organisation) == ("Nông Văn Bé", "1980-04", tree.commune)
    assert "04/1980" in page
    assert 'value="04/1980"' in client.get(reverse("person_change", args=[made.key])).content.decode()
    form = {"full_name": "Nông Văn Bé", "organisation": "TG-NL-02", "born": "30/4/1980", "code": made.code}
    client.post(reverse("person_change", args=[made.key]), form)
    made.refresh_from_db()
    assert (made.born, made.sex, made.organisation) == ("1980-04-30", "", tree.sister)


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("organisation", "TG-DH-01", "No organisation of yours has this code."),
        ("organisation", "X", "No organisation of yours has this code."),
        ("born", "31/02/1980", "This is no date; write dd/mm/yyyy, mm/yyyy or yyyy."),
        ("born", "2190", "This day is still to come."),
        ("joined", "1990", "Admitted before the age of eighteen"),
        ("official", "1999", "Official before being admitted"),
        ("full_name", "", "This field is required."),
    ],
)
def test_what_cannot_be_is_said_at_its_field(tree: Tree, commission: User, field: str, value: str, said: str) -> None:
    client = signed_in(commission)
    form = {"full_name": "Nông Văn Bé", "organisation": "TG-NL-01", "born": "1980", "joined": "2000"} | {field: value}
    page = client.post(reverse("person_enter"), form).content.decode()
    assert said in page.replace("&#x27;", "'")
    assert Person.objects.count() == 0


def test_who_does_not_see_personnel_data_leaves_it_as_it_is(secret: Person) -> None:
    client = as_role(Role.CLERK)
    form = {"full_name": "Nguyễn Thị Hoa", "organisation": "TG-NL-01", "code": "BL-1", "post": "Bí thư", "born": "1999"}
    client.post(reverse("person_change", args=[secret.key]), form)
    secret.refresh_from_db()
    assert (secret.post, secret.born, secret.religion) == ("Bí thư", "1975-04-30", SECRETS["religion"])


def test_the_front_page_says_that_people_come_next(tree: Tree, commission: User) -> None:
    client = signed_in(commission)
    assert reverse("people_import") in client.get(reverse("front")).content.decode()
    entered(tree.commune, "Nông Văn Bé")
    assert reverse("people_import") not in client.get(reverse("front")).content.decode()
