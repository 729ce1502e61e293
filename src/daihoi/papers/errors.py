"""What papers refuse to print.

PapersError
├── SameNames       two candidates whom nothing on the ballot would tell apart
├── LetterMissing   a letter that the typeface cannot draw
├── RoundTooHigh    a round beyond 99, which the codes cannot say
└── NoCopies        fewer than one copy asked for
"""

from __future__ import annotations

from typing import ClassVar


class PapersError(Exception):
    """A paper cannot be printed; `fields` fill the sentence of `code`."""

    code: ClassVar[str] = "papers.error"

    def __init__(self, **fields: object) -> None:
        """Keep the data of the error; the sentence is made in `words`."""
        super().__init__(self.code, fields)
        self.fields = fields


class SameNames(PapersError):
    """Fields: first, second (ids), name."""

    code = "papers.same_names"


class LetterMissing(PapersError):
    """Fields: letter, codepoint, text."""

    code = "papers.letter_missing"


class RoundTooHigh(PapersError):
    """Fields: contest, round."""

    code = "papers.round_too_high"


class NoCopies(PapersError):
    """Fields: copies."""

    code = "papers.no_copies"
