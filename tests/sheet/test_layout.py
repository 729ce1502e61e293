"""A whole sheet at every size the house is held to: nothing overlaps, nothing leaves the paper, all gaps are kept."""

from __future__ import annotations

from itertools import pairwise

import pytest

from daihoi.papers.typefaces import measure
from daihoi.sheet import paper
from daihoi.sheet.errors import NoNamesError, TooManyNamesError
from daihoi.sheet.layout import plan_sheet
from daihoi.sheet.terms import Code, Fill, Frame, Line, Listed, Rect, SheetForm, SheetPlan, Style, TargetKind, Text
from daihoi.sheet.typeset import MM_PER_PT
from tests.sheet.samples import (
    AGREE,
    EVERY_SHEET,
    SIZES,
    STRIKE,
    covers,
    face,
    grown,
    inside,
    longest,
    ordinary,
    overlap,
    planned,
    tall_face,
    upright,
    word_across,
)

PRINTABLE = Rect(14.0, 10.0, 182.0, 277.0)


MAKERS = {
    "ordinary": lambda form, names: face(form, ordinary(names)),
    "longest": lambda form, names: face(form, longest(names)),
    "tall": lambda form, names: tall_face(form, longest(names)),
}
CASES = [
    *(("ordinary", form, names) for form, names in EVERY_SHEET),
    *(("longest", form, names) for form in (STRIKE, AGREE) for names in (3, 15, 44, 100)),
    *(("tall", form, names) for form in (STRIKE, AGREE) for names in (15, 44, 100)),
]


@pytest.fixture(params=CASES, ids=lambda case: f"{case[0]}-{case[1].value}-{case[2]}")
def case(request: pytest.FixtureRequest) -> tuple[str, SheetForm, int]:
    kind, form, names = request.param
    return kind, form, names


@pytest.fixture
def sheet_of(case: tuple[str, SheetForm, int]) -> tuple[SheetForm, int]:
    return case[1:]


@pytest.fixture
def plan(case: tuple[str, SheetForm, int]) -> SheetPlan:
    kind, form, names = case
    return planned(MAKERS[kind](form, names))


def test_sheet_holds_every_candidate_once_in_ballot_order(plan: SheetPlan, sheet_of: tuple[SheetForm, int]) -> None:
    form, names = sheet_of
    kinds = [TargetKind.NAME] if form is STRIKE else [TargetKind.AGREE, TargetKind.DISAGREE]
    expected = [(f"c{place + 1:03d}", kind) for place in range(names) for kind in kinds]
    assert [(target.candidate, target.kind) for page in plan.pages for target in page.targets] == expected


def test_sheet_has_at_most_two_pages_numbered_from_one(plan: SheetPlan) -> None:
    assert [page.number for page in plan.pages] in ([1], [1, 2])


def test_everything_stands_inside_the_margins(plan: SheetPlan) -> None:
    for page in plan.pages:
        for item in upright(page):
            # A ruling as wide as the list may bleed half its own width.
            assert inside(covers(item), PRINTABLE, slack=0.2), item


def test_texts_overlap_nothing(plan: SheetPlan) -> None:
    for page in plan.pages:
        # Lines of one paragraph share the white that only accents of capitals and descenders use.
        inks = [(_ink(item), item) for item in upright(page) if isinstance(item, Text)]
        rest = [(covers(item), item) for item in upright(page) if not isinstance(item, Text)]
        for place, (ink, text) in enumerate(inks):
            for other, thing in [*inks[place + 1 :], *rest]:
                assert not overlap(ink, other), (text, thing)


def _ink(text: Text) -> Rect:
    """The height of most letters: accents of one line may stand beside the descenders of the line above."""
    em = text.size_pt * MM_PER_PT
    whole = covers(text)
    return Rect(whole.x, text.baseline - 0.80 * em, whole.w, 1.01 * em)


