"""`daihoi minutes`, `seal` and `verify`: what is refused, what is shown, and that a changed byte is named."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from daihoi.cli.seal import tell_report
from daihoi.verify.package import verify_package
from daihoi.verify.terms import Report, SampleShown, Shown
from tests.cli.hall import Hall
from tests.cli.terminal import run


def digest_of(hall: Hall) -> str:
    return run("minutes", hall.count).out.rsplit(": ", 1)[1].strip()


def test_verify_shows_everything_when_digest_and_key_are_given(held: Hall) -> None:
    digest = run("verify", held.package).out.split("Digest of the count: ")[1].split("\n")[0]
    done = run("verify", held.package, "--digest", digest, "--key", held.public)
    assert done.code == 0
    assert done.out.count("Holds: ") == 10
    assert "The package is sound." in done.out
    assert "Only integrity" not in done.out


@pytest.mark.parametrize("more", ["--digest", "--key", ""])
def test_verify_says_when_only_integrity_was_shown(held: Hall, more: str) -> None:
    digest = run("verify", held.package).out.split("Digest of the count: ")[1].split("\n")[0]
    rest = {"--digest": [more, digest], "--key": [more, held.public], "": []}[more]
    done = run("verify", held.package, *rest)
    assert done.code == 0
    assert ("Only integrity" in done.out) == (not more)


def test_verify_says_that_a_package_is_of_a_rehearsal(held: Hall, capsys: pytest.CaptureFixture[str]) -> None:
    report = verify_package(held.package)
    told = []
    for rehearsal in (True, False):
        tell_report(replace(report, shown=replace(report.shown, rehearsal=rehearsal)))
        told.append("REHEARSAL: " in capsys.readouterr().out)
    assert told == [True, False]


@pytest.mark.parametrize(("size", "bounds"), [(20, True), (348, False)])
def test_verify_tells_a_hand_sample_and_bounds_nothing_where_every_ballot_was_read(
    capsys: pytest.CaptureFixture[str], size: int, bounds: bool
) -> None:
    tell_report(Report((), (), Shown(sample=SampleShown("6 2 4 1", size, 348, 48))))
    told = capsys.readouterr().out
    assert f"Hand sample, seed 6 2 4 1: {size} of 348 ballots were read from the paper." in told
    assert ("Were 48 or more of them counted wrongly" in told) == bounds
    assert "not checked" not in told


def test_verify_tells_of_hand_samples_that_it_did_not_check(capsys: pytest.CaptureFixture[str]) -> None:
    tell_report(Report((), (), Shown(samples_not_checked=2)))
    assert "before the last act that counts: 2. They were not checked." in capsys.readouterr().out


def changed(package: Path, out: Path, member: str, place: int) -> Path:
    """A copy of the package with one bit of one member changed, and the zip's own checksums in order."""
    with zipfile.ZipFile(package) as old, zipfile.ZipFile(out, "w") as new:
        for info in old.infolist():
            data = bytearray(old.read(info))
            if info.filename == member:
                data[place] ^= 1
            new.writestr(info, bytes(data))
    return out


MEMBERS = ["images/00001.jpg", "ballots.jsonl", "result.json", "record.json", "ledger.jsonl", "manifest.json"]


@pytest.mark.parametrize("member", MEMBERS)
def test_verify_names_the_member_that_was_changed(held: Hall, tmp_path: Path, member: str) -> None:
    done = run("verify", changed(held.package, tmp_path / "copy.zip", member, 100))
    assert done.code == 1
    assert "WRONG: " in done.out
    assert member in done.out
    assert "The package is NOT sound." in done.out


def test_verify_names_an_image_of_which_one_byte_was_flipped_in_the_file(held: Hall, tmp_path: Path) -> None:
    data = bytearray(held.package.read_bytes())
    place = data.index((held.count / "images" / "00003.jpg").read_bytes()) + 500
    data[place] ^= 0xFF
    (tmp_path / "copy.zip").write_bytes(bytes(data))
    done = run("verify", tmp_path / "copy.zip")
    assert done.code == 1
    assert "images/00003.jpg" in done.out


def test_verify_tells_another_digest(held: Hall) -> None:
    done = run("verify", held.package, "--digest", "ab" * 32)
    assert done.code == 1
    assert "abab" in done.out


def test_verify_tells_a_digest_that_is_too_short(held: Hall) -> None:
    done = run("verify", held.package, "--digest", "abcd ef01")
    assert done.code == 1
    assert "64" in done.out


def test_verify_that_finds_a_fault_says_nothing_of_integrity(held: Hall) -> None:
    done = run("verify", held.package, "--digest", "0" * 64)
    assert "WRONG: " in done.out
    assert "Only integrity" not in done.out


def test_verify_tells_namesakes_by_their_years_of_birth(held: Hall, capsys: pytest.CaptureFixture[str]) -> None:
    report = verify_package(held.package)
    first, *rest = report.shown.elected
    tell_report(replace(report, shown=replace(report.shown, elected=(replace(first, born=1970), *rest))))
    told = capsys.readouterr().out
    assert f"1. {first.name} (1970) " in told
    assert told.count("(19") == 1


