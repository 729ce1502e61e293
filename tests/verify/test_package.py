"""A sound package passes; whatever is changed is named."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from daihoi.interchange.record_file import in_groups_of_four
from daihoi.verify.errors import BadPublicKeyError, PackageNotOpenedError
from daihoi.verify.package import verify_package
from daihoi.verify.terms import Check, Report
from tests.verify import packages
from tests.verify.packages import OTHER_PRIVATE, OTHER_PUBLIC, PUBLIC, plain, sealed, write, zip_of


def codes(report: Report) -> set[str]:
    return {finding.code for finding in report.findings}


def named(report: Report) -> str:
    return " ".join(finding.member for finding in report.findings)


def verify_members(folder: Path, members: dict[str, bytes]) -> Report:
    path = folder / "package.zip"
    path.write_bytes(zip_of(members))
    return verify_package(path)


def test_sound_package_passes_every_check(tmp_path: Path) -> None:
    built = plain()
    report = verify_package(write(built, tmp_path), digest=packages.digest_of(built), public_key=PUBLIC)
    assert report.findings == ()
    # No hand sample was drawn: there is none to be drawn again.
    assert report.passed == tuple(check for check in Check if check is not Check.SAMPLE)
    assert not report.integrity_only
    assert report.shown.status == "final"
    assert report.shown.images == "inside"
    assert report.shown.digest == packages.digest_of(built)


def test_sound_package_shows_who_was_elected(tmp_path: Path) -> None:
    ballots = [packages.strike(1, 2, 3)] * 6 + [packages.strike(1, 2)]
    built = packages.case(ballots)
    shown = verify_package(write(built, tmp_path)).shown
    assert [(winner.candidate, winner.votes) for winner in shown.elected] == [("c01", 7), ("c02", 7), ("c03", 6)]
    assert shown.contest == "Bầu Ban Chấp hành"
    assert shown.elected[0].name == "Nguyễn Thị Số 1"


def test_without_digest_and_key_shows_integrity_only(tmp_path: Path) -> None:
    report = verify_package(write(plain(), tmp_path))
    assert report.sound
    assert report.integrity_only


@pytest.mark.parametrize("write_it", [str, str.upper, in_groups_of_four, lambda text: f" {in_groups_of_four(text)}\n"])
def test_digest_from_paper_is_taken_as_people_type_it(tmp_path: Path, write_it: object) -> None:
    built = plain()
    typed = write_it(packages.digest_of(built))  # type: ignore[operator]
    assert Check.DIGEST in verify_package(write(built, tmp_path), digest=typed).passed


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("0" * 64, "verify.digest"),
        ("abcd 1234", "verify.digest_typed"),
        ("", "verify.digest_typed"),
        ("xyz" * 30, "verify.digest_typed"),
    ],
)
def test_wrong_digest_from_paper_is_found(tmp_path: Path, typed: str, code: str) -> None:
    assert codes(verify_package(write(plain(), tmp_path), digest=typed)) == {code}


def test_key_of_another_signer_is_found(tmp_path: Path) -> None:
    report = verify_package(write(plain(), tmp_path), public_key=OTHER_PUBLIC)
    assert codes(report) == {"verify.other_signer"}
    assert Check.SIGNER not in report.passed


def test_package_made_anew_and_signed_by_another_is_found_by_the_key_alone(tmp_path: Path) -> None:
    members = packages.members_of(plain(), OTHER_PUBLIC)
    path = tmp_path / "package.zip"
    path.write_bytes(zip_of(sealed(members, key=OTHER_PRIVATE)))
    assert verify_package(path).sound
    assert codes(verify_package(path, public_key=PUBLIC)) == {"verify.other_signer"}


def test_key_that_is_no_key_is_the_callers_error(tmp_path: Path) -> None:
    with pytest.raises(BadPublicKeyError):
        verify_package(write(plain(), tmp_path), public_key=b"no key")


def test_file_that_is_not_there_is_the_callers_error(tmp_path: Path) -> None:
    with pytest.raises(PackageNotOpenedError) as caught:
        verify_package(tmp_path / "none.zip")
    assert caught.value.fields["file"] == "none.zip"


@pytest.mark.parametrize("data", [b"", b"PK", b"no zip at all" * 99])
def test_file_that_is_no_zip_is_a_finding(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "package.zip"
    path.write_bytes(data)
    report = verify_package(path)
    assert codes(report) == {"verify.malformed"}
    assert named(report) == "package.zip"


@pytest.mark.parametrize("member", sorted(sealed(packages.members_of(plain()))))
def test_one_changed_byte_names_its_member(tmp_path: Path, member: str) -> None:
    members = sealed(packages.members_of(plain()))
    held = bytearray(members[member] or b"x")
    held[len(held) // 2] ^= 1
    report = verify_members(tmp_path, members | {member: bytes(held)})
    assert member in named(report)


@pytest.mark.parametrize("member", sorted(sealed(packages.members_of(plain()))))
def test_missing_member_is_named(tmp_path: Path, member: str) -> None:
    members = sealed(packages.members_of(plain()))
    del members[member]
    assert member in named(verify_members(tmp_path, members))


def test_unlisted_member_is_named(tmp_path: Path) -> None:
    members = sealed(packages.members_of(plain())) | {"extra.txt": b"hello"}
    report = verify_members(tmp_path, members)
    assert codes(report) == {"verify.unlisted"}
    assert named(report) == "extra.txt"


def test_member_that_stands_twice_is_named(tmp_path: Path) -> None:
    path = write(plain(), tmp_path)
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(path, "a") as archive:
        archive.writestr("result.json", b"{}")
    assert ("verify.member_twice", "result.json") in {(one.code, one.member) for one in verify_package(path).findings}


@pytest.mark.parametrize("name", ["../evil", "/etc/passwd", "a//b", "C:evil", "a\\b", "./x"])
def test_name_that_leads_out_is_named(tmp_path: Path, name: str) -> None:
    report = verify_members(tmp_path, sealed(packages.members_of(plain())) | {name: b"x"})
    assert "verify.bad_name" in codes(report)


def test_bytes_before_the_first_member_are_found(tmp_path: Path) -> None:
    path = write(plain(), tmp_path)
    path.write_bytes(b"#!/bin/sh\n" + path.read_bytes())
    assert "verify.hidden_bytes" in codes(verify_package(path))


def test_zip_comment_is_found(tmp_path: Path) -> None:
    path = write(plain(), tmp_path)
    with zipfile.ZipFile(path, "a") as archive:
        archive.comment = b"secret"
    assert codes(verify_package(path)) == {"verify.hidden_bytes"}


def test_deflated_package_is_as_good(tmp_path: Path) -> None:
    members = sealed(packages.members_of(plain()))
    path = tmp_path / "package.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    assert verify_package(path).sound


def test_images_beside_the_package_are_checked(tmp_path: Path) -> None:
    built = plain()
    built.detached = True
    report = verify_package(write(built, tmp_path))
    assert report.sound
    assert report.shown.images == "beside"


def test_package_stays_verifiable_when_its_images_were_destroyed(tmp_path: Path) -> None:
    built = plain()
    built.detached = True
    path = write(built, tmp_path)
    (tmp_path / "package-images.zip").unlink()
    report = verify_package(path, digest=packages.digest_of(built), public_key=PUBLIC)
    assert report.sound
    assert report.shown.images == "absent"
    assert set(Check) - set(report.passed) == {Check.IMAGES, Check.SAMPLE}


def test_changed_image_is_not_among_what_held(tmp_path: Path) -> None:
    members = sealed(packages.members_of(plain()))
    report = verify_members(tmp_path, members | {"images/00002.jpg": b"another scan"})
    assert report.shown.images == "changed"
    assert not {Check.IMAGES, Check.FILES} & set(report.passed)


def test_changed_image_in_the_second_zip_is_named(tmp_path: Path) -> None:
    built = plain()
    built.detached = True
    path = write(built, tmp_path)
    images = {packages.stored(number): built.image(number) for number in range(3)}
    images["images/00002.jpg"] = images["images/00002.jpg"].replace(b"scan", b"Scan")
    (tmp_path / "package-images.zip").write_bytes(zip_of(images))
    assert named(verify_package(path)) == "images/00002.jpg"


def test_second_zip_of_another_make_is_named(tmp_path: Path) -> None:
    built = plain()
    built.detached = True
    path = write(built, tmp_path)
    images = {packages.stored(number): built.image(number) for number in range(3)}
    with zipfile.ZipFile(tmp_path / "package-images.zip", "w") as archive:
        for name, data in images.items():
            archive.writestr(zipfile.ZipInfo(name, (2025, 1, 1, 0, 0, 0)), data)
    assert named(verify_package(path)) == "package-images.zip"


def test_second_zip_that_is_no_zip_is_named(tmp_path: Path) -> None:
    built = plain()
    built.detached = True
    path = write(built, tmp_path)
    (tmp_path / "package-images.zip").write_bytes(b"gone")
    assert named(verify_package(path)) == "package-images.zip"


def test_member_larger_than_the_bound_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("daihoi.verify.archive.LARGEST_PARSED", 100)
    report = verify_package(write(plain(), tmp_path))
    assert "verify.malformed" in codes(report)


def test_too_many_members_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("daihoi.verify.archive.MOST_MEMBERS", 3)
    report = verify_package(write(plain(), tmp_path))
    assert codes(report) == {"verify.too_large"}
    assert report.passed == ()


def test_zip_that_unpacks_to_too_much_is_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("daihoi.verify.archive.LARGEST_IN_ALL", 100)
    monkeypatch.setattr("daihoi.verify.archive.Archive.digest", lambda *_: pytest.fail("was unpacked"))
    assert codes(verify_package(write(plain(), tmp_path))) == {"verify.too_large"}


@pytest.mark.parametrize("rehearsal", [True, False])
def test_report_says_whether_it_is_a_rehearsal(tmp_path: Path, rehearsal: bool) -> None:
    assert verify_package(write(replace(plain(), rehearsal=rehearsal), tmp_path)).shown.rehearsal is rehearsal


def test_report_says_that_it_is_a_rehearsal_even_where_no_recount_is_possible(tmp_path: Path) -> None:
    members = packages.members_of(replace(plain(), rehearsal=True))
    report = verify_members(tmp_path, sealed({**members, "election.toml": b"?"}))
    assert not report.sound
    assert report.shown.rehearsal


def test_images_half_of_a_package_is_called_what_it_is(tmp_path: Path) -> None:
    (finding,) = verify_members(tmp_path, {"images/00001.jpg": b"x", "images/00002.jpg": b"y"}).findings
    assert (finding.code, finding.member) == ("verify.images_half", "package.zip")


def test_package_without_its_manifest_is_no_images_half(tmp_path: Path) -> None:
    report = verify_members(tmp_path, {"images/00001.jpg": b"x", "record.json": b"{}\n"})
    assert codes(report) == {"verify.malformed"}


def test_elected_namesakes_are_shown_with_their_years_of_birth(tmp_path: Path) -> None:
    built = packages.case([packages.strike(1, 2, 3)] * 6 + [packages.strike(1, 2)])
    text = built.election.decode()
    for number, year in ((1, 1970), (2, 1981), (3, 1975)):
        born = f'name = "Nguyễn Thị Số {1 if number == 2 else number}"\nborn = {year}-05-01'
        text = text.replace(f'name = "Nguyễn Thị Số {number}"', born)
    built.election = text.encode()
    shown = verify_package(write(built, tmp_path)).shown
    assert [(winner.name, winner.born) for winner in shown.elected] == [
        ("Nguyễn Thị Số 1", 1970),
        ("Nguyễn Thị Số 1", 1981),
        ("Nguyễn Thị Số 3", None),
    ]
