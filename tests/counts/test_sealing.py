"""Minutes and the package: written whole, of a finished count alone, and verified by other hands."""

from __future__ import annotations

import hashlib
import json
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from daihoi.counts import disk, errors
from daihoi.counts.minutes import MinutesWritten, write_minutes
from daihoi.counts.sealing import Sealed, seal
from daihoi.counts.signing import MinutesSigned, sign_minutes
from daihoi.interchange.package_file import MINUTES, SIGNED_MINUTES
from daihoi.ledger.errors import LedgerError
from daihoi.ledger.signatures import new_key
from daihoi.papers.minutes import write
from daihoi.papers.minutes.terms import MinutesInput, MissingLine, Written
from daihoi.papers.signed.errors import PlaceSigned
from daihoi.papers.signed.keys import open_key
from daihoi.papers.signed.signing import Place
from daihoi.verify.package import verify_package
from tests.counts.stand_in import NOW, answer, ballot, counted_folder, events_of, outputs_of, refused, run, write_scans
from tests.papers.signing_keys import PASSPHRASE, key_file

KEY, PUBLIC = new_key()
PRINTED = "daihoi.counts.minutes.write"


def _cheap(facts: MinutesInput) -> Written:
    """Minutes without typesetting: what they say is for tests of papers."""
    return Written(f"docx {facts.digest}".encode(), f"pdf {facts.digest}".encode(), (MissingLine("minutes.opened"),))


