"""Two people key each paper; what differs comes back cleared to both; a third reads what differs even then."""

from __future__ import annotations

import json

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from daihoi.interchange import keyed_file
from daihoi.interchange.package_file import MINUTES
from daihoi.rules.terms import Mark
from daihoi.verify.package import verify_package
from daihoi.web.audit.models import LedgerEntry
from daihoi.web.counting import comparing, folders, keying, queries
from daihoi.web.counting.choices import Turn, Way
from daihoi.web.counting.models import Batch, Count, KeyedBallot
from daihoi.web.counting.services import keying as acts
from daihoi.web.counting.services import scans
from daihoi.web.elections import making
from daihoi.web.elections.choices import ContestState
from daihoi.web.site.receiving import Asked, receive
from tests.papers.minutes_reading import pdf_text
from tests.web.conftest import signed_in
from tests.web.counting.conftest import Box, member

pytestmark = pytest.mark.django_db


def pile(box: Box, papers: int = 2, way: Way = Way.KEYED) -> Batch:
    """A pile of a keyed count beside the count of record."""
    box.begin()
    batch = scans.add_batch(count=box.begin(way), papers=papers, by="test")
    batch.first, batch.second = "an", "binh"
    batch.save()
    return batch


def key(batch: Batch, number: int, turn: Turn, marks: str, attempt: int = 1, standing: str = "") -> KeyedBallot:
    """Somebody keys a paper."""
    by = {Turn.FIRST: "an", Turn.SECOND: "binh"}.get(turn, "yen")
    return acts.key_ballot(
        batch=batch, number=number, turn=turn, attempt=attempt, marks=marks, standing=standing, by=by
    )


def test_paper_that_both_key_alike_is_settled(bare: Box) -> None:
    batch = pile(bare)
    key(batch, 1, Turn.FIRST, "kkkx")
    key(batch, 1, Turn.SECOND, "kkkx")
    settled = keying.papers(batch)[0]
    assert (settled.settled, settled.marks) == (True, "kkkx")


def test_only_what_differs_comes_back_cleared_to_both(bare: Box) -> None:
    batch = pile(bare)
    key(batch, 1, Turn.FIRST, "kkkx")
    key(batch, 1, Turn.SECOND, "kxkx")
    paper = keying.papers(batch)[0]
    assert (paper.settled, paper.differs) == (False, (1,))
    assert paper.asks(Turn.FIRST)
    assert paper.asks(Turn.SECOND)
    assert keying.cleared("kkkx", paper.differs) == "k-kx"


def test_correction_takes_the_names_that_differed_alone(bare: Box) -> None:
    batch = pile(bare)
    key(batch, 1, Turn.FIRST, "kkkx")
    key(batch, 1, Turn.SECOND, "kxkx")
    # The others are keyed wrongly now; they were alike and stay as they were.
    key(batch, 1, Turn.FIRST, "xxxk", attempt=2)
    key(batch, 1, Turn.SECOND, "kxkx", attempt=2)
    assert keying.papers(batch)[0].marks == "kxkx"


def test_third_person_reads_what_differs_twice(bare: Box) -> None:
    batch = pile(bare)
    for attempt in (1, 2):
        key(batch, 1, Turn.FIRST, "kkkx", attempt=attempt)
        key(batch, 1, Turn.SECOND, "kxkx", attempt=attempt)
    paper = keying.papers(batch)[0]
    assert [paper.asks(turn) for turn in Turn] == [False, False, True]
    key(batch, 1, Turn.THIRD, "kxkx")
    assert keying.papers(batch)[0].marks == "kxkx"


def test_key_that_is_sent_again_is_nothing_new(bare: Box) -> None:
    batch = pile(bare)
    one = key(batch, 1, Turn.FIRST, "kkkx")
    assert key(batch, 1, Turn.FIRST, "kkkx") == one
    assert LedgerEntry.objects.filter(kind="count.ballot_keyed").count() == 1


def test_ledger_says_that_a_paper_was_keyed_and_not_how(bare: Box) -> None:
    key(pile(bare), 1, Turn.FIRST, "kkkx")
    told = json.loads(LedgerEntry.objects.get(kind="count.ballot_keyed").facts)
    assert {name: told[name] for name in ("batch", "paper", "turn", "attempt")} == {
        "batch": 1, "paper": 1, "turn": 1, "attempt": 1,
    }  # fmt: skip
    assert "kkkx" not in json.dumps(told)


@pytest.mark.parametrize("marks", ["", "kkk", "kkkxx", "kkka", "KKKX", "kk-x"])
def test_marks_that_are_none_are_refused(bare: Box, marks: str) -> None:
    with pytest.raises(ValidationError):
        key(pile(bare), 1, Turn.FIRST, marks)


