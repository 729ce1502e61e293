"""Packages that come in, are compared with the paper, and become results of the tree."""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import translation

from daihoi.verify.terms import Report
from daihoi.web.accounts.models import User
from daihoi.web.accounts.permissions import Viewer
from daihoi.web.audit.models import LedgerEntry
from daihoi.web.audit.queries import verify
from daihoi.web.organisations import services as organisations
from daihoi.web.organisations.choices import Kind, Tier
from daihoi.web.organisations.models import Organisation
from daihoi.web.reporting import folders, queries, reading
from daihoi.web.reporting.judging import judge, seen_of
from daihoi.web.reporting.models import Parcel, Received
from daihoi.web.reporting.services import arriving, taking
from daihoi.web.reporting.telling import Told
from daihoi.web.site.receiving import Asked, receive
from tests.web.conftest import Tree
from tests.web.organisations.test_at_once import at_once
from tests.web.reporting import packages
from tests.web.reporting.conftest import page, received, send, sent, take, typed

pytestmark = pytest.mark.django_db


def groups(digest: str) -> str:
    """As the paper prints it, in capitals."""
    return " ".join(digest[at : at + 4] for at in range(0, 64, 4)).upper()


def test_a_package_is_compared_with_the_paper_and_taken_in(browser: Client, tree: Tree) -> None:
    made = packages.plain()
    parcel = sent(browser, made)
    shown = page(browser)
    assert "integrity only" in shown
    assert "Đảng bộ huyện Nà Lương (TG-NL)" in shown
    assert "Lò Văn An" in shown
    assert "75.00 %" in shown

    assert "Take in 1 result" in typed(browser, parcel, groups(made.digest))
    answer = take(browser)

    one = Received.objects.get()
    assert one.organisation == tree.na_luong
    assert (one.digest, one.elected, one.open_seats, one.taken_by) == (made.digest, 3, 0, "Lê Thị Viễn (vien)")
    told = answer.content.decode()
    assert "1 result was taken in." in told
    assert groups(made.digest).lower() in told
    entry = LedgerEntry.objects.get(kind="result.taken")
    assert (entry.subject, entry.place) == (f"result:{one.key}", tree.na_luong.key)
    assert json.loads(entry.facts)["digest"] == made.digest
    assert verify().findings == ()


def test_the_digest_is_never_shown_before_the_paper_was_typed(browser: Client) -> None:
    made = packages.plain()
    parcel = sent(browser, made)
    wrong = made.digest[:8] + ("0" if made.digest[8] != "0" else "1") + made.digest[9:]
    for shown in (page(browser), typed(browser, parcel, wrong)):
        assert made.digest not in shown
        assert groups(made.digest).lower() not in shown
    assert "they part in group 3 of 16" in typed(browser, parcel, wrong)
    assert "64 hexadecimal digits" in typed(browser, parcel, wrong[:12])
    assert "Take in" not in page(browser).split("</form>")[-2].replace("Take in packages", "")


def test_nothing_is_taken_in_without_the_digest(browser: Client) -> None:
    sent(browser, packages.plain())
    assert "Nothing here can be taken in yet" in take(browser).content.decode()
    assert not Received.objects.exists()


def test_what_changed_since_the_page_is_looked_at_again(browser: Client) -> None:
    parcel = sent(browser, packages.plain())
    # The digest is typed and the button pressed at once: what would be done was never shown.
    answer = take(browser, **{f"{parcel.key}-typed": packages.plain().digest})
    assert "Something changed since this page was made" in answer.content.decode()
    assert not Received.objects.exists()
    assert take(browser).status_code == 200
    assert Received.objects.count() == 1


def test_the_same_package_again_is_nothing_new(browser: Client, centre: User) -> None:
    received(centre, packages.plain())
    sent(browser, packages.plain())
    shown = page(browser)
    assert "nothing in it is new" in shown
    assert "Nothing here can be taken in yet" in take(browser).content.decode()
    assert Received.objects.count() == 1


