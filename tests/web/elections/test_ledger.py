"""Acts on a contest are acts of its congress: who reads the ledger of that part of the tree reads them."""

from __future__ import annotations

import pytest

from daihoi.web.audit.models import LedgerEntry
from daihoi.web.audit.queries import verify
from tests.web.elections.conftest import Day

pytestmark = pytest.mark.django_db


def test_every_act_on_a_contest_says_of_which_congress_it_is(adopted: Day) -> None:
    told = LedgerEntry.objects.filter(subject__startswith="contest:")
    assert {row.kind for row in told} >= {"contest.added", "contest.voted_by_cards"}
    assert {row.place for row in told} == {adopted.congress.key}
    assert verify().findings == ()
