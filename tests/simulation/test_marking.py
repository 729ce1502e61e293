"""A vote becomes ink at the right places, and what is written beside the list keeps clear of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest

from daihoi.rules.terms import Mark
from daihoi.sheet.terms import Rect, SheetForm, TargetKind, Text
from daihoi.simulation.marking import free_places, mark_page, name_beside, overlap, paper_of, room_for, write_beside
from daihoi.simulation.pens import PENS
from daihoi.simulation.terms import Defect, Kind, Pixels, Vote

from .ballots import DPI, Ballot, part, target_of

GEL = PENS[4]


def vote_of(ballot: Ballot, kinds: dict[str, Kind], marks: dict[str, Mark] | None = None) -> Vote:
    names = paper_of(ballot.plan, ballot.seats).candidates
    untouched = Mark.KEPT if ballot.plan.form is SheetForm.STRIKE_OUT else Mark.NONE
    return Vote(
        {name: (marks or {}).get(name, untouched) for name in names},
        {name: kinds.get(name, Kind.UNTOUCHED) for name in names},
    )


def marked(ballot: Ballot, kinds: dict[str, Kind], marks: dict[str, Mark] | None = None, side: int = 0) -> Pixels:
    page = ballot.rasters[side].copy()
    one = vote_of(ballot, kinds, marks)
    mark_page(page, DPI, ballot.plan.pages[side], ballot.plan.form, one, GEL, np.random.default_rng(1))
    return page


def new_ink(ballot: Ballot, page: Pixels, rect: Rect, side: int = 0) -> int:
    """How many pixels of a rectangle became clearly darker."""
    change = part(ballot.rasters[side], rect).astype(int) - part(page, rect)
    return int((change > 40).sum())


def test_paper_lists_candidates_in_ballot_order(strike: Ballot, two_sided: Ballot) -> None:
    assert paper_of(strike.plan, 12).candidates == tuple(f"c{k:02d}" for k in range(1, 21))
    assert len(paper_of(two_sided.plan, 50).candidates) == 70


@pytest.mark.parametrize("name", ["strike", "agree", "two_sided"])
def test_below_is_the_next_row_of_the_same_block_and_page(name: str, request: pytest.FixtureRequest) -> None:
    ballot: Ballot = request.getfixturevalue(name)
    desk = paper_of(ballot.plan, ballot.seats)
    kind = TargetKind.NAME if ballot.plan.form is SheetForm.STRIKE_OUT else TargetKind.AGREE
    for upper, lower in desk.below.items():
        a, b = target_of(ballot.plan, upper, kind), target_of(ballot.plan, lower, kind)
        assert b.row.y == pytest.approx(a.row.bottom, abs=1.0)
        assert b.row.x == pytest.approx(a.row.x, abs=2.0)
    blocks = sum(len({target.row.x for target in page.targets}) for page in ballot.plan.pages)
    assert len(desk.below) == len(desk.candidates) - blocks


def test_untouched_page_is_as_printed(strike: Ballot) -> None:
    assert np.array_equal(marked(strike, {}), strike.rasters[0])


def test_strike_is_on_its_name_and_on_no_other(strike: Ballot) -> None:
    page = marked(strike, {"c03": Kind.STRIKE_STRAIGHT})
    for target in strike.plan.pages[0].targets:
        ink = new_ink(strike, page, target.box)
        assert (ink > 150) if target.candidate == "c03" else (ink == 0)


def test_each_side_bears_its_own_marks(two_sided: Ballot) -> None:
    last = two_sided.plan.pages[1].targets[-1]
    kinds = {last.candidate: Kind.STRIKE_STRAIGHT}
    assert np.array_equal(marked(two_sided, kinds, side=0), two_sided.rasters[0])
    assert new_ink(two_sided, marked(two_sided, kinds, side=1), last.box, side=1) > 150


@pytest.mark.parametrize(
    ("mark", "kind", "inked"),
    [
        (Mark.AGREE, Kind.CROSS, {TargetKind.AGREE}),
        (Mark.DISAGREE, Kind.TICK, {TargetKind.DISAGREE}),
        (Mark.BOTH, Kind.BOTH_BOXES, {TargetKind.AGREE, TargetKind.DISAGREE}),
        (Mark.AGREE, Kind.SCRIBBLED_OUT, {TargetKind.AGREE, TargetKind.DISAGREE}),
        (Mark.NONE, Kind.UNTOUCHED, set()),
        (Mark.DISAGREE, Kind.NAME_STRUCK, set()),
    ],
)
def test_mark_is_in_the_square_that_it_means(agree: Ballot, mark: Mark, kind: Kind, inked: set[TargetKind]) -> None:
    page = marked(agree, {"c05": kind}, {"c05": mark})
    found = {target.kind for target in agree.plan.pages[0].targets if new_ink(agree, page, target.box) > 25}
    assert found == inked


def test_scribbled_out_square_has_more_ink_than_the_one_meant(agree: Ballot) -> None:
    page = marked(agree, {"c05": Kind.SCRIBBLED_OUT}, {"c05": Mark.AGREE})
    meant, gone = (target_of(agree.plan, "c05", kind).box for kind in (TargetKind.AGREE, TargetKind.DISAGREE))
    assert new_ink(agree, page, gone) > 1.5 * new_ink(agree, page, meant)


def test_struck_name_on_agree_form_lies_on_the_name(agree: Ballot) -> None:
    target = target_of(agree.plan, "c05", TargetKind.AGREE)
    name = name_beside(agree.plan.pages[0], target)
    assert target.row.x < name.x < name.right < target.box.x
    assert part(agree.rasters[0], name).min() < 60
    page = marked(agree, {"c05": Kind.NAME_STRUCK}, {"c05": Mark.DISAGREE})
    assert new_ink(agree, page, name) > 100


def test_name_beside_is_never_that_of_another_block(agree: Ballot) -> None:
    page = agree.plan.pages[0]
    target = target_of(agree.plan, "c05", TargetKind.AGREE)
    own = next(one for one in page.drawn if isinstance(one, Text) and target.box.y < one.baseline < target.box.bottom)
    other = replace(own, x=target.row.x - 1, text="A name longer than any other on this page")
    assert name_beside(replace(page, drawn=(*page.drawn, other)), target) == name_beside(page, target)


def test_name_beside_guesses_where_nothing_is_printed(agree: Ballot) -> None:
    target = target_of(agree.plan, "c05", TargetKind.AGREE)
    bare = replace(agree.plan.pages[0], drawn=())
    assert name_beside(bare, target).right < target.box.x


def test_line_through_several_rows_touches_each_of_them(strike: Ballot) -> None:
    kinds = dict.fromkeys(("c02", "c03", "c04"), Kind.SEVERAL_ROWS)
    page = marked(strike, kinds)
    touched = [t.candidate for t in strike.plan.pages[0].targets if new_ink(strike, page, t.row) > 20]
    assert touched == ["c02", "c03", "c04"]


def test_two_runs_of_rows_get_a_line_each(strike: Ballot) -> None:
    kinds = dict.fromkeys(("c02", "c03", "c06", "c07"), Kind.SEVERAL_ROWS)
    page = marked(strike, kinds)
    touched = {t.candidate for t in strike.plan.pages[0].targets if new_ink(strike, page, t.row) > 20}
    assert touched == {"c02", "c03", "c06", "c07"}


def test_drooping_strike_reaches_the_next_name(strike: Ballot) -> None:
    page = marked(strike, {"c05": Kind.DROOPING, "c06": Kind.TOUCHED_BY_DROOP})
    ink = Counter({t.candidate: new_ink(strike, page, t.box) for t in strike.plan.pages[0].targets})
    assert ink["c05"] > 100
    assert ink["c06"] > 10
    assert sum(ink.values()) == ink["c05"] + ink["c06"]


@pytest.mark.parametrize("name", ["strike", "agree", "two_sided"])
@pytest.mark.parametrize("defect", Defect)
def test_writing_keeps_clear_of_targets_codes_and_corners(
    name: str, defect: Defect, request: pytest.FixtureRequest
) -> None:
    ballot: Ballot = request.getfixturevalue(name)
    plan = ballot.plan.pages[0]
    kept = [t.row for t in plan.targets] + [*plan.corners, *(code.rect for code in plan.codes), ballot.plan.stamp]
    for seed in range(5):
        rng = np.random.default_rng(seed)
        spot = room_for(ballot.plan, defect, rng)
        if spot is None:
            continue
        page = ballot.rasters[0].copy()
        write_beside(page, DPI, defect, spot, GEL, rng)
        assert new_ink(ballot, page, Rect(spot.x - 4, spot.y - 4, spot.w + 8, spot.h + 8)) > 150
        assert all(new_ink(ballot, page, rect) == 0 for rect in kept)


def test_there_is_room_on_every_ordinary_ballot(strike: Ballot, agree: Ballot) -> None:
    for ballot in (strike, agree):
        assert all(room_for(ballot.plan, defect, np.random.default_rng(1)) for defect in Defect)


@pytest.mark.parametrize("seed", range(3))
def test_free_places_are_those_that_overlap_nothing(seed: int) -> None:
    rng = np.random.default_rng(seed)
    taken = [Rect(*rng.uniform(0, 200, 2).tolist(), *rng.uniform(1, 60, 2).tolist()) for _ in range(12)]
    found = free_places(taken, 32.0, 12.0, 2.5)
    assert found
    assert not any(overlap(spot, one, 2.5) for spot in found for one in taken)
    every = free_places([], 32.0, 12.0, 2.5)
    assert [spot for spot in every if not any(overlap(spot, one, 2.5) for one in taken)] == found


def test_no_defect_needs_no_room(strike: Ballot) -> None:
    assert room_for(strike.plan, None, np.random.default_rng(1)) is None


def test_full_page_has_no_room(strike: Ballot) -> None:
    page = strike.plan.pages[0]
    crowded = replace(page, targets=(replace(page.targets[0], row=Rect(0, 0, 210, 297)),))
    plan = replace(strike.plan, pages=(crowded,))
    assert room_for(plan, Defect.SIGNED, np.random.default_rng(1)) is None


@pytest.mark.parametrize(
    ("other", "gap", "expected"),
    [
        (Rect(5, 5, 10, 10), 0.0, True),
        (Rect(11, 0, 5, 5), 0.0, False),
        (Rect(11, 0, 5, 5), 2.0, True),
        (Rect(0, 10.5, 5, 5), 0.0, False),
    ],
)
def test_overlap_counts_the_gap(other: Rect, gap: float, expected: bool) -> None:
    assert overlap(Rect(0, 0, 10, 10), other, gap) is expected
    assert overlap(other, Rect(0, 0, 10, 10), gap) is expected
