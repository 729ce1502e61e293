"""What voters want and what they do with the pen: a plausible hall, with its mistakes at their rates.

The votes of a ballot follow from (seed, ballot number) and the list alone, never from pen, paper or scanner: the same
hall can be scanned on three scanners.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from daihoi.rules.terms import InvalidGround, Mark
from daihoi.sheet.terms import SheetForm
from daihoi.simulation.terms import Defect, Kind, Vote

STRIKES: Mapping[Kind, float] = {
    Kind.STRIKE_STRAIGHT: 40,
    Kind.STRIKE_SLANTED: 12,
    Kind.STRIKE_STEEP: 3,
    Kind.STRIKE_BOWED: 6,
    Kind.STRIKE_WAVY: 8,
    Kind.STRIKE_ZIGZAG: 3,
    Kind.STRIKE_DOUBLE: 4,
    Kind.STRIKE_BACK_AND_FORTH: 3,
    Kind.STRIKE_FROM_NUMBER: 6,
    Kind.STRIKE_OVERRUN: 6,
    Kind.STRIKE_TWO_STROKES: 3,
    Kind.STRIKE_LOOPED: 1.5,
    Kind.STRIKE_SCRIBBLE: 2,
    Kind.STRIKE_CROSS: 0.7,
}
CROSSES: Mapping[Kind, float] = {
    Kind.CROSS: 60,
    Kind.CROSS_SMALL: 6,
    Kind.CROSS_LARGE: 6,
    Kind.CROSS_OFF_CENTRE: 5,
    Kind.CROSS_CURLED: 5,
    Kind.TICK: 8,
    Kind.TICK_LARGE: 2,
    Kind.SLASH: 2,
    Kind.BACKSLASH: 1,
    Kind.FILLED: 1.5,
    Kind.HATCHED: 1.5,
    Kind.PLUS: 2,
}
KEPT_MISTAKES = (
    Kind.UNDERLINE,
    Kind.OVERLINE,
    Kind.CIRCLED,
    Kind.TICK_BESIDE,
    Kind.TICK_ON_NAME,
    Kind.ERASED_STRIKE,
    Kind.CORRECTED_STRIKE,
    Kind.PEN_REST,
)
"""Made by one who votes FOR the person (or so it seems)."""
STRUCK_MISTAKES = (
    Kind.PARTIAL_FAMILY,
    Kind.PARTIAL_GIVEN,
    Kind.PARTIAL_MIDDLE,
    Kind.STRIKE_LOW,
    Kind.FAINT_STRIKE,
    Kind.DROOPING,
    Kind.SEVERAL_ROWS,
)
BOX_MISTAKES = (
    Kind.BOX_CIRCLED,
    Kind.BESIDE_BOX,
    Kind.SMALL_INK,
    Kind.ERASED_BOX,
    Kind.FAINT_BOX,
    Kind.SCRIBBLED_OUT,
    Kind.TAIL_IN_NEXT_ROW,
    Kind.NAME_STRUCK,
)
TOUCHES = {Kind.DROOPING: Kind.TOUCHED_BY_DROOP, Kind.TAIL_IN_NEXT_ROW: Kind.TOUCHED_BY_TAIL}
"""What a mark does to the row below it."""


@dataclass(frozen=True)
class Habits:
    """How a hall votes: shares of ballots (`mistakes`, `defects`, `unissued`) and of clean rows (`specks`)."""

    mistakes: float = 0.10
    defects: float = 0.008
    unissued: float = 0.0
    specks: float = 0.004
    strikes: Mapping[Kind, float] = field(default_factory=lambda: STRIKES)
    crosses: Mapping[Kind, float] = field(default_factory=lambda: CROSSES)


@dataclass(frozen=True)
class Paper:
    """What a voter has before him: the form, the candidates in order, who stands right below whom, the seats."""

    form: SheetForm
    candidates: tuple[str, ...]
    below: Mapping[str, str]
    seats: int


def appeal(paper: Paper, seed: int) -> dict[str, float]:
    """For each candidate the share of the hall that likes the person; the same for every ballot of a simulation."""
    rng = np.random.default_rng([seed, 0])
    # Most people on a prepared list are liked by most; a few are not.
    liked = np.clip(rng.beta(5, 1.6, len(paper.candidates)), 0.08, 0.98)
    return dict(zip(paper.candidates, liked.tolist(), strict=True))


def _drawn(weights: Mapping[Kind, float], rng: np.random.Generator) -> Kind:
    kinds = list(weights)
    share = np.array([weights[kind] for kind in kinds])
    return kinds[int(rng.choice(len(kinds), p=share / share.sum()))]


def _how_many_struck(paper: Paper, rng: np.random.Generator) -> int:
    """Mostly just as many as must be struck, often some more, rarely too few, none or all."""
    count = len(paper.candidates)
    must, chance = count - paper.seats, rng.random()
    if chance < 0.64:
        return must
    if chance < 0.95:
        return min(count - 1, must + int(rng.geometric(0.4)))
    if chance < 0.985:
        return max(0, must - int(rng.geometric(0.6)))
    return 0 if chance < 0.996 else count


def _strike_vote(paper: Paper, liked: Mapping[str, float], rng: np.random.Generator) -> dict[str, Mark]:
    count = len(paper.candidates)
    # Even the best liked is struck by somebody.
    dislike = np.array([1.02 - liked[name] for name in paper.candidates])
    gone = rng.choice(count, size=_how_many_struck(paper, rng), replace=False, p=dislike / dislike.sum())
    struck = {paper.candidates[int(k)] for k in gone}
    return {name: Mark.STRUCK if name in struck else Mark.KEPT for name in paper.candidates}


def _agree_vote(paper: Paper, liked: Mapping[str, float], rng: np.random.Generator) -> dict[str, Mark]:
    # A blank ballot: the voter put it into the box as it was.
    if rng.random() < 0.006:
        return dict.fromkeys(paper.candidates, Mark.NONE)
    # Somewhat more than half of a hall agrees to the whole list without looking twice.
    contented = rng.random() < 0.55
    marks = {}
    for name in paper.candidates:
        against = 0.01 if contented else 0.55 * (1 - liked[name])
        chance = rng.random()
        if chance < 0.006:
            marks[name] = Mark.NONE
        elif chance < 0.009:
            marks[name] = Mark.BOTH
        else:
            marks[name] = Mark.DISAGREE if rng.random() < against else Mark.AGREE
    return marks


def vote(paper: Paper, seed: int, number: int, habits: Habits) -> Vote:
    """The ballot of voter `number`: what is meant and what is drawn."""
    rng = np.random.default_rng([seed, number, 1])
    liked = appeal(paper, seed)
    striking = paper.form is SheetForm.STRIKE_OUT
    marks = _strike_vote(paper, liked, rng) if striking else _agree_vote(paper, liked, rng)
    kinds = _kinds(marks, habits.strikes if striking else habits.crosses, habits.specks, rng)
    doubt: set[str] = set()
    if rng.random() < habits.mistakes:
        for _ in range(int(rng.integers(1, 3))):
            doubt |= _mistake(paper, marks, kinds, doubt, rng)
    defect = list(Defect)[int(rng.integers(0, 3))] if rng.random() < habits.defects else None
    return Vote(marks, kinds, frozenset(doubt), defect, bool(rng.random() >= habits.unissued))


def _kinds(
    marks: Mapping[str, Mark], weights: Mapping[Kind, float], specks: float, rng: np.random.Generator
) -> dict[str, Kind]:
    """How each mark is drawn: most voters keep to one way, and now and then do it another way."""
    # The hand has one habit; what differs from it makes the mixture that readers stumble over.
    own = _drawn(weights, rng)
    kinds = {}
    for name, mark in marks.items():
        if mark in (Mark.KEPT, Mark.NONE):
            kinds[name] = Kind.SPECK if rng.random() < specks else Kind.UNTOUCHED
        elif mark is Mark.BOTH:
            kinds[name] = Kind.BOTH_BOXES
        else:
            kinds[name] = own if rng.random() < 0.7 else _drawn(weights, rng)
    return kinds


def _mistake(
    paper: Paper, marks: dict[str, Mark], kinds: dict[str, Kind], taken: set[str], rng: np.random.Generator
) -> set[str]:
    """Turn one candidate's mark into a mistake, in place; the candidates that become doubtful, perhaps none."""
    # One mistake a candidate: two on top of each other have no name.
    free = [name for name in paper.candidates if name not in taken]
    if not free:
        return set()
    name = free[int(rng.integers(0, len(free)))]
    if paper.form is SheetForm.AGREE_DISAGREE:
        return _box_mistake(paper, name, marks, kinds, taken, rng)
    kept = rng.random() < 0.5
    wrong = KEPT_MISTAKES if kept else STRUCK_MISTAKES
    kind = wrong[int(rng.integers(0, len(wrong)))]
    if kind is Kind.SEVERAL_ROWS:
        return _several_rows(paper, name, marks, kinds, taken, rng)
    # The mark's meaning is the voter's own; which of two meanings it has is what nobody else can tell.
    meant = Mark.KEPT if kept else Mark.STRUCK
    return _set_with_touched(paper, name, (kind, meant), marks, kinds, taken)


