"""What a paper consists of, free of any file format. All text is NFC and literal: no character is markup."""

from __future__ import annotations

import dataclasses
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from math import ceil
from typing import TypeVar

from daihoi.papers.official.profiles import Profile
from daihoi.sheet.typeset import MM_PER_PT


class Role(StrEnum):
    """What a paragraph is: it decides indent, weight and whether it may part from what follows."""

    BODY = "body"
    BASIS = "basis"
    SECTION = "section"
    INTRO = "intro"
    SMALL = "small"
    CENTRE = "centre"
    NAME = "name"


class Align(StrEnum):
    """How a column of a table stands."""

    LEFT = "left"
    CENTRE = "center"
    RIGHT = "right"


@dataclass(frozen=True)
class Paragraph:
    """One paragraph; an INTRO stays with the table under it, a SECTION with whatever follows.

    CENTRE is a centred line, NAME the bold centred name of whom a paper is made out to.
    """

    text: str
    role: Role = Role.BODY


@dataclass(frozen=True)
class Column:
    """One column: its title (empty in a table without rules), width in mm, alignment."""

    title: str
    width_mm: float
    align: Align = Align.LEFT


_ENDLESS_LETTERS = 400


@dataclass(frozen=True)
class Row:
    """One row; `strong` rows are bold. Rows never split over two pages, but for one that no page would hold."""

    cells: tuple[str, ...]
    strong: bool = False

    @property
    def endless(self) -> bool:
        """Whether the row may be higher than a page, so that it must split or lose its end."""
        return max(len(text) for text in self.cells) > _ENDLESS_LETTERS


_WHOLE_MM = 110.0
_WHOLE_NAMES = 6
_EM_OF_LETTER = 0.5


@dataclass(frozen=True)
class Table:
    """A table whose header repeats on every page; without rules it is a list of names in columns and has no header."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    size_pt: float = 13
    ruled: bool = True

    @property
    def whole(self) -> bool:
        """Whether the table is low enough to stand on one page undivided, by an estimate of its height."""
        # A list of names reads on over a page break; held together it would leave half of the page before it empty.
        if not self.ruled and len(self.rows) > _WHOLE_NAMES:
            return False
        letter_mm = self.size_pt * _EM_OF_LETTER * MM_PER_PT
        lines = sum(
            max(
                ceil(len(text) * letter_mm / (column.width_mm - 4)) or 1
                for text, column in zip(row.cells, self.columns, strict=True)
            )
            for row in self.rows
        )
        return lines * self.size_pt * 1.2 * MM_PER_PT + len(self.rows) * 2.2 <= _WHOLE_MM


@dataclass(frozen=True)
class Heading:
    """The two columns at the head: congress and board on the left, nation, place and day on the right."""

    congress: tuple[str, ...]
    board: str
    number: str
    nation: str
    place_day: tuple[str, ...]


@dataclass(frozen=True)
class Title:
    """Kind of paper, what it is about, and above them the warning of a rehearsal (or nothing)."""

    kind: str
    abstract: tuple[str, ...]
    warning: str = ""


@dataclass(frozen=True)
class AnnexTitle:
    """An annex begins on a new page."""

    number: str
    title: str


@dataclass(frozen=True)
class Signature:
    """One signatory: authority bold in capitals, post in capitals (or empty), name bold or a dotted line."""

    authority: str
    post: str
    name: str


@dataclass(frozen=True)
class Digest:
    """The digest of the count: label, its groups line by line, how to use it, and what the QR says."""

    label: str
    lines: tuple[str, ...]
    use: str
    payload: str


@dataclass(frozen=True)
class Closing:
    """The last paragraphs, the signatures and the digest: never parted by a page break."""

    paragraphs: tuple[Paragraph, ...]
    left: Signature
    right: Signature
    digest: Digest


@dataclass(frozen=True)
class Signing:
    """The end of a paper that one signs: recipients on the left under their label, the signatory on the right.

    `payload` is what a QR under the recipients says with `caption` beside it; empty for none. Never parted.
    """

    paragraphs: tuple[Paragraph, ...]
    label: str
    recipients: tuple[str, ...]
    signature: Signature
    payload: str = ""
    caption: tuple[str, ...] = ()


@dataclass(frozen=True)
class Signatures:
    """The end of a paper that two or three sign side by side; never parted."""

    paragraphs: tuple[Paragraph, ...]
    people: tuple[Signature, ...]


@dataclass(frozen=True)
class NewPaper:
    """Another paper in the same file: a new page, counted from one again."""


Block = Heading | Title | Paragraph | Table | Closing | AnnexTitle | Signing | Signatures | NewPaper


@dataclass(frozen=True)
class Description:
    """The whole paper. `about` is for the properties of the file; `running` stands beside every page number.

    `missing` are the keys of ELECTION.toml whose places are dotted lines.
    """

    profile: Profile
    title: str
    about: str
    running: str
    blocks: tuple[Block, ...]
    missing: tuple[str, ...]


T = TypeVar("T")


def literal(value: T) -> T:
    """The same value with every text in NFC and without control characters, which no paper shows and XML refuses."""
    if isinstance(value, StrEnum):
        return value
    if isinstance(value, str):
        kept = (" " if letter.isspace() and letter != "\u00a0" else letter for letter in value)
        shown = "".join(letter for letter in kept if unicodedata.category(letter)[0] != "C")
        return unicodedata.normalize("NFC", shown)  # type: ignore[return-value]
    if isinstance(value, tuple):
        return tuple(literal(part) for part in value)  # type: ignore[return-value]
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        parts = {part.name: literal(getattr(value, part.name)) for part in dataclasses.fields(value)}
        return dataclasses.replace(value, **parts)
    return value
