"""A hand sample: one seed that holds, papers keyed blind, what differs read again, nothing confirmed before the end."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from daihoi.counts.minutes import MinutesWritten
from daihoi.counts.sealing import Sealed
from daihoi.interchange import ballot_lines
from daihoi.interchange.terms import BallotLine
from daihoi.rules.terms import CandidateOutcome, InvalidGround, Mark, Standing
from daihoi.web.audit.models import LedgerEntry
from daihoi.web.counting import folders, keying, reconciling, sampling
from daihoi.web.counting.choices import CountState, Way
from daihoi.web.counting.models import Count, HandReading, HandSample, Progress
from daihoi.web.counting.services import concluding
from daihoi.web.counting.services import sampling as acts
from daihoi.web.elections.choices import ContestState
from tests.papers.minutes_reading import pdf_text
from tests.web.counting.conftest import Box, asked

pytestmark = pytest.mark.django_db


def line(number: int, marks: str, **more: object) -> BallotLine:
    """A ballot of the count."""
    told = {"k": Mark.KEPT, "x": Mark.STRUCK}
    facts: dict[str, object] = {"standing": Standing.VALID} | more
    held = {f"c{at:02d}": told[mark] for at, mark in enumerate(marks, 1)}
    return BallotLine(f"b{number:04d}", held, **facts)  # type: ignore[arg-type]


SIGNED = {"standing": Standing.INVALID, "grounds": (InvalidGround.SIGNED_OR_EXTRA_TEXT,)}
FOREIGN = {"standing": Standing.INVALID, "grounds": (InvalidGround.NOT_ISSUED,)}
DIGEST = "0" * 64
LINES = (line(1, "kkkx"), line(2, "kkkx", **SIGNED), line(3, "", **FOREIGN))


@pytest.fixture
def sample(bare: Box) -> HandSample:
    """Three ballots, all of them drawn; the second was signed, the third not issued by the board."""
    count = bare.begin()
    folder = folders.count_of(count)
    folder.mkdir(parents=True)
    (folder / "ballots.jsonl").write_bytes(ballot_lines.dump(LINES))
    made = HandSample.objects.create(count=count, seed="6 2 4", ballots=3, digest="0" * 64, made_by="test")
    for order, one in enumerate(LINES, 1):
        made.papers.create(order=order, draw=order, digest="0" * 64, place=order, ballot=one.ballot, sheet=order)
    return made


def key(sample: HandSample, order: int, marks: str, attempt: int = 1, standing: str = "") -> HandReading:
    """Somebody keys a drawn paper."""
    return acts.key_paper(sample=sample, order=order, attempt=attempt, marks=marks, standing=standing, by="an")


@pytest.mark.parametrize(
    ("order", "marks", "standing", "differs"),
    [
        (1, "kkkx", "", ()),
        (1, "kxkk", "", (1, 3)),
        (1, "kkkx", "OUTSIDE_NAME", (keying.STANDING,)),
        (2, "kkkx", "SIGNED_OR_EXTRA_TEXT", ()),
        (2, "xkkx", "", (0, keying.STANDING)),
        (3, "xxxx", "NOT_ISSUED", ()),
        (3, "xxxx", "", (keying.STANDING,)),
    ],
)
def test_paper_is_compared_name_by_name_and_as_a_whole(
    sample: HandSample, order: int, marks: str, standing: str, differs: tuple[int, ...]
) -> None:
    key(sample, order, marks, standing=standing)
    assert sampling.witnesses(sample)[order - 1].differs == differs


def test_what_differs_comes_back_once_and_stands_apart_then(sample: HandSample, bare: Box, teller: Client) -> None:
    key(sample, 1, "kxkk")
    address = reverse("sample_keying", args=[*bare.keys, sample.count.key])
    for order in (2, 3):
        assert teller.get(address).context["next"]["number"] == order, "papers that nobody read come first"
        key(sample, order, "kkkx", standing="SIGNED_OR_EXTRA_TEXT" if order == 2 else "NOT_ISSUED")
    again = teller.get(address).context["next"]
    assert (again["number"], again["attempt"], again["marks"], again["differs"]) == (1, 2, "k-k-", [1, 3])
    # What was alike stays as it was keyed, whatever is sent with it.
    assert key(sample, 1, "xxxk", attempt=2).marks == "kxkk"
    assert teller.get(address).context["next"] is None
    one = sampling.witnesses(sample)[0]
    assert (one.stands_apart, one.asks, one.agrees) == (True, False, False)


def test_paper_that_agrees_is_not_keyed_again_and_a_key_sent_twice_is_one(sample: HandSample) -> None:
    assert key(sample, 1, "kkkx") == key(sample, 1, "kkkx")
    with pytest.raises(ValidationError, match="keyed already"):
        key(sample, 1, "kkkx", attempt=2)
    told = json.loads(LedgerEntry.objects.get(kind="count.sample_keyed").facts)
    assert told["ballot"] == "b0001"
    assert "kkkx" not in json.dumps(told)


def test_ballot_that_left_the_count_is_told(sample: HandSample, bare: Box, teller: Client) -> None:
    (folders.count_of(sample.count) / "ballots.jsonl").write_bytes(ballot_lines.dump(LINES[1:]))
    page = teller.get(reverse("count_sample", args=[*bare.keys, sample.count.key]))
    assert [one.paper.ballot for one in page.context["gone"]] == ["b0001"]
    assert "another seed" in page.content.decode()


def test_count_that_got_another_ballot_asks_for_another_seed(sample: HandSample, bare: Box, head: Client) -> None:
    for order, one in enumerate(("kkkx", "kkkx", "xxxx"), 1):
        key(sample, order, one, standing=("", "SIGNED_OR_EXTRA_TEXT", "NOT_ISSUED")[order - 1])
    told = {line.code: line for line in reconciling.lines(bare.again())}["sample"]
    assert told.holds
    (folders.count_of(sample.count) / "ballots.jsonl").write_bytes(ballot_lines.dump([*LINES, line(4, "kkkx")]))
    told = {line.code: line for line in reconciling.lines(bare.again())}["sample"]
    assert (told.holds, "other ballots" in told.todo) == (False, True)
    page = head.get(reverse("count_sample", args=[*bare.keys, sample.count.key])).content.decode()
    assert "other ballots" in page
    assert "19 of 20" not in page


def test_ledger_is_told_every_sample_and_every_reading(sample: HandSample, bare: Box) -> None:
    key(sample, 1, "kxkk")
    acts.set_sample_aside(sample=sample, reason="nghe nhầm số", by="yen")
    again = HandSample.objects.create(count=sample.count, seed="1", ballots=3, digest="1" * 64, made_by="an")
    again.papers.create(order=1, draw=1, digest="0" * 64, place=2, ballot="b0002", sheet=2)
    told = list(sampling.acts_of(sample.count))
    assert [one.kind for one in told] == ["sample.drawn", "sample.read", "sample.discarded", "sample.drawn"]
    assert (told[0].facts["size"], told[0].facts["shown_wrong"], told[3].facts["seed"]) == (3, 1, "1")
    assert told[1].facts["marks"] == {"c01": "kept", "c02": "struck", "c03": "kept", "c04": "kept"}
    assert (told[2].facts["reason"], told[2].by) == ("nghe nhầm số", "yen")


@pytest.mark.parametrize("came", ["hand sample", "doubtful"])
def test_confirming_looks_again_at_what_no_digest_shows(
    sample: HandSample, bare: Box, monkeypatch: pytest.MonkeyPatch, came: str
) -> None:
    if came == "doubtful":
        asked(sample.count, 1)
        sample.delete()
    # The gate was looked at before the sample was drawn and the question was there.
    closed(monkeypatch, bare)
    with pytest.raises(ValidationError, match=came):
        concluding.confirm(contest=bare.again(), digest=DIGEST, by="yen")
    assert bare.again().state == ContestState.COUNTING
    assert Count.objects.get(contest=bare.contest).state == CountState.OPEN


def test_samples_are_noted_when_the_result_is_confirmed_and_again_before_minutes_and_package(
    sample: HandSample, bare: Box, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[object] = []
    closed(monkeypatch, bare)
    monkeypatch.setattr(reconciling, "lines_without_digest", lambda _contest, _count: [])
    monkeypatch.setattr(concluding, "note_samples", lambda _folder, told: done.append([one.kind for one in told]))
    written, sealed = MinutesWritten(Path(), Path(), DIGEST), Sealed(Path(), None, DIGEST)
    monkeypatch.setattr(concluding, "write_minutes", lambda _folder, **_more: done.append("minutes") or written)
    monkeypatch.setattr(concluding, "seal", lambda _folder, **_more: done.append("package") or sealed)
    concluding.confirm(contest=bare.again(), digest=DIGEST, by="yen")
    concluding.minutes(contest=bare.again(), by="yen")
    concluding.seal_count(contest=bare.again(), key=b"", passphrase=None, by="yen")
    assert done == [["sample.drawn"], ["sample.drawn"], "minutes", ["sample.drawn"], "package"]


def closed(monkeypatch: pytest.MonkeyPatch, box: Box) -> None:
    """Every line held when it was looked at, and the folder of the closed count has this result."""
    names = [one.candidate for one in box.contest.nominations.filter(number__isnull=False)]
    tally = [SimpleNamespace(candidate=one, votes=3, outcome=CandidateOutcome.ELECTED) for one in names]
    found = SimpleNamespace(digest=DIGEST, result=SimpleNamespace(tally=tally))
    monkeypatch.setattr(reconciling, "lines", lambda _contest: [])
    monkeypatch.setattr(concluding, "finished_in", lambda _count: found)


def test_no_more_samples_are_drawn_than_a_verifier_follows(
    sample: HandSample, bare: Box, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sampling, "is_ready", lambda _count: True)
    monkeypatch.setattr("daihoi.counts.sampling.MOST_SAMPLES", 1)
    with pytest.raises(ValidationError, match="no more can be verified"):
        acts.draw(count=sample.count, seed="1", size=1, by="an")


def test_seed_holds_until_the_head_sets_it_aside_with_a_reason(
    sample: HandSample, bare: Box, teller: Client, head: Client
) -> None:
    address = reverse("sample_aside", args=[*bare.keys, sample.count.key])
    assert teller.post(address, {"why": "x"}).status_code == 403
    head.post(address, {"why": ""})
    assert sampling.held(sample.count) == sample
    head.post(address, {"why": "nghe nhầm số"})
    assert sampling.held(sample.count) is None
    page = head.get(reverse("count_sample", args=[*bare.keys, sample.count.key]))
    assert "nghe nhầm số" in page.content.decode()


def test_nothing_is_drawn_while_a_question_is_open(bare: Box) -> None:
    count = bare.begin()
    Progress.objects.filter(count=count).update(settled=True, digest="0" * 64)
    assert sampling.is_ready(count)
    asked(count, 1)
    with pytest.raises(ValidationError, match="decide everything first"):
        acts.draw(count=count, seed="6 2 4", size=1, by="an")
    with pytest.raises(ValidationError, match="scanned"):
        acts.draw(count=bare.begin(Way.KEYED), seed="6 2 4", size=1, by="an")


def test_drawn_list_is_printed_with_seed_and_places(sample: HandSample, bare: Box, teller: Client) -> None:
    paper = teller.get(reverse("sample_printed", args=[*bare.keys, sample.count.key]))
    text = pdf_text(paper.content)
    assert "6 2 4" in text
    assert all(one.ballot in text for one in LINES)


@pytest.mark.parametrize("rows", [1, 3])
def test_sample_page_asks_the_same_number_of_times(
    sample: HandSample, bare: Box, teller: Client, rows: int, django_assert_num_queries: object
) -> None:
    sample.papers.filter(order__gt=rows).delete()
    for order in range(1, rows + 1):
        for attempt in (1, 2):
            key(sample, order, "xxxx", attempt=attempt, standing="DISTINGUISHING_MARK")
    address = reverse("count_sample", args=[*bare.keys, sample.count.key])
    teller.get(address)
    with django_assert_num_queries(17):  # type: ignore[operator]
        teller.get(address)