def _set_with_touched(
    paper: Paper,
    name: str,
    drawn: tuple[Kind, Mark],
    marks: dict[str, Mark],
    kinds: dict[str, Kind],
    taken: set[str],
) -> set[str]:
    """Set kind and meaning of one candidate, and of the row below where the mark reaches it; nothing if it cannot."""
    kind = drawn[0]
    if kind not in TOUCHES:
        kinds[name], marks[name] = drawn
        return {name}
    below = paper.below.get(name)
    if below is None or below in taken:
        return set()
    kinds[name], marks[name] = drawn
    kinds[below] = TOUCHES[kind]
    marks[below] = Mark.KEPT if paper.form is SheetForm.STRIKE_OUT else Mark.NONE
    return {name, below}


def _several_rows(
    paper: Paper,
    name: str,
    marks: dict[str, Mark],
    kinds: dict[str, Kind],
    taken: set[str],
    rng: np.random.Generator,
) -> set[str]:
    """One line down through two to four names."""
    chain = [name]
    # A line through names stops at a name that already bears another mistake: each mark has one label.
    while len(chain) < int(rng.integers(2, 5)) and paper.below.get(chain[-1], chain[-1]) not in {*taken, *chain}:
        chain.append(paper.below[chain[-1]])
    if len(chain) < 2:
        return set()
    for each in chain:
        marks[each], kinds[each] = Mark.STRUCK, Kind.SEVERAL_ROWS
    return set(chain)


