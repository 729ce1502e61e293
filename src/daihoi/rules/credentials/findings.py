"""What a check of delegates finds: a value with its clause and how that clause is known, never a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from daihoi.rules.clauses import Tag
from daihoi.rules.lists import Severity


@dataclass(frozen=True)
class CongressFinding:
    """One breach or warning; `fields` hold the figures of its sentence in `words.credentials`."""

    check: str
    severity: Severity
    clause: str
    tag: Tag
    fields: Mapping[str, object]

    @property
    def unconfirmed(self) -> bool:
        """Whether nobody read the clause: the page and the paper say so."""
        return self.tag not in (Tag.F, Tag.P)
