"""Ballots in the browser: looked at, printed, exchanged, accounted for."""

from __future__ import annotations

import hashlib

import pypdfium2 as pdfium

from daihoi.web.accounts.choices import Role
from daihoi.web.elections import files
from daihoi.web.elections.models import Contest, PrintJob
from daihoi.web.elections.services import ballots, lists
from tests.web.elections.conftest import TELLERS, Day, SignIn, at, posted, printed, text, voted


def _body(client: object, address: str) -> bytes:
    answer = client.get(address)  # type: ignore[attr-defined]
    assert answer.status_code == 200, address
    return b"".join(answer.streaming_content) if answer.streaming else bytes(answer.content)


def test_what_is_looked_at_is_what_is_printed(adopted: Day, sign_in: SignIn) -> None:
    lists.close_list(contest=adopted.contest, by="test")
    client = sign_in(Role.COUNTING_HEAD)
    page = posted(client, at("contest_ballots", adopted), act="make")
    assert at("ballot_preview", adopted, 1, 1) in page
    # Twelve are summoned and nobody was seen at the door: 5 % in reserve, and two at least.
    assert "that is 14 sheets" in page

    page = posted(client, at("contest_ballots", adopted), act="print", copies=14)

    form = Contest.objects.get().forms.get()
    assert _body(client, at("ballot_preview", adopted, 1, 1)).startswith(b"\x89PNG")
    assert hashlib.sha256(_body(client, at("ballot_sheet", adopted, 1))).hexdigest() == form.digest
    made = _body(client, at("ballot_job", adopted, PrintJob.objects.get().pk))
    assert len(pdfium.PdfDocument(made)) == 14 * form.pages
    assert client.get(at("ballot_preview", adopted, 1, 9)).status_code == 404


def test_printing_more_asks_why(adopted: Day, sign_in: SignIn) -> None:
    printed(adopted.contest, copies=12)
    client = sign_in(Role.COUNTING_HEAD)
    posted(client, at("contest_ballots", adopted), act="print", copies=5)
    assert PrintJob.objects.count() == 1

    posted(client, at("contest_ballots", adopted), act="print", copies=5, reason="Máy in kẹt giấy")

    assert Contest.objects.get().printed == 17
    assert "Máy in kẹt giấy" in text(client, at("contest_account", adopted))


def test_rehearsal_has_a_form_of_its_own_and_counts_for_nothing(adopted: Day, sign_in: SignIn) -> None:
    printed(adopted.contest, copies=12)
    client = sign_in(Role.COUNTING_HEAD)
    posted(client, at("contest_ballots", adopted), act="rehearsal")
    posted(client, at("contest_ballots", adopted), act="print_rehearsal", copies=3)

    contest = Contest.objects.get()
    assert contest.printed == 12
    assert [one.rehearsal for one in contest.forms.all()] == [False, True]


def test_void_form_is_printed_no_more_and_its_sheets_are_named(adopted: Day, sign_in: SignIn) -> None:
    contest = printed(adopted.contest)
    job = PrintJob.objects.get()
    one = contest.nominations.get(number=1)
    presidium, board = sign_in(Role.PRESIDIUM), sign_in(Role.COUNTING_HEAD)

    posted(presidium, at("nomination", adopted, one.key), act="name", name="Lý Mỹ Dùng", reason="In sai họ tên")

    assert board.get(at("ballot_job", adopted, job.pk)).status_code == 404
    page = text(board, at("contest_ballots", adopted))
    assert "The printed ballots bear a mistake: In sai họ tên" in page
    posted(board, at("contest_ballots", adopted), act="make")
    assert [one.number for one in contest.forms.filter(voided_at=None)] == [2]


def test_files_that_were_changed_are_not_printed(adopted: Day, sign_in: SignIn) -> None:
    contest = printed(adopted.contest)
    path = files.election_file(contest.forms.get())
    path.write_text(path.read_text(encoding="utf-8").replace("Lý Mỹ Dung", "Lý Mỹ Dùng"), encoding="utf-8")
    client = sign_in(Role.COUNTING_HEAD)

    answer = client.get(at("ballot_job", adopted, PrintJob.objects.get().pk), follow=True)

    assert "The files of this form were changed since it was made" in answer.content.decode()


def test_spoiled_ballot_is_exchanged_while_there_is_another(adopted: Day, sign_in: SignIn) -> None:
    contest = printed(adopted.contest, copies=12)
    ballots.issue_ballots(contest=contest, present=11, issued=11, tellers=TELLERS, by="test")
    client = sign_in(Role.COUNTING)
    assert "One ballot was exchanged." in posted(client, at("contest_exchange", adopted))

    page = posted(client, at("contest_exchange", adopted))

    assert "No printed ballot is left to exchange it for" in page
    assert Contest.objects.get().spoiled == 1


def test_account_names_who_counted_and_what_is_missing(adopted: Day, sign_in: SignIn) -> None:
    voted(printed(adopted.contest))
    client = sign_in(Role.COUNTING_HEAD)
    page = text(client, at("contest_account", adopted))
    assert "Every sheet is accounted for." in page
    assert "Sầm Văn Ấn, Lục Thị Yến" in page

    page = posted(client, at("contest_figures", adopted), printed=13, issued=11, spoiled=0, unused=1, collected=11,
                  first=TELLERS[0], second=TELLERS[1], reason="Đếm lại")  # fmt: skip

    assert "Printed is not issued, spoiled and left over together" in page


def test_base_with_every_deduction_stands_before_the_ballots_are_issued(adopted: Day, sign_in: SignIn) -> None:
    printed(adopted.contest)
    page = text(sign_in(Role.COUNTING_HEAD), at("contest_issue", adopted))

    assert "Delegates absent throughout whom nobody replaces" in page
    assert "12 delegates were summoned and 1 are taken off, so the result is reckoned on 11" in page
