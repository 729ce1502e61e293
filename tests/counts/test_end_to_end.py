"""Real sheets, real pixels, the real reader: printed, marked, scanned, counted, decided, minuted, sealed, verified."""

from __future__ import annotations

import json
from pathlib import Path

import cv2
import numpy as np
import pytest

from daihoi.counts.count import count
from daihoi.counts.minutes import write_minutes
from daihoi.counts.sealing import seal
from daihoi.interchange.election_file import load_election
from daihoi.interchange.form_secret import read_or_make_secret
from daihoi.ledger.signatures import new_key
from daihoi.papers.ballots.prepare import prepare
from daihoi.papers.render import rasters
from daihoi.rules.terms import ResultStatus
from daihoi.simulation.run import SCAN_DPI, Order, write
from daihoi.verify.package import verify_package
from tests.counts.stand_in import CONTEST, NOW, answer, election_text, lines_of, outputs_of, rows_of, write_election

SHEETS = 6


@pytest.fixture(scope="module")
def scanned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An election of four names and the scans of six ballots."""
    folder = tmp_path_factory.mktemp("real")
    path = write_election(folder, election_text(collected=SHEETS))
    _simulate(path, folder / "scans", SHEETS, rehearsal=False)
    return folder


def _simulate(election: Path, out: Path, ballots: int, *, rehearsal: bool) -> None:
    loaded = load_election(election.read_bytes(), election.name)
    contest = loaded.contest(CONTEST)
    prepared = prepare(loaded, contest, secret=read_or_make_secret(election), rehearsal=rehearsal)
    order = Order(contest.seats, ballots, seed=11)
    write(out, prepared.plan, rasters(prepared.pdf, SCAN_DPI), raster_dpi=SCAN_DPI, contest=CONTEST, order=order)


def test_real_scans_from_folder_to_verified_package(scanned: Path, tmp_path: Path, real_reader: None) -> None:
    election, scans, folder = scanned / "e.toml", scanned / "scans", tmp_path / "COUNT"
    counted = count(election, CONTEST, scans=scans, out=folder, workers=1)
    truth = {one["files"][0]: one for one in json.loads((scans / "truth.json").read_bytes())["ballots"]}

    lines = {line["pages"][0]["file"]: line for line in lines_of(folder / "ballots.jsonl")}  # type: ignore[index]
    assert counted.ignored == ("truth.json",)
    assert lines.keys() == truth.keys()
    for file, line in lines.items():
        read = {one: mark for one, mark in line["marks"].items() if mark != "doubtful"}  # type: ignore[attr-defined]
        assert read.items() <= truth[file]["marks"].items()

    decisions = {place: row.proposal for place, row in rows_of(folder).items()}
    counted = answer(folder, decisions)
    assert counted.result.status is ResultStatus.FINAL
    written = write_minutes(folder, now=NOW, by="Bế Xuân Trường")
    assert written.pdf.read_bytes().startswith(b"%PDF-")
    key, public = new_key()
    sealed = seal(folder, key=key, passphrase=None, out=tmp_path / "package.zip", now=NOW)
    report = verify_package(sealed.package, digest=counted.digest, public_key=public)
    assert report.findings == ()


def test_real_scans_spoiled_in_every_way_are_refused_and_none_is_skipped(
    scanned: Path, tmp_path: Path, real_reader: None
) -> None:
    one, two, three = (scanned / "scans" / f"000{number}.jpg" for number in (1, 2, 3))
    scans = tmp_path / "scans"
    scans.mkdir()
    page = cv2.imdecode(np.frombuffer(one.read_bytes(), np.uint8), cv2.IMREAD_GRAYSCALE)
    (scans / "1 good.jpg").write_bytes(one.read_bytes())
    (scans / "2 same file.jpg").write_bytes(one.read_bytes())
    (scans / "3 same pixels.png").write_bytes(cv2.imencode(".png", page)[1].tobytes())
    (scans / "4 cut.jpg").write_bytes(two.read_bytes()[:40_000])
    (scans / "5 blank.png").write_bytes(cv2.imencode(".png", np.full_like(page, 255))[1].tobytes())
    (scans / "6 letter.pdf").write_bytes(b"not a PDF")
    (scans / "7 upside down.png").write_bytes(cv2.imencode(".png", np.rot90(_grey(three), 2))[1].tobytes())
    _simulate(scanned / "e.toml", tmp_path / "rehearsal", 1, rehearsal=True)
    (scans / "8 rehearsal.jpg").write_bytes((tmp_path / "rehearsal" / "0001.jpg").read_bytes())

    count(scanned / "e.toml", CONTEST, scans=scans, out=tmp_path / "COUNT", workers=1)

    reasons = {str(line["file"])[0]: line["reason"] for line in lines_of(tmp_path / "COUNT" / "refused.jsonl")}
    assert reasons == {
        "2": "duplicate_file",
        "3": "duplicate_image",
        "4": "truncated",
        "5": "blank_page",
        "6": "not_an_image",
        "8": "rehearsal",
    }
    numbers = [line["ballot"] for line in lines_of(tmp_path / "COUNT" / "ballots.jsonl")]
    assert numbers == ["b0001", "b0007"]


def _grey(path: Path) -> np.ndarray:  # type: ignore[type-arg]
    return np.asarray(cv2.imdecode(np.frombuffer(path.read_bytes(), np.uint8), cv2.IMREAD_GRAYSCALE))


def test_real_scans_read_by_two_processes_give_the_same_bytes(
    scanned: Path, tmp_path: Path, real_reader: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("daihoi.counts.pool.TOO_FEW", 1)
    for workers in (1, 2):
        out = tmp_path / str(workers)
        count(scanned / "e.toml", CONTEST, scans=scanned / "scans", out=out, workers=workers)

    assert outputs_of(tmp_path / "1") == outputs_of(tmp_path / "2")


def test_real_file_of_many_pages_given_twice_is_one_refusal_and_the_package_is_sound(
    scanned: Path, tmp_path: Path, real_reader: None
) -> None:
    election = write_election(tmp_path, election_text(collected=2))
    (tmp_path / "e.form-secret").write_bytes((scanned / "e.form-secret").read_bytes())
    pages = [_grey(scanned / "scans" / f"000{number}.jpg") for number in (1, 2)]
    (tmp_path / "scans").mkdir()
    cv2.imwritemulti(str(tmp_path / "scans" / "1.tif"), pages)
    (tmp_path / "scans" / "2.tif").write_bytes((tmp_path / "scans" / "1.tif").read_bytes())
    folder = tmp_path / "COUNT"
    count(election, CONTEST, scans=tmp_path / "scans", out=folder, workers=1)

    decided = answer(folder, {place: row.proposal for place, row in rows_of(folder).items()})

    assert [line["pages"][0]["index"] for line in lines_of(folder / "ballots.jsonl")] == [0, 1]  # type: ignore[index]
    assert [line["file"] for line in lines_of(folder / "refused.jsonl")] == ["2.tif"]
    assert decided.result.status is ResultStatus.FINAL
    write_minutes(folder, now=NOW)
    key, public = new_key()
    sealed = seal(folder, key=key, passphrase=None, out=tmp_path / "package.zip", now=NOW)
    assert verify_package(sealed.package, public_key=public).findings == ()
