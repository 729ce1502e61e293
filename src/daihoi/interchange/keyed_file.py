"""A count keyed by people: the marks of every ballot, or the totals alone, as a CSV from a spreadsheet.

Two shapes, told apart by the first row:

- a column a candidate and a row a ballot; beside them, when wanted, the ballot's own number and the board's `standing`;
- `candidate` and `votes`, a row a candidate, with rows for issued, collected, valid and invalid when wanted.

Candidates are named by their id, their name, or their number on the ballot. What is not surely one word is refused: a
keyed count stands beside scans as a witness, and a witness must not be guessed at.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from daihoi.interchange import decisions, spreadsheet
from daihoi.interchange.errors import (
    KeyedAnswerError,
    KeyedColumnsError,
    KeyedFigureError,
    KeyedMissingError,
    KeyedTwiceError,
    KeyedUnreadableError,
)
from daihoi.interchange.terms import BallotLine
from daihoi.rules.terms import BallotForm, Contest, InvalidGround, Mark, Standing

BALLOT_COLUMN = ("ballot", "phiếu", "số phiếu", "phiếu số", "stt", "số thứ tự")
STANDING_COLUMN = ("standing", "kết luận", "căn cứ")
CANDIDATE_COLUMN = ("candidate", "ứng cử viên", "người ứng cử", "họ và tên", "họ tên", "tên", "name")
VOTES_COLUMN = ("votes", "số phiếu", "phiếu", "số phiếu bầu", "số phiếu đồng ý")

_COMPACT: Mapping[BallotForm, Mapping[str, Mark]] = {
    BallotForm.STRIKE_OUT: {
        "k": Mark.KEPT,
        "giữ": Mark.KEPT,
        "giữ lại": Mark.KEPT,
        "x": Mark.STRUCK,
        "s": Mark.STRUCK,
        "g": Mark.STRUCK,
        "gạch tên": Mark.STRUCK,
    },
    BallotForm.AGREE_DISAGREE: {
        "a": Mark.AGREE,
        "đy": Mark.AGREE,
        "d": Mark.DISAGREE,
        "kđy": Mark.DISAGREE,
    },
}
_BLANK: Mapping[BallotForm, Mark] = {
    BallotForm.STRIKE_OUT: Mark.KEPT,
    BallotForm.AGREE_DISAGREE: Mark.NONE,
}
"""What an empty cell says: on paper, too, a name left standing and a row without a cross bear nothing."""
_DOUBTFUL = frozenset({"?", "doubtful", "nghi ngờ", "không rõ"})
_THOUSANDS = re.compile(r"\d{1,3}(?:[. ,\u00a0\u202f]\d{3})+")
_LEADING_NUMBER = re.compile(r"(\d{1,3})\s*[.)]\s*(.+)")


class Figure(StrEnum):
    """A figure of a keyed total that is no candidate's."""

    ISSUED = "issued"
    COLLECTED = "collected"
    VALID = "valid"
    INVALID = "invalid"


_FIGURE_WORDS: Mapping[str, Figure] = {
    "issued": Figure.ISSUED,
    "phát ra": Figure.ISSUED,
    "số phiếu phát ra": Figure.ISSUED,
    "collected": Figure.COLLECTED,
    "thu về": Figure.COLLECTED,
    "số phiếu thu về": Figure.COLLECTED,
    "valid": Figure.VALID,
    "hợp lệ": Figure.VALID,
    "số phiếu hợp lệ": Figure.VALID,
    "invalid": Figure.INVALID,
    "không hợp lệ": Figure.INVALID,
    "số phiếu không hợp lệ": Figure.INVALID,
}


@dataclass(frozen=True)
class KeyedBallots:
    """Ballots in the order of their rows; a ballot without a number of its own is called by its row, `r0012`."""

    lines: tuple[BallotLine, ...]
    rows: tuple[int, ...]
    """The row of each line as a spreadsheet shows it, the header being row 1."""


@dataclass(frozen=True)
class KeyedTotals:
    """Votes of every candidate by id, and those of the other figures that were keyed."""

    votes: Mapping[str, int]
    figures: Mapping[Figure, int]


