"""How many are there now, and how many ballots that asks for."""

from __future__ import annotations

from daihoi.web.congresses import queries as congresses
from daihoi.web.congresses.attendance import attendance
from daihoi.web.congresses.choices import Form
from daihoi.web.elections import making
from daihoi.web.elections.choices import SittingKind
from daihoi.web.elections.models import Sitting

RESERVE_LEAST = 2
"""However few vote: a ballot spoiled in the hand is exchanged."""


def present_now(sitting: Sitting) -> int | None:
    """Delegates inside the hall at this session, or members noted as present; None where nobody was seen yet."""
    if sitting.kind != SittingKind.CONGRESS:
        return sum(one.present for one in sitting.members.all()) or None
    if sitting.congress.form != Form.DELEGATES:
        # A congress of all members notes who is there on its roll.
        roll = making.roll_now(sitting)
        return roll.present or None if roll else None
    session = congresses.current_session(sitting.congress)
    inside = attendance(sitting.congress, session).whole.inside if session else 0
    return inside or None


def summoned(sitting: Sitting) -> int:
    """Those who may vote, present or not; what is printed the evening before rests on it."""
    if sitting.kind != SittingKind.CONGRESS:
        return sitting.members.count()
    roll = making.roll_now(sitting)
    if roll is not None:
        return roll.summoned
    return congresses.officials(sitting.congress).count()


def to_print(sitting: Sitting, present: int | None) -> int:
    """A ballot for each who is there, or is summoned while nobody is there yet, and the reserve."""
    people = present or summoned(sitting)
    # Rounded up by integers.
    reserve = -(-people * sitting.reserve_percent // 100)
    return people + max(RESERVE_LEAST, reserve)