def _box_mistake(
    paper: Paper,
    name: str,
    marks: dict[str, Mark],
    kinds: dict[str, Kind],
    taken: set[str],
    rng: np.random.Generator,
) -> set[str]:
    kind = BOX_MISTAKES[int(rng.integers(0, len(BOX_MISTAKES)))]
    meant = Mark.AGREE if rng.random() < 0.7 else Mark.DISAGREE
    if kind in (Kind.ERASED_BOX, Kind.SMALL_INK):
        meant = Mark.NONE
    elif kind is Kind.NAME_STRUCK:
        meant = Mark.DISAGREE
    return _set_with_touched(paper, name, (kind, meant), marks, kinds, taken)


def grounds(paper: Paper, one: Vote) -> tuple[InvalidGround, ...]:
    """Why this ballot should not count if its marks are taken as they were meant; empty for a valid one."""
    found = [] if one.issued else [InvalidGround.NOT_ISSUED]
    if one.defect in (Defect.SIGNED, Defect.EXTRA_TEXT):
        found.append(InvalidGround.SIGNED_OR_EXTRA_TEXT)
    if one.defect is Defect.OUTSIDE_NAME:
        found.append(InvalidGround.OUTSIDE_NAME)
    return (*found, *_by_marks(paper, list(one.marks.values())))


def _by_marks(paper: Paper, marks: Sequence[Mark]) -> tuple[InvalidGround, ...]:
    if paper.form is SheetForm.STRIKE_OUT:
        kept = sum(mark is Mark.KEPT for mark in marks)
        if kept > paper.seats:
            return (InvalidGround.OVER_VOTE,)
        return (InvalidGround.VOTES_NOBODY,) if kept == 0 else ()
    if len(marks) == 1 and marks[0] is Mark.BOTH:
        return (InvalidGround.SINGLE_BOTH,)
    return (InvalidGround.SINGLE_NONE,) if len(marks) == 1 and marks[0] is Mark.NONE else ()
