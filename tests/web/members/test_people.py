"""People: their order, how they are found, what is kept of a change, and who sees them."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from daihoi.rules.terms import PartialDate
from daihoi.web.accounts.models import User
from daihoi.web.accounts.permissions import Viewer
from daihoi.web.audit.queries import entries
from daihoi.web.members import queries, services
from daihoi.web.members.choices import FIELDS
from daihoi.web.members.models import Person, partial_of, partial_text, shown_date
from daihoi.web.organisations.models import Organisation
from tests.web.conftest import Tree

pytestmark = pytest.mark.django_db


def entered(organisation: Organisation, full_name: str, **fields: object) -> Person:
    return services.enter(organisation=organisation, full_name=full_name, by="test", **fields)


def names(people: object) -> list[str]:
    return [one.full_name for one in people]  # type: ignore[attr-defined]


def test_people_stand_in_the_order_of_vietnamese_names(tree: Tree, administrator: User) -> None:
    for name in ("Lê Văn Đạt", "Trần Thị Ân", "Phạm Văn An", "Nguyễn Dũng", "Bùi Ẩn", "Đỗ Văn Ăn", "Hồ Thị Án"):
        entered(tree.commune, name)
    in_order = ["Phạm Văn An", "Hồ Thị Án", "Đỗ Văn Ăn", "Trần Thị Ân", "Bùi Ẩn", "Nguyễn Dũng", "Lê Văn Đạt"]
    assert names(queries.visible(Viewer(administrator))) == in_order


@pytest.mark.parametrize("asked", ["nguyen van", "Nguyễn Văn", "VAN hung", "ng hung", "tg-0001"])
def test_a_person_is_found_without_accents_and_by_code(tree: Tree, asked: str) -> None:
    entered(tree.commune, "Nguyễn Văn Hùng", code="TG-0001")
    entered(tree.commune, "Trần Thị Lan", code="TG-0002")
    assert names(queries.searched(Person.objects.all(), asked)) == ["Nguyễn Văn Hùng"]


def test_one_sees_the_people_of_ones_part_of_the_tree(tree: Tree, commission: User) -> None:
    entered(tree.commune, "Nguyễn Văn Hùng")
    entered(tree.far, "Trần Thị Lan")
    assert names(queries.visible(Viewer(commission))) == ["Nguyễn Văn Hùng"]


def test_the_ledger_holds_names_of_fields_and_no_values(tree: Tree) -> None:
    person = entered(tree.commune, "Nguyễn Văn Hùng", religion="Phật giáo")
    changed = services.change(person=person, by="test", fields={"religion": "Công giáo", "born": "1975-04", "post": ""})
    assert changed == ["born", "religion"]
    entry = entries()[0]
    assert (entry.kind, entry.entry().facts["fields"]) == ("person.changed", ["born", "religion"])
    assert not any("giáo" in row.facts for row in entries())


def test_a_change_of_nothing_writes_nothing(tree: Tree) -> None:
    person = entered(tree.commune, "Nguyễn Văn Hùng", born="1975")
    before = entries().count()
    assert services.change(person=person, by="test", fields={"born": "1975", "full_name": "Nguyễn Văn Hùng"}) == []
    assert entries().count() == before


@pytest.mark.parametrize("born", ["75", "1975-13", "1975-02-32", "30/04/1975", "1975-4"])
def test_a_date_that_is_none_is_refused(tree: Tree, born: str) -> None:
    with pytest.raises(ValidationError) as refused:
        entered(tree.commune, "Nguyễn Văn Hùng", born=born)
    assert list(refused.value.message_dict) == ["born"]
    assert Person.objects.count() == 0


def test_no_two_people_have_one_code(tree: Tree) -> None:
    entered(tree.commune, "Nguyễn Văn Hùng", code="A1")
    with pytest.raises(ValidationError) as refused:
        entered(tree.far, "Trần Thị Lan", code="A1")
    assert list(refused.value.message_dict) == ["code"]


@pytest.mark.parametrize(
    ("text", "day", "shown"),
    [
        ("1975", PartialDate(1975), "1975"),
        ("1975-04", PartialDate(1975, 4), "04/1975"),
        ("1975-04-30", PartialDate(1975, 4, 30), "30/04/1975"),
        ("", None, ""),
    ],
)
def test_partial_dates_are_kept_as_they_are_known(text: str, day: PartialDate | None, shown: str) -> None:
    assert (partial_of(text), partial_text(day), shown_date(text)) == (day, text, shown)


def test_every_field_that_is_entered_is_one_of_the_table() -> None:
    of_table = {field.name for field in Person._meta.get_fields() if getattr(field, "editable", False)} - {"id"}
    assert of_table == set(FIELDS)
