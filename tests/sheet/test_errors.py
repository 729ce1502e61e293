"""Every refusal of the room has its sentence, and every place in the sentence is filled."""

from __future__ import annotations

import pytest

from daihoi.sheet import errors
from daihoi.words.errors.sheet import SENTENCES

EVERY = (
    errors.TooManyNamesError(found=101, most=100),
    errors.NoNamesError(),
    errors.NameTooLongError(candidate="c01", name="Lê An", room_mm=20.0, needed_mm=31.5),
    errors.HeadingTooLongError(text="Đại hội", lines=2),
)


@pytest.mark.parametrize("error", EVERY, ids=lambda error: error.code)
def test_error_has_a_sentence_that_shows_its_data(error: errors.SheetError) -> None:
    said = SENTENCES[error.code].format(**error.fields)
    assert all(str(value) in said for value in error.fields.values())


def test_every_code_has_one_sentence_and_no_sentence_is_left_over() -> None:
    assert {error.code for error in EVERY} == set(SENTENCES)


def test_every_error_is_of_the_family() -> None:
    family = {kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, Exception)}
    assert family == {errors.SheetError, *(type(error) for error in EVERY)}
