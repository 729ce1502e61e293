"""What papers refuse to print.

PapersError
├── SameNamesError       two candidates whom nothing on the ballot would tell apart
├── LetterMissingError   a letter that the typeface cannot draw
├── RoundTooHighError    a round beyond 99, which the codes cannot say
├── NoCopiesError        fewer than one copy asked for
├── BadBatchesError      separator slips for no batch, an empty one, or more than the codes can say
├── TextTooLongError     a text that no allowed size of letters brings into its place
├── SeatTwiceError       one seat given to two people
├── NothingToPrintError  a paper of nobody or nothing
├── TallyBatchError      a batch that no tally sheet holds
└── NotARehearsalError   marks to be printed onto ballots that are not for a rehearsal
"""

from __future__ import annotations

from functools import partial
from typing import ClassVar


class PapersError(Exception):
    """A paper cannot be printed; `fields` fill the sentence of `code`."""

    code: ClassVar[str] = "papers.error"

    def __init__(self, **fields: object) -> None:
        """Keep the data of the error; the sentence is made in `words`."""
        super().__init__(self.code, fields)
        self.fields: dict[str, object] = fields

    def __reduce__(self) -> tuple[object, tuple[()]]:
        """Travel from a reading process to the one that started it."""
        return partial(type(self), **self.fields), ()


class SameNamesError(PapersError):
    """Fields: first, second (ids), name."""

    code = "papers.same_names"


class LetterMissingError(PapersError):
    """Fields: letter, codepoint, text."""

    code = "papers.letter_missing"


class RoundTooHighError(PapersError):
    """Fields: contest, round."""

    code = "papers.round_too_high"


class NoCopiesError(PapersError):
    """Fields: copies."""

    code = "papers.no_copies"


class BadBatchesError(PapersError):
    """Fields: batches, size, last, most_batches, most_ballots."""

    code = "papers.bad_batches"


class TextTooLongError(PapersError):
    """Fields: text, size_pt (the smallest letters allowed)."""

    code = "papers.text_too_long"


class SeatTwiceError(PapersError):
    """Fields: seat, first, second (names; empty where the hall itself holds the seat twice)."""

    code = "papers.seat_twice"


class NothingToPrintError(PapersError):
    """Fields: paper."""

    code = "papers.nothing_to_print"


class TallyBatchError(PapersError):
    """Fields: batch, fewest, most."""

    code = "papers.tally_batch"


class NotARehearsalError(PapersError):
    """Fields: contest."""

    code = "papers.not_a_rehearsal"
