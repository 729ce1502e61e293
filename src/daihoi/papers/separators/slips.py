"""Which slips there are for one contest: a slip for each batch, keyed as the ballots are."""

from __future__ import annotations

from dataclasses import dataclass

from daihoi.papers.errors import BadBatchesError
from daihoi.sheet.slip import MOST_BALLOTS, MOST_BATCHES, Slip
from daihoi.sheet.terms import Identity


@dataclass(frozen=True)
class Batches:
    """How the ballots were put up: `number` batches of `size` ballots each, `last` in the last one (None: `size`)."""

    number: int
    size: int
    last: int | None = None


def slips_of(identity: Identity, batches: Batches) -> tuple[Slip, ...]:
    """The slips in the order of the batches; `identity` of any page of the ballots. Raises BadBatchesError."""
    last = batches.size if batches.last is None else batches.last
    sizes = [batches.size] * (batches.number - 1) + [last]
    if not 1 <= batches.number <= MOST_BATCHES or not all(1 <= size <= MOST_BALLOTS for size in (batches.size, last)):
        raise BadBatchesError(
            batches=batches.number, size=batches.size, last=last, most_batches=MOST_BATCHES, most_ballots=MOST_BALLOTS
        )
    return tuple(
        Slip(
            congress=identity.congress,
            contest=identity.contest,
            round=identity.round,
            batch=number,
            batches=batches.number,
            ballots=size,
            rehearsal=identity.rehearsal,
        )
        for number, size in enumerate(sizes, start=1)
    )
