"""A contest from its first scan to the sealed package, as the people of the room do it in the browser."""

from __future__ import annotations

import html

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from daihoi.counts.journal import LEDGER_NAME
from daihoi.counts.sampling import shown_wrong
from daihoi.interchange.package_file import MINUTES
from daihoi.interchange.terms import BallotLine
from daihoi.verify.package import verify_package
from daihoi.verify.terms import SampleShown
from daihoi.web.audit.queries import verify
from daihoi.web.counting import folders, queries, sampling
from daihoi.web.counting.keying import letters_of
from daihoi.web.counting.models import Count, Question
from daihoi.web.elections.choices import ContestState
from tests.papers.minutes_reading import pdf_text
from tests.papers.signing_keys import PASSPHRASE, key_file, today
from tests.web.conftest import let_go
from tests.web.counting.conftest import COLLECTED, Box, read
from tests.web.counting.test_keyed import sent

pytestmark = pytest.mark.django_db


def at_the_table(client: Client, box: Box, count: Count) -> int:
    """Answer every open question as the machine proposes; gives how many there were."""
    address = reverse("count_table", args=[*box.keys, count.key])
    answered = 0
    while True:
        page = client.get(address)
        asked = page.context["asked"]
        if asked is None:
            return answered
        question: Question = asked.question
        answer = client.post(address, {"question": question.pk, "word": question.proposal})
        assert answer.status_code == 302
        answered += 1
        assert answered < 200
        read(count)


def sign_by_key(head: Client, box: Box) -> None:
    """Two people sign the minutes at the laptop of the head of the board, the second after a wrong passphrase."""
    address = reverse("result_sign", args=box.keys)
    nothing = head.post(address, {"signs_as": "board"})
    assert list(nothing.context["sign_form"].errors) == ["key"]
    # A token is for the command on the computer of the house, which finds the count there.
    command = f'daihoi minutes "{folders.count_of(Count.objects.get())}" --pkcs11 '
    assert command in html.unescape(nothing.content.decode())
    told = []
    for name, place, words in (
        ("Nguyễn Thị Vân", "board", PASSPHRASE),
        ("Bế Xuân Trường", "presidium", "sai"),
        ("Bế Xuân Trường", "presidium", PASSPHRASE),
    ):
        file = SimpleUploadedFile("khoa.p12", key_file(name, days=today()))
        given = {"key": file, "key_passphrase": words, "signs_as": place}
        answer = head.post(address, given, follow=True)
        told += [str(message) for message in answer.context["messages"]]
    assert [said.split(":")[-1].split(".")[0].strip() for said in told] == [
        "Nguyễn Thị Vân", "The passphrase does not open khoa", "Nguyễn Thị Vân, Bế Xuân Trường",
    ]  # fmt: skip


def letters(count: Count, line: BallotLine) -> str:
    """A ballot of the count as it would be keyed."""
    keys = {mark: key for key, mark in letters_of(count.contest).items()}
    return "".join(keys[line.marks[name]] for name in sampling.names_on(count))


def sampled_by_hand(client: Client, box: Box, count: Count) -> None:
    """Three papers are drawn; the second is keyed wrongly twice, is shown with its row, and is keyed rightly then."""
    address = reverse("count_sample", args=[*box.keys, count.key])
    assert client.post(address, {"seed": " 6 2  4 1", "size": 3}).status_code == 302
    keying = reverse("sample_keying", args=[*box.keys, count.key])
    wrong = None
    for _paper in range(4):
        told = client.get(keying).context["next"]
        sample = sampling.held(count)
        assert sample is not None
        one = next(one for one in sampling.witnesses(sample) if one.paper.order == told["number"])
        assert one.line is not None
        right = letters(count, one.line)
        wrong = wrong or told["number"]
        marks = right if told["number"] != wrong else ("x" if right[0] == "k" else "k") + right[1:]
        assert sent(client, keying, told["number"], marks, told["attempt"])["kept"]
    page = client.get(address)
    ((apart, (mark,), _whole),) = page.context["apart"]
    assert (apart.paper.order, mark["candidate"]) == (wrong, "c01")
    row = client.get(reverse("ballot_row", args=[*box.keys, count.key, apart.paper.ballot, "c01"]))
    assert row.content.startswith(b"\x89PNG")
    assert not client.get(reverse("reconciliation", args=box.keys)).context["holds"]
    again = client.get(keying, {"paper": wrong}).context["next"]
    assert (again["number"], again["attempt"], again["differs"]) == (wrong, 3, [0])
    right = letters(count, apart.line)
    sent(client, keying, wrong, right, 3)
    assert client.get(address).context["agree"] == 3
    assert "19 of 20" in client.get(address).content.decode()


def test_contest_goes_from_scans_to_a_sealed_package(box: Box, teller: Client, head: Client) -> None:
    begun = teller.post(reverse("count_begin", args=box.keys), {"way": "scanned"})
    assert begun.status_code == 302, begun.content.decode()
    count = Count.objects.get()
    box.scan(count)
    progress = read(count)
    assert (progress.problem, progress.ballots, progress.pages) == (None, 11, 11)

    assert at_the_table(teller, box, count) > 0
    sampled_by_hand(teller, box, count)
    log = teller.get(reverse("count_log", args=[*box.keys, count.key]))
    sources = {line.source for line in log.context["table"].rows}
    assert sources == {"scanner_a", "decided", "outcome", "hand"}
    sheet = teller.get(reverse("reconciliation", args=box.keys))
    assert sheet.context["holds"], [(line.code, line.holds, line.detail) for line in sheet.context["lines"]]
    digest = queries.progress_of(count).digest
    assert teller.post(reverse("result_confirm", args=box.keys), {"digest": digest}).status_code == 403
    confirmed = head.post(reverse("result_confirm", args=box.keys), {"digest": digest}, follow=True)
    assert box.again().state == ContestState.CONFIRMED, confirmed.content.decode()
    assert head.get(reverse("contest_result", args=box.keys)).status_code == 200
    # From now on the minutes tell the sample, whoever writes them, by the browser or by command.
    assert (folders.count_of(count) / LEDGER_NAME).read_bytes().count(b'"sample.read"') == 5

    head.post(reverse("result_announce", args=box.keys))
    head.post(reverse("result_minutes", args=box.keys))
    sign_by_key(head, box)
    words = {"passphrase": "mật khẩu của ban", "again": "mật khẩu của ban"}
    sealed = head.post(reverse("result_seal", args=box.keys), words, follow=True)
    assert box.again().state == ContestState.SEALED, sealed.content.decode()

    report = verify_package(folders.package_of(count), digest=digest)
    assert report.sound, report.findings
    assert report.shown.sample == SampleShown("6 2 4 1", 3, COLLECTED, shown_wrong(COLLECTED, 3))
    told = " ".join(pdf_text((folders.count_of(count) / MINUTES[1]).read_bytes()).split())
    for said in ("PHỤ LỤC 3", "số gieo trước mọi người là: 6 2 4 1", "đã đọc: 03; khớp với kết quả đã kiểm: 03"):
        assert said in told
    for name in ("minutes.docx", "minutes.pdf", "minutes-signed.pdf", "package.zip", "key.pub.pem"):
        answer = teller.get(reverse("result_file", args=[*box.keys, name]))
        assert answer.status_code == 200
        assert b"".join(answer.streaming_content)  # type: ignore[arg-type]
        let_go(answer)
    votes = {one.candidate: one.votes for one in box.contest.nominations.all()}
    assert votes == {one["candidate"]: one["votes"] for one in queries.progress_of(count).result["tally"]}
    assert verify().findings == ()
