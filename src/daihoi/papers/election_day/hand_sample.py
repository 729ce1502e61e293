"""The list of drawn ballots: where each paper lies, and by which digest it was drawn, so that the draw can be checked.

In the order of the piles, for that is how the papers are taken out; the number of the draw stands beside each.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from daihoi.papers.congress.terms import Files
from daihoi.papers.election_day.official_pages import files, opening, profile_of, signed
from daihoi.papers.election_day.terms import Occasion
from daihoi.papers.official.blocks import Align, Block, Column, Paragraph, Role, Row, Signatures, Table, literal
from daihoi.words.election_day import sample as s
from daihoi.words.election_day.figures import number
from daihoi.words.figures import digest_words
from daihoi.words.language import in_language
from daihoi.words.minutes.figures import bare_title

_SHOWN = 16
"""Hexadecimal digits of a digest that stand on the paper: enough to see that it is the right one."""


@dataclass(frozen=True)
class DrawnBallot:
    """One ballot that was drawn: its place in the draw, its digest, and where its paper lies."""

    order: int
    draw: int
    digest: str
    place: int
    ballot: str
    pile: str
    sheet: int


@dataclass(frozen=True)
class DrawnList:
    """A sample as it was drawn of count `label`; `digest` of the count as it stood."""

    contest_title: str
    label: str
    seed: str
    ballots: int
    digest: str
    drawn: tuple[DrawnBallot, ...]
    head: str = ""


def drawn_list(sample: DrawnList, occasion: Occasion, *, language: str) -> Files:
    """DOCX and PDF. LetterMissingError for a seed that the typeface cannot draw."""
    sample, occasion = literal(sample), literal(occasion)
    kind = in_language(language, s.TITLE)
    told = {"seed": sample.seed, "size": number(len(sample.drawn), language), "label": sample.label}
    ballots = number(sample.ballots, language)
    blocks: tuple[Block, ...] = (
        *opening(occasion, kind, in_language(language, s.ABOUT).format(title=bare_title(sample.contest_title))),
        Paragraph(in_language(language, s.DRAWN).format(ballots=ballots, **told)),
        Paragraph(in_language(language, s.DIGEST).format(digest=digest_words(sample.digest))),
        # The division is by the plain number: a point between thousands would make another text of it.
        Paragraph(in_language(language, s.METHOD).format(seed=sample.seed, ballots=sample.ballots)),
        Paragraph(in_language(language, s.USE), Role.INTRO),
        _table(sample.drawn, occasion, language),
        Signatures((), tuple(signed(in_language(language, one)) for one in s.SIGNERS)),
    )
    return files(occasion, f"{kind} - {bare_title(sample.contest_title)}", blocks)


def _table(drawn: Sequence[DrawnBallot], occasion: Occasion, language: str) -> Table:
    widths = (12.0, 30.0, 16.0, 22.0, 16.0, 18.0, profile_of(occasion).width_mm - 130, 16.0)
    columns = tuple(
        Column(in_language(language, title), width, Align.CENTRE)
        for title, width in zip(s.COLUMNS, widths, strict=True)
    )
    lying = sorted(drawn, key=lambda one: (one.pile, one.sheet))
    rows = (
        Row(
            (
                str(one.order), one.pile, str(one.sheet), one.ballot, str(one.draw), str(one.place),
                one.digest[:_SHOWN], "",
            )
        )
        for one in lying
    )  # fmt: skip
    return Table(columns, tuple(rows), size_pt=11)
