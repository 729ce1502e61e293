"""The ledger in words: what each act was, on what, and its facts, in the language of who reads."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping

from django.utils.translation import gettext as _

from daihoi.web.accounts.choices import Outcome, Role
from daihoi.web.accounts.permissions import Viewer
from daihoi.web.audit.events import EVENTS
from daihoi.web.audit.models import LedgerEntry
from daihoi.web.organisations import queries as organisations

ORGANISATION = "organisation"
_OF_ORGANISATIONS = frozenset({ORGANISATION, "parent", "into", "scope", "unit"})
"""Facts that hold the key of an organisation."""
_WORDS: Mapping[str, Callable[[], Mapping[str, str]]] = {
    "role": lambda: {role.value: str(role.label) for role in Role},
    "reason": lambda: {outcome.value: str(outcome.label) for outcome in Outcome},
}
_SHOWN_OF_DIGEST = 12


def act(kind: str) -> str:
    """What was done, in words; the code of an act that this version does not know."""
    return _(EVENTS[kind].meaning) if kind in EVENTS else kind


class Telling:
    """Facts and subjects of some entries; names of organisations that the viewer sees, looked up at once."""

    def __init__(self, viewer: Viewer, rows: Iterable[LedgerEntry]) -> None:
        held = [(row, row.entry().facts) for row in rows]
        keys = {str(facts.get(name, "")) for _row, facts in held for name in _OF_ORGANISATIONS}
        keys |= {row.subject.partition(":")[2] for row, _facts in held if row.subject.startswith(f"{ORGANISATION}:")}
        seen = organisations.visible(viewer).filter(key__in=keys - {""}).order_by() if keys - {""} else None
        self._names: dict[str, str] = dict(seen.values_list("key", "name")) if seen is not None else {}

    def subject(self, row: LedgerEntry) -> str:
        """On what: the name of an organisation, the key of anything else."""
        return self._names.get(row.subject.partition(":")[2], row.subject)

    def facts(self, row: LedgerEntry) -> str:
        """Each fact that says something: what it is, and what it says."""
        declared = EVENTS[row.kind].facts if row.kind in EVENTS else {}
        told = []
        for name, value in row.entry().facts.items():
            if name == "subject" or value in ("", None):
                continue
            words = _(declared[name].meaning) if name in declared else name
            told.append(f"{words}: {self._value(name, value)}")
        return "; ".join(told)

    def _value(self, name: str, value: object) -> str:
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        if isinstance(value, list):
            return ", ".join(str(one) for one in value)
        if not isinstance(value, str):
            return json.dumps(value, ensure_ascii=False)
        if name in _OF_ORGANISATIONS:
            return self._names.get(value, value)
        if name in _WORDS:
            return _WORDS[name]().get(value, value)
        return f"{value[:_SHOWN_OF_DIGEST]}…" if len(value) == 64 and " " not in value else value
