"""One family, a code each, a sentence each that uses the data the error carries."""

from __future__ import annotations

import pickle
import string
from collections.abc import Iterator
from datetime import date

import pytest

from daihoi.rules import errors
from daihoi.rules.lists import FIXED_CHECKS, OVERRIDABLE_CHECKS, WARNINGS
from daihoi.rules.reconciliation import RECONCILIATION_CHECKS
from daihoi.words.errors.rules import CHECKS, FINDINGS, SENTENCES

SAMPLES = (
    errors.NoEditionInForce(opens=date(2010, 1, 1), first=date(2014, 6, 9)),
    errors.UnknownEdition(named="x", known=["a", "b"]),
    errors.UnknownSetting(name="x", known=["a"]),
    errors.SettingOutOfRange(name="x", value=1, allowed="bool"),
    errors.CountOutOfRange(field="base", value=0, lowest=1),
    errors.GroundOfAnotherForm(ground="g", form="members", allowed=["a"]),
    errors.GroundNotDeducted(ground="g", setting="s"),
    errors.DeductionExceedsRoll(ground="g", count=3, left=2, summoned=9),
    errors.PresentExceedsRoll(present=9, possible=8, summoned=10, absent=2),
    errors.NobodyInBase(summoned=3),
    errors.UnknownCandidate(candidate="c", contest="x"),
    errors.MissingMark(candidate="c", contest="x"),
    errors.MarkOfAnotherForm(candidate="c", mark="kept", form="agree_disagree", allowed=["agree"]),
    errors.GroundNotInMarks(ground="OVER_VOTE", contest="x"),
    errors.VotesOfUnknownCandidate(candidate="c", contest="x"),
    errors.VotesMissing(candidate="c", contest="x"),
)


def family(root: type[errors.RulesError] = errors.RulesError) -> Iterator[type[errors.RulesError]]:
    yield root
    for child in root.__subclasses__():
        yield from family(child)


def test_codes_are_of_this_room_and_each_its_own() -> None:
    codes = [error.code for error in family()]
    assert len(codes) == len(set(codes))
    assert all(code.startswith("rules.") for code in codes)


def test_every_code_has_a_sentence_and_every_sentence_a_code() -> None:
    assert {error.code for error in family()} == set(SENTENCES)


def test_tree_in_the_docstring_names_every_class() -> None:
    assert all(error.__name__ in (errors.__doc__ or "") for error in family())


def test_every_leaf_is_sampled() -> None:
    leaves = {error for error in family() if not error.__subclasses__()}
    assert {type(sample) for sample in SAMPLES} == leaves


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.code)
def test_sentence_uses_what_the_error_carries_and_nothing_else(sample: errors.RulesError) -> None:
    asked = {field for _, field, _, _ in string.Formatter().parse(SENTENCES[sample.code]) if field}
    assert asked <= set(sample.fields)
    assert SENTENCES[sample.code].format(**sample.fields).endswith(".")


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.code)
def test_data_stand_as_attributes_and_as_fields(sample: errors.RulesError) -> None:
    assert set(sample.fields) <= set(vars(sample))
    assert sample.code in str(sample)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.code)
def test_error_crosses_to_another_process_whole(sample: errors.RulesError) -> None:
    other = pickle.loads(pickle.dumps(sample))
    assert (type(other), other.fields, str(other)) == (type(sample), sample.fields, str(sample))


@pytest.mark.parametrize("fields", [{}, {"candidate": "c"}, {"candidate": "c", "contest": "x", "file": "y"}])
def test_error_is_raised_with_exactly_its_fields(fields: dict[str, str]) -> None:
    with pytest.raises(TypeError, match="MissingMark"):
        errors.MissingMark(**fields)


def test_list_in_an_error_does_not_change_with_its_source() -> None:
    known = ["a"]
    error = errors.UnknownSetting(name="x", known=known)
    known.append("b")
    assert error.known == ("a",)


def test_every_finding_and_check_has_a_sentence() -> None:
    assert set(FINDINGS) == {*OVERRIDABLE_CHECKS, *FIXED_CHECKS, *WARNINGS}
    assert set(CHECKS) == set(RECONCILIATION_CHECKS)
