"""Every refusal of the files has its code, its data and its sentence."""

from __future__ import annotations

import string

import pytest

from daihoi.interchange import errors
from daihoi.interchange.errors import InterchangeError
from daihoi.verify import errors as verify_errors
from daihoi.words.errors.interchange import SENTENCES
from daihoi.words.errors.verify import SENTENCES as FINDINGS


def family(root: type[Exception]) -> list[type[Exception]]:
    return [root, *(one for child in root.__subclasses__() for one in family(child))]


ALL = family(InterchangeError)


def test_codes_are_each_errors_own_and_all_have_sentences() -> None:
    codes = [error.code for error in ALL]  # type: ignore[attr-defined]
    assert len(set(codes)) == len(codes)
    assert set(codes) == set(SENTENCES)


@pytest.mark.parametrize("error", ALL)
def test_sentence_asks_for_fields_that_the_error_has(error: type[InterchangeError]) -> None:
    known = {name for one in error.__mro__ for name in getattr(one, "__annotations__", {})}
    asked = {name for _, name, _, _ in string.Formatter().parse(SENTENCES[error.code]) if name}
    assert asked <= known
    assert "file" in asked


@pytest.mark.parametrize("error", ALL)
def test_error_is_drawn_in_the_tree(error: type[InterchangeError]) -> None:
    assert error.__name__ in (errors.__doc__ or "")


def test_verifiers_errors_have_sentences_too() -> None:
    codes = {error.code for error in family(verify_errors.VerifyError)}  # type: ignore[attr-defined]
    assert codes <= FINDINGS.keys()
