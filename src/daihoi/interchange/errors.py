"""What the files that other programs see are refused for. Each error names the file and the place in it.

InterchangeError
├── NotUtf8Error               bytes that are not UTF-8, with their line
├── ElectionFileError          ELECTION.toml
│   ├── TomlSyntaxError        not TOML, with line and column
│   ├── UnknownKeyError        a key that the contract does not have, by its dotted path
│   ├── MissingKeyError
│   ├── WrongTypeError         e.g. true where a number belongs
│   ├── OutOfRangeError
│   ├── NotAChoiceError        a word that is not one of those allowed
│   ├── BadTextError           empty, or with control characters
│   ├── BadDateError
│   ├── BadIdError
│   ├── RepeatedIdError
│   └── ClosesBeforeOpensError
├── SecretFileError            ELECTION.form-secret
├── LinesError                 ballots.jsonl, by line
│   ├── BadLineError
│   └── RepeatedBallotError
├── ReviewError                review.csv, by row
│   ├── ReviewUnreadableError
│   ├── ReviewColumnsError
│   ├── BadDecisionError
│   └── ConflictingDecisionsError
└── KeyedError                 a count keyed by people, by row
    ├── KeyedUnreadableError
    ├── KeyedColumnsError
    ├── KeyedMissingError
    ├── KeyedTwiceError
    ├── KeyedAnswerError
    └── KeyedFigureError
"""

from __future__ import annotations

from functools import partial
from typing import ClassVar


class InterchangeError(Exception):
    """The family; `fields` hold the data that the sentence needs, `file` always among them."""

    code: ClassVar[str] = "interchange.error"
    file: str

    def __init__(self, **fields: object) -> None:
        super().__init__(f"{self.code} {fields}")
        self.fields = fields
        for name, value in fields.items():
            setattr(self, name, value)

    def __reduce__(self) -> tuple[object, tuple[()]]:
        """Travel from a reading process to the one that started it."""
        return partial(type(self), **self.fields), ()


class NotUtf8Error(InterchangeError):
    """Bytes on `line` (from 1) that are not UTF-8."""

    code = "interchange.not_utf8"
    line: int


class ElectionFileError(InterchangeError):
    """ELECTION.toml; `path` is the dotted path of the key."""

    code = "interchange.election_file"
    path: str


class TomlSyntaxError(ElectionFileError):
    """Not TOML: `line` and `column` from 1 (0 when unknown), `detail` in the parser's words."""

    code = "interchange.toml_syntax"
    line: int
    column: int
    detail: str


class UnknownKeyError(ElectionFileError):
    """A key that is not of the contract; `known` are the keys of that table."""

    code = "interchange.unknown_key"
    known: str


class MissingKeyError(ElectionFileError):
    """A key that must be there."""

    code = "interchange.missing_key"


class WrongTypeError(ElectionFileError):
    """A value of another type."""

    code = "interchange.wrong_type"
    expected: str
    found: str


class OutOfRangeError(ElectionFileError):
    """A number, or a number of entries, outside `least` to `most`, both included."""

    code = "interchange.out_of_range"
    found: int
    least: int
    most: int


class NotAChoiceError(ElectionFileError):
    """A word that is not one of `allowed`."""

    code = "interchange.not_a_choice"
    found: str
    allowed: str


class BadTextError(ElectionFileError):
    """A text that is empty, too long, or holds a character that cannot be printed."""

    code = "interchange.bad_text"
    found: str


class BadDateError(ElectionFileError):
    """A text that is no date of the calendar."""

    code = "interchange.bad_date"
    found: str


class BadIdError(ElectionFileError):
    """An id with other characters than letters without accents, digits, dot, underscore and hyphen."""

    code = "interchange.bad_id"
    found: str


class RepeatedIdError(ElectionFileError):
    """An id that stands twice."""

    code = "interchange.repeated_id"
    found: str


class ClosesBeforeOpensError(ElectionFileError):
    """The congress closes before it opens."""

    code = "interchange.closes_before_opens"
    opens: str
    closes: str


class SecretFileError(InterchangeError):
    """A form secret that is not 64 hexadecimal digits."""

    code = "interchange.secret_file"


class LinesError(InterchangeError):
    """A file of lines; `line` counts from 1."""

    code = "interchange.lines"
    line: int


class BadLineError(LinesError):
    """A line that is not of the contract: `field` says where, `found` and `expected` what."""

    code = "interchange.bad_line"
    field: str
    found: str
    expected: str


class RepeatedBallotError(LinesError):
    """A ballot that stands on two lines."""

    code = "interchange.repeated_ballot"
    ballot: str
    first: int


class ReviewError(InterchangeError):
    """review.csv; `row` counts as a spreadsheet does, the header being row 1."""

    code = "interchange.review"


class ReviewUnreadableError(ReviewError):
    """A review file whose text cannot be decoded or split into cells."""

    code = "interchange.review_unreadable"
    found: str


class ReviewColumnsError(ReviewError):
    """A header without a column that is needed."""

    code = "interchange.review_columns"
    found: str
    expected: str


class BadDecisionError(ReviewError):
    """A word that is not of the vocabulary for this row."""

    code = "interchange.bad_decision"
    row: int
    column: str
    found: str
    allowed: str


class ConflictingDecisionsError(ReviewError):
    """Two rows that decide one place differently."""

    code = "interchange.conflicting_decisions"
    row: int
    other: int
    ballot: str
    candidate: str


class KeyedError(InterchangeError):
    """A count keyed by people; `row` counts as a spreadsheet does, the header being row 1."""

    code = "interchange.keyed"


class KeyedUnreadableError(KeyedError):
    """A keyed file whose text cannot be decoded or split into cells."""

    code = "interchange.keyed_unreadable"
    found: str


class KeyedColumnsError(KeyedError):
    """A row of totals that names nobody of the list and no figure; `expected` are the ids of the list."""

    code = "interchange.keyed_columns"
    row: int
    found: str
    expected: str


class KeyedMissingError(KeyedError):
    """Candidates without a column, or without a row of totals."""

    code = "interchange.keyed_missing"
    missing: str


class KeyedTwiceError(KeyedError):
    """A ballot, a candidate or a figure that stands twice; `other` is the row where it stood first."""

    code = "interchange.keyed_twice"
    row: int
    other: int
    found: str


class KeyedAnswerError(KeyedError):
    """A cell that is no mark or no standing."""

    code = "interchange.keyed_answer"
    row: int
    column: str
    found: str
    allowed: str


class KeyedFigureError(KeyedError):
    """A number of votes that is no whole number."""

    code = "interchange.keyed_figure"
    row: int
    found: str
