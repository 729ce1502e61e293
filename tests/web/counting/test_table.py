"""The table of the board: nobody has another's ballot, a decision stands once, and can be taken back until the end."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from daihoi.web.audit.models import LedgerEntry
from daihoi.web.counting.choices import CountState
from daihoi.web.counting.models import Claim, Count, Decision, Question
from daihoi.web.counting.services import board
from tests.web.conftest import signed_in
from tests.web.counting.conftest import Box, asked, member

pytestmark = pytest.mark.django_db
QUERIES_OF_A_KEY = 36
"""A decision, its entry in the ledger, and the next question with all that stands around it."""


def table(client: Client, box: Box, count: Count) -> Question | None:
    """What lies on this table."""
    held = client.get(reverse("count_table", args=[*box.keys, count.key])).context["asked"]
    return held.question if held else None


def answer(client: Client, box: Box, count: Count, question: Question, **more: str) -> Client:
    """A key on the table."""
    address = reverse("count_table", args=[*box.keys, count.key])
    assert client.post(address, {"question": question.pk, **more}).status_code == 302
    return client


def test_two_at_two_tables_never_get_the_same_ballot(bare: Box, teller: Client, head: Client) -> None:
    count = bare.begin()
    asked(count, 3)
    one, other = table(teller, bare, count), table(head, bare, count)
    assert one is not None
    assert other is not None
    assert one.ballot != other.ballot
    assert table(teller, bare, count) == one, "looking again keeps what lies there"


def test_one_person_at_two_browsers_has_two_tables(bare: Box) -> None:
    user = member(bare.day, "an")
    count = bare.begin()
    asked(count, 2)
    one, other = table(signed_in(user), bare, count), table(signed_in(user), bare, count)
    assert one is not None
    assert other is not None
    assert one.ballot != other.ballot


def test_ballot_of_somebody_who_left_comes_to_the_next(bare: Box, teller: Client, head: Client) -> None:
    count = bare.begin()
    asked(count, 1)
    assert table(teller, bare, count) is not None
    assert table(head, bare, count) is None
    Claim.objects.update(until=timezone.now() - timedelta(seconds=1))
    assert table(head, bare, count) is not None


def test_who_lost_the_ballot_does_not_decide_it(bare: Box, teller: Client, head: Client) -> None:
    count = bare.begin()
    asked(count, 1)
    question = table(teller, bare, count)
    assert question is not None
    Claim.objects.update(until=timezone.now() - timedelta(seconds=1))
    table(head, bare, count)
    answer(teller, bare, count, question, word="kept")
    assert not Decision.objects.exists()


@pytest.mark.parametrize("word", ["struck", "kept"])
def test_decision_says_who_and_why_and_the_ledger_not_what(bare: Box, teller: Client, word: str) -> None:
    count = bare.begin()
    asked(count, 1)
    question = table(teller, bare, count)
    assert question is not None
    answer(teller, bare, count, question, word=word, why="nét gạch mờ")
    decision = Decision.objects.get()
    assert (decision.word, decision.why, decision.by) == (word, "nét gạch mờ", "Người an (an)")
    told = LedgerEntry.objects.get(kind="count.decided")
    assert word not in told.facts
    assert "c01" not in told.facts


@pytest.mark.parametrize("word", ["", "agree", "doubtful", "NOT_ISSUED", "keyed:{}"])
def test_word_that_is_no_answer_is_refused(bare: Box, teller: Client, word: str) -> None:
    count = bare.begin()
    asked(count, 1)
    question = table(teller, bare, count)
    assert question is not None
    answer(teller, bare, count, question, word=word)
    assert not Decision.objects.exists()


def test_ballot_sent_to_the_head_lies_on_no_other_table(bare: Box, teller: Client, head: Client) -> None:
    count = bare.begin()
    asked(count, 1)
    question = table(teller, bare, count)
    assert question is not None
    answer(teller, bare, count, question, head=question.ballot, why="hai nét chồng nhau")
    assert table(teller, bare, count) is None
    page = head.get(reverse("count_table", args=[*bare.keys, count.key])).content.decode()
    assert "hai nét chồng nhau" in page
    answer(head, bare, count, question, word="struck")
    assert Decision.objects.get().by == "Người yen (yen)"


def test_decision_taken_back_is_asked_again_and_stays_told(bare: Box, teller: Client) -> None:
    count = bare.begin()
    asked(count, 1)
    question = table(teller, bare, count)
    assert question is not None
    answer(teller, bare, count, question, word="kept")
    assert table(teller, bare, count) is None
    answer(teller, bare, count, question, undo=str(Decision.objects.get().pk))
    assert table(teller, bare, count) == question
    answer(teller, bare, count, question, word="struck")
    assert [(one.word, one.undone_at is None) for one in Decision.objects.order_by("pk")] == [
        ("kept", False), ("struck", True),
    ]  # fmt: skip


def test_nothing_is_decided_or_taken_back_in_a_closed_count(bare: Box, teller: Client) -> None:
    count = bare.begin()
    asked(count, 2)
    question = table(teller, bare, count)
    assert question is not None
    answer(teller, bare, count, question, word="kept")
    Count.objects.update(state=CountState.CLOSED)
    answer(teller, bare, count, question, undo=str(Decision.objects.get().pk))
    assert Decision.objects.get().undone_at is None
    assert table(teller, bare, count) is None


def test_board_may_call_a_ballot_invalid_for_what_nobody_asked(bare: Box, teller: Client) -> None:
    count = bare.begin()
    asked(count, 1)
    question = table(teller, bare, count)
    assert question is not None
    answer(teller, bare, count, question, whole="SIGNED_OR_EXTRA_TEXT")
    decision = Decision.objects.get()
    assert (decision.ballot, decision.candidate, decision.word) == ("b0001", "", "SIGNED_OR_EXTRA_TEXT")


def test_proposal_stands_last_and_nothing_is_chosen(bare: Box, teller: Client) -> None:
    count = bare.begin()
    asked(count, 1)
    page = teller.get(reverse("count_table", args=[*bare.keys, count.key])).content.decode()
    assert page.index('value="kept"') < page.index('value="struck"') < page.index("desk-proposal")
    assert "autofocus" not in page
    assert "checked" not in page


@pytest.mark.parametrize("ballots", [1, 3])
def test_table_costs_the_same_however_much_is_open(
    bare: Box, teller: Client, ballots: int, django_assert_max_num_queries: object
) -> None:
    count = bare.begin()
    asked(count, ballots)
    table(teller, bare, count)
    with django_assert_max_num_queries(32):  # type: ignore[operator]
        table(teller, bare, count)


def test_script_of_the_table_gets_the_next_question_for_its_key(bare: Box, teller: Client) -> None:
    count = bare.begin()
    asked(count, 2)
    first = table(teller, bare, count)
    assert first is not None
    address = reverse("count_table", args=[*bare.keys, count.key])
    given = {"question": str(first.pk), "word": "kept"}
    answered = teller.post(address, given, headers={"HX-Request": "true"})
    second = answered.context["asked"].question
    assert (answered.status_code, Decision.objects.get().ballot) == (200, first.ballot)
    assert second.ballot != first.ballot
    part = answered.content.decode()
    assert part.startswith('<div id="desk"'), "the desk alone, which is put into the page"
    assert f'name="question" value="{second.pk}"' in part
    refused = teller.post(address, given, headers={"HX-Request": "true"})
    assert "alert-danger" in refused.content.decode(), "what was refused is told within the part"
    assert refused.context["asked"].question == second
    given = {"question": str(second.pk), "word": "kept"}
    empty = teller.post(address, given, headers={"HX-Request": "true"}).content.decode()
    assert f'hx-get="{address}" hx-trigger="every 3s"' in empty, "a table with nothing on it looks again by itself"


def test_key_on_a_question_that_is_gone_is_answered_with_the_next(bare: Box, teller: Client) -> None:
    count = bare.begin()
    first, second = asked(count, 2)
    table(teller, bare, count)
    # The head took its pile out, and the reader wrote the questions anew.
    Question.objects.filter(pk=first.pk).delete()
    address = reverse("count_table", args=[*bare.keys, count.key])
    answered = teller.post(address, {"question": first.pk, "word": "kept"}, headers={"HX-Request": "true"})
    assert answered.context["asked"].question == second
    assert "alert-danger" in answered.content.decode()
    assert not Decision.objects.exists()


@pytest.mark.parametrize("ballots", [2, 4])
def test_key_costs_the_same_however_much_is_open(
    bare: Box, teller: Client, ballots: int, django_assert_num_queries: object
) -> None:
    count = bare.begin()
    asked(count, ballots)
    question = table(teller, bare, count)
    assert question is not None
    address = reverse("count_table", args=[*bare.keys, count.key])
    with django_assert_num_queries(QUERIES_OF_A_KEY):  # type: ignore[operator]
        teller.post(address, {"question": question.pk, "word": "kept"}, headers={"HX-Request": "true"})


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor == 'sqlite'", reason="SQLite lets one writer in at a time anyway")
def test_many_who_ask_at_one_moment_get_many_ballots(bare: Box) -> None:
    count = bare.begin()

    def take(number: int) -> bool:
        try:
            return board.claim(count=count, ballot="b0001", holder=f"{number}", name=f"{number}")
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(take, range(8))) == 1