def test_stamp_field_is_free_on_every_page(plan: SheetPlan) -> None:
    assert (plan.stamp.w, plan.stamp.h) == (42.0, 42.0)
    assert not any(overlap(covers(item), plan.stamp) for item in upright(plan.pages[0]))


def test_stamp_field_stands_top_left_inside_the_corner_mark(plan: SheetPlan) -> None:
    mark = plan.pages[0].corners[0]
    assert plan.stamp.x >= mark.right
    assert plan.stamp.right < 105.0
    assert plan.stamp.bottom < 60.0


def test_corner_marks_keep_white_around_them(plan: SheetPlan) -> None:
    for page in plan.pages:
        for mark in page.corners:
            near = grown(mark, 2.49)
            others = [item for item in upright(page) if not (isinstance(item, Fill) and item.rect == mark)]
            assert not any(overlap(covers(item), near) for item in others)


def test_codes_keep_four_modules_of_white(plan: SheetPlan) -> None:
    for page in plan.pages:
        for code in page.codes:
            near = grown(code.rect, code.rect.w / 29 * 4)
            others = [item for item in upright(page) if item != code]
            assert not any(overlap(covers(item), near) for item in others)


def test_marks_and_codes_stand_at_the_same_places_on_both_pages(plan: SheetPlan) -> None:
    assert {page.corners for page in plan.pages} == {paper.CORNERS}
    places = {tuple(code.rect for code in page.codes) for page in plan.pages}
    assert places == {(paper.CODE_TOP_RIGHT, paper.CODE_BOTTOM_LEFT)}


def test_drawn_things_include_marks_and_codes(plan: SheetPlan) -> None:
    for page in plan.pages:
        assert [item.rect for item in page.drawn if isinstance(item, Fill)] == list(page.corners)
        assert [item for item in page.drawn if isinstance(item, Code)] == list(page.codes)


def test_rows_keep_their_pitch(plan: SheetPlan) -> None:
    least = 8.0 if plan.form is STRIKE else 10.0
    for page in plan.pages:
        rows = sorted({(target.row.x, target.row.y) for target in page.targets})
        for (left, y), (other_left, other_y) in pairwise(rows):
            if left == other_left:
                assert other_y - y >= least - 1e-9


def test_rows_do_not_overlap_and_hold_their_targets(plan: SheetPlan) -> None:
    for page in plan.pages:
        rows = list(dict.fromkeys(target.row for target in page.targets))
        for place, row in enumerate(rows):
            assert not any(overlap(row, other) for other in rows[place + 1 :])
        assert all(inside(target.box, target.row) for target in page.targets)


def test_name_boxes_stay_clear_of_rulings(plan: SheetPlan) -> None:
    for page in plan.pages:
        rulings = [item for item in page.drawn if isinstance(item, Line) and item.y0 == item.y1]
        for target in page.targets:
            if target.kind is TargetKind.NAME:
                near = grown(target.box, 1.2)
                assert not any(overlap(covers(line), near, slack=0.0) for line in rulings)


def test_name_box_holds_the_name_alone(plan: SheetPlan) -> None:
    for page in plan.pages:
        for target in page.targets:
            if target.kind is TargetKind.NAME:
                touching = [item for item in upright(page) if overlap(covers(item), target.box)]
                assert len(touching) == 1
                assert isinstance(touching[0], Text)
                assert covers(touching[0]).w == pytest.approx(target.box.w)


def test_words_of_a_name_follow_one_another_inside_its_box(plan: SheetPlan) -> None:
    for page in plan.pages:
        for target in page.targets:
            if target.kind is TargetKind.NAME:
                edges = [edge for word in target.words for edge in word]
                assert edges == sorted(edges)
                assert edges[0] == pytest.approx(target.box.x)
                assert edges[-1] == pytest.approx(target.box.right, abs=0.01)


