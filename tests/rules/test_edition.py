"""Which edition applies, and what its clauses may be cited as."""

from __future__ import annotations

from datetime import date

import pytest

from daihoi.rules.clauses import Citation, Edition, Guidance, Tag, Topic
from daihoi.rules.edition import EDITIONS, edition_for
from daihoi.rules.errors import NoEditionInForce, UnknownEdition


@pytest.mark.parametrize(
    ("opens", "edition_id"),
    [
        (date(2014, 6, 9), "244-QD-TW-2014"),
        (date(2020, 8, 31), "244-QD-TW-2014"),
        (date(2024, 10, 9), "244-QD-TW-2014"),
        (date(2024, 10, 10), "190-QD-TW-2024"),
        (date(2026, 1, 19), "190-QD-TW-2024"),
    ],
)
def test_edition_follows_from_the_opening_date(opens: date, edition_id: str) -> None:
    assert edition_for(opens).id == edition_id


def test_edition_may_be_named_against_the_date() -> None:
    assert edition_for(date(2025, 6, 1), "244-QD-TW-2014").id == "244-QD-TW-2014"
    assert edition_for(date(2020, 6, 1), "190-QD-TW-2024").id == "190-QD-TW-2024"


@pytest.mark.parametrize("named", ["", "244-QD-TW-2014"])
def test_edition_before_the_first_is_refused_even_when_named(named: str) -> None:
    with pytest.raises(NoEditionInForce) as refused:
        edition_for(date(2014, 6, 8), named)
    assert refused.value.opens == date(2014, 6, 8)
    assert refused.value.first == date(2014, 6, 9)


def test_edition_of_an_unknown_name_is_refused_with_the_known_ones() -> None:
    with pytest.raises(UnknownEdition) as refused:
        edition_for(date(2025, 1, 1), "190-QĐ/TW")
    assert refused.value.known == ("244-QD-TW-2014", "190-QD-TW-2024")


def test_editions_bear_number_and_date_for_the_minutes() -> None:
    assert [(edition.number, edition.issued) for edition in EDITIONS] == [
        ("244-QĐ/TW", date(2014, 6, 9)),
        ("190-QĐ/TW", date(2024, 10, 10)),
    ]


def test_guidance_of_the_same_number_is_told_apart_by_its_date() -> None:
    both = [paper for edition in EDITIONS for paper in edition.guidance if paper.number == "04-HD/TW"]
    assert both == [Guidance("04-HD/TW", date(2014, 10, 6)), Guidance("04-HD/TW", date(2024, 12, 31))]


def test_no_paper_below_the_centre_can_cite_articles_26_and_27_of_190() -> None:
    assert {clause.article for clause in EDITIONS[1].clauses.values()}.isdisjoint({26, 27})


@pytest.mark.parametrize("edition", EDITIONS, ids=lambda edition: edition.id)
def test_every_citation_is_of_its_own_regulation_and_in_its_range(edition: Edition) -> None:
    last = {"244-QĐ/TW": 38, "190-QĐ/TW": 36}[edition.number]
    for clause in edition.clauses.values():
        assert clause.regulation == edition.number
        assert 0 <= clause.article <= last


# Support was new in 190-QĐ/TW, and so was the article on the credentials board.
ONLY_IN_190 = {Topic.SUPPORT, Topic.CREDENTIALS_BOARD}


@pytest.mark.parametrize("edition", EDITIONS, ids=lambda edition: edition.id)
def test_every_topic_has_a_clause(edition: Edition) -> None:
    missing = set(Topic) - set(edition.clauses)
    assert missing == (ONLY_IN_190 if edition.number == "244-QĐ/TW" else set())


def test_clauses_that_nobody_read_are_marked() -> None:
    unconfirmed = {topic for topic, _ in EDITIONS[1].unconfirmed_clauses()}
    assert {Topic.TIES, Topic.BASE_DELEGATES, Topic.BASE_MEETING, Topic.BALLOT_VALIDITY, Topic.RANKING} <= unconfirmed
    assert {Topic.SURPLUS, Topic.SUPPORT, Topic.BASE_MEMBERS, Topic.COMPLAINTS, Topic.ARCHIVE}.isdisjoint(unconfirmed)
    assert Topic.BASE_DELEGATES not in {topic for topic, _ in EDITIONS[0].unconfirmed_clauses()}


@pytest.mark.parametrize(
    ("citation", "short", "official"),
    [
        (Citation("190-QĐ/TW", 14, 1), "190-QĐ/TW Đ14 k1", "khoản 1 Điều 14"),
        (Citation("190-QĐ/TW", 8), "190-QĐ/TW Đ8", "Điều 8"),
        (Citation("244-QĐ/TW", 0, tag=Tag.N), "244-QĐ/TW", ""),
    ],
)
def test_citation_in_its_two_forms(citation: Citation, short: str, official: str) -> None:
    assert citation.short == short
    assert str(citation) == official


def test_clause_of_a_topic_that_an_edition_lacks_is_the_regulation_itself() -> None:
    assert EDITIONS[0].clause(Topic.SUPPORT) == "244-QĐ/TW"
    assert EDITIONS[1].clause(Topic.SUPPORT) == "190-QĐ/TW Đ14 k3"


def test_support_has_a_fixed_share_only_in_190() -> None:
    assert [edition.support_percent for edition in EDITIONS] == [None, 30]