def test_a_file_that_waits_is_kept_once(browser: Client) -> None:
    first, second = sent(browser, packages.plain()), sent(browser, packages.plain())
    assert first == second
    assert len(list(folders.house().iterdir())) == 1


def test_another_count_of_the_vote_replaces_only_with_a_reason(browser: Client, centre: User) -> None:
    first = received(centre, packages.plain())
    parcel = sent(browser, packages.recount())
    shown = typed(browser, parcel, packages.recount().digest)
    assert "say why this one takes its place" in shown
    assert reverse("result_received", args=[first.key]) in shown

    typed(browser, parcel, packages.recount().digest, reason="Kiểm lại  theo khiếu nại")
    take(browser)

    first.refresh_from_db()
    second = Received.objects.get(ended_at=None)
    assert (first.replaced_by, first.ended_reason) == (second, "Kiểm lại theo khiếu nại")
    told = browser.get(reverse("result_received", args=[second.key])).content.decode()
    assert reverse("result_received", args=[first.key]) in told
    facts = json.loads(LedgerEntry.objects.filter(kind="result.taken").latest("seq").facts)
    assert facts["replaces"] == [first.key]
    # The first one again: it was here before, and stands no longer.
    parcel = sent(browser, packages.plain())
    assert "was here before and stood until" in typed(browser, parcel, packages.plain().digest)


def test_a_further_ballot_stands_beside_the_first(browser: Client, centre: User) -> None:
    # Its file calls the contest by the same name; in files that are made by hand that happens.
    first, second = received(centre, packages.plain()), received(centre, packages.further())
    assert first.contest == second.contest
    assert Received.objects.filter(ended_at=None).count() == 2
    told = browser.get(reverse("results_of", args=[first.organisation.key])).content.decode()
    assert "ballot 2: Further ballot for seats left open" in told


def test_a_withdrawn_result_stays_in_the_history_and_may_come_again(browser: Client, centre: User) -> None:
    one = received(centre, packages.plain())
    address = reverse("result_withdraw", args=[one.key])
    assert browser.post(address, {"reason": " "}).status_code == 422
    told = browser.post(address, {"reason": "Nhầm đơn vị"}, follow=True).content.decode()
    assert "Stands no longer since" in told
    assert "Nhầm đơn vị" in told
    assert "It stands no longer already." in browser.post(address, {"reason": "x"}, follow=True).content.decode()
    received(centre, packages.plain())
    assert Received.objects.filter(ended_at=None).count() == 1
    listed = browser.get(reverse("results_of", args=[one.organisation.key])).content.decode()
    assert "Nhầm đơn vị" in listed


def test_hand_samples_that_nobody_checked_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    real = reading.verify_package

    def left(path: Path) -> Report:
        report = real(path)
        return replace(report, shown=replace(report.shown, samples_not_checked=1))

    monkeypatch.setattr(reading, "verify_package", left)
    with translation.override("en"):
        told = Told(reading.checked(packages.sampled().package)["says"]).sample
        assert told.endswith(
            "such samples would have hit one. Noted before the last act that counts, and not checked: 1."
        )
        assert "Noted" not in Told({"sample": None}).sample


def test_a_hand_sample_is_told_with_what_it_bounds(browser: Client, tree: Tree) -> None:
    sent(browser, packages.sampled())
    shown = " ".join(page(browser).split())
    assert "2 of 3 ballots, drawn by the seed “6 2 4”, were read from the paper as counted." in shown
    assert "Were 2 or more counted wrongly, 19 of 20 such samples" in shown
    assert "the hand sample was drawn again by its seed" in shown
    told = receive((packages.sampled().package,), Asked(language="en"))
    assert any("drawn by the seed" in line for line in (*told.lines, *told.wrong)) is False
    told = receive((packages.sampled().package,), Asked(digests=(packages.sampled().digest,), language="en"))
    assert any("drawn by the seed “6 2 4”" in line for line in told.lines)


