"""The entry log of a count: every keying as it was, who did it, and what counts in the end; a list and a paper."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from daihoi.web.counting import entry_log, queries
from daihoi.web.counting.choices import Turn, Way
from daihoi.web.counting.models import Batch, Count
from daihoi.web.counting.services import keying as acts
from daihoi.web.counting.services import scans
from tests.papers.minutes_reading import pdf_text
from tests.web.counting.conftest import Box
from tests.web.counting.test_keyed import key

pytestmark = pytest.mark.django_db


@pytest.fixture
def keyed(bare: Box) -> Batch:
    """A pile of two: the first keyed alike, the second read by a third."""
    batch = scans.add_batch(count=bare.begin(Way.KEYED), papers=2, by="test")
    batch.first, batch.second = "an", "binh"
    batch.save()
    for turn in (Turn.FIRST, Turn.SECOND):
        key(batch, 1, turn, "kkkx")
    for attempt in (1, 2):
        key(batch, 2, Turn.FIRST, "kkkx", attempt=attempt)
        key(batch, 2, Turn.SECOND, "kxkx", attempt=attempt)
    return batch


def told(count: Count) -> list[tuple[str, str, str, str]]:
    """Ballot, what it says, its note, and by whom, in English."""
    entry_log.brought_up_to_date(count)
    with translation.override("en"):
        return [(one.ballot, entry_log.said(one), entry_log.note(one), one.by) for one in queries.log_lines(count)]


def test_log_of_a_keyed_count_tells_every_keying_and_what_holds(keyed: Batch) -> None:
    assert told(keyed.count)[-1] == ("001-002", "still open", "", "")
    key(keyed, 2, Turn.THIRD, "kxkx", standing="")
    assert told(keyed.count) == [
        ("001-001", "1-3", "first person", "an"),
        ("001-001", "1-3", "second person", "binh"),
        ("001-002", "1-3", "first person", "an"),
        ("001-002", "1, 3", "second person, differs from the first: 2", "binh"),
        ("001-002", "1-3", "first person, time 2", "an"),
        ("001-002", "1, 3", "second person, time 2, differs from the first: 2", "binh"),
        ("001-002", "1, 3", "third person", "yen"),
        ("001-002", "1, 3", "settled by a third person", ""),
    ]


def test_keyed_paper_that_is_not_valid_is_told_with_its_ground(bare: Box) -> None:
    batch = scans.add_batch(count=bare.begin(Way.KEYED), papers=1, by="test")
    batch.first, batch.second = "an", "binh"
    batch.save()
    for turn in (Turn.FIRST, Turn.SECOND):
        key(batch, 1, turn, "kkkk")
    entry_log.brought_up_to_date(batch.count)
    assert [(one.source, one.votes, one.ground) for one in batch.count.log.all()] == [
        ("keyed", "1-4", ""),
        ("keyed", "1-4", ""),
        ("outcome", "1-4", "OVER_VOTE"),
    ]


def test_log_of_tally_sheets_tells_the_totals(bare: Box) -> None:
    bare.begin()
    batch = scans.add_batch(count=bare.begin(Way.TOTALS), papers=3, by="test")
    votes = {"c01": 2, "c02": 0, "c03": 1, "c04": 0}
    acts.key_totals(batch=batch, votes=votes, valid=2, invalid=1, by="an")
    assert told(batch.count) == [("001", "valid 2, not valid 1; votes 1: 2; 2: 0; 3: 1; 4: 0", "", "an")]


def test_log_is_searched_filtered_taken_out_and_printed(keyed: Batch, bare: Box, teller: Client) -> None:
    address = reverse("count_log", args=[*bare.keys, keyed.count.key])
    page = teller.get(address)
    assert page.context["table"].page.count == 7
    assert teller.get(address, {"q": "001-002 BINH"}).context["table"].page.count == 2
    assert teller.get(address, {"source": "outcome"}).context["table"].page.count == 1
    assert teller.get(address, {"invalid": "1"}).context["table"].page.count == 0
    assert teller.get(address, {"export": "1"})["Content-Type"].endswith("sheet")
    paper = teller.get(reverse("count_log_printed", args=[*bare.keys, keyed.count.key]))
    text = pdf_text(paper.content)
    assert "001-002" in text
    assert "binh" in text


def test_log_that_is_up_to_date_is_not_written_again(keyed: Batch, bare: Box, teller: Client) -> None:
    address = reverse("count_log", args=[*bare.keys, keyed.count.key])
    teller.get(address)
    before = list(keyed.count.log.values_list("pk", flat=True))
    teller.get(address)
    assert list(keyed.count.log.values_list("pk", flat=True)) == before
    key(keyed, 2, Turn.THIRD, "kxkx")
    teller.get(address)
    assert keyed.count.log.count() == 8