def test_squares_measure_six_millimetres_over_their_outline(plan: SheetPlan) -> None:
    for page in plan.pages:
        frames = {_rounded(covers(item)) for item in page.drawn if isinstance(item, Frame)}
        squares = {_rounded(target.box) for target in page.targets if target.kind is not TargetKind.NAME}
        assert frames == squares
        assert all((w, h) == (6.0, 6.0) for _, _, w, h in squares)


def _rounded(rect: Rect) -> tuple[float, ...]:
    return tuple(round(value, 6) for value in (rect.x, rect.y, rect.w, rect.h))


def test_squares_of_one_name_stand_twelve_millimetres_apart(plan: SheetPlan) -> None:
    for page in plan.pages:
        boxes = {(target.candidate, target.kind): target.box for target in page.targets}
        for (candidate, kind), box in boxes.items():
            if kind is TargetKind.AGREE:
                assert boxes[candidate, TargetKind.DISAGREE].x - box.right >= 12.0


def test_squares_of_neighbours_stand_apart(plan: SheetPlan) -> None:
    boxes = [target.box for page in plan.pages[:1] for target in page.targets if target.kind is not TargetKind.NAME]
    for place, box in enumerate(boxes):
        assert not any(overlap(grown(box, 3.9), other) for other in boxes[place + 1 :])


def test_ruler_is_a_hundred_millimetres_long(plan: SheetPlan) -> None:
    for page in plan.pages:
        lines = [item for item in page.drawn if isinstance(item, Line) and item.y0 > 275 and item.y0 == item.y1]
        assert [line.x1 - line.x0 for line in lines] == [100.0]
        ticks = [item.x0 for item in page.drawn if isinstance(item, Line) and item.x0 == item.x1]
        assert ticks == [lines[0].x0 + 10.0 * place for place in range(11)]


def test_names_are_no_smaller_than_legible(plan: SheetPlan) -> None:
    for page in plan.pages:
        labels = [item for item in page.drawn if isinstance(item, Text) and item.x >= 14 and item.size_pt >= 8]
        assert all(text.stretch >= 0.70 for text in labels)
    names = [item for page in plan.pages for item in page.drawn if isinstance(item, Text) and item.stretch < 1.0]
    assert all(name.size_pt >= 8.5 for name in names)


def test_numbers_run_through_both_pages(plan: SheetPlan, sheet_of: tuple[SheetForm, int]) -> None:
    numbers = [
        int(item.text)
        for page in plan.pages
        for item in page.drawn
        if isinstance(item, Text) and item.text.isdigit() and item.style is Style.REGULAR
    ]
    assert numbers == list(range(1, sheet_of[1] + 1))


@pytest.mark.parametrize("form", [STRIKE, AGREE])
def test_short_list_stands_in_one_block(form: SheetForm) -> None:
    plan = planned(face(form, ordinary(12)))
    assert len({target.row.x for target in plan.pages[0].targets}) == 1


@pytest.mark.parametrize(("form", "names"), [(STRIKE, 30), (STRIKE, 44), (AGREE, 30), (AGREE, 36)])
def test_longer_list_stands_in_two_blocks_on_one_side(form: SheetForm, names: int) -> None:
    plan = planned(face(form, ordinary(names)))
    assert len(plan.pages) == 1
    assert len({target.row.x for target in plan.pages[0].targets}) == 2


@pytest.mark.parametrize(
    ("form", "names", "blocks"), [(STRIKE, 70, 2), (STRIKE, 100, 2), (AGREE, 70, 2), (AGREE, 100, 3)]
)
def test_longest_list_goes_to_the_back(form: SheetForm, names: int, blocks: int) -> None:
    plan = planned(face(form, ordinary(names)))
    assert [len({target.row.x for target in page.targets}) for page in plan.pages] == [2, blocks]


def test_only_a_front_with_a_back_says_turn_over() -> None:
    one, two = planned(face(STRIKE, ordinary(30))), planned(face(STRIKE, ordinary(70)))
    assert "xem tiếp mặt sau" not in _said(one, 0)
    assert "xem tiếp mặt sau" in _said(two, 0)
    assert "xem tiếp mặt sau" not in _said(two, 1)