def test_a_tie_and_the_open_seat_are_told(browser: Client) -> None:
    sent(browser, packages.tied())
    shown = page(browser)
    assert "have equal votes for 3 seats" in shown
    assert "left open 3" in " ".join(shown.split())


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (lambda: b"not a zip at all", "a zip should stand here"),
        (lambda: packages.plain().package.read_bytes()[:900], "a zip should stand here"),
        (lambda: b"" + packages.rehearsed().package.read_bytes(), "rehearsal ballots: nobody is elected"),
        (lambda: packages.altered(packages.plain(), "result.json", b"{}"), "was changed"),
        (
            lambda: packages.altered(packages.plain(), "manifest.json", b'{"format":"daihoi-package/0"}\n'),
            "daihoi-package/1 should stand here, but daihoi-package/0 was found",
        ),
    ],
    ids=["no zip", "half a zip", "rehearsal", "altered", "earlier form"],
)
def test_what_cannot_be_taken_says_which_check(browser: Client, data: Callable[[], bytes], said: str) -> None:
    assert send(browser, data(), "bầu lần 1.zip").status_code == 200
    shown = page(browser)
    assert "cannot be taken in" in shown
    assert said in shown.replace("&quot;", '"')
    assert "Lò Văn An" not in shown
    # By the name that its sender gave it, not by the one under which it lies here.
    assert "package.zip: " not in shown
    assert "Nothing here can be taken in yet" in take(browser).content.decode()
    # It is no package that waits for anybody.
    assert "Compare" not in browser.get(reverse("front")).content.decode()


def test_an_empty_file_is_refused_and_leaves_nothing(browser: Client) -> None:
    answer = send(browser, b"", "rong.zip")
    assert answer.status_code == 400
    assert "rong.zip is empty" in json.loads(answer.content)["refused"]
    assert list(folders.house().iterdir()) == []


def test_hostile_names_are_shown_as_they_are(browser: Client) -> None:
    send(browser, packages.of_twins().package.read_bytes(), "..\\..\\C%3A/%E2%80%AEgpj.zip")
    shown = page(browser)
    assert "<script>alert(1)" not in shown
    assert "\u202e" not in shown
    assert "\\u202egpj.zip" in shown
    assert len(list(folders.house().iterdir())) == 1


@pytest.mark.parametrize("order", [("package", "images"), ("images", "package")])
def test_scans_of_their_own_are_joined_with_their_package(browser: Client, order: tuple[str, str]) -> None:
    made = packages.halves()
    assert made.images is not None
    files = {"package": made.package, "images": made.images}
    send(browser, files[order[0]].read_bytes(), files[order[0]].name)
    if order[0] == "images":
        assert "scans of a package that is not here yet" in page(browser)
    else:
        assert "The scans are not here" in page(browser)
    send(browser, files[order[1]].read_bytes(), files[order[1]].name)
    parcel = Parcel.objects.get()
    assert parcel.report["images"] == "beside"
    assert "The scans are not here" not in page(browser)
    assert len(list(folders.house().iterdir())) == 1


def test_scans_that_come_after_their_package_was_taken_in(browser: Client, centre: User) -> None:
    made = packages.halves()
    assert made.images is not None
    one = received(centre, made)
    send(browser, made.images.read_bytes(), "package-images.zip")
    one.parcel.refresh_from_db()
    assert one.parcel.report["images"] == "beside"
    assert LedgerEntry.objects.filter(kind="result.scans_added").count() == 1
    got = browser.get(reverse("result_package", args=[one.key, "scans"]))
    assert b"".join(got.streaming_content) == made.images.read_bytes()  # type: ignore[attr-defined]


def test_an_organisation_is_known_by_its_former_name(browser: Client, tree: Tree) -> None:
    day = tree.na_luong.valid_from or packages.NOW.date()
    organisations.rename(organisation=tree.na_luong, name="Đảng bộ đặc khu Nà Lương", since=day, by="test")
    parcel = sent(browser, packages.plain())
    assert parcel.organisation == tree.na_luong
    assert "The package names Đảng bộ huyện Nà Lương; chosen is Đảng bộ đặc khu Nà Lương" in page(browser)


