"""Words within names are found by an index on PostgreSQL; SQLite, in the process itself, is quick enough without.

The index needs the extension pg_trgm, which comes with PostgreSQL and which the owner of a database may switch on.
Where it is not there, everything is found all the same, and a search of a country that finds few takes longer.
"""

from __future__ import annotations

from django.db import Error, transaction
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def index_words(editor: BaseDatabaseSchemaEditor, table: str, column: str) -> None:
    """Make the index of a column, in a migration."""
    connection = editor.connection
    if connection.vendor != "postgresql":
        return
    quoted = connection.ops.quote_name
    index = f"CREATE INDEX IF NOT EXISTS {quoted(f'{table}_words')} ON {quoted(table)}"
    try:
        with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
            cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
            cursor.execute(f"{index} USING gin ({quoted(column)} gin_trgm_ops)")
    except Error:
        # Not installed beside this PostgreSQL, or not ours to switch on: slower, and not wrong.
        return
