"""Laws that hold for every seed, every ballot number and every hand."""

from __future__ import annotations

from itertools import pairwise

import cv2
import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from daihoi.rules.terms import InvalidGround, Mark
from daihoi.sheet.terms import Rect, SheetForm, Target, TargetKind
from daihoi.simulation import scanners, squares, strikes, strokes
from daihoi.simulation.encode import png
from daihoi.simulation.pens import PENS, draw, lay, pick_pen
from daihoi.simulation.scanners import SCANNERS
from daihoi.simulation.strikes import Place
from daihoi.simulation.terms import Kind, SimulatedPage
from daihoi.simulation.voters import CROSSES, STRIKES, Habits, Paper, grounds, vote

SEEDS = st.integers(0, 2**64 - 1)
NUMBERS = st.integers(1, 100_000)
RATES = st.floats(0, 1)


@st.composite
def papers(draw_: st.DrawFn) -> Paper:
    count = draw_(st.integers(1, 40))
    names = tuple(f"c{k:02d}" for k in range(1, count + 1))
    below = dict(pairwise(names))
    if count > 1 and draw_(st.booleans()):
        return Paper(SheetForm.STRIKE_OUT, names, below, draw_(st.integers(1, count - 1)))
    return Paper(SheetForm.AGREE_DISAGREE, names, below, count)


@st.composite
def places(draw_: st.DrawFn) -> Place:
    x, y = draw_(st.floats(20, 60)), draw_(st.floats(60, 250))
    widths = draw_(st.lists(st.floats(3, 15), min_size=1, max_size=5))
    words, at = [], x
    for width in widths:
        words.append((at, at + width))
        at += width + 1.2
    box = Rect(x, y, words[-1][1] - x, 5.45)
    row = Rect(x - 14, y - 1.6, max(box.w + 20, 87.0), 8.75)
    under = Target("b", TargetKind.NAME, Rect(x, y + 8.75, 30, 5.45), Rect(row.x, row.bottom, row.w, 8.75))
    return Place(Target("a", TargetKind.NAME, box, row, tuple(words)), under, draw_(st.sampled_from(PENS)))


@given(papers(), SEEDS, NUMBERS, RATES)
def test_every_vote_marks_every_candidate_once_in_order(paper: Paper, seed: int, number: int, rate: float) -> None:
    one = vote(paper, seed, number, Habits(rate, rate, rate, rate))
    assert tuple(one.marks) == paper.candidates
    assert tuple(one.kinds) == paper.candidates
    assert one.doubt <= set(paper.candidates)
    assert Mark.DOUBTFUL not in one.marks.values()


@given(papers(), SEEDS, NUMBERS)
def test_what_is_not_doubtful_is_drawn_as_it_is_meant(paper: Paper, seed: int, number: int) -> None:
    one = vote(paper, seed, number, Habits(mistakes=1.0))
    for name in set(paper.candidates) - one.doubt:
        kind, mark = one.kinds[name], one.marks[name]
        drawn = kind in STRIKES or kind in CROSSES or kind is Kind.BOTH_BOXES
        assert drawn == (mark not in (Mark.KEPT, Mark.NONE))


@given(papers(), SEEDS, NUMBERS)
def test_grounds_follow_from_the_marks_by_arithmetic(paper: Paper, seed: int, number: int) -> None:
    one = vote(paper, seed, number, Habits(defects=0.0))
    kept = list(one.marks.values()).count(Mark.KEPT)
    found = grounds(paper, one)
    if paper.form is SheetForm.STRIKE_OUT:
        assert (InvalidGround.OVER_VOTE in found) == (kept > paper.seats)
        assert (InvalidGround.VOTES_NOBODY in found) == (kept == 0)
    elif len(paper.candidates) > 1:
        assert found == ()


@given(places(), st.sampled_from(sorted(strikes.CLEAN)), SEEDS)
def test_clean_strike_passes_through_first_and_last_word(place: Place, kind: Kind, seed: int) -> None:
    # Two syllables are 12 mm at the least; a pen that goes back and forth turns before the end of a shorter line.
    assume(place.words[-1][1] - place.words[0][0] >= 12)
    inks = strikes.CLEAN[kind](place, np.random.default_rng(seed))
    path = np.concatenate([stroke.points for ink in inks for stroke in ink.strokes])
    first, last = place.words[0], place.words[-1]
    assert path[:, 0].min() < first[0] + 0.5 * (first[1] - first[0])
    assert path[:, 0].max() > last[1] - 0.5 * (last[1] - last[0])
    assert place.row.y - 0.5 < path[:, 1].min() < path[:, 1].max() < place.row.bottom + 0.5


