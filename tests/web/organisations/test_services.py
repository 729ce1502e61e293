"""The tree: found, renamed, moved, merged, and never a circle."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest
from django.core.exceptions import ValidationError

from daihoi.web.accounts import services as accounts
from daihoi.web.accounts.choices import Right, Role
from daihoi.web.accounts.permissions import Viewer
from daihoi.web.audit.queries import entries, verify
from daihoi.web.organisations import queries, services
from daihoi.web.organisations.choices import Tier
from daihoi.web.organisations.models import Organisation
from tests.web.conftest import Tree, person

pytestmark = pytest.mark.django_db

DAY = date(2025, 7, 1)


def now(organisation: Organisation) -> Organisation:
    """The organisation as it stands in the database."""
    found: Organisation = Organisation.objects.get(pk=organisation.pk)
    return found


def below(organisation: Organisation) -> list[str]:
    """The codes of what stands anywhere below."""
    found = Organisation.objects.filter(queries.beneath(now(organisation).path)).exclude(pk=organisation.pk)
    return list(found.order_by("path").values_list("code", flat=True))


def test_an_organisation_moves_with_all_below_it(tree: Tree) -> None:
    services.move(organisation=tree.na_luong, parent=tree.dong_hoa, by="Lan")
    assert below(tree.dong_hoa) == ["TG-DH-01", "TG-NL", "TG-NL-01", "TG-NL-02"]
    assert entries().first().kind == "organisation.moved"  # type: ignore[union-attr]


@pytest.mark.parametrize("target", ["na_luong", "commune"])
def test_nothing_stands_below_itself(tree: Tree, target: str) -> None:
    with pytest.raises(ValidationError):
        services.move(organisation=tree.na_luong, parent=getattr(tree, target), by="Lan")
    with pytest.raises(ValidationError):
        services.merge(organisation=tree.na_luong, into=getattr(tree, target), since=DAY, by="Lan")
    assert below(tree.na_luong) == ["TG-NL-01", "TG-NL-02"]


def test_a_merger_takes_members_and_what_stood_below_along(tree: Tree) -> None:
    services.merge(organisation=tree.commune, into=tree.sister, since=DAY, by="Lan")
    services.merge(organisation=tree.dong_hoa, into=tree.na_luong, since=DAY, by="Lan")
    assert (now(tree.sister).members, now(tree.commune).members) == (300, 0)
    assert below(tree.na_luong) == ["TG-NL-01", "TG-NL-02", "TG-DH-01"]
    gone = now(tree.dong_hoa)
    assert (gone.merged_into, gone.valid_to) == (tree.na_luong, DAY)
    assert tree.commune not in queries.standing(Organisation.objects.all())


def test_who_was_merged_away_is_not_merged_again(tree: Tree) -> None:
    services.merge(organisation=tree.commune, into=tree.sister, since=DAY, by="Lan")
    with pytest.raises(ValidationError):
        services.merge(organisation=tree.commune, into=tree.far, since=DAY, by="Lan")
    with pytest.raises(ValidationError):
        services.merge(organisation=tree.far, into=tree.commune, since=DAY, by="Lan")
    assert now(tree.sister).members == 300


def test_a_new_name_keeps_the_old_one_with_its_day(tree: Tree) -> None:
    services.rename(organisation=tree.commune, name="Đảng bộ phường Bản Lầu", since=DAY, by="Lan")
    services.rename(organisation=tree.commune, name="Đảng bộ phường Bản Lầu", since=DAY, by="Lan")
    renamed = now(tree.commune)
    assert [(one.name, one.until) for one in renamed.former_names.all()] == [("Đảng bộ xã Bản Lầu", DAY)]
    assert renamed in queries.searched(Organisation.objects.all(), "phuong ban lau")
    assert queries.searched(Organisation.objects.all(), "xa ban lau").count() == 0


def test_only_what_changed_is_written_and_told(tree: Tree) -> None:
    fields = {"short_name": "Bản Lầu", "official_members": 210, "name": "another name"}
    assert services.change(organisation=tree.commune, by="Lan", fields=fields) == ["short_name"]
    assert services.change(organisation=tree.commune, by="Lan", fields=fields) == []
    assert now(tree.commune).name == "Đảng bộ xã Bản Lầu"
    assert [row.kind for row in entries()].count("organisation.changed") == 1


def test_a_code_stands_once(tree: Tree) -> None:
    with pytest.raises(ValidationError) as refused:
        services.found(parent=tree.na_luong, by="Lan", name="Khác", code="TG-DH-01", tier=Tier.GRASSROOTS)
    assert "code" in refused.value.message_dict
    assert below(tree.na_luong) == ["TG-NL-01", "TG-NL-02"]


@pytest.mark.parametrize(
    "text", ["ban lau", "BẢN LẦU", "Ban  Lau xa", unicodedata.normalize("NFD", "bản lầu"), "nl-01"]
)
def test_search_knows_no_accents_and_no_order_of_words(tree: Tree, text: str) -> None:
    assert list(queries.searched(Organisation.objects.all(), text)) == [tree.commune]


def test_a_role_reaches_what_stands_below_and_nothing_else(tree: Tree) -> None:
    lan = person("lan", "Nông Thị Lan")
    accounts.grant(user=lan, role=Role.CLERK, by="test", organisation=tree.na_luong.key)
    accounts.grant(user=lan, role=Role.CHECK_IN, by="test", organisation=tree.far.key, congress="k")
    viewer = Viewer(lan)
    seen = [one.code for one in queries.visible(viewer)]
    assert seen == ["TG-NL", "TG-NL-01", "TG-NL-02"]
    assert [one.code for one in Organisation.objects.order_by("path") if queries.reaches(
        viewer, Right.SEE_ORGANISATIONS, one)] == seen  # fmt: skip
    assert not viewer.everywhere(Right.SEE_ORGANISATIONS)


def test_the_whole_tree_stays_whole_when_it_is_joined_to_more(tree: Tree) -> None:
    ha = person("ha", "Trần Thị Hà")
    accounts.grant(user=ha, role=Role.STANDING, by="test")
    everything = queries.below(Viewer(ha), Right.SEE_ORGANISATIONS)
    assert Organisation.objects.filter(queries.beneath(tree.far.path) | everything).count() == 6
    assert Organisation.objects.filter(queries.NOTHING | everything).count() == 6


def test_one_term_is_the_current_one(tree: Tree) -> None:
    services.set_term(label="2020-2025", profile="3_cap", labels={"TREN_CO_SO": "Huyện và tương đương"}, by="Lan")
    services.set_term(label="2025-2030", profile="2_cap", labels={"TREN_CO_SO": "Xã, phường, đặc khu"}, by="Lan")
    term = queries.current_term()
    assert (str(term), queries.tier_labels(term)["TREN_CO_SO"]) == ("2025-2030", "Xã, phường, đặc khu")
    assert verify().findings == ()
