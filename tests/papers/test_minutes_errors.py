"""What the minutes refuse: facts that contradict themselves, each with its sentence."""

from __future__ import annotations

from string import Formatter

import pytest

from daihoi.papers.errors import PapersError
from daihoi.papers.minutes import errors, write
from daihoi.papers.minutes.terms import MissingLine, TieLine
from daihoi.words.errors.minutes import SENTENCES
from tests.papers.minutes_facts import facts


@pytest.mark.parametrize("digest", ["", "0" * 63, "0" * 65, "G" * 64, "ABCDEF01" * 8, "0" * 32 + " " + "0" * 31])
def test_a_digest_that_is_none_is_refused(digest: str) -> None:
    with pytest.raises(errors.DigestMalformed) as caught:
        write(facts(5, 3, digest=digest))
    assert caught.value.fields == {"digest": digest}


def test_an_edition_without_basis_is_refused() -> None:
    with pytest.raises(errors.EditionWithoutBasis) as caught:
        write(facts(5, 3, edition="77-QD-TW-2000"))
    assert caught.value.fields == {"edition": "77-QD-TW-2000"}


@pytest.mark.parametrize(
    "change",
    [
        {"elected": ("c01", "c99")},
        {"alternates": ("c99",)},
        {"ties": (TieLine(("c01", "c99"), 1),)},
        {"equal_alternates": (("c01", "c99"),)},
        {"awaiting_alternates": ("c99",)},
    ],
)
def test_a_person_who_is_not_on_the_list_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(errors.CandidateNotListed) as caught:
        write(facts(5, 3, **change))
    assert caught.value.fields == {"candidate": "c99", "contest": "committee"}


@pytest.mark.parametrize(
    ("kind", "places"),
    [
        (errors.EditionWithoutBasis, {"edition"}),
        (errors.CandidateNotListed, {"candidate", "contest"}),
        (errors.DigestMalformed, {"digest"}),
        (MissingLine, {"key"}),
    ],
)
def test_every_refusal_has_a_sentence_with_its_places(kind: type, places: set[str]) -> None:
    template = SENTENCES[kind.code]  # type: ignore[attr-defined]
    assert {name for _, name, _, _ in Formatter().parse(template) if name} == places


def test_no_sentence_is_left_over() -> None:
    kinds = [*errors.MinutesError.__subclasses__(), MissingLine]
    assert {kind.code for kind in kinds} == set(SENTENCES)


def test_refusals_are_of_the_family_of_papers() -> None:
    assert issubclass(errors.MinutesError, PapersError)


def test_missing_facts_come_back_as_warnings_with_their_key() -> None:
    written = write(facts(5, 3, opened=None, presidium_head=None))
    assert [line.key for line in written.warnings] == ["minutes.presidium_head", "minutes.opened"]
    assert written.warnings[0].fields == {"key": "minutes.presidium_head"}
