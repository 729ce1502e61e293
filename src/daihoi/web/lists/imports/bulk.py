"""A whole file at one go, without a preview: for the first load of a country, by whoever runs the machine."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from daihoi.web.lists.imports.entering import make_room
from daihoi.web.lists.imports.mapping import Columns, recognised
from daihoi.web.lists.imports.pages import record_import
from daihoi.web.lists.imports.plan import Importer, Row, State
from daihoi.web.lists.imports.preview import Apart, cleaned, judgeable, sentence
from daihoi.web.lists.imports.reading import read

MOST_SAID = 20
"""Faults that are told; the rest is counted."""


def load(data: bytes, file_name: str, importer: Importer, tell: Callable[[int], None]) -> Counter[State]:
    """Write a whole file in one transaction, or nothing where a single row is at fault.

    `tell` is called with the number of rows done, now and then. Raises ValidationError with a sentence for each of the
    first faults.
    """
    grid = read(data, rows=0)
    columns = recognised(grid, importer.fields)
    missing = columns.missing(importer.fields)
    if missing:
        names = ", ".join(str(one.words) for one in missing)
        raise ValidationError(_("No column of the file is headed: %(names)s.") % {"names": names})
    counts: Counter[State] = Counter()
    faults: list[str] = []
    apart = Apart(importer.unique)
    make_room()
    with transaction.atomic():
        for rows in _some(cleaned(grid, columns, importer), importer.at_once):
            # Some at a time: a country's rows as objects would fill the memory.
            _take(rows, importer, apart, columns, faults)
            counts.update(row.act for row in rows)
            counts[State.WARNING] += sum(bool(row.warnings) for row in rows)
            tell(sum(counts[act] for act in (State.NEW, State.CHANGED, State.UNCHANGED, State.ERROR)))
        if counts[State.ERROR]:
            # Raised within the transaction: nothing of the file stays.
            raise ValidationError([*faults[:MOST_SAID], *_rest(counts[State.ERROR])])
        record_import(importer, counts, file_name, hashlib.sha256(data).hexdigest())
    return counts


def _take(rows: list[Row], importer: Importer, apart: Apart, columns: Columns, faults: list[str]) -> None:
    """Judge some rows, and write them while nothing was at fault."""
    apart.mark(rows)
    apart.forget()
    importer.judge(judgeable(rows, importer))
    for row in rows:
        if row.faults and len(faults) < MOST_SAID:
            faults.append(sentence(row.faults[0], row.number, columns, importer))
    if not faults:
        importer.write([row for row in rows if row.act in {State.NEW, State.CHANGED}])


def _rest(wrong: int) -> Iterable[str]:
    if wrong > MOST_SAID:
        yield _("And %(n)d rows more.") % {"n": wrong - MOST_SAID}
    yield _("Nothing was written; mend the file and run the command again.")


def _some(rows: Iterator[Row], at_once: int) -> Iterator[list[Row]]:
    while some := list(islice(rows, at_once or None)):
        yield some
