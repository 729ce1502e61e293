"""What the papers of the day that are signed begin and end with, and their two files."""

from __future__ import annotations

from collections.abc import Sequence

from daihoi.papers.congress.letter import refuse_missing_letters
from daihoi.papers.congress.terms import Files
from daihoi.papers.election_day.terms import Occasion
from daihoi.papers.official.blocks import Block, Description, Heading, Signature, Title, literal
from daihoi.papers.official.docx_writer import docx
from daihoi.papers.official.heading import heading_lines, place_and_day, title_lines
from daihoi.papers.official.pdf_writer import pdf
from daihoi.papers.official.profiles import Profile, profile_for
from daihoi.words.minutes.figures import date_vi, years_kept
from daihoi.words.minutes.sentences import BOARD_CAPS, NATION, REHEARSAL

_DOTS = "…" * 9
"""A name to be filled in where three sign side by side."""


def profile_of(occasion: Occasion) -> Profile:
    """The layout of the day that the paper bears."""
    return profile_for(occasion.on, occasion.hd05_from)


def opening(occasion: Occasion, kind: str, about: str) -> tuple[Block, ...]:
    """Heading of the counting board, kind of paper, what it is about; the warning of a rehearsal above them."""
    warning = REHEARSAL if occasion.rehearsal else ""
    return (
        Heading(
            congress=heading_lines(occasion.congress, occasion.organisation),
            board=BOARD_CAPS,
            # These sheets are enclosures of the minutes, which bear the number.
            number="",
            nation=NATION,
            place_day=place_and_day(occasion.place, date_vi(occasion.on)),
        ),
        Title(kind, title_lines(about, profile_of(occasion)), warning),
    )


def signed(authority: str, name: str = "") -> Signature:
    """One signatory; a dotted line where nobody is named."""
    return Signature(authority, "", name or _DOTS)


def files(occasion: Occasion, title: str, blocks: Sequence[Block]) -> Files:
    """DOCX and PDF of the same blocks. LetterMissingError for a letter that the typeface lacks."""
    running = REHEARSAL if occasion.rehearsal else ""
    about = f"{occasion.superior} - {occasion.organisation}"
    paper = literal(Description(profile_of(occasion), years_kept(title), about, running, tuple(blocks), ()))
    refuse_missing_letters(paper.blocks)
    return Files(docx(paper), pdf(paper))
