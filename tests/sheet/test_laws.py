"""Laws of the sheet that hold for any list, any heading and any text a camera might read."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from daihoi.papers.typefaces import measure
from daihoi.sheet.document import sheet_document
from daihoi.sheet.grid import PITCHES, Room, balanced, choose
from daihoi.sheet.identity import check_of, contest_tag, decode, encode, printed_bytes
from daihoi.sheet.layout import plan_sheet
from daihoi.sheet.terms import Face, Identity, Listed, SheetForm, SheetPlan, Style, TargetKind
from daihoi.sheet.typeset import wrap
from tests.sheet.samples import FAMILIES, GIVEN, LONGEST, MIDDLES, covers, face, inside, overlap, upright

forms = st.sampled_from(SheetForm)
labels = st.one_of(
    st.sampled_from(LONGEST),
    st.builds(
        lambda *parts: " ".join(parts), st.sampled_from(FAMILIES), st.sampled_from(MIDDLES), st.sampled_from(GIVEN)
    ),
)
base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
identities = st.builds(
    Identity,
    congress=st.text(base32, min_size=6, max_size=6),
    contest=st.text(min_size=1, max_size=40).map(contest_tag),
    round=st.integers(1, 99),
    edition=st.sampled_from(["190", "244"]),
    page=st.integers(1, 2),
    pages=st.just(2),
    rehearsal=st.booleans(),
    check=st.text(base32, min_size=16, max_size=16),
)


@st.composite
def faces(draw: st.DrawFn) -> Face:
    """Any list of 1 to 100 names under an ordinary heading."""
    chosen = draw(st.lists(labels, min_size=1, max_size=100))
    notes = draw(st.sampled_from(["", "(1975)"]))
    return face(
        draw(forms),
        tuple(Listed(f"c{place}", label, notes if place % 5 == 0 else "") for place, label in enumerate(chosen)),
        round_line=draw(st.sampled_from(["", "Bầu lần thứ 2"])),
        rehearsal_line=draw(st.sampled_from(["", "DIỄN TẬP"])),
    )


def plan_of(sheet: Face) -> SheetPlan:
    return plan_sheet(sheet, measure, payload=lambda page, pages: f"{page}/{pages}")


@given(st.text())
def test_decode_of_any_text_is_an_identity_that_encodes_back_or_nothing(text: str) -> None:
    found = decode(text)
    assert found is None or encode(found) == text


@given(identities)
def test_decode_undoes_encode(identity: Identity) -> None:
    assert decode(encode(identity)) == identity


@given(identities, st.integers(0, 60), st.characters())
def test_no_changed_letter_decodes_to_the_same_identity(identity: Identity, place: int, letter: str) -> None:
    said = encode(identity)
    place %= len(said)
    changed = said[:place] + letter + said[place + 1 :]
    assert changed == said or decode(changed) != identity


@given(st.binary(min_size=32, max_size=32), st.binary(max_size=200), st.binary(max_size=200), st.integers(1, 2))
def test_checks_of_different_print_differ(secret: bytes, one: bytes, other: bytes, page: int) -> None:
    assert (check_of(secret, one, page) == check_of(secret, other, page)) == (one == other)


@settings(max_examples=25, deadline=None)
@given(faces())
def test_every_candidate_is_on_the_sheet_once_per_kind(sheet: Face) -> None:
    targets = [target for page in plan_of(sheet).pages for target in page.targets]
    kinds = [TargetKind.NAME] if sheet.form is SheetForm.STRIKE_OUT else [TargetKind.AGREE, TargetKind.DISAGREE]
    assert [(t.candidate, t.kind) for t in targets] == [
        (name.candidate, kind) for name in sheet.names for kind in kinds
    ]


@settings(max_examples=25, deadline=None)
@given(faces())
def test_no_target_overlaps_another_or_the_stamp_or_a_code(sheet: Face) -> None:
    plan = plan_of(sheet)
    for page in plan.pages:
        boxes = [target.box for target in page.targets]
        fixed = [plan.stamp] if page.number == 1 else []
        fixed += [*page.corners, *(code.rect for code in page.codes)]
        for place, box in enumerate(boxes):
            assert not any(overlap(box, other) for other in [*boxes[place + 1 :], *fixed])


@settings(max_examples=25, deadline=None)
@given(faces())
def test_everything_is_inside_the_margins(sheet: Face) -> None:
    printable = replace(plan_of(sheet).stamp, x=13.9, y=9.9, w=182.2, h=277.2)
    for page in plan_of(sheet).pages:
        assert all(inside(covers(item), printable) for item in upright(page))


@settings(max_examples=20, deadline=None)
@given(faces())
def test_same_face_gives_the_same_plan_and_document(sheet: Face) -> None:
    assert plan_of(sheet) == plan_of(replace(sheet))
    assert sheet_document(plan_of(sheet)) == sheet_document(plan_of(sheet))


@settings(max_examples=20, deadline=None)
@given(faces(), st.data())
def test_any_swap_of_two_names_changes_what_is_printed(sheet: Face, data: st.DataObject) -> None:
    one, other = (data.draw(st.integers(0, len(sheet.names) - 1)) for _ in range(2))
    names = list(sheet.names)
    names[one], names[other] = names[other], names[one]
    swapped = replace(sheet, names=tuple(names))
    same = printed_bytes(plan_of(sheet), sheet, {}) == printed_bytes(plan_of(swapped), swapped, {})
    assert same == (one == other)


@given(st.integers(1, 100), forms, st.floats(100, 160), st.floats(165, 200), st.floats(205, 240))
def test_grid_holds_the_list_exactly_within_its_limits(
    names: int, form: SheetForm, roomy: float, compact: float, back: float
) -> None:
    grid = choose(names, form, Room(roomy, compact, back))
    assert sum(map(sum, grid.pages)) == names
    assert PITCHES[form].least <= grid.pitch <= PITCHES[form].most
    for page, height in zip(grid.pages, (roomy if grid.roomy else compact, back), strict=False):
        assert max(page) * grid.pitch <= height


@given(st.integers(0, 500), st.integers(1, 3))
def test_balanced_blocks_hold_all_rows_and_differ_by_one(count: int, blocks: int) -> None:
    rows = balanced(count, blocks)
    assert sum(rows) == count
    assert max(rows) - min(rows) <= 1
    assert list(rows) == sorted(rows, reverse=True)


@given(st.lists(st.text("abcđươ", min_size=1, max_size=12), min_size=1, max_size=20), st.floats(20, 100))
def test_wrapping_loses_no_word_and_keeps_to_the_width(words: list[str], width: float) -> None:
    lines = wrap(" ".join(words), 10.0, Style.REGULAR, width, measure)
    assert " ".join(lines).split(" ") == words
    for line in lines:
        assert " " not in line or measure(line, 10.0, Style.REGULAR) <= width


@settings(max_examples=15, deadline=None)
@given(forms, st.integers(1, 100), st.floats(0.85, 1.08))
def test_sheet_holds_a_hundred_names_in_any_similar_typeface(form: SheetForm, count: int, wider: float) -> None:
    names = tuple(
        Listed(f"c{place}", LONGEST[place % 7] if place % 8 == 0 else "Nguyễn Thị Hồng") for place in range(count)
    )
    plan = plan_sheet(
        face(form, names),
        lambda text, size, style: wider * measure(text, size, style),
        payload=lambda _page, _pages: "",
    )
    assert sum(len(page.targets) for page in plan.pages) == count * (1 if form is SheetForm.STRIKE_OUT else 2)


@settings(max_examples=15, deadline=None)
@given(faces(), faces())
def test_equal_print_means_equal_names_in_equal_order(one: Face, other: Face) -> None:
    same = printed_bytes(plan_of(one), one, {}) == printed_bytes(plan_of(other), other, {})
    assert same == (one == other)


@given(st.text(max_size=60))
def test_contest_tag_always_fits_the_codes(contest: str) -> None:
    tag = contest_tag(contest)
    assert len(tag) <= 12
    assert set(tag) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-")