@pytest.fixture(autouse=True)
def _cheap_minutes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(PRINTED, _cheap)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A finished count with a doubt, ink elsewhere and a refused page, all decided."""
    pages = [ballot(1, doubt={"c01": "kept"}), ballot(2, foreign=["OUTSIDE_NAME"]), refused()]
    count = counted_folder(tmp_path, pages)
    answer(count, {("b0001", "c01"): "kept", ("b0002", ""): "valid", ("page:3.jpg#0", ""): "NOT_ISSUED"})
    return count


def _minutes(folder: Path) -> MinutesWritten:
    return write_minutes(folder, now=NOW, by="Bế Xuân Trường")


def _seal(folder: Path, name: str = "package.zip", **how: object) -> Sealed:
    out = folder.parent / name
    return seal(folder, key=KEY, passphrase=None, out=out, now=NOW, **how)  # type: ignore[arg-type]


def test_minutes_are_written_and_recorded_with_their_digests(folder: Path) -> None:
    written = _minutes(folder)

    entry = events_of(folder)[-1]
    assert (entry.kind, entry.by, entry.at) == ("minutes.written", "Bế Xuân Trường", "2025-06-11T08:30:00+00:00")
    assert entry.facts["docx_sha256"] == hashlib.sha256(written.docx.read_bytes()).hexdigest()
    assert entry.facts["pdf_sha256"] == hashlib.sha256(written.pdf.read_bytes()).hexdigest()
    assert entry.facts["digest"] == written.digest
    assert written.missing == (MissingLine("minutes.opened"),)


def test_minutes_again_add_nothing(folder: Path) -> None:
    _minutes(folder)
    before = outputs_of(folder)

    write_minutes(folder, now=datetime(2030, 1, 1, tzinfo=UTC), by="Ai đó")

    assert outputs_of(folder) == before


def test_minutes_do_not_change_the_digest(folder: Path) -> None:
    before = (folder / "record.json").read_bytes()

    _minutes(folder)
    run(folder.parent / "e.toml", folder.parent / "scans", folder)

    assert (folder / "record.json").read_bytes() == before


def test_minutes_without_a_name_bear_the_account(folder: Path) -> None:
    write_minutes(folder, now=NOW)

    assert events_of(folder)[-1].by


def test_minutes_are_refused_while_the_board_has_not_decided(tmp_path: Path) -> None:
    folder = counted_folder(tmp_path, [refused()])

    with pytest.raises(errors.NotFinal):
        _minutes(folder)

    assert not any((folder / name).exists() for name in MINUTES)


@pytest.mark.parametrize("without_images", [False, True])
def test_sealed_package_is_sound(folder: Path, without_images: bool) -> None:
    minuted = _minutes(folder)

    sealed = _seal(folder, without_images=without_images)

    report = verify_package(sealed.package, digest=minuted.digest, public_key=PUBLIC)
    assert report.findings == ()
    assert sealed.digest == minuted.digest


def test_sealed_package_holds_exactly_the_record_and_what_it_names(folder: Path) -> None:
    _minutes(folder)

    sealed = _seal(folder)

    with zipfile.ZipFile(sealed.package) as package:
        names = set(package.namelist())
        record = json.loads(package.read("record.json"))
        moments = {info.date_time for info in package.infolist()}
    others = {"record.json", "ledger.jsonl", "manifest.json", "manifest.sig", "public-key.pem", *MINUTES}
    images = {image["stored"] for image in record["images"]}
    assert names == others | images | set(record["files"])
    assert {name for name in names if name.startswith("crops/")} == {
        "crops/00001-000-001.png",
        "crops/00002-000-ink1.png",
    }
    assert moments == {(1980, 1, 1, 0, 0, 0)}


def test_sealed_package_without_images_binds_the_second_zip(folder: Path) -> None:
    _minutes(folder)

    sealed = _seal(folder, without_images=True)

    assert sealed.images == folder.parent / "package-images.zip"
    with zipfile.ZipFile(sealed.package) as package:
        detached = json.loads(package.read("manifest.json"))["detached"]
        assert not [name for name in package.namelist() if name.startswith("images/")]
    assert detached["sha256"] == hashlib.sha256(sealed.images.read_bytes()).hexdigest()
    with zipfile.ZipFile(sealed.images) as images:
        assert images.namelist() == ["images/00001.jpg", "images/00002.jpg", "images/00003.jpg"]


def test_package_without_its_images_still_verifies(folder: Path) -> None:
    _minutes(folder)
    sealed = _seal(folder, without_images=True)
    assert sealed.images is not None
    sealed.images.unlink()

    assert verify_package(sealed.package, public_key=PUBLIC).sound


def test_one_changed_byte_of_an_image_is_named_by_verify(folder: Path) -> None:
    _minutes(folder)
    sealed = _seal(folder)
    data = bytearray(sealed.package.read_bytes())
    data[data.index((folder / "images" / "00002.jpg").read_bytes()) + 3] ^= 1
    sealed.package.write_bytes(bytes(data))

    report = verify_package(sealed.package, public_key=PUBLIC)

    assert "images/00002.jpg" in {finding.member for finding in report.findings}


def test_seal_is_recorded_and_is_the_last_event_in_the_package(folder: Path) -> None:
    _minutes(folder)

    sealed = _seal(folder, by="Nông Thị Hà")

    entry = events_of(folder)[-1]
    assert (entry.kind, entry.by, entry.facts["images"]) == ("package.sealed", "Nông Thị Hà", True)
    with zipfile.ZipFile(sealed.package) as package:
        assert package.read("ledger.jsonl") == (folder / "ledger.jsonl").read_bytes()


def test_second_seal_leaves_the_digest_and_the_first_package_alone(folder: Path) -> None:
    _minutes(folder)
    first = _seal(folder)

    second = _seal(folder, "second.zip")

    assert first.digest == second.digest
    assert verify_package(first.package, public_key=PUBLIC).sound
    assert verify_package(second.package, public_key=PUBLIC).sound


def test_seal_is_refused_without_minutes(folder: Path) -> None:
    with pytest.raises(errors.MinutesMissing):
        _seal(folder)


@pytest.mark.parametrize("name", MINUTES)
def test_seal_is_refused_when_minutes_were_changed_by_hand(folder: Path, name: str) -> None:
    _minutes(folder)
    (folder / name).write_bytes(b"nicer")

    with pytest.raises(errors.MinutesStale):
        _seal(folder)


def test_seal_is_refused_when_a_decision_came_after_the_minutes(folder: Path) -> None:
    _minutes(folder)
    answer(folder, {("b0002", ""): "OUTSIDE_NAME"})

    with pytest.raises(errors.MinutesStale):
        _seal(folder)

    _minutes(folder)
    assert verify_package(_seal(folder).package, public_key=PUBLIC).sound


def test_seal_is_refused_when_scans_came_after_the_minutes(folder: Path) -> None:
    _minutes(folder)
    write_scans(folder.parent / "scans", {"4.jpg": refused(salt=9)})
    run(folder.parent / "e.toml", folder.parent / "scans", folder)

    with pytest.raises(errors.NotFinal):
        _seal(folder)


@pytest.mark.parametrize("change", [b"other", None])
def test_seal_is_refused_when_a_copy_of_a_scan_changed_or_went(folder: Path, change: bytes | None) -> None:
    _minutes(folder)
    image = folder / "images" / "00002.jpg"
    if change is None:
        image.unlink()
    else:
        image.write_bytes(change)

    with pytest.raises(errors.ImageChanged):
        _seal(folder)

    assert not (folder.parent / "package.zip").exists()


def test_seal_is_refused_when_a_crop_is_gone(folder: Path) -> None:
    _minutes(folder)
    (folder / "crops" / "00001-000-001.png").unlink()

    with pytest.raises(errors.CropMissing):
        _seal(folder)


@pytest.mark.parametrize("name", ["package.zip", "package-images.zip"])
def test_seal_overwrites_no_package(folder: Path, name: str) -> None:
    _minutes(folder)
    (folder.parent / name).write_bytes(b"an older one")

    with pytest.raises(errors.PackageExists):
        _seal(folder, without_images=True)

    assert (folder.parent / name).read_bytes() == b"an older one"


def test_seal_with_a_wrong_key_changes_nothing(folder: Path) -> None:
    _minutes(folder)
    before = outputs_of(folder)

    with pytest.raises(LedgerError):
        seal(folder, key=b"no key", passphrase=None, out=folder.parent / "p.zip", now=NOW)

    assert outputs_of(folder) == before


@pytest.mark.parametrize("full_at", [1, 2, 3])
def test_seal_on_a_full_disk_leaves_no_half_package(
    folder: Path, monkeypatch: pytest.MonkeyPatch, full_at: int
) -> None:
    _minutes(folder)
    before = outputs_of(folder)
    synced = 0

    def full(handle: int) -> None:
        nonlocal synced
        synced += 1
        if synced >= full_at:
            raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(disk.os, "fsync", full)
        with pytest.raises(errors.DiskFull):
            _seal(folder, without_images=True)

    left = {path.name for path in folder.parent.iterdir()}
    assert "package.zip" not in left
    assert not [name for name in left if name.endswith(".part")]
    if full_at < 3:
        assert outputs_of(folder) == before
    assert verify_package(_seal(folder, "again.zip").package, public_key=PUBLIC).sound


def test_answers_in_the_words_of_the_screen_are_kept_and_sealed_as_codes(folder: Path) -> None:
    answer(folder, {("b0001", "c01"): "Gach", ("b0002", ""): "hợp lệ"})
    said = [entry.facts["decision"] for entry in events_of(folder) if entry.kind == "decision.made"]
    assert "struck" in said
    assert not {"Gach", "hợp lệ"} & set(said)
    _minutes(folder)
    review = folder / "review.csv"
    review.write_bytes(review.read_bytes().replace(b",struck,", ",gạch,".encode()))

    assert verify_package(_seal(folder).package, public_key=PUBLIC).sound
    assert b",struck," in review.read_bytes()


def _sign(folder: Path, name: str, place: Place, now: datetime = NOW) -> MinutesSigned:
    key = open_key(key_file(name), PASSPHRASE, now=now)
    return sign_minutes(folder, key, place, now=now, by="bxtruong")


@pytest.fixture
def _printed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Minutes that are a PDF: there is a signature to put into them."""
    monkeypatch.setattr(PRINTED, write)


