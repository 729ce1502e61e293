"""Leaves of a pass from letters: k kept, s struck, ? doubtful, . not read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from daihoi.counts.comparing.differences import differences_of, papers_of
from daihoi.counts.comparing.terms import Difference, Leaf, Paper
from daihoi.rules.terms import InvalidGround, Mark, Standing

LETTERS = {"k": Mark.KEPT, "s": Mark.STRUCK, "?": Mark.DOUBTFUL, ".": None}


class Pile:
    """What `papers_of` asks of a pass."""

    def __init__(self, leaves: Iterable[Leaf]) -> None:
        self.leaves = tuple(leaves)


def leaf(
    marks: str, place: int = 1, *, standing: Standing | None = Standing.VALID, grounds: tuple[InvalidGround, ...] = ()
) -> Leaf:
    """One leaf; with nothing read it is one whose page was refused."""
    read = standing if set(marks) - {"."} else None
    return Leaf(f"b{place:04d}", place, tuple(LETTERS[letter] for letter in marks), read, grounds)


def pile(words: Iterable[str]) -> list[Leaf]:
    """Leaves in this order."""
    return [leaf(word, place) for place, word in enumerate(words, 1)]


def found_in(*piles: Sequence[Leaf]) -> tuple[tuple[Paper, ...], tuple[Difference, ...]]:
    """The papers and the differences of two or three piles; candidates are called 0, 1, 2, ..."""
    names = max((len(one.marks) for each in piles for one in each), default=0)
    papers, _ = papers_of([Pile(each) for each in piles])  # type: ignore[list-item]
    return papers, differences_of(papers, [str(place) for place in range(names)])


def told(*piles: Sequence[Leaf]) -> list[tuple[str, str, tuple[str, ...]]]:
    """Kind, candidate and values of every difference."""
    return [(one.kind.value, one.candidate, one.values) for one in found_in(*piles)[1]]
