"""Houses that many tests begin with, made once in a process: afterwards their rows are put in as they were read.

A congress of twelve delegates takes some hundred acts, each with its checks and its entry in the ledger; its rows are
put in within milliseconds. What was made before must be the same: the head of the ledger says so, by its hash.
"""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from datetime import date, time
from pathlib import Path
from shutil import copytree
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

from django.apps import apps
from django.core.management.color import no_style
from django.db import IntegrityError, connection, transaction
from django.db.models import Model

from daihoi.web.audit.models import LedgerHead

T = TypeVar("T")
Rows = dict[object, tuple[object, ...]]


@dataclass
class _Change:
    """What came to a table and what went, by primary key."""

    model: type[Model]
    came: list[tuple[object, ...]]
    gone: list[object]


@dataclass
class _Kept:
    """What was made, what came into the database with it, and a copy of the files."""

    made: object
    changes: list[_Change]
    files: Path | None


_KEPT: dict[tuple[str, str], _Kept] = {}
_FILES = TemporaryDirectory(prefix="daihoi-prepared-", ignore_cleanup_errors=True)


def prepared(name: str, build: Callable[[], T], files: Path | None = None) -> T:
    """What `build` makes of the house as it stands: made by it the first time, put in as it was from then on.

    Every house that it begins with must have another ledger. It may write nothing but the database and `files`, a
    folder that nobody has begun.
    """
    before = LedgerHead.objects.filter(pk=1).values_list("hash", flat=True).first() or ""
    kept = _KEPT.get((name, before))
    if kept is not None and _put_in(kept.changes):
        if files and kept.files:
            copytree(kept.files, files)
        return deepcopy(kept.made)  # type: ignore[return-value]
    tables = {model: _rows(model) for model in _models()}
    made = build()
    changes = [change for model in tables if (change := _change(model, tables[model]))]
    copied = copytree(files, Path(_FILES.name) / str(len(_KEPT))) if files and files.is_dir() else None
    _KEPT[name, before] = _Kept(deepcopy(made), changes, copied)
    return made


def _models() -> list[type[Model]]:
    return [model for model in apps.get_models(include_auto_created=True) if model._meta.managed]


def _columns(model: type[Model]) -> list[str]:
    return [field.column for field in model._meta.local_concrete_fields]


def _rows(model: type[Model]) -> Rows:
    columns = _columns(model)
    place = columns.index(model._meta.pk.column)
    told = ", ".join(map(connection.ops.quote_name, columns))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {told} FROM {connection.ops.quote_name(model._meta.db_table)}")
        return {row[place]: tuple(map(_to_write, row)) for row in cursor.fetchall()}


def _to_write(value: Any) -> Any:
    if isinstance(value, dict | list):
        return connection.ops.adapt_json_value(value, None)
    # SQLite keeps moments as text, and gives them back as what they mean.
    return str(value) if connection.vendor == "sqlite" and isinstance(value, date | time) else value


def _change(model: type[Model], before: Rows) -> _Change | None:
    after = _rows(model)
    came = [row for key, row in after.items() if before.get(key) != row]
    gone = [key for key, row in before.items() if after.get(key) != row]
    return _Change(model, came, gone) if came or gone else None


def _put_in(changes: list[_Change]) -> bool:
    """False where rows that came without an act stand in the way."""
    try:
        with transaction.atomic():
            _write(changes)
    except IntegrityError:
        return False
    return True


def _write(changes: list[_Change]) -> None:
    quoted = connection.ops.quote_name
    with connection.cursor() as cursor:
        for change in changes:
            table, key = quoted(change.model._meta.db_table), quoted(change.model._meta.pk.column)
            cursor.executemany(f"DELETE FROM {table} WHERE {key} = %s", [(gone,) for gone in change.gone])
        for change in changes:
            table, columns = quoted(change.model._meta.db_table), _columns(change.model)
            places = ", ".join(["%s"] * len(columns))
            told = ", ".join(map(quoted, columns))
            cursor.executemany(f"INSERT INTO {table} ({told}) VALUES ({places})", change.came)
        # PostgreSQL numbers on from where it was, and not from what stands there.
        for sql in connection.ops.sequence_reset_sql(no_style(), [change.model for change in changes]):
            cursor.execute(sql)
