"""From sheets and answers to ballots: what each sheet became, with the marks that count.

| refused pages of the sheet                         | the sheet                                                   |
|----------------------------------------------------|-------------------------------------------------------------|
| any, and the batch was removed                     | out of the count: the batch comes again                     |
| none                                               | a ballot with the marks read                                |
| one answered `rescanned`                           | out of the count as a whole: it comes again as another sheet|
| one answered `NOT_ISSUED`                          | an invalid ballot on that ground, without marks             |
| all answered `not_a_ballot`                        | out of the count, a half that was read with it              |
| all answered, one `keyed` or more                  | a ballot with the marks read and keyed, when they are whole |
| one not answered, or the marks not whole           | waits for the board                                         |

Keyed marks go before marks read (the board had the paper in hand), and the board's answer on a doubtful mark before the
machine's doubt. A side that never came can only be keyed, on the row of the page that is there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from daihoi.counts.answers import Answers
from daihoi.counts.pairing import refused_on
from daihoi.counts.terms import SeenForeign, SeenMark, Sheet
from daihoi.interchange.decisions import PageWord
from daihoi.rules.terms import InvalidGround, Mark


class Became(StrEnum):
    """What a sheet became."""

    BALLOT = "ballot"
    NOT_ISSUED = "not_issued"
    DROPPED = "dropped"
    REMOVED = "removed"
    WAITING = "waiting"


@dataclass(frozen=True)
class Assembled:
    """A sheet with what it became; `marks` in ballot order, those known; `missing` the candidates without a mark."""

    sheet: Sheet
    became: Became
    marks: Mapping[str, Mark]
    missing: tuple[str, ...] = ()

    @property
    def out(self) -> bool:
        """Whether nothing of it counts: put out by the board, or removed with its batch."""
        return self.became in {Became.DROPPED, Became.REMOVED}

    @property
    def observed(self) -> tuple[InvalidGround, ...]:
        """Grounds that ink elsewhere on the sheet may be, each once."""
        return tuple(dict.fromkeys(ink.proposal for ink in self.foreign))

    @property
    def foreign(self) -> tuple[SeenForeign, ...]:
        """Ink outside the targets, front first."""
        return tuple(ink for page in self.sheet.pages for ink in page.foreign)

    @property
    def doubts(self) -> tuple[SeenMark, ...]:
        """Marks that the machine doubted, whatever the board has said since."""
        return tuple(mark for page in self.sheet.pages for mark in page.marks if mark.mark is Mark.DOUBTFUL)


def assemble(sheet: Sheet, answers: Answers, candidates: Sequence[str]) -> Assembled:
    """What the sheet became; `candidates` are all of the list, in ballot order."""
    given = [answers.pages.get(page.ref) for page, _ in refused_on(sheet)]
    words = [answer.word for answer in given if answer is not None]
    marks = _marks(sheet, answers, candidates)
    missing = tuple(candidate for candidate in candidates if candidate not in marks)
    if sheet.removed:
        return Assembled(sheet, Became.REMOVED, marks)
    # A sheet is scanned again as a whole: its good half comes again with it and must not count twice.
    if PageWord.RESCANNED in words:
        return Assembled(sheet, Became.DROPPED, marks)
    if PageWord.NOT_ISSUED in words:
        return Assembled(sheet, Became.NOT_ISSUED, {})
    if given and len(words) == len(given) and set(words) == {PageWord.NOT_A_BALLOT}:
        return Assembled(sheet, Became.DROPPED, marks)
    if missing or len(words) < len(given):
        return Assembled(sheet, Became.WAITING, marks, missing)
    return Assembled(sheet, Became.BALLOT, marks)


def _marks(sheet: Sheet, answers: Answers, candidates: Sequence[str]) -> Mapping[str, Mark]:
    found: dict[str, Mark] = {}
    for page in sheet.pages:
        for mark in page.marks:
            doubted = mark.mark is Mark.DOUBTFUL
            # A clear mark is what the voter wrote: an answer fills a doubt and alters nothing else. [190-QĐ/TW art. 8]
            said = answers.marks.get((sheet.ballot, mark.candidate)) if doubted else None
            found[mark.candidate] = said or mark.mark
    for page in sheet.pages:
        answer = answers.pages.get(page.ref)
        if answer is not None:
            found |= answer.marks
    return {candidate: found[candidate] for candidate in candidates if candidate in found}
