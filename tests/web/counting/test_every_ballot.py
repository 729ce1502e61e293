"""A person confirms every ballot: each is shown whole, one at a time, and nothing is told before all are seen."""

from __future__ import annotations

import itertools
import os

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from daihoi.interchange import ballot_lines
from daihoi.interchange.terms import BallotLine, PageRef
from daihoi.rules.terms import Mark, Standing
from daihoi.web.counting import folders, queries, reconciling
from daihoi.web.counting.models import Count, Decision, Look, Question
from tests.web.counting.conftest import Box, asked

pytestmark = pytest.mark.django_db
MOMENTS = itertools.count(10**18, 10**9)
READ = {"c01": Mark.KEPT, "c02": Mark.KEPT, "c03": Mark.KEPT, "c04": Mark.STRUCK}


def line(number: int, c01: Mark = Mark.KEPT) -> BallotLine:
    """A ballot of the count."""
    page = PageRef(f"{number:04d}.jpg", 0, f"{number:064x}")
    return BallotLine(f"b{number:04d}", {**READ, "c01": c01}, pages=(page,), standing=Standing.VALID)


def written(count: Count, *lines: BallotLine) -> None:
    """The reader writes the ballots of the count."""
    made = folders.count_of(count) / "ballots.jsonl"
    made.write_bytes(ballot_lines.dump(lines))
    # What was read of it is kept by its size and time, which may be those of before.
    os.utime(made, ns=(next(MOMENTS), next(MOMENTS)))


@pytest.fixture
def count(bare: Box) -> Count:
    """Three ballots were read, and a person is to confirm every one."""
    made = bare.begin()
    Count.objects.filter(pk=made.pk).update(every_ballot=True)
    folders.count_of(made).mkdir(parents=True)
    written(made, line(1), line(2), line(3))
    made.refresh_from_db()
    return made


def address(box: Box, count: Count) -> str:
    return reverse("count_ballots", args=[*box.keys, count.key])


def shown(client: Client, box: Box, count: Count) -> str:
    """The ballot that lies on this table; empty where none does."""
    found = client.get(address(box, count)).context["line"]
    return found.ballot if found else ""


def says(client: Client, box: Box, count: Count, ballot: str, **said: str) -> None:
    assert client.post(address(box, count), {"ballot": ballot, **said}).status_code == 302


def gate(box: Box) -> tuple[bool, str]:
    """Whether the line of the gate holds, and what it says."""
    told = {one.code: one for one in reconciling.lines(box.again())}["seen"]
    return told.holds, told.detail


def test_each_ballot_comes_once_and_the_gate_opens_after_the_last(bare: Box, teller: Client, count: Count) -> None:
    for ballot in ("b0001", "b0002", "b0003"):
        assert not gate(bare)[0]
        assert shown(teller, bare, count) == ballot
        says(teller, bare, count, ballot, said="as_read")
    assert shown(teller, bare, count) == ""
    assert gate(bare)[0]


def test_two_at_two_tables_get_two_ballots(bare: Box, teller: Client, head: Client, count: Count) -> None:
    assert shown(teller, bare, count) == "b0001"
    assert shown(head, bare, count) == "b0002"
    says(head, bare, count, "b0001", said="as_read")
    assert not Look.objects.exists(), "a ballot on another table is not confirmed here"


def test_pages_of_the_next_ballot_are_fetched_while_this_one_is_looked_at(
    bare: Box, teller: Client, count: Count
) -> None:
    page = teller.get(address(bare, count)).content.decode()
    ahead = [part for part in page.split("<") if part.startswith("link") and 'rel="prefetch"' in part]
    assert len(ahead) == 1
    assert reverse("ballot_page", args=[*bare.keys, count.key, "b0002", 0]) in ahead[0]


def table(box: Box, count: Count) -> str:
    return reverse("count_table", args=[*box.keys, count.key])