def test_of_two_of_one_name_a_person_chooses(browser: Client, tree: Tree) -> None:
    for parent, code in ((tree.na_luong, "H-1"), (tree.dong_hoa, "H-2")):
        organisations.found(
            parent=parent, by="test", name="Đảng bộ xã Hai Lần", code=code, tier=Tier.GRASSROOTS, kind=Kind.COMMUNE
        )
    parcel = sent(browser, packages.of_twins())
    assert "2 organisations of yours bear the name" in page(browser)
    second = Organisation.objects.get(code="H-2")
    shown = typed(browser, parcel, packages.of_twins().digest, organisation=second.key)
    assert "Đảng bộ xã Hai Lần (H-2)" in shown
    assert "Take in 1 result" in shown


def test_of_none_of_that_name_the_code_is_typed(browser: Client, tree: Tree) -> None:
    parcel = sent(browser, packages.of_twins())
    assert "No organisation of yours bears the name" in page(browser)
    assert "No organisation of yours has the code NO-1" in typed(browser, parcel, "", code="NO-1")
    shown = typed(browser, parcel, packages.of_twins().digest, code=tree.far.code)
    assert "chosen is Đảng bộ xã Phú Đông (TG-DH-01)" in shown
    take(browser)
    assert Received.objects.get().organisation == tree.far


def test_packages_of_others_are_not_there(browser: Client, far: Client, centre: User) -> None:
    parcel = sent(browser, packages.recount())
    one = received(centre, packages.plain())
    assert "Lò Văn An" not in page(far)
    assert far.post(reverse("results_packages"), {"away": parcel.key}).status_code == 404
    for name, arguments in (
        ("result_received", [one.key]),
        ("result_package", [one.key, "package"]),
        ("results_of", [one.organisation.key]),
    ):
        assert far.get(reverse(name, args=arguments)).status_code == 404
    assert far.post(reverse("result_withdraw", args=[one.key]), {"reason": "x"}).status_code == 404
    # Their own package of an organisation beyond their part of the tree finds no place there.
    sent(far, packages.recount())
    assert "No organisation of yours bears the name" in page(far)


def test_a_package_is_put_away_with_its_file(browser: Client) -> None:
    parcel = sent(browser, packages.plain())
    browser.post(reverse("results_packages"), {"away": parcel.key})
    assert not Parcel.objects.exists()
    assert list(folders.house().iterdir()) == []


def test_the_package_is_fetched_byte_for_byte_and_noted(browser: Client, centre: User) -> None:
    one = received(centre, packages.plain())
    got = browser.get(reverse("result_package", args=[one.key, "package"]))
    assert b"".join(got.streaming_content) == packages.plain().package.read_bytes()  # type: ignore[attr-defined]
    assert LedgerEntry.objects.filter(kind="result.fetched").count() == 1
    assert browser.get(reverse("result_package", args=[one.key, "scans"])).status_code == 404
    assert browser.get(reverse("result_package", args=[one.key, "secret"])).status_code == 404