def test_pages_of_two_are_numbered() -> None:
    one, two = planned(face(STRIKE, ordinary(30))), planned(face(STRIKE, ordinary(70)))
    assert not [text for text in _said(one, 0) if text.startswith("Trang")]
    assert "Trang 1/2" in _said(two, 0)
    assert "Trang 2/2" in _said(two, 1)


def test_front_says_all_of_its_face() -> None:
    said = " ".join(_said(planned(face(STRIKE, ordinary(3), round_line="Bầu lần thứ 2")), 0))
    for part in (
        "ĐẢNG BỘ TỈNH THANH GIANG",
        "PHIẾU BẦU CỬ",
        "Bầu lần thứ 2",
        "Số lượng cần bầu: 39",
        "gạch giữa cả chữ",
    ):
        assert part in said


def test_back_says_title_and_seats_again() -> None:
    said = " ".join(_said(planned(face(AGREE, ordinary(70))), 1))
    assert "Bầu Ban Chấp hành Đảng bộ huyện Nà Lương" in said
    assert "Số lượng cần bầu: 39" in said


def _said(plan: SheetPlan, page: int) -> list[str]:
    return [item.text for item in plan.pages[page].drawn if isinstance(item, Text)]


def test_notes_stand_beside_the_box() -> None:
    names = (Listed("a", "Trần Văn Hùng", "(1975)"), Listed("b", "Trần Văn Hùng", "(1981)"), Listed("c", "Lê An"))
    plan = planned(face(STRIKE, names))
    notes = [item for item in plan.pages[0].drawn if isinstance(item, Text) and item.text.startswith("(")]
    assert [note.text for note in notes] == ["(1975)", "(1981)"]
    for note, target in zip(notes, plan.pages[0].targets, strict=False):
        assert covers(note).x - target.box.right >= 2.0
        assert inside(covers(note), target.row)


@pytest.mark.parametrize("names", SIZES)
def test_rehearsal_word_keeps_off_marks_codes_and_stamp(names: int) -> None:
    plan = planned(face(STRIKE, ordinary(names), rehearsal_line="DIỄN TẬP"))
    assert plan.rehearsal
    for page in plan.pages:
        (word,) = [item for item in page.drawn if isinstance(item, Text) and item.angle]
        across = word_across(word)
        assert inside(across, PRINTABLE)
        assert word.grey >= 0.88
        assert page.drawn[0] == word
        keep_off = [plan.stamp, *page.corners, *(grown(code.rect, 2.3) for code in page.codes)]
        assert not any(overlap(across, rect) for rect in keep_off)


def test_rehearsal_moves_no_target() -> None:
    real = planned(face(AGREE, ordinary(44)))
    rehearsed = planned(face(AGREE, ordinary(44), rehearsal_line="DIỄN TẬP"))
    assert [page.targets for page in real.pages] == [page.targets for page in rehearsed.pages]
    assert not real.rehearsal


def test_payload_is_asked_with_page_and_pages() -> None:
    asked = []

    def payload(page: int, pages: int) -> str:
        asked.append((page, pages))
        return f"{page} of {pages}"

    plan = plan_sheet(face(STRIKE, ordinary(70)), measure, payload=payload)
    assert set(asked) == {(1, 2), (2, 2)}
    assert [code.payload for page in plan.pages for code in page.codes] == ["1 of 2", "1 of 2", "2 of 2", "2 of 2"]


def test_one_name_too_many_is_refused_with_the_figures() -> None:
    with pytest.raises(TooManyNamesError) as refused:
        planned(face(STRIKE, ordinary(101)))
    assert refused.value.fields == {"found": 101, "most": 100}


def test_empty_list_is_refused() -> None:
    with pytest.raises(NoNamesError):
        planned(face(STRIKE, ()))
