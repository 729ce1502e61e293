"""The accounting of ballot papers and the reconciliation sheet: one page each, signed by those who counted.

No figure is computed here but the sums that the paper itself shows; whether a line holds is what `rules` says.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from daihoi.papers.congress.terms import Files
from daihoi.papers.election_day.official_pages import files, opening, profile_of, signed
from daihoi.papers.election_day.terms import Occasion
from daihoi.papers.official.blocks import Align, Block, Column, Paragraph, Role, Row, Signatures, Table, literal
from daihoi.rules.reconciliation import Check
from daihoi.rules.terms import BallotFigures
from daihoi.words.election_day import accounting as s
from daihoi.words.election_day.figures import DOTS, joined, number
from daihoi.words.errors.rules import CHECKS
from daihoi.words.language import in_language
from daihoi.words.minutes.figures import bare_title


@dataclass(frozen=True)
class BallotAccount:
    """The papers of one contest as two people counted them; None where a figure is to be filled in by hand.

    `voided` are papers of a form that a mistake voided, `rehearsal` those of the rehearsal; both left out when None.
    """

    contest_title: str
    figures: BallotFigures
    counted_by: tuple[str, str] = ("", "")
    head: str = ""
    colour: str = ""
    round: int = 1
    voided: int | None = None
    rehearsal: int | None = None


@dataclass(frozen=True)
class CountLine:
    """One of the independent counts: what it is called, its figures, whether it agrees with the first (None: open)."""

    label: str
    valid: int | None
    invalid: int | None
    agrees: bool | None = None


@dataclass(frozen=True)
class Reconciled:
    """What the gate before the announcement says: figures by name (`FIGURES` of the words), checks of `rules`."""

    contest_title: str
    figures: tuple[tuple[str, int | None], ...]
    checks: tuple[Check, ...]
    counts: tuple[CountLine, ...] = ()
    round: int = 1
    head: str = ""
    operator: str = ""
    presidium: str = ""


def ballot_account(account: BallotAccount, occasion: Occasion, *, language: str) -> Files:
    """One page. LetterMissingError for a name that the typeface cannot draw."""
    account, occasion = literal(account), literal(occasion)
    kind = in_language(language, s.ACCOUNT)
    people = joined([name or DOTS for name in account.counted_by], language)
    paragraphs = [Paragraph(in_language(language, s.PAPER).format(colour=account.colour or DOTS))]
    paragraphs.append(Paragraph(in_language(language, s.COUNTED).format(people=people), Role.INTRO))
    first, second = account.counted_by
    end = Signatures(
        (Paragraph(in_language(language, _account_verdict(account.figures))),),
        (
            signed(in_language(language, s.FIRST_COUNTER), first),
            signed(in_language(language, s.SECOND_COUNTER), second),
            signed(in_language(language, s.HEAD), account.head),
        ),
    )
    blocks = (
        *opening(occasion, kind, _about(account.contest_title, account.round, language)),
        *paragraphs,
        _account_table(account, occasion, language),
        end,
    )
    return files(occasion, f"{kind} - {bare_title(account.contest_title)}", blocks)


def reconciliation_sheet(facts: Reconciled, occasion: Occasion, *, language: str) -> Files:
    """One page where the lines hold; what to do is said under those that do not."""
    facts, occasion = literal(facts), literal(occasion)
    kind = in_language(language, s.RECONCILIATION)
    blocks: list[Block] = [
        *opening(occasion, kind, _about(facts.contest_title, facts.round, language)),
        _figures_table(facts, occasion, language),
        Paragraph(in_language(language, s.CHECKS_INTRO), Role.INTRO),
        _checks_table(facts, occasion, language),
    ]
    failing = tuple(_to_do(facts))
    # Under lines that hold there is nothing to do, and the sheet stays on one page.
    if failing:
        blocks.append(Paragraph(in_language(language, s.TO_DO), Role.SECTION))
        blocks += [Paragraph(f"- {in_language(language, s.DO[check])}") for check in failing]
    end = (
        signed(in_language(language, s.OPERATOR), facts.operator),
        signed(in_language(language, s.HEAD), facts.head),
        signed(in_language(language, s.PRESIDIUM), facts.presidium),
    )
    blocks.append(Signatures((Paragraph(in_language(language, _verdict(facts)), Role.SECTION),), end))
    return files(occasion, f"{kind} - {bare_title(facts.contest_title)}", blocks)


def _about(title: str, round_number: int, language: str) -> str:
    about = in_language(language, s.ABOUT).format(title=bare_title(title))
    return f"{about} {in_language(language, s.ROUND).format(round=round_number)}" if round_number > 1 else about


def _account_table(account: BallotAccount, occasion: Occasion, language: str) -> Table:
    widths = (12.0, 88.0, 27.0, profile_of(occasion).width_mm - 127)
    aligned = (Align.CENTRE, Align.LEFT, Align.CENTRE, Align.CENTRE)
    columns = tuple(
        Column(in_language(language, title), width, align)
        for title, width, align in zip(s.COLUMNS, widths, aligned, strict=True)
    )
    rows = (
        Row((str(place), in_language(language, s.LINES[name]), number(count, language), said), strong=strong)
        for place, (name, count, said, strong) in enumerate(_account_lines(account, language), start=1)
    )
    return Table(columns, tuple(rows))


def _account_lines(account: BallotAccount, language: str) -> Iterator[tuple[str, int | None, str, bool]]:
    f = account.figures
    yield "printed", f.printed, "", True
    yield "issued", f.issued, "", False
    yield "spoiled", f.spoiled, "", False
    yield "unused", f.unused, "", False
    accounted = _accounted(f)
    yield "accounted", accounted, _compared(accounted, f.printed, language), True
    yield "collected", f.collected, "", False
    missing = None if f.issued is None or f.collected is None else f.issued - f.collected
    # A negative figure would be more ballots in the box than went out: that is for the reconciliation to stop.
    yield "not_returned", None if missing is None else max(0, missing), "", False
    for name, count in (("voided", account.voided), ("rehearsal", account.rehearsal)):
        if count is not None:
            yield name, count, "", False


def _accounted(figures: BallotFigures) -> int | None:
    # A sum of known and missing figures would look like a count that somebody made.
    parts = (figures.issued, figures.spoiled, figures.unused)
    known = [part for part in parts if part is not None]
    return sum(known) if len(known) == len(parts) else None


def _compared(left: int | None, right: int | None, language: str) -> str:
    # Not filled in is neither agreement nor difference.
    if left is None or right is None:
        return in_language(language, s.OPEN)
    if left == right:
        return in_language(language, s.HOLDS)
    return in_language(language, s.DIFFERS).format(difference=f"{left - right:+d}")


def _account_verdict(figures: BallotFigures) -> str:
    accounted = _accounted(figures)
    if accounted is None or figures.printed is None:
        return s.NOT_FILLED
    return s.ACCOUNTED if accounted == figures.printed else s.NOT_ACCOUNTED


def _figures_table(facts: Reconciled, occasion: Occasion, language: str) -> Table:
    """Two figures side by side, so that the sheet stays on one page."""
    told = [(in_language(language, s.FIGURES[name]), number(count, language)) for name, count in facts.figures]
    half = -(-len(told) // 2)
    width = profile_of(occasion).width_mm / 2
    columns = tuple(Column("", part) for part in (width - 18, 18.0, width - 18, 18.0))
    right = [*told[half:], *[("", "")] * (2 * half - len(told))]
    return Table(
        columns,
        tuple(Row((*one, *two)) for one, two in zip(told[:half], right, strict=True)),
        size_pt=11.5,
        ruled=False,
    )


def _checks_table(facts: Reconciled, occasion: Occasion, language: str) -> Table:
    """The checks of the rules, then the independent counts: all that must agree, in one table."""
    widths = (11.0, 94.0, 31.0, profile_of(occasion).width_mm - 136)
    aligned = (Align.CENTRE, Align.LEFT, Align.CENTRE, Align.CENTRE)
    columns = tuple(
        Column(in_language(language, title), width, align)
        for title, width, align in zip(s.CHECK_COLUMNS, widths, aligned, strict=True)
    )
    lines = [
        (in_language(language, CHECKS.get(one.check, one.check)), one.left, one.right, one.holds)
        for one in facts.checks
    ]
    counted = in_language(language, s.COUNT)
    lines += [(counted.format(count=one.label), one.valid, one.invalid, one.agrees) for one in facts.counts]
    rows = (
        Row(
            (
                str(place),
                label,
                f"{number(left, language)} / {number(right, language)}",
                in_language(language, {True: s.AGREES, False: s.FAILS, None: s.MISSING}[holds]),
            ),
            strong=holds is False,
        )
        for place, (label, left, right, holds) in enumerate(lines, start=1)
    )
    return Table(columns, tuple(rows), size_pt=11.5)


def _to_do(facts: Reconciled) -> Iterator[str]:
    yield from (check.check for check in facts.checks if check.holds is False and check.check in s.DO)
    if any(line.agrees is False for line in facts.counts):
        yield "counts"


def _verdict(facts: Reconciled) -> str:
    # One line that fails outweighs those that are still open: nothing will make it hold.
    held = [check.holds for check in facts.checks] + [line.agrees for line in facts.counts]
    if False in held:
        return s.MUST_STOP
    return s.MUST_WAIT if None in held else s.MAY_ANNOUNCE