def parse(data: bytes, name: str, *, contest: Contest, form: BallotForm) -> KeyedBallots | KeyedTotals:
    """What people keyed for `contest`, whose ballots are of `form`.

    Raises KeyedUnreadableError, KeyedColumnsError, KeyedMissingError, KeyedTwiceError, KeyedAnswerError,
    KeyedFigureError; each names the file and, where there is one, the row.
    """
    try:
        table = spreadsheet.parse(data)
    except ValueError as error:
        raise KeyedUnreadableError(file=name, found=str(error)) from None
    header = [_folded(cell) for cell in table[0]] if table else []
    people = _People(contest)
    candidate, votes = _place(header, CANDIDATE_COLUMN), _place(header, VOTES_COLUMN)
    # A list of ballots may well have a column "phiếu"; only totals have one for the candidates themselves.
    if candidate is not None and votes is not None:
        return _totals(table, name, people, candidate, votes)
    return _ballots(table, name, people, form)


class _People:
    """The candidates by every spelling that means exactly one of them."""

    def __init__(self, contest: Contest) -> None:
        self.ids = tuple(str(candidate.id) for candidate in contest.candidates)
        self._names = {str(one.id): decisions.bare(one.name) for one in contest.candidates}
        self._known: dict[str, str] = {}
        spellings = [
            [(_folded(str(one.id)), str(one.id)) for one in contest.candidates],
            [(str(place), str(one.id)) for place, one in enumerate(contest.candidates, 1)],
            [(_folded(one.name), str(one.id)) for one in contest.candidates],
            [(decisions.bare(one.name), str(one.id)) for one in contest.candidates],
        ]
        for table in spellings:
            words = [word for word, _ in table]
            # Two of one name, or names alike without their accents: only a plainer spelling tells them apart.
            self._known |= {word: one for word, one in table if words.count(word) == 1 and word not in self._known}

    def of(self, cell: str) -> str | None:
        """The id that a cell names; None when it names nobody, or more than one."""
        word = _folded(cell)
        known = self._known.get(word) or self._known.get(decisions.bare(cell))
        numbered = _LEADING_NUMBER.fullmatch(word)
        if known is not None or numbered is None:
            return known
        # "3. Lò Văn An", as lists are printed: the name must be that of the place.
        one = self._known.get(numbered[1])
        return one if one is not None and self._names[one] == decisions.bare(numbered[2]) else None


def _totals(table: list[list[str]], name: str, people: _People, candidate: int, votes: int) -> KeyedTotals:
    found: dict[str, int] = {}
    figures: dict[Figure, int] = {}
    rows: dict[str, int] = {}
    for number, cells in spreadsheet.filled(table):
        who, figure = spreadsheet.cell_of(cells, candidate), spreadsheet.cell_of(cells, votes)
        one = people.of(who) or _FIGURE_WORDS.get(_folded(who))
        if one is None:
            raise KeyedColumnsError(file=name, row=number, found=who[:80], expected=", ".join(people.ids))
        if one in rows:
            raise KeyedTwiceError(file=name, row=number, other=rows[one], found=who[:80])
        rows[one] = number
        counted = _whole(figure)
        if counted is None:
            raise KeyedFigureError(file=name, row=number, found=figure[:80])
        if isinstance(one, Figure):
            figures[one] = counted
        else:
            found[one] = counted
    _require_all(name, people, found)
    return KeyedTotals({one: found[one] for one in people.ids}, figures)


def _ballots(table: list[list[str]], name: str, people: _People, form: BallotForm) -> KeyedBallots:
    header = table[0] if table else []
    columns = _columns(header, name, people)
    folded = [_folded(cell) for cell in header]
    numbers, standings = _place(folded, BALLOT_COLUMN), _place(folded, STANDING_COLUMN)
    rows = tuple(spreadsheet.filled(table))
    # Where one who keyed wrote the word for "nothing there", a cell left empty is a slip and not a mark.
    spelled = any(_says_blank(spreadsheet.cell_of(cells, at), form) for _, cells in rows for at in columns.values())
    lines: list[BallotLine] = []
    first: dict[str, int] = {}
    for number, cells in rows:
        ballot = spreadsheet.cell_of(cells, numbers).strip() if numbers is not None else ""
        ballot = ballot or f"r{number:04d}"
        if ballot in first:
            raise KeyedTwiceError(file=name, row=number, other=first[ballot], found=ballot[:80])
        first[ballot] = number
        marks = {one: _mark(name, number, one, spreadsheet.cell_of(cells, at), form) for one, at in columns.items()}
        said = "" if standings is None else spreadsheet.cell_of(cells, standings)
        line = _line(name, number, ballot, marks, said)
        if spelled and line.marks:
            _refuse_blank(name, number, columns, cells, form)
        lines.append(line)
    return KeyedBallots(tuple(lines), tuple(number for number, _ in rows))