@given(places(), st.sampled_from(sorted({**strikes.MISTAKES, **strikes.CLEAN})), SEEDS)
def test_every_mark_has_finite_points_widths_and_pressures(place: Place, kind: Kind, seed: int) -> None:
    for ink in {**strikes.MISTAKES, **strikes.CLEAN}[kind](place, np.random.default_rng(seed)):
        for one in ink.strokes:
            assert len(one.points) == len(one.width) == len(one.pressure) >= 1
            assert np.isfinite(one.points).all()
            assert (one.width > 0).all()
            assert ((one.pressure > 0) & (one.pressure <= 1)).all()


@given(st.sampled_from(sorted(squares.CLEAN)), SEEDS, st.floats(20, 180), st.floats(30, 260))
def test_clean_mark_never_comes_near_the_neighbouring_square(kind: Kind, seed: int, x: float, y: float) -> None:
    box = Rect(x, y, 6.0, 6.0)
    place = Place(Target("a", TargetKind.AGREE, box, Rect(0, y - 2, 210, 10)), None, PENS[0])
    inks = squares.CLEAN[kind](place, np.random.default_rng(seed))
    path = np.concatenate([stroke.points for ink in inks for stroke in ink.strokes])
    assert path[:, 0].max() < box.right + 6
    assert path[:, 0].min() > box.x - 6


@settings(max_examples=40, deadline=None)
@given(SEEDS, st.floats(-20, 120), st.floats(-20, 80), st.floats(-20, 120), st.floats(-20, 80))
def test_ink_only_ever_darkens_wherever_it_is_laid(seed: int, x0: float, y0: float, x1: float, y1: float) -> None:
    rng = np.random.default_rng(seed)
    before = np.full((240, 400), 230, np.uint8)
    after = before.copy()
    draw(after, 100.0, [strokes.line((x0, y0), (x1, y1), rng)], pick_pen(rng), rng)
    assert (after <= before).all()


@given(st.integers(0, 255), st.integers(0, 255), st.floats(0, 1), st.floats(0, 1), st.floats(0, 1))
def test_laid_ink_lies_between_paper_and_ink(paper: int, ink: int, blue: float, green: float, red: float) -> None:
    page = np.full((3, 3, 3), paper, np.uint8)
    lay(page, np.full((3, 3), ink, np.uint8), (blue, green, red))
    for channel, light in enumerate((blue, green, red)):
        assert paper * light - 2 <= int(page[1, 1, channel]) <= paper


@given(st.sampled_from(sorted(SCANNERS)), SEEDS, st.sampled_from([150.0, 200.0, 300.0, 400.0]))
def test_every_pose_keeps_to_its_scanner(name: str, seed: int, dpi: float) -> None:
    scanner = SCANNERS[name]
    how = scanners.pose(scanner, dpi, np.random.default_rng(seed))
    assert abs(how.skew) <= scanner.skew_most
    middle = how.to_image(105.0, 148.5)
    assert abs(middle[0] - how.size[0] / 2) < 3 * scanner.offset * dpi / 25.4 + 1
    assert abs(middle[1] - how.size[1] / 2) < 3 * scanner.offset * dpi / 25.4 + 1


@given(st.sampled_from(sorted(SCANNERS)), SEEDS, st.floats(0, 210), st.floats(0, 297))
def test_pose_and_its_inverse_undo_each_other(name: str, seed: int, x: float, y: float) -> None:
    how = scanners.pose(SCANNERS[name], 200.0, np.random.default_rng(seed))
    back = how.matrix @ np.array([*how.to_image(x, y), 1.0])
    assert np.allclose(back, (x, y), atol=1e-6)


@settings(max_examples=30, deadline=None)
@given(SEEDS, st.integers(8, 90), st.integers(8, 90))
def test_png_gives_back_every_pixel(seed: int, width: int, height: int) -> None:
    image = np.random.default_rng(seed).integers(0, 256, (height, width), dtype=np.uint8)
    data = png(SimulatedPage(image, 200.0, 85, False, np.eye(3)[:2]))
    assert np.array_equal(cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_UNCHANGED), image)


@given(SEEDS)
def test_pen_of_any_voter_is_one_of_the_pens_and_lets_less_light_through_than_paper(seed: int) -> None:
    pen = pick_pen(np.random.default_rng(seed))
    assert pen.name in {one.name for one in PENS}
    assert all(0 < light < 0.95 for light in pen.transmission)
    assert 0.2 < pen.width < 1.5
