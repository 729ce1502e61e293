"""Two acts on the tree at once: neither gives a path that the other gave, and nothing is left behind."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from threading import Barrier, Thread

import pytest
from django.db import connection

from daihoi.web.organisations import services
from daihoi.web.organisations.choices import Tier
from daihoi.web.organisations.models import Organisation
from tests.web.conftest import Tree

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts: Callable[[], object]) -> list[Exception]:
    """Do all of them in threads of their own that begin together; gives what went wrong."""
    wrong: list[Exception] = []
    begin = Barrier(len(acts))

    def run(act: Callable[[], object]) -> None:
        begin.wait()
        try:
            act()
        except Exception as error:
            wrong.append(error)
        finally:
            connection.close()

    threads = [Thread(target=run, args=[act]) for act in acts]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return wrong


@pytest.mark.skipif(connection.vendor == "sqlite", reason="writers of SQLite take turns from their first statement on")
def test_many_that_found_below_one_parent_get_places_of_their_own(tree: Tree) -> None:
    def found(number: int) -> Callable[[], object]:
        return lambda: services.found(
            parent=tree.commune, by="test", name=f"Chi bộ {number}", code=f"C{number}", tier=Tier.GRASSROOTS
        )

    assert at_once(*(found(number) for number in range(8))) == []
    commune = Organisation.objects.get(pk=tree.commune.pk)
    assert commune.numchild == Organisation.objects.get_children(commune).count() == 8
    assert Organisation.objects.find_problems() == ([], [], [], [], [])


@pytest.mark.skipif(connection.vendor == "sqlite", reason="writers of SQLite take turns from their first statement on")
def test_moving_and_merging_at_once_leave_a_whole_tree(tree: Tree) -> None:
    wrong = at_once(
        lambda: services.move(organisation=tree.commune, parent=tree.dong_hoa, by="test"),
        lambda: services.merge(
            organisation=tree.na_luong, into=tree.dong_hoa, since=datetime.date(2026, 7, 1), by="test"
        ),
        lambda: services.move(organisation=tree.sister, parent=tree.far, by="test"),
    )
    assert wrong == []
    assert Organisation.objects.find_problems() == ([], [], [], [], [])
    below = Organisation.objects.get_descendants(Organisation.objects.get(pk=tree.dong_hoa.pk))
    assert {tree.commune.pk, tree.sister.pk, tree.far.pk} <= {one.pk for one in below}
