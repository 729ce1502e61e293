"""Separator slips as they come out of the readers: ours begin a batch, those of others are refused."""

from __future__ import annotations

from dataclasses import dataclass, replace

from daihoi.counts.pool import PageResult
from daihoi.reading.terms import Refusal, RefusalReason
from daihoi.sheet.slip import SLIP, Slip, decode
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
            shown = "".join(letter if letter.isprintable() and letter.isascii() else "?" for letter in result.slip[:60])
            return replace(result, outcome=Refusal(RefusalReason.NOT_OUR_CODE, found=shown, expected=SLIP))
        differs = _differs(slip, self.identity)
        return replace(result, batch=slip) if differs is None else replace(result, outcome=differs)


NO_SLIPS = SlipCheck()
"""Of ballots that bear no code of ours."""


def _differs(slip: Slip, identity: Identity) -> Refusal | None:
    for reason, ours, theirs in (
        (RefusalReason.OTHER_CONGRESS, identity.congress, slip.congress),
        (RefusalReason.OTHER_CONTEST, identity.contest, slip.contest),
        (RefusalReason.OTHER_ROUND, str(identity.round), str(slip.round)),
    ):
        if ours != theirs:
            return Refusal(reason, found=theirs, expected=ours)
    if slip.rehearsal != identity.rehearsal:
        reason = RefusalReason.REHEARSAL if slip.rehearsal else RefusalReason.NOT_REHEARSAL
        return Refusal(reason, found="R" if slip.rehearsal else "T", expected="R" if identity.rehearsal else "T")
    return None
