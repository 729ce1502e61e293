"""The roll: who has a vote after alternates stepped in, who was replaced, who is absent, unit by unit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from daihoi.rules.credentials.terms import Attendance, Category, Delegate, DelegateId, Unit, UnitId


@dataclass(frozen=True)
class Replacement:
    """An alternate in the place of an official delegate; `left` is None where nobody of that id stands on the list."""

    entered: Delegate
    left: Delegate | None


@dataclass(frozen=True)
class Roll:
    """Everybody on the list in exactly one of three places; `official` is who is summoned with a vote."""

    official: tuple[Delegate, ...]
    replaced: tuple[Delegate, ...]
    spare: tuple[Delegate, ...]
    replacements: tuple[Replacement, ...]

    @property
    def present(self) -> tuple[Delegate, ...]:
        """Those with a vote who came."""
        return tuple(one for one in self.official if one.attendance is Attendance.PRESENT)


@dataclass(frozen=True)
class Called:
    """One line of attendance: the four last add up to `summoned`."""

    summoned: int
    present: int
    with_leave: int
    without_leave: int
    unrecorded: int

    @property
    def absent(self) -> int:
        """Absent, with leave or without."""
        return self.with_leave + self.without_leave


@dataclass(frozen=True)
class UnitLine:
    """The attendance of one unit; the name is its id where the list of units does not know it."""

    unit: UnitId
    name: str
    called: Called


def roll_of(delegates: Sequence[Delegate]) -> Roll:
    """Official delegates with the called-up alternates in the places of those whom they replace.

    One leaves and one enters, so the number summoned stays. [190-QĐ/TW art. 18; base of art. 30.3]
    """
    entered = [one for one in delegates if one.category is Category.ALTERNATE and one.replaces is not None]
    left_ids = {one.replaces for one in entered}
    by_id: dict[DelegateId, Delegate] = {}
    for one in delegates:
        if one.category is not Category.ALTERNATE:
            by_id.setdefault(one.id, one)
    # By identity: a list with one id twice must still keep both of its lines.
    stands_in = {id(one) for one in entered}
    official: list[Delegate] = []
    replaced: list[Delegate] = []
    spare: list[Delegate] = []
    for one in delegates:
        if one.category is Category.ALTERNATE:
            (official if id(one) in stands_in else spare).append(one)
        else:
            (replaced if one.id in left_ids else official).append(one)
    replacements = tuple(Replacement(one, by_id.get(one.replaces)) for one in entered if one.replaces is not None)
    return Roll(tuple(official), tuple(replaced), tuple(spare), replacements)


def called(people: Sequence[Delegate]) -> Called:
    """The attendance of these people."""
    found = Counter(one.attendance for one in people)
    return Called(
        summoned=len(people),
        present=found[Attendance.PRESENT],
        with_leave=found[Attendance.ABSENT_WITH_LEAVE],
        without_leave=found[Attendance.ABSENT_WITHOUT_LEAVE],
        unrecorded=found[Attendance.UNRECORDED],
    )


def by_unit(people: Sequence[Delegate], units: Sequence[Unit]) -> tuple[UnitLine, ...]:
    """A line for every unit in the order given, also for one that sent nobody; then units that are not listed."""
    # Begun with every unit listed: one that sent nobody must fail the quorum, not vanish from it.
    gathered: dict[UnitId, list[Delegate]] = {unit.id: [] for unit in units}
    names = {unit.id: unit.name for unit in units}
    for one in people:
        gathered.setdefault(one.unit, []).append(one)
    return tuple(UnitLine(unit, names.get(unit, unit), called(sent)) for unit, sent in gathered.items())
