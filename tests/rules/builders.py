"""Short ways to write a contest, a ballot and a roll in a test."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from daihoi.rules.edition import edition_for
from daihoi.rules.lists import ListFinding, check_list
from daihoi.rules.settings import Settings
from daihoi.rules.terms import (
    Candidate,
    CandidateId,
    CongressForm,
    Contest,
    ContestId,
    Deduction,
    DeductionGround,
    Mark,
    Office,
    Override,
    Roll,
    RoundKind,
)

EDITION_190 = edition_for(date(2025, 6, 1))
EDITION_244 = edition_for(date(2020, 6, 1))
SETTINGS = Settings()


def ids(*numbers: int) -> tuple[CandidateId, ...]:
    """`ids(1, 12)` is ("c01", "c12")."""
    return tuple(CandidateId(f"c{number:02d}") for number in numbers)


def people(number: int) -> tuple[Candidate, ...]:
    """Candidates c01, c02, ... whose names are in list order."""
    return tuple(Candidate(one, f"Nguyễn Văn A{place:02d}") for place, one in enumerate(ids(*range(1, number + 1)), 1))


def contest(
    seats: int,
    candidates: int | Sequence[Candidate],
    *,
    office: Office = Office.COMMITTEE,
    kind: RoundKind = RoundKind.FIRST,
    alternates: int = 0,
    prepared: int | None = None,
    attending: int | None = None,
) -> Contest:
    """A contest of so many seats and candidates."""
    return Contest(
        id=ContestId("bch"),
        office=office,
        title="Bầu Ban Chấp hành",
        seats=seats,
        candidates=people(candidates) if isinstance(candidates, int) else tuple(candidates),
        round_kind=kind,
        follows=None if kind is RoundKind.FIRST else ContestId("truoc"),
        alternates=alternates,
        prepared=prepared,
        attending=attending,
    )


def votes_of(*figures: int) -> dict[CandidateId, int]:
    """Votes of c01, c02, ... in ballot order."""
    return dict(zip(ids(*range(1, len(figures) + 1)), figures, strict=True))


def marks(words: str) -> dict[CandidateId, Mark]:
    """A ballot from letters: K kept, S struck, A agree, D disagree, B both, N none, ? doubtful."""
    letter = {"K": Mark.KEPT, "S": Mark.STRUCK, "A": Mark.AGREE, "D": Mark.DISAGREE, "B": Mark.BOTH, "N": Mark.NONE}
    letter["?"] = Mark.DOUBTFUL
    return {one: letter[word] for one, word in zip(ids(*range(1, len(words) + 1)), words, strict=True)}


def roll(summoned: int, present: int, **deductions: int) -> Roll:
    """`roll(45, 40, exempt_not_present=3)`."""
    lines = tuple(Deduction(DeductionGround(ground), count) for ground, count in deductions.items())
    return Roll(summoned, present, lines)


def findings(
    given: Contest,
    *,
    form: CongressForm = CongressForm.DELEGATES,
    settings: Settings = SETTINGS,
    overrides: Sequence[Override] = (),
    board: Sequence[str] = (),
    on: Roll | None = None,
    edition_244: bool = False,
) -> dict[str, ListFinding]:
    """The findings on a list by the name of their check; of several with one name the last."""
    found = check_list(
        given,
        form=form,
        edition=EDITION_244 if edition_244 else EDITION_190,
        settings=settings,
        overrides=tuple(overrides),
        board_names=tuple(board),
        roll=on,
    )
    return {finding.check: finding for finding in found}
