"""The ledger of the house: nothing is written apart from its act, and nothing is altered without being found."""

from __future__ import annotations

import pytest
from django.db import connection, transaction

from daihoi.ledger.errors import BadFactsError, UnknownEventError
from daihoi.web.audit.models import LedgerEntry
from daihoi.web.audit.queries import entries, verify
from daihoi.web.audit.services import record

pytestmark = pytest.mark.django_db(transaction=True)


def act(name: str = "Bản Lầu") -> None:
    with transaction.atomic():
        record("organisation.renamed", by="Lan", subject="organisation:1", facts={"name": name, "since": "2026-01-01"})


@pytest.fixture
def three() -> None:
    for name in ("một", "hai", "ba"):
        act(name)


def altered(statement: str) -> list[tuple[int, str]]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
    return [(finding.seq, finding.code) for finding in verify().findings]


@pytest.mark.usefixtures("three")
def test_entries_follow_each_other() -> None:
    assert [row.seq for row in entries()] == [2, 1, 0]
    assert verify().findings == ()
    assert verify().entries == 3


@pytest.mark.usefixtures("three")
def test_every_alteration_by_sql_is_found() -> None:
    found = altered("UPDATE audit_ledgerentry SET facts = replace(facts, 'hai', 'hài') WHERE seq = 1")
    assert found == [(1, "ledger.wrong_hash")]


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE {t} SET by = 'Minh' WHERE seq = 1",
        "UPDATE {t} SET at = '2026-01-01T00:00:00+07:00' WHERE seq = 1",
        "UPDATE {t} SET subject = 'organisation:2' WHERE seq = 1",
        "UPDATE {t} SET place = '2' WHERE seq = 1",
        "UPDATE {t} SET place = '' WHERE seq = 1",
        "UPDATE {t} SET kind = 'organisation.changed' WHERE seq = 1",
        "DELETE FROM {t} WHERE seq = 1",
        "DELETE FROM {t} WHERE seq = 2",
        "DELETE FROM {t}",
        "UPDATE audit_ledgerhead SET seq = 5",
    ],
)
def test_no_row_can_be_touched(statement: str) -> None:
    if connection.vendor == "postgresql":
        statement = statement.replace("SET by", 'SET "by"')
    assert altered(statement.format(t="audit_ledgerentry")) != []


@pytest.mark.usefixtures("three")
def test_a_forged_row_that_hangs_together_is_found_by_the_head() -> None:
    with transaction.atomic():
        record("organisation.renamed", by="Lan", subject="organisation:1", facts={"name": "bốn", "since": "2026"})
    assert altered("DELETE FROM audit_ledgerentry WHERE seq = 3") == [(3, "ledger.wrong_head")]


@pytest.mark.usefixtures("three")
def test_an_act_that_fails_leaves_no_entry() -> None:
    with transaction.atomic():
        record("organisation.renamed", by="Lan", subject="organisation:1", facts={"name": "bốn", "since": "2026"})
        transaction.set_rollback(True)
    assert verify().entries == 3
    assert verify().findings == ()


def test_an_entry_outside_a_transaction_is_refused() -> None:
    with pytest.raises(transaction.TransactionManagementError):
        record("organisation.renamed", by="Lan", subject="organisation:1", facts={"name": "x", "since": "2026"})


def test_undeclared_acts_and_facts_are_refused() -> None:
    with pytest.raises(UnknownEventError), transaction.atomic():
        record("organisation.exploded", by="Lan", subject="organisation:1")
    with pytest.raises(BadFactsError), transaction.atomic():
        record("organisation.renamed", by="Lan", subject="organisation:1", facts={"name": "x"})
    assert LedgerEntry.objects.count() == 0
