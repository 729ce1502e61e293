"""`daihoi separators`, and what `count` says of batches and of places in the pile."""

from __future__ import annotations

from pathlib import Path

import pytest

from daihoi.cli.pile_summary import SHOWN, batch_lines, place_lines
from daihoi.counts.positions import BATCH_COLUMNS, BATCHES, POSITION_COLUMNS, POSITIONS
from daihoi.interchange import review_file, spreadsheet
from daihoi.interchange.form_secret import read_secret
from daihoi.interchange.terms import ReviewRow
from daihoi.papers.render import rasters
from daihoi.reading.slips import slip_text
from daihoi.sheet.slip import decode, slip_key
from daihoi.words.language import speak
from tests.cli.elections import write
from tests.cli.terminal import run

ASKED = [
    ("page:a/7.jpg#0", "", "corners_not_found", "a/7.jpg", "1", "4", "7", "23"),
    ("b0031", "c02", "faint+underline", "b/1.jpg", "2", "", "", "1"),
    ("page:0.jpg#0", "", "batch_count", "0.jpg", "1", "4", "7", ""),
]


def test_separators_prints_keyed_slips_for_each_batch(tmp_path: Path) -> None:
    election = write(tmp_path)
    done = run(
        "separators", election, "--contest", "bch", "--batches", 3, "--size", 50, "--last", 12, "--out", tmp_path
    )

    assert done.code == 0
    assert "separators.pdf" in done.out
    secret = read_secret(election)
    assert secret is not None
    slips = [
        decode(slip_text(page), slip_key(secret)) for page in rasters((tmp_path / "separators.pdf").read_bytes(), 150)
    ]
    assert [(slip.batch, slip.batches, slip.ballots, slip.rehearsal) for slip in slips if slip] == [
        (1, 3, 50, False),
        (2, 3, 50, False),
        (3, 3, 12, False),
    ]


def test_separators_of_a_rehearsal_say_so(tmp_path: Path) -> None:
    election = write(tmp_path)
    run("separators", election, "--contest", "bch", "--batches", 1, "--size", 5, "--out", tmp_path, "--rehearsal")

    secret = read_secret(election)
    assert secret is not None
    slip = decode(slip_text(rasters((tmp_path / "separators.pdf").read_bytes(), 150)[0]), slip_key(secret))
    assert slip is not None
    assert slip.rehearsal


def test_separators_for_too_many_ballots_are_refused_in_one_sentence(tmp_path: Path) -> None:
    done = run("separators", write(tmp_path), "--contest", "bch", "--batches", 2, "--size", 10_000, "--out", tmp_path)
    assert done.code == 1
    assert "10000" in done.err.replace(".", "").replace(",", "")
    assert not (tmp_path / "separators.pdf").exists()


@pytest.mark.parametrize("words", [("--batches", "0", "--size", "5"), ("--batches", "2"), ("--size", "5")])
def test_separators_without_sensible_figures_is_wrong_usage(tmp_path: Path, words: tuple[str, ...]) -> None:
    assert run("separators", write(tmp_path), "--contest", "bch", *words, "--out", tmp_path).code == 2


def _tables(folder: Path, decided: str = "") -> Path:
    """A COUNT with the tables that the summary reads."""
    lines = [("4", "7", "50", "49", "0.jpg", "1"), ("1", "7", "50", "50", "1.jpg", "1")]
    (folder / BATCHES).write_bytes(spreadsheet.dump(BATCH_COLUMNS, lines))
    (folder / POSITIONS).write_bytes(spreadsheet.dump(POSITION_COLUMNS, ASKED))
    rows = [ReviewRow(ballot, candidate, reason, "", decided) for ballot, candidate, reason, *_ in ASKED]
    (folder / "review.csv").write_bytes(review_file.dump(rows))
    return folder / "review.csv"


def test_summary_names_the_batch_that_differs_and_the_slips_that_are_missing(tmp_path: Path) -> None:
    speak("en")
    _tables(tmp_path)
    assert list(batch_lines(tmp_path)) == [
        "Batches with a slip: 2 of 7.",
        "Batch 4/7: counted by hand 50, scanned 49.",
        "No slip was seen of batch 2, 3, 5, 6, 7.",
    ]


def test_summary_says_nothing_of_batches_where_there_are_none(tmp_path: Path) -> None:
    assert list(batch_lines(tmp_path)) == []
    (tmp_path / BATCHES).write_bytes(spreadsheet.dump(BATCH_COLUMNS, []))
    assert list(batch_lines(tmp_path)) == []


def test_summary_says_where_each_open_question_lies(tmp_path: Path) -> None:
    speak("en")
    assert list(place_lines(tmp_path, _tables(tmp_path), {"c02": "Lò Văn An"})) == [
        "  batch 4/7, sheet 23 (a/7.jpg page 1): the corner marks were not found",
        "  sheet 1 of its folder (b/1.jpg page 2, Lò Văn An): the ink is very faint, the line lies under the name",
        "  batch 4/7, slip 0.jpg page 1: the batch was counted by hand to another number",
    ]


def test_summary_is_vietnamese_by_default_words(tmp_path: Path) -> None:
    speak("vi")
    first = next(iter(place_lines(tmp_path, _tables(tmp_path), {})))
    assert first.startswith("  tệp 4/7, phiếu thứ 23 (a/7.jpg trang 1)")


def test_summary_passes_over_what_is_answered(tmp_path: Path) -> None:
    review = _tables(tmp_path)
    rows = [ReviewRow(*ASKED[0][:3], "", "rescanned"), *(ReviewRow(*one[:3], "") for one in ASKED[1:])]
    review.write_bytes(review_file.dump(rows))
    assert len(list(place_lines(tmp_path, review, {}))) == 2


def test_summary_tells_the_first_places_and_how_many_more(tmp_path: Path) -> None:
    speak("en")
    many = [
        (f"page:{number}.jpg#0", "", "blank_page", f"{number}.jpg", "1", "", "", "1") for number in range(SHOWN + 5)
    ]
    (tmp_path / POSITIONS).write_bytes(spreadsheet.dump(POSITION_COLUMNS, many))
    (tmp_path / "review.csv").write_bytes(review_file.dump(ReviewRow(*one[:3], "") for one in many))
    lines = list(place_lines(tmp_path, tmp_path / "review.csv", {}))
    assert len(lines) == SHOWN + 1
    assert "5" in lines[-1]


def test_summary_writes_out_what_a_file_name_would_do_to_the_line(tmp_path: Path) -> None:
    speak("en")
    asked = ("b0001", "c02", "faint", "a/\u202egpj.1\x1b[2J.jpg", "1", "", "", "1")
    (tmp_path / POSITIONS).write_bytes(spreadsheet.dump(POSITION_COLUMNS, [asked]))
    (tmp_path / "review.csv").write_bytes(review_file.dump([ReviewRow(*asked[:3], "")]))
    (line,) = place_lines(tmp_path, tmp_path / "review.csv", {})
    assert r"a/\u202egpj.1\x1b[2J.jpg page 1" in line
    assert line.isprintable()
