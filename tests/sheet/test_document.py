"""sheet.json: exactly the contract, nothing more."""

from __future__ import annotations

import json

import pytest

from daihoi.sheet.document import sheet_document
from daihoi.sheet.terms import SheetForm
from tests.sheet.samples import AGREE, EVERY_SHEET, STRIKE, face, longest, ordinary, planned


@pytest.mark.parametrize(("form", "names"), EVERY_SHEET)
def test_document_has_the_keys_of_the_contract_alone(form: SheetForm, names: int) -> None:
    document = json.loads(json.dumps(sheet_document(planned(face(form, ordinary(names))))))
    assert sorted(document) == ["page_mm", "pages", "stamp_mm"]
    assert document["page_mm"] == [210, 297]
    assert document["stamp_mm"] == [22.5, 10.0, 42.0, 42.0]
    for page in document["pages"]:
        assert sorted(page) == ["targets"]
        for target in page["targets"]:
            assert sorted(target) == ["box_mm", "candidate", "kind"]
            assert len(target["box_mm"]) == 4


@pytest.mark.parametrize(("form", "names"), EVERY_SHEET)
def test_document_follows_the_plan_to_a_hundredth(form: SheetForm, names: int) -> None:
    plan = planned(face(form, longest(names)))
    document = json.loads(json.dumps(sheet_document(plan)))
    assert len(document["pages"]) == len(plan.pages)
    for page, told in zip(plan.pages, document["pages"], strict=True):
        for target, said in zip(page.targets, told["targets"], strict=True):
            assert (said["candidate"], said["kind"]) == (target.candidate, target.kind.value)
            box = (target.box.x, target.box.y, target.box.w, target.box.h)
            assert said["box_mm"] == pytest.approx(box, abs=0.00501)
            assert all(round(value, 2) == value for value in said["box_mm"])


def test_strike_form_tells_names_and_agree_form_squares() -> None:
    def kinds(form: SheetForm) -> set[str]:
        document = json.loads(json.dumps(sheet_document(planned(face(form, ordinary(3))))))
        return {target["kind"] for page in document["pages"] for target in page["targets"]}

    assert kinds(STRIKE) == {"name"}
    assert kinds(AGREE) == {"agree", "disagree"}


def test_rehearsal_has_the_same_document() -> None:
    real, rehearsed = face(STRIKE, ordinary(15)), face(STRIKE, ordinary(15), rehearsal_line="DIỄN TẬP")
    assert sheet_document(planned(real)) == sheet_document(planned(rehearsed))