@pytest.mark.usefixtures("_printed")
def test_two_sign_the_minutes_and_the_package_holds_what_they_signed(folder: Path) -> None:
    written = _minutes(folder)
    first = _sign(folder, "Nguyễn Thị Hồng Vân", Place.BOARD)
    once = first.pdf.read_bytes()
    second = _sign(folder, "Bế Xuân Trường", Place.PRESIDIUM)
    whole = second.pdf.read_bytes()
    assert (first.pdf.name, [one.place for one in second.signatures]) == (SIGNED_MINUTES, ["board", "presidium"])
    assert once.startswith(written.pdf.read_bytes())
    assert whole.startswith(once)
    entry = events_of(folder)[-1]
    assert (entry.kind, entry.by, entry.facts["place"]) == ("minutes.signed", "bxtruong", "presidium")
    assert entry.facts["pdf_sha256"] == hashlib.sha256(whole).hexdigest()

    # The same minutes written again are no other minutes: what was signed stays.
    _minutes(folder)
    sealed = _seal(folder)
    report = verify_package(sealed.package)
    assert (report.sound, report.findings) == (True, ())
    with zipfile.ZipFile(sealed.package) as package:
        assert package.read(SIGNED_MINUTES) == whole


@pytest.mark.usefixtures("_printed")
def test_signed_minutes_are_never_made_anew(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _minutes(folder)
    signed = _sign(folder, "Nguyễn Thị Hồng Vân", Place.BOARD).pdf
    before = signed.read_bytes(), (folder / MINUTES[1]).read_bytes()
    monkeypatch.setattr(PRINTED, _cheap)
    with pytest.raises(errors.SignedStands):
        _minutes(folder)
    assert (signed.read_bytes(), (folder / MINUTES[1]).read_bytes()) == before


@pytest.mark.usefixtures("_printed")
def test_a_signature_that_was_killed_before_the_ledger_said_so_is_said_by_the_same_command(folder: Path) -> None:
    _minutes(folder)
    ledger = (folder / "ledger.jsonl").read_bytes()
    key = open_key(key_file("Nguyễn Thị Hồng Vân"), PASSPHRASE, now=NOW)
    signed = sign_minutes(folder, key, Place.BOARD, now=NOW).pdf
    lying = signed.read_bytes()
    (folder / "ledger.jsonl").write_bytes(ledger)
    with pytest.raises(errors.SignedChanged):
        _seal(folder)
    with pytest.raises(PlaceSigned):
        _sign(folder, "Bế Xuân Trường", Place.BOARD)

    assert sign_minutes(folder, key, Place.BOARD, now=NOW).pdf.read_bytes() == lying
    with pytest.raises(PlaceSigned):
        sign_minutes(folder, key, Place.BOARD, now=NOW)
    assert _seal(folder).package.is_file()


@pytest.mark.usefixtures("_printed")
@pytest.mark.parametrize("how", ["gone", "changed"])
def test_a_package_of_signed_minutes_that_are_not_those_is_refused(folder: Path, how: str) -> None:
    _minutes(folder)
    signed = _sign(folder, "Nguyễn Thị Hồng Vân", Place.BOARD).pdf
    if how == "gone":
        signed.unlink()
    else:
        signed.write_bytes(signed.read_bytes() + b"\n")
    with pytest.raises(errors.SignedChanged):
        _seal(folder)


@pytest.mark.usefixtures("_printed")
def test_verify_names_signed_minutes_that_are_not_those_of_the_ledger(folder: Path) -> None:
    _minutes(folder)
    _sign(folder, "Nguyễn Thị Hồng Vân", Place.BOARD)
    sealed = _seal(folder)
    members = {}
    with zipfile.ZipFile(sealed.package) as package:
        members = {name: package.read(name) for name in package.namelist()}
    members[SIGNED_MINUTES] += b"%"
    forged = folder.parent / "forged.zip"
    with zipfile.ZipFile(forged, "w") as package:
        for name, data in members.items():
            package.writestr(name, data)
    report = verify_package(forged)
    assert SIGNED_MINUTES in {finding.member for finding in report.findings}
