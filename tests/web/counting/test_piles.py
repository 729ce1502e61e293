"""Piles counted by hand and scanned again, decisions taken back, counts that are compared, files that are sent."""

from __future__ import annotations

import json

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from daihoi.web.counting import comparing, folders, queries
from daihoi.web.counting.choices import Turn, Way
from daihoi.web.counting.models import Decision, Question
from daihoi.web.counting.services import board, scans
from daihoi.web.counting.services import keying as acts
from daihoi.web.elections import making
from daihoi.web.elections.services.ballots import correct_figures
from tests.web.counting.conftest import CLEAR, Box, box_of, read
from tests.web.elections.conftest import Day

pytestmark = pytest.mark.django_db


def decide(question: Question, word: str) -> Decision:
    """The board at its table."""
    board.claim(count=question.count, ballot=question.ballot, holder="1", name="an")
    return board.decide(count=question.count, question=question, word=word, by="an", holder="1")


def test_count_reads_removes_takes_back_and_is_compared(adopted: Day) -> None:
    """One long way, since a reader costs seconds to begin with."""
    box = box_of(adopted, habits=None)
    count = box.begin()
    first = scans.add_batch(count=count, papers=6, by="an")
    box.scan(count, box.sheets[:5], folder=first.folder)
    progress = read(count)
    assert progress.piles == {"001": {"ballots": 5, "refused": 0}}

    # Two stuck together: the pile comes out and is scanned again as another.
    with pytest.raises(ValidationError):
        scans.remove_batch(batch=first, why=" ", by="an")
    scans.remove_batch(batch=first, why="hai tờ dính nhau", by="an")
    progress = read(count, until=lambda one: one.ballots == 0 and not queries.waits_for_reader(count))
    assert progress.set_aside == [f"001/{number:04d}.jpg" for number in range(1, 6)]
    again = scans.add_batch(count=count, papers=11, by="an")
    box.scan(count, folder=again.folder)
    progress = read(count, until=lambda one: one.ballots == 11 and one.settled and not queries.waits_for_reader(count))
    assert progress.problem is None
    assert progress.piles["002"]["ballots"] == 11

    # A figure that was counted again makes the count anew by the same readings.
    correct_figures(contest=box.again(), figures={"collected": 10}, reason="đếm lại", by="an")
    progress = read(count, until=lambda one: bool(one.result) and one.result["collected"] == 10)
    correct_figures(contest=box.again(), figures={"collected": 11}, reason="đếm lại lần nữa", by="an")
    progress = read(count, until=lambda one: bool(one.result) and one.result["collected"] == 11)
    assert progress.ballots == 11

    taken_back(count.key, box)


def taken_back(key: str, box: Box) -> None:
    """A decision that the count has adopted is withdrawn from it, and another one holds."""
    count = queries.count_of(box.again(), key)
    question = queries.open_questions(count).exclude(candidate="").first()
    if question is None:
        return
    question.count = count
    first = decide(question, "kept")
    read(count)
    first.refresh_from_db()
    assert first.adopted_at is not None
    board.undo(count=count, decision=first, by="yen")
    read(count)
    asked = Question.objects.get(pk=question.pk)
    assert (asked.needed, asked.adopted) == (True, "")
    asked.count = count
    decide(asked, "struck")
    read(count)
    assert Question.objects.get(pk=question.pk).adopted == "struck"


def test_keyed_count_finds_the_ballot_that_the_scanner_read_otherwise(adopted: Day, teller: Client) -> None:
    box = box_of(adopted, habits=CLEAR)
    count = box.begin()
    box.scan(count)
    read(count)
    for question in queries.open_questions(count):
        question.count = count
        decide(question, question.proposal)
    read(count)
    keyed = box.begin(Way.KEYED)
    batch = scans.add_batch(count=keyed, papers=11, by="an")
    batch.first, batch.second = "an", "binh"
    batch.save()
    letters = {"kept": "k", "struck": "x"}
    lines = [json.loads(line) for line in (folders.count_of(count) / "ballots.jsonl").read_bytes().splitlines()]
    for number, line in enumerate(lines, 1):
        marks = "".join(letters[line["marks"][one.candidate]] for one in making.listed(box.again()))
        if number == 4:
            # Somebody read the paper otherwise than the scanner.
            marks = ("x" if marks[0] == "k" else "k") + marks[1:]
        for turn, by in ((Turn.FIRST, "an"), (Turn.SECOND, "binh")):
            acts.key_ballot(batch=batch, number=number, turn=turn, attempt=1, marks=marks, standing="", by=by)

    found = comparing.standing(box.again())
    assert not found.agrees
    assert found.document is not None
    assert [one["candidate"] for one in found.document["differences"] if one["kind"] == "mark"] == ["c01"]  # type: ignore[index, union-attr]
    page = teller.get(reverse("counts_compared", args=box.keys))
    assert page.status_code == 200
    crop = next(side.crop for one, _steps in page.context["differences"] for side in one.sides if side.crop)
    assert teller.get(reverse("compared_crop", args=[*box.keys, crop])).status_code == 200
    lines_now = {
        line.code: line.holds for line in teller.get(reverse("reconciliation", args=box.keys)).context["lines"]
    }
    assert lines_now["witnesses"] is False


@pytest.mark.parametrize("name", ["0001.txt", "../../x.jpg\x00.exe", "", ".jpg", "COUNT"])
def test_file_that_is_no_scan_is_refused(bare: Box, name: str) -> None:
    count = bare.begin()
    with pytest.raises(ValidationError):
        scans.keep_scan(count=count, folder="", name=name, chunks=[b"x"])


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/a.jpg", "a.jpg"),
        ("C:\\scan\\b.TIF", "b.TIF"),
        ("con.png", "_con.png"),
        ("Phiếu 1.pdf", "Phiếu 1.pdf"),
    ],
)
def test_name_of_a_scan_is_one_that_every_disk_takes(bare: Box, name: str, kept: str) -> None:
    count = bare.begin()
    assert scans.keep_scan(count=count, folder="", name=name, chunks=[b"one"]) == kept
    assert (folders.scans_of(count) / kept).read_bytes() == b"one"


def test_scan_sent_again_is_kept_once_and_another_of_its_name_beside_it(bare: Box) -> None:
    count = bare.begin()
    names = [scans.keep_scan(count=count, folder="", name="a.jpg", chunks=[data]) for data in (b"1", b"1", b"2")]
    assert names == ["a.jpg", "a.jpg", "a (2).jpg"]
    assert sorted(path.name for path in folders.scans_of(count).iterdir()) == ["a (2).jpg", "a.jpg"]


def test_scan_comes_as_the_body_of_a_request(bare: Box, teller: Client) -> None:
    count = bare.begin()
    address = reverse("count_scans", args=[*bare.keys, count.key])
    headers = {"X-File-Name": "Phi%E1%BA%BFu.jpg"}
    answer = teller.post(address, b"12345", content_type="application/octet-stream", headers=headers)
    assert (answer.status_code, answer.json()) == (200, {"kept": "Phiếu.jpg"})
    told = {"X-File-Name": "no-scan.txt"}
    refused = teller.post(address, b"12345", content_type="application/octet-stream", headers=told)
    assert refused.status_code == 400
    assert "no-scan.txt" in refused.json()["refused"]
