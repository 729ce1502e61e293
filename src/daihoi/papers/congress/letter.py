"""What every official paper of the day begins and ends with: heading, sessions, signature; and its two files."""

from __future__ import annotations

from collections.abc import Sequence

from daihoi.papers.congress.terms import Congress, Files, Issue
from daihoi.papers.errors import LetterMissingError, NothingToPrintError
from daihoi.papers.official.blocks import Block, Column, Description, Heading, NewPaper, Row, Signature, Table, literal
from daihoi.papers.official.docx_writer import docx
from daihoi.papers.official.heading import place_and_day
from daihoi.papers.official.pdf_writer import pdf
from daihoi.papers.official.profiles import Profile, profile_for
from daihoi.papers.typefaces import missing_letters
from daihoi.words.congress import letters as s
from daihoi.words.minutes.figures import DOTS, SHORT_DOTS, date_vi, moment_vi, years_kept
from daihoi.words.minutes.sentences import NATION, NUMBER

_LABEL_MM = 48.0


def profile_of(congress: Congress, issue: Issue) -> Profile:
    """The layout of the day that the paper bears."""
    return profile_for(issue.on, congress.hd05_from)


def heading(congress: Congress, issue: Issue) -> Heading:
    """Superior and issuing committee on the left, nation, place and day on the right. [HD 36-HD/VPTW]"""
    return Heading(
        congress=(congress.superior.upper(),),
        board=congress.committee.upper(),
        number=f"{NUMBER} {issue.number or SHORT_DOTS}",
        nation=NATION,
        place_day=place_and_day(congress.place, date_vi(issue.on)),
    )


def when_and_where(congress: Congress) -> tuple[tuple[str, str], ...]:
    """Label and text: a line for each session, then the place; a dotted line where no session is given."""
    lines = []
    for session in congress.sessions:
        begins = moment_vi(session.begins, session.begins.date())
        if session.ends is not None and session.ends != session.begins.date():
            begins = s.SESSION_UNTIL.format(begins=begins, ends=date_vi(session.ends))
        lines.append((session.name, begins))
    return (*(lines or [(s.WHEN, DOTS)]), (s.WHERE, congress.venue))


def fields(lines: Sequence[tuple[str, str]], profile: Profile) -> Table:
    """Labels and texts in two columns; a label without a text has no line."""
    rows = tuple(Row((f"{label}:", text)) for label, text in lines if text)
    return Table((Column("", _LABEL_MM), Column("", profile.width_mm - _LABEL_MM)), rows, size_pt=14, ruled=False)


def signature(issue: Issue) -> Signature:
    """The signatory; a dotted line where no name is given."""
    return Signature(issue.signatory.authority, issue.signatory.post, issue.signatory.name or DOTS)


def recipients(issue: Issue, profile: Profile) -> tuple[str, ...]:
    """Each with the mark of the profile, the last with a full stop. [HD 36-HD/VPTW]"""
    last = len(issue.recipients) - 1
    marks = ("." if place == last else profile.recipient_mark for place in range(len(issue.recipients)))
    return tuple(f"- {one}{mark}" for one, mark in zip(issue.recipients, marks, strict=True))


def in_one_file(papers: Sequence[tuple[Block, ...]], kind: str) -> tuple[Block, ...]:
    """Each paper on pages of its own, counted from one. NothingToPrintError where there is none."""
    if not papers:
        raise NothingToPrintError(paper=kind)
    return tuple(block for place, paper in enumerate(papers) for block in ((NewPaper(),) if place else ()) + paper)


def files(profile: Profile, title: str, about: str, blocks: tuple[Block, ...]) -> Files:
    """DOCX and PDF of the same blocks. LetterMissingError for a letter that the typeface lacks."""
    paper = literal(Description(profile, years_kept(title), about, "", blocks, ()))
    refuse_missing_letters(paper.blocks)
    return Files(docx(paper), pdf(paper))


def refuse_missing_letters(value: object) -> None:
    """LetterMissingError for the first text that Tinos cannot draw, however deep it stands."""
    if isinstance(value, str):
        for letter in missing_letters(value):
            raise LetterMissingError(letter=letter, codepoint=f"U+{ord(letter):04X}", text=value)
    elif isinstance(value, (tuple, list)):
        for part in value:
            refuse_missing_letters(part)
    elif hasattr(value, "__dataclass_fields__"):
        for name in value.__dataclass_fields__:
            refuse_missing_letters(getattr(value, name))