def test_nobody_keys_a_pile_twice(bare: Box) -> None:
    batch = pile(bare)
    batch.first = batch.second = ""
    batch.save()
    assert acts.take_turn(batch=batch, by="an") == Turn.FIRST
    batch.refresh_from_db()
    assert acts.take_turn(batch=batch, by="an") == Turn.FIRST
    assert acts.take_turn(batch=batch, by="binh") == Turn.SECOND
    batch.refresh_from_db()
    with pytest.raises(ValidationError, match="Two others"):
        acts.take_turn(batch=batch, by="yen")


def test_second_never_sees_what_the_first_keyed(bare: Box) -> None:
    an, binh = (signed_in(member(bare.day, name)) for name in ("an", "binh"))
    bare.begin()
    count = bare.begin(Way.KEYED)
    scans.add_batch(count=count, papers=1, by="test")
    address = reverse("keying", args=[*bare.keys, count.key, 1])
    sent(an, address, 1, "kxkx")
    page = binh.get(address)
    assert page.context["next"] == {"number": 1, "attempt": 1, "marks": "", "differs": [], "left": 1}
    assert "kxkx" not in page.content.decode()
    told = sent(binh, address, 1, "kkkx")
    assert told["next"] == {"number": 1, "attempt": 2, "marks": "k-kx", "differs": [1], "left": 1}


def sent(client: Client, address: str, number: int, marks: str, attempt: int = 1) -> dict[str, object]:
    """A paper as the page sends it."""
    paper = {"number": number, "attempt": attempt, "marks": marks, "ground": ""}
    answer = client.post(address, {"paper": json.dumps(paper)})
    assert answer.status_code == 200, answer.content
    told: dict[str, object] = answer.json()
    return told


def test_keyed_lines_are_a_file_that_counts_are_compared_with(bare: Box) -> None:
    batch = pile(bare)
    for turn in (Turn.FIRST, Turn.SECOND):
        key(batch, 1, turn, "kkkx")
        key(batch, 2, turn, "xxxx", standing="DISTINGUISHING_MARK")
    contest = making.contest_of(bare.again())
    held = keyed_file.parse(
        keying.csv_of(batch.count), "keyed.csv", contest=contest, form=making.ballot_form_of(bare.again())
    )
    assert isinstance(held, keyed_file.KeyedBallots)
    assert [line.ballot for line in held.lines] == ["001-001", "001-002"]
    assert list(held.lines[0].marks.values()) == [Mark.KEPT, Mark.KEPT, Mark.KEPT, Mark.STRUCK]
    assert held.lines[1].grounds == ("DISTINGUISHING_MARK",)


@pytest.mark.parametrize(
    ("votes", "valid", "invalid", "says"),
    [({"c01": 3}, 3, 0, "counted by hand"), ({"c01": 3}, 2, 0, "more votes"), ({"c01": 2}, 2, 0, "")],
)
def test_tally_sheet_must_add_up(bare: Box, votes: dict[str, int], valid: int, invalid: int, says: str) -> None:
    batch = pile(bare, way=Way.TOTALS)
    held = {f"c{number:02d}": 0 for number in range(1, 5)} | votes
    if says:
        with pytest.raises(ValidationError, match=says):
            acts.key_totals(batch=batch, votes=held, valid=valid, invalid=invalid, by="an")
        return
    acts.key_totals(batch=batch, votes=held, valid=valid, invalid=invalid, by="an")
    assert b"c01,2" in keying.csv_of(batch.count)


marks = st.text("kx", min_size=4, max_size=4)


@given(st.lists(st.tuples(marks, marks), min_size=1, max_size=2), marks)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_settled_was_keyed_alike_by_two_or_read_by_a_third(tries: list[tuple[str, str]], third: str) -> None:
    rows = [
        KeyedBallot(number=1, turn=turn, attempt=attempt, marks=said)
        for attempt, pair in enumerate(tries, 1)
        for turn, said in zip((1, 2), pair, strict=True)
    ]
    paper = keying.paper(1, rows)
    one, other = tries[-1]
    assert paper.settled == (one == other)
    if not paper.settled:
        assert paper.differs == tuple(at for at in range(4) if one[at] != other[at])
        rows.append(KeyedBallot(number=1, turn=3, attempt=1, marks=third))
        assert keying.paper(1, rows).marks == third


