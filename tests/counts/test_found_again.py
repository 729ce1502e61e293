"""Real slips and real ballots: a sheet scanned twice and a batch that is short, from scans to a sound package."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest

from daihoi.counts.count import count
from daihoi.counts.minutes import write_minutes
from daihoi.counts.pool import PageTask
from daihoi.counts.sealing import seal
from daihoi.counts.side_by_side import GAP_PX, HEIGHT_PX, side_by_side
from daihoi.interchange import spreadsheet
from daihoi.interchange.election_file import load_election
from daihoi.interchange.form_secret import read_or_make_secret
from daihoi.ledger.signatures import new_key
from daihoi.papers.ballots.prepare import prepare
from daihoi.papers.render import rasters
from daihoi.papers.separators import Batches, paint, slips_of
from daihoi.rules.terms import ResultStatus
from daihoi.sheet.slip import slip_key
from daihoi.simulation.run import SCAN_DPI, Order, write
from daihoi.simulation.voters import Habits
from daihoi.verify.package import verify_package
from tests.counts.stand_in import CONTEST, NOW, answer, election_text, rows_of, write_election

SHEETS = 5


@pytest.fixture(scope="module")
def pile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two batches of three by hand; in the second a sheet is missing, and one of the first lies in it again."""
    folder = tmp_path_factory.mktemp("pile")
    election = write_election(folder, election_text(collected=SHEETS))
    loaded = load_election(election.read_bytes(), election.name)
    contest, secret = loaded.contest(CONTEST), read_or_make_secret(election)
    prepared = prepare(loaded, contest, secret=secret, rehearsal=False)
    order = Order(contest.seats, SHEETS, seed=11, habits=Habits(mistakes=0.0, defects=0.0))
    drawn = rasters(prepared.pdf, SCAN_DPI)
    write(folder / "sim", prepared.plan, drawn, raster_dpi=SCAN_DPI, contest=CONTEST, order=order)
    slips = slips_of(prepared.identities[0], Batches(2, 3))
    pages = rasters(paint(slips, slip_key(secret), congress="Đại hội", contest=contest.title, sides=1), SCAN_DPI)
    scans = folder / "scans"
    scans.mkdir()
    sheets = [path.read_bytes() for path in sorted((folder / "sim").glob("*.jpg"))]
    first = cv2.imdecode(np.frombuffer(sheets[1], np.uint8), cv2.IMREAD_GRAYSCALE)
    files = {
        "a0.png": _png(np.rot90(pages[0])),
        **{f"a{number}.jpg": sheets[number - 1] for number in (1, 2, 3)},
        "b0.png": _png(pages[1]),
        "b1.jpg": sheets[3],
        "b2.jpg": bytes(cv2.imencode(".jpg", np.rot90(first, 2), [cv2.IMWRITE_JPEG_QUALITY, 45])[1]),
    }
    for name, data in files.items():
        (scans / name).write_bytes(data)
    return folder


def _png(image: np.ndarray) -> bytes:  # type: ignore[type-arg]  # any picture
    return bytes(cv2.imencode(".png", np.ascontiguousarray(image))[1])


def test_sheet_scanned_twice_and_short_batch_to_a_sound_package(pile: Path, tmp_path: Path, real_reader: None) -> None:
    folder = tmp_path / "COUNT"
    count(pile / "e.toml", CONTEST, scans=pile / "scans", out=folder, workers=1)

    rows = rows_of(folder)
    assert rows["page:b2.jpg#0", ""].reason == "same_sheet"
    # With the second scan in it the short batch still holds two of three.
    assert rows["page:b0.png#0", ""].reason == "batch_count"
    table = {line[0]: line[5:] for line in spreadsheet.parse((folder / "positions.csv").read_bytes())[1:]}
    assert table["page:b2.jpg#0"] == ["2", "2", "2"]

    # The missing sheet is found and scanned after its slip; the second scan drops out.
    answer(folder, {("page:b2.jpg#0", ""): "not_a_ballot"})
    sheet = sorted((pile / "sim").glob("*.jpg"))[4]
    slip = cv2.imread(str(pile / "scans" / "b0.png"), cv2.IMREAD_GRAYSCALE)
    later = tmp_path / "scans"
    later.mkdir()
    for path in (pile / "scans").iterdir():
        (later / path.name).write_bytes(path.read_bytes())
    (later / "c0.jpg").write_bytes(bytes(cv2.imencode(".jpg", slip, [cv2.IMWRITE_JPEG_QUALITY, 70])[1]))
    (later / "c1.jpg").write_bytes(sheet.read_bytes())
    count(pile / "e.toml", CONTEST, scans=later, out=folder, workers=1)

    batches = [line[:4] for line in spreadsheet.parse((folder / "batches.csv").read_bytes())[1:]]
    assert batches == [["1", "2", "3", "3"], ["2", "2", "3", "2"]]
    open_marks = {place: row.proposal for place, row in rows_of(folder).items() if not row.decision and place[1]}
    counted = answer(folder, {**open_marks, ("page:b0.png#0", ""): "recounted"})
    assert counted.result.status is ResultStatus.FINAL
    written = write_minutes(folder, now=NOW, by="Bế Xuân Trường")
    assert written.pdf.read_bytes().startswith(b"%PDF-")
    key, public = new_key()
    sealed = seal(folder, key=key, passphrase=None, out=tmp_path / "package.zip", now=NOW)
    assert verify_package(sealed.package, digest=counted.digest, public_key=public).findings == ()


def test_side_by_side_shows_the_earlier_page_on_the_left_both_upright(tmp_path: Path) -> None:
    light, dark = np.full((300, 200), 220, np.uint8), np.full((300, 200), 220, np.uint8)
    dark[:20] = 0
    # The later one lay a quarter turn clockwise: its top edge is on the right.
    (tmp_path / "1.png").write_bytes(_png(light))
    (tmp_path / "2.png").write_bytes(_png(np.rot90(dark, -1)))
    one, other = (PageTask(str(tmp_path / name), "", name, 0) for name in ("1.png", "2.png"))

    picture = cv2.imdecode(np.frombuffer(side_by_side((one, 0), (other, 1)), np.uint8), cv2.IMREAD_GRAYSCALE)

    width = (picture.shape[1] - GAP_PX) // 2
    assert picture.shape[0] == HEIGHT_PX
    assert picture[:, :width].min() == 220
    assert picture[:20, width + GAP_PX :].max() < 10
    assert picture[-20:, width + GAP_PX :].min() == 220


def test_side_by_side_of_a_page_that_cannot_be_shown_is_paper(tmp_path: Path) -> None:
    (tmp_path / "1.png").write_bytes(b"nothing")
    task = PageTask(str(tmp_path / "1.png"), "", "1.png", 0)
    assert side_by_side((task, 0), (task, 2)).startswith(b"\x89PNG")