def decides(client: Client, box: Box, count: Count, question: Question, word: str, *, taken_over: bool = True) -> None:
    """The board answers at its table, and the reader writes what it concluded."""
    client.get(table(box, count))
    client.post(table(box, count), {"question": question.pk, "word": word}, follow=True)
    if taken_over:
        Decision.objects.filter(undone_at__isnull=True).update(adopted_at=timezone.now())
        Question.objects.filter(pk=question.pk).update(adopted=word)
        written(count, line(1, Mark(word)), line(2), line(3))


def test_ballot_of_a_decided_doubt_is_still_looked_at_whole(bare: Box, teller: Client, count: Count) -> None:
    question = asked(count, 1)[0]
    assert shown(teller, bare, count) == "b0002", "what is asked of a ballot is decided first"
    decides(teller, bare, count, question, "struck")
    assert queries.unseen(count) == 3
    assert shown(teller, bare, count) == "b0001"


def test_ballot_waits_until_its_decision_was_taken_over(bare: Box, teller: Client, count: Count) -> None:
    written(count, line(1, Mark.DOUBTFUL), line(2), line(3))
    decides(teller, bare, count, asked(count, 1)[0], "struck", taken_over=False)
    assert shown(teller, bare, count) == "b0002", "b0001 would be confirmed with a mark that nobody concluded"


def test_ballot_whose_mark_became_another_is_looked_at_again(bare: Box, teller: Client, count: Count) -> None:
    question = asked(count, 1)[0]
    decides(teller, bare, count, question, "kept")
    for ballot in ("b0001", "b0002", "b0003"):
        assert shown(teller, bare, count) == ballot
        says(teller, bare, count, ballot, said="as_read")
    assert gate(bare)[0]
    teller.post(table(bare, count), {"undo": Decision.objects.get().pk})
    Question.objects.filter(pk=question.pk).update(adopted="")
    Decision.objects.update(withdrawn_at=timezone.now())
    decides(teller, bare, count, question, "struck")
    assert not gate(bare)[0], "nobody confirmed the ballot as the count has it now"
    assert shown(teller, bare, count) == "b0001"


def test_table_in_another_tab_leaves_the_ballot_that_is_looked_at(bare: Box, teller: Client, count: Count) -> None:
    assert shown(teller, bare, count) == "b0001"
    teller.get(table(bare, count), headers={"HX-Request": "true"})
    says(teller, bare, count, "b0001", said="as_read")
    assert Look.objects.filter(ballot="b0001").exists()


def test_ballot_that_was_read_otherwise_waits_for_the_head(
    bare: Box, teller: Client, head: Client, count: Count
) -> None:
    shown(teller, bare, count)
    says(teller, bare, count, "b0001", said="differs")
    for ballot in ("b0002", "b0003"):
        assert shown(teller, bare, count) == ballot
        says(teller, bare, count, ballot, said="as_read")
    assert shown(teller, bare, count) == ""
    held, told = gate(bare)
    assert not held
    assert "1" in told
    assert shown(head, bare, count) == "b0001"
    says(head, bare, count, "b0001", whole="SIGNED_OR_EXTRA_TEXT")
    assert Decision.objects.get().word == "SIGNED_OR_EXTRA_TEXT"
    assert gate(bare)[0], "the head concluded"


def test_head_may_find_that_it_was_read_right(bare: Box, teller: Client, head: Client, count: Count) -> None:
    shown(teller, bare, count)
    says(teller, bare, count, "b0001", said="differs")
    assert shown(head, bare, count) == "b0001"
    says(head, bare, count, "b0001", said="as_read")
    assert queries.differing(count) == 0


def test_ballots_of_a_pile_that_is_scanned_again_ask_for_nothing(bare: Box, teller: Client, count: Count) -> None:
    shown(teller, bare, count)
    says(teller, bare, count, "b0001", said="differs")
    written(count, line(2), line(3), line(4))
    assert queries.differing(count) == 0
    assert queries.unseen(count) == 3
