"""Whether a congress may sit: enough delegates and enough units. [process R10, K: an unconfirmed setting]"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from daihoi.rules.clauses import Tag
from daihoi.rules.credentials.roll import UnitLine
from daihoi.rules.credentials.settings import CredentialsSettings, share_from
from daihoi.rules.credentials.terms import UnitId

QUORUM_TAG: Final = Tag.K


@dataclass(frozen=True)
class Share:
    """A part of a whole that must reach `wanted`; `needed` is the least whole number that does."""

    part: int
    whole: int
    wanted: Fraction

    @property
    def needed(self) -> int:
        """The least whole number that is at least the wanted share."""
        # Rounded up by integers: two thirds of 190 are 127, and 126 are too few.
        return -(-self.whole * self.wanted.numerator // self.wanted.denominator)

    @property
    def holds(self) -> bool:
        """Whether the part reaches it; of nothing nothing suffices."""
        return self.whole > 0 and self.part >= self.needed


@dataclass(frozen=True)
class Quorum:
    """Both conditions. `confirmed` is False as long as nobody read the clause."""

    delegates: Share
    units: Share
    confirmed: bool = False

    @property
    def holds(self) -> bool:
        """Whether both conditions hold."""
        return self.delegates.holds and self.units.holds


def quorum(lines: Sequence[UnitLine], listed: Collection[UnitId], settings: CredentialsSettings) -> Quorum:
    """From the attendance by unit; a listed unit that is represented by nobody counts as missing.

    Units that are not listed (the convening committee itself) bring delegates but no unit; with no list all count.
    """
    subordinate = [line for line in lines if not listed or line.unit in listed]
    return Quorum(
        Share(
            sum(line.called.present for line in lines),
            sum(line.called.summoned for line in lines),
            share_from("quorum_delegates", settings.quorum_delegates),
        ),
        Share(
            sum(1 for line in subordinate if line.called.present),
            len(subordinate),
            share_from("quorum_units", settings.quorum_units),
        ),
    )
