"""From leaves that are one paper to what they say differently, and from totals to figures that do not agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TypeVar

from daihoi.counts.comparing.lining import Lined, line_up
from daihoi.counts.comparing.terms import Difference, FigureLine, Kind, Leaf, OutcomeLine, Paper, Pass
from daihoi.interchange.keyed_file import Figure
from daihoi.rules.ballot import OBSERVED_GROUNDS
from daihoi.rules.terms import InvalidGround, Mark

NOT_READ = "not_read"
BALLOTS = "ballots"
BASE = "base"

Said = TypeVar("Said", int, str)


def papers_of(passes: Sequence[Pass]) -> tuple[tuple[Paper, ...], tuple[str, ...]]:
    """Every paper in the order of the first pile, those that it lacks behind; and how each other pile lies to it."""
    if not passes:
        return (), ()
    # Everything is lined up with the first pile: three piles lined up pair by pair could contradict each other.
    first = passes[0].leaves
    lined = [line_up(first, other.leaves) for other in passes[1:]]
    beside = [dict(one.pairs) for one in lined]
    papers: list[Paper] = [
        (leaf, *(_at(other.leaves, pairs.get(place)) for other, pairs in zip(passes[1:], beside, strict=True)))
        for place, leaf in enumerate(first)
    ]
    papers += _without_first(passes, lined)
    return tuple(papers), tuple(one.order.value for one in lined)


def _without_first(passes: Sequence[Pass], lined: Sequence[Lined]) -> Iterator[Paper]:
    """Papers that the first pass has not, those of a second and a third lined up with each other."""
    left: list[list[Leaf]] = []
    for other, found in zip(passes[1:], lined, strict=True):
        taken = {place for _, place in found.pairs}
        left.append([leaf for place, leaf in enumerate(other.leaves) if place not in taken])
    if len(left) < 2:
        yield from ((None, leaf) for only in left for leaf in only)
        return
    second, third = left
    pairs = dict(line_up(second, third).pairs)
    yield from ((None, leaf, _at(third, pairs.get(place))) for place, leaf in enumerate(second))
    taken = set(pairs.values())
    yield from ((None, None, leaf) for place, leaf in enumerate(third) if place not in taken)


def _at(leaves: Sequence[Leaf], place: int | None) -> Leaf | None:
    return None if place is None else leaves[place]


def differences_of(papers: Sequence[Paper], candidates: Sequence[str]) -> tuple[Difference, ...]:
    """Everything that the leaves of one paper say differently, in the order of the papers, numbered from 1."""
    alike: list[Counter[object]] = [
        Counter(leaf.says for leaf in column if leaf is not None) for column in zip(*papers, strict=True)
    ]
    found: list[Difference] = []
    for paper in papers:
        for kind, values, candidate in _differing(paper, candidates):
            here = next(place for place, leaf in enumerate(paper) if leaf is not None)
            leaf = paper[here]
            many = alike[here][leaf.says] if leaf is not None and kind is Kind.MISSING else 0
            number = len(found) + 1
            found.append(Difference(number, kind, paper, values, candidate, majority_of(values) or "", many))
    return tuple(found)


def _differing(paper: Paper, candidates: Sequence[str]) -> Iterator[tuple[Kind, tuple[str, ...], str]]:
    """What kind of difference, what each pass says, and of which candidate."""
    held = [leaf for leaf in paper if leaf is not None]
    # Nearly every paper of nearly every comparison ends here.
    if len(held) == len(paper) and len({leaf.says for leaf in held}) == 1:
        return
    standings = tuple(map(_standing, paper))
    unread = sum(leaf.unread for leaf in held)
    if len(held) < len(paper):
        yield Kind.MISSING, standings, ""
    if 0 < unread < len(held):
        yield Kind.NOT_READ, standings, ""
    places = _marks_apart(held)
    for place in places:
        yield Kind.MARK, tuple(_mark(leaf, place) for leaf in paper), candidates[place]
    # Where marks differ the standing may follow from them; what the board saw on the paper never does.
    judged = not places or len(set(map(_seen, held))) > 1
    if judged and not unread and len({*standings} - {""}) > 1:
        yield Kind.BALLOT, standings, ""


def _marks_apart(held: Sequence[Leaf]) -> list[int]:
    """The places on the list, from 0, where marks that were read are not the same."""
    columns = zip(*(leaf.marks for leaf in held), strict=True)
    return [place for place, marks in enumerate(columns) if len(set(marks) - {None}) > 1]


def _mark(leaf: Leaf | None, place: int) -> str:
    if leaf is None:
        return ""
    mark = leaf.marks[place]
    return NOT_READ if mark is None else mark.value


def _standing(leaf: Leaf | None) -> str:
    if leaf is None:
        return ""
    if leaf.standing is None:
        return NOT_READ
    return " ".join((leaf.standing.value, *leaf.grounds))


def _seen(leaf: Leaf) -> frozenset[InvalidGround]:
    return frozenset(leaf.grounds).intersection(OBSERVED_GROUNDS)


def majority_of(values: Sequence[Said | None]) -> Said | None:
    """What two of three passes say; None where there is no such thing. A doubt or a gap is nobody's word."""
    if len(values) < 3:
        return None
    # Two readers that both doubt have not agreed on anything.
    said = Counter(value for value in values if value not in {None, "", NOT_READ, Mark.DOUBTFUL.value})
    word, times = said.most_common(1)[0] if said else (None, 0)
    return word if times == 2 else None


def open_in_all(papers: Sequence[Paper]) -> int:
    """Places that no pass has settled and all show alike: doubtful marks, undecided ballots, sheets not read."""
    still = 0
    for paper in papers:
        held = [leaf for leaf in paper if leaf is not None]
        if all(leaf.unread for leaf in held):
            still += 1
            continue
        doubtful = [{leaf.marks[place] for leaf in held} for place in range(len(held[0].marks))]
        marks = doubtful.count({Mark.DOUBTFUL})
        waits = all(leaf.standing == "undecided" for leaf in held)
        still += marks or waits
    return still


def votes_of(passes: Sequence[Pass]) -> tuple[FigureLine, ...]:
    """The votes of every candidate side by side, in ballot order."""
    ids = [candidate.id for candidate in passes[0].grounds.contest.candidates]
    return tuple(_line(one, [each.totals.votes[one] for each in passes]) for one in ids)


def figures_of(passes: Sequence[Pass]) -> tuple[FigureLine, ...]:
    """The other figures side by side: ballots in the pile, those of the board, the base that the result rests on."""
    own = [(each.grounds.worksheet.base if each.folder and each.grounds.worksheet else None) for each in passes]
    return (
        _line(BALLOTS, [each.totals.ballots for each in passes]),
        *(_line(figure.value, [each.totals.figure(figure) for each in passes]) for figure in Figure),
        _line(BASE, own),
    )


def _line(name: str, figures: Sequence[int | None]) -> FigureLine:
    return FigureLine(name, tuple(figures), majority_of(figures))


def outcomes_of(passes: Sequence[Pass]) -> tuple[OutcomeLine, ...]:
    """Who would come out differently by these votes, in ballot order; who is named here is not thereby elected."""
    lines = (
        OutcomeLine(candidate.id, tuple(each.totals.come.by_candidate[candidate.id].value for each in passes))
        for candidate in passes[0].grounds.contest.candidates
    )
    return tuple(line for line in lines if len(set(line.outcomes)) > 1)
