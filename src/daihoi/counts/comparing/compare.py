"""`compare`: two or three passes over the same papers, side by side. Nothing in any of them is altered.

Three counts that must agree are the custom of counting boards. The program shows what differs, and what two of three
say; it never decides, and a difference that nobody has looked at stays one.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from daihoi.counts.comparing.differences import (
    differences_of,
    figures_of,
    open_in_all,
    outcomes_of,
    papers_of,
    votes_of,
)
from daihoi.counts.comparing.passes import count_pass, keyed_pass
from daihoi.counts.comparing.terms import LABELS, Comparison, Pass
from daihoi.counts.errors import AnotherCount, NoCountGiven


def compare(paths: Sequence[Path]) -> Comparison:
    """Two or three passes, each a COUNT folder or a file that was keyed; one folder at least.

    Raises NoCountGiven, AnotherCount, CountUnfinished, the errors of `read_folder` and of `interchange.keyed_file`, and
    OSError.
    """
    given = list(zip(LABELS, paths, strict=False))
    counts = {label: count_pass(label, path) for label, path in given if not path.is_file()}
    if not counts:
        raise NoCountGiven(path=str(paths[0]))
    first = next(iter(counts.values()))
    # Told before a keyed file is read by a list that is not its own.
    _require_all_same(tuple(counts.values()))
    # What was keyed names people of a list, and only a count holds the list.
    return compare_passes(
        [counts[label] if label in counts else keyed_pass(label, path, first.grounds) for label, path in given]
    )


def compare_passes(given: Sequence[Pass]) -> Comparison:
    """Two or three passes that are at hand, the first of them the one by whose list the others are read.

    A pass costs far more to make than to compare: who compares often keeps it as long as its digest is the same.
    Raises AnotherCount where two counts are not of one list, round and printed sheet.
    """
    passes = tuple(given)
    _require_all_same(tuple(one for one in passes if one.folder is not None))
    first = passes[0]
    readers = [one for one in passes if one.has_leaves]
    papers, orders = papers_of(readers)
    return Comparison(
        passes=passes,
        papers=papers,
        differences=differences_of(papers, first.grounds.candidates) if len(readers) > 1 else (),
        votes=votes_of(passes),
        figures=figures_of(passes),
        outcomes=outcomes_of(passes),
        orders=orders,
        open_alike=open_in_all(papers),
        same_scans=_same_scans(passes),
    )


def _require_all_same(counts: Sequence[Pass]) -> None:
    for other in counts[1:]:
        _require_same(counts[0], other)


def _require_same(first: Pass, other: Pass) -> None:
    """Two counts of the same list, round and printed sheet. Raises AnotherCount."""
    for what, one, another in zip(_WHAT, _described(first), _described(other), strict=True):
        if one != another:
            raise AnotherCount(path=str(other.path), first=str(first.path), what=what)


_WHAT = (
    "the congress",
    "the contest",
    "the round",
    "the number of seats",
    "the list of candidates",
    "rehearsal or not",
    "the printed sheet",
)


def _described(one: Pass) -> tuple[object, ...]:
    assert one.folder is not None  # noqa: S101 -- only counts are asked
    congress, contest = one.grounds.election.congress, one.grounds.contest
    return (
        (congress.title, congress.organisation, congress.form),
        contest.id,
        (contest.round, contest.round_kind),
        (contest.seats, contest.alternates),
        tuple((candidate.id, candidate.name) for candidate in contest.candidates),
        one.folder.opened.rehearsal,
        one.folder.opened.sheet_sha256,
    )


def _same_scans(passes: Sequence[Pass]) -> int:
    """How many files of scans are in more than one pass: these are no second reading."""
    # By content: the same file under another name is still the same scan.
    seen: set[str] = set()
    again: set[str] = set()
    for one in passes:
        again |= seen & one.scans
        seen |= one.scans
    return len(again)
