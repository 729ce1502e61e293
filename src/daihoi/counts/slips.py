"""Separator slips as they come out of the readers: ours begin a batch, those of others are refused."""

from __future__ import annotations

from dataclasses import dataclass, replace

from daihoi.counts.pool import PageResult
from daihoi.reading.identify import of_another, shown
from daihoi.reading.terms import Refusal, RefusalReason
from daihoi.sheet.slip import SLIP, decode
from daihoi.sheet.terms import Identity


@dataclass(frozen=True)
class SlipCheck:
    """What a slip of this count must be keyed by and of; without a key none is."""

    key: bytes = b""
    identity: Identity | None = None

    def of_page(self, result: PageResult) -> PageResult:
        """The result with its batch where the page is a slip of this count; a refusal where it is a slip of others."""
        if not result.slip:
            return result
        slip = decode(result.slip, self.key) if self.key else None
        if slip is None or self.identity is None:
            refused = Refusal(RefusalReason.NOT_OUR_CODE, found=shown(result.slip), expected=SLIP)
            return replace(result, outcome=refused)
        differs = of_another(slip, self.identity)
        return replace(result, batch=slip) if differs is None else replace(result, outcome=differs)


NO_SLIPS = SlipCheck()
"""Of ballots that bear no code of ours."""
