"""`daihoi compare`: two or three passes over the same papers, and everything about which they do not agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import click

from daihoi.cli.boundary import ExitCode
from daihoi.cli.given import path_option
from daihoi.counts.comparing.compare import compare
from daihoi.counts.comparing.listing import DIFFERENCES, require_ours, write_comparison
from daihoi.counts.comparing.terms import Comparison, Difference, FigureLine, Kind, Leaf, Pass, PassKind
from daihoi.words.comparing import ABSENT, FIGURES, NOT_READ, PASS_KINDS, PILE_ORDERS
from daihoi.words.figures import digest_words, number_words
from daihoi.words.language import _
from daihoi.words.reasons import reason
from daihoi.words.shown import shown

FEWEST, MOST = 2, 3
SHOWN = 20
"""Differences told on the screen; a file is better for more."""


def command() -> click.Command:
    """`daihoi compare`."""
    return click.Command(
        "compare",
        short_help=_("Compare two or three counts of the same ballots."),
        help=_(
            "Compare two or three counts of the same ballots: scanned twice, or keyed by hand into a CSV (the marks of "
            "each ballot, or the totals). Ballots bear no number, so they are lined up by what stands on them; every "
            "difference is listed with its file and place in the pile. Nothing is decided and no count is altered."
        ),
        params=[
            click.Argument(
                ["passes"],
                nargs=-1,
                required=True,
                type=click.Path(path_type=Path),
                metavar="COUNT_A COUNT_B [COUNT_C]",
            ),
            path_option(
                "--out",
                _("Write differences.csv, compare.json and crops of both here; new, or of a former comparison."),
                "DIR",
            ),
        ],
        callback=compare_passes,
    )


def compare_passes(passes: tuple[Path, ...], out: Path | None) -> int:
    """Compare, write what is wanted, say what differs."""
    if not FEWEST <= len(passes) <= MOST:
        raise click.UsageError(_("Give two or three counts to compare."))
    if out is not None:
        require_ours(out)
    comparison = compare(passes)
    if out is not None:
        write_comparison(comparison, out)
    for line in lines_of(comparison):
        click.echo(line)
    if out is not None and not comparison.agrees:
        click.echo(_("Every difference stands in {path}.").format(path=out / DIFFERENCES))
    elif len(comparison.differences) > SHOWN:
        click.echo(_("With --out DIR all of them are written, with crops of both."))
    return ExitCode.DONE if comparison.agrees else ExitCode.BOARD_MUST_DECIDE


def lines_of(comparison: Comparison) -> Iterator[str]:
    """What was compared, how far it agrees, and where it does not."""
    for one in comparison.passes:
        yield _pass_line(one)
    yield from _pile_lines(comparison)
    yield from _paper_lines(comparison)
    yield from _figure_lines(comparison)
    yield from _outcome_lines(comparison)
    if comparison.agrees:
        yield _("They agree in everything.")
    else:
        yield _("They do not agree. The counting board looks at the paper and decides; nothing was altered.")


def _pass_line(one: Pass) -> str:
    ballots = "-" if one.totals.ballots is None else number_words(one.totals.ballots)
    text = _("{label}: {path}, {kind}; ballots {ballots}, undecided or not read {open}; digest {digest}").format(
        label=one.label,
        path=one.path,
        kind=_(PASS_KINDS[one.kind]),
        ballots=ballots,
        open=number_words(one.totals.open),
        digest=digest_words(one.digest),
    )
    return text


def _pile_lines(comparison: Comparison) -> Iterator[str]:
    readers = comparison.readers
    for one, order in zip(readers[1:], comparison.orders, strict=True):
        yield _("Ballots of {label} lie to those of {first}: {order}.").format(
            label=one.label, first=readers[0].label, order=_(PILE_ORDERS[order])
        )
    if comparison.same_scans:
        yield _(
            "{files} file(s) of scans are the same in more than one count: of these there is no second reading."
        ).format(files=number_words(comparison.same_scans))
    if comparison.open_alike:
        yield _(
            "{places} place(s) are doubtful, undecided or not read in every one alike; the board decides them in each "
            "count."
        ).format(places=number_words(comparison.open_alike))


def _paper_lines(comparison: Comparison) -> Iterator[str]:
    if len(comparison.readers) < FEWEST:
        return
    kinds = Counter(one.kind for one in comparison.differences)
    touched = {id(one.paper) for one in comparison.differences}
    yield _("Papers: {papers}, alike in every one: {alike}.").format(
        papers=number_words(len(comparison.papers)), alike=number_words(len(comparison.papers) - len(touched))
    )
    sentences = {
        Kind.MARK: _("Marks that differ: {times}, on {papers} ballot(s)."),
        Kind.BALLOT: _("Ballots that count differently though their marks agree: {times}."),
        Kind.NOT_READ: _("Ballots read in one and not in another: {times}."),
        Kind.MISSING: _("Ballots that are missing in one: {times}."),
    }
    marked = len({id(one.paper) for one in comparison.differences if one.kind is Kind.MARK})
    for kind, sentence in sentences.items():
        if kinds[kind]:
            yield sentence.format(times=number_words(kinds[kind]), papers=number_words(marked))
    for one in comparison.differences[:SHOWN]:
        yield _difference_line(one, comparison)
    if len(comparison.differences) > SHOWN:
        yield _("  and {more} more").format(more=number_words(len(comparison.differences) - SHOWN))


def _difference_line(one: Difference, comparison: Comparison) -> str:
    names = {str(person.id): person.name for person in comparison.passes[0].grounds.contest.candidates}
    each = zip(comparison.readers, one.values, one.paper, strict=True)
    said = "; ".join(f"{held.label} {_place(leaf)}: {_word(value)}" for held, value, leaf in each)
    if one.majority:
        said = f"{said}; {_('two of three: {figure}').format(figure=_word(one.majority))}"
    what = names.get(one.candidate) or _("the whole ballot")
    return f"  {one.number:3d}. {what}: {said}"


def _place(leaf: Leaf | None) -> str:
    """The ballot, its file and its place in the pile."""
    if leaf is None:
        return ""
    file = leaf.pages[0].file if leaf.pages else leaf.batch
    return _("{ballot} ({file}, sheet {place})").format(ballot=shown(leaf.name), file=shown(file), place=leaf.place)


def _word(value: str) -> str:
    known = {"": _(ABSENT), "not_read": _(NOT_READ)}
    return known.get(value) or ", ".join(reason(word) for word in value.split())


def _figure_lines(comparison: Comparison) -> Iterator[str]:
    names = {str(one.id): one.name for one in comparison.passes[0].grounds.contest.candidates}
    for line in (*comparison.votes, *comparison.figures):
        if line.differs:
            words = names[line.name] if line.name in names else _(FIGURES[line.name])
            yield _("Differs: {what}: {figures}").format(what=words, figures=_figures(line, comparison))


def _figures(line: FigureLine, comparison: Comparison) -> str:
    """`A 12, B 13 (+1)`: by how much each departs from the first that knows the figure."""
    first: int | None = None
    shown: list[str] = []
    for one, figure in zip(comparison.passes, line.figures, strict=True):
        if figure is None:
            continue
        by = "" if first is None or figure == first else f" ({figure - first:+d})"
        first = figure if first is None else first
        shown.append(f"{one.label} {number_words(figure)}{by}")
    if line.majority is not None:
        shown.append(_("two of three: {figure}").format(figure=number_words(line.majority)))
    return ", ".join(shown)


def _outcome_lines(comparison: Comparison) -> Iterator[str]:
    names = {str(one.id): one.name for one in comparison.passes[0].grounds.contest.candidates}
    for line in comparison.outcomes:
        each = zip(comparison.passes, line.outcomes, strict=True)
        words = ", ".join(f"{one.label} {reason(word)}" for one, word in each)
        yield _("By these votes the outcome would differ: {name}: {outcomes}").format(
            name=names[line.candidate], outcomes=words
        )
    waits = any(one.totals.open for one in comparison.passes if one.kind is not PassKind.KEYED_TOTALS)
    if not comparison.outcomes and not comparison.agrees and not waits:
        yield _("By these votes the outcome would be the same.")
