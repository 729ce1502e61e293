"""A learned sheet against a contest: ids, names, ways of voting, kept pages, thresholds for small boxes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from daihoi.learning.errors import (
    CandidatesDifferError,
    OtherNameError,
    OtherWayOfVotingError,
    RasterChangedError,
    RasterMissingError,
)
from daihoi.learning.form import for_contest, identities, in_count, limits_for, open_sheet, picture_of, raster_name
from daihoi.learning.learn import learn
from daihoi.reading.thresholds import DEFAULT
from daihoi.rules.terms import BallotForm
from daihoi.sheet.terms import TargetKind
from daihoi.words.errors import Coded, sentence
from tests.learning.drawn import KEPT
from tests.learning.forms import contest_of, form_of, learned
from tests.learning.people import NAMES

HERE = Path("sheet.json")
STRIKE, AGREE = BallotForm.STRIKE_OUT, BallotForm.AGREE_DISAGREE


def said_of(error: object) -> str:
    assert isinstance(error, Coded)
    said = sentence(error)
    assert "{" not in said
    return said


def kept(folder: Path, name: str = "strike") -> Path:
    """A learned sheet on disk with its kept pages."""
    made = learned(name)
    for file, data in made.rasters.items():
        (folder / file).write_bytes(data)
    (folder / "sheet.json").write_bytes(made.document)
    return folder / "sheet.json"


def test_candidates_get_their_ids_in_order() -> None:
    sheet = form_of("strike").sheet
    assert sheet.people == tuple(f"c{k:02d}" for k in range(1, 10))
    assert list(sheet.names.values()) == NAMES["strike"]


def test_another_number_of_candidates_is_refused_with_both_numbers() -> None:
    contest = contest_of("strike", people=NAMES["strike"][:7])
    with pytest.raises(CandidatesDifferError) as caught:
        for_contest(learned("strike").sheet, contest, STRIKE, HERE)
    said = said_of(caught.value)
    assert "9" in said
    assert "7" in said


def test_name_of_somebody_else_is_refused() -> None:
    people = [*NAMES["strike"][:4], "Bế Thị Nhâm", *NAMES["strike"][5:]]
    with pytest.raises(OtherNameError) as caught:
        for_contest(learned("strike").sheet, contest_of("strike", people=people), STRIKE, HERE)
    assert caught.value.fields["place"] == 5
    assert "Bế Thị Nhâm" in said_of(caught.value)


def test_id_of_somebody_else_is_refused() -> None:
    sheet, contest = learned("strike").sheet, contest_of("strike")
    ids = [str(candidate.id) for candidate in contest.candidates]
    ids[:2] = ids[1::-1]
    places = dict(zip(sheet.people, ids, strict=True))
    page = sheet.pages[0]
    targets = tuple(replace(target, candidate=places[target.candidate], name="") for target in page.targets)
    with pytest.raises(OtherNameError) as caught:
        for_contest(replace(sheet, pages=(replace(page, targets=targets),)), contest, STRIKE, HERE)
    assert caught.value.fields["found"] == "c02"
    assert "c01" in said_of(caught.value)


def test_names_are_compared_without_regard_to_case_and_composition() -> None:
    sheet = learned("strike").sheet
    targets = tuple(replace(t, name=t.name.upper()) for t in sheet.pages[0].targets)
    shouted = replace(sheet, pages=(replace(sheet.pages[0], targets=targets),))
    assert for_contest(shouted, contest_of("strike"), STRIKE, HERE).people[0] == "c01"


@pytest.mark.parametrize(("name", "kind"), [("strike", AGREE), ("agree", STRIKE), ("cells", STRIKE)])
def test_another_way_of_voting_is_refused(name: str, kind: BallotForm) -> None:
    with pytest.raises(OtherWayOfVotingError) as caught:
        for_contest(learned(name).sheet, contest_of(name), kind, HERE)
    assert "--mark" in said_of(caught.value)


def test_one_box_to_a_name_does_for_both_ways() -> None:
    sheet = learned("ovals").sheet
    assert for_contest(sheet, contest_of("ovals"), STRIKE, HERE).kinds == {TargetKind.AGREE}
    assert for_contest(sheet, contest_of("ovals"), AGREE, HERE).kinds == {TargetKind.AGREE}


def test_sheet_opens_with_its_pages(tmp_path: Path) -> None:
    opened = open_sheet(kept(tmp_path))
    assert opened.sheet == learned("strike").sheet
    assert all(picture_of(data) is not None for data in opened.rasters.values())


def test_missing_page_is_named(tmp_path: Path) -> None:
    path = kept(tmp_path)
    (tmp_path / "strike.page-1.png").unlink()
    with pytest.raises(RasterMissingError) as caught:
        open_sheet(path)
    assert "strike.page-1.png" in said_of(caught.value)


def test_changed_page_is_refused(tmp_path: Path) -> None:
    path = kept(tmp_path)
    (tmp_path / "strike.page-1.png").write_bytes(b"\x89PNG")
    with pytest.raises(RasterChangedError):
        open_sheet(path)


def test_pages_bear_names_of_their_own_in_a_count() -> None:
    assert [page.raster for page in in_count(learned("two-sides").sheet).pages] == [raster_name(1), raster_name(2)]


def test_pages_have_identities_without_codes() -> None:
    front, back = identities(learned("two-sides").sheet, contest_of("two-sides"), rehearsal=True)
    assert (front.page, back.page, front.pages) == (1, 2, 2)
    assert front.rehearsal
    assert front.check == ""


def test_small_boxes_ask_for_smaller_marks() -> None:
    small, large = limits_for(form_of("ovals").printed.plan), limits_for(form_of("cells").printed.plan)
    assert small.mark_extent_mm < DEFAULT.mark_extent_mm == large.mark_extent_mm
    assert small.filled_mm2 < large.filled_mm2
    assert limits_for(form_of("strike").printed.plan) == DEFAULT


def test_learning_the_same_blank_twice_gives_the_same_bytes() -> None:
    path = KEPT / "strike.pdf"
    again = learn(path.read_bytes(), path, stem="strike", names=tuple(NAMES["strike"]))
    assert again.document == learned("strike").document
    assert again.rasters == learned("strike").rasters
