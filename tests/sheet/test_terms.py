"""Words that sheet shares with other rooms keep their values."""

from __future__ import annotations

from dataclasses import FrozenInstanceError

import pytest

from daihoi.rules.terms import BallotForm
from daihoi.sheet.terms import PAGE_H_MM, PAGE_W_MM, Rect, SheetForm, TargetKind


def test_sheet_forms_are_the_ballot_forms_of_the_rules() -> None:
    assert [form.value for form in SheetForm] == [form.value for form in BallotForm]


def test_kinds_are_those_of_sheet_json() -> None:
    assert [kind.value for kind in TargetKind] == ["name", "agree", "disagree"]


def test_page_is_a4_portrait() -> None:
    assert (PAGE_W_MM, PAGE_H_MM) == (210.0, 297.0)


def test_rectangle_knows_its_far_edges() -> None:
    rect = Rect(1.0, 2.0, 3.0, 4.0)
    assert (rect.right, rect.bottom) == (4.0, 6.0)


def test_plans_cannot_be_altered() -> None:
    with pytest.raises(FrozenInstanceError):
        Rect(1.0, 2.0, 3.0, 4.0).x = 5.0  # type: ignore[misc]
