"""Text sorts alike in every database: by its bytes, whatever the country that PostgreSQL was set up for.

SQLite compares bytes. PostgreSQL compares as the locale of its cluster says, so that one list would stand in another
order in another house, and a range of paths of the tree would miss some of it. What is read by people is sorted by
stored keys (`rules.names.sort_text`), which bytes put into Vietnamese order.
"""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db import connections

_NOT_BY_BYTES = """
SELECT table_name, column_name, data_type, character_maximum_length FROM information_schema.columns
WHERE table_schema = current_schema() AND data_type IN ('character varying', 'text')
AND collation_name IS DISTINCT FROM 'C' AND table_name = ANY(%s) ORDER BY table_name, ordinal_position
"""


def sort_by_bytes(using: str = "default", **_sent: Any) -> None:
    """Give every column of text of our tables the collation "C" on PostgreSQL; SQLite has no other."""
    connection = connections[using]
    if connection.vendor != "postgresql":
        return
    ours = [model._meta.db_table for model in apps.get_models() if model.__module__.startswith("daihoi.web.")]
    quoted = connection.ops.quote_name
    with connection.cursor() as cursor:
        cursor.execute(_NOT_BY_BYTES, [ours])
        for table, column, kind, length in cursor.fetchall():
            held = f"varchar({length})" if kind != "text" and length else "text"
            cursor.execute(
                f'ALTER TABLE {quoted(table)} ALTER COLUMN {quoted(column)} TYPE {held} COLLATE "C"'  # names of our own
            )
