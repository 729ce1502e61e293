"""Many rows of one table, entered at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

from django.db import connection, transaction
from django.db.models import Model

M = TypeVar("M", bound=Model)
AT_ONCE = 5000
CACHE = 512 * 1024
"""KiB that SQLite may use while a country is entered, where it needs them."""


def enter(rows: Sequence[M]) -> None:
    """Write new rows whose fields hold what the database keeps: texts, numbers, truths and numbers of other rows.

    All or none. They are not told their own numbers.
    """
    if not rows:
        return
    model = type(rows[0])
    if connection.vendor != "sqlite":
        model._default_manager.bulk_create(rows, batch_size=AT_ONCE)
        return
    # One by one in one statement: of a statement with many rows SQLite first copies every page that it will change,
    # to be able to take it back, and wrote ninety times as much as was entered.
    fields: list[Any] = [one for one in model._meta.concrete_fields if not one.primary_key]
    quoted = connection.ops.quote_name
    names = ", ".join(quoted(one.column) for one in fields)
    into = f"INSERT INTO {quoted(model._meta.db_table)} ({names}) VALUES ({', '.join(['%s'] * len(fields))})"  # noqa: S608 -- names of our own
    read = [one.attname for one in fields]
    # As bulk_create: whoever catches what went wrong in the midst cannot keep the rows before it.
    with transaction.atomic(savepoint=False), connection.cursor() as cursor:
        cursor.executemany(into, [[getattr(one, name) for name in read] for one in rows])


def make_room() -> None:
    """Let SQLite hold what one transaction changes: with less it writes pages out and reads them again for each row."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA cache_size=-{CACHE}")
