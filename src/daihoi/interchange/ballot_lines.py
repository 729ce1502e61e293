"""ballots.jsonl: a line a ballot, written by `count`, read by `tally` and by other programs.

A line keyed by hand holds `ballot` and `marks` alone. What marks cannot show (a ballot that the board did not issue, a
name added, writing) is read from `standing` and `grounds`, so that a count's own file gives the count's own result.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from daihoi.interchange.errors import RepeatedBallotError
from daihoi.interchange.json_lines import Line, lines_of
from daihoi.interchange.terms import BallotLine, PageRef
from daihoi.ledger import canonical
from daihoi.rules.terms import BallotForm, Contest, InvalidGround, Mark, Standing

UNSEEN_GROUNDS = frozenset(
    {
        InvalidGround.NOT_ISSUED,
        InvalidGround.SIGNED_OR_EXTRA_TEXT,
        InvalidGround.OUTSIDE_NAME,
        InvalidGround.DISTINGUISHING_MARK,
    }
)
"""Grounds that no mark shows: the board found them on the paper."""

MARKS_OF_FORM: Mapping[BallotForm, tuple[Mark, ...]] = {
    BallotForm.STRIKE_OUT: (Mark.KEPT, Mark.STRUCK, Mark.DOUBTFUL),
    BallotForm.AGREE_DISAGREE: (Mark.AGREE, Mark.DISAGREE, Mark.BOTH, Mark.NONE, Mark.DOUBTFUL),
}
"""The words of `marks` that each form of ballot can have."""

_KEYS = ("ballot", "pages", "marks", "standing", "grounds", "votes")
_SHA256 = re.compile(r"[0-9a-f]{64}")


def document(line: BallotLine) -> dict[str, object]:
    """The object of one line; keys without a value (a ballot keyed by hand) are left out."""
    held: dict[str, object] = {"ballot": line.ballot, "marks": dict(line.marks)}
    if line.standing is not None:
        held["pages"] = [{"file": page.file, "index": page.index, "sha256": page.sha256} for page in line.pages]
        held |= {"standing": line.standing, "grounds": line.grounds, "votes": line.votes}
    return held


def dump(lines: Iterable[BallotLine]) -> bytes:
    """The bytes of the file: canonical JSON and a line feed for each ballot."""
    return b"".join(canonical.line(document(line)) for line in lines)


def parse(
    data: bytes, name: str, *, contest: Contest | None = None, form: BallotForm | None = None
) -> tuple[BallotLine, ...]:
    """The ballots of a file called `name`; with `contest` and `form`, marks must be those of its candidates and form.

    Raises NotUtf8Error, BadLineError, RepeatedBallotError.
    """
    first: dict[str, int] = {}
    ballots: list[BallotLine] = []
    for line in lines_of(data, name):
        ballot = _ballot(line)
        if ballot.ballot in first:
            at = first[ballot.ballot]
            raise RepeatedBallotError(file=name, line=line.number, ballot=ballot.ballot, first=at)
        first[ballot.ballot] = line.number
        if contest is not None:
            _check_candidates(line, ballot, contest)
        if form is not None:
            _check_form(line, ballot, form)
        ballots.append(ballot)
    return tuple(ballots)


def _ballot(line: Line) -> BallotLine:
    line.only(_KEYS)
    name = line.text("ballot")
    if not name:
        line.fail("ballot", '""', "a text that is not empty")
    standing = line.word("standing", line.values["standing"], Standing) if "standing" in line.values else None
    grounds = tuple(line.word("grounds", word, InvalidGround) for word in _list(line, "grounds"))
    # Half a conclusion passed over would count a ballot that somebody found invalid.
    if grounds and standing is None:
        line.fail("standing", "nothing", f"one of {', '.join(Standing)}")
    if standing is Standing.INVALID and not grounds:
        line.fail("grounds", "nothing", f"one of {', '.join(InvalidGround)}")
    return BallotLine(
        ballot=name,
        marks=_marks(line),
        pages=_pages(line),
        standing=standing,
        grounds=grounds,
        votes=tuple(_text(line, "votes", vote) for vote in _list(line, "votes")),
    )


def _marks(line: Line) -> dict[str, Mark]:
    marks = line.need("marks", dict)
    assert isinstance(marks, dict)  # noqa: S101 -- need() has just said so
    return {candidate: line.word(f"marks.{candidate}", mark, Mark) for candidate, mark in marks.items()}


def _list(line: Line, field: str) -> list[object]:
    if field not in line.values:
        return []
    held = line.need(field, list)
    return held if isinstance(held, list) else []


def _text(line: Line, field: str, value: object) -> str:
    if not isinstance(value, str):
        line.fail(field, str(value), "a list of texts")
    return value


def _pages(line: Line) -> tuple[PageRef, ...]:
    pages: list[PageRef] = []
    for place, held in enumerate(_list(line, "pages")):
        if not isinstance(held, dict):
            line.fail(f"pages[{place}]", str(held), "an object with file, index and sha256")
        page = Line(line.file, line.number, held)
        page.only(("file", "index", "sha256"))
        digest = page.text("sha256")
        if not _SHA256.fullmatch(digest):
            line.fail(f"pages[{place}].sha256", digest, "64 hexadecimal digits in lower case")
        pages.append(PageRef(page.text("file"), page.whole("index"), digest))
    return tuple(pages)


def _check_candidates(line: Line, ballot: BallotLine, contest: Contest) -> None:
    # A candidate without a mark is a slip in keying, never a vote and never a strike.
    listed = [str(candidate.id) for candidate in contest.candidates]
    for candidate in ballot.marks:
        if candidate not in listed:
            line.fail(f"marks.{candidate}", "a candidate who is not on the list", f"one of {', '.join(listed)}")
    for vote in ballot.votes:
        if vote not in listed:
            line.fail("votes", vote, f"one of {', '.join(listed)}")
    # A paper that the board did not issue may be of any form: it has no marks to read.
    if not ballot.marks and UNSEEN_GROUNDS.intersection(ballot.grounds):
        return
    for candidate in listed:
        if candidate not in ballot.marks:
            line.fail(f"marks.{candidate}", "nothing", "a mark for every candidate of the contest")


def _check_form(line: Line, ballot: BallotLine, form: BallotForm) -> None:
    allowed = MARKS_OF_FORM[form]
    for candidate, mark in ballot.marks.items():
        if mark not in allowed:
            line.fail(f"marks.{candidate}", mark, f"one of {', '.join(allowed)}")
