"""Fill an empty house with the province."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from random import Random

from django.db import transaction

from daihoi.web.lists.imports.bulk import load
from daihoi.web.organisations import services as organisations
from daihoi.web.organisations.choices import Profile, Tier
from daihoi.web.site import loading
from daihoi.web.site.demo import accounts, ballots, hall, people, tree

SEED = 321
TERM = "2020-2025"
_TIERS = {
    Tier.PROVINCE.value: "Tỉnh",
    Tier.ABOVE_GRASSROOTS.value: "Huyện và tương đương",
    Tier.GRASSROOTS.value: "Cơ sở",
}


@transaction.atomic
def fill() -> None:
    """Tree, people, the congress of Nà Lương with its lists, the accounts, all or nothing; the house must be empty.

    The lists go the way of every list that is taken in, so that whatever an import refuses is refused here too.
    """
    chance = Random(SEED)  # noqa: S311 -- the same province each time
    listed = list(tree.rows(chance))
    load(_sheet(listed), "to-chuc.csv", loading.organisations(), _quiet)
    term = organisations.set_term(label=TERM, profile=Profile.THREE_TIERS, labels=_TIERS, by=accounts.BY)
    units = [(str(row["code"]), str(row["name"])) for row in listed if row["parent"] == tree.NA_LUONG.code]
    load(_sheet(people.rows(chance, units)), "dang-vien.csv", loading.members(), _quiet)
    congress = hall.convene(term)
    ballots.prepare(congress)
    accounts.let_in({tree.NA_LUONG.code: congress.key})


def _sheet(rows: Iterable[Mapping[str, object]]) -> bytes:
    """Rows as a CSV file whose headings are the names of the fields."""
    held = list(rows)
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(held[0]))
    writer.writeheader()
    writer.writerows(held)
    return text.getvalue().encode()


def _quiet(_rows: int) -> None:
    """Nobody waits long enough to be told."""
