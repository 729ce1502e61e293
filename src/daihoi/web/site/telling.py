"""The ledger in words: what each act was, on what, and its facts, in the language of who reads."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice

from django.utils.translation import gettext as _

from daihoi.web.accounts.choices import Outcome, Role
from daihoi.web.accounts.permissions import Viewer
from daihoi.web.audit.events import EVENTS
from daihoi.web.audit.models import LedgerEntry
from daihoi.web.congresses import queries as congresses
from daihoi.web.congresses.naming import title_of
from daihoi.web.lists.export import ROWS_AT_ONCE
from daihoi.web.organisations import queries as organisations

ORGANISATION = "organisation"
_OF_ORGANISATIONS = frozenset({ORGANISATION, "parent", "into", "scope", "unit"})
"""Facts that hold the key of an organisation."""
_WORDS: Mapping[str, Callable[[], Mapping[str, str]]] = {
    "role": lambda: {role.value: str(role.label) for role in Role},
    "reason": lambda: {outcome.value: str(outcome.label) for outcome in Outcome},
}
_SHOWN_OF_DIGEST = 12
_BESIDE = frozenset({"subject", "place"})
"""Facts that stand in a column of their own, or only say who may read the entry."""


def _keys_in(row: LedgerEntry) -> Iterator[str]:
    """Keys of organisations that an entry speaks of."""
    yield from (str(value) for name, value in row.entry().facts.items() if name in _OF_ORGANISATIONS)
    kind, _colon, key = row.subject.partition(":")
    if kind in {ORGANISATION, "congress"}:
        yield key
    if place := row.place:
        yield place


def act(kind: str) -> str:
    """What was done, in words; the code of an act that this version does not know."""
    return _(EVENTS[kind].meaning) if kind in EVENTS else kind


class Telling:
    """Facts and subjects of entries in words; names of organisations stand in them where the viewer sees those.

    What is not learnt first is told by its key: a name for each row would be a query for each row.
    """

    def __init__(self, viewer: Viewer) -> None:
        # A key of beyond one's part of the tree stays a key: an act may name both ends of a move.
        self._seen = organisations.visible(viewer).order_by()
        self._congresses = congresses.visible(viewer).order_by()
        self._names: dict[str, str] = {}

    def learn(self, rows: Iterable[LedgerEntry]) -> None:
        """Look up the names that these entries speak of, many rows at once."""
        coming = iter(rows)
        # No database takes the keys of a whole ledger in one question.
        while some := list(islice(coming, ROWS_AT_ONCE)):
            keys = {key for row in some for key in _keys_in(row)} - {""} - self._names.keys()
            if keys:
                self._names |= dict(self._seen.filter(key__in=keys).values_list("key", "name"))
            if left := keys - self._names.keys():
                self._names |= {one.key: title_of(one) for one in self._congresses.filter(key__in=left)}

    def subject(self, row: LedgerEntry) -> str:
        """On what: the name of an organisation or a congress; the key of anything else, and whose it is."""
        known = self._names.get(row.subject.partition(":")[2])
        if known is None and row.place in self._names:
            return f"{row.subject} – {self._names[row.place]}"
        return known or row.subject

    def facts(self, row: LedgerEntry) -> str:
        """Each fact that says something: what it is, and what it says."""
        declared = EVENTS[row.kind].facts if row.kind in EVENTS else {}
        told = []
        for name, value in row.entry().facts.items():
            if name in _BESIDE or value in ("", None):
                continue
            # Of an older version: its entries stay to be read.
            words = _(declared[name].meaning) if name in declared else name
            told.append(f"{words}: {self._value(name, value)}")
        return "; ".join(told)

    def _value(self, name: str, value: object) -> str:
        if isinstance(value, str):
            return self._text(name, value)
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        if isinstance(value, list):
            return ", ".join(str(one) for one in value)
        return json.dumps(value, ensure_ascii=False)

    def _text(self, name: str, value: str) -> str:
        if name in _OF_ORGANISATIONS:
            return self._names.get(value, value)
        if name in _WORDS:
            return _WORDS[name]().get(value, value)
        # A digest is told by its beginning: who compares two takes the column of the facts as written.
        return f"{value[:_SHOWN_OF_DIGEST]}…" if len(value) == 64 and " " not in value else value