def test_contest_without_a_scanner_is_confirmed_from_keyed_papers(bare: Box, head: Client) -> None:
    batch = scans.add_batch(count=bare.begin(Way.KEYED), papers=11, by="test")
    batch.first, batch.second = "an", "binh"
    batch.save()
    sheet = head.get(reverse("reconciliation", args=bare.keys))
    assert not sheet.context["holds"]
    for number in range(1, 12):
        for turn in (Turn.FIRST, Turn.SECOND):
            key(
                batch, number, turn, "kkxk" if number < 10 else "kxxx" if turn == Turn.FIRST or number == 10 else "kxxk"
            )
    for turn in (Turn.FIRST, Turn.SECOND):
        key(batch, 11, turn, "kxxx" if turn == Turn.FIRST else "kxxk", attempt=2)
    key(batch, 11, Turn.THIRD, "kxxx")
    sheet = head.get(reverse("reconciliation", args=bare.keys))
    assert sheet.context["holds"], [(line.code, line.holds, line.detail) for line in sheet.context["lines"]]
    head.post(reverse("result_confirm", args=bare.keys), {"digest": "0" * 64})
    assert bare.again().state == ContestState.COUNTING
    head.post(reverse("result_confirm", args=bare.keys), {"digest": sheet.context["progress"].digest})
    assert bare.again().state == ContestState.CONFIRMED
    said = LedgerEntry.objects.filter(subject=f"contest:{bare.contest.key}").order_by("-seq").values_list("kind")
    kinds = [kind for (kind,) in said[:4]]
    assert kinds[::-1] == ["contest.counted", "contest.counting_again", "contest.counted", "contest.confirmed"]
    votes = {one.candidate: one.votes for one in bare.contest.nominations.all()}
    assert votes == {"c01": 11, "c02": 9, "c03": 0, "c04": 9}
    assert head.get(reverse("contest_result", args=bare.keys)).context["papers"].valid == 11
    sealed_and_verified(head, bare, batch.count, sheet.context["progress"].digest)


def sealed_and_verified(head: Client, box: Box, count: Count, digest: str) -> None:
    """The keyed count has minutes that say how it was held, and a package that is counted again from what was keyed."""
    head.post(reverse("result_minutes", args=box.keys))
    minutes = (folders.count_of(count) / MINUTES[1]).read_bytes()
    text = " ".join(pdf_text(minutes).split())
    for said in ("Phiếu được kiểm không dùng máy quét", "Tổng số phiếu đã nhập: 11", "Khác nhau ở lần đầu: 01 phiếu"):
        assert said in text
    words = {"passphrase": "mật khẩu của ban", "again": "mật khẩu của ban"}
    answer = head.post(reverse("result_seal", args=box.keys), words, follow=True)
    assert box.again().state == ContestState.SEALED, answer.content.decode()
    report = verify_package(folders.package_of(count), digest=digest)
    assert report.findings == ()
    assert (report.shown.status, report.shown.images) == ("final", "none")
    assert [one.votes for one in report.shown.elected] == [11, 9, 9]
    # The centre takes in what the counting room sealed, as it takes in a scanned count.
    told = receive((folders.package_of(count),), Asked(digests=(digest,), take=True, language="en"))
    assert (told.taken, told.wrong) == (1, ())


def test_pile_that_is_keyed_anew_is_out_of_the_count_at_once(bare: Box, teller: Client) -> None:
    batch = pile(bare, papers=1)
    for turn in (Turn.FIRST, Turn.SECOND):
        key(batch, 1, turn, "kkkx")
    address = reverse("count_batches", args=[*bare.keys, batch.count.key])
    said = teller.post(address, {"remove": "1", "why": "đọc nhầm"}, follow=True).content.decode()
    assert "to be keyed again" in said
    assert b"001-001" not in keying.csv_of(batch.count)
    assert not queries.waits_for_reader(batch.count)


@pytest.mark.parametrize(("decided", "says"), [(False, "nobody was asked"), (True, "take the decision")])
def test_ballot_that_differs_is_told_with_what_to_do_in_each_count(bare: Box, decided: bool, says: str) -> None:
    scanned, keyed = bare.begin(), bare.begin(Way.KEYED)
    if decided:
        scanned.decisions.create(ballot="b0017", candidate="c02", word="kept", by="yen", at=timezone.now())
    sides = (comparing.Side("A", "kept", "", "", "b0017"), comparing.Side("B", "struck", "", "", "002-005"))
    one = comparing.Difference(1, "Nông Thị Lan", sides, "", "c02")
    first, second = comparing.steps(one, {"A": scanned, "B": keyed})
    assert says in first.words
    assert (first.page, first.ballot) == ("count_decisions" if decided else "count", "b0017")
    assert "keyed again" in second.words
    gone = comparing.Difference(1, "", (comparing.Side("A", "", "", ""), sides[1]), "")
    assert "no such paper" in comparing.steps(gone, {"A": scanned})[0].words