def test_a_full_disk_is_one_sentence(browser: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(arriving.os, "fsync", full)
        answer = send(browser, packages.plain().package.read_bytes())
    assert answer.status_code == 400
    assert "No space left on device" in json.loads(answer.content)["refused"]
    assert not Parcel.objects.exists()
    assert list(folders.house().iterdir()) == []


def test_a_file_that_is_too_large_or_finds_no_room_is_not_kept(
    browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(arriving, "LARGEST", 1000)
    assert "larger than" in json.loads(send(browser, b"x" * 1001).content)["refused"]
    monkeypatch.setattr(arriving, "LARGEST", 10**9)
    usage = shutil.disk_usage("/")._replace(free=arriving.ROOM)
    monkeypatch.setattr(arriving.shutil, "disk_usage", lambda _path: usage)
    assert "not enough room" in json.loads(send(browser, b"x" * 1001).content)["refused"]


def test_killed_between_file_and_row_leaves_what_is_swept(browser: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    orphan = folders.folder_of("f" * 16)
    orphan.mkdir(parents=True)
    (orphan / folders.PACKAGE).write_bytes(b"half")
    sent(browser, packages.plain())
    # It may be one that another process is just writing.
    assert orphan.exists()
    monkeypatch.setattr(folders, "ORPHAN_SECONDS", -1)
    sent(browser, packages.recount())
    assert not orphan.exists()
    assert len(list(folders.house().iterdir())) == 2


def test_a_check_that_was_cut_off_is_made_by_looking_again(browser: Client, centre: User) -> None:
    viewer = Viewer(centre)
    data = packages.plain().package.read_bytes()
    arriving.keep(name="package.zip", chunks=[data], by=viewer.name, owner=viewer.owner)
    assert "not checked to its end" in page(browser)
    browser.post(reverse("results_packages"), {"look": "1"})
    assert "integrity only" in page(browser)


def test_bytes_that_changed_on_the_disk_are_not_taken_in(browser: Client) -> None:
    parcel = sent(browser, packages.plain())
    typed(browser, parcel, packages.plain().digest)
    place = folders.package_of(parcel.key)
    place.write_bytes(place.read_bytes() + b" ")
    assert "changed on the disk" in take(browser).content.decode()
    assert not Received.objects.exists()


def test_a_bomb_is_not_unpacked(browser: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("daihoi.web.reporting.reading.MOST_UNPACKED", 1000)
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("manifest.json", b"0" * 100_000)
    send(browser, path.read_bytes())
    assert "too large for a package" in page(browser)


def test_the_database_lets_one_result_of_a_vote_and_of_a_count_stand(centre: User, tree: Tree) -> None:
    one = received(centre, packages.plain())
    again = {name: getattr(one, name) for name in ("parcel", "organisation", "term", "contest", "office", "opens")}
    again |= {"seats": 3, "elected": 3, "open_seats": 0, "round_kind": "first", "title": "x"}
    with pytest.raises(IntegrityError), transaction.atomic():
        Received.objects.create(**again, digest="0" * 64, slot=one.slot)
    with pytest.raises(IntegrityError), transaction.atomic():
        Received.objects.create(**again, digest=one.digest, slot="0" * 64)


def two_counts_of_one_vote(centre: User) -> list[tuple[list[Parcel], str]]:
    """Each ready to be taken in as the page shows it, with what was seen of it."""
    within = queries.within(Viewer(centre))
    for made in (packages.plain(), packages.recount()):
        parcel = arriving.keep(name="p.zip", chunks=[made.package.read_bytes()], by="x", owner=Viewer(centre).owner)
        arriving.check(parcel=parcel, within=within)
        arriving.settle(parcel=parcel, typed=made.digest, reason="", organisation=None)
    each = [[one] for one in Parcel.objects.select_related("organisation")]
    return [(one, seen_of(judge(one, within))) for one in each]


def test_who_confirms_second_sees_first_what_the_other_did(centre: User) -> None:
    (first, seen_first), (second, seen_second) = two_counts_of_one_vote(centre)
    within = queries.within(Viewer(centre))
    taking.take(parcels=first, within=within, seen=seen_first, by="một")
    with pytest.raises(ValidationError, match="Something changed"):
        taking.take(parcels=second, within=within, seen=seen_second, by="hai")
    assert Received.objects.filter(ended_at=None).count() == 1


def test_two_counts_of_one_vote_are_not_taken_in_together(browser: Client, centre: User) -> None:
    two_counts_of_one_vote(centre)
    assert "are of the same vote; put one of them away" in take(browser).content.decode()
    assert not Received.objects.exists()


@pytest.mark.skipif(connection.vendor == "sqlite", reason="writers of SQLite take turns from their first statement on")
@pytest.mark.django_db(transaction=True)
def test_two_who_take_in_at_once_take_it_in_once(centre: User) -> None:
    within = queries.within(Viewer(centre))
    acts = [
        partial(taking.take, parcels=one, within=within.all(), seen=seen, by="x")
        for one, seen in two_counts_of_one_vote(centre)
    ]
    (wrong,) = at_once(*acts)
    assert isinstance(wrong, ValidationError)
    assert Received.objects.filter(ended_at=None).count() == 1
