"""Which ballots a hand sample looks at, drawn by a public seed so that anybody can draw them again.

The method is that of the samplers of Ronald Rivest and Philip Stark for audits of elections: for draw 1, 2, 3, ...
take SHA-256 of the text `<seed>,<number of the draw>` in UTF-8, read its 64 hexadecimal digits as one number, and take
the remainder of its division by the number of ballots, plus 1: that is the place of the ballot. A place that was drawn
before is passed over and the next number drawn. `printf '%s' '31415926,1' | sha256sum` gives the first digest of the
seed 31415926. The seed is thrown with dice before everybody after the count stands and before anything is drawn: who
knew it earlier would know which ballots nobody looks at.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import comb

from daihoi.counts.batches import Position
from daihoi.counts.errors import SampleImpossible
from daihoi.counts.judging import Judged
from daihoi.counts.outputs import Derived
from daihoi.rules.terms import Mark

MOST = 1_000_000
"""Ballots of one contest; beyond it somebody typed a wrong figure."""
MOST_SAMPLES = 100
"""Samples of one count, those that were set aside among them; a verifier follows no more of them."""


@dataclass(frozen=True)
class Drawn:
    """One draw: its number from 1, the digest it rests on, and the place of the ballot, from 1."""

    draw: int
    digest: str
    place: int


@dataclass(frozen=True)
class SampleBallot:
    """A ballot that was drawn: its name in the count, where its paper lies, and its marks that count."""

    drawn: Drawn
    ballot: str
    position: Position
    file: str
    marks: Mapping[str, Mark]


@dataclass(frozen=True)
class SampleDifference:
    """A mark that the hand reads otherwise than the count has it; None where one of the two has none."""

    ballot: str
    candidate: str
    counted: Mark | None
    by_hand: Mark | None


def seed_of(text: str) -> str:
    """A seed as it is hashed: NFC, blanks at the ends cut off, several between words made one."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def hand_sample(seed: str, ballots: int, size: int) -> tuple[Drawn, ...]:
    """`size` different places of 1 to `ballots`, in the order in which they are drawn. Raises SampleImpossible.

    A larger sample of the same seed begins with the smaller one.
    """
    text = seed_of(seed)
    if not text or not 0 < size <= ballots <= MOST:
        raise SampleImpossible(seed=text, ballots=ballots, size=size)
    drawn: dict[int, Drawn] = {}
    for one in _draws(text, ballots):
        drawn.setdefault(one.place, one)
        if len(drawn) == size:
            break
    return tuple(drawn.values())


def _draws(seed: str, ballots: int) -> Iterator[Drawn]:
    draw = 0
    while True:
        draw += 1
        digest = hashlib.sha256(f"{seed},{draw}".encode()).hexdigest()
        # Of 256 bits the remainder favours no place by more than one in 10^70.
        yield Drawn(draw, digest, int(digest, 16) % ballots + 1)


def shown_wrong(ballots: int, size: int, *, one_in: int = 20) -> int:
    """The fewest wrong ballots of which a sample of this size hits at least one in all but one of `one_in` draws.

    In integers: the sample misses all of k wrong ballots in C(ballots - k, size) of C(ballots, size) draws. A sample
    in which nothing differs bounds the wrong ballots below this number, at that chance; of fewer it proves little.
    Raises SampleImpossible.
    """
    if not 0 < size <= ballots <= MOST:
        raise SampleImpossible(seed="", ballots=ballots, size=size)
    low = high = 1
    # From below: the number is small where the sample is large, and the binomials stay short.
    while not _is_enough(ballots, size, high, one_in):
        low, high = high + 1, min(2 * high, ballots - size + 1)
    while low < high:
        middle = (low + high) // 2
        if _is_enough(ballots, size, middle, one_in):
            high = middle
        else:
            low = middle + 1
    return low


def _is_enough(ballots: int, size: int, wrong: int, one_in: int) -> bool:
    # C(n - k, s) / C(n, s) is C(n - s, k) / C(n, k): the way with fewer factors.
    few, many = min(wrong, size), max(wrong, size)
    return one_in * comb(ballots - many, few) <= comb(ballots, few)


def sampled(derived: Derived, drawn: Sequence[Drawn]) -> tuple[SampleBallot, ...]:
    """The ballots at these places: place k is line k of ballots.jsonl. Raises SampleImpossible beyond its end."""
    counted = [one for one in derived.judged if one.classified is not None]
    if any(one.place > len(counted) for one in drawn):
        raise SampleImpossible(seed="", ballots=len(counted), size=len(drawn))
    return tuple(_ballot(one, counted[one.place - 1], derived) for one in drawn)


def _ballot(drawn: Drawn, judged: Judged, derived: Derived) -> SampleBallot:
    assembled = judged.assembled
    position = derived.piles.positions[judged.ballot]
    return SampleBallot(drawn, judged.ballot, position, assembled.sheet.pages[0].file, assembled.marks)


def sample_differences(
    sample: Sequence[SampleBallot], by_hand: Mapping[str, Mapping[str, Mark]]
) -> tuple[SampleDifference, ...]:
    """What people read otherwise on the ballots that they have looked at; `by_hand` marks by ballot and candidate."""
    return tuple(
        SampleDifference(one.ballot, candidate, one.marks.get(candidate), by_hand[one.ballot].get(candidate))
        for one in sample
        if one.ballot in by_hand
        for candidate in dict.fromkeys((*one.marks, *by_hand[one.ballot]))
        if one.marks.get(candidate) is not by_hand[one.ballot].get(candidate)
    )
