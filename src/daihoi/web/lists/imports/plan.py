"""What a room says about the lists that it takes in: the fields, and what becomes of the rows.

A room subclasses `Importer`. The machinery reads the file, finds the columns, makes values of the cells and tells rows
with one code apart; then `judge` looks each row up in the database and `write` writes those that are new or changed.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import ClassVar

from django.urls import reverse

from daihoi.web.lists.table import Words


class Kind(StrEnum):
    """What a field holds; a cell is made into it or answered with what is wrong about it."""

    TEXT = "text"
    CODE = "code"
    CHOICE = "choice"
    YES_NO = "yes_no"
    WHOLE = "whole"
    DATE = "date"
    PARTIAL_DATE = "partial_date"


@dataclass(frozen=True)
class Field:
    """One column of a list. Values by kind: str, str, the value of the choice, bool, int, datetime.date or None, and
    for a partial date the text 1975, 1975-04 or 1975-04-30.

    `headings`: further headings that mean it, accents or not, beside `words` in every language. `answers`: value and
    words of each choice; `synonyms`: further words for a value. `longest`: characters. `note` and `example` stand in
    the template.
    """

    name: str
    words: Words
    kind: Kind = Kind.TEXT
    headings: tuple[str, ...] = ()
    required: bool = False
    answers: Sequence[tuple[str, Words]] = ()
    synonyms: Mapping[str, str] = field(default_factory=dict)
    longest: int = 200
    note: Words = ""
    example: str = ""


class State(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True)
class Fault:
    """Why something is wrong or odd, by the name of the field (empty: the whole row)."""

    field: str
    text: str


@dataclass(slots=True, eq=False)
class Row:
    """One row on its way in.

    `values` holds the fields whose cells say something; a cell that says "-" clears its field and stands as an empty
    value; an empty cell leaves what is there and stands not at all. `judge` sets `known` (what the room found by the
    code), `changes` (field -> what is there now, shown) and adds faults and warnings.
    """

    number: int
    values: dict[str, object]
    faults: list[Fault] = field(default_factory=list)
    warnings: list[Fault] = field(default_factory=list)
    known: object | None = None
    changes: dict[str, str] = field(default_factory=dict)

    @property
    def is_good(self) -> bool:
        """Whether it may be written."""
        return not self.faults

    @property
    def act(self) -> State:
        """What is done with it: NEW, CHANGED, UNCHANGED, or ERROR for nothing."""
        if self.faults:
            return State.ERROR
        if self.known is None:
            return State.NEW
        return State.CHANGED if self.changes else State.UNCHANGED

    @property
    def state(self) -> State:
        """As the preview tells it: a warning stands before new, changed and unchanged."""
        return State.WARNING if self.warnings and not self.faults else self.act

    def refuse(self, name: str, text: str) -> None:
        """Add a fault; a field that has one already keeps that alone."""
        # The first that is wrong with a field is its reason; what follows from it would only confuse.
        if not name or all(fault.field != name for fault in self.faults):
            self.faults.append(Fault(name, text))

    def warn(self, name: str, text: str) -> None:
        """Add a warning."""
        self.warnings.append(Fault(name, text))


class Importer(ABC):
    """A list that can be taken in; one instance serves one request.

    `by` is who acts, as the ledger names them; `owner` is what uploads are bound to (the number of the account).
    """

    name: ClassVar[str]
    """In the ledger (`list:name`), in names of files and of what was uploaded."""
    title: ClassVar[Words]
    back: ClassVar[str]
    """The name of the address of the list itself."""
    here: ClassVar[str]
    """The name of the address of the import; with `_file` behind it that of one upload."""
    at_once: ClassVar[int] = 0
    """Rows that `judge` and `write` may be given at a time by command; 0 where they must see all of them."""
    unique: ClassVar[tuple[str, ...]] = ("code",)
    """Fields that no two rows may share."""

    place: str = ""
    """Key of the organisation or congress whose list it is, for the ledger; empty: the whole house's."""

    def __init__(self, by: str, owner: str, args: tuple[str, ...] = ()) -> None:
        self.by, self.owner, self.args = by, owner, args

    @property
    def back_at(self) -> str:
        """The address of the list; `args` stand in it where the list is of one thing, as of a congress."""
        return reverse(self.back, args=self.args)

    @property
    def here_at(self) -> str:
        """The address of the import."""
        return reverse(self.here, args=self.args)

    def file_at(self, upload: str) -> str:
        """The address of one upload."""
        return reverse(f"{self.here}_file", args=(*self.args, upload))

    @property
    @abstractmethod
    def fields(self) -> Sequence[Field]:
        """The columns that this person may take in, in the order of the template."""

    @abstractmethod
    def judge(self, rows: Sequence[Row]) -> None:
        """Look rows up in the database, in a count of queries that does not hang on theirs.

        All required fields of these rows hold something; some rows may have faults in others already.
        """

    @abstractmethod
    def write(self, rows: Sequence[Row]) -> None:
        """Write rows that are new or changed, within the transaction and the entry of the whole list."""

    def field_of(self, name: str) -> Field:
        """A field by its name."""
        return next(one for one in self.fields if one.name == name)
