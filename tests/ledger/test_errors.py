"""Every refusal of the ledger has its code, its data and its sentence."""

from __future__ import annotations

import string

import pytest

from daihoi.ledger import errors
from daihoi.ledger.errors import LedgerError
from daihoi.words.errors.ledger import SENTENCES


def family(root: type[LedgerError]) -> list[type[LedgerError]]:
    return [root, *(one for child in root.__subclasses__() for one in family(child))]


ALL = family(LedgerError)


def test_codes_are_each_errors_own_and_all_have_sentences() -> None:
    codes = [error.code for error in ALL]
    assert len(set(codes)) == len(codes)
    assert set(codes) == set(SENTENCES)


@pytest.mark.parametrize("error", ALL)
def test_sentence_asks_for_fields_that_the_error_has(error: type[LedgerError]) -> None:
    known = {name for one in error.__mro__ for name in getattr(one, "__annotations__", {})}
    asked = {name for _, name, _, _ in string.Formatter().parse(SENTENCES[error.code]) if name}
    assert asked <= known


@pytest.mark.parametrize("error", ALL)
def test_error_is_drawn_in_the_tree(error: type[LedgerError]) -> None:
    assert error.__name__ in (errors.__doc__ or "")


def test_error_keeps_its_fields() -> None:
    error = errors.BadFactsError(kind="page.read", field="index", expected="integer", found="str")
    assert error.fields == {"kind": "page.read", "field": "index", "expected": "integer", "found": "str"}
    assert error.field == "index"