def test_verify_tells_another_signer(held: Hall, tmp_path: Path) -> None:
    run("keys", "new", "--out", tmp_path / "other.pem")
    done = run("verify", held.package, "--key", tmp_path / "other.pub.pem")
    assert done.code == 1
    assert "not signed with the key that you gave" in done.out


def test_verify_refuses_a_key_that_is_none(held: Hall) -> None:
    done = run("verify", held.package, "--key", held.key)
    assert (done.code, done.out) == (1, "")
    assert ".pub.pem" in done.err


@pytest.mark.parametrize("content", [b"", b"hello", b"PK\x03\x04 and no more"])
def test_verify_of_no_package_is_said_in_a_sentence(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "p.zip").write_bytes(content)
    done = run("verify", tmp_path / "p.zip")
    assert done.code == 1
    assert "p.zip" in done.out + done.err
    assert "sound." not in done.out.replace("NOT sound.", "")


def test_verify_of_nothing_names_it(tmp_path: Path) -> None:
    done = run("verify", tmp_path / "none.zip")
    assert (done.code, done.out) == (1, "")
    assert "none.zip" in done.err


def test_seal_overwrites_no_package(hall: Hall) -> None:
    before = hall.package.read_bytes()
    done = run("seal", hall.count, "--key", hall.key, "--out", hall.package)
    assert (done.code, done.out) == (1, "")
    assert "package.zip" in done.err
    assert hall.package.read_bytes() == before


def test_seal_without_images_puts_them_beside(hall: Hall) -> None:
    out = hall.folder / "light.zip"
    done = run("seal", hall.count, "--key", hall.key, "--out", out, "--without-images")
    assert done.code == 0
    assert "light-images.zip" in done.out
    with zipfile.ZipFile(out) as package:
        assert [name for name in package.namelist() if name.startswith("images/")] == []
    assert run("verify", out).code == 0
    (hall.folder / "light-images.zip").unlink()
    alone = run("verify", out)
    assert alone.code == 0
    assert "not at hand" in alone.out


@pytest.mark.parametrize("content", [b"", b"no key", b"-----BEGIN PRIVATE KEY-----\nMC4=\n-----END PRIVATE KEY-----\n"])
def test_seal_refuses_what_is_no_key(hall: Hall, content: bytes) -> None:
    hall.key.write_bytes(content)
    done = run("seal", hall.count, "--key", hall.key, "--out", hall.folder / "new.zip")
    assert (done.code, done.out) == (1, "")
    assert "private key" in done.err
    assert not (hall.folder / "new.zip").exists()


def test_seal_with_a_locked_key_takes_the_passphrase_from_the_environment(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DAIHOI_PASSPHRASE", "ba con mèo")
    run("keys", "new", "--out", hall.folder / "locked.pem", "--passphrase")
    seal = ("seal", hall.count, "--key", hall.folder / "locked.pem", "--out", hall.folder / "new.zip")
    monkeypatch.setenv("DAIHOI_PASSPHRASE", "bốn con mèo")
    assert "passphrase does not open" in run(*seal).err
    monkeypatch.delenv("DAIHOI_PASSPHRASE")
    locked = run(*seal).err
    assert "DAIHOI_PASSPHRASE" in locked
    assert "--passphrase" not in locked
    monkeypatch.setenv("DAIHOI_PASSPHRASE", "ba con mèo")
    assert run(*seal).code == 0
    assert run("verify", hall.folder / "new.zip", "--key", hall.folder / "locked.pub.pem").code == 0


def test_seal_without_minutes_is_refused(hall: Hall) -> None:
    (hall.count / "bien-ban-kiem-phieu.pdf").unlink()
    done = run("seal", hall.count, "--key", hall.key, "--out", hall.folder / "new.zip")
    assert done.code == 1
    assert "daihoi minutes" in done.err


def test_minutes_that_were_changed_are_not_sealed(hall: Hall) -> None:
    with (hall.count / "bien-ban-kiem-phieu.docx").open("ab") as file:
        file.write(b"!")
    done = run("seal", hall.count, "--key", hall.key, "--out", hall.folder / "new.zip")
    assert done.code == 1
    assert "daihoi minutes" in done.err


def test_minutes_say_where_they_lie_and_warn_of_dotted_lines(hall: Hall) -> None:
    text = hall.election.read_text(encoding="utf-8")
    hall.election.write_text(text.replace('presidium_head = "Lò Văn Pẻng"\n', ""), encoding="utf-8")
    assert hall.counted("--workers", "1").code == 0
    done = run("minutes", hall.count)
    assert done.code == 0
    assert "bien-ban-kiem-phieu.docx" in done.out
    assert "minutes.presidium_head" in done.err


def test_digest_in_minutes_count_and_package_is_one(hall: Hall) -> None:
    digest = digest_of(hall)
    assert digest in hall.counted("--workers", "1").out
    assert digest in run("verify", hall.package).out