def _columns(header: list[str], name: str, people: _People) -> Mapping[str, int]:
    """The column of every candidate, in ballot order. Raises KeyedMissingError, KeyedTwiceError."""
    found: dict[str, int] = {}
    own = {*BALLOT_COLUMN, *STANDING_COLUMN}
    for at, cell in enumerate(header):
        one = None if _folded(cell) in own else people.of(cell)
        if one is None:
            continue
        if one in found:
            raise KeyedTwiceError(file=name, row=1, other=1, found=cell[:80])
        found[one] = at
    _require_all(name, people, found)
    return {one: found[one] for one in people.ids}


def _require_all(name: str, people: _People, found: Mapping[str, int]) -> None:
    missing = [one for one in people.ids if one not in found]
    if missing:
        raise KeyedMissingError(file=name, missing=", ".join(missing))


def _line(name: str, number: int, ballot: str, marks: Mapping[str, Mark], said: str) -> BallotLine:
    word = decisions.answer(decisions.Place.BALLOT, said)
    if isinstance(word, decisions.Refused):
        allowed = ", ".join(word.allowed)
        raise KeyedAnswerError(file=name, row=number, column="standing", found=said[:80], allowed=allowed)
    if not word:
        return BallotLine(ballot, marks)
    if word == decisions.VALID:
        return BallotLine(ballot, marks, standing=Standing.VALID)
    ground = InvalidGround(word)
    # A paper that the board did not issue may be of any form: a count has no marks of it either.
    return BallotLine(
        ballot, {} if ground is InvalidGround.NOT_ISSUED else marks, standing=Standing.INVALID, grounds=(ground,)
    )


def _mark(name: str, number: int, candidate: str, cell: str, form: BallotForm) -> Mark:
    word = _folded(cell)
    if not word:
        return _BLANK[form]
    if word in _DOUBTFUL:
        return Mark.DOUBTFUL
    if word in _COMPACT[form]:
        return _COMPACT[form][word]
    said = decisions.answer(decisions.Place.MARK, cell, form)
    if isinstance(said, decisions.Refused):
        allowed = ", ".join((*said.allowed, *_COMPACT[form]))
        raise KeyedAnswerError(file=name, row=number, column=candidate, found=cell[:80], allowed=allowed)
    return Mark(said)


def _says_blank(cell: str, form: BallotForm) -> bool:
    """Whether a cell says in a word what an empty one would say."""
    word = _folded(cell)
    if not word:
        return False
    said = _COMPACT[form].get(word) or decisions.answer(decisions.Place.MARK, cell, form)
    return said == _BLANK[form]


def _refuse_blank(name: str, number: int, columns: Mapping[str, int], cells: list[str], form: BallotForm) -> None:
    for one, at in columns.items():
        if not spreadsheet.cell_of(cells, at).strip():
            allowed = ", ".join((*decisions.answers(decisions.Place.MARK, form), *_COMPACT[form]))
            raise KeyedAnswerError(file=name, row=number, column=one, found="", allowed=allowed)


def _whole(cell: str) -> int | None:
    """A number of votes, with or without marks between thousands; None for anything else."""
    digits = cell.strip()
    if _THOUSANDS.fullmatch(digits):
        digits = re.sub(r"\D", "", digits)
    # isdecimal alone would take digits of other scripts, and a figure of 5,000 digits is nobody's vote.
    return int(digits) if digits.isascii() and digits.isdecimal() and len(digits) <= 9 else None


def _place(header: list[str], names: tuple[str, ...]) -> int | None:
    return next((header.index(_folded(name)) for name in names if _folded(name) in header), None)


def _folded(text: str) -> str:
    """A cell for comparing: NFC, small letters, single blanks."""
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())
